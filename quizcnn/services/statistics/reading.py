"""The statistics of a span, from the roll-ups and the cards alone: the log of answers is not read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from quizcnn.clock import now
from quizcnn.scheduling.day import day_end, learning_day
from quizcnn.services.statistics import spans
from quizcnn.services.statistics.spans import Period, Span
from quizcnn.services.statistics.values import (
    AreaSkill,
    Counts,
    DueDay,
    KindFigures,
    MistakeFigures,
    PeriodFigures,
    RecallFigures,
    Skill,
    Statistics,
)
from quizcnn.services.words import AREAS
from quizcnn.text import Text

if TYPE_CHECKING:
    from quizcnn.bank.catalog import Row
    from quizcnn.services.context import Context
    from quizcnn.storage.records import RecallBin, Tally

DAYS_AHEAD = 14
EDGES = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Of the bins of predicted recall: finer where cards fall due. Each is an edge of the bins that are stored."""
NEAR = 1e-9


def read_statistics(context: Context, span: Span = Span.WEEKS) -> Statistics:
    """The figures of a span up to today. Raises ``StorageError`` where the record cannot be read."""
    store, settings = context.store, context.settings
    today = learning_day(now(), settings.rollover_hour)
    begin = spans.since(span, today)
    by_day = store.tallies(("day",), since=begin, monthly=span.monthly)
    first = next((tally.day for tally in by_day if tally.day), None)
    found = spans.periods(span, first or today, today)
    by_kind_of_topic = store.tallies(("topic", "kind"), since=begin, monthly=span.monthly)
    areas, seen = _areas(context, _by(by_kind_of_topic, "topic"), today)
    kinds = _by(by_kind_of_topic, "kind")
    return Statistics(
        span=span,
        since=first if span is Span.ALL else begin,
        today=today,
        goal=settings.desired_retention,
        questions=len(context.catalog.rows()),
        seen=seen,
        counts=_sum(map(_counts, by_day)),
        periods=_periods(by_day, found),
        due=_due(context),
        mistakes=_mistakes(context, begin, found, monthly=span.monthly),
        areas=areas,
        kinds=tuple(
            KindFigures(kind, counts) for kind, counts in sorted(kinds.items(), key=lambda pair: -pair[1].attempts)
        ),
        recall=_recall(store.recall(begin)),
    )


def _counts(tally: Tally) -> Counts:
    return Counts(tally.attempts, tally.correct, tally.partial, tally.reviews, tally.remembered, tally.duration_ms)


def _sum(found: Iterable[Counts]) -> Counts:
    return sum(found, Counts())


def _by(tallies: Sequence[Tally], part: Literal["topic", "kind"]) -> dict[str, Counts]:
    sums: dict[str, Counts] = {}
    for tally in tallies:
        name = tally.topic if part == "topic" else tally.kind
        sums[name] = sums.get(name, Counts()) + _counts(tally)
    return sums


def _periods(tallies: Sequence[Tally], found: tuple[Period, ...]) -> tuple[PeriodFigures, ...]:
    sums = [Counts() for _ in found]
    for tally in tallies:
        place = spans.place_of(tally.day or found[-1].last, found)
        sums[place] += _counts(tally)
    return tuple(PeriodFigures(period, counts) for period, counts in zip(found, sums, strict=True))


def _due(context: Context) -> tuple[DueDay, ...]:
    moment, hour = now(), context.settings.rollover_hour
    today = learning_day(moment, hour)
    ends = [day_end(moment + timedelta(days=ahead), hour) for ahead in range(DAYS_AHEAD)]
    counts = context.store.due_until(ends)
    return tuple(
        DueDay(today + timedelta(days=ahead), count - (counts[ahead - 1] if ahead else 0))
        for ahead, count in enumerate(counts)
    )


# ---------------------------------------------------------------------- mistakes


