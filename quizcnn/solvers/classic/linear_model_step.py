"""Predictions, loss, gradient and one step of gradient descent of linear and logistic regression (Bishop 2006, sections 3.1 and 4.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import Literal

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, Real, Refusal, refuse_work
from quizcnn.solvers.notation import given, line, list_line, near, near_operand, operand, plus, products, total
from quizcnn.solvers.values import Value, exact
from quizcnn.solvers.vectors import check_dimension, dot, exact_points, exact_vector
from quizcnn.text import Text

TITLE = Text("A gradient step of linear or logistic regression", "线性回归与逻辑回归的一步梯度下降")
CONVENTION = Text(
    "Score w·x + b. Linear: mean squared error, as torch.nn.MSELoss. Logistic: sigmoid of the score, mean binary cross-entropy. Gradients are means over the points; odds ratios exp(w).",
    "得分 w·x + b。线性：均方误差，同 torch.nn.MSELoss。逻辑：得分取 sigmoid，平均二元交叉熵。梯度对样本取平均；几率比为 exp(w)。",
)
SCORES = Text("scores", "得分")
PREDICTIONS = Text("predictions", "预测值")
LOSS = Text("loss", "损失")
GRAD_W = Text("gradient of w", "w 的梯度")
GRAD_B = Text("gradient of b", "b 的梯度")
NEW_W = Text("new w", "新的 w")
NEW_B = Text("new b", "新的 b")
ODDS = Text("odds ratios", "几率比")
STEPS = {
    "score": Text("point {place}: score", "第 {place} 个样本的得分"),
    "scores": Text("all scores", "全部得分"),
    "linear_predictions": Text("predictions: the scores themselves", "预测值：就是得分"),
    "logistic_predictions": Text("predictions: the sigmoids of the scores", "预测值：得分的 sigmoid"),
    "errors": Text("predictions less targets", "预测减目标"),
    "linear_loss": Text("mean of the squared errors", "误差平方的均值"),
    "logistic_loss": Text("mean of −ln of the probability of the right class", "正确类别概率的负对数的均值"),
    "linear_one": Text("weight {place}: twice the mean of error times input", "第 {place} 个权重：误差乘输入，取平均再乘 2"),
    "logistic_one": Text("weight {place}: mean of error times input", "第 {place} 个权重：误差乘输入再取平均"),
    "grad_w": Text("the whole gradient of w", "w 的完整梯度"),
    "linear_grad_b": Text("twice the mean of the errors", "误差取平均再乘 2"),
    "logistic_grad_b": Text("mean of the errors", "误差取平均"),
    "w": Text("a step of learning rate times gradient downhill", "沿梯度反方向走一步：学习率乘梯度"),
    "b": Text("the bias takes the same step", "偏置同样走一步"),
    "odds": Text("e to each weight: the factor on the odds for one unit", "各权重取指数：特征增加 1 时几率乘的倍数"),
}  # fmt: skip
MISTAKES = {
    "sums_gradient": (
        Text("does not divide the gradient by the number of points", "梯度没有除以样本数"),
        Text("The loss is a mean, so its gradient is a mean too.", "损失是平均值，梯度也要取平均。"),
    ),
    "forgets_factor_two": (
        Text("leaves out the factor 2 of the square", "漏乘了平方求导的 2"),
        Text("The derivative of the squared error is 2·error; MSELoss has no half in front.", "误差平方的导数是 2·误差，MSELoss 前面没有 ½。"),
    ),
    "multiplies_by_sigmoid_derivative": (
        Text("multiplies by the derivative of the sigmoid", "又乘了 sigmoid 的导数"),
        Text("Cross-entropy cancels p(1 − p): the gradient with respect to the score is p − y.", "交叉熵把 p(1 − p) 约掉了，对得分的梯度就是 p − y。"),
    ),
    "gradient_ascent": (
        Text("adds the gradient", "加上了梯度"),
        Text("The loss falls against the gradient, so the step is subtracted.", "损失沿梯度反方向下降，所以要减。"),
    ),
    "forgets_bias": (
        Text("leaves the bias out of the score", "得分漏加了偏置"),
        Text("The score is w·x + b; b shifts every one of them.", "得分是 w·x + b，每个得分都要加 b。"),
    ),
    "score_for_probability": (
        Text("stops at the score", "只算到得分"),
        Text("The score is the logarithm of the odds; the sigmoid turns it into a probability.", "得分是几率的对数，还要用 sigmoid 变成概率。"),
    ),
    "weight_for_odds_ratio": (
        Text("gives the weights themselves", "直接写了权重"),
        Text("A weight adds to the log-odds; the odds are multiplied by its exponential.", "权重加在对数几率上，几率乘的是它的指数。"),
    ),
}  # fmt: skip
LINES = 3
READABLE = 15
"""Scores beyond it leave a loss that no line shows."""


class ModelInputs(Inputs):
    """points, shape (N, D), a target for each, w of length D, b."""

    points: Many[Many[Real]]
    targets: Many[Real]
    w: Many[Real]
    b: Real = 0.0
    learning_rate: Real
    model: Literal["linear", "logistic"]

    @model_validator(mode="after")
    def _fits(self) -> ModelInputs:
        check_dimension(self.points, "points", len(self.w), "w")
        if len(self.targets) != len(self.points):
            raise Refusal(f"{len(self.targets)} targets do not fit {len(self.points)} points", "targets", "points")
        if self.model == "logistic" and not set(self.targets) <= {0, 1}:
            raise Refusal("must be 0 or 1 for a logistic model", "targets", "model")
        refuse_work(len(self.points) * len(self.w), "points", "w")
        return self


def scores_of(i: ModelInputs) -> list[Fraction]:
    w, b = exact_vector(i.w), exact(i.b)
    return [dot(w, point) + b for point in exact_points(i.points)]


def sigmoid(score: float) -> float:
    return 1 / (1 + math.exp(-score)) if score >= 0 else math.exp(score) / (1 + math.exp(score))


def errors_of(i: ModelInputs) -> list[Fraction | float]:
    """Prediction less target; for a logistic model without cancellation near 1."""
    scores = scores_of(i)
    if i.model == "linear":
        return [score - exact(target) for score, target in zip(scores, i.targets, strict=True)]
    return [
        -sigmoid(-float(score)) if target else sigmoid(float(score))
        for score, target in zip(scores, i.targets, strict=True)
    ]


def gradient(
    i: ModelInputs, errors: Sequence[Fraction | float], divisor: float | Fraction
) -> tuple[tuple[float, ...], float]:
    """Errors times inputs over ``divisor``, for w and for b."""
    if i.model == "linear":
        exact_errors = [exact(error) for error in errors]
        columns = zip(*exact_points(i.points), strict=True)
        return tuple(float(dot(column, exact_errors) / Fraction(divisor)) for column in columns), float(
            sum(exact_errors, Fraction()) / Fraction(divisor)
        )
    real = [float(error) for error in errors]
    weights = tuple(
        math.fsum(x * error for x, error in zip(column, real, strict=True)) / float(divisor)
        for column in zip(*i.points, strict=True)
    )
    return weights, math.fsum(real) / float(divisor)


def mean_gradient(i: ModelInputs) -> tuple[tuple[float, ...], float]:
    count = Fraction(len(i.points))
    return gradient(i, errors_of(i), count / 2 if i.model == "linear" else count)


def moved(i: ModelInputs, sign: int = -1) -> Outputs:
    """w and b after the step."""
    slope, offset = mean_gradient(i)
    rate = sign * exact(i.learning_rate)
    return {
        "w": tuple(float(exact(w) + rate * exact(g)) for w, g in zip(i.w, slope, strict=True)),
        "b": float(exact(i.b) + rate * exact(offset)),
    }


def loss_of(i: ModelInputs) -> float:
    if i.model == "linear":
        squares = [exact(error) ** 2 for error in errors_of(i)]
        return float(sum(squares, Fraction()) / len(squares))
    terms = []
    for score, target in zip(scores_of(i), i.targets, strict=True):
        signed = float(score) if target else -float(score)
        terms.append(math.log1p(math.exp(-signed)) if signed >= 0 else -signed + math.log1p(math.exp(signed)))
    return math.fsum(terms) / len(terms)


def predictions_of(i: ModelInputs) -> tuple[float, ...]:
    scores = [float(score) for score in scores_of(i)]
    return tuple(scores) if i.model == "linear" else tuple(map(sigmoid, scores))


def solve(i: ModelInputs) -> Outputs:
    slope, offset = mean_gradient(i)
    return {
        "scores": tuple(float(score) for score in scores_of(i)),
        "predictions": predictions_of(i),
        "loss": loss_of(i),
        "grad_w": slope,
        "grad_b": offset,
        **moved(i),
        "odds_ratios": tuple(math.exp(w) for w in i.w) if i.model == "logistic" else None,
    }


def steps(i: ModelInputs) -> Sequence[Step]:
    found = solve(i)
    scores = [_score(i, place, float(score)) for place, score in enumerate(scores_of(i)[:LINES])]
    scores.append(Step(STEPS["scores"], list_line("s", _listed(found["scores"])), found["scores"]))
    predicted = [
        *scores,
        Step(STEPS[f"{i.model}_predictions"], list_line("p", _listed(found["predictions"])), found["predictions"]),
    ]
    errors = tuple(float(error) for error in errors_of(i))
    erred = [*predicted, Step(STEPS["errors"], list_line("d", errors), errors)]
    loss = _loss_step(i, errors)
    slope = [
        *erred,
        *_slope_steps(i, errors, _listed(found["grad_w"])),
        Step(STEPS["grad_w"], list_line("g", _listed(found["grad_w"])), found["grad_w"]),
    ]
    offset = [*erred, _bias_step(i, errors, float(str(found["grad_b"])))]
    new_w = Step(STEPS["w"], list_line("w", _listed(found["w"])), found["w"])
    expression = rf"{given(i.b)}-{given(i.learning_rate)} \cdot {near_operand(float(str(found['grad_b'])))}"
    new_b = Step(STEPS["b"], line("b", expression, float(str(found["b"])), rough=True), found["b"])
    lines = [
        *lead_to(scores, "scores"),
        *lead_to(predicted, "predictions"),
        *lead_to([*erred, loss], "loss"),
        *lead_to(slope, "grad_w"),
        *lead_to(offset, "grad_b"),
        *lead_to([*slope, new_w], "w"),
        *lead_to([*offset, new_b], "b"),
    ]
    if i.model == "logistic":
        lines += lead_to(
            [Step(STEPS["odds"], list_line("e^w", _listed(found["odds_ratios"])), found["odds_ratios"])], "odds_ratios"
        )
    return lines


def _loss_step(i: ModelInputs, errors: Sequence[float]) -> Step:
    """The mean of the points' losses; a logistic one as the logarithm that a margin leaves."""
    if i.model == "linear":
        terms = total(f"{near_operand(error)}^2" for error in errors)
    else:
        signed = [
            float(score) if target else -float(score) for score, target in zip(scores_of(i), i.targets, strict=True)
        ]
        readable = max(map(abs, signed)) < READABLE
        terms = total(rf"\ln (1+e^{{{near(-each, 6)}}})" for each in signed) if readable else ""
    latex = rf"\frac{{{terms}}}{{{len(errors)}}}" if terms else ""
    return Step(STEPS[f"{i.model}_loss"], line("L", latex, loss_of(i), rough=True), loss_of(i))


