"""Memory of one feature map over a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import nearest_number
from quizcnn.solvers.inputs import Inputs, Size
from quizcnn.solvers.latex import product
from quizcnn.solvers.notation import line
from quizcnn.solvers.primitives import bytes_of
from quizcnn.solvers.units import BYTES, MEBIBYTES
from quizcnn.solvers.values import Value, rational
from quizcnn.text import Text

TITLE = Text("Memory of an activation map", "激活图占用的内存")
CONVENTION = Text("One map N × C × H × W, nothing else; a MiB is 2²⁰ bytes.", "只计一个 N × C × H × W 的特征图；1 MiB 为 2²⁰ 字节。")  # fmt: skip
OUTPUTS = {
    "bytes": Output("integer", Text("bytes", "字节数"), BYTES),
    "mebibytes": Output("real", Text("memory in MiB", "内存（MiB）"), MEBIBYTES),
}
STEPS = {
    "elements": Text("values of the map over the batch", "整批特征图的元素个数"),
    "bytes": Text("8 bits make a byte", "8 位是一个字节"),
    "mebibytes": Text("a MiB is 2^20 bytes", "1 MiB 是 2^20 字节"),
}
MISTAKES = {
    "forgets_batch": (
        Text("counts one image only", "只算了一张图"),
        Text("Each of the {batch_size} images of the batch has a map of its own.", "批中的 {batch_size} 张图各有自己的特征图。"),
    ),
    "bits_as_bytes": (
        Text("takes bits for bytes", "把位当成了字节"),
        Text("{bits} bits are {bits}/8 bytes.", "{bits} 位是 {bits}/8 字节。"),
    ),
    "megabytes_for_mebibytes": (
        Text("divides by 10^6", "除以了 10^6"),
        Text("That is MB; a MiB is 2²⁰ bytes.", "那是 MB；1 MiB 是 2²⁰ 字节。"),
    ),
}  # fmt: skip
MEBI = 2**20


class ActivationInputs(Inputs):
    """Images, channels, height and width in pixels, bits of a value."""

    batch_size: Size
    channels: Size
    height: Size
    width: Size
    bits: Size = 32


def elements(i: ActivationInputs) -> int:
    return i.batch_size * i.channels * i.height * i.width


def sizes(count: int) -> Outputs:
    """Both outputs from the bytes."""
    return {"bytes": count, "mebibytes": nearest_number(Fraction(count, MEBI))}


def solve(i: ActivationInputs) -> Outputs:
    return sizes(bytes_of(elements(i), i.bits))


def steps(i: ActivationInputs) -> Sequence[Step]:
    count = elements(i)
    size = bytes_of(count, i.bits)
    mebibytes = nearest_number(Fraction(size, MEBI))
    numbers = product(i.batch_size, i.channels, i.height, i.width)
    lines = [
        Step(STEPS["elements"], f"E = NCHW = {numbers} = {count}", count),
        Step(STEPS["bytes"], rf"S = \left\lceil \frac{{{product(count, i.bits)}}}{{8}} \right\rceil = {size}", size),
    ]
    last = Step(STEPS["mebibytes"], line("M", rf"\frac{{{size}}}{{2^{{20}}}}", mebibytes), mebibytes)
    return [*lead_to(lines, "bytes"), *lead_to([*lines, last], "mebibytes")]


def _decimal_mega(i: ActivationInputs) -> Mapping[str, Value]:
    return {"mebibytes": nearest_number(Fraction(bytes_of(elements(i), i.bits), 10**6))}


FAMILY = Family(
    id="activation_memory",
    title=TITLE,
    inputs=ActivationInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(MISTAKES, {
        "forgets_batch": lambda i: sizes(bytes_of(elements(i) // i.batch_size, i.bits)) if i.batch_size > 1 else {},
        "bits_as_bytes": lambda i: sizes(elements(i) * i.bits),
        "megabytes_for_mebibytes": _decimal_mega,
    }),
    follow={"mebibytes": lambda i, own: nearest_number(rational(own["bytes"]) / MEBI)},
    symbols={"batch_size": "N", "channels": "C", "height": "H", "width": "W", "bits": "b"},
)  # fmt: skip
