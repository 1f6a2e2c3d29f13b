"""From an older schema to this program's: a backup first, then all steps in one transaction, then every reference checked.

A record of a newer program is refused and not touched.
"""

from __future__ import annotations

from pathlib import Path

from quizcnn.errors import StorageError
from quizcnn.locations import migrations_folder
from quizcnn.storage.backup import back_up
from quizcnn.storage.creation import create_database
from quizcnn.storage.engine import make_engine
from quizcnn.storage.lock import locked
from quizcnn.storage.place import Place
from quizcnn.storage.schema import refuse_newer, revisions, schema_of


def bring_up_to_date(place: Place) -> str | None:
    """Upgrade an older record; the version that it had, or None where there was nothing to do.

    Raises ``StorageError`` for a newer record, one without version, and where the upgrade fails (the record is then as before).
    """
    found = schema_of(place)
    if found == revisions()[-1]:
        return None
    if place.path is None and not found:
        create_database(place)
        return None
    refuse_newer(found, place.where)
    return upgrade(place)


def upgrade(place: Place) -> str | None:
    """Run the steps that are missing, after a backup; the version before, or None where another process was quicker."""
    if place.path is None:
        before = schema_of(place)
        _run_steps(place)
        return before
    with locked(place.path):
        before = schema_of(place)
        if before == revisions()[-1]:
            return None
        back_up(place.path, label=f"before-upgrade-from-{before}")
        _run_steps(place)
    return before


def _run_steps(place: Place, folder: Path | None = None) -> None:
    """All steps in one transaction. Foreign keys are off before it begins: rebuilding a table would empty those that refer to it."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder or migrations_folder()).replace("%", "%%"))
    engine = make_engine(place, foreign_keys=False)
    try:
        with engine.connect().execution_options(quizcnn_write=True) as connection, connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() if place.path else []
            if broken:
                raise StorageError(f"cannot be upgraded: {len(broken)} rows refer to missing ones", where=place.where, mend="the record is as before; `quizcnn db check` says more")  # fmt: skip
    finally:
        engine.dispose()
