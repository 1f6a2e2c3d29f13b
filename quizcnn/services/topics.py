"""Where topics stand with the learner, and how they hang together: what a topic needs, and what it leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from quizcnn.bank.models import Topic
from quizcnn.clock import now
from quizcnn.scheduling.card import CardState, State
from quizcnn.scheduling.day import day_end
from quizcnn.text import Text

if TYPE_CHECKING:
    from quizcnn.bank.catalog import Catalog, Row
    from quizcnn.services.context import Context

Grasp = Literal["empty", "new", "begun", "known"]
"""``empty``: the bank has no question on it. ``known``: at least half of its questions are in review, none in learning steps."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One topic with its questions: how many there are, were seen, are due."""

    topic_id: str
    title: Text
    area: str
    difficulty: int
    frequency: int
    """How often interviews ask it, 1 to 3."""
    total: int
    seen: int
    due: int
    grasp: Grasp


class Map:
    """All topics of the bank with what ``cards`` say of them; a card that falls due before ``end`` is due."""

    def __init__(self, catalog: Catalog, cards: Mapping[str, CardState], end: datetime) -> None:
        self.topics: Mapping[str, Topic] = catalog.topics
        self._cards, self._end = cards, end
        self._rows: dict[str, list[Row]] = {}
        for row in catalog.rows():
            self._rows.setdefault(row.topic, []).append(row)

    def rows(self, topic_id: str) -> tuple[Row, ...]:
        """The questions of a topic, in the order of the bank."""
        return tuple(self._rows.get(topic_id, ()))

    def standing(self, topic_id: str) -> Standing:
        """Where a known topic stands."""
        topic, rows = self.topics[topic_id], self.rows(topic_id)
        cards = [self._cards[row.id] for row in rows if row.id in self._cards]
        return Standing(
            topic_id=topic_id,
            title=topic.title,
            area=topic.area,
            difficulty=topic.difficulty,
            frequency=topic.interview_frequency,
            total=len(rows),
            seen=sum(not card.is_new for card in cards),
            due=sum(self._is_due(card) for card in cards),
            grasp=_grasp(cards, len(rows)),
        )

    def _is_due(self, card: CardState) -> bool:
        return card.suspended is None and not card.is_new and card.due is not None and card.due < self._end

    def needs(self, topic_id: str) -> tuple[Standing, ...]:
        """What should be known before a topic, in the order of the bank."""
        return tuple(self.standing(name) for name in self.topics[topic_id].prerequisites if name in self.topics)

    def leads_to(self, topic_id: str) -> tuple[Standing, ...]:
        """What builds on a topic: topics with questions first, then what interviews ask most, then the easier."""
        found = [self.standing(name) for name, topic in self.topics.items() if topic_id in topic.prerequisites]
        return tuple(sorted(found, key=lambda each: (each.total == 0, -each.frequency, each.difficulty)))


def _grasp(cards: Sequence[CardState], total: int) -> Grasp:
    if not total:
        return "empty"
    states = [card.state for card in cards if not card.is_new]
    if not states:
        return "new"
    settled = all(state is State.REVIEW for state in states)
    return "known" if settled and 2 * len(states) >= total else "begun"


def read_map(context: Context) -> Map:
    """The map of now. Raises ``StorageError`` where the record cannot be read."""
    catalog = context.catalog
    cards = context.store.cards_among([row.id for row in catalog.rows()])
    return Map(catalog, cards, day_end(now(), context.settings.rollover_hour))


def read_topics(context: Context) -> tuple[Standing, ...]:
    """Every topic, in the order of the bank. Raises ``StorageError`` where the record cannot be read."""
    known = read_map(context)
    return tuple(known.standing(name) for name in known.topics)
