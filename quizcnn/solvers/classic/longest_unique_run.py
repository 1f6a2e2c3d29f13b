"""The longest stretch of a sequence without a repeated value: the sliding window with last-seen places, O(n)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Integer, Many, refuse_work
from quizcnn.solvers.notation import MOST_TERMS, list_line
from quizcnn.text import Text

TITLE = Text("Longest run without repeats", "最长无重复子段")
CONVENTION = Text(
    "A run is a stretch of neighbours in which no value occurs twice; positions count from 0; of equally long runs the first.",
    "子段由相邻元素组成，其中没有重复值；位置从 0 数起，长度相同取最先出现的。",
)
LENGTH = Text("length of the longest run", "最长子段的长度")
START = Text("position where it starts", "起始位置")
STEPS = {
    "starts": Text("where the run ending at each position starts", "以各位置结尾的子段从哪里开始"),
    "lengths": Text("how long it is: end − start + 1", "它的长度：终点 − 起点 + 1"),
    "longest": Text("the largest", "取最大"),
    "longest_at": Text("the longest ends at position {end}", "最长的一段结束于位置 {end}"),
    "start": Text("back to its start: end − length + 1", "回到起点：终点 − 长度 + 1"),
}
MISTAKES = {
    "counts_distinct_values": (
        Text("counts the different values of the whole sequence", "数了整个序列里有几种值"),
        Text("The values must follow one another without a repeat; all kinds together need not stand in one stretch.", "要求的是相邻且不重复的一段，所有不同的值不一定连在一起。"),
    ),
    "start_moves_backwards": (
        Text("lets the start of the window move backwards", "让窗口起点往回退"),
        Text("A last place before the window is past: the start is the larger of the old one and last place + 1.", "上次出现在窗口之前的不算，起点取旧起点与“上次位置 + 1”中较大的。"),
    ),
    "restarts_at_the_repeat": (
        Text("starts anew at the repeated value", "从重复的值处重新开始"),
        Text("What stands between the first occurrence and the repeat still belongs to the new run.", "上次出现之后、重复之前的元素仍属于新的子段。"),
    ),
}  # fmt: skip
Window: TypeAlias = tuple[int, int]
"""Start and length."""


class RunInputs(Inputs):
    """The sequence of values."""

    sequence: Many[Integer]

    @model_validator(mode="after")
    def _bounded(self) -> RunInputs:
        refuse_work(len(self.sequence), "sequence")
        return self


def windows(sequence: Sequence[int], move: Callable[[int, int], int]) -> list[Window]:
    """The window that ends at each position; ``move`` gives the new start from the old one and the place behind the last occurrence."""
    last: dict[int, int] = {}
    start, found = 0, []
    for end, value in enumerate(sequence):
        if value in last:
            start = move(start, last[value] + 1)
        last[value] = end
        found.append((start, end - start + 1))
    return found


def longest(found: Iterable[Window]) -> Outputs:
    """Of equally long ones the first."""
    start, length = max(found, key=lambda window: window[1])
    return {"length": length, "start": start}


def solve(i: RunInputs) -> Outputs:
    return longest(windows(i.sequence, max))


def steps(i: RunInputs) -> Sequence[Step]:
    found = windows(i.sequence, max)
    lengths = [length for _, length in found]
    length = max(lengths)
    end = lengths.index(length)
    start = end - length + 1
    first = [
        Step(STEPS["starts"], list_line("s", [begin for begin, _ in found])),
        Step(STEPS["lengths"], list_line("l", lengths)),
    ]
    few = rf"L = \max({', '.join(map(str, lengths))}) = {length}"
    at = rf"L = {end}-{start}+1 = {length}"
    short = len(lengths) <= MOST_TERMS
    caption = STEPS["longest"] if short else STEPS["longest_at"].map(lambda text: text.format(end=end))
    top = Step(caption, few if short else at, length)
    back = Step(STEPS["start"], f"a = {end}-{length}+1 = {start}", start)
    return [*lead_to([*first, top], "length"), *lead_to([*first, top, back], "start")]


def _behind_any(i: RunInputs) -> Outputs:
    return longest(windows(i.sequence, lambda _, behind: behind))


def _anew(i: RunInputs) -> Outputs:
    """The window empties at a repeat within it."""
    seen: set[int] = set()
    most = 0
    for value in i.sequence:
        if value in seen:
            seen.clear()
        seen.add(value)
        most = max(most, len(seen))
    return {"length": most}


FAMILY = Family(
    id="longest_unique_run",
    title=TITLE,
    inputs=RunInputs,
    outputs={"length": Output("integer", LENGTH), "start": Output("integer", START)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "counts_distinct_values": lambda i: {"length": len(set(i.sequence))},
            "start_moves_backwards": _behind_any,
            "restarts_at_the_repeat": _anew,
        },
    ),
    symbols={"sequence": "x"},
)
