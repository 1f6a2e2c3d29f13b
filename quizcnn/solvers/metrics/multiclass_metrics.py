"""Metrics over several classes from a confusion matrix (sklearn.metrics.precision_recall_fscore_support, zero_division=0)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.confusion import Confusion, Counts, check_confusion
from quizcnn.solvers.decimals import WIDE
from quizcnn.solvers.inputs import Inputs
from quizcnn.solvers.latex import fraction
from quizcnn.solvers.notation import GUARDED, MOST_TERMS, line, list_line, near, total
from quizcnn.solvers.values import Value
from quizcnn.text import Text

TITLE = Text("Metrics over several classes", "多分类指标")
CONVENTION = Text(
    "Rows are the true classes, columns the predicted ones; macro: plain mean over the classes (of F1 too); weighted: by the size of each true class; micro: equals the accuracy; a zero denominator gives 0.",
    "行是真实类别，列是预测类别；macro 对各类直接取平均（F1 也是），weighted 按各类真实样本数加权，micro 等于准确率；分母为零时记为 0。",
)
LABELS = {
    "accuracy": Text("accuracy", "准确率"),
    "precision": Text("precision", "精确率"),
    "recall": Text("recall", "召回率"),
    "f1": Text("F1", "F1 分数"),
}
SYMBOLS = {"precision": "P", "recall": "R", "f1": "F"}
STEPS = {
    "accuracy": Text("the diagonal among all", "对角线之和占全部的比例"),
    "macro": Text("plain mean over the classes", "对各类直接取平均"),
    "weighted": Text("mean weighted by the true examples of each class", "按各类真实样本数加权平均"),
    "micro": Text("micro counts every example once: the accuracy", "micro 把每个样本计一次，就是准确率"),
}
MISTAKES = {
    "rows_as_predictions": (
        Text("reads the rows as predictions", "把行当成了预测类别"),
        Text("Rows are the true classes here: recall divides by a row's sum, precision by a column's.", "这里行是真实类别：召回率除以行和，精确率除以列和。"),
    ),
    "f1_of_macro_averages": (
        Text("forms F1 from the averaged precision and recall", "用平均后的精确率和召回率算 F1"),
        Text("The F1 of each class comes first, then their mean; the other order gives another number.", "应先算各类的 F1 再平均，先平均再算 F1 结果不同。"),
    ),
    "micro_for_macro": (
        Text("gives the micro average", "给出的是 micro 平均"),
        Text("Macro lets every class count the same; micro counts examples and so follows the large classes.", "macro 让各类权重相同；micro 按样本计，由大类主导。"),
    ),
    "macro_for_weighted": (
        Text("gives every class the same weight", "各类取了相同的权重"),
        Text("Here a class counts as often as it occurs in truth: by the sum of its row.", "这里各类按真实样本数（行和）加权。"),
    ),
}  # fmt: skip
NAMES = tuple(SYMBOLS)
LINES = 12
Average: TypeAlias = Literal["macro", "micro", "weighted"]


class MulticlassInputs(Inputs):
    """Counts by true class (row) and predicted class (column), and how the classes are averaged."""

    confusion: Confusion
    average: Average

    @model_validator(mode="after")
    def _fits(self) -> MulticlassInputs:
        check_confusion(self.confusion, "examples")
        return self


@dataclass(frozen=True, slots=True)
class Sums:
    """Numerators and denominators of every class's rates, and the examples of each."""

    counts: Counts

    def parts(self, name: str) -> list[tuple[int, int]]:
        c = self.counts
        if name == "precision":
            return list(zip(c.right, c.columns, strict=True))
        if name == "recall":
            return list(zip(c.right, c.rows, strict=True))
        return [(2 * tp, row + column) for tp, row, column in zip(c.right, c.rows, c.columns, strict=True)]

    def rates(self, name: str) -> list[Decimal]:
        return [ratio(top, below) for top, below in self.parts(name)]

    def mean(self, name: str, average: Average) -> Decimal:
        if average == "micro":
            return ratio(sum(self.counts.right), self.counts.everything)
        weights = self.counts.rows if average == "weighted" else [1] * len(self.counts.rows)
        products = (WIDE.multiply(Decimal(w), rate) for w, rate in zip(weights, self.rates(name), strict=True))
        return WIDE.divide(added(products), Decimal(sum(weights)))

    def means(self, average: Average) -> dict[str, Value]:
        return {name: float(self.mean(name, average)) for name in NAMES}


