"""Bipartite matching of seats and questions by augmenting paths, and what is said where it leaves seats empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quizcnn.generation.blueprint import Pick
from quizcnn.generation.filling.seats import Seats


def match(orders: Sequence[Sequence[int]]) -> dict[int, int]:
    """Seat to question, as many seats as can be: a seat takes its first free question, else pushes others along a path."""
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

    for seat, order in enumerate(orders):
        free = next((question for question in order if question not in holder), None)
        if free is not None:
            holder[free] = seat
        else:
            place(seat, set())
    return {seat: question for question, seat in holder.items()}


def shortages(seats: Seats, matched: Mapping[int, int]) -> list[str]:
    """One line for each set of seats that fails only together (its questions are fewer than its seats)."""
    holder = {question: seat for seat, question in matched.items()}
    lines: list[str] = []
    told: set[int] = set()
    for seat in range(len(seats)):
        if seat not in matched and seat not in told:
            together = _competing(seats, seat, holder)
            told |= together
            lines.append(_shortage(seats, together))
    return lines


def _competing(seats: Seats, start: int, holder: Mapping[int, int]) -> set[int]:
    """The seats that compete with ``start`` for the same questions: by alternating paths, and all that want nothing else."""
    found, queue = {start}, [start]
    while queue:
        for question in seats.candidates[queue.pop()]:
            if holder[question] not in found:
                found.add(holder[question])
                queue.append(holder[question])
    wanted = {question for seat in found for question in seats.candidates[seat]}
    first = seats.all[start]
    for seat, here in enumerate(seats.all):
        twin = (here.section, here.pick) == (first.section, first.pick)
        if twin or (seats.candidates[seat] and wanted.issuperset(seats.candidates[seat])):
            found.add(seat)
    return found


def _shortage(seats: Seats, together: set[int]) -> str:
    picks = {(seats.all[seat].section, seats.all[seat].pick) for seat in together}
    firsts = [seat for seat in seats.firsts if (seat.section, seat.pick) in picks]
    fitting = len({question for seat in together for question in seats.candidates[seat]})
    left_out = left_out_words(seats, [seats.pick(first) for first in firsts])
    if len(firsts) == 1:
        words = seats.pick(firsts[0]).words()
        return f"{seats.named(firsts[0])}: wants {len(together)}, the bank has {fitting} ({words}){left_out}; lower count, or widen kinds, areas or difficulty"  # fmt: skip
    names = " and ".join(map(seats.named, firsts))
    return f"{names}: together want {len(together)}, the bank has {fitting} that fit any of them{left_out}; lower a count, or widen a filter"  # fmt: skip


def left_out_words(seats: Seats, picks: Sequence[Pick]) -> str:
    """What a learner's record leaves out of what would fit, and what lets it in."""
    count = seats.left_out(picks)
    return (
        f"; {count} more fit but were seen lately, stood in your last papers or are set aside (--allow-seen lets them in, but for those set aside)"
        if count
        else ""
    )
