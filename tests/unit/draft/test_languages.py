import pytest

from bonerx.draft.sources import language


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Sleep is short.", None, "en"),
        ("Der Schlaf ist kurz.", "de", "de"),
        ("维生素K2可增加睡眠时间。", None, "zh"),
        ("维生素K2可增加睡眠时间。", "en", "zh"),
        ("Sleep (睡眠) is short and bad.", None, "en"),
        ("Sleep is short.", "zh", "en"),
        ("睡眠時間は短いです。", None, "ja"),
        ("수면 시간이 짧다.", None, "ko"),
        ("Сон короткий.", None, "und"),
        ("Сон короткий.", "ru", "ru"),
    ],
)
def test_a_script_tells_its_language_and_nothing_else_is_guessed(text: str, wanted: str | None, found: str) -> None:
    assert language(text, wanted) == found
