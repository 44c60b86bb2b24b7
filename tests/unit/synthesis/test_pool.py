"""What analysing a pair of treatments takes in, leaves out, and says."""

import math

import pytest

from bonerx.errors import InvalidEvidence, UsageError
from bonerx.model.estimate import Contrast, Group
from bonerx.model.measure import Measure
from bonerx.synthesis.effects.effect import Continuity
from bonerx.synthesis.pairwise.analysis import PoolMethod, PoolOptions, analyse_pool
from bonerx.synthesis.pairwise.document import pool_document
from bonerx.synthesis.pairwise.further_analyses import as_years_went_by
from bonerx.synthesis.pairwise.inverse_variance import AdHoc, Prediction
from bonerx.synthesis.pairwise.tau2 import Tau2Method


def trial(study, events_a, n_a, events_b, n_b, a="drug", b="placebo"):
    return [
        Group(study=study, treatment=a, n=n_a, events=events_a),
        Group(study=study, treatment=b, n=n_b, events=events_b),
    ]


def contrast(study, te, se, a="drug", b="placebo"):
    return Contrast(study=study, a=a, b=b, te=te, se=se)


# Alendronate against placebo, vertebral fractures: Cochrane 2008's trials as the arms of the evidence table give them.
VERTEBRAL = [
    *trial("black-1996", 78, 981, 145, 965),
    *trial("cummings-1998", 43, 2214, 78, 2218),
    *trial("liberman-1995", 17, 526, 22, 355),
    *trial("bone-1997", 4, 93, 6, 91),
    *trial("chesnut-1995", 0, 30, 0, 31),
]


def test_alendronate_halves_vertebral_fractures():
    document = pool_document(analyse_pool(VERTEBRAL, [], "drug", "placebo"), "vertebral-fracture")
    random = document["random"]
    assert [round(random[key], 3) for key in ("value", "ci_low", "ci_high")] == [0.538, 0.441, 0.656]
    assert random["tau2"] == 0.0
    assert [round(random["hk"]["plain"][key], 3) for key in ("ci_low", "ci_high")] == [0.502, 0.576]
    assert random["hk"]["ci_low"] == random["ci_low"]
    assert document["k"] == 4
    assert document["n"] == 7443
    assert document["excluded"] == [
        {"study": "chesnut-1995", "reason": "no event in either arm: no information on the RR"}
    ]


def test_the_document_has_the_fields_of_the_contract():
    document = pool_document(analyse_pool(VERTEBRAL, [], "drug", "placebo"))
    assert {
        "a", "b", "outcome", "measure", "studies", "common", "random", "heterogeneity", "k", "n", "excluded",
        "published", "leave_one_out", "small_study", "headline",
    } <= document.keys()  # fmt: skip
    assert {
        "study", "te", "se", "value", "ci_low", "ci_high", "weight_common", "weight_random", "included", "reason", "a",
        "b", "source",
    } <= document["studies"][0].keys()  # fmt: skip
    assert {"method", "te", "se", "value", "ci_low", "ci_high", "p"} <= document["common"].keys()
    assert {"tau2_method", "tau2", "hk", "prediction", "p"} <= document["random"].keys()
    assert {"adhoc", "se", "ci_low", "ci_high", "p"} <= document["random"]["hk"].keys()
    assert document["random"]["prediction"]["definition"] == "t(k-1)"
    assert {"q", "df", "p", "i2", "i2_low", "i2_high", "h", "tau2_low", "tau2_high"} <= document["heterogeneity"].keys()
    assert document["studies"][0]["a"] == {"events": 78, "n": 981}


def test_one_study_is_given_as_it_stands():
    analysis = analyse_pool(trial("S", 10, 100, 20, 100), [], "drug", "placebo")
    document = pool_document(analysis)
    assert document["random"]["tau2"] is None
    assert "one study" in document["random"]["reason"]
    assert document["heterogeneity"]["i2"] is None
    assert document["random"]["value"] == pytest.approx(0.5)
    assert document["random"]["hk"]["ci_low"] == document["random"]["ci_low"]
    assert document["random"]["prediction"]["ci_low"] is None
    assert document["leave_one_out"] is None
    assert document["small_study"] is None


