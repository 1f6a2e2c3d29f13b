"""Layers of networks that no family has: what each makes of a flow, and its row. An argument that does not fit is refused by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from quizcnn.networks.state import Flow, Row
from quizcnn.solvers.inputs import Refusal
from quizcnn.solvers.layers import Cost, Map
from quizcnn.solvers.primitives import attention_weights
from quizcnn.solvers.values import Json

Given: TypeAlias = Mapping[str, Json]
Unit: TypeAlias = Callable[[Flow, Given], tuple[Flow, Row]]


def _count(given: Given, name: str) -> int:
    value = given.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise Refusal(f"a whole number from 1 is expected, not {value!r}", name)
    return value


def in_place(flow: Flow, given: Given) -> tuple[Flow, Row]:
    """Activation, dropout, local response normalization: neither shape nor parameters."""
    return flow, Row("", "", flow.shape, Cost(), 0, flow.seen)


def channel_shuffle(flow: Flow, given: Given) -> tuple[Flow, Row]:
    """Channels dealt out anew among groups."""
    groups = _count(given, "groups")
    if flow.map.channels % groups:
        raise Refusal(f"{groups} groups do not divide {flow.map.channels} channels", "groups")
    return in_place(flow, given)


def squeeze_excite(flow: Flow, given: Given) -> tuple[Flow, Row]:
    """Global average, two 1x1 convolutions with bias, a factor for each channel (Hu et al. 2018)."""
    channels, squeezed = flow.map.channels, _count(given, "squeezed")
    weights = 2 * channels * squeezed
    cost = Cost(weights, channels + squeezed, macs=weights)
    return replace(flow, seen=None), Row("", "", flow.shape, cost, flow.elements + channels + squeezed, None)


def layernorm(flow: Flow, given: Given) -> tuple[Flow, Row]:
    """A scale and a shift for each channel."""
    return flow, Row("", "", flow.shape, Cost(norms=2 * flow.map.channels), flow.elements, flow.seen)


def tokens(flow: Flow, given: Given) -> tuple[Flow, Row]:
    """Pixels as tokens, a class token before them unless told otherwise, a trained position for each (Dosovitskiy et al. 2021)."""
    extra = 0 if given.get("class_token", True) is False else 1
    count, width = flow.map.height * flow.map.width + extra, flow.map.channels
    out = Flow(Map(width), None, count)
    return out, Row("", "", out.shape, Cost(weights=count * width + extra * width), out.elements, None)


def transformer_layer(flow: Flow, given: Given) -> tuple[Flow, Row]:
    """Multi-head self-attention and a two-layer perceptron, each behind a layer norm and beside a shortcut (Vaswani et al. 2017)."""
    heads, hidden = _count(given, "heads"), _count(given, "mlp_dim")
    count, width = flow.tokens, flow.map.channels
    if not count:
        raise Refusal("takes tokens; put `tokens` before it", "transformer_layer")
    if width % heads:
        raise Refusal(f"{heads} heads do not divide a width of {width}", "heads")
    weights = attention_weights(width, 4, bias=False) + 2 * width * hidden
    cost = Cost(weights, 4 * width + hidden + width, 2 * 2 * width, count * weights)
    elements = count * (4 * width + hidden + 4 * width) + heads * count * count
    return flow, Row("", "", flow.shape, cost, elements, None, attention_macs=2 * count * count * width)


def class_token(flow: Flow, given: Given) -> tuple[Flow, Row]:
    """The first token alone."""
    if not flow.tokens:
        raise Refusal("takes tokens; put `tokens` before it", "class_token")
    out = Flow(Map(flow.map.channels), None, is_flat=True)
    return out, Row("", "", out.shape, Cost(), 0, None)


UNITS: Mapping[str, Unit] = {
    "activation": in_place,
    "dropout": in_place,
    "local_response_norm": in_place,
    "channel_shuffle": channel_shuffle,
    "squeeze_excite": squeeze_excite,
    "layernorm": layernorm,
    "tokens": tokens,
    "transformer_layer": transformer_layer,
    "class_token": class_token,
}
