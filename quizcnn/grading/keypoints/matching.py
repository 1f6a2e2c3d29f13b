"""Whether a clause holds a pattern: words, concepts, and how they stand together.

What stands in a part's place turned round (an opposite, a rival) is counted with the match; who counts denials is
:mod:`quizcnn.grading.keypoints.denial`, and relations are met in :mod:`quizcnn.grading.keypoints.relations`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import TypeAlias, TypeVar

from quizcnn.grading.keypoints import patterns as p
from quizcnn.grading.keypoints.lexicon import Lexicon
from quizcnn.grading.keypoints.matches import INHERITED, NOTHING, RIVAL_SHARE, WIDER, Match, cover_of, joined, once
from quizcnn.grading.keypoints.view import View

Weighted: TypeAlias = list[tuple[float, Match]]
HEAVY = 0.5
"""A part that weighs so much is needed; the others are asked already, or examples."""


Meeting = TypeVar("Meeting", bound=Callable[..., Match])
_MEETINGS: dict[type, Callable[..., Match]] = {}


def meets(kind: type) -> Callable[[Meeting], Meeting]:
    """How a kind of pattern is met."""

    def register(meeting: Meeting) -> Meeting:
        _MEETINGS[kind] = meeting
        return meeting

    return register


def meet(pattern: p.Pattern, view: View) -> Match:
    """How much of the pattern is in the clause, denials not counted."""
    return _MEETINGS[type(pattern)](pattern, view)


@meets(p.Concept)
def _concept(pattern: p.Concept, view: View) -> Match:
    if (known := view.concepts.get(pattern.ids)) is None:
        known = view.concepts[pattern.ids] = _any_of(pattern.ids, view)
    return known


def _any_of(names: tuple[str, ...], view: View) -> Match:
    """The concept of several that is there most plainly."""
    near = related_to(names, view.lexicon)
    named = not (near.isdisjoint(view.keys) and near.isdisjoint(view.inherited))
    for reading in _READINGS if named else (_spelt,):
        for name in names:
            if (found := reading(name, view)) is not None:
                return found
    return Match(0.0, lacking=names[:1])


def _present(name: str, view: View) -> Match | None:
    """The concept itself; of several places one that is not denied."""
    places = view.by_key.get(name)
    if not places:
        return None
    return view.found([view.items[places[-1] if view.denied_at(places[0]) else places[0]]], name)


def _opposed(name: str, view: View) -> Match | None:
    """The quantity that a word moves by itself, or the concept's opposite."""
    if (loaded := next((frame for frame in view.frames if frame.item.quantity == name), None)) is not None:
        return view.found([loaded.item], name)
    opposite = next((other for other in view.lexicon.opposites.get(name, ()) if other in view.by_key), "")
    if not opposite:
        return None
    found = view.found([view.items[view.by_key[opposite][0]]], name)
    return found._replace(opposed=1, because=(f"{opposite} is the opposite of {name}",))


def _rivalled(name: str, view: View) -> Match | None:
    """What is taken for the concept, where it is asserted in its place."""
    for other in sorted(view.lexicon.rivals.get(name, frozenset())):
        for place in view.by_key.get(other, ()):
            if other in view.items[place].own and not view.denied_at(place) and not view.is_reference(place):
                because = (f"{other} stands for {name}",)
                return Match(1.0, 1, (view.items[place],), because, fresh=other not in view.asked)
    return None


def _composed(name: str, view: View) -> Match | None:
    """All that the concept implies, named by words of their own: the gradient that vanishes, but not one wider term and what it implies."""
    parts = view.lexicon.implied.get(name, ())[1:]
    if len(parts) < 2 or not all(part in view.by_key for part in parts):
        return None
    if len({view.by_key[part][0] for part in parts}) < 2:
        return None
    return view.found([view.items[view.by_key[part][0]] for part in parts], name)


def _wider(name: str, view: View) -> Match | None:
    """A wider term in the place of a narrower one."""
    for wider in view.lexicon.implied.get(name, ())[1:]:
        if places := [place for place in view.by_key.get(wider, ()) if wider in view.items[place].own]:
            return view.found([view.items[places[0]]], name)._replace(share=WIDER)
    return None


def _inherited(name: str, view: View) -> Match | None:
    return Match(INHERITED) if name in view.inherited else None


def _spelt(name: str, view: View) -> Match | None:
    item = view.alike(name)
    return view.found([item], name) if item is not None else None


_MET = Match(1.0)
_READINGS = (_present, _opposed, _rivalled, _composed, _wider, _inherited, _spelt)


