"""``quizcnn exam take``: take a mock exam at the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizcnn.cli.options import global_options, globals_of
from quizcnn.errors import UsageError

if TYPE_CHECKING:
    from quizcnn.services.context import Context
    from quizcnn.services.exams.sitting import Sitting


@click.command()
@click.argument("blueprint", required=False)
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), help="Which paper; a random one without it.")
@click.option("--manifest", type=click.Path(path_type=Path), help="Take a printed exam instead, by its manifest.json.")
@click.option("--version", "version", default="A", show_default=True, help="Which version of the manifest.")
@click.option("--minutes", type=click.FloatRange(min=0, min_open=True), help="Another time than that of the paper.")
@click.option("--no-clock", is_flag=True, help="Take all the time you want.")
@click.option("--personal", is_flag=True, help="Your own paper: without what you saw lately, the weak first where the blueprint says so.")  # fmt: skip
@click.option("--allow-seen", is_flag=True, help="With --personal: what you saw lately may come again.")
@click.option("--new", "another", is_flag=True, help="Begin another one, whatever is open.")
@click.option("--plain", is_flag=True, help="Plain lines, for pipes and screen readers.")
@global_options
def command(
    blueprint: str | None,
    seed: int | None,
    manifest: Path | None,
    version: str,
    minutes: float | None,
    no_clock: bool,
    personal: bool,
    allow_seen: bool,
    another: bool,
    plain: bool,
) -> None:
    """Take a mock exam at the terminal: a clock, flags, an overview; marks and steps after handing in.

    Without a name the exam that is open goes on, with the clock of its start; else BLUEPRINT is begun (cv-45 where none is named).

    \b
    quizcnn exam take
    quizcnn exam take numbers-15 --seed 7
    quizcnn exam take numbers-15 --personal
    quizcnn exam take --manifest paper/key/manifest.json --version B
    """
    from quizcnn.services.exams.manifest import read_manifest
    from quizcnn.services.exams.personal import personal_for
    from quizcnn.services.exams.shelf import DEFAULT, load_blueprint
    from quizcnn.services.exams.sitting import begin, open_desk
    from quizcnn.services.exams.sitting import take as take_printed

    if minutes is not None and no_clock:
        raise UsageError("--minutes and --no-clock ask for different things", mend="give one of them")
    if personal and manifest is not None:
        raise UsageError("--personal makes a paper, --manifest takes one that is printed", mend="give one of them")
    if allow_seen and not personal:
        raise UsageError("--allow-seen belongs to --personal", mend="add --personal, or leave it out")
    context, desk = globals_of().context(), open_desk()
    chooses = another or blueprint or seed is not None or manifest or personal
    sitting = None if chooses else desk.open()
    if sitting is None:
        if manifest is not None:
            printed = read_manifest(manifest)
            sitting = take_printed(printed, version, minutes=None if no_clock else minutes or printed.minutes)
        else:
            plan = load_blueprint(context.catalog.folders, blueprint or DEFAULT)
            chosen = context.fresh_seed() if seed is None else seed
            own = personal_for(context, plan, allow_seen=allow_seen) if personal else None
            sitting = begin(
                plan, context.catalog, chosen, minutes=None if no_clock else minutes or plan.minutes, personal=own
            )
        desk.save(sitting)
    if plain or not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        from quizcnn.cli.plain_exam import PlainExam

        PlainExam(desk, sitting, context.language, sys.stdin, sys.stdout, _feeding(context)).run()
        return
    from quizcnn.settings import exists
    from quizcnn.tui.app import QuizApp

    QuizApp(context, first_run=not exists(), sitting=sitting).run()


def _feeding(context: Context) -> Callable[[Sitting], str]:
    """How the schedule hears of a sitting; what that needs is loaded when it is asked for."""

    def feed(sitting: Sitting) -> str:
        from quizcnn.services.exams.feeding import feed_sitting

        return feed_sitting(context, sitting).line(context.language)

    return feed
