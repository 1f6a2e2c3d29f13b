"""The layer table of a network as people read it: columns with totals and bars, for a terminal or as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from quizcnn.networks.state import Row
from quizcnn.networks.trace import Trace
from quizcnn.solvers.layers import Pool
from quizcnn.text import Lang, Text, display_width, pad, truncate

BYTES = 4
"""Of a float32."""
MIB = 2**20
BAR = 10
LEAST_NAME, MOST_NAME = 9, 26
SILENT = ("activation", "dropout")
"""Kinds that a table leaves out where they stand alone."""
EIGHTHS = " ▏▎▍▌▋▊▉█"
NONE = "–"
INPUT = Text("input {size}", "输入 {size}")
LAYER = Text("layer", "层")
OUTPUT = Text("output", "输出")
WINDOW = Text("k/s/p", "k/s/p")
PARAMETERS = Text("params", "参数量")
MACS = Text("MACs", "MACs")
MEMORY = Text("act. MiB", "激活 MiB")
FIELD = Text("RF", "感受野")
JUMP = Text("jump", "累积步幅")
PARAMETERS_BAR = Text("of params", "参数占比")
MACS_BAR = Text("of MACs", "计算占比")
WINDOW_NOTE = Text(
    "k/s/p: kernel, stride, padding; g: groups. RF: receptive field, jump: product of the strides, in input pixels; – where a unit sees everything.",
    "k/s/p：卷积核、步幅、填充；g：组数。感受野、累积步幅以输入像素计；– 表示能看到整个输入。",
)
TOTAL_PARAMETERS = Text(
    "parameters {total} (weights {weights}, biases {biases}, norms {norms}), {memory} MiB in float32",
    "参数量 {total}（权重 {weights}，偏置 {biases}，归一化 {norms}），float32 占 {memory} MiB",
)
TOTAL_MACS = Text(
    "MACs {macs}, FLOPs {flops} (2 per MAC), one image", "MACs {macs}，FLOPs {flops}（每次乘加算 2 次），一张图"
)
ATTENTION = Text(
    "MACs with Q·Kᵀ and attention·V {macs}",
    "计入 Q·Kᵀ 和注意力乘 V 后 MACs {macs}",
)
TOTAL_MEMORY = Text("activations {memory} MiB in float32, one image", "激活 {memory} MiB（float32，一张图）")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, how a row's cell is written, on which side."""

    heading: Text
    cell: Callable[[Row], str]
    align: Literal["left", "right"] = "right"


def shape_text(shape: Sequence[int]) -> str:
    """``64×112×112``."""
    return "×".join(map(str, shape))


