"""Steps of Adagrad (Duchi et al. 2011) and RMSprop (Tieleman & Hinton 2012), as torch.optim has them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Literal

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.inputs import Inputs, Many, NonNegative, Probability, Real, Refusal
from quizcnn.solvers.notation import given, line, list_line, near, operand
from quizcnn.text import Text

TITLE = Text("Steps of Adagrad and RMSprop", "Adagrad 与 RMSprop 的更新")
CONVENTION = Text(
    "PyTorch: Adagrad adds g² to G, RMSprop takes α·G + (1 − α)·g²; then w −= learning rate·g/(√G + eps), with eps 1e-10 for Adagrad and 1e-8 for RMSprop; one gradient a step.",
    "按 PyTorch：Adagrad 把 g² 累加到 G，RMSprop 取 α·G + (1 − α)·g²；然后 w −= 学习率·g/(√G + eps)，eps 分别为 1e-10 和 1e-8；每步一个梯度。",
)
WEIGHTS = Text("weight after each step", "每步之后的权重")
WEIGHT = Text("last weight", "最后的权重")
ACCUMULATOR = Text("accumulator G", "累积量 G")
STEPS = {
    "adagrad": Text("step {place}: squares are added up", "第 {place} 步：平方累加"),
    "rmsprop": Text("step {place}: running mean of the squares", "第 {place} 步：平方的滑动平均"),
    "weight": Text("step {place}: against the gradient, by its own scale", "第 {place} 步：沿梯度反方向，按自身尺度"),
    "weights": Text("all weights", "全部权重"),
}
MISTAKES = {
    "forgets_square_root": (
        Text("divides by G without its root", "除以 G 而没有开方"),
        Text("G holds squares; only its root has the unit of the gradient.", "G 是平方，开方后才与梯度同单位。"),
    ),
    "forgets_one_minus_alpha": (
        Text("leaves out the factor 1 − α", "漏乘了 1 − α"),
        Text("RMSprop takes a running mean, whose two shares add up to 1.", "RMSprop 是滑动平均，两项的系数之和为 1。"),
    ),
    "averages_squares": (
        Text("averages the squares", "对平方取了平均"),
        Text("Adagrad adds the squares up; that is why its steps only get smaller.", "Adagrad 是累加，所以步长只会越来越小。"),
    ),
}  # fmt: skip
DEFAULT_EPS = {"adagrad": 1e-10, "rmsprop": 1e-8}
LINES = 3
Course = tuple[list[Decimal], list[Decimal]]
"""Weight and accumulator after each step."""


class AdaptiveInputs(Inputs):
    """One weight, a gradient a step; eps null takes the optimizer's default."""

    optimizer: Literal["adagrad", "rmsprop"]
    weight: Real
    gradients: Many[Real]
    learning_rate: Real = 0.01
    alpha: Probability = 0.99
    eps: NonNegative | None = None
    accumulator: NonNegative = 0.0

    @property
    def epsilon(self) -> float:
        return DEFAULT_EPS[self.optimizer] if self.eps is None else self.eps

    @model_validator(mode="after")
    def _divides(self) -> AdaptiveInputs:
        _, sums = run(self)
        if not self.epsilon and not all(sums):
            raise Refusal("the root of the accumulator and eps are both 0", "gradients", "eps", "accumulator")
        return self


Rule = Callable[[AdaptiveInputs, Decimal, Decimal, int], Decimal]


def accumulated(i: AdaptiveInputs, before: Decimal, gradient: Decimal, step: int) -> Decimal:
    square = WIDE.multiply(gradient, gradient)
    if i.optimizer == "adagrad":
        return WIDE.add(before, square)
    alpha = decimal_of(i.alpha)
    return WIDE.add(WIDE.multiply(alpha, before), WIDE.multiply(1 - alpha, square))


