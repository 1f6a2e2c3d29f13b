"""The grade of a typed text: the points, the score, and one line of feedback for each point in both languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from quizcnn.grading import wording
from quizcnn.grading.base import Grade, PointResult, Verdict
from quizcnn.grading.keypoints import patterns as p
from quizcnn.grading.keypoints.answer import Belief, KeypointsAnswer, Point
from quizcnn.grading.keypoints.concordance import Concordance
from quizcnn.grading.keypoints.grammar import PatternError, is_pattern, parse_pattern
from quizcnn.grading.keypoints.items import items_of
from quizcnn.grading.keypoints.judging import Finding, apply, clauses_of, find, settle
from quizcnn.grading.keypoints.lexicon import Lexicon
from quizcnn.grading.keypoints.matching import HEAVY
from quizcnn.grading.keypoints.prose import asked_keys, compile_sentence
from quizcnn.text import Text

CONTRADICTION_COST = 0.5
LONG_WORDS, LONG_CHARACTERS = 120, 240
LONG = Text(
    "A long answer: what is right and wrong in it may be told apart badly.",
    "答案较长：其中对错混杂时，可能分辨不清。",
)


@lru_cache(maxsize=4096)
def rules_of(phrases: tuple[str, ...], question: str, lexicon: Lexicon) -> tuple[p.Rule, ...]:
    """The patterns of phrases, each in the pattern language or a plain sentence."""
    found: list[p.Rule] = []
    for phrase in phrases:
        try:
            found += (
                [parse_pattern(phrase, lexicon)] if is_pattern(phrase) else compile_sentence(phrase, question, lexicon)
            )
        except PatternError:
            # `bank check` tells its author; a learner is graded by what can be read.
            continue
    return tuple(dict.fromkeys(found))


def question_of(answer: KeypointsAnswer) -> str:
    """The prompt in both languages, each once."""
    return "\n".join(dict.fromkeys((answer.question.en, answer.question.zh)))


def wordings(point: Point) -> tuple[str, ...]:
    """A point's sentence in both languages, and what else is accepted."""
    return tuple(dict.fromkeys((point.say.en, point.say.zh, *point.accept.all)))


@lru_cache(maxsize=4096)
def accepting(point: Point, question: str, lexicon: Lexicon) -> tuple[p.Rule, ...]:
    """The patterns of a point. Its own sentence and written patterns can be turned round; other sentences only hit.

    Where patterns are written, the sentence only hits too: the author has said what counts.
    """
    said = rules_of((point.say.en, point.say.zh), question, lexicon)
    more = rules_of(point.accept.all, question, lexicon)
    written = any(not rule.prose for rule in more)
    if written:
        said = tuple(rule for rule in said if _heavy_parts(rule) > 1)
    return tuple(
        dict.fromkeys(
            replace(rule, one_of_many=True) if rule.prose and (written or rule not in said) else rule
            for rule in (*said, *more)
        )
    )


def _heavy_parts(rule: p.Rule) -> int:
    """How many things a plain sentence claims; naming one is no claim."""
    return sum(_claims(part) for _, part in rule.parts)


def _claims(part: p.Pattern) -> int:
    match part:
        case p.Enough(share=0):
            return 0
        case p.Enough():
            return sum(weight >= HEAVY for weight, _ in part.parts)
        case p.All():
            return sum(_claims(each) for each in part.parts)
        case p.Denied():
            return _claims(part.part)
    return 1


def judge(answer: KeypointsAnswer, text: str) -> Grade:
    """The grade of a typed text."""
    question, lexicon = question_of(answer), answer.lexicon
    clauses = clauses_of(text, question, lexicon)
    found = [
        find(accepting(point, question, lexicon), rules_of(point.contradict.all, question, lexicon), clauses)
        for point in answer.points
    ]
    findings = settle(found)
    caps = [belief for belief in answer.wrong if _believed(belief, question, lexicon, clauses)]
    score = round(min([_score(answer.points, findings), *(belief.cap for belief in caps)]), 6)
    results = tuple(_result(point, finding, text) for point, finding in zip(answer.points, findings, strict=True))
    verdict = Verdict.CORRECT if score >= answer.threshold - 1e-9 else Verdict.PARTIAL if score > 0 else Verdict.WRONG
    against = [result.note for result in results if result.state == "contradicted" and result.note is not None]
    lines = [
        _first(verdict, results, partial(_parrots, text, question, lexicon)),
        *against,
        *(belief.says for belief in caps),
    ]
    if _is_long(text) and any(finding.state == "contradicted" for finding in findings):
        lines.append(LONG)
    return Grade(verdict, score, text, answer.shown(), tuple(lines), points=results)


def _believed(belief: Belief, question: str, lexicon: Lexicon, clauses: Concordance) -> bool:
    rules = rules_of(belief.match.all, question, lexicon)
    return any(apply(rule, clauses).state == "hit" for rule in rules)


def _score(points: Sequence[Point], findings: Sequence[Finding]) -> float:
    total = sum(point.weight for point in points)
    if not total:
        return 0.0
    earned = sum(point.weight for point, finding in zip(points, findings, strict=True) if finding.state == "hit")
    lost = sum(point.weight for point, finding in zip(points, findings, strict=True) if finding.state == "contradicted")
    return max(0.0, (earned - CONTRADICTION_COST * lost) / total)


def _result(point: Point, finding: Finding, text: str) -> PointResult:
    return PointResult(
        point.id, point.say, finding.state, point.weight, finding.spans, _note(finding, text, point),
        finding.pattern, finding.because,
    )  # fmt: skip


def _note(finding: Finding, text: str, point: Point) -> Text | None:
    """What there is to say of a point beside its verdict."""
    quoted = " … ".join(" ".join(text[start:end].split()) for start, end in finding.spans)
    if finding.state == "contradicted":
        return Text(
            f"You wrote “{quoted}”; the point is: {point.say.en}", f"你写的是“{quoted}”，要点是：{point.say.zh}"
        )
    if finding.state == "near" and quoted:
        return Text(f"You name “{quoted}” but not what happens to it.", f"提到了“{quoted}”，但没有说清怎样。")
    return None


def _first(verdict: Verdict, results: Sequence[PointResult], is_parroted: Callable[[], bool]) -> Text:
    if verdict is Verdict.CORRECT:
        return wording.RIGHT
    hit = sum(result.state == "hit" for result in results)
    return wording.PARROTED if not hit and is_parroted() else wording.partly(hit, len(results))


def _parrots(text: str, question: str, lexicon: Lexicon) -> bool:
    """Whether nothing but words of the question is said."""
    asked = asked_keys(question, lexicon)
    said = [item for item in items_of(text, lexicon.vocabulary, mend=True) if item.own]
    return len(said) > 2 and all(any(key in asked for key in item.own) for item in said)


def _is_long(text: str) -> bool:
    return len(text.split()) > LONG_WORDS or sum("\u3400" <= letter <= "\u9fff" for letter in text) > LONG_CHARACTERS
