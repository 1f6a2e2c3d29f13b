"""Gradient clipping by norm and by value (Pascanu et al. 2013; torch.nn.utils)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, NonNegative, Real, Refusal
from quizcnn.solvers.notation import given, line, list_line, near, operand, total
from quizcnn.solvers.values import exact
from quizcnn.solvers.vectors import dot, exact_vector, floats, root, root_of_ratio
from quizcnn.text import Text

TITLE = Text("Gradient clipping", "梯度裁剪")
CONVENTION = Text(
    "The norm is L2, before clipping; max_norm scales a longer gradient down to it, clip_value cuts each element at ± the bound.",
    "范数为裁剪前的 L2 范数；max_norm 把更长的梯度按比例缩到它，clip_value 把每个元素限制在 ± 界内。",
)
NORM = Text("L2 norm before clipping", "裁剪前的 L2 范数")
CLIPPED = Text("clipped gradient", "裁剪后的梯度")
STEPS = {
    "norm": Text("length of the gradient", "梯度的长度"),
    "factor": Text("factor that brings it to the bound", "缩到界上的比例"),
    "kept": Text("it is within the bound and stays", "没有超过界，保持不变"),
    "scaled": Text("every element times the factor", "每个元素乘这个比例"),
    "clamped": Text("each element cut at the bound", "每个元素限制在界内"),
}
MISTAKES = {
    "clips_each_element": (
        Text("cuts each element at max_norm", "把每个元素限制在 max_norm 以内"),
        Text("Clipping by norm scales the whole vector, which keeps its direction.", "按范数裁剪是整体缩放，方向不变。"),
    ),
    "scales_up": (
        Text("scales a short gradient up", "把较短的梯度放大了"),
        Text("Clipping only shortens: a gradient within the bound stays as it is.", "裁剪只会缩短，没超过界的梯度保持不变。"),
    ),
}  # fmt: skip


class ClippingInputs(Inputs):
    """A gradient, and exactly one of the two bounds."""

    gradient: Many[Real]
    max_norm: NonNegative | None = None
    clip_value: NonNegative | None = None

    @model_validator(mode="after")
    def _has_one_bound(self) -> ClippingInputs:
        if (self.max_norm is None) == (self.clip_value is None):
            raise Refusal("exactly one of both is needed", "max_norm", "clip_value")
        return self


def squared(i: ClippingInputs) -> Fraction:
    values = exact_vector(i.gradient)
    return dot(values, values)


def clamp(values: Sequence[float], bound: float) -> tuple[float, ...]:
    return tuple(max(-bound, min(bound, value)) for value in values)


def scale(i: ClippingInputs, bound: float) -> tuple[float, ...]:
    """Every element times bound over norm."""
    size, limit = squared(i), exact(bound)
    return tuple(root_of_ratio((value * limit) * abs(value * limit), size) for value in exact_vector(i.gradient))


def solve(i: ClippingInputs) -> Outputs:
    norm = root(squared(i))
    if i.clip_value is not None:
        return {"norm": norm, "clipped": clamp(i.gradient, i.clip_value)}
    bound = i.max_norm or 0.0
    long = squared(i) > exact(bound) ** 2
    return {"norm": norm, "clipped": scale(i, bound) if long else floats(exact_vector(i.gradient))}


def steps(i: ClippingInputs) -> Sequence[Step]:
    found = solve(i)
    norm, clipped = float(str(found["norm"])), found["clipped"]
    squares = total(f"{operand(value)}^2" for value in i.gradient)
    length = Step(
        STEPS["norm"], line(r"\|g\|", rf"\sqrt{{{squares}}}" if squares else "", norm), norm if squares else None
    )
    shown = [float(str(value)) for value in clipped] if isinstance(clipped, tuple) else []
    if i.clip_value is not None:
        lines = [Step(STEPS["clamped"], list_line("g", shown), clipped)]
    elif norm > (i.max_norm or 0.0) and squared(i) > exact(i.max_norm or 0.0) ** 2:
        factor = (i.max_norm or 0.0) / norm
        ratio = Step(
            STEPS["factor"],
            line("f", rf"\frac{{{given(i.max_norm or 0.0)}}}{{{near(norm)}}}", factor, rough=True),
            factor,
        )
        lines = [length, ratio, Step(STEPS["scaled"], list_line("g", shown), clipped)]
    else:
        lines = [length, Step(STEPS["kept"], list_line("g", shown), clipped)]
    return [
        *lead_to([Step(length.caption, length.latex, found["norm"])] if squares else [length], "norm"),
        *lead_to(lines, "clipped"),
    ]


def _elements(i: ClippingInputs) -> Outputs:
    return {} if i.max_norm is None else {"clipped": clamp(i.gradient, i.max_norm)}


def _up(i: ClippingInputs) -> Outputs:
    if i.max_norm is None or not squared(i) or squared(i) > exact(i.max_norm) ** 2:
        return {}
    return {"clipped": scale(i, i.max_norm)}


FAMILY = Family(
    id="gradient_clipping",
    title=TITLE,
    inputs=ClippingInputs,
    outputs={"norm": Output("real", NORM), "clipped": Output("list", CLIPPED, elements="real")},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "clips_each_element": _elements,
            "scales_up": _up,
        },
    ),
    symbols={"gradient": "g"},
)
