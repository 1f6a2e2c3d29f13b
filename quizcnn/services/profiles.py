"""The learners on this machine: the one without a profile, and those with one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from quizcnn.locations import NO_PROFILE, database_of, profile, profiles


@dataclass(frozen=True, slots=True)
class Profile:
    """One learner; ``record`` is where the answers are, whether there are any or not."""

    name: str
    record: Path
    exists: bool
    in_use: bool


def list_profiles() -> list[Profile]:
    """All of them, the one without a name first; also the one in use that nothing was written for yet."""
    now = profile()
    found = []
    for name in ["", *sorted({*profiles(), *([now] if now else [])})]:
        record = database_of(name)
        found.append(Profile(name or NO_PROFILE, record, record.exists(), name == now))
    return found
