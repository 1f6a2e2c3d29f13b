"""What a bank folder consists of: its files, and what each of them holds.

A bank is every ``*.yaml`` below a folder but ``lexicon.yaml``, ``networks/`` and ``exams/``; ``topics.yaml`` holds topics,
``retired.yaml`` the ids that are never used again, every other file a list of questions.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from quizcnn.bank.faults import Fault, Place
from quizcnn.bank.models import MODELS, Question, Topic

TOPICS, RETIRED, LEXICON = "topics.yaml", "retired.yaml", "lexicon.yaml"
OTHER_FOLDERS = frozenset({"networks", "exams"})


class Entry(NamedTuple):
    """One sound question of a file, without its body."""

    id: str
    kind: str
    topic: str
    difficulty: int
    family: str | None
    revision: int
    place: Place
    topic_place: Place


class TopicEntry(NamedTuple):
    """One sound topic of a file, without its body."""

    id: str
    area: str
    frequency: int
    place: Place


class BankFile(NamedTuple):
    """What one file holds. ``faults`` name no file; a question or topic with a fault is not among the entries."""

    entries: tuple[Entry, ...] = ()
    topics: tuple[TopicEntry, ...] = ()
    retired: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def find_files(folder: Path) -> Iterator[str]:
    """The files of a bank by their path below ``folder``, sorted; hidden ones are passed over."""
    found: list[str] = []
    for parent, folders, files in os.walk(folder):
        below = os.path.relpath(parent, folder)
        folders[:] = [
            name for name in folders if not name.startswith(".") and (below != "." or name not in OTHER_FOLDERS)
        ]
        prefix = "" if below == "." else below.replace(os.sep, "/") + "/"
        found += [prefix + name for name in files if name.endswith((".yaml", ".yml")) and not name.startswith(".")]
    yield from sorted(name for name in found if name != LEXICON)


def question_from(kind: str, body: str | bytes) -> Question:
    """The question in a JSON body; ``ValidationError`` where the body is no sound question of this kind."""
    return MODELS[kind].model_validate_json(body, strict=True)


def topic_from(body: str | bytes) -> Topic:
    """The topic in a JSON body; ``ValidationError`` where it is none."""
    return Topic.model_validate_json(body, strict=True)
