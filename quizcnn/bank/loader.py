"""Reads one file of a bank: every question and topic checked by its model, and all faults at once, each with its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from quizcnn.bank.document import Document, DocumentError, read_document
from quizcnn.bank.entries import RETIRED, TOPICS, BankFile, Entry, TopicEntry
from quizcnn.bank.faults import Fault, nearest
from quizcnn.bank.models import MODELS, Topic
from quizcnn.bank.structure import check_structure
from quizcnn.bank.wording import name_value, say_errors


@dataclass(slots=True)
class _Reading:
    """A file being read; ``bodies`` are JSON, one for each entry or topic."""

    document: Document
    entries: list[Entry] = field(default_factory=list)
    topics: list[TopicEntry] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def blame(self, path: tuple[str | int, ...], owner: str, message: str) -> None:
        self.faults.append(Fault("", *self.document.place(path), owner, message))


def read_file(name: str, content: bytes) -> tuple[BankFile, tuple[str, ...]]:
    """What the file called ``name`` (its path below the folder) holds, and the JSON body of each entry or topic."""
    if name.endswith(".yml"):
        return BankFile(faults=(Fault("", 1, 1, "", "the name ends in .yml; a bank file ends in .yaml"),)), ()
    try:
        document = read_document(content)
    except DocumentError as error:
        return BankFile(faults=(error.fault(""),)), ()
    reading = _Reading(document)
    _read_items(reading, name)
    faults = tuple(sorted(reading.faults))
    return BankFile(tuple(reading.entries), tuple(reading.topics), tuple(reading.retired), faults), tuple(
        reading.bodies
    )


def _read_items(reading: _Reading, name: str) -> None:
    data = reading.document.data
    if data is None and not reading.document.repeated:
        if name != RETIRED:
            reading.blame((), "", "the file is empty; write a list of questions or remove it")
        return
    if not isinstance(data, list):
        reading.blame((), "", f"the file must hold a list ('- id: ...'), not {name_value(data)}")
        return
    repeated = _by_item(reading.document, len(data))
    for number, item in enumerate(data):
        before = len(reading.faults)
        owner = str(item.get("id", "")) if isinstance(item, dict) else ""
        for error in repeated.get(number, ()):
            reading.faults.append(Fault("", *error.place, owner, error.message))
        if name == RETIRED:
            _read_retired(reading, number, item)
        elif not isinstance(item, dict):
            reading.blame(
                (number,),
                "",
                f"{'a topic' if name == TOPICS else 'a question'} must be a mapping, not {name_value(item)}",
            )
        elif name == TOPICS:
            _read_topic(reading, number, item, owner, before)
        else:
            _read_question(reading, number, item, owner, before)


def _by_item(document: Document, count: int) -> Mapping[int, list[DocumentError]]:
    """Duplicate keys by the list item in which they stand."""
    found: dict[int, list[DocumentError]] = {}
    for error in document.repeated:
        number = max((place for place in range(count) if document.place((place,)) <= error.place), default=0)
        found.setdefault(number, []).append(error)
    return found


def _read_retired(reading: _Reading, number: int, item: Any) -> None:
    if isinstance(item, str):
        reading.retired.append(item)
    else:
        reading.blame((number,), "", f"a retired id must be text, not {name_value(item)}")


def _read_topic(reading: _Reading, number: int, item: Mapping[str, Any], owner: str, before: int) -> None:
    body = _body(item)
    topic = _validated(reading, number, item, owner, Topic, body)
    if isinstance(topic, Topic) and len(reading.faults) == before:
        place = reading.document.place((number,))
        reading.topics.append(TopicEntry(topic.id, topic.area, topic.interview_frequency, place))
        reading.bodies.append(body)


def _read_question(reading: _Reading, number: int, item: Mapping[str, Any], owner: str, before: int) -> None:
    kind = item.get("kind")
    model = MODELS.get(kind) if isinstance(kind, str) else None
    if model is None:
        legal = tuple(MODELS)
        said = "kind is missing" if kind is None else f"kind cannot be {name_value(kind)}{nearest(str(kind), legal, 1)}"
        reading.blame(
            (number, "kind"), owner, said if "did you mean" in said else f"{said}; it is one of {', '.join(legal)}"
        )
        return
    body = _body(item)
    question = _validated(reading, number, item, owner, model, body)
    if question is None:
        return
    for path, message in check_structure(question):
        reading.blame((number, *path), owner, message)
    if len(reading.faults) == before:
        places = reading.document.place((number,)), reading.document.place((number, "topic"))
        family = getattr(question, "family", None) or None
        reading.entries.append(
            Entry(question.id, question.kind, question.topic, question.difficulty, family, question.revision, *places)
        )
        reading.bodies.append(body)


def _validated(
    reading: _Reading, number: int, item: Mapping[str, Any], owner: str, model: type[BaseModel], body: str
) -> Any:
    try:
        return model.model_validate_json(body, strict=True)
    except ValidationError as error:
        for path, message in say_errors(error, model, dict(item)):
            reading.blame((number, *path), owner, message)
        return None


_body = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
