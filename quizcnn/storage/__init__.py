"""The learner's record. Its parts that need the database library are imported when first named: ``storage.cards``."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

_PARTS = frozenset(
    {
        "attempts",
        "cards",
        "condition",
        "feeding",
        "flags",
        "journal",
        "log",
        "merging",
        "mistakes",
        "rebuild",
        "recall",
        "sessions",
        "tallies",
    }
)


def __getattr__(name: str) -> ModuleType:
    if name in _PARTS:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
