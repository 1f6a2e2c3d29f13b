"""Softmax cross-entropy with label smoothing (torch.nn.functional.cross_entropy), its gradient by the logits, and AM-Softmax's
margin and scale (Wang et al. 2018)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pydantic import Field, model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import ratio_of, scaled_difference
from quizcnn.solvers.distributions import Softmax
from quizcnn.solvers.inputs import Count, Inputs, Many, Probability, Real, Refusal
from quizcnn.solvers.notation import (
    GUARDED,
    MOST_TERMS,
    difference,
    exponentials_line,
    fine_difference,
    given,
    is_exact,
    line,
    list_line,
    near,
    near_operand,
    one_plus,
    operand,
    total,
)
from quizcnn.solvers.values import Value
from quizcnn.text import Text

TITLE = Text("Cross-entropy", "交叉熵损失")
CONVENTION = Text(
    "Natural logarithm; classes are numbered from 0; label smoothing as in PyTorch: epsilon/K on every class, 1 − epsilon more on the target; the margin is taken off the target's logit before the scale.",
    "取自然对数；类别从 0 开始编号；标签平滑按 PyTorch：每类 epsilon/K，目标类再加 1 − epsilon；先从目标类的 logit 减去 margin，再乘 scale。",
)
LOSS = Text("loss", "损失")
GRADIENT = Text("gradient with respect to the logits", "对 logits 的梯度")
TARGETS = Text("smoothed targets", "平滑后的目标分布")
STEPS = {
    "scaled": Text("the target's logit: less {margin}, then times {scale}", "目标类的 logit：先减 {margin}，再乘 {scale}"),
    "scores": Text("the other logits are scaled only", "其他类的 logit 只乘 scale"),
    "share": Text("share that smoothing gives to every class", "标签平滑分给每一类的份额"),
    "target_share": Text("the target's share", "目标类的份额"),
    "targets": Text("target distribution", "目标分布"),
    "largest": Text("the largest logit", "最大的 logit"),
    "sum": Text("sum of the exponentials, the largest taken off", "减去最大值后各指数之和"),
    "log_probability": Text("logarithm of class {place}'s probability", "类别 {place} 的概率取对数"),
    "loss": Text("loss: minus the target's log-probability", "损失：目标类对数概率取负"),
    "smoothed_loss": Text("loss: minus the log-probabilities, weighted by the targets", "损失：各类对数概率按目标分布加权求和，再取负"),
    "probabilities": Text("probabilities", "概率"),
    "gradient": Text("class {place}: probability less target", "类别 {place}：概率减目标"),
    "scaled_gradient": Text("class {place}: probability less target, times the scale", "类别 {place}：概率减目标，再乘 scale"),
    "gradients": Text("the whole gradient", "完整的梯度"),
}  # fmt: skip
MISTAKES = {
    "log_base_two": (
        Text("takes logarithms to base 2", "用了以 2 为底的对数"),
        Text("The loss is in nats: PyTorch takes the natural logarithm.", "损失以 nat 为单位，PyTorch 取自然对数。"),
    ),
    "forgets_softmax": (
        Text("takes minus the logit for the loss", "直接把 logit 取负当作损失"),
        Text(
            "A logit is no log-probability until the log-sum-exp of all logits is taken off.",
            "logit 要减去所有 logits 的 log-sum-exp 才是对数概率。",
        ),
    ),
    "forgets_minus": (
        Text("leaves out the minus", "漏了负号"),
        Text("The logarithm of a probability is at most 0, a loss at least 0.", "概率的对数不大于 0，而损失不小于 0。"),
    ),
    "target_minus_probability": (
        Text("takes the target less the probability", "用目标减去概率"),
        Text(
            "The target's logit must grow for the loss to fall, so its gradient is negative: p − y.",
            "目标类的 logit 增大时损失减小，所以它的梯度为负：p − y。",
        ),
    ),
    "multiplies_by_softmax_derivative": (
        Text("multiplies by p(1 − p) once more", "又乘了一次 p(1 − p)"),
        Text(
            "The derivative of softmax is already in p − y: it cancels with that of the logarithm.",
            "p − y 已经包含 softmax 的导数，它与对数的导数相消了。",
        ),
    ),
    "smooths_other_classes_only": (
        Text("spreads epsilon over the other classes only", "只把 epsilon 分给其他类别"),
        Text(
            "PyTorch gives label_smoothing/K to all K classes, the target among them.",
            "PyTorch 把 label_smoothing/K 分给全部 K 类，也包括目标类。",
        ),
    ),
    "margin_after_scaling": (
        Text("takes the margin off after scaling", "先乘 scale 再减 margin"),
        Text(
            "The margin is meant for the cosine: {margin} comes off before the factor {scale}.",
            "margin 是针对余弦值的，要先减 {margin}，再乘 {scale}。",
        ),
    ),
    "adds_margin": (
        Text("adds the margin", "加上了 margin"),
        Text(
            "The margin makes the target harder, so {margin} is taken off its logit.",
            "margin 要让目标类更难，所以从它的 logit 减去 {margin}。",
        ),
    ),
    "margin_on_every_class": (
        Text("takes the margin off every class", "所有类别都减了 margin"),
        Text(
            "The same shift on all logits changes no probability; only the target's logit loses {margin}.",
            "所有 logits 减去同一个数，概率不变；只有目标类的 logit 要减 {margin}。",
        ),
    ),
}
LINES = 4


class CrossEntropyInputs(Inputs):
    """logits, one a class; target is a class from 0; margin and scale are AM-Softmax's, the logits then being cosines."""

    logits: Many[Real]
    target: Count
    label_smoothing: Probability = 0.0
    margin: Real = 0.0
    scale: Real = Field(default=1.0, gt=0)

    @model_validator(mode="after")
    def _has_target(self) -> CrossEntropyInputs:
        if self.target >= len(self.logits):
            raise Refusal(
                f"the classes are 0 to {len(self.logits) - 1}, there is no class {str(self.target)[:40]}",
                "target",
                "logits",
            )
        return self


