"""``quizcnn export markdown``: questions as plain-text cards."""

from __future__ import annotations

from pathlib import Path

import click

from quizcnn.cli.export.questions import collect_questions, question_options, report
from quizcnn.cli.export.writing import write_file
from quizcnn.cli.options import global_options, globals_of


@click.command()
@question_options
@global_options
def command(words: tuple[str, ...], variants: int, output: Path, loss_file: Path | None, force: bool) -> None:
    """Write questions as Markdown cards: `Q:` and `A:`, gaps as `C: ... [gap]`; one language.

    \b
    quizcnn export markdown -o quizcnn.md
    quizcnn export markdown topic:conv-output-size --lang zh -o conv.md
    """
    from quizcnn.interop.hashcards import to_markdown

    collection = collect_questions(words, variants)
    cards, lost = to_markdown(collection.items, globals_of().context().language)
    write_file(output, [cards.encode()], force=force)
    report(f"{len(collection.items)} cards", (*collection.lost, *lost), loss_file, force=force)
