"""The plain spelling of an answer file: ``3. 41`` line by line, a long answer going on over the next lines.

A line is a head when a number of this paper stands at its start with a mark after it. ``3.5`` is no head: it may be question 3,
answer 5, or a line of the answer before; such a line is doubtful and says what to write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from quizcnn.services.exams.keys import HEADS, fold_head
from quizcnn.services.exams.sheets import WHOLE, Doubt, Key, RawSheet, Typed, said_twice
from quizcnn.text import Text

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_HEAD = re.compile(
    r"""\s*(?P<lead>第\s*|[Qq](?:uestion)?\s*)?
        (?P<number>[0-9０-９]{1,3})(?![0-9０-９])[ \u3000]*
        (?P<measure>题)?[ \u3000]*
        (?:[(（]\s*(?P<inner>[a-z])\s*[)）]|(?P<part>[a-z])(?=\s*[.)）．、:：。]))?
        [ \u3000]*(?P<mark>[.)）．、:：。】]|\t)?
        (?P<rest>.*)""",
    re.VERBOSE | re.DOTALL,
)
_BRACKETED = re.compile(r"\s*【\s*([0-9０-９]{1,3})\s*】(.*)", re.DOTALL)
_ID = re.compile(r"\s*([a-z0-9]+(?:-[a-z0-9]+)+)\s*[:：](.*)", re.DOTALL)
_FIELD = re.compile(r"\s*([^:：=\d]{1,20}?)\s*[:：=](.*)", re.DOTALL)
_BARE = re.compile(r"\s*([0-9０-９]{1,3})(?:[ \u3000]+\S.*|[A-Ha-h])\s*", re.DOTALL)


@dataclass(slots=True)
class _Answer:
    """The lines of one answer so far."""

    key: Key
    part: str
    lines: list[tuple[int, str]] = field(default_factory=list)

    @property
    def typed(self) -> Typed:
        shown = [text for _, text in self.lines]
        while shown and not shown[-1].strip():
            shown.pop()
        while shown and not shown[0].strip():
            shown.pop(0)
        first, last = self.lines[0][0], self.lines[-1][0] if shown else self.lines[0][0]
        return Typed("\n".join(shown).strip(), f"line {first}" if len(shown) < 2 else f"lines {first}-{last}")


class PlainReader:
    """Reads one text; ``numbers`` and ``ids`` are those of the exam's papers."""

    def __init__(self, file: str, numbers: frozenset[int], ids: frozenset[str]) -> None:
        self.file, self.numbers, self.ids = file, numbers, ids
        self.head: dict[str, str] = {}
        self.answers: list[_Answer] = []
        self.doubts: list[Doubt] = []
        self.bare: list[tuple[int, int, str, _Answer | None]] = []
        """Lines that begin with the next number and no mark: number, line, text, the answer that they were added to."""
        self.notes: list[Text] = []
        self.is_lost = False
        """After a doubtful line what follows belongs to it."""

    def read(self, text: str, notes: tuple[Text, ...] = ()) -> RawSheet:
        """The sheet in ``text``."""
        for number, line in enumerate(text.splitlines(), 1):
            self._line(number, line)
        self._settle_bare()
        answers, twice = _gathered(self.answers)
        return RawSheet(
            self.file,
            self.head.get("name", ""),
            self.head.get("code", ""),
            self.head.get("letter", ""),
            answers,
            (*self.doubts, *twice),
            (*notes, *self.notes),
        )

    def _line(self, number: int, line: str) -> None:
        if line.lstrip().startswith("#"):
            return
        if not line.strip():
            if self.answers:
                self.answers[-1].lines.append((number, ""))
            return
        if self._is_field(line) or self._is_head(number, line) or self._is_bare(number, line):
            return
        if self.is_lost:
            self.notes.append(_lost(number, line))
        elif self.answers:
            self.answers[-1].lines.append((number, line.strip()))
        else:
            self.notes.append(_nowhere(number, line))

    def _is_field(self, line: str) -> bool:
        found = _FIELD.fullmatch(line)
        what = HEADS.get(fold_head(found[1])) if found else None
        if found is None or what is None or what in self.head:
            return False
        self.head[what] = found[2].strip()
        return True

    def _is_head(self, number: int, line: str) -> bool:
        for key, part, rest, doubtful in self._heads(line):
            if isinstance(key, int) and key not in self.numbers:
                if doubtful:
                    return False
                self.notes.append(_no_question(number, key, line))
                self.is_lost = True
                return True
            if doubtful and isinstance(key, int):
                self._doubt(number, key, line, rest)
                return True
            self.is_lost = False
            self.answers.append(_Answer(key, part, [(number, rest.strip())]))
            return True
        return False

    def _heads(self, line: str) -> Iterator[tuple[Key, str, str, bool]]:
        """Key, part, rest, and whether a digit follows an ASCII point at once."""
        named = _ID.fullmatch(line)
        if named and named[1] in self.ids:
            yield named[1], WHOLE, named[2], False
        bracketed = _BRACKETED.fullmatch(line)
        if bracketed:
            yield int(bracketed[1].translate(_DIGITS)), WHOLE, bracketed[2], False
        found = _HEAD.fullmatch(line)
        if found is None:
            return
        part = found["inner"] or found["part"] or WHOLE
        if not any(found[name] for name in ("mark", "measure", "inner", "lead")):
            return
        number = int(found["number"].translate(_DIGITS))
        rest = found["rest"]
        doubtful = found["mark"] == "." and rest[:1].isdecimal() and not found["lead"] and not part
        yield number, part, rest, doubtful

    def _doubt(self, line_number: int, key: int, line: str, rest: str) -> None:
        """A line such as ``3.5``: of question 3, of the answer before, or both."""
        current = self.answers[-1].key if self.answers else None
        answered = any(answer.key == key for answer in self.answers)
        keys: list[Key] = [] if answered else [key]
        if current is not None and key != self._next():
            keys.append(current)
        shown = line.strip()
        why = Text(
            f'line {line_number}, "{shown[:40]}", may be question {key} or a number; write "{key}. {rest.strip()[:30]}" for question {key}',
            f"第 {line_number} 行 “{shown[:40]}” 可能是第 {key} 题，也可能是一个数；若是第 {key} 题，写成 “{key}. {rest.strip()[:30]}”",
        )
        self.doubts.append(Doubt(tuple(keys), f"line {line_number}", why))
        self.is_lost = True

    def _next(self) -> int:
        """The number that would come next."""
        current = self.answers[-1].key if self.answers else 0
        return current + 1 if isinstance(current, int) else 0

    def _is_bare(self, number: int, line: str) -> bool:
        """A line that begins with the next number but no mark after it."""
        found = _BARE.fullmatch(line)
        if found is None:
            return False
        key = int(found[1].translate(_DIGITS))
        if key != self._next() or key not in self.numbers:
            return False
        before = self.answers[-1] if self.answers and not self.is_lost else None
        self.bare.append((key, number, line.strip(), before))
        if before is not None:
            before.lines.append((number, line.strip()))
        return True

    def _settle_bare(self) -> None:
        """Where the number is answered elsewhere the line was part of the answer before; else it is doubtful and belongs to neither."""
        for key, number, line, before in self.bare:
            if any(answer.key == key for answer in self.answers):
                continue
            if before is not None:
                before.lines = [(place, text) for place, text in before.lines if place != number]
            rest = re.sub(r"^[0-9０-９]+\s*", "", line)
            why = Text(
                f'line {number}, "{line[:40]}", has no mark after the number; write "{key}. {rest[:30]}"',
                f"第 {number} 行 “{line[:40]}” 题号后没有标点；写成 “{key}. {rest[:30]}”",
            )
            self.doubts.append(Doubt((key,), f"line {number}", why, before.key if before else None))


