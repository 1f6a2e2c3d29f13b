"""``quizcnn bank show``: show a question as it was written, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from quizcnn.cli.bank.places import here
from quizcnn.cli.options import global_options, globals_of, write_json

if TYPE_CHECKING:
    from quizcnn.bank.models import Question


@click.command()
@click.argument("question_id", metavar="ID")
@click.option(
    "--points", is_flag=True, help="The patterns by which each key point is marked, also those made of sentences."
)
@global_options
def command(question_id: str, points: bool) -> None:
    """Show a question as it was written, and where.

    \b
    quizcnn bank show conv-size-dilation-stride-numbers
    quizcnn bank show pooling-saves-what --points
    """
    options = globals_of()
    catalog = options.context().catalog
    source = catalog.source(question_id)
    if points:
        _show_points(catalog.question(question_id))
        return
    if options.json:
        question = catalog.question(question_id).model_dump(mode="json", exclude_defaults=True)
        place = {"file": str(source.file), "line": source.place.line, "column": source.place.column}
        write_json({"id": question_id, **place, "question": question})
        return
    click.echo(f"{here(str(source.file))}:{source.place.line}:{source.place.column}")
    lines = source.file.read_text(encoding="utf-8").splitlines()
    click.echo("\n".join(_item(lines, source.place.line - 1)))


def _show_points(question: Question) -> None:
    from quizcnn.bank.models import ShortAnswer
    from quizcnn.errors import UsageError
    from quizcnn.generation.variants import fix_variant
    from quizcnn.grading.keypoints import KeypointsAnswer
    from quizcnn.grading.keypoints.explaining import patterns_of

    answer = fix_variant(question, {}).fields[0].answer
    if not isinstance(question, ShortAnswer) or not isinstance(answer, KeypointsAnswer):
        raise UsageError(f"{question.id} has no key points")
    for point in answer.points:
        click.echo(f"{point.id}: {point.say.en}")
        for rule in patterns_of(answer, point):
            click.echo(f"  {rule}" + (f"    # {rule.source}" if rule.prose else ""))


def _item(lines: Sequence[str], first: int) -> Iterable[str]:
    """The lines of a list item that begins in line ``first``."""
    indent = len(lines[first]) - len(lines[first].lstrip())
    yield lines[first]
    for line in lines[first + 1 :]:
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            return
        if line.strip():
            yield line
