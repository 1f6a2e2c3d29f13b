"""Questions as lines and as JSON, the same for every list of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from quizcnn.bank.catalog import Row


def print_rows(rows: Sequence[Row]) -> None:
    """One line a question: id, kind, difficulty, topic."""
    width = max((len(row.id) for row in rows), default=0)
    for row in rows:
        click.echo(f"{row.id:<{width}}  {row.kind:<12}  {row.difficulty}  {row.topic}")


def row_json(row: Row) -> dict[str, Any]:
    """One question, as ``bank list --json`` gives it."""
    return {
        "id": row.id,
        "kind": row.kind,
        "topic": row.topic,
        "area": row.area,
        "difficulty": row.difficulty,
        "family": row.family,
        "languages": list(row.languages),
        "revision": row.revision,
    }
