"""Another session than today's: what to ask, on which areas, for how long, and whether the schedule hears of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from quizcnn.errors import QuizError
from quizcnn.services.placement import QUESTIONS
from quizcnn.services.requests import DrillRequest
from quizcnn.services.words import area_name
from quizcnn.settings import save_changes
from quizcnn.text import Text, pad
from quizcnn.tui.footer import Item, KeyRow
from quizcnn.tui.prose import Prose, TitleRow
from quizcnn.tui.screens.base import QuizScreen

TITLE = Text("Another session", "另选一组题")
SOON = 3
"""Days ahead that count as soon."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a row, and what it changes in the request."""

    label: Text
    request: DrillRequest
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of choices."""

    label: Text
    choices: Sequence[Choice]


ASKS = Row(
    Text("Ask", "题目"),
    (
        Choice(
            Text("due and new", "到期与新卡"),
            DrillRequest(),
            Text("what the schedule would ask", "按复习计划出题"),
        ),
        Choice(
            Text("missed", "近来错的"),
            DrillRequest(mistakes=True, counted=False),
            Text("misses of the last two weeks, with new numbers; not counted", "近两周的错题，换一组数字；不计入"),
        ),
        Choice(
            Text("due soon", "快到期的"),
            DrillRequest(ahead=SOON, counted=False),
            Text(f"what falls due within {SOON} days; not counted", f"{SOON} 天内到期的卡；不计入"),
        ),
        Choice(
            Text("anything", "任意"),
            DrillRequest(counted=False),
            Text("seen longest ago first, then unseen ones; not counted", "最久没见的先来，再出没学过的；不计入"),
        ),
        Choice(
            Text("placement", "水平测试"),
            DrillRequest(placement=True),
            Text(
                f"{QUESTIONS} questions that find where you stand; what you know can wait",
                f"用 {QUESTIONS} 道题看水平，已经会的以后再说",
            ),
        ),
    ),
)
LENGTH = Row(
    Text("Length", "长度"),
    (
        Choice(Text("10 min", "10 分钟"), DrillRequest(minutes=10)),
        Choice(Text("25 min", "25 分钟"), DrillRequest(minutes=25)),
        Choice(Text("5", "5 题"), DrillRequest(limit=5)),
        Choice(Text("10", "10 题"), DrillRequest(limit=10)),
        Choice(Text("20 questions", "20 题"), DrillRequest(limit=20)),
    ),
)
ROWS = (ASKS, LENGTH)
AREAS = Text("Areas", "领域")
ALL_AREAS = Text("all; Space chooses", "全部；空格选定")
CHOSEN = Text("{count} chosen", "已选 {count} 个")
FIRST_ALWAYS = Text("first every day: {areas}", "每天先学：{areas}")
KEPT = Text("Kept: cards of these areas come first from now on.", "已保存：今后先出这些领域的卡。")
KEPT_NONE = Text("Kept: all areas alike.", "已保存：各领域同等对待。")
PLACEMENT_LENGTH = Text(f"{QUESTIONS} questions", f"{QUESTIONS} 题")
PLACEMENT_AREAS = Text("all, whatever is chosen", "全部，不看所选")
SEPARATOR = Text(", ", "、")
MOST_ASKED = 3
"""The frequency of what nearly every interview asks."""
LABELS = 8
NAMES = 34


class SessionsScreen(QuizScreen[None]):
    """Arrows walk and choose, Space takes an area, k keeps the areas for every day, Enter starts."""

    offers = ("keep", "language", "help")

    def __init__(self) -> None:
        super().__init__()
        self._row = 0
        self._chosen = [0, 0]
        self._areas: list[tuple[str, int]] = []
        self._taken: set[str] = set()
        self._line: Text | str = ""
        self._style = ""

    def compose(self) -> ComposeResult:
        yield TitleRow()
        with VerticalScroll(id="rows", can_focus=False):
            for place in range(len(ROWS)):
                yield Prose(id=f"row-{place}")
            yield Prose(id="note", classes="quiet")
            yield Prose(id="areas")
            for place in range(len(self._counts())):
                yield Prose(id=f"area-{place}")
        yield KeyRow()

    def _counts(self) -> list[tuple[str, int]]:
        """Areas with their number of questions, those first that interviews ask most; those kept are chosen to begin with."""
        if not self._areas:
            rows = self.quiz.context.catalog.rows()
            often = Counter(row.area for row in rows if row.frequency == MOST_ASKED)
            counts = Counter(row.area for row in rows)
            self._areas = sorted(counts.items(), key=lambda each: (-often[each[0]], each[0]))
            self._taken = {name for name, _ in self._areas} & set(self.quiz.context.settings.areas)
        return self._areas

    # ------------------------------------------------------------------ words

    def enter_means(self) -> Text:
        return Text("start", "开始")

    def key_items(self) -> list[Item]:
        lang = self.lang
        first, *rest = super().key_items()
        takes = ("Space", Text("area", "领域")) if self._area_at_cursor() else ("←→", Text("choose", "选择"))
        keys = (("↑↓", Text("row", "行")), takes)
        back = ("Esc", Text("back", "返回")[lang], "back")
        return [first, *((key, label[lang], "") for key, label in keys), back, *rest]

    def show_words(self) -> None:
        lang = self.lang
        self.query_one(TitleRow).show(
            TITLE[lang], self._line if isinstance(self._line, str) else self._line[lang], self._style
        )
        for place, row in enumerate(ROWS):
            shown = "".join(
                f"[{each.label[lang]}]" if number == self._chosen[place] else f" {each.label[lang]} "
                for number, each in enumerate(row.choices)
            )
            self._put(f"row-{place}", place, f"{pad(row.label[lang], LABELS)}{shown}")
        note = ASKS.choices[self._chosen[0]].note
        self.query_one("#note", Prose).show(note[lang] if note else "", "$quiet", " " * (LABELS + 3))
        if self._is_placement():
            self._put("row-1", 1, f"{pad(LENGTH.label[lang], LABELS)} {PLACEMENT_LENGTH[lang]}")
            self.query_one("#areas", Prose).show(f"  {pad(AREAS[lang], LABELS)} {PLACEMENT_AREAS[lang]}")
        else:
            self.query_one("#areas", Prose).show(f"  {pad(AREAS[lang], LABELS)} {self._areas_chosen()}")
        for place, (area, count) in enumerate(self._counts()):
            box = "[x]" if area in self._taken else "[ ]"
            self._put(f"area-{place}", place + len(ROWS), f"{box} {pad(area_name(area, lang), NAMES)}{count:>4}")
        self.show_keys()

    def _is_placement(self) -> bool:
        return ASKS.choices[self._chosen[0]].request.placement

    def _areas_chosen(self) -> str:
        lang = self.lang
        chosen = CHOSEN[lang].format(count=len(self._taken)) if self._taken else ALL_AREAS[lang]
        if kept := self.quiz.context.settings.areas:
            names = SEPARATOR[lang].join(area_name(name, lang) for name in kept)
            chosen += f"   {FIRST_ALWAYS[lang].format(areas=names)}"
        return chosen

    def _put(self, name: str, place: int, text: str) -> None:
        here = place == self._row
        self.query_one(f"#{name}", Prose).show(f"{'>' if here else ' '} {text}", "bold $focus" if here else "")

    # ------------------------------------------------------------------ keys

    def _area_at_cursor(self) -> str:
        place = self._row - len(ROWS)
        return self._areas[place][0] if 0 <= place < len(self._areas) else ""

    def take_key(self, event: events.Key) -> bool:
        if not self._take_row_key(event.key):
            return super().take_key(event)
        self.show_words()
        return True

    def _take_row_key(self, key: str) -> bool:
        moves, ways = {"up": -1, "down": 1}, {"left": -1, "right": 1}
        if key in moves:
            self._row = (self._row + moves[key]) % (len(ROWS) + len(self._areas))
            place = self._row - len(ROWS)
            self.query_one(f"#area-{place}" if place >= 0 else f"#row-{self._row}").scroll_visible(animate=False)
        elif key in ways and self._row < len(ROWS):
            count = len(ROWS[self._row].choices)
            self._chosen[self._row] = (self._chosen[self._row] + ways[key]) % count
        elif key == "space" and (area := self._area_at_cursor()):
            self._taken ^= {area}
        else:
            return False
        return True

    def request(self) -> DrillRequest:
        """The session that is chosen."""
        asks, length = ASKS.choices[self._chosen[0]].request, LENGTH.choices[self._chosen[1]].request
        if asks.placement:
            return asks
        areas = tuple(name for name, _ in self._areas if name in self._taken)
        return replace(asks, areas=areas, minutes=length.minutes, limit=length.limit)

    def do_enter(self) -> None:
        self.quiz.start_drill(self.request())

    def do_keep(self) -> None:
        areas = tuple(name for name, _ in self._areas if name in self._taken)
        try:
            save_changes(areas=areas)
        except QuizError as error:
            self._line, self._style = str(error), "$wrong"
        else:
            self.quiz.context.forget_settings()
            self._line, self._style = KEPT if areas else KEPT_NONE, ""
        self.show_words()
