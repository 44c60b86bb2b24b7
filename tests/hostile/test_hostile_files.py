"""Whatever a file holds, reading it ends in clear faults, in bounded memory, and never in another exception."""

# ruff: noqa: E501

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SIZE = 400_000
MEMORY = 1024**3
HEAD = "format: bonerx-evidence/1\n"
SENTENCE = 'sources:\n- {id: s, kind: other, read_as: record, text: s.txt}\nsentences:\n- {id: s/S1, source: s, passages: {en: {start: 0, end: 4, text: "[/i]"}}}\n'
DEEP = ("nested more than 40 deep", "this is not YAML")
"""What a depth that no table has is called: by our limit, or by the parser's own where that comes first."""
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 10)}]\n" for number in range(1, 30)
)
FILES = {
    "no-fault.yaml": (HEAD + SENTENCE, "fine", None),
    "duplicate-keys.yaml": (HEAD + "title: a\n" * (SIZE // 10), "faults", "stands here twice"),
    "no.yaml": (HEAD + "title: NO\n", "faults", "read as `false`"),
    "sexagesimal.yaml": (HEAD + "title: 1:30\n", "faults", "to the base of sixty"),
    "sparse.yaml": (None, "faults", "larger than 16 MiB"),
    "bomb.yaml": (BOMB, "faults", "once its aliases are written out"),
    "text-bomb.yaml": ("a: &a " + "x" * SIZE + "\nb: [" + "*a, " * 900 + "]\n", "faults", "once its aliases are written out"),
    "recursive.yaml": ("&a [*a]\n", "faults", "stands inside what it repeats"),
    "aliases.yaml": ("a: &a x\nb: [" + "*a, " * (SIZE // 4) + "]\n", "faults", "more than 1000 aliases"),
    "anchors.yaml": ("b:\n" + "".join(f"- &a{number} x\n" for number in range(SIZE // 20)), "faults", "`format` is missing"),
    "deep-flow.yaml": ("[" * SIZE, "faults", DEEP),
    "deep-mappings.yaml": ("{a: " * (SIZE // 4), "faults", DEEP),
    "deep-block.yaml": ("- " * (SIZE // 2), "faults", DEEP),
    "deep-flow-below-what-a-parser-refuses.yaml": ("[" * 200, "faults", "nested more than 40 deep"),
    "deep-block-below-what-a-parser-refuses.yaml": ("- " * 200 + "x\n", "faults", "nested more than 40 deep"),
    "deep-keys.yaml": ("? " * (SIZE // 2), "faults", "a key must be a text"),
    "deep.json": ("[" * SIZE, "faults", "nested more than 40 deep"),
    "deep-closed.json": ("[" * 100_000 + "]" * 100_000, "faults", "nested more than 40 deep"),
    "deep.ndjson": ('{"record": "claim", "x": ' + "[" * 100_000 + "]" * 100_000 + "}\n", "faults", "nested more than 40 deep"),
    "values.json": ('{"claims": [' + "1," * (SIZE // 2) + "1]}", "faults", "must be a mapping"),
    "numbers.yaml": (HEAD + "claims: [" + "1," * (SIZE // 2) + "]", "faults", "must be a mapping"),
    "keys.yaml": (HEAD + "".join(f"k{number}: 1\n" for number in range(SIZE // 10)), "faults", "the record has"),
    "errors-in-a-record.yaml": (HEAD + "claims:\n- {id: c, regimen: [" + "1," * (SIZE // 4) + "]}\n", "faults", "the record has"),
    "references-in-a-record.yaml": (HEAD + "findings:\n- {id: f, source: s, stance: pending, summary: x, bears_on: [" + "a," * (SIZE // 4) + "]}\n", "faults", "no claim has the id `a`"),
    "agents-in-a-regimen.yaml": (HEAD + "claims:\n- {id: c, kind: usage, direction: used, hedge: {level: asserted}, regimen: [" + "a," * (SIZE // 4) + "]}\n", "faults", "no agent has the id `a`"),
    "arms.yaml": (HEAD + "studies:\n- id: s\n  sources: [s]\n  arms:\n" + "".join(f"  - {{id: a{number}, regimen: [x]}}\n" for number in range(10_000)) + "  results:\n" + "".join(f"  - {{arm: b{number}, outcome: o, source: s, place: p}}\n" for number in range(10_000)), "faults", "no agent has the id `x`"),
    "chain.yaml": (HEAD + "agents:\n" + "".join(f"- {{id: a{number}, kind: drug, names: {{en: n{number}}}, broader: a{number + 1}}}\n" for number in range(10_000)), "faults", "no agent has the id `a10000`"),
    "circle.yaml": (HEAD + "agents:\n" + "".join(f"- {{id: a{number}, kind: drug, names: {{en: n{number}}}, broader: a{(number + 1) % 10_000}}}\n" for number in range(10_000)), "faults", "is a part of itself"),
    "huge-integer.json": ('{"title": ' + "1" * SIZE + "}", "faults", "is too large"),
    "long-integer.json": ('{"title": ' + "1" * 5_000 + "}", "faults", "is too large"),
    "huge-integer.yaml": (HEAD + "title: " + "1" * 150 + "\n", "faults", "is too large"),
    "huge-exponent.json": ('{"format": "bonerx-evidence/1", "title": 1e99999}', "faults", "is too large"),
    "huge-text.yaml": (HEAD + "title: " + "x" * SIZE + "\n", "faults", "is longer than 20000 characters"),
    "escapes.json": ('{"title": "' + "\\n" * (SIZE // 2) + '", "title": 1}', "faults", "stands here twice"),
    "long-line.ndjson": ('{"record": "claim", "note": "' + "x" * 3 * SIZE + '"}\n', "faults", "the line is longer than"),
    "garbage.ndjson": ("x\n" * (SIZE // 2), "faults", "this is not JSON"),
    "keys.ndjson": ('{"record": "claim", ' + ", ".join(f'"k{number}": 1' for number in range(60_000)) + "}\n", "faults", "the record has"),
    "control-characters.yaml": (b"\x01" * SIZE, "faults", "U+0001, a control character"),
    "escape-sequence.yaml": (HEAD + SENTENCE.replace("[/i]", "\x1b[2J"), "faults", "U+001B, a control character"),
    "escaped-control.yaml": (HEAD + SENTENCE.replace("[/i]", "\\e[2J"), "faults", "U+001B, a control character"),
    "direction.json": ('{"format": "bonerx-evidence/1", "title": "\\u202e"}', "faults", "turns the direction of writing"),
    "surrogate.json": ('{"format": "bonerx-evidence/1", "title": "\\udc80"}', "faults", "half of a surrogate pair"),
    "utf-16.yaml": (HEAD.encode("utf-16"), "faults", "UTF-16"),
    "utf-32.yaml": (HEAD.encode("utf-32"), "faults", "UTF-32"),
    "latin-1.yaml": ((HEAD + "title: é\n").encode("latin-1"), "faults", "is not UTF-8"),
    "gb18030.yaml": ((HEAD + "title: 维生素\n").encode("gb18030"), "faults", "is not UTF-8"),
    "cut-off.yaml": ((HEAD + "title: 维").encode()[:-1], "faults", "in the middle of a character"),
    "overlong.yaml": (HEAD.encode() + b"title: \xc0\xaf\n", "faults", "is not UTF-8"),
    "nul.yaml": (HEAD.encode() + b"title: a\x00b\n", "faults", "U+0000"),
    "binary.json": (bytes(range(256)) * 100, "faults", "is not text"),
    "store.yaml": (b"SQLite format 3\x00" + b"\x00" * 1_000, "faults", "U+0000"),
    "empty.yaml": ("", "faults", "the document is empty"),
    "empty.json": ("", "faults", "this is not JSON"),
    "empty.ndjson": ("", "faults", "holds no record"),
    "comments.yaml": ("#\n" * (SIZE // 2), "faults", "the document is empty"),
    "documents.yaml": ("---\n" * (SIZE // 4), "faults", "a second document"),
    "tags.yaml": (HEAD + "claims:\n- !!python/object/apply:os.system [x]\n", "faults", "is not allowed"),
    "directive.yaml": ("%YAML 9.9\n---\n" + HEAD, "faults", "this is not YAML"),
    "quotes.yaml": ('"' * SIZE, "faults", "this is not YAML"),
    "colons.yaml": (": " * (SIZE // 2), "faults", "this is not YAML"),
    "indicators.yaml": ("@`%!&*|>\n", "faults", "this is not YAML"),
    "a-folder.yaml": (None, "faults", "holds no evidence table"),
    "a-pipe.yaml": (None, "unreadable", "is a named pipe"),
    "a-loop.yaml": (None, "unreadable", "symbolic links"),
    "to-a-device.yaml": (None, "unreadable", "is a device"),
    "missing.yaml": (None, "unreadable", "no such file"),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "s.txt").write_text("[/i]\n")
    for name, (content, _, _) in FILES.items():
        if content is not None:
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "a-folder.yaml").mkdir()
    os.mkfifo(folder / "a-pipe.yaml")
    (folder / "a-loop.yaml").symlink_to("a-loop.yaml")
    (folder / "to-a-device.yaml").symlink_to("/dev/zero")
    with (folder / "sparse.yaml").open("wb") as file:
        file.truncate(100 * 1024**2)
    return folder


@pytest.fixture(scope="module")
def ended(folder):
    script = str(Path(__file__).with_name("read_all.py"))
    command = [sys.executable, script, str(MEMORY), *(str(folder / name) for name in FILES)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert (run.returncode, run.stderr) == (0, "")
    return {Path(path).name: (how, told) for path, how, told, _ in map(json.loads, run.stdout.splitlines())}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_ends_in_clear_faults(ended, name):
    _, how, words = FILES[name]
    assert ended[name][0] == how
    expected = words if isinstance(words, tuple) else (words,)
    assert words is None or any(each in message for each in expected for message in ended[name][1])


def test_no_message_is_long_or_holds_a_control_character(ended):
    messages = [message for _, told in ended.values() for message in told]
    assert all(len(message) < 1_000 and message.isprintable() for message in messages)
