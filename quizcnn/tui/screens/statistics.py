"""Statistics: remembered against the goal, what is coming, mistakes, areas, times; Enter practises the line under the cursor."""

from __future__ import annotations

from pathlib import Path

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll

from quizcnn.errors import QuizError
from quizcnn.services.statistics import wording
from quizcnn.services.statistics.reading import read_statistics
from quizcnn.services.statistics.spans import Span
from quizcnn.services.statistics.values import Statistics
from quizcnn.text import Text
from quizcnn.tui.footer import Item, KeyRow
from quizcnn.tui.prose import Prose, TitleRow
from quizcnn.tui.screens.base import QuizScreen
from quizcnn.tui.widgets import figure_tables
from quizcnn.tui.widgets.tables import TableBlock, TableRow

SPAN_KEYS = {"1": Span.WEEKS, "2": Span.HALF_YEAR, "3": Span.ALL}
PRACTISE = Text("practise this", "专练这一项")
HOME = Text("home", "首页")
WRITTEN = Text("Written: {path}", "已写入：{path}")
LEFT, RIGHT = ("remembered", "mistakes", "kinds", "recall"), ("due", "skills")
LEAST_WIDTH = 70
"""Narrower terminals have one table under the other."""
TALL = 34
"""From so many rows on, more days and more mistakes are shown."""


