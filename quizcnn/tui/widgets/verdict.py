"""What an answer came to: symbol and words, the named mistake, worked steps, key points in the learner's own words."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from quizcnn.generation.variant import Variant
from quizcnn.grading.base import PointResult, Verdict
from quizcnn.services import words
from quizcnn.services.presentation import SYMBOLS, step_line
from quizcnn.services.views import Result
from quizcnn.services.words import say
from quizcnn.text import Lang
from quizcnn.tui.prose import Prose

STYLES = {Verdict.CORRECT: "$right bold", Verdict.PARTIAL: "$partly bold", Verdict.UNREADABLE: "$unread bold"}
POINTS = {"hit": ("✓", "$right"), "missed": ("✗", "$wrong"), "contradicted": ("!", "$unread")}


class VerdictBlock(Vertical):
    """The block under the field after Enter."""

    DEFAULT_CSS = "VerdictBlock { height: auto; width: 1fr; }"

    def compose(self) -> ComposeResult:
        yield Prose(id="own", indent=3)
        yield Prose(id="row", indent=2)
        yield Prose(id="more", indent=5)
        yield Prose(id="points", indent=5)
        yield Prose(id="steps", indent=5)
        yield Prose(id="why", indent=3)
        yield Prose(id="after", classes="quiet")

    def clear(self) -> None:
        """Show nothing."""
        for block in self.query(Prose):
            block.show("")

    def show(self, variant: Variant, result: Result, lang: Lang, *, all_steps: bool = False) -> None:
        """Show what the answer came to."""
        grade = result.grade
        near = grade.is_near
        self._part(
            "row", _verdict_row(result, lang), STYLES.get(grade.verdict, "$partly bold" if near else "$wrong bold")
        )
        self._part("more", "\n".join(f"   {line}" for line in _more(result, lang)))
        self._part("own", _own_words(result) if grade.points else "")
        self._part("points", "\n".join(_point(point, lang) for point in grade.points))
        opened = result.recorded and (not grade.is_correct or all_steps)
        steps = "\n".join(f"     {step_line(step, lang)}" for step in result.steps)
        shown = (
            f"   {say(words.RIGHT_ANSWER, lang, key=grade.key[lang])}"
            if result.recorded and not grade.is_correct
            else ""
        )
        self._part("steps", "\n".join(part for part in (steps, shown) if part) if opened else "")
        self._part("why", f"   {variant.explanation[lang]}" if opened or (result.recorded and not result.steps) else "")
        self._part("after", _after(variant, result, lang))

    def _part(self, name: str, text: str, style: str = "") -> None:
        self.query_one(f"#{name}", Prose).show(text, style)


def _verdict_row(result: Result, lang: Lang) -> str:
    grade = result.grade
    if result.revealed:
        return f"✗ {say(words.SHOWN, lang, key=grade.key[lang])}"
    first = grade.feedback[0][lang] if grade.feedback else ""
    row = f"{SYMBOLS[grade.verdict]} {first}"
    if grade.is_correct and result.usual_seconds:
        slow = result.proposed == 2 and result.seconds > 2 * result.usual_seconds
        row += "   " + say(
            words.SLOW if slow else words.TIME, lang, seconds=round(result.seconds), usual=round(result.usual_seconds)
        )
    return row


def _more(result: Result, lang: Lang) -> list[str]:
    grade = result.grade
    lines = [] if result.revealed else [line[lang] for line in grade.feedback[1:]]
    if grade.verdict is Verdict.UNREADABLE and not any(
        words.NOT_RECORDED[lang] in line for line in [*lines, *(f[lang] for f in grade.feedback)]
    ):
        lines.append(words.NOT_RECORDED[lang])
    if result.second_try:
        lines.append(words.SECOND_TRY[lang])
    if result.leech_lapses:
        lines.append(say(words.LEECH, lang, lapses=result.leech_lapses))
    return lines


def _own_words(result: Result) -> str:
    """The learner's own answer with the words that decided each point in numbered brackets."""
    text = result.typed[0] if result.typed else ""
    marks = sorted(
        (
            (start, end, f"{'!' if point.state == 'contradicted' else ''} {number}".strip())
            for number, point in enumerate(result.grade.points, 1)
            for start, end in point.spans
        ),
        reverse=True,
    )
    limit = len(text)
    for start, end, mark in marks:
        if end <= limit:
            text = f"{text[:start]}**[{mark} {text[start:end]}]**{text[end:]}"
            limit = start
    return f"   {text}"


def _point(point: PointResult, lang: Lang) -> str:
    symbol, _ = POINTS[point.state]
    note = f": {point.note[lang]}" if point.note else ""
    return f"   {symbol} {point.say[lang]}{note}"


def _after(variant: Variant, result: Result, lang: Lang) -> str:
    if result.comes_back_in is None:
        return ""
    text = words.COMES_BACK if variant.family else words.COMES_BACK_SAME
    return f"   {say(text, lang, cards=result.comes_back_in)}"
