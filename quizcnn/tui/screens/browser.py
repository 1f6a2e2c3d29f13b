"""The bank browser: a search field, the hits that follow every key, and the question under the cursor with its key."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Label

from quizcnn.bank.catalog import Row
from quizcnn.errors import QuizError
from quizcnn.generation.variant import Variant
from quizcnn.grading.base import Verdict
from quizcnn.services import words
from quizcnn.services.presentation import SYMBOLS
from quizcnn.services.requests import DrillRequest
from quizcnn.services.search.query import replaced
from quizcnn.services.search.search import Found, Search, Trouble
from quizcnn.services.search.wording import count_line, standing, trouble_lines
from quizcnn.services.words import KINDS, say
from quizcnn.text import Text, truncate
from quizcnn.tui.footer import Item, KeyRow
from quizcnn.tui.prose import Prose
from quizcnn.tui.screens.base import QuizScreen
from quizcnn.tui.widgets.hits import HitLine, HitList
from quizcnn.tui.widgets.line import Line
from quizcnn.tui.widgets.preview import Preview

WANTED = Text(
    "words, ids, kind: area: topic: state: mistake: difficulty:", "词、题号、题型: 领域: 主题: 状态: 错法: 难度:"
)
READING = Text("Reading the bank …", "正在读题库……")
TRY = Text("try it, not counted", "试做，不计入")
OPEN = Text("show it", "看这道题")
LIST = Text("list", "列表")
FIELD = Text("search", "搜索")
TAKES = Text("take {part}", "改成 {part}")
LEAVE_OUT = Text("without {part}", "去掉 {part}")
KEY = (Text("key", "答案"), Text("hide the key", "收起答案"))
RESUME = Text("take it back", "恢复")
RESUMED = Text("Back in the schedule: {question}.", "已恢复：{question}。")
FLAG_MARK = " f"
NOTE = Text("What is doubtful?", "哪里可疑？")
FLAG_IT = Text("flag it", "标记")
FLAGGED_BEFORE = Text("Flagged: {note}", "已标记：{note}")
NO_NOTE = Text("no note", "没有备注")
ON_NOTHING = Text("  Enter on nothing takes the flag off.", "  空着按 Enter 取消标记。")
FLAGGED = Text(
    "Flagged: {question}; `quizcnn bank flags` lists it.", "已标记：{question}，`quizcnn bank flags` 会列出。"
)
UNFLAGGED = Text("No longer flagged: {question}.", "已取消标记：{question}。")
SHORT_KIND = Text("text", "简答题")
NARROW = 70
"""Narrower terminals show the list or the question, not both."""
LONGEST_NOTE = 500
SEEDS_TRIED = 12
DRAWN = ("numeric", "inverse")
"""The kinds of question that have numbers."""
OFFERS = ("variant", "work", "lesson", "suspend", "flag", "source", "language", "find", "leave", "help")


class BrowserScreen(QuizScreen[None]):
    """Typing searches; down goes to the list, where letters are commands; Enter tries the question uncounted and comes back."""

    offers = OFFERS

    def __init__(self, sought: str = "", question_id: str = "") -> None:
        super().__init__()
        self._sought, self._at = sought, question_id
        """What is sought, and the question under the cursor."""
        self._search: Search | None = None
        self._found = Found((), 0)
        self._place = 0
        self._seeds: dict[str, int] = {}
        self._shown: tuple[str, Variant | QuizError] | None = None
        self._drawing = self._opened = self._noting = self._key = self._to_list_when_read = False
        self._message, self._style = "", ""

    def compose(self) -> ComposeResult:
        with Horizontal(id="search"):
            yield Label("> ")
            yield Line(id="sought", before=self._before)
            yield Label(id="count")
        yield Prose(id="line")
        yield HitList(self._line_of, id="hits")
        yield Preview(id="preview")
        with Horizontal(id="note"):
            yield Label()
            yield Line(id="doubt")
        yield KeyRow()

    def on_mount(self) -> None:
        field = self.query_one("#sought", Line)
        field.value = self._sought
        field.cursor_position = len(self._sought)
        field.focus()
        self.show_words()
        self.quiz.run_quietly(self._prepare, self._ready, self._fail)

    def _prepare(self) -> Search:
        """The index of the words and the record, read beside the screen."""
        search = Search(self.quiz.context)
        search.find("state:new")
        return search

    def _ready(self, search: Search) -> None:
        self._search = search
        if not self.stands:
            return
        self._seek(self._at)
        if self._to_list_when_read:
            self._to_list()
        self.quiz.run_quietly(lambda: search.mistakes, lambda _: None, self._fail)

    def _fail(self, error: QuizError) -> None:
        if self.stands:
            self._say(str(error), "$wrong")

    # ------------------------------------------------------------------ searching

    @on(Input.Changed, "#sought")
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        if message.value != self._sought:
            self._sought, self._message, self._to_list_when_read = message.value, "", False
            self._seek("")

    def _seek(self, stay_at: str) -> None:
        """Search anew; the cursor goes to this question, or to the first hit."""
        search = self._search
        if search is None:
            return
        self.quiz.sought = self._sought
        self._found = search.find(self._sought)
        places = (place for place, row in enumerate(self._found.hits) if row.id == stay_at)
        self._place = next(places, min(self._place, len(self._found.hits) - 1) if stay_at else 0)
        if search.trouble is not None:
            self._message, self._style = str(search.trouble), "$wrong"
        self._moved()

    def _row(self) -> Row | None:
        """The question under the cursor."""
        return self._found.hits[self._place] if 0 <= self._place < len(self._found.hits) else None

    def _moved(self) -> None:
        row = self._row()
        self._at = row.id if row is not None else ""
        self.show_words()
        self._draw()

    def _draw(self) -> None:
        """Draw the question under the cursor beside the screen, one at a time; what was left behind meanwhile is not drawn."""
        row = self._row()
        if self._drawing or row is None or self._is_shown(row.id):
            return
        self._drawing = True
        seed, name, context = self._seeds.get(row.id, 1), row.id, self.quiz.context

        def draw() -> tuple[str, Variant | QuizError]:
            try:
                return name, context.variant(name, seed)
            except QuizError as error:
                return name, error

        self.quiz.run_quietly(draw, self._drawn, self._fail)

    def _is_shown(self, question_id: str) -> bool:
        return self._shown is not None and self._shown[0] == question_id

    def _drawn(self, drawn: tuple[str, Variant | QuizError]) -> None:
        self._drawing = False
        if not self.stands:
            return
        self._shown = drawn
        if drawn[0] == self._at:
            self.show_words()
            self.query_one(Preview).scroll_top()
        self._draw()

    # ------------------------------------------------------------------ words

    def on_screen_resume(self) -> None:
        """Back from a lesson, where something may have been set aside or answered."""
        if self._search is not None:
            self._search.forget_record()
            self._seek(self._at)

    def show_words(self) -> None:
        size, lang = self.app.size, self.lang
        narrow = size.width < NARROW
        self.set_class(narrow, "narrow")
        self.set_class(narrow and self._opened, "opened")
        self.set_class(self._noting, "noting")
        self.query_one("#sought", Line).placeholder = truncate(WANTED[lang], size.width - 26)
        self.query_one("#count", Label).update(count_line(self._found, lang) if self._search else READING[lang])
        self._show_line()
        self.query_one(HitList).show(self._found.hits, self._place, lit=not self.types_text())
        self._show_preview()
        self.query_one("#note Label", Label).update(f" {NOTE[lang]} ")
        self.show_keys()

    def _show_line(self) -> None:
        """News, else why nothing was found."""
        lines = trouble_lines(self._found, self.lang) if self._search else []
        text, style = (self._message, self._style) if self._message else ("\n".join(lines), "$partly")
        self.query_one("#line", Prose).show(text, style, " ")

    def _show_preview(self) -> None:
        row, preview = self._row(), self.query_one(Preview)
        if row is None or self._shown is None or not self._is_shown(row.id):
            if row is None:
                preview.show(None, self.lang)
            return
        title = self.quiz.context.catalog.topic(row.topic).title[self.lang]
        shown, remark = self._shown[1], self._line_of(row).remark
        if isinstance(shown, QuizError):
            preview.fail(str(shown), title)
        else:
            preview.show(shown, self.lang, title, remark, key=self._key)

    def _line_of(self, row: Row) -> HitLine:
        """A hit with what the record says of it."""
        search, lang = self._search, self.lang
        kind, level = (SHORT_KIND if row.kind == "short_answer" else KINDS[row.kind])[lang], f"d{row.difficulty}"
        if search is None:
            return HitLine(row.id, kind, level, "")
        past = search.past(row.id)
        marks = " ".join(SYMBOLS.get(Verdict(verdict), "✗") for verdict in past.verdicts)
        flag = FLAG_MARK if row.id in search.record.flags else ""
        remark = search.mistake_name(row, past.mistake, lang)
        return HitLine(row.id, kind, level + flag, standing(search.record, row.id, lang), marks, remark)

    def _say(self, line: str, style: str = "$quiet") -> None:
        self._message, self._style = line, style
        self.show_words()

    def resized(self) -> None:
        if self.is_mounted:
            self.show_words()

    # ------------------------------------------------------------------ keys

    def types_text(self) -> bool:
        return isinstance(self.focused, Line)

    def enter_means(self) -> Text:
        if self._noting:
            return FLAG_IT
        return OPEN if self._is_narrow() and not self._opened else TRY

    def _is_narrow(self) -> bool:
        return self.app.size.width < NARROW

    def key_items(self) -> list[Item]:
        first, *rest = super().key_items()
        if self._noting:
            return [first, ("Esc Esc", Text("cancel", "取消")[self.lang], "back")]
        if self._row() is None:
            return [*self._suggested(), *rest]
        way = "Tab" if self.quiz.ascii_symbols else "↓"
        there = (way, LIST[self.lang], "") if self.types_text() else ("Tab", FIELD[self.lang], "")
        return [first, there, *rest]

    def _suggested(self) -> list[Item]:
        """What Enter and Tab make of the line where nothing was found."""
        trouble = self._mendable()
        if trouble is None:
            return []
        instead = trouble.nearest[0]
        word = TAKES[self.lang].format(part=instead) if instead else LEAVE_OUT[self.lang].format(part=trouble.part.text)
        return [("Enter", word, "enter")]

    def _mendable(self) -> Trouble | None:
        """The first trouble that comes with something to write in its place."""
        return next((trouble for trouble in self._found.troubles if trouble.nearest), None)

    def item(self, name: str) -> Item:
        key, label, command = super().item(name)
        if name == "work":
            label = KEY[self._key][self.lang]
        elif name == "suspend" and self._is_suspended():
            label = RESUME[self.lang]
        return key, label, command

    def _is_suspended(self) -> bool:
        return self._search is not None and "suspended" in self._search.record.states(self._at)

    def applies(self, name: str) -> bool:
        row = self._row()
        if name == "variant":
            return row is not None and row.kind in DRAWN
        return row is not None or name in ("language", "find", "leave", "help")

    def _before(self, event: events.Key) -> bool:
        """Keys of the search field that are not for typing."""
        if event.key == "down":
            self._to_list()
        elif event.key == "tab":
            if self._row() is not None or self._search is None:
                self._to_list()
            else:
                self._mend()
        elif event.key in ("pageup", "pagedown"):
            self.query_one(Preview).scroll_page(1 if event.key == "pagedown" else -1)
        else:
            return False
        return True

    def _to_list(self) -> None:
        """To the hits; asked for while the bank is still read, as soon as there are any."""
        self._to_list_when_read = self._search is None
        if self._row() is not None:
            self.set_focus(None)
            self.show_words()

    def _to_field(self) -> None:
        self._opened = False
        self.query_one("#sought", Line).focus()
        self.show_words()

    def _mend(self) -> None:
        trouble = self._mendable()
        if trouble is not None:
            field = self.query_one("#sought", Line)
            field.value = replaced(self._sought, trouble.part, trouble.nearest[0])
            field.cursor_position = len(field.value)

    def take_key(self, event: events.Key) -> bool:
        """Arrows and paging belong to the list; in a field they move its caret and come here only on their way up."""
        return super().take_key(event) if self.types_text() else self._take_list_key(event)

    def _take_list_key(self, event: events.Key) -> bool:
        steps = {"up": -1, "down": 1, "left": -self.query_one(HitList).page, "right": self.query_one(HitList).page}
        ends = {"home": 0, "end": len(self._found.hits) - 1}
        if event.key == "up" and self._place == 0 and not self._opened:
            self._to_field()
        elif event.key in steps:
            self._go_to(self._place + steps[event.key])
        elif event.key in ends:
            self._go_to(ends[event.key])
        elif event.key in ("tab", "shift+tab", "backspace"):
            self._to_field()
        elif event.key in ("pageup", "pagedown"):
            self.query_one(Preview).scroll_page(1 if event.key == "pagedown" else -1)
        else:
            return super().take_key(event)
        return True

    def _go_to(self, place: int) -> None:
        self._place = max(0, min(len(self._found.hits) - 1, place))
        self._message = ""
        self._moved()

    def run_command(self, name: str) -> bool:
        if self._noting and name not in ("enter", "back", "language"):
            return True
        try:
            return super().run_command(name)
        except QuizError as error:
            self._fail(error)
            return True

    @on(HitList.Chosen)
    def _clicked_row(self, message: HitList.Chosen) -> None:
        message.stop()
        if message.place == self._place and not self.types_text():
            self.do_enter()
            return
        self.set_focus(None)
        self._go_to(message.place)

    @on(Line.Entered)
    def _entered(self, message: Line.Entered) -> None:
        message.stop()
        if self.quiz.is_fresh(message.at):
            self.do_enter()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.show_words()

    # ------------------------------------------------------------------ commands

    def do_enter(self) -> None:
        if self._noting:
            self._flag(self.query_one("#doubt", Line).value.strip()[:LONGEST_NOTE])
        elif self._row() is None:
            self._mend()
        elif self._is_narrow() and not self._opened:
            self._opened = True
            self._to_list()
        else:
            self.quiz.start_drill(DrillRequest(questions=(self._at,), counted=False), back=self.again())

    def do_back(self) -> None:
        if self._noting:
            self._end_note()
        elif self._opened:
            self._opened = False
            self.show_words()
        else:
            super().do_back()

    def do_leave(self) -> None:
        self._opened = False
        self.do_back()

    def do_work(self) -> None:
        self._key = not self._key
        self.show_words()
        preview = self.query_one(Preview)
        self.call_after_refresh(preview.scroll_to_answer if self._key else preview.scroll_top)

    def do_variant(self) -> None:
        """Other numbers: the next seed that gives any."""
        if self._shown is None or not self._is_shown(self._at):
            return
        shown = self._shown[1]
        if isinstance(shown, QuizError) or shown.family is None:
            self._say(words.NO_NUMBERS[self.lang])
            return
        context, first = self.quiz.context, shown.seed + 1
        variants = (context.variant(self._at, seed) for seed in range(first, first + SEEDS_TRIED))
        variant = next((each for each in variants if each.identity != shown.identity), None)
        if variant is None:
            self._say(words.NO_NUMBERS[self.lang])
            return
        self._seeds[self._at] = variant.seed
        self._shown = (self._at, variant)
        self._say("")

    def do_suspend(self) -> None:
        if self._search is not None and self._row() is not None:
            suspended = self._search.turn_suspension(self._at)
            self._tell(words.SUSPENDED if suspended else RESUMED)

    def again(self) -> Callable[[], QuizScreen[None]]:
        sought, at = self._sought, self._at
        return lambda: BrowserScreen(sought, at)

    def do_lesson(self) -> None:
        row = self._row()
        if row is not None:
            self.quiz.open_lesson(row.topic)

    def do_source(self) -> None:
        if self._row() is not None:
            self.quiz.open_source(self._at)

    def do_flag(self) -> None:
        """Open the field of the note."""
        if self._search is None or self._row() is None:
            return
        self._noting = True
        flags = self._search.record.flags.get(self._at, ())
        note = self.query_one("#doubt", Line)
        note.value = ""
        note.focus()
        before = say(FLAGGED_BEFORE, self.lang, note=flags[-1].note or NO_NOTE[self.lang]) if flags else ""
        self._say(f"{before}{ON_NOTHING[self.lang]}" if flags else "")

    def _flag(self, note: str) -> None:
        if self._search is None:
            return
        try:
            if note or self._at not in self._search.record.flags:
                shown = self._shown[1] if self._shown and self._is_shown(self._at) else None
                seed = shown.seed if isinstance(shown, Variant) else None
                self._search.flag(self._at, note, seed)
                said = FLAGGED
            else:
                self._search.unflag(self._at)
                said = UNFLAGGED
        except QuizError as error:
            self._fail(error)
            return
        self._end_note()
        self._tell(said)

    def _end_note(self) -> None:
        self._noting, self._message = False, ""
        self.set_focus(None)
        self.show_words()

    def _tell(self, text: Text) -> None:
        """Say what was done with the question, and search anew, since the record has changed."""
        self._message, self._style = say(text, self.lang, question=self._at), "$quiet"
        self._seek(self._at)
