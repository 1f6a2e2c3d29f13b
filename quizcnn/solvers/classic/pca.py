"""Principal components of points in the plane (Pearson 1901; Jolliffe 2002)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE
from quizcnn.solvers.inputs import Inputs, Many, Real, Refusal
from quizcnn.solvers.notation import line, list_line, matrix_line, near, near_operand
from quizcnn.solvers.vectors import Vector, check_pairs, exact_points, floats, mean_of
from quizcnn.text import Text

Moments = tuple[Fraction, Fraction, Fraction]
"""xx, xy, yy of a symmetric matrix."""
TITLE = Text("PCA in two dimensions", "二维主成分分析")
CONVENTION = Text(
    "As scikit-learn: centred, covariance with N − 1, variances falling; the component is a unit vector whose entry of larger absolute value is positive, of equal ones the first.",
    "同 scikit-learn：先中心化，协方差除以 N − 1，方差由大到小；主成分为单位向量，绝对值较大的分量取正，相等时第一个取正。",
)
MEAN = Text("mean", "均值")
COVARIANCE = Text("covariance matrix", "协方差矩阵")
VARIANCE = Text("explained variance", "解释方差")
RATIO = Text("explained variance ratio", "解释方差比例")
COMPONENT = Text("first component", "第一主成分")
SCORES = Text("scores on the first component", "在第一主成分上的投影")
STEPS = {
    "mean": Text("mean of each coordinate", "各坐标的均值"),
    "covariance": Text("products of the deviations, added up over N − 1", "离差乘积之和除以 N − 1"),
    "trace": Text("trace: variance in all", "迹：总方差"),
    "root": Text("half the distance between the eigenvalues", "两特征值之差的一半"),
    "variances": Text("eigenvalues: half the trace plus and minus it", "特征值：迹的一半加减它"),
    "ratio": Text("each over the trace", "各除以迹"),
    "component": Text("eigenvector of the larger one, of length 1", "较大特征值的单位特征向量"),
    "scores": Text("centred points times the component", "中心化的点与主成分的内积"),
}
MISTAKES = {
    "forgets_centring": (
        Text("does not centre the points", "没有中心化"),
        Text("Second moments about 0 hold the mean as well; variance is measured about the mean.", "绕原点的二阶矩把均值也算了进去，方差要绕均值计算。"),
    ),
    "biased_covariance": (
        Text("divides by N", "除以了 N"),
        Text("scikit-learn divides by N − 1, as the mean was estimated from the same points.", "scikit-learn 除以 N − 1，因为均值由同一批点估计。"),
    ),
    "singular_values_for_variances": (
        Text("takes roots of the variances", "对方差开了根号"),
        Text("Shares are of variance, which is the squared singular value.", "比例按方差计，方差是奇异值的平方。"),
    ),
    "smallest_variance_first": (
        Text("takes the direction of least variance", "取了方差最小的方向"),
        Text("The first component belongs to the larger eigenvalue; the other one is perpendicular to it.", "第一主成分对应较大的特征值，另一个方向与它垂直。"),
    ),
}  # fmt: skip


class PcaInputs(Inputs):
    """At least two points [x, y], not all equal."""

    points: Many[Many[Real]]

    @model_validator(mode="after")
    def _has_a_direction(self) -> PcaInputs:
        check_pairs(self.points, "points")
        if len(self.points) < 2:
            raise Refusal("needs at least two points", "points")
        xx, xy, yy = covariance(self)
        if not xx + yy:
            raise Refusal("all are equal", "points")
        if xx == yy and not xy:
            raise Refusal("both variances are equal, so no direction is the first", "points")
        return self


def moments(points: Sequence[Vector], center: Vector, divisor: int) -> Moments:
    xx = sum(((x - center[0]) ** 2 for x, _ in points), Fraction())
    xy = sum(((x - center[0]) * (y - center[1]) for x, y in points), Fraction())
    yy = sum(((y - center[1]) ** 2 for _, y in points), Fraction())
    return xx / divisor, xy / divisor, yy / divisor


def covariance(i: PcaInputs, divisor: int = 0) -> Moments:
    points = exact_points(i.points)
    return moments(points, mean_of(points), divisor or len(points) - 1)


def _wide(value: Fraction) -> Decimal:
    return WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))


def eigenvalues(matrix: Moments) -> tuple[Decimal, Decimal]:
    """The larger and the smaller one; the smaller from the determinant, so that a thin cloud keeps its digits."""
    xx, xy, yy = matrix
    root = WIDE.sqrt(_wide(((xx - yy) / 2) ** 2 + xy**2))
    large = WIDE.add(_wide((xx + yy) / 2), root)
    return large, WIDE.divide(_wide(xx * yy - xy**2), large)


def direction(matrix: Moments) -> tuple[float, float]:
    """The first eigenvector; its entry of larger absolute value (of equal ones the first) is positive."""
    xx, xy, yy = matrix
    large, _ = eigenvalues(matrix)
    if xx >= yy:
        x, y = WIDE.subtract(large, _wide(yy)), _wide(xy)
    else:
        x, y = _wide(xy), WIDE.subtract(large, _wide(xx))
    length = WIDE.sqrt(WIDE.add(WIDE.multiply(x, x), WIDE.multiply(y, y)))
    found = float(WIDE.divide(x, length)), float(WIDE.divide(y, length))
    return (abs(found[0]), math.copysign(found[1], xy)) if xx >= yy else (math.copysign(found[0], xy), abs(found[1]))


def _ratio(values: Sequence[Decimal]) -> tuple[float, ...]:
    whole = WIDE.add(values[0], values[1])
    return tuple(float(WIDE.divide(value, whole)) for value in values)


def projected(points: Sequence[Vector], center: Vector, component: tuple[float, float]) -> tuple[float, ...]:
    """Inner products of the centred points with ``component``."""
    return tuple(
        math.fsum((float(x - center[0]) * component[0], float(y - center[1]) * component[1])) for x, y in points
    )


def solve(i: PcaInputs) -> Outputs:
    points, matrix = exact_points(i.points), covariance(i)
    (xx, xy, yy), center = matrix, mean_of(points)
    values, component = eigenvalues(matrix), direction(matrix)
    return {
        "mean": floats(center),
        "covariance": ((float(xx), float(xy)), (float(xy), float(yy))),
        "explained_variance": tuple(map(float, values)),
        "explained_variance_ratio": _ratio(values),
        "component": component,
        "scores": projected(points, center, component),
    }


def steps(i: PcaInputs) -> Sequence[Step]:
    found, matrix = solve(i), covariance(i)
    xx, xy, yy = (float(part) for part in matrix)
    values = [float(value) for value in eigenvalues(matrix)]
    mean, component = floats(mean_of(exact_points(i.points))), direction(matrix)
    centred = Step(STEPS["mean"], list_line("m", mean), found["mean"])
    spread = Step(STEPS["covariance"], matrix_line("C", [[xx, xy], [xy, yy]]), found["covariance"])
    trace = Step(STEPS["trace"], line("T", f"{near(xx)}+{near(yy)}", xx + yy, rough=True), xx + yy)
    half = (values[0] - values[1]) / 2
    inner = rf"(\frac{{{near(xx)}-{near(yy)}}}{{2}})^2+{near_operand(xy)}^2"
    root = Step(STEPS["root"], line("d", rf"\sqrt{{{inner}}}", half, rough=True), None)
    split = Step(STEPS["variances"], list_line(r"\lambda", values), found["explained_variance"])
    shares = Step(STEPS["ratio"], list_line("r", _ratio(eigenvalues(matrix))), found["explained_variance_ratio"])
    first = Step(STEPS["component"], list_line("v", component), found["component"])
    scores = found["scores"] if isinstance(found["scores"], tuple) else ()
    last = Step(STEPS["scores"], list_line("s", [float(str(score)) for score in scores]), scores)
    spectrum = [centred, spread, trace, root, split]
    return [
        *lead_to([centred], "mean"),
        *lead_to([centred, spread], "covariance"),
        *lead_to(spectrum, "explained_variance"),
        *lead_to([*spectrum, shares], "explained_variance_ratio"),
        *lead_to([*spectrum, first], "component"),
        *lead_to([*spectrum, first, last], "scores"),
    ]


def _not_centred(i: PcaInputs) -> Outputs:
    points, origin = exact_points(i.points), (Fraction(), Fraction())
    raw = xx, xy, yy = moments(points, origin, len(points))
    ratio: Outputs = {"explained_variance_ratio": _ratio(eigenvalues(raw))}
    if xx == yy and not xy:
        return ratio
    component = direction(raw)
    return {**ratio, "component": component, "scores": projected(points, origin, component)}


def _last_component(i: PcaInputs) -> Outputs:
    points, (x, y) = exact_points(i.points), direction(covariance(i))
    across = (y, -x) if y > 0 and abs(y) >= abs(x) else (0.0 - y, x)
    return {"component": across, "scores": projected(points, mean_of(points), across)}


def _roots(i: PcaInputs) -> Outputs:
    return {"explained_variance_ratio": _ratio([WIDE.sqrt(value) for value in eigenvalues(covariance(i))])}


def _biased(i: PcaInputs) -> Outputs:
    return {"explained_variance": tuple(map(float, eigenvalues(covariance(i, len(i.points)))))}


FAMILY = Family(
    id="pca",
    title=TITLE,
    inputs=PcaInputs,
    outputs={
        "mean": Output("list", MEAN, elements="real"),
        "covariance": Output("matrix", COVARIANCE, elements="real"),
        "explained_variance": Output("list", VARIANCE, elements="real"),
        "explained_variance_ratio": Output("list", RATIO, elements="real"),
        "component": Output("list", COMPONENT, elements="real"),
        "scores": Output("list", SCORES, elements="real"),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_centring": _not_centred,
            "biased_covariance": _biased,
            "singular_values_for_variances": _roots,
            "smallest_variance_first": _last_component,
        },
    ),
    symbols={"points": "x"},
)
