"""What is searched of a question, in three tiers: its name and topic, what it asks, everything else that it says.

Words of a better tier rank higher, so that a question about a thing stands before one that mentions it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizcnn.services.words import AREAS, KINDS
from quizcnn.text import Text

if TYPE_CHECKING:
    from quizcnn.bank.catalog import Catalog, Row
    from quizcnn.bank.models import Question

TIERS = 3


def tiers_of(row: Row, catalog: Catalog) -> tuple[str, str, str]:
    """The searched texts of a question by tier, both languages in one."""
    question, title = catalog.question(row.id), catalog.topic(row.topic).title
    named = (row.id, row.topic, title.en, title.zh)
    asked = (row.family or "", *question.tags, *_both(_asked(question)))
    area, kind = AREAS.get(row.area), KINDS[row.kind]
    said = (row.area, *_both(area for area in (area, kind) if area), *question.skills, *_both(_said(question)))
    return _joined(named), _joined(asked), _joined(said)


def _joined(texts: tuple[str, ...]) -> str:
    return "\n".join(texts)


def _both(texts: Iterator[Text]) -> Iterator[str]:
    for text in texts:
        yield text.en
        yield text.zh


def _asked(question: Question) -> Iterator[Text]:
    """The prompt, or every phrasing of it."""
    if question.kind == "numeric" or question.kind == "inverse":
        yield from (phrasing.text for phrasing in question.phrasings)
    else:
        yield question.prompt


def _said(question: Question) -> Iterator[Text]:
    """Options, items, answers, hints and explanation."""
    yield question.explanation
    yield from question.hints
    match question.kind:
        case "choice":
            for option in question.options:
                yield from (option.text, option.why)
        case "ordering":
            yield from question.items
        case "matching":
            for pair in question.pairs:
                yield from (pair.left, pair.right)
            yield from question.spare
        case "cloze":
            for gap in question.gaps.values():
                yield from (Text.same(form) for form in gap.accept)
        case "expression":
            for formula in question.wrong:
                yield from (formula.label, formula.why)
        case "short_answer":
            yield from (point.say for point in question.points)
            yield from (question.reference,) if question.reference else ()
        case "recall":
            yield from question.back
