"""The order of a session: due cards, new cards by interview frequency with lift, siblings apart, missed cards back.

Everything is pure. A *sibling* is a card of the same topic. Nothing is ever hidden: order is all that topics decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

BACK_AFTER = 5
"""A missed card comes back about so many cards on."""
LEARN_AHEAD = timedelta(minutes=20)
"""A learning step may be taken so much early when nothing else is left."""
SIBLING_GAP = 2
"""At least so many other cards stand between siblings, where there are others."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question as the queue sees it. ``frequency`` (1 to 3, how often interviews ask its topic) and ``difficulty`` 1 to 5."""

    id: str
    topic: str
    frequency: int
    difficulty: int
    outside: bool = False
    """Not in an area that the learner's interview is on."""
    mastered: bool = False
    """So easy for this learner, as a placement found, that it can wait."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many new cards and reviews a day may bring, and how many it brought so far."""

    new_per_day: int
    reviews_per_day: int
    new_today: int = 0
    reviews_today: int = 0

    @property
    def new_left(self) -> int:
        return max(0, self.new_per_day - self.new_today)

    @property
    def reviews_left(self) -> int:
        return max(0, self.reviews_per_day - self.reviews_today)


Rank = tuple[bool, bool, int, int, int, str]


def choose_new(
    candidates: Sequence[Candidate], seen: Mapping[str, int], prerequisites: Mapping[str, Sequence[str]], limit: int
) -> list[Candidate]:
    """The next ``limit`` new cards in the order they should enter.

    ``candidates`` are the questions without a card, ``seen`` counts the cards already begun by topic, ``prerequisites`` is the whole
    topic graph. Cards outside the learner's areas come last, before them mastered ones; then frequency decides, then difficulty, then
    which topic was touched least. Lift: a topic not yet begun that stands under (also indirectly) a begun one goes just before the
    first card that waits for it.
    """
    begun, left, chosen = dict(seen), list(candidates), list[Candidate]()
    below = _Graph(prerequisites)
    while left and len(chosen) < limit:
        pick = _next_new(left, begun, below)
        chosen.append(pick)
        left.remove(pick)
        begun[pick.topic] = begun.get(pick.topic, 0) + 1
    return chosen


def _next_new(left: Sequence[Candidate], begun: Mapping[str, int], below: _Graph) -> Candidate:
    """The best card; where begun topics wait for topics not begun, the deepest of these first."""
    best: dict[str, Candidate] = {}
    for candidate in left:
        known = best.get(candidate.topic)
        if known is None or _rank(candidate, begun) < _rank(known, begun):
            best[candidate.topic] = candidate
    first = min(best.values(), key=lambda candidate: _rank(candidate, begun))
    while first.topic in begun:
        below_it = (best[topic] for topic in below.under(first.topic) if topic in best and topic not in begun)
        waiting_for = [card for card in below_it if not card.mastered]
        if not waiting_for:
            break
        roots = [card for card in waiting_for if not below.under(card.topic) & {other.topic for other in waiting_for}]
        first = min(roots or waiting_for, key=lambda candidate: _rank(candidate, begun))
    return first


def _rank(candidate: Candidate, begun: Mapping[str, int]) -> Rank:
    asked, touched = -candidate.frequency, begun.get(candidate.topic, 0)
    return (candidate.outside, candidate.mastered, asked, candidate.difficulty, touched, candidate.id)


class _Graph:
    """All topics under a topic, kept once computed; a cycle ends where it began."""

    def __init__(self, prerequisites: Mapping[str, Sequence[str]]) -> None:
        self._direct, self._all = prerequisites, dict[str, Set[str]]()

    def under(self, topic: str) -> Set[str]:
        if topic not in self._all:
            found, open_topics = set[str](), list(self._direct.get(topic, ()))
            while open_topics:
                name = open_topics.pop()
                if name not in found and name != topic:
                    found.add(name)
                    open_topics.extend(self._direct.get(name, ()))
            self._all[topic] = frozenset(found)
        return self._all[topic]


def keep_apart(ids: Sequence[str], topics: Mapping[str, str], before: Sequence[str] = ()) -> list[str]:
    """The ids in nearly the same order, siblings parted by at least ``SIBLING_GAP`` others where there are others.

    ``before``: the topics shown last, newest last.
    """
    left, recent, ordered = list(ids), list(before), list[str]()
    while left:
        near = recent[-SIBLING_GAP:]
        pick = min(left, key=lambda name: _closeness(topics.get(name, name), near))
        left.remove(pick)
        ordered.append(pick)
        recent.append(topics.get(pick, pick))
    return ordered


def _closeness(topic: str, near: Sequence[str]) -> int:
    """How soon after a sibling: 0 not soon, the greater the nearer."""
    return max((place + 1 for place, other in enumerate(near) if other == topic), default=0)


def mix(reviews: Sequence[str], new: Sequence[str]) -> list[str]:
    """Reviews with the new cards spread evenly among them, a review first."""
    if not new:
        return list(reviews)
    total, mixed, taken = len(reviews) + len(new), list[str](), 0
    waiting = iter(reviews)
    for place in range(total):
        if (place + 1) * len(new) // total > taken:
            mixed.append(new[taken])
            taken += 1
        else:
            mixed.append(next(waiting))
    return mixed


def put_back(waiting: Sequence[str], name: str, gap: int = BACK_AFTER) -> list[str]:
    """The cards that wait, with a missed one put back ``gap`` cards on, or last where fewer wait."""
    return [*waiting[:gap], name, *waiting[gap:]]


def comes_back(due: datetime | None, now: datetime, ahead: timedelta = LEARN_AHEAD) -> bool:
    """Whether a card in learning steps may still be asked in this session."""
    return due is not None and due <= now + ahead
