"""What an export cannot carry over: one entry for each question and thing lost, and the table of them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from quizcnn.interop.item import Item

WORDS: Mapping[str, str] = {
    "fresh_numbers": "fresh numbers at every review: frozen variants stand for them",
    "fewer_variants": "fewer variants than asked: the question has no more that differ",
    "follow_through": "follow-through: a later answer marked from the learner's own earlier one",
    "mistakes": "named mistakes: what a wrong number comes from",
    "conventions": "a verdict of its own for another convention",
    "near": "a second try after too few digits, a percentage or a power of ten",
    "number_forms": "other ways to write the number (1,024, 2^10, 1.2 万)",
    "approximate": "an estimate is told from an exact count by how it is written",
    "estimate": "an estimate scored by how far off it is, against the clock",
    "fraction": "a fraction is compared as a decimal",
    "large": "a count above 2^53 is compared as a rounded number",
    "formula": "a formula in another form than those listed",
    "list_forms": "lists, shapes and matrices element by element, in any spelling",
    "property": "any answer with the asked property: one example stands for them, self-rated",
    "key_points": "typed text marked by key points: self-rated",
    "self_rated": "the answer is not typed and marked: self-rated",
    "partial": "credit for a part of the answer",
    "credit": "the credit of a choice of several",
    "word_forms": "small slips of spelling",
    "diagnosis": "a wrong answer is not traced to its mistake; the mistakes are listed",
    "why": "why each option is right or wrong",
    "hints": "hints",
    "explanation": "the explanation",
    "figure": "the figure as a picture: its words stand for it",
    "formatting": "formulas and code in an answer to choose or type: in plain text",
    "language": "the other language",
    "spare": "right sides without a partner",
    "drawn": "the question: it cannot be drawn",
}
"""What is lost, by a name that does not change."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing of one exported question that did not come over; ``what`` is a name of ``WORDS``."""

    id: str
    kind: str
    what: str

    def __post_init__(self) -> None:
        if self.what not in WORDS:
            raise KeyError(self.what)


def losses(item: Item, *what: str) -> Iterator[Loss]:
    """These things of one item."""
    for name in what:
        yield Loss(item.id, item.variant.kind, name)


def table(lost: Iterable[Loss]) -> list[str]:
    """Kind, what was lost and how many times, as aligned lines; the questions are counted, not their things."""
    counts = Counter((each.kind, each.what) for each in lost)
    width = max((len(kind) for kind, _ in counts), default=0)
    return [f"{kind:<{width}}  {count:>4}  {WORDS[what]}" for (kind, what), count in sorted(counts.items())]


def as_json(lost: Iterable[Loss]) -> list[dict[str, str]]:
    """The entries in order."""
    return [{"id": each.id, "kind": each.kind, "lost": each.what, "words": WORDS[each.what]} for each in lost]
