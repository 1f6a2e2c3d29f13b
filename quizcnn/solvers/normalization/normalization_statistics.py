"""How many means and variances a normalisation layer takes, and over how many elements (Wu & He 2018, figure 2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from pydantic import model_validator

from quizcnn.solvers.base import Family, Mistake, Output, Outputs, Step, lead_to
from quizcnn.solvers.inputs import Inputs, Refusal, Size
from quizcnn.solvers.latex import fraction, product, row
from quizcnn.solvers.values import Value
from quizcnn.text import Text

TITLE = Text("Statistics of a normalisation layer", "归一化层的统计量")
CONVENTION = Text(
    "A statistic is one pair of mean and variance; layer normalisation is over C, H and W of a sample; groups matters to group normalisation only.",
    "一对均值和方差算一个统计量；层归一化在每个样本的 C、H、W 上进行；groups 只影响组归一化。",
)
STATISTICS = Text("pairs of mean and variance", "均值方差对的个数")
ELEMENTS = Text("elements per pair", "每对统计量所用的元素个数")
SHAPE = Text("shape of the statistics", "统计量的形状")
STEPS = {
    "batch": Text("batch: one pair per channel", "批归一化：每个通道一对"),
    "layer": Text("layer: one pair per sample", "层归一化：每个样本一对"),
    "instance": Text("instance: one pair per sample and channel", "实例归一化：每个样本的每个通道一对"),
    "group": Text("group: one pair per sample and group of channels", "组归一化：每个样本的每组通道一对"),
    "count": Text("number of pairs: the product of the shape", "共多少对：形状各维相乘"),
    "all": Text("elements of the tensor", "张量的元素总数"),
    "elements": Text("shared out over the pairs", "平均分给各对统计量"),
}
MISTAKES = {
    "batch_kind_per_position": (
        Text("takes a pair for every channel and position", "每个通道的每个位置各取一对"),
        Text(
            "A convolution treats all positions alike, so batch normalisation pools them: one pair for each of the {channels} channels.",
            "卷积对各位置一视同仁，批归一化把它们合在一起：{channels} 个通道各一对。",
        ),
    ),
    "layer_per_channel": (
        Text("takes a pair for every channel of a sample", "每个样本的每个通道各取一对"),
        Text(
            "That is instance normalisation; layer normalisation pools the channels of a sample too.",
            "那是实例归一化；层归一化把一个样本的各通道也合在一起。",
        ),
    ),
    "instance_forgets_batch": (
        Text("shares the pairs over the batch", "让整个批共用一套统计量"),
        Text(
            "That is batch normalisation; instance normalisation treats each of the {batch_size} samples alone.",
            "那是批归一化；实例归一化对 {batch_size} 个样本分别计算。",
        ),
    ),
    "group_forgets_batch": (
        Text("leaves out the batch", "漏乘了批大小"),
        Text(
            "Every sample is normalised alone, so each of the {batch_size} samples has its {groups} pairs.",
            "每个样本单独归一化，{batch_size} 个样本各有 {groups} 对。",
        ),
    ),
}


class StatisticsInputs(Inputs):
    """A tensor of shape (batch_size, channels, height, width); groups divides channels where kind is group."""

    kind: Literal["batch", "layer", "instance", "group"]
    batch_size: Size
    channels: Size
    height: Size
    width: Size
    groups: Size = 1

    @model_validator(mode="after")
    def _divides(self) -> StatisticsInputs:
        if self.kind == "group" and self.channels % self.groups:
            raise Refusal("groups must divide channels", "groups", "channels")
        return self

    @property
    def elements(self) -> int:
        return self.batch_size * self.channels * self.height * self.width


Shape = tuple[int, ...]
AXES: Mapping[str, tuple[str, ...]] = {
    "batch": ("C",),
    "layer": ("N",),
    "instance": ("N", "C"),
    "group": ("N", "G"),
}


def shape_of(i: StatisticsInputs) -> Shape:
    sizes = {"N": i.batch_size, "C": i.channels, "G": i.groups}
    return tuple(sizes[axis] for axis in AXES[i.kind])


def outputs_by(i: StatisticsInputs, shape: Shape) -> Outputs:
    """All three outputs when one pair is taken for each cell of ``shape``."""
    pairs = 1
    for size in shape:
        pairs *= size
    return {"statistics": pairs, "elements_per_statistic": i.elements // pairs, "statistics_shape": shape}


def solve(i: StatisticsInputs) -> Outputs:
    return outputs_by(i, shape_of(i))


def steps(i: StatisticsInputs) -> Sequence[Step]:
    shape, axes = shape_of(i), AXES[i.kind]
    outputs = solve(i)
    pairs, each = outputs["statistics"], outputs["elements_per_statistic"]
    first = Step(STEPS[i.kind], rf"[{', '.join(axes)}] = {row(shape)}", shape)
    symbols = r" \cdot ".join(axes)
    count = Step(STEPS["count"], f"S = {symbols} = {_chain(product(*shape), pairs)}", pairs)
    everything = product(i.batch_size, i.channels, i.height, i.width)
    whole = Step(STEPS["all"], rf"N \cdot C \cdot H \cdot W = {everything} = {i.elements}", i.elements)
    share = Step(STEPS["elements"], rf"\frac{{NCHW}}{{S}} = {fraction(i.elements, str(pairs))} = {each}", each)
    return [
        *lead_to([first, count], "statistics"),
        *lead_to([first, count, whole, share], "elements_per_statistic"),
        *lead_to([first], "statistics_shape"),
    ]


def _chain(expression: str, value: Value) -> str:
    """``expression = value``, or the value alone where it is all there is."""
    return expression if expression == str(value) else f"{expression} = {value}"


def _follow_elements(i: StatisticsInputs, own: Outputs) -> Value:
    pairs = own.get("statistics")
    if not isinstance(pairs, int) or pairs < 1:
        return solve(i)["elements_per_statistic"]
    return i.elements // pairs if i.elements % pairs == 0 else Fraction(i.elements, pairs)


def _wrong(slug: str, kind: str, shape: Callable[[StatisticsInputs], Shape]) -> Mistake[StatisticsInputs]:
    def rule(i: StatisticsInputs) -> Outputs:
        return outputs_by(i, shape(i)) if i.kind == kind else {}

    label, why = MISTAKES[slug]
    return Mistake(slug, label, why, rule)


FAMILY = Family(
    id="normalization_statistics",
    title=TITLE,
    inputs=StatisticsInputs,
    outputs={
        "statistics": Output("integer", STATISTICS),
        "elements_per_statistic": Output("integer", ELEMENTS),
        "statistics_shape": Output("shape", SHAPE),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=(
        _wrong("batch_kind_per_position", "batch", lambda i: (i.channels, i.height, i.width)),
        _wrong("layer_per_channel", "layer", lambda i: (i.batch_size, i.channels)),
        _wrong("instance_forgets_batch", "instance", lambda i: (i.channels,)),
        _wrong("group_forgets_batch", "group", lambda i: (i.groups,)),
    ),
    follow={"elements_per_statistic": _follow_elements},
    symbols={"batch_size": "N", "channels": "C", "height": "H", "width": "W", "groups": "G"},
)
