"""Relations in a clause: quantities that move, comparisons with their sides."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.grading.keypoints import patterns as p
from quizcnn.grading.keypoints.frames import CHANGED, Frame
from quizcnn.grading.keypoints.items import Item
from quizcnn.grading.keypoints.matches import INHERITED, NOTHING, Match, joined
from quizcnn.grading.keypoints.matching import meet, meets
from quizcnn.grading.keypoints.patterns import ids_of
from quizcnn.grading.keypoints.view import View


@meets(p.Quantity)
def _quantity(pattern: p.Quantity, view: View) -> Match:
    best = NOTHING
    for frame in view.frames:
        if pattern.extreme and not frame.item.is_most:
            continue
        met = _bound(view, frame, pattern.part) if pattern.part is not None else _anything(frame)
        if not met.share:
            continue
        turns = _denied_turns(pattern.side, frame) if pattern.denied else _turns(pattern.side, frame)
        asked_of = not frame.targets and not frame.inherited and not frame.item.quantity and pattern.part is not None
        named = ids_of(pattern.part) if pattern.part is not None else frozenset()
        elsewhere = (
            bool(frame.item.quantity) and frame.item.quantity not in named and pattern.part is not None and pattern.side
        )
        of_it = pattern.part is None and frame.side == 0
        if turns is None or (turns and (asked_of or elsewhere or of_it or not _is_nearest(frame, met))):
            continue
        because = (*met.because, f"{frame.item.text}: {p.SIDES[frame.side]}") if turns else met.because
        found = Match(
            met.share,
            turns + met.turns,
            (*met.items, frame.item),
            because,
            (),
            frozenset({frame.place, *met.framed}),
            True,
            cover=met.cover,
            soft=bool(turns) and frame.side == 0,
        )
        if (found.share, -found.turns, frame.place) > (best.share, -best.turns, -1):
            best = found
    if best.share:
        return best
    return _unsaid(view, pattern)


def _unsaid(view: View, pattern: p.Quantity) -> Match:
    """A quantity without a direction: it may be denied ("no overflow" for less of it)."""
    if pattern.part is None:
        return Match(0.0, lacking=(str(pattern),))
    met = meet(pattern.part, view)
    lacking = (f"{p.SIDES[pattern.side]}({', '.join(met.lacking) or pattern.part})",)
    if met.share < 1 or met.turns or pattern.side != -1 or pattern.denied:
        return Match(0.5 if met.share >= 1 else 0.0, 0, met.items, (), lacking, fresh=met.fresh)
    near = [
        view.negations[place]
        for place, item in enumerate(view.items)
        if item in met.items and item.weight >= 0.5 and (item.kind == "act" or _follows_negator(view, place))
    ]
    odd = (max(near, default=0) % 2 == 1) != view.clause.flip
    places = frozenset(place for place, item in enumerate(view.items) if item in met.items)
    if odd:
        return met._replace(framed=places, fresh=True)
    return Match(0.5, 0, met.items, (), lacking)


def _follows_negator(view: View, place: int) -> bool:
    """Whether a negator stands just before: "no X", not "does not use X"."""
    return place > 0 and view.items[place - 1].role in ("negator", "zero")


def _anything(frame: Frame) -> Match:
    """A direction of whatever is spoken of."""
    return NOTHING if frame.item.quantity else Match(1.0, fresh=True)


def _bound(view: View, frame: Frame, part: p.Pattern) -> Match:
    """The part in what a direction is said of."""
    near = view.among(frame.targets, frame.inherited)
    if isinstance(part, p.Concept) and frame.item.quantity in part.ids:
        return Match(1.0, 0, (), fresh=True)
    met = meet(part, near)
    if met.share >= 1 and not (met.turns and isinstance(part, p.Concept)):
        return met
    if (
        not frame.targets
        and not frame.item.quantity
        and not met.turns
        and (met.share >= INHERITED or (not frame.inherited and ids_of(part) & view.asked and not _of_another(view)))
    ):
        return Match(1.0)
    unknown = frame.targets and not frame.item.quantity and not any(item.kind for item in frame.targets)
    if unknown and not frame.attributive and not ids_of(part).isdisjoint(view.inherited):
        # "lr too big in A, B too small": a name in the place of what is spoken of.
        return Match(1.0)
    if isinstance(part, p.Concept) and set(part.ids) & set(frame.item.own):
        return Match(1.0, 0, (), fresh=True)
    return NOTHING


def _of_another(view: View) -> bool:
    """Whether the clause names a quantity or thing that was not asked about: a bare direction is then said of that."""
    nouns = (item for item in view.items if item.kind in ("thing", "quantity") and item.own and not item.is_direction)
    return any(not view.asked & set(item.own) for item in nouns)


@meets(p.Together)
def _together(pattern: p.Together, view: View) -> Match:
    straight = joined([meet(pattern.one, view), meet(pattern.other, view)])
    turned = joined([meet(p.Quantity(-each.side, each.part), view) for each in (pattern.one, pattern.other)])
    return max((straight, turned), key=lambda match: (match.share, -match.turns))


@meets(p.Compare)
def _compare(pattern: p.Compare, view: View) -> Match:
    best = NOTHING
    for frame in view.frames:
        found = _compared(view, pattern, frame)
        if (found.share, -found.turns) > (best.share, -best.turns):
            best = found
    return best if best.share else Match(0.0, lacking=(str(pattern),))


def _compared(view: View, pattern: p.Compare, frame: Frame) -> Match:
    left = _part_of(
        view,
        pattern.one,
        (*frame.left, *frame.targets),
        frame.inherited or view.inherited if not frame.left else frozenset(),
    )
    right = _part_of(view, pattern.other, frame.refs)
    crossed_left = _part_of(
        view, pattern.other, (*frame.left, *frame.targets), frame.inherited if not frame.left else frozenset()
    )
    crossed_right = _part_of(view, pattern.one, frame.refs)
    of = _amount(view, pattern.of, frame)
    if not of.share:
        return NOTHING
    order = _order(pattern, frame, left, right, crossed_left, crossed_right)
    turns = _turns(pattern.side * order if pattern.side else 0, frame) if order else None
    if turns is None:
        return NOTHING
    sides = (left, right) if order == 1 else (crossed_left, crossed_right)
    items = (*of.items, *(item for match in sides if match is not None for item in match.items), frame.item)
    because = (f"{frame.item.text}: the other way",) if turns else ()
    return Match(of.share, turns, tuple(dict.fromkeys(items)), because, (), frozenset({frame.place}), True)


def _amount(view: View, of: p.Pattern | None, frame: Frame) -> Match:
    """What is compared: it may stand anywhere in the clause."""
    if of is None:
        return Match(1.0)
    if isinstance(of, p.Concept) and (frame.item.quantity in of.ids or set(of.ids) & set(frame.item.own)):
        return Match(1.0)
    met = meet(of, view)
    return met if met.share >= 1 and not met.turns else NOTHING


def _part_of(
    view: View, part: p.Pattern | None, items: Sequence[Item], inherited: frozenset[str] = frozenset()
) -> Match | None:
    """The part among these items; None where the pattern names none, a match without share where it is not there."""
    if part is None:
        return None
    met = meet(part, view.among(items, inherited))
    return met if met.share >= 0.5 and not met.turns else NOTHING


def _turns(wanted: int, frame: Frame) -> int | None:
    """0 where a direction is the wanted one, 1 where it is turned, None where it says neither."""
    if wanted == CHANGED:
        return 1 if frame.side == 0 else 0
    if frame.flipped and wanted == 0:
        return 1 if frame.side == CHANGED else 0
    if frame.weak:
        # "does not grow" denies growing, and says that it stays where that is asked.
        return 1 if frame.side == wanted else 0 if wanted == 0 else None
    return 0 if frame.side == wanted else 1


def _is_nearest(frame: Frame, met: Match) -> bool:
    """Whether what was met is what a direction is said of first: "the parameters of LN grow" turns nothing about LN."""
    if not met.items or frame.attributive or not frame.targets:
        return True
    heavy = [item for item in frame.targets if item.weight >= 0.5] or frame.targets
    ends = heavy[-1:] if not frame.item.text.isascii() else (heavy[0], heavy[-1])
    said = {key for item in met.items for key in item.keys}
    return any(not said.isdisjoint(item.keys) for item in ends)


def _denied_turns(wanted: int, frame: Frame) -> int | None:
    """The same where the pattern says that it does not go that way."""
    if frame.weak:
        return 0 if frame.side == wanted else None
    if frame.flipped and frame.side == -wanted:
        return 0
    return 0 if frame.side == 0 else 1 if frame.side == wanted else None


def _order(
    pattern: p.Compare,
    frame: Frame,
    left: Match | None,
    right: Match | None,
    crossed_left: Match | None,
    crossed_right: Match | None,
) -> int:
    """1 where the sides stand as in the pattern, -1 where they are exchanged, 0 where neither is clear."""

    def there(match: Match | None) -> bool:
        return match is not None and match.share > 0

    if there(left) and not there(crossed_left) and (there(right) or not frame.refs or right is None):
        return 1
    if there(crossed_left) and not there(left) and (there(crossed_right) or not frame.refs or crossed_right is None):
        return -1
    if there(right) and not there(crossed_right):
        return 1
    if there(crossed_right) and not there(right):
        return -1
    if left is None and not there(crossed_left) and not frame.refs:
        return 1
    return 0
