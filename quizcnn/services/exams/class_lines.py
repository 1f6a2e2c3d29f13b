"""The class report as plain lines, as JSON and as CSV by question id. In CSV no cell of text can be taken for a formula by a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from quizcnn.services.exams.class_report import (
    CORRELATED_FROM,
    ClassReport,
    Named,
    PersonFigures,
    QuestionFigures,
    named,
)
from quizcnn.services.exams.report import amount
from quizcnn.text import Lang, Text, display_width, pad, truncate

MOST_MISTAKES = 3
LABEL_WIDTH = 64
FEW = Text(
    "Discrimination needs at least {least} sheets, these are {count}.",
    "区分度至少需要 {least} 份答卷，现有 {count} 份。",
)
HEADS = Text("sheets facility discr. 27% blank", "份数  得分率  区分度  27%   空白")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|")


def class_lines(report: ClassReport, lang: Lang) -> Iterator[str]:
    """The report for a terminal."""
    yield from _head(report, lang)
    yield ""
    width = max((display_width(each.id) for each in report.questions), default=2) + 2
    yield pad("", width) + HEADS[lang]
    for question in report.questions:
        yield from _question(question, width, lang)
    few = len(report.people) < CORRELATED_FROM
    if few:
        yield FEW[lang].format(least=CORRELATED_FROM, count=len(report.people))
    yield ""
    for person in report.people:
        yield _person(person, lang)


def _head(report: ClassReport, lang: Lang) -> Iterator[str]:
    versions = ", ".join(f"{letter} {count}" for letter, count in report.by_version.items())
    if lang == "en":
        yield f"{report.title.en} · {len(report.people)} sheet{'s' * (len(report.people) != 1)} ({versions}) · {amount(report.points)} points"
        yield f"mean {_percent(report.mean)}, median {_percent(report.median)}, standard deviation {_percent(report.spread)}"
    else:
        yield f"{report.title.zh} · {len(report.people)} 份答卷（{versions}） · 满分 {amount(report.points)} 分"
        yield f"平均 {_percent(report.mean)}，中位数 {_percent(report.median)}，标准差 {_percent(report.spread)}"
    if report.unsettled:
        yield f"? {report.unsettled} answers could not be read and are left out below" if lang == "en" else f"? {report.unsettled} 个答案无法读取，下面未计入"  # fmt: skip
    if report.refused:
        yield f"! {report.refused} sheets were not marked; `quizcnn exam grade` says why" if lang == "en" else f"! {report.refused} 份答卷未评分；用 `quizcnn exam grade` 查看原因"  # fmt: skip


def _question(question: QuestionFigures, width: int, lang: Lang) -> Iterator[str]:
    cells = (
        pad(str(question.sheets), 6, align="right"),
        pad(_share(question.facility), 8, align="right"),
        pad(_share(question.discrimination), 6, align="right"),
        pad(_share(question.parted), 5, align="right"),
        pad(str(question.blank + question.not_reached), 5, align="right"),
    )
    yield pad(question.id, width) + " ".join(cells)
    for mistake in _wrong(question):
        yield f"    ✗ {mistake.count}× {_label(mistake, lang)}"
    if question.notes:
        yield f"    ! {named(question.notes, lang)}"


def _wrong(question: QuestionFigures) -> tuple[Named, ...]:
    """What went wrong most often."""
    wrong = question.mistakes or tuple(each for each in question.options if each.count and not each.right)
    return wrong[:MOST_MISTAKES]


def _label(mistake: Named, lang: Lang) -> str:
    share = f"({_percent(mistake.share)})" if lang == "en" else f"（{_percent(mistake.share)}）"
    return f"{truncate(' '.join(mistake.label[lang].split()), LABEL_WIDTH)} {share}"


def _person(person: PersonFigures, lang: Lang) -> str:
    points = f"{amount(person.points)}/{amount(person.out_of)}"
    settle = (f"  ? {person.unsettled}" if person.unsettled else "") if lang == "en" else (f"  ？{person.unsettled}" if person.unsettled else "")  # fmt: skip
    drill = f"  {'drill' if lang == 'en' else '练'} {', '.join(person.drill)}" if person.drill else ""
    return f"{pad(truncate(person.name, 24), 25)}{person.letter:<3}{points:>9} {_percent(person.share):>5}{settle}{drill}"  # fmt: skip


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


QUESTION_HEAD = Text(
    "Question|Topic|Numbers|Sheets|Facility|Discrimination|Upper less lower 27%|Blank|Not reached|Unreadable|What went wrong|Notes",
    "题目|知识点|题号|份数|得分率|区分度|高低 27% 之差|空白|未做到|无法读取|常见错误|说明",
)
PERSON_HEAD = Text("Name|Version|Points|Share|To settle|To drill next", "姓名|试卷|得分|得分率|待核|接下来练")
HEADINGS = Text("Questions|People", "题目|考生")


def class_head(report: ClassReport, lang: Lang) -> tuple[str, ...]:
    """The lines above the tables."""
    few = FEW[lang].format(least=CORRELATED_FROM, count=len(report.people))
    return (*_head(report, lang), *((few,) if len(report.people) < CORRELATED_FROM else ()))


def question_rows(report: ClassReport, lang: Lang) -> tuple[tuple[str, ...], ...]:
    """One row of texts a question, for the columns of ``QUESTION_HEAD``."""
    return tuple(
        (
            each.id,
            each.topic[lang],
            " ".join(f"{letter}{number}" for letter, number in each.numbers.items()),
            str(each.sheets),
            *(_share(value) for value in (each.facility, each.discrimination, each.parted)),
            *(str(count) for count in (each.blank, each.not_reached, each.unreadable)),
            "; ".join(f"{wrong.count}× {' '.join(wrong.label[lang].split())}" for wrong in _wrong(each)),
            named(each.notes, lang),
        )
        for each in report.questions
    )


def person_rows(report: ClassReport, lang: Lang) -> tuple[tuple[str, ...], ...]:
    """One row of texts a person, for the columns of ``PERSON_HEAD``."""
    return tuple(
        (
            each.name,
            each.letter,
            f"{amount(each.points)}/{amount(each.out_of)}",
            _percent(each.share),
            str(each.unsettled or ""),
            (", " if lang == "en" else "、").join(each.drill),
        )
        for each in report.people
    )


def class_json(report: ClassReport, lang: Lang) -> dict[str, Any]:
    """The report as the command line's JSON."""
    return {
        "title": report.title[lang],
        "points": report.points,
        "sheets": len(report.people),
        "versions": dict(report.by_version),
        "mean": _rounded(report.mean),
        "median": _rounded(report.median),
        "standard_deviation": _rounded(report.spread),
        "questions": [_question_json(question, lang) for question in report.questions],
        "people": [
            {
                "name": person.name,
                "version": person.letter,
                "points": person.points,
                "out_of": person.out_of,
                "unsettled": person.unsettled,
                "drill": list(person.drill),
            }
            for person in report.people
        ],
        "unsettled": report.unsettled,
        "refused": report.refused,
    }


