"""The settings file: read with its faults named, written whole, overridden from the environment."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from quizcnn import settings
from quizcnn.errors import QuizError, UsageError
from quizcnn.settings import Settings, change, legal_values, load_settings, save_changes, save_settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path))
    for name in settings._LEGAL:
        monkeypatch.delenv(f"QUIZCNN_{name.upper()}", raising=False)
    return tmp_path


EVERYTHING = Settings(
    language="zh",
    interview_date=date(2026, 12, 12),
    minutes=40,
    new_per_day=0,
    reviews_per_day=9999,
    desired_retention=0.85,
    rollover_hour=0,
    theme="contrast",
    symbols="ascii",
    motion=False,
    enter_in_text="new line",
    caret="terminal",
    digit_answers_at_once=True,
    areas=("detection", "metrics"),
    numeric_level=4.5,
    concept_level=2.1,
    banks=(Path("/banks/“mine” \\ and\tyours"), Path("题库")),
    database="sqlite:////home/me/“mine”.sqlite",
    keys={"undo": "ctrl+z", 'quote"s': "\\"},
)


def test_without_a_file_the_defaults_hold_and_it_is_the_first_run(home: Path) -> None:
    assert load_settings() == Settings()
    assert not settings.exists()
    assert (Settings().language, Settings().minutes, Settings().new_per_day, Settings().reviews_per_day) == (
        "en",
        25,
        5,
        60,
    )
    assert (Settings().desired_retention, Settings().rollover_hour, Settings().interview_date) == (0.9, 4, None)
    assert Settings().enter_checks
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("saved", [EVERYTHING, Settings(), Settings(minutes=1), Settings(keys={"a": "b"})])
def test_what_is_saved_is_read_again(home: Path, saved: Settings) -> None:
    assert save_settings(saved) == home / "settings.toml"
    assert load_settings() == saved
    assert settings.exists()
    assert [path.name for path in home.iterdir()] == ["settings.toml"]


def test_every_setting_can_be_read_and_has_its_legal_values_in_words() -> None:
    assert [field.name for field in fields(Settings)] == list(settings._LEGAL)
    assert all(legal_values(name) for name in settings._LEGAL)
    assert not EVERYTHING.enter_checks


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('language = "de"', 'language: "de" is not a legal value; legal: "en" or "zh"'),
        ("minutes = 0", "minutes: 0 is not a legal value; legal: a whole number from 1 to 600"),
        ("minutes = 25.0", "minutes: 25.0 is not a legal value; legal: a whole number from 1 to 600"),
        ("new_per_day = true", "new_per_day: true is not a legal value; legal: a whole number from 0 to 999"),
        ("desired_retention = 1", "desired_retention: 1 is not a legal value; legal: a number from 0.7 to 0.99"),
        ("rollover_hour = 24", "rollover_hour: 24 is not a legal value; legal: a whole number from 0 to 23"),
        ('interview_date = "soon"', 'interview_date: "soon" is not a legal value; legal: a date such as 2026-12-12'),
        ("interview_date = 2026-12-12T09:00:00", "is not a legal value; legal: a date such as 2026-12-12"),
        ('motion = "off"', 'motion: "off" is not a legal value; legal: true or false'),
        ('banks = "~/bank"', 'banks: "~/bank" is not a legal value; legal: a list of folders'),
        ('database = "record.sqlite"', 'database: "record.sqlite" is not a legal value; legal: a database URL'),
        ('keys = ["a"]', 'keys: ["a"] is not a legal value; legal: a table of actions and keys'),
        ("minuts = 20", "no setting is called 'minuts'; did you mean 'minutes'?"),
        ("zzz = 20", "no setting is called 'zzz'; the settings are language, interview_date"),
        ("minutes = ", "no TOML: "),
        ("minutes = 1\nminutes = 2", "no TOML: "),
    ],
)
def test_a_bad_line_names_file_key_and_what_is_legal(home: Path, line: str, said: str) -> None:
    (home / "settings.toml").write_text(line)
    with pytest.raises(UsageError) as caught:
        load_settings()
    assert str(caught.value).startswith(f"{home}/settings.toml: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_date_may_be_a_date_or_text_and_folders_may_begin_with_the_home_sign(home: Path) -> None:
    (home / "settings.toml").write_text('\ufeffinterview_date = "2026-12-12"\nbanks = ["~/bank"]\n', encoding="utf-8")
    assert load_settings().interview_date == date(2026, 12, 12)
    assert load_settings().banks == (Path("~/bank").expanduser(),)
    (home / "settings.toml").write_text("interview_date = 2026-12-12")
    assert load_settings().interview_date == date(2026, 12, 12)


def test_the_environment_wins_over_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_settings(EVERYTHING)
    given = {
        "LANGUAGE": "en",
        "MINUTES": "10",
        "DESIRED_RETENTION": "0.95",
        "MOTION": "true",
        "INTERVIEW_DATE": "2027-01-31",
        "BANKS": "/one:/two",
        "DATABASE": "sqlite:////elsewhere.sqlite",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"QUIZCNN_{name}", value)
    found = load_settings()
    assert (found.language, found.minutes, found.desired_retention, found.motion) == ("en", 10, 0.95, True)
    assert (found.interview_date, found.banks) == (date(2027, 1, 31), (Path("/one"), Path("/two")))
    assert found.database == "sqlite:////elsewhere.sqlite"
    assert found.theme == "contrast"


@pytest.mark.parametrize(("name", "value"), [("MINUTES", "many"), ("LANGUAGE", "fr"), ("MOTION", "maybe")])
def test_a_bad_variable_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"QUIZCNN_{name}", value)
    with pytest.raises(UsageError, match=f'QUIZCNN_{name}: "{value}" is not a legal value; legal: '):
        load_settings()


def test_a_change_is_checked_like_a_line_of_the_file() -> None:
    assert change(Settings(), minutes=40, language="zh") == Settings(minutes=40, language="zh")
    assert change(EVERYTHING, interview_date="").interview_date is None
    with pytest.raises(UsageError, match="minutes: 9000 is not a legal value; legal: a whole number from 1 to 600"):
        change(Settings(), minutes=9000)
    with pytest.raises(UsageError, match="no setting is called"):
        change(Settings(), colour="red")
    with pytest.raises(UsageError, match="no setting is called 'minuts'; did you mean"):
        legal_values("minuts")


def test_a_file_that_cannot_be_written_or_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path / "file"))
    with pytest.raises(QuizError, match="settings cannot be written"):
        save_settings(Settings())
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path))
    (tmp_path / "settings.toml").mkdir()
    with pytest.raises(UsageError, match="settings cannot be read"):
        load_settings()
    assert not settings.exists()


def test_what_is_not_written_leaves_the_old_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_settings(Settings(minutes=10))

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", no_room)
    with pytest.raises(QuizError, match="No space left on device"):
        save_settings(Settings(minutes=20))
    monkeypatch.undo()
    monkeypatch.setenv("QUIZCNN_HOME", str(home))
    assert load_settings().minutes == 10
    assert [path.name for path in home.iterdir()] == ["settings.toml"]


def test_settings_cost_no_heavy_import() -> None:
    code = (
        "import sys, quizcnn.settings; quizcnn.settings.load_settings();"
        "heavy = {'pydantic', 'sqlalchemy', 'textual', 'numpy', 'fsrs', 'platformdirs'} & set(sys.modules); assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_change_leaves_what_only_the_environment_says_out_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    save_settings(Settings(minutes=40))
    monkeypatch.setenv("QUIZCNN_THEME", "dark")
    monkeypatch.setenv("QUIZCNN_AREAS", "detection, metrics")
    assert (load_settings().theme, load_settings().areas) == ("dark", ("detection", "metrics"))
    save_changes(new_per_day=7)
    monkeypatch.delenv("QUIZCNN_THEME")
    monkeypatch.delenv("QUIZCNN_AREAS")
    assert load_settings() == Settings(minutes=40, new_per_day=7)
