"""``quizcnn bank`` from outside: what search and flags print, their JSON and exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizcnn.cli.main import program, run
from quizcnn.services.context import Context

NAME = "conv-size-dilation-stride-numbers"
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


def flag(question_id: str, note: str, seed: int | None = None) -> None:
    Context().store.flag(question_id, datetime(2026, 11, 21, 9, tzinfo=UTC), seed=seed, note=note)


def test_every_command_of_the_bank_is_listed_with_what_it_does(call: Call) -> None:
    listed = call("bank", "--help").stdout.partition("Commands:")[2].split("\n  ")[1:]
    names = [line.split()[0] for line in listed if line[0] != " "]
    assert names == sorted(names)
    assert {"check", "flags", "gallery", "list", "schema", "search", "show", "stats"} <= set(names)
    assert all(len(line.split()) > 2 for line in listed if line[0] != " ")


def test_a_misspelt_command_of_the_bank_gets_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bank", "serach"]) == 2
    assert "did you mean `quizcnn bank search`?" in capsys.readouterr().err


def test_search_prints_hits_on_stdout_and_their_number_on_stderr(call: Call) -> None:
    done = call("bank", "search", NAME)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0].split() == [NAME, "numeric", "3", "dilated-effective-kernel"]
    assert done.stderr.startswith(f"{len(done.stdout.splitlines())} of ")


def test_search_gives_the_rows_of_the_list_as_json(call: Call) -> None:
    listed = {row["id"]: row for row in json.loads(call("bank", "list", "--json").stdout)}
    found = json.loads(call("bank", "search", "depthwise", "kind:number", "--json").stdout)
    assert found
    assert all(row == listed[row["id"]] and row["kind"] == "numeric" for row in found)
    best = json.loads(call("--json", "bank", "search", "--limit", "2", "depthwise", "kind:number").stdout)
    assert best == found[:2]


def test_quotes_that_the_shell_took_are_given_back(call: Call) -> None:
    quoted = call("bank", "search", "mistake:ignores groups", "--json").stdout
    assert json.loads(quoted)
    assert quoted == call("bank", "search", "mistake:ignores_groups", "--json").stdout


def test_nothing_found_is_no_error_and_says_what_to_try(call: Call) -> None:
    done = call("bank", "search", "convlution", "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, [])
    assert "No question has 'convlution'; try convolution" in done.stderr
    assert "没有题目含“convlution”" in call("--lang", "zh", "bank", "search", "convlution").stderr


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("kind:nmuber", "no kind is called 'nmuber'; did you mean kind:number"),
        ("knid:numeric", "there is no filter 'knid'; did you mean kind:numeric?"),
        ("colour:red", "there is no filter 'colour'; the filters are kind, area"),
        ("difficulty:9", "no difficulty is called '9'"),
    ],
)
def test_a_wrong_filter_is_bad_use(capsys: pytest.CaptureFixture[str], word: str, said: str) -> None:
    assert run(["bank", "search", word]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


def test_a_record_that_cannot_be_read_stops_only_what_needs_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = Context().store.path
    assert path is not None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"this is no database" * 100)
    assert run(["bank", "search", NAME]) == 0
    assert run(["bank", "search", "state:due"]) == 3
    assert run(["bank", "flags"]) == 3
    assert capsys.readouterr().out.split()[0] == NAME


def test_flags_are_listed_with_place_note_and_time(call: Call) -> None:
    assert call("bank", "flags").stdout == "0 flags\n"
    flag(NAME, "prompt does not say NCHW", seed=7)
    flag("a-question-that-is-gone", "")
    source = Context().catalog.source(NAME)
    first, second, count = call("bank", "flags").stdout.splitlines()
    assert first.endswith(
        f"{source.file.name}:{source.place.line}:{source.place.column}: {NAME}: prompt does not say NCHW (2026-11-21 09:00, seed 7)"
    )
    assert second == "not in the bank: a-question-that-is-gone: no note (2026-11-21 09:00)"
    assert count == "2 flags"
    assert json.loads(call("bank", "flags", "--json").stdout) == [
        {
            "id": NAME,
            "file": str(source.file),
            "line": source.place.line,
            "column": source.place.column,
            "note": "prompt does not say NCHW",
            "seed": 7,
            "flagged_at": "2026-11-21T09:00:00+00:00",
        },
        {
            "id": "a-question-that-is-gone",
            "file": None,
            "line": None,
            "column": None,
            "note": "",
            "seed": None,
            "flagged_at": "2026-11-21T09:00:00+00:00",
        },
    ]


def test_flags_are_cleared_by_id(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    flag(NAME, "one")
    flag(NAME, "two")
    assert run(["bank", "flags", "--clear", "conv-size-dilation-stride-number"]) == 2
    assert f"did you mean {NAME}?" in capsys.readouterr().err
    assert call("bank", "flags", "--clear", NAME).stdout == f"{NAME}: 2 flags cleared\n"
    assert call("bank", "flags").stdout == "0 flags\n"
    assert run(["bank", "flags", "--clear", NAME]) == 2
