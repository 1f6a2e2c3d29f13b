"""A mock exam in the terminal: Enter alone does it, nothing is lost, the clock ends it, marks come after handing in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from terminal_driver import running

from quizcnn.services.context import Context
from quizcnn.services.exams.feeding import feed_sitting
from quizcnn.services.exams.shelf import load_file
from quizcnn.services.exams.sitting import Sitting, begin, open_desk
from quizcnn.tui.app import QuizApp

PLAN = """
id: small
title: {en: Small exam, zh: 小测验}
minutes: 20
sections:
  - title: {en: All, zh: 全部}
    shuffle: none
    pick:
      - {ids: [grouped-conv-cost], points: 4}
      - {ids: [overfitting-remedies], points: 2}
      - {ids: [why-residuals], points: 4}
"""


@pytest.fixture
def sitting(home: Path, tmp_path: Path) -> Sitting:
    file = tmp_path / "small.yaml"
    file.write_text(PLAN, encoding="utf-8")
    return open_desk().save(begin(load_file(file), Context(lang="en").catalog, 5, minutes=20))


def key_digit(sitting: Sitting) -> str:
    """The digit of the right option of question 2."""
    return sitting.question(2).fields[0].answer.typed()


async def test_enter_alone_leads_through_to_the_marks(sitting: Sitting) -> None:
    async with running(sitting=sitting) as terminal:
        await terminal.enter(sitting.question(1).fields[0].answer.typed())
        assert "1= 2> 3." in terminal.text()
        await terminal.press(key_digit(sitting), "enter")
        await terminal.enter("it adds the input")
        assert terminal.row_with("All answered. Enter hands in")
        assert open_desk().open() is not None
        await terminal.press("enter")
        assert terminal.screen_name == "ExamResultScreen"
        assert "6 of 10 points" in terminal.rows()[0]
        assert "[1✓] 2✓ 3?" in terminal.text()
        await terminal.press("right", "right", "3")
        assert "10 of 10 points" in terminal.rows()[0]
    handed = open_desk().all()[0]
    assert handed.handed_in_at is not None
    assert (handed.texts(3), handed.ratings) == (("it adds the input",), {3: 3})


async def test_no_verdict_before_it_is_handed_in(sitting: Sitting) -> None:
    async with running(sitting=sitting) as terminal:
        await terminal.enter("73856")
        await terminal.press("escape", "b")
        shown = terminal.text()
        assert "73856" in shown
        assert "groups" not in shown.split("73856")[1]
        assert "✗" not in shown


async def test_an_answer_that_cannot_be_read_is_told_once(sitting: Sitting) -> None:
    async with running(sitting=sitting) as terminal:
        await terminal.enter("73,85")
        assert terminal.row_with("Cannot be read as it stands")
        await terminal.press("enter")
        assert "2>" in terminal.text()
    assert open_desk().all()[0].texts(1) == ("73,85",)


async def test_leaving_keeps_text_flag_and_place(sitting: Sitting) -> None:
    async with running(sitting=sitting) as terminal:
        await terminal.type("369")
        await terminal.press("escape", "f", "escape", "q")
        assert terminal.screen_name == "HomeScreen"
        await terminal.press("2")
        assert terminal.row_with("Go on: Small exam, 1 of 3 answered")
        await terminal.press("enter")
        assert terminal.row_with("> 369")
    kept = open_desk().open()
    assert kept is not None
    assert (kept.texts(1), kept.flagged, kept.at) == (("369",), (1,), 1)


async def test_the_overview_goes_to_the_first_empty_question_and_y_hands_in(sitting: Sitting) -> None:
    async with running(sitting=sitting) as terminal:
        await terminal.press("escape", "g")
        await terminal.enter("2")
        await terminal.press("1", "e")
        assert terminal.row_with("2 empty: 1, 3. Enter goes to 1; y hands in as it is.")
        await terminal.press("enter")
        assert "1>" in terminal.text()
        await terminal.press("escape", "e", "y")
        assert terminal.screen_name == "ExamResultScreen"


async def test_when_time_is_up_what_is_typed_is_handed_in(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(sitting=sitting) as terminal:
        await terminal.type("36992")
        monkeypatch.setenv("QUIZCNN_NOW", "2026-11-21T09:20:01+00:00")
        await terminal.pilot.pause(1.2)
        await terminal.settle()
        assert terminal.screen_name == "ExamResultScreen"
        assert terminal.row_with("Time is up: 1 answers handed in, 2 empty.")
        assert "4 of 10 points" in terminal.rows()[0]


async def test_time_that_is_up_under_the_help_closes_it(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(sitting=sitting) as terminal:
        await terminal.type("36992")
        await terminal.press("f1")
        assert terminal.screen_name == "HelpScreen"
        monkeypatch.setenv("QUIZCNN_NOW", "2026-11-21T09:20:01+00:00")
        await terminal.pilot.pause(1.2)
        await terminal.settle()
        assert terminal.screen_name == "ExamResultScreen"
        assert {type(screen).__name__ for screen in terminal.app.screen_stack} & {"ExamScreen", "HelpScreen"} == set()


async def test_a_sitting_can_be_thrown_away_after_asking(sitting: Sitting) -> None:
    async with running() as terminal:
        await terminal.press("2", "x")
        assert terminal.row_with("x again throws this exam away")
        assert open_desk().open() is not None
        await terminal.press("x")
        assert open_desk().open() is None


async def test_what_another_program_went_on_with_is_not_overwritten(sitting: Sitting) -> None:
    async with running(sitting=sitting) as terminal:
        open_desk().save(sitting.answered(1, ["1"]).answered(1, ["2"]))
        await terminal.enter("3")
        # Where the row breaks depends on how long the path of the home is.
        assert "another program went on with this exam" in " ".join(terminal.text().split())
    assert open_desk().all()[0].texts(1) == ("2",)


async def test_k_lets_the_schedule_hear_of_it_once(sitting: Sitting) -> None:
    key = sitting.question(1).fields[0].answer.typed()
    desk = open_desk()
    desk.save(sitting.answered(1, [key]).answered(3, ["it adds"]))
    async with running(sitting=desk.open()) as terminal:
        await terminal.press("escape", "e", "y")
        assert "count it in the schedule" in terminal.footer
        await terminal.press("k")
        assert terminal.row_with("The schedule has heard of it.")
        assert "schedule" not in terminal.footer
        store = Context(lang="en").store
        heard = {each.answer.question_id: each.answer for each in store.attempts()}
        assert {name: answer.verdict for name, answer in heard.items()} == {
            "grouped-conv-cost": "correct",
            "overfitting-remedies": "blank",
        }, "an answer that nobody rated says nothing"
        assert store.card("grouped-conv-cost").reps == 1
        assert heard["overfitting-remedies"].chosen == 1
        await terminal.press("right", "right", "4", "k")
        assert terminal.row_with("The schedule has heard of it.")
    store = Context(lang="en").store
    assert len(store.attempts()) == 3
    assert store.attempts(question_id="why-residuals")[0].answer.chosen == 4
    handed = open_desk().all()[0]
    assert handed.fed


async def test_what_the_schedule_heard_before_is_not_counted_twice(sitting: Sitting) -> None:
    desk = open_desk()
    handed = desk.save(sitting.answered(1, ["1"]).handed_in(datetime(2026, 11, 21, 9, tzinfo=UTC)))
    feed_sitting(Context(lang="en"), handed)
    async with running(sitting=handed) as terminal:
        await terminal.press("k")
        assert terminal.row_with("The schedule heard of it before.")
    assert len(Context(lang="en").store.attempts()) == 1


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40)])
async def test_it_fits_every_size_in_both_languages(sitting: Sitting, size: tuple[int, int]) -> None:
    async with running(sitting=sitting, size=size) as terminal:
        for key in ("enter", "enter", "enter", "y", "right", "right"):
            await terminal.press(key, "escape", "l") if key == "enter" else await terminal.press(key)
            assert isinstance(terminal.app, QuizApp)
            assert len(terminal.rows()) == size[1]
            assert terminal.footer.strip()
