"""A mock exam that was handed in: points by question, and each question as it was answered, with key, steps and what it came to."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from quizcnn.errors import QuizError
from quizcnn.grading.base import Grade, Verdict
from quizcnn.grading.recall import RecallAnswer
from quizcnn.grading.sheet import grade_texts
from quizcnn.services.exams.manifest import PrintedQuestion
from quizcnn.services.exams.marks import Mark, Marked, State
from quizcnn.services.exams.sitting import Desk, Sitting, variant_of
from quizcnn.services.requests import DrillRequest
from quizcnn.services.views import Result
from quizcnn.services.words import say
from quizcnn.solvers.base import Step
from quizcnn.solvers.values import from_json
from quizcnn.text import Lang, Text
from quizcnn.tui.footer import Item, KeyRow
from quizcnn.tui.prose import Prose, TitleRow
from quizcnn.tui.screens.base import QuizScreen
from quizcnn.tui.widgets.factory import field_for
from quizcnn.tui.widgets.question import QuestionBlock
from quizcnn.tui.widgets.texts import TextField
from quizcnn.tui.widgets.typing import Field
from quizcnn.tui.widgets.verdict import Details, VerdictRow

TITLE = Text("{title}, version {letter}", "{title}，试卷 {letter}")
TOTAL = Text("{earned} of {points} points", "{earned} / {points} 分")
RATE_YOURSELF = Text(
    "Compare with the points below; 1 to 4 says how well it went (3 and 4 count as right).",
    "对照下面的要点，按 1 到 4 评自己答得怎样（3、4 算对）。",
)
NO_LINE = Text("", "")
FED = Text("The schedule has heard of it.", "已计入复习计划。")
FED_BEFORE = Text("The schedule heard of it before.", "之前已经计入复习计划。")
SYMBOLS: dict[State, str] = {
    "right": "✓", "partial": "◐", "near": "~", "mistake": "✗", "wrong": "✗", "blank": ".", "not_reached": ".", "unreadable": "?", "void": "○",
}  # fmt: skip


class ExamResultScreen(QuizScreen[None]):
    """Left and right walk the questions, m practises what was missed, k lets the schedule hear of it, Enter goes home."""

    offers = ("keep", "mistakes", "language", "leave", "help")

    def __init__(self, desk: Desk, sitting: Sitting, line: Text = NO_LINE) -> None:
        super().__init__()
        self._desk, self._sitting, self._line = desk, sitting, line
        self._at = 1
        self._field: Field | None = None
        self._marked: Marked | None = None

    def compose(self) -> ComposeResult:
        yield TitleRow()
        yield Prose(id="strip")
        yield Prose(id="line", classes="quiet")
        with VerticalScroll(id="body", can_focus=False):
            yield QuestionBlock(id="question")
            yield VerticalScroll(id="field", can_focus=False)
            yield VerdictRow(id="verdict")
            yield Details()
        yield KeyRow()

    def on_mount(self) -> None:
        self.call_later(self._open, self._at)

    async def _open(self, number: int) -> None:
        """Show a question with its field as it was left."""
        self._at = number
        question = self._sitting.question(number)
        box = self.query_one("#field", VerticalScroll)
        await box.remove_children()
        field = TextField(enter_checks=True) if self._is_self_rated() else field_for(variant_of(question), self.lang)
        await box.mount(field)
        if texts := self._sitting.texts(number):
            field.fill(texts)
        field.seal()
        self._field = field
        self.query_one("#body").scroll_home(animate=False)
        self.show_words()

    # ------------------------------------------------------------------ words

    def show_words(self) -> None:
        field, lang, sitting = self._field, self.lang, self._sitting
        if field is None:
            return
        marked = self._marked = sitting.marked(lang)
        mark = next(mark for mark in marked.marks if mark.question.number == self._at)
        title = say(TITLE, lang, title=sitting.manifest.title[lang], letter=sitting.letter)
        total = say(TOTAL, lang, earned=marked.points, points=sitting.manifest.points)
        self.query_one(TitleRow).show(title, total, "bold")
        self.query_one("#strip", Prose).show(self._strip(marked), "", " ")
        self.query_one("#line", Prose).show(self._line[lang], "$quiet", " ")
        self._show_question(mark, field)
        self.show_keys()

    def _strip(self, marked: Marked) -> str:
        """Every question with its symbol, the open one in brackets."""
        cells = {mark.question.number: f"{mark.question.number}{SYMBOLS[mark.state]}" for mark in marked.marks}
        return " ".join(f"[{cell}]" if number == self._at else cell for number, cell in cells.items())

    def _show_question(self, mark: Mark, field: Field) -> None:
        question, lang, width = mark.question, self.lang, self.app.size.width - 2
        variant, texts = variant_of(question), self._sitting.texts(question.number)
        points = say(TOTAL, lang, earned=mark.points, points=question.points)
        block, result = self.query_one(QuestionBlock), _result(question, texts, self._sitting.ratings, self.lang)
        block.show(variant, lang, texts, head=f"**{question.number}**  {points}")
        block.styles.height = block.rows_at(width) + 1
        field.speak(lang)
        field.show_result(result, lang)
        self.query_one("#field").styles.height = field.rows_at(width) + 1
        verdict = self.query_one(VerdictRow)
        if self._is_self_rated() and question.number not in self._sitting.ratings:
            verdict.show(RATE_YOURSELF[lang], "bold", "  ")
        else:
            verdict.show_result(variant, result, lang)
        self.query_one(Details).show(variant, result, lang, all_steps=True)

    # ------------------------------------------------------------------ keys

    def enter_means(self) -> Text:
        return Text("home", "首页")

    def key_items(self) -> list[Item]:
        first, *rest = super().key_items()
        rate = [("1-4", Text("rate", "自评")[self.lang], "")] if self._is_self_rated() else []
        return [first, ("←→", Text("question", "题目")[self.lang], ""), *rate, *rest]

    def item(self, name: str) -> Item:
        key, label, command = super().item(name)
        if name == "keep":
            label = Text("count it in the schedule", "计入复习计划")[self.lang]
        return key, label, command

    def applies(self, name: str) -> bool:
        if name == "keep":
            return not self._sitting.fed
        return name != "mistakes" or bool(self._missed())

    def _is_self_rated(self) -> bool:
        return isinstance(self._sitting.question(self._at).fields[0].answer, RecallAnswer)

    def take_key(self, event: events.Key) -> bool:
        ways, walks = {"up": -1, "down": 1, "pageup": -8, "pagedown": 8}, {"left": -1, "right": 1}
        if event.key in ways:
            self.query_one("#body").scroll_relative(y=ways[event.key], animate=False)
        elif event.key in walks:
            count = len(self._sitting.paper.questions)
            self.call_later(self._open, (self._at - 1 + walks[event.key]) % count + 1)
        elif event.character in ("1", "2", "3", "4") and self._is_self_rated():
            self._save(self._sitting.rated(self._at, int(event.character)), NO_LINE)
        else:
            return super().take_key(event)
        return True

    def _save(self, sitting: Sitting, line: Text) -> None:
        try:
            self._sitting = self._desk.save(sitting)
            self._line = line
        except QuizError as error:
            self._line = Text.same(str(error))
        self.show_words()

    def resized(self) -> None:
        if self._marked is not None:
            self.show_words()

    def do_keep(self) -> None:
        """Let the schedule hear of it; an exam that it heard of before changes nothing."""
        from quizcnn.services.exams.feeding import feed_sitting

        try:
            heard = feed_sitting(self.quiz.context, self._sitting)
        except QuizError as error:
            self._line = Text.same(str(error))
            self.show_words()
            return
        self._save(self._sitting.taken_up(), FED if heard.fed.changed else FED_BEFORE)

    def _missed(self) -> tuple[str, ...]:
        marked = self._marked
        return tuple(mark.question.id for mark in marked.marks if mark.state != "right") if marked else ()

    def do_mistakes(self) -> None:
        if missed := self._missed():
            self.quiz.start_drill(DrillRequest(questions=missed, counted=False))

    def do_enter(self) -> None:
        self.quiz.go_home()

    def do_back(self) -> None:
        self.quiz.go_home()


def _result(question: PrintedQuestion, texts: tuple[str, ...], ratings: Mapping[int, int], lang: Lang) -> Result:
    """A question of the paper as a drill would show what it came to."""
    steps = tuple(Step(step.caption, step.latex, from_json(step.value), "") for step in question.steps)
    if question.number in ratings:
        texts = (str(ratings[question.number]),)
    elif isinstance(question.fields[0].answer, RecallAnswer):
        texts = ()
    if any(text.strip() for text in texts):
        grade = grade_texts(question.fields, texts, lang)
        return Result(grade=grade, recorded=True, typed=texts, steps=steps)
    key = question.fields[0].answer.shown() if len(question.fields) == 1 else Text("", "")
    return Result(
        grade=Grade(verdict=Verdict.BLANK, score=0.0, read="", key=key), recorded=True, revealed=True, steps=steps
    )
