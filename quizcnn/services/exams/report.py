"""The report on marked sheets: per person points by part and topic, a line for every question, mistakes, and what to drill next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from quizcnn.errors import UsageError
from quizcnn.figures.mathematics import one_line
from quizcnn.services.exams.collecting import Refused, collect, find_answer_files
from quizcnn.services.exams.corrections import Correction, read_corrections
from quizcnn.services.exams.manifest import RULES, Manifest, read_manifest
from quizcnn.services.exams.marking import Settle, mark_sheet
from quizcnn.services.exams.marks import Mark, Marked, State
from quizcnn.text import Lang, Text, pad, truncate

SYMBOLS: dict[State, str] = {
    "right": "✓", "partial": "◐", "near": "~", "mistake": "✗", "wrong": "✗", "blank": "·", "not_reached": "·", "unreadable": "?", "void": "○",
}  # fmt: skip
WORDS: dict[State, Text] = {
    "right": Text("right", "正确"),
    "partial": Text("partly right", "部分正确"),
    "near": Text("nearly", "接近"),
    "mistake": Text("wrong, mistake known", "错误，错因已知"),
    "wrong": Text("wrong", "错误"),
    "blank": Text("blank", "空"),
    "not_reached": Text("not reached", "未做到"),
    "unreadable": Text("not readable, to settle", "无法读取，待定"),
    "void": Text("void, all get the points", "作废，人人得分"),
}
HIDDEN = Text("see the report with names", "见实名报告")
MOST_TO_DRILL = 3
READ_WIDTH, KEY_WIDTH = 26, 30


@dataclass(frozen=True, slots=True)
class Report:
    manifest: Manifest
    marked: tuple[Marked, ...]
    refused: tuple[Refused, ...]

    @property
    def unsettled(self) -> int:
        """Answers that could not be read, over all sheets."""
        return sum(sheet.unsettled for sheet in self.marked)


@dataclass(frozen=True, slots=True)
class Tally:
    """Points of a part or a topic."""

    name: str
    title: Text
    points: float
    out_of: float

    @property
    def lost(self) -> float:
        return round(self.out_of - self.points, 2)


def grade_files(
    manifest_file: Path,
    paths: Sequence[Path],
    lang: Lang,
    *,
    latest: bool = False,
    pseudonyms: bool = False,
    settle: Settle | None = None,
    more: Sequence[Correction] = (),
) -> Report:
    """The report on the answer files, by the corrections beside them and ``more``; ``UsageError`` where the manifest or a path cannot
    be used.

    With ``pseudonyms`` people are numbered in the order of their names; ``settle`` is asked about what cannot be read.
    """
    manifest = read_manifest(manifest_file)
    claimed, refused = collect(manifest, find_answer_files(paths), latest=latest)
    chosen = {number: section.choose for number, section in enumerate(manifest.sections)}
    corrections = (*read_corrections(manifest, paths), *more)
    marked = tuple(mark_sheet(sheet, chosen, lang, settle, corrections) for sheet in claimed)
    if not marked and not refused:
        raise UsageError("there is nothing to mark")
    report = Report(manifest, marked, tuple(refused))
    return _numbered(report) if pseudonyms else report


def _numbered(report: Report) -> Report:
    """The report with a number in place of every name and file."""
    names = sorted({sheet.name for sheet in report.marked} | {refused.name for refused in report.refused})
    number = {name: f"{place:02d}" for place, name in enumerate(names, 1)}
    marked = tuple(replace(sheet, name=number[sheet.name], file=number[sheet.name]) for sheet in report.marked)
    refused = tuple(
        replace(each, name=number[each.name], file=number[each.name], why=HIDDEN) for each in report.refused
    )
    return Report(report.manifest, marked, refused)


def by_section(manifest: Manifest, sheet: Marked) -> tuple[Tally, ...]:
    """Points part by part."""
    return tuple(
        Tally(
            str(number + 1),
            section.title,
            round(sum(mark.points for mark in sheet.marks if mark.counts and mark.question.section == number), 2),
            float(sum(mark.question.points for mark in sheet.marks if mark.counts and mark.question.section == number)),
        )
        for number, section in enumerate(manifest.sections)
    )


def by_topic(sheet: Marked) -> tuple[Tally, ...]:
    """Points topic by topic, over the questions that count, in the order of the paper."""
    found: dict[str, list[Mark]] = {}
    for mark in sheet.marks:
        if mark.counts:
            found.setdefault(mark.question.topic, []).append(mark)
    return tuple(
        Tally(
            topic,
            marks[0].question.topic_title,
            round(sum(mark.points for mark in marks), 2),
            float(sum(mark.question.points for mark in marks)),
        )
        for topic, marks in found.items()
    )


def to_drill(sheet: Marked) -> tuple[Tally, ...]:
    """The topics on which most points were lost."""
    lost = [topic for topic in by_topic(sheet) if topic.lost > 0]
    return tuple(sorted(lost, key=lambda topic: (-topic.lost, topic.points / topic.out_of, topic.name))[:MOST_TO_DRILL])


def amount(points: float) -> str:
    return f"{points:.2f}".rstrip("0").rstrip(".")


def report_lines(report: Report, lang: Lang) -> Iterator[str]:
    """The report as plain lines."""
    manifest = report.manifest
    if manifest.rules != RULES:
        yield (
            f"made under reading rules {manifest.rules}, read by rules {RULES}: look at close calls again"
            if lang == "en"
            else f"试卷按第 {manifest.rules} 版读取规则制作，现按第 {RULES} 版读取：临界的分数请再看一遍"
        )
    for sheet in report.marked:
        yield from _person(manifest, sheet, lang)
        yield ""
    for refused in report.refused:
        name = f" ({refused.name})" if refused.name else ""
        words = "not marked" if lang == "en" else "未评分"
        yield f"{refused.file}{name}: {words}: {refused.why[lang]}"


def _person(manifest: Manifest, sheet: Marked, lang: Lang) -> Iterator[str]:
    total, out_of = amount(sheet.points), amount(sheet.out_of)
    percent = f"{100 * sheet.points / (sheet.out_of or 1):.0f}"
    if lang == "en":
        yield f"{sheet.name} · version {sheet.paper.letter} ({sheet.paper.code}) · {total} of {out_of} points, {percent} %"
    else:
        yield f"{sheet.name} · 试卷 {sheet.paper.letter}（{sheet.paper.code}） · {total}/{out_of} 分，{percent}%"
    if sheet.unsettled:
        yield f"  ? {sheet.unsettled} to settle: not readable, counted as 0" if lang == "en" else f"  ? {sheet.unsettled} 题无法读取，暂按 0 分"  # fmt: skip
    if sheet.was:
        before = f"{amount(sheet.was[0])}/{amount(sheet.was[1])}"
        yield f"  corrected by a person: {before} before" if lang == "en" else f"  人工更正，原为 {before}"
    for note in sheet.notes:
        yield f"  ! {note[lang]}"
    for part in by_section(manifest, sheet):
        head = f"Part {part.name}" if lang == "en" else f"第 {part.name} 部分"
        yield f"  {head}  {part.title[lang]}  {amount(part.points)}/{amount(part.out_of)}"
    for mark in sheet.marks:
        yield from _question(mark, lang)
    yield "  " + ("By topic" if lang == "en" else "按主题")
    for topic in by_topic(sheet):
        yield f"    {pad(f'{amount(topic.points)}/{amount(topic.out_of)}', 9)} {topic.title[lang]}"
    drill = to_drill(sheet)
    if drill:
        yield "  " + ("Drill next" if lang == "en" else "接下来练")
        for topic in drill:
            yield f"    quizcnn drill --topic {topic.name}"


def _question(mark: Mark, lang: Lang) -> Iterator[str]:
    points = f"{amount(mark.points)}/{mark.question.points}" if mark.counts else f"({amount(mark.points)})"
    read = truncate(" ".join(mark.read.split()), READ_WIDTH)
    key = "" if mark.state == "right" or len(mark.question.fields[0].answer.shown()[lang]) > 200 else truncate(" ".join(mark.key.split()), KEY_WIDTH)  # fmt: skip
    key_words = (f"key {key}" if lang == "en" else f"答案 {key}") if key else ""
    head = f"  {mark.question.number:>3} {SYMBOLS[mark.state]} {pad(points, 6)} {pad(WORDS[mark.state][lang], 24 if lang == 'en' else 16)}"
    yield f"{head} {pad(read, READ_WIDTH)}  {key_words}".rstrip()
    if mark.was is not None or mark.dropped:
        yield " " * 12 + _correction(mark, lang)
    for line in mark.feedback if mark.state not in ("right", "blank", "not_reached") else ():
        yield " " * 12 + line[lang]
    if mark.state in ("near", "mistake", "wrong", "partial"):
        for step in mark.question.steps:
            yield f"{' ' * 12}{one_line(step.latex)}    {step.caption[lang]}"


def _correction(mark: Mark, lang: Lang) -> str:
    """What a person made of a mark, and why."""
    reasons = ("; " if lang == "en" else "；").join(reason for reason in mark.reasons if reason)
    if mark.dropped:
        told = "out of the total" if lang == "en" else "不计入总分"
    else:
        told = f"{amount(mark.was or 0.0)} → {amount(mark.points)}"
    return f"{told}{': ' if lang == 'en' else '：'}{reasons}" if reasons else told


def report_json(report: Report, lang: Lang) -> dict[str, Any]:
    """The report as the command line's JSON."""
    manifest = report.manifest
    return {
        "blueprint": manifest.source.blueprint,
        "title": manifest.title[lang],
        "points": manifest.points,
        "rules": {"made": manifest.rules, "read": RULES},
        "people": [_person_json(manifest, sheet, lang) for sheet in report.marked],
        "refused": [{"file": each.file, "name": each.name, "why": each.why[lang]} for each in report.refused],
        "unsettled": report.unsettled,
    }


