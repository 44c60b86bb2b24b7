"""The numbers of R's netmeta through the whole program: `network`, `league` and `rank` on a file of trials.

Which number is compared how closely is that of `test_network.py`, which compares all of them with the engine.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bonerx.cli import app

HERE = Path(__file__).parent / "synthetic"
CLOSED, ITERATED = {"rel": 1e-8, "abs": 1e-10}, {"rel": 1e-6, "abs": 1e-9}
CASES = {
    "nma_bin_OR": ("nma_bin", "OR"),
    "nma_bin_RR": ("nma_bin", "RR"),
    "nma_star_OR": ("nma_star", "OR"),
    "nma_two_nodes_OR": ("nma_two_nodes", "OR"),
    "nma_cont_MD": ("nma_cont", "MD"),
    "nma_contrast_RR": ("nma_contrast", "RR"),
    "nma_combo_OR": ("nma_combo", "OR"),
}
CONNECTED = sorted(CASES)


def expected(name: str) -> dict[str, Any]:
    return json.loads((HERE / "expected" / f"{name}.json").read_text(encoding="utf-8"))


def ask(command: str, name: str, *options: str) -> dict[str, Any]:
    data, measure = CASES.get(name, (name, "MD"))
    path = str(HERE / "data" / f"{data}.csv")
    result = CliRunner().invoke(app, [command, "--data", path, "--measure", measure, *options, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["answer"]


def by_pair(rows: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["a"], row["b"]): row for row in rows}


def pairs_agree(ours: list[dict[str, Any]], theirs: list[dict[str, Any]], tolerance: dict[str, float]) -> None:
    found = by_pair(ours)
    assert len(found) == len(theirs)
    for row in theirs:
        same = found[row["treat1"], row["treat2"]]
        assert same["te"] == pytest.approx(row["TE"], **tolerance)
        assert same["se"] == pytest.approx(row["seTE"], **tolerance)


@pytest.mark.parametrize("name", CONNECTED)
def test_all_pairs_by_both_models(name: str) -> None:
    theirs = expected(name)
    by_dl = ask("network", name, "--tau2", "DL")
    pairs_agree(by_dl["common"]["pairs"], theirs["common"]["pairs"], CLOSED)
    pairs_agree(by_dl["random"]["pairs"], theirs["random_DL"]["pairs"], CLOSED)
    assert by_dl["random"]["tau2"] == pytest.approx(theirs["random_DL"]["tau2"], **CLOSED)
    by_reml = ask("network", name)
    assert by_reml["random"]["tau2"] == pytest.approx(theirs["random_REML_gls"]["tau2"], **ITERATED)
    pairs_agree(by_reml["random"]["pairs"], theirs["random_REML_gls"]["pairs"], ITERATED)


@pytest.mark.parametrize("name", [name for name in CONNECTED if name != "nma_two_nodes_OR"])
def test_heterogeneity_by_designs(name: str) -> None:
    theirs, ours = expected(name)["heterogeneity"], ask("network", name, "--tau2", "DL")["heterogeneity"]
    for field, other in (("q", "Q_total"), ("q_within", "Q_within"), ("q_between", "Q_between"), ("p", "p_total")):
        assert ours[field] == pytest.approx(theirs[other], **CLOSED)
    assert (ours["df"], ours["df_within"], ours["df_between"]) == tuple(
        theirs[name] for name in ("df_total", "df_within", "df_between")
    )


@pytest.mark.parametrize("better", ["lower", "higher"])
@pytest.mark.parametrize("name", CONNECTED)
def test_p_scores_in_either_direction(name: str, better: str) -> None:
    theirs = expected(name)["pscores_DL"][f"small_values_{'desirable' if better == 'lower' else 'undesirable'}"]
    ours = ask("rank", name, "--tau2", "DL", "--better", better)
    assert {row["regimen"]: row["p_score"] for row in ours["ranking"]} == pytest.approx(theirs["random"], **CLOSED)


@pytest.mark.parametrize("name", CONNECTED)
def test_direct_and_indirect_evidence_and_the_league_table_of_it(name: str) -> None:
    theirs = expected(name)["netsplit_DL"]["random"]
    splits = by_pair(ask("network", name, "--tau2", "DL")["splits"])
    cells = {
        (cell["row"], cell["column"]): cell
        for cell in ask("league", name, "--tau2", "DL", "--better", "lower")["cells"]
    }
    place = {regimen: number for number, regimen in enumerate(dict.fromkeys(row for row, _ in cells))}
    for row in theirs:
        a, b = row["comparison"].split(":")
        ours = splits[a, b]
        assert ours["k"] == row["k"]
        for kind, other in (("direct", "direct"), ("indirect", "indirect"), ("difference", "diff")):
            if row[other] is None:
                assert ours[kind] is None
            else:
                assert ours[kind]["te"] == pytest.approx(row[other], **CLOSED)
                assert ours[kind]["se"] == pytest.approx(row[f"{other}_se"], **CLOSED)
        first, last = sorted((a, b), key=place.__getitem__)
        sign = 1 if first == a else -1
        above, below = cells[first, last], cells[last, first]
        assert (above["kind"], below["kind"]) == ("network", "direct")
        assert above["te"] == pytest.approx(sign * row["nma"], **CLOSED)
        if row["direct"] is not None:
            assert below["te"] == pytest.approx(-sign * row["direct"], **CLOSED)


@pytest.mark.parametrize(
    ("name", "family", "inactive"),
    [
        ("nma_combo_OR", "netcomb", ("--inactive", "placebo")),
        ("nma_combo_OR", "netcomb_no_inactive", ()),
        ("nma_combo_disconnected", "discomb", ("--inactive", "placebo")),
        ("nma_combo_confounded", "discomb", ("--inactive", "placebo")),
    ],
)
def test_components(name: str, family: str, inactive: tuple[str, ...]) -> None:
    reference = "nma_combo_confounded_discomb" if name == "nma_combo_confounded" else name
    theirs, ours = expected(reference)[family], ask("network", name, *inactive)["components"]
    assert ours["inactive"] == theirs["inactive"]
    assert ours["tau2"] == pytest.approx(theirs["tau2"], **CLOSED)
    assert (ours["q"], ours["df"]) == pytest.approx((theirs["Q_additive"], theirs["df_Q_additive"]), **CLOSED)
    found = {one["component"]: one for one in ours["components"]}
    for row in theirs["components"]["random"]:
        one = found[row["name"]]
        assert one["estimable"] == (row["TE"] is not None)
        if one["estimable"]:
            assert (one["te"], one["se"]) == pytest.approx((row["TE"], row["seTE"]), **CLOSED)


def test_the_parts_of_a_disconnected_network_have_their_own_numbers() -> None:
    ours = ask("network", "nma_disconnected", "--measure", "OR", "--tau2", "DL")
    assert ours["connected"] is False
    for part, theirs in zip(ours["parts"], expected("nma_disconnected")["subnets"], strict=True):
        assert part["regimens"] == sorted(theirs["treatments"])
        assert part["heterogeneity"]["q"] == pytest.approx(theirs["Q"], **CLOSED)
        assert part["random"]["tau2"] == pytest.approx(theirs["tau2_DL"], **CLOSED)
        pairs_agree(part["common"]["pairs"], theirs["common"], CLOSED)
        pairs_agree(part["random"]["pairs"], theirs["random_DL"], CLOSED)


def test_sparse_events_by_mantel_and_haenszel() -> None:
    theirs = expected("nma_bin_OR")["netmetabin_MH"]
    pairs_agree(ask("network", "nma_bin_OR", "--method", "mh")["common"]["pairs"], theirs["pairs"], CLOSED)


def test_a_study_left_out() -> None:
    ours = ask("network", "nma_zero", "--measure", "OR", "--tau2", "DL", "--exclude", "S11")
    pairs_agree(ours["random"]["pairs"], expected("nma_zero_OR_without_S11")["random_DL"]["pairs"], CLOSED)


def test_sparse_events_with_empty_cells() -> None:
    theirs = expected("nma_zero_OR_default")["netmetabin_MH"]
    ours = ask("network", "nma_zero", "--measure", "OR", "--method", "mh")
    pairs_agree(ours["common"]["pairs"], theirs["pairs"], CLOSED)
