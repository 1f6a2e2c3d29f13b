"""Filling a blueprint: which question sits on which seat of the paper.

First a bipartite matching of seats and questions by augmenting paths, each seat trying its questions in an order hashed from seed
and seat; then the pair rules and caps by bounded repair, which keeps what the matching chose wherever it can. A seat's order hangs
on the seed, the blueprint's id and the pick's own filter, so one more pick does not change the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from quizcnn.bank.catalog import Catalog, Row
from quizcnn.bank.faults import nearest
from quizcnn.bank.models import Choice, Numeric, Question
from quizcnn.errors import BankError
from quizcnn.generation.blueprint import COMPUTING, Blueprint, Pick
from quizcnn.generation.cues import Cues
from quizcnn.solvers.base import family_modules

MOST_NODES = 4_000
"""Seats tried in repair before a blueprint counts as one that cannot be filled."""
MOST_SWAPS = 40


@dataclass(frozen=True, slots=True)
class Seat:
    """One place on the paper; section, pick and place count from 0. ``key`` is what its draws hang on."""

    section: int
    pick: int
    place: int
    key: str


@dataclass(frozen=True, slots=True)
class Filling:
    """The question of every seat, and what a soft wish could not be given."""

    seats: tuple[Seat, ...]
    ids: tuple[str, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cap:
    """Among ``seats`` at most ``limit`` questions of one group (a topic, an area)."""

    seats: frozenset[int]
    groups: tuple[str, ...]
    """The group of every question."""
    members: Mapping[str, int]
    """The questions of a group, as bits."""
    limit: int
    words: str

    def full_members(self, chosen: Sequence[int | None]) -> int:
        """The questions of the groups of which nothing more may come to an open seat, as bits."""
        counts: dict[str, int] = {}
        for place, question in enumerate(chosen):
            if question is not None and place in self.seats:
                group = self.groups[question]
                counts[group] = counts.get(group, 0) + 1
        found = 0
        for group, count in counts.items():
            if count >= self.limit:
                found |= self.members[group]
        return found

    def full(self, chosen: Sequence[int | None], seat: int) -> list[str]:
        """The groups of which nothing more may come to ``seat``."""
        if seat not in self.seats:
            return []
        counts = Counter(
            self.groups[question]
            for place, question in enumerate(chosen)
            if question is not None and place != seat and place in self.seats
        )
        return [group for group, count in counts.items() if count >= self.limit]


class Filler:
    """Fills one blueprint from one bank, seed after seed. ``excluded`` questions are left out."""

    def __init__(self, blueprint: Blueprint, catalog: Catalog, excluded: frozenset[str] = frozenset()) -> None:
        self.blueprint, self.catalog, self.excluded = blueprint, catalog, excluded
        self.rows: tuple[Row, ...] = tuple(row for row in catalog.rows() if row.id not in excluded)
        self.seats = tuple(_seats(blueprint))
        self._places = {row.id: place for place, row in enumerate(self.rows)}
        self._check_names()

    def fill(self, seed: int) -> Filling:
        """The filling at ``seed``; ``BankError`` with all that stands in the way, seat by seat."""
        orders = [self._order(seat, places, seed) for seat, places in zip(self.seats, self.candidates, strict=True)]
        matched = self._match(orders)
        if len(matched) < len(self.seats):
            raise BankError("\n".join(self._shortages(matched)))
        chosen = _Repair(self, orders, matched).run()
        warnings: tuple[str, ...] = ()
        if self.blueprint.mix:
            chosen, warnings = self._mixed(chosen, orders)
        return Filling(self.seats, tuple(self.rows[place].id for place in chosen), warnings)

    # ---- candidates

    def _check_names(self) -> None:
        """Names in filters that the bank does not have: a fault of the blueprint, not of the bank."""
        legal: Mapping[str, Sequence[str]] = {
            "areas": self.catalog.areas,
            "topics": self.catalog.topic_ids,
            "families": tuple(family_modules()),
        }
        faults = [
            f"{self._named(seat)}: {kind} names {name!r}, which is none{nearest(name, list(known))}"
            for seat in self._picks()
            for kind, known in legal.items()
            for name in getattr(self._pick(seat), kind)
            if name not in known
        ]
        if faults:
            raise BankError("\n".join(dict.fromkeys(faults)))

    @cached_property
    def candidates(self) -> tuple[tuple[int, ...], ...]:
        """For each seat the questions that pass its filters, in the order of the bank."""
        by_pick: dict[str, tuple[int, ...]] = {}
        for seat in self.seats:
            pick = self._pick(seat)
            if pick.filter not in by_pick:
                by_pick[pick.filter] = tuple(place for place, row in enumerate(self.rows) if self._fits(row, pick))
        return tuple(by_pick[self._pick(seat).filter] for seat in self.seats)

    def _fits(self, row: Row, pick: Pick) -> bool:
        low, high = pick.difficulty
        return (
            (not pick.kinds or row.kind in pick.kinds)
            and (not pick.areas or row.area in pick.areas)
            and (not pick.topics or row.topic in pick.topics)
            and low <= row.difficulty <= high
            and (not pick.interview_frequency or row.frequency in pick.interview_frequency)
            and (not pick.families or row.family in pick.families)
            and (not pick.ids or row.id in pick.ids)
            and (not pick.tags or bool(set(pick.tags) & set(self._question(row).tags)))
            and (pick.multiple is None or self._is(row, Choice, "multiple", pick.multiple))
            and (pick.approximate is None or self._is(row, Numeric, "approximate", pick.approximate))
        )

    def _question(self, row: Row) -> Question:
        return self.catalog.question(row.id)

    def _is(self, row: Row, kind: type[object], name: str, wanted: bool) -> bool:
        question = self._question(row)
        return not isinstance(question, kind) or bool(getattr(question, name)) is wanted

    def _pick(self, seat: Seat) -> Pick:
        return self.blueprint.sections[seat.section].pick[seat.pick]

    def _order(self, seat: Seat, places: Sequence[int], seed: int) -> list[int]:
        """The seat's questions in its own seeded order."""
        head = blake2b(f"exam\0{self.blueprint.id}\0{seed}\0{seat.key}\0".encode(), digest_size=8)

        def rank(place: int) -> bytes:
            tail = head.copy()
            tail.update(self.rows[place].id.encode())
            return tail.digest()

        return sorted(places, key=rank)

    def _match(self, orders: Sequence[Sequence[int]]) -> dict[int, int]:
        """Seat to question, as many seats as can be: each seat may push others along an augmenting path."""
        holder: dict[int, int] = {}

        def place(seat: int, seen: set[int]) -> bool:
            for question in orders[seat]:
                if question in seen:
                    continue
                seen.add(question)
                if question not in holder or place(holder[question], seen):
                    holder[question] = seat
                    return True
            return False

        for seat in range(len(orders)):
            free = next((question for question in orders[seat] if question not in holder), None)
            if free is not None:
                holder[free] = seat
            else:
                place(seat, set())
        return {seat: question for question, seat in holder.items()}

    # ---- rules

    @cached_property
    def reasons(self) -> tuple[tuple[str, Callable[[Row, Row], bool]], ...]:
        """The pair rules in force, with the words of a message."""
        avoid = self.blueprint.avoid
        rules: list[tuple[str, Callable[[Row, Row], bool]]] = []
        if avoid.same_family:
            rules.append(("share a family", lambda a, b: a.family is not None and a.family == b.family))
        if avoid.same_follow_up_chain:
            rules.append(("lie on one follow-up chain", self._chained))
        if avoid.prerequisite_pairs == "compute":
            rules.append(("compute on one prerequisite edge", self._on_an_edge))
        if avoid.cross_cues:
            rules.append(("give away each other's key", self._cued))
        return tuple(rules)

    def _chained(self, a: Row, b: Row) -> bool:
        return b.id in self._question(a).follow_ups or a.id in self._question(b).follow_ups

    def _on_an_edge(self, a: Row, b: Row) -> bool:
        if a.kind not in COMPUTING or b.kind not in COMPUTING or a.topic == b.topic:
            return False
        return a.topic in self.catalog.topic(b.topic).prerequisites or b.topic in self.catalog.topic(a.topic).prerequisites  # fmt: skip

    @cached_property
    def _cues(self) -> tuple[Cues, ...]:
        return tuple(Cues(self._question(row)) for row in self.rows)

    def _cued(self, a: Row, b: Row) -> bool:
        first, second = self._cues[self._places[a.id]], self._cues[self._places[b.id]]
        return first.gives_away(second) or second.gives_away(first)

    @cached_property
    def clashes(self) -> tuple[int, ...]:
        """For each question the set (as bits) of those that may not stand beside it, itself among them."""
        rules = [rule for _, rule in self.reasons]
        used = sorted({place for places in self.candidates for place in places})
        found = [1 << place for place in range(len(self.rows))]
        for at, first in enumerate(used):
            for second in used[:at]:
                if any(rule(self.rows[first], self.rows[second]) for rule in rules):
                    found[first] |= 1 << second
                    found[second] |= 1 << first
        return tuple(found)

    @cached_property
    def caps(self) -> tuple[_Cap, ...]:
        """The caps of the blueprint (over all seats) and of its picks (inside their sections)."""
        scopes = [(self.blueprint.at_most, frozenset(range(len(self.seats))), "")]
        for seat in self._picks():
            own = frozenset(place for place, other in enumerate(self.seats) if other.section == seat.section)
            scopes.append((self._pick(seat).at_most, own, f" in section {seat.section + 1}"))
        return tuple(
            self._cap(kind, limit, seats, where)
            for at_most, seats, where in scopes
            for kind, limit in (("topic", at_most.topic), ("area", at_most.area))
            if limit is not None
        )

    def _cap(self, kind: str, limit: int, seats: frozenset[int], where: str) -> _Cap:
        groups = tuple(str(getattr(row, kind)) for row in self.rows)
        members: dict[str, int] = {}
        for place, group in enumerate(groups):
            members[group] = members.get(group, 0) | 1 << place
        return _Cap(seats, groups, members, limit, f"over at_most {limit} of a {kind}{where}")

    # ---- the wished mix

    def _mixed(self, chosen: tuple[int, ...], orders: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], tuple[str, ...]]:  # fmt: skip
        """Seats changed one by one while that brings the difficulties nearer to the wish and breaks no rule."""
        current = list(chosen)
        for _ in range(MOST_SWAPS):
            better = next(self._better(current, orders), None)
            if better is None:
                break
            seat, question = better
            current[seat] = question
        mix = self.blueprint.mix
        tolerance = mix.tolerance if mix else 0
        warnings = tuple(
            f"difficulty {degree}: {have} questions, wished {wish:.1f}"
            for degree, (have, wish) in self._degrees(current).items()
            if abs(have - wish) > tolerance + 0.5
        )
        return tuple(current), warnings

    def _better(self, chosen: Sequence[int], orders: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
        distance = self._distance(chosen)
        for seat, order in enumerate(orders):
            blocked = self.blocked(chosen, seat)
            for question in order:
                if not blocked >> question & 1 and self._distance([*chosen[:seat], question, *chosen[seat + 1 :]]) < distance - 1e-9:  # fmt: skip
                    yield seat, question
                    break

    def _degrees(self, chosen: Sequence[int]) -> dict[int, tuple[int, float]]:
        have = Counter(self.rows[place].difficulty for place in chosen)
        wish = self.blueprint.mix.difficulty if self.blueprint.mix else {}
        return {degree: (have[degree], wish.get(degree, 0.0) * len(chosen)) for degree in range(1, 6)}

    def _distance(self, chosen: Sequence[int]) -> float:
        return sum(abs(have - wish) for have, wish in self._degrees(chosen).values())

    def blocked(self, chosen: Sequence[int | None], seat: int) -> int:
        """What may not sit on ``seat`` beside the other questions chosen, as bits."""
        found = 0
        for place, question in enumerate(chosen):
            if question is not None and place != seat:
                found |= self.clashes[question]
        for cap in self.caps:
            for group in cap.full(chosen, seat):
                found |= cap.members[group]
        return found

    # ---- messages

    def _picks(self) -> Iterator[Seat]:
        return (seat for seat in self.seats if seat.place == 0)

    def _named(self, seat: Seat) -> str:
        title = self.blueprint.sections[seat.section].title.en
        return f'section {seat.section + 1} "{title}", pick {seat.pick + 1}'

    def _shortages(self, matched: Mapping[int, int]) -> list[str]:
        """One line for each set of seats that fails only together (their questions are fewer than they)."""
        holder = {question: seat for seat, question in matched.items()}
        left = [seat for seat in range(len(self.seats)) if seat not in matched]
        lines: list[str] = []
        told: set[int] = set()
        for seat in left:
            if seat in told:
                continue
            together = self._reach(seat, holder)
            told |= together
            lines.append(self._shortage(together))
        return lines

    def _reach(self, start: int, holder: Mapping[int, int]) -> set[int]:
        """The seats that compete with ``start`` for the same questions, by alternating paths."""
        seen, queue = {start}, [start]
        while queue:
            for question in self.candidates[queue.pop()]:
                if holder[question] not in seen:
                    seen.add(holder[question])
                    queue.append(holder[question])
        wanted = {question for seat in seen for question in self.candidates[seat]}
        first = self.seats[start]
        for seat, here in enumerate(self.seats):
            twin = (here.section, here.pick) == (first.section, first.pick)
            if twin or (self.candidates[seat] and wanted.issuperset(self.candidates[seat])):
                seen.add(seat)
        return seen

    def _shortage(self, together: set[int]) -> str:
        picks = list(dict.fromkeys((self.seats[seat].section, self.seats[seat].pick) for seat in sorted(together)))
        firsts = [next(seat for seat in self._picks() if (seat.section, seat.pick) == pick) for pick in picks]
        fitting = {question for seat in together for question in self.candidates[seat]}
        left_out = f"; {len(self.excluded)} questions are left out" if self.excluded else ""
        wants = len(together)
        if len(firsts) == 1:
            return f"{self._named(firsts[0])}: wants {wants}, the bank has {len(fitting)} ({self._pick(firsts[0]).words()}){left_out}; lower count, or widen kinds, areas or difficulty"  # fmt: skip
        names = " and ".join(self._named(seat) for seat in firsts)
        return f"{names}: together want {wants}, the bank has {len(fitting)} that fit any of them{left_out}; lower a count, or widen a filter"  # fmt: skip

    def stuck(self, seat: int, chosen: Sequence[int | None]) -> str:
        """Why no question can sit on ``seat`` beside those chosen."""
        reasons: Counter[str] = Counter()
        for question in self.candidates[seat]:
            reasons[self._reason(question, seat, chosen)] += 1
        told = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common(4))
        here = self.seats[seat]
        wants = self._pick(here).count
        return f"{self._named(here)}: wants {wants}, the bank has no choice left for number {here.place + 1}: {len(self.candidates[seat])} fit ({self._pick(here).words()}); {told}; lower count, widen the filter, or loosen avoid or at_most"  # fmt: skip

    def _reason(self, question: int, seat: int, chosen: Sequence[int | None]) -> str:
        for place, other in enumerate(chosen):
            if other is None or place == seat:
                continue
            if other == question:
                return "already used"
            for words, rule in self.reasons:
                if rule(self.rows[question], self.rows[other]):
                    there = self.seats[place]
                    return f"would {words} with section {there.section + 1} pick {there.pick + 1}"
        return next((cap.words for cap in self.caps if cap.groups[question] in cap.full(chosen, seat)), "free")


