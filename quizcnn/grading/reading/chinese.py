"""Traditional Chinese as simplified, words of Taiwan as those of the mainland (記憶體 → 内存)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_HAN = re.compile("[\u3400-\u9fff]")


def has_han(text: str) -> bool:
    return _HAN.search(text) is not None


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("tw2sp")


@lru_cache(maxsize=4096)
def simplified(text: str) -> str:
    """``text`` in simplified characters; text without Han characters as it is."""
    return str(_converter().convert(text)) if has_han(text) else text
