"""Several learners on one machine: nothing of one is seen or touched by another, in any command."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from quizcnn import locations
from quizcnn.cli.main import program
from quizcnn.errors import UsageError
from tests.storage.record_samples import fill


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path))
    monkeypatch.delenv("QUIZCNN_PROFILE", raising=False)
    return tmp_path


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(program, arguments)
    seen = getattr(result.exception, "exit_code", result.exit_code)
    assert seen == code, (result.output, result.exception)
    return result


def answer_as(name: str, count: int) -> None:
    from quizcnn.storage.repositories import open_store

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUIZCNN_PROFILE", name)
        fill(open_store(), count)


def attempts(*options: str) -> int:
    return int(json.loads(run(*options, "db", "check", "--json").output.splitlines()[-1])["attempts"])


def commands(group: click.Command, name: str, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    yield name, group
    if isinstance(group, click.Group):
        for each in group.list_commands(context):
            found = group.get_command(context, each)
            assert found is not None
            yield from commands(found, f"{name} {each}", context)


def test_every_command_takes_a_profile() -> None:
    for name, command in commands(program, "quizcnn", click.Context(program)):
        assert any("--profile" in each.opts for each in command.params), name


def test_each_has_a_record_and_settings_of_their_own(home: Path) -> None:
    answer_as("anna", 7)
    answer_as("李雷", 3)
    answer_as("", 2)
    (home / "profiles" / "anna" / "settings.toml").write_text('language = "zh"\n')
    assert [attempts(), attempts("--profile", "anna"), attempts("--profile", "李雷")] == [2, 7, 3]
    assert run("db", "path", "--profile", "anna").output == f"{home}/profiles/anna/quizcnn.sqlite\n"
    asked = ("question", "three-convs-without-activation", "--seed", "1")
    assert "卷积" in run(*asked, "--profile", "anna").output
    assert "卷积" not in run(*asked).output
    assert os.environ.get("QUIZCNN_PROFILE") is None


def test_the_variable_names_one_and_the_option_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    answer_as("anna", 4)
    answer_as("ben", 1)
    monkeypatch.setenv("QUIZCNN_PROFILE", "anna")
    assert attempts() == 4
    assert attempts("--profile", "ben") == 1
    assert attempts("--profile", "default") == 0
    assert os.environ["QUIZCNN_PROFILE"] == "anna"


def test_the_list_tells_who_is_there_and_who_is_meant(home: Path) -> None:
    assert run("profiles").output == f"* default  {home}/quizcnn.sqlite  (no answer yet)\n"
    answer_as("anna", 1)
    assert run("profiles", "--profile", "anna").output.splitlines() == [
        f"  default  {home}/quizcnn.sqlite  (no answer yet)",
        f"* anna     {home}/profiles/anna/quizcnn.sqlite",
    ]
    found = json.loads(run("profiles", "--json").output)
    assert [(each["name"], each["exists"], each["in_use"]) for each in found] == [
        ("default", False, True),
        ("anna", True, False),
    ]


def test_a_new_name_is_told_with_the_nearest_and_nothing_is_made(home: Path) -> None:
    answer_as("anna", 1)
    result = run("due", "--profile", "anan")
    assert "the profile 'anan' is new: the first answer or setting makes it; did you mean 'anna'?" in result.stderr
    assert not (home / "profiles" / "anan").exists()
    assert "is new" not in run("due", "--profile", "anna").stderr


@pytest.mark.parametrize("name", ["../x", "a/b", "a\\b", ".hidden", "-x", "a b", "x" * 41, "a:b", "con\0"])
def test_what_is_no_name_is_refused(name: str, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    result = run("due", f"--profile={name}", code=2)
    assert isinstance(result.exception, UsageError)
    assert "is no name of a profile" in str(result.exception)
    assert not (home / "profiles").exists()


@pytest.mark.parametrize("name", ["anna", "李雷", "a-b_2", "Zoë", "x" * 40])
def test_names_are_letters_of_any_script(name: str) -> None:
    assert locations.profile_named(name, "x") == name


def test_one_name_in_two_spellings_of_its_letters_is_one_profile() -> None:
    assert locations.profile_named("Zoe\u0308", "x") == "Zoë"


def test_progress_goes_from_one_to_another(tmp_path: Path) -> None:
    answer_as("anna", 5)
    file = tmp_path / "p.jsonl"
    run("export", "progress", "--profile", "anna", "-o", str(file))
    assert run("import", str(file), "--profile", "ben").output.startswith("5 attempts new, 0 changed")
    assert (attempts("--profile", "ben"), attempts()) == (5, 0)


def test_a_record_elsewhere_is_that_of_the_profile_that_names_it(home: Path, tmp_path: Path) -> None:
    folder = home / "profiles" / "anna"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text(f'database = "sqlite:///{tmp_path}/elsewhere.sqlite"\n')
    assert run("db", "path", "--profile", "anna").output == f"{tmp_path}/elsewhere.sqlite\n"
    assert run("db", "path").output == f"{home}/quizcnn.sqlite\n"
