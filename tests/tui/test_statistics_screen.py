"""The statistics on the terminal: pictures in both languages and three sizes, the cursor, practice and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from terminal_driver import SIZE, Steps, Terminal, running, take_steps
from test_pictures import LARGE, PICTURES, compare

from quizcnn.locations import database_file
from quizcnn.text import Lang, display_width
from tests.storage.make_log import Asked, make_log

NARROW = (60, 24)
ENOUGH, FEW = 400, 15
SIZE_MISTAKES = ("forgets_plus_one", "padding_counted_once", "rounds_up", "ignores_dilation", "ignores_padding")
ASKED = (
    Asked("overfitting-remedies", "overfitting", "choice", ()),
    Asked("weight-sharing", "conv-parameters", "choice", ()),
    Asked("eval-statistics", "batch-norm", "cloze", ()),
    Asked("nms-order", "box-iou", "ordering", ()),
    Asked("metric-formulas", "binary-metrics", "matching", ()),
    Asked("depthwise-what-and-why", "depthwise-separable", "short_answer", ()),
    Asked("why-residuals", "residual", "recall", ()),
    Asked("grouped-conv-cost", "conv-parameters", "numeric", ("forgets_bias", "ignores_groups", "in_and_out_exchanged")),
    Asked("box-iou-two-boxes", "box-iou", "numeric", ("union_double_counts", "pixel_plus_one", "smaller_box_denominator")),
    Asked("conv-values-small", "conv-values", "numeric", ("flips_kernel", "forgets_stride")),
    Asked("conv-shape", "conv-size", "numeric", SIZE_MISTAKES),
    Asked("conv-rows-and-columns", "conv-size", "numeric", SIZE_MISTAKES),
    Asked("padding-that-keeps", "conv-size", "inverse", SIZE_MISTAKES),
    Asked("size-formula", "conv-size", "expression", ()),
)  # fmt: skip
"""What the log is made of: not all of the bank, and not all mistakes of a family, so that new ones of either change no picture."""


@dataclass(frozen=True)
class Scene:
    name: str
    steps: Steps = ()
    lang: Lang = "en"
    size: tuple[int, int] = SIZE
    answers: int = ENOUGH
    ascii_only: bool = False


SCENES = (
    Scene("weeks"),
    Scene("weeks-zh", lang="zh"),
    Scene("weeks-large", size=LARGE),
    Scene("weeks-narrow", size=NARROW),
    Scene("weeks-narrow-zh", ("tab", "tab"), "zh", NARROW),
    Scene("weeks-ascii", ascii_only=True),
    Scene("half-year-zh", ("2",), "zh"),
    Scene("all", ("3",)),
    Scene("topics", ("tab", "tab", "a")),
    Scene("topics-of-all-zh", ("a",), "zh"),
    Scene("few", answers=FEW),
    Scene("few-zh", lang="zh", answers=FEW),
    Scene("none", answers=0),
)


def log(answers: int) -> None:
    """A record of so many answers, twelve a day, up to the day of the tests."""
    if answers:
        make_log(f"sqlite:///{database_file()}", answers, a_day=12, asked=lambda: ASKED)


async def open_statistics(terminal: Terminal, *steps: str) -> None:
    await take_steps(terminal, ("3", *steps))
    assert terminal.screen_name == "StatisticsScreen"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_picture(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    if scene.ascii_only:
        monkeypatch.setenv("QUIZCNN_SYMBOLS", "ascii")
    log(scene.answers)
    async with running(lang=scene.lang, size=scene.size) as terminal:
        await open_statistics(terminal, *scene.steps)
        rows = terminal.rows()
    compare(f"statistics/{scene.name}", rows)
    assert len(rows) == scene.size[1]
    assert max(map(display_width, rows)) <= scene.size[0]


def test_every_picture_has_its_scene() -> None:
    assert {file.stem for file in (PICTURES / "statistics").glob("*.txt")} == {scene.name for scene in SCENES}


# ---------------------------------------------------------------------- walking


def cursor(terminal: Terminal) -> str:
    """The line under the cursor, in either column."""
    return next(part.strip() for row in terminal.rows() for part in row.split("  ") if part.startswith((">", " >")))


async def test_the_cursor_walks_over_what_can_be_practised_and_stays_in_sight() -> None:
    log(ENOUGH)
    async with running() as terminal:
        await open_statistics(terminal)
        seen = [cursor(terminal)]
        for _ in range(40):
            await terminal.press("down")
            seen.append(cursor(terminal))
        assert len(set(seen)) > 10
        assert seen[-1] == seen[-2]
        await terminal.press("tab")
        assert cursor(terminal) == seen[0]
        await terminal.press("shift+tab")
        assert "Skill map" in terminal.text()


async def test_the_cursor_stays_on_its_line_in_the_other_language_and_span() -> None:
    log(ENOUGH)
    async with running() as terminal:
        await open_statistics(terminal, "down", "l")
        assert "错法，按周" in terminal.text()
        zh = cursor(terminal)
        await terminal.press("l", "3", "1", "l")
        assert cursor(terminal) == zh


# ---------------------------------------------------------------------- practice


@pytest.mark.parametrize(
    ("keys", "what"), [((), "mistake"), (("tab",), "kind"), (("tab", "tab"), "areas"), (("tab", "tab", "a"), "topic")]
)
async def test_enter_practises_the_line_and_comes_back_to_it(keys: tuple[str, ...], what: str) -> None:
    log(ENOUGH)
    async with running() as terminal:
        await open_statistics(terminal, "3", *keys)
        before, count = terminal.rows(), len(terminal.attempts())
        table = terminal.app.screen._at()
        assert table is not None
        assert getattr(table[2].request, what)
        assert not table[2].request.counted
        await terminal.press("enter")
        assert terminal.screen_name == "DrillScreen"
        assert "Practice, not counted." in terminal.rows()[0]
        await terminal.press("escape", "q")
        assert terminal.screen_name == "StatisticsScreen"
        assert terminal.rows() == before
        assert len(terminal.attempts()) == count
        await terminal.press("escape")
        assert terminal.screen_name == "HomeScreen"


async def test_a_whole_practice_ends_on_the_statistics_too(monkeypatch: pytest.MonkeyPatch) -> None:
    log(ENOUGH)
    async with running() as terminal:
        await open_statistics(terminal, "tab", "tab")
        await terminal.press("enter")
        for _ in range(60):
            if terminal.screen_name != "DrillScreen":
                break
            await terminal.press("enter")
        assert terminal.screen_name == "SummaryScreen"
        assert "Enter back" in terminal.footer
        await terminal.press("enter")
        assert terminal.screen_name == "StatisticsScreen"


async def test_home_from_the_palette_is_home_also_in_a_practice() -> None:
    log(ENOUGH)
    async with running() as terminal:
        await open_statistics(terminal)
        await terminal.press("enter", "escape", "/")
        await terminal.enter("home")
        assert terminal.screen_name == "HomeScreen"


async def test_with_nothing_to_practise_enter_goes_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        from quizcnn.errors import StorageError

        raise StorageError("is locked", where="record")

    async with running() as terminal:
        monkeypatch.setattr("quizcnn.tui.screens.statistics.read_statistics", fail)
        await open_statistics(terminal)
        assert "is locked" in terminal.text()
        assert "Enter home" in terminal.footer
        await terminal.press("enter")
        assert terminal.screen_name == "HomeScreen"


# ---------------------------------------------------------------------- the rest


async def test_topics_of_an_area_and_back_to_it() -> None:
    log(ENOUGH)
    async with running() as terminal:
        await open_statistics(terminal, "tab", "tab", "down")
        area = cursor(terminal)
        await terminal.press("a")
        assert "Topics: " in terminal.text()
        assert "Skill map" not in terminal.text()
        await terminal.press("a")
        assert cursor(terminal) == area


async def test_the_palette_leads_here() -> None:
    async with running() as terminal:
        await terminal.press("/")
        await terminal.enter("statistics")
        assert terminal.screen_name == "StatisticsScreen"


async def test_export_writes_a_new_file_and_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    log(ENOUGH)
    async with running(size=LARGE) as terminal:
        await open_statistics(terminal, "e")
        assert "quizcnn-statistics-2026-11-21.csv" in terminal.text()
        await terminal.press("e")
        assert "quizcnn-statistics-2026-11-21-2.csv" in terminal.text()
    one, two = sorted(tmp_path.glob("*.csv"))
    assert one.read_text() == two.read_text()
    assert one.read_text().startswith("table,line,from,to,figure,value\n")


async def test_a_click_chooses_a_line_and_a_second_one_practises_it() -> None:
    log(ENOUGH)
    async with running() as terminal:
        await open_statistics(terminal)
        await terminal.pilot.click("#kinds", offset=(4, 2))
        await terminal.settle()
        assert terminal.screen_name == "StatisticsScreen"
        assert terminal.app.screen._at()[0] == "kinds"
        await terminal.pilot.click("#kinds", offset=(4, 2))
        await terminal.settle()
        assert terminal.screen_name == "DrillScreen"


# ---------------------------------------------------------------------- home, which shows the last of it


async def test_home_breaks_no_mistake_and_keeps_the_days_in_a_row_on_one_row() -> None:
    log(ENOUGH)
    async with running() as terminal:
        rows = terminal.rows()
        place = next(number for number, row in enumerate(rows) if "Lately" in row)
        assert rows[place].split("   ") == [" Lately", "leaves out the biases (once)"]
        assert rows[place + 1].split("   ") == ["", "", "", " ignores groups (once)", "m practise them"]
        assert terminal.row_with("Today").endswith("34 days in a row")
    async with running(lang="zh") as terminal:
        assert terminal.row_with("近两周常错").endswith("漏了偏置 1 次   没有考虑 groups 1 次   m 专练")
