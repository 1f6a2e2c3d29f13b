"""The CSV spelling: wide (one line a person, a column a question) or long (one line an answer); commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from quizcnn.errors import UsageError
from quizcnn.services.exams.keys import HEADS, fold_head, read_key
from quizcnn.services.exams.sheets import WHOLE, Doubt, Key, RawSheet, Typed, said_twice
from quizcnn.text import Text

LONG = {"question": "question", "题号": "question", "题": "question", "id": "id", "part": "part", "小题": "part", "answer": "answer", "答案": "answer"}  # fmt: skip
MOST_ROWS = 100_000
_Person = tuple[str, str, str]


@dataclass(slots=True)
class _Sheet:
    answers: dict[Key, dict[str, Typed]] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def put(self, key: Key, part: str, typed: Typed) -> None:
        parts = self.answers.setdefault(key, {})
        before = parts.get(part)
        if before is None or not before.text:
            parts[part] = typed
        elif typed.text and typed.text != before.text:
            self.doubts.append(said_twice(key, before, typed))


def read_table(file: str, text: str, ids: Mapping[tuple[str, int], str], notes: tuple[Text, ...] = ()) -> list[RawSheet]:  # fmt: skip
    """The sheets of a table, one for each person and paper. ``ids`` gives the id of a number on the paper with a code (or letter).

    ``UsageError`` where it has no head or is no table.
    """
    rows = list(_rows(file, text))
    head = [fold_head(cell) for cell in rows[0][1]] if rows else []
    kinds = [_kind(cell) for cell in head]
    if "answer" in kinds and ("question" in kinds or "id" in kinds):
        sheets, more = _long(kinds, rows[1:], ids)
    elif any(_is_question(cell, kind, kinds) for cell, kind in zip(head, kinds, strict=True)):
        sheets, more = _wide(head, kinds, rows[1:])
    else:
        raise UsageError("has no line of column names", where=file, mend="begin with person,paper,1,2,3 or person,paper,question,part,answer")  # fmt: skip
    return [
        RawSheet(file, name, code, letter, sheet.answers, tuple(sheet.doubts), (*notes, *more))
        for (name, code, letter), sheet in sheets.items()
    ]


def _rows(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, with their line; a line that begins with # is a remark."""
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    delimiter = max("\t;,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    try:
        for row in reader:
            if reader.line_num > MOST_ROWS:
                raise UsageError(f"has more than {MOST_ROWS:,} lines", where=file)
            if any(cell.strip() for cell in row) and not row[0].startswith("#"):
                yield reader.line_num, row
    except csv.Error as error:
        raise UsageError(f"is no table: {error}", where=file) from None


def _is_question(cell: str, kind: str | None, kinds: Sequence[str | None]) -> bool:
    """Whether a column of a wide table is a question: a number, or an id where the head is known to be one."""
    named = read_key(cell) if kind is None else None
    return named is not None and (isinstance(named[0], int) or any(kinds))


def _kind(cell: str) -> str | None:
    return HEADS.get(cell) or LONG.get(cell)


def _person(kinds: Sequence[str | None], row: Sequence[str]) -> _Person:
    found = {kind: cell.strip() for kind, cell in zip(kinds, row, strict=False) if kind}
    return found.get("name", ""), found.get("code", ""), found.get("letter", "")


def _wide(
    head: Sequence[str], kinds: Sequence[str | None], rows: Sequence[tuple[int, list[str]]]
) -> tuple[dict[_Person, _Sheet], list[Text]]:
    sheets: dict[_Person, _Sheet] = {}
    notes: list[Text] = []
    for line, row in rows:
        sheet = sheets.setdefault(_person(kinds, row), _Sheet())
        if len(row) > len(head):
            notes.append(Text(f"line {line} has {len(row)} cells, the head has {len(head)}: put answers with commas in quotes", f"第 {line} 行有 {len(row)} 格，表头只有 {len(head)} 格：含逗号的答案要加引号"))  # fmt: skip
            continue
        for name, kind, cell in zip(head, kinds, row, strict=False):
            named = read_key(name) if kind is None else None
            if named:
                sheet.put(*named, Typed(cell.strip(), f"line {line}, column {name}"))
    return sheets, notes


def _long(
    kinds: Sequence[str | None], rows: Sequence[tuple[int, list[str]]], ids: Mapping[tuple[str, int], str]
) -> tuple[dict[_Person, _Sheet], list[Text]]:
    sheets: dict[_Person, _Sheet] = {}
    notes: list[Text] = []
    for line, row in rows:
        cells = {kind: cell.strip() for kind, cell in zip(kinds, row, strict=False) if kind}
        person = _person(kinds, row)
        sheet = sheets.setdefault(person, _Sheet())
        named = read_key(cells.get("question", "")) or read_key(cells.get("id", ""))
        if named is None:
            notes.append(Text(f"line {line} names no question", f"第 {line} 行没有题号"))
            continue
        key, part = named[0], fold_head(cells.get("part", "")) or named[1]
        typed = Typed(cells.get("answer", ""), f"line {line}")
        sheet.put(key, part or WHOLE, typed)
        expected = ids.get((person[1] or person[2], key)) if isinstance(key, int) else None
        given = cells.get("id", "")
        if expected and given and given != expected:
            why = Text(f"line {line}: question {key} of this paper is {expected}, not {given}", f"第 {line} 行：这份试卷的第 {key} 题是 {expected}，不是 {given}")  # fmt: skip
            sheet.doubts.append(Doubt((key,), f"line {line}", why))
    return sheets, notes
