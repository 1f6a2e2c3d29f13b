"""Text in both languages.

A leaf for every package: imports nothing of quizcnn and nothing outside the standard library.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Lang = Literal["en", "zh"]
LANGS: tuple[Lang, ...] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in English and Chinese."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  a loaded text takes no third language silently

    en: str
    zh: str

    def __getitem__(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    def map(self, change: Callable[[str], str]) -> Text:
        """The text with ``change`` applied to both languages."""
        return Text(change(self.en), change(self.zh))

    @staticmethod
    def same(text: str) -> Text:
        """A text that reads alike in both languages (code, names, numbers)."""
        return Text(text, text)
