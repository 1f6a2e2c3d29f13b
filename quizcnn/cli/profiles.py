"""``quizcnn profiles``: the learners on this machine."""

from __future__ import annotations

import click

from quizcnn.cli.options import global_options, globals_of, write_json


@click.command()
@global_options
def command() -> None:
    """List the profiles, each with where its record is; the one in use has a star.

    Every learner has a record and settings of their own. `--profile NAME` takes one for a run, the variable QUIZCNN_PROFILE for all runs;
    `--profile default` is the learner without a profile.

    \b
    quizcnn profiles
    quizcnn drill --profile anna
    """
    from quizcnn.services.profiles import list_profiles
    from quizcnn.text import display_width, pad

    found = list_profiles()
    if globals_of().json:
        write_json([{"name": each.name, "record": str(each.record), "exists": each.exists, "in_use": each.in_use} for each in found])  # fmt: skip
        return
    width = max(display_width(each.name) for each in found)
    for each in found:
        click.echo(
            f"{'*' if each.in_use else ' '} {pad(each.name, width)}  {each.record}{'' if each.exists else '  (no answer yet)'}"
        )
