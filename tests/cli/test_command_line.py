"""The command line from outside: exit codes, what is loaded at start, options before and after, batches."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from quizcnn import __version__

HEAVY = ("textual", "sqlalchemy", "alembic", "numpy", "typst", "pypandoc")
SIZE = ("conv2d_output_shape", "in_height=56", "in_width=56", "kernel_size=3", "stride=2", "padding=1")
QUESTION = "conv-size-dilation-stride-numbers"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "QUIZCNN_HOME": str(tmp_path), "QUIZCNN_NOW": "2026-11-21T09:00:00+00:00", "NO_COLOR": "1"}


def run(
    environment: dict[str, str], *words: str, stdin: str = "", python: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *python, "-m", "quizcnn", *words]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, env=environment, timeout=60, check=False
    )


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("solve", *SIZE),
        ("families",),
        ("diagnose", *SIZE, "--output", "out_height", "--answer", "27"),
        ("question", QUESTION, "--seed", "7", "--json"),
        ("grade", QUESTION, "--seed", "7", "--answer", "12", "--json"),
    ],
    ids=lambda words: words[0],
)
def test_no_heavy_library_is_loaded(environment: dict[str, str], words: tuple[str, ...]) -> None:
    done = run(environment, *words, python=("-X", "importtime"))
    assert done.returncode == 0, done.stderr[-400:]
    loaded = {
        line.rpartition("|")[2].strip().partition(".")[0]
        for line in done.stderr.splitlines()
        if line.startswith("import time:")
    }
    assert "quizcnn" in loaded
    assert not loaded & set(HEAVY)


def test_help_loads_no_model_library(environment: dict[str, str]) -> None:
    done = run(environment, "--help", python=("-X", "importtime"))
    assert "pydantic" not in done.stderr
    for command in (
        "bank",
        "db",
        "diagnose",
        "drill",
        "due",
        "exam",
        "families",
        "grade",
        "grade-text",
        "question",
        "read",
        "solve",
        "stats",
    ):
        assert f"\n  {command} " in done.stdout


def test_every_command_has_an_example(environment: dict[str, str]) -> None:
    listed = [
        line.split()[0]
        for line in run(environment, "--help").stdout.partition("Commands:")[2].splitlines()
        if line.startswith("  ") and line[2] != " "
    ]
    assert len(listed) >= 13
    for command in listed:
        assert f"quizcnn {command}" in run(environment, command, "--help").stdout.replace("Usage: quizcnn", ""), command


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("no-such-command",), 2, "no command 'no-such-command'"),
        (("solv",), 2, "did you mean `quizcnn solve`?"),
        (("question", "no-such-id"), 2, "no question is called 'no-such-id'"),
        (("solve", "conv2d_output_shapes"), 2, "conv2d_output_shape"),
        (("solve", *SIZE, "stride=2"), 2, "stride is given twice"),
        (("solve", "softmax", "logits"), 2, "is no name=value"),
        (("drill", "--plain", "--kind", "numerci"), 2, "did you mean numeric?"),
        (("--lang", "fr", "due"), 2, "'fr' is not one of"),
        (("grade", QUESTION), 2, "belong together"),
    ],
)
def test_bad_use_says_what_to_type(environment: dict[str, str], words: tuple[str, ...], code: int, said: str) -> None:
    done = run(environment, *words)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_global_options_stand_before_or_after(environment: dict[str, str]) -> None:
    before = run(environment, "--json", "--lang", "zh", "question", QUESTION, "--seed", "7")
    after = run(environment, "question", QUESTION, "--seed", "7", "--json", "--lang", "zh")
    assert before.stdout == after.stdout
    assert any("\u4e00" <= sign <= "\u9fff" for sign in json.loads(after.stdout)["prompt"])


def test_a_batch_answers_every_line_in_order(environment: dict[str, str]) -> None:
    lines = [
        json.dumps({"family": "linear_parameters", "inputs": {"in_features": n, "out_features": 2}}) for n in (1, 2, 3)
    ]
    done = run(
        environment,
        "solve",
        "--batch",
        stdin="\n".join([lines[0], "{", lines[1], "[]", '{"family": 3}', lines[2]]) + "\n",
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer.get("outputs", {}).get("total") for answer in answers] == [4, None, 6, None, None, 8]
    assert all("error" in answers[place] for place in (1, 3, 4))


def test_one_line_never_changes_another(environment: dict[str, str]) -> None:
    lines = [json.dumps({"id": QUESTION, "seed": seed, "answer": "12"}) for seed in (3, 1, 2)]
    together = run(environment, "grade", "--batch", stdin="\n".join(lines) + "\n").stdout.splitlines()
    alone = [run(environment, "grade", "--batch", stdin=line + "\n").stdout.strip() for line in lines]
    assert together == alone


def test_output_does_not_depend_on_the_hash_seed(environment: dict[str, str]) -> None:
    printed = {
        run({**environment, "PYTHONHASHSEED": seed}, "question", QUESTION, "--seed", "5", "--key", "--json").stdout
        for seed in ("0", "1", "99")
    }
    assert len(printed) == 1


def test_a_broken_question_elsewhere_is_warned_about_once(environment: dict[str, str], tmp_path: Path) -> None:
    bank = tmp_path / "bank"
    bank.mkdir()
    (bank / "broken.yaml").write_text("- id: broken\n  kind: chioce\n", encoding="utf-8")
    done = run(environment, "question", QUESTION, "--seed", "1", "--bank", str(bank))
    assert done.returncode == 0
    assert done.stderr.count("fault") == 1


def test_the_version_is_told(environment: dict[str, str]) -> None:
    assert __version__ in run(environment, "--version").stdout
