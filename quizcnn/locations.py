"""Where things lie on this machine: the learner's folders, and what is shipped with the program.

``QUIZCNN_HOME`` stands in for all of the learner's folders. ``QUIZCNN_PROFILE`` names one of several learners, each with a record and
settings of their own in ``profiles/NAME``; without it the folders themselves are the learner's. What is shipped lies in the package once it is built, else in the checkout.
No folder is made here.
"""

from __future__ import annotations

import os
from pathlib import Path

from quizcnn.errors import QuizError, UsageError

PROFILES = "profiles"
PROFILE_VARIABLE = "QUIZCNN_PROFILE"
NO_PROFILE = "default"
"""Names the learner who has no profile."""
LONGEST_PROFILE = 40
DATABASE_NAME = "quizcnn.sqlite"
SETTINGS_NAME = "settings.toml"
_PACKAGE = Path(__file__).parent


def data_folder() -> Path:
    """Where the learner's record lies."""
    return _learner_folder("data")


def config_folder() -> Path:
    """Where the settings lie."""
    return _learner_folder("config")


def cache_folder() -> Path:
    """Where lies what can be made anew at any time."""
    return _learner_folder("cache")


def profile() -> str:
    """The learner's profile; empty for the one without. Raises ``UsageError`` where the variable holds no name."""
    return profile_named(os.environ.get(PROFILE_VARIABLE, ""), PROFILE_VARIABLE)


def profile_named(name: str, where: str) -> str:
    """The name as it is stored: letters of any script and digits, inside also ``-`` and ``_``; empty for ``default``."""
    from unicodedata import normalize

    known = normalize("NFC", name).strip()
    if known in ("", NO_PROFILE):
        return ""
    whole = known.replace("-", "").replace("_", "").isalnum() and known[0].isalnum() and len(known) <= LONGEST_PROFILE
    if not whole:
        raise UsageError(f"{name!r} is no name of a profile", where=where, mend=f"take letters and digits, `-` and `_` inside, {LONGEST_PROFILE} at most")  # fmt: skip
    return known


def profiles() -> list[str]:
    """The profiles that have a record or settings, in order."""
    found: set[str] = set()
    for kind in ("data", "config"):
        folder = _own_folder(kind) / PROFILES
        if folder.is_dir():
            found.update(each.name for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))
    return sorted(found)


def _learner_folder(kind: str) -> Path:
    """What can be made anew is shared by all learners."""
    return _own_folder(kind) if kind == "cache" else _folder_of(profile(), kind)


def _folder_of(name: str, kind: str) -> Path:
    return _own_folder(kind) / PROFILES / name if name else _own_folder(kind)


def _own_folder(kind: str) -> Path:
    home = os.environ.get("QUIZCNN_HOME")
    if home:
        return Path(home).expanduser().absolute() / ("cache" if kind == "cache" else "")
    import platformdirs

    found = {
        "data": platformdirs.user_data_path,
        "config": platformdirs.user_config_path,
        "cache": platformdirs.user_cache_path,
    }
    return found[kind]("quizcnn", appauthor=False)


def settings_file() -> Path:
    """The settings file, whether it is there or not."""
    return config_folder() / SETTINGS_NAME


def database_file() -> Path:
    """The learner's record where no other database is set, whether it is there or not."""
    return database_of(profile())


def database_of(name: str) -> Path:
    """The same of a profile."""
    return _folder_of(name, "data") / DATABASE_NAME


def bank_folder() -> Path:
    """The built-in bank."""
    return _shipped("_question_bank", "question_bank")


def migrations_folder() -> Path:
    """The scripts that bring an old database up to date."""
    return _shipped("_migrations", "migrations")


def _shipped(packaged: str, checked_out: str) -> Path:
    for folder in (_PACKAGE / packaged, _PACKAGE.parent / checked_out):
        if folder.is_dir():
            return folder
    raise QuizError(
        f"{checked_out} is missing from this installation", where=str(_PACKAGE), mend="install quizcnn again"
    )
