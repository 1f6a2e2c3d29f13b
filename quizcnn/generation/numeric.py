"""Numeric variants: numbers that tell the target mistake from the key and from every other mistake.

In a plain draw most wrong rules give the right number. A draw is therefore taken only when the target mistake, which rotates with the
seed, differs from the key and from all other mistakes at the decimals asked; a mistake that equals the key is never a rival.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from quizcnn.bank.models import Numeric, Part
from quizcnn.errors import BankError, InputError
from quizcnn.generation.draw import draw_all
from quizcnn.generation.fields import answer_for, asked_decimals, differs, follow_for, option_field
from quizcnn.generation.picture import figure_of
from quizcnn.generation.prompt import fill
from quizcnn.generation.seeds import Source
from quizcnn.generation.variant import Chain, Variant
from quizcnn.grading.answers import Field
from quizcnn.grading.reading.arithmetic import evaluate, evaluate_condition, names_in
from quizcnn.grading.reading.syntax import FormulaError
from quizcnn.solvers.base import AnyFamily, AnyMistake, Outputs, get_family
from quizcnn.solvers.inputs import Inputs
from quizcnn.solvers.values import Json, Value, exact, from_json, to_json
from quizcnn.text import Text

TRIES_PER_TARGET = 60
"""Draws for one target before the next one is tried."""
TRIES_TO_APPLY = 10
"""Draws after which a target that gave no value in any of them is given up."""
TRIES_IN_ALL = 600


@dataclass(frozen=True, slots=True)
class Draw:
    """Numbers that the family accepts, with the key and, once asked for, what every wrong rule gives for the outputs asked."""

    family: AnyFamily
    asked: Sequence[str]
    parameters: Mapping[str, Json]
    inputs: Inputs
    outputs: Outputs
    _known: dict[str, Mapping[str, Value]] = field(default_factory=dict, repr=False, compare=False)

    def wrong_by(self, slug: str) -> Mapping[str, Value]:
        """What one wrong rule gives for the outputs asked; computed once."""
        return self._known[slug] if slug in self._known else self.wrong_of(self.family.mistake(slug))

    def wrong_of(self, mistake: AnyMistake) -> Mapping[str, Value]:
        """The same for a mistake of the family."""
        if mistake.slug not in self._known:
            self._known[mistake.slug] = mistake.values(self.inputs, self.asked)
        return self._known[mistake.slug]

    @property
    def wrong(self) -> Mapping[str, Mapping[str, Value]]:
        """By mistake slug, what every wrong rule gives, without those that give nothing."""
        found = {mistake.slug: self.wrong_of(mistake) for mistake in self.family.mistakes}
        return {slug: values for slug, values in found.items() if values}


def draw_numeric(question: Numeric, seed: int) -> Variant:
    """The accepted draw at ``seed``; ``BankError`` where the entry's numbers never fit its family or its conditions."""
    if not question.family:
        from quizcnn.generation.networks.totals import draw_totals

        return draw_totals(question, seed)
    family = get_family(question.family)
    source = Source("variant", question.id, question.revision, seed)
    targets = source.shuffled(target_slugs(question, family))
    left = iter(targets)
    wanted = next(left, None)
    spare: Draw | None = None
    first: list[Draw] = []
    tried = 0
    for draw in accepted_draws(question, family, source):
        tried += 1
        if tried == TRIES_TO_APPLY:
            left = (slug for slug in targets if any(each.wrong_by(slug) for each in first))
            wanted = next(left, None)
        if wanted is None or separates(question, family, draw, wanted):
            return _variant(question, family, draw, seed, wanted, tried - 1, source.below(len(question.phrasings)))
        # A draw that no target can use is kept: some draws have no mistake that applies.
        spare = spare or draw
        if tried < TRIES_TO_APPLY:
            first.append(draw)
        if tried % TRIES_PER_TARGET == 0 and (wanted := next(left, None)) is None:
            break
    if spare is None:
        raise BankError(
            f"none of {TRIES_IN_ALL} draws fits the family and the conditions",
            where=question.id,
            mend="widen draw or relax where",
        )
    return _variant(question, family, spare, seed, None, tried - 1, source.below(len(question.phrasings)))


