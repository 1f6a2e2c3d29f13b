"""A mock exam taken at the terminal: one version of a manifest, what was typed so far, and the clock of the start.

A sitting is one file in the learner's folder, replaced whole at every answer, so that a killed program resumes where it was. The clock
does not stop while the program is closed. Marking is that of answer files (:mod:`quizcnn.services.exams.marking`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from quizcnn.clock import now
from quizcnn.errors import StorageError, UsageError
from quizcnn.generation.variant import Variant
from quizcnn.services.exams.collecting import Claimed
from quizcnn.services.exams.manifest import Manifest, PrintedPaper, PrintedQuestion, make_manifest
from quizcnn.services.exams.marking import mark_sheet
from quizcnn.services.exams.marks import Marked
from quizcnn.services.exams.sheets import WHOLE, Key, RawSheet, Typed

if TYPE_CHECKING:
    from quizcnn.bank.catalog import Catalog
    from quizcnn.generation.blueprint import Blueprint
    from quizcnn.generation.personal import Personal
    from quizcnn.text import Lang

FOLDER = "sittings"
FORMAT: Literal[1] = 1


class Sitting(BaseModel):
    """Everything about one sitting; a change gives a new value with the next ``revision``."""

    model_config = ConfigDict(frozen=True)

    format: Literal[1] = FORMAT
    revision: int = 0
    manifest: Manifest
    letter: str
    started_at: datetime
    minutes: float | None
    """Minutes from the start to the end; None without a clock."""
    at: int = 1
    """The question that is open, by its printed number."""
    answers: Mapping[int, tuple[str, ...]] = {}
    """By printed number, one text for each field."""
    ratings: Mapping[int, int] = {}
    """By printed number, how the learner rates an answer that no program can mark, 1 to 4."""
    flagged: tuple[int, ...] = ()
    handed_in_at: datetime | None = None
    fed: bool = False
    """Whether the schedule heard of it."""

    @property
    def paper(self) -> PrintedPaper:
        paper = self.manifest.paper(letter=self.letter)
        if paper is None:
            raise UsageError(f"the manifest has no version {self.letter}")
        return paper

    @property
    def name(self) -> str:
        """What the sitting's file is called: the paper's code and the moment of the start."""
        return f"{self.paper.code}-{self.started_at:%Y%m%dT%H%M%S}"

    def question(self, number: int) -> PrintedQuestion:
        """The question with this printed number; ``UsageError`` where there is none."""
        for question in self.paper.questions:
            if question.number == number:
                return question
        raise UsageError(f"there is no question {number}", mend=f"they are 1 to {len(self.paper.questions)}")

    def texts(self, number: int) -> tuple[str, ...]:
        """What was typed for a question, one text for each field; empty where nothing was."""
        return self.answers.get(number, ())

    def is_answered(self, number: int) -> bool:
        return any(text.strip() for text in self.texts(number))

    def empty(self) -> tuple[int, ...]:
        """The numbers without an answer."""
        return tuple(question.number for question in self.paper.questions if not self.is_answered(question.number))

    def seconds_left(self, moment: datetime | None = None) -> float | None:
        """Seconds to the end of the exam, negative after it; None without a clock."""
        if self.minutes is None:
            return None
        end = self.started_at + timedelta(minutes=self.minutes)
        return (end - (moment or now())).total_seconds()

    def is_time_up(self, moment: datetime | None = None) -> bool:
        left = self.seconds_left(moment)
        return left is not None and left <= 0

    # ------------------------------------------------------------------ changes

    def _with(self, **values: object) -> Sitting:
        return self.model_copy(update={"revision": self.revision + 1, **values})

    def answered(self, number: int, texts: Sequence[str]) -> Sitting:
        """With these texts for a question; one that was open before the time was up still counts."""
        self.question(number)
        return self._with(answers={**self.answers, number: tuple(texts)})

    def moved(self, number: int) -> Sitting:
        """With another question open."""
        self.question(number)
        return self._with(at=number)

    def flag_turned(self, number: int) -> Sitting:
        """With a question flagged to be looked at again, or no longer."""
        self.question(number)
        kept = tuple(other for other in self.flagged if other != number)
        return self._with(flagged=kept if number in self.flagged else (*self.flagged, number))

    def rated(self, number: int, rating: int) -> Sitting:
        """With the learner's own rating of an answer; the schedule has not heard of that."""
        self.question(number)
        return self._with(ratings={**self.ratings, number: rating}, fed=False)

    def handed_in(self, moment: datetime) -> Sitting:
        """Handed in at this moment."""
        return self._with(handed_in_at=moment)

    def taken_up(self) -> Sitting:
        """The schedule has heard of it."""
        return self._with(fed=True)

    def marked(self, lang: Lang) -> Marked:
        """The marks, by the manifest alone."""
        return mark_sheet(self.claimed(), self.best_of(), lang)

    def best_of(self) -> dict[int, int | None]:
        """For each section, how many of its questions count."""
        return {number: section.choose for number, section in enumerate(self.manifest.sections)}

    def claimed(self) -> Claimed:
        """The sitting as an answer sheet."""
        answers: dict[Key, Mapping[str, Typed]] = {}
        for number, texts in self.answers.items():
            if number in self.ratings:
                answers[number] = {WHOLE: Typed(str(self.ratings[number]), "")}
            elif len(texts) == 1:
                answers[number] = {WHOLE: Typed(texts[0], "")}
            else:
                answers[number] = {chr(ord("a") + place): Typed(text, "") for place, text in enumerate(texts)}
        sheet = RawSheet(file=self.name, name=self.name, code=self.paper.code, answers=answers)
        return Claimed(self.name, self.paper, sheet, ())


