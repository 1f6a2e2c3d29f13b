"""Binary cross-entropy of several labels from their logits (torch.nn.functional.binary_cross_entropy_with_logits)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.distributions import Softmax, softmax, sum_of
from quizcnn.solvers.inputs import Inputs, Label, Many, Probability, Real, Refusal, refuse_work
from quizcnn.solvers.notation import MOST_TERMS, given, is_exact, line, list_line, near_operand, total
from quizcnn.solvers.values import Value
from quizcnn.text import Text

TITLE = Text("Binary cross-entropy of several labels", "多标签二元交叉熵")
CONVENTION = Text(
    "One sigmoid per label; natural logarithm; mean or sum over the labels as reduction says; a label is predicted where its probability is at least the threshold.",
    "每个标签各用一个 sigmoid；取自然对数；按 reduction 对标签取平均或求和；概率 ≥ 阈值判为正。",
)
OUTPUTS = {
    "probabilities": Output("list", Text("probabilities", "各标签的概率"), elements="real"),
    "loss": Output("real", Text("loss", "损失"), ("nat", "nats")),
    "grad_logits": Output("list", Text("gradient with respect to the logits", "对 logits 的梯度"), elements="real"),
    "predicted": Output("list", Text("predicted labels (0 or 1)", "预测的标签（0 或 1）")),
}
STEPS = {
    "probability": Text("label {place}: sigmoid of its logit", "第 {place} 个标签：对 logit 取 sigmoid"),
    "probabilities": Text("all probabilities", "全部概率"),
    "positive": Text("label {place} has target 1: minus ln p", "第 {place} 个标签的目标为 1：取 −ln p"),
    "negative": Text("label {place} has target 0: minus ln(1 − p)", "第 {place} 个标签的目标为 0：取 −ln(1 − p)"),
    "mean": Text("loss: mean over the labels", "损失：对标签取平均"),
    "sum": Text("loss: sum over the labels", "损失：对标签求和"),
    "gradient": Text("probability less target, label by label", "逐标签：概率减目标"),
    "mean_gradient": Text("probability less target, over the number of labels", "逐标签：概率减目标，再除以标签数"),
    "predicted": Text("1 where the probability is at least {threshold}", "概率不小于 {threshold} 处为 1"),
}
MISTAKES = {
    "softmax_over_labels": (
        Text("takes a softmax over the labels", "对各标签做了 softmax"),
        Text("Labels do not exclude each other: each has a sigmoid of its own, and the probabilities need not sum to 1.", "各标签互不排斥，每个各用一个 sigmoid，概率之和不必为 1。"),
    ),
    "other_reduction": (
        Text("exchanges mean and sum", "把平均和求和弄反了"),
        Text("reduction is {reduction} here.", "这里 reduction 为 {reduction}。"),
    ),
    "forgets_negatives": (
        Text("lets only the labels with target 1 count", "只算了目标为 1 的标签"),
        Text("A label with target 0 costs −ln(1 − p), so that its probability is pushed down.", "目标为 0 的标签也有损失 −ln(1 − p)，这样才会压低它的概率。"),
    ),
    "thresholds_logits": (
        Text("compares the logits with the threshold", "直接用 logit 与阈值比较"),
        Text("The threshold {threshold} is one of probabilities: the sigmoid comes first.", "阈值 {threshold} 针对概率，要先取 sigmoid。"),
    ),
    "target_minus_probability": (
        Text("takes the target less the probability", "用目标减去概率"),
        Text("The gradient is p − y: positive where the logit must fall.", "梯度是 p − y：logit 应当减小时梯度为正。"),
    ),
}  # fmt: skip
LINES = 4


class BinaryLogitsInputs(Inputs):
    """logits and targets, one a label."""

    logits: Many[Real]
    targets: Many[Label]
    threshold: Probability = 0.5
    reduction: Literal["mean", "sum"] = "mean"

    @model_validator(mode="after")
    def _fits(self) -> BinaryLogitsInputs:
        if len(self.logits) != len(self.targets):
            raise Refusal(f"{len(self.logits)} logits and {len(self.targets)} targets", "logits", "targets")
        refuse_work(len(self.logits), "logits", "targets", most=10**4)
        return self

    @property
    def divisor(self) -> int:
        return len(self.logits) if self.reduction == "mean" else 1


def sigmoid(logit: float) -> Softmax:
    """A sigmoid is a softmax against a logit of 0: its first probability."""
    return softmax((logit, 0.0))


def losses(i: BinaryLogitsInputs) -> tuple[float, ...]:
    """-ln p for target 1, -ln(1 - p) for target 0, label by label."""
    return tuple(
        0.0 - sigmoid(logit).log_probabilities()[1 - target] for logit, target in zip(i.logits, i.targets, strict=True)
    )


def reduced(values: Sequence[float], divisor: int) -> float:
    return float(WIDE.divide(sum_of(map(decimal_of, values)), Decimal(divisor)))


def probabilities(i: BinaryLogitsInputs) -> tuple[float, ...]:
    return tuple(sigmoid(logit).probabilities()[0] for logit in i.logits)


def gradient(i: BinaryLogitsInputs) -> tuple[float, ...]:
    """p - y, at target 1 from 1 - p, which does not cancel."""
    return tuple(
        (-found.complement(0) if target else found.probabilities()[0]) / i.divisor
        for found, target in zip(map(sigmoid, i.logits), i.targets, strict=True)
    )


def solve(i: BinaryLogitsInputs) -> Outputs:
    return {
        "probabilities": probabilities(i),
        "loss": reduced(losses(i), i.divisor),
        "grad_logits": gradient(i),
        "predicted": tuple(int(p >= i.threshold) for p in probabilities(i)),
    }


def steps(i: BinaryLogitsInputs) -> Sequence[Step]:
    found, outputs = probabilities(i), solve(i)
    first = [
        _numbered("probability", place, line(f"p_{{{place + 1}}}", rf"\frac{{1}}{{1+e^{{{given(0.0 - i.logits[place])}}}}}", found[place], rough=True), found[place])
        for place in range(len(found) if len(found) <= LINES else 1)
        if abs(i.logits[place]) < MOST_EXPONENT
    ]  # fmt: skip
    first.append(Step(STEPS["probabilities"], list_line("p", found), found))
    gradients = outputs["grad_logits"]
    caption = STEPS["mean_gradient" if i.reduction == "mean" else "gradient"]
    limit = STEPS["predicted"].map(lambda text: text.format(threshold=given(i.threshold)))
    return [
        *lead_to(first, "probabilities"),
        *lead_to([*first, *_loss_steps(i)], "loss"),
        *lead_to([*first, Step(caption, list_line("g", gradient(i)), gradients)], "grad_logits"),
        *lead_to([*first, Step(limit, list_line(r"\hat{y}", outputs["predicted"]), outputs["predicted"])], "predicted"),  # type: ignore[arg-type]
    ]


MOST_EXPONENT = 700
"""A line with e to a larger power would say nothing."""


def _loss_steps(i: BinaryLogitsInputs) -> list[Step]:
    each, lines = losses(i), []
    for place, value in enumerate(each if len(each) <= LINES else each[:1]):
        logit = i.logits[place] if not i.targets[place] else 0.0 - i.logits[place]
        expression = rf"\ln (1+e^{{{given(logit)}}})" if abs(logit) < MOST_EXPONENT else ""
        name = "positive" if i.targets[place] else "negative"
        latex = line(f"L_{{{place + 1}}}", expression, value, rough=bool(expression))
        if expression:
            lines.append(_numbered(name, place, latex, value))
    terms = total(map(near_operand, each)) if len(each) <= MOST_TERMS else ""
    loss = reduced(each, i.divisor)
    whole = rf"\frac{{{terms}}}{{{len(each)}}}" if terms and i.reduction == "mean" else terms
    return [*lines, Step(STEPS[i.reduction], line("L", whole, loss, rough=not is_exact(*each)), loss)]


def _numbered(name: str, place: int, latex: str, value: float) -> Step:
    return Step(STEPS[name].map(lambda text: text.format(place=place + 1)), latex, value)


def _positives_only(i: BinaryLogitsInputs) -> Outputs:
    counted = [value for value, target in zip(losses(i), i.targets, strict=True) if target]
    return {"loss": reduced(counted, i.divisor)}


def _other_reduction(i: BinaryLogitsInputs) -> Outputs:
    return {"loss": reduced(losses(i), 1 if i.reduction == "mean" else len(i.logits))}


def _follow_predicted(i: BinaryLogitsInputs, own: Outputs) -> Value:
    values = own["probabilities"]
    if not isinstance(values, tuple):
        return None
    return tuple(int(float(p) >= i.threshold) for p in values if isinstance(p, int | float))


FAMILY = Family(
    id="bce_with_logits",
    title=TITLE,
    inputs=BinaryLogitsInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "softmax_over_labels": lambda i: {"probabilities": softmax(i.logits).probabilities()},
            "other_reduction": _other_reduction,
            "forgets_negatives": _positives_only,
            "thresholds_logits": lambda i: {"predicted": tuple(int(logit >= i.threshold) for logit in i.logits)},
            "target_minus_probability": lambda i: {"grad_logits": tuple(0.0 - value for value in gradient(i))},
        },
        conventions=("other_reduction",),
    ),
    follow={"predicted": _follow_predicted},
    symbols={"logits": "z", "targets": "y", "threshold": "t"},
)
