"""From the field to the next question: what is empty, unreadable or too long, what is graded, what is rated.

Whatever cannot be saved is said in a line, and what was typed stays where it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

from textual import on
from textual.containers import VerticalScroll

from quizcnn.errors import StorageError
from quizcnn.grading.base import Verdict
from quizcnn.services import words
from quizcnn.services.views import Ask, Result
from quizcnn.services.words import say
from quizcnn.tui.screens.drill_view import DrillView
from quizcnn.tui.widgets.factory import field_for
from quizcnn.tui.widgets.lines import LinesField
from quizcnn.tui.widgets.question import QuestionBlock
from quizcnn.tui.widgets.texts import TextField
from quizcnn.tui.widgets.typing import Field, LeftOut

LONGEST_TEXT = 2000


class DrillAnswers(DrillView):
    """Opens a question, takes the answer, takes the rating."""

    def on_mount(self) -> None:
        self.call_later(self._open_question, self._opening_line)
        self.set_interval(1, self._show_clock)

    async def _open_question(self, line: str = "") -> None:
        """Show the question that the service has open, or leave for the summary."""
        try:
            self._ask = self._drill.ask()
        except StorageError as error:
            self._moving = False
            self._not_saved(error)
            return
        self._result = None
        self._forget_panel()
        if self._ask is None:
            from quizcnn.tui.screens.summary import SummaryScreen

            self.app.switch_screen(SummaryScreen(self._drill))
            return
        self._asked_twice = self._no_hint_left = self._all_steps = False
        await self._put_field(self._ask)
        self._started = time.monotonic()
        self.query_one(QuestionBlock).scroll_home(animate=False)
        self._put_message(line)
        self._moving = False
        self.show_words()

    async def _put_field(self, ask: Ask) -> None:
        settings = self.quiz.context.settings
        box = self.query_one("#field", VerticalScroll)
        await box.remove_children()
        field = field_for(
            ask.variant, self.lang, enter_checks=settings.enter_checks, at_once=settings.digit_answers_at_once
        )
        self._field = field
        await box.mount(field)
        if any(ask.drafts):
            field.fill(ask.drafts)
        field.focus_first()

    @on(Field.Changed)
    def _typing(self, message: Field.Changed) -> None:
        if self._asked_twice:
            self._asked_twice = False
            self.say_line("")
        if self._ask is not None and self._ask.variant.kind == "cloze":
            self._show_question(self._ask, message.texts)
            self._share_rows()

    @on(LeftOut)
    def _left_out(self, message: LeftOut) -> None:
        message.stop()
        self.say_line(say(words.LINES_LEFT_OUT, self.lang, count=message.lines))

    @on(Field.Checked)
    def _checked(self, message: Field.Checked) -> None:
        message.stop()
        typed = [text.strip() for text in message.texts]
        written = [text for text in typed if text]
        if self._field is None or self._ask is None or not self._is_fresh(message.at):
            self._reopen()
        elif written and all(text in ("?", "？") for text in written):
            self._field.fill(("",) * len(typed))
            self._reopen()
            self.run_command("hint")
        elif not written:
            line = words.NOTHING_TYPED if self._ask.counted else words.NOTHING_TYPED_UNCOUNTED
            self._check_nothing(line[self.lang], self._reveal)
        elif len(written) < len(typed):
            place = typed.index("")
            label = self._ask.variant.fields[place].label[self.lang]
            grade = partial(self._grade, message.texts)
            self._check_nothing(say(words.GAP_EMPTY, self.lang, label=label), grade, place)
        else:
            self._grade(message.texts)

    def _is_fresh(self, at: float | None) -> bool:
        return at is None or self.quiz.is_fresh(at)

    def _check_nothing(self, line: str, act: Callable[[], None], place: int | None = None) -> None:
        """Ask once whether what is empty is meant so, then go on."""
        if self._asked_twice:
            act()
            return
        self._asked_twice = True
        self.say_line(line, "$partly")
        self._reopen(place)

    def _reopen(self, place: int | None = None) -> None:
        if self._field is not None and self._is_open():
            self._field.reopen(place)

    def _grade(self, typed: Sequence[str]) -> None:
        if isinstance(self._field, TextField) and len(typed[0]) > LONGEST_TEXT:
            self.say_line(say(words.TOO_LONG, self.lang, count=len(typed[0]), most=LONGEST_TEXT), "$unread")
            self._reopen()
            return
        try:
            self._take(self._drill.submit(typed, time.monotonic() - self._started))
        except StorageError as error:
            self._not_saved(error)

    def _reveal(self) -> None:
        try:
            self._take(self._drill.reveal(time.monotonic() - self._started))
        except StorageError as error:
            self._not_saved(error)

    def _not_saved(self, error: StorageError) -> None:
        self.say_line(words.not_saved(error, self.lang), "$wrong")
        self._reopen()

    def _take(self, result: Result) -> None:
        self._result = result
        self._asked_twice = False
        self._put_message("")
        if result.recorded:
            if self._field is not None:
                self._field.seal()
            self.set_focus(None)
        else:
            self._ask = self._drill.ask()
            unreadable = result.grade.verdict is Verdict.UNREADABLE and isinstance(self._field, LinesField)
            self._reopen(self._field.first_unreadable() if unreadable and isinstance(self._field, LinesField) else None)
        self.query_one("#result").scroll_home(animate=False)
        self.show_words()

    def _rate(self, rating: int | None) -> None:
        if self._moving:
            return
        try:
            self._drill.rate(rating)
        except StorageError as error:
            self._not_saved(error)
            return
        self._move_on("")

    def _move_on(self, line: str) -> None:
        self._moving = True
        self.call_later(self._open_question, line)
