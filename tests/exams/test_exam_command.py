"""``quizcnn exam``: files, paths told, refusals, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import quizcnn.locations
from quizcnn.cli.main import program, run
from quizcnn.errors import UsageError
from tests.exams.sample_exam import ALL_KINDS, BANK


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample bank in place of the built-in one, and a learner's folder that is not there."""
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(quizcnn.locations, "bank_folder", lambda: BANK)


@pytest.fixture
def built_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        quizcnn.locations, "bank_folder", lambda: Path(quizcnn.locations.__file__).parents[1] / "question_bank"
    )


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["exam", *arguments], catch_exceptions=False, standalone_mode=False)


def _new(out: Path, *more: str) -> list[str]:
    result = _run("new", str(ALL_KINDS), "--seed", "7", "--format", "md", "-o", str(out), *more)
    return result.stdout.split()


def test_every_file_is_told_and_there(tmp_path: Path) -> None:
    told = _new(tmp_path / "out")
    assert sorted(told) == sorted(str(file) for file in (tmp_path / "out").rglob("*") if file.is_file())
    names = {str(Path(path).relative_to(tmp_path / "out")) for path in told}
    assert names == {
        *(f"hand-out/all-kinds-{letter}.md" for letter in "AB"),
        *(f"hand-out/answers-{letter}.{ending}" for letter in "AB" for ending in ("txt", "yaml", "csv")),
        *(f"key/all-kinds-{letter}-key.md" for letter in "AB"),
        "key/manifest.json",
    }
    assert told[-1].endswith("key/manifest.json")


def test_nothing_in_the_hand_out_holds_a_key(tmp_path: Path) -> None:
    _new(tmp_path)
    manifest = json.loads((tmp_path / "key/manifest.json").read_text(encoding="utf-8"))
    for paper in manifest["papers"]:
        handed_out = [
            file.read_text(encoding="utf-8") for file in (tmp_path / "hand-out").glob(f"*-{paper['letter']}.*")
        ]
        assert len(handed_out) == 4
        for question in paper["questions"]:
            for text in handed_out:
                assert question["explanation"]["en"] not in text
                if question["kind"] == "numeric" and len(question["fields"]) == 1:
                    truth = question["fields"][0]["answer"]["truth"]
                    assert not isinstance(truth, int) or truth < 100 or f"{truth:,}" not in text


def test_existing_files_stay_without_force(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()
    (tmp_path / "key/manifest.json").write_text("mine")
    with pytest.raises(UsageError, match="--force"):
        _new(tmp_path)
    assert [str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if file.is_file() and "home" not in file.parts] == ["key/manifest.json"]  # fmt: skip
    assert (tmp_path / "key/manifest.json").read_text() == "mine"
    _new(tmp_path, "--force")
    assert json.loads((tmp_path / "key/manifest.json").read_text())["format"] == 1


def test_it_neither_reads_nor_writes_the_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from quizcnn.services.context import Context

    def refuse(self: Context) -> None:
        raise AssertionError("the record was opened")

    monkeypatch.setattr(Context, "store", property(refuse))
    _new(tmp_path / "out")


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    _new(tmp_path / "one")
    _new(tmp_path / "two")
    for file in (tmp_path / "one").rglob("*"):
        if file.is_file():
            assert file.read_bytes() == (tmp_path / "two" / file.relative_to(tmp_path / "one")).read_bytes(), file.name


def test_json_of_new(tmp_path: Path) -> None:
    result = _run(
        "new", str(ALL_KINDS), "--seed", "7", "--format", "md", "-o", str(tmp_path), "--versions", "1", "--json"
    )
    told = json.loads(result.stdout)
    assert told["manifest"] == str(tmp_path / "key/manifest.json")
    assert [paper["letter"] for paper in told["papers"]] == ["A"]
    assert told["seed"] == 7


def test_a_chinese_paper(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        program,
        ["--lang", "zh", "exam", "new", str(ALL_KINDS), "--seed", "7", "--format", "md", "-o", str(tmp_path)],
        catch_exceptions=False,
        standalone_mode=False,
    )  # fmt: skip
    assert result.exit_code == 0
    paper = (tmp_path / "hand-out/all-kinds-A.md").read_text(encoding="utf-8")
    assert "## 一、单项选择题" in paper
    assert "输出的边长是多少" in paper
    english = _new(tmp_path / "en")
    papers = [json.loads(Path(file).read_text(encoding="utf-8"))["papers"][0] for file in (english[-1], str(tmp_path / "key/manifest.json"))]  # fmt: skip
    asked = [{question["id"]: question["parameters"] for question in paper["questions"]} for paper in papers]
    assert asked[0] == asked[1], "the same questions with the same numbers, in parts by kind"


@pytest.mark.usefixtures("built_in")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["new", "cv-54"], "did you mean cv-45?"),
        (["new", "none.yaml"], "cannot be read"),
        (["new", "cv-45", "--versions", "0"], "0 is not in the range"),
        (["new", "cv-45", "--format", "rtf"], "rtf"),
        (["new", "cv-45", "--seal"], "--lang zh"),
        (["grade", "none.json", "x.txt"], "none.json"),
        (["grade"], "Missing argument"),
    ],
)
def test_bad_use_exits_with_2_and_says_what_to_type(
    arguments: list[str],
    message: str,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["exam", *arguments]) == 2
    assert message in capfd.readouterr().err


def test_grade_tells_blank_unreadable_and_wrong_and_strict_exits_with_1(tmp_path: Path) -> None:
    told = _new(tmp_path / "out")
    manifest = json.loads(Path(told[-1]).read_text(encoding="utf-8"))
    paper = manifest["papers"][0]
    size = next(question["number"] for question in paper["questions"] if question["id"] == "size-dilated")
    file = tmp_path / "answers.txt"
    file.write_text(f"paper: {paper['code']}\nname: Li\n{size}. 1,21,6\n")
    result = _run("grade", told[-1], str(file))
    assert result.exit_code == 0
    assert "1 to settle" in result.stdout
    assert run(["exam", "grade", told[-1], str(file), "--strict"]) == 1
    report = json.loads(_run("grade", told[-1], str(file), "--json").stdout)
    assert report["unsettled"] == 1
    states = [question["state"] for question in report["people"][0]["questions"]]
    assert states == ["blank"] * (size - 1) + ["unreadable"] + ["not_reached"] * (15 - size)


@pytest.mark.usefixtures("built_in")
def test_blueprints_are_listed_and_checked() -> None:
    listed = json.loads(CliRunner().invoke(program, ["exam", "blueprints", "--json"], standalone_mode=False).stdout)
    assert [each["id"] for each in listed] == ["cv-45", "dl-90", "numbers-15"]
    assert all(each["questions"] and not each["faults"] for each in listed)


def test_an_impossible_blueprint_writes_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("id: plan\ntitle: {en: P, zh: 卷}\nminutes: 5\nsections:\n  - title: {en: A, zh: 甲}\n    pick: [{count: 40, kinds: [recall]}, {count: 2, kinds: [choice], topics: [iou-sample]}]\n")  # fmt: skip
    assert run(["exam", "new", str(plan), "--format", "md", "-o", str(tmp_path / "out")]) == 2
    error = capfd.readouterr().err
    assert "pick 1: wants 40" in error
    assert "pick 2: wants 2, the bank has 0" in error
    assert not (tmp_path / "out").exists()
