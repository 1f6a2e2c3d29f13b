"""What a question or topic names elsewhere must exist: topics, facts, skills, other questions; and no circles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from quizcnn.bank.faults import nearest
from quizcnn.bank.models import Question, Topic
from quizcnn.bank.structure import Finding

LEVELS = (-1, 2)
"""How far a question's difficulty may lie below and above that of its topic."""


class Known(Protocol):
    """What there is to refer to."""

    @property
    def topics(self) -> Mapping[str, Topic]: ...

    @property
    def skills(self) -> frozenset[str]: ...

    def __contains__(self, question_id: object) -> bool: ...

    def nearest(self, question_id: str) -> tuple[str, ...]: ...


def check_references(question: Question, known: Known) -> Iterator[Finding]:
    """Findings in topic, covers, skills, follow_ups and difficulty."""
    topic = known.topics[question.topic]
    low, high = topic.difficulty + LEVELS[0], topic.difficulty + LEVELS[1]
    if not low <= question.difficulty <= high:
        yield (
            ("difficulty",),
            f"difficulty {question.difficulty} is too far from the topic's {topic.difficulty}; {max(low, 1)} to {min(high, 5)} fits",
        )
    for number, reference in enumerate(question.covers):
        yield from _fact(number, reference, known)
    if len(set(question.covers)) < len(question.covers):
        yield ("covers",), "covers names a fact twice"
    for number, skill in enumerate(question.skills):
        if skill not in known.skills:
            yield ("skills", number), f"no topic has the skill {skill!r}{nearest(skill, sorted(known.skills), 1)}"
    for number, other in enumerate(question.follow_ups):
        if other == question.id:
            yield ("follow_ups", number), "a question cannot follow itself"
        elif other not in known:
            near = known.nearest(other)
            yield (
                ("follow_ups", number),
                f"there is no question {other!r}" + (f"; did you mean {near[0]}?" if near else ""),
            )


def _fact(number: int, reference: str, known: Known) -> Iterator[Finding]:
    name, _, fact = reference.partition("#")
    topic = known.topics.get(name)
    if topic is None:
        yield ("covers", number), f"there is no topic {name!r}{nearest(name, list(known.topics), 1)}"
    elif int(fact) > len(topic.facts):
        yield ("covers", number), f"the topic {name} has {len(topic.facts)} facts, so {reference} is none"


def check_topic(topic: Topic, known: Known) -> Iterator[Finding]:
    """Findings in a topic's prerequisites and lists."""
    for number, other in enumerate(topic.prerequisites):
        if other not in known.topics:
            yield ("prerequisites", number), f"there is no topic {other!r}{nearest(other, list(known.topics), 1)}"
    for key in ("facts", "kinds"):
        if not getattr(topic, key):
            yield (), f"{key} of the topic are missing"


def find_circles(topics: Mapping[str, Topic]) -> Iterator[tuple[str, ...]]:
    """Every circle of prerequisites once, as the topics on it in order."""
    done: set[str] = set()
    for start in topics:
        path: list[str] = []
        pending = [(start, 0)]
        while pending:
            name, depth = pending.pop()
            del path[depth:]
            if name in path:
                yield tuple(path[path.index(name) :])
                continue
            if name in done or name not in topics:
                continue
            path.append(name)
            pending += [(other, depth + 1) for other in topics[name].prerequisites]
            done.add(name)
