"""``quizcnn due``: what waits today."""

from __future__ import annotations

import click

from quizcnn.cli.options import global_options, globals_of, write_json


@click.command()
@global_options
def command() -> None:
    """Say how many cards are due, new and in learning steps, and which is next.

    \b
    quizcnn due
    quizcnn due --json
    """
    from quizcnn.services.due import read_due

    options = globals_of()
    due = read_due(options.context())
    if options.json:
        write_json({"due": due.due, "new": due.new, "learning": due.learning, "next": due.next})
    else:
        click.echo(
            f"{due.due} due, {due.new} new, {due.learning} in learning steps"
            + (f"; next {due.next}" if due.next else "")
        )
