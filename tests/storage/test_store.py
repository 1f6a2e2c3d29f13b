"""The store: what is recorded, what is due, ratings amended, figures kept."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from record_samples import NOW, TODAY, after, fill, make_answer, new_store

from quizcnn.errors import UsageError
from quizcnn.scheduling.card import CardState, Rating, State
from quizcnn.scheduling.policy import Policy
from quizcnn.storage.records import DueCounts, SessionRecord
from quizcnn.storage.repositories import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return new_store(tmp_path)


def test_nothing_is_made_or_imported_before_the_first_answer(tmp_path: Path) -> None:
    code = (
        "import sys, datetime; from quizcnn.storage.repositories import open_store;"
        f"s = open_store('sqlite:///{tmp_path}/a/record.sqlite'); now = datetime.datetime.now(datetime.timezone.utc);"
        "assert s.counts_due(now, now).reviews == 0 and s.cards_due(now, now, 5) == [] and s.card('x').is_new;"
        "assert s.undo(now) is None and s.attempts() == [] and s.check().ok and s.rebuild().agrees and s.open_session() is None;"
        "heavy = {'sqlalchemy', 'alembic', 'fsrs', 'textual', 'pydantic', 'numpy', 'filelock'} & set(sys.modules); assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert list(tmp_path.iterdir()) == []


def test_an_answer_comes_back_as_it_was(store: Store) -> None:
    answer = make_answer(raw=("28", "２８"), mistakes=("a", "b"), guesses=("two slips",), rating=Rating.HARD)
    recorded = store.record_answer(answer, policy=Policy(retention=0.85))
    assert recorded.before == CardState("conv-output-size")
    assert store.attempt(recorded.attempt.id) == recorded.attempt
    assert recorded.attempt.answer == answer
    assert store.attempts() == [recorded.attempt]
    assert store.card("conv-output-size") == recorded.after
    assert (recorded.attempt.review_count, recorded.attempt.state_before) == (0, State.NEW)
    with pytest.raises(UsageError, match="no such answer"):
        store.attempt("nothing")


def test_a_moment_without_time_zone_is_refused(store: Store) -> None:
    from sqlalchemy.exc import StatementError

    with pytest.raises(StatementError, match="without time zone"):
        store.record_answer(make_answer(at=NOW.replace(tzinfo=None), day=TODAY))
    assert store.attempts() == []


def test_what_is_due(store: Store) -> None:
    end = after(minutes=19 * 60)  # the learning day ends at 04:00
    assert store.counts_due(NOW, end) == DueCounts(0, 0, None)
    store.record_answer(make_answer("a-missed", Rating.AGAIN))
    store.record_answer(make_answer("b-good", Rating.GOOD))
    store.record_answer(make_answer("c-easy", Rating.EASY))
    assert store.counts_due(NOW, end) == DueCounts(0, 2, after(minutes=1))
    assert [card.id for card in store.cards_due(NOW, end, 9)] == ["a-missed", "b-good"]
    soon = after(minutes=5), after(days=8, minutes=1)
    assert [card.id for card in store.cards_due(*soon, 9)] == ["a-missed", "c-easy", "b-good"]
    assert store.cards_due(*soon, 9, {"c-easy", "b-good", "a-missed"}) == store.cards_due(*soon, 9)
    assert store.cards_due(*soon, 2, {"c-easy", "b-good", "a-missed"}) == store.cards_due(*soon, 2)
    assert [card.id for card in store.cards_due(NOW, end, 1)] == ["a-missed"]
    assert store.cards_due(NOW, end, 0) == []
    later = after(days=7.9)
    assert store.counts_due(later, after(days=8, minutes=19 * 60)).reviews == 1
    assert [card.id for card in store.cards_due(later, after(days=9), 9)] == ["a-missed", "b-good", "c-easy"]
    assert [card.id for card in store.cards_due(later, after(days=9), 1, {"c-easy", "unknown"})] == ["c-easy"]
    store.suspend("a-missed")
    assert store.counts_due(NOW, end) == DueCounts(0, 1, after(minutes=10))
    assert [card.id for card in store.cards_due(NOW, end, 9)] == ["b-good"]


def test_what_is_due_is_found_by_index(store: Store) -> None:
    store.record_answer(make_answer())
    seen: list[str] = []
    from sqlalchemy import Connection, event
    from sqlalchemy.engine import Engine

    def note(connection: Connection, _: object, statement: str, parameters: object, *rest: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        store.counts_due(NOW, after(days=1))
        store.cards_due(NOW, after(days=1), 3)
        store.card("conv-output-size")
        store.recent_parameters("conv-output-size")
        store.right_times("numeric")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    import sqlite3

    with sqlite3.connect(str(store.path)) as raw:
        for statement in (text for text in seen if text.startswith("SELECT")):
            plan = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", ["x"] * statement.count("?"))]
            assert not [line for line in plan if line.startswith(("SCAN card", "SCAN attempt"))], (
                statement,
                plan,
            )


def test_which_questions_cannot_enter_as_new(store: Store) -> None:
    store.record_answer(make_answer("a-answered"))
    store.record_answer(make_answer("b-practised", mode="practice"))
    store.suspend("c-suspended")
    many = [f"no-{number}" for number in range(1200)]
    assert store.begun_among(["a-answered", "b-practised", "c-suspended", *many]) == {"a-answered", "c-suspended"}
    assert set(store.cards_among([*many, "a-answered"])) == {"a-answered"}


def test_the_last_eight_parameter_sets_newest_first(store: Store) -> None:
    for number in range(11):
        store.record_answer(make_answer(parameters=f'{{"k": {number}}}', at=after(days=number)))
    store.undo(after(days=11))
    assert store.recent_parameters("conv-output-size") == [f'{{"k": {number}}}' for number in range(10, 2, -1)]


def test_the_times_of_right_answers_of_a_kind(store: Store) -> None:
    for number in range(25):
        store.record_answer(make_answer(f"q-{number}", at=after(minutes=number), duration_ms=number))
    store.record_answer(make_answer("q-wrong", Rating.AGAIN, after(minutes=30), duration_ms=99))
    store.record_answer(make_answer("q-practice", at=after(minutes=31), duration_ms=98, mode="practice"))
    store.record_answer(make_answer("q-choice", at=after(minutes=32), duration_ms=97, kind="choice"))
    assert store.right_times("numeric") == list(range(24, 4, -1))


def test_practice_moves_no_card_and_counts_in_no_figure(store: Store) -> None:
    store.record_answer(make_answer(rating=Rating.EASY))
    card = store.card("conv-output-size")
    figures = store.tallies()
    practised = store.record_answer(make_answer(rating=Rating.AGAIN, at=after(days=1), mode="practice"))
    assert (practised.before, practised.after) == (card, card)
    assert store.card("conv-output-size") == card
    assert store.tallies() == figures
    assert store.mistakes(TODAY) == []
    assert len(store.attempts()) == 2
    assert store.rebuild(check=True).agrees


# ---- ratings


def test_an_amended_rating_gives_what_that_rating_would_have_given(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = new_store(tmp_path / "a"), new_store(tmp_path / "b")
    for store in (one, other):
        store.record_answer(make_answer(rating=Rating.EASY))
    recorded = one.record_answer(make_answer(rating=Rating.GOOD, at=after(days=8)))
    amended = one.amend_rating(recorded.attempt.id, Rating.AGAIN)
    wanted = other.record_answer(replace(make_answer(rating=Rating.GOOD, at=after(days=8)), chosen=Rating.AGAIN))
    assert amended.after == wanted.after == one.card("conv-output-size")
    assert amended.before == wanted.before
    assert one.attempt(recorded.attempt.id).answer.proposed is Rating.GOOD
    assert one.attempt(recorded.attempt.id).answer.chosen is Rating.AGAIN
    assert one.tallies() == other.tallies()
    assert one.amend_rating(recorded.attempt.id, Rating.GOOD).after == recorded.after
    assert one.rebuild(check=True).agrees


def test_amending_an_earlier_answer_replays_those_after_it(store: Store) -> None:
    first = store.record_answer(make_answer(rating=Rating.EASY))
    store.record_answer(make_answer(at=after(days=8)))
    before = store.card("conv-output-size")
    changed = store.amend_rating(first.attempt.id, Rating.HARD)
    assert changed.after.reps == 2
    assert changed.after.stability != before.stability
    assert store.rebuild(check=True).agrees


def test_what_was_undone_cannot_be_rated(store: Store) -> None:
    recorded = store.record_answer(make_answer())
    store.undo(NOW)
    with pytest.raises(UsageError, match="undone"):
        store.amend_rating(recorded.attempt.id, Rating.EASY)
    with pytest.raises(UsageError, match="undone"):
        store.overrule(recorded.attempt.id, "correct", 1.0, Rating.GOOD, NOW)
    with pytest.raises(UsageError, match="no such answer"):
        store.amend_rating("nothing", Rating.EASY)


def test_an_overruled_verdict_counts_and_the_graders_is_kept(store: Store) -> None:
    recorded = store.record_answer(make_answer(rating=Rating.AGAIN))
    ruled = store.overrule(recorded.attempt.id, "correct", 1.0, Rating.GOOD, NOW)
    assert ruled.after.state is State.LEARNING
    assert ruled.after.due == after(minutes=10)
    assert ruled.after.last_mistake is None
    assert store.attempt(recorded.attempt.id).answer.verdict == "correct"
    assert store.today(TODAY).correct == 1
    assert store.mistakes(TODAY) == []
    store.overrule(recorded.attempt.id, "wrong", 0.0, Rating.AGAIN, NOW)
    import sqlite3

    with sqlite3.connect(str(store.path)) as raw:
        assert raw.execute("SELECT verdict, score, mistakes FROM overrule").fetchall() == [
            ("wrong", 0.0, '["forgets_plus_one"]')
        ]
    assert store.rebuild(check=True).agrees


def leech(store: Store) -> str:
    """Let a card lapse seven times; the next miss is the eighth."""
    at = NOW
    for _ in range(7):
        for rating in (Rating.EASY, Rating.AGAIN):
            store.record_answer(make_answer("hard-one", rating, at))
            at += timedelta(days=40)
    store.record_answer(make_answer("hard-one", Rating.EASY, at))
    return store.record_answer(make_answer("hard-one", Rating.AGAIN, at + timedelta(days=40))).attempt.id


def test_a_leech_is_suspended_and_taken_back_by_another_rating(store: Store) -> None:
    attempt_id = leech(store)
    assert store.card("hard-one").suspended == "leech"
    assert store.card("hard-one").lapses == 8
    assert store.amend_rating(attempt_id, Rating.GOOD).after.suspended is None
    assert store.card("hard-one").lapses == 7
    again = store.amend_rating(attempt_id, Rating.AGAIN)
    assert again.leech
    store.undo(after(days=999))
    assert store.card("hard-one").suspended is None
    assert store.rebuild(check=True).agrees


def test_a_learner_can_take_a_leech_back_and_it_stays_so(store: Store) -> None:
    leech(store)
    assert store.suspend("hard-one", None).suspended is None
    assert store.rebuild(check=True).agrees
    assert store.rebuild().agrees
    assert store.card("hard-one").suspended is None


# ---- sessions, marks, figures


def test_a_session_is_saved_with_the_answer_and_found_again(store: Store) -> None:
    begun = SessionRecord("s1", NOW, '{"waiting": ["a", "b"]}')
    store.save_session(begun, NOW)
    store.record_answer(make_answer(), session=replace(begun, state='{"waiting": ["b"]}'))
    assert store.open_session() == replace(begun, state='{"waiting": ["b"]}')
    amended = store.record_answer(make_answer("b-other", at=after(minutes=1)))
    store.amend_rating(amended.attempt.id, Rating.AGAIN, session=replace(begun, state='{"waiting": ["b-other"]}'))
    assert store.session("s1") == replace(begun, state='{"waiting": ["b-other"]}')
    store.save_session(SessionRecord("s2", after(minutes=2), "{}"), after(minutes=2))
    found = store.open_session()
    assert found is not None
    assert found.id == "s2"
    store.save_session(replace(found, finished_at=after(minutes=3)), after(minutes=3))
    again = store.open_session()
    assert again is not None
    assert again.id == "s1"
    assert store.session("s3") is None


def test_flags_stand_until_they_are_cleared(store: Store) -> None:
    first = store.flag("conv-output-size", NOW, seed=7, note="the figure is cut")
    second = store.flag("softmax", after(minutes=1))
    assert store.flags() == [first, second]
    assert store.clear_flags("conv-output-size", after(minutes=2)) == 1
    assert store.clear_flags("conv-output-size", after(minutes=2)) == 0
    assert store.flags() == [second]


def test_figures_by_day_topic_and_kind(store: Store) -> None:
    store.record_answer(make_answer("conv-a", Rating.EASY))
    store.record_answer(make_answer("conv-b", Rating.AGAIN))
    store.record_answer(make_answer("loss-a", Rating.HARD, kind="choice"))
    store.record_answer(make_answer("conv-a", Rating.GOOD, after(days=8)))
    store.record_answer(make_answer("conv-a", Rating.AGAIN, after(days=40)))
    today = store.today(TODAY)
    assert (today.attempts, today.new, today.correct, today.partial, today.reviews) == (3, 3, 1, 1, 0)
    by_topic = {
        tally.topic: (tally.attempts, tally.correct, tally.reviews, tally.remembered)
        for tally in store.tallies(("topic",))
    }
    assert by_topic == {"conv": (4, 2, 2, 1), "loss": (1, 0, 0, 0)}
    assert [(tally.kind, tally.attempts) for tally in store.tallies(("kind",))] == [("choice", 1), ("numeric", 4)]
    assert [tally.day for tally in store.tallies(("day",))] == [
        TODAY,
        TODAY + timedelta(days=8),
        TODAY + timedelta(days=40),
    ]
    assert sum(tally.attempts for tally in store.tallies(("day",), since=TODAY + timedelta(days=1))) == 2
    assert sum(tally.duration_ms for tally in store.tallies(until=TODAY)) == 90_000
    assert store.tallies((), since=TODAY + timedelta(days=99)) == []
    assert store.today(TODAY + timedelta(days=99)).attempts == 0


def test_mistakes_of_late_most_frequent_first(store: Store) -> None:
    for number in range(3):
        store.record_answer(
            make_answer("conv-a", Rating.AGAIN, after(minutes=number), mistakes=("ignores_groups", "forgets_plus_one"))
        )
    store.record_answer(make_answer("iou-a", Rating.AGAIN, mistakes=("pixel_plus_one",)))
    store.record_answer(make_answer("old", Rating.AGAIN, after(days=-30), mistakes=("long_ago",)))
    wanted = [("conv-a", "forgets_plus_one", 3), ("conv-a", "ignores_groups", 3), ("iou-a", "pixel_plus_one", 1)]
    assert store.mistakes(TODAY) == wanted


def test_the_limits_of_a_day_survive_a_restart(tmp_path: Path) -> None:
    fill(new_store(tmp_path), 1)
    new_store(tmp_path).record_answer(make_answer("conv-a", at=after(minutes=5)))
    assert new_store(tmp_path).today(TODAY).new == 2


def test_what_a_database_may_be(tmp_path: Path) -> None:
    assert open_store(f"sqlite:///{tmp_path}/a b%41.sqlite").path == tmp_path / "a b%41.sqlite"
    assert open_store("sqlite:///~/record.sqlite").path == Path("~/record.sqlite").expanduser()
    assert open_store("sqlite://").path is None
    secret = open_store("postgresql+psycopg://me:se@cret@host/quiz")
    assert secret.where == "postgresql+psycopg://...@host/quiz"
    for url in ("nosuch://here", "no url"):
        with pytest.raises(UsageError, match="no database can be opened with this URL: "):
            open_store(url).attempts()
    odd = open_store(f"sqlite:///{tmp_path}/a b%41#.sqlite")
    odd.record_answer(make_answer())
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".sqlite"] == ["a b%41#.sqlite"]


def test_the_document_names_every_table_and_column() -> None:
    from quizcnn.storage.models import metadata

    text = (Path(__file__).parent.parent.parent / "docs" / "database.md").read_text(encoding="utf-8")
    lines = {line.split("`")[1]: line for line in text.splitlines() if line.startswith("| `")}
    for table in metadata.sorted_tables:
        missing = [column.name for column in table.columns if f"`{column.name}`" not in lines[table.name]]
        assert not missing, (table.name, missing)
