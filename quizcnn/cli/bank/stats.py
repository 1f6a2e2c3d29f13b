"""``quizcnn bank stats``: count the questions by kind, area and difficulty, and what is not covered yet."""

from __future__ import annotations

import click

from quizcnn.cli.bank.counts import print_counts
from quizcnn.cli.options import global_options, globals_of, write_json


@click.command()
@global_options
def command() -> None:
    """Count the questions by kind, area and difficulty, and what is not covered yet.

    \b
    quizcnn bank stats
    quizcnn bank stats --json
    """
    from quizcnn.services.check import count

    counts = count(globals_of().context().catalog)
    if globals_of().json:
        write_json(counts)
    else:
        print_counts(counts)
