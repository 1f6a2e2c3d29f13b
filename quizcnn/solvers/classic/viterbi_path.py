"""The most probable state sequence of a hidden Markov model (Viterbi 1967; Rabiner 1989, section III.B)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import mul

from pydantic import model_validator

from quizcnn.solvers.base import Family, Output, Outputs, Step, lead_to, name_mistakes
from quizcnn.solvers.distributions import check_sum
from quizcnn.solvers.inputs import Count, Inputs, Many, Probability, Refusal, refuse_work
from quizcnn.solvers.markov import Model, Trellis, best, forward, likeliest_states, read_model, trellis_of
from quizcnn.solvers.notation import given, line, list_line, near
from quizcnn.solvers.values import Value, whole
from quizcnn.text import Text

TITLE = Text("Most probable state path", "最优状态路径（维特比解码）")
CONVENTION = Text(
    "transition[i][j] from state i to state j, emission[i][o] of symbol o in state i; states and symbols count from 0, of equal ones the smaller state; the probability is the joint one of path and observations.",
    "transition[i][j] 为状态 i 到 j 的转移概率，emission[i][o] 为状态 i 发出符号 o 的概率；状态和符号从 0 编号，相等时取编号小的；概率为路径与观测的联合概率。",
)
PATH = Text("most probable path", "最优路径")
PROBABILITY = Text("probability of path and observations", "路径与观测的联合概率")
STEPS = {
    "first": Text("step 0: initial times emission", "第 0 步：初始概率乘发射概率"),
    "next": Text("step {t}: best way into each state, times its emission", "第 {t} 步：到各状态的最大值，乘发射概率"),
    "back": Text("step {t}: predecessor of each state on its best way", "第 {t} 步：各状态最优的前驱"),
    "path": Text("from the best last state back along the predecessors", "从最优的末状态沿前驱回溯"),
    "product": Text("initial, emissions and transitions along the path", "沿路径把初始、发射、转移概率连乘"),
    "last": Text("what led into the last state, times transition and emission", "到末状态之前的值乘转移和发射概率"),
}  # fmt: skip
MISTAKES = {
    "greedy": (
        Text("goes on from the best state of each step", "每步只从当前最优状态往下走"),
        Text("A state that is best now may lead nowhere good; the choice is made at the end and traced back.", "眼下最优的状态，后面未必好走；要到最后再选，然后回溯。"),
    ),
    "sums_over_paths": (
        Text("adds up all paths", "把所有路径加了起来"),
        Text("Summing gives the probability of the observations (forward algorithm); the best path takes the maximum.", "求和得到的是观测的概率（前向算法），最优路径取最大。"),
    ),
    "ignores_transitions": (
        Text("takes the state of largest emission at each step", "每步只看发射概率"),
        Text("The transitions weigh in too: a state that fits its symbol may be hard to reach.", "转移概率也要算进去：与符号最相配的状态可能很难到达。"),
    ),
    "best_state_of_each_step": (
        Text("takes the most probable state at each step by itself", "逐步取后验概率最大的状态"),
        Text("The states that are likeliest one by one need not form the likeliest path, or any path at all.", "逐个最可能的状态连起来，不一定是最可能的路径，甚至走不通。"),
    ),
}  # fmt: skip
MOST_OBSERVATIONS = 200
MOST_SHOWN = 5
"""Steps of which every line is shown."""
BITS_AT_ONCE = 6_000_000
"""Observations times squared bits of a step from which on the length of the numbers counts as work."""


class HmmInputs(Inputs):
    """initial, N probabilities; transition, shape (N, N); emission, shape (N, symbols); observations, symbols from 0."""

    initial: Many[Probability]
    transition: Many[Many[Probability]]
    emission: Many[Many[Probability]]
    observations: Many[Count]

    @model_validator(mode="after")
    def _fits(self) -> HmmInputs:
        states, symbols = len(self.initial), len(self.emission[0])
        if len(self.transition) != states or any(len(row) != states for row in self.transition):
            raise Refusal(f"transition must have {states} rows of {states}, as initial has", "transition", "initial")
        if len(self.emission) != states or any(len(row) != symbols for row in self.emission):
            raise Refusal(f"emission must have {states} rows of equal length", "emission", "initial")
        if len(self.observations) > MOST_OBSERVATIONS:
            raise Refusal(f"there are more than {MOST_OBSERVATIONS} observations", "observations")
        for place, symbol in enumerate(self.observations):
            if symbol >= symbols:
                raise Refusal(f"observations[{place}] must be below {symbols}, the symbols of emission", "observations", "emission")  # fmt: skip
        refuse_work(states**2 * len(self.observations), "transition", "observations")
        check_sum(self.initial, "initial")
        for row in self.transition:
            check_sum(row, "transition")
        for row in self.emission:
            check_sum(row, "emission")
        return self


def model_of(i: HmmInputs) -> Model:
    """The exact model; refuses products too long to work out."""
    model = read_model(i.initial, i.transition, i.emission, i.observations)
    length = len(i.observations)
    longer = 1 + length * model.bits**2 // BITS_AT_ONCE
    refuse_work(len(i.initial) ** 2 * length * longer, "transition", "emission", "observations")
    return model


def decoded(i: HmmInputs) -> tuple[Model, Trellis]:
    model = model_of(i)
    trellis = trellis_of(model)
    if not trellis.top():
        raise Refusal("no path can give these observations", "observations")
    return model, trellis


def solve(i: HmmInputs) -> Outputs:
    model, trellis = decoded(i)
    return {"path": trellis.path(), "probability": model.share(trellis.top(), len(i.observations))}


def steps(i: HmmInputs) -> Sequence[Step]:
    model, trellis = decoded(i)
    path, length = trellis.path(), len(i.observations)
    shown = [t for t in range(length) if t < MOST_SHOWN or t == length - 1]
    lines = [step for t in shown for step in _step_lines(model, trellis, t)]
    traced = Step(STEPS["path"], list_line("s", path), path)
    value = model.share(trellis.top(), length)
    if length <= MOST_SHOWN:
        last = Step(STEPS["product"], line("P", _product(i, path), value), value)
    else:
        before = near(model.share(trellis.scores[-2][path[-2]], length - 1))
        moved = (i.transition[path[-2]][path[-1]], i.emission[path[-1]][i.observations[-1]])
        last = Step(STEPS["last"], line("P", r" \cdot ".join([before, *map(given, moved)]), value, rough=True), value)
    return [*lead_to([*lines, traced], "path"), *lead_to([*lines, traced, last], "probability")]


def _step_lines(model: Model, trellis: Trellis, t: int) -> list[Step]:
    values = tuple(model.share(score, t + 1) for score in trellis.scores[t])
    scores = Step(_of_step("next" if t else "first", t), list_line(rf"\delta_{{{t}}}", values), values)
    if not t:
        return [scores]
    back = tuple(trellis.back[t - 1])
    return [scores, Step(_of_step("back", t), list_line(rf"\psi_{{{t}}}", back), back)]


def _of_step(name: str, t: int) -> Text:
    return STEPS[name].map(lambda text: text.format(t=t))


def _product(i: HmmInputs, path: Sequence[int]) -> str:
    factors = [i.initial[path[0]], i.emission[path[0]][i.observations[0]]]
    for (before, state), symbol in zip(pairwise(path), i.observations[1:], strict=True):
        factors += [i.transition[before][state], i.emission[state][symbol]]
    return r" \cdot ".join(map(given, factors))


def _greedy(i: HmmInputs) -> Outputs:
    model = model_of(i)
    scores, path = model.start(), [best(model.start())]
    for t in range(1, len(i.observations)):
        scores = list(map(mul, model.transition[path[-1]], model.emitted(t)))
        path.append(best(scores))
    return {"path": tuple(path)}


def _sum_of_paths(i: HmmInputs) -> Outputs:
    model = model_of(i)
    return {"probability": model.share(sum(forward(model)[-1]), len(i.observations))}


def _by_emission(i: HmmInputs) -> Outputs:
    model = model_of(i)
    return {"path": tuple(best(model.emitted(t)) for t in range(len(i.observations)))}


def _follow_probability(i: HmmInputs, own: Outputs) -> Value:
    path = own["path"]
    if not isinstance(path, tuple) or len(path) != len(i.observations):
        return None
    states = list(map(whole, path))
    if any(state not in range(len(i.initial)) for state in states):
        return None
    model = model_of(i)
    return model.share(model.score(states), len(states))


FAMILY = Family(
    id="viterbi_path",
    title=TITLE,
    inputs=HmmInputs,
    outputs={"path": Output("list", PATH), "probability": Output("real", PROBABILITY)},
    convention=CONVENTION,
    solve=solve,
    steps=steps,
    mistakes=name_mistakes(
        MISTAKES,
        {
            "greedy": _greedy,
            "sums_over_paths": _sum_of_paths,
            "ignores_transitions": _by_emission,
            "best_state_of_each_step": lambda i: {"path": likeliest_states(model_of(i))},
        },
    ),
    follow={"probability": _follow_probability},
    symbols={"initial": r"\pi", "transition": "a", "emission": "b", "observations": "o"},
)
