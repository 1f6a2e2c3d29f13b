"""A binary heap in an array: bottom-up construction, parent and children of an index (Floyd 1964; Williams 1964)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Count, Inputs, Integer, Many, Refusal, refuse_work
from quizcnn.solvers.notation import list_line
from quizcnn.text import Text

Kind = Literal["max", "min"]
Heap = tuple[int, ...]
TITLE = Text("Binary heap in an array", "数组中的二叉堆")
CONVENTION = Text(
    "Indices from 0; built bottom-up (Floyd), exchanging with the larger child in a max-heap, the smaller in a min-heap, the left one of equals; none where there is no parent or child.",
    "下标从 0 开始；自底向上建堆（Floyd），大顶堆与较大的孩子交换，小顶堆与较小的孩子交换，相等取左孩子；没有父节点或孩子时填 none。",
)
OUTPUTS = {
    "heap": Output("list", Text("heap", "建成的堆")),
    "parent": Output("integer", Text("index of the parent", "父节点下标")),
    "left": Output("integer", Text("index of the left child", "左孩子下标")),
    "right": Output("integer", Text("index of the right child", "右孩子下标")),
}
STEPS = {
    "start": Text("the array as it is given", "给定的数组"),
    "sift": Text("sift down from index {index}", "从下标 {index} 开始下沉"),
    "rest": Text("after the indices that are left", "其余下标处理完之后"),
    "parent": Text("parent of index {index}", "下标 {index} 的父节点"),
    "root": Text("index 0 is the root: no parent", "下标 0 是根，没有父节点"),
    "left": Text("left child of index {index}", "下标 {index} 的左孩子"),
    "right": Text("right child of index {index}", "下标 {index} 的右孩子"),
    "beyond": Text("beyond the last index: no such child", "超出末尾下标，没有这个孩子"),
}
MISTAKES = {
    "one_based_indices": (
        Text("uses the index rule of arrays from 1", "用了下标从 1 开始的公式"),
        Text("From 0 on the children of i are 2i + 1 and 2i + 2; 2i and 2i + 1 belong to arrays from 1.", "下标从 0 开始时 i 的孩子是 2i + 1 和 2i + 2；2i 和 2i + 1 用于从 1 开始的数组。"),
    ),
    "sorts": (
        Text("sorts the array", "把数组排了序"),
        Text("A heap orders parents and children only; siblings stand in any order.", "堆只规定父子之间的大小，兄弟之间没有次序。"),
    ),
    "inserts_one_by_one": (
        Text("inserts the values one after the other", "逐个插入再上浮"),
        Text("That builds a heap too, often another one, in O(n log n); bottom-up construction sifts down from the last parent.", "这样也能得到堆，但常常不是同一个，而且要 O(n log n)；自底向上是从最后一个父节点起逐个下沉。"),
    ),
    "other_kind": (
        Text("builds the heap of the other kind", "大顶堆与小顶堆弄反了"),
        Text("In a max-heap no child is larger than its parent, in a min-heap none is smaller.", "大顶堆中孩子不大于父节点，小顶堆中孩子不小于父节点。"),
    ),
    "stops_after_one_exchange": (
        Text("stops sifting after one exchange", "只交换一次就停"),
        Text("The value may still be out of order one level further down; it sinks until no child outranks it.", "换到下一层仍可能不合要求，要一直沉到没有孩子更优先为止。"),
    ),
}  # fmt: skip
MOST_SIFTS = 8


class HeapInputs(Inputs):
    """The array, the kind of heap, the index whose relatives are asked."""

    values: Many[Integer]
    kind: Kind = "max"
    index: Count = 0

    @model_validator(mode="after")
    def _inside(self) -> HeapInputs:
        refuse_work(len(self.values), "values")
        if self.index >= len(self.values):
            raise Refusal(f"must be below {len(self.values)}, the number of values", "index", "values")
        return self


def outranks(kind: Kind) -> Callable[[int, int], bool]:
    """Whether the first belongs above the second."""
    return int.__gt__ if kind == "max" else int.__lt__


def sift_down(cells: list[int], place: int, above: Callable[[int, int], bool], most: int | None = None) -> None:
    """Exchange with the first of the children until none outranks the value, ``most`` times at the most."""
    exchanges = 0
    while (child := 2 * place + 1) < len(cells) and exchanges != most:
        if child + 1 < len(cells) and above(cells[child + 1], cells[child]):
            child += 1
        if not above(cells[child], cells[place]):
            return
        cells[place], cells[child] = cells[child], cells[place]
        place, exchanges = child, exchanges + 1


def build(values: Sequence[int], kind: Kind, most: int | None = None) -> Heap:
    cells = list(values)
    for place in reversed(range(len(cells) // 2)):
        sift_down(cells, place, outranks(kind), most)
    return tuple(cells)


def insert_all(values: Sequence[int], kind: Kind) -> Heap:
    """Each value appended and sifted up."""
    above = outranks(kind)
    cells: list[int] = []
    for value in values:
        place = len(cells)
        cells.append(value)
        while place and above(value, cells[(place - 1) // 2]):
            cells[place] = cells[(place - 1) // 2]
            place = (place - 1) // 2
        cells[place] = value
    return tuple(cells)


def relatives(i: HeapInputs, base: int) -> dict[str, int | None]:
    """Parent and children by the rule of arrays whose first index is ``base``, none where there is none (the rule from 1 has one for 0)."""
    parent = (i.index + base - 1) // 2 if i.index or base else None
    left, right = (2 * i.index + 1 - base + side for side in (0, 1))
    inside = [child if child < len(i.values) else None for child in (left, right)]
    return {"parent": parent, "left": inside[0], "right": inside[1]}


def solve(i: HeapInputs) -> Outputs:
    return {"heap": build(i.values, i.kind), **relatives(i, 0)}


def steps(i: HeapInputs) -> Sequence[Step]:
    return [*lead_to(_sifts(i), "heap"), *_relations(i)]


def _sifts(i: HeapInputs) -> list[Step]:
    cells = list(i.values)
    lines = [Step(STEPS["start"], list_line("a", cells), tuple(cells))]
    places = range(len(cells) // 2)[::-1]
    for place in places[:MOST_SIFTS]:
        sift_down(cells, place, outranks(i.kind))
        lines.append(Step(_at("sift", place), list_line("a", cells), tuple(cells)))
    if len(places) > MOST_SIFTS:
        heap = build(i.values, i.kind)
        lines.append(Step(STEPS["rest"], list_line("a", heap), heap))
    return lines


def _relations(i: HeapInputs) -> list[Step]:
    found, count, lines = relatives(i, 0), len(i.values), []
    if found["parent"] is None:
        lines.append(Step(STEPS["root"], "i = 0", None, "parent"))
    else:
        latex = rf"p = \lfloor ({i.index}-1)/2 \rfloor = {found['parent']}"
        lines.append(Step(_at("parent", i.index), latex, found["parent"], "parent"))
    for side, name in ((1, "left"), (2, "right")):
        child = 2 * i.index + side
        latex = rf"{name[0]} = 2 \cdot {i.index}+{side} = {child}"
        if found[name] is None:
            lines.append(Step(STEPS["beyond"], rf"{latex} > {count - 1}", None, name))
        else:
            lines.append(Step(_at(name, i.index), latex, child, name))
    return lines


def _at(step: str, index: int) -> Text:
    return STEPS[step].map(lambda text: text.format(index=index))


def _sorted(i: HeapInputs) -> Outputs:
    return {"heap": tuple(sorted(i.values, reverse=i.kind == "max"))}


FAMILY = Family(
    id="binary_heap",
    title=TITLE,
    inputs=HeapInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "one_based_indices": lambda i: dict(relatives(i, 1)),
            "sorts": _sorted,
            "inserts_one_by_one": lambda i: {"heap": insert_all(i.values, i.kind)},
            "other_kind": lambda i: {"heap": build(i.values, "min" if i.kind == "max" else "max")},
            "stops_after_one_exchange": lambda i: {"heap": build(i.values, i.kind, most=1)},
        },
    ),
    symbols={"values": "a", "index": "i"},
)
