"""An Anki package: a zip with an SQLite collection (schema 11, which every Anki reads) and its media.

The same notes give the same bytes. Note types, decks and notes carry ids of their own, so that a package that is imported again updates
what is there instead of doubling it: the fields of a note type never change.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b, sha1
from io import BytesIO
from pathlib import Path

FIRST_MOMENT = 1_600_000_000
"""Seconds since 1970 of a note's first revision; later revisions are later by a second each, so that Anki takes them for newer."""
_SCHEMA = """
CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null, ver integer not null,
  dty integer not null, usn integer not null, ls integer not null, conf text not null, models text not null, decks text not null,
  dconf text not null, tags text not null);
CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null, usn integer not null,
  tags text not null, flds text not null, sfld integer not null, csum integer not null, flags integer not null, data text not null);
CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null, mod integer not null,
  usn integer not null, type integer not null, queue integer not null, due integer not null, ivl integer not null, factor integer not null,
  reps integer not null, lapses integer not null, left integer not null, odue integer not null, odid integer not null,
  flags integer not null, data text not null);
CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null, ivl integer not null,
  lastIvl integer not null, factor integer not null, time integer not null, type integer not null);
CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
CREATE INDEX ix_notes_usn on notes (usn);
CREATE INDEX ix_cards_usn on cards (usn);
CREATE INDEX ix_revlog_usn on revlog (usn);
CREATE INDEX ix_cards_nid on cards (nid);
CREATE INDEX ix_cards_sched on cards (did, queue, due);
CREATE INDEX ix_revlog_cid on revlog (cid);
CREATE INDEX ix_notes_csum on notes (csum);
"""


@dataclass(frozen=True, slots=True)
class NoteType:
    """A kind of notes: its fields, and how front and back are made of them; with ``cloze`` each gap makes a card."""

    id: int
    name: str
    fields: tuple[str, ...]
    front: str
    back: str
    cloze: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """One note; ``values`` in the order of the fields, ``cards`` how many cards it makes."""

    guid: str
    type: NoteType
    deck: str
    values: tuple[str, ...]
    tags: tuple[str, ...]
    revision: int
    cards: int = 1


def stable_id(*parts: object) -> int:
    """An id that depends on these alone, in the range in which Anki numbers things (milliseconds of the years 2001 to 2019)."""
    digest = blake2b("\0".join(map(str, parts)).encode(), digest_size=8).digest()
    return 1_000_000_000_000 + int.from_bytes(digest, "big") % 600_000_000_000


def write_package(notes: Sequence[Note], media: Mapping[str, bytes], css: str) -> bytes:
    """The package; ``media`` by file name."""
    names = sorted(media)
    parts = [
        ("collection.anki2", _collection(notes, css)),
        ("media", json.dumps({str(number): name for number, name in enumerate(names)}).encode()),
        *((str(number), media[name]) for number, name in enumerate(names)),
    ]
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            # A date of its own would make every package differ.
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _collection(notes: Sequence[Note], css: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection.anki2"
        with closing(sqlite3.connect(path)) as database, database:
            database.executescript(_SCHEMA)
            database.execute("INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')", _head(notes, css))
            taken: set[int] = set()
            for note in notes:
                _insert(database, note, taken)
        return path.read_bytes()


def _head(notes: Sequence[Note], css: str) -> tuple[object, ...]:
    newest = FIRST_MOMENT + max((note.revision for note in notes), default=0)
    types = {str(note.type.id): _model(note.type, css) for note in notes}
    names = sorted({part for note in notes for part in _with_parents(note.deck)})
    decks = {"1": _deck(1, "Default"), **{str(stable_id("deck", name)): _deck(stable_id("deck", name), name) for name in names}}  # fmt: skip
    conf = {"nextPos": 1, "estTimes": True, "activeDecks": [1], "sortType": "noteFld", "timeLim": 0, "sortBackwards": False, "addToCur": True, "curDeck": 1, "newBury": True, "newSpread": 0, "dueCounts": True, "curModel": None, "collapseTime": 1200}  # fmt: skip
    return FIRST_MOMENT, newest * 1000, newest * 1000, *(json.dumps(value, sort_keys=True) for value in (conf, types, decks, {"1": _OPTIONS}))  # fmt: skip


def _with_parents(deck: str) -> list[str]:
    parts = deck.split("::")
    return ["::".join(parts[: length + 1]) for length in range(len(parts))]


def _deck(number: int, name: str) -> dict[str, object]:
    return {"id": number, "name": name, "mod": FIRST_MOMENT, "usn": -1, "lrnToday": [0, 0], "revToday": [0, 0], "newToday": [0, 0], "timeToday": [0, 0], "collapsed": False, "browserCollapsed": False, "desc": "", "dyn": 0, "conf": 1, "extendNew": 0, "extendRev": 0}  # fmt: skip


_OPTIONS = {
    "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": True, "timer": 0, "replayq": True, "dyn": False,
    "new": {"bury": False, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20},
    "rev": {"bury": False, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2},
    "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
}  # fmt: skip


def _model(kind: NoteType, css: str) -> dict[str, object]:
    fields = [{"name": name, "ord": place, "font": "Arial", "size": 20, "rtl": False, "sticky": False, "media": []} for place, name in enumerate(kind.fields)]  # fmt: skip
    template = {"name": "Cloze" if kind.cloze else "Card 1", "ord": 0, "qfmt": kind.front, "afmt": kind.back, "bqfmt": "", "bafmt": "", "did": None}  # fmt: skip
    return {"id": kind.id, "name": kind.name, "type": int(kind.cloze), "mod": FIRST_MOMENT, "usn": -1, "sortf": 0, "did": 1, "tmpls": [template], "flds": fields, "css": css, "latexPre": "", "latexPost": "", "latexsvg": False, "req": [[0, "any", [1]]], "tags": [], "vers": []}  # fmt: skip


def _insert(database: sqlite3.Connection, note: Note, taken: set[int]) -> None:
    number = _free(stable_id("note", note.guid), taken)
    moment = FIRST_MOMENT + note.revision
    first = note.values[0]
    checksum = int(sha1(first.encode(), usedforsecurity=False).hexdigest()[:8], 16)
    row = (number, note.guid, note.type.id, moment, -1, f" {' '.join(note.tags)} ", "\x1f".join(note.values), first, checksum, 0, "")  # fmt: skip
    database.execute(f"INSERT INTO notes VALUES ({', '.join('?' * 11)})", row)
    for place in range(note.cards):
        card = (_free(stable_id("card", note.guid, place), taken), number, stable_id("deck", note.deck), place, moment, -1, *[0] * 11, "")  # fmt: skip
        database.execute(f"INSERT INTO cards VALUES ({', '.join('?' * 18)})", card)


def _free(number: int, taken: set[int]) -> int:
    while number in taken:
        number += 1
    taken.add(number)
    return number
