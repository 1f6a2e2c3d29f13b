"""Output depth, height and width of a 3-D convolution (torch.nn.Conv3d documentation, section Shape)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import CountTriple, Inputs, Size, SizeTriple
from quizcnn.solvers.primitives import conv_size
from quizcnn.solvers.units import PIXELS
from quizcnn.solvers.windows import Axis, Which, axis_steps, check_window
from quizcnn.text import Text

TITLE = Text("Output size of a 3-D convolution", "三维卷积的输出尺寸")
CONVENTION = Text(
    "PyTorch's nn.Conv3d: depth counts frames, triples are (depth, height, width); an incomplete last step is dropped (floor).",
    "按 PyTorch 的 nn.Conv3d 计算：深度指帧数，三元组的顺序是（深度、高、宽），最后不足一步舍去（向下取整）。",
)
OUTPUTS = {
    "out_depth": Output("integer", Text("output depth (frames)", "输出深度（帧数）"), ("frames", "frame", "帧")),
    "out_height": Output("integer", Text("output height", "输出高"), PIXELS),
    "out_width": Output("integer", Text("output width", "输出宽"), PIXELS),
}
MISTAKES = {
    "keeps_depth": (
        Text("keeps the number of frames", "沿用了输入的帧数"),
        Text("The kernel moves along time as well, by the same rule as along height and width.", "卷积核沿时间方向也要滑动，规则与高、宽方向相同。"),
    ),
    "forgets_plus_one": (
        Text("leaves out the + 1", "漏了最后的 + 1"),
        Text("The kernel already has one position before it takes its first step.", "卷积核还没移动时就已经占了一个位置。"),
    ),
    "ignores_padding": (
        Text("ignores the padding", "没有考虑填充"),
        Text("padding={padding} lets the kernel start before the first element and end after the last.", "padding={padding} 让卷积核能从第一个元素之前开始，到最后一个元素之后结束。"),
    ),
}  # fmt: skip


class Conv3dShapeInputs(Inputs):
    """Frames, and sizes in pixels; kernel_size, stride, padding, dilation per axis (depth, height, width)."""

    in_depth: Size
    in_height: Size
    in_width: Size
    kernel_size: SizeTriple
    stride: SizeTriple = (1, 1, 1)
    padding: CountTriple = (0, 0, 0)
    dilation: SizeTriple = (1, 1, 1)

    @model_validator(mode="after")
    def _fits(self) -> Conv3dShapeInputs:
        for name, axis in zip(("in_depth", "in_height", "in_width"), axes(self), strict=True):
            check_window(axis, name)
        return self


WHICH: tuple[Which, ...] = ("D", "H", "W")


def axes(i: Conv3dShapeInputs) -> list[Axis]:
    sizes = (i.in_depth, i.in_height, i.in_width)
    return list(zip(sizes, i.kernel_size, i.stride, i.padding, i.dilation, strict=True))


def solve(i: Conv3dShapeInputs) -> Outputs:
    return {name: conv_size(*axis) for name, axis in zip(OUTPUTS, axes(i), strict=True)}


def steps(i: Conv3dShapeInputs) -> Sequence[Step]:
    each = zip(axes(i), WHICH, OUTPUTS, strict=True)
    return [step for axis, which, output in each for step in axis_steps(axis, which, output)]


def _forgets_plus_one(i: Conv3dShapeInputs) -> Outputs:
    return {name: conv_size(*axis) - 1 for name, axis in zip(OUTPUTS, axes(i), strict=True)}


def _ignores_padding(i: Conv3dShapeInputs) -> Outputs:
    bare = [(name, n, k, s, p, d) for name, (n, k, s, p, d) in zip(OUTPUTS, axes(i), strict=True)]
    return {name: conv_size(n, k, s, 0, d) for name, n, k, s, p, d in bare if p}


FAMILY = Family(
    id="conv3d_output_shape",
    title=TITLE,
    inputs=Conv3dShapeInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(MISTAKES, {
        "keeps_depth": lambda i: {"out_depth": i.in_depth},
        "forgets_plus_one": _forgets_plus_one,
        "ignores_padding": _ignores_padding,
    }),
    symbols={
        "in_depth": "D", "in_height": "H", "in_width": "W", "kernel_size": "k", "stride": "s", "padding": "p", "dilation": "d",
    },
)  # fmt: skip
