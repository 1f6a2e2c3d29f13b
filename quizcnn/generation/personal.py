"""What one learner's record says to a paper: questions it leaves out, which of the others are weak, and the mistakes they should exercise.

A plain value: the paper is a function of it as of blueprint, bank and seed, and knows nothing of a database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Personal:
    """``strength`` is the chance, 0 to 1, that a question is known; one that is missing there counts as ``unseen``."""

    excluded: frozenset[str] = frozenset()
    strength: Mapping[str, float] = field(default_factory=dict)
    mistakes: Mapping[str, str] = field(default_factory=dict)
    """By question, the named mistake that was made last."""
    unseen: float = 1.0

    def rank(self, question_id: str) -> float:
        """The weakest first."""
        return self.strength.get(question_id, self.unseen)


NOBODY = Personal()
