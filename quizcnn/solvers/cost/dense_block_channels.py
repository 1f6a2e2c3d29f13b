"""Channels and connections of a dense block (Huang et al. 2017, DenseNet, section 3)."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Inputs, Size, refuse_work
from quizcnn.solvers.latex import product
from quizcnn.solvers.notation import list_line
from quizcnn.solvers.units import CHANNELS, COUNT
from quizcnn.text import Text

TITLE = Text("Channels of a dense block", "稠密块的通道数")
CONVENTION = Text(
    "Every layer reads the concatenation of the block's input and of all layers before it and adds growth_rate channels; the block gives all of them concatenated. The block's input counts as a source of connections.",
    "每层读入块输入与前面所有层输出的拼接，并新增 growth_rate 个通道；块的输出是全部拼接在一起。统计连接时块输入也算一个来源。",
)
OUTPUTS = {
    "layer_in_channels": Output("list", Text("channels that each layer reads", "每层读入的通道数")),
    "out_channels": Output("integer", Text("channels of the block's output", "块输出的通道数"), CHANNELS),
    "connections": Output("integer", Text("connections", "连接数"), COUNT),
}
STEPS = {
    "layers": Text("channels that the layers read: the input, then growth_rate more each time", "各层读入的通道数：先是块输入，之后每层多 growth_rate 个"),
    "out": Text("the input and what all layers add", "块输入加上所有层新增的通道"),
    "connections": Text("layer l has l sources", "第 l 层有 l 个来源"),
}  # fmt: skip
MISTAKES = {
    "forgets_block_input": (
        Text("leaves out the block's input", "漏了块输入"),
        Text("The {in_channels} channels of the input are concatenated as well.", "块输入的 {in_channels} 个通道也一起拼接。"),
    ),
    "stops_one_layer_early": (
        Text("stops at what the last layer reads", "只算到最后一层的输入"),
        Text("The last layer adds {growth_rate} channels, too.", "最后一层也新增 {growth_rate} 个通道。"),
    ),
    "counts_own_output": (
        Text("counts what the layer itself adds as read", "把本层新增的通道也算作读入"),
        Text("A layer reads only what stands before it; its own {growth_rate} channels come after.", "每层只读它之前已有的通道，自己新增的 {growth_rate} 个在后面。"),
    ),
    "connections_without_input": (
        Text("does not count the block's input as a source", "没有把块输入算作来源"),
        Text("Each of the {layers} layers also reads the block's input.", "{layers} 层都还要读块输入。"),
    ),
}  # fmt: skip


class DenseBlockInputs(Inputs):
    """Channels of the block's input, channels that each layer adds, layers."""

    in_channels: Size
    growth_rate: Size
    layers: Size


def read_by_layers(i: DenseBlockInputs) -> tuple[int, ...]:
    refuse_work(i.layers, "layers")
    return tuple(i.in_channels + i.growth_rate * before for before in range(i.layers))


def solve(i: DenseBlockInputs) -> Outputs:
    return {
        "layer_in_channels": read_by_layers(i),
        "out_channels": i.in_channels + i.growth_rate * i.layers,
        "connections": i.layers * (i.layers + 1) // 2,
    }


def steps(i: DenseBlockInputs) -> Sequence[Step]:
    k, n, read = i.growth_rate, i.layers, read_by_layers(i)
    out, links = i.in_channels + k * n, n * (n + 1) // 2
    return [
        Step(STEPS["layers"], list_line("C", read), read, "layer_in_channels"),
        Step(STEPS["out"], f"C_0+kL = {i.in_channels}+{product(k, n)} = {out}", out, "out_channels"),
        Step(STEPS["connections"], rf"\frac{{L(L+1)}}{{2}} = \frac{{{n} \cdot ({n}+1)}}{{2}} = {links}", links, "connections"),
    ]  # fmt: skip


FAMILY = Family(
    id="dense_block_channels",
    title=TITLE,
    inputs=DenseBlockInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_block_input": lambda i: {"out_channels": i.growth_rate * i.layers},
            "stops_one_layer_early": lambda i: {"out_channels": i.in_channels + i.growth_rate * (i.layers - 1)},
            "counts_own_output": lambda i: {"layer_in_channels": tuple(c + i.growth_rate for c in read_by_layers(i))},
            "connections_without_input": lambda i: {"connections": i.layers * (i.layers - 1) // 2},
        },
    ),
    symbols={"in_channels": "C_0", "growth_rate": "k", "layers": "L"},
)
