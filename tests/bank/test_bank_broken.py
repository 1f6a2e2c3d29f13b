"""Every broken bank gives exactly the messages of its expected.txt, and the good one beside it stays usable."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizcnn.bank.catalog import load_catalog
from quizcnn.services.check import check_bank

SAMPLES = Path(__file__).parent.parent / "bank_samples"
BROKEN = sorted(path for path in (SAMPLES / "broken").iterdir() if path.is_dir())


def messages(folder: Path) -> list[str]:
    catalog = load_catalog([SAMPLES / "good", folder])
    lines = (str(fault).replace(f"{folder}/", "", 1) for fault in check_bank(catalog, seeds=5).faults)
    return sorted(line.replace(str(folder), "{broken}").replace(str(SAMPLES / "good"), "{good}") for line in lines)


def test_there_are_many() -> None:
    assert len(BROKEN) >= 40


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_a_broken_bank_says_what_is_wrong(folder: Path) -> None:
    assert messages(folder) == sorted((folder / "expected.txt").read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_a_broken_bank_leaves_the_others_usable(folder: Path) -> None:
    catalog = load_catalog([SAMPLES / "good", folder])
    alone = load_catalog([SAMPLES / "good"])
    assert [row for row in catalog.rows() if row.id in alone] == list(alone.rows())


def test_the_good_bank_has_no_fault() -> None:
    report = check_bank(load_catalog([SAMPLES / "good"]), seeds=50)
    assert report.faults == ()
    assert set(report.counts["kinds"]) == {
        "numeric", "inverse", "expression", "choice", "cloze", "ordering", "matching", "short_answer", "recall",
    }  # fmt: skip
    assert {entry.id for entry in report.entries} == {"size-dilated", "padding-that-keeps"}
