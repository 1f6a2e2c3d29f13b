"""Parameters of a squeeze-and-excitation block (Hu et al. 2018, section 3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step
from quizcnn.solvers.inputs import Inputs, Refusal, Size
from quizcnn.solvers.latex import product
from quizcnn.solvers.units import PARAMETERS
from quizcnn.text import Text

TITLE = Text("Parameters of a squeeze-and-excitation block", "SE 模块的参数量")
CONVENTION = Text(
    "Two fully connected layers, C to C/r (rounded down) and back to C; biases only when bias=True.",
    "两个全连接层：C 到 C/r（向下取整），再回到 C；bias=True 时才有偏置。",
)
OUTPUTS = {"parameters": Output("integer", Text("parameters", "参数量"), PARAMETERS)}
STEPS = {
    "reduced": Text("channels in the middle", "中间的通道数"),
    "weights": Text("weights down and up again", "降维和升维的权重"),
    "total": Text("with the biases of both layers", "再加两层的偏置"),
}
MISTAKES = {
    "one_layer_only": (
        Text("counts one layer only", "只算了一层"),
        Text("The block squeezes the channels and then restores all {channels}, so there are two layers.", "通道先降维，再恢复到 {channels} 个，一共两层。"),
    ),
    "squares_reduced": (
        Text("squares the reduced channels", "把降维后的通道数平方了"),
        Text("Both layers have the full {channels} channels on one side.", "两层都有一侧是完整的 {channels} 个通道。"),
    ),
    "forgets_biases": (
        Text("leaves out the biases", "漏了偏置"),
        Text("bias=True adds one parameter for each output of both layers.", "bias=True 时两层的每个输出各加一个参数。"),
    ),
    "ignores_reduction": (
        Text("ignores the reduction", "没有考虑降维"),
        Text("The hidden layer has only 1/{reduction} of the {channels} channels.", "中间层只有 {channels} 个通道的 1/{reduction}。"),
    ),
}  # fmt: skip


class SqueezeInputs(Inputs):
    """Channels of the map, reduction ratio r."""

    channels: Size
    reduction: Size
    bias: bool = False

    @model_validator(mode="after")
    def _leaves_a_channel(self) -> SqueezeInputs:
        if self.reduction > self.channels:
            raise Refusal("no channel is left", "reduction", "channels")
        return self


def reduced(i: SqueezeInputs) -> int:
    return i.channels // i.reduction


def weights(i: SqueezeInputs) -> int:
    return 2 * i.channels * reduced(i)


def biases(i: SqueezeInputs) -> int:
    return i.channels + reduced(i) if i.bias else 0


def solve(i: SqueezeInputs) -> Outputs:
    return {"parameters": weights(i) + biases(i)}


def steps(i: SqueezeInputs) -> Sequence[Step]:
    c, r, small, plain = i.channels, i.reduction, reduced(i), weights(i)
    cut = rf"\left\lfloor \frac{{C}}{{r}} \right\rfloor = \left\lfloor \frac{{{c}}}{{{r}}} \right\rfloor"
    lines = [
        Step(STEPS["reduced"], rf"q = {cut} = {small}", small),
        Step(STEPS["weights"], rf"2Cq = {product(2, c, small)} = {plain}", plain),
    ]
    if not i.bias:
        return lines
    found = plain + biases(i)
    return [*lines, Step(STEPS["total"], f"2Cq+q+C = {plain}+{small}+{c} = {found}", found)]


def _mistake(slug: str, wrong: Callable[[SqueezeInputs], int | None]) -> Mistake[SqueezeInputs]:
    def applied(i: SqueezeInputs) -> Outputs:
        found = wrong(i)
        return {} if found is None else {"parameters": found}

    return Mistake(slug, *MISTAKES[slug], applied)


FAMILY = Family(
    id="se_block_parameters",
    title=TITLE,
    inputs=SqueezeInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _mistake("one_layer_only", lambda i: i.channels * reduced(i)),
        _mistake("squares_reduced", lambda i: 2 * reduced(i) ** 2),
        _mistake("forgets_biases", lambda i: weights(i) if i.bias else None),
        _mistake("ignores_reduction", lambda i: 2 * i.channels * (i.channels + i.bias) if i.reduction > 1 else None),
    ),
    symbols={"channels": "C", "reduction": "r"},
)
