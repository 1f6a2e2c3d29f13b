"""Ordering and matching: rows with live places beside them, and one line to type their numbers or letters in."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.content import Content

from quizcnn.figures.mathematics import inline
from quizcnn.grading.answers import Field as AnswerField
from quizcnn.grading.base import Invalid
from quizcnn.grading.marks import place_of, split_marks
from quizcnn.grading.matching import MatchingAnswer
from quizcnn.grading.ordering import OrderingAnswer
from quizcnn.services.views import Result
from quizcnn.text import Lang, Text, display_width
from quizcnn.tui.prose import NOTE_GAP, Block, Item, set_items
from quizcnn.tui.widgets.lines import LinesField
from quizcnn.tui.widgets.typing import Field

USED = Text("used: row {row}", "用于第 {row} 行")
YOURS = Text("you: {mark}", "你填 {mark}")
HOW = Text("or ↑↓ to a row, Space takes it", "也可用 ↑↓ 选行，空格选定")


def place_name(number: int, lang: Lang) -> str:
    """``1st``, ``2nd``; ``第 1``."""
    if lang == "zh":
        return f"第 {number}"
    return str(number) + ("st", "nd", "rd")[number - 1] if number <= 3 else f"{number}th"


def _symbol(right: bool, own: str) -> str:
    return "✓" if right else "✗" if own else " "


class OrderRows(Block):
    """Items with the places typed for them; after the answer in the right order."""

    def __init__(self, answer: OrderingAnswer) -> None:
        super().__init__(id="rows")
        self._answer = answer
        self.lang: Lang = "en"
        self.marks: Sequence[str] = ()
        self.cursor = -1
        self.result: Result | None = None

    def choices(self) -> list[str]:
        """What can be typed, row by row."""
        return [str(number) for number in range(1, len(self._answer.items) + 1)]

    def content_at(self, width: int) -> Content:
        items = self._open() if self.result is None else self._marked()
        return Content("\n").join(set_items(items, width, ascii_only=self.ascii_only))

    def _place(self, mark: str) -> str:
        return place_name(self.marks.index(mark) + 1, self.lang) if mark in self.marks else ""

    def _open(self) -> list[Item]:
        wide = display_width(place_name(9, self.lang))
        found = []
        for place, item in enumerate(self._answer.items):
            mark, cursor = str(place + 1), "▌" if place == self.cursor else " "
            taken = self._place(mark)
            lead = f"{cursor} {mark}  {taken}{' ' * (wide - display_width(taken))}  "
            found.append(Item(item[self.lang], lead, "bold" if taken else ""))
        return found

    def _marked(self) -> list[Item]:
        wide = display_width(place_name(9, self.lang))
        found = []
        for place, number in enumerate(self._answer.order):
            own = self.marks[place] if place < len(self.marks) else ""
            right = own == str(number)
            name = place_name(place + 1, self.lang)
            lead = f"{_symbol(right, own)} {number}  {name}{' ' * (wide - display_width(name))}  "
            note = "" if right or not own else YOURS[self.lang].format(mark=own)
            style = "$right" if right else "$wrong" if own else ""
            found.append(Item(self._answer.items[number - 1][self.lang], lead, style, note))
        return found


class MatchRows(Block):
    """Left sides with the letters typed for them, right sides beside them or, where room is short, below."""

    def __init__(self, answer: MatchingAnswer) -> None:
        super().__init__(id="rows")
        self._answer = answer
        self.lang: Lang = "en"
        self.marks: Sequence[str] = ()
        self.cursor = -1
        self.result: Result | None = None

    def choices(self) -> list[str]:
        """What can be typed, row by row."""
        return [chr(ord("a") + place) for place in range(len(self._answer.right))]

    def content_at(self, width: int) -> Content:
        if self.result is not None:
            return Content("\n").join(set_items(self._marked(), width, ascii_only=self.ascii_only))
        left, right = self._left(), self._right()
        column = max(display_width(item.lead) + display_width(inline(item.text)) for item in left) + NOTE_GAP
        widest = max(display_width(item.lead) + display_width(inline(item.text)) for item in right)
        if column + widest + 16 <= width:
            return _side_by_side(left, right, column, width, self.ascii_only)
        rows = [*set_items(left, width, ascii_only=self.ascii_only), Content("")]
        return Content("\n").join([*rows, *set_items(right, width, ascii_only=self.ascii_only)])

    def _left(self) -> list[Item]:
        return [
            Item(text[self.lang], f"  {place + 1}  {self.marks[place] if place < len(self.marks) else '_'}  ")
            for place, text in enumerate(self._answer.left)
        ]

    def _right(self) -> list[Item]:
        return [
            self._with_use(Item(text[self.lang], f"{'▌' if place == self.cursor else ' '} {mark}  "), place)
            for place, (mark, text) in enumerate(zip(self.choices(), self._answer.right, strict=True))
        ]

    def _with_use(self, item: Item, place: int) -> Item:
        mark = self.choices()[place]
        if mark not in self.marks:
            return item
        return Item(item.text, item.lead, item.style, USED[self.lang].format(row=self.marks.index(mark) + 1))

    def _marked(self) -> list[Item]:
        found = []
        for place, (left, right) in enumerate(zip(self._answer.left, self._answer.pairs, strict=True)):
            own = self.marks[place] if place < len(self.marks) else ""
            mark = self.choices()[right]
            good = own == mark
            text = f"{left[self.lang]} → {mark}  {self._answer.right[right][self.lang]}"
            note = "" if good or not own else YOURS[self.lang].format(mark=own)
            style = "$right" if good else "$wrong" if own else ""
            found.append(Item(text, f"{_symbol(good, own)} {place + 1}  ", style, note))
        return found


def _side_by_side(left: Sequence[Item], right: Sequence[Item], column: int, width: int, ascii_only: bool) -> Content:
    lefts = set_items(left, column, ascii_only=ascii_only)
    rights = set_items(right, width - column, ascii_only=ascii_only)
    rows = []
    for place in range(max(len(lefts), len(rights))):
        first = lefts[place] if place < len(lefts) else Content("")
        gap = " " * (column - display_width(first.plain))
        second = rights[place] if place < len(rights) else Content("")
        rows.append(Content.assemble(first, gap, second))
    return Content("\n").join(rows)


class RowsField(LinesField):
    """Type numbers or letters; or with the arrows to a row and Space."""

    DEFAULT_CSS = "RowsField #rows { margin-bottom: 1; }"

    def __init__(self, fields: Sequence[AnswerField], lang: Lang) -> None:
        super().__init__(fields, lang, preview=False)
        answer = fields[0].answer
        if not isinstance(answer, OrderingAnswer | MatchingAnswer):
            raise TypeError(f"{fields[0].name} has no rows")
        self._rows = OrderRows(answer) if isinstance(answer, OrderingAnswer) else MatchRows(answer)

    def compose(self) -> ComposeResult:
        yield self._rows
        yield from super().compose()

    def on_mount(self) -> None:
        self._draw()

    def speak(self, lang: Lang) -> None:
        super().speak(lang)
        self._draw()

    def rows_at(self, width: int) -> int:
        return self._rows.rows_at(width) + 2

    def on_field_changed(self, event: Field.Changed) -> None:
        self._draw()

    def _live(self, place: int, text: str) -> str:
        return "" if text else HOW[self._lang]

    def _marks(self) -> tuple[str, ...]:
        """The rows typed so far, each by the mark that stands beside it."""
        choices = self._rows.choices()
        marks = split_marks("".join(self.texts()), len(choices))
        if isinstance(marks, Invalid):
            return ()
        places = (place_of(mark, len(choices)) for mark in marks)
        return tuple("?" if place is None else choices[place] for place in places)

    def _draw(self) -> None:
        self._rows.lang, self._rows.marks = self._lang, self._marks()
        self._rows.put()

    def show_result(self, result: Result, lang: Lang) -> None:
        super().show_result(result, lang)
        self._rows.result = result if result.recorded else None
        self._draw()

    def before(self, event: events.Key) -> bool:
        if event.key in ("up", "down"):
            self._move(1 if event.key == "down" else -1)
            return True
        if event.key == "space" and self._rows.cursor >= 0:
            self._take(self._rows.choices()[self._rows.cursor])
            return True
        if event.is_printable and self._rows.cursor >= 0:
            self._rows.cursor = -1
            self._draw()
        return False

    def _move(self, step: int) -> None:
        count, at = len(self._rows.choices()), self._rows.cursor
        self._rows.cursor = max(0, min(count - 1, at + step)) if at >= 0 else (0 if step > 0 else count - 1)
        self._draw()

    def _take(self, mark: str) -> None:
        """Put the row at the end, or take it out again."""
        marks = list(self._marks())
        marks = [each for each in marks if each != mark] if mark in marks else [*marks, mark]
        line = self.lines()[0]
        line.value = " ".join([*marks, ""])
        line.cursor_position = len(line.value)
