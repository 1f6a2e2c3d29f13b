"""Two networks beside each other: totals and how many times the second is the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quizcnn.networks.state import Row
from quizcnn.networks.table import NONE, mebibytes, pixels, shape_text
from quizcnn.networks.trace import Trace
from quizcnn.text import Lang, Text, display_width, pad

DEEP = Text("layers with weights", "带权重的层")
PARAMETERS = Text("parameters", "参数量")
MACS = Text("MACs", "MACs")
MEMORY = Text("activations, MiB", "激活，MiB")
FIELD = Text("receptive field of the last map", "最后特征图的感受野")
STEP = Text("jump of the last map", "最后特征图的累积步幅")
LAST = Text("last map", "最后特征图")
HEAVIEST = Text("most parameters in", "参数最多的层")
BUSIEST = Text("most MACs in", "计算量最大的层")
SIZE = Text("input", "输入")
TIMES = Text("times", "倍数")
SHARE = Text("{name}, {share} %", "{name}，{share} %")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of both networks; ``times`` where the second can be measured by the first."""

    label: Text
    first: str
    second: str
    times: float | None = None


def last_map(found: Trace) -> Row | None:
    """The last row that still has more than one pixel, outermost level."""
    return next((row for row in reversed(found.rows) if len(row.shape) == 3 and row.shape[1:] != (1, 1)), None)


def compare(first: Trace, second: Trace, lang: Lang) -> tuple[Line, ...]:
    """The figures of both, line by line."""

    def both(label: Text, figure: Callable[[Trace], str], times: float | None = None) -> Line:
        return Line(label, figure(first), figure(second), times)

    def counted(label: Text, figure: Callable[[Trace], int]) -> Line:
        amounts = figure(first), figure(second)
        return Line(label, f"{amounts[0]:,}", f"{amounts[1]:,}", amounts[1] / amounts[0] if amounts[0] else None)

    return (
        both(SIZE, lambda found: shape_text(found.size)),
        counted(DEEP, lambda found: sum(layer.is_counted for layer in found.layers)),
        counted(PARAMETERS, lambda found: found.cost.parameters),
        counted(MACS, lambda found: found.cost.macs),
        both(MEMORY, lambda found: mebibytes(found.elements), second.elements / max(1, first.elements)),
        both(LAST, lambda found: shape_text(end.shape) if (end := last_map(found)) else NONE),
        both(FIELD, lambda found: pixels(end.receptive_field) if (end := last_map(found)) else NONE),
        both(STEP, lambda found: pixels(end.jump) if (end := last_map(found)) else NONE),
        both(HEAVIEST, lambda found: _largest(found, "parameters", lang)),
        both(BUSIEST, lambda found: _largest(found, "macs", lang)),
    )


def comparison_lines(first: Trace, second: Trace, lang: Lang) -> Iterator[str]:
    """The comparison as aligned columns."""
    lines = compare(first, second, lang)
    rows = [("", first.network.title[lang], second.network.title[lang], TIMES[lang])]
    rows += [
        (line.label[lang], line.first, line.second, "" if line.times is None else f"{line.times:.2f}×")
        for line in lines
    ]
    widths = [max(display_width(row[place]) for row in rows) for place in range(4)]
    for row in rows:
        cells = [
            pad(row[0], widths[0]),
            *(pad(cell, width, align="right") for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        yield "  ".join(cells).rstrip()


def comparison_markdown(first: Trace, second: Trace, lang: Lang) -> Iterator[str]:
    yield f"| | {first.network.title[lang]} | {second.network.title[lang]} | {TIMES[lang]} |"
    yield "|---|---:|---:|---:|"
    for line in compare(first, second, lang):
        times = "" if line.times is None else f"{line.times:.2f}×"
        yield f"| {line.label[lang]} | {line.first} | {line.second} | {times} |"


def _largest(found: Trace, what: str, lang: Lang) -> str:
    """The outermost row with the most of it, and its share."""
    amounts = [(getattr(row.cost, what), row.name) for row in found.rows]
    most, name = max(amounts, key=lambda pair: pair[0], default=(0, NONE))
    total = sum(amount for amount, _ in amounts)
    return SHARE[lang].format(name=name, share=round(100 * most / total)) if total else NONE