def _question_json(question: QuestionFigures, lang: Lang) -> dict[str, Any]:
    return {
        "id": question.id,
        "topic": question.topic[lang],
        "kind": question.kind,
        "numbers": dict(question.numbers),
        "sheets": question.sheets,
        "facility": _rounded(question.facility),
        "discrimination": _rounded(question.discrimination),
        "upper_less_lower": _rounded(question.parted),
        "blank": question.blank,
        "not_reached": question.not_reached,
        "unreadable": question.unreadable,
        "mistakes": [_named_json(each, lang) for each in question.mistakes],
        "options": [{**_named_json(each, lang), "right": each.right} for each in question.options],
        "by_version": {letter: _rounded(share) for letter, share in question.by_version.items()},
        "notes": [note[lang] for note in question.notes],
    }


def _named_json(each: Named, lang: Lang) -> dict[str, Any]:
    return {"slug": each.slug, "label": each.label[lang], "count": each.count, "share": _rounded(each.share)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def class_csv(report: ClassReport, lang: Lang) -> str:
    """One line a question, by id."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = ("sheets", "facility", "discrimination", "upper_less_lower", "blank", "not_reached", "unreadable")
    writer.writerow(["id", "topic", "kind", *columns, "mistake", "mistake_count", "notes"])
    for question in report.questions:
        told = _question_json(question, lang)
        first = question.mistakes[0] if question.mistakes else None
        texts = (first.label[lang] if first else "", first.count if first else "", named(question.notes, lang))
        row = [told["id"], told["topic"], told["kind"], *(told[name] for name in columns), *texts]
        writer.writerow([_guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
