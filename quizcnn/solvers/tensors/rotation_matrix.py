"""A point turned about the origin of the plane."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, Real, Refusal
from quizcnn.solvers.notation import given, line, matrix_line, operand
from quizcnn.solvers.values import Value
from quizcnn.text import Text

TITLE = Text("Rotation in the plane", "平面旋转")
CONVENTION = Text("Counter-clockwise about the origin, y upwards.", "绕原点逆时针旋转，y 轴向上。")
MATRIX = Text("rotation matrix", "旋转矩阵")
X = Text("x of the turned point", "旋转后的 x")
Y = Text("y of the turned point", "旋转后的 y")
STEPS = {
    "matrix": Text("cosine and sine of the angle", "角度的余弦和正弦"),
    "x": Text("first row times the point", "第一行乘该点"),
    "y": Text("second row times the point", "第二行乘该点"),
}
MISTAKES = {
    "sign_of_sine": (
        Text("has the sine's sign in the wrong row", "正弦的符号放错了行"),
        Text("Counter-clockwise the minus stands in the first row; in the second it turns clockwise.", "逆时针时负号在第一行，放在第二行就成了顺时针。"),
    ),
    "cosine_and_sine_swapped": (
        Text("exchanges sine and cosine", "把正弦和余弦弄反了"),
        Text("For an angle of 0 nothing moves, so the cosines stand on the diagonal.", "角度为 0 时点不动，所以余弦在对角线上。"),
    ),
}  # fmt: skip


class RotationInputs(Inputs):
    """An angle in degrees and a point [x, y]."""

    degrees: Real
    point: Many[Real]

    @model_validator(mode="after")
    def _is_a_point(self) -> RotationInputs:
        if len(self.point) != 2:
            raise Refusal(f"must be two numbers, not {len(self.point)}", "point")
        return self


def turn(degrees: float) -> tuple[float, float]:
    """Cosine and sine; exact at the multiples of 90 and 30 degrees where they are simple."""
    angle = math.fmod(degrees, 360)
    quarter = round(angle / 90)
    rest = math.radians(angle - 90 * quarter)
    cosine, sine = math.cos(rest), math.sin(rest)
    return [(cosine, sine), (-sine, cosine), (-cosine, -sine), (sine, -cosine)][quarter % 4]


def applied(i: RotationInputs, rows: tuple[tuple[float, float], tuple[float, float]]) -> tuple[float, float]:
    x, y = i.point
    first, second = (math.fsum((a * x, b * y)) for a, b in rows)
    return first, second


def solve(i: RotationInputs) -> Outputs:
    cosine, sine = (part + 0.0 for part in turn(i.degrees))
    rows = ((cosine, -sine + 0.0), (sine, cosine))
    x, y = applied(i, rows)
    return {"matrix": rows, "x": x, "y": y}


def steps(i: RotationInputs) -> Sequence[Step]:
    found = solve(i)
    cosine, sine = turn(i.degrees)
    matrix = Step(STEPS["matrix"], matrix_line("R", [[cosine, -sine], [sine, cosine]]), found["matrix"])
    angle = rf"{given(i.degrees)} \cdot \frac{{\pi}}{{180}}"
    x, y = (operand(part) for part in i.point)
    across = rf"\cos({angle}) \cdot {x}-\sin({angle}) \cdot {y}"
    up = rf"\sin({angle}) \cdot {x}+\cos({angle}) \cdot {y}"
    size = abs(i.point[0]) + abs(i.point[1])
    return [
        *lead_to([matrix], "matrix"),
        *lead_to([matrix, _turned("x", "x'", across, found["x"], size)], "x"),
        *lead_to([matrix, _turned("y", "y'", up, found["y"], size)], "y"),
    ]


def _turned(step: str, symbol: str, latex: str, value: Value, size: float) -> Step:
    """A coordinate that cancels to almost nothing is stated without arithmetic."""
    number = float(str(value))
    return Step(STEPS[step], line(symbol, latex if abs(number) > 1e-9 * size else "", number, rough=True), value)


def _other_sign(i: RotationInputs) -> Outputs:
    cosine, sine = turn(i.degrees)
    x, y = applied(i, ((cosine, sine), (-sine, cosine)))
    return {"matrix": ((cosine, sine), (-sine, cosine)), "x": x, "y": y}


def _swapped(i: RotationInputs) -> Outputs:
    cosine, sine = turn(i.degrees)
    x, y = applied(i, ((sine, -cosine), (cosine, sine)))
    return {"matrix": ((sine, -cosine), (cosine, sine)), "x": x, "y": y}


FAMILY = Family(
    id="rotation_matrix",
    title=TITLE,
    inputs=RotationInputs,
    outputs={"matrix": Output("matrix", MATRIX, elements="real"), "x": Output("real", X), "y": Output("real", Y)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "sign_of_sine": _other_sign,
            "cosine_and_sine_swapped": _swapped,
        },
    ),
    symbols={"degrees": r"\theta", "point": "p"},
)
