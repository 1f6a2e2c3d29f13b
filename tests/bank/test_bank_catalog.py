"""The catalog: order, several folders, what is left out, and what is said about names that do not exist."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from quizcnn.bank.catalog import load_catalog
from quizcnn.bank.models import Cloze
from quizcnn.errors import BankError, UsageError

EXTRA = """- id: {id}
  kind: recall
  topic: batch-norm
  difficulty: 2
  prompt: {{en: Draw it., zh: 请画出来。}}
  back: [{{en: One mean for each channel., zh: 每个通道一个均值。}}]
  explanation: {{en: x, zh: 均值}}
"""


def write(folder: Path, *ids: str, name: str = "more.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("".join(EXTRA.format(id=each) for each in ids), encoding="utf-8")
    return folder


def test_rows_stand_in_the_order_of_folders_files_and_questions(good_bank: Path, tmp_path: Path) -> None:
    names = [f"f{number}" for number in range(12)]
    more = tmp_path / "more"
    for name in random.Random(3).sample(names, len(names)):
        write(more, f"z-{name}", f"a-{name}", name=f"{name}.yaml")
    ids = [row.id for row in load_catalog([good_bank, more]).rows()]
    assert ids[:4] == ["logits-depend-on-neighbours", "eval-statistics", "training-step-order", "means-of-each-layer"]
    assert ids[9:] == [each for name in sorted(names) for each in (f"z-{name}", f"a-{name}")]


def test_a_row_says_what_a_listing_needs(good_bank: Path) -> None:
    row = load_catalog([good_bank]).row("size-dilated")
    assert (row.kind, row.topic, row.area, row.difficulty, row.family) == (
        "numeric",
        "conv-size",
        "convolution",
        3,
        "conv2d_output_shape",
    )
    assert (row.languages, row.frequency, row.revision) == (("en", "zh"), 3, 1)


def test_a_question_is_read_once(good_bank: Path) -> None:
    catalog = load_catalog([good_bank])
    question = catalog.question("eval-statistics")
    assert isinstance(question, Cloze)
    assert question.gaps["momentum"].number == 0.1
    assert catalog.question("eval-statistics") is question


def test_a_second_folder_does_not_shadow_an_id(good_bank: Path, tmp_path: Path) -> None:
    mine = write(tmp_path / "mine", "eval-statistics", "my-own")
    catalog = load_catalog([good_bank, mine])
    assert catalog.question("eval-statistics").kind == "cloze"
    assert "my-own" in catalog
    assert ["already taken" in fault.message for fault in catalog.faults] == [True]
    assert "1 fault" in catalog.warning
    assert "eval-statistics" in catalog.warning


def test_a_folder_given_twice_counts_once(good_bank: Path) -> None:
    catalog = load_catalog([good_bank, good_bank / "." / "", good_bank])
    assert catalog.faults == ()
    assert len(catalog) == 9


def test_unknown_ids_come_with_the_nearest(good_bank: Path) -> None:
    catalog = load_catalog([good_bank])
    with pytest.raises(UsageError, match="did you mean eval-statistics"):
        catalog.question("eval-statistic")
    with pytest.raises(UsageError, match="did you mean batch-norm"):
        catalog.topic("batchnorm")
    with pytest.raises(UsageError, match="bank list"):
        catalog.question("zzzzzzzz")


def test_a_broken_question_is_refused_with_its_fault_and_place(good_bank: Path) -> None:
    (good_bank / "bad.yaml").write_text("- id: broken\n  kind: recall\n  topic: batch-norm\n", encoding="utf-8")
    catalog = load_catalog([good_bank])
    with pytest.raises(BankError, match=r"bad\.yaml:1:3: the question broken is broken: .*\(and 3 more faults\)"):
        catalog.question("broken")
    assert "broken" not in catalog
    assert len(list(catalog.questions())) == 9


def test_files_of_other_kinds_are_passed_over(good_bank: Path) -> None:
    for name in ("lexicon.yaml", "networks/resnet.yaml", "exams/cv.yaml", ".hidden.yaml", ".git/x.yaml", "notes.txt"):
        file = good_bank / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("not: a list of questions\n")
    write(good_bank / "deep", "deep-one", name="networks.yaml")
    catalog = load_catalog([good_bank])
    assert catalog.faults == ()
    assert "deep-one" in catalog


def test_sources_name_file_and_place(good_bank: Path) -> None:
    source = load_catalog([good_bank]).source("padding-that-keeps")
    lines = source.file.read_text(encoding="utf-8").splitlines()
    assert lines[source.place.line - 1][source.place.column - 1 :] == "id: padding-that-keeps"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no bank folder"):
        load_catalog([tmp_path / "nowhere"])


def test_a_folder_without_topics_uses_those_of_the_others(good_bank: Path, tmp_path: Path) -> None:
    mine = write(tmp_path / "mine", "my-own")
    assert load_catalog([mine, good_bank]).row("my-own").area == "normalization"
    alone = load_catalog([mine])
    assert [fault.message for fault in alone.faults] == ["there is no topic 'batch-norm'"]
