"""What must hold inside one question beyond the types of its keys; a question that breaks it cannot be asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from quizcnn.bank.models import (
    TOTALS,
    Bound,
    Choice,
    Cloze,
    ExpressionQuestion,
    Inverse,
    Matching,
    NetworkSource,
    Numeric,
    Ordering,
    Question,
    ShortAnswer,
)

Finding: TypeAlias = tuple[tuple[str | int, ...], str]
"""The path of the key at fault, and what is wrong."""

_GAP = re.compile(r"\[\[([^\[\]]*)\]\]")


def check_structure(question: Question) -> Iterator[Finding]:
    """Everything in ``question`` that would leave a candidate without a fair key."""
    match question:
        case Numeric():
            yield from _drawn(question)
            yield from _numeric(question)
        case Inverse():
            yield from _drawn(question)
            yield from _inverse(question)
        case Choice():
            yield from _choice(question)
        case Cloze():
            yield from _cloze(question)
        case Ordering():
            yield from _distinct(("items",), [item.en for item in question.items], "items")
        case Matching():
            yield from _matching(question)
        case ExpressionQuestion():
            yield from _expression(question)
        case ShortAnswer():
            yield from _distinct(("points",), [point.id for point in question.points], "point ids")
        case _:
            return


def gap_names(text: str) -> tuple[str, ...]:
    """The names of the ``[[...]]`` gaps of a text, in order."""
    return tuple(_GAP.findall(text))


def _distinct(path: tuple[str | int, ...], names: Sequence[str], what: str) -> Iterator[Finding]:
    for name, times in Counter(names).items():
        if times > 1:
            yield path, f"two {what} are {name!r}"


def _drawn(question: Numeric | Inverse) -> Iterator[Finding]:
    yield from _distinct(("ask",), question.ask, "names asked")
    sources: dict[str, str] = {}
    for source in ("draw", "fixed", "tie"):
        for name in getattr(question, source):
            if name in sources:
                yield (source, name), f"{name} already stands under {sources[name]}"
            sources[name] = source
    for name, length in ((name, getattr(spec, "length", None)) for name, spec in question.draw.items()):
        if isinstance(length, str) and length not in list(question.draw)[: list(question.draw).index(name)]:
            yield ("draw", name, "length"), f"length: no list {length!r} is drawn before {name}"


def _numeric(question: Numeric) -> Iterator[Finding]:
    if question.network is not None:
        yield from _network(question, question.network)
    elif not question.family:
        yield ("family",), "family is missing; only the totals of a network do without"
    if question.estimate and (question.parts or question.options):
        yield ("estimate",), "an estimate is a single number: no parts, no options"
    yield from _distinct(("parts",), [part.name for part in question.parts], "parts")
    if question.options == 1:
        yield ("options",), "options must be 0 (type the answer) or from 2 to 6"
    if question.options and (len(question.ask) > 1 or question.parts):
        yield ("options",), "options need a single field: ask one output and no parts"
    if question.tolerance is not None and question.tolerance < 0:
        yield ("tolerance",), "tolerance must not be negative"


def _network(question: Numeric, network: NetworkSource) -> Iterator[Finding]:
    forms = [name for name in ("layer", "rows", "change", "totals") if getattr(network, name)]
    if len(forms) != 1:
        yield ("network",), f"network needs one of layer, rows, change and totals, not {', '.join(forms) or 'none'}"
        return
    if bool(question.family) == network.totals:
        yield ("family",), "totals of a network have no family" if network.totals else "family is missing"
    if network.rows == 1:
        yield ("network", "rows"), "a table has at least two rows"
    if network.rows and (question.parts or question.options):
        yield ("network", "rows"), "a table has no further parts and no options"
    if network.folders:
        yield ("network", "folders"), "folders are not written here"
    for number, name in enumerate(question.ask if network.totals else ()):
        if name not in TOTALS:
            yield ("ask", number), f"a network has no total {name!r}; it has {', '.join(TOTALS)}"
        elif name.endswith("_ratio") and len(network.of) < 2:
            yield ("network", "of"), f"{name} needs two networks"


def _inverse(question: Inverse) -> Iterator[Finding]:
    if not question.goal:
        yield ("goal",), "goal names no output; an inverse question needs a property to meet"
    for name, bound in question.goal.items():
        if isinstance(bound, Bound) and bound == Bound():
            yield ("goal", name), f"goal.{name} needs equals, at_least or at_most"
    for name, (low, high) in question.range.items():
        if low > high:
            yield ("range", name), f"range.{name} must be [lo, hi] with lo <= hi, not [{low}, {high}]"
        if name not in question.ask:
            yield ("range", name), f"range.{name} is not among the names asked ({', '.join(question.ask)})"
    for name in question.ask:
        if name in question.draw or name in question.fixed or name in question.tie:
            yield ("ask",), f"{name} is asked for and given as well"


def _choice(question: Choice) -> Iterator[Finding]:
    keys = sum(option.key for option in question.options)
    if not question.multiple and keys != 1:
        yield ("options",), f"{keys} options have key: true; one must (or several with multiple: true)"
    if question.multiple and not 1 <= keys < len(question.options):
        yield ("options",), f"{keys} of {len(question.options)} options have key: true; at least one and not all must"


def _cloze(question: Cloze) -> Iterator[Finding]:
    for lang in ("en", "zh"):
        names = gap_names(question.prompt["zh" if lang == "zh" else "en"])
        yield from _distinct(("prompt", lang), names, "gaps")
        for name in dict.fromkeys(names):
            if name not in question.gaps:
                yield ("prompt", lang), f"the gap [[{name}]] is not under gaps"
        for name in question.gaps:
            if name not in names:
                yield ("gaps", name), f"the gap {name} does not stand in the {lang} prompt as [[{name}]]"
    for name, gap in question.gaps.items():
        if (gap.number is None) == (not gap.accept):
            yield ("gaps", name), f"gaps.{name} needs either number or accept"
        if gap.decimals is not None and gap.number is None:
            yield ("gaps", name, "decimals"), f"gaps.{name}: decimals belong to a number"


def _matching(question: Matching) -> Iterator[Finding]:
    yield from _distinct(("pairs",), [pair.left.en for pair in question.pairs], "left sides")
    rights = [pair.right.en for pair in question.pairs]
    if not question.repeat:
        for fault in _distinct(("pairs",), rights, "right sides"):
            yield fault[0], f"{fault[1]}; set repeat: true if that is meant"
    for place, spare in enumerate(question.spare):
        if spare.en in rights:
            yield ("spare", place), f"the spare side {spare.en!r} belongs to a pair"


def _expression(question: ExpressionQuestion) -> Iterator[Finding]:
    if not question.variables:
        yield ("variables",), "variables names no symbol"
    for name, variable in question.variables.items():
        if variable.low > variable.high:
            yield ("variables", name), f"variables.{name}: low {variable.low} is above high {variable.high}"
    yield from _distinct(("wrong",), [wrong.slug for wrong in question.wrong], "wrong formulas")
