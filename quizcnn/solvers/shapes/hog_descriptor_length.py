"""Length of a HOG descriptor (Dalal and Triggs 2005)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Refusal, Size
from quizcnn.solvers.latex import product
from quizcnn.solvers.primitives import conv_size
from quizcnn.solvers.units import COUNT
from quizcnn.solvers.values import Value, whole
from quizcnn.text import Text

TITLE = Text("Length of a HOG descriptor", "HOG 描述子的长度")
CONVENTION = Text(
    "Whole cells and whole blocks only; blocks are square and move by block_stride_cells cells; every block holds the histograms of all its cells.",
    "只计完整的单元和完整的块；块为正方形，每次移动 block_stride_cells 个单元；每个块包含其中所有单元的直方图。",
)
OUTPUTS = {
    "blocks": Output("integer", Text("blocks", "块数"), COUNT),
    "length": Output("integer", Text("numbers of the descriptor", "描述子的维数"), ("dims", "维", "个")),
}
STEPS = {
    "cells_W": Text("whole cells across", "横向的完整单元数"),
    "cells_H": Text("whole cells down", "纵向的完整单元数"),
    "blocks_W": Text("positions of a block across", "块的横向位置数"),
    "blocks_H": Text("positions of a block down", "块的纵向位置数"),
    "blocks": Text("blocks of the window", "窗口中的块数"),
    "length": Text("blocks times cells of a block times bins", "块数 × 每块单元数 × 方向数"),
}
MISTAKES = {
    "non_overlapping_blocks": (
        Text("lays the blocks side by side", "让块互不重叠"),
        Text("A block of {block_cells} cells a side moves on by {block_stride_cells} cell(s) only.", "边长 {block_cells} 个单元的块每次只移动 {block_stride_cells} 个单元。"),
    ),
    "forgets_cells_per_block": (
        Text("counts one histogram a block", "每个块只算一个直方图"),
        Text("A block joins the histograms of all its {block_cells} × {block_cells} cells.", "一个块拼接其中 {block_cells} × {block_cells} 个单元的直方图。"),
    ),
}  # fmt: skip


class HogInputs(Inputs):
    """Window in pixels, pixels of a cell, cells of a block and of its step (both axes), orientation bins."""

    width: Size
    height: Size
    cell_size: Size = 8
    block_cells: Size = 2
    block_stride_cells: Size = 1
    orientations: Size = 9

    @model_validator(mode="after")
    def _holds_a_block(self) -> HogInputs:
        short = [name for name in ("width", "height") if getattr(self, name) // self.cell_size < self.block_cells]
        if short:
            raise Refusal("no block fits", *short, "cell_size", "block_cells")
        return self


def cells(i: HogInputs) -> tuple[int, int]:
    """Whole cells across and down."""
    return i.width // i.cell_size, i.height // i.cell_size


def positions(i: HogInputs) -> tuple[int, int]:
    """Places of a block across and down."""
    across, down = (conv_size(n, i.block_cells, i.block_stride_cells, 0, 1) for n in cells(i))
    return across, down


def lengths(i: HogInputs, blocks: int) -> dict[str, int]:
    return {"blocks": blocks, "length": blocks * i.block_cells**2 * i.orientations}


def solve(i: HogInputs) -> Outputs:
    across, down = positions(i)
    return {**lengths(i, across * down)}


def steps(i: HogInputs) -> Sequence[Step]:
    (wide, high), (across, down), b, s = cells(i), positions(i), i.block_cells, i.block_stride_cells
    lines = [
        Step(STEPS["cells_W"], _floor("c_W", i.width, i.cell_size, wide), wide),
        Step(STEPS["cells_H"], _floor("c_H", i.height, i.cell_size, high), high),
        Step(STEPS["blocks_W"], _places("b_W", wide, b, s, across), across),
        Step(STEPS["blocks_H"], _places("b_H", high, b, s, down), down),
        Step(STEPS["blocks"], f"B = b_W b_H = {product(across, down)} = {across * down}", across * down),
    ]
    blocks, length = lengths(i, across * down).values()
    last = Step(STEPS["length"], f"L = {product(blocks, b, b, i.orientations)} = {length}", length)
    return [*lead_to(lines, "blocks"), *lead_to([*lines, last], "length")]


def _floor(symbol: str, top: int, bottom: int, value: int) -> str:
    return rf"{symbol} = \left\lfloor \frac{{{top}}}{{{bottom}}} \right\rfloor = {value}"


def _places(symbol: str, count: int, block: int, stride: int, value: int) -> str:
    return rf"{symbol} = \left\lfloor \frac{{{count}-{block}}}{{{stride}}} \right\rfloor+1 = {value}"


def _side_by_side(i: HogInputs) -> Mapping[str, Value]:
    across, down = (n // i.block_cells for n in cells(i))
    return lengths(i, across * down) if i.block_stride_cells != i.block_cells else {}


def _one_histogram(i: HogInputs) -> Mapping[str, Value]:
    across, down = positions(i)
    return {"length": across * down * i.orientations} if i.block_cells > 1 else {}


FAMILY = Family(
    id="hog_descriptor_length",
    title=TITLE,
    inputs=HogInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "non_overlapping_blocks": _side_by_side,
            "forgets_cells_per_block": _one_histogram,
        },
    ),
    follow={"length": lambda i, own: lengths(i, whole(own["blocks"]))["length"]},
    symbols={
        "width": "W",
        "height": "H",
        "cell_size": "c",
        "block_cells": "b",
        "block_stride_cells": "s",
        "orientations": "q",
    },
)
