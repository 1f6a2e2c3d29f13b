"""The bank browser on the terminal: pictures, searching as one types, the key, practice and the way back, marks, what is not found."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from terminal_driver import SIZE, Steps, Terminal, drill, running, take_steps
from test_pictures import LARGE, PICTURES, SMALL, compare

from quizcnn.errors import StorageError
from quizcnn.services.search.search import Search
from quizcnn.text import Lang, display_width
from quizcnn.tui.screens.browser import BrowserScreen
from quizcnn.tui.widgets.line import Line

GROUPED = "grouped-conv-cost"
WRONG = '"3*3*64*128+128'
ALL = 15
"""Questions of the bank beside this file."""


@dataclass(frozen=True)
class Scene:
    name: str
    steps: Steps = ()
    lang: Lang = "en"
    size: tuple[int, int] = SIZE
    missed: bool = False
    ascii_only: bool = False


SCENES = (
    Scene("opened"),
    Scene("opened-zh", lang="zh"),
    Scene("words", ('"conv kind:number',), missed=True),
    Scene("words-zh", ("+卷积 题型:数值",), "zh", missed=True),
    Scene("words-large", ('"conv', "down", "down"), size=LARGE, missed=True),
    Scene("words-narrow", ('"conv',), size=SMALL, missed=True),
    Scene("words-narrow-open-zh", ("+过拟合", "enter", "w"), "zh", SMALL),
    Scene("words-ascii", ('"conv kind:number',), missed=True, ascii_only=True),
    Scene("key", ('"grouped', "down", "w")),
    Scene("key-zh", ('"grouped', "down", "w"), "zh"),
    Scene("key-of-options", ('"overfitting', "down", "w")),
    Scene("key-of-gaps-zh", ('"eval', "down", "w"), "zh", LARGE),
    Scene("key-of-points", ('"depthwise', "down", "w"), size=LARGE),
    Scene("key-of-a-figure", ('"iou', "down", "w"), size=LARGE),
    Scene("note", ('"grouped', "down", "f", '"bias')),
    Scene("flagged-zh", ('"grouped', "down", "f", "+偏置算不算", "enter"), "zh"),
    Scene("suspended", ('"grouped', "down", "x")),
    Scene("no-value", ('"mistake:gropus',)),
    Scene("no-word-zh", ("+批化归",), "zh"),
    Scene("hidden", ('"overfitting kind:number',)),
)  # fmt: skip


async def miss(lang: Lang = "en") -> None:
    """One counted answer with a named mistake."""
    async with drill(GROUPED, lang=lang) as terminal:
        await take_steps(terminal, (WRONG, "enter", "enter"))


async def open_browser(terminal: Terminal, *steps: str) -> None:
    await take_steps(terminal, ("4",))
    assert terminal.screen_name == "BrowserScreen"
    await take_steps(terminal, steps)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_picture(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    if scene.ascii_only:
        monkeypatch.setenv("QUIZCNN_SYMBOLS", "ascii")
    if scene.missed:
        await miss(scene.lang)
    async with running(lang=scene.lang, size=scene.size) as terminal:
        await open_browser(terminal, *scene.steps)
        rows = terminal.rows()
    compare(f"browser/{scene.name}", rows)
    assert len(rows) == scene.size[1]
    assert max(map(display_width, rows)) <= scene.size[0]


def test_every_picture_has_its_scene() -> None:
    assert {file.stem for file in (PICTURES / "browser").glob("*.txt")} == {scene.name for scene in SCENES}


# ---------------------------------------------------------------------- searching


def hits(terminal: Terminal) -> list[str]:
    """The ids of the rows of the list."""
    known = {row.id for row in terminal.app.context.catalog.rows()}
    rows = (row.lstrip("> ").split(" ")[0] for row in terminal.rows()[1:])
    return [name for name in rows if name in known]


def cursor(terminal: Terminal) -> str:
    return next(row for row in terminal.rows()[1:] if row.startswith(" > ")).split()[1]


async def test_the_list_follows_every_key() -> None:
    async with running() as terminal:
        await open_browser(terminal)
        assert f"{ALL} of {ALL} questions" in terminal.text()
        counts = []
        for key in "residual":
            await terminal.press(key)
            counts.append(len(hits(terminal)))
        assert hits(terminal) == ["why-residuals"]
        assert counts[0] > 1
        assert counts == sorted(counts, reverse=True)
        await terminal.press(*["backspace"] * len("residual"))
        assert f"{ALL} of {ALL} questions" in terminal.text()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (GROUPED, [GROUPED]),
        ("kind:recall", ["why-residuals"]),
        ("area:detection", ["box-iou-two-boxes", "nms-order"]),
        ("state:flagged", []),
        ("mistake:groups kind:number topic:conv-parameters", [GROUPED]),
        ("残差", ["why-residuals"]),
        ("题型:排序", ["nms-order"]),
        ("领域:目标检测 题型:数值题", ["box-iou-two-boxes"]),
        ("difficulty:5", []),
    ],
)
async def test_words_ids_and_filters_in_both_languages_find(line: str, found: list[str]) -> None:
    async with running() as terminal:
        await open_browser(terminal, f"+{line}")
        assert sorted(hits(terminal)) == found


async def test_states_of_the_record_filter() -> None:
    await miss()
    async with running() as terminal:
        await open_browser(terminal, '"state:new')
        assert GROUPED not in terminal.text()
        await take_steps(terminal, ("ctrl+u", '"state:learning'))
        assert hits(terminal) == [GROUPED]
        assert "ignores groups" in terminal.row_with(GROUPED)
        await take_steps(terminal, ("ctrl+u", '"mistake:made'))
        assert hits(terminal) == [GROUPED]


async def test_the_line_is_kept_while_the_program_runs() -> None:
    async with running() as terminal:
        await open_browser(terminal, '"nms', "escape", "escape")
        assert terminal.screen_name == "HomeScreen"
        await open_browser(terminal)
        assert hits(terminal) == ["nms-order"]


async def test_enter_takes_what_is_meant() -> None:
    async with running() as terminal:
        await open_browser(terminal, '"knid:choice')
        assert hits(terminal) == []
        assert "Enter take kind:choice" in terminal.footer
        await terminal.press("enter")
        assert sorted(hits(terminal)) == ["overfitting-remedies", "weight-sharing"]


async def test_a_filter_that_hides_the_hits_is_left_out() -> None:
    async with running() as terminal:
        await open_browser(terminal, '"overfitting kind:number', "tab")
        assert "overfitting-remedies" in hits(terminal)
        assert "kind:number" not in terminal.text()


# ---------------------------------------------------------------------- list and preview


async def test_arrows_walk_over_the_list_and_back_into_the_field() -> None:
    async with running() as terminal:
        await open_browser(terminal)
        first = cursor(terminal)
        await terminal.press("down", "down")
        second = cursor(terminal)
        assert second != first
        await terminal.press("end")
        last = cursor(terminal)
        await terminal.press("down")
        assert cursor(terminal) == last
        await terminal.press("home")
        assert cursor(terminal) == first
        await terminal.press("up")
        await terminal.type("w")
        assert terminal.rows()[0].startswith(" > w")


async def test_down_while_the_bank_is_read_goes_to_the_list_when_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    read, prepare = threading.Event(), BrowserScreen._prepare

    def wait(screen: BrowserScreen) -> Search:
        read.wait(5)
        return prepare(screen)

    monkeypatch.setattr(BrowserScreen, "_prepare", wait)
    async with running() as terminal:
        await terminal.pilot.press("4")
        await terminal.pilot.pause()
        assert "Reading the bank" in terminal.text()
        await terminal.pilot.press("down")
        read.set()
        await terminal.settle()
        first = cursor(terminal)
        await terminal.press("down")
        assert cursor(terminal) != first
        assert not isinstance(terminal.app.focused, Line)


async def test_letters_are_typed_in_the_field_and_commands_in_the_list() -> None:
    async with running() as terminal:
        await open_browser(terminal, '"grouped')
        assert "36,992" not in terminal.text()
        await terminal.press("escape", "w")
        assert terminal.rows()[0].startswith(" > grouped ")
        assert "Answer: 36,992" in terminal.text()
        await terminal.press("down", "w")
        assert "36,992" not in terminal.text()


async def test_other_numbers_are_others_and_stay_with_the_question() -> None:
    async with running() as terminal:
        await open_browser(terminal, '"conv-rows-and-columns', "down", "w")
        first = terminal.rows()[8:-1]
        assert "seed 1" in first[0]
        await terminal.press("v")
        second = terminal.rows()[8:-1]
        assert "seed 1" not in second[0]
        assert second[1:] != first[1:]
        await terminal.press("tab", "ctrl+u")
        await take_steps(terminal, ('"nms', "ctrl+u", '"conv-rows'))
        assert terminal.rows()[8:-1] == second


async def test_the_caret_moves_in_the_field_and_not_the_list() -> None:
    async with running() as terminal:
        await open_browser(terminal, '"onv', "home", '"c', "end", '"x', "left", "left", "right", "backspace")
        assert terminal.rows()[0].startswith(" > conx ")


async def test_a_question_without_numbers_says_so() -> None:
    async with running() as terminal:
        await open_browser(terminal, '"overfitting', "down")
        assert "new numbers" not in terminal.footer
        await terminal.press("v")
        assert "seed 1" in terminal.text()
        assert terminal.rows()[1].strip()


async def test_the_language_turns_all_of_it_and_the_cursor_stays() -> None:
    async with running() as terminal:
        await open_browser(terminal, '"conv', "down", "down", "w")
        at = cursor(terminal)
        await terminal.press("l")
        assert "题中的" in terminal.text()
        assert cursor(terminal) == at
        await terminal.press("l")
        assert "questions" in terminal.text()


# ---------------------------------------------------------------------- practice


async def test_a_question_is_tried_uncounted_and_leads_back_to_it() -> None:
    async with running() as terminal:
        await open_browser(terminal, '"conv', "down", "down")
        at = cursor(terminal)
        await terminal.press("enter")
        assert terminal.screen_name == "DrillScreen"
        assert "Practice, not counted." in terminal.rows()[0]
        await terminal.press("escape", "q")
        assert terminal.screen_name == "BrowserScreen"
        assert cursor(terminal) == at
        assert terminal.rows()[0].startswith(" > conv ")
        assert terminal.attempts() == []


async def test_a_whole_practice_leaves_the_schedule_as_it_was() -> None:
    async with running() as terminal:
        await open_browser(terminal, f'"{GROUPED}', "enter", WRONG, "enter", "enter")
        for _ in range(8):
            if terminal.screen_name != "DrillScreen":
                break
            await terminal.press("enter")
        assert terminal.screen_name == "SummaryScreen"
        await terminal.press("enter")
        assert terminal.screen_name == "BrowserScreen"
        assert terminal.app.context.store.card(GROUPED).is_new


# ---------------------------------------------------------------------- marks


async def test_a_question_is_set_aside_and_taken_back() -> None:
    async with running() as terminal:
        await open_browser(terminal, f'"{GROUPED}', "down", "x")
        assert terminal.app.context.store.card(GROUPED).suspended == "learner"
        assert ("x", "take it back", "suspend") in terminal.app.screen.key_items()
        assert "suspended" in terminal.rows()[2]
        await terminal.press("x")
        assert terminal.app.context.store.card(GROUPED).suspended is None
        assert "Back in the schedule" in terminal.rows()[1]


async def test_what_is_set_aside_leaves_a_list_of_new_ones() -> None:
    async with running() as terminal:
        await open_browser(terminal, '"state:new topic:conv-parameters', "down", "x")
        assert len(hits(terminal)) == 1


async def test_a_doubt_is_kept_with_its_note_and_the_numbers_seen() -> None:
    async with running() as terminal:
        await open_browser(terminal, '"conv-rows-and-columns', "down", "v", "f", '"are four digits asked?')
        assert terminal.app.context.store.flags() == []
        await terminal.press("enter")
        (flag,) = terminal.app.context.store.flags()
        assert (flag.question_id, flag.note) == ("conv-rows-and-columns", "are four digits asked?")
        assert flag.seed is not None
        assert flag.seed > 1
        assert " d2 f " in terminal.rows()[2]


async def test_escape_twice_leaves_the_note_unsaved() -> None:
    async with running() as terminal:
        await open_browser(terminal, '"grouped', "down", "f", '"hm', "escape", "escape")
        assert terminal.screen_name == "BrowserScreen"
        assert "What is doubtful?" not in terminal.text()
        assert terminal.app.context.store.flags() == []


async def test_an_empty_note_on_a_flagged_question_takes_the_flag_off() -> None:
    async with running() as terminal:
        await open_browser(terminal, '"grouped', "down", "f", '"hm', "enter", "f")
        assert "Flagged: hm" in terminal.text()
        await terminal.press("enter")
        assert terminal.app.context.store.flags() == []
        assert "No longer flagged" in terminal.text()


async def test_the_source_opens_in_the_editor_or_says_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running() as terminal:
        await open_browser(terminal, '"grouped', "down", "o")
        assert "numbers.yaml:1" in terminal.text()
        assert "EDITOR" in terminal.text()
        asked: list[str] = []
        monkeypatch.setattr(terminal.app, "open_source", asked.append)
        await terminal.press("o")
        assert asked == [GROUPED]


# ---------------------------------------------------------------------- trouble


async def test_a_record_that_cannot_be_read_is_said_and_the_bank_searched_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise StorageError("is locked", where="record")

    async with running() as terminal:
        monkeypatch.setattr("quizcnn.services.search.search.read_record", fail)
        await open_browser(terminal, '"box')
        assert "box-iou-two-boxes" in hits(terminal)
        assert "is locked" in terminal.text()


async def test_the_palette_leads_here_and_help_lists_the_keys() -> None:
    async with running() as terminal:
        await terminal.press("/")
        await terminal.enter("bank")
        assert terminal.screen_name == "BrowserScreen"
        await terminal.press("down", "?")
        assert "suspend" in terminal.text()
        assert "open the source" in terminal.text()


async def test_clicks_put_the_cursor_on_a_row_and_try_it() -> None:
    async with running() as terminal:
        await open_browser(terminal)
        second = hits(terminal)[1]
        await terminal.pilot.click("#hits", offset=(6, 1))
        await terminal.settle()
        assert cursor(terminal) == second
        await terminal.pilot.click("#hits", offset=(6, 1))
        await terminal.settle()
        assert terminal.screen_name == "DrillScreen"
