"""Output channels of a detection head at one location, and of Fast R-CNN's two layers for one region.

Redmon & Farhadi 2018 (YOLOv3), section 2.3; Girshick 2015 (Fast R-CNN), section 2.1; Ren et al. 2015 (RPN), section 3.1.
"""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Count, Inputs, Size
from quizcnn.solvers.units import CHANNELS
from quizcnn.text import Text

TITLE = Text("Output channels of a detection head", "检测头的输出通道数")
CONVENTION = Text(
    "Channels of one location of one map, outputs of one region; classes without the background; YOLOv3, the RPN and Fast R-CNN as in their papers.",
    "通道数按一张特征图的一个位置计，输出数按一个候选区域计；类别数不含背景；YOLOv3、RPN、Fast R-CNN 按各自论文。",
)
OUTPUTS = {
    "channels": Output("integer", Text("channels of the head", "检测头通道数"), CHANNELS),
    "rcnn_scores": Output("integer", Text("scores of one region", "一个区域的类别得分数"), CHANNELS),
    "rcnn_deltas": Output("integer", Text("box values of one region", "一个区域的框回归值个数"), CHANNELS),
}
STEPS = {
    "each": Text("values of one anchor: box, objectness, classes", "一个 anchor 的值：框、目标性、类别"),
    "each_bare": Text("values of one anchor: box, classes", "一个 anchor 的值：框、类别"),
    "channels": Text("values of all anchors at a location", "一个位置上全部 anchor 的值"),
    "rcnn_scores": Text("one score a class, and one for the background", "每类一个得分，再加背景"),
    "rcnn_deltas": Text("four values for the box of each class", "每类的框各 4 个值"),
}
MISTAKES = {
    "forgets_objectness": (
        Text("forgets the objectness score", "漏了目标性得分"),
        Text("Beside the classes each anchor has one score for whether there is an object at all.", "除类别得分外，每个 anchor 还有一个是否有目标的得分。"),
    ),
    "forgets_anchors": (
        Text("forgets the anchors", "漏乘了 anchor 数"),
        Text("Each of the {anchors} anchors of a location has values of its own.", "一个位置上的 {anchors} 个 anchor 各有一套值。"),
    ),
    "forgets_box": (
        Text("forgets the box values", "漏了框的 4 个值"),
        Text("Each anchor also predicts the four values that move and resize it.", "每个 anchor 还要预测 4 个值来平移、缩放自己。"),
    ),
    "forgets_background": (
        Text("forgets the background class", "漏了背景类"),
        Text("A region may hold no object, so the softmax has one class more than the {classes}.", "候选区域可能没有目标，所以 softmax 比 {classes} 类多一个背景类。"),
    ),
    "one_box_for_all": (
        Text("predicts one box for all classes", "所有类别共用一个框"),
        Text("Fast R-CNN regresses a box of its own for each of the {classes} classes.", "Fast R-CNN 给 {classes} 个类别各回归一个框。"),
    ),
    "box_for_background": (
        Text("gives the background a box as well", "给背景也算了一个框"),
        Text("There is nothing to regress where there is no object.", "没有目标，就没有框可回归。"),
    ),
}  # fmt: skip


class HeadInputs(Inputs):
    """Anchors of one location; classes without the background."""

    anchors: Size
    classes: Count
    objectness: bool = True


def each(i: HeadInputs) -> int:
    """Values of one anchor."""
    return 4 + i.objectness + i.classes


def solve(i: HeadInputs) -> Outputs:
    return {"channels": i.anchors * each(i), "rcnn_scores": i.classes + 1, "rcnn_deltas": 4 * i.classes}


def steps(i: HeadInputs) -> Sequence[Step]:
    found, own = solve(i), each(i)
    terms = f"4+1+{i.classes}" if i.objectness else f"4+{i.classes}"
    symbols = "4+1+K" if i.objectness else "4+K"
    return [
        Step(STEPS["each" if i.objectness else "each_bare"], f"{symbols} = {terms} = {own}", own, "channels"),
        Step(STEPS["channels"], rf"A({symbols}) = {i.anchors} \cdot {own} = {found['channels']}", found["channels"], "channels"),
        Step(STEPS["rcnn_scores"], f"K+1 = {i.classes}+1 = {found['rcnn_scores']}", found["rcnn_scores"], "rcnn_scores"),
        Step(STEPS["rcnn_deltas"], rf"4K = 4 \cdot {i.classes} = {found['rcnn_deltas']}", found["rcnn_deltas"], "rcnn_deltas"),
    ]  # fmt: skip


FAMILY = Family(
    id="detection_head_channels",
    title=TITLE,
    inputs=HeadInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_objectness": lambda i: {"channels": i.anchors * (4 + i.classes)} if i.objectness else {},
            "forgets_anchors": lambda i: {"channels": each(i)} if i.anchors > 1 else {},
            "forgets_box": lambda i: {"channels": i.anchors * (each(i) - 4)},
            "forgets_background": lambda i: {"rcnn_scores": i.classes},
            "one_box_for_all": lambda i: {"rcnn_deltas": 4},
            "box_for_background": lambda i: {"rcnn_deltas": 4 * (i.classes + 1)},
        },
    ),
    symbols={"anchors": "A", "classes": "K"},
)
