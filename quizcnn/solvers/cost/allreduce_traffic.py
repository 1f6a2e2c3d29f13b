"""Bytes that a ring all-reduce of the gradient sends each step (Patarasuk and Yuan 2009)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step, lead_to
from quizcnn.solvers.inputs import Inputs, Size
from quizcnn.solvers.latex import product
from quizcnn.solvers.notation import line
from quizcnn.solvers.primitives import bytes_of
from quizcnn.solvers.units import BYTES
from quizcnn.solvers.values import rational
from quizcnn.text import Text

TITLE = Text("Traffic of a ring all-reduce", "环形 all-reduce 的通信量")
CONVENTION = Text(
    "One ring all-reduce of the whole gradient a step: a reduce-scatter, then an all-gather, each in n − 1 rounds of one n-th of the bytes; sent bytes only.",
    "每步对整个梯度做一次环形 all-reduce：先 reduce-scatter，再 all-gather，各 n − 1 轮，每轮传 1/n 的字节；只计发送的字节。",
)
OUTPUTS = {
    "gradient_bytes": Output("integer", Text("bytes of the gradient", "梯度的字节数"), BYTES),
    "sent_per_device": Output("fraction", Text("bytes that each device sends", "每个设备发送的字节数"), BYTES),
    "total_sent": Output("integer", Text("bytes sent by all devices", "所有设备发送的字节数"), BYTES),
}
STEPS = {
    "bytes": Text("the gradient has a number for every parameter", "每个参数对应梯度中的一个数"),
    "one": Text("n − 1 parts in each of the two halves", "两个阶段各发送 n − 1 份"),
    "all": Text("all devices together: n times what one sends", "所有设备合计：一个设备的 n 倍"),
}
MISTAKES = {
    "forgets_gather": (
        Text("leaves out the all-gather", "漏了 all-gather"),
        Text("After the reduce-scatter each device holds only one of {devices} parts of the sum.", "reduce-scatter 之后每个设备只有总和的 {devices} 份之一。"),
    ),
    "sends_to_everyone": (
        Text("sends the whole gradient to every other device", "把整个梯度发给其他每个设备"),
        Text("In a ring a device sends only to its neighbour, one part at a time.", "环上每个设备只发给相邻的一个，每次一份。"),
    ),
    "forgets_fraction": (
        Text("counts 2 whole gradients", "按两份完整梯度计算"),
        Text("Each half takes {devices} − 1 rounds, so one part of {devices} is never sent.", "每个阶段只有 {devices} − 1 轮，{devices} 份中有一份不用发送。"),
    ),
}  # fmt: skip


class AllReduceInputs(Inputs):
    """Devices of the ring, parameters of the model, bits of a gradient value."""

    devices: Size
    parameters: Size
    bits: Size = 32


def gradient(i: AllReduceInputs) -> int:
    return bytes_of(i.parameters, i.bits)


def sent(i: AllReduceInputs) -> Fraction:
    return Fraction(2 * (i.devices - 1) * gradient(i), i.devices)


def solve(i: AllReduceInputs) -> Outputs:
    one = sent(i)
    return {"gradient_bytes": gradient(i), "sent_per_device": one, "total_sent": int(one * i.devices)}


def steps(i: AllReduceInputs) -> Sequence[Step]:
    n, size, one = i.devices, gradient(i), sent(i)
    numbers = rf"\left\lceil \frac{{{product(i.parameters, i.bits)}}}{{8}} \right\rceil"
    first = Step(STEPS["bytes"], rf"S = {numbers} = {size}", size)
    second = Step(STEPS["one"], line("D", rf"\frac{{2 \cdot ({n}-1)}}{{{n}}} \cdot {size}", one), one)
    total = int(one * n)
    third = Step(STEPS["all"], rf"T = 2(n-1)S = 2 \cdot ({n}-1) \cdot {size} = {total}", total)
    return [
        *lead_to([first], "gradient_bytes"),
        *lead_to([first, second], "sent_per_device"),
        *lead_to([first, third], "total_sent"),
    ]


def _mistake(slug: str, one: Callable[[AllReduceInputs], Fraction | int]) -> Mistake[AllReduceInputs]:
    """Other bytes sent by each device, and so by all."""

    def wrong(i: AllReduceInputs) -> Outputs:
        each = Fraction(one(i))
        return {"sent_per_device": each, "total_sent": int(each * i.devices)}

    return Mistake(slug, *MISTAKES[slug], wrong)


FAMILY = Family(
    id="allreduce_traffic",
    title=TITLE,
    inputs=AllReduceInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _mistake("forgets_gather", lambda i: sent(i) / 2),
        _mistake("sends_to_everyone", lambda i: (i.devices - 1) * gradient(i)),
        _mistake("forgets_fraction", lambda i: 2 * gradient(i)),
    ),
    follow={
        "sent_per_device": lambda i, own: rational(own["gradient_bytes"]) * Fraction(2 * (i.devices - 1), i.devices),
        "total_sent": lambda i, own: rational(own["sent_per_device"]) * i.devices,
    },
    symbols={"devices": "n", "parameters": "P", "bits": "b"},
)
