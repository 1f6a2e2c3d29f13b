"""The mean of all samples from the means of parts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, NonNegative, Real, Refusal
from quizcnn.solvers.notation import MOST_TERMS, line, near, products, total
from quizcnn.solvers.notation import given as shown
from quizcnn.solvers.vectors import dot, exact_vector
from quizcnn.text import Text

TITLE = Text("Mean over machines", "多机均值合并")
CONVENTION = Text("The mean of all samples together.", "求全部样本的均值。")
MEAN = Text("mean of all samples", "全部样本的均值")
STEPS = {
    "sum": Text("sums of the parts, added up", "各部分的总和相加"),
    "count": Text("all samples", "样本总数"),
    "mean": Text("sum over count", "总和除以总数"),
}
MISTAKES = {
    "unweighted": (
        Text("takes the mean of the means", "对均值再取平均"),
        Text("A part with few samples would then weigh as much as one with many.", "那样样本少的部分与样本多的一样重。"),
    ),
}  # fmt: skip


class MeanInputs(Inputs):
    """A mean and a count for each part; a count may be 0."""

    means: Many[Real]
    counts: Many[NonNegative]

    @model_validator(mode="after")
    def _fits(self) -> MeanInputs:
        if len(self.means) != len(self.counts):
            raise Refusal(f"{len(self.means)} means do not fit {len(self.counts)} counts", "means", "counts")
        if not any(self.counts):
            raise Refusal("must not all be 0", "counts")
        return self


def sums(i: MeanInputs) -> tuple[Fraction, Fraction]:
    counts = exact_vector(i.counts)
    return dot(exact_vector(i.means), counts), sum(counts, Fraction())


def solve(i: MeanInputs) -> Outputs:
    top, count = sums(i)
    return {"mean": float(top / count)}


def steps(i: MeanInputs) -> Sequence[Step]:
    top, count = (float(part) for part in sums(i))
    mean = float(str(solve(i)["mean"]))
    terms = products(list(zip(i.means, i.counts, strict=True)))
    counted = total(shown(value) for value in i.counts) if len(i.counts) <= MOST_TERMS else ""
    return [
        Step(STEPS["sum"], line("S", terms, top), top if terms else None),
        Step(STEPS["count"], line("N", counted, count), count if counted else None),
        Step(STEPS["mean"], line("m", rf"\frac{{{near(top, 6)}}}{{{near(count, 6)}}}", mean, rough=True), mean),
    ]


def _unweighted(i: MeanInputs) -> Outputs:
    return {"mean": float(sum(exact_vector(i.means), Fraction()) / len(i.means))}


FAMILY = Family(
    id="distributed_mean",
    title=TITLE,
    inputs=MeanInputs,
    outputs={"mean": Output("real", MEAN)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "unweighted": _unweighted,
        },
    ),
    symbols={"means": "m", "counts": "n"},
)
