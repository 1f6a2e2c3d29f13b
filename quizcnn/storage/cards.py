"""Cards: read, written, and asked what is due. Every query is answered from an index, never from all rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from quizcnn.scheduling.card import CardState, State
from quizcnn.storage.models import card
from quizcnn.storage.records import DueCounts

_COLUMNS = [card.c[field.name] for field in fields(CardState)]
_CHUNK = 500
_ACTIVE = card.c.suspended.is_(None)
_STEPS = (State.LEARNING, State.RELEARNING)


def as_card(row: Row[*tuple[object, ...]]) -> CardState:
    """The card of a row in the order of the fields."""
    values: list[Any] = list(row)
    values[1] = State(values[1])
    return CardState(*values)


def as_row(state: CardState) -> dict[str, object]:
    return {column.name: getattr(state, column.name) for column in _COLUMNS} | {"state": int(state.state)}


def find(connection: Connection, card_id: str) -> CardState | None:
    row = connection.execute(select(*_COLUMNS).where(card.c.id == card_id)).first()
    return None if row is None else as_card(row)


def write(connection: Connection, state: CardState) -> None:
    """Insert or update one card."""
    values = as_row(state)
    if not connection.execute(card.update().where(card.c.id == state.id), values).rowcount:
        connection.execute(card.insert(), values)


def write_many(connection: Connection, known: Sequence[CardState], missing: Sequence[CardState]) -> None:
    """Update the known ones and insert the missing ones, in bulk."""
    if known:
        change = card.update().where(card.c.id == bindparam("card_id")).values({c.name: bindparam(c.name) for c in _COLUMNS[1:]})  # fmt: skip
        rows = [as_row(state) for state in known]
        connection.execute(change, [{**row, "card_id": row["id"]} for row in rows])
    if missing:
        connection.execute(card.insert(), [as_row(state) for state in missing])


def _due(states: Iterable[State], until: datetime, by: bool) -> ColumnElement[bool]:
    in_time = card.c.due <= until if by else card.c.due < until
    return and_(card.c.state.in_([int(state) for state in states]), in_time)


def count_due(connection: Connection, day_end: datetime, steps_until: datetime) -> DueCounts:
    """Reviews due before the learning day ends, cards in steps due by ``steps_until``, and when the first active card falls due."""
    reviews = select(func.count()).select_from(card).where(_ACTIVE, _due([State.REVIEW], day_end, by=False))
    learning = select(func.count()).select_from(card).where(_ACTIVE, _due(_STEPS, steps_until, by=True))
    first = [
        connection.scalar(select(func.min(card.c.due)).where(_ACTIVE, card.c.state == int(state)))
        for state in (State.LEARNING, State.REVIEW, State.RELEARNING)
    ]
    return DueCounts(
        connection.scalar(reviews) or 0,
        connection.scalar(learning) or 0,
        min((due for due in first if due), default=None),
    )


def due(
    connection: Connection, day_end: datetime, steps_until: datetime, limit: int, ids: Collection[str] | None
) -> list[CardState]:
    """Cards in steps first, then reviews, each by due time; only those among ``ids`` where given."""
    found: list[CardState] = []
    for condition in (_due(_STEPS, steps_until, by=True), _due([State.REVIEW], day_end, by=False)):
        query = select(*_COLUMNS).where(_ACTIVE, condition).order_by(card.c.due, card.c.id)
        found += _limited(connection, query, limit - len(found), ids)
    return found


def _limited(
    connection: Connection, query: Select[*tuple[object, ...]], limit: int, ids: Collection[str] | None
) -> list[CardState]:
    """The first rows of the query that are among ``ids``, reading no more than needed."""
    found: list[CardState] = []
    if limit <= 0:
        return found
    rows = connection.execute(query if ids is not None else query.limit(limit))
    for row in rows:
        if ids is None or row[0] in ids:
            found.append(as_card(row))
            if len(found) == limit:
                rows.close()
                break
    return found


def among(connection: Connection, ids: Sequence[str]) -> dict[str, CardState]:
    """The cards with these ids that exist."""
    found: dict[str, CardState] = {}
    for start in range(0, len(ids), _CHUNK):
        rows = connection.execute(select(*_COLUMNS).where(card.c.id.in_(ids[start : start + _CHUNK])))
        found.update((row[0], as_card(row)) for row in rows)
    return found


def begun_among(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Of these ids, those that cannot enter as new: answered at least once, or suspended."""
    found: set[str] = set()
    for start in range(0, len(ids), _CHUNK):
        chosen = card.c.id.in_(ids[start : start + _CHUNK])
        found.update(
            connection.scalars(select(card.c.id).where(chosen, or_(card.c.reps > 0, card.c.suspended.is_not(None))))
        )
    return found


def every(connection: Connection) -> Iterable[CardState]:
    return (as_card(row) for row in connection.execute(select(*_COLUMNS).order_by(card.c.id)))
