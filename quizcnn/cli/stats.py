"""``quizcnn stats``: what was answered and remembered so far."""

from __future__ import annotations

from dataclasses import asdict

import click

from quizcnn.cli.options import global_options, globals_of, write_json


@click.command()
@global_options
def command() -> None:
    """Show counts, attempts and what was remembered, in all and by area.

    \b
    quizcnn stats
    quizcnn stats --json
    """
    from quizcnn.services.statistics import ENOUGH, read_statistics
    from quizcnn.services.words import area_name
    from quizcnn.text import pad

    options = globals_of()
    context = options.context()
    found = read_statistics(context)
    if options.json:
        write_json(
            {
                **asdict(found),
                "mistakes": [
                    {"question": name, "mistake": slug, "count": count} for name, slug, count in found.mistakes
                ],
            }
        )
        return
    click.echo(
        f"{found.seen} of {found.questions} questions seen, {found.attempts} answers, {found.correct} right, {found.minutes:g} minutes"
    )
    if found.remembered is None:
        click.echo(f"figures on what was remembered from {ENOUGH} reviews on; {found.reviews} so far")
    else:
        click.echo(f"remembered {found.remembered:.0%} of {found.reviews} reviews")
    click.echo(pad("area", 30) + pad("seen", 12) + pad("answers", 10) + "right")
    for area in found.areas:
        right = f"{area.correct / area.attempts:.0%}" if area.attempts else ""
        click.echo(
            (
                pad(area_name(area.area, context.language), 30)
                + pad(f"{area.seen} / {area.questions}", 12)
                + pad(str(area.attempts), 10)
                + right
            ).rstrip()
        )
