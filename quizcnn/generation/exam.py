"""From a blueprint, a bank and a seed to an exam: its versions, each a frozen list of variants in printed order.

Versions have the same question on every seat, the same target mistake and the same number of worked steps; numbers and orders
differ. Everything is a function of blueprint, bank, seed and version letter. Paper, key and manifest are all made from this one
object, so they cannot drift apart.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b, sha256
from itertools import pairwise
from typing import TypeAlias

from quizcnn.bank.catalog import Catalog
from quizcnn.errors import BankError, UsageError
from quizcnn.generation.arrangement import Arrangement, Parts, by_kind, by_section
from quizcnn.generation.blueprint import Blueprint, Section, minutes_for
from quizcnn.generation.filling import Filler, Filling, Seat
from quizcnn.generation.filling.seats import Rank
from quizcnn.generation.keyletters import are_even, key_place, plan_places, possible_places
from quizcnn.generation.kin import Kin
from quizcnn.generation.papercode import make_code
from quizcnn.generation.personal import NOBODY, Personal
from quizcnn.generation.seeds import Source
from quizcnn.generation.twins import Told, Twins, is_well_shuffled
from quizcnn.generation.variant import Variant
from quizcnn.generation.variants import draw_variant, work_steps
from quizcnn.grading.answers import Field
from quizcnn.grading.choice import ChoiceAnswer, Credit
from quizcnn.solvers.base import Step

Wish: TypeAlias = tuple[str, Callable[[Variant], bool]]
"""What a draw should keep, and the words of the warning where none does (empty: none)."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_VERSIONS = 99
CREDITS: Mapping[str, Credit] = {"per-option": "per_option", "right-minus-wrong": "right_minus_wrong"}
"""Policies that the answer type itself credits."""
KEY_LETTER = "the key has another letter than was planned"
MOST_DRAWS = 60
"""Draws tried for a variant that keeps what versions share, before one that does not is taken."""
MOST_DRAWS_UNEVEN = 400
"""The same where draws of a sort are rare."""
HALF = 0.5
MOST_TOLD = 3
"""A warning names so many versions and counts the others."""


@dataclass(frozen=True, slots=True)
class PointedStep:
    """A worked step with the points that it earns."""

    step: Step
    points: float


@dataclass(frozen=True, slots=True)
class Item:
    """One question as it is printed: its number on the paper, its section (from 0), its points, its variant."""

    number: int
    section: int
    points: int
    area: str
    variant: Variant
    steps: tuple[PointedStep, ...]
    part: str = ""
    """The letter of a question of a chain: a, b, ..."""

    @property
    def id(self) -> str:
        return self.variant.question_id


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its letter, its code, its items in printed order."""

    letter: str
    code: str
    items: tuple[Item, ...]

    def in_section(self, number: int) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.section == number)


@dataclass(frozen=True, slots=True)
class Exam:
    """All versions of one exam. ``warnings`` are in English, for who sets the exam.

    The sections of ``blueprint`` are the printed parts; ``blueprint_digest`` is that of the blueprint as it was given.
    """

    blueprint: Blueprint
    blueprint_digest: str
    bank_digest: str
    seed: int
    versions: tuple[Version, ...]
    warnings: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    """What the learner's record left out."""


def make_exam(
    blueprint: Blueprint,
    catalog: Catalog,
    seed: int,
    count: int | None = None,
    arrangement: Arrangement = "sections",
    personal: Personal | None = None,
) -> Exam:
    """The exam at ``seed`` in ``count`` versions (the blueprint's number where None), its parts the sections or the kinds.

    ``personal`` is what a learner's record says to it; without one none is read.

    Raises ``BankError`` where the bank cannot fill the blueprint, ``UsageError`` for more versions than there may be.
    """
    count = blueprint.versions.count if count is None else count
    letters = version_letters(count)
    mine = personal or NOBODY
    filling, kin = _fill(blueprint, catalog, seed, mine.excluded, mine.rank if personal and blueprint.prefer else None)
    parts = by_kind(blueprint, filling, catalog) if arrangement == "kinds" else by_section(blueprint, filling)
    setter = _Setter(blueprint, catalog, seed, filling, kin, parts, mine.mistakes if blueprint.prefer else {})
    versions = tuple(setter.version(letter) for letter in letters)
    warnings = (
        *filling.warnings,
        *setter.warnings,
        *_timing(blueprint, catalog, filling),
        *_wishes(blueprint, personal),
    )
    excluded = tuple(sorted(mine.excluded))
    return Exam(
        parts.blueprint,
        blueprint.digest,
        bank_digest(catalog),
        seed,
        versions,
        tuple(dict.fromkeys(warnings)),
        excluded,
    )


