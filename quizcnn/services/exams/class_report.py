"""A class in figures: for every question how hard it was and how well it told good sheets from poor ones, and every person in a line.

Everything goes by question id, over all versions. A question that could not be read on a sheet, or that the sheet was free to leave
out, does not count for that sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from statistics import StatisticsError, correlation, mean, median, pstdev

from quizcnn.grading.base import Invalid
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.expression import ExpressionAnswer
from quizcnn.services.exams.manifest import PrintedQuestion
from quizcnn.services.exams.marks import Mark, Marked
from quizcnn.services.exams.report import Report, to_drill
from quizcnn.text import Lang, Text

CORRELATED_FROM, PARTED_FROM, VERSIONS_FROM = 10, 30, 20
"""So many sheets are needed for a discrimination, for the upper less the lower group, and of each version to compare versions."""
GROUP = 0.27
"""The share of the sheets in the upper and in the lower group (Kelley 1939)."""
VERSION_GAP = 0.15
EASY = 0.8
"""A wrong key makes a question look hard; a slight minus of an easier one is chance."""
BLANK = frozenset({"blank", "not_reached"})


@dataclass(frozen=True, slots=True)
class Named:
    """An option or a named mistake, on how many sheets, and which share of those that answered that is."""

    slug: str
    label: Text
    count: int
    share: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """One question over all sheets that count for it.

    ``facility``: mean share of the points, 0 to 1. ``discrimination``: correlation with the points on the rest of the paper;
    ``parted``: facility in the upper less that in the lower 27 %. None where there are too few sheets or nothing varies.
    """

    id: str
    topic: Text
    kind: str
    numbers: Mapping[str, int]
    """Its printed number, by version."""
    sheets: int
    facility: float | None
    discrimination: float | None
    parted: float | None
    blank: int
    not_reached: int
    unreadable: int
    mistakes: tuple[Named, ...] = ()
    options: tuple[Named, ...] = ()
    by_version: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonFigures:
    """One person: points, share of them, what to drill next."""

    name: str
    letter: str
    points: float
    out_of: float
    share: float
    unsettled: int
    drill: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassReport:
    """``mean``, ``median`` and ``spread`` are shares of the points; ``spread`` is the standard deviation of these sheets."""

    title: Text
    points: float
    by_version: Mapping[str, int]
    """Sheets by version."""
    mean: float
    median: float
    spread: float
    questions: tuple[QuestionFigures, ...]
    people: tuple[PersonFigures, ...]
    unsettled: int
    refused: int


def class_report(report: Report) -> ClassReport:
    """The figures of marked sheets; people by points, questions in the order of the first version."""
    shares = [_share_of(sheet) for sheet in report.marked]
    letters = Counter(sheet.paper.letter for sheet in report.marked)
    return ClassReport(
        title=report.manifest.title,
        points=float(report.manifest.points),
        by_version=dict(sorted(letters.items())),
        mean=mean(shares) if shares else 0.0,
        median=median(shares) if shares else 0.0,
        spread=pstdev(shares) if shares else 0.0,
        questions=tuple(_questions(report)),
        people=tuple(sorted(map(_person, report.marked), key=lambda person: (-person.share, person.name))),
        unsettled=report.unsettled,
        refused=len(report.refused),
    )


def _share_of(sheet: Marked) -> float:
    return sheet.points / sheet.out_of if sheet.out_of else 0.0


def _person(sheet: Marked) -> PersonFigures:
    drill = tuple(topic.name for topic in to_drill(sheet))
    return PersonFigures(sheet.name, sheet.paper.letter, sheet.points, sheet.out_of, _share_of(sheet), sheet.unsettled, drill)  # fmt: skip


def _questions(report: Report) -> Iterator[QuestionFigures]:
    asked: dict[str, dict[str, PrintedQuestion]] = {}
    for paper in report.manifest.papers:
        for question in paper.questions:
            asked.setdefault(question.id, {})[paper.letter] = question
    found: dict[str, list[tuple[Marked, Mark]]] = {question: [] for question in asked}
    for sheet in report.marked:
        for mark in sheet.marks:
            found[mark.question.id].append((sheet, mark))
    for question_id, printed in asked.items():
        yield _figures(printed, found[question_id])


def _figures(printed: Mapping[str, PrintedQuestion], answered: Sequence[tuple[Marked, Mark]]) -> QuestionFigures:
    question = next(iter(printed.values()))
    counted = [(sheet, mark) for sheet, mark in answered if _counts(mark)]
    shares = [mark.points / mark.question.points for _, mark in counted]
    by_version: dict[str, list[float]] = {}
    for (sheet, _), share in zip(counted, shares, strict=True):
        by_version.setdefault(sheet.paper.letter, []).append(share)
    facility = mean(shares) if shares else None
    discrimination = _discrimination(counted, shares)
    states = Counter(mark.state for _, mark in answered)
    return QuestionFigures(
        id=question.id,
        topic=question.topic_title,
        kind=question.kind,
        numbers={letter: each.number for letter, each in printed.items()},
        sheets=len(counted),
        facility=facility,
        discrimination=discrimination,
        parted=_parted(counted, shares),
        blank=states["blank"],
        not_reached=states["not_reached"],
        unreadable=states["unreadable"],
        mistakes=tuple(_mistakes([mark for _, mark in counted])),
        options=tuple(_options([mark for _, mark in counted])),
        by_version={letter: mean(each) for letter, each in sorted(by_version.items())},
        notes=tuple(_notes(facility, discrimination, by_version)),
    )


def _counts(mark: Mark) -> bool:
    """Whether the sheet tells of the question: read, and not one that was free to be left out."""
    return mark.state not in ("unreadable", "void") and not mark.dropped and (mark.counts or mark.state not in BLANK)


def _rest(sheet: Marked, mark: Mark) -> float:
    """The share of the points on the rest of the paper."""
    others = [other for other in sheet.marks if other is not mark and other.counts]
    out_of = sum(other.question.points for other in others)
    return sum(other.points for other in others) / out_of if out_of else 0.0


def _discrimination(counted: Sequence[tuple[Marked, Mark]], shares: Sequence[float]) -> float | None:
    if len(counted) < CORRELATED_FROM:
        return None
    try:
        return correlation(shares, [_rest(sheet, mark) for sheet, mark in counted])
    except StatisticsError:  # all the same
        return None


def _parted(counted: Sequence[tuple[Marked, Mark]], shares: Sequence[float]) -> float | None:
    if len(counted) < PARTED_FROM:
        return None
    ranked = sorted(zip(counted, shares, strict=True), key=lambda each: (_share_of(each[0][0]), each[0][0].name))
    size = ceil(GROUP * len(ranked))
    return mean(share for _, share in ranked[-size:]) - mean(share for _, share in ranked[:size])


def _mistakes(marks: Sequence[Mark]) -> Iterator[Named]:
    """Named mistakes, the most frequent first, as a share of the sheets that answered."""
    answered = sum(mark.state not in BLANK for mark in marks)
    counts: Counter[str] = Counter(slug for mark in marks for slug in dict.fromkeys(mark.mistakes))
    labels = {slug: label for mark in marks for slug, label in _labels(mark.question)}
    for slug, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        yield Named(slug, labels.get(slug, Text.same(slug.replace("_", " "))), count, count / answered)


def _labels(question: PrintedQuestion) -> Iterator[tuple[str, Text]]:
    for each in question.fields:
        answer = each.answer
        wrong = answer.wrong if isinstance(answer, ExpressionAnswer) else getattr(answer, "rivals", ())
        yield from ((rival.slug, rival.label) for rival in wrong)
        if isinstance(answer, ChoiceAnswer):
            yield from ((option.slug, option.text) for option in answer.options if option.slug)


def _options(marks: Sequence[Mark]) -> Iterator[Named]:
    """For a choice, every option with the share of the answers that took it, whatever its letter was."""
    first = marks[0].question.fields[0].answer if marks else None
    if not isinstance(first, ChoiceAnswer):
        return
    taken: Counter[Text] = Counter()
    answered = 0
    for mark in marks:
        answer = mark.question.fields[0].answer
        if isinstance(answer, ChoiceAnswer) and mark.texts:
            parsed = answer.read(mark.texts[0], "en")
            if not isinstance(parsed, Invalid):
                answered += 1
                taken.update(answer.options[place].text for place in parsed.value)
    for option in sorted(first.options, key=lambda each: (-taken[each.text], each.text.en)):
        share = taken[option.text] / answered if answered else 0.0
        yield Named(option.slug, option.text, taken[option.text], share, option.key)


def _notes(
    facility: float | None, discrimination: float | None, by_version: Mapping[str, Sequence[float]]
) -> Iterator[Text]:
    if discrimination is not None and discrimination < 0 and facility is not None and facility < EASY:
        yield Text(
            "those who did well elsewhere miss it: check the key first", "其他题做得好的人反而错得多：先核对答案"
        )
    means = [mean(each) for each in by_version.values() if len(each) >= VERSIONS_FROM]
    if len(means) > 1 and max(means) - min(means) > VERSION_GAP:
        yield Text("the versions are not equally hard", "各卷难度不一")
    if facility == 0 and sum(map(len, by_version.values())) >= CORRELATED_FROM:
        yield Text("nobody has it right: check the key first", "无人答对：先核对答案")


def named(texts: Sequence[Text], lang: Lang) -> str:
    """Notes in a line."""
    return ("; " if lang == "en" else "；").join(text[lang] for text in texts)
