"""Makes a record of many answers through the store's own code, to measure what grows with the log.

Run: python tests/storage/make_log.py FILE ATTEMPTS (from the root of the checkout).

The learner answers 60 times a day: up to ten new questions of the bank, then the cards that are due, then any. A card in review is
remembered with the chance that the memory model gives it, but slips happen; two misses in three are by a mistake of the question's family; a leech is
taken back.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection

from quizcnn.clock import now
from quizcnn.scheduling.card import CardState, Rating, State
from quizcnn.scheduling.day import learning_day
from quizcnn.scheduling.fsrs import retrievability
from quizcnn.services.context import Context
from quizcnn.services.requests import mistakes_of
from quizcnn.storage import flags, journal
from quizcnn.storage.records import Answer
from quizcnn.storage.repositories import DEFAULT_POLICY, open_store

A_DAY = 60
NEW_A_DAY = 10
AT_FIRST, AT_MOST = 0.75, 0.93
"""The chance of a right answer to a card that is not in review, and the greatest of all."""
CHUNK = 5000


@dataclass(frozen=True)
class Asked:
    """What the log needs to know of a question."""

    id: str
    topic: str
    kind: str
    mistakes: tuple[str, ...]


def questions() -> list[Asked]:
    """Those of the built-in bank."""
    return [Asked(row.id, row.topic, row.kind, mistakes_of(row)) for row in Context(lang="en").catalog.rows()]


def rating_of(card: CardState, at: datetime, draws: random.Random) -> Rating:
    in_review = card.state is State.REVIEW
    chance = retrievability(card, learning_day(at, 4, UTC), DEFAULT_POLICY) if in_review else AT_FIRST
    chance = min(chance, AT_MOST)
    return draws.choices(list(Rating)[1:], (2, 7, 1))[0] if draws.random() < chance else Rating.AGAIN


def answer_to(asked: Asked, rating: Rating, at: datetime, draws: random.Random) -> Answer:
    """A typical answer; two misses of three are named where the question has names."""
    wrong = rating is Rating.AGAIN
    named = wrong and asked.mistakes and draws.random() < 0.67
    return Answer(
        question_id=asked.id,
        revision=1,
        topic=asked.topic,
        kind=asked.kind,
        lang="en",
        seed=draws.randrange(2**32),
        k=0,
        parameters='{"in_height": 56, "kernel_size": 3, "padding": 1, "stride": 2}',
        key='["28"]',
        raw=("28",),
        verdict="wrong" if wrong else "partial" if rating is Rating.HARD else "correct",
        score=0.0 if wrong else 1.0,
        mistakes=(draws.choice(asked.mistakes),) if named else (),
        guesses=(),
        hints=0,
        tries=1,
        duration_ms=draws.randrange(5_000, 90_000),
        proposed=rating,
        chosen=rating,
        answered_at=at,
        day=learning_day(at, 4, UTC),
    )


def moments(count: int, a_day: int) -> Iterator[tuple[datetime, bool]]:
    """When each answer is given, up to now, and whether it is among the first of its day."""
    days = -(-count // a_day)
    start = now().replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=days - 1)
    for number in range(count):
        day, place = divmod(number, a_day)
        yield start + timedelta(days=day, seconds=40 * place), place < NEW_A_DAY


class Learner:
    """Who answers: the cards as they stand, and what was not seen yet."""

    def __init__(self, draws: random.Random, asked: Sequence[Asked]) -> None:
        self._draws = draws
        self._questions = {each.id: each for each in asked}
        self._unseen = list(self._questions)
        draws.shuffle(self._unseen)
        self._cards: dict[str, CardState] = {}

    def _next(self, at: datetime, fresh: bool) -> str:
        if self._unseen and (fresh or not self._cards):
            return self._unseen.pop()
        first = min(self._cards.values(), key=lambda card: card.due or at)
        return first.id if first.due and first.due <= at else self._draws.choice(list(self._cards))

    def answer(self, connection: Connection, moments: Iterable[tuple[datetime, bool]]) -> None:
        """Answer at these moments."""
        for at, fresh in moments:
            name = self._next(at, fresh)
            rating = rating_of(self._cards.get(name) or CardState(name), at, self._draws)
            given = answer_to(self._questions[name], rating, at, self._draws)
            after = journal.record(connection, given, DEFAULT_POLICY, None).after
            self._cards[name] = after if after.suspended is None else flags.suspend(connection, name, None)


def make_log(
    url: str, count: int, seed: int = 1, a_day: int = A_DAY, asked: Callable[[], Sequence[Asked]] = questions
) -> None:
    """Record so many answers; a chunk of them to a transaction, each by the store's own code."""
    store, learner = open_store(url), Learner(random.Random(seed), asked())
    plan = moments(count, a_day)
    while chunk := list(islice(plan, CHUNK)):
        store.database.write(partial(answer_all, learner, chunk))
    store.close()


def answer_all(learner: Learner, chunk: list[tuple[datetime, bool]], connection: Connection) -> None:
    learner.answer(connection, chunk)


if __name__ == "__main__":
    target = Path(sys.argv[1]).absolute()
    if target.exists():
        sys.exit(f"{target} is there already")
    make_log(f"sqlite:///{target}", int(sys.argv[2]))
    print(target)
