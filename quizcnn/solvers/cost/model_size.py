"""Size of a model's parameters in bytes, and the memory that training adds for gradients and optimizer state."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import nearest_number
from quizcnn.solvers.inputs import Inputs, Size
from quizcnn.solvers.latex import product
from quizcnn.solvers.notation import line
from quizcnn.solvers.primitives import bytes_of
from quizcnn.solvers.units import BYTES, MEGABYTES
from quizcnn.solvers.values import rational, whole
from quizcnn.text import Text

TITLE = Text("Size of a model in memory", "模型的存储大小")
CONVENTION = Text(
    "Parameters only, a megabyte is 10⁶ bytes. Training holds weights, gradients and 0 (sgd), 1 (momentum) or 2 (adam) states, all of these bits; activations are not counted.",
    "只计参数，1 MB 为 10⁶ 字节。训练时保存权重、梯度和 0（sgd）、1（momentum）或 2（adam）份优化器状态，位数相同；不计激活。",
)
OUTPUTS = {
    "bytes": Output("integer", Text("bytes", "字节数"), BYTES),
    "megabytes": Output("real", Text("megabytes", "大小（MB）"), MEGABYTES),
    "training_bytes": Output("integer", Text("bytes in training", "训练时的字节数"), BYTES),
}
STEPS = {
    "bytes": Text("8 bits make a byte", "8 位是一个字节"),
    "megabytes": Text("a megabyte is a million bytes", "1 MB 是一百万字节"),
    "training": Text("copies: weights, gradients, optimizer states", "份数：权重、梯度、优化器状态"),
    "inference": Text("without an optimizer: the weights alone", "没有优化器：只有权重"),
}
MISTAKES = {
    "bits_as_bytes": (
        Text("takes bits for bytes", "把位当成了字节"),
        Text("{bits} bits are {bits}/8 bytes.", "{bits} 位是 {bits}/8 字节。"),
    ),
    "mebibytes": (
        Text("divides by 2^20", "除以了 2^20"),
        Text("That is MiB; a megabyte (MB) is 10⁶ bytes here.", "那是 MiB；这里的 MB 是 10⁶ 字节。"),
    ),
    "forgets_optimizer_state": (
        Text("leaves out the state of the optimizer", "漏了优化器状态"),
        Text("With {optimizer} every parameter has running means of its own.", "{optimizer} 为每个参数保存滑动平均。"),
    ),
    "forgets_gradients": (
        Text("leaves out the gradients", "漏了梯度"),
        Text("Every parameter has a gradient of the same size.", "每个参数都有一个同样大小的梯度。"),
    ),
}  # fmt: skip
STATES = {"sgd": 0, "momentum": 1, "adam": 2}
MEGA = 10**6


class ModelSizeInputs(Inputs):
    """Number of parameters, bits of each, optimizer (none: no training)."""

    parameters: Size
    bits: Size = 32
    optimizer: Literal["none", "sgd", "momentum", "adam"] = "none"

    @property
    def copies(self) -> int:
        return 1 if self.optimizer == "none" else 2 + STATES[self.optimizer]


def stored(i: ModelSizeInputs) -> int:
    return bytes_of(i.parameters, i.bits)


def sizes(i: ModelSizeInputs, size: int) -> Outputs:
    """All outputs from the bytes of one copy."""
    return {"bytes": size, "megabytes": nearest_number(Fraction(size, MEGA)), "training_bytes": i.copies * size}


def solve(i: ModelSizeInputs) -> Outputs:
    return sizes(i, stored(i))


def steps(i: ModelSizeInputs) -> Sequence[Step]:
    size = stored(i)
    quotient = rf"\frac{{{product(i.parameters, i.bits)}}}{{8}}"
    first = Step(STEPS["bytes"], rf"S = \left\lceil {quotient} \right\rceil = {size}", size, "bytes")
    megabytes = nearest_number(Fraction(size, MEGA))
    second = Step(STEPS["megabytes"], line("M", rf"\frac{{{size}}}{{10^6}}", megabytes), megabytes)
    held = i.copies * size
    caption = "inference" if i.optimizer == "none" else "training"
    third = Step(STEPS[caption], f"S_t = {product(i.copies, size)} = {held}", held)
    return [first, *lead_to([first, second], "megabytes"), *lead_to([first, third], "training_bytes")]


FAMILY = Family(
    id="model_size",
    title=TITLE,
    inputs=ModelSizeInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "bits_as_bytes": lambda i: sizes(i, i.parameters * i.bits),
            "mebibytes": lambda i: {"megabytes": nearest_number(Fraction(stored(i), 2**20))},
            "forgets_optimizer_state": lambda i: {"training_bytes": 2 * stored(i)} if i.copies > 2 else {},
            "forgets_gradients": lambda i: {"training_bytes": (i.copies - 1) * stored(i)} if i.copies > 1 else {},
        },
    ),
    follow={
        "megabytes": lambda i, own: nearest_number(rational(own["bytes"]) / MEGA),
        "training_bytes": lambda i, own: i.copies * whole(own["bytes"]),
    },
    symbols={"parameters": "P", "bits": "b"},
)
