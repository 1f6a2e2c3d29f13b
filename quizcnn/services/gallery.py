"""``bank gallery``: three samples of every question in both languages on one self-contained page, for a reviewer's eye."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from quizcnn.bank.catalog import Catalog
from quizcnn.bank.models import Inverse, Numeric, Question
from quizcnn.errors import QuizError
from quizcnn.figures.mathematics import faults, one_line, split
from quizcnn.generation.variant import Variant
from quizcnn.generation.variants import draw_variant, work_steps
from quizcnn.grading.choice import ChoiceAnswer, Option
from quizcnn.services.presentation import choice_rows, form_line
from quizcnn.text import LANGS, Lang

SAMPLES = 3
_STYLE = """
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; max-width: 78rem; margin: 2rem auto; padding: 0 1rem; }
article { border-top: 2px solid; margin-top: 2rem; } h2 { font-size: 1.05rem; } .meta, .form { opacity: .7; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; } section { overflow-wrap: anywhere; }
code, pre { font-family: ui-monospace, monospace; background: #8882; } li.key { font-weight: bold; }
"""


def gallery(catalog: Catalog) -> Iterator[str]:
    """The page, piece by piece."""
    yield f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>quizcnn</title><style>{_STYLE}</style>\n'
    yield f"<h1>{len(catalog)} questions</h1>\n"
    for question in catalog.questions():
        yield f'<article id="{question.id}"><h2>{question.id}</h2>\n'
        yield f'<p class="meta">{question.kind} · {question.topic} · difficulty {question.difficulty} · {escape(str(catalog.source(question.id)))}</p>\n'
        yield from _samples(question)
        yield "</article>\n"
    yield "</html>\n"


def _samples(question: Question) -> Iterator[str]:
    drawn = isinstance(question, Numeric | Inverse)
    seen: set[str] = set()
    for seed in range(SAMPLES if drawn else 1):
        try:
            variant = draw_variant(question, seed, shuffle=False)
        except QuizError as error:
            yield f"<p>seed {seed}: {escape(str(error))}</p>\n"
            continue
        if variant.identity in seen:
            continue
        seen.add(variant.identity)
        yield f'<div class="sides" title="seed {seed}">'
        for lang in LANGS:
            yield f'<section lang="{lang}">{"".join(_side(variant, lang))}</section>'
        yield "</div>\n"


def _side(variant: Variant, lang: Lang) -> Iterator[str]:
    yield f"<p>{markup(variant.prompt[lang])}</p>"
    if variant.figure is not None:
        from quizcnn.figures.svg import draw_svg

        yield f"<figure>{_inline(draw_svg(variant.figure, lang))}</figure>"
    for each in variant.fields:
        rows = choice_rows(each, lang)
        if rows:
            yield "<ul>" + "".join(f"<li>{escape(mark)}) {markup(text)}</li>" for mark, text in rows) + "</ul>"
    yield f'<p class="form">{markup(form_line(variant, lang))}</p><details><summary>{"key" if lang == "en" else "答案"}</summary>'
    for each in variant.fields:
        yield f"<p><b>{escape(each.label[lang])}: {markup(each.answer.shown()[lang])}</b></p>"
        if isinstance(each.answer, ChoiceAnswer):
            yield "<ul>" + "".join(_option(option, lang) for option in each.answer.options) + "</ul>"
    for step in work_steps(variant):
        yield f"<p>{mathml(step.latex)} <small>{escape(step.caption[lang])}</small></p>"
    yield f"<p>{markup(variant.explanation[lang])}</p>"
    yield "<ol>" + "".join(f"<li>{markup(hint[lang])}</li>" for hint in variant.hints) + "</ol></details>"


def _option(option: Option, lang: Lang) -> str:
    return f"<li{' class=key' * option.key}>{markup(option.text[lang])} <small>{markup(option.why[lang])}</small></li>"


def _inline(svg: str) -> str:
    """The drawing without its XML declaration, as it stands inside a page."""
    return svg[svg.index("<svg") :]


def markup(markdown: str) -> str:
    """A text of the bank as HTML: code and mathematics set, everything else escaped."""
    return "".join(_span(span.kind, span.text) for span in split(markdown)).replace("\n\n", "<br>")


def _span(kind: str, text: str) -> str:
    if kind == "math":
        return mathml(text)
    return f"<code>{escape(text.strip('`'))}</code>" if kind == "code" else escape(text)


def mathml(latex: str) -> str:
    """A formula as MathML, or as one readable line where it cannot be parsed."""
    if faults(latex):
        return escape(one_line(latex))
    from latex2mathml.converter import convert

    return str(convert(latex))
