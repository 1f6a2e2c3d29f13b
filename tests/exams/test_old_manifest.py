"""A manifest of each format, kept as it was written: marked without bank, database or the formulas of today's entries.

The points were worked out from the printed key by hand. Question 8: intersection right, union by a named mistake (half), IoU right from
the candidate's own union; 2.5 of 3 parts. Question 14: the point of weight 2 of 3. Question 15: rated 2, six tenths.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent / "manifests"
EXPECTED = {
    1: ("right", 2), 2: ("right", 2), 3: ("right", 3), 4: ("partial", 1), 5: ("partial", 1), 6: ("mistake", 2),
    7: ("mistake", 2), 8: ("partial", 3.33), 9: ("mistake", 2), 10: ("right", 4), 11: ("unreadable", 0), 12: ("blank", 0),
    13: ("unreadable", 0), 14: ("partial", 4), 15: ("partial", 2.4),
}  # fmt: skip
ALONE = """
import sys
for name in ("sqlalchemy", "alembic", "textual", "typst"):
    sys.modules[name] = None
import quizcnn.bank.catalog
def refuse(*args, **kwargs):
    raise AssertionError("the bank was asked")
quizcnn.bank.catalog.load_catalog = refuse
from quizcnn.cli.main import run
sys.exit(run(sys.argv[1:]))
"""


def test_format_1_is_marked_as_it_was(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ALONE, "exam", "grade", str(FOLDER / "format-1.json"), str(FOLDER / "format-1-answers.txt"), "--json"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "QUIZCNN_HOME": str(tmp_path)}, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    (person,) = json.loads(done.stdout)["people"]
    assert {mark["number"]: (mark["state"], mark["points"]) for mark in person["questions"]} == EXPECTED
    assert (person["points"], person["out_of"], person["unsettled"]) == (28.73, 54, 2)
    named = {slug for mark in person["questions"] for slug in mark["mistakes"]}
    assert {"other_mode", "union_double_counts", "forgets_plus_one"} <= named
    assert list(tmp_path.iterdir()) == []
