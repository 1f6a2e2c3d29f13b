"""The end of a session: what was right, what was missed and by which rule, what tomorrow holds."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from quizcnn.clock import now
from quizcnn.services import words
from quizcnn.services.drill import Drill
from quizcnn.services.plan import DrillRequest
from quizcnn.services.views import Missed, Summary
from quizcnn.services.words import say
from quizcnn.text import Lang, Text, pad, truncate
from quizcnn.tui.footer import KeyRow
from quizcnn.tui.prose import Prose
from quizcnn.tui.screens.base import QuizScreen

DONE = Text("Done   {answered} answered in {minutes} min", "完成   {minutes} 分钟答了 {answered} 题")
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
TOMORROW = Text("Tomorrow   {due} reviews and {new} new", "明天   复习 {due} 张，新卡 {new} 张")
INTERVIEW = Text("    Interview in {days} days", "    距面试还有 {days} 天")


class SummaryScreen(QuizScreen[None]):
    """Enter goes home; m practises the missed ones, uncounted; u takes the last answer back."""

    offers = ("mistakes", "undo", "language", "help")

    def __init__(self, drill: Drill) -> None:
        super().__init__()
        self._drill = drill
        self._summary = drill.summary()

    def compose(self) -> ComposeResult:
        yield Prose(id="title", classes="title")
        with VerticalScroll(id="body", can_focus=False):
            yield Prose(id="counts")
            yield Prose(id="missed")
            yield Prose(id="tomorrow")
        yield KeyRow()

    def enter_means(self) -> Text:
        return Text("home", "首页")

    def show_words(self) -> None:
        lang, found = self.lang, self._summary
        minutes = max(1, round(found.seconds / 60))
        self.query_one("#title", Prose).show(say(DONE, lang, answered=found.answered, minutes=minutes))
        counts = say(COUNTS, lang, right=found.right, partly=found.partly, missed=found.missed)
        self.query_one("#counts", Prose).show(counts + (say(UNREAD, lang, unread=found.unread) if found.unread else ""))
        self.query_one("#missed", Prose).show("\n" + self._missed(found))
        self.query_one("#tomorrow", Prose).show("\n" + "\n".join([self._tomorrow(found), *found.left_out]))
        self.show_keys()

    def _missed(self, found: Summary) -> str:
        if not found.misses:
            return NOTHING_MISSED[self.lang]
        width = self.app.size.width
        if width < 70:
            return "\n".join(self._sentence(miss) for miss in found.misses)
        widths = (30, 14, 14)
        head = (
            "".join(pad(text[self.lang], wide) for text, wide in zip(HEADS, widths, strict=False)) + HEADS[3][self.lang]
        )
        return "\n".join([f"**{head}**", *(_row(miss, widths, self.lang) for miss in found.misses)])

    def _sentence(self, miss: Missed) -> str:
        rule = f" ({miss.mistake[self.lang]})" if miss.mistake else ""
        return f"{miss.question_id}\n  {miss.typed} → {miss.key[self.lang]}{rule}"

    def _tomorrow(self, found: Summary) -> str:
        line = say(TOMORROW, self.lang, due=found.due_tomorrow, new=found.new_tomorrow)
        if found.interview is not None and (days := (found.interview - now().astimezone().date()).days) >= 0:
            line += say(INTERVIEW, self.lang, days=days)
        return line

    def do_enter(self) -> None:
        self._drill.leave()
        self.quiz.go_home()

    def do_back(self) -> None:
        self.do_enter()

    def do_mistakes(self) -> None:
        if self._summary.misses:
            questions = tuple(dict.fromkeys(miss.question_id for miss in self._summary.misses))
            self.quiz.start_drill(DrillRequest(questions=questions, counted=False))

    def do_undo(self) -> None:
        undone = self._drill.undo()
        if undone is None:
            self.query_one("#tomorrow", Prose).show(words.NOTHING_TO_UNDO[self.lang])
            return
        from quizcnn.tui.screens.drill import DrillScreen

        self.app.switch_screen(DrillScreen(self._drill))


def _row(miss: Missed, widths: tuple[int, int, int], lang: Lang) -> str:
    cells = (miss.question_id, " ".join(miss.typed.split()), miss.key[lang])
    row = "".join(pad(truncate(cell, width - 2), width) for cell, width in zip(cells, widths, strict=True))
    return row + (miss.mistake[lang] if miss.mistake else "")
