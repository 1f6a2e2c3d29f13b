"""Output size and padding of a convolution under "same" padding, one axis (TensorFlow, Keras: padding="same")."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Size
from quizcnn.solvers.primitives import same_padding, same_size
from quizcnn.solvers.units import PIXELS
from quizcnn.solvers.values import Value, whole
from quizcnn.text import Text

TITLE = Text('Output size and padding under "same"', "same 填充下的输出尺寸与填充量")
CONVENTION = Text(
    'TensorFlow and Keras padding="same"; of an odd number of padded pixels the extra one goes after.',
    '按 TensorFlow / Keras 的 padding="same" 计算，填充总数为奇数时多出的一个像素补在后面。',
)
OUTPUTS = {
    "out_size": Output("integer", Text("output size", "输出尺寸"), PIXELS),
    "pad_total": Output("integer", Text("pixels added in all", "填充总像素数"), PIXELS),
    "pad_before": Output("integer", Text("pixels added before", "前侧填充像素数"), PIXELS),
    "pad_after": Output("integer", Text("pixels added after", "后侧填充像素数"), PIXELS),
}
STEPS = {
    "out_size": Text("output size: one position for every stride begun", "输出尺寸：每开始一个步幅就有一个位置"),
    "pad_total": Text("pixels that the last window lacks", "最后一个窗口还缺的像素数"),
    "pad_before": Text("before: half of them, rounded down", "前侧：取一半，向下取整"),
    "pad_after": Text("after: the rest", "后侧：其余部分"),
}
MISTAKES = {
    "rounds_down": (
        Text("rounds down", "做了向下取整"),
        Text("Same padding adds what the last window lacks, so a stride that is only begun counts: n/s is rounded up.", "same 填充会把最后一个窗口缺的部分补上，所以不足一步也算一步：n/s 向上取整。"),
    ),
    "uses_symmetric_half_kernel_padding": (
        Text("pads half the kernel on both sides", "两侧都填充了半个卷积核"),
        Text("That is PyTorch's habit at stride 1; same padding adds only what the last window lacks.", "那是 PyTorch 在步幅 1 时的习惯做法，same 填充只补最后一个窗口缺的像素。"),
    ),
    "keeps_input_size_whatever_the_stride": (
        Text("keeps the input size whatever the stride", "不管步幅多大都保持输入尺寸"),
        Text("Same padding keeps the size at stride 1 only; stride={stride} divides it.", "same 填充只在步幅为 1 时保持尺寸，stride={stride} 会把尺寸除下来。"),
    ),
    "odd_pixel_before": (
        Text("puts the odd pixel before", "把多出的一个像素补在了前面"),
        Text("TensorFlow and Keras put the odd pixel after.", "TensorFlow 和 Keras 把多出的像素补在后面。"),
    ),
}  # fmt: skip


class SameInputs(Inputs):
    """One axis, sizes in pixels."""

    in_size: Size
    kernel_size: Size
    stride: Size = 1
    dilation: Size = 1


def padded(i: SameInputs, out: int) -> Outputs:
    """All outputs for an output size."""
    total = same_padding(i.in_size, i.kernel_size, i.stride, i.dilation, out)
    return {"out_size": out, **split(total)}


def split(total: int) -> Outputs:
    return {"pad_total": total, "pad_before": total // 2, "pad_after": total - total // 2}


def solve(i: SameInputs) -> Outputs:
    return padded(i, same_size(i.in_size, i.stride))


def steps(i: SameInputs) -> Sequence[Step]:
    n, k, s, d, out = i.in_size, i.kernel_size, i.stride, i.dilation, same_size(i.in_size, i.stride)
    total = same_padding(n, k, s, d, out)
    before = total // 2
    size = Step(
        STEPS["out_size"],
        rf"\left\lceil \frac{{n}}{{s}} \right\rceil = \left\lceil \frac{{{n}}}{{{s}}} \right\rceil = {out}",
        out,
    )
    lack = rf"\max(({out}-1) \cdot {s}+{d} \cdot ({k}-1)+1-{n}, 0)"
    pad = Step(STEPS["pad_total"], rf"P = \max((n_{{out}}-1)s+d(k-1)+1-n, 0) = {lack} = {total}", total)
    half = rf"\left\lfloor \frac{{P}}{{2}} \right\rfloor = \left\lfloor \frac{{{total}}}{{2}} \right\rfloor = {before}"
    first = Step(STEPS["pad_before"], half, before)
    rest = Step(STEPS["pad_after"], rf"P-{before} = {total}-{before} = {total - before}", total - before)
    return [
        *lead_to([size], "out_size"),
        *lead_to([size, pad], "pad_total"),
        *lead_to([size, pad, first], "pad_before"),
        *lead_to([size, pad, first, rest], "pad_after"),
    ]


def _half_kernel(i: SameInputs) -> Outputs:
    return split(2 * (i.kernel_size // 2))


def _odd_before(i: SameInputs) -> Outputs:
    total = same_padding(i.in_size, i.kernel_size, i.stride, i.dilation, same_size(i.in_size, i.stride))
    return {"pad_before": total - total // 2, "pad_after": total // 2} if total % 2 else {}


def _total_from_size(i: SameInputs, own: Outputs) -> Value:
    return same_padding(i.in_size, i.kernel_size, i.stride, i.dilation, whole(own["out_size"]))


FAMILY = Family(
    id="conv2d_same_output",
    title=TITLE,
    inputs=SameInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "rounds_down": lambda i: padded(i, i.in_size // i.stride) if i.in_size % i.stride else {},
            "uses_symmetric_half_kernel_padding": _half_kernel,
            "keeps_input_size_whatever_the_stride": lambda i: padded(i, i.in_size) if i.stride > 1 else {},
            "odd_pixel_before": _odd_before,
        },
    ),
    follow={
        "pad_total": _total_from_size,
        "pad_before": lambda i, own: whole(own["pad_total"]) // 2,
        "pad_after": lambda i, own: whole(own["pad_total"]) - whole(own["pad_before"]),
    },
    symbols={"in_size": "n", "kernel_size": "k", "stride": "s", "dilation": "d"},
)
