"""Figures of the record: how much was answered and remembered, in all and by area, from the roll-up alone."""

from __future__ import annotations

from dataclasses import dataclass

from quizcnn.services.context import Context

ENOUGH = 20
"""Under so many reviews a share of what was remembered says nothing."""


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """One area. ``remembered`` is the share of reviews not rated Again, None under 20 reviews."""

    area: str
    questions: int
    seen: int
    attempts: int
    correct: int
    reviews: int
    remembered: float | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything in one value; ``areas`` in the order of the bank."""

    questions: int
    seen: int
    attempts: int
    correct: int
    partial: int
    reviews: int
    remembered: float | None
    minutes: float
    areas: tuple[AreaFigures, ...]
    mistakes: tuple[tuple[str, str, int], ...]
    """Question, named mistake, how often, most frequent first."""


def read_statistics(context: Context) -> Statistics:
    """The figures so far."""
    from datetime import date

    store, rows = context.store, context.catalog.rows()
    seen = store.begun_among([row.id for row in rows])
    tallies = store.tallies({"topic"})
    by_topic = {tally.topic: tally for tally in tallies}
    areas: list[AreaFigures] = []
    for area in dict.fromkeys(row.area for row in rows):
        inside = [row for row in rows if row.area == area]
        found = [by_topic[topic] for topic in dict.fromkeys(row.topic for row in inside) if topic in by_topic]
        reviews = sum(tally.reviews for tally in found)
        areas.append(
            AreaFigures(
                area=area,
                questions=len(inside),
                seen=sum(row.id in seen for row in inside),
                attempts=sum(tally.attempts for tally in found),
                correct=sum(tally.correct for tally in found),
                reviews=reviews,
                remembered=_share(sum(tally.remembered for tally in found), reviews),
            )
        )
    reviews = sum(tally.reviews for tally in tallies)
    return Statistics(
        questions=len(rows),
        seen=len(seen),
        attempts=sum(tally.attempts for tally in tallies),
        correct=sum(tally.correct for tally in tallies),
        partial=sum(tally.partial for tally in tallies),
        reviews=reviews,
        remembered=_share(sum(tally.remembered for tally in tallies), reviews),
        minutes=round(sum(tally.duration_ms for tally in tallies) / 60_000, 1),
        areas=tuple(areas),
        mistakes=tuple(store.mistakes(date.min)),
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole >= ENOUGH else None
