"""CSV as found questions: our own columns, else the first line's ``question`` (or ``prompt``, ``front``) and ``answer`` (or ``back``)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from quizcnn.errors import UsageError
from quizcnn.interop.found import MOST_QUESTIONS, Found, FoundGap, FoundOption, Skipped
from quizcnn.interop.sheet import PAIR, unguarded
from quizcnn.text import Text

FRONT = ("prompt", "question", "front")
BACK = ("key", "answer", "back")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
Row = Mapping[str, str]


def read_csv(text: str, where: str) -> Iterator[Found | Skipped]:
    """The questions of a table. Raises ``UsageError`` where it has no column to ask from."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = [name.strip().lower() for name in reader.fieldnames or ()]
    if not any(name.removesuffix("_en").removesuffix("_zh") in FRONT for name in columns):
        raise UsageError(f"has no column called {' or '.join(FRONT)}", where=f"{where}:1", mend="name the columns in the first line")  # fmt: skip
    reader.fieldnames = columns
    for number, cells in enumerate(reader, 1):
        if number > MOST_QUESTIONS:
            raise UsageError(f"holds more than {MOST_QUESTIONS} lines", where=where, mend="cut it in parts")
        yield _read({name: unguarded(cell or "").strip() for name, cell in cells.items() if isinstance(name, str) and not isinstance(cell, list)}, number)  # fmt: skip


def _both(row: Row, *names: str) -> Text:
    """A text of the first of these columns that is filled; one language stands for both."""
    for name in names:
        en, zh, one = row.get(f"{name}_en", ""), row.get(f"{name}_zh", ""), row.get(name, "")
        if en or zh or one:
            return Text(en or one or zh, zh or one or en)
    return Text("", "")


def _lines(row: Row, name: str) -> list[Text]:
    """The lines of a cell in both languages."""
    text = _both(row, name)
    en, zh = text.en.split("\n"), text.zh.split("\n")
    return [Text(a, b) for a, b in zip(en, zh, strict=True)] if text.en and len(en) == len(zh) else []


def _read(row: Row, number: int) -> Found | Skipped:
    name = row.get("id") or f"line {number + 1}"
    prompt = _both(row, *FRONT)
    if not prompt.en:
        return Skipped(name, "nothing is asked")
    values: dict[str, object] = {
        "name": name,
        "prompt": prompt,
        "explanation": _both(row, "explanation"),
        "hints": tuple(_lines(row, "hints")),
        "source": row.get("source", ""),
        "tags": _tags(row),
    }
    lost = [f"{what} dropped" for what, column in (("figure", "figure_en"), ("steps", "steps_en"), ("mistakes", "mistakes_en")) if row.get(column)]  # fmt: skip
    kind, body = _body(row, prompt)
    return Found(**{**values, **body, "kind": kind, "lost": tuple(lost)})  # type: ignore[arg-type]


def _tags(row: Row) -> tuple[str, ...]:
    named = [f"{name}::{row[name]}" for name in ("topic", "difficulty") if row.get(name)]
    return (*named, *row.get("tags", "").split())


def _body(row: Row, prompt: Text) -> tuple[str, dict[str, object]]:
    items, kind = _lines(row, "items"), row.get("kind", "")
    marked = [item for item in items if item.en.startswith(("[x] ", "[ ] "))]
    if items and len(marked) == len(items):
        return "choice", _options(row, items)
    if kind == "ordering" and items:
        return "ordering", {"items": tuple(items)}
    if kind == "matching" and items:
        return "matching", _pairs(items)
    if kind in ("recall", "short_answer") and items:
        return "recall", {"back": tuple(items)}
    answer = row.get("answer", "")
    names = list(dict.fromkeys(re.findall(r"\[\[([a-z0-9]+)\]\]", prompt.en)))
    typed = [part.strip() for part in answer.split(";")]
    if names and len(names) == len(typed):
        return "cloze", {"gaps": tuple(_gap(name, part) for name, part in zip(names, typed, strict=True))}
    if kind == "numeric" and answer:
        asked = " ".join(f"[[g{place}]]" for place in range(1, len(typed) + 1))
        gaps = tuple(_gap(f"g{place}", part) for place, part in enumerate(typed, 1))
        return "cloze", {"prompt": prompt.map(lambda each: f"{each}\n\n{asked}"), "gaps": gaps}
    return "recall", {"back": (_both(row, *BACK),)}


def _options(row: Row, items: Sequence[Text]) -> dict[str, object]:
    whys = _lines(row, "why")
    told = whys if len(whys) == len(items) else [Text("", "")] * len(items)
    options = tuple(FoundOption(item.map(lambda each: each[4:]), why, item.en.startswith("[x]")) for item, why in zip(items, told, strict=True))  # fmt: skip
    return {"options": options, "multiple": sum(option.key for option in options) > 1}


def _pairs(items: Sequence[Text]) -> dict[str, object]:
    spare = tuple(item.map(lambda each: each.removeprefix(PAIR.lstrip())) for item in items if item.en.startswith(PAIR.lstrip()))  # fmt: skip
    sides = [(item.en.partition(PAIR), item.zh.partition(PAIR)) for item in items if not item.en.startswith(PAIR.lstrip())]  # fmt: skip
    return {"pairs": tuple((Text(en[0], zh[0]), Text(en[2], zh[2])) for en, zh in sides), "spare": spare}


def _gap(name: str, answer: str) -> FoundGap:
    if _NUMBER.fullmatch(answer):
        return FoundGap(name, number=answer.removeprefix("+"))
    return FoundGap(name, accept=tuple(form.strip() for form in answer.split("|")))
