"""A small sound bank that tests may copy and change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent.parent / "bank_samples"


@pytest.fixture
def good_bank(tmp_path: Path) -> Path:
    """A copy of the good samples that the test may write to."""
    folder = tmp_path / "bank"
    shutil.copytree(SAMPLES / "good", folder)
    return folder
