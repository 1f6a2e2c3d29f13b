"""Learning days: the rollover hour, time zones, clocks that are put forward and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quizcnn.scheduling.day import day_end, learning_day

SHANGHAI, BERLIN, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "zone", "hour", "day"),
    [
        ("2026-11-21T03:59:59+00:00", UTC, 4, date(2026, 11, 20)),
        ("2026-11-21T04:00:00+00:00", UTC, 4, date(2026, 11, 21)),
        ("2026-11-21T23:30:00+08:00", SHANGHAI, 4, date(2026, 11, 21)),
        ("2026-11-22T03:30:00+08:00", SHANGHAI, 4, date(2026, 11, 21)),
        ("2026-11-22T03:30:00+08:00", UTC, 4, date(2026, 11, 21)),
        ("2026-11-21T22:00:00-05:00", NEW_YORK, 4, date(2026, 11, 21)),
        ("2026-11-21T00:00:00+00:00", UTC, 0, date(2026, 11, 21)),
        ("2026-11-21T22:59:00+00:00", UTC, 23, date(2026, 11, 20)),
    ],
)
def test_the_day_begins_at_the_rollover_hour(moment: str, zone: ZoneInfo, hour: int, day: date) -> None:
    assert learning_day(at(moment), hour, zone) == day


@pytest.mark.parametrize("zone", [UTC, SHANGHAI, BERLIN, NEW_YORK])
@pytest.mark.parametrize("hour", [0, 4, 23])
def test_a_day_ends_where_the_next_begins(zone: ZoneInfo, hour: int) -> None:
    moment = at("2026-03-27T00:10:00+00:00")
    for _ in range(6 * 48):
        end = day_end(moment, hour, zone)
        assert end > moment
        assert learning_day(end, hour, zone) == learning_day(moment, hour, zone) + timedelta(days=1)
        assert learning_day(end - timedelta(seconds=1), hour, zone) == learning_day(moment, hour, zone)
        moment += timedelta(minutes=30)


def test_the_day_of_the_changed_clock_has_another_length() -> None:
    evening = at("2026-03-28T20:00:00+01:00")
    assert day_end(evening, 4, BERLIN) == at("2026-03-29T04:00:00+02:00")
    assert day_end(evening, 4, BERLIN) - at("2026-03-28T04:00:00+01:00") == timedelta(hours=23)


def test_without_a_zone_the_clock_of_the_machine_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert learning_day(at("2026-11-22T03:30:00+08:00")) == date(2026, 11, 21)
        assert day_end(at("2026-11-22T03:30:00+08:00")) == at("2026-11-22T04:00:00+08:00")
        assert day_end(at("2026-11-22T03:30:00+08:00")).tzinfo is UTC
    finally:
        monkeypatch.undo()
        time.tzset()
