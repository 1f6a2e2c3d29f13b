"""Which mistakes of an entry its draws tell apart: pairs that never differ, those that seldom do, and the drawn values that separate most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, islice

from quizcnn.bank.models import Numeric
from quizcnn.errors import UsageError
from quizcnn.generation.fields import asked_decimals, differs
from quizcnn.generation.numeric import Draw, accepted_draws
from quizcnn.generation.seeds import Source
from quizcnn.services.context import Context
from quizcnn.solvers.base import AnyFamily, family_modules, get_family
from quizcnn.solvers.values import Json

KEY = "key"
"""The right value among the mistakes."""
DRAWS = 300
OFTEN = 0.5
"""From this share of draws on a pair is reported as often alike."""
LEAST_SEEN = 8
"""A drawn value seen less often is no evidence."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Apart:
    """What the draws of an entry separate. Shares are of the draws in which both of a pair have a value.

    ``never`` holds pairs that are alike in all of them, ``often`` those in at least half. ``values`` gives, by drawn input, the share of draws
    with this value in which all mistakes differ from the key and from each other, best first.
    """

    id: str
    family: str
    asked: tuple[str, ...]
    draws: int
    whole: float
    never: tuple[Pair, ...]
    often: Mapping[Pair, float]
    values: Mapping[str, tuple[tuple[Json, float], ...]]


def read_apart(context: Context, name: str, draws: int = DRAWS) -> Iterator[Apart]:
    """The entry with this id, or every numeric entry of the family with this name; of the whole bank where ``name`` is empty."""
    found = 0
    for row in context.catalog.rows():
        if row.kind != "numeric" or row.family is None or name not in ("", row.id, row.family):
            continue
        question = context.catalog.question(row.id)
        if isinstance(question, Numeric) and not question.estimate:
            found += 1
            yield measure(question, draws)
    if name and not found:
        if name in family_modules():
            raise UsageError(f"no numeric question asks {name}")
        context.catalog.question(name)
        raise UsageError(f"{name} is no numeric question with a family", mend="name one, or a family")


def measure(question: Numeric, draws: int = DRAWS) -> Apart:
    """What so many accepted draws of an entry tell apart, whatever its targets."""
    family = get_family(question.family)
    source = Source("separation", question.id, question.revision)
    alike, met, seen = Counter[Pair](), Counter[Pair](), 0
    by_value: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    shown: dict[str, Json] = {}
    whole = 0
    for draw in islice(accepted_draws(question, family, source), draws):
        seen += 1
        equal = {pair: _alike(question, family, draw, pair) for pair in _pairs(family, draw)}
        met.update(list(equal))
        alike.update(pair for pair, same in equal.items() if same)
        apart = not any(equal.values())
        whole += apart
        for name in question.draw:
            value = draw.parameters[name]
            shown[repr(value)] = value
            by_value[name][repr(value)].append(apart)
    shares = {pair: alike[pair] / met[pair] for pair in met if alike[pair]}
    return Apart(
        id=question.id,
        family=family.id,
        asked=question.ask,
        draws=seen,
        whole=whole / max(1, seen),
        never=tuple(pair for pair, share in shares.items() if share == 1),
        often={pair: share for pair, share in shares.items() if OFTEN <= share < 1},
        values={name: _ranked(outcomes, shown) for name, outcomes in by_value.items()},
    )


def _pairs(family: AnyFamily, draw: Draw) -> Iterator[Pair]:
    """Mistakes that have a value here with each other, and each with the key."""
    slugs = [mistake.slug for mistake in family.mistakes if draw.wrong_by(mistake.slug)]
    yield from ((slug, KEY) for slug in slugs)
    yield from combinations(slugs, 2)


def _alike(question: Numeric, family: AnyFamily, draw: Draw, pair: Pair) -> bool:
    """Whether both give the same for every output asked, at the decimals asked."""
    first, second = ({**draw.outputs, **(draw.wrong_by(slug) if slug != KEY else {})} for slug in pair)
    return not any(
        differs(first[name], second[name], asked_decimals(question.decimals, name, family.outputs[name]))
        for name in question.ask
    )


def _ranked(outcomes: Mapping[str, list[bool]], shown: Mapping[str, Json]) -> tuple[tuple[Json, float], ...]:
    shares = [(shown[key], sum(found) / len(found)) for key, found in outcomes.items() if len(found) >= LEAST_SEEN]
    return tuple(sorted(shares, key=lambda pair: -pair[1]))
