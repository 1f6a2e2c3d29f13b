"""``quizcnn diagnose``: which wrong rules give a typed value."""

from __future__ import annotations

from typing import Any

import click

from quizcnn.cli.options import answer_lines, global_options, globals_of, write_json
from quizcnn.errors import UsageError


@click.command()
@click.argument("family", required=False)
@click.argument("inputs", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--output", help="The output that was asked for.")
@click.option("--answer", help="What was typed.")
@click.option("--batch", is_flag=True, help='Read {"family", "inputs", "output", "answer"} lines.')
@global_options
def command(family: str | None, inputs: tuple[str, ...], output: str | None, answer: str | None, batch: bool) -> None:
    """Name the wrong rules that give a typed value.

    \b
    quizcnn diagnose conv2d_output_shape in_height=56 in_width=56 kernel_size=3 stride=2 padding=1 --output out_height --answer 27
    """
    if batch:
        answer_lines(diagnose_line)
        return
    if family is None or output is None or answer is None:
        raise UsageError("FAMILY, --output and --answer belong together", mend="or give --batch and lines on stdin")
    from quizcnn.services.calculator import read_words
    from quizcnn.solvers.base import get_family

    _print(family, read_words(get_family(family), inputs), output, answer)


def diagnose_line(given: dict[str, Any]) -> dict[str, Any]:
    """The verdict and the mistakes of one batch line."""
    from quizcnn.grading.diagnosis import diagnose

    for name in ("family", "output"):
        if not isinstance(given.get(name), str):
            raise UsageError(f'"{name}" must be text')
    answer = given.get("answer")
    if isinstance(answer, bool) or not isinstance(answer, str | int | float):
        raise UsageError('"answer" must be text')
    return {**diagnose(given["family"], given.get("inputs", {}), given["output"], str(answer))}


def _print(family: str, inputs: dict[str, Any], output: str, answer: str) -> None:
    from quizcnn.grading.diagnosis import grade_value
    from quizcnn.services.presentation import grade_lines

    options = globals_of()
    lang = options.lang or "en"
    grade = grade_value(family, inputs, output, answer, lang)
    if options.json:
        write_json({"verdict": str(grade.verdict), "mistakes": list(grade.mistakes), "guesses": list(grade.guesses)})
        return
    for line in grade_lines(grade, lang):
        click.echo(line)
    for slug in grade.mistakes:
        click.echo(f"mistake: {slug}")
