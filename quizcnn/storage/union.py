"""Two logs as one, by attempt id: ``together(a, b) == together(b, a)`` and ``together(a, a) == a``, undo steps left aside.

What both hold differently is settled by the values alone, never by which side they stand on:

* an attempt: undone wins over standing, a later overruling over an earlier one, a rating of the learner's own over the proposed one;
* a card set aside or not: as on the side where it was answered last;
* a session: as it was saved last; a mark on a question: cleared wins.

The attempts of a card stand in the order of a side that knows all of them. Where none does, they stand by their moments, and what
hangs on an attempt's place (review count, state before, predicted recall) is computed anew. Undo takes back what was answered on this
machine: the steps of a record that has attempts stay its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import zip_longest
from typing import TypeVar

from quizcnn.scheduling.card import CardState, State, Suspended
from quizcnn.scheduling.replay import Review, advance
from quizcnn.storage.log import Log, LoggedAttempt, LoggedFlag, LoggedSession, UndoStep, flag_order
from quizcnn.storage.recall import predict

T = TypeVar("T")
_NEVER = datetime.min.replace(tzinfo=UTC)
_STRENGTH: Mapping[Suspended | None, int] = {None: 0, "leech": 1, "learner": 2}


def together(mine: Log, given: Log) -> Log:
    """All of both."""
    ids = mine.attempts.keys() | given.attempts.keys()
    won = [_of_both(mine.attempts.get(name), given.attempts.get(name), _attempt_weight) for name in ids]
    attempts = {each.attempt.id: each for each in sorted(_placed(mine, given, won), key=_moment)}
    return Log(
        _cards(mine, given, attempts.values()),
        attempts,
        _sessions(mine, given),
        tuple(_flags(mine.flags, given.flags)),
        tuple(_steps(mine, given, attempts)),
    )


def _of_both(mine: T | None, given: T | None, weight: Callable[[T], tuple[object, ...]]) -> T:
    """The weightier one where they differ; one of them is there."""
    there = [each for each in (mine, given) if each is not None]
    return there[0] if len(there) == 1 or there[0] == there[1] else max(there, key=weight)


def _attempt_weight(each: LoggedAttempt) -> tuple[object, ...]:
    answer = each.attempt.answer
    overruled = each.overruled.at if each.overruled else _NEVER
    content = (
        replace(each.attempt, review_count=0, state_before=State.NEW, predicted=None) if each.counts else each.attempt
    )
    return (
        each.attempt.voided_at is not None,
        overruled,
        answer.chosen != answer.proposed,
        repr((content, each.policy, each.overruled)),
    )


def _moment(each: LoggedAttempt) -> tuple[datetime, str, int, str]:
    attempt = each.attempt
    return attempt.answer.answered_at, attempt.answer.question_id, attempt.review_count, attempt.id


# ---- places


def _placed(mine: Log, given: Log, won: Iterable[LoggedAttempt]) -> Iterator[LoggedAttempt]:
    """The attempts with what hangs on their places among the others of their card."""
    sides = [_by_question(log.attempts.values()) for log in (mine, given)]
    for question_id, attempts in _by_question(won).items():
        counting = {each.attempt.id: each for each in attempts if each.counts}
        yield from (each for each in attempts if not each.counts)
        knowing = [
            places
            for side in sides
            if (places := {each.attempt.id: each for each in side.get(question_id, ()) if each.counts}).keys()
            == counting.keys()
        ]
        yield from _as_known(counting, knowing) if knowing else _by_moment(question_id, counting.values())


def _by_question(attempts: Iterable[LoggedAttempt]) -> dict[str, list[LoggedAttempt]]:
    found: dict[str, list[LoggedAttempt]] = defaultdict(list)
    for each in attempts:
        found[each.attempt.answer.question_id].append(each)
    return found


Places = Mapping[str, LoggedAttempt]


def _as_known(attempts: Places, knowing: Sequence[Places]) -> Iterator[LoggedAttempt]:
    """In the places that a side gives them; where both know all and differ, one of the two by its values."""
    places = knowing[0] if len(knowing) == 1 or knowing[0] == knowing[1] else max(knowing, key=_places_weight)
    for name, each in attempts.items():
        at = places[name].attempt
        known = replace(
            each.attempt, review_count=at.review_count, state_before=at.state_before, predicted=at.predicted
        )
        yield replace(each, attempt=known)


def _places_weight(places: Places) -> list[tuple[str, int, int, int]]:
    return sorted(
        (name, each.attempt.review_count, each.attempt.state_before, each.attempt.predicted or 0)
        for name, each in places.items()
    )


def _by_moment(question_id: str, attempts: Collection[LoggedAttempt]) -> Iterator[LoggedAttempt]:
    card = CardState(question_id)
    for place, each in enumerate(sorted(attempts, key=_moment)):
        answer = each.attempt.answer
        predicted = predict(card, answer, each.policy)
        yield replace(
            each, attempt=replace(each.attempt, review_count=place, state_before=card.state, predicted=predicted)
        )
        card = advance(card, Review(answer.chosen, answer.answered_at, answer.day, answer.mistakes, each.policy))


# ---- what does not follow from the attempts


def _cards(mine: Log, given: Log, attempts: Iterable[LoggedAttempt]) -> dict[str, Suspended | None]:
    lasts = [_last_answers(log) for log in (mine, given)]
    found: dict[str, Suspended | None] = dict.fromkeys((each.attempt.answer.question_id for each in attempts), None)
    for name in sorted({*mine.cards, *given.cards, *found}):
        marks = [
            (last.get(name, _NEVER), _STRENGTH[log.cards[name]], log.cards[name])
            for log, last in zip((mine, given), lasts, strict=True)
            if name in log.cards
        ]
        found[name] = max(marks, key=lambda mark: mark[:2])[2] if marks else None
    return dict(sorted(found.items()))


def _last_answers(log: Log) -> dict[str, datetime]:
    """When each card was answered last."""
    found: dict[str, datetime] = {}
    for each in log.attempts.values():
        answer = each.attempt.answer
        found[answer.question_id] = max(answer.answered_at, found.get(answer.question_id, _NEVER))
    return found


def _sessions(mine: Log, given: Log) -> dict[str, LoggedSession]:
    ids = mine.sessions.keys() | given.sessions.keys()
    won = [_of_both(mine.sessions.get(name), given.sessions.get(name), _session_weight) for name in ids]
    return {each.id: each for each in sorted(won, key=lambda each: (each.started_at, each.id))}


def _session_weight(each: LoggedSession) -> tuple[object, ...]:
    return each.updated_at, each.finished_at is not None, repr(each)


def _flags(mine: Iterable[LoggedFlag], given: Iterable[LoggedFlag]) -> list[LoggedFlag]:
    """Marks have no id: those that were set alike are taken for the same, as many as the side with more of them has."""
    sides = [_by_setting(flags) for flags in (mine, given)]
    merged = []
    for setting in {*sides[0], *sides[1]}:
        both = zip_longest(*(sorted(side.get(setting, ()), key=_cleared) for side in sides))
        merged += [min((each for each in pair if each is not None), key=_cleared) for pair in both]
    return sorted(merged, key=flag_order)


def _by_setting(flags: Iterable[LoggedFlag]) -> dict[LoggedFlag, list[LoggedFlag]]:
    found: dict[LoggedFlag, list[LoggedFlag]] = defaultdict(list)
    for each in flags:
        found[replace(each, cleared_at=None)].append(each)
    return found


def _cleared(each: LoggedFlag) -> tuple[bool, datetime]:
    """Cleared ones before standing ones, the earliest first."""
    return each.cleared_at is None, each.cleared_at or _NEVER


def _steps(mine: Log, given: Log, attempts: Mapping[str, LoggedAttempt]) -> Iterator[UndoStep]:
    own = mine if mine.attempts else given
    return (step for step in own.steps if attempts[step.attempt_id].attempt.voided_at is None)
