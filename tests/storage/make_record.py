"""Writes ``databases/v<schema>.sqlite``: a small record of the present schema, committed once for each schema version.

Run: python tests/storage/make_record.py (from the root of the checkout). It never writes over one that is there.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from record_samples import NOW, after, fill, new_store

from quizcnn.scheduling.card import Rating
from quizcnn.storage.backup import back_up
from quizcnn.storage.records import SessionRecord
from quizcnn.storage.schema import revisions

TARGET = Path(__file__).parent / "databases" / f"v{revisions()[-1]}.sqlite"


def write(target: Path) -> None:
    """Sixty answers of which two are undone, an overruling, an open session, a flag, a card set aside."""
    with tempfile.TemporaryDirectory() as folder:
        store = new_store(Path(folder))
        made = fill(store, 60, seed=1, questions=4)
        session = SessionRecord("0" * 32, NOW, '{"waiting": ["softmax"]}')
        store.save_session(session, NOW)
        store.amend_rating(made[-1].attempt.id, Rating.HARD, session=replace(session, state='{"waiting": []}'))
        store.overrule(made[-3].attempt.id, "correct", 1.0, Rating.GOOD, after(days=60))
        store.undo(after(days=60))
        store.undo(after(days=60))
        store.flag("softmax", NOW, seed=7, note="the figure is cut")
        store.suspend("topic0-question-0")
        store.close()
        if store.path is not None:
            back_up(store.path, target)


if __name__ == "__main__":
    if TARGET.exists():
        sys.exit(f"{TARGET} is there already")
    write(TARGET)
    print(TARGET)
