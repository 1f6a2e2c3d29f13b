"""Output height and width of 2-D pooling (torch.nn.MaxPool2d documentation, section Shape)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step
from quizcnn.solvers.inputs import CountPair, Inputs, Refusal, Size, SizePair
from quizcnn.solvers.primitives import ceil_div, conv_size, conv_size_up, pool_size
from quizcnn.solvers.units import PIXELS
from quizcnn.text import Text

TITLE = Text("Output size of pooling", "池化的输出尺寸")
CONVENTION = Text(
    "PyTorch's nn.MaxPool2d and nn.AvgPool2d: stride defaults to kernel_size; an incomplete last step is dropped unless ceil_mode=True, "
    "and even then its window must start inside the input or its left padding.",
    "按 PyTorch 的 nn.MaxPool2d、nn.AvgPool2d 计算：stride 默认等于 kernel_size；最后不足一步舍去，ceil_mode=True 时保留，但该窗口的起点必须在输入或左侧填充之内。",
)
OUTPUTS = {
    "out_height": Output("integer", Text("output height", "输出高"), PIXELS),
    "out_width": Output("integer", Text("output width", "输出宽"), PIXELS),
}
STEPS = {
    "span": (
        Text("rows that the spread window covers", "窗口展开后覆盖的行数"),
        Text("columns that the spread window covers", "窗口展开后覆盖的列数"),
    ),
    "room": (
        Text("rows the window can still move down", "窗口还能向下移动的行数"),
        Text("columns the window can still move right", "窗口还能向右移动的列数"),
    ),
    "floor": (
        Text("output height: whole steps, and the first position", "输出高：整步数，再加第一个位置"),
        Text("output width: whole steps, and the first position", "输出宽：整步数，再加第一个位置"),
    ),
    "ceil": (
        Text("height with the last step rounded up (ceil_mode)", "高：最后一步向上取整（ceil_mode）"),
        Text("width with the last step rounded up (ceil_mode)", "宽：最后一步向上取整（ceil_mode）"),
    ),
    "outside": (
        Text("the last window would start below the input", "最后一个窗口的起点已在输入下方之外"),
        Text("the last window would start right of the input", "最后一个窗口的起点已在输入右侧之外"),
    ),
    "dropped": (
        Text("output height: that window is dropped", "输出高：去掉这个窗口"),
        Text("output width: that window is dropped", "输出宽：去掉这个窗口"),
    ),
}
MISTAKES = {
    "forgets_plus_one": (
        Text("leaves out the + 1", "漏了最后的 + 1"),
        Text("The window already has one position before it takes its first step.", "窗口还没移动时就已经占了一个位置。"),
    ),
    "stride_one_by_default": (
        Text("takes a stride of 1", "把步幅当成了 1"),
        Text("Where stride is not given, pooling steps by its kernel_size={kernel_size}.", "没有给出 stride 时，池化的步幅等于 kernel_size={kernel_size}。"),
    ),
    "ceil_instead_of_floor": (
        Text("rounds up, as ceil_mode=True would", "按 ceil_mode=True 做了向上取整"),
        Text("ceil_mode is off, so an incomplete last step is dropped.", "ceil_mode 没有打开，最后不足一步要舍去。"),
    ),
    "keeps_window_outside_the_input": (
        Text("keeps a window that starts outside the input", "保留了起点在输入之外的窗口"),
        Text("With ceil_mode the last window must start inside the input or its left padding; this one reads padding only.", "ceil_mode 下最后一个窗口的起点必须在输入或左侧填充之内，这个窗口只读到填充。"),
    ),
}  # fmt: skip


class PoolShapeInputs(Inputs):
    """Sizes in pixels; kernel_size, stride, padding, dilation per axis (height, width)."""

    in_height: Size
    in_width: Size
    kernel_size: SizePair
    stride: SizePair | None = None
    padding: CountPair = (0, 0)
    dilation: SizePair = (1, 1)
    ceil_mode: bool = False

    @model_validator(mode="after")
    def _fits(self) -> PoolShapeInputs:
        for name, (n, k, s, p, d) in zip(("in_height", "in_width"), axes(self), strict=True):
            if p > k // 2:
                raise Refusal(f"padding may be at most half the kernel, {k // 2}, not {p}", "padding", "kernel_size")
            if pool_size(n, k, s, p, d, self.ceil_mode) < 1:
                what = f"the window covers {d * (k - 1) + 1} pixels, the padded input has {n + 2 * p}"
                raise Refusal(what, "kernel_size", *(["dilation"] if d > 1 else []), name)
        return self


Axis = tuple[int, int, int, int, int]
"""n, k, s, p, d of one axis."""
Rule = Callable[[int, int, int, int, int], int | None]
"""A wrong output size of one axis, None where the rule does not apply."""


def axes(i: PoolShapeInputs) -> tuple[Axis, Axis]:
    (kh, kw), (sh, sw), (ph, pw), (dh, dw) = i.kernel_size, i.stride or i.kernel_size, i.padding, i.dilation
    return (i.in_height, kh, sh, ph, dh), (i.in_width, kw, sw, pw, dw)


def solve(i: PoolShapeInputs) -> Outputs:
    height, width = (pool_size(*axis, i.ceil_mode) for axis in axes(i))
    return {"out_height": height, "out_width": width}


def axis_steps(i: PoolShapeInputs, axis: Axis, which: int, output: str) -> list[Step]:
    n, k, _, p, d = axis
    symbol, span = "HW"[which], d * (k - 1) + 1
    room = n + 2 * p - span
    covered = "k_e" if d > 1 else "k"
    lines = (
        [Step(STEPS["span"][which], rf"k_e = d(k-1)+1 = {d} \cdot ({k}-1)+1 = {span}", span, output)] if d > 1 else []
    )
    lines.append(Step(STEPS["room"][which], rf"{symbol}+2p-{covered} = {n}+2 \cdot {p}-{span} = {room}", room, output))
    return lines + (ceil_steps if i.ceil_mode else floor_steps)(axis, which, room, output)


def floor_steps(axis: Axis, which: int, room: int, output: str) -> list[Step]:
    s, out = axis[2], conv_size(*axis)
    whole = rf"\left\lfloor \frac{{{room}}}{{{s}}} \right\rfloor+1"
    return [Step(STEPS["floor"][which], rf"{'HW'[which]}_{{out}} = {whole} = {room // s}+1 = {out}", out, output)]


def ceil_steps(axis: Axis, which: int, room: int, output: str) -> list[Step]:
    n, _, s, p, _ = axis
    up, out, symbol = conv_size_up(*axis), pool_size(*axis, True), "HW"[which]
    begun = rf"\left\lceil \frac{{{room}}}{{{s}}} \right\rceil+1"
    lines = [Step(STEPS["ceil"][which], rf"{symbol}_{{out}} = {begun} = {ceil_div(room, s)}+1 = {up}", up, output)]
    if out == up:
        return lines
    start = rf"({up}-1) \cdot {s} = {(up - 1) * s} \ge {n}+{p} = {n + p}"
    return [
        *lines,
        Step(STEPS["outside"][which], start, n + p, output),
        Step(STEPS["dropped"][which], rf"{symbol}_{{out}} = {up}-1 = {out}", out, output),
    ]


def steps(i: PoolShapeInputs) -> Sequence[Step]:
    height, width = axes(i)
    return axis_steps(i, height, 0, "out_height") + axis_steps(i, width, 1, "out_width")


def _mistake(
    slug: str, applies: Callable[[PoolShapeInputs], bool], rule: Rule, *, convention: bool = False
) -> Mistake[PoolShapeInputs]:
    def wrong(i: PoolShapeInputs) -> Outputs:
        sizes = zip(OUTPUTS, (rule(*axis) for axis in axes(i)), strict=True) if applies(i) else ()
        return {name: size for name, size in sizes if size is not None}

    return Mistake(slug, *MISTAKES[slug], wrong, convention)


def _stride_one(i: PoolShapeInputs) -> Outputs:
    if i.stride is not None:
        return {}
    sizes = (pool_size(n, k, 1, p, d, i.ceil_mode) for n, k, _, p, d in axes(i))
    return dict(zip(OUTPUTS, sizes, strict=True))


def _kept(n: int, k: int, s: int, p: int, d: int) -> int | None:
    up = conv_size_up(n, k, s, p, d)
    return up if up != pool_size(n, k, s, p, d, True) else None


FAMILY = Family(
    id="pool2d_output_shape",
    title=TITLE,
    inputs=PoolShapeInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _mistake("forgets_plus_one", lambda i: True, lambda n, k, s, p, d: conv_size(n, k, s, p, d) - 1),
        Mistake("stride_one_by_default", *MISTAKES["stride_one_by_default"], _stride_one),
        _mistake("ceil_instead_of_floor", lambda i: not i.ceil_mode, conv_size_up, convention=True),
        _mistake("keeps_window_outside_the_input", lambda i: i.ceil_mode, _kept),
    ),
    symbols={"in_height": "H", "in_width": "W", "kernel_size": "k", "stride": "s", "padding": "p", "dilation": "d"},
)
