"""What two questions of one paper may not be to each other, and how many of a kind may stand together; sets of questions are bits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from quizcnn.bank.catalog import Row
from quizcnn.generation.blueprint import COMPUTING
from quizcnn.generation.cues import Cues
from quizcnn.generation.filling.seats import Seats

Chosen: TypeAlias = "Sequence[int | None]"
"""For each seat its question, None while it is open."""
PairRule: TypeAlias = "tuple[str, Callable[[Row, Row], bool]]"
"""The words of a message ("share a family") and the test."""


FOLLOW_UP, EDGE, CUE = "lie on one follow-up chain", "compute on one prerequisite edge", "give away each other's key"
CHAINED = frozenset({FOLLOW_UP, EDGE, CUE})
"""What the questions of a chain may be to each other."""


@dataclass(frozen=True, slots=True)
class Cap:
    """Among ``seats`` at most ``limit`` questions of one group (a topic, an area)."""

    seats: frozenset[int]
    groups: tuple[str, ...]
    """The group of every question."""
    members: Mapping[str, int]
    """The questions of a group."""
    limit: int
    words: str

    def full(self, chosen: Chosen, seat: int | None = None) -> list[str]:
        """The groups of which nothing more may come to an open seat (or to ``seat``, whatever sits there now)."""
        counts: Counter[str] = Counter()
        for place, question in enumerate(chosen):
            if question is not None and place != seat and place in self.seats:
                counts[self.groups[question]] += 1
        return [group for group, count in counts.items() if count >= self.limit]

    def full_members(self, chosen: Chosen, seat: int | None = None) -> int:
        """The questions of the full groups."""
        found = 0
        for group in self.full(chosen, seat):
            found |= self.members[group]
        return found


class Rules:
    """The pair rules and caps of a blueprint over a bank."""

    def __init__(self, seats: Seats) -> None:
        self.seats = seats
        self._places = {row.id: place for place, row in enumerate(seats.rows)}

    @cached_property
    def pairs(self) -> tuple[PairRule, ...]:
        """The pair rules in force."""
        avoid = self.seats.blueprint.avoid
        rules: list[PairRule] = []
        if avoid.same_family:
            rules.append(("share a family", lambda a, b: a.family is not None and a.family == b.family))
        if avoid.same_follow_up_chain:
            rules.append((FOLLOW_UP, self._chained))
        if avoid.prerequisite_pairs == "compute":
            rules.append((EDGE, self._on_an_edge))
        if avoid.cross_cues:
            rules.append((CUE, self._cued))
        return tuple(rules)

    def _chained(self, a: Row, b: Row) -> bool:
        return b.id in self.seats.question(a).follow_ups or a.id in self.seats.question(b).follow_ups

    def _on_an_edge(self, a: Row, b: Row) -> bool:
        if a.kind not in COMPUTING or b.kind not in COMPUTING or a.topic == b.topic:
            return False
        topic = self.seats.catalog.topic
        return a.topic in topic(b.topic).prerequisites or b.topic in topic(a.topic).prerequisites

    @cached_property
    def _cues(self) -> tuple[Cues, ...]:
        return tuple(Cues(self.seats.question(row)) for row in self.seats.rows)

    def _cued(self, a: Row, b: Row) -> bool:
        first, second = self._cues[self._places[a.id]], self._cues[self._places[b.id]]
        return first.gives_away(second) or second.gives_away(first)

    @cached_property
    def clashes(self) -> tuple[int, ...]:
        """For each question the set of those that may not stand beside it, itself among them."""
        return self._clashing([rule for _, rule in self.pairs])

    @cached_property
    def clashes_in_chain(self) -> tuple[int, ...]:
        """The same for two questions of one chain, which are there to build on each other."""
        return self._clashing([rule for words, rule in self.pairs if words not in CHAINED])

    @cached_property
    def builds(self) -> tuple[Mapping[int, int], Mapping[int, int]]:
        """For each question of a chain those that may come behind it, and those that may come before it."""
        behind: dict[int, int] = {}
        before: dict[int, int] = {}
        for one, other in self.seats.links:
            for first in self.seats.candidates[one]:
                for second in self.seats.candidates[other]:
                    if self.seats.builds_on(first, second):
                        behind[first] = behind.get(first, 0) | 1 << second
                        before[second] = before.get(second, 0) | 1 << first
        return behind, before

    @cached_property
    def chained(self) -> frozenset[int]:
        """The seats of chains."""
        return frozenset(seat for link in self.seats.links for seat in link)

    def clashing(self, question: int, there: int, seat: int) -> int:
        """What may not sit on ``seat`` because ``question`` sits ``there``."""
        chained = self.seats.are_chained(there, seat)
        found = (self.clashes_in_chain if chained else self.clashes)[question]
        behind, before = self.builds
        if (there, seat) in self.seats.links:
            found |= ~behind.get(question, 0)
        elif (seat, there) in self.seats.links:
            found |= ~before.get(question, 0)
        return found

    def _clashing(self, rules: Sequence[Callable[[Row, Row], bool]]) -> tuple[int, ...]:
        rows = self.seats.rows
        used = sorted({place for places in self.seats.candidates for place in places})
        found = [1 << place for place in range(len(rows))]
        for at, first in enumerate(used):
            for second in used[:at]:
                if any(rule(rows[first], rows[second]) for rule in rules):
                    found[first] |= 1 << second
                    found[second] |= 1 << first
        return tuple(found)

    @cached_property
    def caps(self) -> tuple[Cap, ...]:
        """The caps of the blueprint (over all seats) and of its picks (inside their sections)."""
        seats = self.seats
        scopes = [(seats.blueprint.at_most, frozenset(range(len(seats))), "")]
        for first in seats.firsts:
            own = frozenset(place for place, other in enumerate(seats.all) if other.section == first.section)
            scopes.append((seats.pick(first).at_most, own, f" in section {first.section + 1}"))
        return tuple(
            self._cap(kind, limit, scope, where)
            for at_most, scope, where in scopes
            for kind, limit in (("topic", at_most.topic), ("area", at_most.area))
            if limit is not None
        )

    def _cap(self, kind: str, limit: int, scope: frozenset[int], where: str) -> Cap:
        groups = tuple(str(getattr(row, kind)) for row in self.seats.rows)
        members: dict[str, int] = {}
        for place, group in enumerate(groups):
            members[group] = members.get(group, 0) | 1 << place
        return Cap(scope, groups, members, limit, f"over at_most {limit} of a {kind}{where}")

    def blocked(self, chosen: Chosen, seat: int) -> int:
        """What may not sit on ``seat`` beside the other questions chosen."""
        found = 0
        for place, question in enumerate(chosen):
            if question is not None and place != seat:
                found |= self.clashing(question, place, seat)
        for cap in self.caps:
            if seat in cap.seats:
                found |= cap.full_members(chosen, seat)
        return found

    def reason(self, question: int, seat: int, chosen: Chosen) -> str:
        """Why ``question`` cannot sit on ``seat`` beside those chosen, for a message."""
        rows = self.seats.rows
        for place, other in enumerate(chosen):
            if other is None or place == seat:
                continue
            if other == question:
                return "already used"
            chained = self.seats.are_chained(place, seat)
            if (place, seat) in self.seats.links and not self.seats.builds_on(other, question):
                return "do not build on the one before"
            for words, rule in self.pairs:
                if rule(rows[question], rows[other]) and not (chained and words in CHAINED):
                    there = self.seats.all[place]
                    return f"would {words} with section {there.section + 1} pick {there.pick + 1}"
        caps = (cap for cap in self.caps if seat in cap.seats and cap.groups[question] in cap.full(chosen, seat))
        return next((cap.words for cap in caps), "free")
