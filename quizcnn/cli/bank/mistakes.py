"""``quizcnn bank mistakes``: which mistakes the draws of an entry tell apart, and which numbers separate most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from quizcnn.cli.options import global_options, globals_of, write_json

if TYPE_CHECKING:
    from quizcnn.services.separation import Apart

SHOWN = 3


@click.command()
@click.argument("name", required=False, default="", metavar="[ID|FAMILY]")
@click.option("--draws", type=click.IntRange(1, 100_000), default=300, help="Draws of each entry.")
@global_options
def command(name: str, draws: int) -> None:
    """Report which mistakes can never be told apart, and which drawn values separate most; of one entry, a family, or the bank.

    \b
    quizcnn bank mistakes conv-params-numbers
    quizcnn bank mistakes conv2d_output_shape
    quizcnn bank mistakes --json
    """
    from quizcnn.services.separation import read_apart

    found = read_apart(globals_of().context(), name, draws)
    if globals_of().json:
        write_json([_json(each) for each in found])
        return
    for each in found:
        click.echo("\n".join(_lines(each)))


def _lines(found: Apart) -> Iterator[str]:
    yield f"{found.id} ({found.family}: {', '.join(found.asked)}), {found.draws} draws, all mistakes apart in {found.whole:.0%}"
    if found.never:
        yield f"  never apart: {', '.join(' = '.join(pair) for pair in found.never)}"
    if found.often:
        ranked = sorted(found.often.items(), key=lambda item: -item[1])
        yield f"  often alike: {', '.join(f'{a} = {b} in {share:.0%}' for (a, b), share in ranked)}"
    best = sorted(((share, name, value) for name, values in found.values.items() for value, share in values), key=lambda each: (-each[0], each[1]))  # fmt: skip
    if best and best[0][0] > best[-1][0]:
        yield f"  separate most: {_listed(best[:SHOWN])}; least: {_listed(best[-SHOWN:][::-1])}"


def _listed(found: Sequence[tuple[float, str, object]]) -> str:
    return ", ".join(f"{name} {value} ({share:.0%})" for share, name, value in found)


def _json(found: Apart) -> dict[str, object]:
    return {
        "id": found.id,
        "family": found.family,
        "ask": list(found.asked),
        "draws": found.draws,
        "all_apart": round(found.whole, 4),
        "never_apart": [list(pair) for pair in found.never],
        "often_alike": [{"pair": list(pair), "share": round(share, 4)} for pair, share in found.often.items()],
        "values": {name: [{"value": value, "share": round(share, 4)} for value, share in values] for name, values in found.values.items()},
    }  # fmt: skip
