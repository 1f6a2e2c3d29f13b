"""What the exports of questions share: which questions, how many variants, the file, and the report of what was lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quizcnn.cli.export.writing import write_file
from quizcnn.cli.options import globals_of, warn

if TYPE_CHECKING:
    from quizcnn.interop.collection import Collection
    from quizcnn.interop.loss import Loss
    from quizcnn.text import Lang

F = TypeVar("F", bound=Callable[..., Any])


def question_options(command: F) -> F:
    """Adds the words that choose questions, ``--variants``, ``-o``, ``--loss`` and ``--force``."""
    path = click.Path(dir_okay=False, path_type=Path)
    for option in (
        click.option("--force", is_flag=True, help="Write over files that are there."),
        click.option("--loss", "loss_file", type=path, help="Write what was lost, question by question, as JSON."),
        click.option("-o", "--output", type=path, required=True, help="The file to write."),
        click.option("--variants", type=click.IntRange(1, 100), default=5, show_default=True, help="So many frozen variants of each question with numbers."),
        click.argument("words", nargs=-1, metavar="[WORD|FILTER]..."),
    ):  # fmt: skip
        command = option(command)
    return command


def collect_questions(words: Sequence[str], variants: int) -> Collection:
    """The items of the questions that words and filters find, as `bank search` finds them; of all without words."""
    from quizcnn.cli.bank.search import find_questions
    from quizcnn.errors import UsageError
    from quizcnn.interop.collection import collect

    context = globals_of().context()
    rows = find_questions(context, words).hits if words else context.catalog.rows()
    if not rows:
        raise UsageError(f"no question has {' '.join(words)!r}", mend="`quizcnn bank search` shows what words and filters find")  # fmt: skip
    return collect(context.catalog, sorted(row.id for row in rows), variants)


def languages(lang: str | None) -> tuple[Lang, ...]:
    """The languages to write: one, or with ``both`` two."""
    if lang == "both":
        return ("en", "zh")
    return (globals_of().context().language,)


def report(made: str, lost: Sequence[Loss], loss_file: Path | None, *, force: bool) -> None:
    """What was made and the loss table on stderr; the whole list as JSON where a file is named."""
    from quizcnn.interop.loss import as_json, table

    warn(made)
    if lost:
        warn("what the format cannot hold:")
        for line in table(lost):
            warn(f"  {line}")
    if loss_file is not None:
        write_file(loss_file, [json.dumps(as_json(lost), ensure_ascii=False, indent=1).encode() + b"\n"], force=force)
