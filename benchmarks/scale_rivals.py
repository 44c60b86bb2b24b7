"""The same question put to other programs over the same table, each in the way its manual recommends.

The question is for the claims in which one of two agents is the regimen or the comparator, with their sentences and the
sources of these, as JSON. duckdb reads Parquet files that were written from the NDJSON, sqlite-utils a database into
which it inserted the NDJSON under its ids, jq the NDJSON itself.
"""

import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

KINDS = ("claim", "sentence", "source")
TO_PARQUET = """
import sys, duckdb
duckdb.sql(f\"\"\"COPY (SELECT * FROM read_json('{sys.argv[1]}', format = 'newline_delimited', sample_size = -1))
TO '{sys.argv[2]}' (FORMAT parquet)\"\"\")
"""
DUCKDB = """
import json, sys, duckdb
folder, one, other = sys.argv[1:]
rows = duckdb.sql(f\"\"\"
WITH c AS (SELECT *, unnest(sentences) AS sentence FROM read_parquet('{folder}/claim.parquet')
WHERE regimen IN (['{one}'], ['{other}']) OR comparator IN (['{one}'], ['{other}']))
SELECT c.*, s.passages, o.* FROM c JOIN read_parquet('{folder}/sentence.parquet') s ON s.id = c.sentence
JOIN read_parquet('{folder}/source.parquet') o ON o.id = s.source\"\"\")
print(json.dumps([dict(zip(rows.columns, row)) for row in rows.fetchall()], default=str))
"""
SQL = """
SELECT c.*, s.passages, o.* FROM claim c, json_each(c.sentences) j JOIN sentence s ON s.id = j.value
JOIN source o ON o.id = s.source WHERE c.regimen IN ({ids}) OR c.comparator IN ({ids})
"""
JQ = """
[inputs] as $all
| [$all[] | select(.record == "claim" and ([.regimen, .comparator] | any(. == ["{one}"] or . == ["{other}"])))] as $c
| ([$c[].sentences[]] | unique) as $named
| [$all[] | select(.record == "sentence" and (.id | IN($named[])))] as $s
| ([$s[].source] | unique) as $from
| {{claims: $c, sentences: $s, sources: [$all[] | select(.record == "source" and (.id | IN($from[])))]}}
"""


class Rival(NamedTuple):
    """Another program's command for the same question, and how much of its time ours may take."""

    command: list[str]
    bar: float


def prepare(folder: Path, table: Path, python: str | None, asked: tuple[str, str]) -> dict[str, Rival]:
    """Return the commands of the programs that are there, their files made of the records of `table`."""
    own = folder / f"others-of-{table.stem}"
    own.mkdir()
    parts = {kind: own / f"{kind}.ndjson" for kind in KINDS}
    for kind, part in parts.items():
        with table.open("rb") as file, part.open("wb") as only:
            only.writelines(line for line in file if line.startswith(f'{{"record":"{kind}"'.encode()))
    one, other = asked
    found: dict[str, Rival] = {}
    if python is not None:
        utils, database = str(Path(python).with_name("sqlite-utils")), str(own / "table.db")
        for kind, part in parts.items():
            subprocess.run([python, "-c", TO_PARQUET, str(part), str(part.with_suffix(".parquet"))], check=True)
            subprocess.run([utils, "insert", database, kind, str(part), "--nl", "--pk", "id"], check=True)
        found["duckdb over Parquet"] = Rival([python, "-c", DUCKDB, str(own), one, other], 0.4)
        ids = f"""'["{one}"]', '["{other}"]'"""
        found["sqlite-utils"] = Rival([utils, "query", database, SQL.format(ids=ids)], 0.3)
    jq = shutil.which("jq")
    if jq is not None:
        found["jq over NDJSON"] = Rival([jq, "-n", "-c", JQ.format(one=one, other=other), str(table)], 0.5)
    return found
