"""Reviews counted by the chance to remember that the memory model gave them beforehand, for each day: predicted against observed recall.

A chance is stored in ten-thousandths with the attempt, as it was at the moment of the answer; a bin is five points wide.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, case, func, select

from quizcnn.scheduling.card import CardState, Rating, State
from quizcnn.scheduling.fsrs import retrievability
from quizcnn.scheduling.policy import Policy
from quizcnn.storage.attempts import COUNTS
from quizcnn.storage.models import attempt, recall_day
from quizcnn.storage.records import Answer, Attempt, RecallBin
from quizcnn.storage.rollup import Rollup, Row

UNIT = 10_000
WIDTH = 500
"""Of a bin, in ten-thousandths."""
LAST = UNIT // WIDTH - 1
"""The bin of 95 to 100 percent, that of certainty too."""

DAYS = Rollup(recall_day, ("day", "bin"), ("reviews", "remembered", "predicted"))


def predict(before: CardState, answer: Answer, policy: Policy) -> int | None:
    """The chance to remember, in ten-thousandths, that a card in review had at its answer; None for any other answer."""
    if answer.mode != "scheduled" or before.state is not State.REVIEW:
        return None
    return round(retrievability(before, answer.day, policy) * UNIT)


def add(connection: Connection, record: Attempt, sign: int) -> None:
    """Count an attempt that counts and was predicted, or with ``sign`` -1 take it out again."""
    if record.predicted is not None:
        key = (record.answer.day, min(record.predicted // WIDTH, LAST))
        remembered = int(record.answer.chosen is not Rating.AGAIN)
        DAYS.add(connection, key, (1, remembered, record.predicted), sign)


def from_attempts(connection: Connection) -> dict[Rollup, list[Row]]:
    """The table as the attempts give it, in the order of its key."""
    chance = attempt.c.predicted
    bin_ = case((chance >= LAST * WIDTH, LAST), else_=chance // WIDTH).label("bin")
    sums = (func.count(), func.sum(case((attempt.c.chosen > int(Rating.AGAIN), 1), else_=0)), func.sum(chance))
    query = select(attempt.c.day, bin_, *sums).where(COUNTS, chance.is_not(None)).group_by(attempt.c.day, bin_)
    return {DAYS: [tuple(row) for row in connection.execute(query.order_by(attempt.c.day, bin_))]}


def read(connection: Connection, since: date) -> list[RecallBin]:
    """The bins that hold reviews from a day on, the least chance first."""
    sums = [func.sum(recall_day.c[name]) for name in DAYS.sums]
    query = select(recall_day.c.bin, *sums).where(recall_day.c.day >= since, recall_day.c.reviews != 0)
    rows = connection.execute(query.group_by(recall_day.c.bin).order_by(recall_day.c.bin))
    return [
        RecallBin(bin_ * WIDTH / UNIT, (bin_ + 1) * WIDTH / UNIT, reviews, remembered, predicted / (UNIT * reviews))
        for bin_, reviews, remembered, predicted in rows
    ]
