"""Learning days and the spread of due dates.

A learning day begins at the rollover hour (04:00 unless set otherwise) of local time, so that a late evening counts as one day.
The spread (fuzz) of an interval depends on the card and its review count alone: a preview, the review itself and a later replay agree.
"""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from hashlib import blake2b

ROLLOVER_HOUR = 4
FIRST_FUZZED_DAYS = 2.5
SPREAD = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, math.inf, 0.05))
"""Of the days between start and end, the share by which an interval may move, beside one day always."""


def learning_day(moment: datetime, rollover_hour: int = ROLLOVER_HOUR, zone: tzinfo | None = None) -> date:
    """The learning day that ``moment`` falls in; without ``zone`` by the clock of the machine."""
    return (moment.astimezone(zone) - timedelta(hours=rollover_hour)).date()


def day_end(moment: datetime, rollover_hour: int = ROLLOVER_HOUR, zone: tzinfo | None = None) -> datetime:
    """When the learning day of ``moment`` ends (and the next begins), in UTC. The local clock decides, also where it is put back."""
    after = learning_day(moment, rollover_hour, zone) + timedelta(days=1)
    return datetime.combine(after, time(rollover_hour), tzinfo=zone).astimezone(UTC)


@lru_cache(maxsize=4096)
def fuzz_range(days: int) -> tuple[int, int]:
    """The least and the greatest number of days that an interval of ``days`` may become."""
    if days < FIRST_FUZZED_DAYS:
        return days, days
    reach = 1.0 + sum(share * max(min(days, end) - start, 0.0) for start, end, share in SPREAD)
    return max(2, round(days - reach)), round(days + reach)


def fuzz(days: int, card_id: str, review_count: int) -> int:
    """``days`` moved within :func:`fuzz_range`; of one card's intervals at one review, a longer one never becomes the shorter.

    A first review is left alone: what a new card promises is what FSRS gives.
    """
    if review_count == 0:
        return days
    least, greatest = fuzz_range(days)
    digest = blake2b(f"fuzz\0{card_id}\0{review_count}".encode(), digest_size=7).digest()
    share = int.from_bytes(digest, "big") / (1 << 56)
    return least + math.floor(share * (greatest - least + 1))
