"""Screens as plain text: what stands on the terminal, row by row, in both languages and three sizes.

Each picture was read before it became an expectation. ``QUIZCNN_PICTURES=write pytest tests/tui/test_pictures.py`` writes them anew;
the difference is then to be read like any other change.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from terminal_driver import SIZE, Steps, running, take_steps

from quizcnn.services.requests import DrillRequest
from quizcnn.text import Lang, display_width

PICTURES = Path(__file__).parent / "pictures"
WRONG = '"3*3*64*128+128'
OWN_WORDS = "+每个通道先用自己的 3×3 卷积核滤一遍，再用 1×1 卷积混合通道，这样计算量会大一些。"
LARGE, SMALL = (120, 40), (60, 16)


@dataclass(frozen=True)
class Scene:
    """How a screen comes about."""

    name: str
    questions: tuple[str, ...]
    steps: Steps = ()
    lang: Lang = "en"
    size: tuple[int, int] = SIZE
    at_home: bool = False
    first_run: bool = False
    ascii_only: bool = False


SCENES = (
    Scene("first-run", (), ("enter", '"12 Dec'), first_run=True),
    Scene("first-run-zh", (), ("backspace", '"2', "enter", "+3 周后", "enter"), "zh", first_run=True),
    Scene("first-run-small", (), ("enter", '"2 Nov'), size=SMALL, first_run=True),
    Scene("home-new", (), at_home=True),
    Scene("home-left", ("",), ("3", "enter", "enter", "escape", "q"), "zh"),
    Scene("number-typed", ("grouped-conv-cost",), (WRONG,)),
    Scene("number-unreadable", ("grouped-conv-cost",), ('"73,85', "enter")),
    Scene("number-unreadable-zh", ("grouped-conv-cost",), ('"73,85', "enter"), "zh"),
    Scene("number-mistake", ("grouped-conv-cost",), (WRONG, "enter")),
    Scene("number-mistake-zh", ("grouped-conv-cost",), (WRONG, "enter"), "zh"),
    Scene("number-mistake-large", ("grouped-conv-cost", "overfitting-remedies"), (WRONG, "enter"), size=LARGE),
    Scene("number-mistake-small", ("grouped-conv-cost",), (WRONG, "enter"), size=SMALL),
    Scene("number-mistake-small-zh", ("grouped-conv-cost",), (WRONG, "enter"), "zh", SMALL),
    Scene("number-mistake-ascii", ("grouped-conv-cost",), (WRONG, "enter"), ascii_only=True),
    Scene("number-right", ("grouped-conv-cost",), ('"36_992', "enter")),
    Scene("number-right-steps", ("grouped-conv-cost",), ('"36992', "enter", "w")),
    Scene("number-near", ("box-iou-two-boxes",), ("escape", "h", '"0.14', "enter")),
    Scene("number-near-zh", ("box-iou-two-boxes",), ("escape", "h", '"0.14', "enter"), "zh"),
    Scene("number-near-unchanged", ("softmax-first",), ('"0.659 0.24 0.1', "enter", "enter")),
    Scene("nothing-typed", ("grouped-conv-cost",), ("enter",)),
    Scene("shown-zh", ("grouped-conv-cost",), ("enter", "enter"), "zh"),
    Scene("hints-used-up", ("grouped-conv-cost",), ('"?', "enter", '"?', "enter", '"?', "enter")),
    Scene("parts", ("conv-rows-and-columns",), ('"x', "enter", '"9', "enter")),
    Scene("parts-wrong", ("conv-rows-and-columns",), ('"9', "enter", '"9', "enter")),
    Scene("shape-typed", ("conv-shape",), ('"8x64x111x112',)),
    Scene("shape-wrong-zh", ("conv-shape",), ('"8x64x111x112', "enter"), "zh"),
    Scene("matrix-wrong", ("conv-values-small",), ('"2 5 1 3', "enter")),
    Scene("choice-open-zh", ("overfitting-remedies",), ("3",), "zh"),
    Scene("choice-wrong", ("overfitting-remedies",), ("3", "enter")),
    Scene("choice-wrong-small-zh", ("overfitting-remedies",), ("3", "enter"), "zh", SMALL),
    Scene("choice-several", ("weight-sharing",), ("1", "3", "up", "space")),
    Scene("choice-several-wrong", ("weight-sharing",), ("1", "3", "enter")),
    Scene("cloze-open", ("eval-statistics",), ('"channel', "enter", '"W')),
    Scene("cloze-partly-zh", ("eval-statistics",), ("+通道", "enter", '"H', "enter", '"running', "enter"), "zh"),
    Scene("ordering-open", ("nms-order",), ('"4 2', "down", "space", "down")),
    Scene("ordering-partly-zh", ("nms-order",), ('"3 1 2 4', "enter"), "zh"),
    Scene("matching-open", ("metric-formulas",), ('"c b',)),
    Scene("matching-partly-zh", ("metric-formulas",), ('"c b d', "enter"), "zh"),
    Scene("formula-wrong", ("size-formula",), ('"n+2p-k', "enter")),
    Scene("inverse-right-zh", ("padding-that-keeps",), ('"2', "enter"), "zh"),
    Scene("text-partly", ("depthwise-what-and-why",), ('"each channel has its own kernel, it needs more MACs', "enter")),
    Scene("text-partly-zh", ("depthwise-what-and-why",), (OWN_WORDS, "enter"), "zh"),
    Scene("recall-open", ("why-residuals",)),
    Scene("recall-back-zh", ("why-residuals",), ("enter",), "zh"),
    Scene("summary", ("grouped-conv-cost", "overfitting-remedies"), (WRONG, "enter", "4", "2", "enter", "enter")),
    Scene("summary-small-zh", ("grouped-conv-cost", "overfitting-remedies"), (WRONG, "enter", "4", "2", "enter", "enter"), "zh", SMALL),
    Scene("undone", ("overfitting-remedies", "grouped-conv-cost"), ("2", "enter", "enter", "escape", "u")),
    Scene("sessions", (), ("c", "right", "down", "right", "down", "down", "space"), at_home=True),
    Scene("sessions-kept-zh", (), ("c", "down", "down", "space", "k"), "zh", SMALL, at_home=True),
    Scene("sessions-no-misses", (), ("c", "right", "enter"), at_home=True),
    Scene("panel-figure", ("box-iou-two-boxes",), size=LARGE),
    Scene("panel-figure-zh", ("box-iou-two-boxes",), ('"0.5', "enter", "enter"), "zh", LARGE),
    Scene("panel-mistake-zh", ("grouped-conv-cost",), (WRONG, "enter"), "zh", LARGE),
    Scene("panel-choice", ("overfitting-remedies",), ("3", "enter"), size=LARGE),
    Scene("panel-own-words-zh", ("depthwise-what-and-why",), (OWN_WORDS, "enter"), "zh", LARGE),
    Scene("panel-low-ascii", ("box-iou-two-boxes",), ('"0.5', "enter"), size=(120, 24), ascii_only=True),
    Scene("panel-closed", ("box-iou-two-boxes",), ("escape", "i"), size=LARGE),
    Scene("help", ("grouped-conv-cost",), ("escape", "?")),
    Scene("help-zh", (), ("?",), "zh", at_home=True),
    Scene("palette", (), ("/", '"box'), at_home=True),
    Scene("settings-zh", (), ("5", "down", "down", '"45'), "zh", at_home=True),
    Scene("too-small", (), (), size=(59, 20), at_home=True),
)  # fmt: skip


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_picture(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    if scene.ascii_only:
        monkeypatch.setenv("QUIZCNN_SYMBOLS", "ascii")
    asked = DrillRequest(questions=scene.questions) if any(scene.questions) else DrillRequest()
    request = None if scene.at_home or scene.first_run else asked
    async with running(request, lang=scene.lang, size=scene.size, first_run=scene.first_run) as terminal:
        await take_steps(terminal, scene.steps)
        rows = terminal.rows()
    compare(scene.name, rows)
    assert len(rows) == scene.size[1]
    assert max(map(display_width, rows)) <= scene.size[0]


def compare(name: str, rows: list[str]) -> None:
    file, drawn = PICTURES / f"{name}.txt", "\n".join(rows) + "\n"
    if os.environ.get("QUIZCNN_PICTURES") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(drawn, encoding="utf-8")
    assert drawn == file.read_text(encoding="utf-8")


def test_every_picture_belongs_to_a_scene() -> None:
    assert {file.stem for file in PICTURES.glob("*.txt")} == {scene.name for scene in SCENES}
