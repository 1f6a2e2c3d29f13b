"""``quizcnn import``: progress of another machine, or questions of another program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizcnn.cli.options import global_options, globals_of, warn, write_json

if TYPE_CHECKING:
    from quizcnn.interop.transfer import Taken


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--settings/--no-settings", default=None, help="Take the file's settings, or keep those here; unless said they are taken where there are none yet.")  # fmt: skip
@click.option("--check", is_flag=True, help="Only say what would come (progress).")
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="The bank folder for questions.")
@click.option("--force", is_flag=True, help="Write over files of that folder.")
@global_options
def command(file: Path, settings: bool | None, check: bool, folder: Path | None, force: bool) -> None:
    """Merge a file of `quizcnn export progress` into the record, or with --to bring questions in as drafts.

    Progress: attempts are told apart by their ids: the same file again changes nothing, of several files any may come first, and a copy
    of the record is kept.

    Questions come from Anki packages (.apkg), Moodle XML, CSV and Markdown cards (Q:, A:, C:). They land as drafts in a folder of their
    own, to be used with `--bank`; `bank check --bank` lists what a person must add.

    \b
    quizcnn import progress.jsonl --check
    quizcnn import progress.jsonl
    quizcnn import questions.xml --to my-bank
    """
    from quizcnn.interop.arrival import first_line
    from quizcnn.interop.progress_reading import is_progress

    if folder is None or is_progress(first_line(file)):
        _take_progress(file, settings, check)
    else:
        _take_questions(file, folder, force)


def _take_questions(file: Path, folder: Path, force: bool) -> None:
    from quizcnn.interop.arrival import bring_in

    arrived = bring_in(file, folder, globals_of().context().catalog.topics, force=force)
    if globals_of().json:
        write_json({"files": [str(path) for path in arrived.files], "drafts": arrived.drafts, "lost": list(arrived.lines)})  # fmt: skip
        return
    click.echo("\n".join(str(path) for path in arrived.files))
    for line in arrived.lines:
        warn(line)
    warn(f"{arrived.drafts} drafts; `quizcnn bank check --bank {folder}` lists what they lack")


def _take_progress(file: Path, settings: bool | None, check: bool) -> None:
    from quizcnn.interop.transfer import import_progress

    taken = import_progress(globals_of().context().store, file, settings=settings, check=check)
    if globals_of().json:
        write_json(_as_json(taken, check))
    else:
        click.echo("\n".join(_report(taken)))
    for folder in taken.missing:
        warn(f"quizcnn: the bank folder {folder} is not on this machine; it was left out of the settings")


def _report(taken: Taken) -> list[str]:
    merged = taken.merged
    lines = [f"{merged.new} attempts new, {merged.changed} changed, {merged.known} known; {merged.cards} cards, {merged.sessions} sessions, {merged.flags} flags"]  # fmt: skip
    if taken.settings_taken:
        lines.append(f"settings taken: {', '.join(taken.settings_taken)}")
    if taken.settings_kept:
        lines.append(f"settings kept as they are here: {', '.join(taken.settings_kept)}; --settings takes those of the file")  # fmt: skip
    return [*lines, *([f"kept {taken.kept}"] if taken.kept else [])]


def _as_json(taken: Taken, check: bool) -> dict[str, object]:
    merged = taken.merged
    return {
        "new": merged.new,
        "changed": merged.changed,
        "known": merged.known,
        "cards": merged.cards,
        "sessions": merged.sessions,
        "flags": merged.flags,
        "settings_taken": list(taken.settings_taken),
        "settings_kept": list(taken.settings_kept),
        "kept": str(taken.kept) if taken.kept else None,
        "written": not check,
    }
