"""What may stand after a number: multipliers (k M G B 万 亿 million ...) and the units that a field declares.

``B`` is bytes where the field declares bytes, else a billion.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_COUNTS: Mapping[str, int] = {
    **dict.fromkeys(("k", "K", "thousand", "千"), 10**3),
    **dict.fromkeys(("M", "m", "mn", "million", "millions", "百万"), 10**6),
    **dict.fromkeys(("G", "g", "B", "b", "bn", "billion", "billions", "十亿"), 10**9),
    **dict.fromkeys(("T", "trillion", "万亿"), 10**12),
    "百": 10**2,
    "万": 10**4,
    "十万": 10**5,
    "千万": 10**7,
    "亿": 10**8,
    "百亿": 10**10,
    "千亿": 10**11,
}
_BYTES: Mapping[str, int] = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}
_BYTE_UNITS = frozenset({"b", "byte", "bytes", "字节", "kb", "mb", "gb", "tb", "kib", "mib", "gib"})

TRADE_UNITS = (
    "params", "param", "parameters", "parameter", "weights", "个参数", "参数", "个", "px", "pixel", "pixels", "像素",
    "MACs", "MAC", "FLOPs", "FLOP", "bits", "bit", "nats", "nat", "bytes", "byte", "字节", "KB", "MB", "GB", "TB",
    "KiB", "MiB", "GiB", "次", "次乘加", "次运算", "channels", "channel", "通道", "个通道",
)  # fmt: skip
"""The units of the trade, for reading a value that no field declares units for."""


COUNT_UNITS = tuple(unit for unit in TRADE_UNITS if unit.casefold() not in _BYTE_UNITS)
"""The same without bytes: ``B`` is then a billion."""


@lru_cache(maxsize=256)
def multipliers(units: tuple[str, ...]) -> Mapping[str, int]:
    """The multipliers that a field with these units knows."""
    declared = {unit.casefold() for unit in units}
    known = dict(_COUNTS)
    if "b" in declared or declared & {"byte", "bytes", "字节"}:
        known |= _BYTES
    if declared & _BYTE_UNITS:
        known = {name: size for name, size in known.items() if name not in ("B", "b")}
    return known


@lru_cache(maxsize=256)
def ending(units: tuple[str, ...]) -> re.Pattern[str] | None:
    """A pattern that finds one of the units at the end of a text, the longest first; None where there are none."""
    names = {unit.casefold() for unit in units}
    if names & {"byte", "bytes", "字节"}:
        names |= {"b", "byte", "bytes", "字节"}
    if not names:
        return None
    choices = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.compile(rf" ?(?:{choices})$", re.IGNORECASE)
