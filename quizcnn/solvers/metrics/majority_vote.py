"""How often the majority of independent models is right (Condorcet 1785)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import comb

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.inputs import Inputs, Probability, Refusal, Size, refuse_work
from quizcnn.solvers.notation import GUARDED, MOST_TERMS, base, line, near, total
from quizcnn.text import Text

TITLE = Text("Accuracy of a majority vote", "多数投票的准确率")
CONVENTION = Text(
    "An odd number of independent models of equal accuracy, two classes; right when more than half are right.",
    "奇数个相互独立、准确率相同的模型，二分类；超过半数答对即为对。",
)
PROBABILITY = Text("probability that the majority is right", "多数答对的概率")
STEPS = {
    "need": Text("votes that make a majority", "构成多数所需的票数"),
    "sum": Text("chances of exactly so many right votes or more, added up", "恰有这么多票及以上答对的概率之和"),
    "parts": Text("the chance of a majority by one vote, and that of all larger ones", "恰好多一票的概率，加上更大多数的概率"),
}  # fmt: skip
MISTAKES = {
    "averages_accuracy": (
        Text("keeps the accuracy of a single model", "给出的是单个模型的准确率"),
        Text(
            "Independent errors rarely fall together: the vote is right also where a minority errs, so it differs from {accuracy}.",
            "独立的错误很少同时出现，少数模型出错时投票仍然是对的，所以结果不是 {accuracy}。",
        ),
    ),
    "counts_bare_majority": (
        Text("counts only the majority by one vote", "只算了恰好多一票的情形"),
        Text("More right votes than the bare majority carry the vote as well; their chances are added.", "答对的票数更多时投票同样正确，这些概率也要加上。"),
    ),
    "all_must_be_right": (
        Text("asks all models to be right", "要求所有模型都答对"),
        Text("More than half of the {models} is enough.", "{models} 个模型中超过一半答对就够了。"),
    ),
}  # fmt: skip
MOST_MODELS = 10**5


class VoteInputs(Inputs):
    """The number of voters and how often each is right."""

    models: Size
    accuracy: Probability

    @model_validator(mode="after")
    def _fits(self) -> VoteInputs:
        if self.models % 2 == 0:
            raise Refusal("must be odd, so that there is no tie", "models")
        refuse_work(self.models, "models", most=MOST_MODELS)
        return self


def majority(i: VoteInputs) -> int:
    return i.models // 2 + 1


def chances(i: VoteInputs) -> tuple[Decimal, Decimal]:
    """The chance of a majority by one vote, and of any majority: the upper half of the binomial distribution, term from term."""
    right = decimal_of(i.accuracy)
    wrong, need = WIDE.subtract(Decimal(1), right), majority(i)
    if not right or not wrong:
        return (right if i.models == 1 else Decimal(0)), right
    odds = WIDE.divide(right, wrong)
    powers = WIDE.multiply(WIDE.power(right, need), WIDE.power(wrong, i.models - need))
    first = term = whole = WIDE.multiply(WIDE.create_decimal(comb(i.models, need)), powers)
    for votes in range(need, i.models):
        term = WIDE.multiply(WIDE.divide(WIDE.multiply(term, Decimal(i.models - votes)), Decimal(votes + 1)), odds)
        whole = WIDE.add(whole, term)
    return first, whole


def probability(i: VoteInputs) -> float:
    return float(chances(i)[1])


def solve(i: VoteInputs) -> Outputs:
    return {"probability": probability(i)}


def steps(i: VoteInputs) -> Sequence[Step]:
    need, value = majority(i), probability(i)
    first = Step(STEPS["need"], rf"k = \frac{{{i.models}+1}}{{2}} = {need}", need)
    if i.models - need < MOST_TERMS:
        return [first, Step(STEPS["sum"], line("P", _sum(i), value), value)]
    bare, whole = chances(i)
    parts = f"{near(float(bare), GUARDED)}+{near(float(WIDE.subtract(whole, bare)), GUARDED)}"
    return [first, Step(STEPS["parts"], line("P", parts, value, rough=True), value)]


def _sum(i: VoteInputs) -> str:
    """The terms of the binomial sum."""
    need, p = majority(i), base(i.accuracy)
    return total(
        rf"{comb(i.models, k)} \cdot {p}^{{{k}}} \cdot (1-{p})^{{{i.models - k}}}" for k in range(need, i.models + 1)
    )


FAMILY = Family(
    id="majority_vote",
    title=TITLE,
    inputs=VoteInputs,
    outputs={"probability": Output("real", PROBABILITY)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "averages_accuracy": lambda i: {"probability": i.accuracy},
            "counts_bare_majority": lambda i: {"probability": float(chances(i)[0])},
            "all_must_be_right": lambda i: {"probability": float(WIDE.power(decimal_of(i.accuracy), i.models))},
        },
    ),
    symbols={"models": "n", "accuracy": "p"},
)
