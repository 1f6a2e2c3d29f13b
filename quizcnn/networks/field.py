"""What a unit sees of the input: the size of its receptive field and the step to the next unit, per axis, along the longest path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from quizcnn.solvers.layers import Reach
from quizcnn.solvers.primitives import grow_field


@dataclass(frozen=True, slots=True)
class Field:
    """Receptive field and jump (product of the strides so far) per axis (height, width), in input pixels."""

    size: tuple[int, int] = (1, 1)
    jump: tuple[int, int] = (1, 1)


Seen: TypeAlias = Field | None
"""None where a unit sees everything."""


def after(seen: Seen, reach: Reach) -> Seen:
    """What a unit sees after a layer with this reach."""
    if seen is None or reach is None:
        return None
    (kh, sh, dh), (kw, sw, dw) = reach
    (high, wide), (down, across) = seen.size, seen.jump
    return Field((grow_field(high, down, kh, dh), grow_field(wide, across, kw, dw)), (down * sh, across * sw))


def joined(*paths: Seen) -> Seen:
    """What a unit sees that several paths lead to: the longest decides; None where their steps differ."""
    fields = [path for path in paths if path is not None]
    if len(fields) < len(paths) or len({path.jump for path in fields}) > 1:
        return None
    height, width = (max(path.size[axis] for path in fields) for axis in (0, 1))
    return Field((height, width), fields[0].jump)
