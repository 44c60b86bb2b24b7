"""The numbers into a store: how studies are found, and the default analyses of every pair and network, made once.

numpy and scipy are imported only where the table has studies.
"""

from typing import Any

import apsw

from bonerx.model.regimen import regimen_id
from bonerx.model.table import EvidenceTable
from bonerx.model.vocabulary import AgentKind
from bonerx.store.record_json import dumps, plain


def write_numbers(connection: apsw.Connection, table: EvidenceTable) -> None:
    """Write what a table's studies and published estimates are looked up by, and the default analyses."""
    for study in table.studies:
        regimens = [regimen_id(arm.regimen, arm.combination) for arm in study.arms]
        agents = [(agent, study.id) for arm in study.arms for agent in arm.regimen]
        outcomes = [(result.outcome, study.id) for result in study.results]
        outcomes += [(contrast.outcome, study.id) for contrast in study.contrasts]
        connection.executemany("INSERT OR IGNORE INTO study_agent VALUES (?, ?)", agents)
        connection.executemany("INSERT OR IGNORE INTO study_regimen VALUES (?, ?)", [(r, study.id) for r in regimens])
        connection.executemany("INSERT OR IGNORE INTO study_outcome VALUES (?, ?)", outcomes)
    connection.executemany(
        "INSERT INTO published VALUES (?, ?, ?, ?)",
        ((regimen_id(one.a), regimen_id(one.b), one.outcome, one.id) for one in table.published),
    )
    if table.studies:
        _write_analyses(connection, table)


def _write_analyses(connection: apsw.Connection, table: EvidenceTable) -> None:
    from bonerx.synthesis.network.table import default_networks
    from bonerx.synthesis.pairwise.table import Trials, default_pools

    kinds = (table.studies, table.sources, table.outcomes)
    trials = Trials(*({record.id: plain(record) for record in records} for records in kinds))
    for outcome, a, b, document in default_pools(trials):
        write_analysis(connection, "pool", outcome, a, b, document)
    controls = {agent.id for agent in table.agents if agent.kind == AgentKind.CONTROL}
    for kind, outcome, document in default_networks(trials.studies, trials.sources, trials.outcomes.values(), controls):
        write_analysis(connection, kind, outcome, "", "", document)


def write_analysis(
    connection: apsw.Connection, kind: str, outcome: str, a: str, b: str, document: dict[str, Any]
) -> None:
    """Write the document of one analysis: a `pool` of `a` against `b`, or a `network` (`a` and `b` empty)."""
    row = (None, kind, outcome, a, b, dumps(document))
    connection.execute("INSERT INTO analysis VALUES (?, ?, ?, ?, ?, ?)", row)
