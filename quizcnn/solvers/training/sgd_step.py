"""One step of stochastic gradient descent with momentum, weight decay and Nesterov's variant, as torch.optim.SGD (Sutskever et al. 2013)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Real, Refusal
from quizcnn.solvers.notation import given, line, near, near_operand, operand
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("One step of SGD", "SGD 的一步更新")
CONVENTION = Text(
    "PyTorch: g + weight decay·w is the gradient, v = momentum·v + g, w −= learning rate·v; with Nesterov w −= learning rate·(g + momentum·v), v being the new one.",
    "按 PyTorch：g 加上 权重衰减·w 作为梯度，v = 动量·v + g，w −= 学习率·v；Nesterov 时 w −= 学习率·(g + 动量·v)，v 取新值。",
)
WEIGHT = Text("new weight", "新权重")
VELOCITY = Text("new velocity", "新的动量项 v")
STEPS = {
    "gradient": Text("gradient with weight decay", "加上权重衰减的梯度"),
    "velocity": Text("velocity: the old one times momentum, and the gradient", "动量项：旧值乘动量，再加梯度"),
    "ahead": Text("Nesterov looks one momentum step ahead", "Nesterov 沿动量多看一步"),
    "weight": Text("the weight moves against it", "权重沿反方向移动"),
}
MISTAKES = {
    "gradient_ascent": (
        Text("moves along the gradient", "沿梯度方向移动"),
        Text("The loss rises along the gradient, so the step is subtracted.", "损失沿梯度方向上升，所以要减。"),
    ),
    "forgets_weight_decay": (
        Text("leaves out the weight decay", "漏了权重衰减"),
        Text("Weight decay adds {weight_decay} times the weight to the gradient.", "权重衰减给梯度加上 {weight_decay} 乘权重。"),
    ),
    "learning_rate_inside_velocity": (
        Text("puts the learning rate into the velocity", "把学习率乘进了动量项"),
        Text("PyTorch accumulates gradients and applies the learning rate at the step; the stored velocity holds none.", "PyTorch 累积的是梯度，更新时才乘学习率，保存的动量项里没有学习率。"),
    ),
    "plain_for_nesterov": (
        Text("takes the plain momentum step", "用了普通动量的更新"),
        Text("Nesterov adds the gradient to another momentum times the new velocity.", "Nesterov 用梯度加上动量乘新的 v。"),
    ),
    "damped_gradient": (
        Text("damps the gradient by 1 − momentum", "给梯度乘了 1 − 动量"),
        Text("That is a running mean; PyTorch's velocity is a running sum, with dampening 0.", "那是滑动平均；PyTorch 的动量项是累加，dampening 为 0。"),
    ),
}  # fmt: skip


class SgdInputs(Inputs):
    """One weight with its gradient and velocity."""

    weight: Real
    gradient: Real
    learning_rate: Real
    momentum: Real = 0.0
    velocity: Real = 0.0
    weight_decay: Real = 0.0
    nesterov: bool = False

    @model_validator(mode="after")
    def _has_momentum(self) -> SgdInputs:
        if self.nesterov and not self.momentum:
            raise Refusal("nesterov needs a momentum above 0", "nesterov", "momentum")
        return self


def decayed(i: SgdInputs) -> Fraction:
    return exact(i.gradient) + exact(i.weight_decay) * exact(i.weight)


def velocity_of(i: SgdInputs, gradient: Fraction) -> Fraction:
    return exact(i.momentum) * exact(i.velocity) + gradient


def moved(i: SgdInputs, gradient: Fraction, velocity: Fraction, sign: int = -1) -> Outputs:
    direction = gradient + exact(i.momentum) * velocity if i.nesterov else velocity
    return {"weight": float(exact(i.weight) + sign * exact(i.learning_rate) * direction), "velocity": float(velocity)}


def solve(i: SgdInputs) -> Outputs:
    gradient = decayed(i)
    return moved(i, gradient, velocity_of(i, gradient))


def steps(i: SgdInputs) -> Sequence[Step]:
    gradient = decayed(i)
    velocity = velocity_of(i, gradient)
    g, v, found = float(gradient), float(velocity), solve(i)
    lines = []
    if i.weight_decay:
        expression = rf"{given(i.gradient)}+{operand(i.weight_decay)} \cdot {operand(i.weight)}"
        lines.append(Step(STEPS["gradient"], line("g", expression, g), g))
    latex = rf"{given(i.momentum)} \cdot {operand(i.velocity)}+{near_operand(g)}"
    lines.append(Step(STEPS["velocity"], line("v", latex, v, rough=True), v))
    ahead = float(gradient + exact(i.momentum) * velocity) if i.nesterov else v
    first = lead_to(lines, "velocity")
    if i.nesterov:
        latex = rf"{near(g)}+{given(i.momentum)} \cdot {near_operand(v)}"
        lines.append(Step(STEPS["ahead"], line("n", latex, ahead, rough=True), ahead))
    latex = rf"{given(i.weight)}-{operand(i.learning_rate)} \cdot {near_operand(ahead, 6)}"
    weight = float(str(found["weight"]))
    return [
        *first,
        *lead_to([*lines, Step(STEPS["weight"], line("w", latex, weight, rough=True, places=6), weight)], "weight"),
    ]


def _rate_inside(i: SgdInputs) -> Outputs:
    velocity = exact(i.momentum) * exact(i.velocity) + exact(i.learning_rate) * decayed(i)
    return {"weight": float(exact(i.weight) - velocity), "velocity": float(velocity)} if not i.nesterov else {}


def _plain(i: SgdInputs) -> Outputs:
    weight = exact(i.weight) - exact(i.learning_rate) * velocity_of(i, decayed(i))
    return {"weight": float(weight)} if i.nesterov else {}


def _damped(i: SgdInputs) -> Outputs:
    if not i.momentum:
        return {}
    gradient = decayed(i)
    return moved(i, gradient, exact(i.momentum) * exact(i.velocity) + (1 - exact(i.momentum)) * gradient)


def _without_decay(i: SgdInputs) -> Outputs:
    gradient = exact(i.gradient)
    return moved(i, gradient, velocity_of(i, gradient)) if i.weight_decay else {}


def _ascent(i: SgdInputs) -> Outputs:
    gradient = decayed(i)
    return {"weight": moved(i, gradient, velocity_of(i, gradient), 1)["weight"]}


FAMILY = Family(
    id="sgd_step",
    title=TITLE,
    inputs=SgdInputs,
    outputs={"weight": Output("real", WEIGHT), "velocity": Output("real", VELOCITY)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(MISTAKES, {
        "gradient_ascent": _ascent,
        "forgets_weight_decay": _without_decay,
        "learning_rate_inside_velocity": _rate_inside,
        "plain_for_nesterov": _plain,
        "damped_gradient": _damped,
    }),
    symbols={"weight": "w", "gradient": "g", "learning_rate": r"\eta", "momentum": "m", "velocity": "v", "weight_decay": r"\lambda"},
)  # fmt: skip
