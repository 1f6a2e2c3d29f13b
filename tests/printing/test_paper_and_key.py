"""Paper and key as a reader of the PDFs finds them: the same numbers on both, no key on the paper, every letter there, in order."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from quizcnn.generation.blueprint import Blueprint, Pick, Section
from quizcnn.generation.exam import Exam, Item, Version, make_exam, set_exam
from quizcnn.generation.variants import draw_variant
from quizcnn.grading.number import NumberAnswer
from quizcnn.printing.document import Run, Steps, Ticks, WrongValues
from quizcnn.printing.files import Printed, print_exam
from quizcnn.printing.key import build_key
from quizcnn.printing.layout import Layout, PaperLang
from quizcnn.printing.paper import build_paper
from quizcnn.printing.plain import clean
from quizcnn.printing.typst import document_data
from quizcnn.services.exams.shelf import load_blueprint
from quizcnn.text import LANGS, Text
from tests.exams.sample_exam import builtin_catalog, sample_catalog, sample_exam
from tests.printing.pdf_text import font_lines, page_texts, properties

pytestmark = pytest.mark.skipif(importlib.util.find_spec("typst") is None, reason="the extra pdf is not installed")
VERSIONS = 2
CONV = re.compile(r"ofside(\d+)goesthroughnn\.Conv2d\(c,c,(\d),stride=(\d),padding=(\d),dilation=(\d)\)")
BATCH = re.compile(r"Abatchof(\d+)mapsofside(\d+)goesthroughnn\.Conv2d\(8,(\d+),(\d),stride=(\d),padding=(\d)\)")
LINEAR = re.compile(r"nn\.Linear\((\d+),(\d+)\):")
LEAST_DIGITS = 3
SOLVED = {"size-dilated": CONV, "conv-shape-of-batch": BATCH, "conv-weights-and-biases": LINEAR}


@cache
def printed(seed: int, lang: PaperLang = "en", *, large: bool = False) -> Printed:
    return print_exam(sample_exam(seed, VERSIONS), lang, Layout("pdf", large=large))


@cache
def builtin_exam(name: str, seed: int) -> Exam:
    return make_exam(load_blueprint(builtin_catalog().folders, name), builtin_catalog(), seed, 1)


def pdf(found: Printed, letter: str, end: str = "") -> bytes:
    return next(content for path, content in found.files.items() if path.endswith(f"-{letter}{end}.pdf"))


def dense(content: bytes) -> str:
    """The text without white space: lines break anywhere."""
    return re.sub(r"\s+", "", "".join(page_texts(content)))


def size(n: int, k: int, s: int, p: int, d: int = 1) -> int:
    """What PyTorch's documentation of Conv2d says."""
    return (n + 2 * p - d * (k - 1) - 1) // s + 1


RULES: dict[str, Callable[..., str]] = {
    "size-dilated": lambda n, k, s, p, d: f"{size(n, k, s, p, d)}",
    "conv-shape-of-batch": lambda batch, n, out, k, s, p: f"({batch},{out},{size(n, k, s, p)},{size(n, k, s, p)})",
    "conv-weights-and-biases": lambda i, o: f"weights={i * o}paramsbiases={o}paramsparameters={(i + 1) * o}params",
}


def test_the_key_is_what_the_numbers_on_its_paper_give() -> None:
    """Fifty-one questions are solved again from the text of the paper."""
    variants = [draw_variant(sample_catalog().question(name), seed) for seed in range(17) for name in SOLVED]
    picks = tuple(Pick(points=1) for _ in variants)
    part = Section(title=Text("Numbers", "计算"), pick=picks)
    plan = Blueprint(id="numbers", title=Text("Numbers", "计算"), minutes=60, sections=(part,))
    found = print_exam(set_exam(plan, sample_catalog(), 1, variants), "en", Layout("pdf", space="tight"))
    paper, key = (dense(pdf(found, "A", end)) for end in ("", "-key"))
    keys = {name: re.findall(rf"{name}.{{0,40}}?Answers?\.?(.{{0,70}})", key) for name in SOLVED}
    asked_for = {name: SOLVED[name].findall(paper) for name in SOLVED}
    for name, rule in RULES.items():
        assert len(asked_for[name]) == len(keys[name]) == 17, name
        for given, told in zip(asked_for[name], keys[name], strict=True):
            answer = rule(*map(int, given))
            assert told.replace(",", "").startswith(answer.replace(",", "")), (name, given, told)


@pytest.mark.parametrize("lang", [*LANGS, "both"])
def test_no_key_stands_on_a_paper_or_in_what_is_hidden_in_it(lang: PaperLang) -> None:
    found, tried = printed(7, lang), 0
    for version in sample_exam(7, VERSIONS).versions:
        content = pdf(found, version.letter)
        shown = numbers("".join(page_texts(content)) + properties(content))
        for value in key_values(version) - set().union(*(numbers(each) for each in asked(version))):
            assert value not in shown, (version.letter, value)
            tried += 1
    assert tried >= VERSIONS


