"""Forward correction for noisy labels: class probabilities through the noise transition matrix (Patrini et al. 2017, section 4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE, real_of
from quizcnn.solvers.distributions import check_sum
from quizcnn.solvers.inputs import Count, Inputs, Many, Probability, Refusal, refuse_work
from quizcnn.solvers.notation import GUARDED, is_exact, line, list_line, near, products
from quizcnn.solvers.values import Value, exact, rational
from quizcnn.text import Text

TITLE = Text("Forward correction of label noise", "标签噪声的前向修正")
CONVENTION = Text(
    "Row i of the matrix holds the probabilities of the observed labels when the true class is i; classes count from 0; the loss is minus the natural logarithm at the observed label.",
    "矩阵第 i 行是真实类别为 i 时观察到各标签的概率；类别从 0 开始编号；损失是观察到的标签的概率取自然对数再取负。",
)
OUTPUTS = {
    "noisy": Output("list", Text("probabilities of the observed labels", "观察到各标签的概率"), elements="real"),
    "loss": Output("real", Text("loss", "损失"), ("nat", "nats")),
}
STEPS = {
    "entry": Text("label {place}: column {place} of the matrix, weighted by the class probabilities", "标签 {place}：矩阵第 {place} 列按类别概率加权"),
    "noisy": Text("probabilities of the observed labels", "观察到各标签的概率"),
    "loss": Text("loss: minus the logarithm at the observed label", "损失：观察到的标签的概率取对数，再取负"),
}  # fmt: skip
MISTAKES = {
    "not_transposed": (
        Text("takes rows instead of columns", "用了行而不是列"),
        Text("Observed label j can come from every true class, so column j is weighted by the class probabilities.", "标签 j 可能来自每个真实类别，所以是第 j 列按类别概率加权。"),
    ),
    "uncorrected_loss": (
        Text("takes the loss without the matrix", "没有经过转移矩阵就算损失"),
        Text("The label {target} is the observed one; its probability is that after the noise.", "标签 {target} 是观察到的标签，它的概率要经过噪声之后再取。"),
    ),
    "diagonal_only": (
        Text("counts only the labels that stayed right", "只算了没有出错的部分"),
        Text("Other classes whose label was flipped to this one add to its probability.", "其他类别被标错成这一类的部分也要加进来。"),
    ),
}  # fmt: skip
LINES = 4
Rule = Callable[["NoiseInputs", int], Fraction]


class NoiseInputs(Inputs):
    """transition[i][j] = P(observed j | true i); target is the observed label."""

    transition: Many[Many[Probability]]
    probabilities: Many[Probability]
    target: Count

    @model_validator(mode="after")
    def _fits(self) -> NoiseInputs:
        classes = len(self.probabilities)
        refuse_work(classes * classes, "transition", "probabilities", most=10**4)
        if {len(self.transition), *map(len, self.transition)} != {classes}:
            what = f"must be a square matrix of {classes} rows, one for each of the probabilities"
            raise Refusal(what, "transition", "probabilities")
        for row in self.transition:
            check_sum(row, "transition")
        check_sum(self.probabilities, "probabilities")
        if self.target >= classes:
            raise Refusal(f"the classes are 0 to {classes - 1}", "target")
        if not noisy_at(self, self.target):
            raise Refusal("the observed label has probability 0, so its loss is infinite", "target", "transition")
        return self

    @property
    def classes(self) -> range:
        return range(len(self.probabilities))


def noisy_at(i: NoiseInputs, label: int) -> Fraction:
    """P(observed label): the column of the matrix, weighted."""
    terms = (exact(row[label]) * exact(p) for row, p in zip(i.transition, i.probabilities, strict=True))
    return sum(terms, Fraction(0))


def by_rows(i: NoiseInputs, label: int) -> Fraction:
    terms = (exact(cell) * exact(p) for cell, p in zip(i.transition[label], i.probabilities, strict=True))
    return sum(terms, Fraction(0))


def kept(i: NoiseInputs, label: int) -> Fraction:
    return exact(i.transition[label][label]) * exact(i.probabilities[label])


def logarithm(value: Fraction) -> float:
    """-ln of a probability."""
    return float(abs(WIDE.ln(WIDE.divide(Decimal(value.numerator), Decimal(value.denominator)))))


def outputs_by(i: NoiseInputs, rule: Rule) -> Outputs:
    """Both outputs by a rule for one label; no loss where it leaves the observed label nothing."""
    values = [rule(i, label) for label in i.classes]
    found: Outputs = {"noisy": tuple(float(value) for value in values)}
    if values[i.target] > 0:
        found["loss"] = logarithm(values[i.target])
    return found


def solve(i: NoiseInputs) -> Outputs:
    return outputs_by(i, noisy_at)


def steps(i: NoiseInputs) -> Sequence[Step]:
    values = [real_of(noisy_at(i, label)) for label in i.classes]
    chosen = values[i.target]
    loss = logarithm(noisy_at(i, i.target))
    last = line("L", rf"-\ln {near(chosen, GUARDED)}", loss, rough=not is_exact(chosen))
    every = Step(STEPS["noisy"], list_line(r"T^T p", values), tuple(values))
    shown = i.classes if len(values) <= LINES else (i.target,)
    return [
        *lead_to([*(_entry(i, label) for label in shown), every], "noisy"),
        *lead_to([_entry(i, i.target), Step(STEPS["loss"], last, loss)], "loss"),
    ]


def _entry(i: NoiseInputs, label: int) -> Step:
    value = real_of(noisy_at(i, label))
    pairs = [(row[label], p) for row, p in zip(i.transition, i.probabilities, strict=True)]
    caption = STEPS["entry"].map(lambda text: text.format(place=label))
    return Step(caption, line(rf"\tilde{{p}}_{{{label}}}", products(pairs), value), value)


def _follow_loss(i: NoiseInputs, own: Outputs) -> Value:
    values = own["noisy"]
    value = rational(values[i.target]) if isinstance(values, tuple) and i.target < len(values) else Fraction(0)
    return logarithm(value) if value > 0 else None


FAMILY = Family(
    id="label_noise_forward",
    title=TITLE,
    inputs=NoiseInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "not_transposed": lambda i: outputs_by(i, by_rows),
            "uncorrected_loss": lambda i: {"loss": logarithm(exact(i.probabilities[i.target]))},
            "diagonal_only": lambda i: outputs_by(i, kept),
        },
    ),
    follow={"loss": _follow_loss},
    symbols={"transition": "T", "probabilities": "p", "target": "y"},
)