def _person_json(manifest: Manifest, sheet: Marked, lang: Lang) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "file": sheet.file,
        "paper": sheet.paper.code,
        "version": sheet.paper.letter,
        "points": sheet.points,
        "out_of": sheet.out_of,
        "was": None if sheet.was is None else {"points": sheet.was[0], "out_of": sheet.was[1]},
        "unsettled": sheet.unsettled,
        "sections": [_tally_json(part, lang) for part in by_section(manifest, sheet)],
        "topics": [_tally_json(topic, lang) for topic in by_topic(sheet)],
        "drill": [topic.name for topic in to_drill(sheet)],
        "questions": [_mark_json(mark, lang) for mark in sheet.marks],
        "notes": [note[lang] for note in sheet.notes],
    }


def _tally_json(tally: Tally, lang: Lang) -> dict[str, Any]:
    return {"name": tally.name, "title": tally.title[lang], "points": tally.points, "out_of": tally.out_of}


def _mark_json(mark: Mark, lang: Lang) -> dict[str, Any]:
    return {
        "number": mark.question.number,
        "id": mark.question.id,
        "topic": mark.question.topic,
        "state": mark.state,
        "verdict": str(mark.verdict),
        "points": mark.points,
        "out_of": mark.question.points,
        "counts": mark.counts,
        "was": mark.was,
        "reasons": list(mark.reasons),
        "read": mark.read,
        "key": mark.key,
        "mistakes": list(mark.mistakes),
        "feedback": [line[lang] for line in mark.feedback],
        "place": mark.place,
    }
