"""The statistics as lines that each stand alone, for pipes and screen readers: no bars, no columns."""

from __future__ import annotations

from collections.abc import Iterator

from quizcnn.services.statistics import wording
from quizcnn.services.statistics.values import Skill, Statistics
from quizcnn.services.words import KINDS, day_name, say
from quizcnn.text import Lang, Text

PERCENT = Text("{value} percent", "{value}%")
HEAD = Text(
    "{title}, {span}: {first} to {last}. {attempts} answers, {correct} right, {minutes} minutes. {seen} of {questions} questions seen.",
    "{title}，{span}：{first}至 {last}。答题 {attempts} 次，答对 {correct} 次，用时 {minutes} 分钟。已学 {seen} / {questions} 题。",
)
NOTHING_YET = Text("{title}: nothing answered yet.", "{title}：还没有答过题。")
WEEK = Text("week of {period}: {share} of {reviews}", "{period}起一周：{reviews} 次中记住 {share}")
MONTHS = Text("{period}: {share} of {reviews}", "{period}：{reviews} 次中记住 {share}")
NO_REVIEWS_WEEK = Text("week of {period}: no reviews", "{period}起一周：没有复习")
NO_REVIEWS = Text("{period}: no reviews", "{period}：没有复习")
DUE_DAY = Text("{weekday} {day}: {cards}", "{weekday}，{day}：{cards} 张")
TIMES = Text("{label}: {total} ({times})", "{label}：{total} 次（{times}）")
SKILL = Text("{name}: {known} known, {seen} of {questions} seen", "{name}：掌握 {known}，已学 {seen} / {questions}")
IN_STEPS = Text("{name}: begun, {seen} of {questions} seen", "{name}：在学，学过 {seen} / {questions} 题")
NOT_BEGUN = Text("{name}: not begun, 0 of {questions} seen", "{name}：未学，共 {questions} 题")
KIND = Text("{kind}: {seconds} s each, {attempts} answers, {minutes} minutes", "{kind}：平均 {seconds} 秒，{attempts} 次，共 {minutes} 分钟")  # fmt: skip
RECALL = Text(
    "{predicted} predicted ({least} to {most}): {observed} of {reviews} remembered",
    "预测 {predicted}（{least} 至 {most}）：{reviews} 次中实际记住 {observed}",
)
MORE_MISTAKES = Text("and {count} more", "另有 {count} 种")
SEPARATOR = Text(", ", "、")
MOST_MISTAKES = 12


def percent(share: float, lang: Lang) -> str:
    """A share in whole percent: ``88 percent``; ``88%``."""
    return PERCENT[lang].format(value=round(100 * share))


def report(found: Statistics, lang: Lang) -> Iterator[str]:
    """Every table as lines: its name, then a line for each of its rows, then an empty one."""
    yield _head(found, lang)
    for title, lines in _tables(found, lang):
        yield ""
        yield title
        yield from lines


def _head(found: Statistics, lang: Lang) -> str:
    title = wording.TITLE[lang]
    if found.since is None:
        return say(NOTHING_YET, lang, title=title)
    return say(
        HEAD,
        lang,
        title=title,
        span=wording.SPANS[found.span][lang],
        first=_dated(found, lang),
        last=day_name(found.today, lang),
        attempts=found.counts.attempts,
        correct=found.counts.correct,
        minutes=found.counts.minutes,
        seen=found.seen,
        questions=found.questions,
    )


def _dated(found: Statistics, lang: Lang) -> str:
    """The first day, with its year where it is not this one."""
    first = found.since or found.today
    day = day_name(first, lang)
    if first.year == found.today.year:
        return day
    return f"{first.year} 年 {day}" if lang == "zh" else f"{day} {first.year}"


def _tables(found: Statistics, lang: Lang) -> Iterator[tuple[str, list[str]]]:
    goal = percent(found.goal, lang)
    yield say(wording.REMEMBERED, lang, goal=goal), _remembered(found, lang)
    due = [
        say(DUE_DAY, lang, weekday=wording.weekday(each.day, lang), day=day_name(each.day, lang), cards=each.cards)
        for each in found.due
    ]
    yield wording.DUE[lang], due
    yield wording.mistakes_title(found)[lang], _mistakes(found, lang)
    skills = [_skill(area.skill, lang) for area in found.areas]
    yield wording.SKILLS[lang], skills
    yield wording.TIME[lang], _kinds(found, lang)
    if found.enough:
        yield wording.RECALL[lang], _recall(found, lang)


def _remembered(found: Statistics, lang: Lang) -> list[str]:
    if not found.enough:
        return [wording.too_few(found, lang)]
    lines = []
    for each in found.periods:
        share, name = each.counts.remembered, wording.period_name(each.period, lang)
        if share is None:
            lines.append(say(NO_REVIEWS if each.period.months else NO_REVIEWS_WEEK, lang, period=name))
        else:
            form = MONTHS if each.period.months else WEEK
            lines.append(say(form, lang, period=name, share=percent(share, lang), reviews=each.counts.reviews))
    return lines


def _mistakes(found: Statistics, lang: Lang) -> list[str]:
    lines = [
        say(TIMES, lang, label=each.label[lang], total=each.total, times=SEPARATOR[lang].join(map(str, each.times)))
        for each in found.mistakes[:MOST_MISTAKES]
    ]
    left = len(found.mistakes) - len(lines)
    return [*lines, say(MORE_MISTAKES, lang, count=left)] if left else lines or [wording.NO_MISTAKES[lang]]


def _skill(skill: Skill, lang: Lang) -> str:
    name = skill.name[lang]
    if skill.known is None and skill.seen:
        return say(IN_STEPS, lang, name=name, seen=skill.seen, questions=skill.questions)
    if skill.known is None:
        return say(NOT_BEGUN, lang, name=name, questions=skill.questions)
    return say(SKILL, lang, name=name, known=percent(skill.known, lang), seen=skill.seen, questions=skill.questions)


def _kinds(found: Statistics, lang: Lang) -> list[str]:
    return [
        say(
            KIND,
            lang,
            kind=KINDS[each.kind][lang] if each.kind in KINDS else each.kind,
            seconds=round(each.counts.seconds_each or 0),
            attempts=each.counts.attempts,
            minutes=each.counts.minutes,
        )
        for each in found.kinds
    ] or [wording.NO_ANSWERS[lang]]


def _recall(found: Statistics, lang: Lang) -> list[str]:
    return [
        say(
            RECALL,
            lang,
            predicted=percent(each.predicted, lang),
            least=f"{each.least:.0%}",
            most=f"{each.most:.0%}",
            observed=percent(each.observed, lang),
            reviews=each.reviews,
        )
        for each in found.recall
    ]
