"""What is typed to the calculator as the inputs of a family: ``kernel_size=3x5``, ``k=3``, ``224x224``, ``lr=1e-3``, ``n=25.6M``.

Values are YAML, sizes may be written with an x, numbers as a learner writes them. Names may be shortened as long as one input fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from quizcnn.errors import UsageError
from quizcnn.grading.base import Invalid
from quizcnn.grading.reading.number import read_number
from quizcnn.solvers.base import AnyFamily
from quizcnn.solvers.inputs import Inputs
from quizcnn.solvers.values import Json

Given: TypeAlias = dict[str, Json]
SHORT: Mapping[str, str] = {
    "k": "kernel_size", "s": "stride", "p": "padding", "d": "dilation", "g": "groups", "h": "in_height", "w": "in_width",
    "c_in": "in_channels", "cin": "in_channels", "c_out": "out_channels", "cout": "out_channels", "lr": "learning_rate",
}  # fmt: skip
"""The field's symbols for inputs."""
AXES = ("in_channels", "in_height", "in_width")
"""What a bare ``3x224x224`` fills, the last of them for ``224x224``."""
_SIZES = re.compile(r"\d+(?:\s*[x×X*]\s*\d+)+")


def read_words(family: AnyFamily, words: Iterable[str]) -> Given:
    """The inputs in ``words``. Raises ``UsageError`` naming the word that cannot be understood, twice is given or fits several inputs."""
    names = tuple(family.inputs.model_fields)
    found: Given = {}
    for word in words:
        for name, value in _pairs(family, names, word.strip().rstrip(",，")):
            if name in found:
                raise UsageError(f"{name} is given twice")
            found[name] = value
    return found


def defaults_of(inputs: Inputs, given: Iterable[str]) -> dict[str, Any]:
    """The optional inputs that were not given, with the values that stand for them; those that stand for nothing are left out."""
    known = set(given)
    return {
        name: getattr(inputs, name)
        for name, field in type(inputs).model_fields.items()
        if name not in known and not field.is_required() and getattr(inputs, name) is not None
    }


def _pairs(family: AnyFamily, names: Sequence[str], word: str) -> Iterator[tuple[str, Json]]:
    name, equals, value = word.partition("=")
    name = name.strip()
    if not equals and _SIZES.fullmatch(word):
        yield from _axes(family, names, word)
    elif not equals or not name:
        raise UsageError(f"{word!r} is no name=value", mend="write kernel_size=3 or kernel_size=3x5")
    elif name in ("input", "in", "size") and name not in names and _sizes(value):
        yield from _axes(family, names, value)
    else:
        full = _full_name(name, names)
        yield full, _value(full, value.strip())


def _axes(family: AnyFamily, names: Sequence[str], text: str) -> Iterator[tuple[str, Json]]:
    sizes = _sizes(text)
    axes = [name for name in AXES if name in names][-len(sizes) :] if sizes else []
    if not sizes or len(axes) < len(sizes) or len(sizes) > len(AXES):
        raise UsageError(
            f"{text!r} is no size of {family.id}", mend=f"it takes {', '.join(f'{name}=' for name in names)}"
        )
    yield from zip(axes, sizes, strict=True)


def _full_name(name: str, names: Sequence[str]) -> str:
    """The input that ``name`` shortens; itself where it fits none, for the family to refuse with the nearest."""
    if name in names:
        return name
    if SHORT.get(name.lower()) in names:
        return SHORT[name.lower()]
    for fits in (lambda each: each.startswith(name), lambda each: name in each.split("_")):
        near = [each for each in names if fits(each)]
        if len(near) == 1:
            return near[0]
        if near:
            raise UsageError(f"{name} may be {' or '.join(near)}", mend="write one of them in full")
    return name


def _sizes(text: str) -> list[int]:
    return [int(part) for part in re.split(r"\s*[x×X*]\s*", text)] if _SIZES.fullmatch(text.strip()) else []


def _value(name: str, text: str) -> Json:
    """A YAML value; ``3x5`` is a pair, and a text that writes a number is that number."""
    import yaml

    if sizes := _sizes(text):
        return list(sizes)
    try:
        value: Json = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        raise UsageError(f"{text!r} is no value", where=name, mend="write 3, 3x5, [3, 5], true or text") from None
    return _number(value) if isinstance(value, str) else _numbers(value)


def _numbers(value: Json) -> Json:
    """Numbers in lists that YAML took for text: ``[1e-3, 2]``."""
    if isinstance(value, list):
        return [_number(item) if isinstance(item, str) else _numbers(item) for item in value]
    return value


def _number(text: str) -> Json:
    reading = read_number(text)
    if isinstance(reading, Invalid) or reading.value is None:
        return text
    value = reading.value
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return value
