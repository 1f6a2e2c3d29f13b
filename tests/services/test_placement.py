"""Placement: the level that answers point to, the questions it asks, what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quizcnn.scheduling.card import State
from quizcnn.services.context import Context
from quizcnn.services.drill import Drill
from quizcnn.services.placement import QUESTIONS, Levels, chance, estimate, find_levels, track_of
from quizcnn.services.plan import wait_list
from quizcnn.services.requests import DrillRequest
from quizcnn.services.session import Probe
from quizcnn.services.views import Ask
from quizcnn.settings import Settings, load_settings, save_settings

Open = Callable[[], Context]
PLACEMENT = DrillRequest(placement=True)


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path))
    monkeypatch.setenv("QUIZCNN_NOW", "2026-11-21T09:00:00+00:00")
    return tmp_path


@pytest.fixture
def context(own_home: Path) -> Context:
    return Context(lang="en")


def probes(*rights: tuple[int, bool]) -> list[Probe]:
    return [Probe(f"q{place}", "numeric", difficulty, right) for place, (difficulty, right) in enumerate(rights)]


def test_the_chance_is_the_logistic_curve() -> None:
    assert chance(3.0, 3) == 0.5
    assert chance(4.0, 3) == pytest.approx(0.768525, abs=1e-6)  # e^1.2 / (1 + e^1.2)
    assert chance(2.0, 3) == pytest.approx(1 - chance(4.0, 3))


def test_without_an_answer_the_level_is_the_middle() -> None:
    assert estimate([], "numeric") == pytest.approx(3.0, abs=0.1)


def test_the_level_rises_with_right_answers_and_falls_with_wrong_ones() -> None:
    assert estimate(probes((3, True)), "numeric") > 3.3 > 2.7 > estimate(probes((3, False)), "numeric")
    assert estimate(probes((3, True), (4, True), (5, True), (5, True), (5, True)), "numeric") == 5.0
    assert estimate(probes((3, False), (2, False), (1, False), (1, False), (1, False)), "numeric") <= 0.9
    # a right answer to a hard question says more than one to an easy one
    assert estimate(probes((5, True)), "numeric") > estimate(probes((1, True)), "numeric")


def test_the_tracks_are_apart() -> None:
    found = find_levels([Probe("a", "numeric", 3, True), Probe("b", "concept", 3, False)])
    assert found.numeric > 3.3
    assert found.concept < 2.7


def play(context: Context, knows: Callable[[Ask], bool]) -> list[Ask]:
    """A whole placement, answered right where the learner knows it."""
    drill, asked = Drill.open(context, PLACEMENT), list[Ask]()
    while ask := drill.ask():
        asked.append(ask)
        if knows(ask):
            assert drill.submit([field.answer.typed() for field in ask.variant.fields], 20.0).grade.is_correct
        else:
            drill.reveal(20.0)
        drill.rate()
    drill.leave()
    return asked


def test_one_who_knows_everything_is_asked_harder_and_harder(context: Context) -> None:
    asked = play(context, lambda ask: True)
    assert len(asked) == QUESTIONS
    assert [(ask.number, ask.total) for ask in asked] == [(number, 10) for number in range(1, 11)]
    assert len({ask.variant.question_id for ask in asked}) == QUESTIONS
    by_track = {
        track: [ask.variant.difficulty for ask in asked if track_of(ask.variant.kind) == track]
        for track in ("numeric", "concept")
    }
    assert all(len(found) == 5 and found == sorted(found) and found[-1] >= 4 for found in by_track.values()), by_track
    settings = load_settings()
    assert settings.numeric_level > 4.5
    assert settings.concept_level > 4.5


def test_one_who_knows_nothing_is_asked_easier_and_nothing_waits(context: Context) -> None:
    asked = play(context, lambda ask: False)
    assert min(ask.variant.difficulty for ask in asked) == 1
    settings = load_settings()
    assert settings.numeric_level < 1.5
    levels = Levels(settings.numeric_level, settings.concept_level)
    assert not any(levels.masters(row) for row in context.catalog.rows())


def test_the_answers_are_first_reviews(context: Context) -> None:
    asked = play(context, lambda ask: ask.variant.difficulty <= 3)
    cards = context.store.cards_among([ask.variant.question_id for ask in asked])
    assert len(cards) == QUESTIONS
    assert all(card.reps == 1 and card.state is not State.NEW for card in cards.values())


def test_what_is_mastered_waits_while_there_is_anything_else(context: Context) -> None:
    play(context, lambda ask: True)
    new = [slot for slot in wait_list(context, DrillRequest(new=12, limit=60)) if slot.why == "new"]
    levels = Levels(context.settings.numeric_level, context.settings.concept_level)
    assert len(new) == 12
    assert not any(levels.masters(context.catalog.row(slot.question_id)) for slot in new)


def test_an_unfinished_placement_changes_nothing(context: Context) -> None:
    drill = Drill.open(context, PLACEMENT)
    assert drill.ask() is not None
    drill.reveal(5.0)
    drill.rate()
    drill.leave()
    assert load_settings() == Settings()
    assert drill.summary().placement is None


def test_undo_takes_a_probe_back(context: Context) -> None:
    drill = Drill.open(context, PLACEMENT)
    first = drill.ask()
    assert first is not None
    drill.reveal(5.0)
    drill.rate()
    second = drill.ask()
    assert second is not None
    assert second.number == 2
    drill.undo()
    again = drill.ask()
    assert again is not None
    assert (again.number, again.variant.question_id) == (1, first.variant.question_id)


def test_skipping_takes_the_question_as_not_known_and_records_nothing(context: Context) -> None:
    drill = Drill.open(context, PLACEMENT)
    first = drill.ask()
    drill.skip()
    second = drill.ask()
    assert first is not None
    assert second is not None
    assert second.number == 2
    assert second.variant.question_id != first.variant.question_id
    assert context.store.attempts() == []


def test_the_areas_of_the_interview_are_asked_first(context: Context) -> None:
    save_settings(Settings(areas=("detection", "metrics")))
    context.forget_settings()
    asked = play(context, lambda ask: True)
    assert {ask.area for ask in asked} == {"detection", "metrics"}
    new = [slot for slot in wait_list(context, DrillRequest(new=10, limit=30)) if slot.why == "new"]
    assert {context.catalog.row(slot.question_id).area for slot in new} <= {"detection", "metrics"}
