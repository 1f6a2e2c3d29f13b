"""The order of the channels after a channel shuffle (Zhang et al. 2018, ShuffleNet, section 3.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Refusal, Size, refuse_work
from quizcnn.solvers.notation import list_line
from quizcnn.solvers.values import Value
from quizcnn.text import Text

TITLE = Text("Channel shuffle", "通道混洗")
CONVENTION = Text(
    "View the channels as (groups, channels/groups), transpose, flatten; all numbers from 0. order: the input channel at each output place; destination: the output place of each input channel.",
    "把通道看作（groups, channels/groups）的矩阵，转置后展平；编号从 0 开始。order：每个输出位置上的输入通道；destination：每个输入通道到达的输出位置。",
)
OUTPUTS = {
    "order": Output("list", Text("input channel at each output place", "每个输出位置上的输入通道")),
    "destination": Output("list", Text("output place of each input channel", "每个输入通道的输出位置")),
}
STEPS = {
    "per_group": Text("channels of a group", "每组的通道数"),
    "order": Text("the first of every group, then the second of every group", "先取每组的第一个，再取每组的第二个"),
    "destination": Text("read the other way: where each channel went", "反过来读：每个通道去了哪里"),
}
MISTAKES = {
    "transposes_the_other_way": (
        Text("exchanges where from and where to", "把来源和去向弄反了"),
        Text("The channels stand in {groups} rows, one a group; the shuffle reads the columns.", "通道排成 {groups} 行，每组一行；混洗按列读取。"),
    ),
    "keeps_groups_together": (
        Text("leaves the channels in place", "通道没有变动"),
        Text("The shuffle takes one channel from each of the {groups} groups in turn.", "混洗从 {groups} 个组中轮流各取一个通道。"),
    ),
}  # fmt: skip


class ShuffleInputs(Inputs):
    """Channels and the groups that they come from."""

    channels: Size
    groups: Size

    @model_validator(mode="after")
    def _divides(self) -> ShuffleInputs:
        if self.channels % self.groups:
            raise Refusal("groups must divide channels", "groups", "channels")
        refuse_work(self.channels, "channels")
        return self


def taken_every(channels: int, step: int) -> tuple[int, ...]:
    """0, step, 2 step ..., then 1, 1 + step ... and so on, up to all channels."""
    return tuple(channel for first in range(step) for channel in range(first, channels, step))


def order(i: ShuffleInputs) -> tuple[int, ...]:
    return taken_every(i.channels, i.channels // i.groups)


def destination(i: ShuffleInputs) -> tuple[int, ...]:
    return taken_every(i.channels, i.groups)


def solve(i: ShuffleInputs) -> Outputs:
    return {"order": order(i), "destination": destination(i)}


def steps(i: ShuffleInputs) -> Sequence[Step]:
    each, taken, went = i.channels // i.groups, order(i), destination(i)
    size = rf"m = \frac{{C}}{{g}} = \frac{{{i.channels}}}{{{i.groups}}} = {each}"
    lines = [Step(STEPS["per_group"], size, each), Step(STEPS["order"], list_line("o", taken), taken)]
    last = Step(STEPS["destination"], list_line("q", went), went)
    return [*lead_to(lines, "order"), *lead_to([*lines, last], "destination")]


def _exchanged(i: ShuffleInputs) -> Mapping[str, Value]:
    return {"order": destination(i), "destination": order(i)} if 1 < i.groups < i.channels else {}


def _unmoved(i: ShuffleInputs) -> Mapping[str, Value]:
    plain = tuple(range(i.channels))
    return {"order": plain, "destination": plain} if 1 < i.groups < i.channels else {}


FAMILY = Family(
    id="channel_shuffle",
    title=TITLE,
    inputs=ShuffleInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "transposes_the_other_way": _exchanged,
            "keeps_groups_together": _unmoved,
        },
    ),
    symbols={"channels": "C", "groups": "g"},
)
