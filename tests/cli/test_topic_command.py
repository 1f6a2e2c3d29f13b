"""``quizcnn topic`` from outside: a lesson as lines and as JSON, both languages, the list, what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizcnn.cli.main import program, run

Call = Callable[..., Result]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path))
    monkeypatch.setenv("QUIZCNN_NOW", "2026-11-21T09:00:00+00:00")
    monkeypatch.setenv("TZ", "UTC")
    return tmp_path


@pytest.fixture
def call() -> Call:
    return lambda *words: CliRunner().invoke(program, list(words))


def test_a_lesson_is_printed_in_both_languages(call: Call) -> None:
    en, zh = call("topic", "conv-output-size").stdout, call("topic", "conv-output-size", "--lang", "zh").stdout
    assert [line for line in en.splitlines()[2:] if line and line[0] != " "][:3] == [
        "Facts",
        "Formula",
        "Common mistakes",
    ]
    assert zh.startswith("卷积输出尺寸计算 (conv-output-size)\n")
    assert "\n公式\n" in zh
    assert "⎢H + 2p − d(k − 1) − 1⎥" in en
    assert "⎢H + 2p − d(k − 1) − 1⎥" in zh


def test_a_seed_gives_the_same_example_again_and_another_one_others(call: Call) -> None:
    def example(seed: int) -> str:
        return call("topic", "conv-output-size", "--seed", str(seed)).stdout.partition("Worked example")[2]

    assert example(7) == example(7)
    assert len({example(seed) for seed in range(5)}) > 1


def test_json_holds_facts_example_and_neighbours(call: Call) -> None:
    given = json.loads(call("topic", "conv-output-size", "--seed", "7", "--json").stdout)
    assert given["id"] == "conv-output-size"
    assert given["facts"]
    assert given["example"]["steps"]
    assert "pool-output-size" in [each["id"] for each in given["leads_to"]]
    assert {question["id"] for question in given["questions"]} >= {given["example"]["id"]}


def test_without_an_id_all_topics_are_listed(call: Call) -> None:
    listed = json.loads(call("topic", "--json").stdout)
    lines = call("topic").stdout.splitlines()
    for topic in listed:
        assert any(line.split()[:1] == [topic["id"]] for line in lines)
    assert sum(topic["total"] for topic in listed) == len(json.loads(call("bank", "list", "--json").stdout))


def test_an_unknown_topic_is_refused_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["topic", "conv-outpt-size"]) == 2
    assert "did you mean conv-output-size" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_topics_of_all_areas_have_lessons(call: Call, lang: str) -> None:
    for topic in json.loads(call("topic", "--json").stdout)[::7]:
        done = call("topic", topic["id"], "--lang", lang)
        assert done.exit_code == 0, topic["id"]
        assert ("Questions\n" if lang == "en" else "题目\n") in done.stdout or not topic["total"]