def test_two_studies_have_no_prediction_interval_of_higgins():
    groups = trial("S1", 10, 100, 20, 100) + trial("S2", 15, 100, 16, 100)
    options = PoolOptions(prediction=Prediction.HTS)
    document = pool_document(analyse_pool(groups, [], "drug", "placebo", options))
    assert document["random"]["prediction"]["ci_low"] is None
    assert "3 studies" in document["random"]["prediction"]["reason"]
    assert document["random"]["tau2"] is not None


def test_nothing_to_pool_is_said():
    document = pool_document(analyse_pool([], [], "drug", "placebo"))
    assert document["k"] == 0
    assert document["reason"] == "no study to pool"
    assert document["common"] is document["random"] is document["heterogeneity"] is None


def test_arms_are_preferred_to_a_contrast_of_the_same_study():
    analysis = analyse_pool(trial("S", 10, 100, 20, 100), [contrast("S", 0.0, 0.1)], "drug", "placebo")
    assert math.exp(analysis.common.te) == pytest.approx(0.5)
    assert [e.reason for e in analysis.excluded] == ["also reported as a contrast; the arms are used instead"]


def test_a_contrast_stands_in_where_the_arms_lack_the_numbers():
    groups = [Group(study="S", treatment=t, n=50) for t in ("drug", "placebo")]
    analysis = analyse_pool(groups, [contrast("S", 0.7, 0.1, a="placebo", b="drug")], "drug", "placebo")
    assert analysis.common.te == pytest.approx(-0.7)
    assert analysis.n is None
    assert analysis.n_unknown == ("S",)


def test_hazard_ratios_come_from_contrasts_only():
    options = PoolOptions(measure=Measure.HR)
    analysis = analyse_pool(trial("S1", 1, 9, 2, 9), [contrast("S2", -0.5, 0.2)], "drug", "placebo", options)
    assert [s.study for s in analysis.studies] == ["S2"]
    assert "HR" in analysis.excluded[0].reason


def test_arms_of_other_treatments_are_passed_over():
    other = Group(study="S", treatment="other", n=100, events=99)
    with_other = analyse_pool([*trial("S", 10, 100, 20, 100), other], [], "drug", "placebo")
    assert with_other.common == analyse_pool(trial("S", 10, 100, 20, 100), [], "drug", "placebo").common


def test_several_arms_of_one_treatment_are_taken_together():
    groups = [*trial("S", 4, 40, 20, 100), Group(study="S", treatment="drug", n=60, events=6)]
    analysis = analyse_pool(groups, [], "drug", "placebo")
    assert math.exp(analysis.common.te) == pytest.approx(0.5)
    assert analysis.studies[0].note == "2 arms of `drug` are taken together"


def test_means_of_several_arms_are_those_of_all_participants_together():
    # 1, 2, 3 and 5, 7 are together a mean of 3.6 with a standard deviation of sqrt(5.8)
    groups = [
        Group(study="S", treatment="drug", n=3, mean=2.0, sd=1.0),
        Group(study="S", treatment="drug", n=2, mean=6.0, sd=math.sqrt(2.0)),
        Group(study="S", treatment="placebo", n=5, mean=0.0, sd=1.0),
    ]
    analysis = analyse_pool(groups, [], "drug", "placebo", PoolOptions(measure=Measure.MD))
    assert analysis.common.te == pytest.approx(3.6)
    assert analysis.studies[0].a.sd == pytest.approx(math.sqrt(5.8))


@pytest.mark.parametrize(
    ("measure", "numbers", "reason"),
    [
        (Measure.RR, {}, "no count of events"),
        (Measure.MD, {"sd": 1.0}, "no mean"),
        (Measure.SMD, {"mean": 1.0}, "no standard deviation"),
    ],
)
def test_arms_without_the_numbers_are_excluded_with_the_reason(measure, numbers, reason):
    groups = [Group(study="S", treatment=t, n=50, **numbers) for t in ("drug", "placebo")]
    analysis = analyse_pool(groups, [], "drug", "placebo", PoolOptions(measure=measure))
    assert analysis.k == 0
    assert reason in analysis.excluded[0].reason


def test_a_study_that_compares_both_with_a_third_only_is_named():
    contrasts = [contrast("S", -1.0, 0.2, b="other"), contrast("S", -0.5, 0.2, a="placebo", b="other")]
    analysis = analyse_pool([], contrasts, "drug", "placebo")
    assert analysis.k == 0
    assert "third treatment" in analysis.excluded[0].reason


