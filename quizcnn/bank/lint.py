"""Static checks of a bank: every rule over every usable question and topic, each finding with its place.

No number is drawn here; ``services.check`` does that. A file is parsed again only when something in it was found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from quizcnn.bank.catalog import Catalog
from quizcnn.bank.document import Document, read_document
from quizcnn.bank.entries import LEXICON
from quizcnn.bank.faults import Fault
from quizcnn.bank.lexicon import read_lexicon
from quizcnn.bank.models import Choice, Inverse, Numeric, Question, Recall, ShortAnswer, Topic
from quizcnn.bank.rules.drawn import check_drawn, check_verdicts
from quizcnn.bank.rules.figure import check_figure
from quizcnn.bank.rules.formulas import check_formulas
from quizcnn.bank.rules.keypoints import check_keypoints
from quizcnn.bank.rules.languages import check_languages
from quizcnn.bank.rules.options import check_options, key_is_longest
from quizcnn.bank.rules.references import check_references, check_topic, find_circles
from quizcnn.bank.rules.teaching import check_teaching
from quizcnn.bank.structure import Finding

KEY_LONGEST = 0.35
RECALL = 0.25
FEWEST = 12
"""Shares are judged in folders with at least so many questions of the kind."""


class Lint:
    """The rules over one catalog. It is itself what references are looked up in."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.topics = catalog.topics
        self._documents: dict[Path, Document] = {}

    @cached_property
    def skills(self) -> frozenset[str]:
        """Every skill that a topic names."""
        return frozenset(skill for topic in self.topics.values() for skill in topic.skills)

    def __contains__(self, question_id: object) -> bool:
        return question_id in self.catalog

    def nearest(self, question_id: str) -> tuple[str, ...]:
        return self.catalog.nearest(question_id)

    def faults(self) -> tuple[Fault, ...]:
        """All faults: those that keep a question from being used, then what the rules found, sorted by file and place."""
        found = list(self.bank_faults())
        for question in self.catalog.questions():
            found += (self.locate(question.id, finding) for finding in self.findings(question))
        return tuple(sorted(set(found)))

    def bank_faults(self) -> Iterator[Fault]:
        """What is wrong beside the usable questions: broken ones, topics, shares of a whole folder."""
        yield from self.catalog.faults
        yield from self._topic_faults()
        yield from self._share_faults()
        yield from self._lexicon_faults()

    def findings(self, question: Question) -> Iterator[Finding]:
        """What the rules find in one question."""
        yield from check_languages(question)
        yield from check_formulas(question)
        yield from check_figure(question)
        yield from check_references(question, self)
        yield from check_teaching(question)
        yield from check_verdicts(question)
        if isinstance(question, Choice):
            yield from check_options(question)
        if isinstance(question, ShortAnswer):
            yield from check_keypoints(question)
        if isinstance(question, Numeric | Inverse):
            yield from check_drawn(question)

    def locate(self, question_id: str, finding: Finding) -> Fault:
        """A finding in a question as a fault with its place."""
        return self._fault(self.catalog.source(question_id).file, question_id, finding)

    def _fault(self, file: Path, owner: str, finding: Finding) -> Fault:
        path, message = finding
        if file not in self._documents:
            self._documents[file] = read_document(file.read_bytes())
        document = self._documents[file]
        items = document.data if isinstance(document.data, list) else []
        number = next(
            (place for place, item in enumerate(items) if isinstance(item, dict) and item.get("id") == owner), 0
        )
        return Fault(str(file), *document.place((number, *path)), owner, message)

    def _topic_faults(self) -> Iterator[Fault]:
        def fault(topic: Topic, finding: Finding) -> Fault:
            return self._fault(self.catalog.topic_source(topic.id).file, topic.id, finding)

        for topic in self.topics.values():
            for finding in (*check_languages(topic), *check_formulas(topic), *check_topic(topic, self)):
                yield fault(topic, finding)
        for circle in find_circles(self.topics):
            message = f"prerequisites run in a circle: {' > '.join((*circle, circle[0]))}"
            yield fault(self.topics[circle[0]], (("prerequisites",), message))

    def _lexicon_faults(self) -> Iterator[Fault]:
        for folder in self.catalog.folders:
            file = folder / LEXICON
            if file.is_file():
                yield from (fault._replace(file=str(file)) for fault in read_lexicon(file.read_bytes())[1])

    def _share_faults(self) -> Iterator[Fault]:
        """What holds for a bank folder as a whole."""
        for folder in self.catalog.folders:
            questions = [
                each for each in self.catalog.questions() if self.catalog.source(each.id).file.is_relative_to(folder)
            ]
            yield from _shares(str(folder), questions)


def _shares(folder: str, questions: Sequence[Question]) -> Iterator[Fault]:
    choices = [each for each in questions if isinstance(each, Choice) and not each.multiple]
    for lang, name in (("en", "English"), ("zh", "Chinese")):
        longest = sum(key_is_longest(each, "zh" if lang == "zh" else "en") for each in choices)
        if len(choices) >= FEWEST and longest > KEY_LONGEST * len(choices):
            message = f"the key is the longest option in {longest} of {len(choices)} choices in {name}; at most {KEY_LONGEST:.0%} may be"
            yield Fault(folder, 1, 1, "", message)
    recall = sum(isinstance(each, Recall) for each in questions)
    if len(questions) >= FEWEST and recall > RECALL * len(questions):
        yield Fault(folder, 1, 1, "", f"{recall} of {len(questions)} questions are recall; at most {RECALL:.0%} may be")
