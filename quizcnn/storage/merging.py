"""A log taken into a record: what :mod:`storage.union` makes of both is written, and cards and figures follow by :mod:`storage.rebuild`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, Table, bindparam

from quizcnn.scheduling.card import CardState
from quizcnn.storage import attempts, cards
from quizcnn.storage.database import Database
from quizcnn.storage.log import NOTHING, Log, LoggedAttempt, Merged, Overruled, read_log
from quizcnn.storage.models import attempt, card, flag, overrule, session, undo_step
from quizcnn.storage.rebuild import rebuild
from quizcnn.storage.union import together

Row = dict[str, object]


def take_in(database: Database, log: Log, *, before: Callable[[], None], then: Callable[[], None]) -> Merged:
    """Merge a log into the record, all or nothing: ``before`` is called ahead of the first change, where there is one,
    ``then`` as the last thing before all is made fast; where either fails, nothing is changed.
    """
    if log == NOTHING:
        then()
        return Merged()

    def change(connection: Connection) -> Merged:
        mine = read_log(connection)
        both = together(mine, log)
        merged = _compared(mine, both, log)
        if not merged.nothing:
            before()
            _write(connection, mine, both)
            rebuild(connection, check=False)
        then()
        return merged

    return database.write(change)


def foresee(database: Database, log: Log) -> Merged:
    """What merging a log would bring; nothing is written."""
    mine = database.read(read_log, NOTHING)
    return _compared(mine, together(mine, log), log)


def _compared(mine: Log, both: Log, given: Log) -> Merged:
    """What the given log brought to mine."""
    return Merged(
        new=sum(name not in mine.attempts for name in both.attempts),
        changed=sum(both.attempts[name] != each for name, each in mine.attempts.items()),
        known=sum(name in given.attempts and both.attempts[name] == each for name, each in mine.attempts.items()),
        cards=sum(name not in mine.cards or mine.cards[name] != mark for name, mark in both.cards.items()),
        sessions=sum(mine.sessions.get(name) != each for name, each in both.sessions.items()),
        flags=(Counter(both.flags) - Counter(mine.flags)).total(),
        steps=mine.steps != both.steps,
    )


def _write(connection: Connection, mine: Log, both: Log) -> None:
    """What differs, parents before what refers to them."""
    marks = [(name, mark) for name, mark in both.cards.items() if name not in mine.cards or mine.cards[name] != mark]
    cards.write_many(
        connection, (), [CardState(name, suspended=mark) for name, mark in marks if name not in mine.cards]
    )
    _put(connection, card, [{"id": name, "suspended": mark} for name, mark in marks if name in mine.cards], ())
    sessions = [each for name, each in both.sessions.items() if mine.sessions.get(name) != each]
    known, new = _parted([asdict(each) for each in sessions], mine.sessions)
    _put(connection, session, known, new)
    _write_attempts(connection, mine, [each for name, each in both.attempts.items() if mine.attempts.get(name) != each])
    if both.flags != mine.flags:
        _replace(connection, flag, [asdict(each) for each in both.flags])
    if both.steps != mine.steps:
        _replace(connection, undo_step, [asdict(each) for each in both.steps])


def _write_attempts(connection: Connection, mine: Log, different: Sequence[LoggedAttempt]) -> None:
    numbers = {
        policy: attempts.policy_id(connection, policy) for policy in dict.fromkeys(each.policy for each in different)
    }
    known, new = _parted([attempts.as_row(each.attempt, numbers[each.policy]) for each in different], mine.attempts)
    _put(connection, attempt, known, new)
    graders = [_grader(each.attempt.id, each.overruled) for each in different if each.overruled]
    for row in graders:
        connection.execute(overrule.delete().where(overrule.c.attempt_id == row["attempt_id"]))
    if graders:
        connection.execute(overrule.insert(), graders)


def _grader(attempt_id: str, overruled: Overruled) -> Row:
    return {**asdict(overruled), "attempt_id": attempt_id, "mistakes": attempts.as_list(overruled.mistakes)}


def _parted(rows: Sequence[Row], there: Container[object]) -> tuple[list[Row], list[Row]]:
    """Those whose id is there, and the others."""
    known = [row for row in rows if row["id"] in there]
    return known, [row for row in rows if row["id"] not in there]


def _put(connection: Connection, table: Table, known: Sequence[Row], new: Sequence[Row]) -> None:
    """Update these rows by id, all with the same columns, and insert those."""
    if known:
        names = [name for name in known[0] if name != "id"]
        change = (
            table.update().where(table.c.id == bindparam("its_id")).values({name: bindparam(name) for name in names})
        )
        connection.execute(change, [{**{name: row[name] for name in names}, "its_id": row["id"]} for row in known])
    if new:
        connection.execute(table.insert(), list(new))


def _replace(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """These rows in place of all; the database numbers them in their order."""
    connection.execute(table.delete())
    if rows:
        connection.execute(table.insert(), list(rows))
