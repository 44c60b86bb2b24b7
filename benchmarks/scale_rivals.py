"""The rows behind a comparison by other programs over the same claims, each in the way its manual recommends.

duckdb reads a Parquet file that was written from the NDJSON; sqlite-utils a database into which it inserted the NDJSON;
jq the NDJSON itself. Each returns, as JSON, the claims in which one of two agents is the regimen or the comparator.
"""

import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

TO_PARQUET = """
import sys, duckdb
duckdb.sql(f\"\"\"COPY (SELECT * FROM read_json('{sys.argv[1]}', format = 'newline_delimited', sample_size = -1))
TO '{sys.argv[2]}' (FORMAT parquet)\"\"\")
"""
DUCKDB = """
import json, sys, duckdb
rows = duckdb.sql(f\"\"\"SELECT * FROM read_parquet('{sys.argv[1]}')
WHERE regimen IN (['{sys.argv[2]}'], ['{sys.argv[3]}']) OR comparator IN (['{sys.argv[2]}'], ['{sys.argv[3]}'])\"\"\")
print(json.dumps([dict(zip(rows.columns, row)) for row in rows.fetchall()], default=str))
"""


class Rival(NamedTuple):
    """Another program's command for the same question, and how much of its time ours may take."""

    command: list[str]
    bar: float


def prepare(folder: Path, table: Path, python: str | None, asked: tuple[str, str]) -> dict[str, Rival]:
    """Return the commands of the programs that are there, their files made of the claims of `table`."""
    claims = folder / f"claims-of-{table.stem}.ndjson"
    with table.open("rb") as file, claims.open("wb") as only:
        only.writelines(line for line in file if line.startswith(b'{"record":"claim"'))
    one, other = asked
    found: dict[str, Rival] = {}
    if python is not None:
        parquet, database = claims.with_suffix(".parquet"), claims.with_suffix(".db")
        subprocess.run([python, "-c", TO_PARQUET, str(claims), str(parquet)], check=True)
        found["duckdb over Parquet"] = Rival([python, "-c", DUCKDB, str(parquet), one, other], 0.4)
        utils = str(Path(python).with_name("sqlite-utils"))
        subprocess.run([utils, "insert", str(database), "claims", str(claims), "--nl"], check=True)
        ids = f"""'["{one}"]', '["{other}"]'"""
        query = f"SELECT * FROM claims WHERE regimen IN ({ids}) OR comparator IN ({ids})"
        found["sqlite-utils"] = Rival([utils, "query", str(database), query], 0.3)
    jq = shutil.which("jq")
    if jq is not None:
        choice = f'select([.regimen, .comparator] | any(. == ["{one}"] or . == ["{other}"]))'
        found["jq over NDJSON"] = Rival([jq, "-c", choice, str(claims)], 0.5)
    return found
