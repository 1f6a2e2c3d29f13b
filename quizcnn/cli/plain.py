"""The drill as plain lines: for pipes, screen readers, Braille and input methods.

No colour, no boxes, no redraw; every line stands alone. What begins with a colon (also the full-width one) is a command, so it
cannot be taken for an answer. The end of the input is the wish to leave: everything is saved.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import TextIO, TypeVar

from quizcnn.errors import StorageError
from quizcnn.generation.variant import Variant
from quizcnn.services import plain, words
from quizcnn.services.drill import Drill
from quizcnn.services.views import Ask, Result
from quizcnn.services.words import say
from quizcnn.text import Lang, Text

WELCOME = Text(
    "quizcnn. {total} for this session. At any prompt: ? hint, :s skip, :u undo, :v new numbers, :l language, :q save and leave, :h all.",
    "quizcnn。这次 {total} 题。随时可输入：? 提示，:s 跳过，:u 撤销，:v 换数字，:l 语言，:q 保存退出，:h 全部命令。",
)
COMMANDS = Text(
    "Before the answer: ? or :t hint, :s skip, :v new numbers. After it: 1 to 4 or Enter rate, :w worked steps, :v more like this, :y I was right. At any time: :u undo, :l language, :x suspend the card, :f flag the question, :q save and leave.",
    "作答前：? 或 :t 提示，:s 跳过，:v 换数字。作答后：1 到 4 或 Enter 评分，:w 完整步骤，:v 再来一题，:y 我答对了。随时：:u 撤销，:l 语言，:x 暂停这张卡，:f 标记，:q 保存退出。",
)
ANSWER = Text("Answer: ", "答案：")
ANSWER_KEPT = Text("Answer [{draft}]: ", "答案 [{draft}]：")
PART = Text("{label}: ", "{label}：")
PART_KEPT = Text("{label} [{draft}]: ", "{label} [{draft}]：")
SHOW_BACK = Text("Enter shows the back: ", "按 Enter 看背面：")
RATING = Text("Rating: {choices}. Enter for {proposed}: ", "评分：{choices}。Enter 选{proposed}：")
NO_RATING = Text("Type a rating from 1 to 4, or Enter.", "输入 1 到 4 的评分，或按 Enter。")
NO_COMMAND = Text("No command {name} here. {commands}", "这里没有 {name} 这个命令。{commands}")
GOES_ON = Text("`quizcnn drill --plain` goes on here.", "`quizcnn drill --plain` 从这里继续。")
NO_QUESTIONS = Text(
    "Nothing to ask: no card is due and no new one is left for today.", "没有题目：没有到期的卡，今天的新卡也学完了。"
)
QUESTIONS = (Text("{count} question", "{count}"), Text("{count} questions", "{count}"))
_COMMAND = re.compile(r"\s*[:：](\w+)\s*$")
T = TypeVar("T")


class Leave(Exception):  # noqa: N818  not an error: the way out of nested prompts
    """The learner leaves; everything is saved."""


class Moved(Exception):  # noqa: N818  not an error: the way back to the question that is open now
    """A command changed which question is open, or how it is shown."""


class PlainDrill:
    """One session on two text streams. ``speak`` hears of a change of language."""

    def __init__(
        self, drill: Drill, lang: Lang, source: TextIO, out: TextIO, speak: Callable[[Lang], None] | None = None
    ) -> None:
        self._drill, self.lang, self._source, self._out, self._speak = drill, lang, source, out, speak
        self._result: Result | None = None
        self._out_of_hints = False

    def run(self) -> None:
        """Ask until nothing is left, the input ends, or the learner leaves."""
        first = self._drill.ask()
        if first is None:
            request = self._drill.request
            line = (
                NO_QUESTIONS[self.lang]
                if request.is_plain
                else words.nothing_to_ask(request, self._drill.summary(), self.lang)
            )
            self._write(line)
            return
        self._say(WELCOME, total=say(QUESTIONS[first.total != 1], self.lang, count=first.total))
        try:
            while (ask := self._drill.ask()) is not None:
                self._one(ask)
        except Leave:
            self._leave()
            return
        except KeyboardInterrupt:
            self._out.write("\n")
            self._leave()
            raise
        self._write_all(plain.summary_lines(self._drill.summary(), self.lang))
        self._kept(self._drill.leave)

    def _one(self, ask: Ask) -> None:
        """One question, from its first line to its rating."""
        self._result, self._out_of_hints = None, False
        self._write_all(plain.ask_lines(ask, self.lang))
        started, empty = time.monotonic(), False
        drafts = ask.drafts or ("",) * len(ask.variant.fields)
        try:
            while True:
                texts = self._read_answer(ask, drafts)
                if not any(text.strip() for text in texts) and not empty and len(texts) == 1:
                    empty = True
                    self._say(words.NOTHING_TYPED if ask.counted else words.NOTHING_TYPED_UNCOUNTED)
                    continue
                result = self._kept(partial(self._give, texts, time.monotonic() - started))
                self._report(ask.variant, result)
                if result.recorded:
                    self._rate(ask.variant, result)
                    return
                empty = False
                drafts = tuple(texts) if len(texts) > 1 or result.second_try else ("",)
        except Moved:
            return

    def _give(self, texts: list[str], seconds: float) -> Result:
        typed = any(text.strip() for text in texts)
        return self._drill.submit(texts, seconds) if typed else self._drill.reveal(seconds)

    def _report(self, variant: Variant, result: Result) -> None:
        self._result = result if result.recorded else None
        self._write_all(plain.result_lines(variant, result, self.lang))

    def _kept(self, act: Callable[[], T]) -> T:
        """Do it; where it cannot be saved say so and try again on Enter, so that no answer is lost."""
        while True:
            try:
                return act()
            except StorageError as error:
                self._write(words.not_saved(error, self.lang))
                self._line("")

    # ------------------------------------------------------------------ answers

    def _read_answer(self, ask: Ask, drafts: tuple[str, ...]) -> list[str]:
        """What is typed for each field; ``Moved`` where a command changed the question."""
        variant = ask.variant
        if variant.kind == "recall":
            self._typed(SHOW_BACK[self.lang])
            return ["3"]
        texts: list[str] = []
        for place, draft in enumerate(drafts):
            prompt = self._prompt(variant, place, draft)
            typed = self._typed(prompt, multiline=variant.kind == "short_answer") or draft
            if not typed.strip() and len(drafts) > 1:
                self._say(words.GAP_EMPTY, label=self._label(variant, place))
                typed = self._typed(prompt)
            texts.append(typed)
        return texts

    def _label(self, variant: Variant, place: int) -> str:
        label = variant.fields[place].label[self.lang]
        return label[:1].upper() + label[1:]

    def _prompt(self, variant: Variant, place: int, draft: str) -> str:
        draft = " ".join(draft.split())
        if len(variant.fields) == 1:
            return say(ANSWER_KEPT, self.lang, draft=draft) if draft else ANSWER[self.lang]
        return say(PART_KEPT if draft else PART, self.lang, label=self._label(variant, place), draft=draft)

    def _typed(self, prompt: str, *, multiline: bool = False) -> str:
        """A line that is no command and no wish for a hint; ``\\`` at its end goes on where lines may follow."""
        while True:
            typed = self._line(prompt)
            command = _COMMAND.match(typed)
            if typed.strip() in ("?", "？"):
                self._before("t")
            elif command:
                self._before(command[1])
            else:
                break
        while multiline and typed.endswith("\\"):
            typed = f"{typed[:-1]}\n{self._line('')}"
        return typed

    # ------------------------------------------------------------------ ratings

    def _rate(self, variant: Variant, result: Result) -> None:
        if result.intervals is None:
            self._kept(self._drill.rate)
            return
        while True:
            shown = self._result or result
            typed = self._line(plain.rating_line(shown, self.lang, RATING)).strip()
            command = _COMMAND.match(typed)
            if command:
                self._after(command[1], variant)
            elif typed in ("", "1", "2", "3", "4"):
                self._kept(partial(self._drill.rate, int(typed) if typed else None))
                return
            else:
                self._say(NO_RATING)

    # ------------------------------------------------------------------ commands

    def _before(self, letter: str) -> None:
        """A command while a question is open."""
        moves = {"s": self._skip, "v": self._new_numbers, "t": self._hint, "l": self._switch}
        self._do(letter, moves | self._anywhere())

    def _after(self, letter: str, variant: Variant) -> None:
        """A command once the answer is in."""
        moves: dict[str, Callable[[], None]] = {
            "w": self._steps,
            "v": self._more_like_this,
            "y": partial(self._overrule, variant),
            "l": self._switch_quietly,
        }
        self._do(letter, moves | self._anywhere())

    def _anywhere(self) -> dict[str, Callable[[], None]]:
        return {"u": self._undo, "x": self._suspend, "f": self._flag, "h": self._help, "q": self._quit}

    def _do(self, letter: str, moves: dict[str, Callable[[], None]]) -> None:
        move = moves.get(letter)
        if move is None:
            self._say(NO_COMMAND, name=f":{letter}", commands=COMMANDS[self.lang])
        else:
            self._kept(move)

    def _quit(self) -> None:
        raise Leave

    def _hint(self) -> None:
        """Reveal a hint; when none is left a second request shows the answer."""
        hint = self._drill.hint()
        ask = self._drill.ask()
        if ask is None:
            return
        if hint is not None:
            shown = plain.one(hint[self.lang], self.lang)
            self._say(words.HINT, number=len(ask.hints), total=len(ask.variant.hints), hint=shown)
        elif not self._out_of_hints:
            self._out_of_hints = True
            self._say(words.NO_MORE_HINTS if ask.counted else words.NO_MORE_HINTS_UNCOUNTED)
        else:
            result = self._drill.reveal(0.0)
            self._report(ask.variant, result)
            self._rate(ask.variant, result)
            raise Moved

    def _skip(self) -> None:
        self._drill.skip()
        self._say(words.SKIPPED_PLACEMENT if self._drill.request.placement else words.SKIPPED)
        raise Moved

    def _undo(self) -> None:
        undone = self._drill.undo()
        if undone is None:
            self._say(words.NOTHING_TO_UNDO)
            return
        self._say(words.UNDONE, question=undone.question_id, time=f"{undone.answered_at.astimezone():%H:%M}")
        raise Moved

    def _new_numbers(self) -> None:
        ask = self._drill.ask()
        if ask is not None and not ask.variant.is_drawn:
            self._say(words.NO_NUMBERS)
            return
        self._drill.new_numbers()
        raise Moved

    def _more_like_this(self) -> None:
        self._drill.more_like_this()
        raise Moved

    def _switch(self) -> None:
        self._switch_quietly()
        raise Moved

    def _switch_quietly(self) -> None:
        self.lang = "zh" if self.lang == "en" else "en"
        if self._speak is not None:
            self._speak(self.lang)

    def _suspend(self) -> None:
        self._say(words.SUSPENDED, question=self._drill.suspend())
        raise Moved

    def _flag(self) -> None:
        self._say(words.FLAGGED, question=self._drill.flag(""))

    def _help(self) -> None:
        self._say(COMMANDS)

    def _overrule(self, variant: Variant) -> None:
        if variant.kind in ("short_answer", "recall"):
            self._result = self._drill.overrule()
            self._say(words.OVERRULED)
        else:
            self._say(NO_COMMAND, name=":y", commands=COMMANDS[self.lang])

    def _steps(self) -> None:
        self._write_all(plain.step_lines(self._result.steps if self._result else (), self.lang))

    # ------------------------------------------------------------------ leaving, lines

    def _leave(self) -> None:
        ask = self._drill.ask()
        self._drill.leave()
        parts = [plain.counts(self._drill.summary(), self.lang)]
        if ask is not None and self._drill.goes_on:
            saved = say(words.SAVED_PLAIN, self.lang, number=ask.number, total=ask.total)
            parts = [saved, *parts, GOES_ON[self.lang]]
        self._write(plain.joined(parts, self.lang))

    def _say(self, text: Text, **values: object) -> None:
        self._write(say(text, self.lang, **values))

    def _write_all(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._write(line)

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
