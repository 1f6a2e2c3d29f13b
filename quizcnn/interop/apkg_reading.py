"""Anki packages as found questions: clozes as gaps, our own typed notes as gaps, every other note as a card to rate oneself."""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from io import BytesIO
from pathlib import Path

from quizcnn.errors import UsageError
from quizcnn.interop.anki import FIELDS, TYPED
from quizcnn.interop.found import MOST_BYTES, MOST_QUESTIONS, Found, FoundGap, Skipped
from quizcnn.interop.html_reading import read_html
from quizcnn.text import Text

RATIO = 100
"""So many times its packed size may a file unpack to."""
_CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::(.*?))?\}\}(?!\})", re.DOTALL)
_FORM = re.compile(r'<p class="faint">[^<]*</p>$')
_ITEM = re.compile(r"^- (?:☐ )?(.+)$", re.M)
Note = tuple[str, str, str, str]
"""Note type, guid, tags, fields."""


def read_package(content: bytes, where: str) -> Iterator[Found | Skipped]:
    """The notes of a package. Raises ``UsageError`` where it is none, too large, or of the layout that needs zstandard."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except zipfile.BadZipFile:
        raise UsageError("is no whole Anki package", where=where, mend="export it again") from None
    names = set(archive.namelist())
    if "collection.anki21b" in names:
        raise UsageError("is of Anki's new layout", where=where, mend='export it again with "Support older Anki versions" ticked')  # fmt: skip
    name = next((each for each in ("collection.anki21", "collection.anki2") if each in names), None)
    if name is None:
        raise UsageError("holds no collection of Anki", where=where, mend="export notes as a deck package (.apkg)")
    yield from _read_collection(_unpacked(archive, name, where), where)


def _unpacked(archive: zipfile.ZipFile, name: str, where: str) -> bytes:
    about = archive.getinfo(name)
    if about.file_size > MOST_BYTES or about.file_size > RATIO * max(1, about.compress_size):
        raise UsageError(
            f"unpacks to {about.file_size} bytes, more than is read", where=where, mend="export fewer notes"
        )
    try:
        with archive.open(name) as file:
            found = file.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, OSError, RuntimeError):
        raise UsageError("is no whole Anki package", where=where, mend="export it again") from None
    if len(found) > MOST_BYTES:
        raise UsageError("unpacks to more than is read", where=where, mend="export fewer notes")
    return found


def _read_collection(content: bytes, where: str) -> Iterator[Found | Skipped]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection.anki2"
        path.write_bytes(content)
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
                models = json.loads(database.execute("SELECT models FROM col").fetchone()[0])
                rows: list[Note] = database.execute("SELECT CAST(mid AS TEXT), guid, tags, flds FROM notes ORDER BY id LIMIT ?", (MOST_QUESTIONS + 1,)).fetchall()  # fmt: skip
        except (sqlite3.Error, ValueError, TypeError):
            raise UsageError("holds no collection that can be read", where=where, mend="export it again") from None
    if len(rows) > MOST_QUESTIONS:
        raise UsageError(f"holds more than {MOST_QUESTIONS} notes", where=where, mend="export fewer")
    for mid, guid, tags, values in rows:
        model = models.get(mid, {})
        fields = [each["name"] for each in model.get("flds", ())]
        cells = dict(zip(fields, values.split("\x1f"), strict=False))
        yield _note(cells, guid, tuple(tags.split()), model.get("type") == 1, mid == str(TYPED.id))


def _note(cells: Mapping[str, str], guid: str, tags: tuple[str, ...], cloze: bool, typed: bool) -> Found | Skipped:
    ours = tuple(cells) == FIELDS
    values = list(cells.values())
    front = cells["Front"] if ours else values[0] if values else ""
    back = (cells["Back"] if ours else "<br>".join(values[1:])) if values else ""
    name = cells["Id"] if ours else re.sub(r"<[^>]*>", " ", front)[:60].strip() or guid
    gaps: list[FoundGap] = []

    def take(match: re.Match[str]) -> str:
        answer = read_html(match[1]).text.en
        gaps.append(FoundGap(f"g{len(gaps) + 1}", accept=(answer,)))
        return f"[[{gaps[-1].name}]]"

    if cloze:
        front = _CLOZE.sub(take, front)
    elif typed and ours:
        answers = [read_html(part).text.en for part in cells["Answer"].split("; ")]
        gaps = [FoundGap(f"g{place}", accept=(answer,)) for place, answer in enumerate(answers, 1)]
        front = _FORM.sub("", front) + f"<p>{' '.join(f'[[{gap.name}]]' for gap in gaps)}</p>"
    asked, told = read_html(front), read_html(back)
    lost = tuple(dict.fromkeys((*asked.lost, *told.lost)))
    source = f"anki {guid}"
    if not asked.text.en:
        return Skipped(name, "nothing is asked")
    if gaps:
        return Found(name, "cloze", asked.text, told.text, gaps=tuple(gaps), tags=tags, source=source, lost=lost)
    key = read_html(cells["Key"]).text if ours else told.text
    rows = tuple(Text.same(row) for row in _ITEM.findall(key.en)) if ours else ()
    if not (rows or key.en):
        return Skipped(name, "it has no answer")
    return Found(name, "recall", asked.text, told.text if ours else Text("", ""), back=rows or (key,), tags=tags, source=source, lost=lost)  # fmt: skip
