"""The HTML writer: one file that stands alone, hostile text as text, elements that close, formulas as MathML, all of it told aloud."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
import yaml

from quizcnn.generation.variants import draw_variant
from quizcnn.printing.both import merge
from quizcnn.printing.document import Blank, Blanks, Formula, Options, Paper, Paragraph, Run
from quizcnn.printing.html import POLICY, write_html
from quizcnn.printing.key import build_key
from quizcnn.printing.layout import Layout
from quizcnn.printing.markup import VOID, css_string
from quizcnn.printing.mathml import write_mathml
from quizcnn.printing.paper import build_paper, draw
from tests.exams.sample_exam import builtin_catalog, sample_exam
from tests.printing.sample_paper import FORMULAS, HIDDEN, HOSTILE, SHOWN, everywhere, formulas, paper, question

HTML = Layout("html")
LATEX = yaml.safe_load((Path(__file__).parents[1] / "figures" / "formulas.yaml").read_text(encoding="utf-8"))
CORE = {"math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd"}  # fmt: skip
"""The elements of MathML Core that browsers draw."""


class Page(HTMLParser):
    """Texts, elements and attributes of a page; an element that is closed out of turn is a fault."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.text = ""
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(written)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs), f"an attribute of <{tag}> is given twice"
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag == name]


def _page(document: Paper, layout: Layout = HTML) -> Page:
    return Page(write_html(document, layout))


def _both(version: int = 0) -> Paper:
    exam = sample_exam()
    return merge(*(build_paper(exam, exam.versions[version], lang, form="plain") for lang in ("en", "zh")))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_strings_everywhere_are_text(text: str) -> None:
    harmless, hostile = _page(everywhere("x")), _page(everywhere(text))
    assert {tag for tag, _ in hostile.elements} <= {tag for tag, _ in harmless.elements} | {"wbr"}
    assert not any(name.startswith("on") or name in {"src", "href"} for _, attributes in hostile.elements for name in attributes)  # fmt: skip
    shown = " ".join(hostile.text.split())
    assert shown.count(" ".join(text.split())) >= 15


def test_a_title_cannot_end_the_style_sheet() -> None:
    for text in ('";} body {display: none}', "</style><script>x</script>", "\\", "*/"):
        page = _page(paper(title=text))
        assert len(page.all("style")) == 1
        assert page.all("script") == []
        assert text in page.text
    assert css_string('a"}\\</style>\n') == '"a\\22 \\7d \\5c \\3c \\2f style\\3e \\a "'


def test_hidden_characters_are_gone() -> None:
    written = write_html(everywhere(HIDDEN), HTML)
    assert SHOWN in written
    assert not set(written) & set("\u202e\u202c\u0007\u000b\ue000\u200f\ufffe\U000e0041")


def test_hostile_formulas_are_formulas_or_text() -> None:
    page = _page(formulas())
    assert len(page.all("math")) + page.text.count("(2 points)") >= len(FORMULAS)
    assert {tag for tag, _ in page.elements} & {"script", "a", "img", "iframe", "object"} == set()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("build", [build_paper, build_key])
def test_the_file_stands_alone(lang: str, build: object) -> None:
    written = write_html(build(sample_exam(), sample_exam().versions[0], lang), HTML)  # type: ignore[operator]
    page = Page(written)
    assert {tag for tag, _ in page.elements} & {"script", "link", "img", "iframe", "object", "embed", "base"} == set()
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/)", written)
    policies = [each["content"] for each in page.all("meta") if each.get("http-equiv") == "Content-Security-Policy"]
    assert policies == [POLICY]
    assert "script" not in POLICY
    assert page.all("html") == [{"lang": {"en": "en", "zh": "zh-CN"}[lang]}]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_order_of_the_elements_is_that_of_the_numbers(lang: str) -> None:
    version = sample_exam().versions[0]
    page = _page(build_paper(sample_exam(), version, lang))  # type: ignore[arg-type]
    assert [each["id"] for each in page.all("article")] == [f"q{item.number}" for item in version.items]
    assert page.text.count(version.code) == 3, "in the title, at the head and on the answer sheet"


def test_what_is_written_on_and_what_is_drawn_has_words() -> None:
    for document in (build_paper(sample_exam(), sample_exam().versions[0], "en"), _both()):
        page = _page(document)
        drawn = [attributes for tag, attributes in page.elements if tag != "svg" and attributes.get("role") == "img"]
        assert len(drawn) > 40
        assert all(attributes.get("aria-label") for attributes in drawn)
        places = [place for place, (tag, _) in enumerate(page.elements) if tag == "svg"]
        assert places
        assert all(page.elements[place + 1][0] == "title" for place in places)
        assert all(each["alttext"] for each in page.all("math"))


def test_the_second_language_is_told_as_such() -> None:
    page = _page(_both())
    second = [attributes for _, attributes in page.elements if "second" in (attributes.get("class") or "").split()]
    assert len(second) > 30
    assert {attributes.get("lang") for attributes in second} == {"zh-CN"}


