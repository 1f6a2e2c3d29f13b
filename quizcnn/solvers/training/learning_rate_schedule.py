"""Learning rates by epoch: steps, exponential decay and cosine, behind a linear warm-up (Loshchilov & Hutter 2017; Goyal et al. 2017)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.inputs import Count, Inputs, Real, Refusal, Size
from quizcnn.solvers.notation import difference, given, line, operand
from quizcnn.solvers.values import exact
from quizcnn.text import Text

TITLE = Text("Learning rate schedule", "学习率调度")
CONVENTION = Text(
    "Rate during epoch t, counted from 0; cosine falls from base to min over max_epochs; warm-up epoch t has base·(t + 1)/warmup_epochs, and the schedule runs after it, a cosine over what is left.",
    "第 t 个 epoch（从 0 数）的学习率；余弦在 max_epochs 内从初始值降到最小值；预热第 t 个 epoch 为 初始值·(t + 1)/warmup_epochs，之后才开始调度，余弦用剩余的 epoch。",
)
RATE = Text("learning rate", "学习率")
STEPS = {
    "warmup": Text("warm-up: so many of {count} parts of the base rate", "预热：取初始学习率的 {count} 份中的若干份"),
    "after": Text("epochs since the warm-up", "预热之后的 epoch 数"),
    "drops": Text("drops so far", "已经下降的次数"),
    "step": Text("the base rate times gamma for each drop", "每下降一次乘一个 gamma"),
    "exponential": Text("the base rate times gamma for each epoch", "每个 epoch 乘一个 gamma"),
    "cosine": Text("from base to min along half a cosine wave", "沿半个余弦从初始值降到最小值"),
}  # fmt: skip
MISTAKES = {
    "off_by_one_epoch": (
        Text("takes the rate of the epoch before", "取了前一个 epoch 的学习率"),
        Text("Epochs count from 0, so the first one has the base rate and epoch {epoch} is one later than the {epoch}th.", "epoch 从 0 数，第一个就是初始学习率，epoch {epoch} 是第 {epoch} 个的后一个。"),
    ),
    "linear_for_cosine": (
        Text("falls in a straight line", "按直线下降"),
        Text("A cosine falls slowly at both ends and fast in the middle; only there the line meets it.", "余弦两头下降慢，中间快，只在中点与直线相同。"),
    ),
    "warmup_from_zero": (
        Text("begins the warm-up at 0", "预热从 0 开始"),
        Text("The first epoch already trains, with one part of the base rate.", "第一个 epoch 就要训练，学习率取一份。"),
    ),
    "schedule_not_shifted": (
        Text("lets the schedule run during the warm-up", "预热期间就开始调度"),
        Text("The schedule begins when the warm-up ends, at its own epoch 0.", "预热结束后才开始调度，从它自己的第 0 个 epoch 算起。"),
    ),
}  # fmt: skip


class ScheduleInputs(Inputs):
    """The schedule's kind with its settings, and the epoch from 0."""

    schedule: Literal["step", "exponential", "cosine"]
    base_rate: Real
    epoch: Count
    step_size: Size = 30
    gamma: Real = 0.1
    max_epochs: Size = 100
    min_rate: Real = 0.0
    warmup_epochs: Count = 0

    @model_validator(mode="after")
    def _leaves_epochs(self) -> ScheduleInputs:
        if self.schedule == "cosine" and self.warmup_epochs >= self.max_epochs:
            raise Refusal("must be below max_epochs for a cosine", "warmup_epochs", "max_epochs")
        return self


@dataclass(frozen=True)
class Place:
    """An epoch of the schedule itself, and how many it has."""

    epoch: int
    epochs: int


def place_of(i: ScheduleInputs) -> Place:
    return Place(i.epoch - i.warmup_epochs, i.max_epochs - i.warmup_epochs)


def warmed(i: ScheduleInputs, parts: int) -> float:
    return float(exact(i.base_rate) * parts / i.warmup_epochs)


def power(base: float, exponent: int, factor: float) -> float:
    """factor*base^exponent without a stop at the floats' ends."""
    return float(WIDE.multiply(decimal_of(factor), WIDE.power(decimal_of(base), exponent))) if exponent else factor


