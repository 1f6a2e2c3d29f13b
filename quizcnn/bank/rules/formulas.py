"""Every formula must be one that screens and pages can set."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizcnn.bank.models import Question, Topic
from quizcnn.bank.rules.walk import texts_of
from quizcnn.bank.structure import Finding
from quizcnn.text import LANGS


def check_formulas(question: Question | Topic) -> Iterator[Finding]:
    """Findings in the mathematics between dollar signs, and in a topic's formulas."""
    from quizcnn.figures.mathematics import split

    for found in texts_of(question):
        for lang in LANGS:
            if "$" in found.text[lang]:
                for span in split(found.text[lang]):
                    if span.kind == "math":
                        yield from (((*found.path, lang), f"${span.text}$: {fault}") for fault in _faults(span.text))
    if isinstance(question, Topic):
        for number, latex in enumerate(question.formulas):
            yield from ((("formulas", number), f"{latex}: {fault}") for fault in _faults(latex))


def _faults(latex: str) -> Iterator[str]:
    from quizcnn.figures.mathematics import faults

    bare = re.sub(r"\\[{}\\]", "", latex)
    if bare.count("{") != bare.count("}"):
        yield "its braces do not match"
    else:
        yield from faults(latex)
