"""Samples behind one step of the optimizer, over devices and accumulated steps (Goyal et al. 2017)."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import Inputs, Size
from quizcnn.solvers.latex import product
from quizcnn.solvers.units import COUNT
from quizcnn.text import Text

TITLE = Text("Effective batch size", "有效批大小")
CONVENTION = Text(
    "Samples whose gradients are averaged in one update, over all devices and accumulation steps.",
    "一次更新所平均的样本数，包括所有设备和累积的步数。",
)
SIZE = Text("effective batch size", "有效批大小")
STEPS = {
    "devices": Text("samples of one forward and backward pass on all devices", "所有设备一次前向和反向的样本数"),
    "all": Text("over the accumulated passes", "再乘累积的次数"),
}
MISTAKES = {
    "forgets_accumulation": (
        Text("leaves out the accumulation", "漏了梯度累积"),
        Text("The optimizer steps once in {accumulation_steps} passes, so all of them count.", "优化器每 {accumulation_steps} 次前向才更新一次，这些样本都要算。"),
    ),
    "forgets_devices": (
        Text("counts one device only", "只算了一个设备"),
        Text("The gradients of all {devices} devices are averaged before the step.", "更新前要平均 {devices} 个设备的梯度。"),
    ),
    "shares_batch_over_devices": (
        Text("divides the batch among the devices", "把批大小平分给各设备"),
        Text("The given size is that of each device; together they see more.", "给的是每个设备的批大小，合起来更多。"),
    ),
}  # fmt: skip


class BatchInputs(Inputs):
    """Samples on a device in one pass, devices, passes before a step."""

    per_device: Size
    devices: Size
    accumulation_steps: Size = 1


def solve(i: BatchInputs) -> Outputs:
    return {"effective_batch_size": i.per_device * i.devices * i.accumulation_steps}


def steps(i: BatchInputs) -> Sequence[Step]:
    one = i.per_device * i.devices
    size = one * i.accumulation_steps
    return [
        Step(STEPS["devices"], f"B_1 = {product(i.per_device, i.devices)} = {one}", one),
        Step(STEPS["all"], f"B = {product(one, i.accumulation_steps)} = {size}", size),
    ]


def _shared(i: BatchInputs) -> Outputs:
    if i.per_device % i.devices:
        return {}
    return {"effective_batch_size": i.per_device // i.devices * i.accumulation_steps}


FAMILY = Family(
    id="effective_batch_size",
    title=TITLE,
    inputs=BatchInputs,
    outputs={"effective_batch_size": Output("integer", SIZE, COUNT)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_accumulation": lambda i: {"effective_batch_size": i.per_device * i.devices},
            "forgets_devices": lambda i: {"effective_batch_size": i.per_device * i.accumulation_steps},
            "shares_batch_over_devices": _shared,
        },
    ),
    symbols={"per_device": "b", "devices": "D", "accumulation_steps": "A"},
)