def _gathered(answers: list[_Answer]) -> tuple[dict[Key, dict[str, Typed]], list[Doubt]]:
    """The answers by key and part; a second, different one is a doubt."""
    found: dict[Key, dict[str, Typed]] = {}
    doubts: list[Doubt] = []
    for answer in answers:
        parts, typed = found.setdefault(answer.key, {}), answer.typed
        before = parts.get(answer.part)
        if before is None or not before.text:
            parts[answer.part] = typed
        elif typed.text and typed.text != before.text:
            doubts.append(said_twice(answer.key, before, typed))
    return found, doubts


def _nowhere(number: int, line: str) -> Text:
    return Text(
        f'line {number}, "{line.strip()[:40]}", belongs to no question',
        f"第 {number} 行 “{line.strip()[:40]}” 不属于任何题",
    )


def _lost(number: int, line: str) -> Text:
    return Text(
        f'line {number}, "{line.strip()[:40]}", follows a line that is not clear and is not read',
        f"第 {number} 行 “{line.strip()[:40]}” 接在一行含糊的内容之后，未读取",
    )


def _no_question(number: int, key: int, line: str) -> Text:
    return Text(
        f'line {number}, "{line.strip()[:40]}": there is no question {key}',
        f"第 {number} 行 “{line.strip()[:40]}”：没有第 {key} 题",
    )
