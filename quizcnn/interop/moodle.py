"""Questions as Moodle XML: numbers with tolerance and the named mistakes as wrong answers with feedback, choices, gaps, pairs, orders, essays.

A topic is a category, so that a quiz can draw one of the frozen variants at random. ``idnumber`` is our id; Moodle makes copies when
a file is imported twice.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from html import escape
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from quizcnn.figures.svg import draw_svg
from quizcnn.grading.answers import Field
from quizcnn.grading.base import AnswerType
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.cloze import GapAnswer
from quizcnn.grading.expression import ExpressionAnswer
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.matching import MatchingAnswer
from quizcnn.grading.number import NumberAnswer
from quizcnn.grading.ordering import OrderingAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.interop.common import Wrong, common_losses, number_losses, wrong_values
from quizcnn.interop.item import Item
from quizcnn.interop.loss import Loss, losses
from quizcnn.interop.markup import clean, formula, inline_html, plain, quoted, to_html
from quizcnn.interop.moodle_marks import in_gap, intervals, left_out, nearest_fraction
from quizcnn.text import LANGS, Lang, Text

ROOT = "$course$/top/quizcnn"


@dataclass(frozen=True, slots=True)
class Written:
    """A file, and what it could not hold."""

    content: bytes
    questions: int
    lost: tuple[Loss, ...]


def to_moodle(items: Iterable[Item], langs: Sequence[Lang]) -> Written:
    """The items as one file; with two languages every text holds both, for Moodle's multi-language filter."""
    quiz = Element("quiz")
    lost: list[Loss] = []
    category, count = "", 0
    for item in sorted(items, key=lambda each: (each.topic.area, each.topic.id)):
        place = f"{ROOT}/{item.topic.area}/{item.topic.id}"
        if place != category:
            category = place
            SubElement(SubElement(SubElement(quiz, "question", type="category"), "category"), "text").text = place
        writer = _Question(item, langs)
        quiz.append(writer.write())
        lost += losses(item, *writer.lost())
        count += 1
    indent(quiz, " ")
    return Written(tostring(quiz, encoding="utf-8", xml_declaration=True) + b"\n", count, tuple(lost))


