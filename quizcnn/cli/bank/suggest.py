"""``quizcnn bank suggest``: wordings that a learner counted as right and the key points missed, as candidate patterns."""

from __future__ import annotations

import click

from quizcnn.cli.options import global_options, globals_of, write_json


@click.command()
@click.argument("question_id", metavar="ID")
@global_options
def command(question_id: str) -> None:
    """List the phrases of answers that were overruled, most frequent first, with the pattern each would make.

    \b
    quizcnn bank suggest roc-pr-ten-times-negatives
    """
    from quizcnn.services.suggestions import suggest

    options = globals_of()
    found = suggest(options.context(), question_id)
    if options.json:
        write_json([{"phrase": each.phrase, "times": each.times, "pattern": each.pattern, "missed": list(each.missed)} for each in found])  # fmt: skip
        return
    for each in found:
        click.echo(f"{each.times:>3}  {each.pattern}    “{each.phrase}”    missed: {', '.join(each.missed)}")
    click.echo(f"{len(found)} candidate{'s' * (len(found) != 1)}")
