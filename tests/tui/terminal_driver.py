"""Drives the terminal program under Pilot: opens it on the bank beside this file, types, and reads the screen as lines of text."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

from quizcnn.services.context import Context
from quizcnn.services.exams.sitting import Sitting
from quizcnn.services.requests import DrillRequest
from quizcnn.text import Lang
from quizcnn.tui.app import QuizApp

BANK = Path(__file__).parent / "bank"
START = "2026-11-21T09:00:00+00:00"
"""A Saturday morning."""
SIZE = (80, 24)


class Terminal:
    """A running program: keys go in, rows of the screen come out."""

    def __init__(self, app: QuizApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def settle(self) -> None:
        """Wait until workers and messages have done their work."""
        for _ in range(2):
            await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each answered before the next."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def burst(self, key: str, times: int) -> None:
        """A key that is held down: it repeats before anything is answered."""
        for _ in range(times):
            self.app.post_message(events.Key(key, None))
        await self.settle()

    async def type(self, text: str) -> None:
        """Type text; what has no key of its own (Chinese from an input method) comes in as it would."""
        for char in text:
            focused = self.app.focused
            if char.isascii():
                await self.pilot.press("space" if char == " " else char)
            elif focused is not None:
                focused.post_message(events.Key(f"U+{ord(char):04X}", char))
                await self.pilot.pause()
        await self.pilot.pause()

    async def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def enter(self, text: str) -> None:
        """Type text, then Enter."""
        await self.type(text)
        await self.press("enter")

    def rows(self) -> list[str]:
        """The screen, row by row, without blanks at the ends."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    def text(self) -> str:
        return "\n".join(self.rows())

    def row_with(self, piece: str) -> str:
        """The first row that holds a piece; empty where none does."""
        return next((row for row in self.rows() if piece in row), "")

    @property
    def footer(self) -> str:
        return self.rows()[-1]

    @property
    def screen_name(self) -> str:
        return type(self.app.screen).__name__

    def attempts(self) -> list[Any]:
        """Everything recorded so far: question, verdict and rating, by question."""
        found = self.app.context.store.attempts()
        return sorted((each.answer.question_id, each.answer.verdict, int(each.answer.chosen)) for each in found)


def ask_for(*questions: str) -> DrillRequest:
    """A counted session of just these questions."""
    return DrillRequest(questions=questions)


@asynccontextmanager
async def running(
    request: DrillRequest | None = None,
    *,
    sitting: Sitting | None = None,
    lang: Lang = "en",
    size: tuple[int, int] = SIZE,
    first_run: bool = False,
    enter_gap: float = 0.0,
) -> AsyncIterator[Terminal]:
    """The program on a terminal of this size."""
    app = QuizApp(Context(lang=lang), request=request, sitting=sitting, first_run=first_run, enter_gap=enter_gap)
    async with app.run_test(size=size, notifications=True) as pilot:
        terminal = Terminal(app, pilot)
        await terminal.settle()
        yield terminal


def drill(*questions: str, **options: Any) -> Any:
    """The program in a session of these questions."""
    return running(ask_for(*questions), **options)


Steps = Sequence[str]
"""``enter``, ``down`` and other keys by name; ``"text`` types, ``+text`` pastes."""


async def take_steps(terminal: Terminal, steps: Steps) -> None:
    for step in steps:
        if step.startswith('"'):
            await terminal.type(step[1:])
        elif step.startswith("+") and len(step) > 1:
            await terminal.paste(step[1:])
        else:
            await terminal.press(step)
    await terminal.settle()