def fix_numeric(question: Numeric, inputs: Mapping[str, Json], phrasing: int = 0) -> Variant:
    """The variant with exactly these inputs (a stored sample)."""
    if not question.family:
        from quizcnn.generation.networks.totals import fix_totals

        return fix_totals(question, inputs, phrasing=phrasing)
    family = get_family(question.family)
    return _variant(question, family, _solve(question, family, _parameters(question, inputs)), 0, None, 0, phrasing)


def target_slugs(question: Numeric, family: AnyFamily) -> Sequence[str]:
    """The mistakes that draws rotate over; an estimate is too wide for any."""
    if question.estimate:
        return ()
    return question.targets or tuple(mistake.slug for mistake in family.mistakes)


def accepted_draws(question: Numeric, family: AnyFamily, source: Source) -> Iterator[Draw]:
    """Draws that the family and the conditions accept, whatever they separate."""
    # What needs no solving is looked at first: a draw that fails a condition mostly fails one of these.
    early = tuple(condition for condition in question.where if family.outputs.keys().isdisjoint(names_in(condition)))
    late = tuple(condition for condition in question.where if condition not in early)
    for _ in range(TRIES_IN_ALL):
        parameters = _parameters(question, _draw(question, source))
        try:
            if not meets(early, parameters):
                continue
            rest = late
        except FormulaError:
            # The family may refuse such numbers; where it takes them, the condition is at fault.
            rest = question.where
        try:
            draw = _solve(question, family, parameters)
        except InputError:
            continue
        if meets(rest, {**parameters, **draw.outputs}):
            yield draw


def _draw(question: Numeric, source: Source) -> dict[str, Json]:
    drawn = draw_all(question.draw, source)
    if question.network is not None:
        from quizcnn.generation.networks.choices import draw_choice

        drawn |= draw_choice(question.network, source)
    return drawn


def _parameters(question: Numeric, drawn: Mapping[str, Json]) -> dict[str, Json]:
    if question.network is not None:
        from quizcnn.generation.networks.choices import resolve

        drawn = {**drawn, **resolve(question.network, drawn)}
    return complete(question.fixed, question.tie, drawn)


def _solve(question: Numeric, family: AnyFamily, parameters: Mapping[str, Json]) -> Draw:
    inputs = family.read(_family_inputs(family, parameters))
    return Draw(family, question.ask, parameters, inputs, family.solve_checked(inputs))


def complete(fixed: Mapping[str, Any], tie: Mapping[str, Any], drawn: Mapping[str, Json]) -> dict[str, Json]:
    """Drawn values, then the fixed ones, then those tied to others by an expression."""
    parameters: dict[str, Json] = {**drawn, **{name: _plain(value) for name, value in fixed.items()}}
    for name, expression in tie.items():
        if name not in drawn:
            parameters[name] = (
                parameters[expression]
                if isinstance(expression, str) and expression in parameters
                else number(expression, parameters)
            )
    return parameters


def _plain(value: Any) -> Json:
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return {key: _plain(item) for key, item in value.items()} if isinstance(value, dict) else value


def number(expression: str | int | float, values: Mapping[str, Any]) -> int | float:
    """An expression over the numbers among ``values``; whole results stay whole."""
    if not isinstance(expression, str):
        return expression
    result = evaluate(expression, numbers(values, names_in(expression)))
    if isinstance(result, int):
        return result
    rational = exact(result)
    return int(rational) if rational.denominator == 1 else float(rational)


def numbers(values: Mapping[str, Any], names: Collection[str] | None = None) -> dict[str, int | float | Fraction]:
    """The numbers among the values (or those called ``names``), as expressions and conditions see them."""
    wanted = values if names is None else [name for name in names if name in values]
    return {name: values[name] for name in wanted if isinstance(values[name], int | float | Fraction)}


def meets(conditions: Sequence[str], values: Mapping[str, Any]) -> bool:
    """Whether the numbers among the values meet every condition."""
    return all(evaluate_condition(condition, numbers(values, names_in(condition))) for condition in conditions)


def separates(question: Numeric, family: AnyFamily, draw: Draw, slug: str) -> bool:
    """Whether, at the decimals asked, ``slug`` changes an asked output and nothing else gives any value that it changes."""
    target = draw.wrong_by(slug)
    if not target:
        return False
    decimals = {name: asked_decimals(question.decimals, name, family.outputs[name]) for name in question.ask}
    changed = [
        name for name in question.ask if name in target and differs(target[name], draw.outputs[name], decimals[name])
    ]
    if not changed:
        return False
    others = (draw.wrong_of(mistake) for mistake in family.mistakes if mistake.slug != slug)
    return not any(
        name in values and not differs(target[name], values[name], decimals[name])
        for values in others
        for name in changed
    )


