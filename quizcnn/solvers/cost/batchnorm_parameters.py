"""Parameters and statistics of a batch normalization layer (torch.nn.BatchNorm2d)."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Inputs, Size
from quizcnn.solvers.latex import product
from quizcnn.solvers.units import COUNT, PARAMETERS
from quizcnn.text import Text

TITLE = Text("Parameters of batch normalization", "批归一化层的参数量")
CONVENTION = Text(
    "PyTorch's nn.BatchNorm2d with affine=True; the step counter is not counted.",
    "按 PyTorch 的 nn.BatchNorm2d（affine=True）计算，不计步数计数器。",
)
OUTPUTS = {
    "trainable": Output("integer", Text("trainable parameters", "可训练参数量"), PARAMETERS),
    "running_statistics": Output("integer", Text("running statistics", "滑动统计量个数"), COUNT),
}
STEPS = {
    "trainable": Text("trainable: gamma and beta for each channel", "可训练：每个通道一个 gamma 和一个 beta"),
    "running_statistics": Text(
        "tracked, not trained: mean and variance of each channel", "只统计不训练：每个通道的均值和方差"
    ),
}
MISTAKES = {
    "counts_four_per_channel_as_trainable": (
        Text("counts the running statistics as trainable", "把滑动统计量也算成了可训练参数"),
        Text("Running mean and variance are buffers: they are averaged, and no gradient changes them.", "滑动均值和方差是缓冲区：靠平均更新，不受梯度影响。"),
    ),
    "one_pair_for_the_layer": (
        Text("counts one gamma and one beta for the whole layer", "整层只算了一对 gamma 和 beta"),
        Text("Each of the {num_features} channels has its own gamma and beta.", "{num_features} 个通道各有自己的 gamma 和 beta。"),
    ),
}  # fmt: skip


class BatchNormInputs(Inputs):
    """The channels that are normalized."""

    num_features: Size


def solve(i: BatchNormInputs) -> Outputs:
    return {"trainable": 2 * i.num_features, "running_statistics": 2 * i.num_features}


def steps(i: BatchNormInputs) -> Sequence[Step]:
    both = f"{product(2, i.num_features)} = {2 * i.num_features}"
    symbols = {"trainable": r"\gamma, \beta: 2C", "running_statistics": r"\mu, \sigma^2: 2C"}
    return [Step(STEPS[name], f"{symbols[name]} = {both}", 2 * i.num_features, name) for name in OUTPUTS]


FAMILY = Family(
    id="batchnorm_parameters",
    title=TITLE,
    inputs=BatchNormInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "counts_four_per_channel_as_trainable": lambda i: {"trainable": 4 * i.num_features},
            "one_pair_for_the_layer": lambda i: {"trainable": 2},
        },
    ),
    symbols={"num_features": "C"},
)
