"""Write a pooled analysis as plain values for JSON, in the shape and with the names of `pool.answer`."""

from bonerx.model.estimate import Group
from bonerx.model.measure import Measure
from bonerx.synthesis.pairwise.analysis import PoolAnalysis, PooledStudy
from bonerx.synthesis.pairwise.heterogeneity import Heterogeneity
from bonerx.synthesis.pairwise.inverse_variance import EQUAL, Pooled, RandomEffects
from bonerx.synthesis.pairwise.leave_one_out import Step
from bonerx.synthesis.pairwise.small_study_effects import RankTest, RegressionTest

Document = dict[str, object]


def pool_document(analysis: PoolAnalysis, outcome: str | None = None) -> Document:
    """The analysis as nested dicts, lists, strings and numbers; `published` and `headline` are left for the caller.

    `te` and `se` are on the analysis scale (a minus b), `value`, `ci_low` and `ci_high` back-transformed; weights and
    I² are fractions of one. What is unknown or not estimable is None with a `reason` beside it.
    """
    measure, options = analysis.options.measure, analysis.options
    few = f"needs three studies, has {analysis.random.k if analysis.random else 0}"
    small_study: Document | None = None
    if analysis.egger is not None or analysis.begg is not None:
        small_study = {"egger": _egger(analysis.egger), "begg": _begg(analysis.begg)}
    document: Document = {
        "a": analysis.a,
        "b": analysis.b,
        "outcome": outcome,
        "measure": str(measure),
        "level": options.level,
        "studies": [_study(study, measure) for study in analysis.studies],
        "common": _common(analysis, measure),
        "random": _random(analysis.random, measure) if analysis.random else None,
        "heterogeneity": _heterogeneity(analysis.heterogeneity) if analysis.heterogeneity else None,
        "k": analysis.k,
        "n": _count(analysis.n),
        "n_unknown": list(analysis.n_unknown),
        "excluded": [{"study": e.study, "reason": e.reason} for e in analysis.excluded],
        "published": [],
        "leave_one_out": [step_document(step, measure) for step in analysis.leave_one_out] or None,
        "small_study": small_study,
        "headline": None,
    }
    if analysis.k == 0:
        document["reason"] = "no study to pool"
    elif small_study is None:
        document["small_study_reason"] = few
    return document


def _estimate(pooled: Pooled, measure: Measure) -> Document:
    """An estimate with its interval and p value."""
    document: Document = {
        "te": pooled.te,
        "se": pooled.se,
        "value": measure.displayed(pooled.te),
        "ci_low": measure.displayed(pooled.ci_low),
        "ci_high": measure.displayed(pooled.ci_high),
        "p": pooled.p,
    }
    if document["value"] is None or document["ci_high"] is None:
        document["reason"] = "too large for a ratio: see `te` and `se`"
    return document


def _interval(pooled: Pooled, measure: Measure) -> Document:
    """The error, interval and p value of an estimate given elsewhere; `df` None means the normal distribution."""
    document: Document = {
        "se": pooled.se,
        "df": pooled.df,
        "ci_low": measure.displayed(pooled.ci_low),
        "ci_high": measure.displayed(pooled.ci_high),
        "p": pooled.p,
    }
    if pooled.se == 0.0:
        document["reason"] = f"{EQUAL}, and there is no test"
    return document


def _common(analysis: PoolAnalysis, measure: Measure) -> Document | None:
    """The common-effect estimate with the method's name; the reason when the method gives none for the studies."""
    if analysis.k == 0:
        return None
    method = str(analysis.options.method)
    if analysis.common is None:
        nothing = dict.fromkeys(("te", "se", "value", "ci_low", "ci_high", "p"))
        return {"method": method, **nothing, "reason": "the tables together hold no event in one of the arms"}
    return {"method": method, **_estimate(analysis.common, measure)}


def _random(random: RandomEffects, measure: Measure) -> Document:
    """The random-effects estimate, its Hartung–Knapp interval beside the Wald one, and the prediction interval."""
    prediction: Document = {
        "definition": str(random.prediction.definition),
        "ci_low": measure.displayed(random.prediction.ci_low),
        "ci_high": measure.displayed(random.prediction.ci_high),
    }
    if random.prediction.reason is not None:
        prediction["reason"] = random.prediction.reason
    document: Document = {
        "tau2_method": str(random.tau2_method),
        "tau2": random.tau2,
        "k": random.k,
        **_estimate(random.wald, measure),
        "hk": {
            "adhoc": str(random.adhoc),
            **_interval(random.hk, measure),
            "plain": _interval(random.hk_plain, measure),
        },
        "prediction": prediction,
    }
    if random.tau2 is None:
        document["reason"] = "one study: it is given as it stands, differences between studies cannot be seen"
    return document


def _heterogeneity(found: Heterogeneity) -> Document:
    """Q, I² and H with intervals, and the interval of tau2."""
    document: Document = {
        "q": found.q,
        "df": found.df,
        "p": found.p,
        "i2": found.i2,
        "i2_low": found.i2_low,
        "i2_high": found.i2_high,
        "h": found.h,
        "h_low": found.h_low,
        "h_high": found.h_high,
        "tau2_low": found.tau2_low,
        "tau2_high": found.tau2_high,
    }
    if found.df == 0:
        document["reason"] = "one study: differences between studies cannot be seen"
    elif found.i2_low is None:
        document["reason"] = "two studies that agree: I² and H have no interval"
    return document


def _arm(group: Group | None) -> Document | None:
    """One arm's numbers, those that are known."""
    if group is None:
        return None
    document: Document = {}
    if group.events is not None:
        document["events"] = _count(group.events)
    if group.mean is not None:
        document["mean"], document["sd"] = group.mean, group.sd
    document["n"] = _count(group.n)
    return document


def _count(number: float | None) -> float | None:
    """A number of people as an integer where it is one."""
    return int(number) if number is not None and number == int(number) else number


def _study(study: PooledStudy, measure: Measure) -> Document:
    """One study; `source` is left for the caller."""
    return {
        "study": study.study,
        "te": study.te,
        "se": study.se,
        "value": measure.displayed(study.te),
        "ci_low": measure.displayed(study.ci_low),
        "ci_high": measure.displayed(study.ci_high),
        "weight_common": study.weight_common,
        "weight_random": study.weight_random,
        "included": study.included,
        "reason": study.reason,
        "note": study.note,
        "a": _arm(study.a),
        "b": _arm(study.b),
        "source": None,
    }


def step_document(step: Step, measure: Measure) -> Document:
    """One analysis of a leave-one-out or cumulative sequence, in the fields of `leave_one_out`."""
    return {
        "study": step.study,
        "k": step.k,
        "common": _estimate(step.common, measure) if step.common else None,
        "random": {"tau2": step.random.tau2, **_estimate(step.random.wald, measure)},
        "q": step.q,
        "i2": step.i2,
    }


def _egger(test: RegressionTest | None) -> Document | None:
    """Egger's test, None when all studies have the same standard error."""
    if test is None:
        return None
    return {
        "bias": test.bias,
        "se": test.se,
        "t": test.t,
        "df": test.df,
        "p": test.p,
        "limit": test.limit,
        "warning": test.warning,
    }


def _begg(test: RankTest | None) -> Document | None:
    """Begg and Mazumdar's test, None when all ranks are tied."""
    if test is None:
        return None
    return {
        "score": test.score,
        "se": test.se,
        "z": test.z,
        "p": test.p,
        "tau": test.tau,
        "p_exact": test.p_exact,
        "warning": test.warning,
    }
