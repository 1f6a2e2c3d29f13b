"""A network as data: its input and its layers, one entry each, with branches, repeats and named blocks.

An entry is a mapping with one *kind* (``conv``, ``pool``, ``residual`` ...) and, where wanted, a ``name`` and what follows at once
(``then: [batchnorm, relu]``). Arguments are those of torch.nn; a number may be written as an expression over the arguments of a block,
``n`` (the turn of a repeat, from 1) and ``channels`` (those of the map that comes in).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TypeAlias

from quizcnn.errors import InputError
from quizcnn.solvers.values import Json
from quizcnn.text import Text

Path: TypeAlias = tuple[str | int, ...]
"""Where something stands in the data: keys and places from the root."""
LAYERS: Mapping[str, tuple[str, ...]] = {
    "conv": ("out_channels", "kernel_size", "stride", "padding", "dilation", "groups", "bias"),
    "conv_transpose": ("out_channels", "kernel_size", "stride", "padding", "output_padding", "dilation", "groups", "bias"),
    "depthwise": ("kernel_size", "stride", "padding", "dilation", "multiplier", "bias"),
    "pool": ("mode", "kernel_size", "stride", "padding", "dilation", "ceil_mode"),
    "adaptive_pool": ("output_size", "mode"),
    "batchnorm": (),
    "layernorm": (),
    "activation": ("function",),
    "dropout": ("p",),
    "local_response_norm": ("size",),
    "flatten": (),
    "linear": ("out_features", "bias"),
    "squeeze_excite": ("squeezed",),
    "channel_shuffle": ("groups",),
    "tokens": ("class_token",),
    "transformer_layer": ("heads", "mlp_dim"),
    "class_token": (),
}  # fmt: skip
"""Layers by kind, with the arguments they take."""
GROUPS = ("layers", "residual", "concat", "split", "repeat", "use", "keep", "concat_kept")
"""Kinds that hold other layers, or join what was computed before."""
WORDS = ("relu", "relu6", "tanh", "sigmoid", "gelu", "silu", "hardswish", "elu")
"""Activations by their own names; none has parameters."""
_SLUG = re.compile(r"[a-z][a-z0-9_]*")


class NetworkError(InputError):
    """Something in a network does not fit; ``path`` says where in the data."""

    def __init__(self, message: str, path: Path = (), *, inputs: tuple[str, ...] = (), mend: str = "") -> None:
        super().__init__(message, inputs=inputs or ("layers",), mend=mend)
        self.path = path


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``inner`` holds its lists of layers: branches, or one list."""

    kind: str
    path: Path
    name: str = ""
    arguments: Mapping[str, Json] = field(default_factory=dict)
    inner: tuple[tuple[Entry, ...], ...] = ()
    then: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Layers with arguments: ``takes`` names them, with their defaults (None where one must be given)."""

    takes: Mapping[str, Json]
    layers: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """A whole network. ``size`` is the input that its figures are quoted for: channels, height, width."""

    name: str
    title: Text
    variant: Text
    size: tuple[int, int, int]
    layers: tuple[Entry, ...]
    blocks: Mapping[str, Block] = field(default_factory=dict)
    source: str = ""


def read_network(data: Json) -> Network:
    """The network in ``data``. Raises ``NetworkError`` with the place of what is wrong."""
    given = _mapping(data, ())
    _no_others(given, ("name", "title", "variant", "source", "input", "blocks", "layers"), ())
    name = _name(given.get("name"), ("name",))
    blocks = {
        _name(key, ("blocks", key)): _block(value, ("blocks", key))
        for key, value in _mapping(given.get("blocks", {}), ("blocks",)).items()
    }
    return Network(
        name=name,
        title=_text(given.get("title", name), ("title",)),
        variant=_text(given.get("variant", ""), ("variant",)),
        size=read_size(given.get("input"), ("input",)),
        layers=_entries(given.get("layers"), ("layers",)),
        blocks=blocks,
        source=str(given.get("source", "")),
    )


def read_size(value: Json, path: Path = ("input",)) -> tuple[int, int, int]:
    """``[C, H, W]`` or ``"CxHxW"``."""
    parts = re.split(r"\s*[x×X*]\s*", value.strip()) if isinstance(value, str) else value
    if isinstance(parts, list) and len(parts) == 3:
        sizes = [int(part) if isinstance(part, str) and part.isdecimal() and len(part) < 10 else part for part in parts]
        if all(isinstance(size, int) and not isinstance(size, bool) and 1 <= size <= 10**6 for size in sizes):
            channels, height, width = (int(str(size)) for size in sizes)
            return channels, height, width
    raise NetworkError(
        f"the input is channels, height and width, not {value!r}", path, inputs=("input",), mend="write 3x224x224"
    )


def _block(value: Json, path: Path) -> Block:
    given = _mapping(value, path)
    _no_others(given, ("takes", "layers"), path)
    takes = given.get("takes", {})
    if isinstance(takes, list):
        takes = {str(name): None for name in takes}
    return Block(_mapping(takes, (*path, "takes")), _entries(given.get("layers"), (*path, "layers")))


def _entries(value: Json, path: Path) -> tuple[Entry, ...]:
    if not isinstance(value, list):
        raise NetworkError("layers are a list", path, mend="begin each with '- '")
    return tuple(_entry(each, (*path, place)) for place, each in enumerate(value))


def _entry(value: Json, path: Path) -> Entry:
    if isinstance(value, str):
        return _word(value, path)
    given = _mapping(value, path)
    kinds = [key for key in given if key not in ("name", "then", "with")]
    if len(kinds) != 1:
        raise NetworkError(
            f"a layer has one kind, here are {', '.join(kinds) or 'none'}",
            path,
            mend=f"the kinds are {', '.join((*LAYERS, *GROUPS))}",
        )
    kind, name = kinds[0], str(given.get("name", ""))
    body, at = given[kind], (*path, kind)
    then = _entries(given.get("then", []), (*path, "then"))
    if kind in LAYERS:
        return replace(_layer(kind, body, at), name=name, then=then, path=path)
    if kind not in GROUPS:
        near = get_close_matches(kind, (*LAYERS, *GROUPS), n=1)
        raise NetworkError(f"no layer is called {kind!r}", path, mend=f"did you mean {near[0]!r}?" if near else "")
    return replace(_group(kind, body, given, at), name=name, then=then, path=path)


def _word(word: str, path: Path) -> Entry:
    """``batchnorm`` or ``relu`` alone."""
    if word in WORDS:
        return Entry("activation", path, arguments={"function": word})
    if word in LAYERS:
        return Entry(word, path)
    near = get_close_matches(word, (*WORDS, *LAYERS), n=1)
    raise NetworkError(f"no layer is called {word!r}", path, mend=f"did you mean {near[0]!r}?" if near else "")


def _layer(kind: str, body: Json, path: Path) -> Entry:
    if kind == "activation" and isinstance(body, str):
        body = {"function": body}
    arguments = _mapping({} if body is None else body, path)
    _no_others(arguments, LAYERS[kind], path)
    return Entry(kind, path, arguments=arguments)


def _group(kind: str, body: Json, given: Mapping[str, Json], path: Path) -> Entry:
    if kind == "layers":
        return Entry(kind, path, inner=(_entries(body, path),))
    if kind in ("concat", "split"):
        if not isinstance(body, list) or len(body) < 2:
            raise NetworkError(f"{kind} takes a list of branches, at least two", path)
        return Entry(kind, path, inner=tuple(_entries(branch, (*path, place)) for place, branch in enumerate(body)))
    if kind == "residual":
        parts = _mapping(body, path) if isinstance(body, dict) else {"layers": body}
        _no_others(parts, ("layers", "shortcut"), path)
        shortcut = _entries(parts.get("shortcut", []), (*path, "shortcut"))
        return Entry(kind, path, inner=(_entries(parts.get("layers"), (*path, "layers")), shortcut))
    if kind == "repeat":
        parts = _mapping(body, path)
        _no_others(parts, ("times", "layers"), path)
        return Entry(
            kind,
            path,
            arguments={"times": parts.get("times")},
            inner=(_entries(parts.get("layers"), (*path, "layers")),),
        )
    if kind == "use":
        return Entry(
            kind, path, arguments={"block": body, "with": dict(_mapping(given.get("with", {}), (*path[:-1], "with")))}
        )
    return Entry(kind, path, arguments={"key": body})


def _mapping(value: Json, path: Path) -> Mapping[str, Json]:
    if not isinstance(value, dict):
        raise NetworkError(f"a mapping is expected, not {type(value).__name__}", path)
    return value


def _no_others(given: Mapping[str, Json], legal: Sequence[str], path: Path) -> None:
    for key in given:
        if key not in legal:
            near = get_close_matches(key, legal, n=1)
            mend = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(legal) or 'none'}"
            raise NetworkError(f"no key {key!r} here", (*path, key), mend=mend)


def _name(value: Json, path: Path) -> str:
    if not isinstance(value, str) or not _SLUG.fullmatch(value):
        raise NetworkError(f"a name is lower case letters, digits and _, not {value!r}", path)
    return value


def _text(value: Json, path: Path) -> Text:
    if isinstance(value, str):
        return Text.same(value)
    given = _mapping(value, path)
    return Text(str(given.get("en", "")), str(given.get("zh", "")))
