"""One axis of RoI Pooling beside RoI Align: where sizes are cut to whole cells (Girshick 2015; He et al. 2017)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, NonNegative, Size
from quizcnn.solvers.notation import given, line, near
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("Bins of RoI Pooling and RoI Align", "RoI Pooling 与 RoI Align 的分格")
CONVENTION = Text(
    "One axis. RoI Pooling floors the size on the feature map and then the size of a bin; RoI Align floors nothing.",
    "只看一个方向。RoI Pooling 先对特征图上的尺寸向下取整，再对每格的尺寸向下取整；RoI Align 都不取整。",
)
LABELS = {
    "exact_size": Text("size on the feature map", "特征图上的尺寸"),
    "quantized_size": Text("size on the map, floored", "取整后的尺寸"),
    "exact_bin": Text("size of a bin before the second floor", "第二次取整前每格的尺寸"),
    "quantized_bin": Text("size of a bin of RoI Pooling", "RoI Pooling 每格的尺寸"),
    "align_bin": Text("size of a bin of RoI Align", "RoI Align 每格的尺寸"),
}
STEPS = {
    "exact_size": Text("pixels over the stride", "像素除以步幅"),
    "quantized_size": Text("first floor", "第一次取整"),
    "exact_bin": Text("shared out among the bins", "平分给各格"),
    "quantized_bin": Text("second floor", "第二次取整"),
    "align_bin": Text("nothing is floored", "不取整"),
}
MISTAKES = {
    "rounds_to_nearest": (
        Text("rounds to the nearest cell", "四舍五入到最近的格"),
        Text("RoI Pooling here cuts off, it does not round.", "这里 RoI Pooling 是舍去，不是四舍五入。"),
    ),
    "quantizes_once": (
        Text("leaves out the second floor", "漏了第二次取整"),
        Text("The bins are cut to whole cells as well.", "每格的尺寸也要取整。"),
    ),
    "quantizes_align": (
        Text("floors for RoI Align too", "RoI Align 也取了整"),
        Text("RoI Align keeps the real size and samples between cells.", "RoI Align 保留实数尺寸，在格点之间采样。"),
    ),
}  # fmt: skip


class BinInputs(Inputs):
    """A RoI's size in pixels, the feature map's stride, how many bins."""

    roi_size: NonNegative
    feature_stride: Size
    pooled_size: Size


def sized(i: BinInputs) -> Fraction:
    return exact(i.roi_size) / i.feature_stride


def solve(i: BinInputs) -> Outputs:
    size = sized(i)
    whole = math.floor(size)
    return {
        "exact_size": float(size),
        "quantized_size": whole,
        "exact_bin": float(Fraction(whole, i.pooled_size)),
        "quantized_bin": whole // i.pooled_size,
        "align_bin": float(size / i.pooled_size),
    }


def steps(i: BinInputs) -> Sequence[Step]:
    found = solve(i)
    size, whole = float(sized(i)), math.floor(sized(i))
    first = Step(STEPS["exact_size"], line("s", rf"\frac{{{given(i.roi_size)}}}{{{i.feature_stride}}}", size), size)
    second = Step(
        STEPS["quantized_size"],
        rf"q = \lfloor \frac{{{given(i.roi_size)}}}{{{i.feature_stride}}} \rfloor = {whole}",
        whole,
    )
    bin_size = float(str(found["exact_bin"]))
    third = Step(STEPS["exact_bin"], line("b", rf"\frac{{{whole}}}{{{i.pooled_size}}}", bin_size), bin_size)
    fourth = Step(
        STEPS["quantized_bin"],
        rf"B = \lfloor \frac{{{whole}}}{{{i.pooled_size}}} \rfloor = {found['quantized_bin']}",
        found["quantized_bin"],
    )
    aligned = float(str(found["align_bin"]))
    last = Step(
        STEPS["align_bin"], line("a", rf"\frac{{{near(size, 8)}}}{{{i.pooled_size}}}", aligned, rough=True), aligned
    )
    return [
        *lead_to([first], "exact_size"),
        *lead_to([first, second], "quantized_size"),
        *lead_to([first, second, third], "exact_bin"),
        *lead_to([first, second, fourth], "quantized_bin"),
        *lead_to([first, last], "align_bin"),
    ]


def _nearest(i: BinInputs) -> Outputs:
    whole = math.floor(sized(i) + Fraction(1, 2))
    return {
        "quantized_size": whole,
        "exact_bin": float(Fraction(whole, i.pooled_size)),
        "quantized_bin": whole // i.pooled_size,
    }


def _once(i: BinInputs) -> Outputs:
    return {"quantized_bin": float(Fraction(math.floor(sized(i)), i.pooled_size))}


def _aligned(i: BinInputs) -> Outputs:
    return {"align_bin": float(Fraction(math.floor(sized(i)), i.pooled_size))}


FAMILY = Family(
    id="roi_pool_bins",
    title=TITLE,
    inputs=BinInputs,
    outputs={
        name: Output("integer" if name.startswith("quantized") else "real", label) for name, label in LABELS.items()
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "rounds_to_nearest": _nearest,
            "quantizes_once": _once,
            "quantizes_align": _aligned,
        },
    ),
    symbols={"roi_size": "R", "feature_stride": "S", "pooled_size": "P"},
)
