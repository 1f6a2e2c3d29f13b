"""Numeric and inverse entries against their families: names that exist, nothing left open, no number without an owner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from quizcnn.bank.faults import nearest
from quizcnn.bank.models import Inverse, Numeric, Part, Question
from quizcnn.bank.rules.figure import names_in_figure
from quizcnn.bank.structure import Finding
from quizcnn.bank.templates import pieces, placeholders
from quizcnn.errors import UsageError
from quizcnn.grading.base import Verdict
from quizcnn.solvers.base import AnyFamily, get_family
from quizcnn.solvers.values import DECIMALS
from quizcnn.text import LANGS, Lang

_NUMBER = re.compile(r"(?<![\w.\-^#])\d[\d,]*(?:\.\d+)?(?![\w^]|\.\d)")
_LITERAL = re.compile(r"(?<!\w)-?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?")
_NAMED = re.compile(
    r"(?<![\d.])1\s?[×x]\s?1(?!\d)|[A-Za-z]+[ -]?(?:19|20)\d\d|et al\.,? \(?\d{4}\)?|[A-Z][A-Za-z]*-\d+"
)
"""Names that hold digits: a 1×1 layer, VOC 2010, a citation, ResNet-50."""
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{2,}")
_HAN_PAIR = re.compile(r"(?=([\u4e00-\u9fff]{2}))")
"""Two Chinese characters, as no spaces part the words there."""


def check_drawn(question: Numeric | Inverse) -> Iterator[Finding]:
    """Findings in an entry whose numbers come from a family."""
    if isinstance(question, Numeric) and not question.family:
        yield from _totals(question)
        return
    try:
        family = get_family(question.family)
    except UsageError as error:
        yield ("family",), str(error)
        return
    yield from _inputs(question, family)
    if isinstance(question, Numeric):
        yield from _outputs(("ask",), question.ask, family)
        yield from _numeric(question, family)
    else:
        yield from _inverse(question, family)
    yield from _phrasings(question, family)
    yield from _teaching_texts(question, family)
    yield from _samples(question, family)


def _totals(question: Numeric) -> Iterator[Finding]:
    """A question on whole networks: names in its texts, verdicts of its samples."""
    names = set(parameters(question))
    for number, phrasing in enumerate(question.phrasings):
        for lang in LANGS:
            yield from _placeholders(("phrasings", number, lang), phrasing.text[lang], names)
    for number, hint in enumerate(question.hints):
        for lang in LANGS:
            yield from _placeholders(("hints", number, lang), hint[lang], names)
    for lang in LANGS:
        yield from _placeholders(("explanation", lang), question.explanation[lang], names | set(question.ask))
    for number, sample in enumerate(question.samples):
        for typed, wanted in sample.answers.items():
            for word in (wanted,) if isinstance(wanted, str) else wanted:
                if word not in list(Verdict):
                    yield ("samples", number, "answers", typed), f"{word!r} is no verdict"


def parameters(question: Numeric | Inverse) -> tuple[str, ...]:
    """The names that every variant has a number for."""
    network = question.network if isinstance(question, Numeric) else None
    return (*question.draw, *question.fixed, *question.tie, *(network.facts if network is not None else ()))


def _unknown(what: str, name: str, legal: Iterable[str], family: AnyFamily) -> str:
    words = list(legal)
    return f"{family.id} has no {what} {name!r}" + (nearest(name, words, 1) or f"; it has {', '.join(words)}")


def _inputs(question: Numeric | Inverse, family: AnyFamily) -> Iterator[Finding]:
    fields = family.inputs.model_fields
    given = parameters(question)
    used = _used_names(question)
    for source in ("draw", "fixed", "tie"):
        for name in getattr(question, source):
            if name not in fields and name not in used:
                yield (source, name), f"{_unknown('input', name, fields, family)}, and nothing else uses it"
    asked = question.ask if isinstance(question, Inverse) else ()
    for name, field in fields.items():
        if field.is_required() and name not in given and name not in asked:
            yield (), f"the input {name} of {family.id} is not given; add it to draw, fixed or tie"


def _used_names(question: Numeric | Inverse) -> frozenset[str]:
    texts = [text for phrasing in question.phrasings for text in (phrasing.en, phrasing.zh)]
    names = {name for text in texts for name in placeholders(text)}
    expressions = [*map(str, question.tie.values()), *question.where]
    if isinstance(question, Numeric):
        expressions += [str(value) for part in question.parts for value in part.inputs.values()]
    else:
        expressions += [str(value) for value in question.goal.values()]
    lengths = [
        str(getattr(spec, key))
        for spec in question.draw.values()
        for key in ("length", "labels", "rows", "columns")
        if hasattr(spec, key)
    ]
    return frozenset(
        names.union(
            *(re.findall(r"[a-z_][a-z0-9_]*", text) for text in (*expressions, *lengths)),
            names_in_figure(question),
        )
    )


def _outputs(path: tuple[str | int, ...], names: Iterable[str], family: AnyFamily) -> Iterator[Finding]:
    for number, name in enumerate(names):
        if name not in family.outputs:
            yield (*path, number), _unknown("output", name, family.outputs, family)


def _numeric(question: Numeric, family: AnyFamily) -> Iterator[Finding]:
    slugs = [mistake.slug for mistake in family.mistakes]
    for key in ("targets", "mistakes"):
        for number, slug in enumerate(getattr(question, key)):
            if slug not in slugs:
                yield (key, number), _unknown("mistake", slug, slugs, family)
    if isinstance(question.decimals, Mapping):
        for name in question.decimals:
            if name not in question.ask:
                yield ("decimals", name), f"decimals.{name}: {name} is not asked"
    for number, part in enumerate(question.parts):
        yield from _part(number, part)


def _part(number: int, part: Part) -> Iterator[Finding]:
    try:
        family = get_family(part.family)
    except UsageError as error:
        yield ("parts", number, "family"), str(error)
        return
    yield from _outputs(("parts", number, "ask"), part.ask, family)
    for name in part.inputs:
        if name not in family.inputs.model_fields:
            yield ("parts", number, "inputs", name), _unknown("input", name, family.inputs.model_fields, family)


def _inverse(question: Inverse, family: AnyFamily) -> Iterator[Finding]:
    for number, name in enumerate(question.ask):
        if name not in family.inputs.model_fields:
            yield ("ask", number), _unknown("input", name, family.inputs.model_fields, family)
    for name in question.goal:
        if name not in family.outputs:
            yield ("goal", name), _unknown("output", name, family.outputs, family)


def _phrasings(question: Numeric | Inverse, family: AnyFamily) -> Iterator[Finding]:
    names = {*parameters(question), *(question.goal if isinstance(question, Inverse) else ())}
    for number, phrasing in enumerate(question.phrasings):
        states = "convention" in phrasing.states or "convention" in question.states
        for lang in LANGS:
            text = phrasing.text[lang]
            path = ("phrasings", number, lang)
            yield from _placeholders(path, text, names)
            yield from _numbers(path, text, question, family, lang)
            yield from _convention(path, text, family, lang, states)


def _placeholders(path: tuple[str | int, ...], text: str, names: set[str]) -> Iterator[Finding]:
    for name in dict.fromkeys(placeholders(text)):
        if name not in names:
            yield (
                path,
                f"{{{name}}} is no parameter{nearest(name, sorted(names), 1) or f'; there are {_listed(names)}'}",
            )
    for piece in pieces(text):
        if piece.startswith("$"):
            for name in names:
                if f"{{{name}}}" in piece:
                    yield path, f"{{{name}}} stands between dollar signs, where nothing is filled; move it out"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _numbers(
    path: tuple[str | int, ...], text: str, question: Numeric | Inverse, family: AnyFamily, lang: Lang
) -> Iterator[Finding]:
    allowed = {_value(literal) for literal in _literals(question, family, lang)}
    for piece in pieces(text):
        if piece[0] in "`$":
            continue
        prose = re.sub(r"\{[^}]*\}", "\0", _NAMED.sub(" ", piece))
        prose = re.sub(r"(?<=\d)x(?=\d)", " × ", prose)
        for hit in _NUMBER.finditer(prose):
            if _value(hit[0]) not in allowed:
                yield (
                    path,
                    f"the number {hit[0]} is neither a parameter nor a fixed value nor in code; write it as {{name}} or in backticks",
                )


def _literals(question: Numeric | Inverse, family: AnyFamily, lang: Lang) -> Iterator[str]:
    """The numbers that a phrasing may write out: fixed values, decimals asked, ranges, those of the convention."""
    sources: list[Any] = [question.fixed, question.tie, family.convention[lang]]
    if isinstance(question, Numeric):
        sources += [question.decimals, [(part.inputs, part.decimals) for part in question.parts], DECIMALS]
    else:
        sources += [question.range, {name: str(bound) for name, bound in question.goal.items()}]
    for source in sources:
        yield from _LITERAL.findall(str(source))


def _value(literal: str) -> float:
    return float(literal.replace(",", "").rstrip("."))


def _convention(
    path: tuple[str | int, ...], text: str, family: AnyFamily, lang: Lang, states: bool
) -> Iterator[Finding]:
    convention = family.convention[lang]
    if not states:
        if convention.rstrip(".。") in text:
            yield (
                path,
                "the convention is printed under the prompt and stands in it as well; leave it out or add states: [convention]",
            )
        return
    tokens = {*_WORD.findall(convention), *_HAN_PAIR.findall(convention)} or {convention}
    if not any(token.casefold() in text.casefold() for token in tokens) and "`" not in text:
        yield path, f"states: [convention], but nothing of {convention!r} is stated"


def _teaching_texts(question: Numeric | Inverse, family: AnyFamily) -> Iterator[Finding]:
    names = set(parameters(question))
    facts = names | (set(question.goal) if isinstance(question, Inverse) else set(family.outputs))
    for number, hint in enumerate(question.hints):
        for lang in LANGS:
            yield from _placeholders(
                ("hints", number, lang), hint[lang], names | (facts if isinstance(question, Inverse) else set())
            )
    for lang in LANGS:
        yield from _placeholders(("explanation", lang), question.explanation[lang], facts)


def _samples(question: Numeric | Inverse, family: AnyFamily) -> Iterator[Finding]:
    verdicts = [str(verdict) for verdict in Verdict]
    slugs = {mistake.slug for name in _families(question) for mistake in name.mistakes}
    for number, sample in enumerate(question.samples):
        if not 0 <= sample.phrasing < len(question.phrasings):
            yield (
                ("samples", number, "phrasing"),
                f"there is no phrasing {sample.phrasing}; they count from 0 to {len(question.phrasings) - 1}",
            )
        for name in sample.inputs:
            if name not in parameters(question):
                yield (
                    ("samples", number, "inputs", name),
                    f"{name!r} is no parameter{nearest(name, list(parameters(question)), 1)}",
                )
        for name in question.draw:
            if name not in sample.inputs:
                yield ("samples", number), f"the sample gives no value for {name}"
        for typed, wanted in sample.answers.items():
            for word in (wanted,) if isinstance(wanted, str) else wanted:
                if word not in verdicts and word not in slugs:
                    yield (
                        ("samples", number, "answers", typed),
                        f"{word!r} is neither a verdict nor a mistake of {family.id}{nearest(word, [*verdicts, *slugs], 1)}",
                    )


def _families(question: Numeric | Inverse) -> Iterator[AnyFamily]:
    for name in (question.family, *(part.family for part in getattr(question, "parts", ()))):
        try:
            yield get_family(name)
        except UsageError:
            continue


def check_verdicts(question: Question) -> Iterator[Finding]:
    """The verdicts that stored samples of an authored question expect."""
    samples = getattr(question, "samples", None)
    if not isinstance(samples, dict):
        return
    legal = [str(verdict) for verdict in Verdict] + [wrong.slug for wrong in getattr(question, "wrong", ())]
    for typed, verdict in samples.items():
        if verdict not in legal:
            yield (
                ("samples", typed),
                f"{verdict!r} is no verdict{nearest(verdict, legal, 1) or f'; there are {_listed(legal)}'}",
            )
