"""What an L1 and an L2 penalty leave of a weight in one proximal step (Parikh & Boyd 2014, section 6.5.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, NonNegative, Real
from quizcnn.solvers.notation import given, line, list_line, operand
from quizcnn.solvers.units import COUNT
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("Shrinkage by L1 and L2", "L1 与 L2 的收缩")
CONVENTION = Text(
    "The v that minimises (v − w)²/2 + s·|v| for L1 and (v − w)²/2 + s·v²/2 for L2.",
    "L1 取使 (v − w)²/2 + s·|v| 最小的 v，L2 取使 (v − w)²/2 + s·v²/2 最小的 v。",
)
L1 = Text("after L1", "L1 收缩后的权重")
L2 = Text("after L2", "L2 收缩后的权重")
ZEROS = Text("weights that L1 sets to 0", "被 L1 置零的权重个数")
STEPS = {
    "l1_one": Text("weight {place}: moved to 0 by s, but not beyond", "第 {place} 个权重：向 0 移动 s，不越过 0"),
    "l1": Text("all weights after L1", "L1 之后的全部权重"),
    "l2_one": Text("weight {place}: divided by 1 + s", "第 {place} 个权重：除以 1 + s"),
    "l2": Text("all weights after L2", "L2 之后的全部权重"),
    "zeros": Text("weights no larger than s become 0", "绝对值不超过 s 的权重变为 0"),
}
MISTAKES = {
    "forgets_maximum": (
        Text("lets small weights pass beyond 0", "让小权重越过了 0"),
        Text("Beyond 0 the penalty grows again, so a weight below s stops there.", "越过 0 惩罚又会增大，所以不超过 s 的权重停在 0。"),
    ),
    "l1_shrinks_in_proportion": (
        Text("shrinks by a factor under L1", "L1 也按比例缩小"),
        Text("L1 takes the same amount off every weight; a factor would never give a 0.", "L1 从每个权重减去同样的量，按比例缩小永远得不到 0。"),
    ),
    "l2_subtracts": (
        Text("subtracts under L2", "L2 也做减法"),
        Text("The pull of L2 is proportional to the weight, so it divides.", "L2 的拉力与权重成正比，所以是除。"),
    ),
}  # fmt: skip
LINES = 6


class ShrinkageInputs(Inputs):
    """Weights, and the strength s of the penalty."""

    weights: Many[Real]
    strength: NonNegative


def soft(weight: Fraction, strength: Fraction) -> Fraction:
    return (1 if weight > 0 else -1) * max(abs(weight) - strength, Fraction())


def each(i: ShrinkageInputs, rule: Callable[[Fraction, Fraction], Fraction]) -> tuple[float, ...]:
    return tuple(float(rule(exact(weight), exact(i.strength))) + 0.0 for weight in i.weights)


def divided(weight: Fraction, strength: Fraction) -> Fraction:
    return weight / (1 + strength)


def overshoot(weight: Fraction, strength: Fraction) -> Fraction:
    sign = (weight > 0) - (weight < 0)
    return sign * (abs(weight) - strength)


def solve(i: ShrinkageInputs) -> Outputs:
    l1 = each(i, soft)
    return {"l1": l1, "l2": each(i, divided), "zeros": sum(not value for value in l1)}


def steps(i: ShrinkageInputs) -> Sequence[Step]:
    l1, l2 = each(i, soft), each(i, divided)
    first, second = [], []
    for place, weight in enumerate(i.weights[:LINES], 1):
        sign = "-" if weight < 0 else ""
        latex = rf"{sign}\max({given(abs(weight))}-{given(i.strength)}, 0)"
        first.append(Step(_numbered("l1_one", place), line(f"v_{{{place}}}", latex, l1[place - 1]), l1[place - 1]))
        latex = rf"\frac{{{operand(weight)}}}{{1+{given(i.strength)}}}"
        second.append(Step(_numbered("l2_one", place), line(f"u_{{{place}}}", latex, l2[place - 1]), l2[place - 1]))
    whole = Step(STEPS["l1"], list_line("v", l1), l1)
    zeros = len(i.weights) - sum(map(bool, l1))
    counted = Step(STEPS["zeros"], f"z = {len(i.weights)}-{sum(map(bool, l1))} = {zeros}", zeros)
    return [
        *lead_to([*first, whole], "l1"),
        *lead_to([*second, Step(STEPS["l2"], list_line("u", l2), l2)], "l2"),
        *lead_to([*first, whole, counted], "zeros"),
    ]


def _numbered(step: str, place: int) -> Text:
    return STEPS[step].map(lambda text: text.format(place=place))


FAMILY = Family(
    id="proximal_shrinkage",
    title=TITLE,
    inputs=ShrinkageInputs,
    outputs={
        "l1": Output("list", L1, elements="real"),
        "l2": Output("list", L2, elements="real"),
        "zeros": Output("integer", ZEROS, COUNT),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_maximum": lambda i: {"l1": each(i, overshoot)},
            "l1_shrinks_in_proportion": lambda i: {"l1": each(i, divided)},
            "l2_subtracts": lambda i: {"l2": each(i, soft)},
        },
    ),
    symbols={"weights": "w", "strength": "s"},
)