def wave(place: Place) -> float:
    """(1 + cos(pi t/T))/2 as the square of a cosine, which loses no digits near its foot; it goes on beyond T as PyTorch's formula does."""
    turn = place.epoch % (2 * place.epochs)
    near_foot = turn - place.epochs
    return math.sin(math.pi * near_foot / (2 * place.epochs)) ** 2


def rate_at(i: ScheduleInputs, place: Place) -> float:
    if i.schedule == "step":
        return power(i.gamma, place.epoch // i.step_size, i.base_rate)
    if i.schedule == "exponential":
        return power(i.gamma, place.epoch, i.base_rate)
    span = float(exact(i.base_rate) - exact(i.min_rate))
    return i.min_rate + span * wave(place)


def solve(i: ScheduleInputs) -> Outputs:
    if i.epoch < i.warmup_epochs:
        return {"rate": warmed(i, i.epoch + 1)}
    return {"rate": rate_at(i, place_of(i))}


def steps(i: ScheduleInputs) -> Sequence[Step]:
    rate = float(str(solve(i)["rate"]))
    if i.epoch < i.warmup_epochs:
        caption = STEPS["warmup"].map(lambda text: text.format(count=i.warmup_epochs))
        return [
            Step(
                caption,
                line(r"\eta", rf"{given(i.base_rate)} \cdot \frac{{{i.epoch}+1}}{{{i.warmup_epochs}}}", rate),
                rate,
            )
        ]
    place, lines = place_of(i), []
    if i.warmup_epochs:
        lines.append(Step(STEPS["after"], line("t", f"{i.epoch}-{i.warmup_epochs}", place.epoch), place.epoch))
    if i.schedule == "step":
        drops = place.epoch // i.step_size
        lines.append(
            Step(STEPS["drops"], line("n", rf"\lfloor \frac{{{place.epoch}}}{{{i.step_size}}} \rfloor", drops), drops)
        )
        latex = rf"{given(i.base_rate)} \cdot {operand(i.gamma)}^{{{drops}}}"
    elif i.schedule == "exponential":
        latex = rf"{given(i.base_rate)} \cdot {operand(i.gamma)}^{{{place.epoch}}}"
    else:
        angle = rf"\pi \cdot \frac{{{place.epoch}}}{{{place.epochs}}}"
        latex = rf"{given(i.min_rate)}+({difference(i.base_rate, i.min_rate)}) \cdot \frac{{1+\cos({angle})}}{{2}}"
    return [*lines, Step(STEPS[i.schedule], line(r"\eta", latex, rate, rough=i.schedule == "cosine"), rate)]


def _earlier(i: ScheduleInputs) -> Outputs:
    return solve(i.model_copy(update={"epoch": i.epoch - 1})) if i.epoch else {}


def _straight(i: ScheduleInputs) -> Outputs:
    place = place_of(i)
    if i.schedule != "cosine" or place.epoch < 0:
        return {}
    span = exact(i.base_rate) - exact(i.min_rate)
    return {"rate": float(exact(i.min_rate) + span * (1 - exact(place.epoch) / place.epochs))}


def _from_zero(i: ScheduleInputs) -> Outputs:
    return {"rate": warmed(i, i.epoch)} if i.epoch < i.warmup_epochs else {}


def _not_shifted(i: ScheduleInputs) -> Outputs:
    if not i.warmup_epochs or i.epoch < i.warmup_epochs:
        return {}
    return {"rate": rate_at(i, Place(i.epoch, i.max_epochs))}


FAMILY = Family(
    id="learning_rate_schedule",
    title=TITLE,
    inputs=ScheduleInputs,
    outputs={"rate": Output("real", RATE)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(MISTAKES, {
        "off_by_one_epoch": _earlier,
        "linear_for_cosine": _straight,
        "warmup_from_zero": _from_zero,
        "schedule_not_shifted": _not_shifted,
    }),
    symbols={"base_rate": r"\eta_0", "epoch": "t", "step_size": "S", "gamma": r"\gamma", "max_epochs": "T", "min_rate": r"\eta_{min}", "warmup_epochs": "W"},
)  # fmt: skip
