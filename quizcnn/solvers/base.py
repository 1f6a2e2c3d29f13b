"""What a family is, and how one is found.

A family is one module ``quizcnn/solvers/<area>/<family id>.py`` with one ``FAMILY`` object. Nothing lists the families: they are
found by file name and imported when asked for, so that one question imports one family.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Collection, Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Generic, Literal

from quizcnn.errors import InputError, UsageError
from quizcnn.solvers.inputs import I, Refusal, read_inputs
from quizcnn.solvers.values import Value, is_finite
from quizcnn.text import Text

AREAS = (
    "shapes",
    "cost",
    "receptive_field",
    "tensors",
    "normalization",
    "losses",
    "training",
    "metrics",
    "detection",
    "classic",
)

OutputKind = Literal["integer", "real", "fraction", "word", "shape", "list", "matrix", "table"]
Outputs = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Output:
    """One output: its kind, what a field for it is called, the units that may be typed after it."""

    kind: OutputKind
    label: Text
    units: tuple[str, ...] = ()
    elements: Literal["integer", "real", "word"] = "integer"
    """What a list, shape or matrix is made of; words only in lists."""
    words: tuple[str, ...] = ()
    """All that a word, or an element of a list of words, may be."""
    axes: tuple[str, ...] = ()
    """What the axes of a shape are called; empty: as those of a map."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a worked solution: what it does, the line as LaTeX (symbol = numbers = value), the value that it ends in.

    ``output`` names the output that the line leads to (empty: all of them), so that a question shows only the lines it needs.
    The last line of an output ends in its value.
    """

    caption: Text
    latex: str
    value: Value = None
    output: str = ""


def lead_to(lines: Sequence[Step], *outputs: str) -> list[Step]:
    """The lines once for each of the outputs that they lead to (:meth:`Family.steps_to` shows each once)."""
    return [replace(line, output=output) for output in outputs for line in lines]


@dataclass(frozen=True, slots=True)
class Mistake(Generic[I]):
    """A wrong rule that people use.

    ``label`` completes "that ..." (en: third person verb, "ignores groups") or stands after 错法： (zh); ``why`` is one sentence that
    refutes it and may hold ``{name}`` of any input or output. ``wrong`` gives the outputs that the rule changes under these
    inputs, and nothing where it does not apply; a value that costs something may be a function that gives it, called where the output is
    asked. ``convention`` marks a value that is right under another named convention.
    """

    slug: str
    label: Text
    why: Text
    wrong: Callable[[I], Mapping[str, Value | Callable[[], Value]]]
    convention: bool = False

    def values(self, inputs: I, asked: Collection[str]) -> dict[str, Value]:
        """Those of the ``asked`` outputs that the rule gives, nothing where it breaks down or does not apply."""
        values: dict[str, Value] = {}
        try:
            for name, given in self.wrong(inputs).items():
                if name in asked and is_finite(value := given() if callable(given) else given):
                    values[name] = value
        except (ArithmeticError, ValueError, IndexError):
            return {}
        return values


def name_mistakes(
    texts: Mapping[str, tuple[Text, Text]],
    rules: Mapping[str, Callable[[I], Mapping[str, Value | Callable[[], Value]]]],
    *,
    conventions: Container[str] = (),
) -> tuple[Mistake[I], ...]:
    """Wrong rules by slug, each with its label and refutation of ``texts``; those in ``conventions`` are right elsewhere."""
    return tuple(Mistake(slug, *texts[slug], rule, slug in conventions) for slug, rule in rules.items())


@dataclass(frozen=True, slots=True)
class Family(Generic[I]):
    """One pure formula with typed inputs, named outputs, worked steps and named mistakes."""

    id: str
    title: Text
    inputs: type[I]
    outputs: Mapping[str, Output]
    convention: Text
    """A short neutral sentence that settles every ambiguity, as a candidate reads it under the prompt."""
    solve: Callable[[I], Outputs]
    steps: Callable[[I], Sequence[Step]]
    """Worked steps with these numbers."""
    mistakes: Sequence[Mistake[I]] = ()
    follow: Mapping[str, Callable[[I, Outputs], Value]] = field(default_factory=dict)
    """Follow-through: an output computed from the learner's own earlier outputs, whatever kind of value they are."""
    symbols: Mapping[str, str] = field(default_factory=dict)
    """Input name to the LaTeX symbol of the steps."""

    def read(self, values: Mapping[str, Any]) -> I:
        """The typed inputs; ``InputError`` names what is wrong with which input."""
        return read_inputs(self.inputs, values)

    def answer(self, values: Mapping[str, Any]) -> Outputs:
        """Read, solve and check that the result exists; ``InputError`` where it does not."""
        return self.solve_checked(self.read(values))

    def solve_checked(self, inputs: I) -> Outputs:
        try:
            outputs = self.solve(inputs)
        except Refusal as refusal:
            raise InputError(str(refusal), inputs=refusal.inputs) from None
        except OverflowError:
            raise InputError("the result is too large to represent", inputs=tuple(self.inputs.model_fields)) from None
        for name, value in outputs.items():
            if not is_finite(value):
                raise InputError(f"{name} is infinite or undefined", inputs=tuple(self.inputs.model_fields))
        return outputs

    def wrong_values(self, inputs: I, asked: Collection[str] | None = None) -> dict[str, dict[str, Value]]:
        """By mistake slug, those of the ``asked`` outputs (or of all) that the wrong rule gives.

        A rule that breaks down on these inputs gives nothing.
        """
        wanted = self.outputs if asked is None else asked
        found = {mistake.slug: mistake.values(inputs, wanted) for mistake in self.mistakes}
        return {slug: values for slug, values in found.items() if values}

    def follow_through(self, output: str, inputs: I, own: Outputs) -> Value:
        """What ``output`` is by the right rule from the learner's ``own`` other outputs; None where it does not follow from them."""
        if output not in self.follow:
            return None
        try:
            value = self.follow[output](inputs, own)
        except (KeyError, ArithmeticError, ValueError):
            return None
        return value if is_finite(value) else None

    def steps_to(self, inputs: I, asked: Sequence[str]) -> tuple[Step, ...]:
        """The worked steps that lead to the outputs asked, a line that several of them need once."""
        leading = [step for step in self.steps(inputs) if not step.output or step.output in asked]
        first = {step.latex: step.output for step in reversed(leading)}
        return tuple(step for step in leading if step.output == first[step.latex])

    def mistake(self, slug: str) -> Mistake[I]:
        return next(mistake for mistake in self.mistakes if mistake.slug == slug)


AnyMistake = Mistake[Any]
AnyFamily = Family[Any]


@cache
def family_modules() -> Mapping[str, str]:
    """Family id to module name, from file names alone (nothing is imported)."""
    folder = os.path.dirname(__file__)
    return {
        name.removesuffix(".py"): f"quizcnn.solvers.{area}.{name.removesuffix('.py')}"
        for area in AREAS
        for name in sorted(os.listdir(os.path.join(folder, area)))
        if name.endswith(".py") and not name.startswith("_")
    }


def get_family(name: str) -> AnyFamily:
    """The family called ``name``; ``UsageError`` with the nearest names where there is none."""
    if not isinstance(name, str) or name not in family_modules():
        raise UsageError(f"no family is called {str(name)[:80]!r}", mend=_nearest(str(name)[:80]))
    return _load(name)


@cache
def _load(name: str) -> AnyFamily:
    family: AnyFamily = importlib.import_module(family_modules()[name]).FAMILY
    return family


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, family_modules(), n=3)
    return f"did you mean {' or '.join(near)}?" if near else "`quizcnn families` lists them"


def area_of(name: str) -> str:
    """The area (folder) of a family."""
    return family_modules()[name].split(".")[2]
