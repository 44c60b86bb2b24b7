"""How surely each treatment is better than the others, from a network's estimates."""

from typing import Literal

import numpy as np
from scipy.special import ndtr

from bonerx.synthesis.network.blocks import FloatArray
from bonerx.synthesis.network.gls import PairTable

Better = Literal["lower", "higher"]


def p_scores(pairs: PairTable, treatments: int, better: Better) -> FloatArray:
    """P-scores (n,): the mean certainty, over the other treatments, that a treatment is better, where `better` values
    are.

    The certainty that i is better than j is the normal probability of a lower (or higher) effect given te and se. They
    average 1/2 (Rücker and Schwarzer 2015, doi 10.1186/s12874-015-0060-8).
    """
    sign = -1.0 if better == "lower" else 1.0
    z = sign * pairs.te / pairs.se
    total = np.bincount(pairs.a, weights=ndtr(z), minlength=treatments)
    total += np.bincount(pairs.b, weights=ndtr(-z), minlength=treatments)
    return np.asarray(total / max(treatments - 1, 1))


def mean_ranks(scores: FloatArray) -> FloatArray:
    """Mean ranks (n,) from P-scores (n,): n - (n - 1) P, 1 being best (same source as the P-score)."""
    n = len(scores)
    return np.asarray(n - (n - 1) * scores)
