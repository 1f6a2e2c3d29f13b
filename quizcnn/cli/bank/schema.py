"""``quizcnn bank schema``: print the JSON Schema of a bank file, for editors."""

from __future__ import annotations

import json

import click

from quizcnn.cli.options import global_options


@click.command()
@global_options
def command() -> None:
    """Print the JSON Schema of a bank file, for editors.

    \b
    quizcnn bank schema > bank.schema.json
    """
    from pydantic import TypeAdapter

    from quizcnn.bank.models import Question

    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "quizcnn bank file"}
    click.echo(json.dumps(described | TypeAdapter(list[Question]).json_schema(), ensure_ascii=False, indent=2))
