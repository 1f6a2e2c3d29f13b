"""All questions and topics of the bank folders in use: listed without being read, found by id, read one by one.

Broken questions are left out with their faults; the rest is used. Ids are unique over all folders: the first keeps the id, a
second one is a fault and never shadows it. The order is that of the folders, of the files by path, and of the questions in a file.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from quizcnn.bank.cache import BankCache, digest_of
from quizcnn.bank.entries import BankFile, Entry, TopicEntry, find_files, question_from, topic_from
from quizcnn.bank.faults import Fault, Place, nearest
from quizcnn.bank.models import Question, ShortAnswer, Topic
from quizcnn.errors import BankError, UsageError
from quizcnn.grading.keypoints.lexicon import Lexicon

LANGUAGES = ("en", "zh")


class Row(NamedTuple):
    """One line of a listing: what is known of a question without reading it."""

    id: str
    kind: str
    topic: str
    area: str
    difficulty: int
    family: str | None
    languages: tuple[str, ...]
    frequency: int
    """The topic's interview frequency, 1 to 3."""
    revision: int


class Source(NamedTuple):
    """Where a question or topic was written."""

    file: Path
    place: Place

    def __str__(self) -> str:
        return f"{self.file}:{self.place.line}:{self.place.column}"


class _Shelf:
    """One bank folder: its files, from the cache where they are known."""

    def __init__(self, folder: Path, cache: Path | None) -> None:
        self.folder = folder
        self.cache = BankCache(cache, folder)
        self.files: dict[str, tuple[str, BankFile]] = {}
        self.fresh: dict[str, tuple[str, ...]] = {}
        """By digest, the bodies that were read in this run."""
        self._bodies: dict[str, Sequence[str | bytes]] = {}
        self._load()

    def _load(self) -> None:
        known, folder = self.cache.index(), str(self.folder)
        for name in find_files(self.folder):
            try:
                with open(
                    f"{folder}/{name}", "rb"
                ) as file:  # a Path for each of thousands of files costs more than reading it
                    content = file.read()
            except OSError as error:
                fault = Fault("", 1, 1, "", f"cannot be read: {error.strerror or error}")
                self.files[name] = ("", BankFile(faults=(fault,)))
                continue
            digest = digest_of(content)
            if name in known and known[name][0] == digest:
                self.files[name] = known[name]
            else:
                self._read(name, digest, content)
        if self.fresh or known.keys() != self.files.keys():
            self.cache.store(self.files, self.fresh)

    def _read(self, name: str, digest: str, content: bytes) -> None:
        from quizcnn.bank.loader import read_file

        held, bodies = read_file(name, content)
        self.files[name] = (digest, held)
        self.fresh[digest] = bodies

    def body(self, name: str, number: int) -> str | bytes:
        """The JSON body of an entry (or topic) of a file, by its number."""
        digest, held = self.files[name]
        if digest not in self._bodies:
            bodies: Sequence[str | bytes] = self.fresh.get(digest) or self.cache.bodies(digest)
            self._bodies[digest] = bodies if len(bodies) == len(held.entries) + len(held.topics) else self._again(name)
        return self._bodies[digest][number]

    def _again(self, name: str) -> Sequence[str]:
        """The bodies of a file whose cache was lost or does not fit, read from the file itself and kept."""
        digest, _ = self.files[name]
        content = (self.folder / name).read_bytes()
        if digest_of(content) != digest:
            raise BankError(
                "the file was changed while it was in use", where=str(self.folder / name), mend="start again"
            )
        self._read(name, digest, content)
        self.cache.store(self.files, self.fresh)
        return self.fresh[digest]

    def forget(self, name: str) -> None:
        """Read a file's bodies from the file itself, not from the cache."""
        self._bodies[self.files[name][0]] = self._again(name)


class _Spot(NamedTuple):
    """Where the body of a question or topic lies."""

    shelf: _Shelf
    name: str
    number: int
    place: Place

    def body(self) -> str | bytes:
        return self.shelf.body(self.name, self.number)

    @property
    def file(self) -> Path:
        return self.shelf.folder / self.name


