"""The learner's settings: a TOML file, read once, written whole, never half.

Every key has a default, so a missing file is no fault. ``QUIZCNN_<KEY>`` in the environment wins over the file. A bad value is an error
that names the file (or the variable), the key and the legal values; an unknown key is one too.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from quizcnn.errors import QuizError, UsageError
from quizcnn.locations import settings_file
from quizcnn.text import Lang

Theme = Literal["auto", "dark", "light", "contrast"]
Symbols = Literal["auto", "unicode", "ascii"]
EnterInText = Literal["checks", "new line"]
Caret = Literal["drawn", "terminal"]
Raw = object
"""A value as TOML gives it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a learner can choose."""

    language: Lang = "en"
    interview_date: date | None = None
    minutes: int = 25
    """Minutes a day; they limit the session."""
    new_per_day: int = 5
    reviews_per_day: int = 60
    desired_retention: float = 0.9
    """The chance to remember at which a card falls due."""
    rollover_hour: int = 4
    """The hour, local time, at which a learning day begins."""
    theme: Theme = "auto"
    symbols: Symbols = "auto"
    motion: bool = True
    enter_in_text: EnterInText = "checks"
    caret: Caret = "drawn"
    digit_answers_at_once: bool = False
    areas: tuple[str, ...] = ()
    """Areas that the interview is on: their cards come first."""
    numeric_level: float = 0.0
    concept_level: float = 0.0
    """Where a placement found the learner on the scale of difficulty; 0 for not placed."""
    banks: tuple[Path, ...] = ()
    """Bank folders beside the built-in one."""
    database: str = ""
    """A database URL; empty for the file in the data folder."""
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Action to key, where a learner wants another than the built-in one."""

    @property
    def enter_checks(self) -> bool:
        """Whether Enter checks a typed text (else it begins a new line)."""
        return self.enter_in_text == "checks"


def exists() -> bool:
    """Whether settings were ever saved: without them this is the first run."""
    return settings_file().is_file()


def load_settings() -> Settings:
    """The settings of file and environment. Raises ``UsageError`` with place, key and legal values."""
    settings = stored()
    given = {name: value for name in _LEGAL if name != "keys" and (value := os.environ.get(_variable(name)))}
    for name, value in given.items():
        settings = _apply(settings, {name: _from_environment(name, value)}, "", _variable(name))
    return settings


def stored() -> Settings:
    """The settings of the file alone. Raises as :func:`load_settings` does."""
    file = settings_file()
    return _apply(Settings(), _read(file), f"{file}: ")


def values_of(settings: Settings) -> dict[str, Raw]:
    """What differs from the defaults, as JSON gives it and :func:`change` takes it."""
    default = Settings()
    changed = {name: value for name in _LEGAL if (value := getattr(settings, name)) != getattr(default, name)}
    return {name: _plain(value) for name, value in changed.items()}


def _plain(value: Raw) -> Raw:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value if value is not None else ""


def change(settings: Settings, **values: Raw) -> Settings:
    """The settings with other values, given as TOML would give them. Raises ``UsageError`` as reading does."""
    return _apply(settings, values, "")


def save_changes(**values: object) -> Path:
    """Write these settings over those of the file; what stands only in the environment is not written. Raises as reading and writing do."""
    return save_settings(replace(stored(), **values))  # type: ignore[arg-type]


def save_settings(settings: Settings) -> Path:
    """Write what differs from the defaults; the file is replaced at once and whole. Raises ``QuizError`` where it cannot be."""
    file = settings_file()
    spare = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        spare.write_text(_to_toml(settings), encoding="utf-8")
        os.replace(spare, file)
    except OSError as error:
        with suppress(OSError):
            spare.unlink()
        raise QuizError(f"settings cannot be written: {error.strerror}", where=str(file), mend="make room there, or set QUIZCNN_HOME to a folder of your own") from None  # fmt: skip
    return file


def _read(file: Path) -> Mapping[str, Raw]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageError(
            f"settings cannot be read: {error.strerror}", where=str(file), mend="check the folder's rights"
        ) from None
    except ValueError as error:
        raise UsageError(f"no TOML: {error}", where=str(file), mend="mend the line, or delete the file to start with the defaults") from None  # fmt: skip


def _apply(settings: Settings, values: Mapping[str, Raw], where: str, place: str = "") -> Settings:
    """``place`` names the value where it is not its key that does."""
    read: dict[str, Raw] = {}
    for name, value in values.items():
        if name not in _LEGAL:
            raise UsageError(f"no setting is called {name!r}", where=where.removesuffix(": "), mend=_nearest(name))
        legal, reader = _LEGAL[name]
        try:
            read[name] = reader(value)
        except (ValueError, TypeError):
            place = place or f"{where}{name}"
            raise UsageError(f"{_shown(value)} is not a legal value", where=place, mend=f"legal: {legal}") from None
    return replace(settings, **read)  # type: ignore[arg-type]  # each reader gives the type of its field


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, _LEGAL, n=1)
    return f"did you mean {near[0]!r}?" if near else f"the settings are {', '.join(_LEGAL)}"


