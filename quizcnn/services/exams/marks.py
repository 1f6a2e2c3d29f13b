"""What a marked sheet holds: a mark for each question, and the sums that count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from quizcnn.grading.base import Verdict
from quizcnn.services.exams.manifest import PrintedPaper, PrintedQuestion
from quizcnn.text import Text

State: TypeAlias = Literal["right", "partial", "near", "mistake", "wrong", "blank", "not_reached", "unreadable", "void"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What one question of one sheet earned. ``counts`` is False for what is over where the best few count."""

    question: PrintedQuestion
    state: State
    points: float
    read: str
    key: str
    feedback: tuple[Text, ...] = ()
    mistakes: tuple[str, ...] = ()
    verdict: Verdict = Verdict.BLANK
    place: str = ""
    counts: bool = True
    texts: tuple[str, ...] = ()
    """What was typed, field by field, where it could be read."""
    score: float = 0.0
    """The grader's own share of right, whatever the paper credits."""
    guesses: tuple[str, ...] = ()
    was: float | None = None
    """The points before a person corrected them."""
    reasons: tuple[str, ...] = ()
    dropped: bool = False
    """Void, and out of the total."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One sheet, marked."""

    name: str
    file: str
    paper: PrintedPaper
    marks: tuple[Mark, ...]
    notes: tuple[Text, ...]
    was: tuple[float, float] | None = None
    """Points and total before corrections, where these change them."""

    @property
    def points(self) -> float:
        return round(sum(mark.points for mark in self.marks if mark.counts), 2)

    @property
    def out_of(self) -> float:
        """The points that can be earned."""
        return float(sum(mark.question.points for mark in self.marks if mark.counts))

    @property
    def unsettled(self) -> int:
        return sum(mark.state == "unreadable" for mark in self.marks)
