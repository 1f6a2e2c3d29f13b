"""Marks that a learner sets on questions: flagged to be looked at, suspended."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select

from quizcnn.scheduling.card import CardState, Suspended
from quizcnn.storage import cards
from quizcnn.storage.models import flag
from quizcnn.storage.records import Flag


def add(connection: Connection, question_id: str, at: datetime, seed: int | None, note: str) -> Flag:
    values = {"question_id": question_id, "seed": seed, "note": note, "flagged_at": at}
    number = connection.execute(flag.insert(), values).inserted_primary_key
    return Flag(int(number[0]) if number else 0, question_id, seed, note, at)


def clear(connection: Connection, question_id: str, at: datetime) -> int:
    """Take all marks off a question; how many there were."""
    standing = flag.c.question_id == question_id, flag.c.cleared_at.is_(None)
    return connection.execute(flag.update().where(*standing), {"cleared_at": at}).rowcount


def standing(connection: Connection) -> list[Flag]:
    columns = (flag.c.id, flag.c.question_id, flag.c.seed, flag.c.note, flag.c.flagged_at)
    return [
        Flag(*row)
        for row in connection.execute(select(*columns).where(flag.c.cleared_at.is_(None)).order_by(flag.c.id))
    ]


def suspend(connection: Connection, question_id: str, reason: Suspended | None) -> CardState:
    """Set a card aside, or with None take it back."""
    card = replace(cards.find(connection, question_id) or CardState(question_id), suspended=reason)
    cards.write(connection, card)
    return card
