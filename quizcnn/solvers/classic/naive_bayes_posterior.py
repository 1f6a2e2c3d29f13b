"""The posterior of a binary test by Bayes' rule."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Inputs, Probability, Refusal
from quizcnn.solvers.notation import given, line, near
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("Posterior of a test", "检验结果的后验概率")
CONVENTION = Text(
    "P(A | +) by Bayes' rule; likelihood = P(+ | A), false positive rate = P(+ | not A).",
    "按贝叶斯公式求 P(A | +)；似然 = P(+ | A)，假阳性率 = P(+ | 非 A)。",
)
POSTERIOR = Text("posterior probability", "后验概率")
STEPS = {
    "true": Text("A and a positive test", "A 发生且检验为阳性"),
    "false": Text("not A and a positive test", "A 不发生而检验为阳性"),
    "posterior": Text("share of A among the positive tests", "阳性结果中 A 所占的比例"),
}
MISTAKES = {
    "likelihood_for_posterior": (
        Text("takes the likelihood for the posterior", "把似然当成了后验"),
        Text("P(+ | A) = {likelihood} tells how the test reacts to A, not how likely A is after it.", "P(+ | A) = {likelihood} 说的是 A 发生时检验的反应，不是检验之后 A 有多可能。"),
    ),
    "ignores_prior": (
        Text("leaves out the prior", "没有用先验"),
        Text("With a prior of {prior} the positives come from groups of very different size.", "先验为 {prior}，阳性来自大小悬殊的两个群体，不能直接相比。"),
    ),
}  # fmt: skip


class BayesInputs(Inputs):
    """P(A), P(+ | A), P(+ | not A); a positive test must be possible."""

    prior: Probability
    likelihood: Probability
    false_positive_rate: Probability

    @model_validator(mode="after")
    def _is_possible(self) -> BayesInputs:
        if not any(joint(self)):
            raise Refusal("a positive test is impossible", "prior", "likelihood", "false_positive_rate")
        return self


def joint(i: BayesInputs) -> tuple[Fraction, Fraction]:
    """Probability of a positive test with A, and without."""
    prior = exact(i.prior)
    return prior * exact(i.likelihood), (1 - prior) * exact(i.false_positive_rate)


def solve(i: BayesInputs) -> Outputs:
    both, false = joint(i)
    return {"posterior": float(both / (both + false))}


def steps(i: BayesInputs) -> Sequence[Step]:
    both, false = (float(part) for part in joint(i))
    posterior = float(joint(i)[0] / sum(joint(i), Fraction()))
    latex = rf"\frac{{{near(both)}}}{{{near(both)}+{near(false)}}}"
    return [
        Step(STEPS["true"], line("a", rf"{given(i.prior)} \cdot {given(i.likelihood)}", both), both),
        Step(STEPS["false"], line("b", rf"(1-{given(i.prior)}) \cdot {given(i.false_positive_rate)}", false), false),
        Step(STEPS["posterior"], line(r"P(A \mid +)", latex, posterior, rough=True), posterior),
    ]


def _ignores_prior(i: BayesInputs) -> Outputs:
    hit, false = exact(i.likelihood), exact(i.false_positive_rate)
    return {"posterior": float(hit / (hit + false))}


FAMILY = Family(
    id="naive_bayes_posterior",
    title=TITLE,
    inputs=BayesInputs,
    outputs={"posterior": Output("real", POSTERIOR)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "likelihood_for_posterior": lambda i: {"posterior": i.likelihood},
            "ignores_prior": _ignores_prior,
        },
    ),
    symbols={"prior": r"\pi", "likelihood": "l", "false_positive_rate": "f"},
)
