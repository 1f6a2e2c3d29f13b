"""Moodle XML as found questions: choices, numbers and short answers as gaps, gaps, pairs, orders; essays as cards to rate oneself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from html import unescape
from typing import TYPE_CHECKING

from quizcnn.errors import UsageError
from quizcnn.interop.found import MOST_QUESTIONS, Found, FoundGap, FoundOption, Skipped
from quizcnn.interop.html_reading import read_html, read_plain, without_origin
from quizcnn.solvers.values import round_to
from quizcnn.text import Text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_GAP = re.compile(r"\{\d*:([A-Z_]+):((?:\\.|[^}\\])*)\}", re.DOTALL)
_ANSWERS = re.compile(r"(?<!\\)~")
_FEEDBACK = re.compile(r"(?<![\\&])#")
_MARK = re.compile(r"=|%-?[\d.]+%")
_ITEMS = re.compile(r"^- (?:☐ |[\d.]+: )?(.+)$", re.M)
NUMBERS = {"NUMERICAL", "NM"}
WORDS = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"}


def read_moodle(content: bytes, where: str) -> Iterator[Found | Skipped]:
    """The questions of a file. Raises ``UsageError`` where it is no Moodle XML or holds entities that could explode."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        quiz = fromstring(content)
    except ParseError as error:
        raise UsageError(f"no whole XML: {error}", where=where, mend="export it again") from None
    except DefusedXmlException:
        raise UsageError(
            "defines entities of its own, which may explode", where=where, mend="take the DOCTYPE out"
        ) from None
    if quiz.tag != "quiz":
        raise UsageError(
            f"is no Moodle XML: it begins with <{quiz.tag[:40]}>", where=where, mend="export questions as Moodle XML"
        )
    questions = [
        each for each in quiz if each.tag == "question" and each.get("type") not in ("category", "description")
    ]
    if len(questions) > MOST_QUESTIONS:
        raise UsageError(
            f"holds {len(questions)} questions, more than {MOST_QUESTIONS}", where=where, mend="cut it in parts"
        )
    yield from (_read(each, number) for number, each in enumerate(questions, 1))


def _read(question: Element, number: int) -> Found | Skipped:
    name = question.findtext("idnumber") or question.findtext("name/text") or f"question {number}"
    reader = _READERS.get(question.get("type") or "")
    if reader is None:
        return Skipped(name, f"no question of ours is like a {question.get('type')}")
    return reader(_Common(question, name))


class _Common:
    """What all types have."""

    def __init__(self, question: Element, name: str) -> None:
        self.question, self.name = question, name
        self.lost: list[str] = []

    def html(self, element: Element | None) -> Text:
        read = read_html((element.findtext("text") or "") if element is not None else "")
        self.lost += read.lost
        return read.text

    def found(self, prompt: Text, **values: object) -> Found:
        explanation, source = without_origin(self.html(self.question.find("generalfeedback")))
        return Found(
            name=self.name,
            prompt=prompt,
            explanation=explanation,
            source=source,
            hints=tuple(self.html(hint) for hint in self.question.findall("hint")),
            tags=tuple(tag.findtext("text") or "" for tag in self.question.findall("tags/tag")),
            lost=tuple(dict.fromkeys(self.lost)),
            **values,  # type: ignore[arg-type]
        )

    @property
    def prompt(self) -> Text:
        return self.html(self.question.find("questiontext"))


def _choice(common: _Common) -> Found | Skipped:
    answers = common.question.findall("answer")
    options = tuple(FoundOption(common.html(each), common.html(each.find("feedback")), float(each.get("fraction") or 0) > 0) for each in answers)  # fmt: skip
    shares = {float(each.get("fraction") or 0) for each in answers}
    multiple = common.question.findtext("single") == "false"
    if not multiple and shares - {0.0, 100.0}:
        common.lost.append("shares of points between none and all dropped")
    return common.found(common.prompt, kind="choice", options=options, multiple=multiple)


def _number(common: _Common) -> Found | Skipped:
    right = [each for each in common.question.findall("answer") if float(each.get("fraction") or 0) == 100]
    if not right:
        return Skipped(common.name, "no answer earns all points")
    if len(common.question.findall("answer")) > 1:
        common.lost.append("wrong answers with their feedback dropped")
    number = _as_number(common, right[0].findtext("text") or "", right[0].findtext("tolerance") or "0")
    if number is None:
        return Skipped(common.name, "its answer is no number")
    return common.found(_with_gap(common.prompt), kind="cloze", gaps=(FoundGap("a", number=number),))


