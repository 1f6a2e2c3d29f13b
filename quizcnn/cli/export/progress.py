"""``quizcnn export progress``: every answer, the marks and the settings, as JSON lines."""

from __future__ import annotations

from pathlib import Path

import click

from quizcnn.cli.options import global_options, globals_of


@click.command()
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file; stdout unless said.")
@click.option("--force", is_flag=True, help="Write over the file.")
@global_options
def command(output: Path | None, force: bool) -> None:
    """Write progress and settings as JSON lines, for `quizcnn import` on another machine.

    \b
    quizcnn export progress -o progress.jsonl
    quizcnn export progress | gzip > progress.jsonl.gz
    """
    from quizcnn.cli.export.writing import write_file
    from quizcnn.interop.transfer import export_progress

    lines = (line.encode() for line in export_progress(globals_of().context().store))
    write_file(output, lines, force=force)
