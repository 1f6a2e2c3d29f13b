"""Kullback-Leibler divergence, cross-entropy and entropy of two distributions (Goodfellow et al. 2016, section 3.13)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of, real_of
from quizcnn.solvers.distributions import check_sum, information, sum_of
from quizcnn.solvers.inputs import Inputs, Many, Probability, Refusal, refuse_work
from quizcnn.solvers.latex import fraction
from quizcnn.solvers.notation import MOST_TERMS, given, line, total
from quizcnn.solvers.values import Value, rational
from quizcnn.text import Text

TITLE = Text("Kullback-Leibler divergence", "KL 散度")
CONVENTION = Text(
    "KL(p‖q) with natural logarithms; the entropy is that of p; the cross-entropy is −Σ p ln q; 0 ln 0 = 0.",
    "求 KL(p‖q)，取自然对数；熵指 p 的熵；交叉熵为 −Σ p ln q；0 ln 0 = 0。",
)
OUTPUTS = {
    "kl": Output("real", Text("KL divergence", "KL 散度"), ("nat", "nats")),
    "cross_entropy": Output("real", Text("cross-entropy", "交叉熵"), ("nat", "nats")),
    "entropy": Output("real", Text("entropy of p", "p 的熵"), ("nat", "nats")),
}
STEPS = {
    "kl": Text("each p times the logarithm of p over q", "各项 p 乘 p/q 的对数，再求和"),
    "cross_entropy": Text("each p times the logarithm of q, the sign turned", "各项 p 乘 q 的对数，求和取负"),
    "entropy": Text("each p times the logarithm of p, the sign turned", "各项 p 乘 p 的对数，求和取负"),
}
MISTAKES = {
    "swaps_arguments": (
        Text("exchanges p and q", "把 p 和 q 弄反了"),
        Text("KL is not symmetric: KL(p‖q) weighs the logarithms of p/q with p.", "KL 散度不对称：KL(p‖q) 以 p 为权重，对数里是 p/q。"),
    ),
    "cross_entropy_for_kl": (
        Text("gives the cross-entropy", "给出的是交叉熵"),
        Text("The divergence is the cross-entropy less the entropy of p.", "KL 散度是交叉熵减去 p 的熵。"),
    ),
    "drops_the_sign": (
        Text("turns the sign", "符号弄反了"),
        Text("The divergence is never negative; the logarithm is that of p/q, not q/p.", "KL 散度不会为负；对数里是 p/q，不是 q/p。"),
    ),
    "entropy_of_q": (
        Text("takes the entropy of q", "算成了 q 的熵"),
        Text("The entropy asked is that of the true distribution p.", "所求是真实分布 p 的熵。"),
    ),
}  # fmt: skip
MOST_CLASSES = 10**4


class KlInputs(Inputs):
    """Two distributions over the same classes; q is above 0 wherever p is."""

    p: Many[Probability]
    q: Many[Probability]

    @model_validator(mode="after")
    def _fits(self) -> KlInputs:
        if len(self.p) != len(self.q):
            raise Refusal(f"p has {len(self.p)} classes, q has {len(self.q)}", "p", "q")
        refuse_work(len(self.p), "p", "q", most=MOST_CLASSES)
        check_sum(self.p, "p")
        check_sum(self.q, "q")
        if any(one and not other for one, other in zip(self.p, self.q, strict=True)):
            raise Refusal("the divergence is infinite where q is 0 and p is not", "q")
        return self


def divergence(p: Sequence[float], q: Sequence[float]) -> Decimal:
    """Sum of p ln(p/q): from the quotients, so that near distributions lose no digits. Infinite where q alone is 0."""
    pairs = ((decimal_of(one), decimal_of(other)) for one, other in zip(p, q, strict=True) if one)
    return sum_of(WIDE.multiply(one, WIDE.ln(WIDE.divide(one, other))) for one, other in pairs)


def shown(value: Decimal) -> float:
    """A float, never a negative zero."""
    return float(value) + 0.0


def solve(i: KlInputs) -> Outputs:
    return {
        "kl": shown(divergence(i.p, i.q)),
        "cross_entropy": shown(information(i.p, i.q)),
        "entropy": shown(information(i.p, i.p)),
    }


def steps(i: KlInputs) -> Sequence[Step]:
    found = {"kl": divergence(i.p, i.q), "cross_entropy": information(i.p, i.q), "entropy": information(i.p, i.p)}
    pairs = [(given(one), given(other)) for one, other in zip(i.p, i.q, strict=True) if one]
    few = len(pairs) <= MOST_TERMS
    ratios = total(rf"{p} \cdot \ln ({fraction(p, q)})" for p, q in pairs) if few else ""
    crosses = total(rf"{p} \cdot \ln {q}" for p, q in pairs) if few else ""
    selves = total(rf"{p} \cdot \ln {p}" for p, _ in pairs) if few else ""
    expressions = {
        "kl": (r"KL(p \Vert q)", ratios),
        "cross_entropy": ("H(p, q)", f"-({crosses})" if crosses else ""),
        "entropy": ("H(p)", f"-({selves})" if selves else ""),
    }
    return [
        step
        for name, (symbol, expression) in expressions.items()
        for step in lead_to([Step(STEPS[name], line(symbol, expression, shown(found[name])), shown(found[name]))], name)
    ]


def _follow_kl(i: KlInputs, own: Outputs) -> Value:
    return real_of(rational(own["cross_entropy"]) - rational(own["entropy"]))


FAMILY = Family(
    id="kl_divergence",
    title=TITLE,
    inputs=KlInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "swaps_arguments": lambda i: {"kl": shown(divergence(i.q, i.p))},
            "cross_entropy_for_kl": lambda i: {"kl": shown(information(i.p, i.q))},
            "drops_the_sign": lambda i: {"kl": 0.0 - shown(divergence(i.p, i.q))},
            "entropy_of_q": lambda i: {"entropy": shown(information(i.q, i.q))},
        },
    ),
    follow={"kl": _follow_kl},
    symbols={"p": "p", "q": "q"},
)
