"""From clauses to points: hit, near, missed or contradicted, the score, and the words that decided.

The last word on a point counts. score = weights of hits / all weights - half the weight of each contradicted point, at least 0, capped
by wrong beliefs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from quizcnn.grading.keypoints import patterns as p
from quizcnn.grading.keypoints.clauses import read_clauses
from quizcnn.grading.keypoints.concordance import Concordance
from quizcnn.grading.keypoints.denial import match_clause
from quizcnn.grading.keypoints.items import Item
from quizcnn.grading.keypoints.lexicon import Lexicon
from quizcnn.grading.keypoints.matches import Match
from quizcnn.grading.keypoints.normal import plain
from quizcnn.grading.keypoints.prose import asked_keys
from quizcnn.grading.keypoints.view import View

NEAR = 0.5
COPIED_WORDS, COPIED_CHARACTERS = 3, 6
SLACK = 0.5
"""How much less than a claim may be met where it is taken back."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What an answer says about one point."""

    state: str
    spans: tuple[tuple[int, int], ...] = ()
    pattern: str = ""
    because: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    place: int = -1
    """The number of the clause that decided."""
    weight: float = 0.0
    """How much of the pattern was met there."""
    written: bool = False
    """By a pattern that an author wrote."""
    before: Finding | None = None
    """The hit that a contradiction takes back."""


MISSED = Finding("missed")


@lru_cache(maxsize=8)
def clauses_of(text: str, question: str, lexicon: Lexicon) -> Concordance:
    """The clauses of an answer beside the question, each alone and then with the one before it where it has no subject."""
    asked = asked_keys(question, lexicon)
    prompt = _squeezed(question)
    clauses = read_clauses(text, lexicon, mend=True)
    own = [clause for clause in clauses if not _is_copied(_squeezed(text[clause.start : clause.end]), prompt)]
    views: list[View] = []
    for clause in own:
        views.append(View(clause, asked, lexicon, views[-1] if views else None))
    return Concordance(views, lexicon)


def _squeezed(text: str) -> str:
    return " ".join(plain(text).text.split()).strip(" ,;:.!?，；：。！？")


def _is_copied(clause: str, prompt: str) -> bool:
    """Whether a clause stands so in the prompt: three words or six characters at least."""
    return clause in prompt and (
        len(clause.split()) >= COPIED_WORDS or (len(clause) >= COPIED_CHARACTERS and not clause.isascii())
    )


EXPLICIT = 9.0
"""The weight of a contradiction that an author wrote."""


def find(accept: Sequence[p.Rule], contradict: Sequence[p.Rule], clauses: Concordance) -> Finding:
    """What the clauses say about a point: the later of what accepts and what contradicts it."""
    hits = [found for rule in accept if (found := apply(rule, clauses)).state != "missed"]
    against = [found for rule in contradict if (found := _against(rule, clauses)).state == "hit"]
    said = [found for found in hits if found.state == "hit"]
    denied = [found for found in hits if found.state == "contradicted"]
    denied += [
        Finding("contradicted", each.spans, each.pattern, each.because, (), each.place, EXPLICIT, True)
        for each in against
    ]
    if said and denied:
        # An explicit contradiction later than the claim takes it back; a derived one is only another reading of the same words.
        latest, last = (
            max(said, key=lambda each: (each.place, each.written)),
            max(denied, key=lambda each: (each.place, each.written)),
        )
        if last.place == latest.place:
            fuller = [each for each in denied if each.weight == EXPLICIT and _says_more(each, latest)]
            return fuller[0] if fuller else last if last.written and not latest.written else latest
        last = replace(last, before=latest)
        return last if last.place > latest.place and last.weight >= latest.weight - SLACK else latest
    if denied:
        return max(denied, key=lambda each: each.place)
    if said:
        return said[0]
    near = [found for found in hits if found.state == "near"]
    return min(near, key=lambda each: len(each.lacking)) if near else MISSED


@lru_cache(maxsize=16)
def _against(rule: p.Rule, clauses: Concordance) -> Finding:
    """What contradicts one point often contradicts its neighbour too: it is looked for once in an answer."""
    return apply(rule, clauses)


def _says_more(against: Finding, hit: Finding) -> bool:
    """Whether a contradiction that an author wrote stands on more of the clause than the hit."""

    def covered(finding: Finding) -> int:
        return sum(end - start for start, end in finding.spans)

    return against.place == hit.place and covered(against) > covered(hit)


