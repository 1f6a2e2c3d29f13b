"""The drill by keys: what is recorded, what the screen says, and that the service hears the right calls."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from terminal_driver import SIZE, Terminal, ask_for, drill, running
from textual.widgets import Input, TextArea

from quizcnn.errors import StorageError
from quizcnn.grading.base import Grade, Verdict
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.services.context import Context
from quizcnn.services.drill import Drill
from quizcnn.services.requests import DrillRequest
from quizcnn.services.views import Ask, Result
from quizcnn.text import Lang, Text
from quizcnn.tui.app import QuizApp
from quizcnn.tui.screens.drill import DrillScreen
from quizcnn.tui.widgets.choices import ChoiceField
from quizcnn.tui.widgets.ratings import RatingRow
from quizcnn.tui.widgets.verdict import say_verdict

NUMBER, CHOICE, NEAR = "grouped-conv-cost", "overfitting-remedies", "box-iou-two-boxes"
CLOZE, ORDER, MATCH, MATRIX = "eval-statistics", "nms-order", "metric-formulas", "conv-values-small"
TEXT, RECALL, PARTS = "depthwise-what-and-why", "why-residuals", "conv-rows-and-columns"


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What the screen asks of the service."""
    heard: list[tuple[Any, ...]] = []
    for name in ("submit", "reveal", "rate", "hint", "skip", "undo", "new_numbers", "more_like_this", "overrule"):
        real = getattr(Drill, name)

        def listen(self: Drill, *args: Any, _name: str = name, _real: Any = real) -> Any:
            heard.append((_name, *(arg for arg in args if not isinstance(arg, float))))
            return _real(self, *args)

        monkeypatch.setattr(Drill, name, listen)
    return heard


def line(terminal: Terminal) -> Input:
    found = terminal.app.screen.query(Input).first()
    assert isinstance(found, Input)
    return found


# ---------------------------------------------------------------------- Enter


async def test_enter_alone_does_a_session(calls: list[tuple[Any, ...]]) -> None:
    async with drill(CHOICE, RECALL) as terminal:
        await terminal.press("2", "enter", "enter", "enter", "enter")
        assert terminal.screen_name == "SummaryScreen"
        assert calls == [("submit", ("2",)), ("rate", None), ("submit", ("3",)), ("rate", None)]
        assert terminal.attempts() == sorted([(CHOICE, "correct", 3), (RECALL, "correct", 3)])
        await terminal.press("enter")
        assert terminal.screen_name == "HomeScreen"


async def test_help_that_was_opened_while_the_bank_opens_stays_until_it_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened, real = threading.Event(), Drill.open

    def wait_and_open(*args: Any) -> Drill:
        opened.wait(10)
        return real(*args)

    monkeypatch.setattr(Drill, "open", wait_and_open)
    app = QuizApp(Context(lang="en"), request=ask_for(NUMBER), enter_gap=0.0)
    async with app.run_test(size=SIZE) as pilot:
        terminal = Terminal(app, pilot)
        await pilot.pause()
        await pilot.press("f1")
        opened.set()
        await terminal.settle()
        assert terminal.screen_name == "HelpScreen"
        await terminal.press("escape")
        assert terminal.screen_name == "DrillScreen"
        assert "LoadingScreen" not in {type(screen).__name__ for screen in app.screen_stack}


async def test_a_held_enter_passes_nothing() -> None:
    async with drill(NUMBER, CHOICE, enter_gap=0.25) as terminal:
        await terminal.type("36992")
        await terminal.burst("enter", 6)
        assert terminal.attempts() == [(NUMBER, "correct", 3)]
        assert "✓ Right." in terminal.text()


async def test_a_held_enter_does_not_reveal() -> None:
    async with drill(NUMBER, enter_gap=0.25) as terminal:
        await terminal.burst("enter", 6)
        assert terminal.attempts() == []
        assert "Nothing typed." in terminal.text()


async def test_enter_on_nothing_twice_shows_the_answer_as_again(calls: list[tuple[Any, ...]]) -> None:
    async with drill(NUMBER) as terminal:
        await terminal.press("enter")
        assert "Nothing typed. Enter again shows the answer and counts as Again." in terminal.text()
        assert calls == []
        await terminal.press("enter")
        assert "The answer, counted as Again: 36,992" in terminal.text()
        assert terminal.attempts() == [(NUMBER, "blank", 1)]


