"""Figures as an author writes them, and as a variant's numbers fill them."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from quizcnn.errors import BankError
from quizcnn.figures.figure import FIGURE, Boxes, Curve, Grid, LayerStack, Matrix, read_figure, table
from quizcnn.figures.filling import fill, names
from quizcnn.text import Text


@pytest.mark.parametrize(
    ("written", "kind", "spoken"),
    [
        ("{boxes: [a, b]}", Boxes, {"a", "b"}),
        ("{kind: boxes, boxes: boxes, scores: scores, format: xywh}", Boxes, {"boxes", "scores"}),
        ("{boxes: ['{a}', [0, 0, 4, y]], format: form}", Boxes, {"a", "y", "form"}),
        ("{cells: image, kernel: kernel, window: kernel_size}", Grid, {"image", "kernel", "kernel_size"}),
        ("{kind: grid, cells: [[1, 2]], window: {rows: 1, columns: w, left: 1}}", Grid, {"w"}),
        ("{layers: ['{c}×{h}×{h}', {text: Conv, note: '{out}'}]}", LayerStack, {"c", "h", "out"}),
        ("{layers: layers}", LayerStack, {"layers"}),
        (
            "{cells: [[tp, fn], [fp, tn]], rows: [yes, {en: no, zh: 否}], columns: [a, b]}",
            Matrix,
            {"tp", "fn", "fp", "tn"},
        ),
        (
            "{x: recall, y: precision, x_label: recall, y_label: {en: precision, zh: 精确率}}",
            Curve,
            {"recall", "precision"},
        ),
    ],
)
def test_figure_is_read(written: str, kind: type, spoken: set[str]) -> None:
    data = yaml.load(written.replace("yes", "'yes'").replace("no,", "'no',"), yaml.SafeLoader)
    if "y" in data:
        data = {str(key): value for key, value in data.items()}
    figure = read_figure(data)
    assert isinstance(figure, kind)
    assert names(figure) == spoken


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ({}, "kind"),
        ({"kind": "pie"}, "boxes, grid, layer_stack, matrix, curve"),
        ({"boxes": ["a"], "colour": "red"}, "colour"),
        ({"kind": "grid"}, "cells"),
        ({"kind": "curve", "x": "a", "y": "b"}, "x_label"),
        ({"layers": []}, "layers"),
        ({"cells": "a", "kernel": "k", "label": {"en": "map"}}, "label"),
    ],
)
def test_wrong_figure_is_refused_by_its_key(written: dict[str, Any], complaint: str) -> None:
    with pytest.raises(BankError, match=complaint):
        read_figure(written)


def test_numbers_come_from_the_parameters() -> None:
    boxes = fill(read_figure({"boxes": ["a", "{b}"]}), {"a": [40, 60, 120, 140], "b": [80, 80, 160, 160]})
    assert isinstance(boxes, Boxes)
    assert boxes.corners() == ((40, 60, 120, 140), (80, 80, 160, 160))
    assert boxes.names() == (Text.same("A"), Text.same("B"))


def test_a_named_list_of_boxes_is_counted_from_zero() -> None:
    figure = fill(
        read_figure({"boxes": "boxes", "scores": "scores"}),
        {"boxes": [[0, 0, 4, 4], [1, 1, 5, 5]], "scores": [0.9, 0.85]},
    )
    assert isinstance(figure, Boxes)
    assert [name.en for name in figure.names_with_scores()] == ["0 (0.9)", "1 (0.85)"]


def test_other_box_formats_are_turned_into_corners() -> None:
    for form, box in (("xywh", [40, 60, 80, 80]), ("cxcywh", [80, 100, 80, 80])):
        figure = fill(read_figure({"boxes": ["a"], "format": "form"}), {"a": box, "form": form})
        assert isinstance(figure, Boxes)
        assert figure.corners() == ((40, 60, 120, 140),)


def test_window_from_one_number_and_from_a_pair() -> None:
    for size, sides in ((2, (2, 2)), ([2, 3], (2, 3))):
        figure = fill(read_figure({"cells": [[1, 2, 3], [4, 5, 6]], "window": "kernel_size"}), {"kernel_size": size})
        assert isinstance(figure, Grid)
        assert figure.window is not None
        assert (figure.window.rows, figure.window.columns) == sides


def test_labels_take_numbers_as_they_are_shown() -> None:
    figure = fill(
        read_figure({"layers": ["{c}×{h}", {"text": {"en": "{p} weights", "zh": "{p} 个权重"}, "note": "{c}"}]}),
        {"c": 3, "h": 224, "p": 36992},
    )
    assert isinstance(figure, LayerStack)
    first, second = figure.blocks()
    assert first.text == Text.same("3×224")
    assert second.text == Text("36,992 weights", "36,992 个权重")
    assert second.note == Text.same("3")


def test_a_list_of_layers_from_a_parameter() -> None:
    figure = fill(
        read_figure({"layers": "layers"}),
        {"layers": [{"kernel_size": 3, "stride": 2}, {"kernel_size": 1, "stride": 1}]},
    )
    assert isinstance(figure, LayerStack)
    assert [layer.text.en for layer in figure.blocks()] == ["kernel_size=3, stride=2", "kernel_size=1, stride=1"]


@pytest.mark.parametrize(
    ("written", "parameters", "complaint"),
    [
        ({"boxes": ["a", "c"]}, {"a": [0, 0, 1, 1], "b": 3}, "'c', which is no parameter; use one of a, b"),
        ({"layers": ["{x}"]}, {}, "'{x}', which is no parameter"),
        ({"boxes": ["a"]}, {"a": [5, 0, 1, 1]}, "no boxes"),
        ({"boxes": ["a"]}, {"a": [5, 0, 1]}, "boxes"),
        ({"boxes": ["a"], "scores": [0.5, 0.6]}, {"a": [0, 0, 1, 1]}, "1 boxes and 2 scores"),
        ({"cells": "m"}, {"m": [[1], [1, 2]]}, "same length"),
        ({"cells": "m"}, {"m": [[1] * 21]}, "at most 20"),
        ({"cells": "m"}, {"m": 3}, "cells"),
        ({"cells": [[1, 2]], "rows": ["a", "b"]}, {}, "labels"),
        ({"x": "r", "y": "p", "x_label": "r", "y_label": "p"}, {"r": [1, 2], "p": [1]}, "as many x as y"),
        ({"layers": "layers"}, {"layers": 3}, "no list of layers"),
        ({"boxes": "boxes"}, {"boxes": [[0, 0, 1, 1]] * 13}, "more than 12"),
    ],
)
def test_figure_that_cannot_be_filled(written: dict[str, Any], parameters: dict[str, Any], complaint: str) -> None:
    with pytest.raises(BankError) as refusal:
        fill(read_figure(written), parameters)
    assert complaint in str(refusal.value)


def test_drawing_needs_a_filled_figure() -> None:
    figure = read_figure({"cells": "image"})
    assert isinstance(figure, Grid)
    with pytest.raises(BankError, match="still holds the name 'image'"):
        table(figure.cells)


def test_figures_survive_json_and_give_a_schema() -> None:
    figure = fill(read_figure({"cells": [["tp", 2]], "rows": ["a"], "columns": ["x", "y"]}), {"tp": 7})
    assert FIGURE.validate_json(FIGURE.dump_json(figure)) == figure
    assert "boxes" in str(FIGURE.json_schema())
