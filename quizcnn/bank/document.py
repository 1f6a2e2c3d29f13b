"""One YAML file as plain data, with the place of every key and value.

Built from the parser's events, so that depth and anchors are refused before anything grows (the C composer crashes
on deep nesting; its events do not). Only ``true``, ``false``, ``null`` and decimal numbers are more than text: ``no``, ``12:30``
and ``2026-01-01`` are what they look like. Keys are always text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from quizcnn.bank.faults import Fault, Place
from quizcnn.bank.syntax import say_syntax
from quizcnn.solvers.values import Json

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 40
MAX_DIGITS = 1000
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS: dict[str, Json] = {"true": True, "false": False, "null": None, "~": None, "": None}
_NUMBER_START = frozenset("-0123456789")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffe\uffff]")
_Spot: TypeAlias = tuple[int, int, Any]
"""Line and column from 0 and what is below: ``{key: spot}``, a list of spots, or None for a scalar; a key's spot is that of the key."""


class DocumentError(Exception):
    """A file that cannot be read as YAML, with the place."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        self.message, self.place = message, Place(line + 1, column + 1)
        super().__init__(message)

    def fault(self, file: str) -> Fault:
        return Fault(file, *self.place, "", self.message)


@dataclass(frozen=True, slots=True)
class Document:
    """The data of a file and where each part of it stands; ``data`` of an empty file is None, ``repeated`` are its duplicate keys."""

    data: Json
    root: _Spot
    repeated: tuple[DocumentError, ...] = ()

    def place(self, path: Sequence[str | int] = ()) -> Place:
        """Where the value at ``path`` begins (for a member of a mapping: its key); the longest known part of the path otherwise."""
        line, column, below = self.root
        for part in path:
            if isinstance(below, dict) and part in below:
                line, column, below = below[str(part)]
            elif isinstance(below, list) and isinstance(part, int) and 0 <= part < len(below):
                line, column, below = below[part]
            else:
                break
        return Place(line + 1, column + 1)


def read_document(content: bytes) -> Document:
    """The document in ``content``; ``DocumentError`` where it is no YAML that a bank may hold."""
    import yaml

    if len(content) > MAX_BYTES:
        raise DocumentError(f"the file has {len(content):,} bytes and at most {MAX_BYTES:,} are read; split it")
    text = _decode(content)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        return _Builder(loader.get_event).document()
    except yaml.MarkedYAMLError as error:
        raise DocumentError(*say_syntax(error, text)) from None
    finally:
        loader.dispose()


def _decode(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", "replace")
        raise DocumentError(
            "is not UTF-8 from here on; save the file as UTF-8", *_position(before, len(before))
        ) from None
    if found := _CONTROL.search(text):
        message = f"holds the invisible character U+{ord(found[0]):04X}; remove it"
        raise DocumentError(message, *_position(text, found.start()))
    return text


def _position(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1)


class _Builder:
    """Turns the events of one document into data and spots, with an own stack instead of recursion."""

    def __init__(self, next_event: Callable[[], Any]) -> None:
        self.next_event = next_event
        self.into: Any = []
        self.spots: Any = []
        self.key: str | None = None
        self.repeated: list[DocumentError] = []
        self.open: list[tuple[Any, Any, str | None]] = []
        """The containers around the one being filled."""

    def document(self) -> Document:
        from yaml.events import StreamEndEvent

        self.next_event()
        if isinstance(self.next_event(), StreamEndEvent):
            return Document(None, (0, 0, None))
        data, spots = self.into, self.spots
        self._fill()
        self.next_event()
        after = self.next_event()
        if not isinstance(after, StreamEndEvent):
            raise DocumentError("a second document begins here; a bank file holds one", *_mark(after))
        return Document(data[0], spots[0], tuple(self.repeated))

    def _fill(self) -> None:
        from yaml.events import AliasEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent

        while True:
            event = self.next_event()
            kind = type(event)
            if kind is ScalarEvent:
                self._scalar(event)
            elif kind is MappingStartEvent:
                self._begin(event, {}, {})
            elif kind is SequenceStartEvent:
                self._begin(event, [], [])
            elif kind is AliasEvent:
                raise DocumentError(_ANCHOR, *_mark(event))
            else:
                self.into, self.spots, self.key = self.open.pop()
            if not self.open:
                return

    def _scalar(self, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            _refuse(event)
        value, mark = event.value, event.start_mark
        if self.key is None and type(self.into) is dict:
            if value in self.into:
                first = self.spots[value][0] + 1
                self.repeated.append(
                    DocumentError(f"the key {value!r} stands twice, first in line {first}", mark.line, mark.column)
                )
            self.key, self.into[value], self.spots[value] = value, None, (mark.line, mark.column, None)
        else:
            self._put(_resolve(value, mark) if event.implicit[0] else value, mark, None)

    def _begin(self, event: Any, value: Any, spots: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            _refuse(event)
        if self.key is None and type(self.into) is dict:
            raise DocumentError("a key must be plain text", *_mark(event))
        if len(self.open) >= MAX_DEPTH:
            raise DocumentError(f"is nested more than {MAX_DEPTH} levels deep", *_mark(event))
        self._put(value, event.start_mark, spots)
        self.open.append((self.into, self.spots, self.key))
        self.into, self.spots = value, spots

    def _put(self, value: Json, mark: Any, below: Any) -> None:
        if self.key is None:
            self.into.append(value)
            self.spots.append((mark.line, mark.column, below))
        else:
            line, column, _ = self.spots[self.key]
            self.into[self.key], self.spots[self.key] = value, (line, column, below)
            self.key = None


_ANCHOR = "anchors (&) and aliases (*) are not used in a bank; write the value out, in quotes if it begins with & or *"


def _refuse(event: Any) -> None:
    if event.anchor is not None:
        raise DocumentError(_ANCHOR, *_mark(event))
    raise DocumentError("tags (!) are not used in a bank; put a text that begins with ! in quotes", *_mark(event))


def _mark(event: Any) -> tuple[int, int]:
    return event.start_mark.line, event.start_mark.column


def _resolve(text: str, mark: Any) -> Json:
    """What a plain scalar means."""
    if text[:1] in _NUMBER_START and (found := _NUMBER.fullmatch(text)):
        if len(text) > MAX_DIGITS:
            raise DocumentError(
                f"a number of {len(text)} digits; at most {MAX_DIGITS} are read", mark.line, mark.column
            )
        if found[1] is None and found[2] is None:
            return int(text)
        number = float(text)
        if number in (float("inf"), float("-inf")):
            raise DocumentError(f"the number {text} is too large", mark.line, mark.column)
        return number
    return _WORDS.get(text, text)