async def test_typing_after_the_warning_takes_it_back() -> None:
    async with drill(NUMBER) as terminal:
        await terminal.press("enter", "1", "backspace")
        assert "Nothing typed" not in terminal.text()
        await terminal.press("enter")
        assert terminal.attempts() == []


# ---------------------------------------------------------------------- verdicts


async def test_what_cannot_be_read_stays_with_its_caret_and_records_nothing() -> None:
    async with drill(NUMBER) as terminal:
        await terminal.enter("73,85")
        assert "? Not read: a comma needs three digits after it. Nothing recorded." in terminal.text()
        assert terminal.row_with("> 73,85").endswith("cannot be read")
        assert terminal.attempts() == []
        assert (line(terminal).value, line(terminal).cursor_position, line(terminal).has_focus) == ("73,85", 5, True)


async def test_a_named_mistake_stands_with_answer_and_verdict_in_adjacent_rows() -> None:
    async with drill(NUMBER) as terminal:
        await terminal.enter("3*3*64*128+128")
        rows = [row for row in terminal.rows() if row]
        at = next(place for place, row in enumerate(rows) if row.startswith(" > 3*3"))
        assert rows[at].endswith("read as 73,856")
        assert rows[at + 1] == " ✗ Not 73,856: that ignores groups."
        assert "1 Again" in rows[-2]


async def test_a_near_miss_gets_a_second_try_in_place(calls: list[tuple[Any, ...]]) -> None:
    async with drill(NEAR) as terminal:
        await terminal.enter("0.14")
        assert "~ 0.14 agrees so far; 4 decimals are asked." in terminal.text()
        assert terminal.footer.startswith(" Enter check; unchanged: show the answer")
        assert terminal.attempts() == []
        await terminal.enter("29")
        assert terminal.attempts() == [(NEAR, "correct", 2)]
        assert calls == [("submit", ("0.14",)), ("submit", ("0.1429",))]


async def test_a_near_miss_left_as_it_is_counts_as_again() -> None:
    async with drill(NEAR) as terminal:
        await terminal.enter("0.14")
        await terminal.press("enter")
        assert terminal.attempts() == [(NEAR, "too_few_digits", 1)]
        assert "Right answer: 0.1429" in terminal.text()


@pytest.mark.parametrize(("lang", "says"), [("en", "Second try."), ("zh", "再试一次。")])
async def test_where_nothing_is_scheduled_no_rating_is_spoken_of(lang: Lang, says: str) -> None:
    async with running(DrillRequest(questions=(NEAR,), counted=False), lang=lang) as terminal:
        await terminal.press("enter")
        assert not any(word in terminal.text() for word in ("Again", "重来"))
        await terminal.enter("0.14")
        assert terminal.row_with(says).strip() == says
        await terminal.enter("29")
        assert not any(word in terminal.text() for word in ("Hard", "困难"))


async def test_digits_rate_on_the_result_and_nowhere_else() -> None:
    async with drill(NUMBER, CHOICE) as terminal:
        await terminal.press("1", "2")
        assert line(terminal).value == "12"
        await terminal.press("enter", "4")
        assert terminal.attempts() == [(NUMBER, "wrong", 4)]
        assert terminal.app.screen.query(ChoiceField)


async def test_two_quick_ratings_rate_one_card() -> None:
    async with drill(RECALL, CHOICE) as terminal:
        await terminal.press("enter")
        await terminal.burst("3", 3)
        assert terminal.attempts() == [(RECALL, "correct", 3)]


async def test_a_self_rated_card_takes_its_verdict_from_the_rating() -> None:
    async with drill(RECALL) as terminal:
        await terminal.press("enter")
        assert "Did you say it?" in terminal.text()
        assert "Right." not in terminal.text()
        await terminal.press("1")
        assert terminal.attempts() == [(RECALL, "wrong", 1)]


async def test_a_word_against_the_grader_counts() -> None:
    async with drill(TEXT) as terminal:
        await terminal.enter("it saves a lot")
        await terminal.press("y")
        assert "Counted as right on your word" in terminal.text()
        assert terminal.attempts() == [(TEXT, "correct", 3)]


async def test_steps_of_a_right_answer_wait_behind_w() -> None:
    async with drill(NUMBER) as terminal:
        await terminal.enter("36992")
        assert "biases: one per output channel" not in terminal.text()
        await terminal.press("w")
        assert "biases: one per output channel" in terminal.text()
        await terminal.press("w")
        assert "biases: one per output channel" not in terminal.text()


