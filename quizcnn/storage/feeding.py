"""Marks of papers in the log: each under an id of its own and at the paper's date, as often as they are brought.

Such an answer stands among its card's others by its moment, so those after it move on by one: the card is played again, and of every
attempt what hangs on its place (review count, state before, predicted recall) is written anew together with the figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import Connection

from quizcnn.scheduling.card import CardState, State
from quizcnn.scheduling.policy import Policy
from quizcnn.scheduling.rating import becomes_leech
from quizcnn.scheduling.replay import Review, advance
from quizcnn.storage import attempts, cards, counting, recall
from quizcnn.storage.records import Attempt, Fed, PaperAnswer

Line: TypeAlias = "tuple[Attempt, Review]"
Came: TypeAlias = Literal["new", "replaced", "unchanged", "withdrawn"]


def feed(connection: Connection, papers: Sequence[PaperAnswer], policy: Policy, at: datetime) -> Fed:
    """Record, replace or take back each of these marks; ``at`` is when a mark was taken back."""
    came: Counter[Came] = Counter(_feed(connection, paper, policy, at) for paper in papers)
    return Fed(**dict(came.items()))


def _feed(connection: Connection, paper: PaperAnswer, policy: Policy, at: datetime) -> Came:
    old = attempts.find(connection, paper.id)
    stands = old is not None and old.voided_at is None
    answer = paper.answer
    if answer is None:
        if not stands or old is None:
            return "unchanged"
        _take_out(connection, old, at)
        settle(connection, old.answer.question_id)
        return "withdrawn"
    if old is not None and not paper.dated:
        answer = replace(answer, answered_at=old.answer.answered_at, day=old.answer.day)
    if stands and old is not None and old.answer == answer:
        return "unchanged"
    if stands and old is not None:
        _take_out(connection, old, at)
    _put_in(connection, Attempt(paper.id, answer, 0, State.NEW), policy, known=old is not None)
    return "replaced" if old is not None else "new"


def _take_out(connection: Connection, old: Attempt, at: datetime) -> None:
    counting.count(connection, old, -1)
    attempts.update(connection, old.id, voided_at=at)


def _put_in(connection: Connection, record: Attempt, policy: Policy, *, known: bool) -> None:
    """Write the attempt at its place by time and play the card again."""
    question_id = record.answer.question_id
    lines = attempts.counting(connection, question_id)
    if not known:
        if cards.find(connection, question_id) is None:
            cards.write(connection, CardState(question_id))
        attempts.insert(connection, record, policy)
    else:
        attempts.rewrite(connection, record)
    counting.count(connection, record)
    place = next((n for n, (other, _) in enumerate(lines) if other.answer.answered_at > record.answer.answered_at), len(lines))  # fmt: skip
    taken = attempts.policy_of(connection, record.id)
    lines.insert(place, (record, attempts.as_review(record.answer, taken)))
    _play(connection, question_id, lines, mark_leech=place == len(lines) - 1)


def settle(connection: Connection, question_id: str) -> CardState:
    """Play a card again after an attempt of it was taken out, and write what hangs on the places of the others."""
    return _play(connection, question_id, attempts.counting(connection, question_id), mark_leech=False)


def _play(connection: Connection, question_id: str, lines: Sequence[Line], *, mark_leech: bool) -> CardState:
    """The card after these answers; suspensions stay, but for a last answer that makes a leech."""
    card = before = CardState(question_id)
    for place, (record, taken) in enumerate(lines):
        right = _placed(record, place, card, taken.policy)
        if right != record:
            counting.count(connection, record, -1)
            attempts.update(connection, right.id, review_count=place, state_before=int(card.state), predicted=right.predicted)  # fmt: skip
            counting.count(connection, right)
        before, card = card, advance(card, taken)
    stored = cards.find(connection, question_id) or CardState(question_id)
    leech = mark_leech and becomes_leech(before, card)
    card = replace(card, suspended="leech" if leech else stored.suspended)
    cards.write(connection, card)
    return card


def _placed(record: Attempt, place: int, card: CardState, policy: Policy) -> Attempt:
    predicted = recall.predict(card, record.answer, policy)
    return replace(record, review_count=place, state_before=card.state, predicted=predicted)
