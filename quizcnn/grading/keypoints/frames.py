"""What a clause says of quantities: which way, of what, compared with what; and what its negators cover.

A direction is bound to the noun that follows it ("fewer weights", 减少参数), else to the subject before it ("the loss falls", 参数更少),
else to what the clause inherits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizcnn.grading.keypoints import chinese, english
from quizcnn.grading.keypoints.clauses import SET_ASIDE, Clause, is_predicate
from quizcnn.grading.keypoints.items import Item

CHANGED = 2
_INSIDE = frozenset("的内中里上")
_POSITIVE = english.POSITIVE | chinese.POSITIVE
"""The side of "changes": neither up nor down, but not the same."""
_COUNTS = frozenset("一两二三四五六七八九十几个层种次项")
"""What counts a noun in Chinese: it stands between a direction and its noun (多了两个 ReLU)."""
_MANY = frozenset({"许多", "很多", "大量", "不少", "好多", "多"})
_ENDS = frozenset({"than", "predicate", "if", "negator", "divide", "zero", "pronoun", "without"})


@dataclass(frozen=True, slots=True)
class Frame:
    """One direction. ``side`` is 1 up, -1 down, 0 the same, 2 changed; ``weak`` says that it is the denial of another side."""

    place: int
    item: Item
    side: int
    weak: bool
    targets: tuple[Item, ...]
    left: tuple[Item, ...]
    refs: tuple[Item, ...]
    inherited: frozenset[str]
    attributive: bool
    negators: tuple[int, ...]
    flipped: bool = False
    """Denied from outside."""

    @property
    def keys(self) -> frozenset[str]:
        found = frozenset(key for item in self.targets for key in item.keys) | self.inherited
        return found | {self.item.quantity} if self.item.quantity else found


def frames_of(clause: Clause) -> tuple[Frame, ...]:
    """The directions of a clause with what they are said of."""
    items = clause.items
    places = (place for place, item in enumerate(items) if item.is_direction and not _says_how_much(items, place))
    return tuple(_frame(clause, place) for place in places)


def _says_how_much(items: Sequence[Item], place: int) -> bool:
    """Whether a word for many only measures the Chinese direction before it: 少了很多参数."""
    return place > 0 and items[place].text in _MANY and items[place - 1].is_direction


def _frame(clause: Clause, place: int) -> Frame:
    items = clause.items
    item = items[place]
    after = _following(items, place)
    before = _preceding(items, place)
    refs = _references(items, place)
    if refs:
        before = tuple(each for each in before if each not in refs)
        after = tuple(each for each in after if each not in refs)
    known = any(each.kind and each.kind != "quantifier" and each.weight >= 0.5 for each in after) or not any(
        each.kind for each in before
    )
    targets = after if after and known else before
    negators = _negating(items, place)
    side = {"same": 0, "change": CHANGED}.get(item.role, item.sign)
    weak = len(negators) % 2 == 1
    describes = bool(after) and item.text in _POSITIVE
    if clause.flip and not describes:
        side, weak = (side if weak else _turned(side)), False
    if weak and side in (0, CHANGED):
        side, weak = CHANGED - side, False
    inherited = clause.subject if not targets else frozenset()
    return Frame(
        place,
        item,
        side,
        weak,
        targets,
        before,
        refs,
        inherited,
        targets is after and bool(after),
        negators,
        clause.flip and len(negators) % 2 == 0,
    )


def _turned(side: int) -> int:
    return CHANGED - side if side in (0, CHANGED) else -side


def _following(items: Sequence[Item], place: int) -> tuple[Item, ...]:
    """The noun group after a direction."""
    direction = items[place]
    han = not direction.text.isascii()
    found: list[Item] = []
    linked = False
    for at in range(place + 1, len(items)):
        item = items[at]
        if item.is_direction and not found and _says_how_much(items, at):
            continue
        if item.role in _ENDS or item.is_direction or (item.role == "mark" and item.text != "-"):
            break
        if item.role == "link":
            linked = True
            continue
        if han and not found and (item.role == "number" or item.text in _COUNTS) and _counts(items, at):
            continue
        if item.keys:
            if han and not found and not linked and not _binds_after(items, place, at):
                break
            found.append(item)
            continue
        if item.text in english.PREPOSITIONS or (han and found and item.text not in _INSIDE):
            break
        if han and not found and item.text not in ("的", "了", "其", "这", "一些", "它的"):
            break
    return tuple(found)


def _counts(items: Sequence[Item], at: int) -> bool:
    """Whether a number or measure word is followed by what it counts."""
    rest = next((item for item in items[at + 1 :] if item.role != "number" and item.text not in _COUNTS), None)
    return rest is not None and bool(rest.keys) and not rest.is_direction


def _binds_after(items: Sequence[Item], place: int, noun: int) -> bool:
    """Whether a Chinese direction takes the noun after it: verbs do, adjectives with 的, or where no noun stands before."""
    direction = items[place]
    if direction.text in ("不改变", "没有改变", "改变", "不会改变"):
        return True
    if direction.text in ("许多", "很多", "大量", "不少", "少量", "大多数", "绝大部分", "大部分"):
        return noun == place + 1
    if direction.text.startswith("变") or direction.text in ("下降", "上升", "升高", "下滑", "消失"):
        return any(item.text == "的" for item in items[place + 1 : noun])
    if direction.role.endswith("verb"):
        near = noun == place + 1 and items[noun].start > direction.end and place > 0 and bool(items[place - 1].keys)
        return not near
    if any(item.text == "的" for item in items[place + 1 : noun]):
        return True
    counted = all(item.role == "number" or item.text in _COUNTS for item in items[place + 1 : noun])
    if counted and noun > place + 1:
        return True
    return counted and not any(item.keys for item in items[:place])


def _preceding(items: Sequence[Item], place: int) -> tuple[Item, ...]:
    """The nouns before a direction, back to the direction or comma before it."""
    found: list[Item] = []
    for at in range(place - 1, -1, -1):
        item = items[at]
        if item.is_direction and (found or _following(items, at) or not items[at].text.isascii()):
            if item.role not in ("up", "down") or found:
                break
            continue
        if item.role == "mark" and item.text in (",", "，", ":", "：", ";") and found:
            break
        if found and (item.text in english.CAUSATIVES or item.text in chinese.CAUSATIVES):
            break
        if item.text in ("随", "随着") or (item.text == "对" and items[at + 1].kind == "quantifier"):
            # "X 随 Y 变化": what it goes with is not what moves.
            found = []
        elif item.keys:
            found.append(item)
    return tuple(reversed(found))


def _references(items: Sequence[Item], place: int) -> tuple[Item, ...]:
    """What is compared with: after "than", between 比 and the direction, before 相比."""
    marks = [at for at, item in enumerate(items) if item.role == "than"]
    if not marks:
        return ()
    mark = min(marks, key=lambda at: abs(at - place))
    if items[mark].text in chinese.THAN_AFTER and mark < place:
        before = [item for item in items[:mark] if item.keys]
        later = [item for item in items[mark + 1 : place] if item.keys and not item.is_direction]
        return tuple(before) if items[mark].text != "相比" or before else tuple(later)
    if items[mark].text.isascii():
        found: list[Item] = []
        for item in items[mark + 1 :]:
            if item.role in ("mark", "if", "predicate") or (item.is_direction and mark < place):
                break
            if item.keys:
                found.append(item)
        return tuple(found)
    if mark < place:
        return tuple(item for item in items[mark + 1 : place] if item.keys)
    return tuple(item for item in items[mark + 1 :] if item.keys)


def _negating(items: Sequence[Item], place: int) -> tuple[int, ...]:
    """The negators before a direction that no other direction or comma keeps from it."""
    found: list[int] = []
    for at in range(place - 1, -1, -1):
        item = items[at]
        if item.is_direction and item.role not in ("up", "down"):
            break
        if item.role == "mark" and item.text in (",", "，", "("):
            break
        if item.role in ("negator", "zero"):
            found.append(at)
    return tuple(found)


def covered(items: Sequence[Item], skip: frozenset[int]) -> list[int]:
    """For each item how many negators cover it: those before it in its part of the clause, or one that ends the clause."""
    counts = [0] * len(items)
    for at, item in enumerate(items):
        if item.role not in ("negator", "zero") or at in skip:
            continue
        if item.role == "zero" and not (at + 1 < len(items) and items[at + 1].keys):
            continue
        reach = [place for place in range(at + 1, _end(items, at)) if items[place].keys]
        for place in reach or range(at):
            counts[place] += 1
    return counts


def _end(items: Sequence[Item], at: int) -> int:
    """Where the reach of a negator ends: at the next comma or bracket; what is set aside ends with the noun that is named."""
    aside, named = items[at].text in SET_ASIDE, False
    for place in range(at + 1, len(items)):
        item = items[place]
        if item.role == "mark" and item.text in (",", "，", ")", "(", ":"):
            return place
        if aside and named and is_predicate(item):
            return place
        named = named or (bool(item.keys) and not is_predicate(item))
    return len(items)