def _shown(value: Raw) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)[:80]


def _variable(name: str) -> str:
    return f"QUIZCNN_{name.upper()}"


def _from_environment(name: str, text: str) -> Raw:
    """A variable's text as TOML would give it; words need no quotes there, folders are parted as in PATH."""
    if name == "banks":
        return text.split(os.pathsep)
    if name == "areas":
        return text.replace(",", " ").split()
    if name in ("language", "theme", "symbols", "enter_in_text", "caret", "database"):
        return text
    try:
        return cast(Raw, tomllib.loads(f"value = {text}")["value"])
    except tomllib.TOMLDecodeError:
        return text


# ---- one reader for each kind of value; each raises ValueError or TypeError


Reader = tuple[str, Callable[[Raw], Raw]]
"""The legal values in words, and what takes them."""


def _one_of(*words: str) -> Reader:
    def read(value: Raw) -> str:
        if value not in words:
            raise ValueError
        return str(value)

    return " or ".join(json.dumps(word) for word in words), read


def _whole(low: int, high: int) -> Reader:
    def read(value: Raw) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError
        return value

    return f"a whole number from {low} to {high}", read


def _share(low: float, high: float) -> Reader:
    def read(value: Raw) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise ValueError
        return float(value)

    return f"a number from {low} to {high}", read


def _switch(value: Raw) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _day(value: Raw) -> date | None:
    if value == "":
        return None
    if isinstance(value, str):
        return date.fromisoformat(value)
    if type(value) is not date:
        raise TypeError
    return value


def _folders(value: Raw) -> tuple[Path, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str | Path) and str(item) for item in value):
        raise TypeError
    return tuple(Path(item).expanduser() for item in value)


def _words(value: Raw) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) and item for item in value):
        raise TypeError
    return tuple(dict.fromkeys(value))


def _url(value: Raw) -> str:
    if not isinstance(value, str) or (value and "://" not in value):
        raise ValueError
    return value


def _bindings(value: Raw) -> Mapping[str, str]:
    if not isinstance(value, Mapping) or not all(
        isinstance(item, str) and item for pair in value.items() for item in pair
    ):
        raise TypeError
    return MappingProxyType(dict(value))


_LEGAL: Mapping[str, Reader] = {
    "language": _one_of("en", "zh"),
    "interview_date": ("a date such as 2026-12-12", _day),
    "minutes": _whole(1, 600),
    "new_per_day": _whole(0, 999),
    "reviews_per_day": _whole(0, 9999),
    "desired_retention": _share(0.7, 0.99),
    "rollover_hour": _whole(0, 23),
    "theme": _one_of("auto", "dark", "light", "contrast"),
    "symbols": _one_of("auto", "unicode", "ascii"),
    "motion": ("true or false", _switch),
    "enter_in_text": _one_of("checks", "new line"),
    "caret": _one_of("drawn", "terminal"),
    "digit_answers_at_once": ("true or false", _switch),
    "areas": ('a list of areas such as ["detection", "metrics"]', _words),
    "numeric_level": _share(0.0, 5.0),
    "concept_level": _share(0.0, 5.0),
    "banks": ('a list of folders such as ["~/my-bank"]', _folders),
    "database": ('a database URL such as "sqlite:////home/me/quizcnn.sqlite", or "" for the default', _url),
    "keys": ('a table of actions and keys such as {undo = "ctrl+z"}', _bindings),
}


def legal_values(name: str) -> str:
    """What a setting may be, in words. Raises ``UsageError`` where there is no such setting."""
    if name not in _LEGAL:
        raise UsageError(f"no setting is called {name!r}", mend=_nearest(name))
    return _LEGAL[name][0]


def _to_toml(settings: Settings) -> str:
    """What differs from the defaults, tables last as TOML wants it."""
    default = Settings()
    changed = [(name, value) for name in _LEGAL if (value := getattr(settings, name)) != getattr(default, name)]
    lines = ["# quizcnn settings; what is not here has its default value"]
    lines += [f"{name} = {_toml_value(value)}" for name, value in changed if not isinstance(value, Mapping)]
    for name, table in changed:
        if isinstance(table, Mapping):
            lines += ["", f"[{name}]", *(f"{_quoted(key)} = {_quoted(item)}" for key, item in table.items())]
    return "\n".join(lines) + "\n"


def _toml_value(value: Raw) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "[" + ", ".join(_quoted(str(item)) for item in value) + "]"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    """A basic string: what JSON escapes, TOML reads, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
