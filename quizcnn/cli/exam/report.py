"""``quizcnn exam report``: a class in figures, over many answer files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizcnn.cli.options import global_options, globals_of, write_json

if TYPE_CHECKING:
    from quizcnn.services.exams.class_report import ClassReport
    from quizcnn.text import Lang


@click.command()
@click.argument("manifest", type=click.Path(path_type=Path))
@click.argument("answers", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--latest", is_flag=True, help="Where a person handed in twice, mark the newer file.")
@click.option("--pseudonyms", is_flag=True, help="Numbers in place of names.")
@click.option("--csv", "table", type=click.Path(dir_okay=False, path_type=Path), help="Write one line a question, by id, to this file too.")  # fmt: skip
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to this file as HTML too.")  # fmt: skip
@click.option("--force", is_flag=True, help="Overwrite the files of --csv and --html.")
@global_options
def command(
    manifest: Path,
    answers: tuple[Path, ...],
    latest: bool,
    pseudonyms: bool,
    table: Path | None,
    page: Path | None,
    force: bool,
) -> None:
    """A class in figures: how hard every question was, how well it told good sheets from poor ones, its mistakes; every person in a line.

    \b
    quizcnn exam report paper/key/manifest.json sheets/
    quizcnn exam report paper/key/manifest.json sheets/ --pseudonyms --csv questions.csv --html class.html
    """
    from quizcnn.cli.exam.writing import refuse_existing, write_files
    from quizcnn.services.exams.class_lines import class_csv, class_json, class_lines
    from quizcnn.services.exams.class_report import class_report
    from quizcnn.services.exams.report import grade_files

    options = globals_of()
    lang = options.context().language
    for file in filter(None, (table, page)):
        refuse_existing(file.parent, [file.name], force)
    found = class_report(grade_files(manifest, answers, lang, latest=latest, pseudonyms=pseudonyms))
    if table is not None:
        write_files(table.parent, {table.name: class_csv(found, lang).encode()})
    if page is not None:
        write_files(page.parent, {page.name: _page(found, lang).encode()})
    if options.json:
        write_json(class_json(found, lang))
        return
    for line in class_lines(found, lang):
        click.echo(line)


def _page(found: ClassReport, lang: Lang) -> str:
    """The report as HTML."""
    from quizcnn.printing.report_page import Grid, write_report
    from quizcnn.services.exams import class_lines

    questions, people = class_lines.HEADINGS[lang].split("|")
    head, of_people = (tuple(text[lang].split("|")) for text in (class_lines.QUESTION_HEAD, class_lines.PERSON_HEAD))
    grids = (
        Grid(questions, head, class_lines.question_rows(found, lang), frozenset(range(3, 10))),
        Grid(people, of_people, class_lines.person_rows(found, lang), frozenset({2, 3, 4})),
    )
    return write_report(found.title[lang], class_lines.class_head(found, lang), grids, lang)
