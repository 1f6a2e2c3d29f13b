"""A wrong number is traced to the named rule that gives it, and a right one to none."""

from __future__ import annotations

import pytest

from quizcnn.solvers.base import family_modules
from tests.diagnosis import inject


@pytest.mark.parametrize("family", sorted(family_modules()))
def test_injected_mistakes_are_named(family: str) -> None:
    counts, right, accused = inject(family, step=6)
    assert right > 0
    assert accused == 0
    for slug, count in counts.items():
        if count.injected:
            assert count.named / count.injected >= 0.9, f"{slug}: {count.named} of {count.injected}"
