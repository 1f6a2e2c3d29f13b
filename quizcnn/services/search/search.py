"""One search of the bank: a line goes in, ranked questions come out, or what to try instead.

The index of the words is made once; the learner's record is read once and again when it has changed. Each search then costs a few
milliseconds, so that a list can follow every key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from quizcnn.clock import now
from quizcnn.errors import StorageError
from quizcnn.services.search.filters import Filters, Name, find_name, nearest_name
from quizcnn.services.search.mistakes import Mistakes, family_mistakes, gather_mistakes
from quizcnn.services.search.query import Filter, Part, Query, read_query
from quizcnn.services.search.record import EMPTY, Past, Record, read_past, read_record

if TYPE_CHECKING:
    from quizcnn.bank.catalog import Row
    from quizcnn.services.context import Context
    from quizcnn.services.search.index import Index
    from quizcnn.text import Lang

EXACT = 1000.0
"""An id typed whole stands first."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a search finds nothing, and what to write in place of the ``part`` that is to blame.

    ``name``: no filter is called so; ``value``: the filter ``name`` has no such value; ``word``: no question holds it; ``hides``: ``count``
    questions are found without the part. ``nearest`` are texts for the line in place of the part, the best first.
    """

    what: Literal["name", "value", "word", "hides"]
    part: Part
    name: str = ""
    value: str = ""
    nearest: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of a line in order, the best first; where there are none, the reasons."""

    hits: tuple[Row, ...]
    total: int
    """So many questions has the bank."""
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class _Test:
    """A filter with what its values stand for."""

    name: Name
    values: frozenset[str]
    part: Part


class Search:
    """Searches of one bank with one learner's record."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.trouble: StorageError | None = None
        """What keeps the record from being read; the bank can be searched all the same."""
        self._record: Record | None = None
        self._pasts: dict[str, Past] = {}

    @property
    def index(self) -> Index:
        """The words of the bank; made when first asked for."""
        return self._context.index

    @property
    def record(self) -> Record:
        """The learner's record, empty where it cannot be read."""
        if self._record is None:
            try:
                self._record = read_record(self._context)
            except StorageError as error:
                self.trouble, self._record = error, EMPTY
        return self._record

    def forget_record(self) -> None:
        """Read the record again when it is next needed."""
        self._record, self.trouble = None, None
        self._pasts.clear()

    def past(self, question_id: str) -> Past:
        """The last answers to a question; none where they cannot be read."""
        if question_id not in self._pasts:
            try:
                self._pasts[question_id] = read_past(self._context, question_id)
            except StorageError as error:
                self.trouble, self._pasts[question_id] = error, Past()
        return self._pasts[question_id]

    @cached_property
    def mistakes(self) -> Mistakes:
        """The named mistakes of the bank."""
        return gather_mistakes(self._context.catalog)

    def mistake_name(self, row: Row, mistake: str | None, lang: Lang) -> str:
        """What a mistake that was made in a question is called; empty where there was none or it has no name there."""
        if mistake is None or row.family is None:
            return ""
        label = family_mistakes(row.family).get(mistake)
        return label[lang] if label is not None else ""

    # ------------------------------------------------------------------ marks

    def flag(self, question_id: str, note: str, seed: int | None) -> None:
        """Mark a question as doubtful, with a note and the variant that was seen. Raises ``StorageError``; then nothing has changed."""
        self._context.store.flag(question_id, now(), seed=seed, note=note)
        self.forget_record()

    def unflag(self, question_id: str) -> None:
        """Take the marks off a question. Raises as :meth:`flag` does."""
        self._context.store.clear_flags(question_id, now())
        self.forget_record()

    def turn_suspension(self, question_id: str) -> bool:
        """Set a question aside, or take it back; whether it is set aside now. Raises as :meth:`flag` does."""
        suspended = self._context.store.card(question_id).suspended is None
        self._context.store.suspend(question_id, "learner" if suspended else None)
        self.forget_record()
        return suspended

    # ------------------------------------------------------------------ searching

    def find(self, line: str) -> Found:
        """The hits of a line. Wrong filters admit nothing and say so."""
        query = read_query(line)
        tests, troubles = self._tests(query)
        if troubles:
            return Found((), len(self.index.rows), tuple(troubles))
        hits = self._hits(query, tests, _plain(line, query))
        return Found(hits, len(self.index.rows), () if hits else tuple(self._explain(query, tests)))

    @cached_property
    def _filters(self) -> Filters:
        return Filters(self._context.catalog, lambda: self.record, lambda: self.mistakes)

    def _tests(self, query: Query) -> tuple[list[_Test], list[Trouble]]:
        tests: list[_Test] = []
        troubles: list[Trouble] = []
        for each in query.filters:
            name = find_name(each.name)
            if name is None:
                near = nearest_name(each.name)
                troubles.append(Trouble("name", each.part, each.name, nearest=_written(near, each)))
                continue
            values: set[str] = set()
            for value in each.values:
                chosen = self._filters.choose(name, value)
                if not chosen:
                    near_values = tuple(
                        f"{each.name}:{near_value}" for near_value in self._filters.nearest(name, value)
                    )
                    troubles.append(Trouble("value", each.part, name, value, near_values))
                values.update(chosen)
            if values:
                tests.append(_Test(name, frozenset(values), each.part))
        return tests, troubles

    def _hits(self, query: Query, tests: Sequence[_Test], exact: str) -> tuple[Row, ...]:
        rows, sought = self.index.rows, query.pieces
        if sought:
            scores = self.index.find(sought)
            place = self.index.place(exact)
            if place is not None and place in scores:
                scores[place] += EXACT
            places = sorted(scores, key=lambda place: (-scores[place], place))
        else:
            places = list(range(len(rows)))
        if not tests:
            return tuple(rows[place] for place in places)
        admits = self._filters.admits
        return tuple(
            rows[place] for place in places if all(admits(test.name, test.values, rows[place]) for test in tests)
        )

    # ------------------------------------------------------------------ where nothing is found

    def _explain(self, query: Query, tests: Sequence[_Test]) -> Iterator[Trouble]:
        """Words that no question holds; else what hides the hits: a filter, or a word."""
        unknown = [word for word in query.words if not self.index.find(word.pieces)]
        for word in unknown:
            yield Trouble("word", word.part, nearest=tuple(self._instead(word.pieces)))
        if unknown:
            return
        for parts in ([test.part for test in tests], [word.part for word in query.words]):
            hiding = list(self._hiding(query, tests, parts))
            yield from hiding
            if hiding:
                return

    def _instead(self, sought: tuple[str, ...]) -> Iterator[str]:
        """The word with the piece that is not known replaced by one that is."""
        for place, piece in enumerate(sought):
            if not self.index.score(piece):
                for near in self.index.nearest(piece):
                    yield " ".join((*sought[:place], near, *sought[place + 1 :]))
                return

    def _hiding(self, query: Query, tests: Sequence[_Test], parts: Sequence[Part]) -> Iterator[Trouble]:
        """Each part without which there are hits, with their number."""
        for part in parts:
            rest = query.without(part)
            if rest.words or rest.filters:
                hits = self._hits(rest, [test for test in tests if test.part != part], "")
                if hits:
                    yield Trouble("hides", part, nearest=("",), count=len(hits))


def _plain(line: str, query: Query) -> str:
    """The only word of a line, as typed: it may be an id."""
    return query.words[0].part.text.casefold() if len(query.words) == 1 else ""


def _written(name: Name | None, each: Filter) -> tuple[str, ...]:
    """The filter under the name that was meant."""
    return (f"{name}:{','.join(each.values)}",) if name else ()
