"""What an answer came to: symbol and words, the named mistake, worked steps, key points."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical

from quizcnn.figures.mathematics import one_line
from quizcnn.generation.variant import Variant
from quizcnn.grading.base import PointResult, Verdict
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.services import words
from quizcnn.services.presentation import SYMBOLS
from quizcnn.services.views import Result
from quizcnn.services.words import say
from quizcnn.solvers.base import Step
from quizcnn.text import Lang, Text
from quizcnn.tui.prose import Block, Item, Items, Prose

STYLES = {Verdict.CORRECT: "$right bold", Verdict.PARTIAL: "$partly bold", Verdict.UNREADABLE: "$unread bold"}
POINTS = {
    "hit": ("✓", "$right"),
    "near": ("~", "$partly"),
    "missed": ("✗", "$wrong"),
    "contradicted": ("!", "$unread bold"),
}
DID_YOU_SAY = Text("Did you say it?", "这几点都说到了吗？")
NOT_SAID = Text("not said yet", "还没有答到")
REFERENCE = Text("Reference answer", "参考答案")
SAID_IN_ROWS = ("choice", "cloze", "matching")
"""Kinds whose rows say after Enter all that the grade says beyond the verdict."""
ASIDE = ("choice", "cloze", "ordering", "matching")
"""Kinds whose field shows after Enter what is right, so that it is not said again."""


class VerdictRow(Prose):
    """The verdict: one row, two where it is long. It never leaves the screen."""

    def show_result(self, variant: Variant, result: Result, lang: Lang) -> None:
        """Put the verdict in words."""
        if isinstance(variant.fields[0].answer, RecallAnswer) and not result.revealed:
            self.show(DID_YOU_SAY[lang], "bold", "  ")
            return
        verdict = result.grade.verdict
        style = STYLES.get(verdict, "$partly bold" if result.grade.is_near else "$wrong bold")
        symbol = SYMBOLS[verdict]
        self.show(say_verdict(variant, result, lang), style, f"{symbol} ")


class Details(Vertical):
    """What stands below the verdict and scrolls: why, points, steps, when it comes back."""

    DEFAULT_CSS = "Details { height: auto; width: 1fr; }"

    def compose(self) -> ComposeResult:
        yield Items(id="more")
        yield Items(id="points")
        yield Items(id="steps")
        yield Prose(id="why")
        yield Prose(id="after", classes="quiet")

    def clear(self) -> None:
        """Show nothing."""
        for block in self.query(Items):
            block.show(())
        for prose in self.query(Prose):
            prose.show("")

    def show(self, variant: Variant, result: Result, lang: Lang, *, all_steps: bool = False) -> None:
        """Show what the answer came to."""
        _grade, opened = result.grade, _is_open(result, all_steps)
        self.query_one("#more", Items).show([Item(line, "  ") for line in _more(variant, result, lang)])
        self.query_one("#points", Items).show(_points(variant, result, lang))
        steps = self.query_one("#steps", Items)
        steps.show([step_item(step, lang, steps.ascii_only) for step in result.steps] if opened else [])
        self.query_one("#why", Prose).show("\n".join(_why(variant, result, lang, opened)), "", "  ")
        self.query_one("#after", Prose).show(_after(variant, result, lang), "$quiet", "  ")

    def rows_at(self, width: int) -> int:
        """The rows that all of it takes."""
        return sum(block.rows_at(width) for block in self.query(Block))


def _is_open(result: Result, all_steps: bool) -> bool:
    """Whether steps are shown: after a miss at once, else when asked for."""
    return result.recorded and (all_steps or not result.grade.is_correct)


def say_verdict(variant: Variant, result: Result, lang: Lang) -> str:
    """The verdict in words; an answer that was shown is named here unless it stands below in full."""
    grade = result.grade
    if result.revealed:
        answer = variant.fields[0].answer
        referred = isinstance(answer, KeypointsAnswer) and bool(answer.references)
        several = referred or len(variant.fields) > 1 or "\n" in grade.key[lang]
        rated = result.intervals is not None
        if several:
            return (words.SHOWN_BELOW if rated else words.NOT_ANSWERED_BELOW)[lang]
        return say(words.SHOWN if rated else words.NOT_ANSWERED, lang, key=grade.key[lang])
    row = grade.feedback[0][lang] if grade.feedback else ""
    if grade.verdict is Verdict.UNREADABLE:
        row += (" " if lang == "en" else "") + words.NOT_RECORDED[lang]
    if grade.is_correct and result.usual_seconds:
        slow = result.counted and result.proposed == 2 and result.seconds > 2 * result.usual_seconds
        times = {"seconds": round(result.seconds), "usual": round(result.usual_seconds)}
        row += ("   " if not slow or lang == "en" else "") + say(words.SLOW if slow else words.TIME, lang, **times)
    return row


def _more(variant: Variant, result: Result, lang: Lang) -> Iterator[str]:
    """The lines under the verdict: what refutes the mistake, the key where it was not said yet, what to do."""
    grade = result.grade
    if not (result.revealed or (result.recorded and variant.kind in SAID_IN_ROWS)):
        yield from (line[lang] for line in grade.feedback[1:])
    if result.recorded and not grade.is_correct and _key_is_news(variant, result, lang):
        yield say(words.RIGHT_ANSWER, lang, key=grade.key[lang])
    if result.second_try:
        yield (words.SECOND_TRY if result.counted else words.SECOND_TRY_UNCOUNTED)[lang]
    if result.leech_lapses:
        yield say(words.LEECH, lang, lapses=result.leech_lapses)


def _points(variant: Variant, result: Result, lang: Lang) -> list[Item]:
    grade = result.grade
    answer = variant.fields[0].answer
    if isinstance(answer, RecallAnswer) and grade.verdict is not Verdict.UNREADABLE:
        return [Item(fact[lang], "  · ") for fact in answer.back]
    return [_point(number, point, result, lang) for number, point in enumerate(grade.points, 1)]


def _point(number: int, point: PointResult, result: Result, lang: Lang) -> Item:
    """A point with its verdict; what is still to be said in a second try is not given away."""
    symbol, style = POINTS[point.state]
    note = point.note[lang] if point.note and point.note not in result.grade.feedback else ""
    if result.second_try and point.state in ("near", "missed"):
        return Item(note or NOT_SAID[lang], f"{symbol} {number} ", style)
    return Item(point.say[lang], f"{symbol} {number} ", style, note)


def step_item(step: Step, lang: Lang, ascii_only: bool) -> Item:
    """A worked step: the mathematics, what it does at its right."""
    line = one_line(step.latex, ascii=ascii_only)
    return Item(line, "    ", note=step.caption[lang], plain=True, formula=step.latex)


def _why(variant: Variant, result: Result, lang: Lang, opened: bool) -> Iterator[str]:
    """The reference answer where there is one, then the explanation."""
    if not result.recorded:
        return
    answer = variant.fields[0].answer
    if isinstance(answer, KeypointsAnswer) and opened and answer.references:
        yield f"{REFERENCE[lang]}{': ' if lang == 'en' else '：'}{answer.references[0][lang]}"
    if opened or not result.steps:
        yield variant.explanation[lang]


def _key_is_news(variant: Variant, result: Result, lang: Lang) -> bool:
    """Whether the right answer is not on the screen yet."""
    if result.revealed or len(variant.fields) > 1 or variant.kind in ASIDE:
        return False
    grade = result.grade
    said = grade.feedback[0][lang] if grade.feedback else ""
    return not isinstance(variant.fields[0].answer, KeypointsAnswer | RecallAnswer) and grade.key[lang] not in said


def _after(variant: Variant, result: Result, lang: Lang) -> str:
    if result.comes_back_in is None:
        return ""
    if result.comes_back_in == 1:
        return words.COMES_BACK_NEXT[lang]
    return say(words.COMES_BACK if variant.is_drawn else words.COMES_BACK_SAME, lang, cards=result.comes_back_in)
