"""``make pictures``: the picture of a drill in the README, drawn by Textual from the program itself.

python -m tests.pictures
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

from quizcnn.generation.variant import Variant
from quizcnn.services.context import Context
from quizcnn.services.plan import DrillRequest
from quizcnn.services.sweep import wrong_typed

PICTURE = Path(__file__).parent.parent / "docs" / "pictures" / "drill.svg"
QUESTION = "grouped-conv-params-numbers"
MISTAKE = "ignores_groups"
SIZE = (84, 24)
NOW = "2026-11-21T09:00:00+00:00"


async def draw() -> str:
    """A wrong number with its named mistake, the worked steps and the ratings, as SVG."""
    from quizcnn.tui.app import QuizApp
    from quizcnn.tui.screens.drill import DrillScreen

    app = QuizApp(Context(lang="en"), request=DrillRequest(questions=(QUESTION,)), enter_gap=0.0)
    async with app.run_test(size=SIZE) as pilot:
        for _ in range(40):
            await app.workers.wait_for_complete()
            await pilot.pause(0.05)
            if isinstance(app.screen, DrillScreen):
                break
        variant = await _with_target(app, pilot)
        await pilot.press(*wrong_typed(variant.fields[0], MISTAKE), "enter")
        await pilot.pause(0.2)
        picture = app.export_screenshot(title="quizcnn")
    # The export names its styles after a number of its own and loads a font from elsewhere; the picture does neither.
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.S)
    return re.sub(r"terminal-\d+", "drill", picture)


async def _with_target(app: object, pilot: object) -> Variant:
    """New numbers until they exercise the mistake of the picture."""
    from textual.pilot import Pilot

    from quizcnn.tui.app import QuizApp
    from quizcnn.tui.screens.drill import DrillScreen

    if not isinstance(app, QuizApp) or not isinstance(pilot, Pilot) or not isinstance(app.screen, DrillScreen):
        raise TypeError("the drill did not open")
    for _ in range(60):
        ask = app.screen._drill.ask()
        if ask is not None and ask.variant.target == MISTAKE:
            return ask.variant
        await pilot.press("ctrl+r")
        await pilot.pause(0.1)
    raise LookupError(f"no numbers exercise {MISTAKE}")


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(QUIZCNN_HOME=home, QUIZCNN_NOW=NOW, TZ="UTC", QUIZCNN_THEME="dark")
        picture = asyncio.run(draw())
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(picture + "\n", encoding="utf-8")
    print(PICTURE)


if __name__ == "__main__":
    main()