def _variant(
    question: Numeric, family: AnyFamily, draw: Draw, seed: int, target: str | None, redraws: int, phrasing: int
) -> Variant:
    shown: dict[str, Json] = {**draw.parameters}
    facts = {**{name: to_json(value) for name, value in draw.outputs.items()}, **shown}
    fields = _fields(question, family, draw, facts)
    chain = [Chain(family.id, _family_inputs(family, draw.parameters), question.ask)]
    parts = tuple(_parts(question, shown))
    values: dict[str, Value] = {name: from_json(value) for name, value in shown.items()} | draw.outputs if parts else {}
    for part in parts:
        part_fields, link, outputs = _part(question, part, values, [field.name for field in fields])
        fields += part_fields
        chain.append(link)
        values |= {f"{part.name}_{name}": value for name, value in outputs.items()}
    if question.options:
        fields = (option_field(question.options, family, fields[0], target),)
    wording = question.phrasings[phrasing]
    states = "convention" in wording.states or "convention" in question.states
    return Variant(
        question_id=question.id,
        revision=question.revision,
        kind=question.kind,
        topic=question.topic,
        difficulty=question.difficulty,
        seed=seed,
        family=family.id,
        parameters=shown,
        prompt=fill(wording.text, shown),
        convention=None if states else family.convention,
        fields=fields,
        hint_templates=question.hints,
        explanation_template=question.explanation,
        facts=facts,
        figure=figure_of(question.figure, facts),
        target=target,
        redraws=redraws,
        chain=tuple(chain),
    )


def _parts(question: Numeric, parameters: Mapping[str, Json]) -> Iterator[Part]:
    """The later parts: those of the entry, or the rows of a network's table."""
    yield from question.parts
    if question.network is not None and question.network.rows:
        from quizcnn.generation.networks.table import table_parts

        yield from table_parts(question.network, parameters)


def _family_inputs(family: AnyFamily, parameters: Mapping[str, Json]) -> dict[str, Json]:
    known = family.inputs.model_fields
    return {name: value for name, value in parameters.items() if name in known}


def _fields(question: Numeric, family: AnyFamily, draw: Draw, facts: Mapping[str, Json]) -> tuple[Field, ...]:
    inputs = _family_inputs(family, draw.parameters)
    return tuple(
        Field(
            name=name,
            label=_label(question, family, name, draw.parameters),
            answer=answer_for(family, name, draw.outputs, draw.wrong, facts, question),
            follow=follow_for(family, name, question.ask[:place], inputs),
        )
        for place, name in enumerate(question.ask)
    )


def _label(question: Numeric, family: AnyFamily, name: str, parameters: Mapping[str, Json]) -> Text:
    if question.network is not None and question.network.rows:
        from quizcnn.generation.networks.table import first_label

        return first_label(parameters)
    return family.outputs[name].label


def _part(
    question: Numeric, part: Part, values: Mapping[str, Value], earlier: Sequence[str]
) -> tuple[tuple[Field, ...], Chain, Outputs]:
    """The fields of a later part; its inputs come from the draw and from ``earlier`` fields, so that a slip is followed through."""
    family = get_family(part.family)
    given = {name: _part_input(expression, values) for name, expression in part.inputs.items()}
    inputs = family.read(given)
    outputs, wrong = family.solve_checked(inputs), family.wrong_values(inputs, part.ask)
    facts = {**{name: to_json(value) for name, value in outputs.items()}, **given}
    taken = {
        str(expression): name
        for name, expression in part.inputs.items()
        if isinstance(expression, str) and expression in earlier
    }
    fields = tuple(
        Field(
            name=f"{part.name}_{name}",
            label=part.label or family.outputs[name].label,
            answer=answer_for(family, name, outputs, wrong, facts, question, part),
            follow=follow_for(family, name, (), given, taken),
        )
        for name in part.ask
    )
    return fields, Chain(family.id, given, part.ask), outputs


def _part_input(expression: str | int | float, values: Mapping[str, Value]) -> Json:
    if isinstance(expression, str) and expression in values:
        return to_json(values[expression])
    return number(expression, values)
