"""The first schema.

Revision ID: 0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_cards()
    _make_attempts()
    _make_sessions()
    _make_marks()


def _make_cards() -> None:
    op.create_table(
        "card",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("state", sa.Integer, nullable=False),
        sa.Column("step", sa.Integer),
        sa.Column("stability", sa.Float),
        sa.Column("difficulty", sa.Float),
        sa.Column("due", sa.DateTime(timezone=True)),
        sa.Column("last_review", sa.DateTime(timezone=True)),
        sa.Column("last_day", sa.Date),
        sa.Column("reps", sa.Integer, nullable=False),
        sa.Column("lapses", sa.Integer, nullable=False),
        sa.Column("last_mistake", sa.String(80)),
        sa.Column("suspended", sa.String(8)),
    )
    active = sa.text("suspended IS NULL")
    op.create_index("card_due", "card", ["state", "due", "id"], sqlite_where=active, postgresql_where=active)


def _make_attempts() -> None:
    op.create_table(
        "policy",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("retention", sa.Float, nullable=False),
        sa.Column("parameters", sa.Text, nullable=False),
        sa.Column("fuzz", sa.Boolean, nullable=False),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("question_id", sa.String(80), sa.ForeignKey("card.id"), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("topic", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("k", sa.Integer, nullable=False),
        sa.Column("parameters", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("raw", sa.Text, nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("mistakes", sa.Text, nullable=False),
        sa.Column("guesses", sa.Text, nullable=False),
        sa.Column("hints", sa.Integer, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("duration_ms", sa.Integer, nullable=False),
        sa.Column("proposed", sa.Integer, nullable=False),
        sa.Column("chosen", sa.Integer, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("mode", sa.String(10), nullable=False),
        sa.Column("policy_id", sa.Integer, sa.ForeignKey("policy.id"), nullable=False),
        sa.Column("review_count", sa.Integer, nullable=False),
        sa.Column("state_before", sa.Integer, nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True)),
    )
    op.create_index("attempt_card", "attempt", ["question_id", "review_count"])
    op.create_index("attempt_kind", "attempt", ["kind", "answered_at"])
    op.create_index("attempt_day", "attempt", ["day"])
    op.create_table(
        "overrule",
        sa.Column("attempt_id", sa.String(32), sa.ForeignKey("attempt.id"), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("mistakes", sa.Text, nullable=False),
    )
    op.create_table(
        "topic_day",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("topic", sa.String(80), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        *(
            sa.Column(name, sa.Integer, nullable=False)
            for name in ("attempts", "correct", "partial", "new", "reviews", "remembered", "duration_ms")
        ),
        sqlite_with_rowid=False,
    )


def _make_sessions() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.create_table(
        "undo_step",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("attempt_id", sa.String(32), sa.ForeignKey("attempt.id"), nullable=False, unique=True),
        sa.Column("suspended", sa.String(8)),
        sa.Column("session_id", sa.String(32), sa.ForeignKey("session.id")),
        sa.Column("session_state", sa.Text),
    )


def _make_marks() -> None:
    op.create_table(
        "flag",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("question_id", sa.String(80), nullable=False),
        sa.Column("seed", sa.BigInteger),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True)),
    )
    op.create_index("flag_question", "flag", ["question_id"])
    op.create_table(
        "meta",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
