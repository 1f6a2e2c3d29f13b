"""What the memory model is asked for: the part of the settings that a card state depends on, stored with every attempt."""

from __future__ import annotations

from dataclasses import dataclass

RETENTION = 0.9


@dataclass(frozen=True, slots=True)
class Policy:
    """``retention``: the chance to remember at which a card falls due. ``parameters``: the 21 of FSRS-6, none for its defaults."""

    retention: float = RETENTION
    parameters: tuple[float, ...] = ()
    fuzz: bool = True
