"""``quizcnn stats``: what was remembered and missed, where one stands, what is coming."""

from __future__ import annotations

import click

from quizcnn.cli.options import global_options, globals_of, write_json

SPANS = ("four-weeks", "half-year", "all")


@click.command()
@click.option("--span", type=click.Choice(SPANS), default=SPANS[0], help="How far back; four weeks unless said.")
@click.option("--csv", "as_table", is_flag=True, help="Print CSV, one figure a line.")
@global_options
def command(span: str, as_table: bool) -> None:
    """Show what was remembered against the goal, what falls due, mistakes, areas, times, predicted and observed recall.

    \b
    quizcnn stats
    quizcnn stats --span all --lang zh
    quizcnn stats --span half-year --csv > figures.csv
    """
    from quizcnn.services.statistics.reading import read_statistics
    from quizcnn.services.statistics.spans import Span

    options = globals_of()
    if options.json and as_table:
        raise click.UsageError("--json and --csv exclude each other")
    context = options.context()
    found = read_statistics(context, Span(span))
    if options.json:
        from quizcnn.services.statistics.export import as_json

        write_json(as_json(found, context.language))
    elif as_table:
        from quizcnn.services.statistics.export import as_csv

        click.echo(as_csv(found), nl=False)
    else:
        from quizcnn.services.statistics.report import report

        click.echo("\n".join(report(found, context.language)))
