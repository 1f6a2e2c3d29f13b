"""The fields of a layer table: for each row its map's height, for each convolution its parameters.

A height is an input of the row below, so that each cell is marked from the learner's own previous row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quizcnn.bank.models import NetworkSource, Part
from quizcnn.generation.networks.choices import layer_facts, rows_from
from quizcnn.networks.state import Row
from quizcnn.solvers.layers import Conv
from quizcnn.solvers.values import Json
from quizcnn.text import Text

HEIGHT = Text("{layer}: height", "{layer}：高")
PARAMETERS = Text("{layer}: parameters", "{layer}：参数量")


def first_label(parameters: Mapping[str, Json]) -> Text:
    """What the first field is called."""
    return HEIGHT.map(lambda text: text.format(layer=parameters["layer"]))


def table_parts(spec: NetworkSource, parameters: Mapping[str, Json]) -> Iterator[Part]:
    """Everything after the first height, row by row."""
    rows = rows_from(spec, parameters)
    yield from _parameters(rows[0])
    above = "out_height"
    for row in rows[1:]:
        yield _height(row, above)
        above = f"{row.name}_out_height"
        yield from _parameters(row)


def _height(row: Row, above: str) -> Part:
    """The map's height from that of the row above."""
    facts = layer_facts(row)
    conv = isinstance(row.layer, Conv)
    given = (
        ("kernel_size", "stride", "padding", "dilation")
        if conv
        else ("kernel_size", "stride", "padding", "dilation", "ceil_mode")
    )
    return Part(
        name=row.name,
        family="conv2d_output_shape" if conv else "pool2d_output_shape",
        ask=("out_height",),
        inputs={
            "in_height": above,
            "in_width": _plain(facts["in_width"]),
            **{name: _plain(facts[name]) for name in given},
        },
        label=HEIGHT.map(lambda text: text.format(layer=row.name)),
    )


def _parameters(row: Row) -> Iterator[Part]:
    """The parameters of a convolution; nothing for a pool."""
    if not isinstance(row.layer, Conv):
        return
    facts = layer_facts(row)
    yield Part(
        name=row.name,
        family="conv2d_parameters",
        ask=("total",),
        inputs={name: _plain(facts[name]) for name in ("in_channels", "out_channels", "kernel_size", "groups", "bias")},
        label=PARAMETERS.map(lambda text: text.format(layer=row.name)),
    )


def _plain(value: Json) -> bool | int:
    return value if isinstance(value, bool | int) else int(str(value))