def scored(i: CrossEntropyInputs, margin: float) -> Softmax:
    """Softmax after margin and scale."""
    if not margin and i.scale == 1:
        return Softmax(i.logits)
    places = enumerate(i.logits)
    scores = tuple(scaled_difference(i.scale, z, margin if place == i.target else 0.0) for place, z in places)
    if not all(map(math.isfinite, scores)):
        raise OverflowError
    return Softmax(scores)


def shares(i: CrossEntropyInputs) -> tuple[float, float]:
    """What smoothing gives to every class, and what it takes from the target: epsilon/K and epsilon(K-1)/K."""
    top, bottom = ratio_of(i.label_smoothing)
    count = len(i.logits)
    return top / (bottom * count), top * (count - 1) / (bottom * count)


def smoothed(i: CrossEntropyInputs) -> tuple[float, ...]:
    top, bottom = ratio_of(i.label_smoothing)
    count = len(i.logits)
    share, target = top / (bottom * count), (bottom * count - top * (count - 1)) / (bottom * count)
    return tuple(target if place == i.target else share for place in range(count))


def loss_of(found: Softmax, targets: Sequence[float]) -> float:
    """Minus the weighted log-probabilities; classes without weight are left out."""
    logs = found.log_probabilities()
    return 0.0 - math.fsum(weight * log for weight, log in zip(targets, logs, strict=True) if weight)


def gradient_of(i: CrossEntropyInputs, found: Softmax) -> tuple[float, ...]:
    """(softmax - targets) times the scale; at the target as epsilon(K-1)/K - (1 - p), which does not cancel."""
    share, taken = shares(i)
    return tuple(
        i.scale * (taken - found.complement(place) if place == i.target else p - share)
        for place, p in enumerate(found.probabilities())
    )


def solve(i: CrossEntropyInputs) -> Outputs:
    found, targets = scored(i, i.margin), smoothed(i)
    return {
        "loss": loss_of(found, targets),
        "grad_logits": gradient_of(i, found),
        "smoothed_targets": targets,
    }


