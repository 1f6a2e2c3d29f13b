"""Answers to record in tests, and short ways to say when."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from quizcnn.scheduling.card import Rating
from quizcnn.scheduling.day import learning_day
from quizcnn.storage.records import Answer, Recorded
from quizcnn.storage.repositories import Store, open_store

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
VERDICTS = {Rating.AGAIN: "wrong", Rating.HARD: "partial", Rating.GOOD: "correct", Rating.EASY: "correct"}


def after(days: float = 0, minutes: float = 0) -> datetime:
    return NOW + timedelta(days=days, minutes=minutes)


def make_answer(
    question_id: str = "conv-output-size", rating: Rating = Rating.GOOD, at: datetime = NOW, **changes: object
) -> Answer:
    """A typical answer; ``changes`` names fields to differ."""
    answer = Answer(
        question_id=question_id,
        revision=1,
        topic=question_id.partition("-")[0],
        kind="numeric",
        lang="en",
        seed=2**32 - 5,
        k=0,
        parameters='{"in_height": 56, "kernel_size": 3}',
        key='["28"]',
        raw=("28",),
        verdict=VERDICTS[rating],
        score=1.0 if rating >= Rating.GOOD else 0.0,
        mistakes=() if rating >= Rating.GOOD else ("forgets_plus_one",),
        guesses=(),
        hints=0,
        tries=1,
        duration_ms=30_000,
        proposed=rating,
        chosen=rating,
        answered_at=at,
        day=learning_day(at, 4, UTC),
    )
    return replace(answer, **changes)  # type: ignore[arg-type]


def new_store(folder: Path) -> Store:
    return open_store(f"sqlite:///{folder / 'record.sqlite'}")


def fill(store: Store, count: int, seed: int = 1, questions: int = 12) -> list[Recorded]:
    """Random answers over days, some cards lapsing, some practice."""
    draws, at, made = random.Random(seed), NOW, []
    for _ in range(count):
        rating = draws.choices(list(Rating), (3, 1, 5, 1))[0]
        name = f"topic{draws.randrange(4)}-question-{draws.randrange(questions)}"
        mode = "practice" if draws.random() < 0.1 else "scheduled"
        made.append(
            store.record_answer(make_answer(name, rating, at, mode=mode, kind=draws.choice(("numeric", "choice"))))
        )
        at += timedelta(hours=draws.randrange(60), seconds=draws.randrange(3600))
    return made
