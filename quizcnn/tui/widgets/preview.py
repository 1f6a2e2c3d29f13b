"""A question as it would be asked, and on request with its key: options with their reasons, answer, worked steps, explanation."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from quizcnn.generation.variant import Variant
from quizcnn.generation.variants import work_steps
from quizcnn.grading.base import Grade, Verdict
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.services.presentation import choice_rows
from quizcnn.services.views import Result
from quizcnn.text import Lang, Text
from quizcnn.tui.prose import Item, Items, Prose, TitleRow
from quizcnn.tui.widgets.question import QuestionBlock
from quizcnn.tui.widgets.verdict import Details

ANSWER = Text("Answer: {key}", "答案：{key}")
SEED = Text("seed {seed}", "种子 {seed}")
FIELD = Text("{label}: {key}", "{label}：{key}")


class Preview(Vertical):
    """A title row, and below it what scrolls."""

    DEFAULT_CSS = """
    Preview { height: 2fr; width: 1fr; }
    Preview #shown { padding: 0 1; height: 1fr; }
    Preview Items { margin-top: 0; }
    Preview #answer { margin-top: 1; }
    """

    def compose(self) -> ComposeResult:
        yield TitleRow(id="of")
        with VerticalScroll(id="shown", can_focus=False):
            yield QuestionBlock(id="asked")
            yield Items(id="options")
            yield Prose(id="answer")
            yield Details()

    def show(
        self, variant: Variant | None, lang: Lang, title: str = "", remark: str = "", *, key: bool = False
    ) -> None:
        """Put a question in place under its title, with its key or without; None shows nothing. The remark stands at the right."""
        for block in self.children:
            block.display = variant is not None
        if variant is None:
            return
        seed = SEED[lang].format(seed=variant.seed)
        self.query_one("#of", TitleRow).show(title, f"{remark}   {seed}" if remark else seed)
        question = self.query_one(QuestionBlock)
        gaps = tuple(field.answer.shown()[lang] for field in variant.fields) if key and variant.kind == "cloze" else ()
        question.show(variant, lang, gaps)
        question.styles.height = question.rows_at(self.size.width - 3)
        self.query_one("#options", Items).show(_options(variant, lang, key=key))
        self.query_one("#answer", Prose).show(_answer(variant, lang) if key else "", "$right bold")
        if key:
            self.query_one(Details).show(variant, _revealed(variant), lang, all_steps=True)
        else:
            self.query_one(Details).clear()

    def fail(self, message: str, title: str) -> None:
        """Say why a question cannot be shown."""
        for block in self.children:
            block.display = True
        self.query_one("#of", TitleRow).show(title)
        self.query_one("#asked").styles.height = 0
        self.query_one("#options", Items).show(())
        self.query_one("#answer", Prose).show(message, "$wrong")
        self.query_one(Details).clear()

    def scroll_page(self, way: int) -> None:
        """One page on or back."""
        body = self.query_one("#shown")
        body.scroll_relative(y=way * max(1, body.size.height - 1), animate=False)

    def scroll_to_answer(self) -> None:
        """The answer to the top, as far as there is anything below it; options stay where they are."""
        answer = self.query_one("#answer", Prose)
        if not answer.shows_nothing():
            self.query_one("#shown").scroll_to_widget(answer, animate=False, top=True)

    def scroll_top(self) -> None:
        """Back to the first row."""
        self.query_one("#shown").scroll_home(animate=False)


def _options(variant: Variant, lang: Lang, *, key: bool) -> list[Item]:
    """What is chosen among, ordered or matched; options with their reasons, and the points of a typed text, with the key."""
    answer = variant.fields[0].answer
    if key and isinstance(answer, ChoiceAnswer):
        marks = (("✓", "$right bold") if option.key else (" ", "") for option in answer.options)
        return [
            Item(option.text[lang], f"{symbol} {number}  ", style, option.why[lang])
            for (symbol, style), (number, option) in zip(marks, enumerate(answer.options, 1), strict=True)
        ]
    if key and isinstance(answer, KeypointsAnswer):
        return [Item(point.say[lang], f"  {number}  ", "$right") for number, point in enumerate(answer.points, 1)]
    return [Item(text, f"  {mark}  ") for field in variant.fields for mark, text in choice_rows(field, lang)]


def _answer(variant: Variant, lang: Lang) -> str:
    """The answer in words, one line a field; empty where it stands in the options, the gaps or the points."""
    answer = variant.fields[0].answer
    if variant.kind == "cloze" or isinstance(answer, ChoiceAnswer | KeypointsAnswer | RecallAnswer):
        return ""
    if len(variant.fields) == 1:
        return ANSWER[lang].format(key=answer.shown()[lang])
    lines = (FIELD[lang].format(label=field.label[lang], key=field.answer.shown()[lang]) for field in variant.fields)
    return "\n".join(lines)


def _revealed(variant: Variant) -> Result:
    """The question as a drill would show it on request."""
    grade = Grade(verdict=Verdict.BLANK, score=0.0, read="", key=Text("", ""))
    return Result(grade=grade, recorded=True, revealed=True, steps=work_steps(variant))
