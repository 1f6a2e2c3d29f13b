"""``quizcnn grade``: grade a typed answer to one variant, without recording it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import click

from quizcnn.cli.options import answer_lines, global_options, globals_of, write_json
from quizcnn.errors import UsageError


@click.command()
@click.argument("question_id", metavar="[ID]", required=False)
@click.option("--seed", type=click.IntRange(min=0), help="The variant that was asked.")
@click.option("--answer", help="What was typed; several fields parted by ; or as a JSON list.")
@click.option("--batch", is_flag=True, help='Read {"id", "seed", "answer"} lines, answer a grade or {"error"} a line.')
@global_options
def command(question_id: str | None, seed: int | None, answer: str | None, batch: bool) -> None:
    """Grade a typed answer without recording it.

    \b
    quizcnn grade conv-size-dilation-stride-numbers --seed 7 --answer 41
    echo '{"id": "conv-size-dilation-stride-numbers", "seed": 7, "answer": "41"}' | quizcnn grade --batch
    """
    from quizcnn.services.presentation import grade_json, grade_lines, grade_variant

    options = globals_of()
    context = options.context()
    lang = context.language
    if batch:
        # One line often asks for the variant of the line before it.
        variant_of = lru_cache(maxsize=1024)(context.variant)

        def grade_line(given: dict[str, Any]) -> dict[str, Any]:
            name, number, typed = _read_line(given)
            variant = variant_of(name, number)
            return grade_json(variant, grade_variant(variant, typed, lang), lang)

        answer_lines(grade_line)
        return
    if question_id is None or seed is None or answer is None:
        raise UsageError("ID, --seed and --answer belong together", mend="or give --batch and lines on stdin")
    variant = context.variant(question_id, seed)
    grade = grade_variant(variant, answer, lang)
    if options.json:
        write_json(grade_json(variant, grade, lang))
        return
    for line in grade_lines(grade, lang):
        click.echo(line)


def _read_line(given: dict[str, Any]) -> tuple[str, int, str]:
    import json

    name, seed, answer = given.get("id"), given.get("seed"), given.get("answer")
    if not isinstance(name, str):
        raise UsageError('"id" must name a question')
    if not isinstance(seed, int) or isinstance(seed, bool) or seed < 0:
        raise UsageError('"seed" must be a whole number from 0 on')
    if isinstance(answer, list):
        answer = json.dumps(answer, ensure_ascii=False)
    if not isinstance(answer, str):
        raise UsageError('"answer" must be text, or a list of texts')
    return name, seed, answer
