"""``quizcnn exam``: mock exams on paper and at the terminal, and marking typed answers to them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizcnn.cli.options import global_options, globals_of, warn, write_json
from quizcnn.errors import QuizError, UsageError

if TYPE_CHECKING:
    from quizcnn.generation.exam import Exam
    from quizcnn.printing.files import Printed
    from quizcnn.services.context import Context
    from quizcnn.services.exams.marking import Mark
    from quizcnn.text import Lang


@click.group()
@global_options
def command() -> None:
    """Print mock exams with their keys, and mark typed answers to them.

    \b
    quizcnn exam blueprints
    quizcnn exam new cv-45 --seed 7 --versions 2 --format pdf -o paper
    quizcnn exam grade paper/key/manifest.json answers/
    quizcnn exam take
    """


@command.command()
@click.argument("blueprint", default="cv-45")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), help="Which paper; a random one without it.")
@click.option("--versions", type=click.IntRange(1, 26), help="How many versions; the blueprint says without it.")
@click.option("--format", "form", type=click.Choice(["pdf", "md"]), default="pdf", show_default=True, help="What papers and keys are written as.")  # fmt: skip
@click.option("-o", "--out", type=click.Path(file_okay=False, path_type=Path), help="The folder to write to; <blueprint>-<seed> without it.")  # fmt: skip
@click.option("--paper", "size", type=click.Choice(["a4", "letter"]), default="a4", show_default=True, help="The size of the sheets.")  # fmt: skip
@click.option("--space", type=click.Choice(["tight", "normal", "half-page"]), default="normal", show_default=True, help="Room to work in below a question.")  # fmt: skip
@click.option("--sheet", type=click.Choice(["last", "separate", "none"]), default="last", show_default=True, help="The answer sheet: last leaf of the paper, a file of its own, or none.")  # fmt: skip
@click.option("--duplex", is_flag=True, help="Pad papers to an even number of pages.")
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
@global_options
def new(blueprint: str, seed: int | None, versions: int | None, out: Path | None, force: bool, **layout: Any) -> None:
    """Make a mock exam: papers with answer sheets, keys, empty answer files, and the manifest that marking needs.

    BLUEPRINT is the name of one that is shipped, or a path ending in .yaml. The learner's record is neither read nor written.

    \b
    quizcnn exam new cv-45 --seed 7 --versions 2 --format pdf -o paper
    quizcnn --lang zh exam new dl-90 --seed 7 --format md -o paper
    quizcnn exam new my-exam.yaml --paper letter --space tight
    """
    from quizcnn.generation.exam import LETTERS, make_exam
    from quizcnn.printing.files import file_names, print_exam
    from quizcnn.printing.layout import Layout
    from quizcnn.services.exams.shelf import load_blueprint

    context = globals_of().context()
    plan = load_blueprint(context.catalog.folders, blueprint)
    chosen = context.fresh_seed() if seed is None else seed
    folder = out or Path(f"{plan.id}-{chosen}")
    letters = LETTERS[: versions or plan.versions.count]
    printing = Layout(**layout)
    if context.catalog.warning:
        warn(f"quizcnn: {context.catalog.warning}")
    names = (*file_names(plan.id, letters, printing), *(path for letter in letters for path in _form_names(letter)), MANIFEST)  # fmt: skip
    _refuse_existing(folder, names, force)
    exam = make_exam(plan, context.catalog, chosen, len(letters))
    printed = print_exam(exam, context.language, printing)
    files = {**printed.files, **_beside(exam, printed, context)}
    _write(folder, files)
    _tell(exam, folder, list(files))


MANIFEST = "key/manifest.json"


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


def _refuse_existing(folder: Path, names: tuple[str, ...], force: bool) -> None:
    there = [name for name in names if (folder / name).exists()]
    if there and not force:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        raise UsageError(f"{folder / there[0]} is there already{more}", mend="choose another folder with -o, or overwrite with --force")  # fmt: skip


def _write(folder: Path, files: dict[str, bytes]) -> None:
    try:
        for name, content in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    except OSError as error:
        raise QuizError(f"cannot be written: {error.strerror or error}", where=str(error.filename or folder), mend="choose another folder with -o") from None  # fmt: skip


def _tell(exam: Exam, folder: Path, names: list[str]) -> None:
    for warning in exam.warnings:
        warn(f"note: {warning}")
    if globals_of().json:
        papers = [{"letter": version.letter, "code": version.code} for version in exam.versions]
        told: dict[str, Any] = {"manifest": str(folder / MANIFEST), "files": [str(folder / name) for name in names]}
        write_json({**told, "blueprint": exam.blueprint.id, "seed": exam.seed, "papers": papers, "warnings": list(exam.warnings)})  # fmt: skip
        return
    for name in names:
        click.echo(str(folder / name))


@command.command()
@click.argument("manifest", type=click.Path(path_type=Path))
@click.argument("answers", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--latest", is_flag=True, help="Where a person handed in twice, mark the newer file.")
@click.option("--strict", is_flag=True, help="Exit code 1 where an answer could not be read or a sheet was not marked.")
@click.option("--settle", is_flag=True, help="Ask one by one for what could not be read; an empty line leaves it.")
@click.option("--pseudonyms", is_flag=True, help="Numbers in place of names and files.")
@global_options
def grade(manifest: Path, answers: tuple[Path, ...], latest: bool, strict: bool, settle: bool, pseudonyms: bool) -> None:  # fmt: skip
    """Mark typed answer files (.txt, .yaml, .csv, or folders of them) by the exam's manifest alone.

    \b
    quizcnn exam grade paper/key/manifest.json answers-A.txt
    quizcnn exam grade paper/key/manifest.json sheets/ --json
    """
    from quizcnn.services.exams.report import grade_files, report_json, report_lines

    options = globals_of()
    lang = options.context().language
    ask = (lambda name, mark: _ask(name, mark, lang)) if settle else None
    report = grade_files(manifest, answers, lang, latest=latest, pseudonyms=pseudonyms, settle=ask)
    if options.json:
        write_json(report_json(report, lang))
    else:
        for line in report_lines(report, lang):
            click.echo(line)
    if strict and (report.unsettled or report.refused):
        raise click.exceptions.Exit(1)


def _ask(name: str, mark: Mark, lang: Lang) -> str | None:
    """What stands on the paper, typed by who marks it."""
    for line in mark.feedback:
        click.echo(f"  {line[lang]}", err=True)
    typed: str = click.prompt(f"{name}, {mark.question.number} ({mark.question.id})", default="", show_default=False, err=True)  # fmt: skip
    return typed.strip() or None


@command.command()
@click.option("--check", is_flag=True, help="Fill each at 200 seeds; exit code 1 where one fails.")
@global_options
def blueprints(check: bool) -> None:
    """List the blueprints that can be printed.

    \b
    quizcnn exam blueprints
    quizcnn exam blueprints --check
    """
    from quizcnn.services.exams.blueprints import describe_all

    options = globals_of()
    context = options.context()
    found = describe_all(context.catalog, context.language, seeds=SEEDS_CHECKED if check else 0)
    if options.json:
        write_json([each.as_json() for each in found])
    else:
        for each in found:
            click.echo(each.line())
            for fault in each.faults:
                click.echo(f"    {fault}")
    if any(each.faults for each in found):
        raise click.exceptions.Exit(1)


SEEDS_CHECKED = 200


@command.command()
@click.argument("blueprint", required=False)
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), help="Which paper; a random one without it.")
@click.option("--manifest", type=click.Path(path_type=Path), help="Take a printed exam instead, by its manifest.json.")
@click.option("--version", "version", default="A", show_default=True, help="Which version of the manifest.")
@click.option("--minutes", type=click.FloatRange(min=0, min_open=True), help="Another time than that of the paper.")
@click.option("--no-clock", is_flag=True, help="Take all the time you want.")
@click.option("--new", "another", is_flag=True, help="Begin another one, whatever is open.")
@click.option("--plain", is_flag=True, help="Plain lines, for pipes and screen readers.")
@global_options
def take(
    blueprint: str | None,
    seed: int | None,
    manifest: Path | None,
    version: str,
    minutes: float | None,
    no_clock: bool,
    another: bool,
    plain: bool,
) -> None:
    """Take a mock exam at the terminal: a clock, flags, an overview; marks and steps after handing in.

    Without a name the exam that is open goes on, with the clock of its start; else BLUEPRINT is begun (cv-45 where none is named).

    \b
    quizcnn exam take
    quizcnn exam take numbers-15 --seed 7
    quizcnn exam take --manifest paper/key/manifest.json --version B
    """
    from quizcnn.services.exams.manifest import read_manifest
    from quizcnn.services.exams.shelf import DEFAULT, load_blueprint
    from quizcnn.services.exams.sitting import begin, open_desk
    from quizcnn.services.exams.sitting import take as take_printed

    if minutes is not None and no_clock:
        raise UsageError("--minutes and --no-clock ask for different things", mend="give one of them")
    context, desk = globals_of().context(), open_desk()
    chooses = another or blueprint or seed is not None or manifest
    sitting = None if chooses else desk.open()
    if sitting is None:
        if manifest is not None:
            printed = read_manifest(manifest)
            sitting = take_printed(printed, version, minutes=None if no_clock else minutes or printed.minutes)
        else:
            plan = load_blueprint(context.catalog.folders, blueprint or DEFAULT)
            chosen = context.fresh_seed() if seed is None else seed
            sitting = begin(plan, context.catalog, chosen, minutes=None if no_clock else minutes or plan.minutes)
        desk.save(sitting)
    if plain or not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        from quizcnn.cli.plain_exam import PlainExam

        PlainExam(desk, sitting, context.language, sys.stdin, sys.stdout).run()
        return
    from quizcnn.settings import exists
    from quizcnn.tui.app import QuizApp

    QuizApp(context, first_run=not exists(), sitting=sitting).run()
