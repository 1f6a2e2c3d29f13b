"""Where the bins of adaptive pooling start and end on one axis (torch.nn.AdaptiveAvgPool1d; ATen, AdaptivePooling.h)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Size, refuse_work
from quizcnn.solvers.latex import row
from quizcnn.solvers.primitives import ceil_div
from quizcnn.solvers.values import Value, whole
from quizcnn.text import Text

TITLE = Text("Bins of adaptive pooling", "自适应池化的分格")
CONVENTION = Text(
    "PyTorch's adaptive pooling, one axis: bins and positions count from 0, and the end of a bin is the first position no longer in it.",
    "按 PyTorch 的自适应池化，只看一个方向：格子和位置都从 0 数起，终点是不再属于该格的第一个位置。",
)
OUTPUTS = {
    "starts": Output("list", Text("first position of each bin", "每格的起点")),
    "ends": Output("list", Text("end of each bin", "每格的终点（不含）")),
    "sizes": Output("list", Text("size of each bin", "每格的大小")),
}
STEPS = {
    "starts": Text("start of bin i: i shares, rounded down", "第 i 格的起点：i 份，向下取整"),
    "ends": Text("end of bin i: i + 1 shares, rounded up", "第 i 格的终点：i + 1 份，向上取整"),
    "all_starts": Text("all starts", "全部起点"),
    "all_ends": Text("all ends", "全部终点"),
    "sizes": Text("end less start, bin by bin", "逐格用终点减起点"),
}
MISTAKES = {
    "equal_bins": (
        Text("makes all bins equally large", "把所有格子取成一样大"),
        Text("{out_size} bins of floor({in_size}/{out_size}) pixels would leave the rest of the {in_size} unread.", "{out_size} 个格子都取 {in_size}/{out_size} 向下取整，{in_size} 个位置会有剩余读不到。"),
    ),
    "no_overlap": (
        Text("lets a bin end where the next one starts", "让每格在下一格的起点处结束"),
        Text("The end is rounded up, so neighbouring bins share a position where the share is no whole number.", "终点是向上取整的，分不尽时相邻两格会共用一个位置。"),
    ),
}  # fmt: skip
SHOWN = 16
"""Bins that the worked steps write out."""


class AdaptivePoolInputs(Inputs):
    """Positions that go in, bins that come out."""

    in_size: Size
    out_size: Size

    @model_validator(mode="after")
    def _countable(self) -> AdaptivePoolInputs:
        digits = 1 + self.in_size.bit_length() // 64
        refuse_work(self.out_size * digits, "out_size", *(["in_size"] if digits > 1 else []))
        return self


Bins = tuple[list[int], list[int]]
"""Starts and ends."""


def bins(i: AdaptivePoolInputs) -> Bins:
    n, m = i.in_size, i.out_size
    return [k * n // m for k in range(m)], [ceil_div((k + 1) * n, m) for k in range(m)]


def listed(starts: Sequence[int], ends: Sequence[int]) -> Outputs:
    sizes = (end - start for start, end in zip(starts, ends, strict=True))
    return {"starts": tuple(starts), "ends": tuple(ends), "sizes": tuple(sizes)}


def solve(i: AdaptivePoolInputs) -> Outputs:
    return listed(*bins(i))


def steps(i: AdaptivePoolInputs) -> Sequence[Step]:
    n, m = i.in_size, i.out_size
    starts, ends = bins(i)
    found = solve(i)
    first = [
        *(
            _bin("starts", k, rf"\left\lfloor \frac{{{k} \cdot {n}}}{{{m}}} \right\rfloor", starts[k])
            for k in _shown(m)
        ),
        Step(STEPS["all_starts"], _list("a", starts), found["starts"]),
    ]
    second = [
        *(_bin("ends", k, rf"\left\lceil \frac{{{k + 1} \cdot {n}}}{{{m}}} \right\rceil", ends[k]) for k in _shown(m)),
        Step(STEPS["all_ends"], _list("b", ends), found["ends"]),
    ]
    last = Step(STEPS["sizes"], _list("b_i-a_i", [b - a for a, b in zip(starts, ends, strict=True)]), found["sizes"])
    return [*lead_to(first, "starts"), *lead_to(second, "ends"), *lead_to([first[-1], second[-1], last], "sizes")]


def _shown(m: int) -> Iterator[int]:
    return iter(range(min(m, SHOWN)))


def _bin(name: str, k: int, numbers: str, value: int) -> Step:
    return Step(STEPS[name], f"{'a' if name == 'starts' else 'b'}_{{{k}}} = {numbers} = {value}", value)


def _list(symbol: str, values: Sequence[int]) -> str:
    cut = row(values[:SHOWN])
    return f"{symbol} = {cut}" if len(values) <= SHOWN else rf"{symbol} = {cut[:-1]}, \dots, {values[-1]}]"


def _equal(i: AdaptivePoolInputs) -> Outputs:
    if i.out_size > i.in_size:
        return {}
    size = i.in_size // i.out_size
    return listed([k * size for k in range(i.out_size)], [(k + 1) * size for k in range(i.out_size)])


def _no_overlap(i: AdaptivePoolInputs) -> Outputs:
    starts = bins(i)[0]
    return listed(starts, [*starts[1:], i.in_size])


def _sizes(i: AdaptivePoolInputs, own: Mapping[str, Value]) -> Value:
    starts, ends = own["starts"], own["ends"]
    if not isinstance(starts, tuple) or not isinstance(ends, tuple):
        return None
    return tuple(whole(end) - whole(start) for start, end in zip(starts, ends, strict=True))


FAMILY = Family(
    id="adaptive_pool_bins",
    title=TITLE,
    inputs=AdaptivePoolInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "equal_bins": _equal,
            "no_overlap": _no_overlap,
        },
    ),
    follow={"sizes": _sizes},
    symbols={"in_size": "n", "out_size": "m"},
)
