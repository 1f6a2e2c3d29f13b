"""Dropout: units that stay on average, and the factors that keep the expectation (Srivastava et al. 2014; torch.nn.Dropout)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pydantic import Field

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.decimals import real_of
from quizcnn.solvers.inputs import Inputs, Real, Size
from quizcnn.solvers.notation import given, line
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("Dropout", "dropout 的缩放")
CONVENTION = Text(
    "p is the probability of dropping; inverted dropout scales in training, classic dropout at test time.",
    "p 为丢弃概率；inverted dropout 在训练时缩放，经典 dropout 在测试时缩放。",
)
OUTPUTS = {
    "expected_active": Output("real", Text("units kept on average", "平均保留的单元数"), ("units", "个")),
    "train_scale": Output("real", Text("factor in training (inverted)", "训练时的系数（inverted）")),
    "test_scale_classic": Output("real", Text("factor at test time (classic)", "测试时的系数（经典）")),
}
STEPS = {
    "expected_active": Text("each unit stays with probability 1 − p", "每个单元以 1 − p 的概率保留"),
    "train_scale": Text("what is kept makes up for what is dropped", "保留下来的值放大，补上丢弃的部分"),
    "test_scale_classic": Text(
        "at test time all units are there, so each counts less", "测试时单元全部都在，每个相应缩小"
    ),
}
MISTAKES = {
    "keep_for_drop": (
        Text("counts the units that are dropped", "算成了被丢弃的单元数"),
        Text("p = {drop_probability} is the probability of dropping; a unit stays with 1 − p.", "p = {drop_probability} 是丢弃概率，保留的概率是 1 − p。"),
    ),
    "scales_by_p": (
        Text("divides by p", "除以了 p"),
        Text("A value survives with probability 1 − p, so it is divided by 1 − p to keep its expectation.", "一个值以 1 − p 的概率保留，要除以 1 − p，期望才不变。"),
    ),
    "shrinks_in_training": (
        Text("multiplies by 1 − p in training", "训练时乘了 1 − p"),
        Text("That is the factor of classic dropout at test time; inverted dropout enlarges what it keeps.", "那是经典 dropout 在测试时的系数；inverted dropout 在训练时是放大。"),
    ),
    "p_at_test_time": (
        Text("multiplies by p at test time", "测试时乘了 p"),
        Text("A unit was there in a share 1 − p of the training passes, and that is the factor.", "训练中单元以 1 − p 的概率存在，测试时的系数就是 1 − p。"),
    ),
}  # fmt: skip


class DropoutInputs(Inputs):
    """drop_probability in [0, 1)."""

    units: Size
    drop_probability: Real = Field(ge=0, lt=1)

    @property
    def drop(self) -> Fraction:
        return exact(self.drop_probability)


def on_average(count: Fraction) -> int | float:
    """A mean number of units; a whole one where no float is large enough."""
    try:
        return real_of(count)
    except OverflowError:
        return round(count)


def solve(i: DropoutInputs) -> Outputs:
    keep = 1 - i.drop
    return {
        "expected_active": on_average(i.units * keep),
        "train_scale": real_of(1 / keep),
        "test_scale_classic": real_of(keep),
    }


def steps(i: DropoutInputs) -> Sequence[Step]:
    p, keep = given(i.drop_probability), 1 - i.drop
    lines = {
        "expected_active": (r"n(1-p)", rf"{i.units} \cdot (1-{p})", i.units * keep),
        "train_scale": (r"\frac{1}{1-p}", rf"\frac{{1}}{{1-{p}}}", 1 / keep),
        "test_scale_classic": ("1-p", f"1-{p}", keep),
    }
    return [
        Step(STEPS[name], line(symbol, expression, on_average(value)), on_average(value), name)
        for name, (symbol, expression, value) in lines.items()
    ]


FAMILY = Family(
    id="dropout",
    title=TITLE,
    inputs=DropoutInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "keep_for_drop": lambda i: {"expected_active": on_average(i.units * i.drop)},
            "scales_by_p": lambda i: {"train_scale": real_of(1 / i.drop)},
            "shrinks_in_training": lambda i: {"train_scale": real_of(1 - i.drop)},
            "p_at_test_time": lambda i: {"test_scale_classic": real_of(i.drop)},
        },
    ),
    symbols={"units": "n", "drop_probability": "p"},
)
