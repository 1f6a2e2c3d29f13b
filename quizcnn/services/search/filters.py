"""The filters of a search: their names in both languages, their legal values, and the questions that each value admits.

A value is known by its slug, by the beginning of its slug or name, or by the beginnings of their words; so it need not be typed whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from quizcnn.bank.models import KINDS
from quizcnn.services.search.folding import fold, is_chinese, pieces
from quizcnn.services.search.record import STATES, Record
from quizcnn.services.words import AREAS
from quizcnn.services.words import KINDS as KIND_NAMES
from quizcnn.text import Text

if TYPE_CHECKING:
    from quizcnn.bank.catalog import Catalog, Row
    from quizcnn.services.search.mistakes import Mistakes

Name = Literal["kind", "area", "topic", "state", "mistake", "difficulty"]
NAMES: Mapping[Name, Text] = {
    "kind": Text("kind", "题型"),
    "area": Text("area", "领域"),
    "topic": Text("topic", "主题"),
    "state": Text("state", "状态"),
    "mistake": Text("mistake", "错法"),
    "difficulty": Text("difficulty", "难度"),
}
STATE_NAMES = {
    "new": Text("new", "新卡"),
    "learning": Text("learning", "学习中"),
    "review": Text("review", "复习"),
    "due": Text("due", "到期"),
    "suspended": Text("suspended", "已暂停"),
    "flagged": Text("flagged", "已标记"),
}
OTHER_NAMES = {"short_answer": "text", "cloze": "gap", "ordering": "order", "matching": "match", "recall": "rate"}
"""What kinds are also called."""
MADE = "made"
MADE_NAME = Text("made by me", "犯过")
HARDEST = 5
_SPAN = re.compile(r"([1-5])(?:(-|\+)([1-5])?)?")
_NEAR, _NEAR_NAME = 0.5, 0.65


def find_name(typed: str) -> Name | None:
    """The filter that is called so, in either language."""
    return next((name for name, label in NAMES.items() if typed in (label.en, label.zh)), None)


def nearest_name(typed: str) -> Name | None:
    """The filter whose name looks most like this."""
    near = get_close_matches(
        typed, [word for label in NAMES.values() for word in (label.en, label.zh)], n=1, cutoff=_NEAR_NAME
    )
    return find_name(near[0]) if near else None


class Filters:
    """What the values of each filter admit, over one catalog; record and mistakes are asked for when a filter needs them."""

    def __init__(self, catalog: Catalog, record: Callable[[], Record], mistakes: Callable[[], Mistakes]) -> None:
        self._catalog, self._record, self._mistakes = catalog, record, mistakes
        self._options: dict[Name, Mapping[str, Sequence[str]]] = {}

    def options(self, name: Name) -> Mapping[str, Sequence[str]]:
        """The legal values by slug, with all names that each goes by."""
        if name not in self._options:
            self._options[name] = self._list_options(name)
        return self._options[name]

    def _list_options(self, name: Name) -> Mapping[str, Sequence[str]]:
        rows = self._catalog.rows()
        if name == "kind":
            return {kind: (kind, *_both(KIND_NAMES[kind]), OTHER_NAMES.get(kind, kind)) for kind in KINDS}
        if name == "area":
            areas = dict.fromkeys(row.area for row in rows)
            return {area: (area, *_both(AREAS.get(area, Text.same(area)))) for area in areas}
        if name == "topic":
            topics = dict.fromkeys(row.topic for row in rows)
            return {topic: (topic, *_both(self._catalog.topic(topic).title)) for topic in topics}
        if name == "state":
            return {state: (state, *_both(STATE_NAMES[state])) for state in STATES}
        if name == "mistake":
            labels = {slug: (slug, *_both(label)) for slug, label in self._mistakes().labels.items()}
            return {MADE: (MADE, *_both(MADE_NAME)), **labels}
        return {str(level): (str(level),) for level in range(1, HARDEST + 1)}

    def choose(self, name: Name, value: str) -> tuple[str, ...]:
        """The legal values that a typed one stands for; empty where it stands for none."""
        if name == "difficulty":
            return _levels(value)
        wanted = pieces(value)
        options = self.options(name)
        same = tuple(slug for slug, names in options.items() if any(pieces(each) == wanted for each in names))
        if same or not wanted:
            return same
        return tuple(slug for slug, names in options.items() if any(_begins(wanted, pieces(each)) for each in names))

    def nearest(self, name: Name, value: str) -> tuple[str, ...]:
        """Up to three values that look most like this one: names, or words of names that stand for a value as well."""
        known: dict[str, str] = {}
        for slug, names in self.options(name).items():
            known |= {fold(each): slug for each in names} | {word: word for each in names for word in pieces(each)}
        near = [known[each] for each in get_close_matches(fold(value), list(known), n=6, cutoff=_NEAR)]
        different: dict[tuple[str, ...], str] = {}
        for each in near:
            different.setdefault(self.choose(name, each), each)
        return tuple(different.values())[:3] or tuple(self.options(name))[:3]

    def admits(self, name: Name, values: frozenset[str], row: Row) -> bool:
        """Whether a question has one of these values."""
        match name:
            case "kind":
                return row.kind in values
            case "area":
                return row.area in values
            case "topic":
                return row.topic in values
            case "difficulty":
                return str(row.difficulty) in values
            case "state":
                return not values.isdisjoint(self._record().states(row.id))
            case "mistake":
                return self._has_mistake(values, row.id)

    def _has_mistake(self, values: frozenset[str], question_id: str) -> bool:
        """Whether one of the mistakes can be made in a question, or was."""
        made = self._record().mistakes.get(question_id, frozenset())
        if MADE in values and made:
            return True
        questions = self._mistakes().questions
        return not values.isdisjoint(made) or any(question_id in questions.get(slug, ()) for slug in values)


def _both(text: Text) -> tuple[str, str]:
    return text.en, text.zh


def _begins(wanted: Sequence[str], known: Sequence[str]) -> bool:
    """Whether each piece begins a word of the name; a Chinese run may stand anywhere in it."""
    return all(any(run in each if is_chinese(run) else each.startswith(run) for each in known) for run in wanted)


def _levels(value: str) -> tuple[str, ...]:
    """``3``, ``2-4``, ``4-`` and ``4+`` as single levels."""
    found = _SPAN.fullmatch(fold(value))
    if found is None:
        return ()
    first, last = int(found[1]), int(found[3] or (HARDEST if found[2] else found[1]))
    return tuple(str(level) for level in range(first, last + 1))
