"""The text of an answer file: UTF-8 with or without a byte order mark, else GB 18030, which the report says.

What steers a terminal or turns the direction of writing is dropped: names and answers are shown as they were typed.
"""

from __future__ import annotations

import re
from pathlib import Path

from quizcnn.errors import UsageError
from quizcnn.text import Text

_STEERING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MOST_BYTES = 2 * 1024 * 1024
IN_GB = Text("the file is read as GB 18030, not UTF-8", "文件按 GB 18030 读取，不是 UTF-8")


def read_text(file: Path) -> tuple[str, tuple[Text, ...]]:
    """The file's text and what is to be said of its encoding. ``UsageError`` where it cannot be read at all."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror or error}", where=str(file)) from None
    if len(content) > MOST_BYTES:
        raise UsageError(f"has {len(content):,} bytes; an answer file has at most {MOST_BYTES:,}", where=str(file))
    return decode(content, str(file))


def decode(content: bytes, name: str) -> tuple[str, tuple[Text, ...]]:
    """As :func:`read_text`, from bytes."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UsageError("is UTF-16", where=name, mend="save it as UTF-8")
    try:
        return _STEERING.sub("", content.decode("utf-8-sig")), ()
    except UnicodeDecodeError:
        pass
    try:
        return _STEERING.sub("", content.decode("gb18030")), (IN_GB,)
    except UnicodeDecodeError:
        raise UsageError("is neither UTF-8 nor GB 18030", where=name, mend="save it as UTF-8") from None
