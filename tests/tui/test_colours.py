"""Twelve screens with their colours, dark and light: each was looked at before it was kept.

``pytest tests/tui/test_colours.py --snapshot-update`` keeps new ones.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from terminal_driver import Steps, Terminal, ask_for, take_steps
from textual.pilot import Pilot

from quizcnn.services.context import Context
from quizcnn.tui.app import QuizApp

WRONG = ('"3*3*64*128+128', "enter")
OWN = ('"each channel has its own kernel, it needs more MACs', "enter")
LARGE = (120, 40)
SCREENS: dict[str, tuple[tuple[str, ...], Steps]] = {
    "mistake": (("grouped-conv-cost",), WRONG),
    "right": (("grouped-conv-cost",), ('"36992', "enter", "w")),
    "unreadable": (("grouped-conv-cost",), ('"73,85', "enter", "escape")),
    "choice": (("overfitting-remedies",), ("3", "enter")),
    "own-words": (("depthwise-what-and-why",), OWN),
    "panel": (("box-iou-two-boxes",), ('"0.5', "enter")),
}


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("screen", SCREENS)
def test_colours(screen: str, theme: str, snap_compare: Callable[..., bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZCNN_THEME", theme)
    monkeypatch.setenv("QUIZCNN_MOTION", "false")
    questions, steps = SCREENS[screen]
    app = QuizApp(Context(lang="en"), request=ask_for(*questions), enter_gap=0.0)

    async def act(pilot: Pilot[Any]) -> None:
        terminal = Terminal(app, pilot)
        await terminal.settle()
        await take_steps(terminal, steps)

    assert snap_compare(app, run_before=act, terminal_size=LARGE if screen == "panel" else (80, 24))
