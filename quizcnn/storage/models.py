"""The tables. SQLAlchemy Core only: the object mapper would double the start-up cost and triple that of an answer.

The migrations make the same tables; a test holds them together. Every moment is stored in UTC; JSON is text in canonical form.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment that comes back as exactly ``timezone.utc``, also where the database drops time zones. Refuses naive moments."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

card = Table(
    "card",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("state", Integer, nullable=False),
    Column("step", Integer),
    Column("stability", Float),
    Column("difficulty", Float),
    Column("due", UtcDateTime),
    Column("last_review", UtcDateTime),
    Column("last_day", Date),
    Column("reps", Integer, nullable=False),
    Column("lapses", Integer, nullable=False),
    Column("last_mistake", String(80)),
    Column("suspended", String(8)),
)
Index(
    "card_due",
    card.c.state,
    card.c.due,
    card.c.id,
    sqlite_where=text("suspended IS NULL"),
    postgresql_where=text("suspended IS NULL"),
)

policy = Table(
    "policy",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("retention", Float, nullable=False),
    Column("parameters", Text, nullable=False),
    Column("fuzz", Boolean, nullable=False),
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("question_id", String(80), ForeignKey("card.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("topic", String(80), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("lang", String(2), nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("k", Integer, nullable=False),
    Column("parameters", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("score", Float, nullable=False),
    Column("mistakes", Text, nullable=False),
    Column("guesses", Text, nullable=False),
    Column("hints", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("duration_ms", Integer, nullable=False),
    Column("proposed", Integer, nullable=False),
    Column("chosen", Integer, nullable=False),
    Column("answered_at", UtcDateTime, nullable=False),
    Column("day", Date, nullable=False),
    Column("mode", String(10), nullable=False),
    Column("policy_id", Integer, ForeignKey("policy.id"), nullable=False),
    Column("review_count", Integer, nullable=False),
    Column("state_before", Integer, nullable=False),
    Column("voided_at", UtcDateTime),
    Column("predicted", Integer),
)
Index("attempt_card", attempt.c.question_id, attempt.c.review_count)
Index("attempt_kind", attempt.c.kind, attempt.c.answered_at)
Index("attempt_day", attempt.c.day)

overrule = Table(
    "overrule",
    metadata,
    Column("attempt_id", String(32), ForeignKey("attempt.id"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("score", Float, nullable=False),
    Column("mistakes", Text, nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("state", Text, nullable=False),
)

undo_step = Table(
    "undo_step",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("attempt_id", String(32), ForeignKey("attempt.id"), nullable=False, unique=True),
    Column("suspended", String(8)),
    Column("session_id", String(32), ForeignKey("session.id")),
    Column("session_state", Text),
)


def _tally_table(name: str, period: str) -> Table:
    return Table(
        name,
        metadata,
        Column(period, Date, primary_key=True),
        Column("topic", String(80), primary_key=True),
        Column("kind", String(16), primary_key=True),
        Column("attempts", Integer, nullable=False),
        Column("correct", Integer, nullable=False),
        Column("partial", Integer, nullable=False),
        Column("new", Integer, nullable=False),
        Column("reviews", Integer, nullable=False),
        Column("remembered", Integer, nullable=False),
        Column("duration_ms", Integer, nullable=False),
        sqlite_with_rowid=False,
    )


def _mistake_table(name: str, period: str) -> Table:
    return Table(
        name,
        metadata,
        Column(period, Date, primary_key=True),
        Column("mistake", String(80), primary_key=True),
        Column("question_id", String(80), primary_key=True),
        Column("times", Integer, nullable=False),
        sqlite_with_rowid=False,
    )


topic_day = _tally_table("topic_day", "day")
topic_month = _tally_table("topic_month", "month")
mistake_day = _mistake_table("mistake_day", "day")
mistake_month = _mistake_table("mistake_month", "month")

recall_day = Table(
    "recall_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("bin", Integer, primary_key=True),
    Column("reviews", Integer, nullable=False),
    Column("remembered", Integer, nullable=False),
    Column("predicted", Integer, nullable=False),
    sqlite_with_rowid=False,
)

flag = Table(
    "flag",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("question_id", String(80), nullable=False),
    Column("seed", BigInteger),
    Column("note", Text, nullable=False),
    Column("flagged_at", UtcDateTime, nullable=False),
    Column("cleared_at", UtcDateTime),
)
Index("flag_question", flag.c.question_id)

meta = Table(
    "meta",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