def test_options_stand_side_by_side_by_their_width_and_never_in_large_print() -> None:
    short, middle, long = ("4", "fifteen letters", "a long option that fills more than half of the line that it is on")
    for text, columns in ((short, 4), (middle, 4), (middle * 2, 2), (long, 1)):
        asked = paper(question(1, answer=(Options(((Run(text),),) * 4, many=False),)))
        (listed,) = _page(asked).all("ol")
        assert listed["class"] == f"options columns-{columns}", text
        (large,) = _page(asked, Layout("html", large=True)).all("ol")
        assert large["class"] == "options columns-1"


def test_large_print_is_sixteen_points() -> None:
    sizes = [re.search(r":root \{ font-size: (\S+)pt", write_html(build_paper(sample_exam(), sample_exam().versions[0], lang), Layout("html", large=large))) for lang, large in (("en", False), ("zh", False), ("en", True))]  # type: ignore[arg-type]  # fmt: skip
    assert [size and size[1] for size in sizes] == ["11", "10.5", "16"]


def test_a_question_is_kept_on_one_page_and_the_sheet_begins_a_page() -> None:
    written = write_html(build_paper(sample_exam(), sample_exam().versions[0], "en"), Layout("html", size="letter"))
    rules = dict(re.findall(r"^([^{}\n@]+) \{([^}]*)\}$", written, re.M))
    assert "break-inside: avoid" in rules["article"]
    assert "break-after: avoid" in rules[".part"]
    assert "break-before: page" in rules[".sheet"]
    assert "size: letter" in written


def _mathml(latex: str) -> Element:
    return fromstring(write_mathml(latex))


@pytest.mark.parametrize("entry", LATEX, ids=lambda entry: str(entry["id"]))
def test_formulas_are_mathml_that_browsers_draw(entry: dict[str, str]) -> None:
    root = _mathml(entry["latex"])
    assert {element.tag for element in root.iter()} <= CORE
    assert root.get("alttext")
    for element in root.iter():
        wanted = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
        assert len(element) == wanted.get(element.tag, len(element)), element.tag


@pytest.mark.parametrize(
    ("latex", "shape"),
    [
        (r"\frac{a}{b}", "mfrac(mi mi)"),
        (r"x_i^2", "msubsup(mi mi mn)"),
        (r"\sum_{i=1}^{n} x", "mrow(munderover(mo mrow(mi mo mn) mi) mi)"),
        (r"\sqrt[3]{x}", "mroot(mi mn)"),
        (r"\begin{pmatrix} a & b \end{pmatrix}", "mrow(mo mtable(mtr(mtd(mi) mtd(mi))) mo)"),
        (r"\max(a)", "mrow(mi mo mi mo)"),
    ],
)
def test_shapes_of_mathml(latex: str, shape: str) -> None:
    def shown(element: Element) -> str:
        inner = " ".join(map(shown, element))
        return f"{element.tag}({inner})" if inner else element.tag

    assert shown(_mathml(latex)[0]) == shape


def test_a_formula_that_cannot_be_read_is_its_text() -> None:
    assert write_mathml("{" * 200 + "x" + "}" * 200).startswith('<span class="formula">')


def test_two_fields_stand_beside_each_other_but_for_large_print() -> None:
    fields = (Blank((Run("I"),), "px"), Blank((Run("U"),), "px"))
    asked = paper(question(1, Paragraph((Formula("x"),)), answer=(Blanks(fields),)))
    assert 'class="blanks beside"' in write_html(asked, HTML)
    assert 'class="blanks"' in write_html(asked, Layout("html", large=True))


def test_every_figure_of_the_bank_is_shown_whole_with_its_words() -> None:
    catalog, count = builtin_catalog(), 0
    for row in catalog.rows():
        picture = draw(draw_variant(catalog.question(row.id), 7), "zh")
        if picture is None:
            continue
        fromstring(picture.svg)
        page = _page(paper(question(1, picture)))
        assert page.text.count(picture.alt) == 1
        assert len(page.all("title")) == 2
        assert len([tag for tag, _ in page.elements if tag == "text"]) == picture.svg.count("<text")
        assert not any("id" in attributes for tag, attributes in page.elements if tag != "article")
        count += 1
    assert count >= 10


def test_no_name_of_a_form_is_that_of_a_part() -> None:
    """The body carries kind and form of the paper as classes; a rule for a list by the same name would hit the whole page."""
    exam = sample_exam()
    plain, chinese = (build_key(exam, exam.versions[0], lang) for lang in ("en", "zh"))
    for document in (plain, chinese, build_paper(exam, exam.versions[0], "en"), _both()):
        page = _page(document, Layout("html", large=True, duplex=True))
        ours = set((page.all("body")[0]["class"] or "").split())
        within = {name for tag, attributes in page.elements if tag != "body" for name in (attributes.get("class") or "").split()}  # fmt: skip
        assert len(ours) == 4
        assert not ours & within
