"""Mean and variance of the global batch from what each device sends: its count, sum and sum of squares (torch.nn.SyncBatchNorm)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.decimals import over_one_denominator, real_of
from quizcnn.solvers.inputs import Count, Inputs, Many, Real, Refusal, refuse_work
from quizcnn.solvers.latex import tex
from quizcnn.solvers.notation import GUARDED, MOST_TERMS, base, given, is_exact, line, near, total
from quizcnn.solvers.values import Value, rational
from quizcnn.text import Text

TITLE = Text("Statistics of synchronised batch normalisation", "同步批归一化的统计量")
CONVENTION = Text(
    "One entry per device: number of values, their sum, the sum of their squares; the variance divides by the number of all values.",
    "每个设备一项：取值个数、取值之和、取值的平方和；方差除以全部取值的个数。",
)
OUTPUTS = {
    "mean": Output("real", Text("global mean", "全局均值")),
    "variance": Output("real", Text("global variance", "全局方差")),
}
STEPS = {
    "count": Text("number of all values", "全部取值的个数"),
    "mean": Text("mean: all sums over all values", "均值：总和除以总个数"),
    "square": Text("mean of the squares, over all devices", "所有设备上平方的均值"),
    "variance": Text("variance: mean of the squares less the squared mean", "方差：平方的均值减去均值的平方"),
    "zero": Text("a negative difference is rounding of the sums: variance 0", "差为负只能是求和的舍入所致，方差取 0"),
}  # fmt: skip
MISTAKES = {
    "averages_variances": (
        Text("averages the variances of the devices", "把各设备的方差取了平均"),
        Text("The devices' means differ too, and that spread belongs to the global variance.", "各设备的均值也不同，这部分差异也属于全局方差。"),
    ),
    "averages_means_unweighted": (
        Text("averages the means of the devices with equal weights", "把各设备的均值等权平均"),
        Text("A device with more values weighs more: divide the sum of all values by the number of all values.", "取值多的设备权重更大：应当用总和除以总个数。"),
    ),
    "unbiased_variance": (
        Text("divides the variance by one value less", "方差除以了总个数减 1"),
        Text("The batch is normalised with the variance divided by the number of values; one less is for the running variance.", "归一化用的方差除以总个数，减 1 的那种只用于更新滑动方差。"),
    ),
}  # fmt: skip


class SyncInputs(Inputs):
    """Lists with one entry a device, equally long."""

    counts: Many[Count]
    sums: Many[Real]
    sums_of_squares: Many[Real]

    @model_validator(mode="after")
    def _fits(self) -> SyncInputs:
        for name in ("sums", "sums_of_squares"):
            if len(getattr(self, name)) != len(self.counts):
                raise Refusal(f"{len(self.counts)} counts and {len(getattr(self, name))} {name}", "counts", name)
        if not sum(self.counts):
            raise Refusal("the counts sum to 0: there is no value", "counts")
        refuse_work(len(self.counts), "counts", "sums", "sums_of_squares", most=10**4)
        return self


@dataclass(frozen=True, slots=True)
class Totals:
    """Number of values, their sum, the sum of their squares."""

    count: int
    sum: Fraction
    squares: Fraction

    @property
    def mean(self) -> Fraction:
        return self.sum / self.count

    @property
    def mean_square(self) -> Fraction:
        return self.squares / self.count

    def variance(self, mean: Fraction) -> Fraction:
        """E[x²] − mean², never below 0."""
        return max(self.mean_square - mean * mean, Fraction(0))


def added(values: Sequence[float]) -> Fraction:
    cells, below = over_one_denominator(values)
    return Fraction(sum(cells), below)


def totals(i: SyncInputs) -> Totals:
    return Totals(sum(i.counts), added(i.sums), added(i.sums_of_squares))


def devices(i: SyncInputs) -> list[Totals]:
    """Each device alone; a device without values has no mean (``ZeroDivisionError`` when it is asked for)."""
    rows = zip(i.counts, i.sums, i.sums_of_squares, strict=True)
    return [Totals(count, rational(one), rational(two)) for count, one, two in rows]


def outputs_by(found: Totals, mean: Fraction) -> Outputs:
    return {"mean": real_of(mean), "variance": real_of(found.variance(mean))}


def solve(i: SyncInputs) -> Outputs:
    found = totals(i)
    return outputs_by(found, found.mean)


def steps(i: SyncInputs) -> Sequence[Step]:
    found = totals(i)
    mean, square, variance = (real_of(value) for value in (found.mean, found.mean_square, found.variance(found.mean)))
    counts = total(map(tex, i.counts))
    count = Step(STEPS["count"], line("N", counts, found.count), found.count)
    first = Step(STEPS["mean"], line(r"\mu", _over(i.sums, found), mean, places=GUARDED), mean)
    second = Step(STEPS["square"], line(r"E[x^2]", _over(i.sums_of_squares, found), square, places=GUARDED), square)
    return [*lead_to([count, first], "mean"), *lead_to([count, first, second, *_last(found, variance)], "variance")]


def _over(values: Sequence[float], found: Totals) -> str:
    terms = total(map(given, values)) if len(values) <= MOST_TERMS else ""
    return rf"\frac{{{terms}}}{{{found.count}}}" if terms else ""


def _last(found: Totals, variance: int | float) -> list[Step]:
    exact = found.mean_square - found.mean * found.mean
    if exact < 0:
        return [Step(STEPS["zero"], r"\sigma^2 = 0", 0)]
    mean, square = real_of(found.mean), real_of(found.mean_square)
    if is_exact(mean, square):
        expression, rough = f"{near(square, GUARDED)}-{base(mean)}^2", False
    else:
        # the two may lie close together: their exact forms in place of decimals
        expression, rough = f"{tex(found.mean_square)}-({tex(found.mean)})^2", False
    return [Step(STEPS["variance"], line(r"\sigma^2 = E[x^2]-\mu^2", expression, variance, rough=rough), variance)]


def _averages_variances(i: SyncInputs) -> Outputs:
    each = [device.variance(device.mean) for device in devices(i)]
    return {"variance": real_of(sum(each, Fraction(0)) / len(each))}


def _averages_means(i: SyncInputs) -> Outputs:
    means = [device.mean for device in devices(i)]
    return outputs_by(totals(i), sum(means, Fraction(0)) / len(means))


def _unbiased(i: SyncInputs) -> Outputs:
    found = totals(i)
    return {"variance": real_of(found.variance(found.mean) * Fraction(found.count, found.count - 1))}


def _follow_variance(i: SyncInputs, own: Outputs) -> Value:
    return real_of(totals(i).variance(rational(own["mean"])))


FAMILY = Family(
    id="sync_bn_statistics",
    title=TITLE,
    inputs=SyncInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "averages_variances": _averages_variances,
            "averages_means_unweighted": _averages_means,
            "unbiased_variance": _unbiased,
        },
        conventions=("unbiased_variance",),
    ),
    follow={"variance": _follow_variance},
    symbols={"counts": "n", "sums": "s", "sums_of_squares": "q"},
)
