"""A question of another program, in our words, before it is one of ours: what it asks, what is right, and what did not come along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quizcnn.text import Text

MOST_QUESTIONS = 10_000
MOST_BYTES = 50 * 2**20
"""Of a file, unpacked."""
NOTHING = Text("", "")
Kind = Literal["choice", "cloze", "ordering", "matching", "recall"]


@dataclass(frozen=True, slots=True)
class FoundOption:
    text: Text
    why: Text
    key: bool


@dataclass(frozen=True, slots=True)
class FoundGap:
    """A gap: a number as written, with its decimals, or a word with all accepted forms."""

    name: str
    number: str = ""
    accept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One question; ``name`` is what it is called there. Only what belongs to its kind is filled."""

    name: str
    kind: Kind
    prompt: Text
    explanation: Text = NOTHING
    hints: tuple[Text, ...] = ()
    tags: tuple[str, ...] = ()
    source: str = ""
    options: tuple[FoundOption, ...] = ()
    multiple: bool = False
    gaps: tuple[FoundGap, ...] = ()
    items: tuple[Text, ...] = ()
    pairs: tuple[tuple[Text, Text], ...] = ()
    spare: tuple[Text, ...] = ()
    back: tuple[Text, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """One that cannot be brought, and why."""

    name: str
    why: str
