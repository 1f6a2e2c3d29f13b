"""A drill, answer by answer: what is recorded, what comes back, what undo and a restart give back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from quizcnn.errors import UsageError
from quizcnn.grading.base import Grade, PointResult, Verdict
from quizcnn.services.context import Context
from quizcnn.services.drill import Drill, is_nearly_right
from quizcnn.services.requests import DrillRequest
from quizcnn.services.sweep import wrong_typed
from quizcnn.services.views import Ask
from quizcnn.text import Text

Open = Callable[[], Context]
ROWS = DrillRequest(topic="conv-size")
BOXES = DrillRequest(topic="boxes")
ONE_SEVENTH, SHORT = "0.1429", "0.14"
"""The overlap of the boxes of the small bank is 4 of 28; with two digits it is right as far as it goes."""


def asked(drill: Drill) -> Ask:
    ask = drill.ask()
    assert ask is not None
    return ask


def key_of(ask: Ask) -> list[str]:
    return [field.answer.typed() for field in ask.variant.fields]


def answer_right(drill: Drill, seconds: float = 10.0) -> None:
    assert drill.submit(key_of(asked(drill)), seconds).grade.is_correct
    drill.rate()


def test_a_right_answer_is_recorded_as_good(open_context: Open) -> None:
    context = open_context()
    drill = Drill.open(context, ROWS)
    result = drill.submit(key_of(asked(drill)), 12.0)
    assert result.grade.is_correct
    assert (result.recorded, result.proposed, result.comes_back_in) == (True, 3, None)
    attempt = context.store.attempts()[0]
    assert (attempt.answer.verdict, attempt.answer.duration_ms, int(attempt.answer.chosen)) == ("correct", 12_000, 3)
    drill.rate()
    assert drill.ask() is None


def test_an_unreadable_answer_records_nothing(open_context: Open) -> None:
    context = open_context()
    drill = Drill.open(context, ROWS)
    result = drill.submit(["1,21,6"], 3.0)
    assert result.grade.verdict is Verdict.UNREADABLE
    assert not result.recorded
    assert context.store.attempts() == []
    assert asked(drill).variant.question_id == "conv-rows"


def test_a_named_mistake_comes_back_with_numbers_that_exercise_it(open_context: Open) -> None:
    drill = Drill.open(open_context(), ROWS)
    ask = asked(drill)
    target = ask.variant.target
    assert target is not None
    result = drill.submit([wrong_typed(ask.variant.fields[0], target)], 10.0)
    assert result.grade.mistakes == (target,)
    assert (result.proposed, result.comes_back_in) == (1, 1)
    drill.rate()
    again = asked(drill)
    assert again.variant.question_id == "conv-rows"
    assert again.variant.identity != ask.variant.identity
    assert again.variant.target == target
    assert (again.number, again.total, again.again) == (2, 2, 1)


def test_the_last_mistake_is_the_target_of_the_next_review(open_context: Open, at: Callable[[str], None]) -> None:
    drill = Drill.open(open_context(), ROWS)
    ask = asked(drill)
    target = ask.variant.target
    drill.submit([wrong_typed(ask.variant.fields[0], str(target))], 10.0)
    drill.rate()
    at("2026-11-22T09:00:00+00:00")
    assert asked(Drill.open(open_context(), ROWS)).variant.target == target


def test_the_last_eight_parameter_sets_are_not_drawn_again(open_context: Open, at: Callable[[str], None]) -> None:
    seen: list[str] = []
    for day in range(12):
        at(f"2027-0{1 + day // 6}-{1 + 4 * (day % 6):02d}T09:00:00+00:00")
        drill = Drill.open(open_context(), DrillRequest(questions=("conv-rows",)))
        identity = asked(drill).variant.identity
        assert identity not in seen[-8:]
        seen.append(identity)
        answer_right(drill)


def test_a_near_miss_gets_one_second_try(open_context: Open) -> None:
    context = open_context()
    drill = Drill.open(context, BOXES)
    near = drill.submit([SHORT], 5.0)
    assert near.grade.verdict is Verdict.TOO_FEW_DIGITS
    assert (near.recorded, near.second_try) == (False, True)
    assert asked(drill).drafts == (SHORT,)
    right = drill.submit([ONE_SEVENTH], 5.0)
    assert (right.grade.is_correct, right.proposed) == (True, 2)
    assert context.store.attempts()[0].answer.tries == 2


def test_a_near_miss_left_unchanged_counts_as_again(open_context: Open) -> None:
    drill = Drill.open(open_context(), BOXES)
    drill.submit([SHORT], 5.0)
    result = drill.submit([SHORT], 5.0)
    assert (result.recorded, result.proposed) == (True, 1)


def test_a_point_named_but_not_made_earns_a_second_try_unless_another_is_turned_round() -> None:
    assert is_nearly_right(typed_grade("hit", "near"))
    assert is_nearly_right(typed_grade("missed", "near"))
    assert not is_nearly_right(typed_grade("hit", "missed"))
    # What goes against a point is told with the point itself: a second try would only copy it.
    assert not is_nearly_right(typed_grade("near", "contradicted"))


def typed_grade(*states: str) -> Grade:
    """A partly right answer with a point in each of the states."""
    said = Text("A point.", "一点。")
    points = tuple(PointResult(f"p{number}", said, state) for number, state in enumerate(states))
    return Grade(Verdict.PARTIAL, 0.5, "typed", said, points=points)


def test_a_hint_makes_hard_the_proposal(open_context: Open) -> None:
    drill = Drill.open(open_context(), ROWS)
    hint = drill.hint()
    assert hint is not None
    assert hint.en == "Pad first."
    assert drill.hint() is not None
    assert drill.hint() is None
    assert len(asked(drill).hints) == 2
    assert drill.submit(key_of(asked(drill)), 5.0).proposed == 2


def test_the_answer_shown_counts_as_again(open_context: Open) -> None:
    context = open_context()
    drill = Drill.open(context, ROWS)
    result = drill.reveal(4.0)
    assert (result.recorded, result.revealed, result.proposed) == (True, True, 1)
    assert context.store.attempts()[0].answer.verdict == "blank"


def test_another_rating_amends_the_attempt(open_context: Open) -> None:
    context = open_context()
    drill = Drill.open(context, ROWS)
    drill.submit(key_of(asked(drill)), 5.0)
    drill.rate(1)
    answer = context.store.attempts()[0].answer
    assert (int(answer.proposed), int(answer.chosen)) == (3, 1)
    assert asked(drill).variant.question_id == "conv-rows"
    assert context.store.rebuild(check=True).agrees


def test_undo_gives_back_card_question_and_text(open_context: Open) -> None:
    context = open_context()
    drill = Drill.open(context, DrillRequest())
    first = asked(drill)
    typed = key_of(first)
    drill.submit(typed, 5.0)
    drill.rate()
    undone = drill.undo()
    assert undone is not None
    assert undone.question_id == first.variant.question_id
    again = asked(drill)
    assert again.variant == first.variant
    assert again.drafts == tuple(typed)
    assert context.store.card(first.variant.question_id).is_new
    assert context.store.attempts() == []
    assert drill.undo() is None


def test_undo_reaches_over_the_last_card_and_into_an_earlier_session(open_context: Open) -> None:
    drill = Drill.open(open_context(), DrillRequest())
    while drill.ask() is not None:
        answer_right(drill)
    answered = drill.summary().answered
    drill.leave()
    later = Drill.open(open_context(), DrillRequest())
    for _ in range(answered):
        assert later.undo() is not None
        assert later.ask() is not None
    assert later.undo() is None
    assert open_context().store.attempts() == []


def test_a_killed_session_goes_on_where_it_was(open_context: Open) -> None:
    drill = Drill.open(open_context(), DrillRequest())
    answer_right(drill)
    open_question = asked(drill)
    drill.hint()
    again = asked(Drill.open(open_context(), DrillRequest()))
    assert again.variant == open_question.variant
    assert (again.number, again.total) == (open_question.number, open_question.total)
    assert len(again.hints) == min(1, len(open_question.variant.hints))


def test_a_session_of_another_day_is_not_resumed(open_context: Open, at: Callable[[str], None]) -> None:
    answer_right(Drill.open(open_context(), DrillRequest()))
    at("2026-11-23T09:00:00+00:00")
    assert asked(Drill.open(open_context(), DrillRequest())).number == 1


def test_skipped_questions_come_last_and_are_not_recorded(open_context: Open) -> None:
    context = open_context()
    drill = Drill.open(context, DrillRequest())
    first = asked(drill).variant.question_id
    drill.skip()
    assert asked(drill).variant.question_id != first
    assert context.store.attempts() == []
    order = []
    while (ask := drill.ask()) is not None:
        order.append(ask.variant.question_id)
        answer_right(drill)
    assert order[-1] == first


def test_new_numbers_are_new(open_context: Open) -> None:
    drill = Drill.open(open_context(), ROWS)
    before = asked(drill).variant
    drill.new_numbers()
    assert asked(drill).variant.identity != before.identity


def test_one_more_like_this_is_not_counted(open_context: Open) -> None:
    context = open_context()
    drill = Drill.open(context, ROWS)
    drill.submit(key_of(asked(drill)), 5.0)
    card = context.store.card("conv-rows")
    drill.more_like_this()
    ask = asked(drill)
    assert not ask.counted
    result = drill.submit(["1"], 5.0)
    assert result.intervals is None
    assert context.store.card("conv-rows") == card


def test_new_cards_of_the_day_survive_a_restart(open_context: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZCNN_NEW_PER_DAY", "2")
    drill = Drill.open(open_context(), DrillRequest())
    assert asked(drill).total == 2
    while drill.ask() is not None:
        answer_right(drill)
    drill.leave()
    assert Drill.open(open_context(), DrillRequest(kind="recall")).ask() is None


def test_a_suspended_card_does_not_come_up(open_context: Open) -> None:
    drill = Drill.open(open_context(), DrillRequest())
    gone = asked(drill).variant.question_id
    drill.suspend()
    while (ask := drill.ask()) is not None:
        assert ask.variant.question_id != gone
        answer_right(drill)


def test_what_was_typed_stands_with_seed_parameters_and_key(open_context: Open) -> None:
    context = open_context()
    drill = Drill.open(context, ROWS)
    ask = asked(drill)
    drill.submit(["7"], 5.0)
    answer = context.store.attempts()[0].answer
    assert (answer.seed, answer.raw, answer.parameters) == (ask.variant.seed, ("7",), ask.variant.identity)
    assert json.loads(answer.key) == key_of(ask)


def test_the_summary_counts_and_names_what_was_missed(open_context: Open) -> None:
    drill = Drill.open(open_context(), ROWS)
    ask = asked(drill)
    target = str(ask.variant.target)
    drill.submit(["x y"], 1.0)
    drill.submit([wrong_typed(ask.variant.fields[0], target)], 9.0)
    drill.rate()
    answer_right(drill, 6.0)
    summary = drill.summary()
    assert (summary.answered, summary.right, summary.missed, summary.unread) == (2, 1, 1, 1)
    assert summary.seconds == pytest.approx(15.0)
    assert summary.misses[0].question_id == "conv-rows"
    assert summary.misses[0].mistake is not None


def test_a_rating_without_an_answer_is_refused(open_context: Open) -> None:
    drill = Drill.open(open_context(), ROWS)
    with pytest.raises(UsageError):
        drill.rate(3)


def test_mistakes_of_late_can_be_practised_uncounted(open_context: Open) -> None:
    drill = Drill.open(open_context(), ROWS)
    drill.submit(["3"], 5.0)
    drill.rate()
    practice = Drill.open(open_context(), DrillRequest(mistakes=True, counted=False))
    assert [asked(practice).variant.question_id, asked(practice).counted] == ["conv-rows", False]


def test_the_rating_of_a_self_rated_card_is_its_verdict(open_context: Open) -> None:
    context = open_context()
    drill = Drill.open(context, DrillRequest(kind="recall"))
    drill.submit(key_of(asked(drill)), 5.0)
    drill.rate(1)
    assert (drill.summary().right, drill.summary().missed) == (0, 1)
    assert drill.summary().misses[0].question_id == "say-it"
    answer = context.store.attempts()[0].answer
    assert (answer.verdict, int(answer.chosen)) == ("wrong", 1)


def test_an_overruled_answer_counts_as_right_in_the_summary(open_context: Open) -> None:
    drill = Drill.open(open_context(), ROWS)
    drill.submit(["3"], 5.0)
    assert drill.summary().missed == 1
    drill.overrule()
    assert (drill.summary().right, drill.summary().missed, drill.summary().misses) == (1, 0, ())


def test_undo_in_a_session_of_some_questions_gives_back_its_counts(open_context: Open) -> None:
    drill = Drill.open(open_context(), DrillRequest(questions=("conv-rows", "overlap")))
    answer_right(drill)
    answer_right(drill)
    assert drill.ask() is None
    drill.undo()
    assert (asked(drill).variant.question_id, asked(drill).number, asked(drill).total) == ("overlap", 2, 2)
    assert drill.summary().right == 1


@pytest.mark.parametrize(("seconds", "proposed"), [(20.0, 3), (59.0, 3), (61.0, 2)])
def test_an_estimate_has_a_minute(
    seconds: float, proposed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path))
    drill = Drill.open(Context(lang="en"), DrillRequest(questions=("estimate-flops-of-a-network",)))
    assert drill.submit(key_of(asked(drill)), seconds).proposed == proposed


def test_named_questions_are_new_until_they_are_answered(open_context: Open) -> None:
    named = DrillRequest(questions=("conv-rows", "overlap"))
    ask = asked(Drill.open(open_context(), named))
    assert (ask.new_left, ask.due_left) == (2, 0)
    answer_right(Drill.open(open_context(), DrillRequest(questions=("conv-rows",))))
    ask = asked(Drill.open(open_context(), named))
    assert (ask.new_left, ask.due_left) == (1, 1)
