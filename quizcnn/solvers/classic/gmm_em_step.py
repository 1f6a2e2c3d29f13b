"""One step of expectation maximisation on a one-dimensional Gaussian mixture (Dempster et al. 1977; Bishop 2006, section 9.2)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, Probability, Real, Refusal, refuse_work
from quizcnn.solvers.notation import list_line, matrix_line
from quizcnn.solvers.values import Value
from quizcnn.text import Text

Matrix = tuple[tuple[float, ...], ...]
TITLE = Text("An EM step of a Gaussian mixture", "高斯混合的一步 EM")
CONVENTION = Text(
    "Responsibilities, a row a value, from the old parameters; then mean responsibility, means, and variances about the new means, divided by the responsibilities' sum.",
    "先用旧参数求响应度，每行一个样本；再求平均响应度、均值，以及绕新均值的方差，除以响应度之和。",
)
RESPONSIBILITIES = Text("responsibilities", "响应度")
WEIGHTS = Text("new weights", "新的混合权重")
MEANS = Text("new means", "新的均值")
VARIANCES = Text("new variances", "新的方差")
STEPS = {
    "log": Text(
        "value {place}: logarithm of weight times density for each component",
        "第 {place} 个样本：各分量权重乘密度的对数",
    ),
    "row": Text("value {place}: responsibilities", "第 {place} 个样本：响应度"),
    "responsibilities": Text("all responsibilities", "全部响应度"),
    "mass": Text("responsibilities of each component, added up", "各分量的响应度之和"),
    "weights": Text("over the number of values", "除以样本数"),
    "means": Text("mean of the values, weighted by the responsibilities", "以响应度加权的均值"),
    "variances": Text("squared deviations from the new means, weighted the same way", "绕新均值的离差平方，同样加权"),
}
MISTAKES = {
    "forgets_mixing_weights": (
        Text("leaves out the mixing weights", "没有乘混合权重"),
        Text("A component that is rare beforehand gets less of a value at equal density.", "先验权重小的分量，密度相同时分到的响应度更少。"),
    ),
    "variance_for_std": (
        Text("takes the variance for the standard deviation", "把方差当成了标准差"),
        Text("The exponent is −(x − mean)²/(2·variance), the factor one over the root of the variance.", "指数是 −(x − 均值)²/(2·方差)，前面除以方差的平方根。"),
    ),
    "hard_assignment": (
        Text("gives each value to its likeliest component", "把每个样本整个归给最可能的分量"),
        Text("EM shares every value among the components; whole assignment is k-means.", "EM 把每个样本按响应度分给各分量，整个归属是 k-means 的做法。"),
    ),
}  # fmt: skip
LINES = 4
HALF_LOG_2_PI = math.log(2 * math.pi) / 2


class MixtureInputs(Inputs):
    """values, and for each component its weight, mean and variance."""

    values: Many[Real]
    weights: Many[Probability]
    means: Many[Real]
    variances: Many[Real]

    @model_validator(mode="after")
    def _fits(self) -> MixtureInputs:
        count = len(self.weights)
        for name in ("means", "variances"):
            if len(getattr(self, name)) != count:
                raise Refusal(f"{len(getattr(self, name))} {name} do not fit {count} weights", name, "weights")
        if abs(math.fsum(self.weights) - 1) > 1e-6:
            raise Refusal(f"must add up to 1, not {math.fsum(self.weights):g}", "weights")
        if min(self.variances) <= 0:
            raise Refusal("must be above 0", "variances")
        refuse_work(len(self.values) * count, "values", "weights")
        return self


def log_densities(
    i: MixtureInputs, value: float, weighted: bool = True, deviations: Sequence[float] = ()
) -> list[float]:
    """Of each component at ``value``, with its weight; minus infinity for a weight of 0."""
    found = []
    for place, (weight, mean, variance) in enumerate(zip(i.weights, i.means, i.variances, strict=True)):
        std = deviations[place] if deviations else math.sqrt(variance)
        share = (math.log(weight) if weight else -math.inf) if weighted else 0.0
        found.append(share - HALF_LOG_2_PI - math.log(std) - ((value - mean) / std) ** 2 / 2)
    return found


def normalized(logs: Sequence[float]) -> tuple[float, ...]:
    top = max(logs)
    raised = [math.exp(each - top) for each in logs]
    whole = math.fsum(raised)
    return tuple(each / whole for each in raised)


def responsibilities(i: MixtureInputs, **rule: object) -> Matrix:
    """Shape (values, components); ``rule`` as :func:`log_densities` takes it."""
    weighted = bool(rule.get("weighted", True))
    deviations = i.variances if rule.get("variance_as_std") else ()
    return tuple(normalized(log_densities(i, value, weighted, deviations)) for value in i.values)


def masses(shares: Matrix) -> list[float]:
    return [math.fsum(column) for column in zip(*shares, strict=True)]


def means_of(i: MixtureInputs, shares: Matrix) -> tuple[float, ...]:
    """Weighted means, taken about the old ones so that no digits cancel."""
    return tuple(
        old + math.fsum(share * (value - old) for share, value in zip(column, i.values, strict=True)) / mass
        for column, mass, old in zip(zip(*shares, strict=True), masses(shares), i.means, strict=True)
    )


def solve(i: MixtureInputs) -> Outputs:
    shares = responsibilities(i)
    mass = masses(shares)
    for place, amount in enumerate(mass):
        if not amount:
            raise Refusal(f"component {place + 1} has no responsibility for any value", "weights", "means", "values")
    means = means_of(i, shares)
    variances = tuple(
        math.fsum(share * (value - mean) ** 2 for share, value in zip(column, i.values, strict=True)) / amount
        for column, amount, mean in zip(zip(*shares, strict=True), mass, means, strict=True)
    )
    weights = tuple(amount / len(i.values) for amount in mass)
    return {"responsibilities": shares, "weights": weights, "means": means, "variances": variances}


def steps(i: MixtureInputs) -> Sequence[Step]:
    found, shares = solve(i), responsibilities(i)
    first = []
    for place, value in enumerate(i.values[:LINES]):
        logs = [each for each in log_densities(i, value) if math.isfinite(each)]
        first.append(Step(_numbered("log", place + 1), list_line(rf"\ln a_{{{place + 1}}}", logs), None))
        first.append(Step(_numbered("row", place + 1), list_line(f"r_{{{place + 1}}}", shares[place]), shares[place]))
    first.append(Step(STEPS["responsibilities"], matrix_line("R", shares), shares))
    mass = masses(shares)
    added = Step(STEPS["mass"], list_line("N", mass), tuple(mass))
    rest = [
        (name, Step(STEPS[name], list_line(symbol, _listed(found[name])), found[name]))
        for name, symbol in (("weights", "w"), ("means", r"\mu"), ("variances", r"\sigma^2"))
    ]
    (_, weights), (_, means), (_, variances) = rest
    return [
        *lead_to(first, "responsibilities"),
        *lead_to([*first, added, weights], "weights"),
        *lead_to([*first, added, means], "means"),
        *lead_to([*first, added, means, variances], "variances"),
    ]


def _listed(values: Value) -> list[float]:
    return [float(str(value)) for value in values] if isinstance(values, tuple) else []


def _numbered(step: str, place: int) -> Text:
    return STEPS[step].map(lambda text: text.format(place=place))


def _hard(i: MixtureInputs) -> Outputs:
    rows = [row.index(max(row)) for row in responsibilities(i)]
    if set(rows) != set(range(len(i.weights))):
        return {}
    own = [
        [value for value, place in zip(i.values, rows, strict=True) if place == each] for each in range(len(i.weights))
    ]
    return {"means": tuple(math.fsum(values) / len(values) for values in own)}


FAMILY = Family(
    id="gmm_em_step",
    title=TITLE,
    inputs=MixtureInputs,
    outputs={
        "responsibilities": Output("matrix", RESPONSIBILITIES, elements="real"),
        "weights": Output("list", WEIGHTS, elements="real"),
        "means": Output("list", MEANS, elements="real"),
        "variances": Output("list", VARIANCES, elements="real"),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_mixing_weights": lambda i: {"responsibilities": responsibilities(i, weighted=False)},
            "variance_for_std": lambda i: {"responsibilities": responsibilities(i, variance_as_std=True)},
            "hard_assignment": _hard,
        },
    ),
    symbols={"values": "x", "weights": "w", "means": r"\mu", "variances": r"\sigma^2"},
)
