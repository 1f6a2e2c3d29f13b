"""What every screen shares: one key map, the footer from it, language and help at any time, size and Enter guards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from textual import events, on
from textual.screen import Screen

from quizcnn.text import Lang, Text
from quizcnn.tui.footer import Item, KeyRow
from quizcnn.tui.keys import COMMANDS, TYPED
from quizcnn.tui.screens.too_small import SMALLEST, TooSmall
from quizcnn.tui.widgets.typing import CommandLetter, LeaveField, Prefix

if TYPE_CHECKING:
    from quizcnn.tui.app import QuizApp

R = TypeVar("R")
ESC_THEN = Text("Esc, then", "Esc 后按")


class QuizScreen(Screen[R], Generic[R]):
    """Base of the screens. Subclasses name their commands in ``offers`` and do them in ``do_<command>``."""

    AUTO_FOCUS = ""
    offers: Sequence[str] = ()
    """Commands that work here, in the order of the footer."""

    def __init__(self) -> None:
        super().__init__()
        self._lit = False

    @property
    def quiz(self) -> QuizApp:
        from quizcnn.tui.app import QuizApp

        if not isinstance(self.app, QuizApp):
            raise TypeError("the screens belong to QuizApp")
        return self.app

    @property
    def lang(self) -> Lang:
        return self.quiz.lang

    @property
    def stands(self) -> bool:
        """Whether the screen is still there; what a worker brings after it was left is let go."""
        return self in self.app.screen_stack

    def on_mount(self) -> None:
        self.show_words()

    async def on_resize(self, event: events.Resize) -> None:
        """Too little room is said in one line over everything else."""
        small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        if small and not self.query(TooSmall):
            await self.mount(TooSmall())
        elif not small:
            await self.query(TooSmall).remove()
        self.resized()

    def resized(self) -> None:
        """Set anew what depends on the size."""

    def on_screen_resume(self) -> None:
        """Back from another screen, which may have changed settings."""
        if self.is_mounted:
            self.show_words()

    def show_words(self) -> None:
        """Write every word of the screen in the present language."""
        self.show_keys()

    def enter_means(self) -> Text:
        """What Enter does now."""
        return Text("go on", "继续")

    def key_items(self) -> list[Item]:
        """The footer's items, Enter first."""
        items: list[Item] = [("Enter", self.enter_means()[self.lang], "enter")]
        if self.types_text():
            items.append((ESC_THEN[self.lang], "", ""))
        return items + [self.item(name) for name in self.offers if name != "help" and self.applies(name)]

    def item(self, name: str) -> Item:
        return (self.quiz.keys.shown(name), COMMANDS[name].label[self.lang], name)

    def applies(self, name: str) -> bool:
        """Whether a command means something just now; what does not is not shown."""
        return True

    def types_text(self) -> bool:
        """Whether letters belong to a field just now."""
        return False

    def show_keys(self) -> None:
        for row in self.query(KeyRow):
            row.show(self.key_items(), self.item("help"), lit=self._lit)

    def on_key(self, event: events.Key) -> None:
        if self.take_key(event):
            event.stop()
            event.prevent_default()

    def take_key(self, event: events.Key) -> bool:
        """Do what a key asks for; False where it asks for nothing here. Screens with keys of their own put theirs first."""
        if event.key == "enter":
            if self.quiz.is_fresh(event.time):
                self.do_enter()
            return True
        return self._run_key(event.character if event.is_printable and event.character else event.key)

    def _run_key(self, key: str) -> bool:
        key = TYPED.get(key, key)
        commands = self.quiz.keys.commands
        name = commands.get(key) or commands.get(key.lower())
        return name is not None and self.run_command(name)

    def run_command(self, name: str) -> bool:
        """Do a command if this screen offers it."""
        if name == "enter":
            self.do_enter()
            return True
        if name not in self.offers and name not in ("language", "help", "find", "quit", "back"):
            return False
        action = getattr(self, f"do_{name}", None)
        if action is None:
            return False
        action()
        return True

    @on(CommandLetter)
    def _command_letter(self, message: CommandLetter) -> None:
        message.stop()
        self._run_key(message.key)

    @on(Prefix)
    def _prefix(self, message: Prefix) -> None:
        message.stop()
        self._lit = message.lit
        self.show_keys()

    @on(LeaveField)
    def _leave_field(self, message: LeaveField) -> None:
        message.stop()
        self.do_back()

    @on(KeyRow.Chosen)
    def _clicked(self, message: KeyRow.Chosen) -> None:
        message.stop()
        self.run_command(message.command)

    def again(self) -> Callable[[], QuizScreen[None]] | None:
        """Makes this screen anew as it stands, to come back to after a session; None where that leads home."""
        return None

    def do_enter(self) -> None:
        """Enter where no field takes it."""

    def do_back(self) -> None:
        self.quiz.pop_if_possible()

    def do_leave(self) -> None:
        self.do_back()

    def do_quit(self) -> None:
        self.quiz.exit()

    def do_language(self) -> None:
        self.quiz.switch_language()

    def do_help(self) -> None:
        from quizcnn.tui.screens.help import HelpScreen

        def run(name: str | None) -> None:
            if name:
                self.run_command(name)

        offers = [name for name in self.offers if self.applies(name)]
        self.app.push_screen(HelpScreen(offers, self.quiz.keys, types_text=self.types_text()), run)

    def do_find(self) -> None:
        from quizcnn.tui.screens.palette import PaletteScreen

        self.app.push_screen(PaletteScreen(self.quiz.context), self.quiz.go_to)
