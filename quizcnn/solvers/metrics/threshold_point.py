"""One point of the ROC and precision-recall curves: the counts and rates at a threshold (sklearn.metrics, zero_division=0)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import ge, gt

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Label, Many, Real, Refusal
from quizcnn.solvers.latex import fraction
from quizcnn.solvers.notation import line
from quizcnn.solvers.rates import ratio
from quizcnn.text import Text

TITLE = Text("Counts and rates at a threshold", "某一阈值下的计数与比率")
CONVENTION = Text(
    "Positive when score ≥ threshold; a rate with a zero denominator is 0.",
    "得分 ≥ 阈值判为正；分母为零的比率记为 0。",
)
LABELS = {
    "tpr": Text("true positive rate", "真正率"),
    "fpr": Text("false positive rate", "假正率"),
    "precision": Text("precision", "精确率"),
    "tp": Text("true positives", "真正例"),
    "fp": Text("false positives", "假正例"),
    "fn": Text("false negatives", "假负例"),
    "tn": Text("true negatives", "真负例"),
}
STEPS = {
    "tp": Text("all positives less those that score below the threshold", "全部正样本，减去得分低于阈值的"),
    "fp": Text("all negatives less those that score below the threshold", "全部负样本，减去得分低于阈值的"),
    "fn": Text("all positives less those at or above the threshold", "全部正样本，减去得分不低于阈值的"),
    "tn": Text("all negatives less those at or above the threshold", "全部负样本，减去得分不低于阈值的"),
    "tpr": Text("true positives among all positives", "真正例占全部正样本的比例"),
    "fpr": Text("false positives among all negatives", "假正例占全部负样本的比例"),
    "precision": Text("true positives among those called positive", "判为正的样本中真正为正的比例"),
    "zero": Text("the denominator is zero, which gives 0", "分母为零，按约定记为 0"),
}
MISTAKES = {
    "strictly_greater": (
        Text("leaves out scores equal to the threshold", "漏掉了得分等于阈值的样本"),
        Text("A score equal to the threshold {threshold} counts as positive here.", "这里得分等于阈值 {threshold} 也判为正。"),
    ),
    "fpr_over_all": (
        Text("divides the false positives by all examples", "假正例除以了全部样本数"),
        Text("The false positive rate is about the negatives: it divides by fp + tn = {fp} + {tn}.", "假正率针对负样本，除以 fp + tn = {fp} + {tn}。"),
    ),
    "fp_and_fn_exchanged": (
        Text("exchanges false positives and false negatives", "把假正例和假负例弄反了"),
        Text("False says that the answer is wrong, positive what the answer was: a false positive is a negative called positive.", "“假”指判错，“正”指判的结果：假正例是被判为正的负样本。"),
    ),
}  # fmt: skip
SYMBOLS = {"tpr": r"\mathrm{TPR}", "fpr": r"\mathrm{FPR}", "precision": "P"}
OTHERS = {"tp": "fn", "fp": "tn", "fn": "tp", "tn": "fp"}
"""Each count and the one of the same true class."""
Counts = tuple[int, int, int, int]
"""tp, fp, fn, tn."""


class ThresholdInputs(Inputs):
    """Scores and their true labels, 0 or 1."""

    scores: Many[Real]
    labels: Many[Label]
    threshold: Real

    @model_validator(mode="after")
    def _fits(self) -> ThresholdInputs:
        if len(self.scores) != len(self.labels):
            raise Refusal(f"{len(self.scores)} scores and {len(self.labels)} labels", "scores", "labels")
        return self


def count(i: ThresholdInputs, passes: Callable[[float, float], bool] = ge) -> Counts:
    called = [passes(score, i.threshold) for score in i.scores]
    pairs = list(zip(called, i.labels, strict=True))
    return pairs.count((True, 1)), pairs.count((True, 0)), pairs.count((False, 1)), pairs.count((False, 0))


def outputs_of(counts: Counts) -> Outputs:
    tp, fp, fn, tn = counts
    rates = ratio(tp, tp + fn), ratio(fp, fp + tn), ratio(tp, tp + fp)
    return dict(zip(LABELS, [*map(float, rates), *counts], strict=True))


def solve(i: ThresholdInputs) -> Outputs:
    return outputs_of(count(i))


def steps(i: ThresholdInputs) -> Sequence[Step]:
    counts = dict(zip(OTHERS, count(i), strict=True))
    lines = {name: _count_line(name, counts[name], counts[other]) for name, other in OTHERS.items()}
    shown = [Step(step.caption, step.latex, step.value, name) for name, step in lines.items()]
    for name, top, other in (("tpr", "tp", "fn"), ("fpr", "fp", "tn"), ("precision", "tp", "fp")):
        shown += lead_to([lines[top], lines[other], _rate(name, counts[top], counts[other])], name)
    return shown


def _count_line(name: str, found: int, other: int) -> Step:
    return Step(STEPS[name], f"{name.upper()} = {found + other}-{other} = {found}", found)


def _rate(name: str, top: int, other: int) -> Step:
    value = ratio(top, top + other)
    if not top + other:
        return Step(STEPS["zero"], f"{SYMBOLS[name]} = 0", 0.0)
    return Step(STEPS[name], line(SYMBOLS[name], fraction(top, f"{top}+{other}"), float(value)), float(value))


def _exchanged(i: ThresholdInputs) -> Outputs:
    tp, fp, fn, tn = count(i)
    return outputs_of((tp, fn, fp, tn))


def _over_all(i: ThresholdInputs) -> Outputs:
    return {"fpr": float(ratio(count(i)[1], len(i.scores)))}


FAMILY = Family(
    id="threshold_point",
    title=TITLE,
    inputs=ThresholdInputs,
    outputs={name: Output("integer" if len(name) == 2 else "real", label) for name, label in LABELS.items()},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "strictly_greater": lambda i: outputs_of(count(i, gt)),
            "fpr_over_all": _over_all,
            "fp_and_fn_exchanged": _exchanged,
        },
    ),
    symbols={"scores": "s", "labels": "y", "threshold": "t"},
)
