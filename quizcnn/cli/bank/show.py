"""``quizcnn bank show``: show a question as it was written, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from quizcnn.cli.bank.places import here
from quizcnn.cli.options import global_options, globals_of, write_json


@click.command()
@click.argument("question_id", metavar="ID")
@global_options
def command(question_id: str) -> None:
    """Show a question as it was written, and where.

    \b
    quizcnn bank show conv-size-dilation-stride-numbers
    """
    options = globals_of()
    catalog = options.context().catalog
    source = catalog.source(question_id)
    if options.json:
        question = catalog.question(question_id).model_dump(mode="json", exclude_defaults=True)
        place = {"file": str(source.file), "line": source.place.line, "column": source.place.column}
        write_json({"id": question_id, **place, "question": question})
        return
    click.echo(f"{here(str(source.file))}:{source.place.line}:{source.place.column}")
    lines = source.file.read_text(encoding="utf-8").splitlines()
    click.echo("\n".join(_item(lines, source.place.line - 1)))


def _item(lines: Sequence[str], first: int) -> Iterable[str]:
    """The lines of a list item that begins in line ``first``."""
    indent = len(lines[first]) - len(lines[first].lstrip())
    yield lines[first]
    for line in lines[first + 1 :]:
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            return
        if line.strip():
            yield line
