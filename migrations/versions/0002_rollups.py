"""Figures by month, mistakes by day and month, predicted and observed recall.

An attempt keeps the chance to remember that its card had; for the attempts so far it is computed from those before them. The
new tables are filled from the attempts.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date
from itertools import groupby

import sqlalchemy as sa
from alembic import op

from quizcnn.scheduling.card import CardState, Rating, State
from quizcnn.scheduling.fsrs import retrievability
from quizcnn.scheduling.policy import Policy
from quizcnn.scheduling.replay import Review, advance

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SUMS = ("attempts", "correct", "partial", "new", "reviews", "remembered", "duration_ms")
UNIT, WIDTH, LAST = 10_000, 500, 19
"""Of a chance, of a bin of chances, and the last bin."""

ATTEMPT = sa.table(
    "attempt",
    sa.column("id", sa.String),
    sa.column("question_id", sa.String),
    sa.column("mistakes", sa.Text),
    sa.column("chosen", sa.Integer),
    sa.column("answered_at", sa.DateTime(timezone=True)),
    sa.column("day", sa.Date),
    sa.column("mode", sa.String),
    sa.column("policy_id", sa.Integer),
    sa.column("review_count", sa.Integer),
    sa.column("state_before", sa.Integer),
    sa.column("voided_at", sa.DateTime(timezone=True)),
    sa.column("predicted", sa.Integer),
)
COUNTS = sa.and_(ATTEMPT.c.mode == "scheduled", ATTEMPT.c.voided_at.is_(None))
POLICY = sa.table("policy", *(sa.column(name) for name in ("id", "retention", "parameters", "fuzz")))


def upgrade() -> None:
    op.add_column("attempt", sa.Column("predicted", sa.Integer))
    _make_tables()
    _fill_months()
    _fill_mistakes()
    _predict()
    _fill_recall()


def _make_tables() -> None:
    op.create_table(
        "topic_month",
        sa.Column("month", sa.Date, primary_key=True),
        sa.Column("topic", sa.String(80), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        *(sa.Column(name, sa.Integer, nullable=False) for name in SUMS),
        sqlite_with_rowid=False,
    )
    for period in ("day", "month"):
        op.create_table(
            f"mistake_{period}",
            sa.Column(period, sa.Date, primary_key=True),
            sa.Column("mistake", sa.String(80), primary_key=True),
            sa.Column("question_id", sa.String(80), primary_key=True),
            sa.Column("times", sa.Integer, nullable=False),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "recall_day",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("bin", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("reviews", "remembered", "predicted")),
        sqlite_with_rowid=False,
    )


def _insert(table: str, names: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    columns = [sa.column(name, sa.Date if name in ("day", "month") else None) for name in names]
    if rows:
        values = [dict(zip(names, row, strict=True)) for row in rows]
        op.get_bind().execute(sa.insert(sa.table(table, *columns)), values)


def _fill_months() -> None:
    days = sa.table("topic_day", sa.column("day", sa.Date), *(sa.column(name) for name in ("topic", "kind", *SUMS)))
    sums: dict[tuple[date, str, str], list[int]] = defaultdict(lambda: [0] * len(SUMS))
    for day, topic, kind, *values in op.get_bind().execute(sa.select(days).where(days.c.attempts != 0)):
        place = day.replace(day=1), topic, kind
        sums[place] = [a + b for a, b in zip(sums[place], values, strict=True)]
    _insert("topic_month", ("month", "topic", "kind", *SUMS), [(*place, *sums[place]) for place in sums])


def _fill_mistakes() -> None:
    days, months = Counter[tuple[date, str, str]](), Counter[tuple[date, str, str]]()
    found = sa.select(ATTEMPT.c.day, ATTEMPT.c.mistakes, ATTEMPT.c.question_id).where(COUNTS)
    for day, mistakes, question_id in op.get_bind().execute(found):
        for mistake in dict.fromkeys(json.loads(mistakes)):
            days[day, mistake, question_id] += 1
            months[day.replace(day=1), mistake, question_id] += 1
    for period, counts in (("day", days), ("month", months)):
        rows = [(*place, times) for place, times in counts.items()]
        _insert(f"mistake_{period}", (period, "mistake", "question_id", "times"), rows)


def _predict() -> None:
    """Replays every card and stores what was predicted before each review."""
    put = sa.update(ATTEMPT).where(ATTEMPT.c.id == sa.bindparam("its_id")).values(predicted=sa.bindparam("chance"))
    chances = [{"its_id": name, "chance": chance} for name, chance in _chances()]
    if chances:
        op.get_bind().execute(put, chances)


def _chances() -> Iterator[tuple[str, int]]:
    policies = {
        number: Policy(retention, tuple(json.loads(parameters)), bool(fuzz))
        for number, retention, parameters, fuzz in op.get_bind().execute(sa.select(POLICY))
    }
    order = (ATTEMPT.c.question_id, ATTEMPT.c.review_count, ATTEMPT.c.answered_at)
    rows = op.get_bind().execute(sa.select(ATTEMPT).where(COUNTS).order_by(*order))
    for question_id, history in groupby(rows, key=lambda row: str(row.question_id)):
        card = CardState(question_id)
        for row in history:
            at = row.answered_at if row.answered_at.tzinfo else row.answered_at.replace(tzinfo=UTC)
            policy = policies[row.policy_id]
            if row.state_before == State.REVIEW and card.stability is not None:
                yield row.id, round(retrievability(card, row.day, policy) * UNIT)
            mistakes = tuple(json.loads(row.mistakes))
            card = advance(card, Review(Rating(row.chosen), at, row.day, mistakes, policy))


def _fill_recall() -> None:
    sums: dict[tuple[date, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    reviewed = sa.select(ATTEMPT.c.day, ATTEMPT.c.predicted, ATTEMPT.c.chosen).where(COUNTS)
    for day, chance, chosen in op.get_bind().execute(reviewed.where(ATTEMPT.c.predicted.is_not(None))):
        place = day, min(chance // WIDTH, LAST)
        more = (1, int(chosen > Rating.AGAIN), chance)
        sums[place] = [a + b for a, b in zip(sums[place], more, strict=True)]
    names = ("day", "bin", "reviews", "remembered", "predicted")
    _insert("recall_day", names, [(*place, *sums[place]) for place in sums])
