"""Draws the pictures of the README with Textual's own export: ``python -m tests.pictures``.

A home of its own, a clock that stands and the bank of the screen tests: the same bytes on every machine.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
import time
from pathlib import Path

import quizcnn.locations
from tests.tui.terminal_driver import BANK, START, ask_for, running, take_steps

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
QUESTIONS = (
    "overfitting-remedies",
    "grouped-conv-cost",
    "box-iou-two-boxes",
    "nms-order",
    "eval-statistics",
    "why-residuals",
)
STEPS = ("2", "enter", "enter", '"3*3*64*128+128', "enter")
FONTS = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
"""Pages that show a picture load no fonts from elsewhere; the names of its styles are no numbers that change."""


async def draw_drill() -> str:
    """A drill with a named mistake and its worked steps, as SVG."""
    async with running(ask_for(*QUESTIONS), size=(80, 24)) as terminal:
        await take_steps(terminal, STEPS)
        svg = terminal.app.export_screenshot(title="quizcnn drill")
    plain = FONTS.sub("", svg).replace("Fira Code, monospace", "Fira Code, DejaVu Sans Mono, Menlo, monospace")
    return re.sub(r"terminal-\d+", "drill", plain).rstrip() + "\n"


def main() -> None:
    """Write every picture anew."""
    os.environ.update(QUIZCNN_NOW=START, QUIZCNN_THEME="dark", TZ="UTC")
    time.tzset()
    os.environ.pop("NO_COLOR", None)
    quizcnn.locations.bank_folder = lambda: BANK
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["QUIZCNN_HOME"] = home
        (FOLDER / "drill.svg").write_text(asyncio.run(draw_drill()), encoding="utf-8")


if __name__ == "__main__":
    main()
