"""A mock exam being taken: one question after the other, no verdicts until it is handed in.

What stands in the field is saved whenever the question is left; the sitting's own clock says when it is over.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from quizcnn.clock import now
from quizcnn.errors import StorageError, UsageError
from quizcnn.grading.base import Invalid
from quizcnn.grading.recall import RecallAnswer
from quizcnn.services import words
from quizcnn.services.exams.sitting import Desk, Sitting, variant_of
from quizcnn.services.words import say
from quizcnn.text import Text, display_width
from quizcnn.tui.allotment import allot
from quizcnn.tui.footer import Item, KeyRow
from quizcnn.tui.prose import Prose, TitleRow
from quizcnn.tui.screens.base import QuizScreen
from quizcnn.tui.screens.exam_start import time_left
from quizcnn.tui.widgets.factory import field_for
from quizcnn.tui.widgets.line import Line
from quizcnn.tui.widgets.question import QuestionBlock
from quizcnn.tui.widgets.texts import TextField
from quizcnn.tui.widgets.typing import Field

TITLE = Text("{title}, version {letter}", "{title}，试卷 {letter}")
LEGEND = Text("= answered  f flagged", "= 已答  f 标记")
POINTS = Text("**{number}**  ({points} points)", "**{number}**（{points} 分）")
POINT = Text("**{number}**  (1 point)", "**{number}**（1 分）")
UNREADABLE = Text(
    "Cannot be read as it stands: {why}. Enter again keeps it.", "这样写读不出来：{why}。再按一次 Enter 就这样留着。"
)
SOME_EMPTY = Text(
    "{count} empty: {numbers}. Enter goes to {first}; y hands in as it is.",
    "还有 {count} 题空着：{numbers}。按 Enter 去第 {first} 题，按 y 直接交卷。",
)
ALL_ANSWERED = Text("All answered. Enter hands in; b goes back.", "全部答完。按 Enter 交卷，按 b 回去。")
TIME_UP = Text(
    "Time is up: {answered} answers handed in, {empty} empty.", "时间到：交上 {answered} 题，空 {empty} 题。"
)
GO_TO = Text("Go to question: ", "转到第几题：")
NO_LINE = Text("", "")
SEPARATOR = Text(", ", "、")
TICK = 1.0


def exam_screen(desk: Desk, sitting: Sitting, line: Text = NO_LINE) -> QuizScreen[None]:
    """The screen for a sitting: the open question, or the marks once it was handed in."""
    if sitting.handed_in_at is None:
        return ExamScreen(desk, sitting)
    from quizcnn.tui.screens.exam_result import ExamResultScreen

    return ExamResultScreen(desk, sitting, line)


class ExamScreen(QuizScreen[None]):
    """Enter saves and goes on; after the last question the overview, where Enter goes to an empty one or hands in."""

    offers = ("before", "flag", "goto", "export", "language", "leave", "help")

    def __init__(self, desk: Desk, sitting: Sitting) -> None:
        super().__init__()
        self._desk, self._sitting = desk, sitting
        self._field: Field | None = None
        self._overview = False
        self._asked = False
        """Whether the learner was told that the answer cannot be read."""
        self._moving = True

    def compose(self) -> ComposeResult:
        yield TitleRow()
        yield Prose(id="strip")
        yield QuestionBlock(id="question")
        yield VerticalScroll(id="field", can_focus=False)
        yield Line(id="goto")
        yield Prose(id="message")
        yield KeyRow()

    def on_mount(self) -> None:
        self.query_one("#goto").display = False
        self.call_later(self._open, self._sitting.at)
        self.set_interval(TICK, self._tick)

    # ------------------------------------------------------------------ the open question

    async def _open(self, number: int) -> None:
        """Show a question with what was typed for it."""
        self._overview = self._asked = False
        self._sitting = self._sitting.moved(number)
        question = self._sitting.question(number)
        box = self.query_one("#field", VerticalScroll)
        await box.remove_children()
        if isinstance(question.fields[0].answer, RecallAnswer):
            self._field = TextField(enter_checks=self.quiz.context.settings.enter_checks)
        else:
            settings = self.quiz.context.settings
            self._field = field_for(variant_of(question), self.lang, enter_checks=settings.enter_checks)
        await box.mount(self._field)
        if texts := self._sitting.texts(number):
            self._field.fill(texts)
        self._field.focus_first()
        self.query_one(QuestionBlock).scroll_home(animate=False)
        self._say("")
        self._moving = False
        self.show_words()

    def show_words(self) -> None:
        lang, sitting = self.lang, self._sitting
        title = say(TITLE, lang, title=sitting.manifest.title[lang], letter=sitting.letter)
        self.query_one(TitleRow).show(title, time_left(sitting, lang))
        strip = f"{self._strip()}   {LEGEND[lang]}"
        fits = display_width(strip) <= self.app.size.width - 4
        self.query_one("#strip", Prose).show(strip if fits else self._strip(), "$quiet", " ")
        if self._field is not None:
            question = sitting.question(sitting.at)
            self._field.speak(lang)
            head = (POINT if question.points == 1 else POINTS)[lang].format(
                number=question.shown_number, points=question.points
            )
            self.query_one(QuestionBlock).show(variant_of(question), lang, self._field.texts(), head=head)
        for name in ("#question", "#field"):
            self.query_one(name).display = not self._overview
        self.show_keys()
        self._share_rows()

    def _strip(self) -> str:
        """``1= 2= 3f 4= 5> 6.``: every question with its state."""
        return " ".join(
            f"{question.number}{self._state(question.number)}" for question in self._sitting.paper.questions
        )

    def _state(self, number: int) -> str:
        if number == self._sitting.at and not self._overview:
            return ">"
        if number in self._sitting.flagged:
            return "f"
        return "=" if self._sitting.is_answered(number) else "."

    def _say(self, line: str, style: str = "$quiet") -> None:
        self.query_one("#message", Prose).show(line, style, "  ")
        self._share_rows()

    def _share_rows(self) -> None:
        field, size = self._field, self.app.size
        if field is None:
            return
        width = size.width - 2
        question, box = self.query_one(QuestionBlock), self.query_one("#field")
        room = size.height - 4 - self.query_one("#strip", Prose).rows_at(width)
        room -= self.query_one("#message", Prose).rows_at(width)
        rows = allot(room, question=question.rows_at(width), field=field.rows_at(width), result=0)
        question.styles.height = rows.question + 1
        box.styles.height = rows.field + 1

    def resized(self) -> None:
        self._share_rows()

    # ------------------------------------------------------------------ keys

    def types_text(self) -> bool:
        return not self._overview and self._field is not None and self._field.types_text

    def enter_means(self) -> Text:
        if self._overview:
            return (
                Text("go to the first empty one", "去第一道空题") if self._sitting.empty() else Text("hand in", "交卷")
            )
        if self._field is not None and not self._field.enter_checks():
            return Text("next field", "下一格")
        return Text("save, next", "保存，下一题")

    def key_items(self) -> list[Item]:
        items = super().key_items()
        return [*items, ("y", Text("hand in as it is", "直接交卷")[self.lang], "overrule")] if self._overview else items

    def item(self, name: str) -> Item:
        key, label, command = super().item(name)
        return key, Text("hand in", "交卷")[self.lang] if name == "export" else label, command

    def applies(self, name: str) -> bool:
        return name != "before" or self._overview or self._sitting.at > 1

    def run_command(self, name: str) -> bool:
        if self._moving:
            return True
        if name == "overrule" and self._overview:
            self._hand_in()
            return True
        return super().run_command(name)

    def take_key(self, event: events.Key) -> bool:
        if event.key in ("pageup", "pagedown"):
            block = self.query_one(QuestionBlock)
            block.scroll_relative(
                y=(1 if event.key == "pagedown" else -1) * max(1, block.size.height - 1), animate=False
            )
            return True
        return super().take_key(event)

    def do_enter(self) -> None:
        if not self._overview and self._field is not None:
            self._field.check()
        elif self._overview and (empty := self._sitting.empty()):
            self._go(empty[0])
        elif self._overview:
            self._hand_in()

    @on(Field.Checked)
    def _checked(self, message: Field.Checked) -> None:
        message.stop()
        if self._field is None:
            return
        self._field.reopen()
        if message.at is not None and not self.quiz.is_fresh(message.at):
            return
        why = self._unreadable(message.texts)
        if why and not self._asked:
            self._asked = True
            self._say(UNREADABLE[self.lang].format(why=why), "$unread")
            return
        self._keep(self._next)

    @on(Field.Changed)
    def _typing(self, message: Field.Changed) -> None:
        if self._asked:
            self._asked = False
            self._say("")

    def _unreadable(self, texts: tuple[str, ...]) -> str:
        """Why what was typed cannot be read; empty where it can, or where nothing was typed."""
        fields = self._sitting.question(self._sitting.at).fields
        for field, text in zip(fields, texts, strict=False):
            if text.strip() and not isinstance(field.answer, RecallAnswer):
                parsed = field.answer.read(text, self.lang)
                if isinstance(parsed, Invalid):
                    return parsed.why[self.lang].rstrip(".。")
        return ""

    # ------------------------------------------------------------------ saving, moving

    def _keep(self, then: Callable[[], None]) -> None:
        """Save what stands in the field, then go on; what cannot be saved is said and stays."""
        sitting = self._with_typed()
        try:
            self._sitting = self._desk.save(sitting)
        except StorageError as error:
            self._say(words.not_saved(error, self.lang), "$wrong")
            return
        then()

    def _with_typed(self) -> Sitting:
        sitting = self._sitting
        if self._overview or self._field is None:
            return sitting.moved(sitting.at)
        return sitting.answered(sitting.at, self._field.texts())

    def _next(self) -> None:
        if self._sitting.at == len(self._sitting.paper.questions):
            self._look_over()
        else:
            self._go(self._sitting.at + 1)

    def _go(self, number: int) -> None:
        self._moving = True
        self.call_later(self._open, number)

    def _look_over(self) -> None:
        """The overview: what is empty, and what Enter does."""
        self._overview = True
        self.set_focus(None)
        empty, lang = self._sitting.empty(), self.lang
        if empty:
            numbers = SEPARATOR[lang].join(map(str, empty))
            self._say(say(SOME_EMPTY, lang, count=len(empty), numbers=numbers, first=empty[0]), "$partly")
        else:
            self._say(ALL_ANSWERED[lang])
        self.show_words()

    def do_before(self) -> None:
        number = self._sitting.at if self._overview else self._sitting.at - 1
        if number >= 1:
            self._keep(lambda: self._go(number))

    def do_flag(self) -> None:
        if self._overview:
            return
        self._sitting = self._sitting.flag_turned(self._sitting.at)
        self._keep(self.show_words)

    def do_export(self) -> None:
        self._keep(self._look_over)

    def do_goto(self) -> None:
        def ask() -> None:
            line = self.query_one("#goto", Line)
            line.display = True
            line.value = ""
            line.focus()
            self._say(GO_TO[self.lang])

        self._keep(ask)

    def on_line_entered(self, message: Line.Entered) -> None:
        if message.line.id != "goto":
            return
        message.stop()
        message.line.display = False
        text = message.line.value.strip()
        try:
            self._go(self._sitting.question(int(text) if text.isdecimal() else 0).number)
        except UsageError as error:
            self._say(str(error), "$partly")
            if self._field is not None:
                self._field.focus_first()

    def do_leave(self) -> None:
        self._keep(self.quiz.go_home)

    def do_back(self) -> None:
        self.do_leave()

    # ------------------------------------------------------------------ the end

    def _tick(self) -> None:
        if self._moving or self._sitting.handed_in_at is not None:
            return
        if self._sitting.is_time_up():
            self._hand_in(time_up=True)
        elif self.is_current:
            title = say(TITLE, self.lang, title=self._sitting.manifest.title[self.lang], letter=self._sitting.letter)
            self.query_one(TitleRow).show(title, time_left(self._sitting, self.lang))

    def _hand_in(self, *, time_up: bool = False) -> None:
        """Hand in what stands there, what is being typed included."""
        handed = self._with_typed().handed_in(now())
        try:
            self._sitting = self._desk.save(handed)
        except StorageError as error:
            self._say(words.not_saved(error, self.lang), "$wrong")
            return
        empty, total = len(handed.empty()), len(handed.paper.questions)
        line = TIME_UP.map(lambda text: text.format(answered=total - empty, empty=empty)) if time_up else NO_LINE
        while self.app.screen is not self:
            # Time was up under an open dialog.
            self.app.pop_screen()
        self.app.switch_screen(exam_screen(self._desk, handed, line))
