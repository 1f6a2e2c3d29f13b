"""Expected squared error of a mean of correlated models (Hastie, Tibshirani & Friedman 2009, equations 7.9 and 15.1)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, NonNegative, Probability, Real, Size
from quizcnn.solvers.notation import base, is_exact, line, near, operand
from quizcnn.solvers.values import Value, exact
from quizcnn.text import Text

TITLE = Text("Bias, variance and averaging", "偏差、方差与平均")
CONVENTION = Text(
    "Mean of models of equal variance, every two of the same correlation; the noise is given as a variance, the error is measured against noisy labels.",
    "取方差相同、两两相关系数相同的模型的平均；噪声以方差给出，误差对带噪标签计算。",
)
VARIANCE = Text("variance of the mean", "平均后的方差")
ERROR = Text("expected squared error", "期望平方误差")
STEPS = {
    "single": Text("a single model: nothing averages out", "只有一个模型，没有平均"),
    "variance": Text(
        "the shared part stays, the rest is divided by the number of models", "共有的部分不变，其余除以模型个数"
    ),
    "error": Text("squared bias, variance and noise", "偏差的平方、方差与噪声之和"),
}
MISTAKES = {
    "bias_not_squared": (
        Text("adds the bias unsquared", "偏差没有平方"),
        Text("The error is squared, so the bias of {bias} enters with its square.", "误差取的是平方，偏差 {bias} 也要平方。"),
    ),
    "forgets_noise": (
        Text("leaves out the noise", "漏了噪声"),
        Text("No model can foresee the noise; its variance {noise} stays in the error.", "噪声无法预测，它的方差 {noise} 始终留在误差里。"),
    ),
    "ignores_correlation": (
        Text("takes the models for independent", "把模型当成相互独立"),
        Text("Only the part that the models do not share averages out; the correlation {correlation} keeps the rest.", "平均只能消去各模型不共有的部分，相关系数 {correlation} 对应的部分消不掉。"),
    ),
    "forgets_averaging": (
        Text("keeps the variance of a single model", "用了单个模型的方差"),
        Text("Averaging {models} models divides what they do not share by {models}.", "{models} 个模型取平均，不共有的部分要除以 {models}。"),
    ),
}  # fmt: skip


class EnsembleInputs(Inputs):
    """Bias and variance of one model, variance of the noise, number of models and the correlation of every two."""

    bias: Real
    variance: NonNegative
    noise: NonNegative = 0.0
    models: Size = 1
    correlation: Probability = 0.0


def mean_variance(i: EnsembleInputs, correlation: Fraction) -> Fraction:
    """ρσ² + (1 − ρ)σ²/B."""
    variance = exact(i.variance)
    return correlation * variance + (1 - correlation) * variance / i.models


def outputs_of(i: EnsembleInputs, variance: Fraction) -> Outputs:
    return {"ensemble_variance": float(variance), "error": float(exact(i.bias) ** 2 + variance + exact(i.noise))}


def solve(i: EnsembleInputs) -> Outputs:
    return outputs_of(i, mean_variance(i, exact(i.correlation)))


def steps(i: EnsembleInputs) -> Sequence[Step]:
    variance = mean_variance(i, exact(i.correlation))
    error = exact(i.bias) ** 2 + variance + exact(i.noise)
    terms = f"{base(i.bias)}^2+{near(float(variance), 6)}+{operand(i.noise)}"
    latex = line("E", terms, float(error), rough=not is_exact(float(variance)))
    last = Step(STEPS["error"], latex, float(error), "error")
    return [*lead_to([_averaging(i, float(variance))], "ensemble_variance", "error"), last]


def _averaging(i: EnsembleInputs, variance: float) -> Step:
    v, r = operand(i.variance), operand(i.correlation)
    if i.models == 1:
        return Step(STEPS["single"], f"V = {v}", variance)
    expression = rf"{r} \cdot {v}+\frac{{(1-{r}) \cdot {v}}}{{{i.models}}}"
    return Step(STEPS["variance"], line("V", expression, variance), variance)


def _follow_error(i: EnsembleInputs, own: Outputs) -> Value:
    variance = own["ensemble_variance"]
    if not isinstance(variance, int | float | Fraction):
        return None
    return outputs_of(i, exact(variance))["error"]


def _unsquared(i: EnsembleInputs) -> Outputs:
    return {"error": float(exact(i.bias) + mean_variance(i, exact(i.correlation)) + exact(i.noise))}


def _noiseless(i: EnsembleInputs) -> Outputs:
    return {"error": float(exact(i.bias) ** 2 + mean_variance(i, exact(i.correlation)))}


FAMILY = Family(
    id="bias_variance",
    title=TITLE,
    inputs=EnsembleInputs,
    outputs={"ensemble_variance": Output("real", VARIANCE), "error": Output("real", ERROR)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "bias_not_squared": _unsquared,
            "forgets_noise": _noiseless,
            "ignores_correlation": lambda i: outputs_of(i, mean_variance(i, Fraction(0))),
            "forgets_averaging": lambda i: outputs_of(i, exact(i.variance)),
        },
    ),
    follow={"error": _follow_error},
    symbols={"bias": "b", "variance": r"\sigma^2", "noise": "n", "models": "B", "correlation": r"\rho"},
)
