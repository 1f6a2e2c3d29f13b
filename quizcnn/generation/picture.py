"""The figure of a variant: the entry's figure with this variant's numbers in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from quizcnn.solvers.values import Json

if TYPE_CHECKING:
    from quizcnn.figures.figure import Figure


def figure_of(form: Mapping[str, Json] | None, values: Mapping[str, Json]) -> Figure | None:
    """The filled figure, or None where the entry has none. Raises ``BankError`` for a form that is no figure."""
    if form is None:
        return None
    from quizcnn.figures.figure import read_figure
    from quizcnn.figures.filling import fill

    return fill(read_figure(form), values)
