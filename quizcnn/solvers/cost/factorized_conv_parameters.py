"""Parameters of 1×k then k×1 against one k×k (Szegedy et al. 2016, Rethinking the Inception architecture, section 3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Size
from quizcnn.solvers.latex import fraction, product, tex
from quizcnn.solvers.primitives import conv_weights
from quizcnn.solvers.units import PARAMETERS
from quizcnn.solvers.values import whole
from quizcnn.text import Text

TITLE = Text("Convolution split into 1×k and k×1", "拆成 1×k 和 k×1 的卷积")
CONVENTION = Text(
    "A 1×k convolution from the input to the output channels, then a k×1 one between the output channels; no biases.",
    "先做 1×k 卷积（输入通道到输出通道），再做 k×1 卷积（输出通道到输出通道），都不带偏置。",
)
OUTPUTS = {
    "factorized_parameters": Output("integer", Text("parameters of the pair", "拆分后的参数量"), PARAMETERS),
    "full_parameters": Output("integer", Text("parameters of the k×k convolution", "k×k 卷积的参数量"), PARAMETERS),
    "ratio": Output("fraction", Text("the pair against the k×k convolution", "拆分后与 k×k 卷积之比")),
}
STEPS = {
    "first": Text("1×k convolution", "1×k 卷积"),
    "second": Text("k×1 convolution on its outputs", "接在后面的 k×1 卷积"),
    "pair": Text("both together", "两层合计"),
    "full": Text("one k×k convolution", "一个 k×k 卷积"),
    "ratio": Text("the pair against the k×k convolution", "拆分后与 k×k 卷积之比"),
}
MISTAKES = {
    "second_conv_keeps_in_channels": (
        Text("lets the second convolution read the input channels", "第二个卷积仍按输入通道数计算"),
        Text("The first one has already made {out_channels} channels, and the second reads those.", "第一个卷积的输出已是 {out_channels} 个通道，第二个读的就是它们。"),
    ),
    "forgets_second_conv": (
        Text("counts the first convolution only", "只算了第一个卷积"),
        Text("A row of taps sees one direction; the k×1 convolution adds the other and has weights too.", "一行采样点只覆盖一个方向，另一个方向由 k×1 卷积完成，它也有权重。"),
    ),
}  # fmt: skip


class FactorizedInputs(Inputs):
    """Channel counts and the side of the kernel."""

    kernel_size: Size
    in_channels: Size
    out_channels: Size


def layers(i: FactorizedInputs) -> tuple[int, int, int]:
    """Weights of 1×k, k×1 and k×k."""
    k, into, out = i.kernel_size, i.in_channels, i.out_channels
    return conv_weights(into, out, (1, k)), conv_weights(out, out, (k, 1)), conv_weights(into, out, (k, k))


def counts(pair: int, full: int) -> Outputs:
    return {"factorized_parameters": pair, "full_parameters": full, "ratio": Fraction(pair, full)}


def solve(i: FactorizedInputs) -> Outputs:
    first, second, full = layers(i)
    return counts(first + second, full)


def steps(i: FactorizedInputs) -> Sequence[Step]:
    k, into, out = i.kernel_size, i.in_channels, i.out_channels
    first, second, full = layers(i)
    pair, ratio = first + second, Fraction(first + second, full)
    both = [
        Step(STEPS["first"], rf"k C_{{in}} C_{{out}} = {product(k, into, out)} = {first}", first),
        Step(STEPS["second"], rf"k C_{{out}} C_{{out}} = {product(k, out, out)} = {second}", second),
        Step(STEPS["pair"], f"{first}+{second} = {pair}", pair),
    ]
    one = Step(STEPS["full"], rf"k^2 C_{{in}} C_{{out}} = {product(k, k, into, out)} = {full}", full)
    last = Step(STEPS["ratio"], f"{fraction(pair, full)} = {tex(ratio)}", ratio)
    return [*lead_to(both, "factorized_parameters"), *lead_to([one], "full_parameters"), *lead_to([*both, one, last], "ratio")]  # fmt: skip


def _pair(i: FactorizedInputs, second: int) -> Outputs:
    """What another second layer changes."""
    first, _, full = layers(i)
    found = counts(first + second, full)
    return {name: found[name] for name in ("factorized_parameters", "ratio")}


FAMILY = Family(
    id="factorized_conv_parameters",
    title=TITLE,
    inputs=FactorizedInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "second_conv_keeps_in_channels": lambda i: (
                _pair(i, layers(i)[0]) if i.in_channels != i.out_channels else {}
            ),
            "forgets_second_conv": lambda i: _pair(i, 0),
        },
    ),
    follow={"ratio": lambda i, own: Fraction(whole(own["factorized_parameters"]), whole(own["full_parameters"]))},
    symbols={"kernel_size": "k", "in_channels": "C_{in}", "out_channels": "C_{out}"},
)