def test_a_comparison_reported_twice_counts_once():
    analysis = analyse_pool([], [contrast("S", -1.0, 0.2), contrast("S", -0.5, 0.2)], "drug", "placebo")
    assert analysis.common.te == pytest.approx(-1.0)
    assert "2 times" in analysis.excluded[0].reason


@pytest.mark.parametrize("method", [PoolMethod.MH, PoolMethod.PETO])
def test_pooling_tables_leaves_contrasts_out_with_the_reason(method):
    options = PoolOptions(measure=Measure.OR, method=method)
    analysis = analyse_pool(trial("S1", 10, 100, 20, 100), [contrast("S2", -1.0, 0.2)], "drug", "placebo", options)
    assert analysis.k == 1
    assert "contrast only" in analysis.excluded[0].reason


def test_uncorrected_zero_cells_enter_mantel_haenszel_without_an_effect_of_their_own():
    groups = trial("S1", 10, 100, 20, 100) + trial("S2", 0, 50, 3, 50) + trial("S3", 4, 80, 9, 80)
    options = PoolOptions(measure=Measure.OR, method=PoolMethod.MH, continuity=Continuity.NONE)
    document = pool_document(analyse_pool(groups, [], "drug", "placebo", options))
    assert (document["k"], document["random"]["k"]) == (3, 2)
    study = document["studies"][1]
    assert study["included"]
    assert study["te"] is None
    assert study["weight_common"] > 0.0
    assert "Mantel–Haenszel" in study["reason"]
    assert len(document["leave_one_out"]) == 2


def test_tables_that_give_no_pooled_ratio_say_so():
    options = PoolOptions(measure=Measure.OR, method=PoolMethod.MH, continuity=Continuity.NONE)
    document = pool_document(analyse_pool(trial("S", 0, 50, 3, 50), [], "drug", "placebo", options))
    assert document["common"]["te"] is None
    assert document["common"]["reason"]


def test_peto_leaves_tables_without_information_out():
    options = PoolOptions(measure=Measure.OR, method=PoolMethod.PETO)
    analysis = analyse_pool(VERTEBRAL, [], "drug", "placebo", options)
    assert analysis.k == 4
    assert "no event" in analysis.excluded[0].reason


def test_small_study_tests_warn_below_ten_studies():
    document = pool_document(analyse_pool(VERTEBRAL, [], "drug", "placebo"))
    assert document["small_study"]["egger"]["warning"] == "only 4 studies: below 10 the test has little power"


def test_studies_of_one_precision_have_no_funnel():
    document = pool_document(analyse_pool([], [contrast(f"S{i}", 0.1 * i, 0.2) for i in range(4)], "drug", "placebo"))
    assert document["small_study"] is None
    assert "small_study_reason" in document


@pytest.mark.parametrize("adhoc", [rule for rule in AdHoc if rule is not AdHoc.NONE])
@pytest.mark.parametrize("tau2", Tau2Method)
def test_every_rule_keeps_an_interval_of_identical_effects_from_having_no_width(adhoc, tau2):
    contrasts = [contrast(f"S{i}", 0.5, 0.1 + i / 10) for i in range(3)]
    analysis = analyse_pool([], contrasts, "drug", "placebo", PoolOptions(adhoc=adhoc, tau2=tau2))
    assert analysis.random.tau2 == 0.0
    assert analysis.random.hk.se > 0.0
    assert math.isfinite(analysis.random.hk.p)


@pytest.mark.parametrize("adhoc", AdHoc)
def test_the_document_says_why_the_plain_interval_of_identical_effects_has_no_width(adhoc):
    contrasts = [contrast(f"S{i}", 0.5, 0.1 + i / 10) for i in range(3)]
    document = pool_document(analyse_pool([], contrasts, "drug", "placebo", PoolOptions(adhoc=adhoc)))
    plain = document["random"]["hk"]["plain"]
    assert (plain["se"], plain["df"], plain["p"]) == (0.0, 2, None)
    assert plain["ci_low"] == plain["ci_high"] == document["random"]["value"]
    assert "all the same" in plain["reason"]


def test_ratios_too_large_for_a_number_are_none_with_the_reason():
    document = pool_document(analyse_pool([], [contrast("S", 800.0, 1.0)], "drug", "placebo"))
    assert document["common"]["value"] is None
    assert document["common"]["reason"]
    assert Measure.MD.displayed(math.inf) is None


