"""Score, distance, margin width and hinge loss of a linear support vector machine (Cortes & Vapnik 1995)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Integer, Many, Real, Refusal
from quizcnn.solvers.notation import line, near, near_operand, operand, plus, products, total
from quizcnn.solvers.values import Value, exact
from quizcnn.solvers.vectors import dot, exact_vector, root, root_of_ratio
from quizcnn.text import Text

TITLE = Text("Margin of a linear SVM", "线性 SVM 的间隔")
CONVENTION = Text(
    "Score s = w·x + b; the margin is 2/‖w‖ wide; labels are −1 and 1; hinge loss max(0, 1 − label·s).",
    "得分 s = w·x + b；间隔宽 2/‖w‖；标签为 −1 或 1；合页损失 max(0, 1 − 标签·s)。",
)
SCORE = Text("score", "得分")
MARGIN = Text("width of the margin", "间隔宽度")
DISTANCE = Text("distance of the point to the hyperplane", "点到超平面的距离")
HINGE_POSITIVE = Text("hinge loss if the label is 1", "标签为 1 时的合页损失")
HINGE = Text("hinge loss", "合页损失")
STEPS = {
    "score": Text("score of the point", "该点的得分"),
    "norm": Text("length of w", "w 的长度"),
    "margin": Text("width between the planes s = 1 and s = −1", "s = 1 与 s = −1 两个平面之间的宽度"),
    "distance": Text("absolute score over the length of w", "得分的绝对值除以 w 的长度"),
    "positive": Text("what is missing to a score of 1", "得分距 1 还差多少"),
    "hinge": Text("what is missing to label times score of 1", "标签乘得分距 1 还差多少"),
}
MISTAKES = {
    "one_over_norm": (
        Text("takes half of the margin", "只取了一半间隔"),
        Text("1/‖w‖ is the distance from the hyperplane to one of the two planes; the margin spans both sides.", "1/‖w‖ 是超平面到一侧平面的距离，间隔包括两侧。"),
    ),
    "forgets_norm": (
        Text("does not divide by the length of w", "没有除以 w 的长度"),
        Text("Doubling w and b doubles the score and moves no point, so the score alone is no distance.", "w、b 同时翻倍，得分翻倍而点没有动，所以得分本身不是距离。"),
    ),
    "hinge_threshold_zero": (
        Text("asks for the right sign only", "只要求符号正确"),
        Text("The hinge loss asks for a margin of 1: a point on the right side but inside it still costs.", "合页损失要求间隔达到 1：在正确一侧但落在间隔内的点仍有损失。"),
    ),
    "hinge_label_zero": (
        Text("takes 0 for the negative label", "把负类标签取成 0"),
        Text("Labels are −1 and 1; a 0 would make the loss 1 whatever the score.", "标签是 −1 和 1；取 0 则不管得分多少损失都是 1。"),
    ),
}  # fmt: skip


class SvmInputs(Inputs):
    """Weights w and bias b, a point of the same dimension, its label -1 or 1."""

    w: Many[Real]
    b: Real = 0.0
    point: Many[Real]
    label: Integer = 1

    @model_validator(mode="after")
    def _fits(self) -> SvmInputs:
        if len(self.w) != len(self.point):
            raise Refusal(f"{len(self.w)} weights do not fit a point of {len(self.point)} numbers", "w", "point")
        if not any(self.w):
            raise Refusal("must not be all 0", "w")
        if self.label not in (-1, 1):
            raise Refusal(f"must be -1 or 1, not {self.label}", "label")
        return self


def score_of(i: SvmInputs) -> Fraction:
    return dot(exact_vector(i.w), exact_vector(i.point)) + exact(i.b)


def squared_norm(i: SvmInputs) -> Fraction:
    w = exact_vector(i.w)
    return dot(w, w)


def _hinge(i: SvmInputs, label: int, margin: int = 1) -> float:
    return float(max(Fraction(), margin - label * score_of(i)))


def solve(i: SvmInputs) -> Outputs:
    score, squared = score_of(i), squared_norm(i)
    return {
        "score": float(score),
        "margin": root(Fraction(4) / squared),
        "distance": root_of_ratio(score**2, squared),
        "hinge_loss_positive": _hinge(i, 1),
        "hinge_loss": _hinge(i, i.label),
    }


def steps(i: SvmInputs) -> Sequence[Step]:
    found = solve(i)
    score, norm = float(score_of(i)), root(squared_norm(i))
    terms = products(list(zip(i.w, i.point, strict=True)))
    shown = f"{terms}{plus(near(i.b))}" if terms and i.b else terms
    scored = Step(STEPS["score"], line("s", shown, score), score if terms else None, "")
    squares = total(f"{operand(value)}^2" for value in i.w)
    length = Step(
        STEPS["norm"], line(r"\|w\|", rf"\sqrt{{{squares}}}" if squares else "", norm), norm if squares else None
    )
    margin = Step(
        STEPS["margin"],
        line("m", rf"\frac{{2}}{{{near(norm)}}}", float(str(found["margin"])), rough=True),
        found["margin"],
    )
    over = rf"\frac{{{near(abs(score))}}}{{{near(norm)}}}"
    distance = Step(STEPS["distance"], line("d", over, float(str(found["distance"])), rough=True), found["distance"])
    positive = _hinge_step("positive", "L_+", 1, score, found["hinge_loss_positive"])
    hinge = _hinge_step("hinge", "L", i.label, score, found["hinge_loss"])
    return [
        *lead_to([scored], "score"),
        *lead_to([length, margin], "margin"),
        *lead_to([scored, length, distance], "distance"),
        *lead_to([scored, positive], "hinge_loss_positive"),
        *lead_to([scored, hinge], "hinge_loss"),
    ]


def _hinge_step(step: str, symbol: str, label: int, score: float, value: Value) -> Step:
    inner = rf"1-{near_operand(score)}" if label == 1 else rf"1-(-1) \cdot {near_operand(score)}"
    return Step(STEPS[step], line(symbol, rf"\max(0, {inner})", float(str(value)), rough=True), value)


FAMILY = Family(
    id="svm_margin",
    title=TITLE,
    inputs=SvmInputs,
    outputs={
        "score": Output("real", SCORE),
        "margin": Output("real", MARGIN),
        "distance": Output("real", DISTANCE),
        "hinge_loss_positive": Output("real", HINGE_POSITIVE),
        "hinge_loss": Output("real", HINGE),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(MISTAKES, {
        "one_over_norm": lambda i: {"margin": root(1 / squared_norm(i))},
        "forgets_norm": lambda i: {"distance": float(abs(score_of(i)))},
        "hinge_threshold_zero": lambda i: {"hinge_loss_positive": _hinge(i, 1, 0), "hinge_loss": _hinge(i, i.label, 0)},
        "hinge_label_zero": lambda i: {"hinge_loss": 1.0} if i.label == -1 else {},
    }),
    symbols={"point": "x"},
)  # fmt: skip
