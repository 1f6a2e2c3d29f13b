"""Between a wish for questions and the first one: opens bank and record in a worker, says what goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from quizcnn.errors import QuizError
from quizcnn.services.requests import DrillRequest
from quizcnn.services.words import nothing_to_ask
from quizcnn.text import Text
from quizcnn.tui.footer import KeyRow
from quizcnn.tui.prose import Prose
from quizcnn.tui.screens.base import QuizScreen

if TYPE_CHECKING:
    from quizcnn.services.drill import Drill

OPENING = Text("Opening the bank …", "正在打开题库……")


class LoadingScreen(QuizScreen[None]):
    """Shows one quiet line after 300 ms, then gives way to the drill."""

    def __init__(self, request: DrillRequest) -> None:
        super().__init__()
        self._request = request
        self._failed = False
        self._drill: Drill | None = None
        """What was opened, until the first question is shown."""

    def compose(self) -> ComposeResult:
        yield Prose("", id="body")
        yield KeyRow()

    def on_mount(self) -> None:
        self.set_timer(0.3, self._say_opening)
        self.quiz.run_quietly(self._open, self._opened, self._say_failed)

    def _say_opening(self) -> None:
        if not self._failed and self.is_current:
            self.query_one("#body", Prose).show(OPENING[self.lang])

    def _open(self) -> Drill:
        from quizcnn.services.drill import Drill

        drill = Drill.open(self.quiz.context, self._request)
        drill.ask()
        return drill

    def _opened(self, drill: Drill) -> None:
        self._drill = drill
        self._give_way()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self._give_way()

    def _give_way(self) -> None:
        """Go on to the first question; help or palette that was opened meanwhile is closed by the learner first."""
        drill = self._drill
        if drill is None or self.app.screen is not self:
            return
        self._drill = None
        if drill.ask() is None:
            self.quiz.go_home(nothing_to_ask(self._request, drill.summary(), self.lang))
        else:
            from quizcnn.tui.screens.drill import DrillScreen

            self.app.switch_screen(DrillScreen(drill))

    def _say_failed(self, error: QuizError) -> None:
        self._failed = True
        self.query_one("#body", Prose).show(str(error), "$wrong", "✗ ")

    def do_enter(self) -> None:
        if self._failed:
            self.quiz.go_home()
