"""Blueprints: what an exam asks for, as frozen models, and reading one from YAML with every fault and its place.

A blueprint is sections of picks, a pick a filter and a count. What makes no sense is refused by a
line that says so, never passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from quizcnn.bank.document import DocumentError, read_document
from quizcnn.bank.faults import Fault
from quizcnn.bank.models import Slug
from quizcnn.bank.wording import say_errors
from quizcnn.errors import BankError
from quizcnn.text import Text

Kind: TypeAlias = Literal[
    "numeric", "inverse", "expression", "choice", "cloze", "ordering", "matching", "short_answer", "recall"
]
ChoicePolicy: TypeAlias = Literal["single", "all-or-nothing", "all-or-half", "per-option", "right-minus-wrong"]
COMPUTING: frozenset[str] = frozenset({"numeric", "inverse", "expression"})
"""The kinds in which one computes; two of them on one prerequisite edge would count one slip twice."""
MINUTES: Mapping[str, float] = {
    "choice": 1.5,
    "cloze": 1.0,
    "matching": 2.0,
    "ordering": 2.0,
    "short_answer": 4.0,
    "recall": 4.0,
}
"""How long a question takes where nobody has answered it yet; computing takes a minute and one for each degree of difficulty."""
MOST_QUESTIONS = 60


def minutes_for(kind: str, difficulty: int) -> float:
    """The time that a question of this kind and difficulty is given."""
    return 1.0 + difficulty if kind in COMPUTING else MINUTES[kind]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AtMost(_Model):
    """Caps: how many questions of one topic or one area."""

    topic: Annotated[int, Field(ge=1)] | None = None
    area: Annotated[int, Field(ge=1)] | None = None


class Pick(_Model):
    """``count`` questions that pass every filter given; ``points`` for each. ``at_most`` counts inside the section."""

    count: Annotated[int, Field(ge=1, le=40)] = 1
    kinds: tuple[Kind, ...] = ()
    areas: tuple[Slug, ...] = ()
    topics: tuple[Slug, ...] = ()
    difficulty: tuple[Annotated[int, Field(ge=1, le=5)], Annotated[int, Field(ge=1, le=5)]] = (1, 5)
    interview_frequency: tuple[Annotated[int, Field(ge=1, le=3)], ...] = ()
    families: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    ids: tuple[Slug, ...] = ()
    multiple: bool | None = None
    """Of the choice questions only those with several right options (true) or with one (false)."""
    approximate: bool | None = None
    """Of the numeric questions only those that take (true) or do not take (false) an approximate answer."""
    points: Annotated[int, Field(ge=1, le=50)] = 1
    at_most: AtMost = AtMost()
    chain: bool = False
    """The questions build on each other: each follows up the one before, or its topic presupposes the topic of that one. They are
    printed one after the other as (a), (b), (c)."""

    @cached_property
    def filter(self) -> str:
        """The filters as canonical JSON: what tells this pick from another, whatever its count, points and caps."""
        return self.model_dump_json(exclude={"count", "points", "at_most", "chain"}, exclude_defaults=True) + (
            " chain" if self.chain else ""
        )

    def words(self) -> str:
        """The filters in words, for a message: ``choice, cloze in pooling, difficulty 1-2``."""
        parts = [", ".join(self.kinds) or "any kind"]
        if self.chain:
            parts[0] += " that build on each other"
        if self.multiple is not None:
            parts[0] += " with several right options" if self.multiple else " with one right option"
        if self.approximate is not None:
            parts[0] += " that take an approximate answer" if self.approximate else " that want an exact answer"
        for name, values in (("in", self.areas), ("on", self.topics), ("of", self.families), ("tagged", self.tags)):
            if values:
                parts[0] += f" {name} {', '.join(values)}"
        if self.difficulty != (1, 5):
            parts.append(f"difficulty {self.difficulty[0]}-{self.difficulty[1]}")
        if self.interview_frequency:
            parts.append(f"interview frequency {', '.join(map(str, self.interview_frequency))}")
        if self.ids:
            parts.append(f"among {len(self.ids)} ids")
        return "; ".join(parts)


class Credits(_Model):
    """The share of the points that a named mistake and a near miss earn."""

    mistake: Annotated[float, Field(ge=0, le=1)] = 0.0
    near: Annotated[float, Field(ge=0, le=1)] = 0.0


class Section(_Model):
    """A part of the paper. With ``choose`` the best so many of its questions count."""

    title: Text
    minutes: Annotated[int, Field(ge=1)] | None = None
    pick: Annotated[tuple[Pick, ...], Field(min_length=1)]
    policy: ChoicePolicy | None = None
    """How its choice questions are credited; with several right options all or nothing where it is left out."""
    credits: Credits | None = None
    """In place of the blueprint's ``policy``."""
    choose: Annotated[int, Field(ge=1)] | None = None
    shuffle: Literal["none"] | None = None
    """The questions stand in the order of the picks."""
    work_space: Literal["none"] | None = None
    """No room to work in below the questions."""

    @property
    def count(self) -> int:
        return sum(pick.count for pick in self.pick)

    @property
    def points(self) -> int:
        """What can be earned."""
        if self.choose is not None:
            return self.choose * self.pick[0].points
        return sum(pick.count * pick.points for pick in self.pick)