def run(i: AdaptiveInputs, rule: Rule = accumulated, root: bool = True) -> Course:
    weight, held, epsilon = decimal_of(i.weight), decimal_of(i.accumulator), decimal_of(i.epsilon)
    weights, sums = [], []
    for step, gradient in enumerate(map(decimal_of, i.gradients), 1):
        held = rule(i, held, gradient, step)
        below = WIDE.add(WIDE.sqrt(held) if root else held, epsilon)
        change = WIDE.divide(WIDE.multiply(decimal_of(i.learning_rate), gradient), below) if below else Decimal()
        weight = WIDE.subtract(weight, change)
        weights.append(weight)
        sums.append(held)
    return weights, sums


def outputs_of(course: Course) -> Outputs:
    weights = tuple(float(weight) + 0.0 for weight in course[0])
    return {"weights": weights, "weight": weights[-1], "accumulator": float(course[1][-1])}


def solve(i: AdaptiveInputs) -> Outputs:
    return outputs_of(run(i))


def steps(i: AdaptiveInputs) -> Sequence[Step]:
    weights, sums = ([float(value) for value in part] for part in run(i))
    lines, sum_lines = [], []
    before, held = i.weight, i.accumulator
    for place, gradient in enumerate(i.gradients, 1):
        after, total = weights[place - 1], sums[place - 1]
        if place > LINES and place < len(i.gradients):
            before, held = after, total
            continue
        square = rf"{operand(gradient)}^2"
        latex = (
            rf"{near(held, 6)}+{square}"
            if i.optimizer == "adagrad"
            else rf"{given(i.alpha)} \cdot {near(held, 6)}+(1-{given(i.alpha)}) \cdot {square}"
        )
        grown = Step(_numbered(i.optimizer, place), line(f"G_{{{place}}}", latex, total, rough=True, places=6), total)
        latex = rf"{near(before, 6)}-\frac{{{given(i.learning_rate)} \cdot {operand(gradient)}}}{{\sqrt{{{near(total, 8)}}}+{given(i.epsilon)}}}"
        moved = Step(_numbered("weight", place), line(f"w_{{{place}}}", latex, after, rough=True, places=4), after)
        lines += [grown, moved]
        sum_lines.append(grown)
        before, held = after, total
    whole = Step(STEPS["weights"], list_line("w", weights), tuple(weights))
    return [*lead_to([*lines, whole], "weights"), *lead_to(lines, "weight"), *lead_to(sum_lines, "accumulator")]


def _numbered(step: str, place: int) -> Text:
    return STEPS[step].map(lambda text: text.format(place=place))


def _without_share(i: AdaptiveInputs, before: Decimal, gradient: Decimal, step: int) -> Decimal:
    return WIDE.add(WIDE.multiply(decimal_of(i.alpha), before), WIDE.multiply(gradient, gradient))


def _averaged(i: AdaptiveInputs, before: Decimal, gradient: Decimal, step: int) -> Decimal:
    squares = [WIDE.multiply(decimal_of(g), decimal_of(g)) for g in i.gradients[:step]]
    whole = squares[0]
    for square in squares[1:]:
        whole = WIDE.add(whole, square)
    return WIDE.add(decimal_of(i.accumulator), WIDE.divide(whole, Decimal(step)))


def _no_root(i: AdaptiveInputs) -> Outputs:
    found = outputs_of(run(i, root=False))
    return {"weights": found["weights"], "weight": found["weight"]}


FAMILY = Family(
    id="adaptive_step",
    title=TITLE,
    inputs=AdaptiveInputs,
    outputs={
        "weights": Output("list", WEIGHTS, elements="real"),
        "weight": Output("real", WEIGHT),
        "accumulator": Output("real", ACCUMULATOR),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_square_root": _no_root,
            "forgets_one_minus_alpha": lambda i: outputs_of(run(i, _without_share)) if i.optimizer == "rmsprop" else {},
            "averages_squares": lambda i: outputs_of(run(i, _averaged)) if i.optimizer == "adagrad" else {},
        },
    ),
    symbols={"weight": "w", "gradients": "g", "learning_rate": r"\eta", "alpha": r"\alpha", "accumulator": "G"},
)
