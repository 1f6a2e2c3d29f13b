"""When early stopping ends a training, and which epoch it keeps (Prechelt 1998)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, NonNegative, Real, Size
from quizcnn.solvers.notation import given, list_line
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("Early stopping", "早停")
CONVENTION = Text(
    "Epochs count from 1; one improves when its loss is below the best so far less min_delta; training stops after `patience` epochs in a row without improvement.",
    "epoch 从 1 数；损失低于目前最好值减 min_delta 才算改善；连续 patience 个 epoch 没有改善就停止。",
)
BEST_EPOCH = Text("epoch that is kept", "保留的 epoch")
BEST_LOSS = Text("its validation loss", "它的验证损失")
STOP_EPOCH = Text("epoch after which training stops", "训练停止的 epoch")
STEPS = {
    "improving": Text("epochs that improve", "有改善的 epoch"),
    "waits": Text("epochs in a row without improvement, after each", "到每个 epoch 为止连续没有改善的次数"),
    "best_epoch": Text("the last that improves before training stops", "停止之前最后一个有改善的 epoch"),
    "best_loss": Text("its loss", "它的损失"),
    "stop_epoch": Text("the first with {patience} in a row", "首次连续 {patience} 次没有改善"),
}
MISTAKES = {
    "last_checkpoint": (
        Text("keeps the last epoch", "保留了最后一个 epoch"),
        Text("Early stopping goes back to the epoch that was best; those after it did not improve.", "早停要回到最好的那个 epoch，之后的都没有改善。"),
    ),
    "patience_from_the_start": (
        Text("stops after patience epochs", "训练 patience 个 epoch 就停"),
        Text("Patience counts epochs without improvement, not epochs of training.", "patience 数的是没有改善的次数，不是训练的 epoch 数。"),
    ),
    "patience_never_resets": (
        Text("counts on after an improvement", "有改善后计数没有清零"),
        Text("An improvement sets the count back to 0; only a row without improvement stops.", "一有改善计数就清零，连续没有改善才停止。"),
    ),
    "sees_the_future": (
        Text("looks at epochs after the stop", "看了停止之后的 epoch"),
        Text("Training ended before; what came later was never computed.", "训练已经停了，后面的损失根本没有算。"),
    ),
}  # fmt: skip


class StoppingInputs(Inputs):
    """Validation losses of epochs 1, 2 ..., patience, and by how much a loss must fall."""

    losses: Many[Real]
    patience: Size
    min_delta: NonNegative = 0.0


@dataclass(frozen=True)
class Course:
    """Improving epochs before the stop, the count after each epoch that was trained, and the stop."""

    improving: tuple[int, ...]
    waits: tuple[int, ...]
    stop: int | None


def run(i: StoppingInputs, resets: bool = True) -> Course:
    best, improving, waits, waited = None, list[int](), list[int](), 0
    for epoch, loss in enumerate(map(exact, i.losses), 1):
        if best is None or loss < best - exact(i.min_delta):
            best, waited = loss, 0 if resets else waited
            improving.append(epoch)
        else:
            waited += 1
        waits.append(waited)
        if waited >= i.patience and epoch != improving[-1]:
            return Course(tuple(improving), tuple(waits), epoch)
    return Course(tuple(improving), tuple(waits), None)


def solve(i: StoppingInputs) -> Outputs:
    course = run(i)
    best = course.improving[-1]
    return {"best_epoch": best, "best_loss": i.losses[best - 1], "stop_epoch": course.stop}


def steps(i: StoppingInputs) -> Sequence[Step]:
    course, best = run(i), run(i).improving[-1]
    improving = Step(STEPS["improving"], list_line("t", course.improving), course.improving)
    waits = Step(STEPS["waits"], list_line("c", course.waits), course.waits)
    shown = ", ".join(map(str, course.improving))
    kept = Step(STEPS["best_epoch"], rf"t^* = \max({shown}) = {best}", best)
    loss = Step(STEPS["best_loss"], f"L_{{{best}}} = {given(i.losses[best - 1])}", i.losses[best - 1])
    lines = [*lead_to([improving, kept], "best_epoch"), *lead_to([improving, kept, loss], "best_loss")]
    if course.stop is None:
        return lines
    caption = STEPS["stop_epoch"].map(lambda text: text.format(patience=i.patience))
    last = Step(caption, f"T = {best}+{i.patience} = {course.stop}", course.stop)
    return [*lines, *lead_to([improving, waits, kept, last], "stop_epoch")]


def _last(i: StoppingInputs) -> Outputs:
    last = run(i).stop or len(i.losses)
    return {"best_epoch": last, "best_loss": i.losses[last - 1]}


def _whole(i: StoppingInputs) -> Outputs:
    best = i.losses.index(min(i.losses))
    return {"best_epoch": best + 1, "best_loss": i.losses[best]}


FAMILY = Family(
    id="early_stopping",
    title=TITLE,
    inputs=StoppingInputs,
    outputs={
        "best_epoch": Output("integer", BEST_EPOCH),
        "best_loss": Output("real", BEST_LOSS),
        "stop_epoch": Output("integer", STOP_EPOCH),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "last_checkpoint": _last,
            "patience_from_the_start": lambda i: {"stop_epoch": i.patience} if i.patience <= len(i.losses) else {},
            "patience_never_resets": lambda i: {"stop_epoch": run(i, resets=False).stop},
            "sees_the_future": _whole,
        },
    ),
    symbols={"losses": "L", "patience": "p"},
)
