"""How many steps of the optimizer a training takes (torch.utils.data.DataLoader)."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Count, Inputs, Size
from quizcnn.solvers.units import COUNT
from quizcnn.text import Text

TITLE = Text("Iterations of a training", "训练的迭代次数")
CONVENTION = Text(
    "One iteration a batch; the last, smaller batch of an epoch counts unless drop_last drops it.",
    "每个 batch 一次迭代；每个 epoch 最后不满的 batch 也算，除非 drop_last 丢弃它。",
)
PER_EPOCH = Text("iterations per epoch", "每个 epoch 的迭代次数")
ITERATIONS = Text("iterations in all", "总迭代次数")
STEPS = {
    "up": Text("batches of an epoch, the last one may be smaller", "每个 epoch 的 batch 数，最后一个可以不满"),
    "down": Text("full batches of an epoch", "每个 epoch 的完整 batch 数"),
    "all": Text("over all epochs", "所有 epoch 合计"),
}
MISTAKES = {
    "rounds_other_way": (
        Text("rounds the other way", "取整方向反了"),
        Text("Without drop_last the incomplete batch is used, with it dropped: look which is asked.", "没有 drop_last 时不满的 batch 也用，有则丢弃，要看清楚。"),
    ),
    "rounds_over_all_epochs": (
        Text("divides all samples of all epochs by the batch size", "用所有 epoch 的样本总数除以批大小"),
        Text("Every epoch ends with its own incomplete batch; batches do not reach over epochs.", "每个 epoch 都以自己的不满 batch 结束，batch 不会跨 epoch。"),
    ),
}  # fmt: skip


class IterationInputs(Inputs):
    """Samples, batch size, epochs; samples and epochs may be 0."""

    samples: Count
    batch_size: Size
    epochs: Count
    drop_last: bool = False


def batches(samples: int, size: int, drop_last: bool) -> int:
    return samples // size if drop_last else -(-samples // size)


def by_epoch(i: IterationInputs, drop_last: bool) -> Outputs:
    count = batches(i.samples, i.batch_size, drop_last)
    return {"iterations_per_epoch": count, "iterations": count * i.epochs}


def solve(i: IterationInputs) -> Outputs:
    return by_epoch(i, i.drop_last)


def steps(i: IterationInputs) -> Sequence[Step]:
    count = batches(i.samples, i.batch_size, i.drop_last)
    left, right = (r"\lfloor", r"\rfloor") if i.drop_last else (r"\lceil", r"\rceil")
    latex = rf"n = {left} \frac{{{i.samples}}}{{{i.batch_size}}} {right} = {count}"
    first = Step(STEPS["down" if i.drop_last else "up"], latex, count)
    last = Step(STEPS["all"], rf"N = {count} \cdot {i.epochs} = {count * i.epochs}", count * i.epochs)
    return [*lead_to([first], "iterations_per_epoch"), *lead_to([first, last], "iterations")]


def _over_all(i: IterationInputs) -> Outputs:
    return {"iterations": batches(i.samples * i.epochs, i.batch_size, i.drop_last)}


FAMILY = Family(
    id="training_iterations",
    title=TITLE,
    inputs=IterationInputs,
    outputs={
        "iterations_per_epoch": Output("integer", PER_EPOCH, COUNT),
        "iterations": Output("integer", ITERATIONS, COUNT),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "rounds_other_way": lambda i: by_epoch(i, not i.drop_last),
            "rounds_over_all_epochs": _over_all,
        },
    ),
    symbols={"samples": "S", "batch_size": "B", "epochs": "E"},
)
