"""Mock exams: go on with the one that is open, begin another, look at one that was handed in."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from quizcnn.errors import QuizError
from quizcnn.generation.blueprint import Blueprint
from quizcnn.services.exams.shelf import blueprint_files, load_file
from quizcnn.services.exams.sitting import Desk, Sitting, begin, open_desk
from quizcnn.services.words import say
from quizcnn.text import Lang, Text
from quizcnn.tui.footer import Item, KeyRow
from quizcnn.tui.prose import Prose, TitleRow
from quizcnn.tui.screens.base import QuizScreen

TITLE = Text("Mock exams", "模拟考")
GO_ON = Text(
    "Go on: {title}, {answered} of {total} answered, {left}", "接着考：{title}，已答 {answered} / {total} 题，{left}"
)
BEGIN = Text("Begin: {title}, {minutes} min, {points} points", "开始：{title}，{minutes} 分钟，满分 {points} 分")
DONE = Text("Handed in {day}: {title}, {earned} of {points} points", "{day} 交卷：{title}，{earned} / {points} 分")
MINUTES = Text("{minutes} min left", "剩 {minutes} 分钟")
NO_CLOCK = Text("no clock", "不限时")
OVER = Text("time is up", "时间已到")
MAKING = Text("Making the paper …", "正在出卷……")
NOTE = Text(
    "The clock runs from the start on, also while the program is closed. Marks and steps come after handing in.",
    "从开始起计时，退出程序也不停表。交卷以后才看得到得分和步骤。",
)
THROW_AWAY = Text(
    "x again throws this exam away; nothing of it was marked.", "再按一次 x 丢弃这场考试，其中的答案都不评分。"
)
MOST_PAST = 5


def time_left(sitting: Sitting, lang: Lang) -> str:
    """How long is left, in words."""
    left = sitting.seconds_left()
    if left is None:
        return NO_CLOCK[lang]
    return say(MINUTES, lang, minutes=max(1, round(left / 60))) if left > 0 else OVER[lang]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a sitting, or a blueprint to begin."""

    sitting: Sitting | None = None
    blueprint: Blueprint | None = None

    def words(self, lang: Lang) -> str:
        sitting, plan = self.sitting, self.blueprint
        if sitting is None and plan is not None:
            return say(BEGIN, lang, title=plan.title[lang], minutes=plan.minutes, points=plan.points)
        if sitting is None:
            return ""
        title, total = sitting.manifest.title[lang], len(sitting.paper.questions)
        if sitting.handed_in_at is None:
            answered = total - len(sitting.empty())
            return say(GO_ON, lang, title=title, answered=answered, total=total, left=time_left(sitting, lang))
        day = f"{sitting.handed_in_at.astimezone():%Y-%m-%d %H:%M}"
        return say(DONE, lang, title=title, day=day, earned=sitting.marked(lang).points, points=sitting.manifest.points)


class ExamStartScreen(QuizScreen[None]):
    """Arrows walk, Enter runs the line."""

    offers = ("suspend", "language", "help")

    def __init__(self) -> None:
        super().__init__()
        self._sure = False
        self._desk: Desk = open_desk()
        self._entries: list[Entry] = []
        self._row = 0
        self._line = ""

    def compose(self) -> ComposeResult:
        yield TitleRow()
        with VerticalScroll(id="body", can_focus=False):
            yield Prose(id="entries")
        yield Prose(id="line")
        yield Prose(id="note", classes="quiet")
        yield KeyRow()

    def on_mount(self) -> None:
        self._entries = self._list()
        self.show_words()

    def _list(self) -> list[Entry]:
        """What is open, what can be begun, what was handed in lately."""
        sittings = self._desk.all()
        going = [Entry(sitting=each) for each in sittings if each.handed_in_at is None]
        past = [Entry(sitting=each) for each in sittings if each.handed_in_at is not None]
        files = blueprint_files(self.quiz.context.catalog.folders)
        plans = []
        for file in files.values():
            try:
                plans.append(Entry(blueprint=load_file(file)))
            except QuizError as error:
                self._line = str(error)
        return [*going, *plans, *past[:MOST_PAST]]

    def enter_means(self) -> Text:
        entry = self._entries[self._row] if self._entries else Entry()
        if entry.sitting is None:
            return Text("begin", "开始")
        return Text("go on", "接着考") if entry.sitting.handed_in_at is None else Text("look at it", "查看")

    def key_items(self) -> list[Item]:
        lang = self.lang
        first, *rest = super().key_items()
        return [first, ("↑↓", Text("choose", "选择")[lang], ""), *rest, ("Esc", Text("back", "返回")[lang], "back")]

    def item(self, name: str) -> Item:
        key, label, command = super().item(name)
        return key, Text("throw away", "丢弃")[self.lang] if name == "suspend" else label, command

    def applies(self, name: str) -> bool:
        return name != "suspend" or self._going() is not None

    def _going(self) -> Sitting | None:
        """The sitting under the cursor, where it was not handed in."""
        sitting = self._entries[self._row].sitting if self._entries else None
        return sitting if sitting is not None and sitting.handed_in_at is None else None

    def do_suspend(self) -> None:
        sitting = self._going()
        if sitting is None:
            return
        if self._sure:
            self._desk.discard(sitting)
            self._entries, self._row = self._list(), 0
        self._sure = not self._sure
        self._line = THROW_AWAY[self.lang] if self._sure else ""
        self.show_words()

    def show_words(self) -> None:
        lang = self.lang
        self.query_one(TitleRow).show(TITLE[lang])
        lines = [f"{'>' if place == self._row else ' '} {each.words(lang)}" for place, each in enumerate(self._entries)]
        here = (lines[self._row],) if lines else ()
        self.query_one("#entries", Prose).show("\n".join(lines), bold=here)
        self.query_one("#line", Prose).show(self._line, "$quiet")
        self.query_one("#note", Prose).show(NOTE[lang], "$quiet", " ")
        self.show_keys()

    def take_key(self, event: events.Key) -> bool:
        ways = {"up": -1, "down": 1}
        if event.key not in ways or not self._entries:
            return super().take_key(event)
        self._row = (self._row + ways[event.key]) % len(self._entries)
        self._sure, self._line = False, ""
        self.show_words()
        return True

    def do_enter(self) -> None:
        if not self._entries:
            return
        entry = self._entries[self._row]
        if entry.sitting is not None:
            self._open(entry.sitting)
        elif entry.blueprint is not None:
            self._begin(entry.blueprint)

    def _begin(self, plan: Blueprint) -> None:
        self._line = MAKING[self.lang]
        self.show_words()
        context, desk = self.quiz.context, self._desk

        def make() -> Sitting:
            return desk.save(begin(plan, context.catalog, context.fresh_seed(), minutes=plan.minutes))

        self.quiz.run_quietly(make, self._open, self._fail)

    def _open(self, sitting: Sitting) -> None:
        from quizcnn.tui.screens.exam import exam_screen

        self.app.switch_screen(exam_screen(self._desk, sitting))

    def _fail(self, error: QuizError) -> None:
        self._line = str(error)
        self.show_words()
