"""``quizcnn bank``: looking into the question bank, searching and checking it."""

from __future__ import annotations

import click

from quizcnn.cli.group import LazyGroup
from quizcnn.cli.options import global_options

OTHERS = frozenset({"counts", "places", "rows"})
"""Modules beside the commands."""


@click.group(cls=LazyGroup, package="quizcnn.cli.bank", others=OTHERS)
@global_options
def command() -> None:
    """Look into the question bank, search and check it.

    \b
    quizcnn bank list --kind numeric
    quizcnn bank search depthwise kind:number
    quizcnn bank check --bank my_questions
    quizcnn bank show conv-size-dilation-stride-numbers
    """
