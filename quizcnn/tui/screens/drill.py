"""The drill: question, field, verdict with steps, ratings. It shows what the service says and passes on what was typed."""

from __future__ import annotations

import time
from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from quizcnn.errors import QuizError, StorageError
from quizcnn.generation.variant import Variant
from quizcnn.services import words
from quizcnn.services.drill import Drill
from quizcnn.services.presentation import form_line
from quizcnn.services.views import Ask, Result
from quizcnn.services.words import say
from quizcnn.text import Text
from quizcnn.tui.footer import Item, KeyRow
from quizcnn.tui.prose import Prose
from quizcnn.tui.screens.base import QuizScreen
from quizcnn.tui.widgets.choices import ChoiceField
from quizcnn.tui.widgets.factory import field_for
from quizcnn.tui.widgets.header import ProgressRow
from quizcnn.tui.widgets.ratings import RatingRow
from quizcnn.tui.widgets.typing import Field
from quizcnn.tui.widgets.verdict import VerdictBlock

CHECK = Text("check", "核对")
NEXT = Text("next", "下一题")
SHOW = Text("show the back", "看背面")
IN_QUESTION = ("hint", "skip", "undo", "variant", "language", "flag", "suspend", "source", "leave")
ON_RESULT = ("variant", "work", "undo", "flag", "suspend", "source", "language", "leave")


