"""A matrix as a grid of cells: Space or Enter goes to the next, arrows move, a pasted matrix fills it."""

from __future__ import annotations

import json
import re

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Label

from quizcnn.grading.answers import Field as AnswerField
from quizcnn.grading.matrix import MatrixAnswer
from quizcnn.text import Lang, Text
from quizcnn.tui.widgets.line import Before, Line
from quizcnn.tui.widgets.typing import Field

HOW = Text("Space or Enter next cell; arrows move", "空格或 Enter 到下一格，方向键移动")
WIDEST = 9
NARROWEST = 5


class Cell(Line):
    """One cell. The arrows leave it where the caret can go no further."""

    DEFAULT_CSS = "Cell { width: 9; margin-right: 2; }"

    def __init__(self, before: Before, *, width: int) -> None:
        super().__init__(before=before)
        self.styles.width = width

    def _on_paste(self, event: events.Paste) -> None:
        field = next((each for each in self.ancestors if isinstance(each, MatrixField)), None)
        if field is not None and field.spread(event.text):
            event.stop()
            event.prevent_default()
        else:
            super()._on_paste(event)


class MatrixField(Field):
    """As many cells as the key has; the size is said in the prompt or is no secret."""

    DEFAULT_CSS = """
    MatrixField Horizontal { height: 1; width: auto; }
    MatrixField Label { width: 2; color: $focus; }
    MatrixField Label.how { width: auto; color: $quiet; padding-left: 2; }
    """

    def __init__(self, field: AnswerField, lang: Lang) -> None:
        super().__init__()
        if not isinstance(field.answer, MatrixAnswer):
            raise TypeError(f"{field.name} is no matrix")
        truth = field.answer.truth
        first = truth[0] if isinstance(truth, tuple) and truth else ()
        self._rows = len(truth) if isinstance(truth, tuple) else 0
        self._columns = len(first) if isinstance(first, tuple) else 0
        self._lang = lang
        self._place = 0

    def compose(self) -> ComposeResult:
        width = WIDEST if (WIDEST + 2) * self._columns + 8 <= self.app.size.width else NARROWEST
        for row in range(self._rows):
            with Horizontal():
                yield Label("[", markup=False)
                for _ in range(self._columns):
                    yield Cell(self._before, width=width)
                yield Label("]", markup=False)
                if row == 0:
                    yield Label(HOW[self._lang], classes="how", markup=False)

    def speak(self, lang: Lang) -> None:
        self._lang = lang
        self.query_one(".how", Label).update(HOW[lang])

    def rows_at(self, width: int) -> int:
        return self._rows

    def cells(self) -> list[Cell]:
        return list(self.query(Cell))

    def texts(self) -> tuple[str, ...]:
        values = [cell.value.strip() for cell in self.cells()]
        if not any(values):
            return ("",)
        rows = [values[start : start + self._columns] for start in range(0, len(values), self._columns)]
        return ("[" + ", ".join("[" + ", ".join(row) + "]" for row in rows) + "]",)

    def fill(self, texts: tuple[str, ...]) -> None:
        if not texts or not texts[0]:
            for cell in self.cells():
                cell.value = ""
        else:
            self.spread(texts[0])

    def spread(self, text: str) -> bool:
        """Fill the cells from ``[[1, 2], [3, 4]]`` or rows parted by ``;`` or line ends; False where it does not fit."""
        rows = _rows_of(text)
        if len(rows) != self._rows or any(len(row) != self._columns for row in rows):
            return False
        for cell, value in zip(self.cells(), (value for row in rows for value in row), strict=True):
            cell.value = value
            cell.cursor_position = len(value)
        return True

    def focus_first(self) -> None:
        cells = self.cells()
        next((cell for cell in cells if not cell.value), cells[0]).focus()

    def focus_again(self, place: int | None = None) -> None:
        self.cells()[self._place].focus()

    def enter_checks(self) -> bool:
        return self._focused() == len(self.cells()) - 1

    def check(self, at: float | None = None) -> None:
        self._place = self._focused()
        super().check(at)

    def _focused(self) -> int:
        return next((place for place, cell in enumerate(self.cells()) if cell.has_focus), self._place)

    def _before(self, event: events.Key) -> bool:
        cells, place = self.cells(), self._focused()
        cell = cells[place]
        steps = {"up": -self._columns, "down": self._columns, "space": 1}
        if event.key == "left" and cell.cursor_position == 0:
            steps["left"] = -1
        if event.key == "right" and cell.cursor_position == len(cell.value):
            steps["right"] = 1
        if event.key not in steps:
            return False
        if 0 <= place + steps[event.key] < len(cells):
            cells[place + steps[event.key]].focus()
        return True

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self.texts()))

    def on_line_entered(self, message: Line.Entered) -> None:
        message.stop()
        cells, place = self.cells(), self._focused()
        if place + 1 < len(cells):
            cells[place + 1].focus()
        else:
            self.check(message.at)


def _rows_of(text: str) -> list[list[str]]:
    """The cells of a matrix as it is typed or pasted, row by row."""
    try:
        loaded = json.loads(text, parse_int=str, parse_float=str)
    except ValueError:
        loaded = None
    if isinstance(loaded, list) and loaded and all(isinstance(row, list) for row in loaded):
        return [[str(value) for value in row] for row in loaded]
    parts = re.split(r"\]\s*[,，]?\s*\[|[;\n；]", text.strip().strip("[]").strip())
    rows = [[word.strip(" []") for word in _cells_of(part)] for part in parts if part.strip(" []") or "," in part]
    return [row for row in rows if row]


def _cells_of(row: str) -> list[str]:
    row = row.strip().strip("[]")
    return re.split(r"\s*[,，]\s*", row) if re.search("[,，]", row) else row.split()