class _Repair:
    """Depth-first over the seats, the one with the fewest questions left first, each trying the matching's choice first."""

    def __init__(self, filler: Filler, orders: Sequence[Sequence[int]], matched: Mapping[int, int]) -> None:
        self.filler = filler
        self.orders = [
            [matched[seat], *(question for question in order if question != matched[seat])]
            for seat, order in enumerate(orders)
        ]
        self.allowed = [sum(1 << question for question in order) for order in orders]
        self.chosen: list[int | None] = [None] * len(orders)
        self.nodes = 0
        self.deepest: tuple[int, str] = (-1, "")

    def run(self) -> tuple[int, ...]:
        if not self._search():
            raise BankError(self.deepest[1])
        return tuple(question for question in self.chosen if question is not None)

    def _search(self) -> bool:
        open_seats = [seat for seat, question in enumerate(self.chosen) if question is None]
        if not open_seats:
            return True
        self.nodes += 1
        live = self._live(open_seats)
        seat = min(open_seats, key=lambda each: (live[each].bit_count(), each))
        if not live[seat]:
            self._remember(seat)
            return False
        for question in self.orders[seat]:
            if live[seat] >> question & 1:
                self.chosen[seat] = question
                if self._search():
                    return True
                self.chosen[seat] = None
                if self.nodes > MOST_NODES:
                    return False
        return False

    def _live(self, open_seats: Sequence[int]) -> dict[int, int]:
        """For each open seat the questions that may still sit there, as bits."""
        clash = 0
        for question in self.chosen:
            clash |= 0 if question is None else self.filler.clashes[question]
        over = [cap.full_members(self.chosen) for cap in self.filler.caps]
        live: dict[int, int] = {}
        for seat in open_seats:
            blocked = clash
            for cap, members in zip(self.filler.caps, over, strict=True):
                blocked |= members if seat in cap.seats else 0
            live[seat] = self.allowed[seat] & ~blocked
        return live

    def _remember(self, seat: int) -> None:
        depth = sum(question is not None for question in self.chosen)
        if depth > self.deepest[0]:
            self.deepest = depth, self.filler.stuck(seat, self.chosen)


def _seats(blueprint: Blueprint) -> Iterator[Seat]:
    twins: Counter[str] = Counter()
    for section_number, section in enumerate(blueprint.sections):
        for pick_number, pick in enumerate(section.pick):
            for place in range(pick.count):
                twins[pick.filter] += 1
                yield Seat(section_number, pick_number, place, f"{pick.filter}\0{twins[pick.filter]}")
