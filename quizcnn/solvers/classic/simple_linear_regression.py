"""The least-squares line through points and the share of variance that it explains (Legendre 1805; Hastie et al. 2009, 3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, Real, Refusal
from quizcnn.solvers.notation import MOST_TERMS, given, line, near, near_operand, total
from quizcnn.solvers.vectors import dot, exact_vector, mean_of, root_of_ratio
from quizcnn.text import Text

TITLE = Text("Least-squares line", "一元线性回归")
CONVENTION = Text(
    "Least squares of y = slope·x + intercept; R² = 1 − residual/total sum of squares, none where y is constant.",
    "用最小二乘拟合 y = 斜率·x + 截距；R² = 1 − 残差平方和/总平方和，y 为常数时无值。",
)
SLOPE = Text("slope", "斜率")
INTERCEPT = Text("intercept", "截距")
R_SQUARED = Text("R²", "决定系数 R²")
STEPS = {
    "mean_x": Text("mean of x", "x 的均值"),
    "mean_y": Text("mean of y", "y 的均值"),
    "sxy": Text("products of the deviations, added up", "离差乘积之和"),
    "sxx": Text("squared deviations of x", "x 的离差平方和"),
    "syy": Text("squared deviations of y", "y 的离差平方和"),
    "slope": Text("slope", "斜率"),
    "intercept": Text("the line goes through the means", "直线经过均值点"),
    "r_squared": Text("share of the variance of y that the line explains", "直线解释的 y 的方差比例"),
}
MISTAKES = {
    "through_the_origin": (
        Text("forces the line through the origin", "让直线过原点"),
        Text("Σxy/Σx² is the slope without an intercept; with one, deviations from the means count.", "Σxy/Σx² 是没有截距时的斜率；有截距时要用相对均值的离差。"),
    ),
    "regresses_x_on_y": (
        Text("divides by the variance of y", "除以了 y 的方差"),
        Text("Errors are measured in y, so the covariance is divided by the variance of x.", "误差在 y 方向上量，协方差要除以 x 的方差。"),
    ),
    "correlation_for_slope": (
        Text("gives the correlation", "写成了相关系数"),
        Text("The correlation has no units; the slope is r times the ratio of the standard deviations.", "相关系数没有量纲；斜率等于 r 乘两个标准差之比。"),
    ),
    "mean_for_intercept": (
        Text("takes the mean of y for the intercept", "把 y 的均值当成截距"),
        Text("The mean of y belongs to the mean of x, not to x = 0.", "y 的均值对应 x 的均值，而不是 x = 0。"),
    ),
    "correlation_for_r_squared": (
        Text("gives the correlation, not its square", "写成了相关系数，没有平方"),
        Text("The share of explained variance of a line is the square of the correlation r.", "一元回归解释的方差比例等于相关系数 r 的平方。"),
    ),
}  # fmt: skip


class LineInputs(Inputs):
    """x and y of at least two points, x not constant."""

    x: Many[Real]
    y: Many[Real]

    @model_validator(mode="after")
    def _fits(self) -> LineInputs:
        if len(self.x) != len(self.y):
            raise Refusal(f"{len(self.x)} values do not fit {len(self.y)}", "x", "y")
        if len(self.x) < 2:
            raise Refusal("needs at least two points", "x")
        if len(set(self.x)) == 1:
            raise Refusal("must not be constant", "x")
        return self


def sums(i: LineInputs) -> tuple[Fraction, Fraction, Fraction, Fraction, Fraction]:
    """Means of x and y; sums of products of deviations: xy, xx, yy."""
    x, y = exact_vector(i.x), exact_vector(i.y)
    (mean_x, mean_y) = mean_of(tuple(zip(x, y, strict=True)))
    across, up = [value - mean_x for value in x], [value - mean_y for value in y]
    return mean_x, mean_y, dot(across, up), dot(across, across), dot(up, up)


def solve(i: LineInputs) -> Outputs:
    mean_x, mean_y, sxy, sxx, syy = sums(i)
    slope = sxy / sxx
    return {
        "slope": float(slope),
        "intercept": float(mean_y - slope * mean_x),
        "r_squared": float(sxy**2 / (sxx * syy)) if syy else None,
    }


def steps(i: LineInputs) -> Sequence[Step]:
    found = solve(i)
    mean_x, mean_y, sxy, sxx, syy = (float(value) for value in sums(i))
    slope, intercept = float(str(found["slope"])), float(str(found["intercept"]))
    means = [_mean("mean_x", r"\bar{x}", i.x, mean_x), _mean("mean_y", r"\bar{y}", i.y, mean_y)]
    products = _sum(
        "sxy", "S_{xy}", [rf"({_off(a, mean_x)}) \cdot ({_off(b, mean_y)})" for a, b in zip(i.x, i.y, strict=True)], sxy
    )
    squares = _sum("sxx", "S_{xx}", [f"({_off(a, mean_x)})^2" for a in i.x], sxx)
    up = _sum("syy", "S_{yy}", [f"({_off(b, mean_y)})^2" for b in i.y], syy)
    sloped = Step(STEPS["slope"], line("m", rf"\frac{{{near(sxy)}}}{{{near(sxx)}}}", slope, rough=True), slope)
    crossed = Step(
        STEPS["intercept"],
        line(
            "b", rf"{near(mean_y, 6)}-{near_operand(slope, 6)} \cdot {near_operand(mean_x, 6)}", intercept, rough=True
        ),
        intercept,
    )
    first = [*means, products, squares, sloped]
    lines = [*lead_to(first, "slope"), *lead_to([*first, crossed], "intercept")]
    if found["r_squared"] is None:
        return lines
    share = float(str(found["r_squared"]))
    last = Step(
        STEPS["r_squared"],
        line("R^2", rf"\frac{{{near_operand(sxy)}^2}}{{{near(sxx)} \cdot {near(syy)}}}", share, rough=True),
        share,
    )
    return [*lines, *lead_to([*means, products, squares, up, last], "r_squared")]


def _off(value: float, mean: float) -> str:
    return f"{given(value)}-{near_operand(mean)}"


def _mean(step: str, symbol: str, values: Sequence[float], mean: float) -> Step:
    terms = total(given(value) for value in values)
    latex = rf"\frac{{{terms}}}{{{len(values)}}}" if terms else ""
    return Step(STEPS[step], line(symbol, latex, mean), mean if terms else None)


def _sum(step: str, symbol: str, terms: Sequence[str], value: float) -> Step:
    shown = total(terms) if len(terms) <= MOST_TERMS else ""
    return Step(STEPS[step], line(symbol, shown, value, rough=True), value if shown else None)


def _through_origin(i: LineInputs) -> Outputs:
    x, y = exact_vector(i.x), exact_vector(i.y)
    return {"slope": float(dot(x, y) / dot(x, x))}


def _other_way(i: LineInputs) -> Outputs:
    _, _, sxy, _, syy = sums(i)
    return {"slope": float(sxy / syy)} if syy else {}


def _correlation(i: LineInputs, output: str) -> Outputs:
    _, _, sxy, sxx, syy = sums(i)
    if not syy:
        return {}
    size = root_of_ratio(sxy**2, sxx * syy)
    return {output: -size if sxy < 0 else size}


FAMILY = Family(
    id="simple_linear_regression",
    title=TITLE,
    inputs=LineInputs,
    outputs={"slope": Output("real", SLOPE), "intercept": Output("real", INTERCEPT), "r_squared": Output("real", R_SQUARED)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(MISTAKES, {
        "through_the_origin": _through_origin,
        "regresses_x_on_y": _other_way,
        "correlation_for_slope": lambda i: _correlation(i, "slope"),
        "mean_for_intercept": lambda i: {"intercept": float(sums(i)[1])},
        "correlation_for_r_squared": lambda i: _correlation(i, "r_squared"),
    }),
)  # fmt: skip
