"""A learner's own paper: what was seen lately or stood in the last papers is left out, the weak come first, and the rest is untouched."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

import quizcnn.locations
from quizcnn.cli.main import program, run
from quizcnn.errors import BankError
from quizcnn.generation.blueprint import Blueprint, Exclude
from quizcnn.generation.exam import make_exam
from quizcnn.generation.personal import Personal
from quizcnn.scheduling.card import Rating
from quizcnn.services.context import Context
from quizcnn.services.exams.personal import FILE, last_papers, personal_for, remember
from quizcnn.services.exams.sitting import begin, open_desk
from quizcnn.storage.records import Answer
from tests.exams.sample_exam import BANK, blueprint, sample_catalog

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
PLAN = "exclude: {seen_days: 14, in_last_papers: 1, suspended: true}\nprefer: weak\nsections:\n  - title: {en: A, zh: 甲}\n    pick: [{count: 3, kinds: [numeric]}]\n"


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Context:
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("QUIZCNN_NOW", NOW.isoformat())
    monkeypatch.setattr(quizcnn.locations, "bank_folder", lambda: BANK)
    return Context(lang="en")


def numeric() -> list[str]:
    return [row.id for row in sample_catalog().rows() if row.kind == "numeric"]


def plan(**changes: object) -> Blueprint:
    return blueprint(PLAN).model_copy(update=changes)


def answer(context: Context, name: str, days: float, rating: Rating = Rating.GOOD, mistake: str = "") -> None:
    variant, at = context.variant(name, 1), NOW - timedelta(days=days)
    given = Answer(
        question_id=name, revision=1, topic=variant.topic, kind=variant.kind, lang="en", seed=1, k=0, parameters=variant.identity,
        key="[]", raw=("1",), verdict="correct" if rating >= Rating.GOOD else "wrong", score=0.0, mistakes=(mistake,) if mistake else (),
        guesses=(), hints=0, tries=1, duration_ms=1, proposed=rating, chosen=rating, answered_at=at, day=at.date(),
    )  # fmt: skip
    context.store.record_answer(given)


def ids(personal: Personal | None, seed: int = 7, **changes: object) -> tuple[str, ...]:
    exam = make_exam(plan(**changes), sample_catalog(), seed, 1, personal=personal)
    return tuple(item.id for item in exam.versions[0].items)


def test_what_was_seen_lately_or_set_aside_is_left_out(context: Context) -> None:
    seen, before, aside = numeric()[:3]
    answer(context, seen, 3)
    answer(context, before, 20)
    context.store.suspend(aside)
    own = personal_for(context, plan())
    assert own.excluded == {seen, aside}
    assert personal_for(context, plan(), allow_seen=True).excluded == {aside}
    assert personal_for(context, plan(exclude=Exclude())).excluded == frozenset()
    for seed in range(10):
        assert not own.excluded & set(ids(own, seed))


def test_the_weakest_come_first_and_what_was_never_seen_before_what_is_known(context: Context) -> None:
    weak, known, *_ = numeric()
    answer(context, weak, 60, Rating.AGAIN)
    for days in (60, 55, 40, 20):
        answer(context, known, days, Rating.EASY)
    own = personal_for(context, plan())
    assert own.rank(weak) < own.rank("never seen") < own.rank(known)
    for seed in range(8):
        assert weak in ids(own, seed)
    count = len(numeric())
    for seed in range(8):
        chosen = make_exam(
            blueprint(PLAN.replace("count: 3", f"count: {count - 1}")), sample_catalog(), seed, 1, personal=own
        )
        assert known not in {item.id for item in chosen.versions[0].items}


def test_without_prefer_weak_nothing_but_the_exclusion_changes(context: Context) -> None:
    answer(context, numeric()[0], 60, Rating.AGAIN)
    own = personal_for(context, plan(prefer=None))
    assert all(ids(own, seed, prefer=None) == ids(None, seed, prefer=None) for seed in range(8))


def test_the_mistake_made_last_is_what_the_numbers_exercise() -> None:
    catalog = sample_catalog()
    found = 0
    for name in numeric():
        own = Personal(strength={name: 0.0})
        drawn = [
            item for seed in range(6) for item in make_exam(plan(), catalog, seed, 1, personal=own).versions[0].items
        ]
        seen = {item.variant.target for item in drawn if item.id == name} - {None}
        for target in seen:
            own = Personal(strength={name: 0.0}, mistakes={name: str(target)})
            for seed in range(6):
                items = make_exam(plan(), catalog, seed, 1, personal=own).versions[0].items
                assert {item.variant.target for item in items if item.id == name} == {target}
                found += 1
    assert found


def test_the_last_papers_are_those_printed_and_those_taken(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    exam = make_exam(plan(), sample_catalog(), 1, 1)
    remember(exam)
    remember(exam)
    printed = frozenset(item.id for item in exam.versions[0].items)
    assert last_papers(5) == [printed]
    assert personal_for(context, plan()).excluded == printed
    monkeypatch.setenv("QUIZCNN_NOW", (NOW + timedelta(hours=1)).isoformat())
    sitting = open_desk().save(begin(plan(), sample_catalog(), 2, minutes=5))
    taken = frozenset(question.id for question in sitting.paper.questions)
    assert last_papers(5) == [taken, printed]
    assert last_papers(1) == [taken]


def test_a_damaged_line_hides_no_other(context: Context, tmp_path: Path) -> None:
    exam = make_exam(plan(), sample_catalog(), 1, 1)
    remember(exam)
    file = next((tmp_path / "home").rglob(FILE))
    file.write_text('{"at": 3}\nnonsense\n[]\n' + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert len(last_papers(5)) == 1


def test_a_paper_that_cannot_be_filled_for_the_learner_says_what_lets_more_in(context: Context) -> None:
    for name in numeric():
        answer(context, name, 1)
    with pytest.raises(BankError, match=rf"{len(numeric())} more fit but were seen lately.*--allow-seen"):
        ids(personal_for(context, plan()))
    assert len(ids(personal_for(context, plan(), allow_seen=True))) == 3


def test_the_command_reads_the_record_only_when_told_to(context: Context, tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("id: own\ntitle: {en: Own, zh: 卷}\nminutes: 10\n" + PLAN, encoding="utf-8")
    seen = numeric()[0]
    answer(context, seen, 1)

    def told(*more: str) -> dict[str, object]:
        result = CliRunner().invoke(program, ["exam", "new", str(file), "--seed", "7", "--format", "md", "--json", "-o", str(tmp_path / more[0]), *more[1:]], catch_exceptions=False, standalone_mode=False)  # fmt: skip
        found: dict[str, object] = json.loads(result.stdout)
        return found

    assert any("prefer: weak" in str(warning) for warning in told("plain")["warnings"])  # type: ignore[attr-defined]
    assert not list((tmp_path / "home").rglob(FILE))
    mine = told("mine", "--personal")
    assert not any("prefer" in str(warning) for warning in mine["warnings"])  # type: ignore[attr-defined]
    manifest = json.loads(Path(str(mine["manifest"])).read_text(encoding="utf-8"))
    assert manifest["excluded"] == [seen]
    assert [each["id"] for each in manifest["papers"][0]["questions"]] != [seen]
    assert last_papers(1) == [frozenset(each["id"] for each in manifest["papers"][0]["questions"])]


@pytest.mark.parametrize("arguments", [["new", "x.yaml", "--allow-seen"], ["take", "--allow-seen"], ["take", "--personal", "--manifest", "x.json"]])  # fmt: skip
def test_options_that_say_nothing_are_refused(context: Context, arguments: list[str], tmp_path: Path) -> None:
    if arguments[1] == "x.yaml":
        arguments[1] = str(tmp_path / "x.yaml")
        (tmp_path / "x.yaml").write_text("id: x\ntitle: {en: Own, zh: 卷}\nminutes: 10\n" + PLAN, encoding="utf-8")
    assert run(["exam", *arguments]) == 2
