"""``quizcnn exam new``: make a mock exam: papers, keys, answer files, manifest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizcnn.cli.exam.writing import refuse_existing, write_files
from quizcnn.cli.options import globals_of, paper_options, warn, write_json
from quizcnn.errors import UsageError

if TYPE_CHECKING:
    from quizcnn.generation.blueprint import Blueprint
    from quizcnn.generation.exam import Exam
    from quizcnn.generation.personal import Personal
    from quizcnn.printing.files import Printed
    from quizcnn.printing.layout import Layout, PaperLang
    from quizcnn.services.context import Context


@click.command()
@click.argument("blueprint", default="cv-45")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), help="Which paper; a random one without it.")
@click.option("--versions", type=click.IntRange(1, 99), help="How many versions; the blueprint says without it.")
@click.option("--format", "form", type=click.Choice(["pdf", "html", "docx", "md"]), default="pdf", show_default=True, help="What papers and keys are written as.")  # fmt: skip
@click.option("-o", "--out", type=click.Path(file_okay=False, path_type=Path), help="The folder to write to; <blueprint>-<seed> without it.")  # fmt: skip
@click.option("--paper", "size", type=click.Choice(["a4", "letter"]), default="a4", show_default=True, help="The size of the sheets.")  # fmt: skip
@click.option("--space", type=click.Choice(["tight", "normal", "half-page"]), default="normal", show_default=True, help="Room to work in below a question.")  # fmt: skip
@click.option("--sheet", type=click.Choice(["last", "separate", "none"]), default="last", show_default=True, help="The answer sheet: last leaf of the paper, a file of its own, or none.")  # fmt: skip
@click.option("--duplex", is_flag=True, help="Pad papers to an even number of pages.")
@click.option("--large", is_flag=True, help="Large print: 16 pt, in one column.")
@click.option("--seal", is_flag=True, help="The binding margin of Chinese papers (密封线), in PDF.")
@click.option("--strips", is_flag=True, help="Key strips too, to lay beside the answer sheets; in PDF.")
@click.option("--personal", is_flag=True, help="Your own paper: without what you saw lately, the weak first where the blueprint says so.")  # fmt: skip
@click.option("--allow-seen", is_flag=True, help="With --personal: what you saw lately may come again.")
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
@paper_options
def command(
    blueprint: str,
    seed: int | None,
    versions: int | None,
    out: Path | None,
    strips: bool,
    personal: bool,
    allow_seen: bool,
    force: bool,
    lang: PaperLang | None,
    **layout: Any,
) -> None:
    """Make a mock exam: papers with answer sheets, keys, empty answer files, and the manifest that marking needs.

    BLUEPRINT is the name of one that is shipped, or a path ending in .yaml. The learner's record is neither read nor written,
    but for --personal: it then says what to leave out, and the paper is noted for the next ones.
    A Chinese paper has one part for each kind of question, so its numbers are not those of the English one.

    \b
    quizcnn exam new cv-45 --seed 7 --versions 2 --format pdf -o paper
    quizcnn exam new dl-90 --seed 7 --lang zh --seal --format pdf -o paper
    quizcnn exam new cv-45 --lang both --large --format html
    quizcnn exam new numbers-15 --personal
    quizcnn exam new my-exam.yaml --paper letter --space tight
    """
    from quizcnn.generation.exam import make_exam, version_letters
    from quizcnn.printing.files import file_names, print_exam
    from quizcnn.printing.layout import Layout
    from quizcnn.services.exams.shelf import load_blueprint

    context = globals_of().context()
    plan = load_blueprint(context.catalog.folders, blueprint)
    chosen = context.fresh_seed() if seed is None else seed
    folder = out or Path(f"{plan.id}-{chosen}")
    letters = version_letters(versions or plan.versions.count)
    if allow_seen and not personal:
        raise UsageError("--allow-seen belongs to --personal", mend="add --personal, or leave it out")
    printing, language = Layout(**layout), lang or context.language
    _refuse_seal(printing, language)
    if strips and (printing.form != "pdf" or printing.sheet == "none"):
        raise UsageError("--strips lie beside the answer sheets of a PDF", mend="take --format pdf with a sheet, or leave it out")  # fmt: skip
    if context.catalog.warning:
        warn(f"quizcnn: {context.catalog.warning}")
    names = (*file_names(plan.id, letters, printing), *(path for letter in letters for path in _form_names(letter)), *([STRIPS] if strips else []), MANIFEST)  # fmt: skip
    refuse_existing(folder, names, force)
    own = _personal(context, plan, allow_seen) if personal else None
    exam = make_exam(plan, context.catalog, chosen, len(letters), "kinds" if language == "zh" else "sections", own)
    printed = print_exam(exam, language, printing)
    files = {
        **printed.files,
        **(_strips(exam, language, printing) if strips else {}),
        **_beside(exam, printed, context),
    }
    write_files(folder, files)
    if personal:
        _remember(exam)
    _tell(exam, printed, folder, list(files))


def _personal(context: Context, plan: Blueprint, allow_seen: bool) -> Personal:
    from quizcnn.services.exams.personal import personal_for

    return personal_for(context, plan, allow_seen=allow_seen)


def _remember(exam: Exam) -> None:
    from quizcnn.services.exams.personal import remember

    remember(exam)


def _refuse_seal(layout: Layout, lang: PaperLang) -> None:
    if layout.seal and (lang == "en" or layout.form != "pdf"):
        raise UsageError("--seal is the binding margin of a Chinese paper in PDF", mend="add --lang zh --format pdf, or leave it out")  # fmt: skip


MANIFEST, STRIPS = "key/manifest.json", "key/strips.pdf"


def _strips(exam: Exam, lang: PaperLang, layout: Layout) -> dict[str, bytes]:
    """The key strips of all versions."""
    from quizcnn.printing.strips import print_strips

    return {STRIPS: print_strips(exam.blueprint.title, exam.versions, lang, layout)}


def _form_names(letter: str) -> tuple[str, ...]:
    return tuple(f"hand-out/answers-{letter}.{ending}" for ending in ("txt", "yaml", "csv"))


def _beside(exam: Exam, printed: Printed, context: Context) -> dict[str, bytes]:
    """The empty answer files and the manifest."""
    from quizcnn.services.exams.forms import csv_form, text_form, yaml_form
    from quizcnn.services.exams.manifest import make_manifest, write_manifest

    manifest = make_manifest(exam, context.catalog, printed.pages, printed.typst)
    files: dict[str, bytes] = {}
    for paper in manifest.papers:
        forms = (
            text_form(manifest, paper, context.language),
            yaml_form(manifest, paper, context.language),
            csv_form(paper),
        )
        files |= {name: text.encode() for name, text in zip(_form_names(paper.letter), forms, strict=True)}
    return {**files, MANIFEST: write_manifest(manifest).encode()}


def _tell(exam: Exam, printed: Printed, folder: Path, names: list[str]) -> None:
    for warning in (*exam.warnings, *printed.warnings):
        warn(f"note: {warning}")
    if globals_of().json:
        papers = [{"letter": version.letter, "code": version.code} for version in exam.versions]
        told: dict[str, Any] = {"manifest": str(folder / MANIFEST), "files": [str(folder / name) for name in names]}
        write_json({**told, "blueprint": exam.blueprint.id, "seed": exam.seed, "papers": papers, "warnings": list(exam.warnings)})  # fmt: skip
        return
    for name in names:
        click.echo(str(folder / name))