class DrillScreen(QuizScreen[None]):
    """One session. ``Enter`` alone does it all: check, rate as proposed, next."""

    offers = (
        "hint",
        "skip",
        "undo",
        "variant",
        "language",
        "flag",
        "suspend",
        "source",
        "work",
        "overrule",
        "leave",
        "more",
        "help",
    )

    def __init__(self, drill: Drill) -> None:
        super().__init__()
        self._drill = drill
        self._ask: Ask | None = None
        self._result: Result | None = None
        self._field: Field | None = None
        self._started = 0.0
        self._nothing_typed = False
        self._no_hint_left = False
        self._all_steps = False

    def compose(self) -> ComposeResult:
        yield ProgressRow(id="where")
        with VerticalScroll(id="question", can_focus=False):
            yield Prose(id="prompt")
            yield Static(id="figure", markup=False)
            yield Prose(id="form", classes="quiet")
        yield Vertical(id="field")
        yield Prose(id="message")
        with VerticalScroll(id="result", can_focus=False):
            yield VerdictBlock(id="verdict")
        yield RatingRow(id="ratings")
        yield KeyRow()

    def on_mount(self) -> None:
        self.call_later(self.open_question)

    # ------------------------------------------------------------------ showing

    async def open_question(self) -> None:
        """Show the question that the service has open, or leave for the summary."""
        self._ask = self._drill.ask()
        self._result = None
        if self._ask is None:
            from quizcnn.tui.screens.summary import SummaryScreen

            self.app.switch_screen(SummaryScreen(self._drill))
            return
        self._nothing_typed = self._no_hint_left = self._all_steps = False
        await self._put_field(self._ask)
        self._started = time.monotonic()
        self.query_one("#question", VerticalScroll).scroll_home(animate=False)
        self.show_words()

    async def _put_field(self, ask: Ask, drafts: Sequence[str] | None = None) -> None:
        settings = self.quiz.context.settings
        box = self.query_one("#field", Vertical)
        await box.remove_children()
        field = field_for(
            ask.variant, self.lang, enter_checks=settings.enter_checks, at_once=settings.digit_answers_at_once
        )
        self._field = field
        await box.mount(field)
        texts = tuple(drafts if drafts is not None else ask.drafts)
        if any(texts):
            field.fill(texts)
        field.focus_first()

    def show_words(self) -> None:
        ask = self._ask
        if ask is None:
            return
        lang = self.lang
        self.query_one("#where", ProgressRow).show(ask, lang)
        self.query_one("#prompt", Prose).show(self._prompt(ask.variant))
        self.query_one("#form", Prose).show(f"({form_line(ask.variant, lang)})")
        self._show_figure(ask.variant)
        self._show_hints(ask)
        verdict, ratings = self.query_one(VerdictBlock), self.query_one(RatingRow)
        if self._result is not None:
            verdict.show(ask.variant, self._result, lang, all_steps=self._all_steps)
            if self._result.recorded:
                ratings.show(self._result, lang)
                if isinstance(self._field, ChoiceField):
                    self._field.show_result(self._result.grade)
        else:
            verdict.clear()
        ratings.display = self._result is not None and self._result.recorded
        self.query_one("#result").display = self._result is not None
        self.show_keys()

    def _prompt(self, variant: Variant) -> str:
        prompt = variant.prompt[self.lang]
        texts = self._field.texts() if self._field is not None and variant.kind == "cloze" else ()
        for number, field in enumerate(variant.fields, 1):
            typed = texts[number - 1] if number <= len(texts) else ""
            prompt = prompt.replace(f"[[{field.name}]]", f"**[{number} {typed or '____'}]**")
        return prompt

    def _show_figure(self, variant: Variant) -> None:
        picture = self.query_one("#figure", Static)
        picture.display = variant.figure is not None
        if variant.figure is not None:
            from quizcnn.figures.terminal import draw_lines

            picture.update("\n".join(draw_lines(variant.figure, self.lang, max(20, self.app.size.width - 4), rows=10)))

    def _show_hints(self, ask: Ask) -> None:
        if ask.hints and (self._result is None or not self._result.recorded):
            number = len(ask.hints)
            self.say_line(
                say(words.HINT, self.lang, number=number, total=len(ask.variant.hints), hint=ask.hints[-1][self.lang])
            )
        else:
            self.say_line("")

    def say_line(self, line: str, style: str = "") -> None:
        """The one line of messages under the field."""
        self.query_one("#message", Prose).show(line, style)

    # ------------------------------------------------------------------ keys

    def types_text(self) -> bool:
        return self._result is None or not self._result.recorded

    def enter_means(self) -> Text:
        if not self.types_text():
            return NEXT
        return SHOW if self._ask is not None and self._ask.variant.kind == "recall" else CHECK

    def key_items(self) -> list[Item]:
        if self.types_text():
            return [*super().key_items()[:2], *(self.item(name) for name in IN_QUESTION)]
        rate = ("1-4", Text("rate", "评分")[self.lang], "")
        extra = [self.item("overrule")] if self._may_overrule() else []
        return [super().key_items()[0], rate, *extra, *(self.item(name) for name in ON_RESULT)]

    def _may_overrule(self) -> bool:
        return self._ask is not None and self._ask.variant.kind in ("short_answer", "recall")

    def on_key(self, event: events.Key) -> None:
        if self._result is not None and self._result.recorded and event.key in "1234" and len(event.key) == 1:
            event.stop()
            self._rate(int(event.key))
            return
        if event.key in ("pageup", "pagedown"):
            area = self.query_one("#result" if self._result is not None else "#question", VerticalScroll)
            (area.scroll_page_up if event.key == "pageup" else area.scroll_page_down)(animate=False)
            event.stop()
            return
        super().on_key(event)

    def do_enter(self) -> None:
        if self._result is not None and self._result.recorded:
            self._rate(None)

    @on(RatingRow.Chosen)
    def _rating_clicked(self, message: RatingRow.Chosen) -> None:
        self._rate(message.rating)

    # ------------------------------------------------------------------ answering

    @on(Field.Changed)
    def _typing(self, message: Field.Changed) -> None:
        self._nothing_typed = False
        if self._ask is not None and self._ask.variant.kind == "cloze":
            self.query_one("#prompt", Prose).show(self._prompt(self._ask.variant))

    @on(Field.Checked)
    def _checked(self, message: Field.Checked) -> None:
        message.stop()
        if self._field is None or not self.accept_enter():
            if self._field is not None:
                self._field.reopen()
            return
        typed = message.texts
        if all(text.strip() in ("?", "？") for text in typed if text.strip()) and any(text.strip() for text in typed):
            self._field.fill(("",) * len(typed))
            self._field.reopen()
            self.do_hint()
        elif not any(text.strip() for text in typed):
            self._check_nothing()
        else:
            self._grade(typed)

    def _check_nothing(self) -> None:
        if self._nothing_typed:
            self._reveal()
            return
        self._nothing_typed = True
        self.say_line(words.NOTHING_TYPED[self.lang], "$partly")
        if self._field is not None:
            self._field.reopen()

    def _grade(self, typed: Sequence[str]) -> None:
        try:
            result = self._drill.submit(typed, time.monotonic() - self._started)
        except StorageError as error:
            self._not_saved(error)
            return
        self._take(result)

    def _reveal(self) -> None:
        try:
            result = self._drill.reveal(time.monotonic() - self._started)
        except StorageError as error:
            self._not_saved(error)
            return
        self._take(result)

    def _not_saved(self, error: StorageError) -> None:
        mark = ". " if self.lang == "en" else "。"
        self.say_line(say(words.NOT_SAVED, self.lang, why=f"{error}{mark}"), "$wrong")
        if self._field is not None:
            self._field.reopen()

    def _take(self, result: Result) -> None:
        self._result = result
        self._ask = self._drill.ask() if not result.recorded else self._ask
        if result.recorded:
            if self._field is not None:
                self._field.seal()
            self.set_focus(None)
        elif self._field is not None:
            self._field.reopen()
        self.query_one("#result", VerticalScroll).scroll_home(animate=False)
        self.show_words()

    def _rate(self, rating: int | None) -> None:
        try:
            self._drill.rate(rating)
        except StorageError as error:
            self._not_saved(error)
            return
        self.call_later(self.open_question)

    # ------------------------------------------------------------------ commands

    def do_hint(self) -> None:
        if not self.types_text() or self._ask is None:
            return
        hint = self._drill.hint()
        self._ask = self._drill.ask()
        if hint is None:
            if self._no_hint_left:
                self._reveal()
                return
            self._no_hint_left = True
            self.say_line(words.NO_MORE_HINTS[self.lang], "$partly")
        else:
            self.show_words()

    def do_skip(self) -> None:
        if self.types_text():
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
        if self.types_text():
            self._drill.new_numbers()
        else:
            self._drill.more_like_this()
        self._move_on("")

    def do_suspend(self) -> None:
        question = self._ask.variant.question_id if self._ask else ""
        self._drill.suspend()
        self._move_on(say(words.SUSPENDED, self.lang, question=question))

    def do_flag(self) -> None:
        if self._ask is not None:
            self._drill.flag("")
            self.say_line(say(words.FLAGGED, self.lang, question=self._ask.variant.question_id))

    def do_more(self) -> None:
        self._drill.add_new()
        self._ask = self._drill.ask() or self._ask
        self.show_words()

    def do_work(self) -> None:
        self._all_steps = not self._all_steps
        self.show_words()

    def do_overrule(self) -> None:
        if self._result is not None and self._result.recorded and self._may_overrule():
            self._result = self._drill.overrule()
            self.show_words()
            self.say_line(words.OVERRULED[self.lang])

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
        saved = say(words.SAVED, self.lang, number=ask.number, total=ask.total) if ask else ""
        self.quiz.go_home(saved)

    def _move_on(self, line: str) -> None:
        async def later() -> None:
            await self.open_question()
            if line and self._ask is not None:
                self.say_line(line)

        self.call_later(later)

    def refresh_language(self) -> None:
        """Put the question in the other language; what was typed stays."""

        async def later() -> None:
            if self._ask is None:
                return
            typed, locked = (self._field.texts(), self._field.disabled) if self._field else ((), False)
            await self._put_field(self._ask, typed)
            if locked and self._field is not None:
                self._field.seal()
                self.set_focus(None)
            self.show_words()

        self.call_later(later)
