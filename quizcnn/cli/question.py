"""``quizcnn question``: one variant of one question."""

from __future__ import annotations

import click

from quizcnn.cli.options import global_options, globals_of, write_json


@click.command()
@click.argument("question_id", metavar="ID")
@click.option("--seed", type=click.IntRange(min=0), help="The variant; a random one without it.")
@click.option("--key", is_flag=True, help="Show the key and the worked steps as well.")
@global_options
def command(question_id: str, seed: int | None, key: bool) -> None:
    """Show one variant of a question.

    \b
    quizcnn question conv-size-dilation-stride-numbers --seed 7
    quizcnn question conv-size-dilation-stride-numbers --seed 7 --key --json
    """
    from quizcnn.services.presentation import variant_json, variant_lines

    options = globals_of()
    context = options.context()
    variant = context.variant(question_id, context.fresh_seed() if seed is None else seed)
    lang = context.language
    if options.json:
        write_json(variant_json(variant, lang, key=key))
        return
    for line in variant_lines(variant, lang, key=key):
        click.echo(line)
