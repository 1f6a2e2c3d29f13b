"""Cards: read, written, and asked what is due. Every query is answered from an index, never from all rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, ScalarSelect, and_, bindparam, case, func, or_, select

from quizcnn.scheduling.card import CardState, State
from quizcnn.storage.models import card
from quizcnn.storage.records import DueCounts

_COLUMNS = [card.c[field.name] for field in fields(CardState)]
_NAMES = tuple(column.name for column in _COLUMNS)
_CHUNK = 500
_ACTIVE = card.c.suspended.is_(None)


_FIND = select(*_COLUMNS).where(card.c.id == bindparam("card_id"))
_INSERT = card.insert()
_UPDATE = (
    card.update()
    .where(card.c.id == bindparam("card_id"))
    .values({column.name: bindparam(column.name) for column in _COLUMNS[1:]})
)


def as_card(row: Row[*tuple[object, ...]]) -> CardState:
    """The card of a row in the order of the fields."""
    values: list[Any] = list(row)
    values[1] = State(values[1])
    return CardState(*values)


def as_row(state: CardState) -> dict[str, object]:
    values = {name: getattr(state, name) for name in _NAMES}
    values["state"] = int(state.state)
    return values


def find(connection: Connection, card_id: str) -> CardState | None:
    row = connection.execute(_FIND, {"card_id": card_id}).first()
    return None if row is None else as_card(row)


def write(connection: Connection, state: CardState) -> None:
    """Insert or update one card."""
    values = as_row(state)
    if not connection.execute(_UPDATE, {**values, "card_id": state.id}).rowcount:
        connection.execute(_INSERT, values)


def write_many(connection: Connection, known: Sequence[CardState], missing: Sequence[CardState]) -> None:
    """Update the known ones and insert the missing ones, in bulk."""
    if known:
        connection.execute(_UPDATE, [{**as_row(state), "card_id": state.id} for state in known])
    if missing:
        connection.execute(_INSERT, [as_row(state) for state in missing])


def _earliest(state: State) -> ScalarSelect[datetime]:
    return select(func.min(card.c.due)).where(_ACTIVE, card.c.state == int(state)).scalar_subquery()


_STEPS = and_(card.c.state.in_([int(State.LEARNING), int(State.RELEARNING)]), card.c.due <= bindparam("steps_until"))
_REVIEWS = and_(card.c.state == int(State.REVIEW), card.c.due < bindparam("day_end"))
_COUNT = select(
    select(func.count()).select_from(card).where(_ACTIVE, _REVIEWS).scalar_subquery(),
    select(func.count()).select_from(card).where(_ACTIVE, _STEPS).scalar_subquery(),
    *(_earliest(state) for state in (State.LEARNING, State.REVIEW, State.RELEARNING)),
)
_FIRST_DUE = tuple(
    select(*_COLUMNS).where(_ACTIVE, condition).order_by(card.c.due, card.c.id).limit(bindparam("rows"))
    for condition in (
        and_(_STEPS, card.c.due <= bindparam("now")),
        _REVIEWS,
        and_(_STEPS, card.c.due > bindparam("now")),
    )
)


def count_due(connection: Connection, day_end: datetime, steps_until: datetime) -> DueCounts:
    """Reviews due before the learning day ends, cards in steps due by ``steps_until``, and when the first active card falls due."""
    row = connection.execute(_COUNT, {"day_end": day_end, "steps_until": steps_until}).one()
    return DueCounts(row[0], row[1], min((due for due in row[2:] if due), default=None))


def count_until(connection: Connection, ends: Sequence[datetime]) -> list[int]:
    """For each moment, how many active cards fall due before it; the moments in order."""
    if not ends:
        return []
    sums = [func.sum(case((card.c.due < end, 1), else_=0)) for end in ends]
    begun = card.c.state.in_([int(state) for state in State if state is not State.NEW])
    row = connection.execute(select(*sums).where(_ACTIVE, begun, card.c.due < ends[-1])).one()
    return [count or 0 for count in row]


@dataclass(frozen=True, slots=True)
class Until:
    """Now, and until when reviews and learning steps count as due."""

    now: datetime
    day_end: datetime
    steps_until: datetime

    def group(self, state: CardState) -> int:
        """Steps that are due (0) come before reviews (1), these before steps taken ahead (2); -1: not due."""
        if state.due is None or state.suspended is not None:
            return -1
        if not state.in_steps:
            return 1 if state.due < self.day_end else -1
        return (0 if state.due <= self.now else 2) if state.due <= self.steps_until else -1


def due(connection: Connection, until: Until, limit: int, ids: Collection[str] | None) -> list[CardState]:
    """In the order of :meth:`Until.group`, each group by due time; only those among ``ids`` where given."""
    if ids is not None:
        ready = [state for state in among(connection, ids).values() if until.group(state) >= 0]
        return sorted(ready, key=lambda state: (until.group(state), state.due, state.id))[: max(0, limit)]
    found: list[CardState] = []
    for query in _FIRST_DUE:
        if (left := limit - len(found)) > 0:
            found += [as_card(row) for row in connection.execute(query, {**asdict(until), "rows": left})]
    return found


def _chunks(ids: Collection[str]) -> Iterator[list[str]]:
    """So many at a time as one statement may hold."""
    left = iter(ids)
    while some := list(islice(left, _CHUNK)):
        yield some


def among(connection: Connection, ids: Collection[str]) -> dict[str, CardState]:
    """The cards with these ids that exist."""
    query = select(*_COLUMNS).where(card.c.id.in_(bindparam("ids", expanding=True)))
    rows = (row for some in _chunks(ids) for row in connection.execute(query, {"ids": some}))
    return {row[0]: as_card(row) for row in rows}


def begun_among(connection: Connection, ids: Collection[str]) -> set[str]:
    """Of these ids, those that cannot enter as new: answered at least once, or suspended."""
    begun = or_(card.c.reps > 0, card.c.suspended.is_not(None))
    query = select(card.c.id).where(card.c.id.in_(bindparam("ids", expanding=True)), begun)
    return {name for some in _chunks(ids) for name in connection.scalars(query, {"ids": some})}


def every(connection: Connection) -> Iterable[CardState]:
    return (as_card(row) for row in connection.execute(select(*_COLUMNS).order_by(card.c.id)))
