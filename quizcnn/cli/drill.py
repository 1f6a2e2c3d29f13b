"""``quizcnn drill``: a session, in the terminal program or as plain lines."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from quizcnn.cli.options import Globals, global_options, globals_of, warn
from quizcnn.errors import UsageError

if TYPE_CHECKING:
    from quizcnn.services.plan import DrillRequest


@click.command()
@click.option("--area", help="Only questions of this area.")
@click.option("--topic", help="Only questions of this topic.")
@click.option("--kind", help="Only questions of this kind (numeric, choice, ...).")
@click.option("--limit", type=click.IntRange(min=1), help="So many questions at most.")
@click.option("--new", type=click.IntRange(min=0), help="So many new cards at most, in place of the setting.")
@click.option("--plain", is_flag=True, help="Plain lines, for pipes and screen readers.")
@click.option("--home", is_flag=True, hidden=True)
@global_options
def command(
    area: str | None, topic: str | None, kind: str | None, limit: int | None, new: int | None, plain: bool, home: bool
) -> None:
    """Drill what is due and what is new; the session goes on where it was left.

    \b
    quizcnn drill
    quizcnn drill --area detection --limit 10
    quizcnn drill --plain --limit 3
    """
    from quizcnn.services.plan import DrillRequest

    options = globals_of()
    request = DrillRequest(area=area, topic=topic, kind=kind, limit=limit, new=new)
    _check(options, request.area, request.topic, request.kind)
    if plain or not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        _drill_plain(options, request)
    else:
        _drill_screen(options, None if home else request)


def _check(options: Globals, area: str | None, topic: str | None, kind: str | None) -> None:
    """A filter that names nothing is an error, with the nearest name."""
    if not (area or topic or kind):
        return
    from difflib import get_close_matches

    rows = options.context().catalog.rows()
    for name, given, legal in (
        ("--area", area, {row.area for row in rows}),
        ("--topic", topic, {row.topic for row in rows}),
        ("--kind", kind, {row.kind for row in rows}),
    ):
        if given is not None and given not in legal:
            near = get_close_matches(given, legal, n=1)
            mend = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(legal)[:30])}"
            raise UsageError(f"no question has {given!r}", where=name, mend=mend)


def _drill_plain(options: Globals, request: DrillRequest) -> None:
    from quizcnn.cli.plain import PlainDrill
    from quizcnn.services.drill import Drill
    from quizcnn.settings import exists

    context = options.context()
    if not exists():
        warn(
            "quizcnn: no settings yet: English, no interview date, 25 minutes a day; `quizcnn` on a terminal asks for them"
        )
    PlainDrill(Drill.open(context, request), context.language, sys.stdin, sys.stdout, context.speak).run()


def _drill_screen(options: Globals, request: DrillRequest | None) -> None:
    from quizcnn.settings import exists
    from quizcnn.tui.app import QuizApp

    QuizApp(options.context(), request=request, first_run=not exists()).run()
