"""The perceptron's update on one point (Rosenblatt 1958)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Integer, Many, Real, Refusal
from quizcnn.solvers.notation import given, line, list_line, near, operand, plus, products
from quizcnn.solvers.values import Value, exact
from quizcnn.solvers.vectors import dot, exact_vector, floats
from quizcnn.text import Text

TITLE = Text("Update of the perceptron", "感知机的一次更新")
CONVENTION = Text(
    "Labels −1 and 1; score s = w·x + b; wrong where label·s ≤ 0, then w += η·label·x and b += η·label, else nothing changes.",
    "标签为 −1 或 1；得分 s = w·x + b；标签·s ≤ 0 算错，此时 w += η·标签·x，b += η·标签，否则不变。",
)
SCORE = Text("score", "得分")
WEIGHTS = Text("new weights", "新的权重")
BIAS = Text("new bias", "新的偏置")
STEPS = {
    "score": Text("score of the point", "该点的得分"),
    "agreement": Text("label times score: not above 0 is wrong", "标签乘得分，不大于 0 即为错"),
    "factor": Text("factor of the update, 0 where the point is right", "更新的系数，判对时为 0"),
    "weight": Text("weight {place}", "第 {place} 个权重"),
    "weights": Text("all weights", "全部权重"),
    "bias": Text("the bias moves by the same factor", "偏置按同一系数变化"),
}
MISTAKES = {
    "updates_always": (
        Text("updates although the point was right", "判对了也更新"),
        Text("The perceptron learns from mistakes only: with label·score above 0 nothing changes.", "感知机只在判错时更新：标签·得分大于 0 时什么都不变。"),
    ),
    "forgets_bias": (
        Text("leaves the bias as it was", "没有更新偏置"),
        Text("The bias is the weight of a constant input 1, so it moves by learning rate times label.", "偏置相当于恒为 1 的输入的权重，要加上学习率乘标签。"),
    ),
    "wrong_sign": (
        Text("subtracts the update", "把更新量减掉了"),
        Text("Adding label·x raises label·score, which is what a wrong point lacks.", "加上 标签·x 才会提高 标签·得分，判错的点缺的正是它。"),
    ),
}  # fmt: skip
LINES = 6


class PerceptronInputs(Inputs):
    """Weights w and bias b, a point of the same dimension, its label -1 or 1."""

    w: Many[Real]
    b: Real = 0.0
    point: Many[Real]
    label: Integer
    learning_rate: Real = 1.0

    @model_validator(mode="after")
    def _fits(self) -> PerceptronInputs:
        if len(self.w) != len(self.point):
            raise Refusal(f"{len(self.w)} weights do not fit a point of {len(self.point)} numbers", "w", "point")
        if self.label not in (-1, 1):
            raise Refusal(f"must be -1 or 1, not {self.label}", "label")
        return self


def score_of(i: PerceptronInputs) -> Fraction:
    return dot(exact_vector(i.w), exact_vector(i.point)) + exact(i.b)


def is_wrong(i: PerceptronInputs) -> bool:
    return i.label * score_of(i) <= 0


def moved(i: PerceptronInputs, factor: Fraction, bias: bool = True) -> Outputs:
    """w and b after the point times ``factor`` is added."""
    weights = [w + factor * x for w, x in zip(exact_vector(i.w), exact_vector(i.point), strict=True)]
    return {"w": floats(weights), "b": float(exact(i.b) + (factor if bias else 0))}


def step_size(i: PerceptronInputs) -> Fraction:
    return exact(i.learning_rate) * i.label


def solve(i: PerceptronInputs) -> Outputs:
    return {"score": float(score_of(i)), **moved(i, step_size(i) if is_wrong(i) else Fraction())}


def steps(i: PerceptronInputs) -> Sequence[Step]:
    found = solve(i)
    score, factor = float(score_of(i)), float(step_size(i)) if is_wrong(i) else 0.0
    terms = products(list(zip(i.w, i.point, strict=True)))
    scored = Step(STEPS["score"], line("s", f"{terms}{plus(near(i.b))}" if terms and i.b else terms, score), score if terms else None)  # fmt: skip
    agreement = Step(
        STEPS["agreement"],
        line("y s", rf"{i.label} \cdot {operand(score)}", i.label * score, rough=True),
        i.label * score,
    )
    rate = line("f", rf"{given(i.learning_rate)} \cdot {operand(i.label)}" if is_wrong(i) else "", factor)
    shared = [scored, agreement, Step(STEPS["factor"], rate, factor if is_wrong(i) else None)]
    weights = found["w"] if isinstance(found["w"], tuple) else ()
    lines = [_weight(i, place, factor, value) for place, value in enumerate(weights[:LINES])]
    bias = Step(STEPS["bias"], line("b", rf"{given(i.b)}{plus(near(factor))}", float(str(found["b"]))), found["b"])
    return [
        *lead_to([scored], "score"),
        *lead_to([*shared, *lines, Step(STEPS["weights"], list_line("w", i.w if not weights else [float(str(w)) for w in weights]), weights)], "w"),
        *lead_to([*shared, bias], "b"),
    ]  # fmt: skip


def _weight(i: PerceptronInputs, place: int, factor: float, value: Value) -> Step:
    caption = STEPS["weight"].map(lambda text: text.format(place=place + 1))
    expression = rf"{given(i.w[place])}+{operand(factor)} \cdot {operand(i.point[place])}"
    return Step(caption, line(f"w_{{{place + 1}}}", expression, float(str(value))), value)


def _always(i: PerceptronInputs) -> Outputs:
    return {} if is_wrong(i) else moved(i, step_size(i))


def _without_bias(i: PerceptronInputs) -> Outputs:
    return {"b": moved(i, step_size(i), bias=False)["b"]} if is_wrong(i) else {}


def _subtracted(i: PerceptronInputs) -> Outputs:
    return moved(i, -step_size(i)) if is_wrong(i) else {}


FAMILY = Family(
    id="perceptron_update",
    title=TITLE,
    inputs=PerceptronInputs,
    outputs={"score": Output("real", SCORE), "w": Output("list", WEIGHTS, elements="real"), "b": Output("real", BIAS)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "updates_always": _always,
            "forgets_bias": _without_bias,
            "wrong_sign": _subtracted,
        },
    ),
    symbols={"point": "x", "label": "y", "learning_rate": r"\eta"},
)