def settle(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of all points: a clause that makes one point does not contradict another."""
    hits = [finding for finding in findings if finding.state == "hit"]

    def makes_another(finding: Finding) -> bool:
        return any(finding.place == hit.place and _overlap(finding.spans, hit.spans) for hit in hits)

    return tuple(
        (finding.before or MISSED) if finding.state == "contradicted" and makes_another(finding) else finding
        for finding in findings
    )


def _overlap(some: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> bool:
    return any(start < until and begin < end for start, end in some for begin, until in others)


def apply(rule: p.Rule, clauses: Concordance) -> Finding:
    """What the clauses say of one pattern, its parts each judged where they stand."""
    several = len(rule.parts) > 1 and not rule.prose
    heard = [(weight, _last(part, clauses, rule.prose, several)) for weight, part in rule.parts]
    taken_back = [(hit, at) for _, (_, _, hit, at) in heard if hit.share >= 1] if len(heard) == 1 else []
    verdicts = [(weight, last, where) for weight, (last, where, _, _) in heard]
    total = sum(weight for weight, *_ in verdicts)
    met = [(weight, match, place) for weight, match, place in verdicts if match.share >= 1]
    spans = merged([item for _, match, _ in met for item in match.items])
    because = tuple(dict.fromkeys(line for _, match, _ in met for line in match.because))
    place = max((place for *_, place in met), default=-1)
    turned = [place for _, match, place in met if match.side < 0]
    swapped = [match for _, match, _ in verdicts if match.swapped]
    if len(swapped) > 1 and len(swapped) == len(verdicts):
        items = [item for match in swapped for item in match.items]
        return Finding("contradicted", merged(items), str(rule), ("the two are exchanged",), (), len(clauses.views))
    if turned and not rule.one_of_many and sum(weight for weight, *_ in met) >= rule.share * total - 1e-9:
        weight = sum(weight for weight, match, _ in met if match.side < 0)
        before = next(
            (Finding("hit", merged(hit.items), str(rule), hit.because, (), at) for hit, at in taken_back), None
        )
        return Finding("contradicted", spans, str(rule), because, (), max(turned), weight, not rule.prose, before)
    if total and sum(weight for weight, match, _ in met if match.side > 0) >= rule.share * total - 1e-9:
        return Finding(
            "hit",
            spans,
            str(rule),
            because,
            (),
            place,
            sum(weight for weight, match, _ in met if match.side > 0),
            not rule.prose,
        )
    partly = max((match.share for _, match, _ in verdicts), default=0.0)
    if met or partly >= NEAR:
        items = [item for _, match, _ in verdicts if match.share >= NEAR for item in match.items]
        if any(match.fresh for _, match, _ in verdicts):
            lacking = tuple(dict.fromkeys(name for _, match, _ in verdicts for name in match.lacking))
            return Finding("near", merged(items), str(rule), (), lacking)
    return MISSED


def _last(part: p.Pattern, clauses: Concordance, prose: bool, several: bool) -> tuple[Match, int, Match, int]:
    """The last clause that says a part or turns it; else the one that comes nearest."""
    last, where = Match(0.0), -1
    hit, hit_where = Match(0.0), -1
    for place in clauses.holding(part):
        view = clauses.views[place]
        found = match_clause(view, part)
        if (
            view.before is not None
            and view.with_before is not None
            and found.share < 1
            and not found.turns
            and view.leans
            and not (view.frames and view.before.frames)
        ):
            found = match_clause(view.with_before, part)
            if found.turns:
                continue
        if prose and found.share >= 1 and not found.fresh:
            continue
        if (
            found.share >= 1
            and found.side < 0
            and (isinstance(part, p.Number) or (several and last.side > 0 and last.share >= 1))
        ):
            continue
        if found.share >= 1 and found.side < 0 and found.soft and last.share >= 1 and last.side > 0:
            continue
        if found.share >= 1 and found.side:
            last, where = found, place
            if found.side > 0:
                hit, hit_where = found, place
        elif last.share < 1 and not last.swapped and (found.share > last.share or found.swapped) and found.share < 1:
            last = found
    return last, where, hit, hit_where


def merged(items: Sequence[Item]) -> tuple[tuple[int, int], ...]:
    """The spans of items in order, touching ones joined."""
    found: list[tuple[int, int]] = []
    for start, end in sorted({(item.start, item.end) for item in items}):
        if found and start <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