def ratio(top: int, below: int) -> Decimal:
    """top/below, 0 where below is 0."""
    return WIDE.divide(Decimal(top), Decimal(below)) if below else Decimal(0)


def added(values: Iterable[Decimal]) -> Decimal:
    whole = Decimal(0)
    for value in values:
        whole = WIDE.add(whole, value)
    return whole


def sums(i: MulticlassInputs) -> Sums:
    return Sums(Counts.of(i.confusion))


def solve(i: MulticlassInputs) -> Outputs:
    found = sums(i)
    accuracy = float(ratio(sum(found.counts.right), found.counts.everything))
    return {"accuracy": accuracy, **found.means(i.average)}


def steps(i: MulticlassInputs) -> Sequence[Step]:
    found = sums(i)
    lines = [_accuracy_step(found, "accuracy", STEPS["accuracy"])]
    for name in NAMES:
        if i.average == "micro":
            lines.append(_accuracy_step(found, name, STEPS["micro"]))
        else:
            lines += _mean_steps(found, name, i.average)
    return lines


def _accuracy_step(found: Sums, name: str, caption: Text) -> Step:
    right, everything = sum(found.counts.right), found.counts.everything
    value = float(ratio(right, everything))
    top = total(map(str, found.counts.right)) or str(right)
    return Step(caption, line("A", fraction(top, everything), value), value, name)


def _mean_steps(found: Sums, name: str, average: Average) -> list[Step]:
    symbol, label = SYMBOLS[name], LABELS[name]
    caption = Text(f"{label.en} of each class", f"各类的{' ' if label.zh[0].isascii() else ''}{label.zh}")
    parts, rates = found.parts(name), [float(rate) for rate in found.rates(name)]
    each = [
        Step(caption, line(f"{symbol}_{{{place}}}", fraction(top, below), rate), rate, name)
        if below
        else Step(caption, f"{symbol}_{{{place}}} = 0", 0.0, name)
        for place, ((top, below), rate) in enumerate(zip(parts, rates, strict=True))
    ]
    if len(each) > LINES:
        each = [Step(caption, list_line(symbol, rates), tuple(rates), name)]
    value = float(found.mean(name, average))
    return [*each, Step(STEPS[average], _mean_line(found, rates, symbol, average, value), value, name)]


def _mean_line(found: Sums, rates: Sequence[float], symbol: str, average: Average, value: float) -> str:
    shown = [near(rate, GUARDED) for rate in rates]
    weights = found.counts.rows
    bottom = sum(weights)
    if average == "macro":
        terms, bottom = total(shown), len(rates)
    else:
        terms = total(rf"{weight} \cdot {rate}" for weight, rate in zip(weights, shown, strict=True))
    if len(rates) > MOST_TERMS:
        terms = near(Fraction(value) * bottom, GUARDED)
    return line(symbol, fraction(terms, bottom), value, rough=True)


def _transposed(i: MulticlassInputs) -> Outputs:
    return Sums(sums(i).counts.transposed()).means(i.average) if i.average != "micro" else {}


def _f1_of_means(i: MulticlassInputs) -> Outputs:
    if i.average == "micro":
        return {}
    precision, recall = (sums(i).mean(name, i.average) for name in ("precision", "recall"))
    whole = WIDE.add(precision, recall)
    return {"f1": float(WIDE.divide(WIDE.multiply(2 * precision, recall), whole)) if whole else 0.0}


def _instead(asked: Average, given: Average) -> Callable[[MulticlassInputs], Outputs]:
    return lambda i: sums(i).means(given) if i.average == asked else {}


FAMILY = Family(
    id="multiclass_metrics",
    title=TITLE,
    inputs=MulticlassInputs,
    outputs={name: Output("real", label) for name, label in LABELS.items()},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "rows_as_predictions": _transposed,
            "f1_of_macro_averages": _f1_of_means,
            "micro_for_macro": _instead("macro", "micro"),
            "macro_for_weighted": _instead("weighted", "macro"),
        },
    ),
)
