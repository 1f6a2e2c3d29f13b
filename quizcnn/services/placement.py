"""Placement: ten questions that find where a learner stands, so that what is known to them can wait.

Numbers and words are two skills, so two tracks take turns. Each asks at the level that its answers so far point to; the chance of a
right answer falls with difficulty by a logistic curve (the Rasch model: G. Rasch, *Probabilistic Models for Some Intelligence and
Attainment Tests*, 1960), and the level is the mean of what is still believable of it. The answers count as first reviews.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from quizcnn.services.session import Probe, Slot, Track

if TYPE_CHECKING:
    from quizcnn.bank.catalog import Row
    from quizcnn.services.context import Context
    from quizcnn.settings import Settings

QUESTIONS = 10
TRACKS: tuple[Track, ...] = ("numeric", "concept")
NUMERIC = ("numeric", "inverse", "expression")
UNCERTAIN = ("recall", "short_answer")
"""Kinds whose marks lean on a judgement; a placement does not ask them."""
STEEPNESS = 1.2
"""How much a step of difficulty moves the log odds of a right answer."""
START, SPREAD = 3.0, 1.5
"""What is believed before the first answer: mean and standard deviation on the scale of difficulty, 1 to 5."""
MASTERED = 0.8
"""From this chance of a right answer on, a question can wait."""
_LEVELS = tuple(step / 10 for step in range(-10, 71))


@dataclass(frozen=True, slots=True)
class Levels:
    """Where a learner stands on each track, on the scale of difficulty; 0 for not known."""

    numeric: float = 0.0
    concept: float = 0.0

    def masters(self, row: Row) -> bool:
        """Whether a right answer is likely enough for the question to wait."""
        level = getattr(self, track_of(row.kind))
        return bool(level) and chance(level, row.difficulty) >= MASTERED


def levels_of(settings: Settings) -> Levels:
    """What the last placement found."""
    return Levels(settings.numeric_level, settings.concept_level)


def track_of(kind: str) -> Track:
    """Which skill a kind of question asks for."""
    return "numeric" if kind in NUMERIC else "concept"


def chance(level: float, difficulty: int) -> float:
    """The chance of a right answer, 0 to 1."""
    return 1 / (1 + exp(-STEEPNESS * (level - difficulty)))


def estimate(probes: Sequence[Probe], track: Track) -> float:
    """The level of a track after these answers: the posterior mean, to one decimal, from 0.1 to the hardest, 5."""
    weights = [_weight(level, [probe for probe in probes if probe.track == track]) for level in _LEVELS]
    mean = sum(level * weight for level, weight in zip(_LEVELS, weights, strict=True)) / sum(weights)
    return max(0.1, min(5.0, round(mean, 1)))


def _weight(level: float, probes: Sequence[Probe]) -> float:
    weight = exp(-(((level - START) / SPREAD) ** 2) / 2)
    for probe in probes:
        right = chance(level, probe.difficulty)
        weight *= right if probe.right else 1 - right
    return weight


def find_levels(probes: Sequence[Probe]) -> Levels:
    """The levels that a whole placement comes to."""
    return Levels(*(estimate(probes, track) for track in TRACKS))


def next_slot(context: Context, probes: Sequence[Probe], left_out: Collection[str] = ()) -> Slot | None:
    """The next question of a placement, or None when ten were asked or nothing fits.

    The track that was asked less, at the difficulty nearest its level, in an area that was not asked yet where there is one; the
    learner's areas and what interviews ask most first. What was drilled before is not asked while there is anything else.
    """
    if len(probes) >= QUESTIONS:
        return None
    rows = [row for row in context.catalog.rows() if row.kind not in UNCERTAIN]
    asked = {probe.question_id for probe in probes} | set(left_out)
    known = context.store.begun_among([row.id for row in rows]) | asked
    areas = [row.area for row in rows if row.id in asked]
    for track in sorted(TRACKS, key=lambda track: sum(probe.track == track for probe in probes)):
        level = estimate(probes, track)
        left = [row for row in rows if track_of(row.kind) == track and row.id not in asked]
        if left:
            best = min(left, key=lambda row: _rank(row, level, known, areas, context.settings.areas))
            return Slot(best.id, "placement")
    return None


def _rank(
    row: Row, level: float, known: Collection[str], asked_areas: Sequence[str], focus: Sequence[str]
) -> tuple[bool, bool, float, int, int, str]:
    outside = bool(focus) and row.area not in focus
    return (
        row.id in known,
        outside,
        abs(row.difficulty - max(1.0, min(5.0, level))),
        asked_areas.count(row.area),
        -row.frequency,
        row.id,
    )