def _mistakes(context: Context, begin: date, found: tuple[Period, ...], *, monthly: bool) -> tuple[MistakeFigures, ...]:
    times: dict[str, list[int]] = {}
    for day, slug, count in context.store.mistake_days(begin, monthly=monthly):
        times.setdefault(slug, [0] * len(found))[spans.place_of(day, found)] += count
    labels = _labels(context, begin, monthly=monthly)
    figures = [
        MistakeFigures(slug, labels.get(slug) or _worded(slug), tuple(counts), practicable=slug in labels)
        for slug, counts in times.items()
    ]
    return tuple(
        sorted(figures, key=lambda each: (-each.total, tuple(-count for count in each.times[::-1]), each.slug))
    )


def _labels(context: Context, begin: date, *, monthly: bool) -> dict[str, Text]:
    """What the mistakes are called by the families of the questions in which they were made, if the bank still has them."""
    from quizcnn.solvers.base import get_family

    labels: dict[str, Text] = {}
    for question_id, slug, _ in context.store.mistakes(begin, monthly=monthly):
        if slug in labels or question_id not in context.catalog:
            continue
        family = context.catalog.row(question_id).family
        if family:
            labels |= {mistake.slug: mistake.label for mistake in get_family(family).mistakes if mistake.slug == slug}
    return labels


def _worded(slug: str) -> Text:
    return Text.same(slug.replace("_", " "))


# ---------------------------------------------------------------------- areas and topics


def _areas(context: Context, by_topic: Mapping[str, Counts], today: date) -> tuple[tuple[AreaSkill, ...], int]:
    """The areas, and how many questions were seen in all."""
    rows = context.catalog.rows()
    chances = _chances(context, [row.id for row in rows], today)
    inside: dict[str, list[Row]] = {}
    for row in rows:
        inside.setdefault(row.area, []).append(row)
    areas = [_area(context, area, own, by_topic, chances) for area, own in inside.items()]
    return tuple(sorted(areas, key=lambda area: _weakest_first(area.skill))), len(chances)


def _chances(context: Context, ids: Sequence[str], today: date) -> dict[str, float | None]:
    """Of the cards that were seen, the chance to remember each today; None where it was only just met."""
    from quizcnn.scheduling.fsrs import retrievability
    from quizcnn.services.plan import policy_of

    policy = policy_of(context.settings)
    cards = context.store.cards_among(ids).values()
    return {
        card.id: None if card.is_fresh(today) else retrievability(card, today, policy)
        for card in cards
        if not card.is_new
    }


def _area(
    context: Context,
    area: str,
    rows: Sequence[Row],
    by_topic: Mapping[str, Counts],
    chances: Mapping[str, float | None],
) -> AreaSkill:
    inside: dict[str, list[Row]] = {}
    for row in rows:
        inside.setdefault(row.topic, []).append(row)
    topics = [
        _skill(topic, context.catalog.topic(topic).title, own, by_topic.get(topic, Counts()), chances)
        for topic, own in inside.items()
    ]
    name = AREAS.get(area) or Text.same(area)
    skill = _skill(area, name, rows, _sum(topic.counts for topic in topics), chances)
    return AreaSkill(skill, tuple(sorted(topics, key=_weakest_first)))


def _skill(slug: str, name: Text, rows: Sequence[Row], counts: Counts, chances: Mapping[str, float | None]) -> Skill:
    seen = [chances[row.id] for row in rows if row.id in chances]
    settled = [chance for chance in seen if chance is not None]
    return Skill(slug, name, len(rows), len(seen), sum(settled) / len(settled) if settled else None, counts)


def _weakest_first(skill: Skill) -> tuple[bool, float]:
    """What was not begun comes last, in the order of the bank."""
    return not skill.seen, skill.known or 0.0


# ---------------------------------------------------------------------- recall


def _recall(bins: Sequence[RecallBin]) -> tuple[RecallFigures, ...]:
    """The stored bins in wider ones, the least chance first, without empty ones."""
    figures = []
    for least, most in pairwise(EDGES):
        inside = [each for each in bins if least - NEAR < each.least and each.most < most + NEAR]
        reviews = sum(each.reviews for each in inside)
        if reviews:
            predicted = sum(each.predicted * each.reviews for each in inside) / reviews
            observed = sum(each.remembered for each in inside) / reviews
            figures.append(RecallFigures(least, most, reviews, predicted, observed))
    return tuple(figures)
