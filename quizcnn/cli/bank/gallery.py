"""``quizcnn bank gallery``: write three samples of every question, in both languages, into one HTML file."""

from __future__ import annotations

from pathlib import Path

import click

from quizcnn.cli.options import global_options, globals_of


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("quizcnn-gallery.html"),
    show_default=True,
)
@click.option("--force", is_flag=True, help="Overwrite the file.")
@global_options
def command(output: Path, force: bool) -> None:
    """Write three samples of every question, in both languages, into one HTML file.

    \b
    quizcnn bank gallery -o gallery.html
    """
    from quizcnn.errors import UsageError
    from quizcnn.services.gallery import gallery as pages

    if output.exists() and not force:
        raise UsageError(f"{output} exists", mend="choose another name with -o or add --force")
    output.write_text("".join(pages(globals_of().context().catalog)), encoding="utf-8")
    click.echo(output)
