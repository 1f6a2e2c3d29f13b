"""A typed answer sheet as it was found: who, which paper, and what stands behind every number; nothing is judged here.

One sheet has, for each question it speaks of, the texts of its parts with the lines they stand in. What could be read in two ways
is kept apart as doubtful, with the advice that settles it; what belongs to no question is named, never dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from quizcnn.text import Text

Key: TypeAlias = "int | str"
"""The printed number of a question, or its id."""
WHOLE = ""
"""The part of an answer that is not parted."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for a question or a part, and where (``line 7``, ``answers.4``)."""

    text: str
    place: str
    items: tuple[str, ...] | None = None
    """The texts of a list, where one was written."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that could be read in two ways: the questions it may belong to, where, why, and what to write."""

    keys: tuple[Key, ...]
    place: str
    why: Text
    before: Key | None = None
    """The question before the line: in doubt as well, where its answer may go on in lines of numbers."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One person's sheet. ``name`` is empty where none is given; ``code`` and ``letter`` are as typed."""

    file: str
    name: str = ""
    code: str = ""
    letter: str = ""
    answers: Mapping[Key, Mapping[str, Typed]] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[Text, ...] = ()
    """What the reader has to say about the file: its encoding, lines that belong nowhere."""


def said_twice(key: Key, first: Typed, second: Typed) -> Doubt:
    """Two different answers to the same question or part."""
    return Doubt(
        (key,),
        f"{first.place}, {second.place}",
        Text(
            f"{key} is answered twice, {first.text[:40]!r} ({first.place}) and {second.text[:40]!r} ({second.place}); keep one",
            f"第 {key} 题有两个不同的答案：{first.text[:40]!r}（{first.place}）和 {second.text[:40]!r}（{second.place}），只留一个",
        ),
    )
