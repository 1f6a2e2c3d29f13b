"""Standard score and min-max scaling fitted on training values (scikit-learn's StandardScaler and MinMaxScaler)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import nearest_number, over_one_denominator
from quizcnn.solvers.inputs import Inputs, Many, Real, Refusal, refuse_work
from quizcnn.solvers.notation import GUARDED, MOST_TERMS, difference, given, is_exact, line, near, operand, total
from quizcnn.solvers.values import Value, exact, rational
from quizcnn.solvers.vectors import root, root_of_ratio
from quizcnn.text import Text

TITLE = Text("Feature scaling", "特征缩放")
CONVENTION = Text(
    "Fitted on the training values alone, as scikit-learn does: standard deviation with N, min-max to the range from 0 to 1, new values not clipped.",
    "只在训练值上拟合，按 scikit-learn 的做法：标准差除以 N，最小最大缩放到 0～1，新值不截断。",
)
OUTPUTS = {
    "mean": Output("real", Text("mean", "均值")),
    "std": Output("real", Text("standard deviation", "标准差")),
    "z_score": Output("real", Text("standard score", "标准分数（z-score）")),
    "min_max": Output("real", Text("min-max scaled value", "最小最大缩放后的值")),
}
STEPS = {
    "mean": Text("mean of the training values", "训练值的均值"),
    "variance": Text("mean squared distance from it, divided by N", "离均差平方的均值，除以 N"),
    "std": Text("standard deviation", "标准差"),
    "z_score": Text("distance of the new value from the mean, in standard deviations", "新值离均值多少个标准差"),
    "min_max": Text("share of the training range below the new value", "新值在训练值范围中的位置"),
}
MISTAKES = {
    "unbiased_std": (
        Text("divides by N − 1", "除以了 N − 1"),
        Text("The scaler uses the variance of the training values themselves, divided by N.", "缩放器用的是训练值自身的方差，除以 N。"),
    ),
    "divides_by_variance": (
        Text("divides by the variance", "除以了方差"),
        Text("The score counts standard deviations; the variance {std}² has another unit.", "z-score 数的是标准差的个数，方差 {std}² 的单位不同。"),
    ),
    "forgets_minimum": (
        Text("leaves out the minimum", "漏了最小值"),
        Text("The minimum is taken off above and below the line, so that it becomes 0.", "分子分母都要减去最小值，最小值才会变成 0。"),
    ),
    "divides_by_maximum": (
        Text("divides by the maximum", "除以了最大值"),
        Text("Divided by the range, the maximum becomes 1; divided by itself after the shift it does not.", "除以极差，最大值才变成 1；平移之后再除以最大值则不会。"),
    ),
}  # fmt: skip


class ScalingInputs(Inputs):
    """The training values of one feature, and a new value of it."""

    train: Many[Real]
    value: Real

    @model_validator(mode="after")
    def _varies(self) -> ScalingInputs:
        refuse_work(len(self.train), "train")
        if min(self.train) == max(self.train):
            raise Refusal("must not be constant: it has no spread to divide by", "train")
        return self


@dataclass(frozen=True, slots=True)
class Fitted:
    """What the scalers keep of the training values, exactly."""

    count: int
    mean: Fraction
    variance: Fraction
    least: Fraction
    most: Fraction

    def scores(self, value: Fraction, variance: Fraction) -> dict[str, float]:
        """Standard deviation and standard score by this variance."""
        gap = value - self.mean
        return {"std": root(variance), "z_score": root_of_ratio(gap * abs(gap), variance)}

    def placed(self, value: Fraction) -> Fraction:
        return (value - self.least) / (self.most - self.least)


def fit(train: Sequence[float]) -> Fitted:
    cells, below = over_one_denominator(train)
    count, added = len(cells), sum(cells)
    spread = count * sum(cell * cell for cell in cells) - added * added
    mean, variance = Fraction(added, count * below), Fraction(spread, (count * below) ** 2)
    return Fitted(count, mean, variance, Fraction(min(cells), below), Fraction(max(cells), below))


def solve(i: ScalingInputs) -> Outputs:
    found, value = fit(i.train), exact(i.value)
    scores = found.scores(value, found.variance)
    return {"mean": float(found.mean), **scores, "min_max": float(found.placed(value))}


def steps(i: ScalingInputs) -> Sequence[Step]:
    found, shown = fit(i.train), {name: float(rational(value)) for name, value in solve(i).items()}
    mean, std, variance = shown["mean"], shown["std"], nearest_number(found.variance)
    rough = not is_exact(mean)
    terms = total(map(given, i.train[: MOST_TERMS + 1])) or near(found.mean * found.count, GUARDED)
    first = Step(STEPS["mean"], line(r"\mu", rf"\frac{{{terms}}}{{{found.count}}}", mean), mean)
    spread = [
        Step(STEPS["variance"], line(r"\sigma^2", _squares(i, found), variance, rough=rough, places=GUARDED), variance),
        Step(STEPS["std"], line(r"\sigma", rf"\sqrt{{{near(found.variance, GUARDED)}}}", std, rough=not is_exact(variance)), std),
    ]  # fmt: skip
    score = rf"\frac{{{difference(i.value, mean)}}}{{{near(std, GUARDED)}}}"
    least = operand(float(found.least))
    place = rf"\frac{{{given(i.value)}-{least}}}{{{given(float(found.most))}-{least}}}"
    z = Step(STEPS["z_score"], line("z", score, shown["z_score"], rough=not is_exact(mean, std)), shown["z_score"])
    return [
        *lead_to([first], "mean"),
        *lead_to([first, *spread], "std"),
        *lead_to([first, *spread, z], "z_score"),
        Step(STEPS["min_max"], line("m", place, shown["min_max"]), shown["min_max"], "min_max"),
    ]


def _squares(i: ScalingInputs, found: Fitted) -> str:
    mean = float(found.mean)
    squares = total(f"({difference(value, mean)})^2" for value in i.train[: MOST_TERMS + 1])
    return rf"\frac{{{squares or near(found.variance * found.count, GUARDED)}}}{{{found.count}}}"


def _unbiased(i: ScalingInputs) -> Outputs:
    found = fit(i.train)
    return dict(found.scores(exact(i.value), found.variance * found.count / (found.count - 1)))


def _by_variance(i: ScalingInputs) -> Outputs:
    found = fit(i.train)
    return {"z_score": float((exact(i.value) - found.mean) / found.variance)}


def _from_zero(i: ScalingInputs) -> Outputs:
    return {"min_max": float(exact(i.value) / fit(i.train).most)}


def _by_maximum(i: ScalingInputs) -> Outputs:
    found = fit(i.train)
    return {"min_max": float((exact(i.value) - found.least) / found.most)}


def _follow_score(i: ScalingInputs, own: Outputs) -> Value:
    right = solve(i)
    mean, std = (rational(own.get(name, right[name])) for name in ("mean", "std"))
    return float((exact(i.value) - mean) / std)


FAMILY = Family(
    id="feature_scaling",
    title=TITLE,
    inputs=ScalingInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "unbiased_std": _unbiased,
            "divides_by_variance": _by_variance,
            "forgets_minimum": _from_zero,
            "divides_by_maximum": _by_maximum,
        },
        conventions=("unbiased_std",),
    ),
    follow={"z_score": _follow_score},
    symbols={"train": "x", "value": "v"},
)