@pytest.mark.parametrize(
    "options",
    [
        {"measure": Measure.MD, "method": PoolMethod.MH},
        {"measure": Measure.RR, "method": PoolMethod.PETO},
        {"level": 95.0},
    ],
)
def test_choices_that_contradict_each_other_are_refused(options):
    with pytest.raises(UsageError):
        PoolOptions(**options)


def test_a_treatment_is_not_compared_with_itself():
    with pytest.raises(UsageError, match="itself"):
        analyse_pool(VERTEBRAL, [], "drug", "drug")


@pytest.mark.parametrize(("te", "se"), [(math.nan, 1.0), (1.0, 0.0), (1.0, -1.0), (1.0, math.inf), (1e200, 1.0)])
def test_contrasts_that_are_no_numbers_are_refused(te, se):
    with pytest.raises(InvalidEvidence):
        analyse_pool([], [contrast("S", te, se)], "drug", "placebo")


def test_two_studies_that_agree_have_no_interval_of_i2():
    groups = trial("S1", 10, 100, 20, 100) + trial("S2", 11, 100, 20, 100)
    document = pool_document(analyse_pool(groups, [], "drug", "placebo"))
    assert document["heterogeneity"]["i2"] == 0.0
    assert document["heterogeneity"]["i2_high"] is None
    assert "two studies" in document["heterogeneity"]["reason"]


def test_ranks_can_be_tested_where_a_line_cannot():
    contrasts = [contrast(f"S{se:g}", se, se) for se in (1.0, 2.0, 4.0)]
    document = pool_document(analyse_pool([], contrasts, "drug", "placebo"))
    assert document["small_study"]["egger"] is None
    assert document["small_study"]["begg"]["tau"] == pytest.approx(1.0)


def test_the_two_unknowns_of_a_ratio_are_told_apart():
    """No event at all, and nothing but events, are different reasons."""
    groups = trial("S1", 0, 20, 0, 20) + trial("S2", 20, 20, 20, 20)
    analysis = analyse_pool(groups, [], "drug", "placebo", PoolOptions(measure=Measure.OR))
    assert [e.reason.split(":")[0] for e in analysis.excluded] == [
        "no event in either arm",
        "every participant of both arms had the event",
    ]


# Six trials of the case `statistics/mantel-haenszel-tau2`; the values are meta 8.3-0's, metabin(method = "MH",
# method.tau = "DL", sm = "OR").
SPARSE = [
    *trial("one", 7, 80, 15, 82, "a", "b"),
    *trial("two", 12, 150, 9, 148, "a", "b"),
    *trial("three", 3, 60, 14, 63, "a", "b"),
    *trial("four", 40, 900, 52, 880, "a", "b"),
    *trial("five", 8, 120, 21, 118, "a", "b"),
    *trial("six", 31, 700, 19, 710, "a", "b"),
]


def test_with_mantel_haenszel_dersimonian_laird_takes_the_q_about_that_mean():
    options = PoolOptions(measure=Measure.OR, method=PoolMethod.MH, tau2=Tau2Method.DL)
    random = analyse_pool(SPARSE, [], "a", "b", options).random
    assert random.tau2 == pytest.approx(0.3717826432, abs=5e-11)
    assert random.wald.te == pytest.approx(-0.4125340001, abs=5e-11)
    assert random.wald.se == pytest.approx(0.3024820942, abs=5e-11)


@pytest.mark.parametrize("measure", [Measure.OR, Measure.RR, Measure.RD])
def test_the_q_that_is_shown_is_the_one_that_tau2_rests_on(measure):
    """By the formula, (Q - df) / (Σw - Σw²/Σw), of the whole analysis and with each study left out."""
    found = analyse_pool(SPARSE, [], "a", "b", PoolOptions(measure=measure, method=PoolMethod.MH, tau2=Tau2Method.DL))
    own = {study.study: 1.0 / study.se**2 for study in found.studies}
    analyses = [("", found.heterogeneity.q, found.random.tau2)]
    analyses += [(step.study, step.q, step.random.tau2) for step in found.leave_one_out]
    assert len(analyses) == 7
    for without, q, tau2 in analyses:
        w = [weight for study, weight in own.items() if study != without]
        expected = max(0.0, (q - len(w) + 1) / (sum(w) - sum(x * x for x in w) / sum(w)))
        assert tau2 == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("method", [method for method in Tau2Method if method is not Tau2Method.DL])
