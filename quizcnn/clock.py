"""The only place that asks what time it is. ``QUIZCNN_NOW`` (an ISO time) stands in for now wherever it is set."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from quizcnn.errors import UsageError


def now() -> datetime:
    """The present moment in UTC (exactly ``timezone.utc``, which py-fsrs insists on).

    Raises ``UsageError`` when ``QUIZCNN_NOW`` is set and is no ISO time.
    """
    fixed = os.environ.get("QUIZCNN_NOW")
    if not fixed:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(fixed)
    except ValueError:
        raise UsageError(
            f"not an ISO time: {fixed!r}", where="QUIZCNN_NOW", mend="write 2026-11-21T09:00:00+00:00"
        ) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