def _slope_steps(i: ModelInputs, errors: Sequence[float], values: Sequence[float]) -> list[Step]:
    """A line for each of the first weights."""
    lines = []
    for place, value in enumerate(values[:LINES]):
        latex = _averaged(
            i, [rf"{near(error, 6)} \cdot {operand(x[place])}" for error, x in zip(errors, i.points, strict=True)]
        )
        caption = STEPS[f"{i.model}_one"].map(partial(str.format, place=place + 1))
        lines.append(Step(caption, line(f"g_{{{place + 1}}}", latex, value, rough=True), value if latex else None))
    return lines


def _bias_step(i: ModelInputs, errors: Sequence[float], value: float) -> Step:
    latex = _averaged(i, [near(error, 6) for error in errors])
    return Step(STEPS[f"{i.model}_grad_b"], line("g_b", latex, value, rough=True), value)


def _averaged(i: ModelInputs, terms: Sequence[str]) -> str:
    """The mean of the terms, twice that for squares; nothing where they are too many to read."""
    added = total(terms)
    latex = rf"\frac{{{added}}}{{{len(terms)}}}"
    return (rf"2 \cdot {latex}" if i.model == "linear" else latex) if added else ""


def _listed(values: Value) -> list[float]:
    return [float(str(value)) for value in values] if isinstance(values, tuple) else []


