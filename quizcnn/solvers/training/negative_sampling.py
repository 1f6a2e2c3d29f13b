"""With which probabilities word2vec draws negative words (Mikolov et al. 2013, section 2.2)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, NonNegative, Real, Refusal
from quizcnn.solvers.notation import given, line, list_line, near, total
from quizcnn.text import Text

TITLE = Text("Negative sampling", "负采样概率")
CONVENTION = Text("Counts raised to the power, then scaled to sum 1.", "计数取幂，再归一化使和为 1。")
PROBABILITIES = Text("sampling probabilities", "采样概率")
STEPS = {
    "raised": Text("counts raised to the power", "计数取幂"),
    "sum": Text("their sum", "它们的和"),
    "probabilities": Text("each over the sum", "各除以总和"),
}
MISTAKES = {
    "forgets_power": (
        Text("leaves out the power", "没有取幂"),
        Text("The power {power} draws rare words more often than their share of the text.", "取 {power} 次幂，使低频词被抽到的机会高于它的占比。"),
    ),
}  # fmt: skip
LINES = 6


class SamplingInputs(Inputs):
    """Counts of the words, not negative, and the power."""

    counts: Many[NonNegative]
    power: Real = 0.75

    @model_validator(mode="after")
    def _has_words(self) -> SamplingInputs:
        if not any(self.counts):
            raise Refusal("must not all be 0", "counts")
        if self.power < 0 and not all(self.counts):
            raise Refusal("a count of 0 has no negative power", "counts", "power")
        return self


def shares(i: SamplingInputs, power: float) -> tuple[float, ...]:
    """Scaled by logarithms, so that no power overflows."""
    if not power:
        return (1 / len(i.counts),) * len(i.counts)
    logs = [power * math.log(count) if count else -math.inf for count in i.counts]
    top = max(logs)
    raised = [math.exp(each - top) for each in logs]
    whole = math.fsum(raised)
    return tuple(each / whole for each in raised)


def solve(i: SamplingInputs) -> Outputs:
    return {"probabilities": shares(i, i.power)}


def steps(i: SamplingInputs) -> Sequence[Step]:
    values = shares(i, i.power)
    lines = []
    raised = (
        [count**i.power for count in i.counts] if max(abs(i.power) * math.log(c) for c in i.counts if c) < 30 else []
    )
    for place, power in enumerate(raised[:LINES], 1):
        latex = line(f"a_{{{place}}}", f"{given(i.counts[place - 1])}^{{{given(i.power)}}}", power)
        lines.append(Step(STEPS["raised"], latex, power))
    if raised:
        whole = math.fsum(raised)
        terms = total(near(each) for each in raised)
        lines.append(Step(STEPS["sum"], line("Z", terms, whole, rough=True), whole if terms else None))
    return [*lines, Step(STEPS["probabilities"], list_line("p", values), values)]


def _plain(i: SamplingInputs) -> Outputs:
    return {"probabilities": shares(i, 1.0)}


FAMILY = Family(
    id="negative_sampling",
    title=TITLE,
    inputs=SamplingInputs,
    outputs={"probabilities": Output("list", PROBABILITIES, elements="real")},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_power": _plain,
        },
    ),
    symbols={"counts": "n"},
)
