"""Makes a record of many answers through the store's own code, to measure what grows with the log.

Run: python tests/storage/make_log.py FILE ATTEMPTS (from the root of the checkout).

The learner answers 60 times a day: up to ten new questions of the bank first, then the cards that are due soonest. An answer in eight
is a miss, by a mistake of the question's family two times in three; a leech is taken back.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from pathlib import Path

from quizcnn.clock import now
from quizcnn.scheduling.card import Rating
from quizcnn.scheduling.day import learning_day
from quizcnn.services.context import Context
from quizcnn.services.plan import mistakes_of
from quizcnn.storage import flags, journal
from quizcnn.storage.records import Answer
from quizcnn.storage.repositories import DEFAULT_POLICY, open_store

A_DAY = 60
NEW_A_DAY = 10
FORGET = 0.12
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


def rating_of(draws: random.Random) -> Rating:
    return Rating.AGAIN if draws.random() < FORGET else draws.choices(list(Rating)[1:], (2, 7, 1))[0]


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


def make_log(url: str, count: int, seed: int = 1, a_day: int = A_DAY) -> None:
    """Record so many answers; a chunk of them to a transaction, each by the store's own code."""
    store, draws = open_store(url), random.Random(seed)
    unseen, due = questions()[::-1], list[tuple[datetime, str, Asked]]()
    draws.shuffle(unseen)
    plan = list(moments(count, a_day))
    for start in range(0, count, CHUNK):
        store.database.write(lambda c, start=start: _record(c, plan[start : start + CHUNK], unseen, due, draws))  # type: ignore[misc]
    store.close()


def _record(connection, plan, unseen, due, draws) -> None:  # type: ignore[no-untyped-def]
    for at, fresh in plan:
        take_new = unseen and (fresh or not due)
        asked = unseen.pop() if take_new else heappop(due)[2]
        answer = answer_to(asked, rating_of(draws), at, draws)
        after = journal.record(connection, answer, DEFAULT_POLICY, None).after
        if after.suspended is not None:
            flags.suspend(connection, asked.id, None)
        heappush(due, (after.due or at, asked.id, asked))


if __name__ == "__main__":
    target = Path(sys.argv[1]).absolute()
    if target.exists():
        sys.exit(f"{target} is there already")
    make_log(f"sqlite:///{target}", int(sys.argv[2]))
    print(target)