# ---------------------------------------------------------------------- commands in fields


async def test_escape_and_a_letter_is_a_command_and_leaves_text_and_caret(calls: list[tuple[Any, ...]]) -> None:
    async with drill(NUMBER) as terminal:
        await terminal.type("123")
        await terminal.press("left", "escape", "h")
        assert "Hint 1 of 2: How many input channels does one filter see?" in terminal.text()
        await terminal.type("h")
        assert (line(terminal).value, line(terminal).has_focus) == ("12h3", True)
        assert calls == [("hint",)]


@pytest.mark.parametrize("key", ["alt+h", "ctrl+t"])
async def test_one_key_asks_for_a_hint(key: str, calls: list[tuple[Any, ...]]) -> None:
    async with drill(NUMBER) as terminal:
        await terminal.type("12")
        await terminal.press(key)
        assert calls == [("hint",)]
        assert line(terminal).value == "12"


async def test_a_question_mark_asks_for_hints_and_then_for_the_answer(calls: list[tuple[Any, ...]]) -> None:
    async with drill(NUMBER) as terminal:
        for _ in range(2):
            await terminal.enter("?")
        assert "Hint 2 of 2" in terminal.text()
        await terminal.enter("?")
        assert "No more hints. ? again shows the answer and counts as Again." in terminal.text()
        assert terminal.attempts() == []
        await terminal.enter("?")
        assert terminal.attempts() == [(NUMBER, "blank", 1)]
        assert line(terminal).value == ""
        assert calls[-1] == ("reveal",)


@pytest.mark.parametrize("key", ["enter", "tab", "z"])
async def test_other_keys_only_cancel_the_prefix(key: str, calls: list[tuple[Any, ...]]) -> None:
    async with drill(NUMBER) as terminal:
        await terminal.type("5")
        await terminal.press("escape", key)
        await terminal.type("h")
        assert line(terminal).value == "5h"
        assert calls == []


async def test_escape_twice_leaves_and_home_goes_on_where_it_was() -> None:
    async with running(DrillRequest()) as terminal:
        await terminal.press("3", "enter", "enter", "escape", "escape")
        assert terminal.screen_name == "HomeScreen"
        assert "Saved at question 2 of 6; Enter at home goes on here." in terminal.text()
        assert "go on at question 2 of 6" in terminal.text()
        await terminal.press("enter")
        assert terminal.screen_name == "DrillScreen"
        assert "2/5 + 1 again" in terminal.text()


async def test_a_session_of_chosen_questions_promises_no_resume() -> None:
    async with drill(NUMBER, CHOICE) as terminal:
        await terminal.press("escape", "q")
        assert terminal.screen_name == "HomeScreen"
        assert "Saved" not in terminal.text()


async def test_letters_are_commands_where_nothing_is_typed(calls: list[tuple[Any, ...]]) -> None:
    async with drill(CHOICE, NUMBER) as terminal:
        await terminal.press("h", "s")
        assert calls == [("hint",), ("skip",)]
        assert "Skipped; it comes back at the end. Nothing recorded." in terminal.text()


async def test_skip_suspend_and_new_numbers_move_on(calls: list[tuple[Any, ...]]) -> None:
    async with drill(PARTS, CHOICE, NUMBER) as terminal:
        before = terminal.rows()[2]
        await terminal.press("ctrl+r")
        assert terminal.rows()[2] != before
        await terminal.press("escape", "x")
        assert f"Suspended: {PARTS}" in terminal.text()
        await terminal.press("ctrl+n")
        assert "Parameters of a convolution" in terminal.rows()[0] or "Parameters" in terminal.rows()[0]
        assert [name for name, *_ in calls] == ["new_numbers", "skip"]
        assert terminal.attempts() == []


async def test_a_question_without_numbers_says_so(calls: list[tuple[Any, ...]]) -> None:
    async with drill(CHOICE) as terminal:
        await terminal.press("2", "v")
        assert "This question has no numbers to change." in terminal.text()
        assert calls == []


async def test_flagging_says_so_and_changes_nothing_else() -> None:
    async with drill(CHOICE) as terminal:
        await terminal.press("3", "f")
        assert f"Flagged: {CHOICE}." in terminal.text()
        assert "3 > Remove the dropout" in terminal.text()


