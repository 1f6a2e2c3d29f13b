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
from quizcnn.tui.widgets.lines import Line
from quizcnn.tui.widgets.typing import Field


class Cell(Line):
    """One cell."""

    DEFAULT_CSS = "Cell { width: 9; margin-right: 2; }"

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("up", "down", "space") or (event.key in ("left", "right") and not self.value):
            return
        await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        field = self.parent.parent if self.parent else None
        if isinstance(field, MatrixField) and field.spread(event.text):
            event.stop()
            event.prevent_default()
        else:
            super()._on_paste(event)


class MatrixField(Field):
    """As many cells as the key has; the size is said in the prompt or is no secret."""

    DEFAULT_CSS = """
    MatrixField { height: auto; width: 1fr; }
    MatrixField Horizontal { height: 1; width: auto; }
    MatrixField Label { width: 2; color: $focus; }
    """

    def __init__(self, field: AnswerField) -> None:
        super().__init__()
        if not isinstance(field.answer, MatrixAnswer):
            raise TypeError(f"{field.name} is no matrix")
        truth = field.answer.truth
        self._rows = len(truth) if isinstance(truth, tuple) else 0
        first = truth[0] if isinstance(truth, tuple) else ()
        self._columns = len(first) if isinstance(first, tuple) else 0

    def compose(self) -> ComposeResult:
        for _ in range(self._rows):
            with Horizontal():
                yield Label("[", markup=False)
                for _ in range(self._columns):
                    yield Cell()
                yield Label("]", markup=False)

    def cells(self) -> list[Cell]:
        return list(self.query(Cell))

    def texts(self) -> tuple[str, ...]:
        values = [cell.value.strip() for cell in self.cells()]
        if not any(values):
            return ("",)
        rows = [values[start : start + self._columns] for start in range(0, len(values), self._columns)]
        return ("[" + ", ".join("[" + ", ".join(row) + "]" for row in rows) + "]",)

    def fill(self, texts: tuple[str, ...]) -> None:
        if texts and texts[0]:
            self.spread(texts[0])

    def spread(self, text: str) -> bool:
        """Fill the cells from ``[[1, 2], [3, 4]]`` or rows parted by ``;`` or line ends; False where it does not fit."""
        try:
            loaded = json.loads(text)
            values = [str(value) for row in loaded for value in row]
        except (ValueError, TypeError):
            values = [
                word for row in re.split(r"[;\n；]", text) for word in re.split(r"[,\s，]+", row.strip(" []")) if word
            ]
        if len(values) != self._rows * self._columns:
            return False
        for cell, value in zip(self.cells(), values, strict=True):
            cell.value = value
        return True

    def focus_first(self) -> None:
        empty = next((cell for cell in self.cells() if not cell.value), self.cells()[0])
        empty.focus()

    def on_key(self, event: events.Key) -> None:
        steps = {"up": -self._columns, "down": self._columns, "left": -1, "right": 1, "space": 1}
        cells = self.cells()
        place = next((place for place, cell in enumerate(cells) if cell.has_focus), 0)
        if event.key in steps and 0 <= place + steps[event.key] < len(cells):
            cells[place + steps[event.key]].focus()
            event.stop()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self.texts()))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        cells = self.cells()
        place = next((place for place, cell in enumerate(cells) if cell is event.input), 0)
        if place + 1 < len(cells):
            cells[place + 1].focus()
        else:
            self.check()
