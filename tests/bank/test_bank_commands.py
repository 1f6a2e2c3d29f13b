"""``quizcnn bank``: what it prints, as text and as JSON, and how it exits."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quizcnn.cli.main import run
from quizcnn.services import context

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def bank(good_bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``quizcnn bank ...`` on the good samples in place of the built-in bank."""
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("quizcnn.locations.bank_folder", lambda: good_bank)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(["bank", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_list_says_what_the_contract_names(bank: Run) -> None:
    code, out, _ = bank("list", "--json")
    rows = json.loads(out)
    assert code == 0
    assert len(rows) == 9
    assert rows[6] | {"revision": 1} == {
        "id": "size-dilated", "kind": "numeric", "topic": "conv-size", "area": "convolution", "difficulty": 3,
        "family": "conv2d_output_shape", "languages": ["en", "zh"], "revision": 1,
    }  # fmt: skip


def test_list_narrows_and_refuses_names_that_do_not_exist(bank: Run) -> None:
    _, out, _ = bank("list", "--kind", "numeric")
    assert out.split()[0] == "size-dilated"
    assert len(out.splitlines()) == 1
    assert len(json.loads(bank("list", "--area", "normalization", "--json")[1])) == 6
    code, _, err = bank("list", "--kind", "numerical")
    assert code == 2
    assert "did you mean numeric?" in err


def test_check_exits_with_one_where_there_are_faults(bank: Run, good_bank: Path) -> None:
    code, out, _ = bank("check", "--seeds", "5", "--json")
    report = json.loads(out)
    assert code == 0
    assert report["faults"] == []
    assert report["counts"]["kinds"]["choice"] == 1
    assert {"id", "variants", "worst_redraws", "without_target"} == set(report["entries"][0])
    (good_bank / "bad.yaml").write_text("- id: broken\n  kind: choise\n", encoding="utf-8")
    code, out, _ = bank("check", "--seeds", "5", "--json")
    assert code == 1
    assert json.loads(out)["faults"] == [
        {
            "file": "bank/bad.yaml",
            "line": 2,
            "column": 3,
            "id": "broken",
            "message": "kind cannot be the text 'choise'; did you mean choice?",
        }
    ]
    code, out, _ = bank("check", "--seeds", "5")
    assert code == 1
    assert out.splitlines()[0] == "bank/bad.yaml:2:3: broken: kind cannot be the text 'choise'; did you mean choice?"
    assert out.splitlines()[-1] == "1 fault"


def test_other_commands_warn_once_and_go_on(bank: Run, good_bank: Path) -> None:
    (good_bank / "bad.yaml").write_text("- id: broken\n  kind: choise\n", encoding="utf-8")
    code, out, err = bank("list")
    assert code == 0
    assert len(out.splitlines()) == 9
    assert err.count("fault") == 1
    code, _, err = bank("show", "broken")
    assert code == 2
    assert "bad.yaml:2:3" in err


def test_show_prints_the_place_and_the_source(bank: Run, good_bank: Path) -> None:
    _, out, _ = bank("show", "eval-statistics")
    lines = out.splitlines()
    file, line, column = lines[0].split(":")
    assert (good_bank.parent / file).read_text(encoding="utf-8").splitlines()[int(line) - 1] == lines[1]
    assert column == "3"
    assert lines[1] == "- id: eval-statistics"
    assert lines[-1].startswith("  samples:")
    shown = json.loads(bank("show", "eval-statistics", "--json")[1])
    assert shown["question"]["gaps"]["momentum"] == {"number": 0.1}
    assert bank("show", "eval-statistic")[0] == 2


def test_stats_count_what_is_there(bank: Run) -> None:
    counts = json.loads(bank("stats", "--json")[1])
    assert counts["questions"] == 9
    assert counts["areas"] == {"convolution": 3, "normalization": 6}
    assert counts["frequent_topics_without_question"] == []
    assert "questions: 9" in bank("stats")[1]


def test_the_schema_names_every_kind_and_takes_plain_labels(bank: Run) -> None:
    schema: dict[str, Any] = json.loads(bank("schema")[1])
    assert schema["type"] == "array"
    kinds = set(schema["items"]["discriminator"]["mapping"])
    assert kinds == {
        "numeric",
        "inverse",
        "expression",
        "choice",
        "cloze",
        "ordering",
        "matching",
        "short_answer",
        "recall",
    }
    assert {"type": "string"} in schema["$defs"]["OptionText"]["properties"]["text"]["anyOf"]


def test_the_gallery_is_one_file_that_is_not_overwritten(bank: Run, tmp_path: Path) -> None:
    code, out, _ = bank("gallery", "-o", "page.html")
    assert (code, out.strip()) == (0, "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.count("<article") == 9
    assert 'lang="zh"' in page
    assert "http" not in page.replace("http://www.w3.org/1998/Math/MathML", "")
    code, _, err = bank("gallery", "-o", "page.html")
    assert code == 2
    assert "--force" in err
    assert bank("gallery", "-o", "page.html", "--force")[0] == 0


def test_a_bank_folder_may_be_named_before_and_after_the_command(
    bank: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "q.yaml").write_text(
        "- id: my-own\n  kind: recall\n  topic: batch-norm\n  difficulty: 2\n  prompt: {en: Draw it., zh: 请画出来。}\n"
        "  back: [{en: One mean., zh: 一个均值。}]\n  explanation: {en: x, zh: 均值}\n",
        encoding="utf-8",
    )
    assert "my-own" in bank("list", "--bank", str(mine))[1]
    assert run(["--bank", str(mine), "bank", "list"]) == 0
    assert "my-own" in capsys.readouterr().out


def test_the_context_reads_the_bank_once(bank: Run, good_bank: Path) -> None:
    one = context.Context()
    assert one.catalog is one.catalog
    assert len(one.catalog) == 9