def steps(i: CrossEntropyInputs) -> Sequence[Step]:
    found = scored(i, i.margin)
    targets = _target_steps(i)
    shared = [*_scaled_steps(i, found), *_sum_steps(found)]
    return [
        *lead_to([*shared, *_loss_steps(i, found)], "loss"),
        *lead_to(targets, "smoothed_targets"),
        *lead_to([*targets, *shared, *_gradient_steps(i, found)], "grad_logits"),
    ]


def _target_steps(i: CrossEntropyInputs) -> list[Step]:
    targets = smoothed(i)
    if not i.label_smoothing:
        return [Step(STEPS["targets"], list_line("y", targets), targets)]
    share, target, epsilon = shares(i)[0], targets[i.target], given(i.label_smoothing)
    return [
        Step(STEPS["share"], line(r"\frac{\epsilon}{K}", rf"\frac{{{epsilon}}}{{{len(targets)}}}", share), share),
        Step(
            STEPS["target_share"],
            line(rf"y_{{{i.target}}}", rf"1-{epsilon}+{near(share)}", target, rough=not is_exact(share)),
            target,
        ),
        Step(STEPS["targets"], list_line("y", targets), targets),
    ]


def _scaled_steps(i: CrossEntropyInputs, found: Softmax) -> list[Step]:
    if not i.margin and i.scale == 1:
        return []
    logit, value = i.logits[i.target], found.scores[i.target]
    taken = f"-{operand(i.margin)}" if i.margin else ""
    caption = STEPS["scaled"].map(lambda text: text.format(scale=given(i.scale), margin=given(i.margin)))
    latex = line(rf"s(z_{{{i.target}}}-m)", rf"{given(i.scale)} \cdot ({given(logit)}{taken})", value)
    return [Step(caption, latex, value), Step(STEPS["scores"], list_line("z'", found.scores, GUARDED), found.scores)]


def _sum_steps(found: Softmax) -> list[Step]:
    largest, exact = found.scores[found.top], is_exact(*found.scores)
    some = (
        rf"\max({', '.join(near(score, GUARDED) for score in found.scores)})" if len(found.scores) <= MOST_TERMS else ""
    )
    shifted = [_shifted(found, place) for place in range(len(found.scores))]
    return [
        Step(STEPS["largest"], line("M", some, largest, rough=not exact, places=GUARDED), largest),
        Step(STEPS["sum"], exponentials_line("S", shifted, found.rest, rough=not exact), 1 + found.rest),
    ]


def _shifted(found: Softmax, place: int) -> str:
    return difference(found.scores[place], found.scores[found.top])


def _log_step(found: Softmax, place: int) -> Step:
    value = found.log_probabilities()[place]
    caption = STEPS["log_probability"].map(lambda text: text.format(place=place))
    expression = rf"{_shifted(found, place)}-\ln {one_plus(found.rest)}"
    return Step(caption, line(rf"\ln p_{{{place}}}", expression, value, rough=True), value)


def _loss_steps(i: CrossEntropyInputs, found: Softmax) -> list[Step]:
    targets, logs = smoothed(i), found.log_probabilities()
    loss = loss_of(found, targets)
    if not i.label_smoothing:
        log = logs[i.target]
        latex = line("L", f"-{near_operand(log)}", loss, rough=not is_exact(log))
        return [_log_step(found, i.target), Step(STEPS["loss"], latex, loss)]
    places = range(len(logs)) if len(logs) <= LINES else (i.target,)
    terms = total(
        rf"{near(weight)} \cdot {near_operand(log)}" for weight, log in zip(targets, logs, strict=True) if weight
    )
    latex = line("L", f"-({terms})" if terms else "", loss, rough=True)
    return [
        *_target_steps(i),
        *(_log_step(found, place) for place in places),
        Step(STEPS["smoothed_loss"], latex, loss),
    ]


