"""The roll-ups hold what the attempts give: after every kind of change, after an upgrade, after damage from outside."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from record_samples import NOW, TODAY, after, fill, make_answer, new_store

from quizcnn.scheduling.card import CardState, Rating, State
from quizcnn.scheduling.fsrs import retrievability, review
from quizcnn.scheduling.policy import Policy
from quizcnn.storage.records import Attempt
from quizcnn.storage.repositories import Store, open_store

MISTAKES = ((), ("ignores_groups",), ("ignores_groups", "forgets_bias"), ("forgets_bias", "forgets_bias"))
TABLES = {
    "topic_day": "attempts",
    "topic_month": "attempts",
    "mistake_day": "times",
    "mistake_month": "times",
    "recall_day": "reviews",
}
"""The roll-ups, each with the column that counts answers."""


def stored(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the roll-ups that counts something."""
    with closing(sqlite3.connect(path)) as raw:
        return {
            table: raw.execute(f"SELECT * FROM {table} WHERE {column} <> 0 ORDER BY 1, 2, 3").fetchall()
            for table, column in TABLES.items()
        }


def counted(attempts: list[Attempt]) -> dict[str, list[tuple[object, ...]]]:
    """The same by the definitions, from the attempts one by one."""
    sums: dict[str, Counter[tuple[tuple[object, ...], int]]] = {table: Counter() for table in TABLES}

    def add(table: str, key: tuple[object, ...], *values: int) -> None:
        for place, value in enumerate(values):
            sums[table][key, place] += value

    for made in attempts:
        answer = made.answer
        if answer.mode != "scheduled" or made.voided_at is not None:
            continue
        in_review, kept = made.state_before is State.REVIEW, answer.chosen is not Rating.AGAIN
        day, month = answer.day.isoformat(), f"{answer.day:%Y-%m}-01"
        values = (1, answer.verdict == "correct", answer.verdict == "partial", made.review_count == 0)
        for table, period in (("topic_day", day), ("topic_month", month)):
            add(table, (period, answer.topic, answer.kind), *values, in_review, in_review and kept, answer.duration_ms)
        for mistake in set(answer.mistakes):
            add("mistake_day", (day, mistake, answer.question_id), 1)
            add("mistake_month", (month, mistake, answer.question_id), 1)
        if made.predicted is not None:
            add("recall_day", (day, min(19, made.predicted // 500)), 1, kept, made.predicted)
    return {table: as_rows(found) for table, found in sums.items()}


def as_rows(found: Counter[tuple[tuple[object, ...], int]]) -> list[tuple[object, ...]]:
    keys = sorted({key for key, _ in found}, key=lambda key: tuple(map(str, key[:1])) + key[1:])
    width = 1 + max((place for _, place in found), default=0)
    return [(*key, *(int(found[key, place]) for place in range(width))) for key in keys]


def change(store: Store, draws: random.Random, at: int) -> None:
    """One random step: an answer, an undo, a rating, an overruling (also of an old answer)."""
    kind, moment = draws.random(), after(days=at * 0.7)
    standing = store.attempts() if kind > 0.7 else []
    if kind < 0.7 or not standing:
        rating = draws.choices(list(Rating), (3, 1, 5, 1))[0]
        name = f"topic{draws.randrange(2)}-question-{draws.randrange(3)}"
        mistakes = MISTAKES[draws.randrange(4)] if rating is Rating.AGAIN else ()
        mode = "practice" if draws.random() < 0.1 else "scheduled"
        kind_ = draws.choice(("numeric", "choice"))
        store.record_answer(make_answer(name, rating, moment, mistakes=mistakes, mode=mode, kind=kind_))
    elif kind < 0.8:
        store.undo(moment)
    elif kind < 0.9:
        store.amend_rating(draws.choice(standing[:5]).id, draws.choice(list(Rating)))
    else:
        verdict, score, rating = draws.choice((("correct", 1.0, Rating.GOOD), ("wrong", 0.0, Rating.AGAIN)))
        store.overrule(draws.choice(standing).id, verdict, score, rating, moment)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_changes_they_equal_what_the_attempts_give(tmp_path: Path, seed: int) -> None:
    store, draws = new_store(tmp_path), random.Random(seed)
    store.record_answer(make_answer())
    path = tmp_path / "record.sqlite"
    for step in range(160):
        change(store, draws, step)
        if step % 40 == 39:
            assert stored(path) == counted(store.attempts(voided=True))
            assert store.rebuild(check=True).agrees
    assert all(stored(path).values())
    before = stored(path)
    store.rebuild()
    assert stored(path) == before
    store.close()


def test_what_is_undone_leaves_nothing(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.record_answer(make_answer(rating=Rating.EASY))
    before = stored(tmp_path / "record.sqlite")
    store.record_answer(make_answer(rating=Rating.AGAIN, at=after(days=60)))
    assert stored(tmp_path / "record.sqlite")["recall_day"]
    store.undo(after(days=60))
    assert stored(tmp_path / "record.sqlite") == before


@pytest.mark.parametrize("table", TABLES)
def test_a_rebuild_finds_and_mends_each_of_them(tmp_path: Path, table: str) -> None:
    store, path = new_store(tmp_path), tmp_path / "record.sqlite"
    fill(store, 150, questions=3)
    whole = stored(path)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(f"UPDATE {table} SET {TABLES[table]} = {TABLES[table]} + 1")
    assert store.rebuild(check=True).tallies_differ
    store.rebuild()
    assert store.rebuild(check=True).agrees
    assert stored(path) == whole


def test_an_upgrade_gives_an_old_record_the_same_figures(tmp_path: Path) -> None:
    store, path, old = new_store(tmp_path), tmp_path / "record.sqlite", tmp_path / "old.sqlite"
    fill(store, 150, questions=3)
    store.undo(after(days=999))
    store.close()
    shutil.copyfile(path, old)
    with closing(sqlite3.connect(old)) as raw, raw:
        for table in ("topic_month", "mistake_day", "mistake_month", "recall_day"):
            raw.execute(f"DROP TABLE {table}")
        raw.execute("ALTER TABLE attempt DROP COLUMN predicted")
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
    upgraded = open_store(f"sqlite:///{old}")
    assert upgraded.upgrade() == "0001"
    assert upgraded.rebuild(check=True).agrees
    assert stored(old) == stored(path)
    chances = "SELECT id, predicted FROM attempt WHERE voided_at IS NULL ORDER BY id"
    with closing(sqlite3.connect(old)) as raw, closing(sqlite3.connect(path)) as fresh:
        assert raw.execute(chances).fetchall() == fresh.execute(chances).fetchall()


# ---- what they say


def test_the_chance_is_that_of_the_card_before_the_answer(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.record_answer(make_answer(rating=Rating.EASY))
    card = review(CardState("conv-output-size"), Rating.EASY, NOW, TODAY, Policy())
    day = TODAY + timedelta(days=30)
    made = store.record_answer(make_answer(rating=Rating.AGAIN, at=after(days=30)))
    chance = retrievability(card, day, Policy())
    assert 0.3 < chance < 0.95
    assert made.attempt.predicted == round(chance * 10_000)
    assert store.attempt(made.attempt.id).predicted == made.attempt.predicted
    relearning = store.record_answer(make_answer(at=after(days=30, minutes=10)))
    practised = store.record_answer(make_answer(at=after(days=90), mode="practice"))
    assert (relearning.attempt.predicted, practised.attempt.predicted) == (None, None)
    (found,) = store.recall(TODAY)
    assert (found.reviews, found.remembered) == (1, 0)
    assert found.least <= chance < found.most == pytest.approx(found.least + 0.05)
    assert found.predicted == pytest.approx(chance, abs=1e-4)
    assert store.recall(day + timedelta(days=1)) == []


def test_certainty_falls_into_the_last_bin(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.record_answer(make_answer(rating=Rating.EASY))
    store.record_answer(make_answer(rating=Rating.GOOD, at=after(minutes=5)))
    (found,) = store.recall(date.min)
    assert (found.least, found.most, found.predicted) == (0.95, 1.0, 1.0)


def test_days_and_months_say_the_same_of_whole_months(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    fill(store, 150, questions=3)
    assert store.tallies(("topic", "kind"), monthly=True) == store.tallies(("topic", "kind"))
    assert store.mistakes(date.min, monthly=True) == store.mistakes(date.min)
    by_month: Counter[tuple[date, str]] = Counter()
    for day, mistake, times in store.mistake_days(date.min):
        by_month[day.replace(day=1), mistake] += times
    assert {(month, mistake): times for month, mistake, times in store.mistake_days(date.min, monthly=True)} == by_month
