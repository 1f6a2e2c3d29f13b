"""``quizcnn drill``: a session, in the terminal program or as plain lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from quizcnn.cli.options import Globals, global_options, globals_of, warn
from quizcnn.errors import UsageError

if TYPE_CHECKING:
    from quizcnn.services.requests import DrillRequest


class Difficulties(click.ParamType[tuple[int, ...]]):
    """``3`` or ``2-4``, as the difficulties it names."""

    name = "1-5"

    def convert(self, value: object, param: click.Parameter | None, context: click.Context | None) -> tuple[int, ...]:
        """The difficulties, lowest first."""
        low, _, high = str(value).partition("-")
        if not (low.isdecimal() and (high or low).isdecimal() and 1 <= int(low) <= int(high or low) <= 5):
            self.fail(f"{value!r} is no difficulty; write 3 or 2-4 (from 1 to 5)", param, context)
        return tuple(range(int(low), int(high or low) + 1))


@click.command()
@click.option("--area", "areas", multiple=True, help="Only questions of this area; may be given more than once.")
@click.option("--topic", help="Only questions of this topic.")
@click.option("--kind", help="Only questions of this kind (numeric, choice, ...).")
@click.option("--difficulty", "difficulties", type=Difficulties(), help="Only these difficulties: 3 or 2-4.")
@click.option(
    "--mistake", help="Only questions in which this named mistake can be made, with numbers that exercise it."
)
@click.option("--missed", is_flag=True, help="Only what was missed in the last two weeks; the schedule hears nothing.")
@click.option(
    "--ahead",
    type=click.IntRange(0, 365),
    metavar="DAYS",
    help="Only what falls due within so many days; the schedule hears nothing.",
)
@click.option("--placement", is_flag=True, help="Ten questions that find where you stand; what you know can wait.")
@click.option("--practice", is_flag=True, help="The schedule hears nothing of this session.")
@click.option("--limit", type=click.IntRange(min=1), help="So many questions at most.")
@click.option("--minutes", type=click.FloatRange(min=0, min_open=True), help="End after so many minutes of answering.")
@click.option("--new", type=click.IntRange(min=0), help="So many new cards at most, in place of the setting.")
@click.option("--plain", is_flag=True, help="Plain lines, for pipes and screen readers.")
@click.option("--home", is_flag=True, hidden=True)
@global_options
def command(
    areas: tuple[str, ...],
    topic: str | None,
    kind: str | None,
    difficulties: tuple[int, ...] | None,
    mistake: str | None,
    missed: bool,
    ahead: int | None,
    placement: bool,
    practice: bool,
    limit: int | None,
    minutes: float | None,
    new: int | None,
    plain: bool,
    home: bool,
) -> None:
    """Drill what is due and what is new; the session goes on where it was left.

    \b
    quizcnn drill
    quizcnn drill --minutes 10
    quizcnn drill --area detection --area metrics --limit 10
    quizcnn drill --missed
    quizcnn drill --placement
    quizcnn drill --plain --limit 3
    """
    from quizcnn.services.requests import DrillRequest

    options = globals_of()
    request = DrillRequest(
        areas=areas,
        topic=topic,
        kind=kind,
        difficulties=difficulties or (),
        mistake=mistake,
        limit=limit,
        minutes=minutes,
        new=new,
        mistakes=missed,
        ahead=ahead,
        placement=placement,
        counted=not (practice or missed or ahead is not None),
    )
    _check(options, request)
    if plain or not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        _drill_plain(options, request)
    else:
        _drill_screen(options, None if home else request)


def _check(options: Globals, request: DrillRequest) -> None:
    """A filter that names nothing is an error, with the nearest name; so are two that cannot go together."""
    chosen = {"--missed": request.mistakes, "--ahead": request.ahead is not None, "--placement": request.placement}
    if len(given := [name for name, on in chosen.items() if on]) > 1:
        raise UsageError(f"{given[0]} and {given[1]} ask for different sessions", mend="give one of them")
    rows = options.context().catalog.rows() if request.areas or request.topic or request.kind else ()
    for area in request.areas:
        _known("--area", area, (row.area for row in rows))
    if request.topic:
        _known("--topic", request.topic, (row.topic for row in rows))
    if request.kind:
        _known("--kind", request.kind, (row.kind for row in rows))
    if request.mistake:
        from quizcnn.services.requests import mistakes_of

        _known(
            "--mistake",
            request.mistake,
            (slug for row in options.context().catalog.rows() for slug in mistakes_of(row)),
        )


def _known(option: str, given: str, names: Iterable[str]) -> None:
    from difflib import get_close_matches

    legal = set(names)
    if given not in legal:
        near = get_close_matches(given, legal, n=1)
        mend = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(legal)[:30])}"
        raise UsageError(f"no question has {given!r}", where=option, mend=mend)


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
