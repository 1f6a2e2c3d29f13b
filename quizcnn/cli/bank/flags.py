"""``quizcnn bank flags``: list the questions that were flagged as doubtful, for whoever mends the bank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from quizcnn.cli.bank.places import here
from quizcnn.cli.options import global_options, globals_of, write_json

if TYPE_CHECKING:
    from quizcnn.services.context import Context
    from quizcnn.services.flags import Doubt


@click.command()
@click.option(
    "--clear", "cleared", multiple=True, metavar="ID", help="Take the flags off a question (may be repeated)."
)
@global_options
def command(cleared: tuple[str, ...]) -> None:
    """List what was flagged, with place, note, time and the seed of the variant that was on the screen.

    \b
    quizcnn bank flags
    quizcnn bank flags --json
    quizcnn bank flags --clear conv-size-dilation-stride-numbers
    """
    from quizcnn.services.flags import read_doubts

    options = globals_of()
    context = options.context()
    if cleared:
        _clear(context, cleared, as_json=options.json)
        return
    doubts = read_doubts(context)
    if options.json:
        write_json([_doubt_json(doubt) for doubt in doubts])
        return
    for doubt in doubts:
        click.echo(_line(doubt))
    click.echo(f"{len(doubts)} flag{'s' * (len(doubts) != 1)}")


def _clear(context: Context, question_ids: tuple[str, ...], *, as_json: bool) -> None:
    from quizcnn.services.flags import clear_doubts

    counts = {question_id: clear_doubts(context, question_id) for question_id in dict.fromkeys(question_ids)}
    if as_json:
        write_json([{"id": question_id, "cleared": count} for question_id, count in counts.items()])
        return
    for question_id, count in counts.items():
        click.echo(f"{question_id}: {count} flag{'s' * (count != 1)} cleared")


def _line(doubt: Doubt) -> str:
    """Like a fault of ``bank check``: place, question, what is said of it; then when and which variant."""
    flag, source = doubt.flag, doubt.source
    place = (
        "not in the bank" if source is None else f"{here(str(source.file))}:{source.place.line}:{source.place.column}"
    )
    variant = "" if flag.seed is None else f", seed {flag.seed}"
    when = f"{flag.flagged_at.astimezone():%Y-%m-%d %H:%M}"
    return f"{place}: {flag.question_id}: {flag.note or 'no note'} ({when}{variant})"


def _doubt_json(doubt: Doubt) -> dict[str, Any]:
    flag, source = doubt.flag, doubt.source
    return {
        "id": flag.question_id,
        "file": None if source is None else str(source.file),
        "line": None if source is None else source.place.line,
        "column": None if source is None else source.place.column,
        "note": flag.note,
        "seed": flag.seed,
        "flagged_at": flag.flagged_at.isoformat(),
    }
