"""The padding that keeps a map's size at stride 1 (torch.nn.Conv2d documentation, section Shape, solved for padding)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Inputs, Refusal, Size
from quizcnn.solvers.primitives import ceil_div, spread_kernel
from quizcnn.solvers.units import PIXELS
from quizcnn.text import Text

TITLE = Text("Padding that keeps the size", "保持尺寸不变的填充")
CONVENTION = Text(
    "Stride 1, the same padding on both sides of an axis, as in PyTorch's nn.Conv2d.",
    "步幅为 1，每个方向两侧填充相同，按 PyTorch 的 nn.Conv2d 计算。",
)
OUTPUTS = {"padding": Output("integer", Text("padding on each side", "每侧填充"), PIXELS)}
STEPS = {
    "span": Text("pixels that the spread kernel covers", "卷积核展开后覆盖的像素数"),
    "half": Text("it reaches this far to either side of its centre", "从中心到两侧各伸出的像素数"),
}
MISTAKES = {
    "half_kernel_rounded_up": (
        Text("takes half the kernel, rounded up", "取了卷积核的一半并向上取整"),
        Text("The centre tap needs no padding: d(k − 1) pixels are missing in all, half of them on each side.", "中心的采样点不需要填充：一共缺 d(k − 1) 个像素，两侧各一半。"),
    ),
    "ignores_dilation": (
        Text("ignores the dilation", "没有考虑空洞率"),
        Text("dilation={dilation} widens the {kernel_size} taps to d(k − 1) + 1 pixels.", "dilation={dilation} 把 {kernel_size} 个采样点拉开到 d(k − 1) + 1 个像素。"),
    ),
    "pads_the_total": (
        Text("pads each side with what both need together", "把两侧的总填充算到了每一侧"),
        Text("Padding is added on both sides, so each takes half of the missing d(k − 1) pixels.", "填充加在两侧，缺的 d(k − 1) 个像素每侧补一半。"),
    ),
}  # fmt: skip


class SamePaddingInputs(Inputs):
    """One axis."""

    kernel_size: Size
    dilation: Size = 1

    @model_validator(mode="after")
    def _has_a_centre(self) -> SamePaddingInputs:
        if missing(self) % 2:
            span = spread_kernel(self.kernel_size, self.dilation)
            what = f"the kernel covers {span} pixels, an even number; no padding alike on both sides keeps the size"
            raise Refusal(what, "kernel_size", *(["dilation"] if self.dilation > 1 else []))
        return self


def missing(i: SamePaddingInputs) -> int:
    """Pixels by which the output would be smaller without padding."""
    return spread_kernel(i.kernel_size, i.dilation) - 1


def solve(i: SamePaddingInputs) -> Outputs:
    return {"padding": missing(i) // 2}


def steps(i: SamePaddingInputs) -> Sequence[Step]:
    k, d = i.kernel_size, i.dilation
    span, padding = spread_kernel(k, d), missing(i) // 2
    return [
        Step(STEPS["span"], rf"k_e = d(k-1)+1 = {d} \cdot ({k}-1)+1 = {span}", span),
        Step(STEPS["half"], rf"p = \frac{{k_e-1}}{{2}} = \frac{{{span}-1}}{{2}} = {padding}", padding),
    ]


FAMILY = Family(
    id="same_padding",
    title=TITLE,
    inputs=SamePaddingInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(MISTAKES, {
        "half_kernel_rounded_up": lambda i: {"padding": ceil_div(i.kernel_size, 2)},
        "ignores_dilation": lambda i: {"padding": (i.kernel_size - 1) // 2} if i.dilation > 1 else {},
        "pads_the_total": lambda i: {"padding": missing(i)},
    }),
    symbols={"kernel_size": "k", "dilation": "d"},
)  # fmt: skip
