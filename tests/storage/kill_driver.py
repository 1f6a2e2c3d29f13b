"""Writes answers in forked children that are killed with SIGKILL at random moments, and looks each time at what is left.

``python kill_driver.py FOLDER KILLS`` prints a JSON object: how many kills, how many of them inside a transaction, how many answers
were reported as saved, and every finding that must not be (empty when all is well).

A child says ``b`` into a pipe before it hands an answer over and ``c`` once it is saved; what stands in the pipe survives it.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

# Imported before the forks, so that a child begins to write at once.
import filelock  # noqa: F401
import fsrs  # noqa: F401
import sqlalchemy.dialects.sqlite  # noqa: F401
from record_samples import NOW, make_answer, new_store

import quizcnn.storage.creation
import quizcnn.storage.feeding
import quizcnn.storage.journal
import quizcnn.storage.migrate
import quizcnn.storage.models
import quizcnn.storage.rebuild  # noqa: F401
from quizcnn.scheduling.card import Rating
from quizcnn.storage.records import SessionRecord

MOST_BEFORE = 6
"""Fewer answers than this are waited for before the kill, so that a busy machine's children get as far as an idle one's."""
LONGEST = 0.03
"""Seconds from there to the kill, at most: a few answers long."""
FRESH_EVERY = 10
"""Every so many kills the record begins anew, so that its making is hit too."""


def answer_for_ever(folder: Path, seed: int, pipe: int) -> None:
    """In the child: answer after answer, now and then amended or undone."""
    store, draws, number = new_store(folder), random.Random(seed), 0
    while True:
        number += 1
        at = NOW + timedelta(hours=number + 7 * seed)
        session = SessionRecord("s", NOW, json.dumps({"seed": seed, "number": number}))
        os.write(pipe, b"b")
        made = store.record_answer(
            make_answer(f"q-{draws.randrange(9)}", draws.choice(list(Rating)), at), session=session
        )
        os.write(pipe, b"c")
        if draws.random() < 0.2:
            store.amend_rating(made.attempt.id, draws.choice(list(Rating)))


def run_once(folder: Path, seed: int, draws: random.Random) -> bytes:
    """One child, killed; what it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            answer_for_ever(folder, seed, writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb", buffering=0) as said:
        heard, before = b"", draws.randrange(MOST_BEFORE)
        while heard.count(b"c") < before and (more := said.read(1)):
            heard += more
        time.sleep(draws.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        heard += said.readall()
    if not os.WIFSIGNALED(status):
        raise SystemExit(f"the child of seed {seed} ended by itself")
    return heard


def look(folder: Path, saved: int) -> list[str]:
    """What is wrong with the record that is left: at least ``saved`` answers, at most one more, all whole."""
    path = folder / "record.sqlite"
    if not path.exists():
        return [] if saved == 0 else [f"{saved} answers were saved and there is no record"]
    with closing(sqlite3.connect(path)) as raw:
        count = raw.execute("SELECT count(*) FROM attempt").fetchone()[0]
        steps = raw.execute("SELECT count(*) FROM undo_step").fetchone()[0]
        state = raw.execute("SELECT state FROM session").fetchone()
        pages = raw.execute("PRAGMA integrity_check").fetchone()[0]
        broken = raw.execute("PRAGMA foreign_key_check").fetchall()
    found = [] if saved <= count <= saved + 1 else [f"{saved} answers were saved, {count} are there"]
    found += [] if pages == "ok" and not broken else [f"damaged: {pages} {broken}"]
    found += (
        []
        if steps == min(count, 30) and (state is not None) == (count > 0)
        else ["undo or session is not that of the last answer"]
    )
    store = new_store(folder)
    found += [] if store.rebuild(check=True).agrees else ["cards or figures are not those of the attempts"]
    store.close()
    return found


def main(folder: Path, kills: int) -> dict[str, object]:
    draws, faults = random.Random(20261121), list[str]()
    inside = total = saved = 0
    for number in range(kills):
        home = folder / str(number // FRESH_EVERY)
        if number % FRESH_EVERY == 0:
            home.mkdir()
            saved = 0
        heard = run_once(home, number, draws)
        saved += heard.count(b"c")
        inside += heard.endswith(b"b")
        total += heard.count(b"c")
        found = look(home, saved)
        faults += [f"kill {number}: {fault}" for fault in found]
        path = home / "record.sqlite"
        if path.exists():
            with closing(sqlite3.connect(path)) as raw:
                saved = raw.execute("SELECT count(*) FROM attempt").fetchone()[0]
    return {"kills": kills, "inside": inside, "saved": total, "faults": faults}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
