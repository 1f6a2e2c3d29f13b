"""What a clause is bound to: a phase, a subject, a number, a formula, the two sides of a division."""

from __future__ import annotations

from quizcnn.grading.keypoints import patterns as p
from quizcnn.grading.keypoints.clauses import Clause
from quizcnn.grading.keypoints.matches import INHERITED, Match, joined
from quizcnn.grading.keypoints.matching import meet, meets
from quizcnn.grading.keypoints.patterns import ids_of
from quizcnn.grading.keypoints.view import View


@meets(p.Phase)
def _phase(pattern: p.Phase, view: View) -> Match:
    rivals = view.lexicon.rivals.get(pattern.id, frozenset())
    here = view.keys if (rivals | {pattern.id}) & view.keys else view.keys | view.inherited
    if pattern.id not in here and rivals & here:
        return Match(0.0, swapped=True)
    met = meet(pattern.part, view)
    own = [view.items[place] for place in view.by_key.get(pattern.id, ())]
    return met._replace(items=(*met.items, *own)) if met.share else met


@meets(p.About)
def _about(pattern: p.About, view: View) -> Match:
    met = meet(pattern.part, view)
    if met.share >= INHERITED and not met.turns:
        return met._replace(share=1.0, opposed=0)
    wanted = ids_of(pattern.part)
    others = {key for name in wanted for key in view.lexicon.rivals.get(name, frozenset())}
    spoken = view.own or view.inherited
    if spoken & others or (not wanted & view.inherited and view.inherited & others and not spoken & view.asked):
        return Match(0.0, swapped=True)
    return Match(0.5, 0, (), lacking=met.lacking)


@meets(p.Number)
def _number(pattern: p.Number, view: View) -> Match:
    numbers = view.numbers
    for item, key in numbers:
        if _fits(pattern, key[1:]):
            return view.found([item], key)
    if len(numbers) == 1 and numbers[0][1] not in view.asked:
        other = numbers[0][0]
        return Match(1.0, 1, (other,), (f"{other.text}, not {pattern}",), fresh=True)
    return Match(0.0, lacking=(str(pattern),))


@meets(p.Equation)
def _equation(pattern: p.Equation, view: View) -> Match:
    from quizcnn.grading.keypoints.formulas import formula_in

    span = formula_in(view.items, pattern.text)
    return Match(1.0, 0, span, fresh=True) if span else Match(0.0, lacking=(pattern.text,))


@meets(p.Ratio)
def _ratio(pattern: p.Ratio, view: View) -> Match:
    at = next((place for place, item in enumerate(view.items) if item.role == "divide"), None)
    if at is None:
        return Match(0.0, lacking=("divided by",))
    before, after = (
        View(Clause([*part]), view.asked, view.lexicon) for part in (view.items[:at], view.items[at + 1 :])
    )
    straight = joined([meet(pattern.over, before), meet(pattern.under, after)])
    crossed = joined([meet(pattern.under, before), meet(pattern.over, after)])
    if straight.share >= 1 and not straight.turns:
        return straight._replace(items=(*straight.items, view.items[at]), fresh=True)
    if crossed.share >= 1 and not crossed.turns:
        return Match(1.0, 1, (*crossed.items, view.items[at]), ("the two sides are exchanged",), fresh=True)
    return Match(0.0, lacking=straight.lacking)


def _fits(pattern: p.Number, number: str) -> bool:
    if pattern.shape:
        return number == pattern.shape
    try:
        return pattern.low - 1e-9 <= float(number) <= pattern.high + 1e-9
    except ValueError:
        return False
