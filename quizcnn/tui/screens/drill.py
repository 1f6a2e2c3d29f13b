"""The drill at the keyboard: what each key does here, and which commands mean something just now."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.widget import Widget

from quizcnn.errors import QuizError, StorageError
from quizcnn.services import words
from quizcnn.services.words import say
from quizcnn.text import Text
from quizcnn.tui.footer import Item
from quizcnn.tui.screens.drill_answers import DrillAnswers
from quizcnn.tui.widgets.panel import LEAST_WIDTH, SidePanel
from quizcnn.tui.widgets.ratings import RatingRow

CHECK = Text("check", "核对")
NEXT = Text("next", "下一题")
NEXT_GAP = Text("next field", "下一格")
SHOW = Text("show the back", "看背面")
UNCHANGED = Text("check; unchanged: show the answer", "核对；不改则看答案")
RATE = Text("rate", "评分")
PANEL_ARROWS = ("Alt+↑↓", "↑↓")
"""How the panel is scrolled; in a field Esc comes before."""
PANEL_KEYS = {"alt+up": -1, "alt+down": 1, "alt+pageup": -1, "alt+pagedown": 1}
"""Keys that page through the side panel; in a field Esc and the arrow does the same."""
IN_QUESTION = ("hint", "skip", "undo", "variant", "language", "flag", "panel", "find", "suspend", "source", "leave")
ON_RESULT = ("variant", "work", "lesson", "flag", "panel", "undo", "language", "find", "suspend", "source", "leave")


class DrillScreen(DrillAnswers):
    """One session. ``Enter`` alone does it all: check, rate as proposed, next."""

    offers = (
        "hint",
        "skip",
        "undo",
        "variant",
        "work",
        "lesson",
        "overrule",
        "flag",
        "panel",
        "suspend",
        "source",
        "more",
        "leave",
        "help",
    )

    def types_text(self) -> bool:
        return self._is_open() and self._field is not None and self._field.types_text

    def enter_means(self) -> Text:
        if not self._is_open():
            return NEXT
        if self._ask is not None and self._ask.variant.kind == "recall":
            return SHOW
        if self._field is not None and not self._field.enter_checks():
            return NEXT_GAP
        return UNCHANGED if self._result is not None and self._result.second_try else CHECK

    def key_items(self) -> list[Item]:
        first = super().key_items()
        if self._is_open():
            return [*first[: 2 if self.types_text() else 1], *self._offered(IN_QUESTION)]
        overrule = [self.item("overrule")] if self._may_overrule() else []
        rate = [("1-4", RATE[self.lang], "")] if self._result and self._result.intervals else []
        return [first[0], *rate, *overrule, *self._offered(ON_RESULT)]

    def _offered(self, names: Sequence[str]) -> list[Item]:
        return [self.item(name) for name in names if self.applies(name)]

    def applies(self, name: str) -> bool:
        ask = self._ask
        if ask is None:
            return False
        if name == "skip":
            return self._is_open()
        if name == "overrule":
            return self._may_overrule()
        if name == "lesson":
            return not self._is_open()
        if name == "panel":
            return self.app.size.width >= LEAST_WIDTH
        if name == "hint":
            return self._is_open() and bool(ask.variant.hints)
        if name == "variant":
            return not self._is_open() or ask.variant.is_drawn
        if name == "work":
            result = self._result
            return result is not None and not self._is_open() and result.grade.is_correct and bool(result.steps)
        return True

    def item(self, name: str) -> Item:
        key, label, command = super().item(name)
        if name == "variant" and not self._is_open():
            label = words.MORE_LIKE_THIS[self.lang]
        elif name == "panel" and self._has_panel() and self.query_one(SidePanel).max_scroll_y > 0:
            key += f" {PANEL_ARROWS[self.types_text()]}"
        return key, label, command

    def _may_overrule(self) -> bool:
        return (
            self._ask is not None
            and self._ask.variant.kind in ("short_answer", "recall")
            and self._result is not None
            and not (self._result.grade.is_correct and self._result.proposed != 1)
        )

    def take_key(self, event: events.Key) -> bool:
        digit = int(event.character) if event.character and event.character.isdecimal() else 0
        if not self._is_open() and 1 <= digit <= 4:
            self._rate(digit)
        elif event.key in ("pageup", "pagedown"):
            self._page(1 if event.key == "pagedown" else -1)
        elif event.key in PANEL_KEYS:
            self._scroll_panel(PANEL_KEYS[event.key])
        elif event.key in ("up", "down") and not self._is_open():
            self.query_one("#result").scroll_relative(y=1 if event.key == "down" else -1, animate=False)
        else:
            return super().take_key(event)
        return True

    def _run_key(self, key: str) -> bool:
        """Esc and an arrow, in a field, is the arrow of the panel, as is Alt with it."""
        if f"alt+{key}" in PANEL_KEYS:
            self._scroll_panel(PANEL_KEYS[f"alt+{key}"])
            return True
        return super()._run_key(key)

    def _scroll_panel(self, way: int) -> None:
        """The side panel a page on or back, less a row to hold on to."""
        panel = self.query_one(SidePanel)
        panel.scroll_relative(y=way * max(1, panel.size.height - 1), animate=False)
        self.call_after_refresh(self.show_keys)

    def _page(self, way: int) -> None:
        """Scroll the first block that has more to show in this direction."""
        blocks: list[Widget] = [self.query_one("#result"), self.query_one("#field"), self.query_one("#question")]
        for block in blocks if not self._is_open() else reversed(blocks):
            if (way > 0 and block.scroll_y < block.max_scroll_y) or (way < 0 and block.scroll_y > 0):
                block.scroll_relative(y=way * max(1, block.size.height - 1), animate=False)
                return

    def run_command(self, name: str) -> bool:
        """Do a command; what cannot be saved is said, and nothing is lost."""
        if self._moving:
            return True
        try:
            return super().run_command(name)
        except StorageError as error:
            self._not_saved(error)
            return True

    def do_enter(self) -> None:
        if not self._is_open():
            self._rate(None)
        elif self._field is not None:
            self._field.check()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.show_keys()

    @on(RatingRow.Chosen)
    def _rating_clicked(self, message: RatingRow.Chosen) -> None:
        self._rate(message.rating)

    # ------------------------------------------------------------------ commands

    def do_hint(self) -> None:
        if not self._is_open():
            return
        if self._drill.hint() is not None:
            self._ask = self._drill.ask()
            self.show_words()
        elif self._no_hint_left:
            self._reveal()
        else:
            self._no_hint_left = True
            counted = self._ask is None or self._ask.counted
            line = words.NO_MORE_HINTS if counted else words.NO_MORE_HINTS_UNCOUNTED
            self.say_line(line[self.lang], "$partly")

    def do_skip(self) -> None:
        if self._is_open():
            self._drill.skip()
            skipped = words.SKIPPED_PLACEMENT if self._drill.request.placement else words.SKIPPED
            self._move_on(skipped[self.lang])

    def do_undo(self) -> None:
        undone = self._drill.undo()
        if undone is None:
            self.say_line(words.NOTHING_TO_UNDO[self.lang])
            return
        time_of_day = f"{undone.answered_at.astimezone():%H:%M}"
        self._move_on(say(words.UNDONE, self.lang, question=undone.question_id, time=time_of_day))

    def do_variant(self) -> None:
        if not self._is_open():
            self._drill.more_like_this()
        elif self.applies("variant"):
            self._drill.new_numbers()
        else:
            self.say_line(words.NO_NUMBERS[self.lang])
            return
        self._move_on("")

    def do_suspend(self) -> None:
        self._move_on(say(words.SUSPENDED, self.lang, question=self._drill.suspend()))

    def do_flag(self) -> None:
        self.say_line(say(words.FLAGGED, self.lang, question=self._drill.flag("")))

    def do_more(self) -> None:
        self._drill.add_new()
        if self._is_open():
            self._ask = self._drill.ask()
        self.show_words()

    def do_work(self) -> None:
        if not self._is_open():
            self._all_steps = not self._all_steps
            self.show_words()

    def do_lesson(self) -> None:
        """After the answer: before it a lesson would give it away."""
        if self._ask is not None and not self._is_open():
            self.quiz.open_lesson(self._ask.variant.topic)

    def do_panel(self) -> None:
        """Open or close the side panel, for this run of the program."""
        if self.applies("panel"):
            self.quiz.side_panel = not self.quiz.side_panel
            self.show_words()

    def do_overrule(self) -> None:
        if self._may_overrule():
            self._result = self._drill.overrule()
            self._forget_panel()
            self._put_message(words.OVERRULED[self.lang])
            self.show_words()

    def do_source(self) -> None:
        if self._ask is not None:
            try:
                self.quiz.open_source(self._ask.variant.question_id)
            except QuizError as error:
                self.say_line(str(error), "$wrong")

    def do_leave(self) -> None:
        self._go_home()

    def do_back(self) -> None:
        self._go_home()

    def _go_home(self) -> None:
        ask = self._drill.ask()
        self._drill.leave()
        kept = ask is not None and self._drill.goes_on
        saved = say(words.SAVED, self.lang, number=ask.number, total=ask.total) if ask and kept else ""
        self.quiz.go_home(saved)
