"""Ask whether the effect depends on what studies are: meta-regression on numbers and on categories."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bonerx.errors import UsageError
from bonerx.number import counted
from bonerx.synthesis.numeric.distributions import chi2_p, f_p
from bonerx.synthesis.pairwise.heterogeneity import typical_variance
from bonerx.synthesis.pairwise.inverse_variance import Pooled, estimate_with
from bonerx.synthesis.pairwise.tau2 import FloatArray, Tau2Method, Weighted, checked_effects, estimate_tau2


@dataclass(frozen=True, slots=True, kw_only=True)
class Covariate:
    """What each of k studies is: a number (its `year`) or a category, compared with the category `reference`.

    Without `reference` categories are compared with the first in alphabetical order.
    """

    name: str
    values: Sequence[float] | Sequence[str]
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression:
    """A fitted meta-regression of k studies on p coefficients; effects on the analysis scale.

    `coefficients` by name, `intercept` first; `covariance` (p, p) in the same order. `qm` tests all but the intercept:
    chi-squared with `qm_df` degrees, or F with `qm_df` and k − p when `knapp_hartung`; `qe` is the residual Q. `r2` is
    the share of tau2 that the covariates explain, None when there was none to explain. `i2` is tau2's share of the
    residual variance.
    """

    k: int
    method: Tau2Method | None
    knapp_hartung: bool
    tau2: float
    coefficients: dict[str, Pooled]
    covariance: tuple[tuple[float, ...], ...]
    qm: float
    qm_df: int
    qm_p: float
    qe: float
    qe_df: int
    qe_p: float
    r2: float | None
    i2: float
    h2: float


def design_matrix(covariates: Sequence[Covariate], k: int) -> tuple[list[str], FloatArray]:
    """The names of the coefficients and the design (k, p): the intercept, then the numbers and the other categories.

    UsageError when a covariate has another length than k, is not known for a study, or does not vary.
    """
    names, columns = ["intercept"], [np.ones(k)]
    for covariate in covariates:
        values = list(covariate.values)
        if len(values) != k:
            raise UsageError(
                f"{counted(k, 'study', 'studies')} but {counted(len(values), 'value')} of `{covariate.name}`"
            )
        if any(isinstance(value, str) for value in values):
            levels = sorted({str(value) for value in values})
            reference = levels[0] if covariate.reference is None else covariate.reference
            if reference not in levels:
                raise UsageError(f"no study has `{covariate.name}` = `{reference}`", suggestions=tuple(levels))
            for level in levels:
                if level != reference:
                    names.append(f"{covariate.name}:{level}")
                    columns.append(np.array([float(str(value) == level) for value in values]))
            continue
        numbers = np.array(values, dtype=np.float64)
        if not np.isfinite(numbers).all():
            raise UsageError(f"`{covariate.name}` is not known for every study")
        names.append(covariate.name)
        columns.append(numbers)
    return names, np.column_stack(columns)


def meta_regression(
    te: FloatArray,
    se: FloatArray,
    covariates: Sequence[Covariate],
    *,
    method: Tau2Method | None = Tau2Method.REML,
    knapp_hartung: bool = False,
    level: float = 0.95,
) -> Regression:
    """Regress k effects, shapes (k,), on covariates with weights 1/(se² + tau2); `method` None is the common effect.

    tau2 is the residual variance between studies. `knapp_hartung` multiplies the covariance by the mean weighted
    squared residual and tests with t and F: Knapp, Hartung 2003, doi:10.1002/sim.1482. UsageError when there are not
    more studies than coefficients or the covariates cannot be told apart.
    """
    y, s = checked_effects(te, se)
    names, x = design_matrix(covariates, y.size)
    k, p = x.shape
    if p < 2:
        raise UsageError("a meta-regression needs a covariate that varies between studies")
    if k <= p:
        raise UsageError(f"{counted(k, 'study is', 'studies are')} too few to estimate {p} coefficients")
    scale = np.abs(x).max(axis=0)
    if not (scale > 0.0).all() or np.linalg.matrix_rank(x / scale) < p:
        raise UsageError("the covariates cannot be told apart: one does not vary, or follows from the others")
    tau2 = 0.0 if method is None else estimate_tau2(y, s, method, design=x) or 0.0
    root = 1.0 / np.sqrt(s * s + tau2)
    q, r = np.linalg.qr(root[:, None] * x)
    inverse = np.linalg.inv(r)
    beta, covariance = inverse @ (q.T @ (root * y)), inverse @ inverse.T
    fit = Weighted(y, root * root, x)
    df = k - p
    if knapp_hartung:
        covariance = covariance * float(fit.q) / df
    m = p - 1
    if not (np.diag(covariance) > 0.0).all():
        raise UsageError("the effects lie exactly on the regression line: no error can be estimated")
    qm = float(beta[1:] @ np.linalg.solve(covariance[1:, 1:], beta[1:]))
    if knapp_hartung:
        qm /= m
    qe = float(Weighted(y, 1.0 / (s * s), x).q)
    typical = typical_variance(y, s, x)
    without = None if method is None else estimate_tau2(y, s, method)
    errors = np.sqrt(np.diag(covariance))
    return Regression(
        k=k,
        method=method,
        knapp_hartung=knapp_hartung,
        tau2=tau2,
        coefficients={
            name: estimate_with(float(b), float(e), level, df if knapp_hartung else None)
            for name, b, e in zip(names, beta, errors, strict=True)
        },
        covariance=tuple(tuple(row) for row in covariance.tolist()),
        qm=qm,
        qm_df=m,
        qm_p=f_p(qm, m, df) if knapp_hartung else chi2_p(qm, m),
        qe=qe,
        qe_df=df,
        qe_p=chi2_p(qe, df),
        r2=max(0.0, (without - tau2) / without) if without else None,
        i2=tau2 / (tau2 + typical),
        h2=tau2 / typical + 1.0,
    )
