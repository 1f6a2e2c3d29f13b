"""Output height and width of a 2-D transposed convolution (torch.nn.ConvTranspose2d documentation, section Shape)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step
from quizcnn.solvers.inputs import CountPair, Inputs, Refusal, Size, SizePair
from quizcnn.solvers.primitives import conv_size, transposed_size
from quizcnn.solvers.units import PIXELS
from quizcnn.text import Text

TITLE = Text("Output size of a transposed convolution", "转置卷积的输出尺寸")
CONVENTION = Text(
    "PyTorch's nn.ConvTranspose2d; output_padding adds to one side of the output.",
    "按 PyTorch 的 nn.ConvTranspose2d 计算，output_padding 加在输出的一侧。",
)
OUTPUTS = {
    "out_height": Output("integer", Text("output height", "输出高"), PIXELS),
    "out_width": Output("integer", Text("output width", "输出宽"), PIXELS),
}
STEPS = {
    "span": (
        Text("rows that one stamped kernel covers", "一个像素盖出的卷积核覆盖的行数"),
        Text("columns that one stamped kernel covers", "一个像素盖出的卷积核覆盖的列数"),
    ),
    "full": (
        Text("rows that all stamps cover: the last starts (H − 1)s below the first", "全部覆盖的行数：最后一个比第一个低 (H − 1)s 行"),
        Text("columns that all stamps cover: the last starts (W − 1)s right of the first", "全部覆盖的列数：最后一个比第一个靠右 (W − 1)s 列"),
    ),
    "size": (
        Text("output height: cut the padding on both sides, add output_padding", "输出高：两侧裁去填充，再加 output_padding"),
        Text("output width: cut the padding on both sides, add output_padding", "输出宽：两侧裁去填充，再加 output_padding"),
    ),
}  # fmt: skip
MISTAKES = {
    "uses_forward_formula": (
        Text("uses the formula of the forward convolution", "用了普通卷积的公式"),
        Text("A transposed convolution goes the other way: it spreads the input by stride={stride}.", "转置卷积方向相反：它按 stride={stride} 把输入撑开。"),
    ),
    "adds_padding": (
        Text("adds the padding", "把填充加了上去"),
        Text("In a transposed convolution padding={padding} is cut from both sides of the output.", "转置卷积中 padding={padding} 是从输出两侧裁掉的。"),
    ),
    "forgets_output_padding": (
        Text("leaves out output_padding", "漏了 output_padding"),
        Text("output_padding={output_padding} adds so many rows and columns to the output.", "output_padding={output_padding} 会给输出再加上这么多行和列。"),
    ),
    "multiplies_n_instead_of_n_minus_one": (
        Text("multiplies the stride by n in place of n − 1", "步幅乘了 n 而不是 n − 1"),
        Text("Between n positions lie n − 1 steps.", "n 个位置之间只有 n − 1 步。"),
    ),
}  # fmt: skip


class TransposedShapeInputs(Inputs):
    """Sizes in pixels; the arguments per axis (height, width)."""

    in_height: Size
    in_width: Size
    kernel_size: SizePair
    stride: SizePair = (1, 1)
    padding: CountPair = (0, 0)
    output_padding: CountPair = (0, 0)
    dilation: SizePair = (1, 1)

    @model_validator(mode="after")
    def _fits(self) -> TransposedShapeInputs:
        for name, axis in zip(("in_height", "in_width"), axes(self), strict=True):
            _, _, s, _, extra, d = axis
            if extra >= max(s, d):
                what = f"output_padding must be below the larger of stride and dilation, {max(s, d)}, not {extra}"
                raise Refusal(what, "output_padding", "stride", "dilation")
            if transposed_size(*axis) < 1:
                raise Refusal(f"the output would have {transposed_size(*axis)} pixels", "padding", "kernel_size", name)
        return self


Axis = tuple[int, int, int, int, int, int]
"""n, k, s, p, output padding, d of one axis."""
Rule = Callable[[int, int, int, int, int, int], int | None]
"""A wrong output size of one axis, None where the rule changes nothing."""


def axes(i: TransposedShapeInputs) -> tuple[Axis, Axis]:
    pairs = (i.kernel_size, i.stride, i.padding, i.output_padding, i.dilation)
    (kh, kw), (sh, sw), (ph, pw), (eh, ew), (dh, dw) = pairs
    return (i.in_height, kh, sh, ph, eh, dh), (i.in_width, kw, sw, pw, ew, dw)


def solve(i: TransposedShapeInputs) -> Outputs:
    height, width = (transposed_size(*axis) for axis in axes(i))
    return {"out_height": height, "out_width": width}


def axis_steps(axis: Axis, which: int, output: str) -> list[Step]:
    n, k, s, p, extra, d = axis
    symbol, span, out = "HW"[which], d * (k - 1) + 1, transposed_size(*axis)
    full = (n - 1) * s + span
    covered = "k_e" if d > 1 else "k"
    lines = (
        [Step(STEPS["span"][which], rf"k_e = d(k-1)+1 = {d} \cdot ({k}-1)+1 = {span}", span, output)] if d > 1 else []
    )
    return [
        *lines,
        Step(STEPS["full"][which], rf"({symbol}-1)s+{covered} = ({n}-1) \cdot {s}+{span} = {full}", full, output),
        Step(
            STEPS["size"][which],
            rf"{symbol}_{{out}} = {full}-2p+p_{{out}} = {full}-2 \cdot {p}+{extra} = {out}",
            out,
            output,
        ),
    ]


def steps(i: TransposedShapeInputs) -> Sequence[Step]:
    height, width = axes(i)
    return axis_steps(height, 0, "out_height") + axis_steps(width, 1, "out_width")


def _mistake(slug: str, rule: Rule) -> Mistake[TransposedShapeInputs]:
    def wrong(i: TransposedShapeInputs) -> Outputs:
        sizes = (rule(*axis) for axis in axes(i))
        return {name: size for name, size in zip(OUTPUTS, sizes, strict=True) if size is not None}

    return Mistake(slug, *MISTAKES[slug], wrong)


FAMILY = Family(
    id="conv_transpose2d_output_shape",
    title=TITLE,
    inputs=TransposedShapeInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _mistake("uses_forward_formula", lambda n, k, s, p, extra, d: conv_size(n, k, s, p, d)),
        _mistake("adds_padding", lambda n, k, s, p, extra, d: transposed_size(n, k, s, -p, extra, d) if p else None),
        _mistake(
            "forgets_output_padding", lambda n, k, s, p, extra, d: transposed_size(n, k, s, p, 0, d) if extra else None
        ),
        _mistake(
            "multiplies_n_instead_of_n_minus_one",
            lambda n, k, s, p, extra, d: transposed_size(n + 1, k, s, p, extra, d),
        ),
    ),
    symbols={
        "in_height": "H",
        "in_width": "W",
        "kernel_size": "k",
        "stride": "s",
        "padding": "p",
        "output_padding": "p_{out}",
        "dilation": "d",
    },
)