def _score(i: ModelInputs, place: int, score: float) -> Step:
    terms = products(list(zip(i.w, i.points[place], strict=True)))
    caption = STEPS["score"].map(lambda text: text.format(place=place + 1))
    expression = f"{terms}{plus(near(i.b))}" if terms and i.b else terms
    return Step(caption, line(f"s_{{{place + 1}}}", expression, score), score if terms else None)


def _sums(i: ModelInputs) -> Outputs:
    slope, offset = gradient(i, errors_of(i), Fraction(1, 2) if i.model == "linear" else Fraction(1))
    return {"grad_w": slope, "grad_b": offset}


def _without_two(i: ModelInputs) -> Outputs:
    if i.model != "linear":
        return {}
    slope, offset = gradient(i, errors_of(i), Fraction(len(i.points)))
    return {"grad_w": slope, "grad_b": offset}


def _damped(i: ModelInputs) -> Outputs:
    if i.model != "logistic":
        return {}
    damped = [float(error) * p * (1 - p) for error, p in zip(errors_of(i), predictions_of(i), strict=True)]
    slope, offset = gradient(i, damped, Fraction(len(i.points)))
    return {"grad_w": slope, "grad_b": offset}


def _without_bias(i: ModelInputs) -> Outputs:
    found = solve(i.model_copy(update={"b": 0.0}))
    return {name: value for name, value in found.items() if name not in ("b", "odds_ratios")}


