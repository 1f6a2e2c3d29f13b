"""The log played again: every card state and the roll-ups computed from the attempts, compared with what is stored or put in its place.

What is the learner's alone, the suspensions, stays. A card without attempts is a new one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, groupby
from operator import itemgetter

from sqlalchemy import Connection, select

from quizcnn.scheduling.card import CardState, Rating
from quizcnn.scheduling.replay import Review, replay
from quizcnn.storage import attempts, cards, counting
from quizcnn.storage.models import attempt
from quizcnn.storage.records import Rebuilt

_ROWS = 5000
_RATINGS = {int(rating): rating for rating in Rating}


def rebuild(connection: Connection, check: bool) -> Rebuilt:
    """Compare, and without ``check`` write what differs."""
    stored = {card.id: card for card in cards.every(connection)}
    total, replayed = 0, dict[str, CardState]()
    for question_id, reviews in _histories(connection):
        total += len(reviews)
        replayed[question_id] = replay(question_id, reviews)
    right = [_with_marks(replayed.get(name) or CardState(name), stored.get(name)) for name in {**stored, **replayed}]
    wrong = [card for card in right if stored.get(card.id) != card]
    rollups = counting.differing(connection)
    if not check:
        known = [card for card in wrong if card.id in stored]
        cards.write_many(connection, known, [card for card in wrong if card.id not in stored])
        for rollup, rows in rollups.items():
            rollup.replace(connection, rows)
    return Rebuilt(total, len(right), tuple(sorted(card.id for card in wrong)), bool(rollups))


def _histories(connection: Connection) -> Iterator[tuple[str, list[Review]]]:
    known = attempts.policies(connection)
    columns = (
        attempt.c.question_id,
        attempt.c.chosen,
        attempt.c.answered_at,
        attempt.c.day,
        attempt.c.mistakes,
        attempt.c.policy_id,
    )
    order = (attempt.c.question_id, attempt.c.review_count, attempt.c.answered_at)
    rows = connection.execute(select(*columns).where(attempts.COUNTS).order_by(*order)).partitions(_ROWS)
    for question_id, group in groupby(chain.from_iterable(rows), key=itemgetter(0)):
        yield (
            question_id,
            [
                Review(
                    _RATINGS[chosen], at, day, tuple(json.loads(mistakes)) if mistakes != "[]" else (), known[number]
                )
                for _, chosen, at, day, mistakes, number in group
            ],
        )


def _with_marks(replayed: CardState, stored: CardState | None) -> CardState:
    return replayed if stored is None else replace(replayed, suspended=stored.suspended)
