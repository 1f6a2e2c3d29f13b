"""The manifest of an exam: everything that marking needs, frozen, so that neither bank nor database is asked again.

Format 1. A reader of every format stays for good: seeds alone would not do, since draws, formulas and families change.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

import pydantic
from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError, field_serializer, model_validator

from quizcnn import __version__
from quizcnn.bank.catalog import Catalog
from quizcnn.errors import UsageError
from quizcnn.figures.figure import Figure
from quizcnn.generation.blueprint import ChoicePolicy
from quizcnn.generation.exam import Exam, Item, Version
from quizcnn.grading.answers import Field
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.keypoints.lexicon import Entry, Lexicon
from quizcnn.solvers.values import to_json
from quizcnn.text import Text

FORMAT: Literal[1] = 1
RULES = 1
"""The rules by which typed answers are read; raised when a change of them could turn a mark."""
MOST_BYTES = 64 * 1024 * 1024


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True)


class Policy(_Model):
    """How a question is credited beyond right and wrong."""

    choice: ChoicePolicy | None = None
    mistake: float = 0.0
    near: float = 0.0


class PrintedStep(_Model):
    """A worked step as it stands in the key."""

    caption: Text
    latex: str
    value: JsonValue
    points: float


class PrintedQuestion(_Model):
    """One question as it stands on a paper."""

    number: int
    id: str
    revision: int
    kind: str
    family: str | None
    topic: str
    topic_title: Text
    area: str
    difficulty: int
    section: int
    points: int
    page: int | None = None
    seed: int
    parameters: dict[str, JsonValue]
    target: str | None
    prompt: Text
    convention: Text | None
    fields: Annotated[tuple[Field, ...], pydantic.Field(min_length=1)]
    explanation: Text
    policy: Policy = Policy()
    steps: tuple[PrintedStep, ...] = ()
    figure: Figure | None = None
    part: str = ""
    """The letter of a question of a chain."""

    @property
    def shown_number(self) -> str:
        """``7``, ``7 (b)`` in a chain."""
        return f"{self.number} ({self.part})" if self.part else str(self.number)


class PrintedSection(_Model):
    title: Text
    points: int
    choose: int | None = None


class PrintedPaper(_Model):
    """One version as it was printed."""

    code: str
    letter: str
    pages: int | None = None
    questions: tuple[PrintedQuestion, ...]


class Source(_Model):
    """What the exam was made from."""

    blueprint: str
    blueprint_digest: str
    bank_digest: str
    seed: int


class Manifest(_Model):
    format: Literal[1] = FORMAT
    rules: int = RULES
    program: str
    typst: str | None = None
    source: Source
    title: Text
    minutes: int
    points: int
    sections: tuple[PrintedSection, ...]
    papers: tuple[PrintedPaper, ...]
    lexicon: tuple[Entry, ...] = ()
    """The words of the field by which typed prose is read, where a question asks for some."""
    excluded: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    corrections: tuple[JsonValue, ...] = ()

    @field_serializer("lexicon")
    def _short(self, lexicon: tuple[Entry, ...]) -> list[dict[str, JsonValue]]:
        return [entry.model_dump(mode="json", exclude_defaults=True) for entry in lexicon]

    @model_validator(mode="after")
    def _tell(self) -> Self:
        """Every answer in prose is told the lexicon that was frozen with it."""
        if self.lexicon:
            told = _lexicon_of(self.lexicon)
            object.__setattr__(self, "papers", tuple(_told(paper, told) for paper in self.papers))
        return self

    def paper(self, *, code: str = "", letter: str = "") -> PrintedPaper | None:
        """The paper with this code, or with this letter."""
        return next((paper for paper in self.papers if (code and paper.code == code) or (letter and paper.letter == letter)), None)  # fmt: skip


@lru_cache(maxsize=4)
def _lexicon_of(entries: tuple[Entry, ...]) -> Lexicon:
    return Lexicon(lambda: [entry.model_dump() for entry in entries])


def _told(paper: PrintedPaper, lexicon: Lexicon) -> PrintedPaper:
    questions = tuple(
        question.model_copy(update={"fields": tuple(_told_field(field, lexicon) for field in question.fields)})
        for question in paper.questions
    )
    return paper.model_copy(update={"questions": questions})


def _told_field(field: Field, lexicon: Lexicon) -> Field:
    if not isinstance(field.answer, KeypointsAnswer):
        return field
    return field.model_copy(update={"answer": field.answer.model_copy(update={"lexicon": lexicon})})


Pages = Mapping[str, Mapping[int, int]]
"""By version letter, the page of every question (and under 0 the number of pages), where a paper was set."""


def make_manifest(exam: Exam, catalog: Catalog, pages: Pages, typst: str | None = None) -> Manifest:
    """The manifest of an exam that was just made."""
    blueprint = exam.blueprint
    return Manifest(
        program=__version__,
        typst=typst,
        source=Source(
            blueprint=blueprint.id,
            blueprint_digest=exam.blueprint_digest,
            bank_digest=exam.bank_digest,
            seed=exam.seed,
        ),
        title=blueprint.title,
        minutes=blueprint.minutes,
        points=blueprint.points,
        sections=tuple(
            PrintedSection(title=part.title, points=part.points, choose=part.choose) for part in blueprint.sections
        ),
        papers=tuple(_paper(exam, version, catalog, pages.get(version.letter, {})) for version in exam.versions),
        lexicon=_lexicon(exam),
        excluded=exam.excluded,
        warnings=exam.warnings,
    )


def _lexicon(exam: Exam) -> tuple[Entry, ...]:
    """The entries of the lexicon that the answers in prose were made with."""
    answers = (field.answer for version in exam.versions for item in version.items for field in item.variant.fields)
    return next((answer.lexicon.entries for answer in answers if isinstance(answer, KeypointsAnswer)), ())


def _paper(exam: Exam, version: Version, catalog: Catalog, pages: Mapping[int, int]) -> PrintedPaper:
    questions = tuple(_question(exam, item, catalog, pages.get(item.number)) for item in version.items)
    return PrintedPaper(code=version.code, letter=version.letter, pages=pages.get(0), questions=questions)


def _question(exam: Exam, item: Item, catalog: Catalog, page: int | None) -> PrintedQuestion:
    variant, part = item.variant, exam.blueprint.sections[item.section]
    earns = exam.blueprint.credits_in(item.section)
    return PrintedQuestion(
        number=item.number,
        id=item.id,
        revision=variant.revision,
        kind=variant.kind,
        family=variant.family,
        topic=variant.topic,
        topic_title=catalog.topic(variant.topic).title,
        area=item.area,
        difficulty=variant.difficulty,
        section=item.section,
        points=item.points,
        part=item.part,
        page=page,
        seed=variant.seed,
        parameters=dict(variant.parameters),
        target=variant.target,
        prompt=variant.prompt,
        convention=variant.convention,
        fields=variant.fields,
        explanation=variant.explanation,
        policy=Policy(choice=part.policy, mistake=earns.mistake, near=earns.near),
        steps=tuple(
            PrintedStep(
                caption=pointed.step.caption,
                latex=pointed.step.latex,
                value=to_json(pointed.step.value),
                points=pointed.points,
            )
            for pointed in item.steps
        ),
        figure=variant.figure,
    )


def write_manifest(manifest: Manifest) -> str:
    """The manifest as JSON with sorted keys: the same bytes for the same exam."""
    data = manifest.model_dump(mode="json")
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"


def read_manifest(file: Path) -> Manifest:
    """The manifest in ``file``; ``UsageError`` says what is wrong with it."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror or error}", where=str(file), mend="name the manifest.json that `quizcnn exam new` wrote") from None  # fmt: skip
    if len(content) > MOST_BYTES:
        raise UsageError(f"has {len(content):,} bytes; that is no manifest", where=str(file))
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        raise UsageError("is no JSON", where=str(file), mend="name the manifest.json that `quizcnn exam new` wrote") from None  # fmt: skip
    known = data.get("format") if isinstance(data, dict) else None
    if known != FORMAT:
        newer = isinstance(known, int) and known > FORMAT
        raise UsageError(
            f"is a manifest of format {known}, this program reads format {FORMAT}" if newer else "is no manifest",
            where=str(file),
            mend="use a newer quizcnn" if newer else "name the manifest.json that `quizcnn exam new` wrote",
        )
    try:
        return Manifest.model_validate(data)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise UsageError(f"is damaged at {place}", where=str(file), mend="take an unchanged copy") from None
