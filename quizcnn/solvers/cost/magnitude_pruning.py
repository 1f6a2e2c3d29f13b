"""Pruning of the smallest weights (Han et al. 2015; torch.nn.utils.prune.l1_unstructured)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.inputs import Inputs, Many, Probability, Real
from quizcnn.solvers.notation import given, list_line
from quizcnn.solvers.units import COUNT
from quizcnn.solvers.values import Value, exact
from quizcnn.text import Text

TITLE = Text("Pruning by magnitude", "按幅值剪枝")
CONVENTION = Text(
    "sparsity is the share that becomes 0; its number is rounded to a whole one, half to even. The smallest absolute values go, of equal ones the first by index. remaining counts what was not pruned, also where it was 0 before.",
    "sparsity 是置零的比例，个数取整，恰为一半时取偶数。绝对值最小的先剪，相等时下标小的先剪。remaining 是未被剪掉的个数，原来就是 0 的也算。",
)
OUTPUTS = {
    "pruned": Output("integer", Text("weights pruned", "剪掉的权重数"), COUNT),
    "remaining": Output("integer", Text("weights that remain", "剩下的权重数"), COUNT),
    "weights": Output("list", Text("weights after pruning", "剪枝后的权重"), elements="real"),
}
STEPS = {
    "pruned": Text("share of the weights that goes, as a whole number", "要剪掉的个数，取整"),
    "remaining": Text("what stays", "剩下的"),
    "sizes": Text("absolute values", "绝对值"),
    "weights": Text("the smallest absolute values become 0", "绝对值最小的置零"),
}
MISTAKES = {
    "prunes_the_largest": (
        Text("removes the largest weights", "剪掉了最大的权重"),
        Text("Large weights matter most; those of small absolute value go.", "大的权重最重要，剪的是绝对值小的。"),
    ),
    "signed_order": (
        Text("orders the weights with their signs", "按带符号的大小排序"),
        Text("A large negative weight matters as much as a positive one: only the absolute value counts.", "绝对值大的负权重同样重要，只看绝对值。"),
    ),
    "sparsity_is_kept": (
        Text("keeps the share that should go", "把要剪的比例当成了保留的比例"),
        Text("A sparsity of {sparsity} says which share becomes 0.", "稀疏度 {sparsity} 指置零的比例。"),
    ),
}  # fmt: skip


class PruningInputs(Inputs):
    """Weights of a layer, share of them that is pruned."""

    weights: Many[Real]
    sparsity: Probability


def count(i: PruningInputs) -> int:
    """Weights to prune: a half goes to the even number."""
    return round(exact(i.sparsity) * len(i.weights))


def without(i: PruningInputs, number: int, key: Callable[[float], float]) -> tuple[float, ...]:
    """The weights with so many of the smallest by ``key`` set to 0."""
    gone = set(sorted(range(len(i.weights)), key=lambda place: key(i.weights[place]))[:number])
    return tuple(0.0 if place in gone else weight for place, weight in enumerate(i.weights))


def outputs(i: PruningInputs, number: int) -> dict[str, Value]:
    return {"pruned": number, "remaining": len(i.weights) - number, "weights": without(i, number, abs)}


def solve(i: PruningInputs) -> Outputs:
    return outputs(i, count(i))


def steps(i: PruningInputs) -> Sequence[Step]:
    total, number = len(i.weights), count(i)
    left, kept = total - number, without(i, number, abs)
    relation = "=" if exact(i.sparsity) * total == number else r"\approx"
    share = rf"k = sn = {given(i.sparsity)} \cdot {total} {relation} {number}"
    sizes = tuple(abs(weight) for weight in i.weights)
    first = [Step(STEPS["pruned"], share, number)]
    second = Step(STEPS["remaining"], f"n-k = {total}-{number} = {left}", left)
    last = [
        Step(STEPS["sizes"], list_line(r"\lvert w \rvert", sizes), sizes),
        Step(STEPS["weights"], list_line("w'", kept), kept),
    ]
    return [*lead_to(first, "pruned"), *lead_to([*first, second], "remaining"), *lead_to([*first, *last], "weights")]


FAMILY = Family(
    id="magnitude_pruning",
    title=TITLE,
    inputs=PruningInputs,
    outputs=OUTPUTS,
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "prunes_the_largest": lambda i: {"weights": without(i, count(i), lambda weight: -abs(weight))},
            "signed_order": lambda i: {"weights": without(i, count(i), lambda weight: weight)},
            "sparsity_is_kept": lambda i: outputs(i, len(i.weights) - count(i)),
        },
    ),
    symbols={"weights": "w", "sparsity": "s"},
)
