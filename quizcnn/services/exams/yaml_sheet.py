"""The YAML spelling: ``paper``, ``name``, ``answers`` by printed number or id, lists for parts; a list of such sheets for several people.

Every scalar stays the text that was written, so that ``0.2300`` keeps its digits even without quotes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from quizcnn.bank.document import DocumentError, read_document
from quizcnn.errors import UsageError
from quizcnn.services.exams.keys import HEADS, fold_head, read_key
from quizcnn.services.exams.sheets import WHOLE, Doubt, Key, RawSheet, Typed, said_twice
from quizcnn.text import Text

Node: TypeAlias = "str | Sequence[Node] | Mapping[str, Node]"
ANSWERS = frozenset({"answers", "answer", "答案"})


def read_yaml(file: str, text: str, notes: tuple[Text, ...] = ()) -> list[RawSheet]:
    """The sheets of a YAML file. ``UsageError`` with the place where it is none."""
    import yaml

    try:
        document = read_document(text.encode())
    except DocumentError as error:
        raise UsageError(error.message, where=f"{file}:{error.place.line}:{error.place.column}") from None
    data: Node = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)) or {}
    twice = tuple(
        Text(f"line {error.place.line}: {error.message}", f"第 {error.place.line} 行：有重复的键")
        for error in document.repeated
    )
    sheets = data if isinstance(data, list) else [data]
    return [_sheet(file, sheet, (*notes, *twice), document.repeated) for sheet in sheets]


def _sheet(file: str, data: Node, notes: tuple[Text, ...], repeated: Sequence[DocumentError]) -> RawSheet:
    if not isinstance(data, Mapping):
        raise UsageError("must hold paper, name and answers", where=file)
    head: dict[str, str] = {}
    answers: dict[Key, dict[str, Typed]] = {}
    doubts: list[Doubt] = []
    more: list[Text] = []
    for name, value in data.items():
        folded = fold_head(name)
        if folded in ANSWERS and isinstance(value, Mapping):
            for key, answer in value.items():
                _put(key, answer, answers, doubts)
        elif folded in HEADS and isinstance(value, str):
            head[HEADS[folded]] = value.strip()
        elif folded not in ANSWERS or value:
            more.append(Text(f"{name[:40]!r} is neither paper, name nor answers", f"{name[:40]!r} 不是 paper、name 或 answers"))  # fmt: skip
    return RawSheet(
        file,
        head.get("name", ""),
        head.get("code", ""),
        head.get("letter", ""),
        answers,
        (*doubts, *_doubled(repeated)),
        (*notes, *more),
    )


def _doubled(repeated: Sequence[DocumentError]) -> list[Doubt]:
    """A key that stands twice: YAML keeps the last, so neither is believed."""
    found: list[Doubt] = []
    for error in repeated:
        named = read_key(error.message.split("'")[1]) if "'" in error.message else None
        if named:
            place = f"line {error.place.line}"
            why = Text(f"{place}: {named[0]} is answered twice; keep one", f"第 {error.place.line} 行：第 {named[0]} 题答了两次，只留一个")  # fmt: skip
            found.append(Doubt((named[0],), place, why))
    return found


def _put(name: str, value: Node, answers: dict[Key, dict[str, Typed]], doubts: list[Doubt]) -> None:
    named = read_key(name)
    if named is None:
        return
    key, part = named
    parts = answers.setdefault(key, {})
    for own_part, typed in _typed(part, value, f"answers.{name}"):
        before = parts.get(own_part)
        if before is not None and before.text and typed.text and typed.text != before.text:
            doubts.append(said_twice(key, before, typed))
        elif before is None or not before.text:
            parts[own_part] = typed


def _typed(part: str, value: Node, place: str) -> list[tuple[str, Typed]]:
    """One text, a list as it would be typed, or parts by their letters."""
    if isinstance(value, str):
        return [(part, Typed(value.strip(), place))]
    if isinstance(value, Mapping):
        return [(fold_head(name), Typed(_flat(each), f"{place}.{name}")) for name, each in value.items()]
    if not part and value and all(isinstance(each, str) for each in value):
        items = tuple(str(each).strip() for each in value)
        return [(WHOLE, Typed(_flat(value) if any(items) else "", place, items))]
    return [(part, Typed(_flat(value), place))]


def _flat(value: Node) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_flat(each)}" for name, each in value.items())
    return "[" + ", ".join(_flat(each) for each in value) + "]"