def _gradient_steps(i: CrossEntropyInputs, found: Softmax) -> list[Step]:
    probabilities, targets, gradient = found.probabilities(), smoothed(i), gradient_of(i, found)
    lines = [Step(STEPS["probabilities"], list_line("p", probabilities), probabilities)]
    places = range(len(gradient)) if len(gradient) <= LINES else (i.target,)
    for place in places:
        caption = STEPS["gradient" if i.scale == 1 else "scaled_gradient"]
        bare = fine_difference(probabilities[place], targets[place])
        expression = bare if i.scale == 1 else rf"{given(i.scale)} \cdot ({bare})"
        lines.append(
            Step(
                caption.map(lambda text, place=place: text.format(place=place)),  # type: ignore[misc]
                line(rf"g_{{{place}}}", expression, gradient[place], rough=True),
                gradient[place],
            )
        )
    return [*lines, Step(STEPS["gradients"], list_line("g", gradient), gradient)]


def _by(i: CrossEntropyInputs, found: Softmax) -> Outputs:
    """Loss and gradient under wrong scores."""
    return {"loss": loss_of(found, smoothed(i)), "grad_logits": gradient_of(i, found)}


def _other_score(i: CrossEntropyInputs, score: float) -> Softmax:
    """Every logit scaled, the target's score replaced."""
    return Softmax(tuple(score if place == i.target else i.scale * logit for place, logit in enumerate(i.logits)))


def _derivative_again(i: CrossEntropyInputs) -> Outputs:
    found = scored(i, i.margin)
    pairs = zip(gradient_of(i, found), found.probabilities(), strict=True)
    return {"grad_logits": tuple(g * p * found.complement(place) for place, (g, p) in enumerate(pairs))}


def _smooths_others(i: CrossEntropyInputs) -> Outputs:
    if not i.label_smoothing or len(i.logits) == 1:
        return {}
    share, found = i.label_smoothing / (len(i.logits) - 1), scored(i, i.margin)
    targets = tuple(1 - i.label_smoothing if place == i.target else share for place in range(len(i.logits)))
    return {
        "smoothed_targets": targets,
        "loss": loss_of(found, targets),
        "grad_logits": _gradient_by(i, targets),
    }


def _gradient_by(i: CrossEntropyInputs, targets: Sequence[float]) -> tuple[float, ...]:
    """The gradient by targets that are not the family's own."""
    found = scored(i, i.margin)
    return tuple(i.scale * (p - y) for p, y in zip(found.probabilities(), targets, strict=True))


def _follow_gradient(i: CrossEntropyInputs, own: Outputs) -> Value:
    targets = own.get("smoothed_targets", smoothed(i))
    if not isinstance(targets, tuple) or len(targets) != len(i.logits):
        return gradient_of(i, scored(i, i.margin))
    return _gradient_by(i, [float(value) for value in targets if isinstance(value, int | float)])


FAMILY = Family(
    id="cross_entropy",
    title=TITLE,
    inputs=CrossEntropyInputs,
    outputs={
        "loss": Output("real", LOSS, ("nat", "nats")),
        "grad_logits": Output("list", GRADIENT, elements="real"),
        "smoothed_targets": Output("list", TARGETS, elements="real"),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "log_base_two": lambda i: {"loss": loss_of(scored(i, i.margin), smoothed(i)) / math.log(2)},
            "forgets_softmax": lambda i: {"loss": 0.0 - scored(i, i.margin).scores[i.target]},
            "forgets_minus": lambda i: {"loss": 0.0 - loss_of(scored(i, i.margin), smoothed(i))},
            "target_minus_probability": lambda i: {
                "grad_logits": tuple(0.0 - value for value in gradient_of(i, scored(i, i.margin)))
            },
            "multiplies_by_softmax_derivative": _derivative_again,
            "smooths_other_classes_only": _smooths_others,
            "margin_after_scaling": lambda i: (
                _by(i, _other_score(i, i.scale * i.logits[i.target] - i.margin)) if i.margin and i.scale != 1 else {}
            ),
            "adds_margin": lambda i: _by(i, scored(i, -i.margin)) if i.margin else {},
            "margin_on_every_class": lambda i: _by(i, scored(i, 0.0)) if i.margin else {},
        },
        conventions=("log_base_two",),
    ),
    follow={"grad_logits": _follow_gradient},
    symbols={"logits": "z", "target": "t", "label_smoothing": r"\epsilon", "margin": "m", "scale": "s"},
)
