"""Scores of self-attention and the multiply-adds of QK^T (Vaswani et al. 2017, section 3.2)."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Inputs, Refusal, Size
from quizcnn.solvers.latex import product
from quizcnn.solvers.units import COUNT, MACS
from quizcnn.text import Text

TITLE = Text("Cost of the attention scores", "注意力分数的计算量")
CONVENTION = Text(
    "Self-attention over one sequence: every head has one score for each query and key; score_macs are the multiply-adds of QKᵀ over all heads.",
    "一个序列的自注意力：每个头对每对 query 和 key 有一个分数；score_macs 是所有头的 QKᵀ 的乘加次数。",
)
OUTPUTS = {
    "score_elements": Output("integer", Text("attention scores", "注意力分数的个数"), COUNT),
    "score_macs": Output("integer", Text("multiply-adds of the scores", "求分数的乘加次数"), MACS),
}
STEPS = {
    "score_elements": Text("heads times queries times keys", "头数 × query 数 × key 数"),
    "head": Text("width of one head", "每个头的维度"),
    "score_macs": Text("one product for each score and dimension of its head", "每个分数在该头的每一维上各做一次乘加"),
}
MISTAKES = {
    "forgets_heads": (
        Text("counts the scores of one head", "只算了一个头的分数"),
        Text("Each of the {num_heads} heads has a matrix of scores of its own.", "{num_heads} 个头各有自己的分数矩阵。"),
    ),
    "linear_in_tokens": (
        Text("lets the cost grow linearly with the tokens", "以为随 token 数线性增长"),
        Text("Every token is compared with all {tokens} tokens, so the number is squared.", "每个 token 都要与全部 {tokens} 个 token 比较，所以是平方。"),
    ),
}  # fmt: skip


class ScoreInputs(Inputs):
    """Tokens of the sequence, width, heads that share it."""

    tokens: Size
    embed_dim: Size
    num_heads: Size

    @model_validator(mode="after")
    def _divides(self) -> ScoreInputs:
        if self.embed_dim % self.num_heads:
            raise Refusal("num_heads must divide embed_dim", "num_heads", "embed_dim")
        return self


def counts(i: ScoreInputs, pairs: int) -> Outputs:
    """Scores and multiply-adds for so many pairs of tokens."""
    return {"score_elements": i.num_heads * pairs, "score_macs": pairs * i.embed_dim}


def solve(i: ScoreInputs) -> Outputs:
    return counts(i, i.tokens**2)


def steps(i: ScoreInputs) -> Sequence[Step]:
    n, h, wide = i.tokens, i.num_heads, i.embed_dim // i.num_heads
    scores, macs = h * n * n, n * n * i.embed_dim
    return [
        Step(STEPS["score_elements"], f"h n^2 = {product(h, n, n)} = {scores}", scores, "score_elements"),
        Step(STEPS["head"], rf"d_k = \frac{{d}}{{h}} = \frac{{{i.embed_dim}}}{{{h}}} = {wide}", wide, "score_macs"),
        Step(STEPS["score_macs"], f"h n^2 d_k = {product(h, n, n, wide)} = {macs}", macs, "score_macs"),
    ]


FAMILY = Family(
    id="attention_cost",
    title=TITLE,
    inputs=ScoreInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_heads": lambda i: {"score_elements": i.tokens**2} if i.num_heads > 1 else {},
            "linear_in_tokens": lambda i: counts(i, i.tokens) if i.tokens > 1 else {},
        },
    ),
    symbols={"tokens": "n", "embed_dim": "d", "num_heads": "h"},
)
