"""`pool` and `network` count the same trials of means, and give the same, however few people and however little spread.

Small arms and standard deviations of 0 are where the two engines could part.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonerx.errors import UsageError
from bonerx.model.estimate import Group
from bonerx.model.measure import Measure
from bonerx.synthesis.network.analysis import NetworkOptions, analyse_network
from bonerx.synthesis.pairwise.analysis import PoolOptions, analyse_pool
from bonerx.synthesis.pairwise.tau2 import Tau2Method

ARM = st.tuples(st.floats(-5.0, 5.0), st.sampled_from([0.0, 0.5, 1.0, 2.5]), st.sampled_from([1, 2, 3, 4, 30]))


@st.composite
def trials(draw: st.DrawFn) -> list[Group]:
    """Two arms of one to six trials, some with one or two people in an arm or no spread at all."""
    return [
        Group(study=f"S{number}", treatment=treatment, mean=mean, sd=sd, n=n)
        for number in range(draw(st.integers(1, 6)))
        for treatment in "ab"
        for mean, sd, n in [draw(ARM)]
    ]


@given(groups=trials(), measure=st.sampled_from([Measure.MD, Measure.SMD]))
def test_both_engines_count_the_same_trials_and_agree(groups: list[Group], measure: Measure) -> None:
    pool = analyse_pool(groups, [], "a", "b", PoolOptions(measure=measure, tau2=Tau2Method.DL))
    counted = {study.study for study in pool.studies if study.included}
    options = NetworkOptions(measure=measure, tau2="DL")
    if not counted:
        with pytest.raises(UsageError):
            analyse_network(groups, [], options)
        return
    network = analyse_network(groups, [], options)
    assert set(network.data.studies) == counted
    assert {(one.study, one.reason) for one in network.excluded} == {(one.study, one.reason) for one in pool.excluded}
    pairs = network.parts[0].pairs
    assert pairs.te[0] == pytest.approx(pool.random.wald.te, rel=1e-9, abs=1e-9)
    assert pairs.se[0] == pytest.approx(pool.random.wald.se, rel=1e-9)


@given(groups=trials(), measure=st.sampled_from([Measure.MD, Measure.SMD]))
def test_every_trial_either_counts_or_is_named_with_its_reason(groups: list[Group], measure: Measure) -> None:
    pool = analyse_pool(groups, [], "a", "b", PoolOptions(measure=measure))
    named = {one.study for one in pool.excluded if one.reason}
    assert named | {study.study for study in pool.studies if study.included} == {group.study for group in groups}
