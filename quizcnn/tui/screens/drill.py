"""The drill: question, field, verdict with steps, ratings. It shows what the service says and passes on what was typed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget

from quizcnn.errors import QuizError, StorageError
from quizcnn.grading.base import Verdict
from quizcnn.services import words
from quizcnn.services.drill import Drill
from quizcnn.services.views import Ask, Result
from quizcnn.services.words import say
from quizcnn.text import Text
from quizcnn.tui.allotment import allot
from quizcnn.tui.footer import Item, KeyRow
from quizcnn.tui.prose import Item as Line
from quizcnn.tui.prose import Items, Prose
from quizcnn.tui.screens.base import QuizScreen
from quizcnn.tui.widgets.factory import field_for
from quizcnn.tui.widgets.header import ProgressRow
from quizcnn.tui.widgets.lines import LinesField
from quizcnn.tui.widgets.question import QuestionBlock
from quizcnn.tui.widgets.ratings import RatingRow
from quizcnn.tui.widgets.texts import TextField
from quizcnn.tui.widgets.typing import Field, LeftOut
from quizcnn.tui.widgets.verdict import Details, VerdictRow

CHECK = Text("check", "核对")
NEXT = Text("next", "下一题")
NEXT_GAP = Text("next field", "下一格")
SHOW = Text("show the back", "看背面")
UNCHANGED = Text("check; unchanged: show the answer", "核对；不改则看答案")
RATE = Text("rate", "评分")
IN_QUESTION = ("hint", "skip", "undo", "variant", "language", "flag", "find", "suspend", "source", "leave")
ON_RESULT = ("variant", "work", "flag", "undo", "language", "find", "suspend", "source", "leave")
LONGEST_TEXT = 2000
LOW = 20
"""Under so many rows no blank rows stand between the blocks."""


class DrillScreen(QuizScreen[None]):
    """One session. ``Enter`` alone does it all: check, rate as proposed, next."""

    offers = (
        "hint",
        "skip",
        "undo",
        "variant",
        "work",
        "overrule",
        "flag",
        "suspend",
        "source",
        "more",
        "leave",
        "help",
    )

    def __init__(self, drill: Drill, line: str = "") -> None:
        super().__init__()
        self._drill = drill
        self._ask: Ask | None = None
        self._result: Result | None = None
        self._field: Field | None = None
        self._started = 0.0
        self._asked_twice = self._no_hint_left = self._all_steps = False
        self._opening_line = line
        self._moving = True
        """Between two questions: keys that come too early are let go."""

    def compose(self) -> ComposeResult:
        yield ProgressRow(id="where")
        yield QuestionBlock(id="question")
        yield Items(id="hints")
        yield VerticalScroll(id="field", can_focus=False)
        yield Prose(id="message")
        yield VerdictRow(id="verdict")
        with VerticalScroll(id="result", can_focus=False):
            yield Details()
        yield RatingRow(id="ratings")
        yield KeyRow()

    def on_mount(self) -> None:
        self.call_later(self._open_question, self._opening_line)

    # ------------------------------------------------------------------ showing

    async def _open_question(self, line: str = "") -> None:
        """Show the question that the service has open, or leave for the summary."""
        try:
            self._ask = self._drill.ask()
        except StorageError as error:
            self._moving = False
            self._not_saved(error)
            return
        self._result = None
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

    def show_words(self) -> None:
        ask, field, lang = self._ask, self._field, self.lang
        if ask is None or field is None:
            return
        field.speak(lang)
        self.query_one(ProgressRow).show(ask, lang)
        self.query_one(QuestionBlock).show(ask.variant, lang, field.texts())
        self._show_hints(ask)
        self._show_result(ask, field)
        self.show_keys()
        self._share_rows()

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
        width, blank = size.width - 2, int(size.height >= LOW)
        question, box, result = self.query_one(QuestionBlock), self.query_one("#field"), self.query_one("#result")
        details = self.query_one(Details).rows_at(width)
        fixed = [self.query_one("#hints", Items), self.query_one("#message", Prose), self.query_one(VerdictRow)]
        room = size.height - 2 - blank - sum(block.rows_at(width) for block in fixed)
        room -= blank * (fixed[0].rows_at(width) > 0) + blank * (field.rows_at(width) > 0)
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
        self._share_rows()

    # ------------------------------------------------------------------ keys

    def _is_open(self) -> bool:
        """Whether the question still waits for an answer."""
        return self._result is None or not self._result.recorded

    def types_text(self) -> bool:
        return self._is_open() and self._field is not None and self._field.types_text

    def enter_means(self) -> Text:
        if not self._is_open():
            return NEXT
        if self._ask is not None and self._ask.variant.kind == "recall":
            return SHOW
        if self._field is not None and not self._field.enter_checks():
            return NEXT_GAP
        return UNCHANGED if self._result is not None and self._result.second_try else CHECK

    def key_items(self) -> list[Item]:
        first = super().key_items()
        if self._is_open():
            return [*first[: 2 if self.types_text() else 1], *self._offered(IN_QUESTION)]
        overrule = [self.item("overrule")] if self._may_overrule() else []
        rate = [("1-4", RATE[self.lang], "")] if self._result and self._result.intervals else []
        return [first[0], *rate, *overrule, *self._offered(ON_RESULT)]

    def _offered(self, names: Sequence[str]) -> list[Item]:
        return [self.item(name) for name in names if self.applies(name)]

    def applies(self, name: str) -> bool:
        ask = self._ask
        if ask is None:
            return False
        if name == "skip":
            return self._is_open()
        if name == "overrule":
            return self._may_overrule()
        if name == "hint":
            return self._is_open() and bool(ask.variant.hints)
        if name == "variant":
            return not self._is_open() or ask.variant.family is not None
        if name == "work":
            result = self._result
            return result is not None and not self._is_open() and result.grade.is_correct and bool(result.steps)
        return True

    def item(self, name: str) -> Item:
        key, label, command = super().item(name)
        if name == "variant" and not self._is_open():
            label = words.MORE_LIKE_THIS[self.lang]
        return key, label, command

    def _may_overrule(self) -> bool:
        return (
            self._ask is not None
            and self._ask.variant.kind in ("short_answer", "recall")
            and self._result is not None
            and not (self._result.grade.is_correct and self._result.proposed != 1)
        )

    def take_key(self, event: events.Key) -> bool:
        digit = int(event.character) if event.character and event.character.isdecimal() else 0
        if not self._is_open() and 1 <= digit <= 4:
            self._rate(digit)
        elif event.key in ("pageup", "pagedown"):
            self._page(1 if event.key == "pagedown" else -1)
        elif event.key in ("up", "down") and not self._is_open():
            self.query_one("#result").scroll_relative(y=1 if event.key == "down" else -1, animate=False)
        else:
            return super().take_key(event)
        return True

    def _page(self, way: int) -> None:
        """Scroll the first block that has more to show in this direction."""
        blocks: list[Widget] = [self.query_one("#result"), self.query_one("#field"), self.query_one("#question")]
        for block in blocks if not self._is_open() else reversed(blocks):
            if (way > 0 and block.scroll_y < block.max_scroll_y) or (way < 0 and block.scroll_y > 0):
                block.scroll_relative(y=way * max(1, block.size.height - 1), animate=False)
                return

    def run_command(self, name: str) -> bool:
        """Do a command; what cannot be saved is said, and nothing is lost."""
        if self._moving:
            return True
        try:
            return super().run_command(name)
        except StorageError as error:
            self._not_saved(error)
            return True

    def do_enter(self) -> None:
        if not self._is_open():
            self._rate(None)
        elif self._field is not None:
            self._field.check()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.show_keys()

    @on(RatingRow.Chosen)
    def _rating_clicked(self, message: RatingRow.Chosen) -> None:
        self._rate(message.rating)

    # ------------------------------------------------------------------ answering

    @on(Field.Changed)
    def _typing(self, message: Field.Changed) -> None:
        if self._asked_twice:
            self._asked_twice = False
            self.say_line("")
        if self._ask is not None and self._ask.variant.kind == "cloze":
            self.query_one(QuestionBlock).show(self._ask.variant, self.lang, message.texts)
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
            self._check_nothing(words.NOTHING_TYPED[self.lang], self._reveal)
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

    # ------------------------------------------------------------------ commands

    def do_hint(self) -> None:
        if not self._is_open():
            return
        if self._drill.hint() is not None:
            self._ask = self._drill.ask()
            self.show_words()
        elif self._no_hint_left:
            self._reveal()
        else:
            self._no_hint_left = True
            self.say_line(words.NO_MORE_HINTS[self.lang], "$partly")

    def do_skip(self) -> None:
        if self._is_open():
            self._drill.skip()
            self._move_on(words.SKIPPED[self.lang])

    def do_undo(self) -> None:
        undone = self._drill.undo()
        if undone is None:
            self.say_line(words.NOTHING_TO_UNDO[self.lang])
            return
        time_of_day = f"{undone.answered_at.astimezone():%H:%M}"
        self._move_on(say(words.UNDONE, self.lang, question=undone.question_id, time=time_of_day))

    def do_variant(self) -> None:
        if not self._is_open():
            self._drill.more_like_this()
        elif self.applies("variant"):
            self._drill.new_numbers()
        else:
            self.say_line(words.NO_NUMBERS[self.lang])
            return
        self._move_on("")

    def do_suspend(self) -> None:
        self._move_on(say(words.SUSPENDED, self.lang, question=self._drill.suspend()))

    def do_flag(self) -> None:
        self.say_line(say(words.FLAGGED, self.lang, question=self._drill.flag("")))

    def do_more(self) -> None:
        self._drill.add_new()
        if self._is_open():
            self._ask = self._drill.ask()
        self.show_words()

    def do_work(self) -> None:
        if not self._is_open():
            self._all_steps = not self._all_steps
            self.show_words()

    def do_overrule(self) -> None:
        if self._may_overrule():
            self._result = self._drill.overrule()
            self._put_message(words.OVERRULED[self.lang])
            self.show_words()

    def do_source(self) -> None:
        if self._ask is not None:
            try:
                self.quiz.open_source(self._ask.variant.question_id)
            except QuizError as error:
                self.say_line(str(error), "$wrong")

    def do_leave(self) -> None:
        self._go_home()

    def do_back(self) -> None:
        self._go_home()

    def _go_home(self) -> None:
        ask = self._drill.ask()
        self._drill.leave()
        kept = ask is not None and self._drill.goes_on
        saved = say(words.SAVED, self.lang, number=ask.number, total=ask.total) if ask and kept else ""
        self.quiz.go_home(saved)

    def _move_on(self, line: str) -> None:
        self._moving = True
        self.call_later(self._open_question, line)
