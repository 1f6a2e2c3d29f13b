"""What every answer field shares: its texts, its lock, and that Esc and then a letter is a command, as is Alt with a letter.

Many terminals send Esc and a quick letter as Alt+letter; the field takes both, so that fast and slow typing work alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message
from textual.widget import Widget

from quizcnn.text import Lang

if TYPE_CHECKING:
    from quizcnn.services.views import Result


class CommandLetter(Message):
    """A command letter was typed after Esc, in a field that keeps its text and focus."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key


class Prefix(Message):
    """Esc was pressed in a field (``lit``), or its one-shot prefix is over."""

    def __init__(self, lit: bool) -> None:
        super().__init__()
        self.lit = lit


class LeaveField(Message):
    """Esc was pressed twice: back one level."""


class LeftOut(Message):
    """A paste had more lines than the field can hold; so many were left out."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.lines = lines


class PrefixKeys:
    """Keeps the one-shot prefix of one field."""

    def __init__(self, post: Callable[[Message], object]) -> None:
        self._post = post
        self._waiting = False

    def take(self, event: events.Key) -> bool:
        """Whether the key was taken; then the field must not see it."""
        if event.key.startswith("alt+") and len(event.key) > 4:
            self._post(CommandLetter(event.key[4:]))
        elif event.key == "escape":
            if self._waiting:
                self._post(LeaveField())
            self._set(not self._waiting)
        elif self._waiting:
            self._set(False)
            if event.key not in ("enter", "tab"):
                self._post(CommandLetter(event.character if event.is_printable and event.character else event.key))
        else:
            return False
        event.stop()
        event.prevent_default()
        return True

    def _set(self, waiting: bool) -> None:
        self._waiting = waiting
        self._post(Prefix(waiting))


class Field(Widget):
    """Base of the answer fields: gives the typed texts, can be filled, locked, and says when it wants to be checked."""

    DEFAULT_CSS = "Field { height: auto; width: 1fr; }"
    types_text = True
    """Whether letters are typed here; where they are not, they are commands."""

    class Checked(Message):
        """The learner asks for a check of these texts."""

        def __init__(self, texts: tuple[str, ...], at: float | None) -> None:
            super().__init__()
            self.texts, self.at = texts, at
            """``at`` is the moment of the Enter that asks; None for a click."""

    class Changed(Message):
        """What is typed has changed."""

        def __init__(self, texts: tuple[str, ...]) -> None:
            super().__init__()
            self.texts = texts

    def texts(self) -> tuple[str, ...]:
        """What stands in the field, one text for each field of the question."""
        raise TypeError(f"{type(self).__name__} holds no text")

    def fill(self, texts: tuple[str, ...]) -> None:
        """Put these texts in the field."""
        raise TypeError(f"{type(self).__name__} holds no text")

    def rows_at(self, width: int) -> int:
        """The rows that the field takes at a width."""
        return 1

    def speak(self, lang: Lang) -> None:
        """Show words in this language; text and caret stay."""

    def show_result(self, result: Result, lang: Lang) -> None:
        """Mark in the field what the answer came to."""

    def enter_checks(self) -> bool:
        """Whether Enter checks now; else it goes to the next gap, cell or part."""
        return True

    def seal(self) -> None:
        """Take no more input; what was typed stays in sight."""
        self.disabled = True

    def check(self, at: float | None = None) -> None:
        """Lock against a doubled Enter, then post what was typed; ``at`` is the moment of the Enter."""
        if not self.disabled:
            self.disabled = True
            self.post_message(self.Checked(self.texts(), at))

    def reopen(self, place: int | None = None) -> None:
        """Take input again, caret where it was, or in the text of this number."""
        self.disabled = False
        self.focus_again(place)

    def focus_again(self, place: int | None = None) -> None:
        """Give the caret back."""
        self.focus_first()

    def focus_first(self) -> None:
        """Give the caret to where typing begins."""
        self.focus()
