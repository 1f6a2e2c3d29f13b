"""Validation errors in an author's words: what is wrong at which key, and the nearest legal one."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, RootModel, Tag, ValidationError
from pydantic_core import ErrorDetails

from quizcnn.bank.draws import FORMS
from quizcnn.bank.faults import nearest
from quizcnn.solvers.values import Json
from quizcnn.text import Text

Path = tuple[str | int, ...]
_WANTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "dataclass_type": "a text, {en: ..., zh: ...}",
    "dataclass_exact_type": "a text, {en: ..., zh: ...}",
}
_PATTERNS = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": "is no id; ids are small letters, digits and single hyphens",
    "^[a-z0-9-]+#[1-9][0-9]*$": "is no reference to a fact; write the topic's id, # and the fact's number, as in iou#2",
    "^[a-z][a-z0-9_]*$": "is no name; names are small letters, digits and _, and begin with a letter",
}


def say_errors(error: ValidationError, model: type[BaseModel], data: Json) -> Iterator[tuple[Path, str]]:
    """For each thing that is wrong the path in ``data`` (without union tags) and one sentence; alternatives of a union are one."""
    grouped: dict[Path, list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False, include_context=True):
        grouped.setdefault(_plain_path(detail, data), []).append(detail)
    # A list or a branch of a union that fails inside also fails as a whole; the inner fault says more.
    outer = {path[:depth] for path in grouped for depth in range(len(path))}
    for path, details in grouped.items():
        if path not in outer:
            yield _say(path, details, model)


def _plain_path(detail: ErrorDetails, data: Json) -> Path:
    """The error's location without the parts that name a branch of a union."""
    path: list[str | int] = []
    last = len(detail["loc"]) - 1
    for place, part in enumerate(detail["loc"]):
        if isinstance(data, dict) and part in data:
            data = data[str(part)]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        elif not (place == last and detail["type"] == "missing"):
            continue
        path.append(part)
    return tuple(path)


def _say(path: Path, details: Sequence[ErrorDetails], model: type[BaseModel]) -> tuple[Path, str]:
    first = details[0]
    name = path[-1] if path else ""
    if first["type"] == "missing":
        return path[:-1], f"{_dotted(path)} is missing"
    if first["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        if first["input"] is None:
            return path, f"{str(name)!r} is no key: inside {{...}} a comma ends a text; put the whole text in quotes"
        return path, _unknown_key(str(name), legal_keys(model, first["loc"][:-1]))
    wanted = list(dict.fromkeys(_WANTED[each["type"]] for each in details if each["type"] in _WANTED))
    if wanted and len(wanted) == len({each["type"] for each in details}):
        return path, _wrong_type(path, wanted, first["input"])
    detail = next((each for each in details if each["type"] not in _WANTED), first)
    joint = "" if not path else ": " if detail["type"] == "draw" else " "
    return path, f"{_dotted(path)}{joint}{_rule(detail)}"


def _dotted(path: Path) -> str:
    dotted = ""
    for part in path:
        dotted += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if dotted else str(part)
    return dotted


def _unknown_key(name: str, legal: Sequence[str]) -> str:
    return f"there is no key {name!r} here" + (nearest(name, list(legal), 1) or f"; the keys are {', '.join(legal)}")


def _wrong_type(path: Path, wanted: Sequence[str], found: Any) -> str:
    quote = "; put it in quotes" if "text" in wanted and isinstance(found, int | float) else ""
    kinds = [kind for kind in wanted if not (kind == "a whole number" and "a number" in wanted)]
    return f"{_dotted(path)} must be {' or '.join(kinds)}, not {name_value(found)}{quote}"


def name_value(value: Any) -> str:
    """A value as a message shows it."""
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "a mapping"
    return "a list" if isinstance(value, list | tuple) else str(value)[:40]


def _rule(detail: ErrorDetails) -> str:
    context, found = detail.get("ctx", {}), detail["input"]
    match detail["type"]:
        case "literal_error":
            legal = [word.strip("' ") for word in context["expected"].replace(" or ", ", ").split(",")]
            near = nearest(str(found), legal, 1) or f"; it is one of {', '.join(word or 'empty' for word in legal)}"
            return f"cannot be {name_value(found)}{near}"
        case "string_pattern_mismatch":
            return f"{found!r} {_PATTERNS.get(context['pattern'], 'does not have the right form')}"
        case "greater_than_equal" | "less_than_equal" | "greater_than":
            word = {"greater_than_equal": "at least", "less_than_equal": "at most", "greater_than": "more than"}[
                detail["type"]
            ]
            return f"must be {word} {next(iter(context.values()))}, not {found}"
        case "too_short":
            return f"needs at least {context['min_length']}, has {context['actual_length']}"
        case "too_long":
            return f"takes at most {context['max_length']}, has {context['actual_length']}"
        case "string_too_long":
            return f"is longer than {context['max_length']} letters"
        case "draw_form":
            keys = [str(key) for key in found] if isinstance(found, dict) else []
            return detail["msg"] + next((near for key in keys if (near := nearest(key, FORMS, 1))), "")
        case "int_parsing_size" | "finite_number":
            return "is too large"
    return detail["msg"][0].lower() + detail["msg"][1:]


def legal_keys(model: type[BaseModel], loc: Sequence[str | int]) -> tuple[str, ...]:
    """The keys that may stand in the mapping at ``loc`` (an error's location, with union tags)."""
    spots: list[Any] = [model]
    for part in loc:
        spots = [inner for spot in spots for inner in _below(spot, part)]
    return tuple(dict.fromkeys(key for spot in spots for form in _forms(spot) for key in _keys(form)))


def _forms(spot: Any) -> Iterator[Any]:
    """The classes and containers that an annotation may be."""
    origin = get_origin(spot)
    if origin is Annotated:
        yield from _forms(get_args(spot)[0])
    elif origin in (Union, types.UnionType):
        for each in get_args(spot):
            yield from _forms(each)
    else:
        yield spot


def _below(spot: Any, part: str | int) -> Iterator[Any]:
    if isinstance(part, str) and part.startswith("<"):
        yield from _tagged(spot, part)
        return
    found = False
    for form in _forms(spot):
        inner = _member(form, part)
        if inner is not None:
            found = True
            yield inner
    if not found:
        yield spot


def _member(form: Any, part: str | int) -> Any:
    origin = get_origin(form)
    if isinstance(form, type) and issubclass(form, BaseModel):
        if not form.__pydantic_complete__:
            form.model_rebuild()
        field = form.model_fields.get(str(part))
        return field.annotation if field else None
    if origin is dict:
        return get_args(form)[1]
    return get_args(form)[0] if origin is tuple and isinstance(part, int) else None


def _tagged(spot: Any, tag: str) -> Iterator[Any]:
    """The branch of a union that carries the tag."""
    if get_origin(spot) is Annotated:
        inner, *rest = get_args(spot)
        if any(isinstance(each, Tag) and each.tag == tag for each in rest):
            yield inner
        else:
            yield from _tagged(inner, tag)
    elif get_origin(spot) in (Union, types.UnionType):
        for each in get_args(spot):
            yield from _tagged(each, tag)


def _keys(form: Any) -> Sequence[str]:
    if form is Text:
        return ("en", "zh")
    if isinstance(form, type) and issubclass(form, BaseModel) and not issubclass(form, RootModel):
        return tuple(form.model_fields)
    return ()
