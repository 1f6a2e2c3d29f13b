"""Norms of a vector."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from pydantic import Field

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, Real
from quizcnn.solvers.notation import given, line, operand, total
from quizcnn.solvers.vectors import Vector, dot, exact_vector, root
from quizcnn.text import Text

TITLE = Text("Norms of a vector", "向量的范数")
CONVENTION = Text(
    "Norms of a vector of reals; the L0 norm counts the entries that are not 0.", "实向量的范数；L0 范数数非零元素。"
)
LABELS = {
    "l0": Text("L0", "L0 范数"),
    "l1": Text("L1 norm", "L1 范数"),
    "l2": Text("L2 norm", "L2 范数"),
    "lp": Text("Lp norm", "Lp 范数"),
    "linf": Text("L∞ norm", "L∞ 范数"),
}
STEPS = {
    "l0": Text("entries that are not 0", "非零元素个数"),
    "l1": Text("absolute values added up", "绝对值之和"),
    "l2": Text("root of the sum of squares", "平方和开方"),
    "lp": Text("powers of the absolute values added up, then the p-th root", "绝对值的 p 次幂求和，再开 p 次方"),
    "linf": Text("largest absolute value", "最大绝对值"),
}
MISTAKES = {
    "forgets_root": (
        Text("leaves out the root", "没有开方"),
        Text("Without the root twice the vector would be four times as long.", "不开方，向量变为两倍，长度就成了四倍。"),
    ),
    "forgets_absolute_value": (
        Text("adds the entries with their signs", "把元素带着符号相加"),
        Text("A norm adds sizes: otherwise a vector could have length 0 without being 0.", "范数加的是大小，否则非零向量的长度也可能为 0。"),
    ),
    "exchanges_l1_and_l2": (
        Text("exchanges L1 and L2", "把 L1 和 L2 弄反了"),
        Text("L1 adds absolute values, L2 is the root of the sum of squares and never larger than L1.", "L1 是绝对值之和，L2 是平方和的根，不会大于 L1。"),
    ),
}  # fmt: skip


class NormInputs(Inputs):
    """A vector, and p above 0."""

    vector: Many[Real]
    p: Real = Field(default=2.0, gt=0)


def sizes(i: NormInputs) -> Vector:
    return tuple(abs(value) for value in exact_vector(i.vector))


def power_norm(values: Sequence[float], p: float) -> float:
    """By the largest entry, so that no power overflows."""
    top = max(values)
    if not top:
        return 0.0
    powers = math.fsum(math.pow(value / top, p) for value in values if value)
    return top * math.pow(powers, 1 / p)


def solve(i: NormInputs) -> Outputs:
    found = sizes(i)
    return {
        "l0": sum(map(bool, found)),
        "l1": float(sum(found, Fraction())),
        "l2": root(dot(found, found)),
        "lp": power_norm([float(value) for value in found], i.p),
        "linf": float(max(found)),
    }


def steps(i: NormInputs) -> Sequence[Step]:
    found = solve(i)
    shown = [given(abs(value)) for value in i.vector]
    ones = total("1" for value in i.vector if value) or ("0" if not any(i.vector) else "")
    squares = total(f"{operand(value)}^2" for value in i.vector)
    powers = total(f"{value}^{{{given(i.p)}}}" for value in shown)
    written = {
        "l0": ones,
        "l1": total(rf"\lvert {given(value)} \rvert" for value in i.vector),
        "l2": rf"\sqrt{{{squares}}}" if squares else "",
        "lp": rf"({powers})^{{\frac{{1}}{{{given(i.p)}}}}}" if powers else "",
        "linf": rf"\max({', '.join(shown)})" if len(shown) < 20 else "",
    }
    lines = []
    for name, latex in written.items():
        value = found[name]
        number = value if isinstance(value, int | float) else 0
        lines += lead_to([Step(STEPS[name], line(rf"\|x\|_{{{name[1:]}}}", latex, number), value)], name)
    return [Step(each.caption, each.latex.replace("_{inf}", r"_{\infty}"), each.value, each.output) for each in lines]


def _exchanged(i: NormInputs) -> Outputs:
    found = solve(i)
    return {"l1": found["l2"], "l2": found["l1"]}


FAMILY = Family(
    id="vector_norms",
    title=TITLE,
    inputs=NormInputs,
    outputs={name: Output("integer" if name == "l0" else "real", label) for name, label in LABELS.items()},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "forgets_root": lambda i: {"l2": float(dot(sizes(i), sizes(i)))},
            "forgets_absolute_value": lambda i: {"l1": float(sum(exact_vector(i.vector), Fraction()))},
            "exchanges_l1_and_l2": _exchanged,
        },
    ),
    symbols={"vector": "x"},
)