@pytest.mark.parametrize("measure", [Measure.OR, Measure.RR, Measure.RD])
def test_every_other_tau2_and_its_q_are_about_the_inverse_variance_mean(measure, method):
    """As meta, whose `Q.Cochrane` is for Mantel–Haenszel with DerSimonian–Laird alone."""
    by_tables, by_effects = (
        analyse_pool(SPARSE, [], "a", "b", PoolOptions(measure=measure, method=pooled, tau2=method))
        for pooled in (PoolMethod.MH, PoolMethod.IV)
    )
    assert by_tables.random == by_effects.random
    assert by_tables.heterogeneity == by_effects.heterogeneity
    assert [step.q for step in by_tables.leave_one_out] == [step.q for step in by_effects.leave_one_out]


def test_petos_q_is_about_petos_mean_whatever_the_method():
    found = analyse_pool(
        SPARSE, [], "a", "b", PoolOptions(measure=Measure.OR, method=PoolMethod.PETO, tau2=Tau2Method.DL)
    )
    w = [1.0 / study.se**2 for study in found.studies]
    q = sum(weight * (study.te - found.common.te) ** 2 for weight, study in zip(w, found.studies, strict=True))
    assert found.heterogeneity.q == pytest.approx(q, rel=1e-12)
    assert found.random.tau2 == pytest.approx((q - 5) / (sum(w) - sum(x * x for x in w) / sum(w)), rel=1e-12)


def means(study, *arms):
    """Two arms `a` and `b` of a study, each with its mean, standard deviation and people."""
    return [
        Group(study=study, treatment=name, mean=mean, sd=sd, n=n)
        for name, (mean, sd, n) in zip("ab", arms, strict=True)
    ]


def test_two_animals_in_each_arm_count():
    """Expected values: the formulas of statistics.md worked out with mpmath at 40 digits, rounded to 15."""
    animals = [
        *means("one", (5.1, 1.2, 2), (3.9, 0.9, 2)),
        *means("two", (4.4, 0.8, 2), (4.1, 1.1, 2)),
        *means("three", (6.0, 1.5, 12), (4.8, 1.4, 11)),
        *means("four", (5.2, 1.0, 20), (4.9, 1.2, 21)),
    ]
    found = analyse_pool(animals, [], "a", "b", PoolOptions(measure=Measure.SMD, tau2=Tau2Method.DL))
    assert found.k == 4
    assert found.random.tau2 == 0.0
    assert found.random.wald.te == pytest.approx(0.438996831218473, rel=1e-13)
    assert found.random.wald.se == pytest.approx(0.242036839931484, rel=1e-13)


def test_what_a_study_without_spread_reports_itself_is_not_lost():
    still = means("S", (5.1, 0.0, 20), (3.9, 0.9, 20))
    found = analyse_pool(still, [contrast("S", 1.2, 0.3, "a", "b")], "a", "b", PoolOptions(measure=Measure.MD))
    assert [(study.study, study.te, study.se) for study in found.studies] == [("S", 1.2, 0.3)]


@pytest.mark.parametrize("tau2", [Tau2Method.DL, Tau2Method.REML, Tau2Method.HS])
@pytest.mark.parametrize(
    ("measure", "method"),
    [(Measure.OR, PoolMethod.PETO)]
    + [
        (measure, method)
        for measure in (Measure.OR, Measure.RR, Measure.RD)
        for method in (PoolMethod.IV, PoolMethod.MH)
    ],
)
def test_when_all_years_went_by_the_answer_is_that_of_all(measure, method, tau2):
    options = PoolOptions(measure=measure, method=method, tau2=tau2)
    document = pool_document(analyse_pool(SPARSE, [], "a", "b", options))
    last = as_years_went_by(document, {}, options)[-1]
    assert last["k"] == document["k"]
    assert last["q"] == pytest.approx(document["heterogeneity"]["q"], rel=1e-12)
    assert last["random"]["tau2"] == pytest.approx(document["random"]["tau2"], rel=1e-12)
    for model in ("common", "random"):
        for name in ("te", "se", "value", "ci_low", "ci_high", "p"):
            assert last[model][name] == pytest.approx(document[model][name], rel=1e-12)
