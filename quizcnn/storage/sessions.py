"""Sessions: a drill's own state, saved with every answer so that one that was killed goes on where it was."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, select

from quizcnn.storage.models import session
from quizcnn.storage.records import SessionRecord

_FIND = select(session).where(session.c.id == bindparam("session_id"))
_INSERT = session.insert()
_UPDATE = (
    session.update()
    .where(session.c.id == bindparam("session_id"))
    .values({name: bindparam(name) for name in ("state", "finished_at", "updated_at")})
)


def _as_session(row: Row[*tuple[object, ...]]) -> SessionRecord:
    return SessionRecord(row.id, row.started_at, row.state, row.finished_at)


def find(connection: Connection, session_id: str) -> SessionRecord | None:
    row = connection.execute(_FIND, {"session_id": session_id}).first()
    return None if row is None else _as_session(row)


def newest_open(connection: Connection) -> SessionRecord | None:
    """The unfinished session that was worked on last."""
    query = select(session).where(session.c.finished_at.is_(None)).order_by(session.c.updated_at.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None else _as_session(row)


def write(connection: Connection, record: SessionRecord, at: datetime) -> None:
    values = {"state": record.state, "finished_at": record.finished_at, "updated_at": at}
    if not connection.execute(_UPDATE, {**values, "session_id": record.id}).rowcount:
        connection.execute(_INSERT, {"id": record.id, "started_at": record.started_at, **values})


def put_back(connection: Connection, session_id: str, state: str | None, at: datetime) -> SessionRecord | None:
    """The session as it stood before an answer, open again; None where it began with that answer (it is then open as it is)."""
    values = {"finished_at": None, "updated_at": at} | ({"state": state} if state is not None else {})
    connection.execute(session.update().where(session.c.id == session_id), values)
    return find(connection, session_id) if state is not None else None