async def test_one_more_like_this_is_not_counted() -> None:
    async with drill(NUMBER) as terminal:
        await terminal.enter("36992")
        await terminal.press("v")
        assert "Practice, not counted." in terminal.rows()[0]
        await terminal.enter("1")
        assert "1 Again" not in terminal.text()
        assert "1-4" not in terminal.footer
        await terminal.press("enter")
        assert terminal.screen_name == "SummaryScreen"


async def test_the_source_is_named_where_no_editor_is_set() -> None:
    async with drill(CHOICE) as terminal:
        await terminal.press("o")
        assert "concepts.yaml:1" in terminal.text().replace("\n", "").replace(" ", "")
        assert terminal.screen_name == "DrillScreen"


# ---------------------------------------------------------------------- undo


async def test_undo_reopens_the_question_with_its_text() -> None:
    async with drill(NUMBER, CHOICE) as terminal:
        await terminal.enter("3*3*64*128+128")
        await terminal.press("enter", "u")
        assert line(terminal).value == "3*3*64*128+128"
        assert f"Undone: {NUMBER} is as it was before 09:00." in terminal.text()
        assert terminal.attempts() == []


async def test_undo_on_the_result_takes_that_answer_back() -> None:
    async with drill(NUMBER) as terminal:
        await terminal.enter("1")
        await terminal.press("u")
        assert (line(terminal).value, terminal.attempts()) == ("1", [])


async def test_undo_reaches_back_over_the_summary_and_home() -> None:
    async with running(DrillRequest(limit=2)) as terminal:
        await terminal.press("2", "enter", "enter")
        await terminal.press("enter", "enter", "4")
        assert terminal.screen_name == "SummaryScreen"
        count = len(terminal.attempts())
        await terminal.press("u")
        assert terminal.screen_name == "DrillScreen"
        assert len(terminal.attempts()) == count - 1
        await terminal.press("escape", "q", "u")
        assert terminal.screen_name == "HomeScreen"
        assert "Undone:" in terminal.text()
        assert len(terminal.attempts()) == count - 2


async def test_nothing_to_undo_is_said() -> None:
    async with drill(NUMBER) as terminal:
        await terminal.press("ctrl+z")
        assert "Nothing to undo." in terminal.text()


# ---------------------------------------------------------------------- language


async def test_the_language_changes_in_mid_question_and_text_and_caret_stay() -> None:
    async with drill(NUMBER) as terminal:
        await terminal.type("369")
        await terminal.press("left", "escape", "l")
        assert "这一层有多少个参数" in terminal.text()
        assert (line(terminal).value, line(terminal).cursor_position) == ("369", 2)
        await terminal.press("end", "9", "2", "enter")
        assert "✓ 答对了。" in terminal.text()
        assert terminal.app.context.store.attempts()[0].answer.lang == "zh"
        await terminal.press("l")
        assert "✓ Right." in terminal.text()


async def test_the_other_language_reads_a_typed_answer_by_its_own_rules() -> None:
    async with drill(TEXT) as terminal:
        await terminal.press("ctrl+l")
        await terminal.type("每个输入通道各自滤波")
        await terminal.press("enter")
        assert "✓ 1 逐通道卷积" in terminal.text()


# ---------------------------------------------------------------------- every kind of field


async def test_several_right_options_toggle() -> None:
    async with drill("weight-sharing") as terminal:
        await terminal.press("1", "3", "3", "down", "up", "space", "enter")
        assert terminal.attempts() == [("weight-sharing", "correct", 3)]


async def test_a_digit_may_answer_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZCNN_DIGIT_ANSWERS_AT_ONCE", "true")
    async with drill(CHOICE) as terminal:
        await terminal.press("2")
        assert terminal.attempts() == [(CHOICE, "correct", 3)]


async def test_gaps_fill_live_and_an_empty_one_is_asked_for_once() -> None:
    async with drill(CLOZE) as terminal:
        await terminal.enter("channel")
        assert "[1 channel]" in terminal.text()
        assert terminal.footer.startswith(" Enter next field")
        await terminal.press("enter")
        await terminal.enter("running")
        assert "gap 2 is empty. Enter again counts it as blank." in terminal.text()
        assert terminal.app.focused is terminal.app.screen.query_one("#line1")
        await terminal.press("enter")
        assert terminal.attempts() == [(CLOZE, "partial", 2)]


