"""``quizcnn db``: the learner's record as a file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizcnn.cli.options import global_options, globals_of, write_json
from quizcnn.errors import UsageError

if TYPE_CHECKING:
    from quizcnn.storage.repositories import Store

NONE_YET = "no record yet: the first answer makes it"


@click.group(name="db")
@global_options
def command() -> None:
    """Look after the learner's record: where it is, whether it is whole, copies of it.

    \b
    quizcnn db path
    quizcnn db check --json
    quizcnn db backup ~/quizcnn-backup.sqlite
    quizcnn db restore ~/quizcnn-backup.sqlite --force
    """


def _store() -> Store:
    """The record alone: a broken bank does not keep anyone from a backup."""
    from quizcnn.settings import load_settings
    from quizcnn.storage.repositories import open_store

    return open_store(load_settings().database)


def _file(store: Store) -> Path:
    if store.path is None:
        raise UsageError("the record is no file", where=store.where, mend="use the tools of that database")
    return store.path


@command.command("path")
@global_options
def show_path() -> None:
    """Print where the record is, whether it is there or not.

    \b
    quizcnn db path
    """
    store = _store()
    if globals_of().json:
        write_json({"path": store.where, "exists": store.exists()})
    else:
        click.echo(store.where)


@command.command()
@global_options
def check() -> None:
    """Test every page and reference, and count what is there. Exit code 1 where something is wrong.

    \b
    quizcnn db check
    quizcnn db check --json
    """
    store = _store()
    found = store.check()
    if globals_of().json:
        write_json({**asdict(found), "faults": list(found.faults), "ok": found.ok, "exists": store.exists()})
    elif not store.exists():
        click.echo(f"{found.path}: {NONE_YET}")
    else:
        voided = f" ({found.voided} undone)" if found.voided else ""
        click.echo(f"{found.path}: schema {found.schema}, {found.cards} cards, {found.attempts} attempts{voided}")
        click.echo("\n".join(found.faults) or "whole")
    if not found.ok:
        raise click.exceptions.Exit(1)


@command.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Write over FILE.")
@global_options
def backup(file: Path | None, force: bool) -> None:
    """Copy the record to FILE, else into `backups` beside it. A drill may go on meanwhile.

    \b
    quizcnn db backup
    quizcnn db backup ~/quizcnn-backup.sqlite
    """
    from quizcnn.storage.backup import back_up
    from quizcnn.storage.place import check_header

    path = _file(_store())
    if not path.exists():
        raise UsageError(NONE_YET, where=str(path))
    check_header(path)
    _say_written(back_up(path, file, force=force))


@command.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace the record that is there (it is kept in `backups`).")
@global_options
def restore(file: Path, force: bool) -> None:
    """Put a backup in the place of the record.

    \b
    quizcnn db restore ~/quizcnn-backup.sqlite --force
    """
    from quizcnn.storage.backup import restore as bring_back

    path = _file(_store())
    if path.exists() and not force:
        raise UsageError(
            "there is a record already", where=str(path), mend="add --force to replace it; it is kept in `backups`"
        )
    kept = bring_back(file, path)
    if kept is not None and not globals_of().json:
        click.echo(f"kept {kept}")
    _say_written(path, kept)


@command.command()
@global_options
def upgrade() -> None:
    """Bring an older record to this program's schema, after a backup. The first use does so by itself.

    \b
    quizcnn db upgrade
    """
    from quizcnn.storage.schema import revisions

    store = _store()
    before = store.upgrade()
    if globals_of().json:
        write_json({"path": store.where, "from": before, "schema": revisions()[-1]})
    elif not store.exists():
        click.echo(f"{store.where}: {NONE_YET}")
    else:
        click.echo(
            f"{store.where}: "
            + (f"upgraded from {before} to {revisions()[-1]}" if before else f"{revisions()[-1]} already")
        )


@command.command()
@click.option("--check", "only_check", is_flag=True, help="Only compare; exit code 1 where something differs.")
@global_options
def rebuild(only_check: bool) -> None:
    """Compute all cards and figures anew from the attempts.

    \b
    quizcnn db rebuild --check
    quizcnn db rebuild
    """
    done = _store().rebuild(check=only_check)
    if globals_of().json:
        write_json(
            {**asdict(done), "differing": list(done.differing), "agrees": done.agrees, "written": not only_check}
        )
    else:
        verb = "differ" if only_check else "differed and were written anew"
        click.echo(f"{done.attempts} attempts replayed over {done.cards} cards; {len(done.differing)} {verb}")
        for name in done.differing[:10]:
            click.echo(f"  {name}")
        if done.tallies_differ:
            click.echo(f"the day's figures {verb}")
    if only_check and not done.agrees:
        raise click.exceptions.Exit(1)


def _say_written(path: Path, kept: Path | None = None) -> None:
    if globals_of().json:
        write_json({"path": str(path), "kept": str(kept) if kept else None})
    else:
        click.echo(str(path))
