"""Channels that the offset branch of a deformable convolution predicts (Dai et al. 2017; v2: Zhu et al. 2019)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step, lead_to
from quizcnn.solvers.inputs import Inputs, Size, SizePair
from quizcnn.solvers.latex import product
from quizcnn.solvers.units import CHANNELS
from quizcnn.solvers.values import whole
from quizcnn.text import Text

TITLE = Text("Channels of the offset branch of a deformable convolution", "可变形卷积偏移分支的通道数")
CONVENTION = Text(
    "Every tap of every offset group has two offsets (dy, dx); the modulated form (v2) adds one mask value for each tap and group.",
    "每个偏移组的每个采样点有两个偏移量（dy、dx）；带调制的形式（v2）再给每个组的每个采样点一个掩码值。",
)
OUTPUTS = {
    "offset_channels": Output("integer", Text("offset channels", "偏移通道数"), CHANNELS),
    "mask_channels": Output("integer", Text("mask channels", "掩码通道数"), CHANNELS),
    "total": Output("integer", Text("channels in all", "通道总数"), CHANNELS),
}
STEPS = {
    "offset": Text("two coordinates for each tap and group", "每个组的每个采样点两个坐标"),
    "mask": Text("one mask value for each tap and group", "每个组的每个采样点一个掩码值"),
    "no_mask": Text("no mask without modulation", "不带调制就没有掩码"),
    "total": Text("offsets and masks", "偏移与掩码合计"),
}
MISTAKES = {
    "one_offset_per_kernel": (
        Text("predicts one offset for the whole kernel", "整个卷积核只给一个偏移"),
        Text("Every tap of the kernel moves by itself.", "卷积核的每个采样点各自移动。"),
    ),
    "one_coordinate": (
        Text("predicts one coordinate a tap", "每个采样点只给一个坐标"),
        Text("A tap moves in two directions, so it needs dy and dx.", "采样点在两个方向上移动，需要 dy 和 dx。"),
    ),
}


class DeformableInputs(Inputs):
    """Kernel per axis (height, width), groups of channels with offsets of their own, with masks or without."""

    kernel_size: SizePair
    offset_groups: Size = 1
    modulated: bool = False


def masks(i: DeformableInputs) -> int:
    return i.kernel_size[0] * i.kernel_size[1] * i.offset_groups


def counts(i: DeformableInputs, offsets: int) -> dict[str, int]:
    mask = masks(i) if i.modulated else 0
    return {"offset_channels": offsets, "mask_channels": mask, "total": offsets + mask}


def solve(i: DeformableInputs) -> Outputs:
    return {**counts(i, 2 * masks(i))}


def steps(i: DeformableInputs) -> Sequence[Step]:
    (kh, kw), g = i.kernel_size, i.offset_groups
    offsets, mask, total = counts(i, 2 * masks(i)).values()
    first = Step(STEPS["offset"], f"2 k_h k_w g = {product(2, kh, kw, g)} = {offsets}", offsets, "offset_channels")
    second = Step(STEPS["no_mask"], "m = 0", 0, "mask_channels")
    if i.modulated:
        second = Step(STEPS["mask"], f"k_h k_w g = {product(kh, kw, g)} = {mask}", mask, "mask_channels")
    last = Step(STEPS["total"], f"{offsets}+{mask} = {total}", total)
    return [first, second, *lead_to([first, second, last], "total")]


def _mistake(slug: str, offsets: Callable[[DeformableInputs], int]) -> Mistake[DeformableInputs]:
    def wrong(i: DeformableInputs) -> Outputs:
        found = counts(i, offsets(i))
        return {name: found[name] for name in ("offset_channels", "total")}

    return Mistake(slug, *MISTAKES[slug], wrong)


FAMILY = Family(
    id="deformable_conv_channels",
    title=TITLE,
    inputs=DeformableInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _mistake("one_offset_per_kernel", lambda i: 2 * i.offset_groups),
        _mistake("one_coordinate", masks),
    ),
    follow={"total": lambda i, own: whole(own["offset_channels"]) + whole(own["mask_channels"])},
    symbols={"kernel_size": "k", "offset_groups": "g"},
)
