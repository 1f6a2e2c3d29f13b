"""A traced network as JSON: totals, shapes and receptive fields by layer name, and every layer in full."""

from __future__ import annotations

from quizcnn.networks.state import Row
from quizcnn.networks.trace import Trace
from quizcnn.solvers.layers import Pool
from quizcnn.solvers.values import Json
from quizcnn.text import Lang


def as_json(found: Trace, lang: Lang) -> dict[str, Json]:
    """Everything; ``output_shapes`` and ``receptive_field`` hold the outermost layers that still have a map."""
    network, cost = found.network, found.cost
    maps = [row for row in found.rows if len(row.shape) == 3]
    return {
        "name": network.name,
        "title": network.title[lang],
        "variant": network.variant[lang],
        "source": network.source,
        "input": list(found.size),
        "parameters": cost.parameters,
        "weights": cost.weights,
        "biases": cost.biases,
        "norms": cost.norms,
        "macs": cost.macs,
        "macs_with_attention_products": cost.macs + found.attention_macs,
        "flops": 2 * cost.macs,
        "activation_elements": found.elements,
        "output_shapes": {row.name: list(row.shape) for row in maps},
        "receptive_field": {row.name: row.receptive_field for row in maps},
        "jump": {row.name: row.jump for row in maps},
        "layers": [_row_json(row) for row in found.rows],
    }


def _row_json(row: Row) -> dict[str, Json]:
    found: dict[str, Json] = {
        "name": row.name,
        "kind": row.kind,
        "output_shape": list(row.shape),
        "parameters": row.cost.parameters,
        "weights": row.cost.weights,
        "biases": row.cost.biases,
        "norms": row.cost.norms,
        "macs": row.cost.macs,
        "activation_elements": row.elements,
        "receptive_field": row.receptive_field,
        "jump": row.jump,
    }
    if (layer := row.window) is not None:
        stride = layer.steps if isinstance(layer, Pool) else layer.stride
        found |= {"kernel_size": list(layer.kernel_size), "stride": list(stride), "padding": list(layer.padding)}
        found |= {"groups": getattr(layer, "groups", 1)}
    if row.parts:
        found["layers"] = [_row_json(part) for part in row.parts]
    return found
