"""``quizcnn read``: whether a typed value is the expected one, and how it was read."""

from __future__ import annotations

from typing import Any

import click

from quizcnn.cli.options import answer_lines, global_options
from quizcnn.errors import UsageError


@click.command()
@click.option("--batch", is_flag=True, required=True, help='Read {"expected", "kind", "typed", "decimals"?} lines.')
@global_options
def command(batch: bool) -> None:
    """Read typed values line by line: accepted or not, the verdict, the value.

    \b
    echo '{"expected": 1216, "kind": "integer", "typed": "1,216"}' | quizcnn read --batch
    """
    answer_lines(read_line)


def read_line(given: dict[str, Any]) -> dict[str, Any]:
    """What one batch line reads as."""
    from quizcnn.grading.reading_check import check_reading

    for name in ("kind", "typed"):
        if not isinstance(given.get(name), str):
            raise UsageError(f'"{name}" must be text')
    decimals = given.get("decimals")
    if decimals is not None and (isinstance(decimals, bool) or not isinstance(decimals, int)):
        raise UsageError('"decimals" must be a whole number')
    if "expected" not in given:
        raise UsageError('"expected" is missing')
    return {**check_reading(given["expected"], given["kind"], given["typed"], decimals)}