class Exclude(_Model):
    """What a learner's own paper leaves out; without a learner nothing is read and nothing left out."""

    seen_days: Annotated[int, Field(ge=0)] = 0
    in_last_papers: Annotated[int, Field(ge=0)] = 0
    suspended: bool = False


class Avoid(_Model):
    """What two questions of one paper may not be to each other."""

    same_family: bool = False
    same_follow_up_chain: bool = False
    prerequisite_pairs: Literal["compute"] | None = None
    """Two computing questions may not lie on one prerequisite edge."""
    cross_cues: bool = False
    """No key phrase or key value of one question stands in another's prompt or options."""


class Mix(_Model):
    """The wished share of each difficulty; soft."""

    difficulty: dict[Annotated[int, Field(ge=1, le=5)], Annotated[float, Field(ge=0, le=1)]]
    tolerance: Annotated[int, Field(ge=0)] = 1


class Shuffle(_Model):
    questions: bool | Literal["by-difficulty"] = False
    options: bool = True


class KeyLetters(_Model):
    """Bounds on the letters of the keys of a section's single choices."""

    max_share: Annotated[float, Field(gt=0, le=1)] = 1.0
    max_run: Annotated[int, Field(ge=1)] = 60


class Versions(_Model):
    """Versions have the same questions and target mistakes and fresh numbers; only orders and numbers differ."""

    count: Annotated[int, Field(ge=1, le=99)] = 1
    skills: Literal["same"] = "same"
    numbers: Literal["fresh"] = "fresh"
    shuffle: Shuffle = Shuffle()
    key_letters: KeyLetters | None = None


class Blueprint(_Model):
    """One kind of exam."""

    id: Slug
    title: Text
    minutes: Annotated[int, Field(ge=1, le=600)]
    conventions: Literal["auto"] = "auto"
    exclude: Exclude = Exclude()
    avoid: Avoid = Avoid()
    at_most: AtMost = AtMost()
    mix: Mix | None = None
    prefer: Literal["weak"] | None = None
    policy: Credits = Credits()
    versions: Versions = Versions()
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=12)]

    @property
    def points(self) -> int:
        return sum(section.points for section in self.sections)

    @property
    def count(self) -> int:
        return sum(section.count for section in self.sections)

    def credits_in(self, section: int) -> Credits:
        """What mistakes and near misses earn in a section (from 0)."""
        return self.sections[section].credits or self.policy

    @cached_property
    def digest(self) -> str:
        """Twelve hexadecimal digits that change with whatever the blueprint says."""
        return sha256(self.model_dump_json().encode()).hexdigest()[:12]


def read_blueprint(name: str, content: bytes) -> Blueprint:
    """The blueprint in a file called ``name``; ``BankError`` names all that is wrong, each with its place."""
    try:
        document = read_document(content)
    except DocumentError as error:
        raise BankError(str(error.fault(name))) from None
    if not isinstance(document.data, dict):
        raise BankError("a blueprint must be a mapping (id, title, minutes, sections)", where=f"{name}:1:1")
    faults = [error.fault(name) for error in document.repeated]
    try:
        blueprint = Blueprint.model_validate_json(json.dumps(document.data), strict=True)
    except ValidationError as error:
        found = tuple(say_errors(error, Blueprint, document.data))
    else:
        found = tuple(_check(blueprint))
    faults += [Fault(name, *document.place(path), "", message) for path, message in found]
    if faults:
        raise BankError("\n".join(map(str, sorted(faults))))
    return blueprint


def _check(blueprint: Blueprint) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if blueprint.count > MOST_QUESTIONS:
        yield ("sections",), f"asks {blueprint.count} questions; a paper has at most {MOST_QUESTIONS}"
    for number, section in enumerate(blueprint.sections):
        yield from _check_section(section, ("sections", number))
    if blueprint.mix and abs(sum(blueprint.mix.difficulty.values()) - 1) > 1e-6:
        yield ("mix", "difficulty"), "the shares must add up to 1"


def _check_section(section: Section, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if section.choose is not None and section.choose >= section.count:
        yield (*path, "choose"), f"choose must be below the {section.count} questions of the section"
    if section.choose is not None and len({pick.points for pick in section.pick}) > 1:
        yield (*path, "choose"), "choose needs the same points for every question of the section"
    for place, pick in enumerate(section.pick):
        if pick.difficulty[0] > pick.difficulty[1]:
            yield (*path, "pick", place, "difficulty"), "difficulty must be [lo, hi] with lo <= hi"
        if pick.chain and pick.count < 2:
            yield (*path, "pick", place, "chain"), "a chain needs a count of at least 2"
        if pick.chain and not (pick.kinds and COMPUTING.issuperset(pick.kinds)):
            yield (*path, "pick", place, "chain"), f"a chain is of questions that compute: say kinds, out of {', '.join(sorted(COMPUTING))}"  # fmt: skip
        if pick.chain and section.choose is not None:
            yield (*path, "pick", place, "chain"), "where one may choose, no question may build on another; leave out choose or chain"  # fmt: skip
