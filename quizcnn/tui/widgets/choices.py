"""Choosing: rows of options, digits and arrows; after Enter every option says why."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult

from quizcnn.grading.answers import Field as AnswerField
from quizcnn.grading.choice import ChoiceAnswer, Option
from quizcnn.services.views import Result
from quizcnn.text import Lang
from quizcnn.tui.prose import Item, Items
from quizcnn.tui.widgets.typing import Field, PrefixKeys


class ChoiceField(Field, can_focus=True):
    """Digits choose, arrows move, Enter checks; with several right options digits and Space toggle. Letters are commands."""

    types_text = False

    def __init__(self, field: AnswerField, lang: Lang, *, at_once: bool = False) -> None:
        super().__init__()
        if not isinstance(field.answer, ChoiceAnswer):
            raise TypeError(f"{field.name} is no choice")
        self._answer, self._lang, self._at_once = field.answer, lang, at_once
        self._prefix = PrefixKeys(self.post_message)
        self._options = Items(even=True, id="options")
        self._chosen: set[int] = set()
        self._row = 0
        self._result: Result | None = None

    def compose(self) -> ComposeResult:
        yield self._options

    def on_mount(self) -> None:
        self._draw()

    def speak(self, lang: Lang) -> None:
        self._lang = lang
        self._draw()

    def rows_at(self, width: int) -> int:
        return self._options.rows_at(width)

    def texts(self) -> tuple[str, ...]:
        return (" ".join(str(number) for number in sorted(self._chosen)),)

    def fill(self, texts: tuple[str, ...]) -> None:
        numbers = [int(word) for word in "".join(texts).replace(",", " ").split() if word.isdecimal()]
        self._chosen = {number for number in numbers if 0 < number <= len(self._answer.options)}
        self._draw()

    async def _on_key(self, event: events.Key) -> None:
        if self._prefix.take(event):
            return
        number = int(event.character) if event.character and event.character.isdecimal() else 0
        if 0 < number <= len(self._answer.options):
            self._choose(number)
        elif event.key in ("up", "down"):
            self._move(1 if event.key == "down" else -1)
        elif event.key == "space" and self._row:
            self._choose(self._row)
        elif event.key == "enter":
            self.check(event.time)
        else:
            return
        event.stop()
        event.prevent_default()
        self._draw()

    def _move(self, step: int) -> None:
        count = len(self._answer.options)
        self._row = max(1, min(count, self._row + step)) if self._row else (1 if step > 0 else count)
        if not self._answer.multiple:
            self._chosen = {self._row}
            self.post_message(self.Changed(self.texts()))

    def _choose(self, number: int) -> None:
        self._row = number
        self._chosen = self._chosen ^ {number} if self._answer.multiple else {number}
        self.post_message(self.Changed(self.texts()))
        if self._at_once and not self._answer.multiple:
            self.check()

    def on_click(self, event: events.Click) -> None:
        place = self._options.item_at(event.screen_y - self._options.region.y)
        if place >= 0 and not self.disabled:
            self._choose(place + 1)
            self._draw()

    def show_result(self, result: Result, lang: Lang) -> None:
        self._result = result if result.recorded else None
        self._draw()

    def _draw(self) -> None:
        draw = self._marked if self._result is not None else self._open
        self._options.show([draw(number, option) for number, option in enumerate(self._answer.options, 1)])

    def _open(self, number: int, option: Option) -> Item:
        chosen = number in self._chosen
        cursor = "▌" if number == self._row and self._answer.multiple else " "
        style = "bold" if chosen else ""
        return Item(option.text[self._lang], f"{cursor} {number} {self._box(chosen)} ", style)

    def _marked(self, number: int, option: Option) -> Item:
        """An option once the answer is in: whether it is right, whether it was chosen, and why."""
        chosen = number in self._chosen
        symbol, style = ("✓", "$right bold") if option.key else ("✗", "$wrong bold") if chosen else (" ", "")
        lead = f"{symbol} {number} {self._box(chosen)} "
        return Item(option.text[self._lang], lead, style, option.why[self._lang])

    def _box(self, chosen: bool) -> str:
        if self._answer.multiple:
            return "[x]" if chosen else "[ ]"
        return ">" if chosen else " "
