"""The end of a session: what was right, what was missed and by which rule, what tomorrow holds."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from quizcnn.clock import now
from quizcnn.errors import StorageError
from quizcnn.services import words
from quizcnn.services.drill import Drill
from quizcnn.services.plan import MINUTES_A_CARD
from quizcnn.services.requests import DrillRequest
from quizcnn.services.views import Missed, Summary
from quizcnn.services.words import say
from quizcnn.text import Lang, Text, display_width, pad, truncate
from quizcnn.tui.footer import Item, KeyRow
from quizcnn.tui.prose import Item as Line
from quizcnn.tui.prose import Items, Prose, TitleRow
from quizcnn.tui.screens.base import QuizScreen

DONE = Text("Done   {answered} answered in {minutes} min", "完成   {minutes} 分钟答了 {answered} 题")
SAVED = Text("saved", "已保存")
COUNTS = Text(
    "✓ {right} right   ◐ {partly} partly   ✗ {missed} missed", "✓ 答对 {right}   ◐ 部分 {partly}   ✗ 答错 {missed}"
)
UNREAD = Text("   ? {unread} unread, not counted", "   ? 没看懂 {unread}，不计")
NOTHING_MISSED = Text("Nothing missed.", "没有答错的题。")
HEADS = (
    Text("Missed", "答错"),
    Text("yours", "你的答案"),
    Text("right", "正确答案"),
    Text("the rule that gives yours", "得出它的错法"),
)
YOURS_RIGHT = Text("{typed} → {key}{rule}", "{typed} → {key}{rule}")
NOTHING = "–"
TOMORROW = Text("Tomorrow   {cards}, about {minutes} min", "明天   {cards}，约 {minutes} 分钟")
NOTHING_TOMORROW = Text("Tomorrow   nothing is due", "明天   没有到期的卡")
INTERVIEW = Text("Interview in {days} days", "距面试还有 {days} 天")
AGAIN = Text("these {count} again, not counted", "再做这 {count} 题，不计")
THIS_AGAIN = Text("this one again, not counted", "再做这 1 题，不计")
UNDO_LAST = Text("undo last", "撤销上一题")
NARROW, BROAD = 24, 40
ANSWER = 14
"""Widths of the columns: question, then each answer."""
LEAST_WIDTH = 70


class SummaryScreen(QuizScreen[None]):
    """Enter goes home; m practises the missed ones, uncounted; u takes the last answer back."""

    offers = ("mistakes", "undo", "language", "find", "leave", "help")

    def __init__(self, drill: Drill) -> None:
        super().__init__()
        self._drill = drill
        self._summary = drill.summary()
        self._line = ""

    def compose(self) -> ComposeResult:
        yield TitleRow()
        with VerticalScroll(id="body", can_focus=False):
            yield Prose(id="counts")
            yield Prose(id="told")
            yield Items(id="missed")
            yield Prose(id="tomorrow")
            yield Items(id="left-out")
            yield Prose(id="line")
        yield KeyRow()

    def enter_means(self) -> Text:
        return Text("back", "返回") if self.quiz.leads_back else Text("home", "首页")

    def applies(self, name: str) -> bool:
        return name != "mistakes" or bool(self._summary.misses)

    def item(self, name: str) -> Item:
        key, label, command = super().item(name)
        if name == "mistakes":
            count = len(self._questions())
            label = say(AGAIN if count > 1 else THIS_AGAIN, self.lang, count=count)
        return key, UNDO_LAST[self.lang] if name == "undo" else label, command

    def show_words(self) -> None:
        lang, found = self.lang, self._summary
        minutes = max(1, round(found.seconds / 60))
        self.query_one(TitleRow).show(say(DONE, lang, answered=found.answered, minutes=minutes), SAVED[lang])
        counts = say(COUNTS, lang, right=found.right, partly=found.partly, missed=found.missed)
        unread = say(UNREAD, lang, unread=found.unread) if found.unread else ""
        self._put("counts", counts + unread)
        self.query_one("#missed", Items).show(self._missed(found))
        told = self._told(found)
        self._put("told", told)
        self.query_one("#told").display = bool(told)
        self._put("tomorrow", self._tomorrow(found))
        self.query_one("#left-out", Items).show([Line(line, "? ", plain=True) for line in found.left_out])
        self._put("line", self._line)
        self.show_keys()

    def _put(self, name: str, text: str) -> None:
        self.query_one(f"#{name}", Prose).show(text)

    def _missed(self, found: Summary) -> list[Line]:
        if not found.misses:
            return [Line(NOTHING_MISSED[self.lang])]
        if self.app.size.width < LEAST_WIDTH:
            return [line for miss in found.misses for line in _stacked(miss, self.lang)]
        widths = (max(NARROW, min(BROAD, self.app.size.width - 80 + NARROW)), ANSWER, ANSWER)
        head = "".join(pad(text[self.lang], wide) for text, wide in zip(HEADS, (*widths, 0), strict=True))
        return [Line(head, style="bold", plain=True), *(_row(miss, widths, self.lang) for miss in found.misses)]

    def _told(self, found: Summary) -> str:
        """What else the session came to: a placement, time that is up."""
        told = [words.placed(found.placement, self.lang)] if found.placement else []
        if found.time_is_up:
            told.append(say(words.TIME_IS_UP, self.lang, waiting=found.waiting))
        return "\n".join(told)

    def _tomorrow(self, found: Summary) -> str:
        count = found.due_tomorrow + found.new_tomorrow
        cards = words.count_cards(found.due_tomorrow, found.new_tomorrow, self.lang)
        minutes = max(1, round(count * MINUTES_A_CARD))
        line = say(TOMORROW, self.lang, cards=cards, minutes=minutes) if count else NOTHING_TOMORROW[self.lang]
        if found.interview is None or (days := (found.interview - now().astimezone().date()).days) < 0:
            return line
        right = say(INTERVIEW, self.lang, days=days)
        room = self.app.size.width - 2 - display_width(line)
        return line + (pad(right, room, align="right") if room > display_width(right) + 2 else f"\n{right}")

    # ------------------------------------------------------------------ keys

    def take_key(self, event: events.Key) -> bool:
        ways = {"up": -1, "down": 1, "pageup": -8, "pagedown": 8}
        if event.key not in ways:
            return super().take_key(event)
        self.query_one("#body").scroll_relative(y=ways[event.key], animate=False)
        return True

    def resized(self) -> None:
        self.show_words()

    def _questions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(miss.question_id for miss in self._summary.misses))

    def do_enter(self) -> None:
        try:
            self._drill.leave()
        except StorageError as error:
            self._say(str(error))
            return
        self.quiz.go_home()

    def do_back(self) -> None:
        self.do_enter()

    def do_mistakes(self) -> None:
        if self._summary.misses:
            self.quiz.start_drill(DrillRequest(questions=self._questions(), counted=False))

    def do_undo(self) -> None:
        try:
            undone = self._drill.undo()
        except StorageError as error:
            self._say(str(error))
            return
        if undone is None:
            self._say(words.NOTHING_TO_UNDO[self.lang])
            return
        from quizcnn.tui.screens.drill import DrillScreen

        time_of_day = f"{undone.answered_at.astimezone():%H:%M}"
        line = say(words.UNDONE, self.lang, question=undone.question_id, time=time_of_day)
        self.app.switch_screen(DrillScreen(self._drill, line))

    def _say(self, line: str) -> None:
        self._line = line
        self.show_words()


def _typed(miss: Missed, lang: Lang) -> str:
    return " ".join(miss.typed.split()) or NOTHING


def _row(miss: Missed, widths: tuple[int, int, int], lang: Lang) -> Line:
    """Question, own answer, right answer and the rule in columns; the rule hangs in its own."""
    cells = (miss.question_id, _typed(miss, lang), " ".join(miss.key[lang].split()))
    lead = "".join(pad(truncate(cell, wide - 2), wide) for cell, wide in zip(cells, widths, strict=True))
    return Line(miss.mistake[lang] if miss.mistake else "", lead)


def _stacked(miss: Missed, lang: Lang) -> list[Line]:
    """The same, answers under the question."""
    rule = miss.mistake[lang] if miss.mistake else ""
    if rule:
        rule = f" ({rule})" if lang == "en" else f"（{rule}）"
    typed, key = truncate(_typed(miss, lang), 20), truncate(" ".join(miss.key[lang].split()), 20)
    return [
        Line(miss.question_id, "✗ ", plain=True),
        Line(YOURS_RIGHT[lang].format(typed=typed, key=key, rule=rule), "    ", plain=True),
    ]