class _Question:
    """One item on its way to an element."""

    def __init__(self, item: Item, langs: Sequence[Lang]) -> None:
        self.item, self.langs = item, langs
        self.fields = item.variant.fields
        self.kind = _type_of(item)

    # ---- texts

    def html(self, text: Text) -> str:
        """A text of blocks in the languages asked for."""
        return self._spoken(text.map(to_html))

    def line(self, text: Text) -> str:
        """A text of one line as HTML."""
        return self._spoken(text.map(inline_html))

    def bare(self, text: Text) -> str:
        """A text without markup, where Moodle takes none."""
        return " / ".join(dict.fromkeys(plain(text[lang]) for lang in self.langs))

    def _spoken(self, html: Text) -> str:
        if html.en == html.zh or len(self.langs) == 1:
            return html[self.langs[0]]
        return "".join(f'<span class="multilang" lang="{lang}">{html[lang]}</span>' for lang in self.langs)

    # ---- the element

    def write(self) -> Element:
        made = Element("question", type=self.kind)
        _text(made, "name", self.item.id)
        question = _text(made, "questiontext", self._stem(), html=True)
        self._picture(question)
        _text(made, "generalfeedback", self._feedback(), html=True)
        if self.kind != "cloze":
            SubElement(made, "defaultgrade").text = "1"
        SubElement(made, "penalty").text = "0.3333333"
        SubElement(made, "hidden").text = "0"
        SubElement(made, "idnumber").text = self.item.id
        getattr(self, f"_as_{self.kind}")(made)
        for hint in self.item.variant.hints:
            _text(made, "hint", self.html(hint), html=True)
        tags = SubElement(made, "tags")
        for tag in self.item.tags:
            _text(tags, "tag", tag)
        return made

    def _stem(self) -> str:
        stem = self.html(self.item.prompt)
        if self.item.variant.kind == "cloze":
            stem = self._with_gaps(stem)
        elif self.kind == "cloze":
            stem += "".join(f"<p>{self.line(field.label)}: {self._gap(field)} {self._form(field)}</p>" for field in self.fields)  # fmt: skip
        elif self.kind in ("numerical", "shortanswer"):
            stem += f"<p>{self._form(self.fields[0])}</p>"
        return stem + self._image()

    def _with_gaps(self, stem: str) -> str:
        """The gaps in their places; in two languages they stand below, since each must be there once."""
        both = len(self.langs) > 1
        for number, field in enumerate(self.fields, 1):
            stem = stem.replace(f"[[{field.name}]]", f"({number})" if both else self._gap(field))
        below = (f"<p>({number}) {self._gap(field)}</p>" for number, field in enumerate(self.fields, 1))
        return stem + "".join(below) if both else stem

    def _form(self, field: Field) -> str:
        return f"<small>{self.line(field.answer.hint_of_form())}</small>"

    def _picture_name(self) -> tuple[str, bytes] | None:
        figure = self.item.variant.figure
        if figure is None:
            return None
        drawn = draw_svg(figure, self.langs[0]).encode()
        return f"quizcnn-{blake2b(drawn, digest_size=8).hexdigest()}.svg", drawn

    def _image(self) -> str:
        found, words = self._picture_name(), self.item.picture
        if found is None or words is None:
            return ""
        return f'<p><img src="@@PLUGINFILE@@/{found[0]}" alt="{escape(clean(words[self.langs[0]]))}"></p>'

    def _picture(self, question: Element) -> None:
        if (found := self._picture_name()) is not None:
            SubElement(question, "file", name=found[0], path="/", encoding="base64").text = b64encode(found[1]).decode()

    def _feedback(self) -> str:
        steps = "".join(f"<p>{formula(step.latex)} {self.line(step.caption)}</p>" for step in self.item.steps)
        return steps + self.html(self.item.variant.explanation) + f"<p><small>{quoted(self.item.origin)}</small></p>"

    # ---- the types

    def _as_numerical(self, made: Element) -> None:
        answer = self.fields[0].answer
        for each in intervals(answer) if isinstance(answer, NumberAnswer) else ():
            element = _answer(made, 0 if each.wrong else 100, each.value)
            _text(element, "feedback", self._why(each.wrong), html=True)
            SubElement(element, "tolerance").text = each.tolerance
        for name, value in (("unitgradingtype", "0"), ("unitpenalty", "0.1"), ("showunits", "3"), ("unitsleft", "0")):
            SubElement(made, name).text = value

    def _as_shortanswer(self, made: Element) -> None:
        SubElement(made, "usecase").text = "0"
        answer = self.fields[0].answer
        for form in forms_of(answer):
            _text(_answer(made, 100, form.replace("*", r"\*")), "feedback", "", html=True)
        for wrong in wrong_values(answer):
            _text(_answer(made, 0, plain(wrong.typed).replace("*", r"\*")), "feedback", self._why(wrong), html=True)

    def _why(self, wrong: Wrong | None) -> str:
        return "" if wrong is None else f"<p>{self.line(wrong.label)}: {self.line(wrong.why)}</p>"

    def _as_multichoice(self, made: Element) -> None:
        answer = self.fields[0].answer
        if not isinstance(answer, ChoiceAnswer):
            return
        SubElement(made, "single").text = "false" if answer.multiple else "true"
        SubElement(made, "shuffleanswers").text = "0" if getattr(self.item.question, "ordered", False) else "1"
        SubElement(made, "answernumbering").text = "abc"
        keys = sum(option.key for option in answer.options)
        for option in answer.options:
            share = 100 / keys if option.key else -100 / keys if answer.multiple else 0
            element = _answer(made, nearest_fraction(share), self.line(option.text), html=True)
            _text(element, "feedback", self.line(option.why), html=True)

    def _as_matching(self, made: Element) -> None:
        answer = self.fields[0].answer
        if not isinstance(answer, MatchingAnswer):
            return
        SubElement(made, "shuffleanswers").text = "1"
        rows = [(self.line(left), place) for left, place in zip(answer.left, answer.pairs, strict=True)]
        spare = [("", place) for place in range(len(answer.right)) if place not in answer.pairs]
        for left, place in (*rows, *spare):
            part = SubElement(made, "subquestion", format="html")
            SubElement(part, "text").text = left
            _text(part, "answer", self.bare(answer.right[place]))

    def _as_ordering(self, made: Element) -> None:
        answer = self.fields[0].answer
        if not isinstance(answer, OrderingAnswer):
            return
        for name, value in (("layouttype", "VERTICAL"), ("selecttype", "ALL"), ("selectcount", "0"), ("gradingtype", "RELATIVE_NEXT_EXCLUDE_LAST"), ("showgrading", "SHOW")):  # fmt: skip
            SubElement(made, name).text = value
        for number, place in enumerate(answer.order, 1):
            _answer(made, number, self.line(answer.items[place - 1]), html=True)

    def _as_essay(self, made: Element) -> None:
        for name, value in (("responseformat", "editor"), ("responserequired", "1"), ("responsefieldlines", "10"), ("attachments", "0"), ("attachmentsrequired", "0")):  # fmt: skip
            SubElement(made, name).text = value
        _text(made, "graderinfo", "".join(self._grader(field) for field in self.fields), html=True)
        _text(made, "responsetemplate", "", html=True)

    def _grader(self, field: Field) -> str:
        match field.answer:
            case KeypointsAnswer(points=points, wrong=wrong):
                claims = [f"{point.weight:g}: {self.line(point.say)}" for point in points]
                return _listed(claims) + _listed([f"≤ {belief.cap:g}: {self.line(belief.says)}" for belief in wrong])
            case RecallAnswer(back=back):
                return _listed([self.line(fact) for fact in back])
        return f"<p>{self.line(field.label)}: {self.line(field.answer.shown())}</p>"

    def _as_cloze(self, made: Element) -> None:
        """All of it stands in the text."""

    def _gap(self, field: Field) -> str:
        answer = field.answer
        found = list(intervals(answer)) if isinstance(answer, NumberAnswer) else []
        if found:
            parts = [f"{'=' if each.wrong is None else '%0%'}{each.value}:{each.tolerance}{self._gap_feedback(each.wrong)}" for each in found]  # fmt: skip
            return f"{{1:NUMERICAL:{'~'.join(parts)}}}"
        wrong = [f"%0%{in_gap(plain(each.typed))}{self._gap_feedback(each)}" for each in wrong_values(answer)]
        right = [f"={in_gap(form)}" for form in forms_of(answer)]
        return f"{{1:SHORTANSWER:{'~'.join((*right, *wrong))}}}"

    def _gap_feedback(self, wrong: Wrong | None) -> str:
        return "" if wrong is None else f"#{in_gap(self.bare(wrong.label))}"

    # ---- losses

    def lost(self) -> Iterator[str]:
        """What the element does not hold of the item."""
        yield from common_losses(self.item)
        types = {field.answer.type for field in self.fields}
        if len(self.langs) == 1:
            yield "language"
        numbers = [field.answer for field in self.fields if isinstance(field.answer, NumberAnswer)]
        yield from sorted({name for number in numbers for name in number_losses(number)})
        if numbers:
            yield "number_forms"
        if any(left_out(number) for number in numbers):
            yield "mistakes"
        for name, what in (("expression", "formula"), ("gap", "word_forms"), ("keypoints", "key_points"), ("property", "property"), ("recall", "self_rated")):  # fmt: skip
            if name in types:
                yield what
        if types & {"list", "shape", "matrix"}:
            yield "list_forms"
        answer = self.fields[0].answer
        if isinstance(answer, ChoiceAnswer) and answer.multiple:
            yield "credit"
        if isinstance(answer, MatchingAnswer) and any(plain(side[lang]) != side[lang] for side in answer.right for lang in LANGS):  # fmt: skip
            yield "formatting"


