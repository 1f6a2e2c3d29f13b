"""``quizcnn export anki``: questions as an Anki package."""

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
    """Write questions as Anki notes. A later package updates the notes of an earlier one; with `--lang both` there are two decks.

    \b
    quizcnn export anki -o quizcnn.apkg
    quizcnn export anki area:convolution --variants 3 --lang both -o convolution.apkg --loss lost.json
    """
    from quizcnn.interop.anki import to_anki

    collection = collect_questions(words, variants)
    package = to_anki(collection.items, languages(lang))
    write_file(output, [package.content], force=force)
    report(f"{package.notes} notes", (*collection.lost, *package.lost), loss_file, force=force)
