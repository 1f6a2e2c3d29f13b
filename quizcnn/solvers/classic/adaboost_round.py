"""One round of AdaBoost: the weak learner's error and weight, the samples' new weights (Freund & Schapire 1997; Hastie et al. 2009, 10.1)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, NonNegative, Refusal
from quizcnn.solvers.notation import line, list_line, near, total
from quizcnn.solvers.vectors import exact_vector, root
from quizcnn.text import Text

TITLE = Text("A round of AdaBoost", "AdaBoost 的一轮")
CONVENTION = Text(
    "Labels ±1; the error ε is the weight of the wrong samples over all weight; α = ½ ln((1 − ε)/ε); the new weights add up to 1.",
    "标签为 ±1；错误率 ε 是判错样本的权重占总权重的比例；α = ½ ln((1 − ε)/ε)；新权重之和为 1。",
)
ERROR = Text("weighted error", "加权错误率")
ALPHA = Text("weight α of the learner", "弱分类器权重 α")
WEIGHTS = Text("new sample weights", "新的样本权重")
STEPS = {
    "wrong": Text("weight of the samples that are wrong", "判错样本的权重之和"),
    "all": Text("weight of all samples", "全部样本的权重之和"),
    "error": Text("weighted error", "加权错误率"),
    "alpha": Text("weight of the learner", "弱分类器的权重"),
    "factor": Text("wrong ones times e^α, right ones times e^(−α): factor between them", "判错的乘 e^α，判对的乘 e^(−α)，两者之比"),
    "weights": Text("scaled so that they add up to 1", "归一化，使和为 1"),
}  # fmt: skip
MISTAKES = {
    "forgets_half": (
        Text("leaves out the half in α", "α 漏乘了 ½"),
        Text("With labels ±1 the exponential loss is smallest at half the log-odds.", "标签为 ±1 时，指数损失在对数几率的一半处最小。"),
    ),
    "forgets_normalization": (
        Text("does not scale the new weights", "新权重没有归一化"),
        Text("The weights are a distribution over the samples, so they are divided by their sum.", "权重是样本上的分布，要除以总和。"),
    ),
    "updates_only_wrong": (
        Text("changes the wrong samples only", "只改判错样本的权重"),
        Text("Right samples lose weight too: they are multiplied by e^(−α).", "判对的样本也要降权：乘 e^(−α)。"),
    ),
}  # fmt: skip


class AdaBoostInputs(Inputs):
    """weights of the samples, not negative, and which of them the learner has right."""

    weights: Many[NonNegative]
    correct: Many[bool]

    @model_validator(mode="after")
    def _fits(self) -> AdaBoostInputs:
        if len(self.weights) != len(self.correct):
            raise Refusal(f"{len(self.weights)} weights do not fit {len(self.correct)} samples", "weights", "correct")
        if not any(self.weights):
            raise Refusal("must not all be 0", "weights")
        error = error_of(self)
        if not 0 < error < Fraction(1, 2):
            raise Refusal(
                f"the error is {float(error):.4g}; it must be above 0 and below one half", "correct", "weights"
            )
        return self


def error_of(i: AdaBoostInputs) -> Fraction:
    """Weight of the wrong samples over all weight."""
    weights = exact_vector(i.weights)
    wrong = sum((weight for weight, right in zip(weights, i.correct, strict=True) if not right), Fraction())
    return wrong / sum(weights, Fraction())


def alpha_of(error: Fraction) -> float:
    return 0.5 * (math.log1p(float(1 - 2 * error) / float(error)))


def new_weights(i: AdaBoostInputs) -> tuple[float, ...]:
    """Right samples share one half of all weight in proportion, wrong ones the other: what the factors e^α and e^-α come to."""
    weights, error = exact_vector(i.weights), error_of(i)
    everything = sum(weights, Fraction())
    return tuple(
        float(weight / everything / (2 * (1 - error) if right else 2 * error))
        for weight, right in zip(weights, i.correct, strict=True)
    )


def solve(i: AdaBoostInputs) -> Outputs:
    error = error_of(i)
    return {"error": float(error), "alpha": alpha_of(error), "weights": new_weights(i)}


def steps(i: AdaBoostInputs) -> Sequence[Step]:
    error = error_of(i)
    weights = exact_vector(i.weights)
    wrong = [weight for weight, right in zip(weights, i.correct, strict=True) if not right]
    lost, everything = sum(wrong, Fraction()), sum(weights, Fraction())
    first = [
        _sum("wrong", "W_-", wrong),
        _sum("all", "W", weights),
        Step(STEPS["error"], line(r"\epsilon", rf"\frac{{{near(float(lost))}}}{{{near(float(everything))}}}", float(error), rough=True), float(error)),
    ]  # fmt: skip
    alpha, odds = alpha_of(error), root((1 - error) / error) ** 2
    expression = rf"\frac{{1}}{{2}} \ln \frac{{{near(float(1 - error))}}}{{{near(float(error))}}}"
    second = [*first, Step(STEPS["alpha"], line(r"\alpha", expression, alpha, rough=True), alpha)]
    last = [
        *second,
        Step(STEPS["factor"], line(r"e^{2 \alpha}", rf"\frac{{{near(float(1 - error))}}}{{{near(float(error))}}}", odds, rough=True), odds),
        Step(STEPS["weights"], list_line("w", new_weights(i)), new_weights(i)),
    ]  # fmt: skip
    return [*lead_to(first, "error"), *lead_to(second, "alpha"), *lead_to(last, "weights")]


def _sum(step: str, symbol: str, weights: Sequence[Fraction]) -> Step:
    """The weights added up; a sum too long to read states its value only."""
    value = float(sum(weights, Fraction()))
    terms = total(near(float(weight)) for weight in weights)
    return Step(STEPS[step], line(symbol, terms, value, rough=True), value if terms else None)


def _unscaled(i: AdaBoostInputs) -> Outputs:
    factor = math.exp(alpha_of(error_of(i)))
    return {
        "weights": tuple(w / factor if right else w * factor for w, right in zip(i.weights, i.correct, strict=True))
    }


def _only_wrong(i: AdaBoostInputs) -> Outputs:
    factor = math.exp(alpha_of(error_of(i)))
    raised = [w if right else w * factor for w, right in zip(i.weights, i.correct, strict=True)]
    return {"weights": tuple(weight / math.fsum(raised) for weight in raised)}


def _without_half(i: AdaBoostInputs) -> Outputs:
    """α doubled, and the weights that e^α and e^-α of it give."""
    error = error_of(i)
    factor = float((1 - error) / error)
    raised = [w / factor if right else w * factor for w, right in zip(i.weights, i.correct, strict=True)]
    return {"alpha": 2 * alpha_of(error), "weights": tuple(weight / math.fsum(raised) for weight in raised)}


FAMILY = Family(
    id="adaboost_round",
    title=TITLE,
    inputs=AdaBoostInputs,
    outputs={
        "error": Output("real", ERROR),
        "alpha": Output("real", ALPHA),
        "weights": Output("list", WEIGHTS, elements="real"),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_half": _without_half,
            "forgets_normalization": _unscaled,
            "updates_only_wrong": _only_wrong,
        },
    ),
    symbols={"weights": "w"},
)