async def test_a_gap_that_cannot_be_read_gets_the_caret() -> None:
    async with drill(PARTS) as terminal:
        await terminal.enter("x")
        await terminal.enter("3")
        assert terminal.app.focused is terminal.app.screen.query_one("#line0")
        assert terminal.attempts() == []


async def test_rows_are_ordered_by_arrows_and_space() -> None:
    async with drill(ORDER) as terminal:
        await terminal.press("down", "down", "down", "space", "up", "up", "space", "space")
        assert line(terminal).value.split() == ["3"]
        await terminal.type("1 4 2")
        assert "3rd" in terminal.row_with("Drop the boxes")
        await terminal.press("enter")
        assert terminal.attempts() == [(ORDER, "correct", 3)]


async def test_letters_match_rows_and_say_where_they_are_used() -> None:
    async with drill(MATCH) as terminal:
        await terminal.type("cb")
        assert "used: row 1" in terminal.row_with("TP / (TP + FP)")
        await terminal.type("a")
        await terminal.press("enter")
        assert terminal.attempts() == [(MATCH, "correct", 3)]


@pytest.mark.parametrize(
    "steps",
    [("2", "space", "5", "enter", "1", "right", "2", "enter"), ("2", "down", "1", "right", "2", "up", "5", "down", "enter")],
)  # fmt: skip
async def test_cells_are_walked_by_space_enter_and_arrows(steps: tuple[str, ...]) -> None:
    async with drill(MATRIX) as terminal:
        await terminal.press(*steps)
        assert terminal.attempts() == [(MATRIX, "correct", 3)]


@pytest.mark.parametrize("text", ["[[2, 5], [1, 2]]", "2 5; 1 2", "2\t5\n1\t2"])
async def test_a_pasted_matrix_fills_the_cells(text: str) -> None:
    async with drill(MATRIX) as terminal:
        await terminal.paste(text)
        for _ in range(4):
            await terminal.press("enter")
        assert terminal.attempts()[:1] == [(MATRIX, "correct", 3)]


async def test_axes_are_named_while_a_shape_is_typed() -> None:
    async with drill("conv-shape") as terminal:
        await terminal.type("8x64")
        assert terminal.row_with("> 8x64").endswith("H 8   W 64")
        await terminal.type("x112x112")
        assert terminal.row_with("> 8x64").endswith("N 8   C 64   H 112   W 112")


async def test_long_text_takes_lines_and_enter_checks() -> None:
    async with drill(TEXT) as terminal:
        await terminal.type("each channel has its own kernel")
        await terminal.press("ctrl+j")
        await terminal.type("a 1x1 layer mixes the channels")
        area = terminal.app.screen.query_one(TextArea)
        assert area.text.count("\n") == 1
        await terminal.press("enter")
        assert terminal.attempts() == [(TEXT, "partial", 2)]
        assert "[1 " in terminal.text()


async def test_enter_may_begin_a_line_and_ctrl_s_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZCNN_ENTER_IN_TEXT", "new line")
    async with drill(TEXT) as terminal:
        await terminal.enter("one")
        assert terminal.attempts() == []
        assert terminal.app.screen.query_one(TextArea).text == "one\n"
        await terminal.press("ctrl+s")
        assert len(terminal.attempts()) == 1


async def test_text_that_is_too_long_is_kept_and_not_recorded() -> None:
    async with drill(TEXT) as terminal:
        await terminal.paste("word " * 500)
        await terminal.press("enter")
        assert "2,500 characters, 2,000 at most. Shorten it; nothing recorded." in terminal.text()
        assert terminal.attempts() == []
        assert len(terminal.app.screen.query_one(TextArea).text) == 2500


async def test_undo_in_long_text_takes_back_an_edit_before_an_answer(calls: list[tuple[Any, ...]]) -> None:
    async with drill(TEXT) as terminal:
        await terminal.paste("some words")
        await terminal.press("ctrl+z")
        assert terminal.app.screen.query_one(TextArea).text == ""
        assert calls == []
        await terminal.press("ctrl+z")
        assert calls == [("undo",)]


async def test_a_paste_of_several_lines_says_what_it_left_out() -> None:
    async with drill(NUMBER) as terminal:
        await terminal.paste("36992\n1\n2")
        assert line(terminal).value == "36992"
        assert "2 more lines were left out of the paste." in terminal.text()


# ---------------------------------------------------------------------- what can go wrong