def _as_number(common: _Common, text: str, tolerance: str) -> str | None:
    """The number with as many decimals as its tolerance leaves, where that is half a last place."""
    try:
        value, reach = Fraction(text.strip()), Fraction(tolerance.strip() or "0")
    except (ValueError, ZeroDivisionError):
        return None
    places = next((n for n in range(13) if reach == Fraction(1, 2 * 10**n)), None)
    if places is None and reach:
        common.lost.append(f"tolerance {tolerance.strip()} dropped")
    if places is not None and places > 0:
        return f"{round_to(value, places):f}"
    return str(value.numerator) if value.denominator == 1 else text.strip()


def _with_gap(prompt: Text) -> Text:
    return prompt.map(lambda each: f"{each}\n\n[[a]]")


def _words(common: _Common) -> Found | Skipped:
    right = [each for each in common.question.findall("answer") if float(each.get("fraction") or 0) == 100]
    forms = tuple(dict.fromkeys((each.findtext("text") or "").replace(r"\*", "*").strip() for each in right))
    if not any(forms):
        return Skipped(common.name, "no answer earns all points")
    if len(right) < len(common.question.findall("answer")):
        common.lost.append("wrong answers with their feedback dropped")
    return common.found(_with_gap(common.prompt), kind="cloze", gaps=(FoundGap("a", accept=forms),))


def _cloze(common: _Common) -> Found | Skipped:
    html, gaps = common.question.findtext("questiontext/text") or "", list[FoundGap]()

    def take(match: re.Match[str]) -> str:
        name = f"g{len(gaps) + 1}"
        gap = _gap(common, name, match[1], match[2])
        if gap is None:
            common.lost.append(f"a gap of the kind {match[1]} dropped")
            return "[...]"
        gaps.append(gap)
        return f"[[{name}]]"

    read = read_html(_GAP.sub(take, html))
    common.lost += read.lost
    if not gaps:
        return Skipped(common.name, "none of its gaps can be brought")
    return common.found(read.text, kind="cloze", gaps=tuple(gaps))


def _gap(common: _Common, name: str, kind: str, body: str) -> FoundGap | None:
    right = []
    for part in _ANSWERS.split(body):
        answer = _FEEDBACK.split(part)[0]
        mark = _MARK.match(answer)
        if mark and mark[0] in ("=", "%100%"):
            right.append(unescape(re.sub(r"\\(.)", r"\1", answer[mark.end() :])))
        else:
            common.lost.append("wrong answers with their feedback dropped")
    if not right:
        return None
    if kind in NUMBERS:
        value, _, tolerance = right[0].partition(":")
        number = _as_number(common, value, tolerance or "0")
        return FoundGap(name, number=number) if number is not None else None
    return FoundGap(name, accept=tuple(dict.fromkeys(right))) if kind in WORDS else None


def _matching(common: _Common) -> Found | Skipped:
    rows = [(common.html(each), read_plain(each.findtext("answer/text") or "")) for each in common.question.findall("subquestion")]  # fmt: skip
    pairs = tuple((left, right) for left, right in rows if left.en)
    return common.found(common.prompt, kind="matching", pairs=pairs, spare=tuple(right for left, right in rows if not left.en))  # fmt: skip


def _ordering(common: _Common) -> Found | Skipped:
    answers = sorted(common.question.findall("answer"), key=lambda each: float(each.get("fraction") or 0))
    return common.found(common.prompt, kind="ordering", items=tuple(common.html(each) for each in answers))


def _essay(common: _Common) -> Found | Skipped:
    grader = common.html(common.question.find("graderinfo"))
    items = [_ITEMS.findall(grader[lang]) or [grader[lang]] for lang in ("en", "zh")]
    back = tuple(Text(en, zh) for en, zh in zip(*items, strict=True) if en) if len(items[0]) == len(items[1]) else (grader,)  # fmt: skip
    prompt = common.prompt
    return common.found(prompt, kind="recall", back=back or (Text.same("..."),))


def _true_or_false(common: _Common) -> Found | Skipped:
    words = {"true": Text("true", "对"), "false": Text("false", "错")}
    options = []
    for each in common.question.findall("answer"):
        text = words.get((each.findtext("text") or "").strip().lower())
        if text is not None:
            options.append(
                FoundOption(text, common.html(each.find("feedback")), float(each.get("fraction") or 0) == 100)
            )
    return common.found(common.prompt, kind="choice", options=tuple(options))


_READERS = {
    "multichoice": _choice,
    "truefalse": _true_or_false,
    "numerical": _number,
    "shortanswer": _words,
    "cloze": _cloze,
    "matching": _matching,
    "ordering": _ordering,
    "essay": _essay,
}
