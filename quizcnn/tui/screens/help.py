"""Help, made from the commands of the screen below; typing filters, Enter runs the line."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from quizcnn.text import Lang, Text, pad
from quizcnn.tui.keys import COMMANDS, KeyMap
from quizcnn.tui.prose import Prose

TITLE = Text("Keys on this screen", "本页按键")
WANTED = Text("type to filter, Enter runs the line", "输入文字筛选，Enter 执行")
IN_FIELD = Text(
    "All that you type is your answer. Esc, then one letter: a command; text and caret stay. ? Enter: hint. Enter on nothing, twice: the answer.",
    "输入的都是答案。先按 Esc 再按一个字母是命令，文字和光标不变。? 加 Enter 要提示，空着按两次 Enter 看答案。",
)
EDITING = Text(
    "^A ^E ends  ^U ^K ^W cut  ^← ^→ words  ^C ^X ^V copy  ^J new line",
    "^A ^E 首尾   ^U ^K ^W 剪去   ^← ^→ 按词移动   ^C ^X ^V 剪贴   ^J 换行",
)
NONE = Text("Nothing called '{words}'.", "没有“{words}”。")
DIALOG = 76
FRAME = 4
"""Border, title and filter."""
LEAST = 4
EVERYWHERE = ("find", "language", "help", "back", "quit")


class HelpScreen(ModalScreen[str | None]):
    """Gives the name of the command to run, or None."""

    def __init__(self, offers: Sequence[str], keys: KeyMap, *, types_text: bool) -> None:
        super().__init__()
        self._keys = keys
        self._names = [*(name for name in offers if name not in EVERYWHERE), *EVERYWHERE]
        self._types_text = types_text

    @property
    def lang(self) -> Lang:
        return getattr(self.app, "lang", "en")

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Prose(f"**{TITLE[self.lang]}**")
            yield Input(placeholder=WANTED[self.lang], id="filter", select_on_focus=False, compact=True)
            yield OptionList(id="keys")
            yield Prose("", id="none", classes="quiet")
            if self._types_text:
                yield Prose(f"{IN_FIELD[self.lang]}\n{EDITING[self.lang]}", id="in-field", classes="quiet")

    def on_resize(self) -> None:
        size = self.app.size
        width = min(DIALOG, int(size.width * 0.95)) - 4
        below = self.query("#in-field").results(Prose)
        rest = FRAME + sum(block.rows_at(width) + 1 for block in below)
        self.query_one(OptionList).styles.max_height = max(LEAST, size.height - rest)

    def on_mount(self) -> None:
        self._fill("")
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    def _fill(self, words: str) -> None:
        rows = [(name, self._row(name)) for name in self._names]
        found = [(name, row) for name, row in rows if words.lower() in row.lower()]
        keys = self.query_one(OptionList)
        keys.clear_options()
        keys.add_options([Option(row, id=name) for name, row in found])
        keys.highlighted = 0 if found else None
        self.query_one("#none", Prose).show("" if found else NONE[self.lang].format(words=words))

    def _row(self, name: str) -> str:
        letter, twin = self._keys.shown(name), self._keys.twin(name)
        return f"{pad(letter, 6)}{pad('' if twin == letter else twin, 5)}{COMMANDS[name].label[self.lang]}"

    def on_key(self, event: events.Key) -> None:
        keys = self.query_one(OptionList)
        if event.key == "escape":
            self.dismiss(None)
        elif event.key == "down":
            keys.action_cursor_down()
        elif event.key == "up":
            keys.action_cursor_up()
        else:
            return
        event.stop()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        keys = self.query_one(OptionList)
        self.dismiss(keys.get_option_at_index(keys.highlighted).id if keys.highlighted is not None else None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)
