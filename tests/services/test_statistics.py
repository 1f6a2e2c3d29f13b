"""The statistics: every figure worked out by hand from the answers that were given; spans, words, JSON and CSV."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizcnn.cli.main import program
from quizcnn.errors import UsageError
from quizcnn.scheduling.card import Rating
from quizcnn.scheduling.day import learning_day
from quizcnn.scheduling.fsrs import mean_recall
from quizcnn.scheduling.policy import Policy
from quizcnn.services.context import Context
from quizcnn.services.statistics import spans
from quizcnn.services.statistics.export import as_csv, write_csv
from quizcnn.services.statistics.reading import read_statistics
from quizcnn.services.statistics.report import report
from quizcnn.services.statistics.spans import Period, Span
from quizcnn.services.statistics.values import Counts, Statistics
from quizcnn.storage.records import Answer

Open = Callable[[], Context]
TODAY = date(2026, 11, 21)
PLUS_ONE, ROUNDS_UP = "forgets_plus_one", "rounds_up"


def answer(
    context: Context,
    name: str,
    day: date,
    rating: Rating = Rating.GOOD,
    mistakes: tuple[str, ...] = (),
    seconds: int = 30,
) -> None:
    """One recorded answer at nine in the morning."""
    row = context.catalog.row(name)
    at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    right = rating is not Rating.AGAIN
    context.store.record_answer(
        Answer(
            question_id=name,
            revision=1,
            topic=row.topic,
            kind=row.kind,
            lang="en",
            seed=1,
            k=0,
            parameters="{}",
            key="[]",
            raw=("1",),
            verdict="correct" if right else "wrong",
            score=float(right),
            mistakes=mistakes,
            guesses=(),
            hints=0,
            tries=1,
            duration_ms=1000 * seconds,
            proposed=rating,
            chosen=rating,
            answered_at=at,
            day=learning_day(at, 4, UTC),
        )
    )


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def context(open_context: Open) -> Context:
    """Twenty-two reviews in four weeks, one long before them; ``conv-rows`` is missed three times."""
    made = open_context()
    answer(made, "conv-rows", date(2025, 8, 3), Rating.EASY, seconds=60)
    answer(made, "conv-rows", date(2026, 3, 1), Rating.GOOD, seconds=60)
    answer(made, "stride-word", ago(28), Rating.EASY)
    for days in range(27, 7, -1):
        answer(made, "stride-word", ago(days), Rating.GOOD, seconds=10)
    answer(made, "conv-rows", ago(6), Rating.AGAIN, (PLUS_ONE,), 45)
    answer(made, "conv-rows", ago(6), Rating.AGAIN, (PLUS_ONE, ROUNDS_UP), 45)
    answer(made, "conv-rows", ago(5), Rating.AGAIN, (ROUNDS_UP,), 45)
    answer(made, "stride-word", TODAY, Rating.AGAIN, seconds=10)
    return made


# ---------------------------------------------------------------------- spans


def test_four_weeks_are_twenty_eight_days_up_to_today() -> None:
    found = spans.periods(Span.WEEKS, TODAY, TODAY)
    assert [period.first for period in found] == [date(2026, 10, 25), date(2026, 11, 1), date(2026, 11, 8), date(2026, 11, 15)]  # fmt: skip
    assert found[-1].last == TODAY
    assert spans.since(Span.WEEKS, TODAY) == date(2026, 10, 25)
    assert [spans.place_of(day, found) for day in (date(2026, 10, 25), date(2026, 10, 31), date(2026, 11, 1), TODAY, ago(-9))] == [0, 0, 1, 3, 3]  # fmt: skip


def test_half_a_year_is_six_months_without_those_before_the_first_answer() -> None:
    assert [period.first.month for period in spans.periods(Span.HALF_YEAR, date(2020, 1, 1), TODAY)] == [
        6,
        7,
        8,
        9,
        10,
        11,
    ]
    assert spans.periods(Span.HALF_YEAR, date(2026, 10, 30), TODAY) == (
        Period(date(2026, 10, 1), date(2026, 10, 31), 1),
        Period(date(2026, 11, 1), date(2026, 11, 30), 1),
    )
    january = spans.periods(Span.HALF_YEAR, date(2020, 1, 1), date(2026, 1, 5))
    assert (january[0].first, january[-1].last) == (date(2025, 8, 1), date(2026, 1, 31))


@pytest.mark.parametrize(
    ("first", "months", "starts"),
    [
        (date(2026, 11, 3), 1, ["2026-11-01"]),
        (date(2026, 6, 30), 1, ["2026-06-01", "2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01"]),
        (date(2026, 5, 31), 2, ["2026-05-01", "2026-07-01", "2026-09-01", "2026-11-01"]),
        (date(2025, 11, 5), 3, ["2025-10-01", "2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"]),
        (date(2024, 2, 5), 6, ["2024-01-01", "2024-07-01", "2025-01-01", "2025-07-01", "2026-01-01", "2026-07-01"]),
        (date(2021, 12, 31), 12, [f"{year}-01-01" for year in range(2021, 2027)]),
        (date(2016, 1, 1), 24, [f"{year}-01-01" for year in range(2016, 2027, 2)]),
    ],
)
def test_all_time_is_shown_in_at_most_six_calendar_periods(first: date, months: int, starts: list[str]) -> None:
    found = spans.periods(Span.ALL, first, TODAY)
    assert [period.first.isoformat() for period in found] == starts
    assert {period.months for period in found} == {months}
    assert found[0].first <= first
    assert found[-1].last >= TODAY
    for one, other in itertools.pairwise(found):
        assert one.last + timedelta(days=1) == other.first


# ---------------------------------------------------------------------- figures


def test_what_was_remembered_week_by_week(context: Context) -> None:
    found = read_statistics(context)
    assert [(each.counts.attempts, each.counts.reviews, each.counts.kept) for each in found.periods] == [
        (7, 7, 7),
        (7, 7, 7),
        (6, 6, 6),
        (4, 2, 0),
    ]
    assert (found.counts.reviews, found.counts.kept, found.counts.attempts, found.counts.correct) == (22, 20, 24, 20)
    assert found.remembered == 20 / 22
    assert found.enough
    assert found.counts.minutes == round((200 + 135 + 10) / 60, 1)


def test_the_spans_count_more_and_more(context: Context) -> None:
    attempts = [read_statistics(context, span).counts.attempts for span in Span]
    assert attempts == [24, 25, 27]
    everything = read_statistics(context, Span.ALL)
    assert everything.since == date(2025, 8, 1)
    assert [each.counts.attempts for each in everything.periods] == [1, 0, 1, 0, 0, 25]
    assert [each.period.months for each in everything.periods] == [3] * 6
    assert sum((each.counts for each in everything.periods), Counts()) == everything.counts


def test_under_twenty_reviews_no_share_is_given(open_context: Open) -> None:
    made = open_context()
    answer(made, "stride-word", ago(27), Rating.EASY)
    for days in range(20, 1, -1):
        answer(made, "stride-word", ago(days))
    found = read_statistics(made)
    assert (found.counts.reviews, found.enough, found.remembered) == (19, False, None)
    lines = list(report(found, "en"))
    assert "Figures from 20 reviews on; 19 so far." in lines
    assert not any("predicted" in line for line in lines)
    assert "复习满 20 次才有数据，目前 19 次。" in list(report(found, "zh"))
    answer(made, "stride-word", TODAY)
    assert read_statistics(made).remembered == 1.0


def test_mistakes_by_week_the_most_frequent_first(context: Context) -> None:
    one, other = read_statistics(context).mistakes
    assert {(each.slug, each.times, each.total) for each in (one, other)} == {
        (PLUS_ONE, (0, 0, 0, 2), 2),
        (ROUNDS_UP, (0, 0, 0, 2), 2),
    }
    assert one.label.en == "leaves out the + 1"
    assert one.practicable
    assert [each.times for each in read_statistics(context, Span.HALF_YEAR).mistakes] == [(0, 2), (0, 2)]


def test_a_mistake_of_a_question_that_is_gone_keeps_its_place(context: Context) -> None:
    context.store.database.write(
        lambda c: c.exec_driver_sql("UPDATE mistake_day SET question_id = 'gone' WHERE mistake = 'rounds_up'")
    )
    gone = next(each for each in read_statistics(context).mistakes if each.slug == ROUNDS_UP)
    assert (gone.label.en, gone.practicable, gone.total) == ("rounds up", False, 2)


def test_the_skill_map_stands_weakest_first(context: Context) -> None:
    (area,) = read_statistics(context).areas
    cards = context.store.cards_among(["conv-rows", "stride-word"])
    settled = [card for card in cards.values() if not (card.in_steps and card.last_day == TODAY)]
    assert len(settled) == 1, "the other was missed today and comes back in minutes"
    assert area.skill.known == pytest.approx(mean_recall(settled, TODAY, Policy()))
    assert (area.skill.seen, area.skill.questions, area.skill.counts.attempts) == (2, 4, 24)
    topics = {topic.slug: topic for topic in area.topics}
    assert (topics["words"].seen, topics["words"].questions, topics["boxes"].known) == (1, 2, None)
    begun = [topic.known or 0.0 for topic in area.topics if topic.seen]
    assert begun == sorted(begun)
    assert [topic.seen > 0 for topic in area.topics] == [True] * len(begun) + [False] * (len(area.topics) - len(begun))


def test_time_by_kind_of_question(context: Context) -> None:
    found = {each.kind: each.counts for each in read_statistics(context).kinds}
    assert {kind: (counts.attempts, counts.seconds_each) for kind, counts in found.items()} == {
        "choice": (21, 10.0),
        "numeric": (3, 45.0),
    }
    assert [each.kind for each in read_statistics(context).kinds] == ["choice", "numeric"]


def test_predicted_against_observed_recall(context: Context) -> None:
    found = read_statistics(context).recall
    assert sum(each.reviews for each in found) == 22
    assert sum(each.observed * each.reviews for each in found) == pytest.approx(20)
    for each in found:
        assert each.least <= each.predicted <= each.most
    attempts = [made for made in context.store.attempts() if made.predicted is not None and made.answer.day >= ago(27)]
    mean = sum(made.predicted or 0 for made in attempts) / 10_000
    assert sum(each.predicted * each.reviews for each in found) == pytest.approx(mean)
    worst = found[0]
    assert worst.observed == 0.0
    """The card that waited since March was predicted worst, and missed."""


def test_due_days_hold_each_card_once(context: Context) -> None:
    found = read_statistics(context).due
    assert [each.day for each in found] == [TODAY + timedelta(days=ahead) for ahead in range(14)]
    within = sum(
        card.due is not None and card.due < datetime(2026, 12, 5, 4, tzinfo=UTC)
        for card in context.store.cards_among(["conv-rows", "stride-word"]).values()
    )
    assert sum(each.cards for each in found) == within
    assert found[0].cards == 2
    context.store.suspend("conv-rows")
    assert read_statistics(context).due[0].cards == 1


def test_undo_takes_an_answer_out_of_every_figure(context: Context) -> None:
    before = read_statistics(context)
    answer(context, "conv-rows", TODAY, Rating.AGAIN, (PLUS_ONE,))
    assert read_statistics(context) != before
    context.store.undo(datetime(2026, 11, 21, 10, tzinfo=UTC))
    assert read_statistics(context) == before


def test_an_empty_record_has_statistics_too(open_context: Open) -> None:
    for span in Span:
        found = read_statistics(open_context(), span)
        assert (found.counts, found.seen, found.mistakes, found.kinds, found.recall) == (Counts(), 0, (), (), ())
        assert next(iter(report(found, "en"))).startswith("Statistics")
    assert next(iter(report(found, "zh"))) == "统计：还没有答过题。"


# ---------------------------------------------------------------------- lines, JSON, CSV


def stats(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(program, ["stats", *arguments])
    assert result.exit_code == code, (result.output, result.exception)
    return result


def test_lines_stand_alone_without_bars(context: Context) -> None:
    lines = stats().output.splitlines()
    assert lines[0] == (
        "Statistics, four weeks: 25 Oct to 21 Nov. 24 answers, 20 right, 5.8 minutes. 2 of 4 questions seen."
    )
    assert "week of 8 Nov: 100 percent of 6" in lines
    assert "week of 15 Nov: 0 percent of 2" in lines
    assert "Sat 21 Nov: 2" in lines
    assert "leaves out the + 1: 2 (0, 0, 0, 2)" in lines
    assert "number: 45 s each, 3 answers, 2.2 minutes" in lines
    assert not set("█░✓✗") & set("".join(lines))


def test_lines_in_chinese(context: Context) -> None:
    lines = stats("--lang", "zh", "--span", "all").output.splitlines()
    assert lines[0].startswith("统计，全部：2025 年 8 月 1 日至 11 月 21 日。")
    assert "数值题：平均 51 秒，5 次，共 4.2 分钟" in lines
    assert "周六，11 月 21 日：2 张" in lines
    assert "2026 年 10-12 月：22 次中记住 91%" in lines


def test_json_holds_every_figure(context: Context) -> None:
    found = json.loads(stats("--json", "--span", "half-year").output)
    assert (found["span"], found["from"], found["to"], found["goal"]) == ("half-year", "2026-06-01", "2026-11-21", 0.9)
    assert (found["attempts"], found["reviews"], found["questions"], found["seen"]) == (25, 22, 4, 2)
    assert found["remembered"] == round(20 / 22, 4)
    assert [each["from"] for each in found["periods"]] == ["2026-10-01", "2026-11-01"]
    assert found["mistakes"][0]["periods"] == [0, 2]
    assert len(found["due"]) == 14
    (area,) = found["areas"]
    assert sum(topic["attempts"] for topic in area["topics"]) == area["attempts"] == 25
    assert sum(each["reviews"] for each in found["recall"]) == 22


def test_csv_holds_one_figure_a_line(context: Context) -> None:
    rows = list(csv.DictReader(io.StringIO(stats("--csv").output)))
    assert {row["table"] for row in rows} == {"all", "periods", "due", "mistakes", "areas", "topics", "kinds", "recall"}
    value = {(row["table"], row["line"], row["from"], row["figure"]): row["value"] for row in rows}
    assert len(value) == len(rows)
    assert value["periods", "", "2026-11-15", "remembered"] == "0.0"
    assert value["mistakes", ROUNDS_UP, "2026-11-15", "count"] == "2"
    assert value["topics", "boxes", "2026-10-25", "known"] == ""
    assert value["all", "", "2026-10-25", "attempts"] == "24"


def test_json_and_csv_exclude_each_other(home: Path) -> None:
    assert "exclude each other" in stats("--json", "--csv", code=2).output


def test_a_csv_file_is_never_written_over(context: Context, tmp_path: Path) -> None:
    found: Statistics = read_statistics(context)
    folder = tmp_path / "out"
    folder.mkdir()
    paths = [write_csv(found, folder) for _ in range(2)]
    assert [path.name for path in paths] == ["quizcnn-statistics-2026-11-21.csv", "quizcnn-statistics-2026-11-21-2.csv"]
    assert paths[0].read_text() == paths[1].read_text() == as_csv(found)
    with pytest.raises(UsageError, match="cannot be written"):
        write_csv(found, tmp_path / "nowhere")
