"""Bounded repair of a matching until the pair rules and caps hold, and then its nearest approach to the wished mix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from quizcnn.errors import BankError
from quizcnn.generation.filling.matching import left_out_words
from quizcnn.generation.filling.rules import Rules

MOST_NODES = 4_000
"""Seats tried before a blueprint counts as one that cannot be filled."""
MOST_SWAPS = 40


class Repair:
    """Depth-first over the seats, the one with the fewest questions left first, each trying the matching's choice first."""

    def __init__(self, rules: Rules, orders: Sequence[Sequence[int]], matched: Mapping[int, int]) -> None:
        self.rules = rules
        self.orders = [
            [matched[seat], *(question for question in order if question != matched[seat])]
            for seat, order in enumerate(orders)
        ]
        self.allowed = [sum(1 << question for question in order) for order in orders]
        self.chosen: list[int | None] = [None] * len(orders)
        self.nodes = 0
        self.deepest: tuple[int, str] = (-1, "")

    def run(self) -> tuple[int, ...]:
        """A question for every seat; ``BankError`` with what stood in the way where the search went deepest."""
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
        """For each open seat the questions that may still sit there."""
        over = [(cap.seats, cap.full_members(self.chosen)) for cap in self.rules.caps]
        live: dict[int, int] = {}
        clash = 0
        for question in self.chosen:
            clash |= 0 if question is None else self.rules.clashes[question]
        for seat in open_seats:
            blocked = self._clashing(seat) if seat in self.rules.chained else clash
            for seats, members in over:
                blocked |= members if seat in seats else 0
            live[seat] = self.allowed[seat] & ~blocked
        return live

    def _clashing(self, seat: int) -> int:
        """What may not sit on a seat of a chain beside the questions chosen."""
        blocked = 0
        for place, question in enumerate(self.chosen):
            blocked |= 0 if question is None else self.rules.clashing(question, place, seat)
        return blocked

    def _remember(self, seat: int) -> None:
        depth = sum(question is not None for question in self.chosen)
        if depth > self.deepest[0]:
            self.deepest = depth, self._stuck(seat)

    def _stuck(self, seat: int) -> str:
        """Why no question can sit on ``seat``."""
        seats = self.rules.seats
        here = seats.all[seat]
        pick = seats.pick(here)
        fitting = seats.candidates[seat]
        reasons = Counter(self.rules.reason(question, seat, self.chosen) for question in fitting)
        told = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common(4))
        return f"{seats.named(here)}: wants {pick.count}, the bank has no choice left for number {here.place + 1}: {len(fitting)} fit ({pick.words()}); {told}{left_out_words(seats, [pick])}; lower count, widen the filter, or loosen avoid or at_most"  # fmt: skip


class Mixer:
    """Changes seats one by one while that brings the difficulties nearer to the wish and breaks no rule."""

    def __init__(self, rules: Rules, orders: Sequence[Sequence[int]]) -> None:
        self.rules, self.orders = rules, orders

    def run(self, chosen: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """The seats, and a warning for every difficulty that misses its wish by more than the tolerance."""
        current = list(chosen)
        for _ in range(MOST_SWAPS):
            better = next(self._better(current), None)
            if better is None:
                break
            seat, question = better
            current[seat] = question
        mix = self.rules.seats.blueprint.mix
        tolerance = mix.tolerance if mix else 0
        warnings = (
            f"difficulty {degree}: {have} questions, wished {wish:.1f}"
            for degree, (have, wish) in self._degrees(current).items()
            if abs(have - wish) > tolerance + 0.5
        )
        return tuple(current), tuple(warnings)

    def _better(self, chosen: Sequence[int]) -> Iterator[tuple[int, int]]:
        distance = self._distance(chosen)
        for seat, order in enumerate(self.orders):
            blocked = self.rules.blocked(chosen, seat)
            for question in order:
                changed = [*chosen[:seat], question, *chosen[seat + 1 :]]
                if not blocked >> question & 1 and self._distance(changed) < distance - 1e-9:
                    yield seat, question
                    break

    def _degrees(self, chosen: Sequence[int]) -> dict[int, tuple[int, float]]:
        """For each difficulty the questions it has and those wished."""
        have = Counter(self.rules.seats.rows[place].difficulty for place in chosen)
        mix = self.rules.seats.blueprint.mix
        wish = mix.difficulty if mix else {}
        return {degree: (have[degree], wish.get(degree, 0.0) * len(chosen)) for degree in range(1, 6)}

    def _distance(self, chosen: Sequence[int]) -> float:
        return sum(abs(have - wish) for have, wish in self._degrees(chosen).values())
