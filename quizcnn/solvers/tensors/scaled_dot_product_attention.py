"""Scaled dot-product attention of one head (Vaswani et al. 2017, equation 1)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Matrix, Refusal, refuse_work
from quizcnn.solvers.notation import line, list_line, matrix_line, products
from quizcnn.text import Text

Rows = tuple[tuple[float, ...], ...]
TITLE = Text("Scaled dot-product attention", "缩放点积注意力")
CONVENTION = Text(
    "Rows are tokens; weights = softmax over the keys of q·k/√d, d the width of a query; causal: query i sees keys 0 to i.",
    "每行一个 token；权重为 q·k/√d 沿 key 方向的 softmax，d 是 query 的宽度；causal 时 query i 只看 key 0 到 i。",
)
WEIGHTS = Text("attention weights", "注意力权重")
OUTPUT = Text("output", "输出")
STEPS = {
    "score": Text("query 0 and key 0: inner product over √d", "query 0 与 key 0：内积除以 √d"),
    "scores": Text("all scores, in the same way", "全部得分，算法相同"),
    "row": Text("query {place}: softmax over the keys it sees", "query {place}：在可见的 key 上做 softmax"),
    "weights": Text("all weights; each row sums to 1", "全部权重，每行之和为 1"),
    "output": Text("weights times values", "权重乘值"),
}
MISTAKES = {
    "forgets_scale": (
        Text("does not divide by √d", "没有除以 √d"),
        Text("Inner products grow with √d and would saturate the softmax.", "内积随 √d 增大，会使 softmax 饱和。"),
    ),
    "softmax_over_queries": (
        Text("lets the columns sum to 1", "让每列之和为 1"),
        Text("Each query shares its attention out among the keys, so the rows sum to 1.", "每个 query 把注意力分给各个 key，所以每行之和为 1。"),
    ),
    "divides_by_d": (
        Text("divides by d", "除以了 d"),
        Text("Inner products of d independent terms have a standard deviation of √d.", "d 个独立项之和的标准差是 √d，不是 d。"),
    ),
}  # fmt: skip
LINES = 3


class AttentionInputs(Inputs):
    """query, shape (L, d); key, shape (S, d); value, shape (S, any width)."""

    query: Matrix
    key: Matrix
    value: Matrix
    causal: bool = False

    @model_validator(mode="after")
    def _fits(self) -> AttentionInputs:
        if len(self.query[0]) != len(self.key[0]):
            raise Refusal(f"a query has {len(self.query[0])} numbers, a key {len(self.key[0])}", "query", "key")
        if len(self.key) != len(self.value):
            raise Refusal(f"{len(self.key)} keys do not fit {len(self.value)} values", "key", "value")
        refuse_work(len(self.query) * len(self.key) * (len(self.key[0]) + len(self.value[0])), "query", "key", "value")
        return self


def scores(i: AttentionInputs, divisor: float) -> list[list[float]]:
    return [[math.fsum(a * b for a, b in zip(q, k, strict=True)) / divisor for k in i.key] for q in i.query]


def softmax(values: Sequence[float]) -> tuple[float, ...]:
    top = max(values)
    raised = [math.exp(value - top) for value in values]
    whole = math.fsum(raised)
    return tuple(each / whole for each in raised)


def weights(i: AttentionInputs, divisor: float) -> Rows:
    rows = []
    for place, row in enumerate(scores(i, divisor)):
        seen = row[: place + 1] if i.causal else row
        rows.append(softmax(seen) + (0.0,) * (len(row) - len(seen)))
    return tuple(rows)


def mixed(i: AttentionInputs, shares: Rows) -> Outputs:
    columns = list(zip(*i.value, strict=True))
    output = tuple(
        tuple(math.fsum(a * v for a, v in zip(row, column, strict=True)) for column in columns) for row in shares
    )
    return {"weights": shares, "output": output}


def root(i: AttentionInputs) -> float:
    return math.sqrt(len(i.query[0]))


def solve(i: AttentionInputs) -> Outputs:
    return mixed(i, weights(i, root(i)))


def steps(i: AttentionInputs) -> Sequence[Step]:
    shares, found = weights(i, root(i)), solve(i)
    every = scores(i, root(i))
    first = every[0][0]
    terms = products(list(zip(i.query[0], i.key[0], strict=True)))
    latex = rf"\frac{{{terms}}}{{\sqrt{{{len(i.query[0])}}}}}" if terms else ""
    lines = [Step(STEPS["score"], line("s_{00}", latex, first), first if terms else None)]
    lines.append(Step(STEPS["scores"], matrix_line("S", every), tuple(map(tuple, every))))
    for place, row in enumerate(shares[:LINES]):
        lines.append(Step(_numbered(place), list_line(f"a_{{{place}}}", row), row))
    whole = Step(STEPS["weights"], matrix_line("A", shares), shares)
    output = found["output"]
    rows = (
        [[float(str(cell)) for cell in row] for row in output if isinstance(row, tuple)]
        if isinstance(output, tuple)
        else []
    )
    return [
        *lead_to([*lines, whole], "weights"),
        *lead_to([*lines, whole, Step(STEPS["output"], matrix_line("O", rows), output)], "output"),
    ]


def _numbered(place: int) -> Text:
    return STEPS["row"].map(lambda text: text.format(place=place))


def _columns(i: AttentionInputs) -> Outputs:
    if i.causal:
        return {}
    columns = [softmax(column) for column in zip(*scores(i, root(i)), strict=True)]
    return mixed(i, tuple(zip(*columns, strict=True)))


FAMILY = Family(
    id="scaled_dot_product_attention",
    title=TITLE,
    inputs=AttentionInputs,
    outputs={
        "weights": Output("matrix", WEIGHTS, elements="real"),
        "output": Output("matrix", OUTPUT, elements="real"),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_scale": lambda i: mixed(i, weights(i, 1.0)),
            "softmax_over_queries": _columns,
            "divides_by_d": lambda i: mixed(i, weights(i, float(len(i.query[0])))),
        },
    ),
    symbols={"query": "Q", "key": "K", "value": "V"},
)
