"""Pixels that a dilated kernel covers on one axis (Yu & Koltun 2016, Multi-scale context aggregation by dilated convolutions)."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Inputs, Size
from quizcnn.solvers.primitives import spread_kernel
from quizcnn.solvers.units import PIXELS
from quizcnn.text import Text

TITLE = Text("Effective kernel size", "等效卷积核大小")
CONVENTION = Text(
    "One axis, from the first tap to the last, both included; dilation 1 is a plain convolution.",
    "只看一个方向，从第一个采样点到最后一个采样点，两端都算；空洞率为 1 就是普通卷积。",
)
OUTPUTS = {"effective_kernel_size": Output("integer", Text("effective kernel size", "等效卷积核大小"), PIXELS)}
STEPS = {
    "gaps": Text("steps from the first tap to the last", "从第一个采样点走到最后一个的步数"),
    "span": Text("each step is d pixels; the first pixel counts too", "每步 d 个像素，再加上第一个像素"),
}
MISTAKES = {
    "multiplies_kernel_by_dilation": (
        Text("multiplies the kernel by the dilation", "直接用卷积核乘以空洞率"),
        Text("Only the {kernel_size} − 1 steps between taps are stretched; after the last tap nothing follows.", "拉长的只是采样点之间的 {kernel_size} − 1 步，最后一个采样点之后没有间隔。"),
    ),
    "off_by_one_gaps": (
        Text("puts d empty pixels between neighbouring taps", "在相邻采样点之间插入了 d 个空像素"),
        Text("dilation={dilation} puts neighbouring taps d pixels apart, so d − 1 empty ones lie between them.", "dilation={dilation} 表示相邻采样点相距 d 个像素，中间只有 d − 1 个空位。"),
    ),
    "ignores_dilation": (
        Text("ignores the dilation", "没有考虑空洞率"),
        Text("The taps stay {kernel_size}, but they lie {dilation} pixels apart.", "采样点仍是 {kernel_size} 个，但彼此相距 {dilation} 个像素。"),
    ),
}  # fmt: skip


class EffectiveKernelInputs(Inputs):
    """One axis."""

    kernel_size: Size
    dilation: Size


def solve(i: EffectiveKernelInputs) -> Outputs:
    return {"effective_kernel_size": spread_kernel(i.kernel_size, i.dilation)}


def steps(i: EffectiveKernelInputs) -> Sequence[Step]:
    k, d = i.kernel_size, i.dilation
    span = spread_kernel(k, d)
    return [
        Step(STEPS["gaps"], rf"k-1 = {k}-1 = {k - 1}", k - 1),
        Step(STEPS["span"], rf"k_e = d(k-1)+1 = {d} \cdot {k - 1}+1 = {span}", span),
    ]


FAMILY = Family(
    id="effective_kernel_size",
    title=TITLE,
    inputs=EffectiveKernelInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "multiplies_kernel_by_dilation": lambda i: {"effective_kernel_size": i.dilation * i.kernel_size},
            "off_by_one_gaps": lambda i: {"effective_kernel_size": i.kernel_size + i.dilation * (i.kernel_size - 1)},
            "ignores_dilation": lambda i: {"effective_kernel_size": i.kernel_size} if i.dilation > 1 else {},
        },
    ),
    symbols={"kernel_size": "k", "dilation": "d"},
)