@lru_cache(maxsize=8192)
def related_to(names: Collection[str], lexicon: Lexicon) -> frozenset[str]:
    """These concepts with all that may stand in their place: opposites, rivals, what naming them implies."""
    opposites = (other for name in names for other in lexicon.opposites.get(name, ()))
    rivals = (other for name in names for other in lexicon.rivals.get(name, ()))
    wider = (other for name in names for other in lexicon.implied.get(name, ()))
    return frozenset((*names, *opposites, *rivals, *wider))


@meets(p.Word)
def _word(pattern: p.Word, view: View) -> Match:
    if pattern.exact or pattern.prefix:
        test = str.startswith if pattern.prefix else str.__eq__
        item = next((each for each in view.items if test(each.text, pattern.text)), None)
    else:
        places = view.by_key.get(pattern.root) or [
            at for at, each in enumerate(view.items) if each.text == pattern.text
        ]
        item = view.items[places[0]] if places else view.alike(pattern.root)
    if item is None:
        return Match(0.0, lacking=(pattern.text,))
    return view.found([item], pattern.root)


@meets(p.All)
def _all(pattern: p.All, view: View) -> Match:
    return joined([meet(part, view) for part in pattern.parts])


@meets(p.Either)
def _either(pattern: p.Either, view: View) -> Match:
    found = [meet(part, view) for part in pattern.parts]
    return max(found, key=lambda match: (match.share >= 1 and match.turns == 0, match.share >= 1, match.share))


@meets(p.Maybe)
def _maybe(pattern: p.Maybe, view: View) -> Match:
    found = meet(pattern.part, view)
    return Match(1.0, 0, found.items if found.share >= 1 and not found.turns else (), fresh=False)


@meets(p.Row)
def _row(pattern: p.Row, view: View) -> Match:
    found = [meet(part, view) for part in pattern.parts]
    whole = joined(found)
    if whole.share < 1 or not all(match.items for match in found):
        return whole._replace(share=min(whole.share, 0.5))
    spots = [view.places[id(match.items[0])] for match in found]
    gaps = [b - a - 1 for a, b in itertools.pairwise(spots)]
    fits = all(gap >= 0 and (pattern.gap is None or gap <= pattern.gap) for gap in gaps)
    return whole if fits else whole._replace(share=0.5)


@meets(p.Without)
def _without(pattern: p.Without, view: View) -> Match:
    return NOTHING if meet(pattern.part, view).share >= 1 else _MET


@meets(p.Enough)
def _enough(pattern: p.Enough, view: View) -> Match:
    found = once([(weight, meet(part, view)) for weight, part in pattern.parts])
    if any(match.swapped for _, match in found):
        return _of_the_other(pattern, found, view)
    if any(match.opposed and match.share >= 1 for weight, match in found if weight < HEAVY):
        return NOTHING
    heavy = [(weight, match) for weight, match in found if weight >= HEAVY]
    used = [match for _, match in found if match.share >= WIDER]
    share = _share_met(pattern, found, heavy)
    return Match(
        share,
        sum(match.turns for _, match in heavy if match.share >= 1),
        tuple(dict.fromkeys(item for match in used for item in match.items)),
        tuple(dict.fromkeys(line for match in used for line in match.because)),
        tuple(name for _, match in heavy if match.share < 1 for name in match.lacking),
        frozenset(place for match in used for place in match.framed),
        any(match.fresh for _, match in heavy if match.share >= WIDER),
        sum(match.opposed for _, match in heavy if match.share >= 1),
        cover=cover_of(heavy),
    )


def _share_met(pattern: p.Enough, found: Weighted, heavy: Weighted) -> float:
    """1 where enough of the weight is there. A rival counts for contradicting only: then the rest must be clear."""
    total = sum(weight for weight, _ in found)
    held = sum(weight * match.share for weight, match in found if match.share >= WIDER)
    turned = [weight for weight, match in heavy if match.share >= 1 and match.turns]
    needed = pattern.share
    if turned:
        alone = len(heavy) == len(turned) and any(match.items and not match.turns for _, match in found)
        rest = 0.0 if alone else total - sum(turned)
        held, total, needed = ((held - sum(turned)) / rest if rest else 1.0), 1.0, RIVAL_SHARE
    said = any(match.items for _, match in found if match.share >= WIDER) or not heavy or not pattern.share
    if said and total > 0 and held / total >= needed - 1e-9:
        return 1.0
    return min(0.9, held / total) if total else 0.0


def _of_the_other(pattern: p.Enough, found: Weighted, view: View) -> Match:
    """What is said of the thing that the question sets against the subject: no match, but told where it is the whole claim."""
    rest = tuple(each for each, (_, match) in zip(pattern.parts, found, strict=True) if not match.swapped)
    whole = meet(p.Enough(pattern.share, rest), view) if rest else NOTHING
    return Match(0.0, 0, whole.items, swapped=whole.share >= 1 and not whole.turns)
