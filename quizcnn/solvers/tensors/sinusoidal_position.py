"""One entry of the sinusoidal position encoding (Vaswani et al. 2017, section 3.5)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pydantic import Field, model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Count, Inputs, Real, Refusal, Size
from quizcnn.solvers.notation import given, line, near
from quizcnn.text import Text

TITLE = Text("Sinusoidal position encoding", "正弦位置编码")
CONVENTION = Text(
    "Positions and dimensions count from 0; dimension 2i holds the sine, 2i + 1 the cosine of position/base^(2i/embed_dim), in radians.",
    "位置和维度从 0 数；第 2i 维为 position/base^(2i/embed_dim) 的正弦，第 2i + 1 维为余弦，弧度制。",
)
VALUE = Text("entry of the encoding", "编码的值")
WAVELENGTH = Text("wavelength in positions", "波长（以位置计）")
STEPS = {
    "exponent": Text("the pair's exponent", "这一对维度的指数"),
    "scale": Text("what the position is divided by", "位置的除数"),
    "sine": Text("an even dimension holds the sine", "偶数维取正弦"),
    "cosine": Text("an odd dimension holds the cosine", "奇数维取余弦"),
    "wavelength": Text("positions of one full turn", "转满一圈的位置数"),
}
MISTAKES = {
    "sine_and_cosine_exchanged": (
        Text("exchanges sine and cosine", "把正弦和余弦弄反了"),
        Text("Even dimensions hold the sine, odd ones the cosine of the same angle.", "偶数维取正弦，奇数维取同一角度的余弦。"),
    ),
    "exponent_is_the_dimension": (
        Text("takes the dimension itself into the exponent", "指数里直接用了维度号"),
        Text("Both dimensions of a pair share the exponent of the even one.", "一对维度共用偶数维的指数。"),
    ),
    "exponent_forgets_two": (
        Text("takes i in place of 2i", "指数里用了 i 而不是 2i"),
        Text("The exponent runs over 2i/embed_dim, so that the last pair nearly reaches the base.", "指数是 2i/embed_dim，最后一对才接近 base。"),
    ),
}  # fmt: skip
MOST_POSITION = 10**6


class PositionInputs(Inputs):
    """position up to 10^6, dimension below embed_dim, base above 0."""

    position: Count
    dimension: Count
    embed_dim: Size
    base: Real = Field(default=10_000.0, gt=0)

    @model_validator(mode="after")
    def _fits(self) -> PositionInputs:
        if self.position > MOST_POSITION:
            raise Refusal(f"must be at most {MOST_POSITION:,}", "position")
        if self.dimension >= self.embed_dim:
            raise Refusal(
                f"is {self.dimension}, and they count from 0 to {self.embed_dim - 1}", "dimension", "embed_dim"
            )
        return self


def scale(i: PositionInputs, index: float) -> float:
    return math.pow(i.base, index / i.embed_dim)


def pair(i: PositionInputs) -> int:
    return i.dimension - i.dimension % 2


def wave(i: PositionInputs, divisor: float, odd: bool) -> float:
    angle = i.position / divisor
    return math.cos(angle) if odd else math.sin(angle)


def outputs_by(i: PositionInputs, index: float) -> Outputs:
    divisor = scale(i, index)
    return {"value": wave(i, divisor, i.dimension % 2 == 1), "wavelength": 2 * math.pi * divisor}


def solve(i: PositionInputs) -> Outputs:
    return outputs_by(i, pair(i))


def steps(i: PositionInputs) -> Sequence[Step]:
    found = {name: float(str(value)) for name, value in solve(i).items()}
    exponent, divisor, odd = pair(i) / i.embed_dim, scale(i, pair(i)), i.dimension % 2 == 1
    first = Step(STEPS["exponent"], line("a", rf"\frac{{{pair(i)}}}{{{i.embed_dim}}}", exponent), exponent)
    second = Step(STEPS["scale"], line("D", rf"{given(i.base)}^{{{near(exponent, 12)}}}", divisor, rough=True), divisor)
    readable = i.position / divisor < 1000
    function = r"\cos" if odd else r"\sin"
    latex = rf"{function}(\frac{{{i.position}}}{{{near(divisor, 9)}}})"
    entry = line("v", latex if readable else "", found["value"], rough=True)
    last = Step(STEPS["cosine" if odd else "sine"], entry, found["value"])
    turn = Step(
        STEPS["wavelength"],
        line("W", rf"2 \cdot \pi \cdot {near(divisor, 9)}", found["wavelength"], rough=True),
        found["wavelength"],
    )
    return [*lead_to([first, second, last], "value"), *lead_to([first, second, turn], "wavelength")]


def _exchanged(i: PositionInputs) -> Outputs:
    return {"value": wave(i, scale(i, pair(i)), i.dimension % 2 == 0)}


FAMILY = Family(
    id="sinusoidal_position",
    title=TITLE,
    inputs=PositionInputs,
    outputs={"value": Output("real", VALUE), "wavelength": Output("real", WAVELENGTH)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "sine_and_cosine_exchanged": _exchanged,
            "exponent_is_the_dimension": lambda i: outputs_by(i, i.dimension) if i.dimension % 2 else {},
            "exponent_forgets_two": lambda i: outputs_by(i, pair(i) / 2) if pair(i) else {},
        },
    ),
    symbols={"position": "p", "dimension": "k", "embed_dim": "d"},
)
