"""The tables of the statistics as rows: what each says of a figure, what its rows practise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from quizcnn.services.requests import DrillRequest
from quizcnn.services.statistics import wording
from quizcnn.services.statistics.values import Counts, MistakeFigures, Skill, Statistics
from quizcnn.services.words import BEGUN, KINDS, NOT_BEGUN, say
from quizcnn.solvers.values import format_number
from quizcnn.text import Lang, Text, display_width, pad
from quizcnn.tui.widgets.tables import TableRow

PRACTISED = 10
"""So many questions of a line are practised, and not counted."""
BAR = 10
MOST_DUE = 16
"""Cells of the longest bar of the due cards."""
LEAST_PERIOD = 4
"""Cells of a column of mistakes, where its head and its numbers are short."""
LONG_MINUTES = 120
"""From so many minutes on, time in all is told in hours."""

OF = Text("of {count}", "{count} 次")
NO_REVIEWS = Text("no reviews", "没有复习")
KNOWN, SEEN = Text("known", "掌握"), Text("seen", "已学")
TOPICS = Text("Topics: {area}", "主题：{area}")
ALL_TOPICS = Text("Topics", "主题")
EACH, ANSWERS, IN_ALL = Text("each", "平均"), Text("answers", "次数"), Text("in all", "共计")
SECONDS, MINUTES = Text("{count} s", "{count} 秒"), Text("{count} min", "{count} 分钟")
HOURS = Text("{count} h", "{count} 小时")
OBSERVED = Text("observed", "实际")
PREDICTED = Text("{least}-{most}%", "{least}-{most}%")
MISTAKE_DETAIL = Text("{name}: {count} times", "{name}：{count} 次")
MISTAKE_ONCE = Text("{name}: once", "{name}：1 次")
SKILL_DETAIL = Text(
    "{name}: {seen} of {questions} seen, right {right} of {attempts}",
    "{name}：已学 {seen} / {questions}，答题 {attempts} 次，答对 {right}",
)
NEW_DETAIL = Text("{name}: none of {questions} seen", "{name}：共 {questions} 题，还没学过")
KIND_DETAIL = Text("{name}: right {right} of {attempts}", "{name}：{attempts} 次，答对 {right}")
Table = tuple[TableRow, Sequence[TableRow]]


def remembered_table(found: Statistics, lang: Lang) -> Table:
    """The share remembered by period, as a bar of ten cells."""
    head = TableRow(say(wording.REMEMBERED, lang, goal=f"{found.goal:.0%}"))
    if not found.enough:
        return head, [TableRow(wording.too_few(found, lang), style="$quiet")]
    rows = []
    for each in found.periods:
        share, name = each.counts.remembered, wording.period_name(each.period, lang)
        said = NO_REVIEWS[lang] if share is None else _share(share, each.counts.reviews, lang)
        rows.append(TableRow(name, said))
    wide = max(display_width(row.name) for row in rows)
    return head, [replace(row, name=pad(row.name, wide, align="right")) for row in rows]


def _share(share: float, count: int, lang: Lang) -> str:
    full = round(share * BAR)
    return f"{share:>4.0%}  {'█' * full}{'░' * (BAR - full)}  {say(OF, lang, count=count)}"


def due_table(found: Statistics, lang: Lang, days: int) -> Table:
    """The cards of the coming days, a cell each where that fits."""
    most = max(MOST_DUE, *(each.cards for each in found.due))
    rows = [
        TableRow(
            f"{wording.weekday(each.day, lang)} {each.day.day:>2}{' 日' if lang == 'zh' else ''}",
            f"{each.cards:>4}  {'█' * -(-each.cards * MOST_DUE // most)}",
        )
        for each in found.due[:days]
    ]
    return TableRow(wording.DUE[lang]), rows


def mistakes_table(found: Statistics, lang: Lang, most: int) -> Table:
    """The most frequent mistakes, one column for each period."""
    head, shown = wording.mistakes_title(found)[lang], found.mistakes[:most]
    columns = [wording.short_period(each.period, lang) for each in found.periods]
    counts = [str(count) for each in shown for count in each.times]
    wide = max(LEAST_PERIOD, *(len(cell) + 1 for cell in (*columns, *counts)))
    heads = "".join(f"{column:>{wide}}" for column in columns)
    if not found.mistakes:
        return TableRow(head), [TableRow(wording.NO_MISTAKES[lang], style="$quiet")]
    rows = [
        TableRow(
            each.label[lang],
            "".join(f"{count:>{wide}}" for count in each.times),
            key=each.slug,
            request=_practise(each),
            detail=say(
                MISTAKE_DETAIL if each.total > 1 else MISTAKE_ONCE, lang, name=each.label[lang], count=each.total
            ),
        )
        for each in shown
    ]
    return TableRow(head, heads), rows


def _practise(mistake: MistakeFigures) -> DrillRequest | None:
    return DrillRequest(mistake=mistake.slug, limit=PRACTISED, counted=False) if mistake.practicable else None


def skill_table(found: Statistics, lang: Lang, area: str | None) -> Table:
    """The areas, weakest first; or the topics of an area, or with an empty name those of all that were begun."""
    heads = pad(KNOWN[lang], 8, align="right") + pad(SEEN[lang], 9, align="right")
    if area is None:
        rows = [_skill_row(each.skill, lang, DrillRequest(areas=(each.skill.slug,), limit=PRACTISED, counted=False)) for each in found.areas]  # fmt: skip
        return TableRow(wording.SKILLS[lang], heads), rows
    inside = [each for each in found.areas if area in ("", each.skill.slug)]
    topics = [topic for each in inside for topic in each.topics if area or topic.seen]
    topics.sort(key=lambda topic: (not topic.seen, topic.known or 0.0))
    head = TOPICS[lang].format(area=inside[0].skill.name[lang]) if area else ALL_TOPICS[lang]
    rows = [_skill_row(topic, lang, DrillRequest(topic=topic.slug, limit=PRACTISED, counted=False)) for topic in topics]
    return TableRow(head, heads), rows


def _skill_row(skill: Skill, lang: Lang, request: DrillRequest) -> TableRow:
    name, new = skill.name[lang], not skill.seen
    known = (NOT_BEGUN if new else BEGUN)[lang] if skill.known is None else f"{skill.known:.0%}"
    right = f"{skill.counts.correct / skill.counts.attempts:.0%}" if skill.counts.attempts else "–"
    detail = say(
        NEW_DETAIL if new else SKILL_DETAIL,
        lang,
        name=name,
        seen=skill.seen,
        questions=skill.questions,
        attempts=skill.counts.attempts,
        right=right,
    )
    figures = pad(known, 8, align="right") + f"{skill.seen:>4} / {skill.questions:<2}"
    return TableRow(name, figures, skill.slug, request, detail, "$quiet" if new else "")


def kinds_table(found: Statistics, lang: Lang) -> Table:
    """The mean time of an answer by kind of question."""
    if not found.kinds:
        return TableRow(wording.TIME[lang]), [TableRow(wording.NO_ANSWERS[lang], style="$quiet")]
    cells = [(EACH[lang], ANSWERS[lang], IN_ALL[lang]), *(_time(each.counts, lang) for each in found.kinds)]
    widths = [max(map(display_width, column)) + 2 for column in zip(*cells, strict=True)]
    head, *figures = ["".join(map(partial(pad, align="right"), row, widths)) for row in cells]
    rows = []
    for each, figure in zip(found.kinds, figures, strict=True):
        name, counts = KINDS[each.kind][lang] if each.kind in KINDS else each.kind, each.counts
        request = DrillRequest(kind=each.kind, limit=PRACTISED, counted=False) if each.kind in KINDS else None
        right = f"{counts.correct / max(1, counts.attempts):.0%}"
        detail = say(KIND_DETAIL, lang, name=name, attempts=counts.attempts, right=right)
        rows.append(TableRow(name, figure, each.kind, request, detail))
    return TableRow(wording.TIME[lang], head), rows


def _time(counts: Counts, lang: Lang) -> tuple[str, str, str]:
    """Of one kind: the mean time, the answers, the time in all."""
    unit, in_all = (MINUTES, counts.minutes) if counts.minutes < LONG_MINUTES else (HOURS, counts.minutes / 60)
    seconds = say(SECONDS, lang, count=round(counts.seconds_each or 0))
    return seconds, format_number(counts.attempts), say(unit, lang, count=max(1, round(in_all)))


def recall_table(found: Statistics, lang: Lang) -> Table:
    """What was predicted, in bins, and what came true; nothing under twenty reviews."""
    if not found.enough:
        return TableRow(""), []
    rows = [
        TableRow(
            PREDICTED[lang].format(least=round(100 * each.least), most=round(100 * each.most)),
            _share(each.observed, each.reviews, lang),
        )
        for each in found.recall
    ]
    return TableRow(wording.RECALL[lang]), rows