def short(number: int) -> str:
    """Four digits, and what they count: ``118.0 M``; from 1,000 G on all digits."""
    for unit, size in (("k", 10**3), ("M", 10**6), ("G", 10**9)):
        if round(number / size, 1) < 1000 or unit == "G":
            break
    if number < 1000:
        return str(number)
    places = max(0, 4 - len(str(number // size)))
    return f"{number / size:,.{places}f} {unit}"


def mebibytes(elements: int) -> str:
    """Elements in float32 as MiB: ``3.06``; two decimals, one from 100 on."""
    amount = elements * BYTES / MIB
    return f"{amount:,.1f}" if amount >= 100 else f"{amount:.2f}"


def _window(row: Row) -> str:
    layer = row.window
    if layer is None:
        return ""
    stride = layer.steps if isinstance(layer, Pool) else layer.stride
    pairs = (layer.kernel_size, stride, layer.padding)
    parts = "/".join(str(pair[0]) if pair[0] == pair[1] else shape_text(pair) for pair in pairs)
    groups = getattr(layer, "groups", 1)
    return f"{parts} g{groups}" if groups > 1 else parts


def pixels(value: int | None) -> str:
    """A receptive field or jump; a dash where a unit sees everything."""
    return NONE if value is None else f"{value:,}"


def _bar(share: float) -> str:
    """A bar of up to ten cells; anything above nothing shows."""
    eighths = max(round(share * BAR * 8), 1 if share > 0 else 0)
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def columns(found: Trace, *, bars: bool) -> tuple[Column, ...]:
    """The columns of a table; with ``bars`` also each row's share of parameters and MACs."""
    cost = found.cost
    plain = (
        Column(LAYER, lambda row: row.name, "left"),
        Column(OUTPUT, lambda row: shape_text(row.shape), "left"),
        Column(WINDOW, _window, "left"),
        Column(PARAMETERS, lambda row: f"{row.cost.parameters:,}"),
        Column(MACS, lambda row: short(row.cost.macs)),
        Column(MEMORY, lambda row: mebibytes(row.elements)),
        Column(FIELD, lambda row: pixels(row.receptive_field)),
        Column(JUMP, lambda row: pixels(row.jump)),
    )
    if not bars:
        return plain
    return (
        *plain,
        Column(PARAMETERS_BAR, lambda row: _bar(row.cost.parameters / max(1, cost.parameters)), "left"),
        Column(MACS_BAR, lambda row: _bar(row.cost.macs / max(1, cost.macs)), "left"),
    )


def flat_rows(rows: Sequence[Row], depth: int, level: int = 0) -> Iterator[tuple[int, Row]]:
    """Rows with their parts down to ``depth`` levels, each with its level from 0."""
    for row in rows:
        if row.kind in SILENT and row.name.partition("_")[0] == row.kind:
            continue
        yield level, row
        if level + 1 < depth:
            yield from flat_rows(row.parts, depth, level + 1)


def table_lines(found: Trace, lang: Lang, *, depth: int = 1, width: int = 80, bars: bool = True) -> Iterator[str]:
    """The table with its heading, totals and conventions; bars only where ``width`` holds them."""
    yield from heading_lines(found, lang)
    yield ""
    rows = list(flat_rows(found.rows, depth))
    lines = _aligned(columns(found, bars=bars), rows, lang)
    if bars and max(map(display_width, lines)) > width:
        lines = _aligned(columns(found, bars=False), rows, lang)
    yield from lines
    yield ""
    yield from total_lines(found, lang)
    yield WINDOW_NOTE[lang]


def heading_lines(found: Trace, lang: Lang) -> Iterator[str]:
    network = found.network
    yield network.title[lang] + (f" · {network.variant[lang]}" if network.variant[lang] else "")
    yield INPUT[lang].format(size=shape_text(found.size)) + (f" · {network.source}" if network.source else "")


def total_lines(found: Trace, lang: Lang) -> Iterator[str]:
    """Exact totals, a line each."""
    cost = found.cost
    yield TOTAL_PARAMETERS[lang].format(
        total=f"{cost.parameters:,}", weights=f"{cost.weights:,}", biases=f"{cost.biases:,}", norms=f"{cost.norms:,}",
        memory=mebibytes(cost.parameters),
    )  # fmt: skip
    yield TOTAL_MACS[lang].format(macs=f"{cost.macs:,}", flops=f"{2 * cost.macs:,}")
    if found.attention_macs:
        yield ATTENTION[lang].format(macs=f"{cost.macs + found.attention_macs:,}")
    yield TOTAL_MEMORY[lang].format(memory=mebibytes(found.elements))


def _aligned(shown: Sequence[Column], rows: Sequence[tuple[int, Row]], lang: Lang) -> list[str]:
    cells = [[column.cell(row) for column in shown] for _, row in rows]
    for line, (level, row) in zip(cells, rows, strict=True):
        line[0] = truncate("  " * level + row.name, MOST_NAME)
    widths = [
        max([display_width(column.heading[lang]), *(display_width(line[place]) for line in cells)])
        for place, column in enumerate(shown)
    ]
    widths[0] = max(widths[0], LEAST_NAME)
    lines = [[column.heading[lang] for column in shown], *cells]
    return [
        "  ".join(
            pad(cell, size, align=column.align) for cell, size, column in zip(line, widths, shown, strict=True)
        ).rstrip()
        for line in lines
    ]


def markdown_lines(found: Trace, lang: Lang, *, depth: int = 1) -> Iterator[str]:
    """The table as a Markdown table, for a page or a notebook."""
    shown = columns(found, bars=False)
    first, second = heading_lines(found, lang)
    yield from (f"**{first}**", "", second, "")
    yield "| " + " | ".join(column.heading[lang] for column in shown) + " |"
    yield "|" + "|".join("---:" if column.align == "right" else "---" for column in shown) + "|"
    for level, row in flat_rows(found.rows, depth):
        cells = [column.cell(row) for column in shown]
        cells[0] = "&emsp;" * level + f"`{row.name}`"
        yield "| " + " | ".join(cells) + " |"
    yield ""
    for line in total_lines(found, lang):
        yield f"- {line}"
