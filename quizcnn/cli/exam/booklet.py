"""``quizcnn exam booklet``: what you missed, once more with other numbers, to print and take along."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizcnn.cli.exam.writing import refuse_existing, write_files
from quizcnn.cli.options import globals_of, paper_options, warn, write_json

if TYPE_CHECKING:
    from quizcnn.printing.booklet import KeyPlace
    from quizcnn.printing.layout import PaperLang
    from quizcnn.services.context import Context
    from quizcnn.services.exams.booklet import Booklet


@click.command()
@click.option("--missed", "span", default="30d", show_default=True, metavar="SPAN", help="How far back: 10d, 4w, 3m.")
@click.option("--count", type=click.IntRange(1, 60), default=12, show_default=True, help="At most so many questions.")
@click.option("--key", type=click.Choice(["end", "place", "overleaf", "none"]), default="end", show_default=True, help="Where the key stands: on pages of its own at the end, below each question, on the back of each leaf (PDF, printed on both sides), or nowhere.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), help="Which numbers; random ones without it.")
@click.option("--format", "form", type=click.Choice(["pdf", "html", "docx", "md"]), default="pdf", show_default=True, help="What it is written as.")  # fmt: skip
@click.option("-o", "--out", type=click.Path(file_okay=False, path_type=Path), help="The folder to write to; booklet-<seed> without it.")  # fmt: skip
@click.option("--paper", "size", type=click.Choice(["a4", "letter"]), default="a4", show_default=True, help="The size of the sheets.")  # fmt: skip
@click.option("--space", type=click.Choice(["tight", "normal", "half-page"]), default="normal", show_default=True, help="Room to work in below a question.")  # fmt: skip
@click.option("--large", is_flag=True, help="Large print: 16 pt, in one column.")
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
@paper_options
def command(
    span: str,
    count: int,
    key: KeyPlace,
    seed: int | None,
    out: Path | None,
    force: bool,
    lang: PaperLang | None,
    **layout: Any,
) -> None:
    """What you missed, once more: fresh numbers that exercise the mistake made last, easy to hard, with the worked key.

    The record is read and left as it is. Typed answers come back into the schedule through `quizcnn exam grade --feed`.

    \b
    quizcnn exam booklet
    quizcnn exam booklet --missed 10d --count 6 --key place --format html
    quizcnn exam grade booklet-7/manifest.json booklet-7/answers.txt --feed
    """
    from quizcnn.printing.booklet import print_booklet
    from quizcnn.printing.layout import Layout
    from quizcnn.services.exams.booklet import make_booklet, read_span

    context = globals_of().context()
    chosen = context.fresh_seed() if seed is None else seed
    folder, printing = out or Path(f"booklet-{chosen}"), Layout(**layout)
    name = f"booklet.{printing.form}"
    booklet = make_booklet(context, days=read_span(span), count=count, seed=chosen)
    refuse_existing(folder, (name, *BESIDE), force)
    content, pages = print_booklet(booklet.exam, booklet.last_time, lang or context.language, printing, key)
    files = {name: content, **_beside(booklet, dict(pages), context)}
    write_files(folder, files)
    for skipped in booklet.skipped:
        warn(f"note: left out: {skipped}")
    if globals_of().json:
        questions = [{"number": item.number, "id": item.id} for item in booklet.exam.versions[0].items]
        told: dict[str, Any] = {"manifest": str(folder / MANIFEST), "files": [str(folder / file) for file in files]}
        write_json({**told, "seed": chosen, "paper": booklet.exam.versions[0].code, "questions": questions})
        return
    for file in files:
        click.echo(str(folder / file))


MANIFEST, ANSWERS = "manifest.json", "answers.txt"
BESIDE = (ANSWERS, MANIFEST)


def _beside(booklet: Booklet, pages: dict[int, int], context: Context) -> dict[str, bytes]:
    """The empty answer file, and the manifest by which it is marked."""
    from quizcnn.services.exams.forms import text_form
    from quizcnn.services.exams.manifest import make_manifest, write_manifest

    manifest = make_manifest(booklet.exam, context.catalog, {"A": pages} if pages else {})
    form = text_form(manifest, manifest.papers[0], context.language)
    return {ANSWERS: form.encode(), MANIFEST: write_manifest(manifest).encode()}
