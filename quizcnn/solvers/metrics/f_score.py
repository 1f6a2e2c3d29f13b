"""F1 and F-beta from precision and recall (van Rijsbergen 1979; sklearn.metrics, zero_division=0)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Inputs, NonNegative, Probability
from quizcnn.solvers.latex import fraction
from quizcnn.solvers.notation import base, given, line
from quizcnn.solvers.rates import f_score
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("F1 and F-beta from precision and recall", "由精确率和召回率求 F1 与 F-beta")
CONVENTION = Text(
    "beta > 1 weighs recall more; a zero denominator gives 0.",
    "beta > 1 时更看重召回率；分母为零时记为 0。",
)
F1 = Text("F1", "F1 分数")
F_BETA = Text("F-beta", "F-beta 分数")
STEPS = {
    "f1": Text("harmonic mean of precision and recall", "精确率与召回率的调和平均"),
    "f_beta": Text("harmonic mean with recall weighed β² times", "召回率按 β² 加权的调和平均"),
    "zero": Text("the denominator is zero, which gives 0", "分母为零，按约定记为 0"),
}
MISTAKES = {
    "arithmetic_mean": (
        Text("takes the arithmetic mean", "取了算术平均"),
        Text("F1 is the harmonic mean 2PR/(P + R): it falls with the smaller of the two.", "F1 是调和平均 2PR/(P + R)，会被较小的一个拉低。"),
    ),
    "f_beta_without_brackets": (
        Text("divides by beta²·P alone and adds R", "只除以 beta²·P，再加上 R"),
        Text("The whole sum beta²·P + R is the denominator.", "分母是整个 beta²·P + R。"),
    ),
    "beta_not_squared": (
        Text("takes beta in place of its square", "没有把 beta 平方"),
        Text("The formula weighs recall by the square of beta = {beta}.", "公式中召回率的权重是 beta = {beta} 的平方。"),
    ),
    "beta_on_recall": (
        Text("puts beta² before the recall", "把 beta² 乘在了召回率上"),
        Text("In the denominator beta² stands before the precision; before the recall it would make precision count more.", "分母中 beta² 乘的是精确率；乘在召回率上，反而更看重精确率。"),
    ),
    "forgets_factor_two": (
        Text("leaves out the factor 2", "漏乘了 2"),
        Text("F1 is 2PR/(P + R); without the 2, equal precision and recall would give half of them.", "F1 是 2PR/(P + R)；没有 2，精确率与召回率相等时就只得到一半。"),
    ),
}  # fmt: skip


class ScoreInputs(Inputs):
    """Two rates and how many times as important recall is."""

    precision: Probability
    recall: Probability
    beta: NonNegative = 1.0


def rates(i: ScoreInputs) -> tuple[Fraction, Fraction, Fraction]:
    """Precision, recall and beta as the decimals that they show."""
    return exact(i.precision), exact(i.recall), exact(i.beta)


def solve(i: ScoreInputs) -> Outputs:
    precision, recall, beta = rates(i)
    return {"f1": float(f_score(precision, recall, Fraction(1))), "f_beta": float(f_score(precision, recall, beta**2))}


def steps(i: ScoreInputs) -> Sequence[Step]:
    return [_line(i, "f1", "F_1", Fraction(1)), _line(i, "f_beta", r"F_{\beta}", exact(i.beta))]


def _line(i: ScoreInputs, name: str, symbol: str, beta: Fraction) -> Step:
    precision, recall, _ = rates(i)
    if not beta**2 * precision + recall:
        return Step(STEPS["zero"], f"{symbol} = 0", 0.0, name)
    value = f_score(precision, recall, beta**2)
    p, r = given(i.precision), given(i.recall)
    square = f"{base(float(beta))}^2"
    top = rf"2 \cdot {p} \cdot {r}" if beta == 1 else rf"(1+{square}) \cdot {p} \cdot {r}"
    below = f"{p}+{r}" if beta == 1 else rf"{square} \cdot {p}+{r}"
    return Step(STEPS[name], line(symbol, fraction(top, below), float(value)), float(value), name)


def _without_brackets(i: ScoreInputs) -> Outputs:
    precision, recall, beta = rates(i)
    return {"f_beta": float((1 + beta**2) * precision * recall / (beta**2 * precision) + recall)}


def _not_squared(i: ScoreInputs) -> Outputs:
    precision, recall, beta = rates(i)
    return {"f_beta": float(f_score(precision, recall, beta))}


def _on_recall(i: ScoreInputs) -> Outputs:
    precision, recall, beta = rates(i)
    return {"f_beta": float(f_score(recall, precision, beta**2))}


def _without_two(i: ScoreInputs) -> Outputs:
    precision, recall, _ = rates(i)
    return {"f1": float(f_score(precision, recall, Fraction(1)) / 2)}


def _arithmetic_mean(i: ScoreInputs) -> Outputs:
    precision, recall, _ = rates(i)
    return {"f1": float((precision + recall) / 2)}


FAMILY = Family(
    id="f_score",
    title=TITLE,
    inputs=ScoreInputs,
    outputs={"f1": Output("real", F1), "f_beta": Output("real", F_BETA)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "arithmetic_mean": _arithmetic_mean,
            "f_beta_without_brackets": _without_brackets,
            "beta_not_squared": _not_squared,
            "beta_on_recall": _on_recall,
            "forgets_factor_two": _without_two,
        },
    ),
    symbols={"precision": "P", "recall": "R", "beta": r"\beta"},
)
