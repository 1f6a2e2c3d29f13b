"""Counts of the bank as lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click


def print_counts(counts: Mapping[str, Any]) -> None:
    for name, value in counts.items():
        words = name.replace("_", " ")
        if isinstance(value, Mapping):
            click.echo(f"{words}: {', '.join(f'{key} {number}' for key, number in value.items())}")
        elif isinstance(value, list):
            click.echo(
                f"{words}: {len(value)}"
                + (f" ({', '.join(value[:12])}{' ...' if len(value) > 12 else ''})" if value else "")
            )
        else:
            click.echo(f"{words}: {value}")
