"""``quizcnn export csv``: questions as a table, both languages side by side."""

from __future__ import annotations

from pathlib import Path

import click

from quizcnn.cli.export.questions import collect_questions, question_options, report
from quizcnn.cli.export.writing import write_file
from quizcnn.cli.options import global_options


@click.command()
@question_options
@global_options
def command(words: tuple[str, ...], variants: int, output: Path, loss_file: Path | None, force: bool) -> None:
    """Write questions as CSV (UTF-8, a line each), with keys, steps and explanations.

    \b
    quizcnn export csv -o quizcnn.csv
    quizcnn export csv kind:choice area:metrics -o metrics.csv
    """
    from quizcnn.interop.sheet import to_csv

    collection = collect_questions(words, variants)
    table, lost = to_csv(collection.items)
    # Spreadsheets tell UTF-8 by the mark at the start.
    write_file(output, [table.encode("utf-8-sig")], force=force)
    report(f"{len(collection.items)} lines", (*collection.lost, *lost), loss_file, force=force)
