"""What was read and why a point was marked so, clause by clause and pattern by pattern, for authors and for whoever doubts a mark."""

from __future__ import annotations

from collections.abc import Iterator

from quizcnn.grading.keypoints.answer import KeypointsAnswer, Point
from quizcnn.grading.keypoints.clauses import Clause
from quizcnn.grading.keypoints.frames import frames_of
from quizcnn.grading.keypoints.judging import apply, clauses_of
from quizcnn.grading.keypoints.marking import accepting, judge, question_of, rules_of
from quizcnn.grading.keypoints.patterns import SIDES, Rule
from quizcnn.grading.keypoints.prose import compile_sentence


def explain(answer: KeypointsAnswer, text: str) -> Iterator[str]:
    """The report of one answer: how it was read, then every pattern of every point with its verdict."""
    question = question_of(answer)
    clauses = clauses_of(text, question, answer.lexicon)
    grade = judge(answer, text)
    yield f"score {grade.score:g}"
    for number, view in enumerate(clauses.views):
        yield f"clause {number}: {_quoted(view.clause, text)}"
        yield from (f"  {line}" for line in _read(view.clause))
    if not clauses.views:
        yield "no clause asserts anything"
    for point, result in zip(answer.points, grade.points, strict=True):
        yield f"point {point.id}: {result.state}"
        yield from (f"  because: {line}" for line in result.because)
        for rule in accepting(point, question, answer.lexicon):
            yield f"  {apply(rule, clauses).state:<12} {rule}"
        for rule in rules_of(point.contradict.all, question, answer.lexicon):
            yield f"  {'contradicts' if apply(rule, clauses).state == 'hit' else '-':<12} {rule}"


def _quoted(clause: Clause, text: str) -> str:
    return " ".join(text[clause.start : clause.end].split())


def _read(clause: Clause) -> Iterator[str]:
    if clause.flip:
        yield "denied from outside"
    if clause.without:
        yield "what would be so otherwise"
    named = [f"{item.text} = {'|'.join(item.own)}" for item in clause.items if item.kind]
    if named:
        yield f"names: {', '.join(named)}"
    for frame in frames_of(clause):
        said_of = ", ".join(item.text for item in frame.targets) or "/".join(sorted(frame.inherited)) or "it"
        than = f", compared with {', '.join(item.text for item in frame.refs)}" if frame.refs else ""
        yield f"{'not ' if frame.weak else ''}{SIDES[frame.side]}: {said_of}{than}"


def patterns_of(answer: KeypointsAnswer, point: Point) -> tuple[Rule, ...]:
    """The patterns by which a point is marked: those written, and those that its sentences are compiled to."""
    return accepting(point, question_of(answer), answer.lexicon)


def rules_said(answer: KeypointsAnswer, text: str) -> Iterator[tuple[int, int, str]]:
    """Each clause of a text, from where to where, with the pattern that it would make; empty where it says nothing."""
    question = question_of(answer)
    for view in clauses_of(text, question, answer.lexicon).views:
        phrase = text[view.clause.start : view.clause.end]
        rules = compile_sentence(phrase, question, answer.lexicon)
        yield view.clause.start, view.clause.end, str(rules[0]) if rules else ""
