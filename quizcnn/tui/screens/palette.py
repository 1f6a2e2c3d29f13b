"""The palette: every topic, question, action and the settings in one list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from quizcnn.errors import QuizError
from quizcnn.services.context import Context
from quizcnn.services.requests import DrillRequest, LessonRequest
from quizcnn.services.words import KINDS, area_name
from quizcnn.text import Lang, Text, pad, truncate
from quizcnn.tui.prose import Prose

PRACTISE = Text("Practise", "练习")
LESSON = Text("Lesson", "讲解")
QUESTION = Text("Question", "题目")
DO = Text("Do", "执行")
CARDS = Text("{count} questions", "{count} 题")
HOME = Text("home", "首页")
STATISTICS = Text("statistics", "统计")
BANK = Text("bank", "题库")
SETTINGS = Text("settings", "设置")
FOUND = Text(
    "Enter do it   ↑↓ choose   Esc close        {found} found, {shown} shown",
    "Enter 执行   ↑↓ 选择   Esc 关闭        找到 {found}，显示 {shown}",
)
NONE = Text("Nothing called '{words}'.", "没有“{words}”。")
WANTED = Text("words of a topic, a question or an action", "主题、题目或操作里的词")
MOST = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette: what it is, its name, a note, what is searched, and what it does."""

    what: str
    name: str
    note: str
    words: str
    does: DrillRequest | LessonRequest | str


class PaletteScreen(ModalScreen[DrillRequest | LessonRequest | str | None]):
    """Gives a session to start, a lesson to open, the name of a command, or None."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._parts = context
        self._entries: list[Entry] = []
        self._found: list[Entry] = []

    @property
    def lang(self) -> Lang:
        return getattr(self.app, "lang", "en")

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield Input(placeholder=WANTED[self.lang], id="words", select_on_focus=False, compact=True)
            yield OptionList(id="entries")
            yield Prose("", id="count", classes="quiet")

    def on_resize(self) -> None:
        self.query_one(OptionList).styles.max_height = max(4, self.app.size.height - 2 - 5)

    def on_mount(self) -> None:
        try:
            self._entries = list_entries(self._parts, self.lang)
        except QuizError as error:
            self.query_one("#count", Prose).show(str(error), "$wrong")
        self._fill("")
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    def _fill(self, words: str) -> None:
        wanted = words.lower().split()
        found = [entry for entry in self._entries if all(word in entry.words for word in wanted)]
        self._found = found[:MOST]
        entries = self.query_one(OptionList)
        entries.clear_options()
        entries.add_options(
            [Option(f"{pad(entry.what, 11)}{pad(truncate(entry.name, 40), 42)}{entry.note}") for entry in self._found]
        )
        entries.highlighted = 0 if self._found else None
        line = FOUND if found or not words else NONE
        self.query_one("#count", Prose).show(
            line[self.lang].format(found=len(found), shown=len(self._found), words=words)
        )

    def on_key(self, event: events.Key) -> None:
        entries = self.query_one(OptionList)
        if event.key == "escape":
            self.dismiss(None)
        elif event.key == "down":
            entries.action_cursor_down()
        elif event.key == "up":
            entries.action_cursor_up()
        else:
            return
        event.stop()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        place = self.query_one(OptionList).highlighted
        self.dismiss(self._found[place].does if place is not None and self._found else None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._found[event.option_index].does)


def list_entries(context: Context, lang: Lang) -> list[Entry]:
    """Actions, topics to practise or to read, questions; each found by its words in both languages."""
    rows = context.catalog.rows()
    topics: dict[str, int] = {}
    for row in rows:
        topics[row.topic] = topics.get(row.topic, 0) + 1
    found = [
        Entry(DO[lang], text[lang], "", f"{text.en} {text.zh}".lower(), does)
        for text, does in (
            (HOME, "home"),
            (STATISTICS, "statistics"),
            (BANK, "bank"),
            (SETTINGS, "settings"),
            (Text("language", "语言"), "language"),
        )
    ]
    found += [entry for topic in context.catalog.topic_ids for entry in _topic_entries(context, topic, topics, lang)]
    for row in rows:
        note = f"{KINDS[row.kind][lang]}{', ' if lang == 'en' else '，'}{area_name(row.area, lang)}"
        request = DrillRequest(questions=(row.id,), counted=False)
        found.append(Entry(QUESTION[lang], row.id, note, f"{row.id} {row.topic} {note}".lower(), request))
    return found


def _topic_entries(context: Context, topic: str, counts: Mapping[str, int], lang: Lang) -> Iterator[Entry]:
    """A topic to practise, where it has questions, and its lesson."""
    title = context.catalog.topic(topic).title
    words = f"{topic} {title.en} {title.zh}".lower()
    if topic in counts:
        note = CARDS[lang].format(count=counts[topic])
        yield Entry(PRACTISE[lang], title[lang], note, words, DrillRequest(topic=topic, counted=False))
    kind = f"{LESSON.en} {LESSON.zh} ".lower()
    yield Entry(LESSON[lang], title[lang], "", kind + words, LessonRequest(topic))
