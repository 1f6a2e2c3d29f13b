"""Fisher's discriminant of two classes in the plane (Fisher 1936)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, Real, Refusal
from quizcnn.solvers.notation import line, list_line, matrix_line, near, near_operand
from quizcnn.solvers.vectors import Vector, check_pairs, exact_points, floats, mean_of, root_of_ratio
from quizcnn.text import Text

Matrix2 = tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]
TITLE = Text("Direction of Fisher's discriminant", "Fisher 判别方向")
CONVENTION = Text(
    "Within scatter = sum of both classes' scatter matrices about their means (sums, not divided); direction = its inverse times (mean a − mean b), scaled to length 1.",
    "类内散度为两类各自绕均值的散度矩阵之和（求和，不除以样本数）；方向为其逆乘 (均值 a − 均值 b)，再归一化为单位长度。",
)
SCATTER = Text("within-class scatter", "类内散度矩阵")
DIRECTION = Text("direction", "方向")
STEPS = {
    "mean_a": Text("mean of class a", "类 a 的均值"),
    "mean_b": Text("mean of class b", "类 b 的均值"),
    "scatter": Text("both classes' scatter about their own means, added up", "两类各自绕均值的散度之和"),
    "determinant": Text("its determinant", "它的行列式"),
    "first": Text("inverse times difference, first entry times the determinant", "逆乘均值差，第一个分量（乘行列式）"),
    "second": Text("second entry", "第二个分量"),
    "direction": Text("scaled to length 1", "归一化为单位长度"),
}
MISTAKES = {
    "mean_difference": (
        Text("takes the difference of the means", "直接取均值之差"),
        Text("Along the line of the means the classes may still overlap; the inverse scatter turns it where they are narrow.", "沿均值连线两类仍可能重叠；类内散度的逆把方向转到散得窄的一侧。"),
    ),
    "forgets_inverse": (
        Text("multiplies by the scatter", "乘了散度矩阵而不是它的逆"),
        Text("Directions in which the classes spread must count less, so the scatter is inverted.", "类内散得开的方向应当降权，所以要取逆。"),
    ),
    "averages_scatter": (
        Text("divides the scatter", "把散度除以了自由度"),
        Text("Here the scatter is the sum; dividing it by N − 2 gives the pooled covariance.", "这里的散度是求和；除以 N − 2 得到的是合并协方差。"),
    ),
}  # fmt: skip


class FisherInputs(Inputs):
    """Points [x, y] of both classes."""

    class_a: Many[Many[Real]]
    class_b: Many[Many[Real]]

    @model_validator(mode="after")
    def _has_a_direction(self) -> FisherInputs:
        check_pairs(self.class_a, "class_a")
        check_pairs(self.class_b, "class_b")
        if determinant(scatter(self)) == 0:
            raise Refusal("the within scatter is singular", "class_a", "class_b")
        if not any(difference(self)):
            raise Refusal("the classes have equal means", "class_a", "class_b")
        return self


def classes(i: FisherInputs) -> tuple[tuple[Vector, ...], tuple[Vector, ...]]:
    return exact_points(i.class_a), exact_points(i.class_b)


def scatter(i: FisherInputs) -> Matrix2:
    xx = xy = yy = Fraction()
    for points in classes(i):
        mean = mean_of(points)
        for x, y in points:
            across, up = x - mean[0], y - mean[1]
            xx, xy, yy = xx + across * across, xy + across * up, yy + up * up
    return (xx, xy), (xy, yy)


def difference(i: FisherInputs) -> Vector:
    a, b = (mean_of(points) for points in classes(i))
    return a[0] - b[0], a[1] - b[1]


def determinant(matrix: Matrix2) -> Fraction:
    (a, b), (c, d) = matrix
    return a * d - b * c


def turned(i: FisherInputs) -> tuple[Fraction, Fraction]:
    """Inverse scatter times the difference, times the determinant."""
    ((a, b), (c, d)), (x, y) = scatter(i), difference(i)
    return d * x - b * y, a * y - c * x


def unit(x: Fraction, y: Fraction) -> tuple[float, float]:
    squared = x * x + y * y
    return tuple(root_of_ratio(part * abs(part), squared) for part in (x, y))  # type: ignore[return-value]  # two of them


def solve(i: FisherInputs) -> Outputs:
    return {"within_scatter": tuple(floats(row) for row in scatter(i)), "direction": unit(*turned(i))}


def steps(i: FisherInputs) -> Sequence[Step]:
    matrix, found = scatter(i), solve(i)
    (a, b), (c, d) = ((float(cell) for cell in row) for row in matrix)
    means = [floats(mean_of(points)) for points in classes(i)]
    first = [
        Step(STEPS["mean_a"], list_line("m_a", means[0]), means[0]),
        Step(STEPS["mean_b"], list_line("m_b", means[1]), means[1]),
        Step(STEPS["scatter"], matrix_line("S", [[a, b], [c, d]]), found["within_scatter"]),
    ]
    x, y = (float(part) for part in difference(i))
    p, q = (float(part) for part in turned(i))
    size = float(determinant(matrix))
    direction = unit(*turned(i))
    second = [
        *first,
        Step(
            STEPS["determinant"], line("D", rf"{near(a)} \cdot {near(d)}-{near_operand(b)}^2", size, rough=True), None
        ),
        Step(
            STEPS["first"],
            line(
                "v_1 D", rf"{near(d)} \cdot {near_operand(x)}-{near_operand(b)} \cdot {near_operand(y)}", p, rough=True
            ),
            None,
        ),
        Step(
            STEPS["second"],
            line(
                "v_2 D", rf"{near(a)} \cdot {near_operand(y)}-{near_operand(c)} \cdot {near_operand(x)}", q, rough=True
            ),
            None,
        ),
        Step(STEPS["direction"], list_line("v", direction), direction),
    ]
    return [*lead_to(first, "within_scatter"), *lead_to(second, "direction")]


def _forgets_inverse(i: FisherInputs) -> Outputs:
    ((a, b), (c, d)), (x, y) = scatter(i), difference(i)
    product = a * x + b * y, c * x + d * y
    return {"direction": unit(*product)} if any(product) else {}


def _averages(i: FisherInputs) -> Outputs:
    degrees = len(i.class_a) + len(i.class_b) - 2
    return {"within_scatter": tuple(floats(cell / degrees for cell in row) for row in scatter(i))} if degrees else {}


FAMILY = Family(
    id="lda_direction",
    title=TITLE,
    inputs=FisherInputs,
    outputs={"within_scatter": Output("matrix", SCATTER, elements="real"), "direction": Output("list", DIRECTION, elements="real")},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(MISTAKES, {
        "mean_difference": lambda i: {"direction": unit(*difference(i))},
        "forgets_inverse": _forgets_inverse,
        "averages_scatter": _averages,
    }),
    symbols={"class_a": "a", "class_b": "b"},
)  # fmt: skip
