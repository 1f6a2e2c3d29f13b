"""``quizcnn exam``: mock exams on paper and at the terminal, and marking typed answers to them."""

from __future__ import annotations

import click

from quizcnn.cli.group import LazyGroup
from quizcnn.cli.options import global_options

OTHERS = frozenset({"writing"})
"""Modules beside the commands."""


@click.group(cls=LazyGroup, package="quizcnn.cli.exam", others=OTHERS)
@global_options
def command() -> None:
    """Print mock exams with their keys, and mark typed answers to them.

    \b
    quizcnn exam blueprints
    quizcnn exam new cv-45 --seed 7 --versions 2 --format pdf -o paper
    quizcnn exam grade paper/key/manifest.json answers/
    quizcnn exam take
    """
