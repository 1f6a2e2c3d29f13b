"""One step of Newton's method and of gradient descent on a polynomial (Nocedal & Wright 2006, chapter 2)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, Real, Refusal
from quizcnn.solvers.notation import MOST_TERMS, given, line, near, near_operand, operand, total
from quizcnn.solvers.values import exact
from quizcnn.solvers.vectors import Vector, exact_vector
from quizcnn.text import Text

TITLE = Text("A step of Newton's method", "牛顿法的一步")
CONVENTION = Text(
    "Minimises the polynomial whose coefficients stand by falling power; Newton x − f′(x)/f″(x), gradient descent x − learning rate·f′(x).",
    "求多项式（系数按降幂排列）的极小值；牛顿法 x − f′(x)/f″(x)，梯度下降 x − 学习率·f′(x)。",
)
FIRST = Text("first derivative at x", "x 处的一阶导数")
SECOND = Text("second derivative at x", "x 处的二阶导数")
NEWTON = Text("x after a Newton step", "牛顿法一步之后的 x")
DESCENT = Text("x after a step of gradient descent", "梯度下降一步之后的 x")
STEPS = {
    "first": Text("first derivative, term by term", "逐项求一阶导数"),
    "second": Text("second derivative, term by term", "逐项求二阶导数"),
    "newton": Text("slope over curvature is the step", "步长为斜率除以曲率"),
    "descent": Text("learning rate times slope is the step", "步长为学习率乘斜率"),
}
MISTAKES = {
    "root_finding": (
        Text("looks for a root", "用来求根了"),
        Text("x − f/f′ goes to where f is 0; a minimum is where f′ is 0.", "x − f/f′ 走向 f = 0 的点，极小值要找 f′ = 0。"),
    ),
    "divides_by_value": (
        Text("divides the slope by the value", "用斜率除以函数值"),
        Text("The curvature f″ says how far the slope's zero is; the value f does not.", "离斜率为零有多远由曲率 f″ 决定，与函数值无关。"),
    ),
    "gradient_ascent": (
        Text("goes uphill", "往上坡走"),
        Text("The slope points uphill, so it is subtracted.", "斜率指向上坡，所以要减。"),
    ),
}  # fmt: skip


class NewtonInputs(Inputs):
    """Coefficients by falling power, the place x, the rate of gradient descent."""

    coefficients: Many[Real]
    x: Real
    learning_rate: Real = 0.1

    @model_validator(mode="after")
    def _is_curved(self) -> NewtonInputs:
        if not value_at(derivative(derivative(exact_vector(self.coefficients))), exact(self.x)):
            raise Refusal("the second derivative is 0 at x", "x", "coefficients")
        return self


def derivative(coefficients: Vector) -> Vector:
    degree = len(coefficients) - 1
    return tuple(value * (degree - place) for place, value in enumerate(coefficients[:-1]))


def value_at(coefficients: Vector, x: Fraction) -> Fraction:
    """Horner's rule, exact."""
    found = Fraction()
    for value in coefficients:
        found = found * x + value
    return found


def values(i: NewtonInputs) -> tuple[Fraction, Fraction, Fraction]:
    """f, f' and f'' at x."""
    zeroth = exact_vector(i.coefficients)
    first = derivative(zeroth)
    x = exact(i.x)
    return value_at(zeroth, x), value_at(first, x), value_at(derivative(first), x)


def solve(i: NewtonInputs) -> Outputs:
    _, slope, curve = values(i)
    x = exact(i.x)
    return {
        "first_derivative": float(slope),
        "second_derivative": float(curve),
        "newton": float(x - slope / curve),
        "gradient_descent": float(x - exact(i.learning_rate) * slope),
    }


def steps(i: NewtonInputs) -> Sequence[Step]:
    found = {name: float(str(value)) for name, value in solve(i).items()}
    first = derivative(exact_vector(i.coefficients))
    slope = _polynomial("first", "f'", first, i.x, found["first_derivative"])
    curve = _polynomial("second", "f''", derivative(first), i.x, found["second_derivative"])
    latex = rf"{given(i.x)}-\frac{{{near(found['first_derivative'], 6)}}}{{{near(found['second_derivative'], 6)}}}"
    newton = Step(STEPS["newton"], line("x", latex, found["newton"], rough=True), found["newton"])
    latex = rf"{given(i.x)}-{operand(i.learning_rate)} \cdot {near_operand(found['first_derivative'], 6)}"
    descent = Step(STEPS["descent"], line("x", latex, found["gradient_descent"], rough=True), found["gradient_descent"])
    return [
        *lead_to([slope], "first_derivative"),
        *lead_to([curve], "second_derivative"),
        *lead_to([slope, curve, newton], "newton"),
        *lead_to([slope, descent], "gradient_descent"),
    ]


def _polynomial(step: str, symbol: str, coefficients: Vector, x: float, value: float) -> Step:
    degree = len(coefficients) - 1
    terms = []
    for place, factor in enumerate(coefficients):
        power = degree - place
        if factor:
            shown = near(float(factor), 6)
            raised = "" if not power and degree else rf" \cdot {operand(x)}" + ("" if power == 1 else f"^{{{power}}}")
            terms.append(f"{shown}{raised}")
    latex = total(terms) if len(terms) <= MOST_TERMS else ""
    return Step(STEPS[step], line(symbol, latex or "0", value, rough=True), value)


def _root(i: NewtonInputs) -> Outputs:
    value, slope, _ = values(i)
    return {"newton": float(exact(i.x) - value / slope)}


def _by_value(i: NewtonInputs) -> Outputs:
    value, slope, _ = values(i)
    return {"newton": float(exact(i.x) - slope / value)}


def _uphill(i: NewtonInputs) -> Outputs:
    return {"gradient_descent": float(exact(i.x) + exact(i.learning_rate) * values(i)[1])}


FAMILY = Family(
    id="newton_step",
    title=TITLE,
    inputs=NewtonInputs,
    outputs={
        "first_derivative": Output("real", FIRST),
        "second_derivative": Output("real", SECOND),
        "newton": Output("real", NEWTON),
        "gradient_descent": Output("real", DESCENT),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "root_finding": _root,
            "divides_by_value": _by_value,
            "gradient_ascent": _uphill,
        },
    ),
    symbols={"coefficients": "a", "learning_rate": r"\eta"},
)
