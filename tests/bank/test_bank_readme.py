"""The bank's README tells the truth: every example in it loads, passes the check and stands for its kind."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from quizcnn.bank.catalog import load_catalog
from quizcnn.bank.document import read_document
from quizcnn.bank.draws import FORMS, DrawSpec
from quizcnn.bank.models import KINDS, Choice, Topic
from quizcnn.networks.spec import GROUPS, LAYERS, read_network
from quizcnn.networks.trace import trace
from quizcnn.services.check import check_bank

BANK = Path(__file__).parent.parent.parent / "question_bank"
README = (BANK / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", README, re.M | re.S)
QUESTIONS = [block for block in BLOCKS if block.startswith("- id:") and "kind:" in block]


def test_every_block_is_accounted_for() -> None:
    rest = [block for block in BLOCKS if block not in QUESTIONS]
    assert [block.split(":")[0] for block in rest] == ["draw", "name", "- id"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("readme")
    shutil.copy(BANK / "topics.yaml", folder)
    (folder / "examples.yaml").write_text("".join(QUESTIONS), encoding="utf-8")
    return folder


def test_the_examples_have_no_fault(folder: Path) -> None:
    report = check_bank(load_catalog([folder]), seeds=10)
    assert [str(fault) for fault in report.faults] == []


def test_every_kind_has_an_example(folder: Path) -> None:
    assert {row.kind for row in load_catalog([folder]).rows()} == set(KINDS)


def test_every_draw_form_is_shown() -> None:
    block = next(block for block in BLOCKS if block.startswith("draw:"))
    data = read_document(block.encode()).data
    draws = TypeAdapter(dict[str, DrawSpec]).validate_python(data["draw"])  # type: ignore[index, call-overload]
    shown = {type(draw).__name__ for draw in draws.values()}
    assert len(shown) == len(FORMS) + 1, "a list of values and one of each form"


def test_the_network_is_traced_as_told() -> None:
    block = next(block for block in BLOCKS if block.startswith("name:"))
    found = trace(read_network(read_document(block.encode()).data))
    assert [row.shape for row in found.rows][-4:] == [(32, 16, 16), (32, 1, 1), (32,), (10,)]
    every = (*LAYERS, *GROUPS)
    assert [kind for kind in every if f"`{kind}`" not in README] == []


def test_the_topic_has_every_key() -> None:
    block = next(block for block in BLOCKS if block.startswith("- id: example-topic"))
    data = read_document(block.encode()).data
    assert set(data[0]) == set(Topic.model_fields)  # type: ignore[index, call-overload, arg-type]
    Topic.model_validate(data[0])  # type: ignore[index, call-overload]


def test_every_common_key_is_told() -> None:
    common = set(Choice.model_fields) - {"prompt", "options", "multiple", "credit", "ordered", "states"}
    assert [key for key in sorted(common) if f"`{key}`" not in README] == []


def test_the_built_in_topics_are_told_in_both_languages() -> None:
    topics = load_catalog([BANK]).topics
    texts = [(topic.id, text) for topic in topics.values() for text in (*topic.facts, *topic.mistakes)]
    assert len(texts) > 1000
    assert not [(topic, text.en) for topic, text in texts if text.en == text.zh]
