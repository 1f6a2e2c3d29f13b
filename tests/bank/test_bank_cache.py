"""The cache: right whatever happened to it, and never needed."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from quizcnn.bank import cache as cache_module
from quizcnn.bank import catalog as catalog_module
from quizcnn.bank import loader
from quizcnn.bank.catalog import Catalog, load_catalog


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were parsed."""
    seen: list[str] = []
    real = loader.read_file

    def spy(name: str, content: bytes) -> object:
        seen.append(name)
        return real(name, content)

    monkeypatch.setattr(loader, "read_file", spy)
    return seen


def everything(catalog: Catalog) -> object:
    return catalog.rows(), catalog.faults, [question.model_dump() for question in catalog.questions()], catalog.topics


def test_the_second_load_parses_nothing_and_gives_the_same(good_bank: Path, home: Path, reads: list[str]) -> None:
    first = everything(load_catalog([good_bank], home))
    assert sorted(reads) == ["norms.yaml", "sizes.yaml", "topics.yaml"]
    reads.clear()
    assert everything(load_catalog([good_bank], home)) == first
    assert reads == []


def test_only_a_changed_file_is_parsed_again(good_bank: Path, home: Path, reads: list[str]) -> None:
    load_catalog([good_bank], home)
    reads.clear()
    file = good_bank / "norms.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("difficulty: 2", "difficulty: 4", 1), encoding="utf-8")
    os.utime(file, (0, 0))
    catalog = load_catalog([good_bank], home)
    assert reads == ["norms.yaml"]
    assert catalog.row("eval-statistics").difficulty == 4
    assert catalog.question("eval-statistics").difficulty == 4


def test_faults_are_kept_with_their_places(good_bank: Path, home: Path, reads: list[str]) -> None:
    (good_bank / "bad.yaml").write_text("- id: broken\n  kind: choise\n", encoding="utf-8")
    first = load_catalog([good_bank], home)
    reads.clear()
    second = load_catalog([good_bank], home)
    assert first.faults == second.faults
    assert [(fault.line, fault.column, fault.id) for fault in second.faults] == [(2, 3, "broken")]
    assert reads == []


def test_a_removed_file_is_gone_and_its_bodies_are_swept(good_bank: Path, home: Path) -> None:
    load_catalog([good_bank], home)
    before = len(list(home.rglob("*.jsonl")))
    (good_bank / "norms.yaml").unlink()
    catalog = load_catalog([good_bank], home)
    assert "eval-statistics" not in catalog
    assert len(list(home.rglob("*.jsonl"))) == before - 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"\x00\xff{"),
        lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
        lambda file: file.write_bytes(b"[]"),
        lambda file: file.write_bytes(b'{"norms.yaml": 5}'),
        lambda file: file.write_bytes(b"{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n"),
        lambda file: file.unlink(),
        lambda file: (file.unlink(), file.mkdir()),
    ],
)
def test_a_corrupt_cache_is_ignored_and_rewritten(good_bank: Path, home: Path, spoil: object, reads: list[str]) -> None:
    first = everything(load_catalog([good_bank], home))
    for file in sorted(home.rglob("*.json*")):
        saved = home.parent / "saved"
        shutil.copytree(home, saved)
        spoil(file)  # type: ignore[operator]
        assert everything(load_catalog([good_bank], home)) == first
        shutil.rmtree(home)
        saved.rename(home)


def test_bodies_that_are_valid_but_too_many_or_few_are_not_taken(good_bank: Path, home: Path) -> None:
    first = everything(load_catalog([good_bank], home))
    for file in home.rglob("*.jsonl"):
        lines = file.read_bytes().splitlines(keepends=True)
        file.write_bytes(b"".join(lines[1:]))
    assert everything(load_catalog([good_bank], home)) == first


def test_another_format_is_read_afresh(
    good_bank: Path, home: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_catalog([good_bank], home)
    reads.clear()
    monkeypatch.setattr(cache_module, "format_key", lambda: "another")
    load_catalog([good_bank], home)
    assert len(reads) == 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_cache_folder_is_no_error(good_bank: Path, home: Path) -> None:
    home.mkdir()
    home.chmod(0o500)
    assert len(load_catalog([good_bank], home)) == 9


def test_a_cache_that_cannot_be_made_is_no_error(good_bank: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert len(load_catalog([good_bank], tmp_path / "file" / "cache")) == 9
    assert len(load_catalog([good_bank], None)) == 9


def test_one_question_is_found_without_validating_the_others(
    good_bank: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_catalog([good_bank], home)
    made: list[str] = []
    real = catalog_module.question_from
    monkeypatch.setattr(catalog_module, "question_from", lambda kind, body: made.append(kind) or real(kind, body))
    assert load_catalog([good_bank], home).question("eval-statistics").id == "eval-statistics"
    assert made == ["cloze"]


def test_a_file_changed_under_a_running_program_says_so(good_bank: Path, home: Path) -> None:
    load_catalog([good_bank], home)
    catalog = load_catalog([good_bank], home)
    file = good_bank / "norms.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    for body in home.rglob("*.jsonl"):
        body.unlink()
    with pytest.raises(Exception, match="changed while it was in use"):
        catalog.question("eval-statistics")
    assert catalog.question("size-dilated").id == "size-dilated"


def test_the_cache_is_plain_json(good_bank: Path, home: Path) -> None:
    load_catalog([good_bank], home)
    index = next(home.rglob("index.json"))
    assert set(json.loads(index.read_text(encoding="utf-8"))) == {"norms.yaml", "sizes.yaml", "topics.yaml"}
