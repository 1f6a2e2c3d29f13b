"""The drill as plain lines: for pipes, screen readers, Braille and input methods.

No colour, no boxes, no redraw; every line stands alone. What begins with a colon (also the full-width one) is a command, so it
cannot be taken for an answer.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import partial
from typing import TextIO

from quizcnn.errors import StorageError
from quizcnn.generation.variant import Variant
from quizcnn.grading.base import Grade, Verdict
from quizcnn.services import words
from quizcnn.services.drill import Drill
from quizcnn.services.presentation import choice_rows, form_line, readable, step_line
from quizcnn.services.views import Ask, Result, Summary
from quizcnn.services.words import RATINGS, area_name, long_interval, say
from quizcnn.text import Lang, Text

WELCOME = Text(
    "quizcnn. {total} of the {waiting} questions for today. At any prompt: ? hint, :s skip, :u undo, :v new numbers, :l language, :q save and leave, :h all.",
    "quizcnn。今天共 {waiting} 题，这次 {total} 题。随时可输入：? 提示，:s 跳过，:u 撤销，:v 换数字，:l 语言，:q 保存退出，:h 全部命令。",
)
COMMANDS = Text(
    ":s skip, :u undo, :v new numbers, :w worked steps, :l language, :x suspend the card, :f flag the question, :y I was right, ? or :t hint, :q save and leave.",
    ":s 跳过，:u 撤销，:v 换数字，:w 完整步骤，:l 语言，:x 暂停这张卡，:f 标记，:y 我答对了，? 或 :t 提示，:q 保存退出。",
)
QUESTION = Text(
    "Question {number} of {total}. {area}, {topic}. {kind}.", "第 {number} / {total} 题。{area}，{topic}。{kind}。"
)
ANSWER = Text("Answer: ", "答案：")
ANSWER_KEPT = Text("Answer [{draft}]: ", "答案 [{draft}]：")
STEP = Text("Step {number}: {line}.", "第 {number} 步：{line}。")
RATING = Text("Rating: {choices}. Enter for {proposed}: ", "评分：{choices}。Enter 选{proposed}：")
NO_RATING = Text("Type a rating from 1 to 4, or Enter.", "输入 1 到 4 的评分，或按 Enter。")
NO_COMMAND = Text("No command {name}. {commands}", "没有 {name} 这个命令。{commands}")
VERDICT = {
    Verdict.CORRECT: Text("Right.", "答对了。"),
    Verdict.PARTIAL: Text("Partly right.", "部分正确。"),
    Verdict.UNREADABLE: Text("Not read.", "没看懂。"),
}
WRONG = Text("Wrong.", "答错了。")
NEARLY = Text("Not yet.", "还差一点。")
SUMMARY = Text(
    "{right} right, {partly} partly, {missed} wrong, {unread} not read.",
    "答对 {right}，部分 {partly}，答错 {missed}，未读懂 {unread}。",
)
MISSED = Text("{question}: {typed}; right is {key}.", "{question}：{typed}；正确答案 {key}。")
MISSED_RULE = Text("{question}: {typed}; right is {key}; {rule}.", "{question}：{typed}；正确答案 {key}；{rule}。")
TOMORROW = Text("Tomorrow {due} reviews and {new} new.", "明天复习 {due} 题，新题 {new} 道。")
GOES_ON = Text("`quizcnn drill --plain` goes on here.", "`quizcnn drill --plain` 从这里继续。")
NO_QUESTIONS = Text(
    "Nothing to ask: no card is due and no new one is left for today.", "没有题目：没有到期的卡，今天的新卡也学完了。"
)


class Leave(Exception):  # noqa: N818  not an error: the way out of nested prompts
    """The learner leaves; everything is saved."""


class PlainDrill:
    """One session on two text streams."""

    def __init__(self, drill: Drill, lang: Lang, source: TextIO, out: TextIO) -> None:
        self._drill, self.lang, self._source, self._out = drill, lang, source, out
        self._last: Result | None = None

    def run(self) -> None:
        """Ask until nothing is left, the input ends, or the learner leaves."""
        first = self._drill.ask()
        if first is None:
            self._say(NO_QUESTIONS)
            return
        self._say(WELCOME, total=first.total, waiting=max(first.total, first.new_left + first.due_left))
        try:
            while (ask := self._drill.ask()) is not None:
                self._one(ask)
        except Leave:
            self._leave()
            return
        self._end(self._drill.summary())

    def _one(self, ask: Ask) -> None:
        self._show(ask)
        started, empty = time.monotonic(), False
        while True:
            texts = self._read_answer(ask)
            if texts is None:
                return
            if not any(text.strip() for text in texts) and not empty:
                empty = True
                self._say(words.NOTHING_TYPED)
                continue
            result = self._kept(partial(self._give, texts, time.monotonic() - started))
            self._report(ask.variant, result)
            if result.recorded:
                self._rate(result)
                return
            empty = False

    def _give(self, texts: list[str], seconds: float) -> Result:
        typed = any(text.strip() for text in texts)
        return self._drill.submit(texts, seconds) if typed else self._drill.reveal(seconds)

    def _kept(self, act: Callable[[], Result]) -> Result:
        """Do it; where it cannot be saved say so and try again on Enter, so that no answer is lost."""
        while True:
            try:
                return act()
            except StorageError as error:
                self._say(words.NOT_SAVED, why=f"{error}. " if self.lang == "en" else f"{error}。")
                self._line("")

    def _show(self, ask: Ask) -> None:
        variant = ask.variant
        kind = words.KINDS[variant.kind][self.lang]
        self._say(
            QUESTION,
            number=ask.number,
            total=ask.total,
            area=area_name(ask.area, self.lang),
            topic=ask.topic[self.lang],
            kind=kind,
        )
        prompt = " ".join(readable(variant.prompt[self.lang]).split("\n\n"))
        self._write(f"{prompt} {form_line(variant, self.lang)}{'.' if self.lang == 'en' else '。'}")
        if variant.figure is not None:
            from quizcnn.figures.description import describe

            self._write(describe(variant.figure, self.lang))
        for field in variant.fields:
            for mark, text in choice_rows(field, self.lang):
                self._write(f"{mark}: {readable(text)}")

    def _read_answer(self, ask: Ask) -> list[str] | None:
        """What was typed for each field; None where a command moved on."""
        fields = ask.variant.fields
        drafts = ask.drafts or ("",) * len(fields)
        texts: list[str] = []
        for field, draft in zip(fields, drafts, strict=True):
            label = f"{field.label[self.lang]}. " if len(fields) > 1 else ""
            prompt = label + (say(ANSWER_KEPT, self.lang, draft=draft) if draft else ANSWER[self.lang])
            while True:
                typed = self._long_line(prompt, multiline=ask.variant.kind == "short_answer")
                command = re.match(r"\s*[:：](\w)\s*$", typed)
                if typed.strip() in ("?", "？"):
                    if self._hint():
                        return None
                elif command:
                    if self._command(command[1]):
                        return None
                else:
                    break
            texts.append(typed or draft)
        return texts

    def _long_line(self, prompt: str, *, multiline: bool) -> str:
        line = self._line(prompt)
        while multiline and line.endswith("\\"):
            line = line[:-1] + "\n" + self._line("")
        return line

    def _hint(self) -> bool:
        """Reveal a hint; when none is left a second request shows the answer."""
        hint = self._drill.hint()
        if hint is not None:
            ask = self._drill.ask()
            if ask is not None:
                self._say(
                    words.HINT, number=len(ask.hints), total=len(ask.variant.hints), hint=readable(hint[self.lang])
                )
            return False
        ask = self._drill.ask()
        if ask is None or self._out_of_hints != ask.number:
            self._out_of_hints = ask.number if ask else 0
            self._say(words.NO_MORE_HINTS)
            return False
        result = self._kept(lambda: self._drill.reveal(0.0))
        self._report(ask.variant, result)
        self._rate(result)
        return True

    _out_of_hints = 0

    def _command(self, letter: str) -> bool:
        """Do a command; True where the question at hand changed."""
        if letter == "q":
            raise Leave
        moves: dict[str, Callable[[], bool]] = {
            "s": self._skip, "u": self._undo, "v": self._new_numbers, "l": self._switch, "x": self._suspend,
            "f": self._flag, "h": self._help, "t": self._hint, "w": self._steps, "y": self._overrule,
        }  # fmt: skip
        if letter not in moves:
            self._say(NO_COMMAND, name=f":{letter}", commands=COMMANDS[self.lang])
            return False
        return moves[letter]()

    def _skip(self) -> bool:
        self._drill.skip()
        self._say(words.SKIPPED)
        return True

    def _undo(self) -> bool:
        undone = self._drill.undo()
        if undone is None:
            self._say(words.NOTHING_TO_UNDO)
            return False
        self._say(words.UNDONE, question=undone.question_id, time=f"{undone.answered_at.astimezone():%H:%M}")
        return True

    def _new_numbers(self) -> bool:
        self._drill.new_numbers()
        return True

    def _switch(self) -> bool:
        self.lang = "zh" if self.lang == "en" else "en"
        return True

    def _suspend(self) -> bool:
        ask = self._drill.ask()
        self._drill.suspend()
        self._say(words.SUSPENDED, question=ask.variant.question_id if ask else "")
        return True

    def _flag(self) -> bool:
        ask = self._drill.ask()
        self._drill.flag("")
        self._say(words.FLAGGED, question=ask.variant.question_id if ask else "")
        return False

    def _help(self) -> bool:
        self._say(COMMANDS)
        return False

    def _overrule(self) -> bool:
        if self._last is not None and self._last.recorded:
            self._drill.overrule()
            self._say(words.OVERRULED)
        return False

    def _steps(self) -> bool:
        for number, step in enumerate(self._last.steps if self._last else (), 1):
            self._say(STEP, number=number, line=step_line(step, self.lang))
        return False

    def _report(self, variant: Variant, result: Result) -> None:
        self._last = result
        grade, lang = result.grade, self.lang
        parts = [] if result.revealed else [_verdict(grade)[lang]]
        if grade.read and not grade.is_correct and grade.verdict is not Verdict.UNREADABLE:
            parts.append(say(words.READ_AS, lang, value=grade.read).capitalize() + ("." if lang == "en" else "。"))
        parts += (
            [readable(line[lang]) for line in grade.feedback if line[lang] not in parts] if not result.revealed else []
        )
        self._write(" ".join(parts) if parts else say(words.SHOWN, lang, key=grade.key[lang]))
        if result.second_try:
            self._say(words.SECOND_TRY)
        if not result.recorded:
            return
        if not grade.is_correct:
            for number, step in enumerate(result.steps, 1):
                self._say(STEP, number=number, line=step_line(step, lang))
            if not result.revealed:
                self._say(words.RIGHT_ANSWER, key=grade.key[lang])
        if not grade.is_correct or not result.steps:
            self._write(readable(variant.explanation[lang]))
        if result.leech_lapses:
            self._say(words.LEECH, lapses=result.leech_lapses)

    def _rate(self, result: Result) -> None:
        if result.proposed is None or result.intervals is None:
            self._drill.rate(None)
            return
        lang = self.lang
        choices = ", ".join(
            f"{number} {RATINGS[number][lang]} {long_interval(result.intervals[number], lang)}" for number in RATINGS
        )
        while True:
            typed = self._line(say(RATING, lang, choices=choices, proposed=RATINGS[result.proposed][lang])).strip()
            command = re.match(r"[:：](\w)$", typed)
            if command and command[1] == "u":
                self._undo()
                return
            if command:
                if command[1] == "q":
                    self._drill.rate(None)
                    raise Leave
                self._command(command[1])
            elif typed in ("", "1", "2", "3", "4"):
                rating = int(typed) if typed else None
                self._drill.rate(rating)
                return
            else:
                self._say(NO_RATING)

    def _leave(self) -> None:
        summary, ask = self._drill.summary(), self._drill.ask()
        saved = say(words.SAVED_PLAIN, self.lang, number=ask.number, total=ask.total) if ask else ""
        self._write(f"{saved} {self._counts(summary)} {GOES_ON[self.lang]}".strip())

    def _end(self, summary: Summary) -> None:
        lang = self.lang
        self._write(
            f"{words.DONE[lang]}. {self._counts(summary)}"
            if lang == "en"
            else f"{words.DONE[lang]}。{self._counts(summary)}"
        )
        for miss in summary.misses:
            rule = miss.mistake
            text = say(
                MISSED_RULE if rule else MISSED,
                lang,
                question=miss.question_id,
                typed=miss.typed,
                key=miss.key[lang],
                rule=rule[lang] if rule else "",
            )
            self._write(text)
        self._say(TOMORROW, due=summary.due_tomorrow, new=summary.new_tomorrow)
        for line in summary.left_out:
            self._write(line)

    def _counts(self, summary: Summary) -> str:
        return say(
            SUMMARY, self.lang, right=summary.right, partly=summary.partly, missed=summary.missed, unread=summary.unread
        )

    def _say(self, text: Text, **values: object) -> None:
        self._write(say(text, self.lang, **values))

    def _write(self, line: str) -> None:
        self._out.write(line + "\n")
        self._out.flush()

    def _line(self, prompt: str) -> str:
        self._out.write(prompt)
        self._out.flush()
        line = self._source.readline()
        if not self._source.isatty():
            self._out.write("\n")
        if not line:
            raise Leave
        return line.rstrip("\r\n")


def _verdict(grade: Grade) -> Text:
    return VERDICT.get(grade.verdict, NEARLY if grade.is_near else WRONG)
