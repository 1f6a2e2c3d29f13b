"""How likely a bootstrap sample holds a given example (Efron & Tibshirani 1993; Breiman 1996)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Size
from quizcnn.solvers.notation import line, near
from quizcnn.text import Text

TITLE = Text("Bootstrap sampling", "自助采样")
CONVENTION = Text(
    "N draws with replacement from N samples; out of bag: never drawn; the limit is that of `included` for many samples.",
    "从 N 个样本中有放回地抽 N 次；袋外指一次也没抽到；极限指样本很多时的入选概率。",
)
INCLUDED = Text("probability to be drawn", "被抽中的概率")
OUT = Text("probability to stay out", "落在袋外的概率")
LIMIT = Text("limit of the first", "入选概率的极限")
EXPECTED = Text("expected samples out of bag", "袋外样本数的期望")
STEPS = {
    "one": Text("missed by one draw", "一次抽不到的概率"),
    "out": Text("missed by all N draws", "N 次都抽不到"),
    "included": Text("drawn at least once", "至少抽中一次"),
    "limit": Text("for many samples", "样本很多时"),
    "expected": Text("over all samples", "对全部样本求和"),
}
MISTAKES = {
    "inverts": (
        Text("gives the other of the two", "取了相反的一个"),
        Text("(1 − 1/N)^N is the probability never to be drawn.", "(1 − 1/N)^N 是一次也没抽中的概率。"),
    ),
    "expected_in_bag": (
        Text("counts the samples in the bag", "数了袋内的样本"),
        Text("About 37 % of the samples stay out, about 63 % are drawn.", "约 37 % 的样本在袋外，约 63 % 被抽中。"),
    ),
    "each_sample_once": (
        Text("takes 1 − 1/N for the probability to be drawn", "用 1 − 1/N 作为抽中的概率"),
        Text("One draw misses a sample with 1 − 1/N; there are {samples} draws.", "1 − 1/N 是一次抽不到的概率，一共抽 {samples} 次。"),
    ),
}  # fmt: skip


class BootstrapInputs(Inputs):
    """How many samples there are, and are drawn."""

    samples: Size


def missed(i: BootstrapInputs) -> float:
    """(1 - 1/N)^N, right for any N."""
    return (
        math.exp(i.samples * math.log1p(-1 / i.samples))
        if 1 < i.samples < 10**15
        else (0.0 if i.samples == 1 else math.exp(-1))
    )


def solve(i: BootstrapInputs) -> Outputs:
    out = missed(i)
    return {"included": 1 - out, "out_of_bag": out, "limit": -math.expm1(-1), "expected_out_of_bag": i.samples * out}


def steps(i: BootstrapInputs) -> Sequence[Step]:
    found = {name: float(str(value)) for name, value in solve(i).items()}
    out = found["out_of_bag"]
    first = Step(
        STEPS["out"],
        line("q", rf"(1-\frac{{1}}{{{i.samples}}})^{{{i.samples}}}", out),
        out if i.samples < 10**6 else None,
    )
    drawn = Step(STEPS["included"], line("p", f"1-{near(out, 6)}", found["included"], rough=True), found["included"])
    limit = Step(STEPS["limit"], line("L", r"1-\frac{1}{e}", found["limit"]), found["limit"])
    expected = found["expected_out_of_bag"]
    last = Step(STEPS["expected"], line("E", rf"{i.samples} \cdot {near(out, 6)}", expected, rough=True), expected)
    kept = Step(first.caption, first.latex, out)
    return [
        *lead_to([first, drawn], "included"),
        *lead_to([kept], "out_of_bag"),
        *lead_to([limit], "limit"),
        *lead_to([first, last], "expected_out_of_bag"),
    ]


FAMILY = Family(
    id="bootstrap_probability",
    title=TITLE,
    inputs=BootstrapInputs,
    outputs={
        "included": Output("real", INCLUDED),
        "out_of_bag": Output("real", OUT),
        "limit": Output("real", LIMIT),
        "expected_out_of_bag": Output("real", EXPECTED),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "inverts": lambda i: {"included": missed(i), "out_of_bag": 1 - missed(i)},
            "expected_in_bag": lambda i: {"expected_out_of_bag": i.samples * (1 - missed(i))},
            "each_sample_once": lambda i: {"included": 1 - 1 / i.samples, "out_of_bag": 1 / i.samples},
        },
    ),
    symbols={"samples": "N"},
)
