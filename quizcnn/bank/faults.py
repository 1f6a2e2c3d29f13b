"""What is wrong with a bank, and where: one line per fault, as an author reads it in a terminal or an editor."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A position in a file; lines and columns count from 1."""

    line: int
    column: int


class Fault(NamedTuple):
    """One thing that is wrong. ``id`` is the question or topic it stands in, empty where there is none."""

    file: str
    line: int
    column: int
    id: str
    message: str

    def __str__(self) -> str:
        owner = f" {self.id}:" if self.id else ""
        return f"{self.file}:{self.line}:{self.column}:{owner} {self.message}"


def nearest(word: str, legal: tuple[str, ...] | list[str], most: int = 3) -> str:
    """ "; did you mean x or y?" for the legal words closest to ``word``, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word, legal, n=most, cutoff=0.6)
    return f"; did you mean {' or '.join(near)}?" if near else ""
