"""``quizcnn exam grade``: mark typed answer files by the manifest."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizcnn.cli.options import global_options, globals_of, write_json
from quizcnn.errors import UsageError

if TYPE_CHECKING:
    from quizcnn.services.context import Context
    from quizcnn.services.exams.feeding import Heard
    from quizcnn.services.exams.marks import Mark
    from quizcnn.services.exams.report import Report
    from quizcnn.text import Lang


@click.command()
@click.argument("manifest", type=click.Path(path_type=Path))
@click.argument("answers", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--latest", is_flag=True, help="Where a person handed in twice, mark the newer file.")
@click.option("--strict", is_flag=True, help="Exit code 1 where an answer could not be read or a sheet was not marked.")
@click.option("--settle", is_flag=True, help="Ask one by one for what could not be read; an empty line leaves it.")
@click.option("--pseudonyms", is_flag=True, help="Numbers in place of names and files.")
@click.option("--feed", is_flag=True, help="Let your schedule hear of your own sheet; again, it changes only what was marked anew.")  # fmt: skip
@click.option("--as", "person", metavar="NAME", help="Which of several people you are, for --feed.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="When the exam was taken, for --feed; the day of the first feeding without it.")  # fmt: skip
@global_options
def command(
    manifest: Path,
    answers: tuple[Path, ...],
    latest: bool,
    strict: bool,
    settle: bool,
    pseudonyms: bool,
    feed: bool,
    person: str | None,
    day: datetime | None,
) -> None:
    """Mark typed answer files (.txt, .yaml, .csv, or folders of them) by the exam's manifest alone.

    \b
    quizcnn exam grade paper/key/manifest.json answers-A.txt
    quizcnn exam grade paper/key/manifest.json sheets/ --json
    quizcnn exam grade paper/key/manifest.json answers-A.txt --feed --date 2026-11-21
    """
    from quizcnn.services.exams.report import grade_files, report_json, report_lines

    options = globals_of()
    context = options.context()
    lang = context.language
    _refuse_apart(feed, pseudonyms, person, day)
    ask = (lambda name, mark: _ask(name, mark, lang)) if settle else None
    report = grade_files(manifest, answers, lang, latest=latest, pseudonyms=pseudonyms, settle=ask)
    heard = _feed(context, report, person, day) if feed else None
    if options.json:
        fed = {"fed": {**asdict(heard.fed), "left_out": list(heard.left_out)}} if heard else {}
        write_json({**report_json(report, lang), **fed})
    else:
        for line in report_lines(report, lang):
            click.echo(line)
        if heard:
            click.echo(heard.line(lang))
    if strict and (report.unsettled or report.refused):
        raise click.exceptions.Exit(1)


def _refuse_apart(feed: bool, pseudonyms: bool, person: str | None, day: datetime | None) -> None:
    if not feed and (person or day):
        raise UsageError("--as and --date belong to --feed", mend="add --feed, or leave them out")
    if feed and pseudonyms:
        raise UsageError("--feed needs to know whose sheets they are", mend="leave out --pseudonyms")


def _feed(context: Context, report: Report, person: str | None, day: datetime | None) -> Heard:
    """Let the schedule hear of the learner's sheets."""
    from quizcnn.clock import now
    from quizcnn.services.exams.feeding import feed_sheets, own_sheets

    taken = day.date() if day else None
    if taken is not None and taken > now().astimezone().date():
        raise UsageError(f"--date {taken} lies ahead", mend="name the day on which the exam was taken")
    return feed_sheets(context, own_sheets(report.marked, person), taken)


def _ask(name: str, mark: Mark, lang: Lang) -> str | None:
    """What stands on the paper, typed by who marks it."""
    for line in mark.feedback:
        click.echo(f"  {line[lang]}", err=True)
    typed: str = click.prompt(f"{name}, {mark.question.number} ({mark.question.id})", default="", show_default=False, err=True)  # fmt: skip
    return typed.strip() or None