def _scores_alone(i: ModelInputs) -> Outputs:
    return {"predictions": solve(i)["scores"]} if i.model == "logistic" else {}


def _weights_alone(i: ModelInputs) -> Outputs:
    return {"odds_ratios": tuple(map(float, i.w))} if i.model == "logistic" else {}


FAMILY = Family(
    id="linear_model_step",
    title=TITLE,
    inputs=ModelInputs,
    outputs={
        "scores": Output("list", SCORES, elements="real"),
        "predictions": Output("list", PREDICTIONS, elements="real"),
        "loss": Output("real", LOSS),
        "grad_w": Output("list", GRAD_W, elements="real"),
        "grad_b": Output("real", GRAD_B),
        "w": Output("list", NEW_W, elements="real"),
        "b": Output("real", NEW_B),
        "odds_ratios": Output("list", ODDS, elements="real"),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "sums_gradient": _sums,
            "forgets_factor_two": _without_two,
            "multiplies_by_sigmoid_derivative": _damped,
            "gradient_ascent": lambda i: moved(i, 1),
            "forgets_bias": _without_bias,
            "score_for_probability": _scores_alone,
            "weight_for_odds_ratio": _weights_alone,
        },
    ),
    symbols={"points": "x", "targets": "y", "learning_rate": r"\eta"},
)
