"""``quizcnn bank list``: list the questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from quizcnn.cli.bank.rows import print_rows, row_json
from quizcnn.cli.options import global_options, globals_of, write_json

if TYPE_CHECKING:
    from quizcnn.bank.catalog import Catalog, Row


@click.command(name="list")
@click.option("--kind", help="Only this kind.")
@click.option("--area", help="Only this area.")
@click.option("--topic", help="Only this topic.")
@global_options
def command(kind: str | None, area: str | None, topic: str | None) -> None:
    """List the questions.

    \b
    quizcnn bank list
    quizcnn bank list --area convolution --kind numeric
    quizcnn bank list --json
    """
    options = globals_of()
    catalog = options.context().catalog
    rows = catalog.rows()
    for name, wanted in (("kind", kind), ("area", area), ("topic", topic)):
        rows = _only(rows, name, wanted, catalog)
    if options.json:
        write_json([row_json(row) for row in rows])
        return
    print_rows(rows)


def _only(rows: tuple[Row, ...], name: str, wanted: str | None, catalog: Catalog) -> tuple[Row, ...]:
    if wanted is None:
        return rows
    from quizcnn.bank.faults import nearest
    from quizcnn.bank.models import KINDS
    from quizcnn.errors import UsageError

    legal: Sequence[str] = {"kind": KINDS, "area": catalog.areas, "topic": catalog.topic_ids}[name]
    if wanted not in legal:
        mend = (
            nearest(wanted, tuple(legal)).removeprefix("; ")
            or f"one of {', '.join(legal[:12])}{' ...' if len(legal) > 12 else ''}"
        )
        raise UsageError(f"no {name} is called {wanted[:80]!r}", where=f"--{name}", mend=mend)
    return tuple(row for row in rows if getattr(row, name) == wanted)
