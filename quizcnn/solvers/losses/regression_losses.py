"""Regression losses and the constants that minimise them (Huber 1964; Girshick 2015, Fast R-CNN, equation 3; torch.nn.functional)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from pydantic import Field, model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import over_one_denominator, real_of
from quizcnn.solvers.inputs import Inputs, Many, Real, Refusal, refuse_work
from quizcnn.solvers.notation import MOST_TERMS, base, given, is_exact, line, list_line, near, operand, total
from quizcnn.solvers.values import Value, exact, rational
from quizcnn.text import Text

TITLE = Text("Regression losses", "回归损失")
CONVENTION = Text(
    "Means over the elements; the squared error without a half; Huber is e²/2 up to delta and delta(|e| − delta/2) beyond; smooth L1 (beta = delta) is Huber over delta; the constants are those that minimise squared and absolute error over the targets.",
    "都对元素取平均；平方误差不带 1/2；Huber 在 |e| ≤ delta 时为 e²/2，超出时为 delta(|e| − delta/2)；smooth L1（beta = delta）等于 Huber 除以 delta；最优常数指使目标值的平方误差、绝对误差最小的常数。",
)
OUTPUTS = {
    "mse": Output("real", Text("mean squared error", "均方误差")),
    "mae": Output("real", Text("mean absolute error", "平均绝对误差")),
    "huber": Output("real", Text("Huber loss", "Huber 损失")),
    "smooth_l1": Output("real", Text("smooth L1 loss", "smooth L1 损失")),
    "mse_constant": Output("real", Text("best constant for the squared error", "平方误差的最优常数")),
    "mae_constant": Output("real", Text("best constant for the absolute error", "绝对误差的最优常数")),
}
STEPS = {
    "errors": Text("errors: prediction less target", "误差：预测减目标"),
    "mse": Text("mean of the squares", "平方的平均"),
    "mae": Text("mean of the absolute values", "绝对值的平均"),
    "terms": Text(
        "a half of the square up to {delta}, a straight line beyond", "|e| 不超过 {delta} 时取平方的一半，超出时是直线"
    ),
    "huber": Text("mean of the terms", "各项的平均"),
    "smooth_l1": Text("Huber over delta", "Huber 除以 delta"),
    "mse_constant": Text("the mean of the targets minimises the squared error", "目标的均值使平方误差最小"),
    "sorted": Text("targets in order", "目标值从小到大排列"),
    "middle": Text("the median of the targets minimises the absolute error", "目标的中位数使绝对误差最小"),
}
MISTAKES = {
    "sums_instead_of_mean": (
        Text("sums instead of averaging", "求和而没有取平均"),
        Text("The loss is the mean over the elements.", "损失是对元素取平均。"),
    ),
    "half_mse": (
        Text("takes half of the mean squared error", "均方误差多乘了 1/2"),
        Text("The half belongs to Huber and to derivations; the mean squared error has none.", "1/2 属于 Huber 或推导时的写法，均方误差本身不带。"),
    ),
    "forgets_the_offset": (
        Text("leaves out the offset of the straight part", "直线段漏减了常数"),
        Text("Beyond delta the line is lowered by half of delta, so that the two parts meet.", "超过 delta 后直线要减去 delta 的一半，两段才能接上。"),
    ),
    "huber_for_smooth_l1": (
        Text("does not divide by delta", "没有除以 delta"),
        Text("Smooth L1 is Huber over delta = {delta}: its straight part has slope 1.", "smooth L1 等于 Huber 除以 delta = {delta}，直线段的斜率为 1。"),
    ),
    "mean_for_both": (
        Text("takes the mean for the absolute error too", "绝对误差也取了均值"),
        Text("The absolute error is least where as many targets lie above as below: at the median.", "绝对误差在两侧目标个数相等处最小，即中位数。"),
    ),
    "median_for_both": (
        Text("takes the median for the squared error too", "平方误差也取了中位数"),
        Text("The squared error is least where the errors sum to 0: at the mean.", "平方误差在误差之和为 0 处最小，即均值。"),
    ),
}  # fmt: skip
LINES = 4
HALF = Fraction(1, 2)


class RegressionInputs(Inputs):
    """prediction and target, element by element; delta is where Huber and smooth L1 turn straight."""

    prediction: Many[Real]
    target: Many[Real]
    delta: Real = Field(default=1.0, gt=0)

    @model_validator(mode="after")
    def _fits(self) -> RegressionInputs:
        if len(self.prediction) != len(self.target):
            raise Refusal(f"{len(self.prediction)} predictions and {len(self.target)} targets", "prediction", "target")
        refuse_work(len(self.target), "prediction", "target", most=10**4)
        return self

    @property
    def turn(self) -> Fraction:
        return exact(self.delta)


def errors(i: RegressionInputs) -> list[Fraction]:
    pairs = zip(i.prediction, i.target, strict=True)
    return [exact(prediction) - exact(target) for prediction, target in pairs]


def added(values: Sequence[Fraction]) -> Fraction:
    """The sum over one denominator: one reduction in place of one a term."""
    below = 1
    for value in values:
        below = below if below % value.denominator == 0 else below * value.denominator
    return Fraction(sum(value.numerator * (below // value.denominator) for value in values), below)


def mean(values: Sequence[Fraction]) -> Fraction:
    return added(values) / len(values)


def huber_term(error: Fraction, delta: Fraction, offset: Fraction = HALF) -> Fraction:
    """e²/2 up to delta, delta(|e| - delta/2) beyond."""
    return error * error / 2 if abs(error) <= delta else delta * (abs(error) - offset * delta)


def huber(i: RegressionInputs, offset: Fraction = HALF) -> Fraction:
    return mean([huber_term(error, i.turn, offset) for error in errors(i)])


def target_mean(i: RegressionInputs) -> Fraction:
    cells, below = over_one_denominator(i.target)
    return Fraction(sum(cells), below * len(cells))


def median(i: RegressionInputs) -> Fraction:
    """The middle target, or the mean of the middle two."""
    ordered = sorted(map(exact, i.target))
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def solve(i: RegressionInputs) -> Outputs:
    found = errors(i)
    robust = huber(i)
    return {
        "mse": real_of(mean([error * error for error in found])),
        "mae": real_of(mean([abs(error) for error in found])),
        "huber": real_of(robust),
        "smooth_l1": real_of(robust / i.turn),
        "mse_constant": real_of(target_mean(i)),
        "mae_constant": real_of(median(i)),
    }


def steps(i: RegressionInputs) -> Sequence[Step]:
    found = [real_of(error) for error in errors(i)]
    first = Step(STEPS["errors"], list_line("r", found), tuple(found))
    robust, smooth = huber(i), huber(i) / i.turn
    terms = _term_steps(i, found)
    divided = rf"\frac{{{near(real_of(robust), 9)}}}{{{given(i.delta)}}}"
    rough = not is_exact(real_of(robust))
    last = Step(STEPS["smooth_l1"], line("S", divided, real_of(smooth), rough=rough), real_of(smooth))
    return [
        *lead_to([first, _mean_step("mse", "MSE", [f"{base(e)}^2" for e in found], solve(i)["mse"])], "mse"),
        *lead_to([first, _mean_step("mae", "MAE", [given(abs(e)) for e in found], solve(i)["mae"])], "mae"),
        *lead_to([first, *terms], "huber"),
        *lead_to([first, *terms, last], "smooth_l1"),
        *lead_to([_mean_step("mse_constant", r"\bar{y}", list(map(given, i.target)), real_of(target_mean(i)))], "mse_constant"),
        *lead_to(_median_steps(i), "mae_constant"),
    ]  # fmt: skip


def _mean_step(name: str, symbol: str, terms: Sequence[str], value: Value) -> Step:
    number = value if isinstance(value, int | float) else 0.0
    whole = total(terms) if len(terms) <= MOST_TERMS else ""
    return Step(STEPS[name], line(symbol, rf"\frac{{{whole}}}{{{len(terms)}}}" if whole else "", number), number)


def _term_steps(i: RegressionInputs, found: Sequence[int | float]) -> list[Step]:
    delta, terms = i.turn, [real_of(huber_term(error, i.turn)) for error in errors(i)]
    caption = STEPS["terms"].map(lambda text: text.format(delta=given(i.delta)))
    lines = []
    for place, (error, value) in enumerate(zip(found[:LINES], terms, strict=False)):
        bent = rf"\frac{{{base(error)}^2}}{{2}}"
        straight = rf"{given(i.delta)} \cdot ({given(abs(error))}-\frac{{{given(i.delta)}}}{{2}})"
        expression = bent if abs(exact(error)) <= delta else straight
        lines.append(Step(caption, line(f"h_{{{place + 1}}}", expression, value), value))
    value = real_of(huber(i))
    shown = total(near(term, 9) for term in terms) if len(terms) <= MOST_TERMS else ""
    whole = rf"\frac{{{shown}}}{{{len(terms)}}}" if shown else ""
    return [*lines, Step(STEPS["huber"], line("H", whole, value, rough=not is_exact(*terms)), value)]


def _median_steps(i: RegressionInputs) -> list[Step]:
    ordered, value = sorted(i.target), real_of(median(i))
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    expression = "" if len(ordered) % 2 else rf"\frac{{{given(low)}+{operand(high)}}}{{2}}"
    return [
        Step(STEPS["sorted"], list_line("y", ordered), tuple(ordered)),
        Step(STEPS["middle"], line("m", expression, value), value),
    ]


def _sums(i: RegressionInputs) -> Outputs:
    """The sums of all four losses."""
    count = len(i.target)
    names: dict[str, Callable[[], Fraction]] = {
        "mse": lambda: added([error * error for error in errors(i)]),
        "mae": lambda: added([abs(error) for error in errors(i)]),
        "huber": lambda: huber(i) * count,
        "smooth_l1": lambda: huber(i) * count / i.turn,
    }
    return {name: real_of(value()) for name, value in names.items()}


def _half(i: RegressionInputs) -> Outputs:
    return {"mse": real_of(mean([error * error for error in errors(i)]) / 2)}


def _without_offset(i: RegressionInputs) -> Outputs:
    value = huber(i, Fraction(0))
    return {"huber": real_of(value), "smooth_l1": real_of(value / i.turn)}


FAMILY = Family(
    id="regression_losses",
    title=TITLE,
    inputs=RegressionInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "sums_instead_of_mean": _sums,
            "half_mse": _half,
            "forgets_the_offset": _without_offset,
            "huber_for_smooth_l1": lambda i: {"smooth_l1": real_of(huber(i))},
            "mean_for_both": lambda i: {"mae_constant": real_of(target_mean(i))},
            "median_for_both": lambda i: {"mse_constant": real_of(median(i))},
        },
        conventions=("half_mse",),
    ),
    follow={"smooth_l1": lambda i, own: real_of(rational(own["huber"]) / i.turn)},
    symbols={"prediction": r"\hat{y}", "target": "y", "delta": r"\delta"},
)
