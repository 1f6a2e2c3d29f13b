"""Choosing, ordering and matching: rows to look at, digits and letters to type, arrows as the other way."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from quizcnn.figures.mathematics import inline
from quizcnn.grading.answers import Field as AnswerField
from quizcnn.grading.base import Grade
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.matching import MatchingAnswer
from quizcnn.grading.ordering import OrderingAnswer
from quizcnn.text import Lang
from quizcnn.tui.prose import Prose
from quizcnn.tui.widgets.lines import LinesField
from quizcnn.tui.widgets.typing import Field, PrefixKeys


class ChoiceField(Field, can_focus=True):
    """Digits choose, arrows move, Enter checks; with several right options digits and Space toggle."""

    DEFAULT_CSS = "ChoiceField { height: auto; width: 1fr; }"

    def __init__(self, field: AnswerField, lang: Lang, *, at_once: bool = False) -> None:
        super().__init__()
        if not isinstance(field.answer, ChoiceAnswer):
            raise TypeError(f"{field.name} is no choice")
        self._answer, self._lang, self._at_once = field.answer, lang, at_once
        self._prefix = PrefixKeys(self.post_message)
        self._chosen: set[int] = set()
        self._row = -1

    def compose(self) -> ComposeResult:
        for number in range(1, len(self._answer.options) + 1):
            yield Prose("", indent=8, id=f"option{number}")

    def on_mount(self) -> None:
        self._draw()

    def texts(self) -> tuple[str, ...]:
        return (" ".join(str(number) for number in sorted(self._chosen)),)

    def fill(self, texts: tuple[str, ...]) -> None:
        self._chosen = {
            int(word)
            for word in "".join(texts).split()
            if word.isdigit() and 0 < int(word) <= len(self._answer.options)
        }
        self._draw()

    async def _on_key(self, event: events.Key) -> None:
        if self._prefix.take(event):
            return
        count = len(self._answer.options)
        if event.character and event.character.isdigit() and 0 < int(event.character) <= count:
            self._choose(int(event.character))
        elif event.key in ("up", "down"):
            self._row = max(
                1,
                min(
                    count,
                    (self._row if self._row > 0 else 0 if event.key == "down" else count + 1)
                    + (1 if event.key == "down" else -1),
                ),
            )
            if not self._answer.multiple:
                self._chosen = {self._row}
        elif event.key == "space" and self._row > 0:
            self._choose(self._row)
        elif event.key == "enter":
            self.check()
        else:
            return
        event.stop()
        event.prevent_default()
        self._draw()

    def _choose(self, number: int) -> None:
        self._row = number
        self._chosen = self._chosen ^ {number} if self._answer.multiple else {number}
        self.post_message(self.Changed(self.texts()))
        if self._at_once and not self._answer.multiple:
            self.check()

    def on_click(self, event: events.Click) -> None:
        row = event.widget
        if isinstance(row, Prose) and row.id and not self.disabled:
            self._choose(int(row.id[6:]))
            self._draw()

    def show_result(self, grade: Grade) -> None:
        """Mark the right options and the chosen ones; every option says why."""
        self._draw(reasons=True)

    def _draw(self, *, reasons: bool = False) -> None:
        for number, option in enumerate(self._answer.options, 1):
            chosen = number in self._chosen
            mark = (
                (f"[{'x' if chosen else ' '}]" if chosen or self._answer.multiple else "   ")
                if self._answer.multiple
                else ">"
                if chosen
                else " "
            )
            symbol = (
                ("✓ " if option.key else "✗ " if chosen else "  ")
                if reasons
                else ("▌ " if number == self._row and not self.disabled else "  ")
            )
            text = f"{symbol}{number} {mark} {inline(option.text[self._lang])}"
            if reasons:
                text += f"\n        {inline(option.why[self._lang])}"
            style = (
                ("$right bold" if option.key else "$wrong" if chosen else "") if reasons else "bold" if chosen else ""
            )
            self.query_one(f"#option{number}", Prose).show(text, style)


class RowsField(LinesField):
    """Rows to put in order or to match, and one line to type their numbers or letters in; live marks stand beside the rows."""

    DEFAULT_CSS = "RowsField { height: auto; } RowsField #rows { height: auto; margin-bottom: 1; }"

    def __init__(self, fields: Sequence[AnswerField], lang: Lang) -> None:
        super().__init__(fields, lang, preview=False)
        self._answer = fields[0].answer
        self._row = -1

    def compose(self) -> ComposeResult:
        with Vertical(id="rows"):
            for number in range(len(self._rows())):
                yield Prose("", indent=6, id=f"row{number}")
        yield from super().compose()

    def on_mount(self) -> None:
        self._draw(())

    def _rows(self) -> list[tuple[str, str]]:
        """What can be typed, with its text; the left sides of a matching come first and cannot be typed."""
        match self._answer:
            case OrderingAnswer(items=items):
                return [(str(number), item[self._lang]) for number, item in enumerate(items, 1)]
            case MatchingAnswer(left=left, right=right):
                rows = [(str(number), item[self._lang]) for number, item in enumerate(left, 1)]
                return rows + [(chr(ord("a") + place), item[self._lang]) for place, item in enumerate(right)]
        return []

    def on_field_changed(self, event: Field.Changed) -> None:
        self._draw(tuple(event.texts[0].replace(",", " ").split()))

    def _draw(self, typed: Sequence[str]) -> None:
        rows = self._rows()
        for place, (mark, text) in enumerate(rows):
            cursor = "▌" if place == self._row else " "
            self.query_one(f"#row{place}", Prose).show(f"{cursor} {mark}  {inline(text)}{self._note(mark, typed)}")

    def _note(self, mark: str, typed: Sequence[str]) -> str:
        marks = [word.lower().strip(".()") for word in typed]
        if mark.isdigit() and isinstance(self._answer, MatchingAnswer):
            place = int(mark) - 1
            return f"   → {marks[place]}" if place < len(marks) else ""
        return f"   ({marks.index(mark) + 1})" if mark in marks else ""

    def on_key(self, event: events.Key) -> None:
        rows = self._rows()
        first = next((place for place, (mark, _) in enumerate(rows) if mark == "a"), 0)
        if event.key in ("up", "down"):
            self._row = max(
                first,
                min(
                    len(rows) - 1, (self._row if self._row >= first else first - 1) + (1 if event.key == "down" else -1)
                ),
            )
            self._draw(tuple(self.texts()[0].split()))
            event.stop()

    def take_space(self) -> bool:
        """Space types the mark of the row that the arrows chose."""
        if self._row < 0:
            return False
        self.append(self._rows()[self._row][0])
        return True
