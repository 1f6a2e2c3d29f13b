"""Lessons on the terminal: pictures, reading, links, practice and the ways back, beside a session, from bank and palette."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from terminal_driver import SIZE, Steps, Terminal, drill, running, take_steps
from test_pictures import LARGE, PICTURES, SMALL, compare

from quizcnn.errors import StorageError
from quizcnn.text import Lang, display_width

GROUPED = "grouped-conv-cost"
ASKED = re.compile(r"A map of (\d+) × (\d+), kernel (\d+), stride (\d+), padding (\d+)\.")
WRONG = '"3*3*64*128+128'


@dataclass(frozen=True)
class Scene:
    name: str
    steps: Steps = ()
    lang: Lang = "en"
    size: tuple[int, int] = SIZE
    words: str = "lesson size"
    missed: bool = False
    ascii_only: bool = False


SCENES = (
    Scene("opened"),
    Scene("opened-zh", lang="zh"),
    Scene("example", ("space",)),
    Scene("example-zh", ("space",), "zh"),
    Scene("links-zh", ("end", "tab", "tab"), "zh"),
    Scene("large", size=LARGE),
    Scene("large-zh", lang="zh", size=LARGE),
    Scene("figure-large", words="lesson overlap", size=LARGE),
    Scene("small-zh", lang="zh", size=SMALL),
    Scene("ascii", ascii_only=True),
    Scene("missed", ("end",), words="lesson parameters", missed=True),
    Scene("without-numbers", words="lesson overfitting"),
)  # fmt: skip


async def miss(lang: Lang = "en") -> None:
    """One counted answer with a named mistake."""
    async with drill(GROUPED, lang=lang) as terminal:
        await take_steps(terminal, (WRONG, "enter", "enter"))


async def open_lesson(terminal: Terminal, words: str = "lesson size", *steps: str) -> None:
    await terminal.press("/")
    await terminal.enter(words)
    assert terminal.screen_name == "LessonScreen"
    await take_steps(terminal, steps)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_picture(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    if scene.ascii_only:
        monkeypatch.setenv("QUIZCNN_SYMBOLS", "ascii")
    if scene.missed:
        await miss(scene.lang)
    async with running(lang=scene.lang, size=scene.size) as terminal:
        await open_lesson(terminal, scene.words, *scene.steps)
        rows = terminal.rows()
    compare(f"lesson/{scene.name}", rows)
    assert len(rows) == scene.size[1]
    assert max(map(display_width, rows)) <= scene.size[0]


def test_every_picture_has_its_scene() -> None:
    assert {file.stem for file in (PICTURES / "lesson").glob("*.txt")} == {scene.name for scene in SCENES}


def cursor(terminal: Terminal) -> str:
    """The link under the cursor; empty where there is none."""
    return next((row.removeprefix(" > ").strip() for row in terminal.rows() if row.startswith(" > ")), "")


# ---------------------------------------------------------------------- reading


def read(terminal: Terminal) -> list[str]:
    """The rows of the lesson in sight, without the scroll bar; the blank row at the top stays where it is."""
    return [row[:78].rstrip() for row in terminal.rows()[2:-1]]


async def test_arrows_and_pages_read_on() -> None:
    async with running() as terminal:
        await open_lesson(terminal)
        first = read(terminal)
        await terminal.press("down", "down")
        assert read(terminal)[:-2] == first[2:]
        await terminal.press("up", "up")
        assert read(terminal) == first
        await terminal.press("end")
        assert "Leads to" in terminal.text()
        await terminal.press("home")
        assert read(terminal) == first


async def test_a_lesson_goes_from_facts_to_what_follows() -> None:
    async with running(size=(80, 70)) as terminal:
        await open_lesson(terminal)
        parts = ("Facts", "Formula", "Common mistakes", "Worked example", "Questions", "Needs", "Leads to")
        places = [terminal.rows().index(f" {part}") for part in parts]
        assert places == sorted(places)


async def test_other_numbers_are_worked_to_their_own_answer() -> None:
    async with running(size=(80, 70)) as terminal:
        await open_lesson(terminal)
        seen = set()
        for _ in range(6):
            found = ASKED.search(" ".join(terminal.text().split()))
            assert found is not None
            height, width, kernel, stride, padding = map(int, found.groups())
            rows, columns = ((side + 2 * padding - kernel) // stride + 1 for side in (height, width))
            assert f" Answer: output height {rows}; output width {columns}" in terminal.text()
            seen.add(found.groups())
            await terminal.press("v")
        assert len(seen) > 1


async def test_the_language_turns_the_whole_lesson() -> None:
    async with running(size=(80, 70)) as terminal:
        await open_lesson(terminal, "lesson size", "l")
        assert "行和列各算各的。" in terminal.text()
        assert "The output has floor" in terminal.text()
        assert "卷积的参数量" in terminal.text()
        await terminal.press("l")
        assert "Rows and columns are computed independently." in terminal.text()


# ---------------------------------------------------------------------- links


async def test_tab_walks_over_questions_and_topics_and_round() -> None:
    async with running() as terminal:
        await open_lesson(terminal)
        seen = []
        for _ in range(8):
            await terminal.press("tab")
            seen.append(cursor(terminal).split("  ")[0])
        assert seen[:4] == ["conv-shape", "conv-rows-and-columns", "padding-that-keeps", "size-formula"]
        assert seen[4:] == ["Values of a convolution", "Parameters of a convolution", "", "conv-shape"]
        await terminal.press("shift+tab", "shift+tab")
        assert cursor(terminal).startswith("Parameters of a convolution")


async def test_a_topic_opens_its_own_lesson_and_escape_comes_back() -> None:
    async with running() as terminal:
        await open_lesson(terminal, "lesson size", *["tab"] * 5)
        assert "Enter open it" in terminal.footer
        await terminal.press("enter")
        assert terminal.rows()[0].startswith(" Values of a convolution")
        await terminal.press("escape")
        assert terminal.rows()[0].startswith(" Size of a convolution")
        assert cursor(terminal).startswith("Values of a convolution")
        await terminal.press("escape")
        assert terminal.screen_name == "HomeScreen"


async def test_a_question_is_tried_uncounted_and_leads_back_to_its_link() -> None:
    async with running() as terminal:
        await open_lesson(terminal, "lesson size", "tab", "tab", "enter")
        assert terminal.screen_name == "DrillScreen"
        assert "Practice, not counted." in terminal.rows()[0]
        await terminal.press("escape", "q")
        assert terminal.screen_name == "LessonScreen"
        assert cursor(terminal).startswith("conv-rows-and-columns")
        assert terminal.attempts() == []
        await terminal.press("escape")
        assert terminal.screen_name == "HomeScreen"


async def test_enter_on_no_link_practises_the_topic() -> None:
    async with running() as terminal:
        await open_lesson(terminal)
        assert "Enter practise these 4" in terminal.footer
        await terminal.press("enter")
        assert "1/4" in terminal.rows()[0]
        assert "Practice, not counted." in terminal.rows()[0]


async def test_the_way_back_from_practice_is_the_way_that_led_there() -> None:
    async with running() as terminal:
        await take_steps(terminal, ("4", '"conv-shape', "down", "t"))
        assert terminal.rows()[0].startswith(" Size of a convolution")
        await take_steps(terminal, ("tab",) * 6)
        await terminal.press("enter")
        assert terminal.rows()[0].startswith(" Parameters of a convolution")
        await terminal.press("enter", "escape", "escape")
        assert terminal.rows()[0].startswith(" Parameters of a convolution")
        await terminal.press("escape")
        assert terminal.rows()[0].startswith(" Size of a convolution")
        await terminal.press("escape")
        assert terminal.screen_name == "BrowserScreen"
        assert terminal.rows()[0].startswith(" > conv-shape")
        await terminal.press("escape")
        await terminal.press("escape")
        assert terminal.screen_name == "HomeScreen"


async def test_a_click_follows_a_link() -> None:
    async with running(size=(80, 70)) as terminal:
        await open_lesson(terminal)
        await terminal.pilot.click("#leads-to", offset=(8, 1))
        await terminal.settle()
        assert terminal.rows()[0].startswith(" Parameters of a convolution")


async def test_what_was_practised_is_seen_in_the_lesson() -> None:
    await miss()
    async with running(size=LARGE) as terminal:
        await open_lesson(terminal, "lesson parameters")
        assert "2 questions, 1 seen, 1 due" in terminal.text()
        assert "due today" in terminal.row_with(GROUPED)


# ---------------------------------------------------------------------- beside a session


async def test_after_the_answer_the_lesson_opens_beside_the_session() -> None:
    async with drill(GROUPED, "overfitting-remedies") as terminal:
        await take_steps(terminal, (WRONG, "enter"))
        result = terminal.rows()
        assert "t lesson" in terminal.footer
        await terminal.press("t")
        assert terminal.rows()[0].startswith(" Parameters of a convolution")
        assert "Enter back to the question" in terminal.footer
        await terminal.press("tab")
        assert cursor(terminal).startswith("Size of a convolution")
        await terminal.press("shift+tab", "enter")
        assert terminal.rows() == result
        await terminal.press("1")
        assert terminal.rows()[0].startswith(" Regularization > Overfitting  2/2")


async def test_before_the_answer_no_lesson_gives_it_away() -> None:
    async with drill("overfitting-remedies") as terminal:
        assert "lesson" not in terminal.footer
        await terminal.press("t")
        assert terminal.screen_name == "DrillScreen"


# ---------------------------------------------------------------------- trouble


async def test_a_record_that_cannot_be_read_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise StorageError("is locked", where="record")

    async with running() as terminal:
        monkeypatch.setattr("quizcnn.services.lesson.read_record", fail)
        await open_lesson(terminal)
        assert "is locked" in terminal.text()
        await terminal.press("tab", "v", "enter")
        assert terminal.screen_name == "HomeScreen"
