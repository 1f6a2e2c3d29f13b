"""What the commands share: the global options, taken before and after the subcommand, and writing results.

Nothing here imports more than click; what a command needs it imports when it runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

if TYPE_CHECKING:
    from quizcnn.services.context import Context
    from quizcnn.text import Lang

F = TypeVar("F", bound=Callable[..., Any])


class Globals(NamedTuple):
    """The global options as given so far."""

    banks: tuple[str, ...] = ()
    lang: Lang | None = None
    json: bool = False

    def context(self) -> Context:
        """The program's parts, opened when first used; faults of the bank are warned about once, on stderr."""
        from quizcnn.services.context import Context

        return Context(banks=self.banks, lang=self.lang, warn=lambda line: warn(f"quizcnn: {line}"))


def _store(field: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def remember(context: click.Context, _: click.Parameter, value: Any) -> None:
        known = context.find_object(Globals) or Globals()
        if value in (None, (), False):
            context.obj = known
        elif field == "banks":
            context.obj = known._replace(banks=(*known.banks, *(path for path in value if path not in known.banks)))
        else:
            context.obj = known._replace(**{field: value})

    return remember


def _profile(context: click.Context, _: click.Parameter, name: str | None) -> None:
    """A profile holds for this run, as if the variable had been set: every part that asks where things lie sees it."""
    if name is None:
        return
    from quizcnn.locations import PROFILE_VARIABLE, profile_named, profiles

    known, there = profile_named(name, "--profile"), profiles()
    if known and known not in there:
        warn(f"quizcnn: the profile {known!r} is new: the first answer or setting makes it{_meant(known, there)}")
    before = os.environ.get(PROFILE_VARIABLE)
    os.environ[PROFILE_VARIABLE] = known

    def put_back() -> None:
        if before is None:
            os.environ.pop(PROFILE_VARIABLE, None)
        else:
            os.environ[PROFILE_VARIABLE] = before

    context.find_root().call_on_close(put_back)


def _meant(name: str, there: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, there, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def global_options(command: F) -> F:
    """Adds ``--bank``, ``--lang``, ``--profile`` and ``--json``; the command asks for them with ``globals_of()``."""
    lang = click.option("--lang", type=click.Choice(["en", "zh"]), expose_value=False, callback=_store("lang"), help="Language of questions and messages.")  # fmt: skip
    return _with_globals(command, lang)


def paper_options(command: F) -> F:
    """The global options of a command that prints: ``--lang`` also takes ``both``, and is given to the command as ``lang``."""
    lang = click.option("--lang", type=click.Choice(["en", "zh", "both"]), callback=_paper_lang, help="Language of the papers; both: Chinese below the English.")  # fmt: skip
    return _with_globals(command, lang)


def _with_globals(command: F, lang: Callable[[F], F]) -> F:
    folder = click.Path(exists=True, file_okay=False)
    for option in (
        click.option("--json", is_flag=True, expose_value=False, callback=_store("json"), help="Print JSON."),
        click.option("--profile", metavar="NAME", expose_value=False, callback=_profile, help="One of several learners, with a record and settings of their own."),
        lang,
        click.option("--bank", type=folder, multiple=True, expose_value=False, callback=_store("banks"), help="A bank folder beside the built-in one (may be repeated)."),
    ):  # fmt: skip
        command = option(command)
    return command


def _paper_lang(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    _store("lang")(context, parameter, None if value == "both" else value)
    return value


def globals_of() -> Globals:
    """The global options of the running command."""
    return click.get_current_context().find_object(Globals) or Globals()


def write_json(value: object) -> None:
    """One JSON document on stdout."""
    import json

    sys.stdout.write(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=None) + "\n")


def warn(message: str) -> None:
    """One line on stderr."""
    sys.stderr.write(message + "\n")


def answer_lines(answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """A batch: one JSON object a line in, one out, in order and at once; a line that makes no sense gets ``{"error": ...}``."""
    import json

    write = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    for line in _lines():
        if not line.strip():
            continue
        sys.stdout.write(write(_answer_line(line, answer)) + "\n")
        sys.stdout.flush()


def _lines() -> Iterator[str]:
    stream = sys.stdin.buffer
    while raw := stream.readline():
        yield raw.decode("utf-8", errors="replace")


def read_lines() -> Iterator[dict[str, Any]]:
    """The JSON objects of stdin, one a line; ``UsageError`` at a line that is none."""
    import json

    from quizcnn.errors import UsageError

    for number, line in enumerate(_lines(), 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"not JSON: {error}", where=f"line {number}") from None
        if not isinstance(given, dict):
            raise UsageError("a line must be a JSON object", where=f"line {number}")
        yield given


def _answer_line(line: str, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    import json

    from quizcnn.errors import QuizError

    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"error": f"not JSON: {error}"}
    if not isinstance(given, dict):
        return {"error": "a line must be a JSON object"}
    try:
        return answer(given)
    except QuizError as error:
        return {**({"id": given["id"]} if isinstance(given.get("id"), str) else {}), "error": str(error)}
