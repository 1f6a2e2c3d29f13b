"""Every text of a question with its path in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel

from quizcnn.bank.models import Phrasing
from quizcnn.text import Text

LABELS = frozenset({"text", "show", "items", "left", "right", "spare", "label", "facts", "mistakes"})
"""The keys under which a plain string may stand for both languages."""


class Found(NamedTuple):
    """One text and where it stands."""

    path: tuple[str | int, ...]
    text: Text

    @property
    def key(self) -> str:
        """The key under which it stands, without its place in a list."""
        return next((part for part in reversed(self.path) if isinstance(part, str)), "")

    @property
    def is_plain(self) -> bool:
        """Whether it reads alike in both languages and may."""
        return self.key in LABELS and self.text.en == self.text.zh


def texts_of(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[Found]:
    """Every text below a model, in the order of its keys."""
    if isinstance(value, Text):
        yield Found(path, value)
    elif isinstance(value, Phrasing):
        yield Found(path, value.text)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_of(getattr(value, name), (*path, name))
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from texts_of(inner, (*path, name))
    elif isinstance(value, tuple) and not hasattr(value, "_fields"):
        for number, inner in enumerate(value):
            yield from texts_of(inner, (*path, number))
