"""``quizcnn export``: progress for another machine, questions for other programs."""

from __future__ import annotations

import click

from quizcnn.cli.group import LazyGroup
from quizcnn.cli.options import global_options

OTHERS = frozenset({"questions", "writing"})
"""Modules beside the commands."""


@click.group(cls=LazyGroup, package="quizcnn.cli.export", others=OTHERS)
@global_options
def command() -> None:
    """Write progress and settings, or questions, to a file.

    \b
    quizcnn export progress -o progress.jsonl
    """
