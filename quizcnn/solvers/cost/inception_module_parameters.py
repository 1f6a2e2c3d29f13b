"""Parameters and output channels of an Inception module (Szegedy et al. 2015)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, Size, SizePair, Some
from quizcnn.solvers.latex import product
from quizcnn.solvers.notation import line, list_line, total
from quizcnn.solvers.primitives import conv_weights
from quizcnn.solvers.units import CHANNELS, PARAMETERS
from quizcnn.solvers.values import Value
from quizcnn.text import Text

TITLE = Text("Parameters of an Inception module", "Inception 模块的参数量")
CONVENTION = Text(
    "Every branch is a chain of convolutions that starts at the module's input; pooling costs nothing and is left out, an empty branch passes the input on. The outputs of all branches are concatenated; a bias, if any, for each output channel of every convolution.",
    "每个分支是一串从模块输入开始的卷积；池化没有参数，不列出，空分支原样传递输入。各分支的输出拼接；有偏置时，每个卷积的每个输出通道一个。",
)
OUTPUTS = {
    "branch_parameters": Output("list", Text("parameters of each branch", "每个分支的参数量")),
    "out_channels": Output("integer", Text("channels of the module's output", "模块输出的通道数"), CHANNELS),
    "total": Output("integer", Text("parameters of the module", "模块的参数量"), PARAMETERS),
}
STEPS = {
    "branch": Text("branch {place}: every convolution reads what the one before it gives", "分支 {place}：每个卷积读前一个的输出"),
    "branch_parameters": Text("parameters of the branches", "各分支的参数量"),
    "out_channels": Text("channels at the ends of the branches", "各分支末端的通道数之和"),
    "total": Text("all branches together", "各分支合计"),
}  # fmt: skip
MISTAKES = {
    "ignores_reduction": (
        Text("lets every convolution read the module's input", "让每个卷积都读模块的输入"),
        Text("Only the first convolution of a branch reads {in_channels} channels; the next ones read what it leaves.", "只有分支的第一个卷积读 {in_channels} 个通道，后面的读它的输出。"),
    ),
    "counts_every_convolution": (
        Text("adds up the channels of every convolution", "把每个卷积的通道数都加上"),
        Text("Only the last convolution of a branch reaches the concatenation.", "只有分支最后一个卷积的输出参加拼接。"),
    ),
    "adds_branches": (
        Text("adds the branches as a residual block does", "像残差那样把分支相加"),
        Text("Inception concatenates its branches, so their channels add up.", "Inception 把分支拼接，通道数相加。"),
    ),
}  # fmt: skip
MOST_BRANCHES = 8


class BranchConv(Inputs):
    """One convolution: output channels, kernel per axis (height, width)."""

    out_channels: Size
    kernel_size: SizePair


class InceptionInputs(Inputs):
    """Channels of the module's input, the chains of convolutions, with biases or without."""

    in_channels: Size
    branches: Many[Some[BranchConv]]
    bias: bool = True


Chain = Sequence[BranchConv]


def read_by(i: InceptionInputs, chain: Chain) -> list[int]:
    """Channels that each convolution of a branch reads."""
    return [i.in_channels, *(conv.out_channels for conv in chain)][: len(chain)]


def of_chain(i: InceptionInputs, chain: Chain, read: Sequence[int]) -> int:
    """Parameters of a branch whose convolutions read so many channels."""
    biases = sum(conv.out_channels for conv in chain) if i.bias else 0
    return biases + sum(conv_weights(n, c.out_channels, c.kernel_size) for n, c in zip(read, chain, strict=True))


def ends(i: InceptionInputs) -> tuple[int, ...]:
    """Channels at the end of each branch."""
    return tuple(chain[-1].out_channels if chain else i.in_channels for chain in i.branches)


def each_branch(i: InceptionInputs) -> tuple[int, ...]:
    return tuple(of_chain(i, chain, read_by(i, chain)) for chain in i.branches)


def solve(i: InceptionInputs) -> Outputs:
    parts = each_branch(i)
    return {"branch_parameters": parts, "out_channels": sum(ends(i)), "total": sum(parts)}


def steps(i: InceptionInputs) -> Sequence[Step]:
    parts, whole, out = each_branch(i), sum(each_branch(i)), sum(ends(i))
    lines = [_branch(i, place, chain) for place, chain in enumerate(i.branches[:MOST_BRANCHES], 1)]
    lines.append(Step(STEPS["branch_parameters"], list_line("P", parts), parts))
    joined = Step(STEPS["out_channels"], _sum("C_{out}", ends(i), out), out, "out_channels")
    last = Step(STEPS["total"], _sum("P", parts, whole), whole)
    return [*lead_to(lines, "branch_parameters"), joined, *lead_to([*lines, last], "total")]


def _sum(symbol: str, terms: Sequence[int], value: int) -> str:
    shown = total(map(str, terms))
    return f"{symbol} = {shown} = {value}" if shown else f"{symbol} = {value}"


def _branch(i: InceptionInputs, place: int, chain: Chain) -> Step:
    found = of_chain(i, chain, read_by(i, chain))
    terms = []
    for read, conv in zip(read_by(i, chain), chain, strict=True):
        terms.append(product(conv.out_channels, read, *conv.kernel_size))
        terms += [str(conv.out_channels)] if i.bias else []
    caption = STEPS["branch"].map(lambda text: text.format(place=place))
    return Step(caption, line(f"P_{{{place}}}", total(terms), found), found)


def _unreduced(i: InceptionInputs) -> Mapping[str, Value]:
    parts = tuple(of_chain(i, chain, [i.in_channels] * len(chain)) for chain in i.branches)
    return {"branch_parameters": parts, "total": sum(parts)}


def _every_convolution(i: InceptionInputs) -> Mapping[str, Value]:
    return {"out_channels": sum(sum(c.out_channels for c in chain) if chain else i.in_channels for chain in i.branches)}


FAMILY = Family(
    id="inception_module_parameters",
    title=TITLE,
    inputs=InceptionInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "ignores_reduction": _unreduced,
            "counts_every_convolution": _every_convolution,
            "adds_branches": lambda i: {"out_channels": ends(i)[0]},
        },
    ),
    symbols={"in_channels": "C"},
)
