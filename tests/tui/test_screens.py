"""Every screen beside the drill: first run, home, settings, summary, palette, help, a terminal that is too small."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal_driver import ask_for, drill, running
from textual import events
from textual.widgets import Input

from quizcnn.errors import UsageError
from quizcnn.services.context import Context
from quizcnn.services.requests import DrillRequest
from quizcnn.settings import load_settings
from quizcnn.text import display_width
from quizcnn.tui.app import QuizApp

NUMBER, CHOICE = "grouped-conv-cost", "overfitting-remedies"


# ---------------------------------------------------------------------- first run


async def test_the_first_run_leads_by_enter_to_the_first_question() -> None:
    async with running(first_run=True) as terminal:
        assert terminal.screen_name == "SetupScreen"
        await terminal.press("enter")
        await terminal.enter("12 Dec")
        await terminal.press("enter")
        assert terminal.screen_name == "DrillScreen"
    saved = load_settings()
    assert (saved.language, str(saved.interview_date), saved.minutes) == ("en", "2026-12-12", 25)


async def test_the_first_run_speaks_the_language_that_is_chosen() -> None:
    async with running(first_run=True) as terminal:
        await terminal.press("backspace", "2")
        assert "面试日期" in terminal.text()
        await terminal.press("enter", "enter", "enter")
        assert "新卡 5" in terminal.rows()[0]
    assert load_settings().language == "zh"


async def test_a_value_that_arrives_in_one_burst_is_typed_whole() -> None:
    async with running() as terminal:
        await terminal.press("5", "down")
        for char in "3 周后":
            terminal.app.post_message(events.Key("space" if char == " " else char, char))
        await terminal.settle()
        await terminal.press("enter")
    assert str(load_settings().interview_date) == "2026-12-12"


async def test_one_escape_leaves_a_value_unsaved() -> None:
    async with running() as terminal:
        await terminal.press("5", "down", "down", "7", "escape")
        assert "Minutes a day >" not in terminal.text()
        assert load_settings().minutes == 25
        await terminal.press("8", "1", "enter")
        assert load_settings().minutes == 81


@pytest.mark.parametrize("key", ["2", "２", "right"])
async def test_the_number_of_a_language_takes_the_place_of_the_other(key: str) -> None:
    async with running(first_run=True) as terminal:
        await (terminal.press(key) if key == "right" else terminal.type(key))
        assert "面试日期" in terminal.text()
        assert terminal.row_with("Language / 语言").split()[3] == "2"
        await terminal.type("3w")
        assert "面试日期" in terminal.text()
        await terminal.type("1")
        assert "Interview on" in terminal.text()


async def test_a_chinese_terminal_begins_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    async with running(first_run=True) as terminal:
        assert "每天分钟数" in terminal.text()


@pytest.mark.parametrize(
    ("date", "why"), [("12 Nov 2026", "that day is past"), ("soon", "not a date; 12 Dec or in 3 weeks")]
)
async def test_a_date_that_does_not_serve_keeps_its_text(date: str, why: str) -> None:
    async with running(first_run=True) as terminal:
        await terminal.press("enter")
        await terminal.enter(date)
        await terminal.press("enter")
        assert terminal.screen_name == "SetupScreen"
        assert f"? {why}" in terminal.text()
        focused = terminal.app.focused
        assert isinstance(focused, Input)
        assert (focused.id, focused.value) == ("date", date)


async def test_a_held_enter_does_not_run_through_the_first_screen() -> None:
    async with running(first_run=True, enter_gap=0.25) as terminal:
        await terminal.burst("enter", 8)
        assert terminal.screen_name == "SetupScreen"


# ---------------------------------------------------------------------- home


async def test_home_says_what_enter_does_and_does_it() -> None:
    async with running() as terminal:
        assert "▌ Enter   start" in terminal.text()
        await terminal.press("enter")
        assert terminal.screen_name == "DrillScreen"
        assert "1/5" in terminal.rows()[0]


async def test_digits_go_where_they_say() -> None:
    async with running() as terminal:
        await terminal.press("5")
        assert terminal.screen_name == "SettingsScreen"
        await terminal.press("escape", "1")
        assert terminal.screen_name == "DrillScreen"


async def test_nothing_due_gives_extra_questions_that_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZCNN_NEW_PER_DAY", "0")
    async with running() as terminal:
        assert "nothing is due" in terminal.text()
        assert "10 extra questions, schedule untouched" in terminal.text()
        await terminal.press("enter")
        assert "1/10" in terminal.rows()[0]
        assert "Practice, not counted." in terminal.rows()[0]


async def test_the_days_new_cards_are_done_and_n_adds_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZCNN_NEW_PER_DAY", "2")
    async with running() as terminal:
        await terminal.press("enter", "2", "enter", "4", "enter", "enter", "4", "enter")
        assert "Today's 2 new cards are done; reviews go on. n adds 5 more." in " ".join(terminal.text().split())
        await terminal.press("n")
        assert "1/5" in terminal.rows()[0]


async def test_a_backlog_is_spread_over_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZCNN_MINUTES", "3")
    monkeypatch.setenv("QUIZCNN_NEW_PER_DAY", "0")
    names = (NUMBER, CHOICE, "weight-sharing", "nms-order", "why-residuals")
    async with drill(*names) as terminal:
        for _ in names:
            await terminal.press("enter", "enter", "4")
    monkeypatch.setenv("QUIZCNN_NOW", "2026-12-11T09:00:00+00:00")
    async with running() as terminal:
        said = " ".join(terminal.text().split())
        assert "5 cards wait. Today 2, the most useful first; the rest is spread over 2 days." in said


async def test_mistakes_of_late_are_practised_uncounted() -> None:
    async with drill(NUMBER) as terminal:
        await terminal.enter("3*3*64*128+128")
        await terminal.press("enter", "escape", "q")
        assert "ignores groups (once)" in terminal.text()
        await terminal.press("m")
        assert "Practice, not counted." in terminal.rows()[0]
        assert "How many parameters" in terminal.text()


async def test_trouble_with_the_record_stands_on_home_and_the_settings_stay_open(home: Path) -> None:
    (home / "quizcnn.sqlite").write_bytes(b"this is no database" * 100)
    from quizcnn.locations import database_file

    database_file().write_bytes(b"this is no database" * 100)
    async with running() as terminal:
        assert terminal.row_with("✗")
        await terminal.press("5")
        assert terminal.screen_name == "SettingsScreen"


async def test_escape_never_leaves_the_program() -> None:
    async with running() as terminal:
        await terminal.press("escape", "escape")
        assert terminal.app.is_running
        assert terminal.screen_name == "HomeScreen"


# ---------------------------------------------------------------------- summary


async def test_the_summary_practises_what_was_missed() -> None:
    async with drill(NUMBER, CHOICE) as terminal:
        await terminal.enter("3*3*64*128+128")
        await terminal.press("4", "2", "enter", "enter")
        assert terminal.screen_name == "SummaryScreen"
        row = terminal.row_with(NUMBER)
        assert row.split() == [NUMBER, "73,856", "36,992", "ignores", "groups"]
        await terminal.press("m")
        assert "1/1" in terminal.rows()[0]
        assert "How many parameters" in terminal.text()


async def test_nothing_missed_is_one_line() -> None:
    async with drill(CHOICE) as terminal:
        await terminal.press("2", "enter", "enter")
        assert "Nothing missed." in terminal.text()
        assert "again, not counted" not in terminal.footer


# ---------------------------------------------------------------------- settings


async def test_a_setting_is_saved_at_once_and_said() -> None:
    async with running() as terminal:
        await terminal.press("5", "down", "down", "right")
        assert "Minutes a day saved: 30" in terminal.rows()[0]
        assert load_settings().minutes == 30
        await terminal.press("r")
        assert load_settings().minutes == 25


async def test_digits_choose_a_value_or_type_one() -> None:
    async with running() as terminal:
        await terminal.press("5", "down")
        await terminal.enter("12 Dec")
        assert str(load_settings().interview_date) == "2026-12-12"
        await terminal.press("down", "7", "7", "enter")
        assert load_settings().minutes == 77
        await terminal.press("up", "up", "2")
        assert load_settings().language == "zh"
        assert terminal.rows()[0].startswith(" 设置")


async def test_a_value_that_is_not_legal_stays_and_names_the_range() -> None:
    async with running() as terminal:
        await terminal.press("5", "down", "down", "9", "9", "9", "enter")
        assert "999 is not saved; legal: a whole number from 1 to 600" in terminal.rows()[0]
        assert "Minutes a day > 999" in terminal.text()
        await terminal.press("escape")
        assert terminal.screen_name == "SettingsScreen"
        assert load_settings().minutes == 25


async def test_theme_and_symbols_are_taken_up_at_once() -> None:
    async with running() as terminal:
        await terminal.press("5", *["down"] * 6, "3", "down", "3")
        assert terminal.app.theme == "quizcnn-light"
        await terminal.press("escape")
        assert "▌" not in terminal.text()
        assert "| Enter" in terminal.text()


# ---------------------------------------------------------------------- palette and help


async def test_the_palette_asks_a_question_by_its_name() -> None:
    async with running() as terminal:
        await terminal.press("slash")
        await terminal.enter("nms-order")
        assert "Put the steps of non-maximum suppression in order." in terminal.text()
        assert "Practice, not counted." in terminal.rows()[0]


async def test_the_palette_finds_topics_in_either_language() -> None:
    async with running() as terminal:
        await terminal.press("slash")
        await terminal.type("残差")
        assert "Residual connections" in terminal.text()


async def test_the_palette_says_when_there_is_nothing() -> None:
    async with running() as terminal:
        await terminal.press("slash")
        await terminal.enter("zzz")
        assert terminal.screen_name == "HomeScreen"
        await terminal.press("slash")
        await terminal.type("zzz")
        assert "Nothing called 'zzz'." in terminal.text()


async def test_the_palette_over_a_field_gives_text_and_caret_back() -> None:
    async with drill(NUMBER) as terminal:
        await terminal.type("369")
        await terminal.press("left", "ctrl+p", "escape", "5")
        focused = terminal.app.focused
        assert isinstance(focused, Input)
        assert focused.value == "3659"


async def test_help_lists_what_the_screen_offers_and_runs_it() -> None:
    async with drill(NUMBER) as terminal:
        await terminal.press("escape", "question_mark")
        assert "hint" in terminal.text()
        await terminal.enter("hint")
        assert terminal.screen_name == "DrillScreen"
        assert "Hint 1 of 2" in terminal.text()


async def test_help_shows_the_learners_own_keys(settings_file: Path) -> None:
    settings_file.write_text('[keys]\nhint = "j"\n', encoding="utf-8")
    async with drill(NUMBER) as terminal:
        assert "j hint" in terminal.footer
        await terminal.press("escape", "j")
        assert "Hint 1 of 2" in terminal.text()
        await terminal.press("escape", "question_mark")
        assert terminal.row_with("hint").split()[-3:-1] == ["^T", "hint"] or "j     ^T   hint" in terminal.text()


def test_keys_that_clash_are_refused_at_the_start(settings_file: Path) -> None:
    settings_file.write_text('[keys]\nhint = "s"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="s is bound to both hint and skip"):
        QuizApp(Context(lang="en"))


# ---------------------------------------------------------------------- size, footer, language


async def test_a_small_terminal_says_what_is_needed_and_comes_back() -> None:
    async with drill(NUMBER, size=(50, 12)) as terminal:
        assert "quizcnn needs 60 x 16" in terminal.text()
        await terminal.pilot.resize_terminal(80, 24)
        await terminal.settle()
        assert "How many parameters" in terminal.text()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [60, 72, 80, 100, 120])
async def test_help_is_never_cut_from_the_footer(lang: str, width: int) -> None:
    async with running(ask_for("conv-shape"), lang=lang, size=(width, 24)) as terminal:  # type: ignore[arg-type]
        for keys in ((), ("1", "enter"), ("enter",)):
            await terminal.press(*keys)
            assert terminal.footer.strip().startswith("Enter")
            assert terminal.footer.endswith("? help" if lang == "en" else "? 帮助")
            assert display_width(terminal.footer) <= width


async def test_the_footer_lights_up_while_a_letter_is_awaited() -> None:
    async with drill(NUMBER) as terminal:
        before = _styles_of_the_footer(terminal.app)
        await terminal.press("escape")
        assert "reverse" in _styles_of_the_footer(terminal.app)
        assert "reverse" not in before


def _styles_of_the_footer(app: QuizApp) -> str:
    strip = app.screen._compositor.render_strips()[-1]
    return " ".join(str(segment.style) for segment in strip)


async def test_every_screen_speaks_the_other_language() -> None:
    async with running() as terminal:
        await terminal.press("l")
        assert "今天   新卡 5 张" in terminal.text()
        await terminal.press("enter", "2", "enter", "4")
        assert "新卡 4" in terminal.rows()[0]
        await terminal.press("escape", "escape")
        assert "已保存到第 2 / 5 题" in terminal.text()


async def test_control_c_copies_and_says_how_to_leave() -> None:
    async with running(DrillRequest()) as terminal:
        await terminal.press("ctrl+c", "ctrl+c")
        assert terminal.app.is_running
        assert terminal.text().count("^Q leaves; everything is saved.") == 1
        await terminal.press("ctrl+q")
        assert not terminal.app.is_running or terminal.app._exit
