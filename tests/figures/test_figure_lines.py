"""Figures on a terminal, drawn by hand first."""

from __future__ import annotations

from typing import Any

import pytest

from quizcnn.figures.description import describe
from quizcnn.figures.figure import Figure, read_figure
from quizcnn.figures.filling import fill
from quizcnn.figures.terminal import draw_lines
from quizcnn.text import Lang, display_width


def make(data: dict[str, Any], **parameters: Any) -> Figure:
    return fill(read_figure(data), parameters)


TWO_BOXES = make({"boxes": ["a", "b"]}, a=[0, 0, 4, 4], b=[2, 2, 6, 6])
GRID = make(
    {"cells": "image", "kernel": "kernel", "window": 2},
    image=[[1, 2, 0], [0, 1, 3], [2, 1, 1]],
    kernel=[[1, 0], [0, -1]],
)
LABELS = [{"en": "positive", "zh": "正"}, {"en": "negative", "zh": "负"}]
CONFUSION = make(
    {"cells": [["tp", "fn"], ["fp", "tn"]], "rows": LABELS, "columns": LABELS}, tp=80, fn=20, fp=1000, tn=4
)
STACK = make({"layers": ["3×{n}×{n}", {"text": {"en": "max pooling", "zh": "最大池化"}, "note": "3×112×112"}]}, n=224)
CURVE = make({"x": [0, 5, 10], "y": [0, 1, 1], "x_label": "epoch", "y_label": {"en": "accuracy", "zh": "准确率"}})
FIGURES = [TWO_BOXES, GRID, CONFUSION, STACK, CURVE]


def check(drawn: list[str], picture: str) -> None:
    assert drawn == picture.strip("\n").split("\n")


def test_two_boxes() -> None:
    check(
        draw_lines(TWO_BOXES, "en", 40, rows=7),
        """
┌A──────┐
│       │
│   ┏━━━━━━━┓
│   ┃   │   ┃
└───┃───┘   ┃
    ┃       ┃
    ┗━━━━━━B┛
   [x1, y1, x2, y2]
A  [0, 0, 4, 4]
B  [2, 2, 6, 6]
""",
    )


def test_two_boxes_in_ascii() -> None:
    check(
        draw_lines(TWO_BOXES, "en", 40, rows=7, ascii=True),
        """
+A------+
|       |
|   #=======#
|   #   |   #
+---#---+   #
    #       #
    #======B#
   [x1, y1, x2, y2]
A  [0, 0, 4, 4]
B  [2, 2, 6, 6]
""",
    )


def test_grid_with_kernel_and_window() -> None:
    check(
        draw_lines(GRID, "zh", 40),
        """
输入             卷积核
┏━━━━━━━┓───┐    ┌────┬────┐
┃ 1 │ 2 ┃ 0 │    │  1 │  0 │
┃───┼───┃───┤    ├────┼────┤
┃ 0 │ 1 ┃ 3 │    │  0 │ −1 │
┗━━━━━━━┛───┤    └────┴────┘
│ 2 │ 1 │ 1 │
└───┴───┴───┘
""",
    )


def test_large_grid_without_lines() -> None:
    figure = make({"cells": "image", "window": {"rows": 2, "columns": 3, "top": 1, "left": 0}}, image=[[1, 20, 3]] * 7)
    check(draw_lines(figure, "en", 40), "input\n" + " 1  20   3\n" * 7 + "window: rows 2–3, columns 1–3")
    assert draw_lines(figure, "zh", 40)[-1] == "窗口：第 2–3 行，第 1–3 列"


def test_grid_and_kernel_below_each_other_where_it_is_narrow() -> None:
    lines = draw_lines(GRID, "en", 20)
    assert lines.index("kernel") > lines.index("input") + 6


def test_confusion_matrix() -> None:
    check(
        draw_lines(CONFUSION, "en", 60),
        """
                       predicted class
                       positive  negative
                     ┌────────────────────
true class  positive │       80        20
            negative │    1,000         4
""",
    )
    check(
        draw_lines(CONFUSION, "zh", 60),
        """
               预测类别
                  正     负
             ┌──────────────
真实类别  正 │    80     20
          负 │ 1,000      4
""",
    )


def test_narrow_confusion_matrix_keeps_its_numbers() -> None:
    lines = draw_lines(CONFUSION, "en", 32)
    assert lines[0] == "rows: true class; columns:"
    assert lines[-1] == "negative │    1,000         4"


def test_stack() -> None:
    check(
        draw_lines(STACK, "zh", 40),
        """
┌───────────┐
│ 3×224×224 │
└───────────┘
      ↓
┌───────────┐
│ 最大池化  │  3×112×112
└───────────┘
""",
    )


def test_long_stack_is_one_line_a_layer() -> None:
    figure = make({"layers": ["input", "conv1", "conv2", "pool", {"text": "fc", "note": "1000"}]})
    check(draw_lines(figure, "en", 40), "  input\n↓ conv1\n↓ conv2\n↓ pool\n↓ fc     1000")


def test_curve() -> None:
    check(
        draw_lines(CURVE, "en", 14, rows=7),
        """
accuracy
1 │    ·•····•
  │  ··
0 │•·
  └───────────
   0 epoch  10
""",
    )


def test_steps() -> None:
    figure = make({"x": [0, 5, 10], "y": [2, 1, 0], "joined": "steps", "x_label": "t", "y_label": "lr"})
    check(
        draw_lines(figure, "en", 14, rows=9),
        """
lr
2 │•····
  │     ·
  │     •····
  │          ·
0 │          •
  └───────────
   0   t    10
""",
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [12, 20, 39, 80, 120])
@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.kind)
def test_no_line_is_wider_than_asked(figure: Figure, width: int, lang: Lang) -> None:
    for plain in (False, True):
        lines = draw_lines(figure, lang, width, ascii=plain)
        assert all(display_width(line) <= width for line in lines)
        assert not plain or lang == "zh" or all(line.isascii() for line in lines)


@pytest.mark.parametrize(
    "figure", [make({"boxes": [[3, 3, 3, 3]]}), make({"x": [1], "y": [1], "x_label": "x", "y_label": "y"})]
)
def test_points_without_extent_are_drawn(figure: Figure) -> None:
    assert draw_lines(figure, "en", 30)


def test_descriptions() -> None:
    assert describe(TWO_BOXES, "en") == "2 boxes, [x1, y1, x2, y2], y downwards: A = [0, 0, 4, 4]; B = [2, 2, 6, 6]."
    assert describe(GRID, "en") == "3×3 input [[1, 2, 0], [0, 1, 3], [2, 1, 1]]; 2×2 kernel [[1, 0], [0, −1]]."
    assert describe(STACK, "en") == "Layers from the input on: 3×224×224 → max pooling (3×112×112)."
    assert describe(CONFUSION, "zh") == "表格，行为真实类别，列为预测类别：正：正 80，负 20；负：正 1,000，负 4。"
    assert describe(CURVE, "zh") == "准确率随 epoch 变化的曲线：(0, 0), (5, 1), (10, 1)。"
