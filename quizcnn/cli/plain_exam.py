"""A mock exam as plain lines: the time left at each question, ``:g 5`` goes to one, ``:e`` hands in; marks and steps at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from math import ceil
from typing import TextIO, TypeAlias

from quizcnn.clock import now
from quizcnn.errors import StorageError, UsageError
from quizcnn.grading.base import Invalid
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.services import plain, words
from quizcnn.services.exams.marks import Mark
from quizcnn.services.exams.sitting import Desk, Sitting, variant_of
from quizcnn.services.words import say
from quizcnn.solvers.base import Step
from quizcnn.solvers.values import from_json
from quizcnn.text import Lang, Text

WELCOME = Text(
    "{title}, version {letter}. {count} questions, {points} points, {time}. At any prompt: :b the one before, :g 5 go to question 5, :f flag, :e hand in, :q leave (the clock runs on).",
    "{title}，试卷 {letter}。共 {count} 题，{points} 分，{time}。随时可输入：:b 上一题，:g 5 转到第 5 题，:f 标记，:e 交卷，:q 离开（不停表）。",
)
TIME = Text("{minutes} minutes left", "剩 {minutes} 分钟")
NO_CLOCK = Text("no clock", "不限时")
QUESTION = Text(
    "Question {number} of {total}, {points} {word}, {time}.", "第 {number} / {total} 题，{points} 分，{time}。"
)
ANSWER = Text("Answer{kept}: ", "答案{kept}：")
PART = Text("{label}{kept}: ", "{label}{kept}：")
NOT_READ = Text("Cannot be read as it stands: {why}. Kept all the same.", "这样写读不出来：{why}。仍然留着。")
FLAGGED = Text("Flagged.", "已标记。")
UNFLAGGED = Text("No longer flagged.", "已取消标记。")
EMPTY = Text(
    "{count} empty: {numbers}. Enter goes to {first}; :e again hands in as it is.",
    "还有 {count} 题空着：{numbers}。按 Enter 去第 {first} 题，再输入 :e 直接交卷。",
)
ALL_ANSWERED = Text("All answered. Enter hands in; :b goes back.", "全部答完。按 Enter 交卷，:b 回去。")
TIME_UP = Text(
    "Time is up: {answered} answers handed in, {empty} empty.", "时间到：交上 {answered} 题，空 {empty} 题。"
)
LEFT = Text(
    "Saved. `quizcnn exam take --plain` goes on here; the clock runs on.",
    "已保存。用 `quizcnn exam take --plain` 接着考，计时不停。",
)
TOTAL = Text("{earned} of {points} points.", "{earned} / {points} 分。")
MARK = Text(
    "Question {number}, {id}: {earned} of {points}. Yours: {read}. Right: {key}.",
    "第 {number} 题，{id}：{earned} / {points}。你的答案：{read}。正确答案：{key}。",
)
MARK_SAID = Text(
    "Question {number}, {id}: {earned} of {points}. Yours: {read}.",
    "第 {number} 题，{id}：{earned} / {points}。你的答案：{read}。",
)
NOTHING = Text("no answer", "没有作答")
KEEP = Text(":k counts it in the schedule, Enter leaves it: ", "输入 :k 计入复习计划，直接按 Enter 则不计：")
NO_COMMAND = Text("No command {name} here.", "这里没有 {name} 这个命令。")
Feed: TypeAlias = "Callable[[Sitting], str]"
"""Lets the schedule hear of a sitting; gives the line that says so."""
_COMMAND = re.compile(r"\s*[:：]([a-z]+)\s*(\d*)\s*$")


class PlainExam:
    """One sitting on two text streams."""

    def __init__(
        self, desk: Desk, sitting: Sitting, lang: Lang, source: TextIO, out: TextIO, feed: Feed | None = None
    ) -> None:
        self._desk, self._sitting, self.lang, self._source, self._out = desk, sitting, lang, source, out
        self._feed = feed

    def run(self) -> None:
        """Ask until it is handed in, the time is up, or the learner leaves."""
        sitting = self._sitting
        self._say(
            WELCOME,
            title=sitting.manifest.title[self.lang],
            letter=sitting.letter,
            count=len(sitting.paper.questions),
            points=sitting.manifest.points,
            time=self._time(),
        )
        overview = False
        while self._sitting.handed_in_at is None:
            try:
                overview = self._look_over() if overview else self._one()
            except (Leave, EOFError):
                self._say(LEFT)
                return
        self._report()
        if self._feed is not None and not self._sitting.fed:
            self._keep(self._feed)

    def _keep(self, feed: Feed) -> None:
        """Let the schedule hear of it, if that is asked for."""
        try:
            command = _COMMAND.match(self._read(KEEP[self.lang]))
        except (Leave, EOFError):
            return
        if command is not None and command[1] == "k":
            self._write(feed(self._sitting))
            self._save(self._sitting.taken_up())

    def _one(self) -> bool:
        """One question; whether the overview comes next."""
        sitting, total = self._sitting, len(self._sitting.paper.questions)
        question = sitting.question(sitting.at)
        word = "point" if question.points == 1 else "points"
        self._say(
            QUESTION, number=question.shown_number, total=total, points=question.points, word=word, time=self._time()
        )
        self._write_all(plain.prompt_lines(variant_of(question), self.lang))
        texts: list[str] = []
        for place, field in enumerate(question.fields):
            before = sitting.texts(sitting.at)
            kept = before[place] if place < len(before) else ""
            line = ANSWER if len(question.fields) == 1 else PART
            shown = f" [{kept}]" if kept else ""
            typed = self._read(line[self.lang].format(kept=shown, label=field.label[self.lang]))
            if command := _COMMAND.match(typed):
                return self._command(command[1], command[2])
            texts.append(typed or kept)
            parsed = field.answer.read(texts[-1], self.lang) if texts[-1].strip() else None
            if isinstance(parsed, Invalid) and not isinstance(field.answer, RecallAnswer):
                self._say(NOT_READ, why=parsed.why[self.lang].rstrip(".。"))
        self._save(sitting.answered(sitting.at, texts))
        if self._sitting.is_time_up():
            self._hand_in(time_up=True)
        elif sitting.at < total:
            self._save(self._sitting.moved(sitting.at + 1))
            return False
        return True

    def _command(self, name: str, number: str) -> bool:
        """Do a command at a question; whether the overview comes next."""
        sitting = self._sitting
        if name == "q":
            raise Leave
        if name == "e":
            return True
        if name == "f":
            self._save(sitting.flag_turned(sitting.at))
            self._say(FLAGGED if sitting.at in self._sitting.flagged else UNFLAGGED)
        elif name in ("b", "g"):
            self._go(int(number or 0) if name == "g" else max(1, sitting.at - 1))
        else:
            self._say(NO_COMMAND, name=f":{name}")
        return False

    def _go(self, number: int) -> None:
        try:
            self._save(self._sitting.moved(number))
        except UsageError as error:
            self._write(str(error))

    def _look_over(self) -> bool:
        """What is empty, and handing in; whether the overview stays."""
        empty = self._sitting.empty()
        if self._sitting.is_time_up():
            self._hand_in(time_up=True)
            return True
        if empty:
            numbers = ", ".join(map(str, empty))
            self._say(EMPTY, count=len(empty), numbers=numbers, first=empty[0])
        else:
            self._say(ALL_ANSWERED)
        command = _COMMAND.match(self._read("> "))
        if command is None and empty:
            self._go(empty[0])
            return False
        if command is None or command[1] == "e":
            self._hand_in(time_up=False)
            return True
        return self._command(command[1], command[2])

    def _hand_in(self, *, time_up: bool) -> None:
        self._save(self._sitting.handed_in(now()))
        empty, total = len(self._sitting.empty()), len(self._sitting.paper.questions)
        if time_up:
            self._say(TIME_UP, answered=total - empty, empty=empty)

    # ------------------------------------------------------------------ the end

    def _report(self) -> None:
        marked = self._sitting.marked(self.lang)
        self._say(TOTAL, earned=marked.points, points=self._sitting.manifest.points)
        for mark in marked.marks:
            self._tell(mark)

    def _tell(self, mark: Mark) -> None:
        question, lang = mark.question, self.lang
        said = isinstance(question.fields[0].answer, RecallAnswer | KeypointsAnswer)
        typed = "; ".join(text for text in self._sitting.texts(question.number) if text.strip())
        read = (typed if said else mark.read) or typed or NOTHING[lang]
        self._say(
            MARK_SAID if said or mark.state == "right" else MARK,
            number=question.number,
            id=question.id,
            earned=mark.points,
            points=question.points,
            read=plain.one(read, lang),
            key=mark.key,
        )
        if mark.state == "right":
            return
        self._write_all(plain.one(line[lang], lang) for line in mark.feedback)
        steps = [Step(step.caption, step.latex, from_json(step.value)) for step in question.steps]
        self._write_all(plain.step_lines(steps, lang))
        self._write_all(plain.as_plain(question.explanation[lang], lang))

    # ------------------------------------------------------------------ streams

    def _time(self) -> str:
        left = self._sitting.seconds_left()
        return NO_CLOCK[self.lang] if left is None else say(TIME, self.lang, minutes=max(0, ceil(left / 60)))

    def _save(self, sitting: Sitting) -> None:
        """Save; where that fails say so and try again on Enter, so that no answer is lost."""
        while True:
            try:
                self._sitting = self._desk.save(sitting)
                return
            except StorageError as error:
                self._write(words.not_saved(error, self.lang))
                self._read("")

    def _read(self, prompt: str) -> str:
        self._out.write(prompt)
        self._out.flush()
        line = self._source.readline()
        if not line:
            self._out.write("\n")
            raise EOFError
        return line.strip()

    def _say(self, text: Text, **values: object) -> None:
        self._write(say(text, self.lang, **values))

    def _write(self, line: str) -> None:
        self._out.write(f"{line}\n")
        self._out.flush()

    def _write_all(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._write(line)


class Leave(Exception):  # noqa: N818  not an error: the way out
    """The learner leaves; everything is saved."""
