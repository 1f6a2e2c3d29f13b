"""Questions on whole networks: parameters, multiply-accumulates, how many times those of another; exact, approximate or estimated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from quizcnn.bank.models import Numeric
from quizcnn.errors import BankError
from quizcnn.generation.networks.choices import draw_choice, resolve, traces
from quizcnn.generation.picture import figure_of
from quizcnn.generation.prompt import fill
from quizcnn.generation.seeds import Source
from quizcnn.generation.variant import Variant
from quizcnn.grading.answers import Field
from quizcnn.grading.number import NumberAnswer
from quizcnn.networks.trace import Trace
from quizcnn.solvers.units import MACS, PARAMETERS
from quizcnn.solvers.values import Json
from quizcnn.text import Text

CONVENTION = Text(
    "Trainable parameters. MACs of convolutions and linear layers, one image, no bias additions; FLOPs = 2 MACs.",
    "只计可训练参数。MACs 计卷积层和线性层，一张图，不含偏置加法；FLOPs = 2 MACs。",
)
LABELS = {
    "parameters": Text("parameters", "参数量"),
    "macs": Text("multiply-accumulates", "乘加次数"),
    "flops": Text("FLOPs", "FLOPs"),
    "parameters_ratio": Text("times as many parameters", "参数量的倍数"),
    "macs_ratio": Text("times as many MACs", "乘加次数的倍数"),
}
UNITS = {"parameters": PARAMETERS, "macs": MACS, "flops": ("FLOPs", "flops")}
_TOTALS: Mapping[str, Callable[[Trace], int]] = {
    "parameters": lambda trace: trace.cost.parameters,
    "macs": lambda trace: trace.cost.macs,
    "flops": lambda trace: 2 * trace.cost.macs,
}


def draw_totals(question: Numeric, seed: int) -> Variant:
    """The variant at ``seed``."""
    if question.network is None:
        raise BankError("a question without a family needs a network", where=question.id)
    source = Source("variant", question.id, question.revision, seed)
    choice = draw_choice(question.network, source)
    return fix_totals(question, choice, seed, source.below(len(question.phrasings)))


def fix_totals(question: Numeric, choice: Mapping[str, Json], seed: int = 0, phrasing: int = 0) -> Variant:
    """The variant with these networks."""
    if question.network is None:
        raise BankError("a question without a family needs a network", where=question.id)
    shown = resolve(question.network, choice)
    found = traces(question.network, choice)
    truths = {name: _total(name, found) for name in question.ask}
    facts = {**shown, **{name: _said(value) for name, value in truths.items()}}
    wording = question.phrasings[phrasing]
    states = "convention" in wording.states or "convention" in question.states
    return Variant(
        question_id=question.id,
        revision=question.revision,
        kind=question.kind,
        topic=question.topic,
        difficulty=question.difficulty,
        seed=seed,
        family=None,
        parameters=shown,
        prompt=fill(wording.text, shown),
        convention=None if states else CONVENTION,
        fields=tuple(_field(question, name, truth) for name, truth in truths.items()),
        hint_templates=question.hints,
        explanation_template=question.explanation,
        facts=facts,
        figure=figure_of(question.figure, facts),
    )


def _total(name: str, found: Sequence[Trace]) -> int | Fraction:
    count = _TOTALS[name.removesuffix("_ratio")]
    return count(found[0]) if not name.endswith("_ratio") else Fraction(count(found[1]), count(found[0]))


def _said(value: int | Fraction) -> Json:
    """A ratio in texts has three digits."""
    return float(f"{float(value):.3g}") if isinstance(value, Fraction) else value


def _field(question: Numeric, name: str, truth: int | Fraction) -> Field:
    ratio = isinstance(truth, Fraction)
    decimals = question.decimals.get(name) if isinstance(question.decimals, dict) else question.decimals
    answer = NumberAnswer(
        kind="real" if ratio else "integer",
        truth=float(truth) if ratio else truth,
        decimals=decimals if ratio else None,
        tolerance=question.tolerance,
        approximate=question.approximate,
        estimate=question.estimate,
        units=UNITS.get(name, ()),
    )
    return Field(name=name, label=LABELS[name], answer=answer)
