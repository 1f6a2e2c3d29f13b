"""How alike two vectors are: inner product, cosine, distances, the RBF kernel (Manning et al. 2008, section 6.3; Schoelkopf & Smola 2002)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from pydantic import Field, model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, Real, Refusal
from quizcnn.solvers.notation import given, line, near, near_operand, operand, products, total
from quizcnn.solvers.values import exact
from quizcnn.solvers.vectors import Vector, dot, exact_vector, root, root_of_ratio
from quizcnn.text import Text

TITLE = Text("Similarity of two vectors", "两个向量的相似度")
CONVENTION = Text(
    "Cosine of the angle; Euclidean distance; the unit distance is that of a/‖a‖ and b/‖b‖; RBF exp(−γ·distance²), σ = 1/√(2γ).",
    "余弦为夹角的余弦；距离为欧氏距离；单位距离指 a/‖a‖ 与 b/‖b‖ 的距离；RBF 为 exp(−γ·距离²)，σ = 1/√(2γ)。",
)
LABELS = {
    "dot": Text("inner product", "内积"),
    "cosine": Text("cosine similarity", "余弦相似度"),
    "euclidean": Text("Euclidean distance", "欧氏距离"),
    "unit_euclidean": Text("distance of the unit vectors", "单位向量的距离"),
    "rbf": Text("RBF kernel", "RBF 核的值"),
    "sigma": Text("σ of the kernel", "核的 σ"),
}
STEPS = {
    "dot": Text("products, added up", "乘积之和"),
    "norm_a": Text("length of a", "a 的长度"),
    "norm_b": Text("length of b", "b 的长度"),
    "cosine": Text("inner product over both lengths", "内积除以两个长度"),
    "euclidean": Text("root of the squared differences", "差的平方和开方"),
    "unit": Text("by the cosine: 2 − 2·cosine is its square", "由余弦得：平方为 2 − 2·余弦"),
    "rbf": Text("exponential of minus γ times the squared distance", "−γ 乘距离平方取指数"),
    "sigma": Text("width of the same kernel", "同一个核的宽度"),
}
MISTAKES = {
    "forgets_norms": (
        Text("does not divide by the lengths", "没有除以长度"),
        Text("The cosine does not change when a vector is scaled; the inner product does.", "向量缩放时余弦不变，内积会变。"),
    ),
    "cosine_distance_for_similarity": (
        Text("gives the cosine distance", "写成了余弦距离"),
        Text("1 − cosine is the distance; the similarity of equal directions is 1.", "1 − 余弦是距离，方向相同时相似度为 1。"),
    ),
    "forgets_root_of_identity": (
        Text("leaves out the root", "没有开方"),
        Text("2 − 2·cosine is the squared distance of the unit vectors.", "2 − 2·余弦是单位向量距离的平方。"),
    ),
    "one_minus_cosine": (
        Text("takes one minus the cosine", "取了 1 − 余弦"),
        Text("One minus the cosine is half of the squared distance of the unit vectors.", "1 − 余弦是单位向量距离平方的一半。"),
    ),
    "distance_not_squared": (
        Text("does not square the distance", "距离没有平方"),
        Text("The RBF kernel is a Gaussian: the squared distance stands in the exponent.", "RBF 核是高斯函数，指数里是距离的平方。"),
    ),
    "gamma_as_sigma": (
        Text("takes γ for σ", "把 γ 当成了 σ"),
        Text("γ = 1/(2σ²): a large γ means a narrow kernel.", "γ = 1/(2σ²)，γ 越大核越窄。"),
    ),
}  # fmt: skip


class SimilarityInputs(Inputs):
    """Two vectors of equal length, neither of them 0, and gamma above 0."""

    a: Many[Real]
    b: Many[Real]
    gamma: Real = Field(default=1.0, gt=0)

    @model_validator(mode="after")
    def _fits(self) -> SimilarityInputs:
        if len(self.a) != len(self.b):
            raise Refusal(f"{len(self.a)} numbers do not fit {len(self.b)}", "a", "b")
        for name in ("a", "b"):
            if not any(getattr(self, name)):
                raise Refusal("must not be all 0", name)
        return self


def vectors(i: SimilarityInputs) -> tuple[Vector, Vector]:
    return exact_vector(i.a), exact_vector(i.b)


def squared_distance(i: SimilarityInputs) -> Fraction:
    a, b = vectors(i)
    return sum(((x - y) ** 2 for x, y in zip(a, b, strict=True)), Fraction())


def cosine(i: SimilarityInputs) -> float:
    a, b = vectors(i)
    inner = dot(a, b)
    return root_of_ratio(inner * abs(inner), dot(a, a) * dot(b, b))


def unit_distance(i: SimilarityInputs) -> float:
    """sqrt(2 - 2 cosine); for a small angle by the sine, |a x b|/(|a||b|), which loses no digits."""
    a, b = vectors(i)
    inner, sizes = dot(a, b), dot(a, a) * dot(b, b)
    away = sizes - inner**2
    if inner <= 0:
        return math.sqrt(2 - 2 * cosine(i))
    sine = root_of_ratio(away, sizes)
    return sine * math.sqrt(2 / (1 + cosine(i)))


def solve(i: SimilarityInputs) -> Outputs:
    a, b = vectors(i)
    squared, gamma = squared_distance(i), exact(i.gamma)
    return {
        "dot": float(dot(a, b)),
        "cosine": cosine(i),
        "euclidean": root(squared),
        "unit_euclidean": unit_distance(i),
        "rbf": math.exp(-float(gamma * squared)),
        "sigma": root(1 / (2 * gamma)),
    }


def steps(i: SimilarityInputs) -> Sequence[Step]:
    found = {name: float(str(value)) for name, value in solve(i).items()}
    a, b = vectors(i)
    inner = _line("dot", r"a \cdot b", products(list(zip(i.a, i.b, strict=True))), found["dot"])
    lengths = [_length("norm_a", r"\|a\|", i.a, root(dot(a, a))), _length("norm_b", r"\|b\|", i.b, root(dot(b, b)))]
    over = rf"\frac{{{near(found['dot'], 6)}}}{{{near(root(dot(a, a)), 6)} \cdot {near(root(dot(b, b)), 6)}}}"
    angle = Step(STEPS["cosine"], line("c", over, found["cosine"], rough=True), found["cosine"])
    squares = total(rf"({given(x)}-{operand(y)})^2" for x, y in zip(i.a, i.b, strict=True))
    far = _line("euclidean", "d", rf"\sqrt{{{squares}}}" if squares else "", found["euclidean"])
    unit = found["unit_euclidean"]
    apart = Step(STEPS["unit"], line("u", rf"\sqrt{{2-2 \cdot {near_operand(found['cosine'], 6 if unit > 0.1 else 9)}}}", unit, rough=True), unit if unit > 0.01 else None)  # fmt: skip
    kernel = rf"e^{{-{given(i.gamma)} \cdot {near(float(squared_distance(i)), 6)}}}"
    rbf = Step(STEPS["rbf"], line("k", kernel, found["rbf"], rough=True), found["rbf"])
    width = Step(
        STEPS["sigma"],
        line(r"\sigma", rf"\frac{{1}}{{\sqrt{{2 \cdot {given(i.gamma)}}}}}", found["sigma"]),
        found["sigma"],
    )
    last = Step(apart.caption, apart.latex if unit > 0.01 else line("u", "", unit), unit)
    return [
        *lead_to([inner], "dot"),
        *lead_to([inner, *lengths, angle], "cosine"),
        *lead_to([far], "euclidean"),
        *lead_to([inner, *lengths, angle, last], "unit_euclidean"),
        *lead_to([far, rbf], "rbf"),
        *lead_to([width], "sigma"),
    ]


def _line(step: str, symbol: str, latex: str, value: float) -> Step:
    return Step(STEPS[step], line(symbol, latex, value), value)


def _length(step: str, symbol: str, values: Sequence[float], value: float) -> Step:
    squares = total(f"{operand(each)}^2" for each in values)
    return Step(STEPS[step], line(symbol, rf"\sqrt{{{squares}}}" if squares else "", value), value if squares else None)


def _gamma_as_sigma(i: SimilarityInputs) -> Outputs:
    return {"rbf": math.exp(-float(squared_distance(i) / (2 * exact(i.gamma) ** 2)))}


FAMILY = Family(
    id="vector_similarity",
    title=TITLE,
    inputs=SimilarityInputs,
    outputs={name: Output("real", label) for name, label in LABELS.items()},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_norms": lambda i: {"cosine": float(dot(*vectors(i)))},
            "cosine_distance_for_similarity": lambda i: {"cosine": 1 - cosine(i)},
            "forgets_root_of_identity": lambda i: {"unit_euclidean": unit_distance(i) ** 2},
            "one_minus_cosine": lambda i: {"unit_euclidean": unit_distance(i) ** 2 / 2},
            "distance_not_squared": lambda i: {"rbf": math.exp(-i.gamma * root(squared_distance(i)))},
            "gamma_as_sigma": _gamma_as_sigma,
        },
    ),
    symbols={"gamma": r"\gamma"},
)
