"""Standard deviation and bound of initial weights (torch.nn.init; Glorot & Bengio 2010, He et al. 2015)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import ROOT_3, WIDE, decimal_of
from quizcnn.solvers.inputs import Inputs, Real, Size
from quizcnn.solvers.notation import base, line, near
from quizcnn.solvers.values import Value
from quizcnn.text import Text

TITLE = Text("Scale of initial weights", "权重初始化的尺度")
CONVENTION = Text(
    "torch.nn.init: Xavier with gain 1; Kaiming with the gain of a ReLU (or leaky ReLU with negative_slope); pytorch_default is what nn.Conv2d and nn.Linear do. The bound is that of the uniform distribution.",
    "按 torch.nn.init 计算：Xavier 的增益为 1；Kaiming 用 ReLU（或斜率为 negative_slope 的 leaky ReLU）的增益；pytorch_default 指 nn.Conv2d 和 nn.Linear 的默认初始化。边界指均匀分布的边界。",
)
STD = Text("standard deviation", "标准差")
BOUND = Text("bound of the uniform distribution", "均匀分布的边界")
STEPS = {
    "fans": Text("fan_in plus fan_out", "fan_in 与 fan_out 之和"),
    "xavier": Text("Xavier: 2 over both fans, then the root", "Xavier：2 除以两个 fan 之和，再开方"),
    "gain": Text("square of the gain of a leaky ReLU", "leaky ReLU 增益的平方"),
    "kaiming": Text("Kaiming: squared gain over the fan, then the root", "Kaiming：增益的平方除以 fan，再开方"),
    "default_bound": Text("PyTorch's default bound", "PyTorch 默认初始化的边界"),
    "bound": Text("a uniform distribution reaches √3 standard deviations", "均匀分布的边界是标准差的 √3 倍"),
    "std": Text("a uniform distribution's standard deviation is its bound over √3", "均匀分布的标准差是边界除以 √3"),
}
MISTAKES = {
    "forgets_gain": (
        Text("leaves out the gain √2", "漏了增益 √2"),
        Text(
            "A ReLU sets half of its input to zero, so Kaiming doubles the variance to keep it alive.",
            "ReLU 会把一半输入置零，Kaiming 把方差加倍来抵消。",
        ),
    ),
    "fan_in_only_xavier": (
        Text("takes fan_in alone", "只用了 fan_in"),
        Text(
            "Xavier balances forward and backward pass: it divides by fan_in + fan_out = {fan_in} + {fan_out}.",
            "Xavier 兼顾前向和反向，除以 fan_in + fan_out = {fan_in} + {fan_out}。",
        ),
    ),
    "std_for_bound": (
        Text("gives the standard deviation as the bound", "把标准差当成边界"),
        Text(
            "A uniform distribution on ±a has the standard deviation a/√3, so its bound is √3 times larger.",
            "±a 上均匀分布的标准差是 a/√3，所以边界是标准差的 √3 倍。",
        ),
    ),
    "variance_for_std": (
        Text("gives the variance", "给出的是方差"),
        Text("The standard deviation is the root of the variance.", "标准差是方差的平方根。"),
    ),
    "ignores_negative_slope": (
        Text("ignores the negative slope", "没有考虑负半轴的斜率"),
        Text(
            "A leaky ReLU lets a part of the negative half through, so its gain is √(2/(1 + a²)) with a = {negative_slope}.",
            "leaky ReLU 会放过一部分负值，增益是 √(2/(1 + a²))，其中 a = {negative_slope}。",
        ),
    ),
    "he_for_the_default": (
        Text("takes He's bound for PyTorch's default", "把 He 初始化的边界当成 PyTorch 默认值"),
        Text(
            "The default calls kaiming_uniform_ with a = √5, which leaves 1/√fan_in and not √(6/fan_in).",
            "默认初始化以 a = √5 调用 kaiming_uniform_，结果是 1/√fan_in，不是 √(6/fan_in)。",
        ),
    ),
    "uses_the_other_fan": (
        Text("takes the other fan", "用错了 fan"),
        Text("mode={mode} names the fan that Kaiming divides by.", "Kaiming 除以哪个 fan 由 mode={mode} 决定。"),
    ),
}

Scheme = Literal["xavier_uniform", "xavier_normal", "kaiming_uniform", "kaiming_normal", "pytorch_default"]


class InitInputs(Inputs):
    """fan_in and fan_out: weights that enter an output unit, and that leave an input unit."""

    scheme: Scheme
    fan_in: Size
    fan_out: Size
    mode: Literal["fan_in", "fan_out"] = "fan_in"
    negative_slope: Real = 0.0

    @property
    def is_kaiming(self) -> bool:
        return self.scheme.startswith("kaiming")

    @property
    def is_xavier(self) -> bool:
        return self.scheme.startswith("xavier")

    @property
    def is_uniform(self) -> bool:
        return not self.scheme.endswith("normal")

    @property
    def fan(self) -> int:
        return self.fan_in if self.mode == "fan_in" else self.fan_out


def variance(i: InitInputs) -> Decimal:
    """Variance of the weights."""
    if i.is_xavier:
        return WIDE.divide(Decimal(2), Decimal(i.fan_in + i.fan_out))
    if i.is_kaiming:
        return kaiming_variance(i.fan, i.negative_slope)
    return WIDE.divide(Decimal(1), Decimal(3 * i.fan_in))


def kaiming_variance(fan: int, negative_slope: float) -> Decimal:
    """2/((1 + a²) fan)."""
    slope = decimal_of(negative_slope)
    return WIDE.divide(Decimal(2), WIDE.multiply(WIDE.fma(slope, slope, Decimal(1)), Decimal(fan)))


def outputs_by(i: InitInputs, std: Decimal) -> Outputs:
    bound = float(WIDE.multiply(ROOT_3, std)) if i.is_uniform else None
    return {"std": float(std), "bound": bound}


def changed_by(i: InitInputs, std: Decimal) -> Outputs:
    """The outputs that a wrong standard deviation changes; the bound of a normal distribution stays away."""
    return {name: value for name, value in outputs_by(i, std).items() if value is not None}


def solve(i: InitInputs) -> Outputs:
    return outputs_by(i, WIDE.sqrt(variance(i)))


def steps(i: InitInputs) -> Sequence[Step]:
    outputs = solve(i)
    std, bound = outputs["std"], outputs["bound"]
    if not isinstance(std, float):
        return []
    if i.scheme == "pytorch_default" and isinstance(bound, float):
        return _default_steps(i, std, bound)
    first = _xavier_steps(i, std) if i.is_xavier else _kaiming_steps(i, std)
    if not isinstance(bound, float):
        return lead_to(first, "std")
    rounded = near(std)
    last = Step(STEPS["bound"], line(r"\sqrt{3}\sigma", rf"\sqrt{{3}} \cdot {rounded}", bound, rough=True), bound)
    return [*lead_to(first, "std"), *lead_to([*first, last], "bound")]


def _xavier_steps(i: InitInputs, std: float) -> list[Step]:
    both = i.fan_in + i.fan_out
    return [
        Step(STEPS["fans"], rf"n_{{in}}+n_{{out}} = {i.fan_in}+{i.fan_out} = {both}", both),
        Step(STEPS["xavier"], line(r"\sigma", rf"\sqrt{{\frac{{2}}{{{both}}}}}", std), std),
    ]


def _kaiming_steps(i: InitInputs, std: float) -> list[Step]:
    if not i.negative_slope:
        return [Step(STEPS["kaiming"], line(r"\sigma", rf"\sqrt{{\frac{{2}}{{{i.fan}}}}}", std), std)]
    gain = float(kaiming_variance(1, i.negative_slope))
    squared = f"{base(i.negative_slope)}^2"
    formula = rf"\sqrt{{\frac{{2}}{{(1+{squared}) \cdot {i.fan}}}}}"
    return [
        Step(STEPS["gain"], line("g^2", rf"\frac{{2}}{{1+{squared}}}", gain), gain),
        Step(STEPS["kaiming"], line(r"\sigma", formula, std), std),
    ]


def _default_steps(i: InitInputs, std: float, bound: float) -> Sequence[Step]:
    first = Step(STEPS["default_bound"], line("a", rf"\frac{{1}}{{\sqrt{{{i.fan_in}}}}}", bound), bound)
    last = Step(STEPS["std"], line(r"\sigma", rf"\frac{{1}}{{\sqrt{{3 \cdot {i.fan_in}}}}}", std), std)
    return [*lead_to([first], "bound"), *lead_to([first, last], "std")]


def _forgets_gain(i: InitInputs) -> Outputs:
    return changed_by(i, WIDE.sqrt(WIDE.divide(variance(i), Decimal(2)))) if i.is_kaiming else {}


def _fan_in_only(i: InitInputs) -> Outputs:
    return changed_by(i, WIDE.sqrt(WIDE.divide(Decimal(1), Decimal(i.fan_in)))) if i.is_xavier else {}


def _std_for_bound(i: InitInputs) -> Outputs:
    return {"bound": solve(i)["std"]} if i.is_uniform else {}


def _variance_for_std(i: InitInputs) -> Outputs:
    """Where the bound is computed from the standard deviation it changes too."""
    if i.scheme == "pytorch_default":
        return {"std": float(variance(i))}
    return changed_by(i, variance(i))


def _ignores_slope(i: InitInputs) -> Outputs:
    applies = i.is_kaiming and i.negative_slope
    return changed_by(i, WIDE.sqrt(kaiming_variance(i.fan, 0.0))) if applies else {}


def _he_for_default(i: InitInputs) -> Outputs:
    return changed_by(i, WIDE.sqrt(kaiming_variance(i.fan_in, 0.0))) if i.scheme == "pytorch_default" else {}


def _other_fan(i: InitInputs) -> Outputs:
    other = i.fan_out if i.mode == "fan_in" else i.fan_in
    return changed_by(i, WIDE.sqrt(kaiming_variance(other, i.negative_slope))) if i.is_kaiming else {}


def _follow_bound(i: InitInputs, own: Outputs) -> Value:
    key = solve(i)
    std = own.get("std", key["std"])
    if not i.is_uniform or i.scheme == "pytorch_default" or not isinstance(std, int | float):
        return key["bound"]
    return float(WIDE.multiply(ROOT_3, decimal_of(float(std))))


FAMILY = Family(
    id="init_scale",
    title=TITLE,
    inputs=InitInputs,
    outputs={"std": Output("real", STD), "bound": Output("real", BOUND)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_gain": _forgets_gain,
            "fan_in_only_xavier": _fan_in_only,
            "std_for_bound": _std_for_bound,
            "variance_for_std": _variance_for_std,
            "ignores_negative_slope": _ignores_slope,
            "he_for_the_default": _he_for_default,
            "uses_the_other_fan": _other_fan,
        },
    ),
    follow={"bound": _follow_bound},
    symbols={"fan_in": "n_{in}", "fan_out": "n_{out}", "negative_slope": "a"},
)