def _fill(
    blueprint: Blueprint, catalog: Catalog, seed: int, excluded: frozenset[str], rank: Rank | None
) -> tuple[Filling, Mapping[str, Kin]]:
    """The questions of the exam and what their draws have in common.

    A blueprint of several versions takes no entry with too few draws that are alike, unless the bank has nothing else.
    """
    filling = Filler(blueprint, catalog, excluded, rank).fill(seed)
    kin = {question: Kin(catalog.question(question)) for question in filling.ids}
    scarce: frozenset[str] = frozenset()
    while blueprint.versions.count > 1:
        more = scarce | {question for question in filling.ids if not kin[question].is_roomy}
        if more == scarce:
            break
        try:
            filling = Filler(blueprint, catalog, excluded | more, rank).fill(seed)
        except BankError:
            break
        kin |= {question: Kin(catalog.question(question)) for question in filling.ids if question not in kin}
        scarce = more
    return filling, kin


def version_letters(count: int) -> tuple[str, ...]:
    """What the versions are called: A to Z, then AA, AB, ... ``UsageError`` for none or too many."""
    if not 1 <= count <= MOST_VERSIONS:
        raise UsageError(f"{count} versions", mend=f"ask for 1 to {MOST_VERSIONS}")
    firsts = ("", *LETTERS)
    return tuple(firsts[number // len(LETTERS)] + LETTERS[number % len(LETTERS)] for number in range(count))


def set_exam(blueprint: Blueprint, catalog: Catalog, seed: int, variants: Sequence[Variant]) -> Exam:
    """An exam of just these variants, in one version: one for each pick of the blueprint's only section, in order."""
    picks = blueprint.sections[0].pick
    items = tuple(
        Item(number, 0, pick.points, catalog.area_of(variant.topic), variant, share_points(work_steps(variant), pick.points))
        for number, (pick, variant) in enumerate(zip(picks, variants, strict=True), 1)
    )  # fmt: skip
    version = Version("A", make_code(_frozen(blueprint, seed, "A", items)), items)
    return Exam(blueprint, blueprint.digest, bank_digest(catalog), seed, (version,), ())


def bank_digest(catalog: Catalog) -> str:
    """Twelve hexadecimal digits over the ids and revisions of the bank's questions."""
    lines = sorted(f"{row.id} {row.revision}" for row in catalog.rows())
    return sha256("\n".join(lines).encode()).hexdigest()[:12]


def _wishes(blueprint: Blueprint, personal: Personal | None) -> Iterator[str]:
    if blueprint.prefer and personal is None:
        yield f"prefer: {blueprint.prefer} needs a learner's record; none is read, so it is ignored"


def _timing(blueprint: Blueprint, catalog: Catalog, filling: Filling) -> Iterator[str]:
    """A warning where the questions take another time than the blueprint gives them."""
    rows = [catalog.row(question) for question in filling.ids]
    takes = sum(minutes_for(row.kind, row.difficulty) for row in rows)
    if abs(takes - blueprint.minutes) > 0.15 * blueprint.minutes:
        yield f"the questions take about {takes:.0f} minutes, the blueprint says {blueprint.minutes}"


class _Setter:
    """Draws the versions one after the other; later ones are held to what the first settled."""

    def __init__(
        self,
        blueprint: Blueprint,
        catalog: Catalog,
        seed: int,
        filling: Filling,
        kin: Mapping[str, Kin],
        parts: Parts,
        mistakes: Mapping[str, str],
    ) -> None:
        self.blueprint, self.catalog, self.seed, self.filling, self.parts = blueprint, catalog, seed, filling, parts
        self.mistakes = mistakes
        shuffle = blueprint.versions.shuffle.options
        self.twins = [Twins(catalog.question(question), kin[question], shuffle=shuffle) for question in filling.ids]
        self.uneven: list[str] = []
        self.broken: dict[tuple[str, str], list[str]] = {}
        """The versions in which an entry breaks a wish."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """One line for every entry and wish, however many versions it concerns."""
        lines = (f"{question}, {_versions(letters)}: {words}" for (question, words), letters in self.broken.items())
        return (*lines, *self.uneven)

    def version(self, letter: str) -> Version:
        items: list[Item] = []
        told = Told()
        for number in range(len(self.parts.seats)):
            order = self._printed_order(number, letter)
            wanted = self._key_places(number, order, letter)
            for place in order:
                variant = self._draw(place, letter, told, wanted.get(place))
                told.add(variant)
                items.append(self._item(len(items) + 1, number, self.filling.seats[place], variant))
            drawn = [key_place(item.variant) for item in items if item.section == number]
            if not are_even([place for place in drawn if place is not None], self.blueprint.versions.key_letters):
                self.uneven.append(f"version {letter}, section {number + 1}: the letters of the keys are uneven")
        return Version(letter, make_code(_frozen(self.blueprint, self.seed, letter, items)), tuple(items))

    def _item(self, number: int, part: int, seat: Seat, variant: Variant) -> Item:
        section = self.blueprint.sections[seat.section]
        points = section.pick[seat.pick].points
        area = self.catalog.area_of(variant.topic)
        variant = replace(variant, fields=tuple(_credited(field, section) for field in variant.fields))
        steps = share_points(work_steps(variant), points)
        own = chr(ord("a") + seat.place) if section.pick[seat.pick].chain else ""
        return Item(number, part, points, area, variant, steps, own)

    def _key_places(self, part: int, order: Sequence[int], letter: str) -> dict[int, int]:
        """For each single choice of a part, by its seat, where its key is to stand."""
        shuffle, bounds = self.blueprint.versions.shuffle.options, self.blueprint.versions.key_letters
        questions = {place: self.catalog.question(self.filling.ids[place]) for place in order}
        choices = {place: possible_places(question, shuffle=shuffle) for place, question in questions.items()}
        choices = {place: places for place, places in choices.items() if places}
        source = Source("letters", self.blueprint.id, self.seed, letter, part)
        return dict(zip(choices, plan_places(list(choices.values()), bounds, source), strict=True))

    def _printed_order(self, part: int, letter: str) -> list[int]:
        """The seats of a part in printed order: section by section, each shuffled as it says."""
        found: list[int] = []
        shuffled = True
        for number, section in enumerate(self.blueprint.sections):
            seats = [place for place in self.parts.seats[part] if self.filling.seats[place].section == number]
            found += self._order(section, seats, letter)
            shuffled = shuffled and not (seats and section.shuffle == "none")
        if shuffled and self.blueprint.versions.shuffle.questions == "by-difficulty":
            found.sort(key=self._difficulty)
        return found

    def _difficulty(self, place: int) -> int:
        """Of a question, or of the hardest of its chain."""
        return max(self.catalog.row(self.filling.ids[other]).difficulty for other in self._unit(place))

    def _unit(self, place: int) -> tuple[int, ...]:
        """The seats that stand one behind the other whatever is shuffled: those of a chain, else this one alone."""
        seats = self.filling.seats
        here = seats[place]
        if not self.blueprint.sections[here.section].pick[here.pick].chain:
            return (place,)
        return tuple(other for other, seat in enumerate(seats) if (seat.section, seat.pick) == (here.section, here.pick))  # fmt: skip

    def _order(self, section: Section, seats: Sequence[int], letter: str) -> list[int]:
        how = self.blueprint.versions.shuffle.questions
        if section.shuffle == "none" or how is False:
            return list(seats)
        keys: dict[int, tuple[int, bytes, int]] = {}
        for place in seats:
            difficulty = self._difficulty(place) if how == "by-difficulty" else 0
            first = self._unit(place)[0]
            keys[place] = difficulty, self._hash("order", self.filling.seats[first].key, letter), place
        return sorted(seats, key=keys.__getitem__)

    def _hash(self, *parts: object) -> bytes:
        text = "\0".join(map(str, ("exam", self.blueprint.id, self.seed, *parts)))
        return blake2b(text.encode(), digest_size=8).digest()

    def _draw(self, place: int, letter: str, told: Told, key: int | None) -> Variant:
        """The first draw that keeps every wish; else one that has the key on its letter and keeps most of them, with a warning.

        Three options in four versions cannot all stand in another order and have the key where it is wanted.
        """
        twins, cues = self.twins[place], self.blueprint.avoid.cross_cues
        wishes: list[Wish] = [
            ("the key value of one stands in another", lambda variant: not (cues and told.is_cue(variant))),
            ("numbers as in another version", lambda variant: twins.is_fresh(variant, key)),
            ("another target mistake than version A", twins.has_target),
            ("another number of worked steps or fields than version A", twins.has_length),
            (KEY_LETTER, lambda variant: key is None or key_place(variant) == key),
            ("", is_well_shuffled),
        ]
        mistake = self.mistakes.get(self.filling.ids[place])
        if mistake is not None and not twins:
            wishes.append(("", lambda variant: not variant.is_drawn or variant.target == mistake))
        else:
            wishes.append(("", twins.has_kin))
        variant, broken = self._best(place, letter, wishes)
        twins.add(variant)
        if variant.family is not None:
            for words in broken:
                if words not in ("", KEY_LETTER):
                    self.broken.setdefault((variant.question_id, words), []).append(letter)
        return variant

    def _best(self, place: int, letter: str, wishes: Sequence[Wish]) -> tuple[Variant, list[str]]:
        question = self.catalog.question(self.filling.ids[place])
        shuffle = self.blueprint.versions.shuffle.options
        best: tuple[Variant, list[str]] | None = None
        for k in range(MOST_DRAWS if self.twins[place].kin.is_even else MOST_DRAWS_UNEVEN):
            seed = int.from_bytes(self._hash("draw", self.filling.seats[place].key, letter, k)[:4], "big")
            variant = draw_variant(question, seed, shuffle=shuffle)
            broken = [words for words, holds in wishes if not holds(variant)]
            if best is None or _rank(broken) < _rank(best[1]):
                best = variant, broken
            if not broken or not variant.parameters:
                break
        if best is None:
            raise BankError("no variant was drawn", where=question.id)
        return best


def _versions(letters: Sequence[str]) -> str:
    """ "version B"; "versions B, C and D"; "versions B, C, D and 17 more"."""
    if len(letters) == 1:
        return f"version {letters[0]}"
    told = letters[: MOST_TOLD if len(letters) > MOST_TOLD + 1 else -1]
    last = f"{len(letters) - MOST_TOLD} more" if len(letters) > MOST_TOLD + 1 else letters[-1]
    return f"versions {', '.join(told)} and {last}"


def _rank(broken: Sequence[str]) -> tuple[bool, int]:
    return KEY_LETTER in broken, len(broken)


def _credited(field: Field, section: Section) -> Field:
    """The field with the section's way of crediting choices in it (half credit is the marker's own matter)."""
    if not isinstance(field.answer, ChoiceAnswer):
        return field
    credit = CREDITS.get(section.policy or "", "all_or_nothing")
    return field.model_copy(update={"answer": field.answer.model_copy(update={"credit": credit})})


def share_points(steps: Sequence[Step], points: int) -> tuple[PointedStep, ...]:
    """The points over the steps in halves, as equally as they go: after each step as many as its part of the way, rounded down."""
    if not steps:
        return ()
    earned = [points * done // (len(steps) * HALF) * HALF for done in range(len(steps) + 1)]
    return tuple(
        PointedStep(step, after - before) for step, (before, after) in zip(steps, pairwise(earned), strict=True)
    )


def _frozen(blueprint: Blueprint, seed: int, letter: str, items: Sequence[Item]) -> bytes:
    """What the code of a version stands for: its questions, numbers, keys and points."""
    content = [
        blueprint.id,
        seed,
        letter,
        [
            [item.id, item.variant.revision, item.points, [field.model_dump(mode="json") for field in item.variant.fields]]
            for item in items
        ],
    ]  # fmt: skip
    return json.dumps(content, sort_keys=True, ensure_ascii=False).encode()
