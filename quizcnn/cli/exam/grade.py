"""``quizcnn exam grade``: mark typed answer files by the manifest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizcnn.cli.options import global_options, globals_of, write_json

if TYPE_CHECKING:
    from quizcnn.services.exams.marking import Mark
    from quizcnn.text import Lang


@click.command()
@click.argument("manifest", type=click.Path(path_type=Path))
@click.argument("answers", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--latest", is_flag=True, help="Where a person handed in twice, mark the newer file.")
@click.option("--strict", is_flag=True, help="Exit code 1 where an answer could not be read or a sheet was not marked.")
@click.option("--settle", is_flag=True, help="Ask one by one for what could not be read; an empty line leaves it.")
@click.option("--pseudonyms", is_flag=True, help="Numbers in place of names and files.")
@global_options
def command(manifest: Path, answers: tuple[Path, ...], latest: bool, strict: bool, settle: bool, pseudonyms: bool) -> None:  # fmt: skip
    """Mark typed answer files (.txt, .yaml, .csv, or folders of them) by the exam's manifest alone.

    \b
    quizcnn exam grade paper/key/manifest.json answers-A.txt
    quizcnn exam grade paper/key/manifest.json sheets/ --json
    """
    from quizcnn.services.exams.report import grade_files, report_json, report_lines

    options = globals_of()
    lang = options.context().language
    ask = (lambda name, mark: _ask(name, mark, lang)) if settle else None
    report = grade_files(manifest, answers, lang, latest=latest, pseudonyms=pseudonyms, settle=ask)
    if options.json:
        write_json(report_json(report, lang))
    else:
        for line in report_lines(report, lang):
            click.echo(line)
    if strict and (report.unsettled or report.refused):
        raise click.exceptions.Exit(1)


def _ask(name: str, mark: Mark, lang: Lang) -> str | None:
    """What stands on the paper, typed by who marks it."""
    for line in mark.feedback:
        click.echo(f"  {line[lang]}", err=True)
    typed: str = click.prompt(f"{name}, {mark.question.number} ({mark.question.id})", default="", show_default=False, err=True)  # fmt: skip
    return typed.strip() or None
