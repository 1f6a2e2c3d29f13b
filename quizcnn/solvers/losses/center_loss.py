"""Center loss: half the squared distances of features to the centre of their class (Wen et al. 2016, equation 2)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import WIDE, decimal_of
from quizcnn.solvers.distributions import sum_of
from quizcnn.solvers.inputs import Count, Inputs, Many, Matrix, Real, Refusal, refuse_work
from quizcnn.solvers.notation import GUARDED, MOST_TERMS, given, is_exact, line, list_line, near, operand, total
from quizcnn.solvers.values import Value
from quizcnn.text import Text

TITLE = Text("Center loss", "center loss（中心损失）")
CONVENTION = Text(
    "weight/2 times the sum over the samples of the squared Euclidean distance to the centre of their class; labels count the centres from 0; the distances asked are not squared.",
    "损失为 weight/2 乘以各样本到所属类中心的欧氏距离平方之和；标签是类中心的序号，从 0 开始；所求距离不取平方。",
)
OUTPUTS = {
    "loss": Output("real", Text("loss", "损失")),
    "distances": Output("list", Text("distances to the own centre", "到各自类中心的距离"), elements="real"),
}
STEPS = {
    "square": Text("sample {place}: squared distance to the centre of class {label}", "样本 {place}：到类别 {label} 中心的距离平方"),
    "distance": Text("sample {place}: its root", "样本 {place}：开方"),
    "distances": Text("all distances", "全部距离"),
    "loss": Text("loss: half of the weight times the sum of the squares", "损失：weight 的一半乘平方和"),
}  # fmt: skip
MISTAKES = {
    "forgets_half": (
        Text("leaves out the half", "漏乘了 1/2"),
        Text("The loss carries weight/2, so that the gradient is the plain difference of feature and centre.", "损失前面是 weight/2，求导后梯度正好是特征与中心之差。"),
    ),
    "forgets_square": (
        Text("adds up the distances unsquared", "把距离直接相加而没有平方"),
        Text("The distances are squared before they are added up.", "距离要先平方再相加。"),
    ),
    "mean_over_batch": (
        Text("divides by the number of samples", "除以了样本数"),
        Text("The paper sums over the batch; it does not average.", "论文中是对 batch 求和，不取平均。"),
    ),
}  # fmt: skip
LINES = 4


class CenterInputs(Inputs):
    """features, shape (samples, dimensions); centers, shape (classes, dimensions); one label a sample."""

    features: Matrix
    centers: Matrix
    labels: Many[Count]
    weight: Real = 1.0

    @model_validator(mode="after")
    def _fits(self) -> CenterInputs:
        if len(self.features[0]) != len(self.centers[0]):
            what = f"features have {len(self.features[0])} dimensions, centers {len(self.centers[0])}"
            raise Refusal(what, "features", "centers")
        if len(self.labels) != len(self.features):
            raise Refusal(f"{len(self.features)} features and {len(self.labels)} labels", "labels", "features")
        if max(self.labels) >= len(self.centers):
            raise Refusal(f"there are only the classes 0 to {len(self.centers) - 1}", "labels", "centers")
        refuse_work(len(self.features) * len(self.features[0]), "features", most=10**5)
        return self

    def pairs(self, place: int) -> list[tuple[float, float]]:
        """Coordinates of one feature beside those of its centre."""
        return list(zip(self.features[place], self.centers[self.labels[place]], strict=True))


def square(i: CenterInputs, place: int) -> Decimal:
    gaps = (WIDE.subtract(decimal_of(one), decimal_of(other)) for one, other in i.pairs(place))
    return sum_of(WIDE.multiply(gap, gap) for gap in gaps)


def squares(i: CenterInputs) -> list[Decimal]:
    return [square(i, place) for place in range(len(i.features))]


def halved(i: CenterInputs, value: Decimal) -> float:
    """weight/2 times ``value``"""
    return float(WIDE.divide(WIDE.multiply(decimal_of(i.weight), value), Decimal(2)))


def solve(i: CenterInputs) -> Outputs:
    found = squares(i)
    return {"loss": halved(i, sum_of(found)), "distances": tuple(float(WIDE.sqrt(value)) for value in found)}


def steps(i: CenterInputs) -> Sequence[Step]:
    found = [float(value) for value in squares(i)]
    roots = [float(WIDE.sqrt(value)) for value in squares(i)]
    shown = range(len(found) if len(found) <= LINES else 1)
    first = [_square_step(i, place, found[place]) for place in shown]
    lines = [step for place in shown for step in (first[place], _root_step(place, found[place], roots[place]))]
    terms = total(near(value, GUARDED) for value in found) if len(found) <= MOST_TERMS else ""
    loss = halved(i, sum_of(squares(i)))
    whole = rf"\frac{{{given(i.weight)}}}{{2}} \cdot ({terms})" if terms else ""
    last = Step(STEPS["loss"], line("L", whole, loss, rough=not is_exact(*found)), loss)
    every = Step(STEPS["distances"], list_line("d", roots), tuple(roots))
    return [*lead_to([*first, last], "loss"), *lead_to([*lines, every], "distances")]


def _square_step(i: CenterInputs, place: int, value: float) -> Step:
    pairs = i.pairs(place)
    terms = total(f"({given(one)}-{operand(other)})^2" for one, other in pairs) if len(pairs) <= MOST_TERMS else ""
    caption = STEPS["square"].map(lambda text: text.format(place=place + 1, label=i.labels[place]))
    return Step(caption, line(f"d_{{{place + 1}}}^2", terms, value, places=GUARDED), value)


def _root_step(place: int, value: float, root: float) -> Step:
    caption = STEPS["distance"].map(lambda text: text.format(place=place + 1))
    latex = line(f"d_{{{place + 1}}}", rf"\sqrt{{{near(value, GUARDED)}}}", root, rough=not is_exact(value))
    return Step(caption, latex, root)


def _unsquared(i: CenterInputs) -> Outputs:
    return {"loss": halved(i, sum_of(WIDE.sqrt(value) for value in squares(i)))}


def _mean(i: CenterInputs) -> Outputs:
    return {"loss": halved(i, WIDE.divide(sum_of(squares(i)), Decimal(len(i.features))))}


def _follow_loss(i: CenterInputs, own: Outputs) -> Value:
    roots = own["distances"]
    if not isinstance(roots, tuple) or len(roots) != len(i.features):
        return None
    return halved(i, sum_of(decimal_of(float(root)) ** 2 for root in roots if isinstance(root, int | float)))


FAMILY = Family(
    id="center_loss",
    title=TITLE,
    inputs=CenterInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_half": lambda i: {"loss": float(WIDE.multiply(decimal_of(i.weight), sum_of(squares(i))))},
            "forgets_square": _unsquared,
            "mean_over_batch": _mean,
        },
        conventions=("mean_over_batch",),
    ),
    follow={"loss": _follow_loss},
    symbols={"features": "f", "centers": "c", "labels": "y", "weight": r"\lambda"},
)
