"""What was typed into the search line: words, and filters such as ``kind:numeric``, each with its place in the line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quizcnn.services.search.folding import fold, pieces

_PARTS = re.compile(r"""(?P<name>[^\W\d_][\w-]*)[:：](?P<value>"[^"]*"?|“[^”]*”?|[^\s]*)|"[^"]*"?|[^\s]+""")
_QUOTES = '"“”'
_COMMA = re.compile(r"[,，、]")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the line, from ``start`` up to ``end``."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was typed, and the Latin words and Chinese runs that it is made of."""

    part: Part
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """``name:value``; one of several values parted by commas is enough. A value that is still empty filters nothing."""

    part: Part
    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A line taken apart."""

    words: tuple[Word, ...]
    filters: tuple[Filter, ...]

    @property
    def pieces(self) -> tuple[str, ...]:
        """All that is sought, each piece once."""
        return tuple(dict.fromkeys(piece for word in self.words for piece in word.pieces))

    def without(self, part: Part) -> Query:
        """The query with one of its parts left out."""
        words = tuple(word for word in self.words if word.part != part)
        return Query(words, tuple(each for each in self.filters if each.part != part))


def read_query(line: str) -> Query:
    """Take a line apart. Nothing in it is refused here; what has neither letter nor digit is passed over."""
    words: list[Word] = []
    filters: list[Filter] = []
    for found in _PARTS.finditer(line):
        part = Part(found[0], found.start(), found.end())
        if found["name"] is not None:
            values = (value.strip() for value in _COMMA.split(found["value"].strip(_QUOTES)))
            filters.append(Filter(part, fold(found["name"]), tuple(value for value in values if value)))
        elif held := pieces(found[0]):
            words.append(Word(part, tuple(held)))
    return Query(tuple(words), tuple(filters))


def replaced(line: str, part: Part, text: str) -> str:
    """The line with another text in place of a part, without blanks that are left over."""
    return " ".join(f"{line[: part.start]}{text}{line[part.end :]}".split())
