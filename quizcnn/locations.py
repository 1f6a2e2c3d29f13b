"""Where things lie on this machine: the learner's folders, and what is shipped with the program.

``QUIZCNN_HOME`` stands in for all of the learner's folders. What is shipped lies in the package once it is built, else in the checkout.
No folder is made here.
"""

from __future__ import annotations

import os
from pathlib import Path

from quizcnn.errors import QuizError

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


def _learner_folder(kind: str) -> Path:
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
    return data_folder() / DATABASE_NAME


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
