"""Length of the vector that spatial pyramid pooling gives (He et al. 2014, SPP-net, section 2.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, Size
from quizcnn.solvers.latex import product
from quizcnn.solvers.notation import total
from quizcnn.solvers.units import COUNT
from quizcnn.solvers.values import whole
from quizcnn.text import Text

TITLE = Text("Length of a spatial pyramid", "空间金字塔池化的输出长度")
CONVENTION = Text(
    "A level n cuts the map into n × n bins and keeps one value a bin and channel; all levels are concatenated.",
    "第 n 级把特征图划成 n × n 个格子，每个格子每个通道保留一个值，各级结果拼接在一起。",
)
OUTPUTS = {
    "length": Output("integer", Text("length of the vector", "向量长度"), COUNT),
    "bins": Output("integer", Text("bins", "格子总数"), COUNT),
}
STEPS = {
    "bins": Text("bins of all levels", "各级的格子数之和"),
    "length": Text("one value a bin and channel", "每个格子每个通道一个值"),
}
MISTAKES = {
    "sums_n_instead_of_n_squared": (
        Text("adds the levels without squaring them", "直接把各级的 n 相加，没有平方"),
        Text("A level n has n bins in height and n in width, so n².", "第 n 级在高和宽方向各有 n 个格子，共 n² 个。"),
    ),
    "forgets_channels": (
        Text("forgets the channels", "漏乘了通道数"),
        Text("Every bin is pooled in each of the {in_channels} channels.", "每个格子在 {in_channels} 个通道上各池化一次。"),
    ),
    "finest_level_only": (
        Text("counts the finest level only", "只算了最细的一级"),
        Text("The levels {levels} are all pooled and concatenated.", "{levels} 各级都要池化，再拼接起来。"),
    ),
}  # fmt: skip


class PyramidInputs(Inputs):
    """Channels of the map; ``levels`` holds the bins a side of each level."""

    in_channels: Size
    levels: Many[Size]


def counts(i: PyramidInputs, bins: int) -> Outputs:
    return {"length": i.in_channels * bins, "bins": bins}


def squares(levels: Iterable[int]) -> int:
    return sum(n * n for n in levels)


def solve(i: PyramidInputs) -> Outputs:
    return counts(i, squares(i.levels))


def steps(i: PyramidInputs) -> Sequence[Step]:
    bins = squares(i.levels)
    terms = total(f"{n}^2" for n in i.levels)
    first = Step(STEPS["bins"], rf"B = {f'{terms} = ' if terms else ''}{bins}", bins)
    last = Step(
        STEPS["length"], rf"C B = {product(i.in_channels, bins)} = {i.in_channels * bins}", i.in_channels * bins
    )
    return [*lead_to([first, last], "length"), *lead_to([first], "bins")]


FAMILY = Family(
    id="spp_output_length",
    title=TITLE,
    inputs=PyramidInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "sums_n_instead_of_n_squared": lambda i: counts(i, sum(i.levels)),
            "forgets_channels": lambda i: {"length": squares(i.levels)},
            "finest_level_only": lambda i: counts(i, max(i.levels) ** 2) if len(i.levels) > 1 else {},
        },
    ),
    follow={"length": lambda i, own: i.in_channels * whole(own["bins"])},
    symbols={"in_channels": "C"},
)
