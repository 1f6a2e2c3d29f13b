"""The state of a session, as it is saved with every answer: what waits, what was answered, what is open.

A frozen value that goes to JSON and back; every change makes a new one, so that saving and undoing need no care.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from quizcnn.errors import StorageError

Track = Literal["numeric", "concept"]
"""The two sides of a placement: numbers are another skill than words."""
Why = Literal["due", "new", "again", "extra", "placement"]


@dataclass(frozen=True, slots=True)
class Slot:
    """One question that waits, and all that is known of its variant."""

    question_id: str
    why: Why
    seed: int | None = None
    """A variant that must be this one (reopened, or kept over a restart)."""
    wanted: str | None = None
    """The mistake that its numbers should exercise."""
    drafts: tuple[str, ...] = ()
    hints: int = 0
    tries: int = 0
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Miss:
    """A missed question, as the summary lists it."""

    question_id: str
    typed: str
    key: tuple[str, str]
    mistake: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Probe:
    """One answer of a placement: what was asked, and whether it was right."""

    question_id: str
    track: Track
    difficulty: int
    right: bool


@dataclass(frozen=True, slots=True)
class SessionState:
    """Everything about a session that must survive a killed process."""

    day: str
    waiting: tuple[Slot, ...]
    """The open question first."""
    answered: int = 0
    put_back: int = 0
    right: int = 0
    partly: int = 0
    missed: int = 0
    unread: int = 0
    seconds: float = 0.0
    misses: tuple[Miss, ...] = ()
    left_out: tuple[str, ...] = ()
    recent_topics: tuple[str, ...] = ()
    probes: tuple[Probe, ...] = ()

    @property
    def total(self) -> int:
        """How many questions the session has in all, those put back included."""
        return self.answered + len(self.waiting)

    def with_open(self, **changes: Any) -> SessionState:
        """The state with the open slot changed."""
        return replace(self, waiting=(replace(self.waiting[0], **changes), *self.waiting[1:]))

    def to_json(self) -> dict[str, Any]:
        """All fields by name. Saved with every answer: one level of slots, misses and probes, nothing deeper is copied."""
        return {
            **_by_name(self),
            "waiting": [_by_name(slot) for slot in self.waiting],
            "misses": [_by_name(miss) for miss in self.misses],
            "probes": [_by_name(probe) for probe in self.probes],
        }

    @staticmethod
    def from_json(saved: Mapping[str, Any]) -> SessionState:
        """The state that was saved; ``StorageError`` where it is of another shape."""
        try:
            slots = tuple(Slot(**{**slot, "drafts": tuple(slot["drafts"])}) for slot in saved["waiting"])
            misses = tuple(
                Miss(
                    miss["question_id"],
                    miss["typed"],
                    _pair(miss["key"]),
                    _pair(miss["mistake"]) if miss["mistake"] else None,
                )
                for miss in saved["misses"]
            )
            own = ("waiting", "misses", "left_out", "recent_topics", "probes")
            rest = {name: value for name, value in saved.items() if name not in own}
            return SessionState(
                waiting=slots,
                misses=misses,
                left_out=tuple(saved["left_out"]),
                recent_topics=tuple(saved["recent_topics"]),
                probes=tuple(Probe(**probe) for probe in saved.get("probes", ())),
                **rest,
            )
        except (KeyError, TypeError, IndexError) as error:
            raise StorageError(
                f"the saved session cannot be read ({error})", mend="start a new one; answers are safe"
            ) from None


def _by_name(value: SessionState | Slot | Miss | Probe) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def _pair(value: Any) -> tuple[str, str]:
    return str(value[0]), str(value[1])
