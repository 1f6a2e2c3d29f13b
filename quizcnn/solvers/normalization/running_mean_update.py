"""The running mean of batch normalisation after one batch, by PyTorch's and by Keras' meaning of momentum."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from quizcnn.solvers.averages import averaged
from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.inputs import Inputs, Probability, Real
from quizcnn.solvers.notation import given, line, operand
from quizcnn.text import Text

TITLE = Text("Update of a running mean", "滑动均值的更新")
CONVENTION = Text(
    "momentum m by its framework: PyTorch (1 − m)·running + m·batch; Keras m·running + (1 − m)·batch.",
    "momentum 记作 m，含义随框架而定：PyTorch 为 (1 − m)·旧值 + m·当前 batch 的值；Keras 为 m·旧值 + (1 − m)·当前 batch 的值。",
)
STEPS = {
    "pytorch": Text("PyTorch: momentum weighs the new value", "PyTorch：momentum 是新值的权重"),
    "keras": Text("Keras: momentum weighs the old value", "Keras：momentum 是旧值的权重"),
}
MISTAKES = {
    "other_framework": (
        Text("takes momentum by the other framework's meaning", "用了另一个框架的 momentum 定义"),
        Text("PyTorch's momentum weighs the new value, Keras' the old one; here {convention} counts.", "PyTorch 的 momentum 是新值的权重，Keras 的是旧值的权重，这里按 {convention} 计算。"),
    ),
    "keeps_the_batch_value": (
        Text("replaces the running mean by the batch's", "直接用当前 batch 的均值覆盖了旧值"),
        Text("The running mean moves only a part of the way from {running} to {batch}.", "滑动均值只从 {running} 向 {batch} 移动一部分。"),
    ),
}  # fmt: skip


class RunningMeanInputs(Inputs):
    """running: the mean stored; batch: that of the batch; momentum in 0..1."""

    running: Real
    batch: Real
    momentum: Probability
    convention: Literal["pytorch", "keras"]


def updated(i: RunningMeanInputs, *, keras: bool) -> float:
    momentum = decimal_of(i.momentum)
    kept = momentum if keras else WIDE.subtract(Decimal(1), momentum)
    return float(averaged(decimal_of(i.running), decimal_of(i.batch), kept))


def solve(i: RunningMeanInputs) -> Outputs:
    return {"running": updated(i, keras=i.convention == "keras")}


def steps(i: RunningMeanInputs) -> Sequence[Step]:
    m, rest = given(i.momentum), f"(1-{given(i.momentum)})"
    old, new = (m, rest) if i.convention == "keras" else (rest, m)
    value = updated(i, keras=i.convention == "keras")
    expression = rf"{old} \cdot {operand(i.running)}+{new} \cdot {operand(i.batch)}"
    return [Step(STEPS[i.convention], line(r"\mu_{run}", expression, value), value)]


FAMILY = Family(
    id="running_mean_update",
    title=TITLE,
    inputs=RunningMeanInputs,
    outputs={"running": Output("real", Text("new running mean", "新的滑动均值"))},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "other_framework": lambda i: {"running": updated(i, keras=i.convention != "keras")},
            "keeps_the_batch_value": lambda i: {"running": i.batch},
        },
        conventions=("other_framework",),
    ),
    symbols={"running": r"\mu_{run}", "batch": r"\mu_B", "momentum": "m"},
)