def _type_of(item: Item) -> str:
    fields = item.variant.fields
    types = {field.answer.type for field in fields}
    if item.variant.kind == "cloze" or (len(fields) > 1 and types <= _TYPED):
        return "cloze"
    if types == {"number"} and isinstance(fields[0].answer, NumberAnswer) and next(intervals(fields[0].answer), None):
        return "numerical"
    if types <= _TYPED:
        return "shortanswer"
    return {"choice": "multichoice", "matching": "matching", "ordering": "ordering"}.get(fields[0].answer.type, "essay")


_TYPED = {"number", "word", "words", "shape", "list", "matrix", "expression", "gap"}


def forms_of(answer: object) -> list[str]:
    """The right forms that are listed where text is compared with text: with and without spaces, powers in both spellings."""
    match answer:
        case GapAnswer(accept=accept):
            return list(dict.fromkeys(clean(form) for form in accept))
        case ExpressionAnswer(answer=right):
            shapes = (right, right.replace("**", "^"), right.replace("^", "**"))
            return list(dict.fromkeys(form for shape in shapes for form in (shape, shape.replace(" ", ""))))
        case NumberAnswer():
            return ["none", "无"]
    typed = plain(answer.typed()) if isinstance(answer, AnswerType) else ""
    return list(dict.fromkeys((typed, typed.replace(" ", ""), typed.replace(", ", ","), typed.replace(",", ", ").replace("  ", " "))))  # fmt: skip


def _text(parent: Element, tag: str, text: str, *, html: bool = False) -> Element:
    element = SubElement(parent, tag, {"format": "html"} if html else {})
    SubElement(element, "text").text = clean(text)
    return element


def _answer(parent: Element, fraction: float, text: str, *, html: bool = False) -> Element:
    element = SubElement(parent, "answer", fraction=f"{fraction:.7g}", format="html" if html else "moodle_auto_format")
    SubElement(element, "text").text = clean(text)
    return element


def _listed(lines: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>" if lines else ""
