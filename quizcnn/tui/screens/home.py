"""Home: today's line, what Enter does, the mistakes of late, the areas."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from quizcnn.errors import QuizError
from quizcnn.services import words
from quizcnn.services.drill import Drill
from quizcnn.services.home import read_home
from quizcnn.services.requests import DrillRequest
from quizcnn.services.views import AreaLine, Home
from quizcnn.services.words import BEGUN, NOT_BEGUN, area_name, day_name, say
from quizcnn.text import Lang, Text, display_width, pad, truncate
from quizcnn.tui.footer import Item, KeyRow
from quizcnn.tui.prose import Prose, TitleRow
from quizcnn.tui.screens.base import QuizScreen

TODAY = Text("Today   {cards}, about {minutes} min", "今天   {cards}，约 {minutes} 分钟")
NOTHING = Text("Today   nothing is due", "今天   没有到期的卡")
RESUME = Text("go on at question {number} of {total}", "接着做：停在第 {number} / {total} 题")
START = Text("start", "开始")
EXTRA = Text("10 extra questions, schedule untouched", "加练 10 题，不影响排期")
LATELY = Text("Lately   ", "近两周常错   ")
PRACTISE = Text("   **m** practise them", "   **m** 专练")
COUNTED = Text("{label} {count} times", "{label} {count} 次")
COUNTED_ONCE = Text("{label} (once)", "{label} 1 次")
INTERVIEW = Text("Interview in {days} days ({day})", "距面试还有 {days} 天（{day}）")
TODAY_IS_IT = Text("The interview is today", "今天就是面试")
IN_A_ROW = Text("{days} days in a row", "连续 {days} 天")
HEADS = (
    Text("Area", "领域"),
    Text("Remembered", "记住率"),
    Text("Due today", "今天到期"),
    Text("Seen / all", "学过 / 全部"),
)
MORE_AREAS = Text("↓ {count} more", "↓ 还有 {count} 个")
GO = (
    ("1", Text("drill", "练习")),
    ("2", Text("exam", "模拟考")),
    ("3", Text("statistics", "统计")),
    ("4", Text("bank", "题库")),
    ("5", Text("settings", "设置")),
)
TO = Text("go to", "前往")
GOES = tuple(key for key, _ in GO)
SCREENS = {"3": "statistics", "4": "bank", "5": "settings"}
WIDE = ((30, 20, 12), (26, 12, 10))
"""Widths of the columns, with bars and without."""
LEAST_WIDTH = 70
MARGIN = 3
"""Columns that are not there for text: a blank at either side, and the bar of what scrolls."""
SHOWN_MISTAKES = 3


class HomeScreen(QuizScreen[None]):
    """Where the program opens; Enter starts or goes on."""

    offers = ("sessions", "mistakes", "more", "find", "language", "undo", "leave", "help")

    def __init__(self, line: str = "") -> None:
        super().__init__()
        self._line = line
        self._home: Home | None = None
        self._error = ""

    def compose(self) -> ComposeResult:
        yield TitleRow("quizcnn")
        yield Prose(id="line")
        with VerticalScroll(id="body", can_focus=False):
            yield Prose(id="today")
            yield Prose(id="start")
            yield Prose(id="mistakes")
            yield Prose(id="areas")
        yield Prose(id="more", classes="quiet")
        yield KeyRow(id="ways")
        yield KeyRow(id="keys")

    def on_mount(self) -> None:
        self._read()

    def _read(self) -> None:
        self.quiz.run_quietly(lambda: read_home(self.quiz.context), self._take, self._fail)

    def _take(self, home: Home) -> None:
        self._home = home
        if self.stands:
            self.show_words()

    def _fail(self, error: QuizError) -> None:
        self._error = str(error)
        if self.stands:
            self.show_words()

    def show_words(self) -> None:
        home = self._home
        self._put("line", self._line, "$quiet")
        if self._error:
            self.query_one("#today", Prose).show(self._error, "$wrong", "✗ ")
        if home is not None:
            self.query_one(TitleRow).show("quizcnn", self._interview(home))
            self._put("today", self._today(home))
            self.query_one("#start", Prose).show(self._start(home), "", "▌ ")
            self._put("mistakes", self._mistakes(home))
            self._put("areas", self._areas(home))
        self.show_keys()
        self.call_after_refresh(self._show_more)

    def _put(self, name: str, text: str, style: str = "") -> None:
        self.query_one(f"#{name}", Prose).show(text, style)

    def _interview(self, home: Home) -> str:
        if home.interview is None:
            return ""
        from quizcnn.clock import now

        days = (home.interview - now().astimezone().date()).days
        if days == 0:
            return TODAY_IS_IT[self.lang]
        return say(INTERVIEW, self.lang, days=days, day=day_name(home.interview, self.lang)) if days > 0 else ""

    def _today(self, home: Home) -> str:
        waiting = home.due + home.learning
        if not waiting and not home.new:
            return "\n".join([NOTHING[self.lang], *self._remarks(home)])
        cards = words.count_cards(waiting, home.new, self.lang)
        text = say(TODAY, self.lang, cards=cards, minutes=home.minutes)
        if home.days_in_a_row > 1:
            right = say(IN_A_ROW, self.lang, days=home.days_in_a_row)
            room = self.app.size.width - MARGIN - display_width(text)
            text += pad(right, room, align="right") if room > display_width(right) + 2 else f"   {right}"
        return "\n".join([text, *self._remarks(home)])

    def _remarks(self, home: Home) -> list[str]:
        """What stands under today's line: cards that wait, the limit of new ones."""
        found = []
        if home.backlog_days > 1:
            today = home.due + home.learning
            found.append(say(words.BACKLOG, self.lang, waiting=home.waiting, today=today, days=home.backlog_days))
        if not (home.placed or home.waiting or home.open_session) and home.new:
            found.append(words.PLACE_YOURSELF[self.lang])
        if home.new_done and not home.new and home.new_left:
            found.append(say(words.LIMIT_REACHED, self.lang, count=home.new_done))
        return found

    def _start(self, home: Home) -> str:
        if home.open_session:
            does = say(RESUME, self.lang, number=home.open_session[0], total=home.open_session[1])
        else:
            does = (START if home.due + home.learning + home.new else EXTRA)[self.lang]
        return f"**Enter**   {does}"

    def _mistakes(self, home: Home) -> str:
        if not home.mistakes:
            return ""
        lead, end = LATELY[self.lang], PRACTISE[self.lang]
        listed = [
            say(COUNTED if count > 1 else COUNTED_ONCE, self.lang, label=label[self.lang], count=count)
            for label, count in home.mistakes[:SHOWN_MISTAKES]
        ]
        row = lead + "   ".join(listed) + end
        if display_width(row.replace("*", "")) <= self.app.size.width - MARGIN:
            return row
        return lead + ("\n" + " " * display_width(lead)).join(listed) + end

    def _areas(self, home: Home) -> str:
        bars = self.app.size.width >= LEAST_WIDTH
        widths = WIDE[0] if bars else WIDE[1]
        heads = HEADS if bars else HEADS[:3]
        head = "".join(pad(text[self.lang], width) for text, width in zip(heads, (*widths, 0), strict=False))
        rows = [_area(line, widths, bars, self.lang) for line in home.areas]
        return "\n".join([f"**{head.rstrip()}**", *rows])

    def _show_more(self) -> None:
        """How many areas stand below the last row."""
        for body in self.query("#body") if self.stands else ():
            hidden = int(body.max_scroll_y - body.scroll_y)
            self._put("more", MORE_AREAS[self.lang].format(count=hidden) if hidden > 0 else "", "$quiet")

    # ------------------------------------------------------------------ keys

    def enter_means(self) -> Text:
        return Text("go on", "接着做") if self._home and self._home.open_session else START

    def key_items(self) -> list[Item]:
        first, *rest = super().key_items()
        return [first, (f"{GOES[0]}-{GOES[-1]}", TO[self.lang], ""), *rest]

    def show_keys(self) -> None:
        """The ways to the other screens stand in a row of their own above the footer."""
        self.query_one("#ways", KeyRow).show([(key, label[self.lang], key) for key, label in GO])
        self.query_one("#keys", KeyRow).show(self.key_items(), self.item("help"), lit=self._lit)

    def applies(self, name: str) -> bool:
        home = self._home
        if name == "mistakes":
            return home is not None and bool(home.mistakes)
        return name != "more" or (home is not None and not home.new and home.new_left > 0)

    def run_command(self, name: str) -> bool:
        if name == "1":
            self.do_enter()
        elif name == "2":
            from quizcnn.tui.screens.exam_start import ExamStartScreen

            self.app.push_screen(ExamStartScreen())
        elif name in SCREENS:
            self.quiz.go_to(SCREENS[name])
        else:
            return super().run_command(name)
        return True

    def take_key(self, event: events.Key) -> bool:
        ways = {"up": -1, "down": 1, "pageup": -8, "pagedown": 8}
        if event.key in ways:
            self.query_one("#body").scroll_relative(y=ways[event.key], animate=False)
            self.call_after_refresh(self._show_more)
            return True
        if event.character in GOES:
            return self.run_command(event.character)
        return super().take_key(event)

    def resized(self) -> None:
        self.show_words()

    def do_enter(self) -> None:
        home = self._home
        if home is None:
            return
        nothing = not (home.open_session or home.due or home.learning or home.new)
        self.quiz.start_drill(DrillRequest(limit=10, counted=False) if nothing else DrillRequest())

    def do_mistakes(self) -> None:
        self.quiz.start_drill(DrillRequest(mistakes=True, limit=10, counted=False))

    def do_sessions(self) -> None:
        from quizcnn.tui.screens.sessions import SessionsScreen

        self.app.push_screen(SessionsScreen())

    def do_more(self) -> None:
        if self.applies("more"):
            self.quiz.start_drill(DrillRequest(new=words.MORE_NEW))

    def do_undo(self) -> None:
        def undo() -> str:
            undone = Drill.open(self.quiz.context, DrillRequest()).undo()
            if undone is None:
                return words.NOTHING_TO_UNDO[self.lang]
            return say(
                words.UNDONE, self.lang, question=undone.question_id, time=f"{undone.answered_at.astimezone():%H:%M}"
            )

        self.quiz.run_quietly(undo, self._undone, self._fail)

    def _undone(self, line: str) -> None:
        self._line = line
        self._read()

    def do_leave(self) -> None:
        self.quiz.exit()

    def do_back(self) -> None:
        """Home is the last level; Esc never quits."""


def _area(line: AreaLine, widths: tuple[int, int, int], bars: bool, lang: Lang) -> str:
    share = line.remembered
    if share is None:
        word = (BEGUN if line.seen else NOT_BEGUN)[lang]
        remembered = f"{'─' * 10}  {word}" if bars else word
    else:
        full = round(share * 10)
        remembered = f"{'█' * full}{'░' * (10 - full)}  {share:.0%}" if bars else f"{share:.0%}"
    name = truncate(area_name(line.area, lang), widths[0] - 2)
    cells = (name, remembered, str(line.due))
    seen = f"{line.seen} / {line.total}" if bars else ""
    return ("".join(pad(cell, width) for cell, width in zip(cells, widths, strict=True)) + seen).rstrip()
