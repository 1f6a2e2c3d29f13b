"""The statistics for other programs: as JSON names and values, and as CSV with one figure a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from quizcnn.errors import UsageError
from quizcnn.services.statistics.values import AreaSkill, Counts, Skill, Statistics
from quizcnn.text import Lang

Json = dict[str, object]
HEAD = ("table", "line", "from", "to", "figure", "value")
Line = tuple[str, str, str, str, str, object]


def as_json(found: Statistics, lang: Lang) -> Json:
    """Every figure by name; shares from 0 to 1, null where nothing can be said."""
    return {
        "span": str(found.span),
        "from": found.since.isoformat() if found.since else None,
        "to": found.today.isoformat(),
        "goal": found.goal,
        "questions": found.questions,
        "seen": found.seen,
        **_counts(found.counts),
        "remembered": _rounded(found.remembered),
        "enough": found.enough,
        "periods": [
            {"from": each.period.first.isoformat(), "to": each.period.last.isoformat(), **_counts(each.counts)}
            for each in found.periods
        ],
        "due": [{"day": each.day.isoformat(), "cards": each.cards} for each in found.due],
        "mistakes": [
            {"mistake": each.slug, "label": each.label[lang], "count": each.total, "periods": list(each.times)}
            for each in found.mistakes
        ],
        "areas": [_area(area, lang) for area in found.areas],
        "kinds": [
            {"kind": each.kind, "seconds": _rounded(each.counts.seconds_each, 1), **_counts(each.counts)}
            for each in found.kinds
        ],
        "recall": [
            {
                "least": each.least,
                "most": each.most,
                "reviews": each.reviews,
                "predicted": _rounded(each.predicted),
                "observed": _rounded(each.observed),
            }
            for each in found.recall
        ],
    }


def _rounded(value: float | None, digits: int = 4) -> float | None:
    return None if value is None else round(value, digits)


def _counts(counts: Counts) -> Json:
    return {
        "attempts": counts.attempts,
        "correct": counts.correct,
        "partial": counts.partial,
        "reviews": counts.reviews,
        "remembered": _rounded(counts.remembered),
        "minutes": counts.minutes,
    }


def _area(area: AreaSkill, lang: Lang) -> Json:
    topics = [_skill("topic", topic, lang) for topic in area.topics]
    return {**_skill("area", area.skill, lang), "topics": topics}


def _skill(what: str, skill: Skill, lang: Lang) -> Json:
    return {
        what: skill.slug,
        "name": skill.name[lang],
        "questions": skill.questions,
        "seen": skill.seen,
        "known": _rounded(skill.known),
        **_counts(skill.counts),
    }


def as_csv(found: Statistics) -> str:
    """One figure a line: table, line, first and last day, name of the figure, value; a share that cannot be said is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(_lines(found))
    return text.getvalue()


def write_csv(found: Statistics, folder: Path) -> Path:
    """Write the CSV into a new file of the folder, never over another. Raises ``UsageError`` where it cannot be written."""
    stem = f"quizcnn-statistics-{found.today.isoformat()}"
    for number in count(1):
        path = folder / f"{stem}{'' if number == 1 else f'-{number}'}.csv"
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(as_csv(found))
        except FileExistsError:
            continue
        except OSError as error:
            raise UsageError(f"cannot be written: {error.strerror}", where=str(path), mend="start quizcnn in a folder of your own") from None  # fmt: skip
        else:
            break
    return path


def _lines(found: Statistics) -> Iterator[Line]:
    first, last = found.since.isoformat() if found.since else "", found.today.isoformat()
    yield "all", "", first, last, "goal", found.goal
    yield from _figures("all", "", first, last, {"questions": found.questions, "seen": found.seen})
    yield from _figures("all", "", first, last, _counts(found.counts) | {"remembered": _rounded(found.remembered)})
    for each in found.periods:
        span = each.period.first.isoformat(), each.period.last.isoformat()
        yield from _figures("periods", "", *span, _counts(each.counts))
    for due in found.due:
        yield "due", "", due.day.isoformat(), due.day.isoformat(), "cards", due.cards
    for mistake in found.mistakes:
        for each, times in zip(found.periods, mistake.times, strict=True):
            span = each.period.first.isoformat(), each.period.last.isoformat()
            yield "mistakes", mistake.slug, *span, "count", times
    for area in found.areas:
        yield from _skill_lines("areas", area.skill, first, last)
        for topic in area.topics:
            yield from _skill_lines("topics", topic, first, last)
    for kind in found.kinds:
        seconds = {"seconds": _rounded(kind.counts.seconds_each, 1)}
        yield from _figures("kinds", kind.kind, first, last, seconds | _counts(kind.counts))
    for bin_ in found.recall:
        values: Json = {
            "reviews": bin_.reviews,
            "predicted": _rounded(bin_.predicted),
            "observed": _rounded(bin_.observed),
        }
        yield from _figures("recall", f"{bin_.least:g}-{bin_.most:g}", first, last, values)


def _skill_lines(table: str, skill: Skill, first: str, last: str) -> Iterator[Line]:
    values: Json = {"questions": skill.questions, "seen": skill.seen, "known": _rounded(skill.known)}
    yield from _figures(table, skill.slug, first, last, values | _counts(skill.counts))


def _figures(table: str, line: str, first: str, last: str, values: Json) -> Iterator[Line]:
    for figure, value in values.items():
        yield table, line, first, last, figure, "" if value is None else value
