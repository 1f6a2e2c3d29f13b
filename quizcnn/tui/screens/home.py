"""Home: today's line, what Enter does, the mistakes of late, the areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from quizcnn.errors import QuizError
from quizcnn.services import words
from quizcnn.services.plan import DrillRequest
from quizcnn.services.views import AreaLine, Home
from quizcnn.services.words import area_name, day_name, say
from quizcnn.text import Lang, Text, display_width, pad
from quizcnn.tui.footer import Item, KeyRow
from quizcnn.tui.prose import Prose
from quizcnn.tui.screens.base import QuizScreen

if TYPE_CHECKING:
    from quizcnn.services.drill import Drill

TODAY = Text(
    "Today   {due} reviews and {new} new cards, about {minutes} min",
    "今天   复习 {due} 张，新卡 {new} 张，约 {minutes} 分钟",
)
TODAY_NEW = Text("Today   {new} new cards, about {minutes} min", "今天   新卡 {new} 张，约 {minutes} 分钟")
NOTHING = Text("Today   nothing is due", "今天   没有到期的卡")
RESUME = Text(
    "▌ **Enter**   go on at question {number} of {total}", "▌ **Enter**   接着做：停在第 {number} / {total} 题"
)
START = Text("▌ **Enter**   start", "▌ **Enter**   开始")
EXTRA = Text("▌ **Enter**   10 extra questions, schedule untouched", "▌ **Enter**   加练 10 题，不影响排期")
MISTAKES = Text("Lately   {list}    **m** practise them", "近两周常错   {list}    **m** 专练")
COUNTED = Text("{label} {count} times", "{label} {count} 次")
INTERVIEW = Text("Interview in {days} days ({day})", "距面试还有 {days} 天（{day}）")
IN_A_ROW = Text("{days} days in a row", "连续 {days} 天")
HEADS = (Text("Area", "领域"), Text("Remembered", "记住率"), Text("Due", "今天到期"), Text("Seen / all", "学过 / 全部"))
NOT_SEEN = Text("new", "未学")
GO = (("1", Text("drill", "练习")), ("5", Text("settings", "设置")))


def nothing_due(drill: Drill, lang: Lang) -> str:
    """The line for a session that has nothing to ask."""
    summary = drill.summary()
    when = Text("tomorrow", "明天")[lang]
    return say(words.NOTHING_DUE, lang, when=when, count=summary.due_tomorrow)


class HomeScreen(QuizScreen[None]):
    """Where the program opens; Enter starts or goes on."""

    offers = ("mistakes", "undo", "find", "language", "leave", "help")

    def __init__(self, line: str = "") -> None:
        super().__init__()
        self._line = line
        self._home: Home | None = None
        self._error = ""

    def compose(self) -> ComposeResult:
        yield Prose(id="title", classes="title")
        yield Prose(id="line", classes="quiet")
        with VerticalScroll(id="body", can_focus=False):
            yield Prose(id="today")
            yield Prose(id="start")
            yield Prose(id="mistakes")
            yield Prose(id="areas")
        yield KeyRow()

    def on_mount(self) -> None:
        super().on_mount()
        self._read()

    def _read(self) -> None:
        def read() -> Home:
            from quizcnn.services.home import read_home

            return read_home(self.quiz.context)

        self.quiz.run_quietly(read, self._take, self._fail)

    def _take(self, home: Home) -> None:
        self._home = home
        self.show_words()

    def _fail(self, error: QuizError) -> None:
        self._error = str(error)
        self.show_words()

    def show_words(self) -> None:
        lang, home = self.lang, self._home
        self._put("line", self._line)
        if self._error:
            self._put("today", f"✗ {self._error}", "$wrong")
        if home is None:
            self._put("title", "quizcnn")
            self.show_keys()
            return
        self._put("title", self._title(home))
        self._put("today", self._today(home))
        self._put("start", "\n" + self._start(home))
        self._put("mistakes", self._mistakes(home))
        self._put("areas", "\n" + self._areas(home, lang))
        self.show_keys()

    def _put(self, name: str, text: str, style: str = "") -> None:
        self.query_one(f"#{name}", Prose).show(text, style)

    def _title(self, home: Home) -> str:
        if home.interview is None:
            return "quizcnn"
        from quizcnn.clock import now

        days = (home.interview - now().astimezone().date()).days
        right = say(INTERVIEW, self.lang, days=days, day=day_name(home.interview, self.lang)) if days >= 0 else ""
        return "quizcnn" + " " * max(3, self.app.size.width - 9 - display_width(right)) + right

    def _today(self, home: Home) -> str:
        waiting = home.due + home.learning
        if not waiting and not home.new:
            return NOTHING[self.lang]
        text = say(TODAY if waiting else TODAY_NEW, self.lang, due=waiting, new=home.new, minutes=home.minutes)
        if home.days_in_a_row > 1:
            text += "    " + say(IN_A_ROW, self.lang, days=home.days_in_a_row)
        return text

    def _start(self, home: Home) -> str:
        if home.open_session:
            return say(RESUME, self.lang, number=home.open_session[0], total=home.open_session[1])
        return (START if home.due + home.learning + home.new else EXTRA)[self.lang]

    def _mistakes(self, home: Home) -> str:
        if not home.mistakes:
            return ""
        listed = "   ".join(
            say(COUNTED, self.lang, label=label[self.lang], count=count) for label, count in home.mistakes[:3]
        )
        return "\n" + say(MISTAKES, self.lang, list=listed)

    def _areas(self, home: Home, lang: Lang) -> str:
        widths = (28, 18, 10) if self.app.size.width >= 70 else (24, 6, 8)
        bars = self.app.size.width >= 70
        head = "".join(pad(text[lang], width) for text, width in zip(HEADS, widths, strict=False)) + (
            HEADS[3][lang] if bars else ""
        )
        return "\n".join([f"**{head.rstrip()}**", *(self._area(line, widths, bars, lang) for line in home.areas)])

    @staticmethod
    def _area(line: AreaLine, widths: tuple[int, int, int], bars: bool, lang: Lang) -> str:
        share = line.remembered
        if share is None:
            remembered = f"{'─' * 10}  {NOT_SEEN[lang]}" if bars else NOT_SEEN[lang]
        else:
            full = round(share * 10)
            remembered = f"{'█' * full}{'░' * (10 - full)}  {share:.0%}" if bars else f"{share:.0%}"
        cells = (area_name(line.area, lang), remembered, str(line.due))
        seen = f"{line.seen} / {line.total}" if bars else ""
        return ("".join(pad(cell, width) for cell, width in zip(cells, widths, strict=True)) + seen).rstrip()

    # ------------------------------------------------------------------ keys

    def enter_means(self) -> Text:
        return Text("go on", "接着做") if self._home and self._home.open_session else Text("start", "开始")

    def key_items(self) -> list[Item]:
        first, *rest = super().key_items()
        return [first, *((key, label[self.lang], key) for key, label in GO), *rest]

    def run_command(self, name: str) -> bool:
        if name == "1":
            self.do_enter()
            return True
        if name == "5":
            self.quiz.go_to("settings")
            return True
        return super().run_command(name)

    def _run_key(self, key: str) -> bool:
        return self.run_command(key) if key in ("1", "5") else super()._run_key(key)

    def do_enter(self) -> None:
        home = self._home
        if home is None:
            return
        nothing = not (home.open_session or home.due or home.learning or home.new)
        self.quiz.start_drill(DrillRequest(limit=10, counted=False) if nothing else DrillRequest())

    def do_mistakes(self) -> None:
        self.quiz.start_drill(DrillRequest(mistakes=True, limit=10, counted=False))

    def do_undo(self) -> None:
        def undo() -> str:
            from quizcnn.services.drill import Drill

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