async def test_an_answer_that_cannot_be_saved_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Drill.submit

    def full(self: Drill, *args: Any) -> Any:
        monkeypatch.setattr(Drill, "submit", real)
        raise StorageError("the disk is full", mend="make room")

    monkeypatch.setattr(Drill, "submit", full)
    async with drill(NUMBER) as terminal:
        await terminal.enter("36992")
        assert "Not saved: the disk is full" in terminal.text()
        assert (line(terminal).value, line(terminal).has_focus) == ("36992", True)
        await terminal.press("enter")
        assert terminal.attempts() == [(NUMBER, "correct", 3)]


async def test_a_rating_that_cannot_be_saved_stays_on_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Drill, rating: int | None = None) -> None:
        raise StorageError("the disk is full")

    async with drill(NUMBER, CHOICE) as terminal:
        await terminal.enter("36992")
        monkeypatch.setattr(Drill, "rate", full)
        await terminal.press("2")
        assert "Not saved: the disk is full" in terminal.text()
        monkeypatch.undo()
        assert isinstance(terminal.app.screen, DrillScreen)
        assert "✓ Right." in terminal.text()


async def test_a_command_that_cannot_be_saved_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Drill) -> None:
        raise StorageError("the disk is full")

    monkeypatch.setattr(Drill, "skip", full)
    async with drill(NUMBER) as terminal:
        await terminal.press("ctrl+n")
        assert "Not saved: the disk is full" in terminal.text()


# ---------------------------------------------------------------------- the mouse


async def test_clicks_choose_check_and_rate() -> None:
    async with drill(CHOICE, NUMBER) as terminal:
        await terminal.pilot.click("#options", offset=(8, 1))
        await terminal.settle()
        assert "2 > Augment the data more" in terminal.text()
        await terminal.pilot.click("KeyRow", offset=(2, 0))
        await terminal.settle()
        assert terminal.attempts() == [(CHOICE, "correct", 3)]
        x = terminal.row_with("2 Hard").index("2 Hard")
        await terminal.pilot.click(RatingRow, offset=(x + 1, 0))
        await terminal.settle()
        assert terminal.attempts() == [(CHOICE, "correct", 2)]
        assert line(terminal).has_focus


async def test_a_click_on_the_footer_leaves_the_caret_in_the_field(calls: list[tuple[Any, ...]]) -> None:
    async with drill(NUMBER) as terminal:
        await terminal.type("12")
        await terminal.pilot.click("KeyRow", offset=(terminal.footer.index("h hint"), 0))
        await terminal.settle()
        assert calls == [("hint",)]
        assert (line(terminal).value, line(terminal).has_focus) == ("12", True)


async def test_page_keys_scroll_what_does_not_fit() -> None:
    async with drill(NUMBER, size=(60, 16)) as terminal:
        await terminal.enter("1")
        assert "It comes back as the next card." not in terminal.text()
        await terminal.press("pagedown", "pagedown")
        assert "It comes back as the next card." in terminal.text()
        assert terminal.row_with("✗ Not 1")
        assert terminal.row_with("> 1")


async def test_a_killed_program_goes_on_where_it_was(home: Path) -> None:
    async with running(DrillRequest()) as terminal:
        await terminal.press("2", "enter")
        asked = terminal.attempts()
    async with running(DrillRequest()) as terminal:
        assert terminal.attempts() == asked
        assert "2/5" in terminal.rows()[0]


