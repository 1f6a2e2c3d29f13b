"""``quizcnn exam strips``: narrow keys to lay beside the answer sheets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizcnn.cli.exam.writing import refuse_existing, write_files
from quizcnn.cli.options import globals_of, paper_options, write_json

if TYPE_CHECKING:
    from quizcnn.printing.layout import PaperLang

NAME = "strips.pdf"


@click.command()
@click.argument("manifest", type=click.Path(path_type=Path))
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help=f"The file to write; {NAME} beside the manifest without it.")  # fmt: skip
@click.option("--paper", "size", type=click.Choice(["a4", "letter"]), default="a4", show_default=True, help="The size of the sheets.")  # fmt: skip
@click.option("--large", is_flag=True, help="The sheets are in large print.")
@click.option("--seal", is_flag=True, help="The sheets have the Chinese binding margin.")
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
@paper_options
def command(manifest: Path, out: Path | None, force: bool, lang: PaperLang | None, **layout: Any) -> None:
    """Print key strips (PDF): one narrow column for each version, its rows at the height of the rows of the answer sheet.

    Ask for the language and the size that the papers were printed in. Never hand them out.

    \b
    quizcnn exam strips paper/key/manifest.json
    quizcnn exam strips paper/key/manifest.json --lang zh --paper letter -o strips.pdf
    """
    from quizcnn.printing.layout import Layout
    from quizcnn.printing.strips import print_strips
    from quizcnn.services.exams.manifest import read_manifest
    from quizcnn.services.exams.reprinting import versions_of

    options = globals_of()
    printed = read_manifest(manifest)
    file = out or manifest.parent / NAME
    refuse_existing(file.parent, [file.name], force)
    pdf = print_strips(printed.title, versions_of(printed), lang or options.context().language, Layout("pdf", **layout))
    write_files(file.parent, {file.name: pdf})
    if options.json:
        write_json({"file": str(file), "papers": [{"letter": paper.letter, "code": paper.code} for paper in printed.papers]})  # fmt: skip
    else:
        click.echo(str(file))