def numbers(text: str) -> set[str]:
    return {each.strip(".,").replace(",", "") for each in re.findall(r"[\d.,]+", text)}


def key_values(version: Version) -> set[str]:
    answers = (field.answer for item in version.items for field in item.variant.fields)
    typed = {answer.typed() for answer in answers if isinstance(answer, NumberAnswer)}
    return {value for value in typed if sum(char.isdigit() for char in value) >= LEAST_DIGITS}


def asked(version: Version) -> Iterator[str]:
    for item in version.items:
        yield from (item.variant.prompt.en, item.variant.prompt.zh, str(dict(item.variant.parameters)))


@pytest.mark.parametrize("lang", [*LANGS, "both"])
def test_fonts_are_in_the_file_and_every_letter_is_drawn(lang: PaperLang) -> None:
    for letter, end in (("A", ""), ("A", "-key"), ("B", "")):
        content = pdf(printed(7, lang), letter, end)
        fonts = font_lines(content)
        assert fonts
        assert all(line[-5] == "yes" for line in fonts), fonts
        text = dense(content)
        assert "\ufffd" not in text
        assert "\x00" not in text
    if lang != "both":
        text = dense(pdf(printed(7, lang), "A"))
        for words in runs(build_paper(sample_exam(7, VERSIONS), sample_exam(7, VERSIONS).versions[0], lang)):
            assert re.sub(r"\s+", "", clean(words)) in text.replace("\u2060", ""), words


def runs(value: object) -> Iterator[str]:
    """Plain text of the stems."""
    for section in value.sections:  # type: ignore[attr-defined]
        for question in section.questions:
            for block in question.stem:
                yield from (each.text for each in getattr(block, "content", ()) if isinstance(each, Run))


@pytest.mark.parametrize("lang", [*LANGS, "both"])
def test_large_print_is_read_in_the_order_of_the_questions(lang: PaperLang) -> None:
    """Every document is set as PDF/UA-1, which Typst refuses where a formula or figure has no words."""
    exam = sample_exam(7, VERSIONS)
    told = re.sub(r"[^A-Za-z\u3400-\u9fff]+", "", properties(pdf(printed(7, lang, large=True), "A")))
    place = 0
    for item in exam.versions[0].items:
        place = told.find(opening(item, "zh" if lang == "zh" else "en"), place) + 1
        assert place, item.id


def opening(item: Item, lang: str) -> str:
    """The first letters of a prompt as far as it is plain text."""
    words = re.split(r"[`$_*{\n]|__", item.variant.prompt.en if lang == "en" else item.variant.prompt.zh)
    plain = [re.sub(r"[^A-Za-z\u3400-\u9fff]+", "", each) for each in words]
    return next(each for each in plain if len(each) > 3)[:24]


def test_every_formula_and_figure_has_words() -> None:
    exam = sample_exam(7, VERSIONS)
    count = 0
    for lang in LANGS:
        for node in nodes(document_data(build_paper(exam, exam.versions[0], lang))):
            if node.get("t") in ("Formula", "Picture"):
                assert str(node["alt"]).strip()
                count += 1
    assert count


def nodes(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(each)


def test_what_key_points_and_steps_earn_is_told_in_points() -> None:
    """A marker adds them up to the points of the question."""
    exam = builtin_exam("cv-45", 5)
    seen = set()
    for section in build_key(exam, exam.versions[0], "en").sections:
        for question in section.questions:
            points = float(question.points.split()[0])
            for block in question.answer:
                if isinstance(block, Ticks) and block.items[0][0]:
                    assert sum(float(told) for told, _ in block.items) == pytest.approx(points, abs=0.02), question.id
                    seen.add(Ticks)
                if isinstance(block, Steps):
                    assert sum(float(row.points or 0) for row in block.rows) == points, question.id
                    seen.add(Steps)
    assert seen == {Ticks, Steps}


def test_wrong_values_of_several_fields_say_whose_they_are() -> None:
    """A mistake in one of several lines is looked for beside that line."""
    exam = builtin_exam("dl-90", 5)
    named = bare = 0
    items = {item.number: item for item in exam.versions[0].items}
    for section in build_key(exam, exam.versions[0], "en").sections:
        for question in section.questions:
            fields = items[question.number].variant.fields
            labels = [field.label["en"] for field in fields]
            for block in question.answer:
                if isinstance(block, WrongValues):
                    told = ["".join(getattr(part, "text", "") for part in row.label) for row in block.rows]
                    begins = [any(text.startswith(f"{label}: ".replace("`", "")) for label in labels) for text in told]
                    assert not any(begins) or (all(begins) and len(fields) > 1), question.id
                    named, bare = named + all(begins), bare + (not any(begins))
    assert named > 0
    assert bare > 0
