"""Transitions that the Viterbi algorithm evaluates, beside the paths that it does not enumerate (Viterbi 1967; Rabiner 1989, section III.B)."""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.solvers.base import Family, Output, Outputs, Step, name_mistakes
from quizcnn.solvers.inputs import MAX_DIGITS, Inputs, Refusal, Size
from quizcnn.solvers.primitives import MAX_BITS
from quizcnn.solvers.units import COUNT
from quizcnn.text import Text

TITLE = Text("Cost of Viterbi decoding", "维特比解码的计算量")
CONVENTION = Text(
    "Counted are transitions from one time step to the next; the scores at the first step are given. Any sequence of states is a path.",
    "统计相邻时刻之间的转移计算，首步得分已知；任意状态序列都算一条路径。",
)
TRANSITIONS = Text("transition evaluations", "转移计算次数")
PATHS = Text("paths by brute force", "穷举的路径数")
STEPS = {
    "transitions": Text(
        "every step after the first: from each state to each state", "第一步之后的每一步：每个状态到每个状态"
    ),
    "paths": Text("a free choice of state at each step", "每一步任选一个状态"),
}
MISTAKES = {
    "linear_in_states": (
        Text("counts one transition a state", "每个状态只算了一次转移"),
        Text("Each of the {states} states compares all {states} predecessors.", "{states} 个状态各要比较 {states} 个前驱。"),
    ),
    "counts_first_step": (
        Text("counts transitions into the first step", "把第一步也算了转移"),
        Text("The first of {length} steps has no predecessor; its scores are given.", "{length} 步中的第一步没有前驱，得分是已知的。"),
    ),
    "base_and_exponent_exchanged": (
        Text("exchanges base and exponent of the number of paths", "把路径数的底数和指数写反了"),
        Text("Each of {length} steps has {states} choices, so {states} is multiplied {length} times.", "{length} 步各有 {states} 种选择，是 {length} 个 {states} 相乘。"),
    ),
}  # fmt: skip
LARGEST = 10**MAX_DIGITS


class ViterbiCostInputs(Inputs):
    """Time steps T and states N of the model."""

    length: Size
    states: Size


def paths(length: int, states: int) -> int:
    """N^T; ``Refusal`` where it has more than 1,000 digits."""
    many = states > 1 and (states.bit_length() - 1) * length > LARGEST.bit_length()
    count = LARGEST if many else int(states**length)
    if count >= LARGEST:
        raise Refusal(f"the number of paths has more than {MAX_DIGITS} digits", "length", "states")
    return count


def solve(i: ViterbiCostInputs) -> Outputs:
    return {"transitions": (i.length - 1) * i.states**2, "brute_force_paths": paths(i.length, i.states)}


def steps(i: ViterbiCostInputs) -> Sequence[Step]:
    found = solve(i)
    transitions = rf"M = ({i.length}-1) \cdot {i.states}^2 = {found['transitions']}"
    count = f"P = {i.states}^{{{i.length}}} = {found['brute_force_paths']}"
    return [
        Step(STEPS["transitions"], transitions, found["transitions"], "transitions"),
        Step(STEPS["paths"], count, found["brute_force_paths"], "brute_force_paths"),
    ]


def _exchanged(i: ViterbiCostInputs) -> Outputs:
    return {"brute_force_paths": i.length**i.states} if i.length.bit_length() * i.states < MAX_BITS else {}


FAMILY = Family(
    id="viterbi_cost",
    title=TITLE,
    inputs=ViterbiCostInputs,
    outputs={
        "transitions": Output("integer", TRANSITIONS, COUNT),
        "brute_force_paths": Output("integer", PATHS, COUNT),
    },
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "linear_in_states": lambda i: {"transitions": (i.length - 1) * i.states},
            "counts_first_step": lambda i: {"transitions": i.length * i.states**2},
            "base_and_exponent_exchanged": _exchanged,
        },
    ),
    symbols={"length": "T", "states": "N"},
)
