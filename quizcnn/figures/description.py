"""A figure in one sentence, for screen readers and as the alternative text on paper. Says what is drawn, never the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizcnn.figures.figure import Boxes, Curve, Figure, Grid, LayerStack, Matrix, numbers, table
from quizcnn.solvers.values import format_value
from quizcnn.text import Lang, Text

FORMS = {
    "xyxy": Text("[x1, y1, x2, y2]", "[x1, y1, x2, y2]"),
    "xywh": Text("[x, y, width, height]", "[x, y, 宽, 高]"),
    "cxcywh": Text("[centre x, centre y, width, height]", "[中心 x, 中心 y, 宽, 高]"),
}
SEAM = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])")
"""Between Chinese and Latin stands a blank."""
MAX_READ = 12
"""Points of a curve that are read out."""


def describe(figure: Figure, lang: Lang) -> str:
    """What a filled figure shows, in one sentence."""
    if isinstance(figure, Boxes):
        return _boxes(figure, lang)
    if isinstance(figure, Grid):
        return _grid(figure, lang)
    if isinstance(figure, LayerStack):
        blocks = [layer.text[lang] + (f" ({layer.note[lang]})" if layer.note else "") for layer in figure.blocks()]
        return _sentence(Text("Layers from the input on: ", "从输入起各层依次为："), _list(blocks, lang, " → "), lang)
    return _matrix(figure, lang) if isinstance(figure, Matrix) else _curve(figure, lang)


def _sentence(opening: Text, rest: str, lang: Lang) -> str:
    if lang == "en":
        return f"{opening.en}{rest}."
    return SEAM.sub(" ", f"{opening.zh}{rest}。")


def _list(parts: Sequence[str], lang: Lang, between: str = "") -> str:
    return (between or ("；" if lang == "zh" else "; ")).join(parts)


def _boxes(figure: Boxes, lang: Lang) -> str:
    named = [
        f"{label[lang]} = {format_value(numbers(box))}"
        for label, box in zip(figure.names_with_scores(), figure.boxes, strict=True)
    ]
    form = FORMS[figure.format]
    return _sentence(
        Text(f"{len(named)} boxes, {form.en}, y downwards: ", f"{len(named)} 个框，格式 {form.zh}，y 轴向下："),
        _list(named, lang),
        lang,
    )


def _rows(cells: Sequence[Sequence[float]]) -> str:
    return format_value(tuple(tuple(row) for row in cells))


def _grid(figure: Grid, lang: Lang) -> str:
    cells = table(figure.cells)
    size = f"{len(cells)}×{len(cells[0])}"
    parts = [f"{size} {figure.label[lang]} {_rows(cells)}"]
    if figure.kernel is not None:
        kernel = table(figure.kernel)
        parts.append(f"{len(kernel)}×{len(kernel[0])} {figure.kernel_label[lang]} {_rows(kernel)}")
    return _sentence(Text("", ""), _list(parts, lang), lang)


def _matrix(figure: Matrix, lang: Lang) -> str:
    cells = table(figure.cells)
    names = [label[lang] for label in figure.rows] or [str(index) for index in range(len(cells))]
    columns = [label[lang] for label in figure.columns] or [str(index) for index in range(len(cells[0]))]
    opening = Text(
        f"Table, rows {figure.row_title.en}, columns {figure.column_title.en}: ",
        f"表格，行为{figure.row_title.zh}，列为{figure.column_title.zh}：",
    )
    colon, comma = ("：", "，") if lang == "zh" else (": ", ", ")
    rows = [
        name + colon + comma.join(f"{column} {format_value(value)}" for column, value in zip(columns, row, strict=True))
        for name, row in zip(names, cells, strict=True)
    ]
    return _sentence(opening, _list(rows, lang), lang)


def _curve(figure: Curve, lang: Lang) -> str:
    points = figure.points()
    every = max(1, -(-len(points) // MAX_READ))
    read = ", ".join(f"({format_value(x)}, {format_value(y)})" for x, y in points[::every])
    return _sentence(
        Text(
            f"Curve of {figure.y_label.en} over {figure.x_label.en}: ",
            f"{figure.y_label.zh}随{figure.x_label.zh}变化的曲线：",
        ),
        read,
        lang,
    )
