"""Entropy and Gini impurity of a distribution (Shannon 1948; Breiman et al. 1984)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.decimals import WIDE, over_one_denominator, real_of
from quizcnn.solvers.distributions import check_sum, information
from quizcnn.solvers.inputs import Inputs, Many, Probability, refuse_work
from quizcnn.solvers.notation import MOST_TERMS, base, given, line, total
from quizcnn.text import Text

TITLE = Text("Entropy and Gini impurity", "熵与基尼不纯度")
CONVENTION = Text(
    "Base 2 gives bits, base e nats; 0 log 0 = 0; Gini = 1 − Σp².",
    "底为 2 时以比特计，底为 e 时以 nat 计；0 log 0 = 0；基尼不纯度 = 1 − Σp²。",
)
OUTPUTS = {
    "entropy": Output("real", Text("entropy", "熵"), ("bit", "bits", "nat", "nats", "比特")),
    "gini": Output("real", Text("Gini impurity", "基尼不纯度")),
}
STEPS = {
    "2": Text("each share times the logarithm to base 2 of it, the sign turned", "各份额乘以 2 为底的对数，求和取负"),
    "e": Text("each share times its natural logarithm, the sign turned", "各份额乘自然对数，求和取负"),
    "squares": Text("chance that two draws are of one class", "两次抽样同类的概率"),
    "gini": Text("1 less the sum of the squares", "1 减去平方和"),
}
MISTAKES = {
    "wrong_base": (
        Text("takes the logarithm to the other base", "对数的底用错了"),
        Text("The base is {base} here: 2 gives bits, e gives nats.", "这里底取 {base}：以 2 为底得比特，以 e 为底得 nat。"),
    ),
    "gini_for_entropy": (
        Text("gives the Gini impurity", "给出的是基尼不纯度"),
        Text("1 − Σp² is another measure of impurity, without logarithms.", "1 − Σp² 是另一种不纯度，不含对数。"),
    ),
    "sum_of_squares": (
        Text("gives the sum of squares", "给出的是平方和"),
        Text("Σp² is the chance that two draws agree; the impurity is 1 less that.", "Σp² 是两次抽样同类的概率，不纯度是 1 减去它。"),
    ),
    "forgets_minus": (
        Text("leaves out the minus", "漏了负号"),
        Text("Logarithms of shares are at most 0, an entropy at least 0.", "份额的对数不大于 0，而熵不小于 0。"),
    ),
}  # fmt: skip
MOST_CLASSES = 10**4


def _base(value: object) -> object:
    """The number 2 and the text "2" are the same."""
    return "2" if isinstance(value, int | float) and not isinstance(value, bool) and value == 2 else value


class EntropyInputs(Inputs):
    """probabilities sum to 1 within 1e-6."""

    probabilities: Many[Probability]
    base: Annotated[Literal["2", "e"], BeforeValidator(_base)] = "2"

    @model_validator(mode="after")
    def _sums(self) -> EntropyInputs:
        refuse_work(len(self.probabilities), "probabilities", most=MOST_CLASSES)
        check_sum(self.probabilities, "probabilities")
        return self


def entropy(i: EntropyInputs, to_base: str) -> float:
    nats = information(i.probabilities, i.probabilities)
    return 0.0 + float(WIDE.divide(nats, WIDE.ln(Decimal(2))) if to_base == "2" else nats)


def squares(i: EntropyInputs) -> Fraction:
    cells, below = over_one_denominator(i.probabilities)
    return Fraction(sum(cell * cell for cell in cells), below * below)


def solve(i: EntropyInputs) -> Outputs:
    return {"entropy": entropy(i, i.base), "gini": 0 + real_of(1 - squares(i))}


def steps(i: EntropyInputs) -> Sequence[Step]:
    value, together = entropy(i, i.base), squares(i)
    shares = [p for p in i.probabilities if p]
    few = len(shares) <= MOST_TERMS
    logarithm = r"\log_2" if i.base == "2" else r"\ln"
    terms = total(rf"{given(p)} \cdot {logarithm} {given(p)}" for p in shares) if few else ""
    power = total(f"{base(p)}^2" for p in shares) if few else ""
    gini, sum_squares = real_of(1 - together), real_of(together)
    impurity = f"1-({power})" if power else ""
    return [
        Step(STEPS[i.base], line("H", f"-({terms})" if terms else "", value), value, "entropy"),
        Step(STEPS["squares"], line(r"\sum p^2", power, sum_squares), sum_squares, "gini"),
        Step(STEPS["gini"], line("G", impurity, gini), gini, "gini"),
    ]


FAMILY = Family(
    id="entropy",
    title=TITLE,
    inputs=EntropyInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "wrong_base": lambda i: {"entropy": entropy(i, "e" if i.base == "2" else "2")},
            "gini_for_entropy": lambda i: {"entropy": real_of(1 - squares(i))},
            "sum_of_squares": lambda i: {"gini": real_of(squares(i))},
            "forgets_minus": lambda i: {"entropy": 0.0 - entropy(i, i.base)},
        },
        conventions=("wrong_base",),
    ),
    symbols={"probabilities": "p", "base": "b"},
)
