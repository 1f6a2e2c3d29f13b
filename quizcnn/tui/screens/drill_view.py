"""What a drill shows: question, hints, field, verdict with steps, ratings, and who of them gets which rows."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll

from quizcnn.scheduling.rating import ESTIMATE_SECONDS
from quizcnn.services import words
from quizcnn.services.drill import Drill
from quizcnn.services.views import Ask, Result
from quizcnn.services.words import say
from quizcnn.tui.allotment import allot
from quizcnn.tui.footer import KeyRow
from quizcnn.tui.prose import Item as Line
from quizcnn.tui.prose import Items, Prose
from quizcnn.tui.screens.base import QuizScreen
from quizcnn.tui.widgets.header import ProgressRow
from quizcnn.tui.widgets.panel import LEAST_WIDTH, SidePanel
from quizcnn.tui.widgets.panel import WIDTH as PANEL_WIDTH
from quizcnn.tui.widgets.question import QuestionBlock
from quizcnn.tui.widgets.ratings import RatingRow
from quizcnn.tui.widgets.typing import Field
from quizcnn.tui.widgets.verdict import Details, VerdictRow

if TYPE_CHECKING:
    from quizcnn.services.panel import Panel

CLOCK_STEP = 10
"""A clock that moves every second distracts; this one does so only at the end."""
LOW = 20
"""Under so many rows no blank rows stand between the blocks."""


class DrillView(QuizScreen[None]):
    """The question at hand with what it came to so far. It draws and decides nothing."""

    def __init__(self, drill: Drill, line: str = "") -> None:
        super().__init__()
        self._drill = drill
        self._ask: Ask | None = None
        self._result: Result | None = None
        self._field: Field | None = None
        self._started = 0.0
        self._asked_twice = self._no_hint_left = self._all_steps = False
        self._opening_line = line
        self._beside: tuple[tuple[str, bool], Panel] | None = None
        """What the panel shows, with the question and whether it is answered."""
        self._reading: tuple[str, bool] | None = None
        """What was last read for the panel; None: nothing for this question yet."""
        self._moving = True
        """Between two questions: keys that come too early are let go."""

    def compose(self) -> ComposeResult:
        yield ProgressRow(id="where")
        with Horizontal(id="desk"):
            with Vertical(id="work"):
                yield QuestionBlock(id="question")
                yield Items(id="hints")
                yield VerticalScroll(id="field", can_focus=False)
                yield Prose(id="message")
                yield VerdictRow(id="verdict")
                with VerticalScroll(id="result", can_focus=False):
                    yield Details()
                yield RatingRow(id="ratings")
            yield SidePanel(id="panel")
        yield KeyRow()

    def _is_open(self) -> bool:
        """Whether the question still waits for an answer."""
        return self._result is None or not self._result.recorded

    def show_words(self) -> None:
        ask, field, lang = self._ask, self._field, self.lang
        if ask is None or field is None:
            return
        field.speak(lang)
        self._show_clock()
        self._show_panel(ask)
        self._show_question(ask, field.texts())
        self._show_hints(ask)
        self._show_result(ask, field)
        self.show_keys()
        self._share_rows()

    def _show_clock(self) -> None:
        """The first row; an estimate, which has a minute, with what is left of it, in tens until the last ten."""
        ask = self._ask
        if ask is None:
            return
        seconds = None
        if self._is_open() and ask.variant.is_estimate:
            left = max(0, math.ceil(ESTIMATE_SECONDS - (time.monotonic() - self._started)))
            seconds = left if left <= CLOCK_STEP else math.ceil(left / CLOCK_STEP) * CLOCK_STEP
        self.query_one(ProgressRow).show(ask, self.lang, seconds)

    def _show_question(self, ask: Ask, texts: tuple[str, ...]) -> None:
        """The question with its gaps filled; its figure stands in the panel where that is open and has room for it."""
        elsewhere = self._has_panel() and self.query_one(SidePanel).takes(ask.variant.figure, self.lang)
        self.query_one(QuestionBlock).show(ask.variant, self.lang, texts, figure=not elsewhere)

    # ------------------------------------------------------------------ side panel

    def _has_panel(self) -> bool:
        return self.quiz.side_panel and self.app.size.width >= LEAST_WIDTH

    def _show_panel(self, ask: Ask) -> None:
        """The panel with what is known by now; what is not is read beside the screen."""
        panel, key = self.query_one(SidePanel), (ask.variant.question_id, not self._is_open())
        panel.display = self._has_panel()
        if not self._has_panel():
            return
        if self._reading is None:
            panel.clear()
        panel.show_figure(ask.variant.figure if panel.takes(ask.variant.figure, self.lang) else None, self.lang)
        if self._beside is not None and self._beside[0] == key:
            panel.show(self._beside[1], self.lang)
        elif self._reading != key:
            self._reading = key
            self.quiz.run_quietly(lambda: self._read_panel(key), self._take_panel, lambda _: None)

    def _read_panel(self, key: tuple[str, bool]) -> tuple[tuple[str, bool], Panel]:
        """In a thread, and loaded there: the question does not wait for it."""
        from quizcnn.services.panel import read_panel

        question_id, answered = key
        return key, read_panel(self.quiz.context, question_id, answered=answered)

    def _take_panel(self, read: tuple[tuple[str, bool], Panel]) -> None:
        if read[0] == self._reading:
            self._beside = read
            if self.stands:
                self.query_one(SidePanel).show(read[1], self.lang)
                self.call_after_refresh(self.show_keys)

    def _forget_panel(self) -> None:
        """Another question, or another answer to it: what was read no longer holds."""
        self._beside = self._reading = None

    # ------------------------------------------------------------------ the result

    def _show_hints(self, ask: Ask) -> None:
        total = len(ask.variant.hints)
        lines = [
            Line(say(words.HINT, self.lang, number=number, total=total, hint=hint[self.lang]), "  ")
            for number, hint in enumerate(ask.hints, 1)
        ]
        self.query_one("#hints", Items).show(lines if self._is_open() else [])

    def _show_result(self, ask: Ask, field: Field) -> None:
        result, lang = self._result, self.lang
        ratings = self.query_one(RatingRow)
        ratings.show(result if result is not None and result.recorded else None, lang)
        if result is None:
            self.query_one(VerdictRow).show("")
            self.query_one(Details).clear()
            return
        field.show_result(result, lang)
        self.query_one(VerdictRow).show_result(ask.variant, result, lang)
        self.query_one(Details).show(ask.variant, result, lang, all_steps=self._all_steps)

    def _put_message(self, line: str, style: str = "$quiet") -> None:
        self.query_one("#message", Prose).show(line, style, "  ")

    def say_line(self, line: str, style: str = "$quiet") -> None:
        """The line of messages under the field."""
        self._put_message(line, style)
        self._share_rows()

    def _share_rows(self) -> None:
        """Give question, field and result the rows that there are."""
        field, size = self._field, self.app.size
        if field is None:
            return
        width, blank = size.width - 2 - PANEL_WIDTH * self._has_panel(), int(size.height >= LOW)
        question, box, result = self.query_one(QuestionBlock), self.query_one("#field"), self.query_one("#result")
        details = self.query_one(Details).rows_at(width)
        fixed = [self.query_one("#hints", Items), self.query_one("#message", Prose), self.query_one(VerdictRow)]
        room = size.height - 2 - blank - sum(block.rows_at(width) for block in fixed)
        room -= blank * sum(block.rows_at(width) > 0 for block in (fixed[0], fixed[1], field))
        if self._result is not None:
            room -= blank
        if not self._is_open():
            room -= self.query_one(RatingRow).rows_at(width) + blank
        rows = allot(room, question=question.rows_at(width), field=field.rows_at(width), result=details)
        self.set_class(not blank, "low")
        question.styles.height = rows.question + blank
        box.display = field.rows_at(width) > 0
        box.styles.height = rows.field + blank
        result.styles.height = "1fr"

    def resized(self) -> None:
        self.show_words()
