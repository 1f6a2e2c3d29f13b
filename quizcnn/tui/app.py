"""The terminal program: themes, language, where to go; screens hold the rest.

Nothing heavy is opened before the first paint: the bank and the record open in a worker.
"""

from __future__ import annotations

import os
import shlex
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.theme import Theme

from quizcnn.errors import QuizError, UsageError
from quizcnn.services.context import Context
from quizcnn.services.requests import DrillRequest, LessonRequest
from quizcnn.text import Lang, Text
from quizcnn.tui.keys import bind
from quizcnn.tui.screens.base import QuizScreen
from quizcnn.tui.themes import DARK, LIGHT, choose_theme

ENTER_GAP = 0.25
"""Seconds: in a new state Enter counts only so long after the last Enter, so that a held key passes nothing."""
ENTERS = 64
"""So many of the last Enters are remembered."""
LEAVE_BY = Text("^Q leaves; everything is saved.", "按 ^Q 退出，内容都已保存。")
T = TypeVar("T")

if TYPE_CHECKING:
    from quizcnn.services.exams.sitting import Sitting


class QuizApp(App[None]):
    """Opens at home, in the session of a ``request`` or in an exam that is taken (``sitting``); on the first run set-up comes before."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave_program", show=False, priority=True),
    ]

    def __init__(
        self,
        context: Context,
        *,
        request: DrillRequest | None = None,
        sitting: Sitting | None = None,
        first_run: bool = False,
        enter_gap: float = ENTER_GAP,
    ) -> None:
        super().__init__()
        self.context = context
        self.lang: Lang = context.language
        self.keys = bind(context.settings.keys)
        self.ascii_symbols = False
        self.side_panel = True
        """Whether wide terminals show figure, topic and history beside a question."""
        self.sought = ""
        """What the bank browser was asked last."""
        self._enter_gap = enter_gap
        self._enters: deque[float] = deque(maxlen=ENTERS)
        self._request, self._sitting, self._first_run = request, sitting, first_run
        self._back: Callable[[], QuizScreen[None]] | None = None
        self.title = "quizcnn"
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self._wear(choose_theme(context.settings.theme))
        self.take_up_settings()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The roles of the themes, known before a theme is chosen."""
        return dict(DARK.variables)

    def _wear(self, theme: Theme) -> None:
        """The theme before the style sheet is read; set later it would have it read twice before the first paint."""
        self.set_reactive(App.theme, theme.name)
        self.set_class(theme.dark, "-dark-mode", update=False)
        self.set_class(not theme.dark, "-light-mode", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def on_mount(self) -> None:
        if self.context.settings.caret == "terminal":
            self._show_caret()
        if self._first_run:
            from quizcnn.tui.screens.setup import SetupScreen

            self.push_screen(SetupScreen(self.context), self._set_up)
        elif self._request is not None:
            self.start_drill(self._request)
        elif self._sitting is not None:
            self.open_exam(self._sitting)
        else:
            self.go_home()

    def take_up_settings(self) -> None:
        """What the settings say of symbols and motion."""
        settings = self.context.settings
        self.ascii_symbols = settings.symbols == "ascii"
        self.animation_level = "basic" if settings.motion and os.environ.get("TEXTUAL_ANIMATIONS") != "none" else "none"

    def _show_caret(self) -> None:
        """The terminal's own caret, which Braille displays and input methods follow; Textual moves it but hides it."""
        if self._driver is not None and not self.is_headless:
            self._driver.write("\x1b[?25h")

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and event.key == "enter" and not event.is_forwarded:
            self._enters.append(event.time)
        await super().on_event(event)

    def is_fresh(self, at: float) -> bool:
        """Whether the Enter of this moment came by itself, and not from a key that is held or doubled."""
        return not any(at - self._enter_gap < other < at for other in self._enters)

    def _set_up(self, lang: Lang | None) -> None:
        self._speak(lang or self.lang)
        if self._sitting is not None:
            self.open_exam(self._sitting)
        else:
            self.start_drill(self._request or DrillRequest())

    # ------------------------------------------------------------------ where to go

    def go_home(self, line: str = "") -> None:
        """Back to the screen that a session was started from, or the home screen with a line to say."""
        from quizcnn.tui.screens.home import HomeScreen

        back, self._back = self._back, None
        self._only(back() if back is not None else HomeScreen(line))

    @property
    def leads_back(self) -> bool:
        """Whether the session at hand ends on another screen than home."""
        return self._back is not None

    def start_drill(self, request: DrillRequest, *, back: Callable[[], QuizScreen[None]] | None = None) -> None:
        """A session, opened in a worker so that the screen is painted first; ``back`` makes the screen that follows it."""
        from quizcnn.tui.screens.loading import LoadingScreen

        self._back = back
        self._only(LoadingScreen(request))

    def open_exam(self, sitting: Sitting) -> None:
        """A mock exam that was begun."""
        from quizcnn.services.exams.sitting import open_desk
        from quizcnn.tui.screens.exam import exam_screen

        self._only(exam_screen(open_desk(), sitting))

    def open_lesson(self, topic_id: str) -> None:
        """The lesson of a topic, over the screen at hand."""
        from quizcnn.tui.screens.lesson import LessonScreen

        self.push_screen(LessonScreen(topic_id))

    def _only(self, screen: QuizScreen[None]) -> None:
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if len(self.screen_stack) == 2:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def pop_if_possible(self) -> None:
        """Back one level; the home screen is the last."""
        if len(self.screen_stack) > 2:
            self.pop_screen()
        else:
            self.go_home()

    def go_to(self, request: DrillRequest | LessonRequest | str | None) -> None:
        """What the palette chose: a session, a lesson, or a command of the screen below."""
        if isinstance(request, DrillRequest):
            self.start_drill(request)
        elif isinstance(request, LessonRequest):
            self.open_lesson(request.topic_id)
        elif isinstance(request, str) and isinstance(self.screen, QuizScreen):
            if request == "home":
                self._back = None
                self.go_home()
            elif request == "statistics":
                from quizcnn.tui.screens.statistics import StatisticsScreen

                self.push_screen(StatisticsScreen())
            elif request == "bank":
                from quizcnn.tui.screens.browser import BrowserScreen

                self.push_screen(BrowserScreen(self.sought))
            elif request == "settings":
                from quizcnn.tui.screens.settings import SettingsScreen

                self.push_screen(SettingsScreen())
            else:
                self.screen.run_command(request)

    def action_leave_program(self) -> None:
        self.exit()

    def action_help_quit(self) -> None:
        """``Ctrl+C`` copies; where nothing is marked, say how to leave."""
        self.clear_notifications()
        self.notify(LEAVE_BY[self.lang], timeout=4)

    # ------------------------------------------------------------------ language, source

    def switch_language(self) -> None:
        """Every screen in the other language, what was typed kept; the choice is not written to the settings."""
        self._speak("zh" if self.lang == "en" else "en")
        for screen in self.screen_stack:
            if isinstance(screen, QuizScreen):
                refresh: Callable[[], None] = getattr(screen, "refresh_language", screen.show_words)
                refresh()

    def _speak(self, lang: Lang) -> None:
        self.lang = lang
        self.context.speak(lang)

    def open_source(self, question_id: str) -> None:
        """The question's YAML in ``$VISUAL`` or ``$EDITOR``, at its line; ``UsageError`` where neither is set."""
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        source = self.context.catalog.source(question_id)
        if not editor:
            raise UsageError(str(source), mend="set EDITOR to open it from here")
        command = [*shlex.split(editor), f"+{source.place.line}", str(source.file)]
        with self.suspend():
            os.spawnvp(os.P_WAIT, command[0], command)

    def run_quietly(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[QuizError], None]
    ) -> None:
        """Run ``work`` in a thread, then ``done`` (or ``failed``) on the screen."""

        def body() -> None:
            try:
                result = work()
            except QuizError as error:
                self.call_from_thread(failed, error)
            else:
                self.call_from_thread(done, result)

        self.run_worker(body, thread=True, exclusive=False, exit_on_error=True)