def begin(
    blueprint: Blueprint, catalog: Catalog, seed: int, *, minutes: float | None, personal: Personal | None = None
) -> Sitting:
    """A new sitting of a new exam, one's own where a record says something to it; the clock starts now."""
    from quizcnn.generation.exam import make_exam

    manifest = make_manifest(make_exam(blueprint, catalog, seed, 1, personal=personal), catalog, {})
    return take(manifest, manifest.papers[0].letter, minutes=minutes)


def take(manifest: Manifest, letter: str, *, minutes: float | None) -> Sitting:
    """A new sitting of a printed version; ``UsageError`` where the manifest has no such version."""
    if manifest.paper(letter=letter) is None:
        letters = ", ".join(paper.letter for paper in manifest.papers)
        raise UsageError(f"there is no version {letter!r}", mend=f"there are {letters}")
    return Sitting(manifest=manifest, letter=letter, started_at=now(), minutes=minutes)


def variant_of(question: PrintedQuestion) -> Variant:
    """A printed question as faces show it."""
    return Variant(
        question_id=question.id,
        revision=question.revision,
        kind=question.kind,
        topic=question.topic,
        difficulty=question.difficulty,
        seed=question.seed,
        family=question.family,
        parameters=question.parameters,
        prompt=question.prompt,
        convention=question.convention,
        fields=question.fields,
        hint_templates=(),
        explanation_template=question.explanation,
        facts={},
        figure=question.figure,
        target=question.target,
    )


class Desk:
    """Where the learner's sittings lie, one file each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save(self, sitting: Sitting) -> Sitting:
        """Write the sitting whole; gives it back.

        Raises ``StorageError`` where it cannot be written, or where another program went on with it: then nothing is written.
        """
        file = self.folder / f"{sitting.name}.json"
        self._refuse_older(file, sitting)
        spare = file.with_name(f".{file.name}.{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with spare.open("w", encoding="utf-8") as stream:
                stream.write(sitting.model_dump_json())
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(spare, file)
        except OSError as error:
            with suppress(OSError):
                spare.unlink()
            raise StorageError(f"the exam cannot be saved: {error.strerror}", where=str(file), mend="make room there; what was typed stays on the screen") from None  # fmt: skip
        return sitting

    def _refuse_older(self, file: Path, sitting: Sitting) -> None:
        if sitting.revision == 0 or not file.exists():
            return
        stored = self.read(file).revision
        if stored >= sitting.revision:
            raise StorageError(f"another program went on with this exam (its change {stored})", where=str(file), mend="leave here and go on there")  # fmt: skip

    def read(self, file: Path) -> Sitting:
        """The sitting in a file; ``StorageError`` says what is wrong with it."""
        try:
            return Sitting.model_validate(json.loads(file.read_bytes()))
        except OSError as error:
            raise StorageError(f"cannot be read: {error.strerror}", where=str(file)) from None
        except (ValidationError, ValueError) as error:
            raise StorageError("is no exam that this program can read", where=str(file), mend="move the file away; the record is untouched") from error  # fmt: skip

    def open(self) -> Sitting | None:
        """The newest sitting that was not handed in; files that cannot be read are passed over."""
        return next((sitting for sitting in self.all() if sitting.handed_in_at is None), None)

    def all(self) -> list[Sitting]:
        """All sittings that can be read, newest first."""
        found = []
        for file in sorted(self.folder.glob("*.json"), reverse=True):
            with suppress(StorageError):
                found.append(self.read(file))
        return sorted(found, key=lambda sitting: (sitting.started_at, sitting.name), reverse=True)

    def discard(self, sitting: Sitting) -> None:
        """Forget a sitting that was not handed in."""
        (self.folder / f"{sitting.name}.json").unlink(missing_ok=True)


def open_desk() -> Desk:
    """The learner's sittings."""
    from quizcnn.locations import data_folder

    return Desk(data_folder() / FOLDER)
