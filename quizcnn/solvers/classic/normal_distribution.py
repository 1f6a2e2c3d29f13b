"""Density and tails of a normal distribution."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pydantic import Field

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Real
from quizcnn.solvers.notation import given, line, near, near_operand, operand
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("Normal distribution", "正态分布")
CONVENTION = Text(
    "z = (x − mean)/std; cdf = P(X ≤ x), upper tail = P(X > x), two-sided = P(|Z| ≥ |z|).",
    "z = (x − 均值)/标准差；累积概率 P(X ≤ x)，上尾 P(X > x)，双侧 P(|Z| ≥ |z|)。",
)
Z = Text("z score", "z 分数")
DENSITY = Text("density", "概率密度")
CDF = Text("P(X ≤ x)", "P(X ≤ x)，即累积概率")
UPPER = Text("P(X > x)", "P(X > x)，即上尾概率")
TWO_SIDED = Text("P(|Z| ≥ |z|)", "P(|Z| ≥ |z|)，即双侧概率")
STEPS = {
    "z": Text("standard deviations above the mean", "高出均值几个标准差"),
    "density": Text(
        "density of the standard normal at z, divided by the standard deviation", "标准正态在 z 处的密度，再除以标准差"
    ),
    "cdf": Text("from the table of the standard normal", "查标准正态表"),
    "upper_tail": Text("what lies above: by symmetry the area below −z", "上侧面积，由对称性等于 −z 以下的面积"),
    "two_sided": Text("both tails", "两侧尾部之和"),
}
MISTAKES = {
    "divides_by_variance": (
        Text("divides by the variance", "除以了方差"),
        Text("z counts standard deviations, so (x − mean) is divided by {std}, not by its square.", "z 数的是几个标准差，要除以 {std}，不是它的平方。"),
    ),
    "density_forgets_std": (
        Text("leaves out the standard deviation before the exponential", "漏除了标准差"),
        Text("The area under the curve must stay 1, so a curve {std} times as wide is {std} times as low.", "曲线下面积必须为 1，宽到 {std} 倍就要低到 1/{std}。"),
    ),
    "variance_for_std": (
        Text("takes the standard deviation for the variance", "把标准差当成了方差"),
        Text("The exponent holds 2·std², and the factor the root of 2π·std².", "指数里是 2·标准差²，前面的系数是 2π·标准差² 的平方根。"),
    ),
    "other_tail": (
        Text("takes the other tail", "取了另一侧"),
        Text("P(X ≤ x) is the area to the left of x.", "P(X ≤ x) 是 x 左侧的面积。"),
    ),
}  # fmt: skip
ROOT_2 = math.sqrt(2)


class NormalInputs(Inputs):
    """x, the mean, and a standard deviation above 0."""

    x: Real
    mean: Real = 0.0
    std: Real = Field(default=1.0, gt=0)


def z_of(i: NormalInputs) -> float:
    return float((exact(i.x) - exact(i.mean)) / exact(i.std))


def density_at(z: float, std: float) -> float:
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi) / std


def below(z: float) -> float:
    """P(Z <= z), right to the last digits far out."""
    return math.erfc(-z / ROOT_2) / 2


def solve(i: NormalInputs) -> Outputs:
    z = z_of(i)
    return {
        "z": z,
        "density": density_at(z, i.std),
        "cdf": below(z),
        "upper_tail": below(-z),
        "two_sided": math.erfc(abs(z) / ROOT_2),
    }


def steps(i: NormalInputs) -> Sequence[Step]:
    found = {name: float(str(value)) for name, value in solve(i).items()}
    z = found["z"]
    first = Step(STEPS["z"], line("z", rf"\frac{{{given(i.x)}-{operand(i.mean)}}}{{{given(i.std)}}}", z), z)
    shown = near(z, 6)
    exponent = rf"-\frac{{{near_operand(z, 6)}^2}}{{2}}"
    curve = rf"\frac{{1}}{{{given(i.std)} \cdot \sqrt{{2 \cdot \pi}}}} \cdot e^{{{exponent}}}"
    return [
        *lead_to([first], "z"),
        *lead_to(
            [first, Step(STEPS["density"], line("f", curve, found["density"], rough=True), found["density"])], "density"
        ),
        *lead_to([first, _tail("cdf", rf"\Phi({shown})", found["cdf"])], "cdf"),
        *lead_to([first, _tail("upper_tail", rf"\Phi({near(-z, 6)})", found["upper_tail"])], "upper_tail"),
        *lead_to([first, _tail("two_sided", rf"2 \cdot \Phi({near(-abs(z), 6)})", found["two_sided"])], "two_sided"),
    ]


def _tail(step: str, latex: str, value: float) -> Step:
    return Step(STEPS[step], line(latex, "", value, places=6), value)


def _by_variance(i: NormalInputs) -> Outputs:
    return {"z": float((exact(i.x) - exact(i.mean)) / exact(i.std) ** 2)}


def _variance_for_std(i: NormalInputs) -> Outputs:
    gap = float(exact(i.x) - exact(i.mean))
    return {"density": math.exp(-gap * gap / (2 * i.std)) / math.sqrt(2 * math.pi * i.std)}


FAMILY = Family(
    id="normal_distribution",
    title=TITLE,
    inputs=NormalInputs,
    outputs={
        "z": Output("real", Z),
        "density": Output("real", DENSITY),
        "cdf": Output("real", CDF),
        "upper_tail": Output("real", UPPER),
        "two_sided": Output("real", TWO_SIDED),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "divides_by_variance": _by_variance,
            "density_forgets_std": lambda i: {"density": density_at(z_of(i), 1)},
            "variance_for_std": _variance_for_std,
            "other_tail": lambda i: {"cdf": below(-z_of(i))},
        },
    ),
    symbols={"mean": r"\mu", "std": r"\sigma"},
)