class Catalog:
    """The questions and topics of several bank folders. Questions and topics are read when asked for, once."""

    def __init__(self, folders: Sequence[Path], cache: Path | None) -> None:
        self.folders = tuple(folders)
        self._cache = cache
        self._shelves = [_Shelf(folder, cache) for folder in self.folders]
        self._entries: dict[str, tuple[Entry, _Spot]] = {}
        self._topic_entries: dict[str, tuple[TopicEntry, _Spot]] = {}
        self._questions: dict[str, Question] = {}
        self._topics: dict[str, Topic] = {}
        self._faults: list[Fault] = []
        self.retired = frozenset(
            name for shelf in self._shelves for _, held in shelf.files.values() for name in held.retired
        )
        self._broken = {
            fault.id for shelf in self._shelves for _, held in shelf.files.values() for fault in held.faults
        }
        for shelf in self._shelves:
            self._gather_topics(shelf)
        for shelf in self._shelves:
            self._gather(shelf)

    def _gather_topics(self, shelf: _Shelf) -> None:
        for name, (_, held) in shelf.files.items():
            for number, entry in enumerate(held.topics):
                spot = _Spot(shelf, name, number, entry.place)
                if entry.id in self._topic_entries:
                    self._blame(spot, entry.id, f"the topic is already in {self._topic_entries[entry.id][1].file}")
                else:
                    self._topic_entries[entry.id] = (entry, spot)

    def _gather(self, shelf: _Shelf) -> None:
        for name, (_, held) in shelf.files.items():
            self._faults += [fault._replace(file=str(shelf.folder / name)) for fault in held.faults]
            for number, entry in enumerate(held.entries):
                spot = _Spot(shelf, name, number, entry.place)
                refused = self._refused(entry)
                if refused is None:
                    self._entries[entry.id] = (entry, spot)
                else:
                    place, message = refused
                    self._blame(spot, entry.id, message, place)

    def _refused(self, entry: Entry) -> tuple[Place, str] | None:
        """Why a question that is sound alone cannot be used in this company."""
        if entry.id in self._entries:
            return entry.place, f"the id is already taken in {self.source(entry.id)}; ids are unique over all banks"
        if entry.id in self.retired:
            return entry.place, "the id was retired and is never used again; choose another"
        if entry.topic not in self._topic_entries and entry.topic in self._broken:
            return entry.topic_place, f"its topic {entry.topic!r} is broken"
        if entry.topic not in self._topic_entries:
            return (
                entry.topic_place,
                f"there is no topic {entry.topic!r}{nearest(entry.topic, list(self._topic_entries))}",
            )
        return None

    def _blame(self, spot: _Spot, owner: str, message: str, place: Place | None = None) -> None:
        self._faults.append(Fault(str(spot.file), *(place or spot.place), owner, message))

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that keeps a question or topic from being used, by file and place."""
        return tuple(sorted(self._faults))

    @property
    def warning(self) -> str:
        """One line on what was left out; empty where nothing was. Faces print it once."""
        if not self.faults:
            return ""
        broken = sorted({fault.id for fault in self.faults if fault.id})
        names = f" ({', '.join(broken[:3])}{', ...' if len(broken) > 3 else ''})" if broken else ""
        plural = "s" if len(self.faults) > 1 else ""
        return (
            f"the bank has {len(self.faults)} fault{plural}{names}; the rest is used; `quizcnn bank check` lists them"
        )

    def rows(self) -> tuple[Row, ...]:
        """Every usable question, in the order of the bank."""
        return tuple(self._row(entry) for entry, _ in self._entries.values())

    def _row(self, entry: Entry) -> Row:
        topic = self._topic_entries[entry.topic][0]
        return Row(
            entry.id,
            entry.kind,
            entry.topic,
            topic.area,
            entry.difficulty,
            entry.family,
            LANGUAGES,
            topic.frequency,
            entry.revision,
        )

    def row(self, question_id: str) -> Row:
        """One line of the listing; errors as :meth:`question`."""
        return self._row(self._find(question_id)[0])

    def __contains__(self, question_id: object) -> bool:
        return question_id in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def question(self, question_id: str) -> Question:
        """The question with this id. ``UsageError`` with the nearest ids where there is none, ``BankError`` where it is broken."""
        if question_id not in self._questions:
            entry, spot = self._find(question_id)
            try:
                question = question_from(entry.kind, spot.body())
            except ValidationError:
                spot.shelf.forget(spot.name)
                question = question_from(entry.kind, spot.body())
            self._questions[question_id] = self._placed(question)
        return self._questions[question_id]

    def _placed(self, question: Question) -> Question:
        """A question on networks is told where they are, one with key points what its words mean."""
        if isinstance(question, ShortAnswer):
            return question.told(self.lexicon)
        source = getattr(question, "network", None)
        if source is None:
            return question
        folders = tuple(str(shelf.folder) for shelf in self._shelves)
        return question.model_copy(update={"network": source.model_copy(update={"folders": folders})})

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of the field; read when first used."""
        from quizcnn.bank.lexicon import load_lexicon

        return load_lexicon(self.folders, self._cache)

    def _find(self, question_id: str) -> tuple[Entry, _Spot]:
        found = self._entries.get(question_id)
        if found is not None:
            return found
        broken = [fault for fault in self.faults if fault.id == question_id]
        if broken:
            more = f" (and {len(broken) - 1} more faults)" if len(broken) > 1 else ""
            where = f"{broken[0].file}:{broken[0].line}:{broken[0].column}"
            raise BankError(
                f"the question {question_id} is broken: {broken[0].message}{more}",
                where=where,
                mend="`quizcnn bank check` lists all",
            )
        near = self.nearest(question_id)
        mend = f"did you mean {' or '.join(near)}?" if near else "`quizcnn bank list` lists the ids"
        raise UsageError(f"no question is called {question_id[:80]!r}", mend=mend)

    def questions(self) -> Iterator[Question]:
        """Every usable question, in the order of the bank."""
        collecting = gc.isenabled()
        gc.disable()
        try:
            for question_id in self._entries:
                self.question(question_id)
        finally:
            if collecting:
                gc.enable()
        yield from (self._questions[question_id] for question_id in self._entries)

    def source(self, question_id: str) -> Source:
        """Where the question was written; errors as :meth:`question`."""
        _, spot = self._find(question_id)
        return Source(spot.file, spot.place)

    def nearest(self, question_id: str) -> tuple[str, ...]:
        """Up to three ids that look like this one."""
        from difflib import get_close_matches

        return tuple(get_close_matches(question_id, list(self._entries), n=3))

    def topic(self, topic_id: str) -> Topic:
        """The topic with this id; ``UsageError`` with the nearest ids where there is none."""
        if topic_id not in self._topics:
            if topic_id not in self._topic_entries:
                near = nearest(topic_id, list(self._topic_entries)).removeprefix("; ")
                raise UsageError(
                    f"no topic is called {topic_id[:80]!r}", mend=near or "question_bank/topics.yaml lists them"
                )
            spot = self._topic_entries[topic_id][1]
            try:
                topic = topic_from(spot.body())
            except ValidationError:
                spot.shelf.forget(spot.name)
                topic = topic_from(spot.body())
            self._topics[topic_id] = topic
        return self._topics[topic_id]

    @property
    def topics(self) -> Mapping[str, Topic]:
        """Every topic by id, in the order of the file."""
        return {topic_id: self.topic(topic_id) for topic_id in self._topic_entries}

    @property
    def topic_ids(self) -> tuple[str, ...]:
        return tuple(self._topic_entries)

    def topic_source(self, topic_id: str) -> Source:
        """Where a known topic was written."""
        spot = self._topic_entries[topic_id][1]
        return Source(spot.file, spot.place)

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas of the topics, in the order of the file."""
        return tuple(dict.fromkeys(entry.area for entry, _ in self._topic_entries.values()))

    def area_of(self, topic_id: str) -> str:
        """The area of a known topic."""
        return self._topic_entries[topic_id][0].area


def load_catalog(folders: Sequence[Path], cache: Path | None = None) -> Catalog:
    """The catalog of these bank folders, kept in ``cache`` where that is given and can be written.

    Faults are collected (``Catalog.faults``), never raised; ``UsageError`` where a folder does not exist.
    """
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"there is no bank folder {folder}")
    unique = list(dict.fromkeys(folder.resolve() for folder in folders))
    collecting = gc.isenabled()
    gc.disable()  # thousands of small objects that all stay: collecting among them only costs
    try:
        return Catalog(unique, cache)
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
