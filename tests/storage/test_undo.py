"""Undo: thirty steps, in a session and over its end, to exactly what was before; and the log played again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from record_samples import NOW, TODAY, after, fill, make_answer, new_store

from quizcnn.scheduling.card import CardState, Rating
from quizcnn.storage.records import SessionRecord
from quizcnn.storage.repositories import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = new_store(tmp_path)
    yield store
    store.close()


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row that undo must bring back, as SQLite stores it."""
    queries = {
        "card": "SELECT * FROM card WHERE reps > 0 OR suspended IS NOT NULL ORDER BY id",
        "topic_day": "SELECT * FROM topic_day WHERE attempts > 0 ORDER BY day, topic, kind",
        "session": "SELECT id, started_at, finished_at, state FROM session ORDER BY id",
        "attempt": "SELECT * FROM attempt WHERE voided_at IS NULL ORDER BY id",
    }
    with closing(sqlite3.connect(str(store.path))) as raw:
        return {name: raw.execute(query).fetchall() for name, query in queries.items()}


def test_thirty_steps_bring_back_exactly_what_was_before(store: Store) -> None:
    fill(store, 40, seed=5)
    session, pictures = SessionRecord("s", NOW, '{"at": 0}'), []
    store.save_session(session, NOW)
    at = after(days=200)
    for number in range(30):
        pictures.append(everything(store))
        rating = list(Rating)[number % 4]
        session = replace(session, state=f'{{"at": {number + 1}}}')
        recorded = store.record_answer(
            make_answer(f"topic{number % 3}-question-{number % 5}", rating, at), session=session
        )
        if number % 6 == 5:
            store.amend_rating(recorded.attempt.id, Rating.AGAIN)
        if number % 7 == 6:
            store.overrule(recorded.attempt.id, "correct", 1.0, Rating.GOOD, at)
        at += timedelta(days=number % 4, minutes=3)
    assert store.undo_steps() == 30
    for picture in reversed(pictures):
        assert store.undo(at) is not None
        assert everything(store) == picture
        assert store.rebuild(check=True).agrees
    assert store.undo(at) is None
    assert store.undo_steps() == 0
    assert len(store.attempts(voided=True)) == 70


def test_only_the_last_thirty_are_kept(store: Store) -> None:
    fill(store, 45, seed=2)
    undone = [store.undo(after(days=999)) for _ in range(31)]
    assert undone[30] is None
    assert all(undone[:30])
    assert len(store.attempts()) == 15


def test_undo_reaches_over_the_end_of_a_session_and_over_a_restart(tmp_path: Path) -> None:
    first = new_store(tmp_path)
    session = SessionRecord("s", NOW, '{"waiting": 1}')
    first.save_session(session, NOW)
    recorded = first.record_answer(make_answer(), session=replace(session, state='{"waiting": 0}', finished_at=NOW))
    first.close()
    second = new_store(tmp_path)
    assert second.open_session() is None
    undone = second.undo(after(minutes=5))
    assert undone is not None
    assert undone.attempt.id == recorded.attempt.id
    assert undone.attempt.voided_at == after(minutes=5)
    assert undone.card == CardState("conv-output-size")
    assert undone.session == session == second.open_session()
    assert second.today(TODAY).attempts == 0


def test_a_session_that_began_with_the_answer_has_nothing_to_go_back_to(store: Store) -> None:
    store.record_answer(make_answer(), session=SessionRecord("s", NOW, "{}", finished_at=NOW))
    undone = store.undo(NOW)
    assert undone is not None
    assert undone.session is None
    assert store.open_session() is not None


def test_undo_takes_a_suspension_back_too(store: Store) -> None:
    store.record_answer(make_answer())
    store.suspend("conv-output-size")
    undone = store.undo(NOW)
    assert undone is not None
    assert undone.card.suspended is None


def test_an_answer_after_an_undo_counts_from_there(store: Store) -> None:
    store.record_answer(make_answer(rating=Rating.EASY))
    store.record_answer(make_answer(rating=Rating.AGAIN, at=after(days=8)))
    store.undo(after(days=8))
    again = store.record_answer(make_answer(rating=Rating.GOOD, at=after(days=8)))
    assert again.attempt.review_count == 1
    assert again.after.lapses == 0
    assert store.rebuild(check=True).agrees


# ---- the log played again


def test_replay_gives_the_same_cards_to_the_last_bit(store: Store) -> None:
    made = fill(store, 300, seed=9, questions=6)
    for recorded in made[::17]:
        store.amend_rating(recorded.attempt.id, Rating.HARD)
    for _ in range(12):
        store.undo(after(days=999))
    before = everything(store)
    checked = store.rebuild(check=True)
    assert checked.agrees
    assert checked.attempts == sum(attempt.answer.mode == "scheduled" for attempt in store.attempts())
    assert store.rebuild().agrees
    assert everything(store) == before


def test_a_rebuild_mends_what_was_changed_from_outside(store: Store) -> None:
    fill(store, 80)
    whole = everything(store)
    names = [row[0] for row in whole["card"]]
    with closing(sqlite3.connect(str(store.path))) as raw, raw:
        raw.execute("UPDATE card SET stability = stability + 1e-9 WHERE id = ?", [names[0]])
        raw.execute("DELETE FROM card WHERE id = ?", [names[1]])
        raw.execute("UPDATE topic_day SET correct = correct + 1")
        raw.execute("INSERT INTO card (id, state, reps, lapses) VALUES ('never-answered', 2, 4, 1)")
    found = store.rebuild(check=True)
    assert found.differing == tuple(sorted([names[0], names[1], "never-answered"]))
    assert found.tallies_differ
    assert not found.agrees
    assert not store.rebuild(check=True).agrees
    store.rebuild()
    assert store.rebuild(check=True).agrees
    assert everything(store) == whole
    assert store.card("never-answered").is_new
