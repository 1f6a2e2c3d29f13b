"""The store: all that the program asks of the learner's record, and the only door to it.

Every method that changes something is one transaction. Reading a record that does not exist yet answers as an empty one would, without
the database library; the first change makes it. All methods raise ``StorageError`` with one clear line, nothing lost.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from quizcnn import storage
from quizcnn.errors import UsageError
from quizcnn.scheduling.card import CardState, Rating, Suspended
from quizcnn.scheduling.policy import Policy
from quizcnn.scheduling.queue import LEARN_AHEAD
from quizcnn.storage.database import Database
from quizcnn.storage.records import (
    Answer,
    Attempt,
    Checked,
    DueCounts,
    Fed,
    Flag,
    PaperAnswer,
    Rebuilt,
    RecallBin,
    Recorded,
    SessionRecord,
    Tally,
    Undone,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

    import quizcnn.storage.attempts
    import quizcnn.storage.cards
    import quizcnn.storage.condition
    import quizcnn.storage.feeding
    import quizcnn.storage.flags
    import quizcnn.storage.journal
    import quizcnn.storage.log
    import quizcnn.storage.merging
    import quizcnn.storage.mistakes
    import quizcnn.storage.rebuild
    import quizcnn.storage.recall
    import quizcnn.storage.sessions
    import quizcnn.storage.tallies  # noqa: F401
    from quizcnn.storage.log import Log, Merged

T = TypeVar("T")
DEFAULT_POLICY = Policy()
RECENT_PARAMETERS = 8
USUAL_TIMES = 20


def open_store(database: str = "") -> Store:
    """The store of a database URL, or of the default file. Nothing is opened yet."""
    return Store(Database(database))


class Store:
    """The learner's record."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @property
    def where(self) -> str:
        """The file, or the URL without its password."""
        return self.database.place.where

    @property
    def path(self) -> Path | None:
        """The file, whether it is there or not; None where the record is no file."""
        return self.database.place.path

    def exists(self) -> bool:
        return self.database.place.exists()

    def close(self) -> None:
        self.database.close()

    def _read(self, query: Callable[[Connection], T], empty: T) -> T:
        return self.database.read(query, empty)

    def _write(self, change: Callable[[Connection], T]) -> T:
        return self.database.write(change)

    # ---- what is due

    def counts_due(self, now: datetime, day_end: datetime) -> DueCounts:
        """Reviews due before ``day_end``, cards in learning steps due within the learn-ahead time, the first due moment of all."""
        return self._read(lambda c: storage.cards.count_due(c, day_end, now + LEARN_AHEAD), DueCounts(0, 0, None))

    def cards_due(
        self, now: datetime, day_end: datetime, limit: int, ids: Collection[str] | None = None
    ) -> list[CardState]:
        """Learning steps that are due, reviews due before ``day_end``, steps that may be taken ahead; each by due time.

        With ``ids`` only cards among them. Suspended cards never come.
        """
        ahead = now + LEARN_AHEAD
        return self._read(lambda c: storage.cards.due(c, storage.cards.Until(now, day_end, ahead), limit, ids), [])

    def due_until(self, ends: Sequence[datetime]) -> list[int]:
        """For each of these moments, in order, how many cards fall due before it; suspended ones are left out."""
        return self._read(lambda c: storage.cards.count_until(c, ends), [0] * len(ends))

    def card(self, question_id: str) -> CardState:
        """The card of a question; a new one where it has none."""
        return self._read(lambda c: storage.cards.find(c, question_id), None) or CardState(question_id)

    def cards_among(self, ids: Collection[str]) -> dict[str, CardState]:
        """The cards of these questions that have one."""
        return self._read(lambda c: storage.cards.among(c, ids), {})

    def begun_among(self, ids: Collection[str]) -> set[str]:
        """Of these questions, those that cannot enter as new any more: answered once, or suspended."""
        return self._read(lambda c: storage.cards.begun_among(c, ids), set())

    # ---- answers

    def record_answer(
        self, answer: Answer, *, policy: Policy = DEFAULT_POLICY, session: SessionRecord | None = None
    ) -> Recorded:
        """Store a graded answer, move its card, count it and save the session, all or nothing."""
        return self._write(lambda c: storage.journal.record(c, answer, policy, session))

    def amend_rating(self, attempt_id: str, rating: Rating, *, session: SessionRecord | None = None) -> Recorded:
        """The learner's own rating in place of the recorded one, and the session with it.

        Raises ``UsageError`` for an attempt that is unknown or undone.
        """
        return self._write(lambda c: storage.journal.amend(c, attempt_id, rating, session))

    def overrule(
        self,
        attempt_id: str,
        verdict: str,
        score: float,
        rating: Rating,
        at: datetime,
        *,
        session: SessionRecord | None = None,
    ) -> Recorded:
        """The learner's word against the grader's; the grader's verdict is kept beside it. Raises as :meth:`amend_rating` does."""
        return self._write(lambda c: storage.journal.decide(c, attempt_id, verdict, score, rating, at, session))

    def feed(self, papers: Sequence[PaperAnswer], at: datetime, *, policy: Policy = DEFAULT_POLICY) -> Fed:
        """Take in marks of papers, all or nothing: each under its id, at its own moment among the card's other answers.

        The same marks again change nothing; others under the same ids replace them. They are not on the undo stack.
        """
        return self._write(lambda c: storage.feeding.feed(c, papers, policy, at))

    def undo(self, at: datetime) -> Undone | None:
        """Void the last answer, of this session or an earlier one; None where there is none left (30 are kept)."""
        return self._write(lambda c: storage.journal.undo(c, at)) if self.exists() else None

    def undo_steps(self) -> int:
        """How many answers can be undone."""
        return self._read(lambda c: storage.journal.steps_left(c), 0)

    def attempts(
        self,
        *,
        question_id: str | None = None,
        since: datetime | None = None,
        limit: int | None = None,
        voided: bool = False,
    ) -> list[Attempt]:
        """Attempts, newest first; those that were undone only with ``voided``."""
        return self._read(lambda c: list(storage.attempts.history(c, question_id, since, limit, voided)), [])

    def attempt(self, attempt_id: str) -> Attempt:
        """One attempt. Raises ``UsageError`` where there is none."""
        found = self._read(lambda c: storage.attempts.find(c, attempt_id), None)
        if found is None:
            raise UsageError("no such answer is recorded", where=attempt_id)
        return found

    def recent_parameters(self, question_id: str, limit: int = RECENT_PARAMETERS) -> list[str]:
        """The last parameter sets of a card as canonical JSON, newest first, undone and practised ones too."""
        return self._read(lambda c: storage.attempts.recent_parameters(c, question_id, limit), [])

    def right_times(self, kind: str, limit: int = USUAL_TIMES) -> list[int]:
        """Milliseconds of the last right answers of a kind, newest first (for ``scheduling.rating.usual_time``)."""
        return self._read(lambda c: storage.attempts.right_times(c, kind, limit), [])

    # ---- sessions

    def save_session(self, session: SessionRecord, at: datetime) -> None:
        """Write a session's state, also its end."""
        self._write(lambda c: storage.sessions.write(c, session, at))

    def open_session(self) -> SessionRecord | None:
        """The unfinished session that was worked on last."""
        return self._read(lambda c: storage.sessions.newest_open(c), None)

    def session(self, session_id: str) -> SessionRecord | None:
        return self._read(lambda c: storage.sessions.find(c, session_id), None)

    # ---- marks

    def suspend(self, question_id: str, reason: Suspended | None = "learner") -> CardState:
        """Set a card aside; with None take it back."""
        return self._write(lambda c: storage.flags.suspend(c, question_id, reason))

    def flag(self, question_id: str, at: datetime, *, seed: int | None = None, note: str = "") -> Flag:
        """Mark a question to be looked at."""
        return self._write(lambda c: storage.flags.add(c, question_id, at, seed, note))

    def clear_flags(self, question_id: str, at: datetime) -> int:
        """Take the marks off a question; how many there were."""
        return self._write(lambda c: storage.flags.clear(c, question_id, at))

    def flags(self) -> list[Flag]:
        """The marks that stand, oldest first."""
        return self._read(lambda c: storage.flags.standing(c), [])

    # ---- figures

    def tallies(
        self,
        by: Collection[str] = ("day", "topic", "kind"),
        *,
        since: date | None = None,
        until: date | None = None,
        monthly: bool = False,
    ) -> list[Tally]:
        """Counted answers, summed over what is not in ``by``; days from ``since`` to ``until``, both included.

        ``monthly`` reads the sums of whole months, fewer rows for long spans: ``day`` is then a month's first.
        """
        return self._read(lambda c: storage.tallies.read(c, by, since, until, monthly=monthly), [])

    def today(self, day: date) -> Tally:
        """What a learning day brought so far: ``new`` and ``reviews`` count against the day's limits."""
        found = self.tallies((), since=day, until=day)
        return found[0] if found else Tally(day, "", "", 0, 0, 0, 0, 0, 0, 0)

    def mistakes(self, since: date, *, monthly: bool = False) -> list[tuple[str, str, int]]:
        """``(question id, mistake, how often)`` since a day, most frequent first; ``monthly``: from the sums of whole months."""
        return self._read(lambda c: storage.mistakes.by_question(c, since, monthly=monthly), [])

    def mistake_days(self, since: date, *, monthly: bool = False) -> list[tuple[date, str, int]]:
        """``(day, mistake, how often)`` since a day; ``monthly``: by month, the day being its first."""
        return self._read(lambda c: storage.mistakes.by_period(c, since, monthly=monthly), [])

    def recall(self, since: date) -> list[RecallBin]:
        """Reviews since a day by the chance to remember that they had beforehand, the least first."""
        return self._read(lambda c: storage.recall.read(c, since), [])

    # ---- to and from other machines

    def log(self) -> Log:
        """All that does not follow from something else in the record; an empty log where there is none."""
        return self._read(lambda c: storage.log.read_log(c), storage.log.NOTHING)

    def take_in(self, log: Log, *, before: Callable[[], None], then: Callable[[], None]) -> Merged:
        """Merge a log by attempt id, all or nothing. ``before`` is called ahead of the first change, ``then`` as the last thing before
        all is made fast; where either raises, nothing is changed.
        """
        return storage.merging.take_in(self.database, log, before=before, then=then)

    def foresee(self, log: Log) -> Merged:
        """What merging a log would bring."""
        return storage.merging.foresee(self.database, log)

    # ---- care

    def rebuild(self, check: bool = False) -> Rebuilt:
        """Play the log again; write what differs, or with ``check`` only say so."""
        empty = Rebuilt(0, 0, (), False)
        if check:
            return self._read(lambda c: storage.rebuild.rebuild(c, check=True), empty)
        return self._write(lambda c: storage.rebuild.rebuild(c, check=False)) if self.exists() else empty

    def upgrade(self) -> str | None:
        """Bring an older record up to date; its schema before, or None where nothing was to do."""
        return self.database.upgrade()

    def check(self) -> Checked:
        """The condition of the record; a missing one is whole and empty. Raises ``StorageError`` where it cannot be opened at all."""
        return self._read(lambda c: storage.condition.check(c, self.where), Checked(self.where, "", 0, 0, 0, 0, 0, ()))
