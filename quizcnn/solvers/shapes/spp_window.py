"""Window and stride that spatial pyramid pooling takes for one level (He et al. 2014, SPP-net, section 2.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step, lead_to
from quizcnn.solvers.inputs import Inputs, Refusal, Size
from quizcnn.solvers.primitives import ceil_div, conv_size
from quizcnn.solvers.units import PIXELS
from quizcnn.solvers.values import whole
from quizcnn.text import Text

TITLE = Text("Window of a pyramid level", "空间金字塔池化的窗口")
CONVENTION = Text(
    "The rule of the SPP-net paper, one axis: window = ceil(a/n), stride = floor(a/n); sliding without padding, an incomplete last step is dropped.",
    "按 SPP-net 论文的规则，只看一个方向：窗口取 a/n 向上取整，步幅取 a/n 向下取整；滑动时不填充，最后不足一步舍去。",
)
OUTPUTS = {
    "kernel_size": Output("integer", Text("window", "窗口大小"), PIXELS),
    "stride": Output("integer", Text("stride", "步幅"), PIXELS),
    "out_size": Output("integer", Text("windows that fit", "实际得到的窗口数")),
}
STEPS = {
    "kernel_size": Text("window: the share of one bin, rounded up", "窗口：一个格子分到的像素，向上取整"),
    "stride": Text("stride: the same share, rounded down", "步幅：同一个数，向下取整"),
    "out_size": Text("windows: whole steps, and the first position", "窗口数：整步数，再加第一个位置"),
}
MISTAKES = {
    "both_floor": (
        Text("rounds the window down as well", "窗口也向下取整了"),
        Text("Windows of floor(a/n) would leave the rest of the {in_size} pixels unread, so the window is rounded up.", "窗口若向下取整，{in_size} 个像素会有一部分读不到，所以窗口要向上取整。"),
    ),
    "both_ceil": (
        Text("rounds the stride up as well", "步幅也向上取整了"),
        Text("A stride of ceil(a/n) could run out of pixels before {bins} windows are placed, so the stride is rounded down.", "步幅若向上取整，可能放不下 {bins} 个窗口，所以步幅要向下取整。"),
    ),
    "takes_bins_for_windows": (
        Text("takes the number of bins for granted", "直接认为窗口数等于格子数"),
        Text("The two roundings together can leave room for more windows than the {bins} wanted.", "两次取整之后，能放下的窗口可能多于想要的 {bins} 个。"),
    ),
}  # fmt: skip


class SppWindowInputs(Inputs):
    """One axis: pixels of the map, bins of the level."""

    in_size: Size
    bins: Size

    @model_validator(mode="after")
    def _enough(self) -> SppWindowInputs:
        if self.bins > self.in_size:
            raise Refusal("there are more bins than pixels", "bins", "in_size")
        return self


def slid(i: SppWindowInputs, kernel: int, stride: int) -> Outputs:
    """All outputs for this window and stride."""
    return {"kernel_size": kernel, "stride": stride, "out_size": conv_size(i.in_size, kernel, stride, 0, 1)}


def window(i: SppWindowInputs) -> tuple[int, int]:
    return ceil_div(i.in_size, i.bins), i.in_size // i.bins


def solve(i: SppWindowInputs) -> Outputs:
    return slid(i, *window(i))


def steps(i: SppWindowInputs) -> Sequence[Step]:
    a, n, (kernel, stride) = i.in_size, i.bins, window(i)
    out, steps_left = (
        conv_size(a, kernel, stride, 0, 1),
        rf"\left\lfloor \frac{{{a}-{kernel}}}{{{stride}}} \right\rfloor+1",
    )
    first = Step(
        STEPS["kernel_size"],
        rf"k = \left\lceil \frac{{a}}{{n}} \right\rceil = \left\lceil \frac{{{a}}}{{{n}}} \right\rceil = {kernel}",
        kernel,
    )
    second = Step(
        STEPS["stride"],
        rf"s = \left\lfloor \frac{{a}}{{n}} \right\rfloor = \left\lfloor \frac{{{a}}}{{{n}}} \right\rfloor = {stride}",
        stride,
    )
    last = Step(STEPS["out_size"], rf"\left\lfloor \frac{{a-k}}{{s}} \right\rfloor+1 = {steps_left} = {out}", out)
    return [*lead_to([first], "kernel_size"), *lead_to([second], "stride"), *lead_to([first, second, last], "out_size")]  # fmt: skip


def _mistake(slug: str, change: Callable[[int, int], tuple[int, int]], output: str) -> Mistake[SppWindowInputs]:
    """Another window and stride from the right ones, shown in ``output`` and in what follows."""

    def wrong(i: SppWindowInputs) -> Outputs:
        found = slid(i, *change(*window(i)))
        return {name: found[name] for name in (output, "out_size")} if i.in_size % i.bins else {}

    return Mistake(slug, *MISTAKES[slug], wrong)


FAMILY = Family(
    id="spp_window",
    title=TITLE,
    inputs=SppWindowInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _mistake("both_floor", lambda kernel, stride: (stride, stride), "kernel_size"),
        _mistake("both_ceil", lambda kernel, stride: (kernel, kernel), "stride"),
        Mistake("takes_bins_for_windows", *MISTAKES["takes_bins_for_windows"], lambda i: {"out_size": i.bins}),
    ),
    follow={"out_size": lambda i, own: conv_size(i.in_size, whole(own["kernel_size"]), whole(own["stride"]), 0, 1)},
    symbols={"in_size": "a", "bins": "n"},
)