@pytest.mark.parametrize(
    ("passed", "shown"), [(0, "60 s left"), (11, "50 s left"), (52.5, "8 s left"), (61, "the minute is over")]
)
async def test_an_estimate_shows_what_is_left_of_its_minute(
    passed: float, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Drill.ask

    def estimate(drill: Drill) -> Ask | None:
        ask = real(drill)
        if ask is None:
            return None
        (field,) = ask.variant.fields
        asked = field.model_copy(update={"answer": field.answer.model_copy(update={"estimate": True})})
        return replace(ask, variant=replace(ask.variant, fields=(asked,)))

    monkeypatch.setattr(Drill, "ask", estimate)
    async with drill(NUMBER) as terminal:
        screen = terminal.app.screen
        assert isinstance(screen, DrillScreen)
        screen._started -= passed
        screen._show_clock()
        await terminal.settle()
        assert terminal.rows()[0].endswith(shown)
        await terminal.enter("36992")
        assert "left" not in terminal.rows()[0]
        assert "minute" not in terminal.rows()[0]


async def test_other_questions_have_no_clock() -> None:
    async with drill(NUMBER) as terminal:
        assert terminal.rows()[0].endswith("due")


# ---------------------------------------------------------------------- the side panel

WIDE = (120, 40)


async def test_the_panel_tells_no_mistake_and_no_formula_before_the_answer() -> None:
    async with drill(NUMBER, size=WIDE) as terminal:
        assert "Formula" not in terminal.text()
        assert terminal.row_with("This card").endswith("not answered yet")
        await terminal.enter("3*3*64*128+128")
        assert "Formula" in terminal.text()
        assert terminal.row_with("  today").endswith("✗ ignores groups")
        await terminal.press("enter")
        assert terminal.row_with("This card").endswith("missed 1 of 1")
        assert terminal.row_with("  today").endswith("✗ Again")
        assert "Formula" not in terminal.text()


@pytest.mark.parametrize("keys", [("alt+down",), ("escape", "down"), ("escape", "pagedown")])
async def test_a_panel_that_does_not_fit_is_scrolled_from_the_field(keys: tuple[str, ...]) -> None:
    async with drill(NEAR, size=(120, 18)) as terminal:
        assert "Esc, then" in terminal.footer
        assert "i ↑↓ side panel" in terminal.footer
        assert "This card" not in terminal.text()
        await terminal.type("0.1")
        await terminal.press(*keys)
        assert "This card" in terminal.text()
        await terminal.press("alt+up")
        assert "This card" not in terminal.text()
        await terminal.type("4")
        assert line(terminal).value == "0.14"
        await terminal.enter("29")
        assert "i Alt+↑↓ side panel" in terminal.footer
        await terminal.press("alt+down")
        assert "This card" in terminal.text()


async def test_undo_and_overruling_are_seen_in_the_panel() -> None:
    async with drill(TEXT, size=WIDE) as terminal:
        await terminal.type("it needs more MACs")
        await terminal.press("enter")
        assert terminal.row_with("This card").endswith("missed 1 of 1")
        await terminal.press("y")
        assert terminal.row_with("This card").endswith("missed 0 of 1")
        await terminal.press("u")
        assert terminal.row_with("This card").endswith("not answered yet")


async def test_a_figure_stands_once() -> None:
    async with drill(NEAR, size=WIDE) as terminal:
        assert terminal.text().count("[x1, y1, x2, y2]") == 1
        assert "│ Figure" in terminal.text()
        await terminal.press("escape", "i")
        assert terminal.text().count("[x1, y1, x2, y2]") == 1
        assert "Figure" not in terminal.text()
        await terminal.press("escape", "i")
        assert "│ Figure" in terminal.text()


async def test_a_narrow_terminal_has_no_panel_and_no_key_for_it() -> None:
    async with drill(NEAR, size=(119, 40)) as terminal:
        assert "This card" not in terminal.text()
        assert "side panel" not in terminal.footer
        await terminal.pilot.resize_terminal(*WIDE)
        await terminal.settle()
        assert "This card" in terminal.text()
        await terminal.pilot.resize_terminal(80, 24)
        await terminal.settle()
        assert "This card" not in terminal.text()


async def test_an_answer_that_is_only_practised_counts_as_nothing_when_it_is_shown() -> None:
    async with running(DrillRequest(questions=(NUMBER,), counted=False)) as terminal:
        await terminal.press("enter", "enter")
        assert terminal.row_with("Not answered. Right answer: 36,992")
        assert "counted as Again" not in terminal.text()


def test_a_reference_answer_that_is_shown_stands_there_once() -> None:
    ask = Drill.open(Context(lang="en"), ask_for(TEXT)).ask()
    assert ask is not None
    points = ask.variant.fields[0]
    assert isinstance(points.answer, KeypointsAnswer)
    result = Result(Grade(Verdict.BLANK, 0.0, "", Text.same("The points.")), recorded=True, revealed=True, intervals={})
    assert say_verdict(ask.variant, result, "en") == "The answer, counted as Again: The points."
    in_full = points.answer.model_copy(update={"references": (Text.same("In full."),)})
    told = points.model_copy(update={"answer": in_full})
    variant = replace(ask.variant, fields=(told,))
    assert say_verdict(variant, result, "en") == "The answer is shown; it counts as Again."
