"""Pixel accuracy, IoU and Dice of each class, and mean IoU of a segmentation (Long et al. 2015, section 5; sklearn.metrics.jaccard_score)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.confusion import Confusion, Counts, check_confusion
from quizcnn.solvers.decimals import WIDE, nearest_number
from quizcnn.solvers.inputs import Inputs
from quizcnn.solvers.latex import fraction
from quizcnn.solvers.notation import GUARDED, MOST_TERMS, line, list_line, near, total
from quizcnn.solvers.values import Value, rational
from quizcnn.text import Text

TITLE = Text("Segmentation metrics", "语义分割指标")
CONVENTION = Text(
    "Rows are the true classes, columns the predicted ones, counts are pixels. A class absent from truth and prediction has no IoU and no Dice (none) and is left out of the mean.",
    "行是真实类别，列是预测类别，以像素计。真值与预测中都没有的类别没有 IoU 和 Dice（填 none），也不参与平均。",
)
OUTPUTS = {
    "pixel_accuracy": Output("real", Text("pixel accuracy", "像素准确率")),
    "class_iou": Output("list", Text("IoU of each class", "各类 IoU"), elements="real"),
    "mean_iou": Output("real", Text("mean IoU", "平均交并比 mIoU")),
    "class_dice": Output("list", Text("Dice of each class", "各类 Dice"), elements="real"),
}
STEPS = {
    "accuracy": Text("the diagonal among all pixels", "对角线之和占全部像素的比例"),
    "iou": Text("class {place}: intersection over union of truth and prediction", "类别 {place}：真值与预测的交集除以并集"),
    "dice": Text("class {place}: twice the intersection over the sum of both", "类别 {place}：两倍交集除以两者之和"),
    "absent": Text("absent from truth and prediction, left out: {classes}", "真值与预测中都没有，不计：{classes}"),
    "mean": Text("mean over the classes that occur", "对出现过的类别取平均"),
    "list": Text("in the order of the classes", "按类别顺序写出"),
}  # fmt: skip
MISTAKES = {
    "dice_for_iou": (
        Text("gives Dice for the IoU", "把 Dice 当成了 IoU"),
        Text("Dice counts the intersection twice above and below; the IoU of the same class is lower unless it is 0 or 1.", "Dice 的分子分母都把交集算了两次；除非为 0 或 1，同一类的 IoU 更低。"),
    ),
    "counts_true_positives_twice": (
        Text("divides by the sum of row and column", "除以了行和与列和之和"),
        Text("Row and column both hold the diagonal cell; the union counts it once.", "行和与列和都含对角线上的格子，并集只算一次。"),
    ),
    "recall_for_iou": (
        Text("divides by the true pixels alone", "只除以真实像素数"),
        Text("That is recall: pixels wrongly given to the class must lower its IoU as well.", "那是召回率；误判为该类的像素也应拉低它的 IoU。"),
    ),
    "absent_class_as_zero": (
        Text("lets absent classes count as 0", "没有出现的类别也按 0 计入"),
        Text("A class in neither truth nor prediction has no IoU; the mean runs over the others.", "真值和预测中都没有的类别没有 IoU，平均只对其余类别取。"),
    ),
    "accuracy_for_mean_iou": (
        Text("gives the pixel accuracy", "给出的是像素准确率"),
        Text("Pixel accuracy follows the large classes; mean IoU gives every class the same weight.", "像素准确率由大类主导，mIoU 让各类权重相同。"),
    ),
}  # fmt: skip
LINES = 12
Part = tuple[int, int]
"""Numerator and denominator; a denominator of 0 is that of a class that does not occur."""


class SegmentationInputs(Inputs):
    """Pixels by true class (row) and predicted class (column)."""

    confusion: Confusion

    @model_validator(mode="after")
    def _fits(self) -> SegmentationInputs:
        check_confusion(self.confusion, "pixels")
        return self


def by_class(i: SegmentationInputs, rule: Callable[[int, int, int], Part]) -> list[Part]:
    """The rule over (true positives, row sum, column sum) of each class."""
    counts = Counts.of(i.confusion)
    return [rule(*parts) for parts in zip(counts.right, counts.rows, counts.columns, strict=True)]


def iou(tp: int, row: int, column: int) -> Part:
    return tp, row + column - tp


def dice(tp: int, row: int, column: int) -> Part:
    return 2 * tp, row + column


def ratio(part: Part) -> Decimal:
    return WIDE.divide(Decimal(part[0]), Decimal(part[1]))


def values(parts: Sequence[Part]) -> tuple[float | None, ...]:
    return tuple(float(ratio(part)) if part[1] else None for part in parts)


def mean(parts: Sequence[Part], *, absent: bool = False) -> float:
    """Over the classes that occur, or with ``absent`` over all of them."""
    whole = Decimal(0)
    for part in parts:
        whole = WIDE.add(whole, ratio(part) if part[1] else Decimal(0))
    return float(WIDE.divide(whole, Decimal(len(parts) if absent else sum(part[1] > 0 for part in parts))))


def accuracy(i: SegmentationInputs) -> float:
    counts = Counts.of(i.confusion)
    return float(ratio((sum(counts.right), counts.everything)))


def solve(i: SegmentationInputs) -> Outputs:
    parts = by_class(i, iou)
    return {
        "pixel_accuracy": accuracy(i),
        "class_iou": values(parts),
        "mean_iou": mean(parts),
        "class_dice": values(by_class(i, dice)),
    }


def steps(i: SegmentationInputs) -> Sequence[Step]:
    counts, parts, doubled = Counts.of(i.confusion), by_class(i, iou), by_class(i, dice)
    top = total(map(str, counts.right)) or str(sum(counts.right))
    share = line("A", fraction(top, counts.everything), accuracy(i))
    each = _class_steps(counts, "iou", parts)
    return [
        Step(STEPS["accuracy"], share, accuracy(i), "pixel_accuracy"),
        *lead_to([*each, _list_step("J", parts)], "class_iou"),
        *lead_to([*each, *_absent_steps(parts), _mean_step(parts)], "mean_iou"),
        *lead_to([*_class_steps(counts, "dice", doubled), _list_step("D", doubled)], "class_dice"),
    ]


def _class_steps(counts: Counts, name: str, parts: Sequence[Part]) -> list[Step]:
    if len(parts) > LINES:
        return []
    lines = []
    for place, part in enumerate(parts):
        if part[1]:
            tp, sizes = counts.right[place], f"{counts.rows[place]}+{counts.columns[place]}"
            quotient = fraction(tp, f"{sizes}-{tp}") if name == "iou" else fraction(rf"2 \cdot {tp}", sizes)
            symbol = f"{'J' if name == 'iou' else 'D'}_{{{place}}}"
            caption = Text(STEPS[name].en.format(place=place), STEPS[name].zh.format(place=place))
            value = float(ratio(part))
            lines.append(Step(caption, line(symbol, quotient, value), value))
    return lines


def _list_step(symbol: str, parts: Sequence[Part]) -> Step:
    found = values(parts)
    kept = [value for value in found if value is not None]
    text = list_line(symbol, kept)
    if len(kept) < len(found):
        shown = [r"\mathrm{none}" if value is None else near(value) for value in found[:LINES]]
        text = rf"{symbol} \approx [{', '.join(shown)}{', ' + chr(92) + 'dots' if len(found) > LINES else ''}]"
    return Step(STEPS["list"], text, found)


def _absent_steps(parts: Sequence[Part]) -> list[Step]:
    absent = [place for place, part in enumerate(parts) if not part[1]]
    if not absent:
        return []
    caption = STEPS["absent"].map(lambda text: text.format(classes=", ".join(map(str, absent[:LINES]))))
    return [Step(caption, f"n = {len(parts)}-{len(absent)} = {len(parts) - len(absent)}", len(parts) - len(absent))]


def _mean_step(parts: Sequence[Part]) -> Step:
    kept, value = [float(ratio(part)) for part in parts if part[1]], mean(parts)
    terms = total(near(one, GUARDED) for one in kept) if len(kept) <= MOST_TERMS else near(value * len(kept), GUARDED)
    return Step(STEPS["mean"], line(r"\mathrm{mIoU}", fraction(terms, len(kept)), value, rough=True), value)


def _other_rule(rule: Callable[[int, int, int], Part]) -> Callable[[SegmentationInputs], Outputs]:
    """IoU by another rule; a class that occurs but has a zero denominator there counts as 0."""

    def wrong(i: SegmentationInputs) -> Outputs:
        pairs = zip(by_class(i, rule), by_class(i, iou), strict=True)
        parts = [part if part[1] or not right[1] else (0, 1) for part, right in pairs]
        return {"class_iou": values(parts), "mean_iou": mean(parts)}

    return wrong


def _absent_as_zero(i: SegmentationInputs) -> Outputs:
    parts, doubled = by_class(i, iou), by_class(i, dice)
    if all(part[1] for part in parts):
        return {}
    zeros = {"class_iou": values(parts), "class_dice": values(doubled)}
    lists = {name: tuple(value or 0.0 for value in found) for name, found in zeros.items()}
    return {**lists, "mean_iou": mean(parts, absent=True)}


def _follow_mean(i: SegmentationInputs, own: Outputs) -> Value:
    found = own.get("class_iou", solve(i)["class_iou"])
    kept = [rational(value) for value in found if value is not None] if isinstance(found, tuple) else []
    return nearest_number(sum(kept, Fraction()) / len(kept)) if kept else None


FAMILY = Family(
    id="segmentation_metrics",
    title=TITLE,
    inputs=SegmentationInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "dice_for_iou": _other_rule(dice),
            "counts_true_positives_twice": _other_rule(lambda tp, row, column: (tp, row + column)),
            "recall_for_iou": _other_rule(lambda tp, row, column: (tp, row)),
            "absent_class_as_zero": _absent_as_zero,
            "accuracy_for_mean_iou": lambda i: {"mean_iou": accuracy(i)},
        },
    ),
    follow={"mean_iou": _follow_mean},
)
