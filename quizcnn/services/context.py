"""The composition root: settings, bank and store, each opened when it is first used.

``question`` and ``grade`` never touch the store, so they never pay for the database library.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from quizcnn.text import Lang

if TYPE_CHECKING:
    from quizcnn.bank.catalog import Catalog
    from quizcnn.generation.variant import Variant
    from quizcnn.grading.keypoints.lexicon import Lexicon
    from quizcnn.services.search.index import Index
    from quizcnn.settings import Settings
    from quizcnn.storage.repositories import Store

LEARNER = "learner"


class Context:
    """One run of the program: the options given, and the parts they open."""

    def __init__(
        self, *, banks: Sequence[Path | str] = (), lang: Lang | None = None, warn: Callable[[str], None] | None = None
    ) -> None:
        self._banks = tuple(Path(bank) for bank in banks)
        self._lang = lang
        self._warn = warn

    @cached_property
    def settings(self) -> Settings:
        from quizcnn.settings import load_settings

        return load_settings()

    @property
    def language(self) -> Lang:
        """The language asked for, else that of the settings."""
        return self._lang or self.settings.language

    def speak(self, lang: Lang) -> None:
        """Another language from now on, whatever was asked for at the start."""
        self._lang = lang

    @property
    def folders(self) -> list[Path]:
        """The bank folders in use: the built-in one, those given by option, those of the settings."""
        from quizcnn.locations import bank_folder

        return [bank_folder(), *self._banks, *(path for path in self.settings.banks if path not in self._banks)]

    @cached_property
    def catalog(self) -> Catalog:
        """The built-in bank and those added by option or setting. What is left out is warned about once."""
        from quizcnn.bank.catalog import load_catalog
        from quizcnn.locations import cache_folder

        catalog = load_catalog(self.folders, cache_folder())
        if self._warn is not None and catalog.warning:
            self._warn(catalog.warning)
        return catalog

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words of typed text, without the questions of the bank."""
        from quizcnn.bank.lexicon import load_lexicon
        from quizcnn.locations import cache_folder

        return load_lexicon([folder.resolve() for folder in self.folders], cache_folder())

    @cached_property
    def index(self) -> Index:
        """The words of the bank, gathered when first sought."""
        from quizcnn.services.search.index import Index

        return Index(self.catalog)

    @cached_property
    def store(self) -> Store:
        """The learner's record."""
        from quizcnn.storage.repositories import open_store

        return open_store(self.settings.database)

    def variant(self, question_id: str, seed: int) -> Variant:
        """The variant of a question at a seed."""
        from quizcnn.generation.variants import draw_variant

        return draw_variant(self.catalog.question(question_id), seed)

    def forget_settings(self) -> None:
        """Read the settings again when they are next asked for."""
        self.__dict__.pop("settings", None)

    @staticmethod
    def fresh_seed() -> int:
        """A seed that nobody asked for."""
        import secrets

        return secrets.randbelow(2**32)
