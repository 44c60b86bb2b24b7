"""Whatever happens to a table's file, an answer is of what it holds now."""

import os
import threading
from pathlib import Path

from program import ask, claim, ended, listing, start, write_table

DIRECTIONS = ("increases", "decreases")  # of the same length


def direction(cache: Path, table: Path) -> str:
    ran = ask(cache, "evidence", "-e", table, "--format", "tsv")
    assert ran.code == 0, ran.err
    labels, row = (line.split("\t") for line in ran.out.splitlines())
    return row[labels.index("direction")]


def test_an_edit_of_the_same_size_with_the_time_set_back_is_seen(tmp_path: Path) -> None:
    cache, table = tmp_path / "cache", tmp_path / "table.ndjson"
    write_table(table, 1)
    before = table.stat()
    assert direction(cache, table) == "increases"
    write_table(table, 1, direction="decreases")
    os.utime(table, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert table.stat().st_size == before.st_size
    assert table.stat().st_mtime_ns == before.st_mtime_ns
    assert direction(cache, table) == "decreases"


def test_a_file_replaced_between_two_questions_is_seen_both_ways(tmp_path: Path) -> None:
    cache, table = tmp_path / "cache", tmp_path / "table.ndjson"
    for said in (*DIRECTIONS, DIRECTIONS[0]):
        write_table(tmp_path / "new.ndjson", 1, direction=said)
        (tmp_path / "new.ndjson").replace(table)
        assert direction(cache, table) == said
    assert len(list(cache.iterdir())) == 2, "a content that comes back finds its store"


def test_an_edited_text_is_seen_though_the_table_is_not(tmp_path: Path) -> None:
    table = tmp_path / "table.json"
    table.write_text(
        '{"format": "bonerx-evidence/1",'
        ' "sources": [{"id": "a", "kind": "other", "read_as": "abstract", "text": "a.txt"}],'
        ' "sentences": [{"id": "a/S1", "source": "a", "passages": {"en": {"start": 0, "end": 5, "text": "Sleep"}}}]}'
    )
    text = tmp_path / "a.txt"
    text.write_text("Sleep")
    times = text.stat()
    assert ask(tmp_path / "cache", "show", "a/S1", "-e", table).code == 0
    text.write_text("Waken")
    os.utime(text, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert ask(tmp_path / "cache", "show", "a/S1", "-e", table).code == 3


def test_an_answer_during_edits_is_of_one_of_the_contents(tmp_path: Path) -> None:
    table, cache = tmp_path / "table.ndjson", tmp_path / "cache"
    sizes = (1_500, 2_500)
    write_table(table, sizes[0])
    done = threading.Event()

    def edit() -> None:
        turn = 0
        while not done.wait(0.05):
            turn += 1
            write_table(tmp_path / "new.ndjson", sizes[turn % 2])
            (tmp_path / "new.ndjson").replace(table)

    editor = threading.Thread(target=edit)
    editor.start()
    try:
        for _ in range(4):
            ran = ask(cache, *listing(table))
            assert ran.code == 0, ran.err
            assert ran.count in sizes
    finally:
        done.set()
        editor.join()
    for number in sizes:
        write_table(table, number)
        assert ask(cache, *listing(table)).count == number


def test_a_file_that_grows_while_it_is_read_gives_what_was_read_or_a_fault(tmp_path: Path) -> None:
    table, cache = write_table(tmp_path / "table.ndjson", 3_000), tmp_path / "cache"
    process = start(cache, *listing(table))
    with table.open("a") as file:
        for number in range(3_000, 3_200):
            file.write(f"{claim(number)!r}\n".replace("'", '"'))
            file.flush()
    ran = ended(process)
    assert ran.code in (0, 3), ran.err
    assert ask(cache, *listing(table)).count == 3_200
