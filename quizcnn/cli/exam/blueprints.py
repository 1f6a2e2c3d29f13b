"""``quizcnn exam blueprints``: list the exams that can be printed."""

from __future__ import annotations

import click

from quizcnn.cli.options import global_options, globals_of, write_json


@click.command()
@click.option("--check", is_flag=True, help="Fill each at 200 seeds; exit code 1 where one fails.")
@global_options
def command(check: bool) -> None:
    """List the blueprints that can be printed.

    \b
    quizcnn exam blueprints
    quizcnn exam blueprints --check
    """
    from quizcnn.services.exams.blueprints import describe_all

    options = globals_of()
    context = options.context()
    found = describe_all(context.catalog, context.language, seeds=SEEDS_CHECKED if check else 0)
    if options.json:
        write_json([each.as_json() for each in found])
    else:
        for each in found:
            click.echo(each.line())
            for fault in each.faults:
                click.echo(f"    {fault}")
    if any(each.faults for each in found):
        raise click.exceptions.Exit(1)


SEEDS_CHECKED = 200
