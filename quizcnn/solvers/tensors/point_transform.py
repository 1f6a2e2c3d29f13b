"""A point under projective transforms of the plane (Hartley & Zisserman 2004, section 2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, Matrix, Real, Refusal, Some
from quizcnn.solvers.notation import line, matrix_line, near, operand, plus
from quizcnn.solvers.vectors import Vector, exact_points, exact_vector, floats
from quizcnn.text import Text

Rows: TypeAlias = tuple[Vector, ...]
TITLE = Text("A point under a 3×3 transform", "点的 3×3 变换")
CONVENTION = Text(
    "The matrix acts on the column [x, y, 1], and the result is divided by its third coordinate; the matrices of `then` follow in order.",
    "矩阵作用在列向量 [x, y, 1] 上，结果除以第三个分量；then 中的矩阵依次接在后面。",
)
X = Text("x of the point", "变换后的 x")
Y = Text("y of the point", "变换后的 y")
COMPOSED = Text("composed matrix", "合成矩阵")
STEPS = {
    "composed": Text("the last matrix stands leftmost", "最后的矩阵在最左边"),
    "first": Text("first row times [x, y, 1]", "第一行乘 [x, y, 1]"),
    "second": Text("second row", "第二行"),
    "third": Text("third row", "第三行"),
    "x": Text("divided by the third", "除以第三个分量"),
    "y": Text("divided by the third", "除以第三个分量"),
}
MISTAKES = {
    "forgets_division": (
        Text("does not divide by the third coordinate", "没有除以第三个分量"),
        Text("Homogeneous coordinates stand for a point only after the division by the third.", "齐次坐标除以第三个分量之后才是点的坐标。"),
    ),
    "row_vector": (
        Text("multiplies from the left as a row", "把点当成行向量左乘"),
        Text("The point is a column on the right; a row on the left would need the transposed matrix.", "点是右边的列向量；写成左边的行向量要用转置矩阵。"),
    ),
    "composes_in_reverse": (
        Text("multiplies the matrices in reverse", "矩阵相乘的次序反了"),
        Text("What happens first stands next to the point, so the last matrix is leftmost.", "先做的变换紧挨着点，所以最后的矩阵在最左边。"),
    ),
}  # fmt: skip


class TransformInputs(Inputs):
    """A 3x3 matrix, a point [x, y], and further 3x3 matrices."""

    matrix: Matrix
    point: Many[Real]
    then: Some[Matrix] = ()

    @model_validator(mode="after")
    def _fits(self) -> TransformInputs:
        for name, matrices in (("matrix", (self.matrix,)), ("then", self.then)):
            for each in matrices:
                if len(each) != 3 or len(each[0]) != 3:
                    raise Refusal("must be 3x3", name)
        if len(self.point) != 2:
            raise Refusal(f"must be two numbers, not {len(self.point)}", "point")
        if not self.homogeneous(composed(self))[2]:
            raise Refusal("the third coordinate is 0: the point lies at infinity", "matrix", "point")
        return self

    def homogeneous(self, matrix: Rows) -> Vector:
        point = (*exact_vector(self.point), Fraction(1))
        return tuple(sum((a * b for a, b in zip(row, point, strict=True)), Fraction()) for row in matrix)


def multiply(a: Rows, b: Rows) -> Rows:
    columns = tuple(zip(*b, strict=True))
    return tuple(
        tuple(sum((x * y for x, y in zip(row, column, strict=True)), Fraction()) for column in columns) for row in a
    )


def composed(i: TransformInputs) -> Rows:
    found = exact_points(i.matrix)
    for each in i.then:
        found = multiply(exact_points(each), found)
    return found


def placed(vector: Vector) -> Outputs:
    x, y, w = vector
    return {"x": float(x / w), "y": float(y / w)}


def solve(i: TransformInputs) -> Outputs:
    matrix = composed(i)
    return {**placed(i.homogeneous(matrix)), "composed": tuple(floats(row) for row in matrix)}


def steps(i: TransformInputs) -> Sequence[Step]:
    matrix, found = composed(i), solve(i)
    whole = Step(STEPS["composed"], matrix_line("M", [list(floats(row)) for row in matrix]), found["composed"])
    values = floats(i.homogeneous(matrix))
    rows = [
        _row(step, symbol, floats(row), i, value)
        for step, symbol, row, value in zip(("first", "second", "third"), ("u", "v", "w"), matrix, values, strict=True)
    ]
    x, y = float(str(found["x"])), float(str(found["y"]))
    start = [whole] if i.then else []
    lines = {
        "x": [
            *start,
            rows[0],
            rows[2],
            Step(STEPS["x"], line("x'", rf"\frac{{{near(values[0], 8)}}}{{{near(values[2], 8)}}}", x, rough=True), x),
        ],
        "y": [
            *start,
            rows[1],
            rows[2],
            Step(STEPS["y"], line("y'", rf"\frac{{{near(values[1], 8)}}}{{{near(values[2], 8)}}}", y, rough=True), y),
        ],
    }
    return [*lead_to(lines["x"], "x"), *lead_to(lines["y"], "y"), *lead_to([whole], "composed")]


def _row(step: str, symbol: str, row: Sequence[float], i: TransformInputs, value: float) -> Step:
    a, b, c = row
    latex = rf"{near(a, 8)} \cdot {operand(i.point[0])}{plus(near(b, 8))} \cdot {operand(i.point[1])}{plus(near(c, 8))}"
    return Step(STEPS[step], line(symbol, latex, value, rough=True), value)


def _undivided(i: TransformInputs) -> Outputs:
    x, y, _ = i.homogeneous(composed(i))
    return {"x": float(x), "y": float(y)}


def _as_row(i: TransformInputs) -> Outputs:
    return placed(i.homogeneous(tuple(zip(*composed(i), strict=True))))


def _reverse(i: TransformInputs) -> Outputs:
    if not i.then:
        return {}
    found = exact_points(i.matrix)
    for each in i.then:
        found = multiply(found, exact_points(each))
    return {**placed(i.homogeneous(found)), "composed": tuple(floats(row) for row in found)}


FAMILY = Family(
    id="point_transform",
    title=TITLE,
    inputs=TransformInputs,
    outputs={"x": Output("real", X), "y": Output("real", Y), "composed": Output("matrix", COMPOSED, elements="real")},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_division": _undivided,
            "row_vector": _as_row,
            "composes_in_reverse": _reverse,
        },
    ),
    symbols={"matrix": "M", "point": "p"},
)
