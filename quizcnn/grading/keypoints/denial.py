"""A pattern in a clause with its denials counted: said, denied, or turned round.

None turned: said. One: contradicted. Several: another claim.
"""

from __future__ import annotations

from dataclasses import replace

from quizcnn.grading.keypoints import bindings, relations  # noqa: F401  they register what they meet
from quizcnn.grading.keypoints import patterns as p
from quizcnn.grading.keypoints.frames import covered
from quizcnn.grading.keypoints.matches import NOTHING, RIVAL_SHARE, Match
from quizcnn.grading.keypoints.matching import meet, meets
from quizcnn.grading.keypoints.view import View


def match_clause(view: View, pattern: p.Pattern) -> Match:
    """The pattern in this clause, denials counted."""
    if view.clause.without:
        return _otherwise(view, pattern)
    met = meet(pattern, view)
    if not met.share:
        return met
    if met.turns and len(met.items) == 1 and not met.framed:
        # A rival alone is another subject, not another answer.
        return NOTHING
    found = deny(view, met)
    return found._replace(share=0.9, turns=0) if found.turns and found.cover < RIVAL_SHARE - 1e-9 else found


def _otherwise(view: View, pattern: p.Pattern) -> Match:
    """What would be so without the thing: said as it stands or as its opposite, and never a contradiction."""
    readings = (
        View(replace(view.clause, flip=flip, without=False), view.asked, view.lexicon) for flip in (True, False)
    )
    found = [match_clause(reading, pattern) for reading in readings]
    return next((match for match in found if match.share >= 1 and match.side > 0), NOTHING)


def deny(view: View, met: Match) -> Match:
    """A match with the denials that cover its words."""
    skip = frozenset(at for frame in view.frames if frame.place in met.framed for at in frame.negators)
    places = view.places
    # A zero that is itself wanted denies nothing.
    skip |= {places[id(item)] for item in met.items if item.role in ("zero", "negator") and id(item) in places}
    counts = covered(view.items, skip) if skip else view.negations
    free = [item for item in met.items if places.get(id(item), -1) not in met.framed and item.weight >= 0.5]
    bearing = free or [item for item in met.items if places.get(id(item), -1) not in met.framed]
    deepest = max((counts[places[id(item)]] for item in bearing if id(item) in places), default=0)
    if met.opposed > 1:
        return met._replace(turns=2)
    only_frames = bool(met.framed) and not free
    odd = deepest % 2 == 1
    if view.clause.flip and not only_frames and not met.framed:
        odd = not odd
    if not odd:
        return met._replace(turns=met.turns + met.opposed) if met.opposed else met
    because = (*met.because, "denied")
    if met.opposed:
        return met._replace(turns=met.turns + met.opposed - 1, because=because)
    return met._replace(turns=met.turns + 1, because=because)


@meets(p.Denied)
def _denied(pattern: p.Denied, view: View) -> Match:
    met = meet(pattern.part, view)
    if met.share < 1:
        return met
    if met.turns:
        return met._replace(turns=2)
    opposed = met.opposed
    plain = deny(view, met._replace(opposed=0))
    odd = plain.turns % 2 == 1 if not opposed else plain.turns % 2 == 0
    places = frozenset(place for place, item in enumerate(view.items) if item in met.items)
    return met._replace(
        turns=0 if odd else 1,
        opposed=0,
        framed=met.framed | places,
        because=met.because if odd else (*met.because, "asserted"),
    )
