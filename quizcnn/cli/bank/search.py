"""``quizcnn bank search``: find questions by words in both languages, ids and filters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from quizcnn.cli.bank.rows import print_rows, row_json
from quizcnn.cli.options import global_options, globals_of, warn, write_json

if TYPE_CHECKING:
    from quizcnn.services.context import Context
    from quizcnn.services.search.search import Found


@click.command()
@click.argument("words", nargs=-1, metavar="[WORD|FILTER]...")
@click.option("--limit", type=click.IntRange(min=1), help="So many of the best hits; all of them without it.")
@global_options
def command(words: tuple[str, ...], limit: int | None) -> None:
    """Find questions, the best hit first.

    Every word must be found, in English or Chinese: in id, topic, question, options or explanation. Filters are kind:, area:, topic:,
    difficulty: (3, 2-4, 4+), state: (new, learning, review, due, suspended, flagged) and mistake: (one that the question's family has
    or that you made in it; mistake:made is any that you made). Values may be cut short; commas part alternatives.

    \b
    quizcnn bank search depthwise kind:number
    quizcnn bank search 感受野 difficulty:3+
    quizcnn bank search state:due mistake:groups --json
    """
    from quizcnn.services.search.wording import count_line, trouble_lines

    options = globals_of()
    context = options.context()
    found = find_questions(context, words)
    hits = found.hits[:limit]
    if options.json:
        write_json([row_json(row) for row in hits])
    else:
        print_rows(hits)
    for line in trouble_lines(found, context.language):
        warn(line)
    if not options.json and found.hits:
        warn(count_line(found, context.language))


def find_questions(context: Context, words: Sequence[str]) -> Found:
    """What words and filters find, as the shell gave them. Raises ``UsageError`` for a filter that does not exist."""
    from quizcnn.services.search.search import Search

    search = Search(context)
    found = search.find(" ".join(map(_quoted, words)))
    if search.trouble is not None:
        raise search.trouble
    _refuse_wrong_filters(found)
    return found


def _quoted(word: str) -> str:
    """A filter whose value has blanks, with the marks that the shell took away."""
    name, colon, value = word.partition(":")
    return f'{name}:"{value}"' if colon and " " in value and " " not in name else word


def _refuse_wrong_filters(found: Found) -> None:
    """A filter that does not exist is bad use, not an empty answer."""
    from quizcnn.errors import UsageError
    from quizcnn.services.search.filters import NAMES

    for trouble in found.troubles:
        near = f"did you mean {' or '.join(trouble.nearest)}?" if trouble.nearest else ""
        if trouble.what == "name":
            raise UsageError(
                f"there is no filter {trouble.name[:40]!r}", mend=near or f"the filters are {', '.join(NAMES)}"
            )
        if trouble.what == "value":
            raise UsageError(f"no {trouble.name} is called {trouble.value[:80]!r}", mend=near)
