"""What the tests of grading share: the lexicon of the built-in bank."""

from __future__ import annotations

import pytest

from quizcnn.bank.lexicon import load_lexicon
from quizcnn.grading.keypoints.lexicon import Lexicon
from quizcnn.locations import bank_folder


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon([bank_folder()])
