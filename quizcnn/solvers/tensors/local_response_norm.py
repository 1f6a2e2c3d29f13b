"""Local response normalisation across channels at one position (Krizhevsky et al. 2012, section 3.3; torch.nn.LocalResponseNorm)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from pydantic import Field, model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, NonNegative, Real, Refusal, Size, refuse_work
from quizcnn.solvers.notation import given, line, list_line, near, operand, total
from quizcnn.text import Text

TITLE = Text("Local response normalisation", "局部响应归一化")
CONVENTION = Text(
    "Each channel is divided by (k + α·S)^β, S the sum of squares over `size` neighbouring channels that exist; PyTorch takes α/size in place of α.",
    "每个通道除以 (k + α·S)^β，S 是相邻 size 个（存在的）通道的平方和；PyTorch 用 α/size 代替 α。",
)
OUTPUT = Text("normalised channels", "归一化后的通道")
STEPS = {
    "sum": Text("channel {place}: squares of its neighbours, added up", "通道 {place}：相邻通道的平方和"),
    "one": Text("channel {place}: divided by the power", "通道 {place}：除以这个幂"),
    "all": Text("all channels", "全部通道"),
}
MISTAKES = {
    "other_convention": (
        Text("takes the other convention for α", "α 用了另一种约定"),
        Text("The paper multiplies the sum by α, PyTorch by α/size.", "论文用 α 乘平方和，PyTorch 用 α/size。"),
    ),
    "all_channels": (
        Text("adds the squares of all channels", "对所有通道求平方和"),
        Text("Only {size} neighbouring channels compete with each other.", "只有相邻的 {size} 个通道互相抑制。"),
    ),
    "forgets_exponent": (
        Text("leaves out the exponent", "漏了指数 β"),
        Text("The denominator is raised to β before it divides.", "分母要先取 β 次幂再除。"),
    ),
}  # fmt: skip
LINES = 3


class ResponseInputs(Inputs):
    """Channels at one position, an odd size, alpha and beta not negative, k above 0."""

    values: Many[Real]
    size: Size = 5
    alpha: NonNegative = 1e-4
    beta: NonNegative = 0.75
    k: Real = Field(default=2.0, gt=0)
    convention: Literal["paper", "pytorch"] = "paper"

    @model_validator(mode="after")
    def _is_odd(self) -> ResponseInputs:
        if self.size % 2 == 0:
            raise Refusal("must be odd, so that a channel is in the middle", "size")
        refuse_work(len(self.values) * min(self.size, len(self.values)), "values", "size")
        return self


def rate(i: ResponseInputs, convention: str) -> float:
    return i.alpha if convention == "paper" else i.alpha / i.size


def neighbours(i: ResponseInputs, place: int) -> tuple[float, ...]:
    half = i.size // 2
    return i.values[max(0, place - half) : place + half + 1]


def squares(values: Sequence[float]) -> float:
    return math.fsum(value * value for value in values)


def normalised(i: ResponseInputs, sums: Sequence[float], alpha: float, beta: float) -> tuple[float, ...]:
    return tuple(value / math.pow(i.k + alpha * each, beta) + 0.0 for value, each in zip(i.values, sums, strict=True))


def local_sums(i: ResponseInputs) -> list[float]:
    return [squares(neighbours(i, place)) for place in range(len(i.values))]


def solve(i: ResponseInputs) -> Outputs:
    return {"output": normalised(i, local_sums(i), rate(i, i.convention), i.beta)}


def steps(i: ResponseInputs) -> Sequence[Step]:
    sums, alpha = local_sums(i), rate(i, i.convention)
    output = normalised(i, sums, alpha, i.beta)
    lines = []
    for place, value in enumerate(i.values[:LINES]):
        terms = total(f"{operand(each)}^2" for each in neighbours(i, place))
        lines.append(
            Step(_numbered("sum", place), line(f"S_{{{place}}}", terms, sums[place]), sums[place] if terms else None)
        )
        share = given(i.alpha) if i.convention == "paper" else rf"\frac{{{given(i.alpha)}}}{{{i.size}}}"
        below = rf"({given(i.k)}+{share} \cdot {near(sums[place], 8)})^{{{given(i.beta)}}}"
        latex = rf"\frac{{{given(value)}}}{{{below}}}"
        lines.append(
            Step(_numbered("one", place), line(f"b_{{{place}}}", latex, output[place], rough=True), output[place])
        )
    return [*lines, Step(STEPS["all"], list_line("b", output), output)]


def _numbered(step: str, place: int) -> Text:
    return STEPS[step].map(lambda text: text.format(place=place))


def _other(i: ResponseInputs) -> Outputs:
    other = "pytorch" if i.convention == "paper" else "paper"
    return {"output": normalised(i, local_sums(i), rate(i, other), i.beta)}


def _all(i: ResponseInputs) -> Outputs:
    whole = [squares(i.values)] * len(i.values)
    return {"output": normalised(i, whole, rate(i, i.convention), i.beta)}


FAMILY = Family(
    id="local_response_norm",
    title=TITLE,
    inputs=ResponseInputs,
    outputs={"output": Output("list", OUTPUT, elements="real")},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "other_convention": _other,
            "all_channels": _all,
            "forgets_exponent": lambda i: {"output": normalised(i, local_sums(i), rate(i, i.convention), 1.0)},
        },
        conventions=("other_convention",),
    ),
    symbols={"values": "a", "alpha": r"\alpha", "beta": r"\beta"},
)
