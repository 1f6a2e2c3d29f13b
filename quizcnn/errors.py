"""The errors a person may see: each says what is wrong, where, and how to mend it.

Only the faces (``cli`` and ``tui``) catch them; anything else that escapes is a bug and keeps its traceback.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizcnn.text import Lang


class QuizError(Exception):
    """Base of every error that is worded for a person.

    ``what`` is a sentence without a full stop, ``where`` the place (file:line:column, option, input name), ``mend`` what to do.
    """

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        self.what, self.where, self.mend = what, where, mend
        super().__init__(what, where, mend)

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        return f"{line}; {self.mend}" if self.mend else line


class UsageError(QuizError):
    """The command, option or name that was given does not exist or does not fit."""


class InputError(QuizError):
    """Inputs of a family that it refuses; ``inputs`` names the offending ones."""

    def __init__(self, what: str, *, inputs: tuple[str, ...] = (), mend: str = "") -> None:
        self.inputs = inputs
        super().__init__(what, where=", ".join(inputs), mend=mend)


class BankError(QuizError):
    """A question, topic or blueprint that cannot be used."""


class StorageError(QuizError):
    """The database or its folder cannot be read or written; nothing was changed.

    ``chinese`` says what and mend once more, for who meets it in the middle of a drill; empty where only English does.
    """

    exit_code = 3

    def __init__(self, what: str, *, where: str = "", mend: str = "", chinese: str = "") -> None:
        self.chinese = chinese
        super().__init__(what, where=where, mend=mend)

    def said(self, lang: Lang) -> str:
        """The error in the learner's language."""
        return f"{self.where}：{self.chinese}" if lang == "zh" and self.chinese else str(self)
