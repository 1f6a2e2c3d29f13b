"""``quizcnn export moodle``: questions as Moodle XML."""

from __future__ import annotations

from pathlib import Path

import click

from quizcnn.cli.export.questions import collect_questions, languages, question_options, report
from quizcnn.cli.export.writing import write_file
from quizcnn.cli.options import paper_options


@click.command()
@question_options
@paper_options
def command(
    words: tuple[str, ...], variants: int, output: Path, loss_file: Path | None, force: bool, lang: str | None
) -> None:
    """Write questions as Moodle XML, a category for each topic. With `--lang both` every text holds both languages.

    Moodle makes copies when a file is imported twice; the frozen variants of a question stand in one category, so that a quiz can draw one.

    \b
    quizcnn export moodle -o quizcnn.xml
    quizcnn export moodle area:metrics --variants 3 --lang zh -o metrics.xml --loss lost.json
    """
    from quizcnn.interop.moodle import to_moodle

    collection = collect_questions(words, variants)
    made = to_moodle(collection.items, languages(lang))
    write_file(output, [made.content], force=force)
    report(f"{made.questions} questions", (*collection.lost, *made.lost), loss_file, force=force)
