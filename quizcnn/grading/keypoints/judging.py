"""From clauses to points: hit, contradicted or missed, the score, and the feedback in both languages.

The later clause on a point wins. A bare list of nouns asserts nothing; words of the question weigh little, so that repeating it earns
nothing. score = weights of hits / all weights - half the weight of each contradicted point, at least 0, capped by wrong beliefs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quizcnn.grading import wording
from quizcnn.grading.base import Grade, PointResult, Verdict
from quizcnn.grading.keypoints.answer import KeypointsAnswer, Phrases, Point
from quizcnn.grading.keypoints.claims import Claim, claims_of
from quizcnn.grading.keypoints.matching import Match, match
from quizcnn.grading.keypoints.reading import Clause, read_clauses
from quizcnn.text import Text

LIST_ITEMS = 4
CONTRADICTION_COST = 0.5
SHARE_SLACK = 0.15
PART_SHARE = 0.6
"""Share of a sentence's parts that makes it said."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What an answer says about one point."""

    state: str
    spans: tuple[tuple[int, int], ...] = ()


MISSED = Finding("missed")


def judge(answer: KeypointsAnswer, text: str) -> Grade:
    """The grade of a typed text."""
    question = f"{answer.question.en}\n{answer.question.zh}"
    clauses = asserting(text)
    findings = [find(point, clauses, question) for point in answer.points]
    score = _score(answer.points, findings)
    caps = [belief for belief in answer.wrong if _said(belief.match.all, clauses, question) is not None]
    score = round(min([score, *(belief.cap for belief in caps)]), 6)
    results = tuple(
        PointResult(point.id, point.say, finding.state, point.weight, finding.spans, _note(finding, text, point))
        for point, finding in zip(answer.points, findings, strict=True)
    )
    verdict = Verdict.CORRECT if score >= answer.threshold - 1e-9 else Verdict.PARTIAL if score > 0 else Verdict.WRONG
    lines = _feedback(verdict, results, _parrots(text, question))
    return Grade(verdict, score, text, answer.shown(), (*lines, *(belief.says for belief in caps)), points=results)


def asserting(text: str) -> tuple[Clause, ...]:
    """The clauses that claim something: lists of bare nouns are left out."""
    clauses = read_clauses(text)
    listed = {id(clause) for run in _bare_runs(clauses) for clause in run}
    return tuple(clause for clause in clauses if id(clause) not in listed and not _is_list(clause, text))


def _bare_runs(clauses: Sequence[Clause]) -> Iterator[list[Clause]]:
    """Runs of short clauses without a word that joins them (Chinese lists are parted by full commas)."""
    run: list[Clause] = []
    for clause in (*clauses, None):
        if clause is not None and not clause.glue and len(clause.units) + len(clause.axes) <= 3:
            run.append(clause)
            continue
        if len(run) >= LIST_ITEMS:
            yield run
        run = []


def _is_list(clause: Clause, text: str) -> bool:
    """Whether a clause is items parted by commas, each of at most two words, with nothing that joins them."""
    pieces = [piece for piece in text[clause.start : clause.end].replace("、", ",").split(",") if piece.strip()]
    words = [len(piece.split()) for piece in pieces]
    if len(pieces) >= LIST_ITEMS and max(words) <= 2 and not clause.glue:
        return True
    return not clause.glue and not clause.axes and len(clause.units) >= 7 and len(pieces) == 1 and text.isascii()


def find(point: Point, clauses: Sequence[Clause], question: str) -> Finding:
    """What the clauses say about a point in its best wording."""
    if (against := _said(point.contradict.all, clauses, question)) is not None:
        return Finding("contradicted", against)
    found = [
        _whole(parts, clauses)
        for sentence in wordings(point.say, point.accept)
        for parts in claims_of(sentence, question)
    ]
    return next((each for state in ("hit", "contradicted") for each in found if each.state == state), MISSED)


def _whole(parts: Sequence[Claim], clauses: Sequence[Clause]) -> Finding:
    """What the clauses say about a sentence of several parts, by their weight."""
    total = sum(part.total for part in parts)
    findings = [(part.total, _last(part, clauses)) for part in parts]
    spans = tuple(sorted({span for _, each in findings for span in each.spans}))
    turned = sum(weight for weight, each in findings if each.state == "contradicted")
    if turned:
        return Finding("contradicted", spans)
    hit = sum(weight for weight, each in findings if each.state == "hit")
    return Finding("hit", spans) if hit >= PART_SHARE * total > 0 else MISSED


def _last(claim: Claim, clauses: Sequence[Clause]) -> Finding:
    """The last word on a claim: a clause alone, or two of which neither says anything alone.

    A clause that holds clearly less of the claim than an earlier one is about something else.
    """
    alone = [match(claim, (clause,)) for clause in clauses]
    last: Match | None = None
    for place, found in enumerate(alone):
        if found is None and place and alone[place - 1] is None:
            both = match(claim, clauses[place - 1 : place + 1])
            found = both if both is not None and both.side > 0 else None
        if found is not None and (last is None or found.share >= last.share - SHARE_SLACK):
            last = found
    return MISSED if last is None else Finding("hit" if last.side > 0 else "contradicted", last.spans)


def wordings(say: Text, accept: Phrases) -> tuple[str, ...]:
    """All ways to say a point; both languages, since an answer may mix them."""
    return tuple(dict.fromkeys((say.en, say.zh, *accept.all)))


def _said(sentences: Sequence[str], clauses: Sequence[Clause], question: str) -> tuple[tuple[int, int], ...] | None:
    """The words that say one of the sentences; None where none is said."""
    for sentence in sentences:
        for parts in claims_of(sentence, question):
            if (found := _whole(parts, clauses)).state == "hit":
                return found.spans
    return None


def _score(points: Sequence[Point], findings: Sequence[Finding]) -> float:
    total = sum(point.weight for point in points)
    if not total:
        return 0.0
    earned = sum(point.weight for point, finding in zip(points, findings, strict=True) if finding.state == "hit")
    lost = sum(point.weight for point, finding in zip(points, findings, strict=True) if finding.state == "contradicted")
    return max(0.0, (earned - CONTRADICTION_COST * lost) / total)


def _parrots(text: str, question: str) -> bool:
    """Whether nothing but words of the question is said."""
    asked = {unit.key for clause in read_clauses(question) for unit in clause.units}
    said = [unit.key for clause in read_clauses(text) for unit in clause.units]
    return len(said) > 2 and all(key in asked for key in said)


def _note(finding: Finding, text: str, point: Point) -> Text | None:
    if finding.state != "contradicted" or not finding.spans:
        return None
    quoted = text[finding.spans[0][0] : finding.spans[-1][1]].strip()
    return Text(f"“{quoted}” goes the other way: {point.say.en}", f"“{quoted}”说反了：{point.say.zh}")


def _feedback(verdict: Verdict, results: Sequence[PointResult], parroted: bool) -> tuple[Text, ...]:
    if verdict is Verdict.CORRECT:
        return (wording.RIGHT,)
    if parroted and not any(result.state == "hit" for result in results):
        return (wording.PARROTED,)
    hit = sum(result.state == "hit" for result in results)
    lines = [wording.partly(hit, len(results))]
    return (*lines, *(result.note for result in results if result.note is not None))
