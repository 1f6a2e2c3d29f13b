"""The code on every page of a paper: five characters that name the version's frozen content, and one that checks them.

The alphabet is Crockford's base 32, which has no I, L, O or U. The check is a sum over GF(32) with a different factor for each
place, so that one wrong character and two exchanged neighbours are always noticed.
"""

from __future__ import annotations

import re
from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 5
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})
_POLYNOMIAL = 0b100101


def make_code(content: bytes) -> str:
    """The code of a paper with this frozen content, as it is printed: ``K7QF-2M``."""
    number = int.from_bytes(sha256(content).digest()[:8], "big") >> (64 - 5 * LENGTH)
    body = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    code = body + check_character(body)
    return f"{code[:4]}-{code[4:]}"


def check_character(body: str) -> str:
    """The character that follows ``body``."""
    total = 0
    for char in body:
        total = _double(total ^ ALPHABET.index(char))
    return ALPHABET[total]


def read_code(typed: str) -> str | None:
    """A typed code as it is printed, None where it cannot be one (a character is wrong or missing)."""
    plain = re.sub(r"[\s\-–—_]", "", typed).upper().translate(_LOOKALIKES)
    if len(plain) != LENGTH + 1 or any(char not in ALPHABET for char in plain):
        return None
    return f"{plain[:4]}-{plain[4:]}" if check_character(plain[:LENGTH]) == plain[LENGTH] else None


def _double(value: int) -> int:
    """``value`` times x in GF(32)."""
    value <<= 1
    return value ^ _POLYNOMIAL if value & 32 else value
