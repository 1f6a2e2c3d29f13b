"""The kinds whose text is authored whole: options, items and right sides are shuffled by the seed, nothing else changes.

Each builder imports its own answer type, so that one question loads one.
"""

from __future__ import annotations

from functools import singledispatch

from quizcnn.bank.models import (
    Choice,
    Cloze,
    ExpressionQuestion,
    Gap,
    Matching,
    Ordering,
    Question,
    Recall,
    ShortAnswer,
)
from quizcnn.errors import BankError
from quizcnn.generation.picture import figure_of
from quizcnn.generation.seeds import Source
from quizcnn.generation.variant import Variant
from quizcnn.grading.answers import Answer, Field
from quizcnn.text import Text

ANSWER = Text("answer", "答案")

Built = tuple[tuple[Field, ...], tuple[int, ...]]
"""The fields, and the order in which options, items or right sides are shown (numbers of the file, from 0)."""


def present(question: Question, seed: int, *, shuffle: bool = True) -> Variant:
    """The question as shown at ``seed``."""
    source = Source("order", question.id, question.revision, seed) if shuffle else None
    fields, order = _build(question, source)
    prompt: Text = getattr(question, "prompt")  # noqa: B009  every authored kind has one
    return Variant(
        question_id=question.id,
        revision=question.revision,
        kind=question.kind,
        topic=question.topic,
        difficulty=question.difficulty,
        seed=seed,
        family=None,
        parameters={"order": list(order)} if order else {},
        prompt=prompt,
        convention=None,
        fields=fields,
        hint_templates=question.hints,
        explanation_template=question.explanation,
        facts={},
        figure=figure_of(question.figure, {}),
    )


def _order(count: int, source: Source | None) -> tuple[int, ...]:
    return tuple(source.shuffled(range(count))) if source else tuple(range(count))


def _single(answer: Answer) -> tuple[Field, ...]:
    return (Field(name="answer", label=ANSWER, answer=answer),)


@singledispatch
def _build(question: Question, source: Source | None) -> Built:
    raise BankError(f"no engine serves the kind {question.kind}", where=question.id)


@_build.register
def _choice(question: Choice, source: Source | None) -> Built:
    from quizcnn.grading.choice import ChoiceAnswer, Option

    order = _order(len(question.options), None if question.ordered else source)
    options = tuple(
        Option(text=option.text, why=option.why, key=option.key)
        for option in (question.options[place] for place in order)
    )
    return _single(ChoiceAnswer(options=options, multiple=question.multiple, credit=question.credit)), order


@_build.register
def _cloze(question: Cloze, source: Source | None) -> Built:
    fields = [
        Field(name=name, label=Text(f"gap {number}", f"第 {number} 空"), answer=_gap(gap))
        for number, (name, gap) in enumerate(question.gaps.items(), 1)
    ]
    return tuple(fields), ()


def _gap(gap: Gap) -> Answer:
    from quizcnn.grading.cloze import GapAnswer
    from quizcnn.grading.number import NumberAnswer

    if gap.number is not None:
        whole = isinstance(gap.number, int)
        return NumberAnswer(kind="integer" if whole else "real", truth=gap.number, decimals=gap.decimals)
    return GapAnswer(accept=gap.accept, shown_text=gap.show)


@_build.register
def _ordering(question: Ordering, source: Source | None) -> Built:
    from quizcnn.grading.ordering import OrderingAnswer

    order = _order(len(question.items), source)
    if source and order == tuple(range(len(order))):
        order = (*order[1:], order[0])
    items = tuple(question.items[place] for place in order)
    right = tuple(order.index(place) + 1 for place in range(len(order)))
    return _single(OrderingAnswer(items=items, order=right)), order


@_build.register
def _matching(question: Matching, source: Source | None) -> Built:
    from quizcnn.grading.matching import MatchingAnswer

    sides: list[Text] = []
    for side in (*(pair.right for pair in question.pairs), *question.spare):
        if side not in sides:
            sides.append(side)
    order = _order(len(sides), source)
    right = tuple(sides[place] for place in order)
    pairs = tuple(right.index(pair.right) for pair in question.pairs)
    left = tuple(pair.left for pair in question.pairs)
    return _single(MatchingAnswer(left=left, right=right, pairs=pairs, repeat=question.repeat)), order


@_build.register
def _expression(question: ExpressionQuestion, source: Source | None) -> Built:
    from quizcnn.grading.expression import Domain, ExpressionAnswer, WrongExpression

    variables = {
        name: Domain(low=each.low, high=each.high, integer=each.integer) for name, each in question.variables.items()
    }
    wrong = tuple(
        WrongExpression(slug=each.slug, expression=each.formula, label=each.label, why=each.why)
        for each in question.wrong
    )
    return _single(ExpressionAnswer(variables=variables, answer=question.answer, wrong=wrong)), ()


@_build.register
def _short_answer(question: ShortAnswer, source: Source | None) -> Built:
    from quizcnn.grading.keypoints import KeypointsAnswer

    return _single(
        KeypointsAnswer.of(
            question=question.prompt,
            points=question.points,
            wrong=question.wrong,
            reference=question.reference,
            lexicon=question.lexicon,
        )
    ), ()


@_build.register
def _recall(question: Recall, source: Source | None) -> Built:
    from quizcnn.grading.recall import RecallAnswer

    return _single(RecallAnswer(back=question.back)), ()