class StatisticsScreen(QuizScreen[None]):
    """Arrows and Tab walk over what can be practised; digits choose the span; a opens the topics of an area."""

    offers = ("topics", "export", "language", "find", "help")

    def __init__(self, span: Span = Span.WEEKS, key: tuple[str, str] | None = None, area: str | None = None) -> None:
        super().__init__()
        self._span, self._key, self._area = span, key, area
        """What is shown: the span, the table and row under the cursor, the area whose topics are open ("" for all)."""
        self._found: Statistics | None = None
        self._line, self._style = "", ""

    def compose(self) -> ComposeResult:
        yield TitleRow()
        with VerticalScroll(id="body", can_focus=False), Horizontal(id="tables"):
            for side, names in (("left", LEFT), ("right", RIGHT)):
                with Vertical(id=side):
                    for name in names:
                        yield TableBlock(id=name)
        yield Prose(id="detail")
        yield KeyRow()

    def on_mount(self) -> None:
        self._read()

    def _read(self) -> None:
        span = self._span
        self.quiz.run_quietly(lambda: read_statistics(self.quiz.context, span), self._take, self._fail)

    def _take(self, found: Statistics) -> None:
        if found.span is self._span and self.stands:
            self._found = found
            self.show_words()

    def _fail(self, error: QuizError) -> None:
        self._say(str(error), "$wrong")

    def _say(self, line: str, style: str = "") -> None:
        self._line, self._style = line, style
        self.show_words()

    # ------------------------------------------------------------------ words

    def show_words(self) -> None:
        size = self.app.size
        self.set_class(size.width < LEAST_WIDTH, "narrow")
        self.query_one(TitleRow).show(wording.TITLE[self.lang], self._spans(size.width))
        if self._found is not None:
            self._fill(self._found, tall=size.height >= TALL)
            self._point()
        else:
            self._detail("")
        self.show_keys()
        self.call_after_refresh(self._after)

    def _spans(self, width: int) -> str:
        words = [f"{key} {wording.SPANS[span][self.lang]}" for key, span in SPAN_KEYS.items()]
        shown = [f"[{word}]" if SPAN_KEYS[word[0]] is self._span else f" {word} " for word in words]
        return (" " if width >= LEAST_WIDTH else "").join(shown)

    def _fill(self, found: Statistics, *, tall: bool) -> None:
        lang = self.lang
        tables = {
            "remembered": figure_tables.remembered_table(found, lang),
            "due": figure_tables.due_table(found, lang, 14 if tall else 7),
            "mistakes": figure_tables.mistakes_table(found, lang, 12 if tall else 6),
            "skills": figure_tables.skill_table(found, lang, self._area),
            "kinds": figure_tables.kinds_table(found, lang),
            "recall": figure_tables.recall_table(found, lang),
        }
        for name, (head, rows) in tables.items():
            self._table(name).show(head, rows)

    def _table(self, name: str) -> TableBlock:
        return self.query_one(f"#{name}", TableBlock)

    def _lines(self) -> list[tuple[str, int, TableRow]]:
        """Everything that can be practised: table, place in it, row; in reading order."""
        return [
            (name, place, row)
            for name in (*LEFT, *RIGHT)
            for place, row in enumerate(self._table(name).rows)
            if row.request is not None
        ]

    def _at(self) -> tuple[str, int, TableRow] | None:
        """The line under the cursor: the one last chosen, or the first."""
        lines = self._lines()
        return next((line for line in lines if (line[0], line[2].key) == self._key), lines[0] if lines else None)

    def _point(self) -> None:
        at = self._at()
        for table in self.query(TableBlock):
            table.point(at[1] if at is not None and table.id == at[0] else None)
        self._detail(at[2].detail if at is not None else "")

    def _detail(self, text: str) -> None:
        """What the line under the cursor says in full, unless there is news."""
        self.query_one("#detail", Prose).show(self._line or text, self._style if self._line else "$quiet")

    def _after(self) -> None:
        """Keep the cursor in sight, and with its first line what stands above it."""
        at, body = self._at() if self._found is not None else None, self.query_one("#body")
        if at is not None and at == self._lines()[0]:
            body.scroll_home(animate=False)
        elif at is not None:
            table = self._table(at[0])
            top = table.virtual_region.y
            for parent in (table.parent, self.query_one("#tables")):
                top += parent.virtual_region.y if isinstance(parent, Vertical | Horizontal) else 0
            row = top + 1 + at[1]
            if not body.scroll_y <= row < body.scroll_y + body.size.height - 1:
                body.scroll_to(y=max(0, row - body.size.height // 2), animate=False)

    # ------------------------------------------------------------------ keys

    def enter_means(self) -> Text:
        return PRACTISE if self._found is not None and self._at() else HOME

    def key_items(self) -> list[Item]:
        first, *rest = super().key_items()
        moves = [("↑↓ Tab", Text("move", "移动")[self.lang], "")] if self._found is not None and self._at() else []
        back = ("Esc", Text("back", "返回")[self.lang], "back")
        return [first, *moves, *rest[:1], back, *rest[1:]]

    def applies(self, name: str) -> bool:
        return name != "export" or self._found is not None

    def take_key(self, event: events.Key) -> bool:
        moves, pages = {"up": -1, "down": 1}, {"pageup": -1, "pagedown": 1}
        body = self.query_one("#body")
        if event.key in moves:
            self._move(moves[event.key])
        elif event.key in pages:
            body.scroll_relative(y=pages[event.key] * (body.size.height - 2), animate=False)
        elif event.key in ("tab", "shift+tab", "left", "right"):
            self._next_table(1 if event.key in ("tab", "right") else -1)
        elif event.character in SPAN_KEYS:
            self._span, self._line = SPAN_KEYS[event.character], ""
            self.show_words()
            self._read()
        else:
            return super().take_key(event)
        return True

    def _move(self, step: int) -> None:
        lines, at = self._lines(), self._at()
        if at is not None:
            place = lines.index(at) + step
            self._go_to(lines[max(0, min(len(lines) - 1, place))])

    def _next_table(self, step: int) -> None:
        lines, at = self._lines(), self._at()
        names = list(dict.fromkeys(name for name, _, _ in lines))
        if at is not None:
            name = names[(names.index(at[0]) + step) % len(names)]
            self._go_to(next(line for line in lines if line[0] == name))

    def _go_to(self, line: tuple[str, int, TableRow]) -> None:
        self._key, self._line = (line[0], line[2].key), ""
        self._point()
        self._after()

    @on(TableBlock.Chosen)
    def _clicked_row(self, message: TableBlock.Chosen) -> None:
        message.stop()
        name = message.table.id or ""
        chosen = name, message.place, message.table.rows[message.place]
        if self._at() == chosen:
            self.do_enter()
        else:
            self._go_to(chosen)

    def do_enter(self) -> None:
        at = self._at() if self._found is not None else None
        if at is None or at[2].request is None:
            self.quiz.go_home()
            return
        span, key, area = self._span, (at[0], at[2].key), self._area
        self.quiz.start_drill(at[2].request, back=lambda: StatisticsScreen(span, key, area))

    def do_topics(self) -> None:
        """From an area to its topics, from any other line to all topics, and back to the areas."""
        at = self._at() if self._found is not None else None
        if self._area is None:
            self._area = at[2].key if at is not None and at[0] == "skills" else ""
            self._key = None
        else:
            self._key = ("skills", self._area)
            self._area = None
        self._line = ""
        self.show_words()
        if self._area is not None and (first := next((line for line in self._lines() if line[0] == "skills"), None)):
            self._go_to(first)

    def do_export(self) -> None:
        from quizcnn.services.statistics.export import write_csv

        found = self._found
        if found is not None:
            try:
                path = write_csv(found, Path.cwd())
            except QuizError as error:
                self._fail(error)
            else:
                self._say(WRITTEN[self.lang].format(path=path))

    def resized(self) -> None:
        self.show_words()
