"""Anki packages: their layout as Anki documents it, fields that never change, and what Anki itself makes of them where it is there."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from dataclasses import replace
from hashlib import sha1
from io import BytesIO
from pathlib import Path

import pytest
from export_samples import exported, hostile_items

from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.interop.anki import BASIC, CLOZE, FIELDS, TYPED, to_anki
from quizcnn.interop.item import Item
from quizcnn.text import Text

Row = dict[str, object]


def opened(package: bytes, folder: Path) -> tuple[list[Row], dict[str, object], dict[str, str], zipfile.ZipFile]:
    """Notes, the collection's head, media names, and the zip."""
    archive = zipfile.ZipFile(BytesIO(package))
    (folder / "c.anki2").write_bytes(archive.read("collection.anki2"))
    with closing(sqlite3.connect(folder / "c.anki2")) as database:
        database.row_factory = sqlite3.Row
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        head = {name: json.loads(value) if name in ("conf", "models", "decks", "dconf", "tags") else value for name, value in dict(database.execute("SELECT * FROM col").fetchone()).items()}  # fmt: skip
        notes = []
        for row in database.execute("SELECT * FROM notes"):
            cards = [dict(card) for card in database.execute("SELECT * FROM cards WHERE nid = ?", (row["id"],))]
            notes.append({**dict(row), "cards": cards, **dict(zip(FIELDS, row["flds"].split("\x1f"), strict=True))})
    return notes, head, json.loads(archive.read("media")), archive


@pytest.fixture(scope="module")
def package(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[list[Row], dict[str, object], dict[str, str], zipfile.ZipFile]:
    return opened(to_anki(exported().items, ["en", "zh"]).content, tmp_path_factory.mktemp("anki"))


def test_fields_and_ids_of_the_note_types_are_pinned() -> None:
    assert FIELDS == (
        "Id",
        "Front",
        "Answer",
        "Back",
        "Key",
        "Lang",
        "Revision",
        "Source",
        "Extra1",
        "Extra2",
        "Extra3",
    )
    assert [kind.id for kind in (BASIC, TYPED, CLOZE)] == [1_607_392_319_001, 1_607_392_319_002, 1_607_392_319_003]
    assert [kind.fields for kind in (BASIC, TYPED, CLOZE)] == [FIELDS] * 3


def test_every_item_is_a_note_in_each_language_under_a_guid_of_its_own(package: tuple[list[Row], ...]) -> None:
    notes = package[0]
    assert {note["Id"] for note in notes} == {f"{item.id} {lang}" for item in exported().items for lang in ("en", "zh")}
    assert len({note["guid"] for note in notes}) == len(notes)
    assert len({note["id"] for note in notes} | {card["id"] for note in notes for card in note["cards"]}) == len(notes) + sum(len(note["cards"]) for note in notes)  # fmt: skip


def test_notes_refer_to_types_and_decks_that_are_there(
    package: tuple[list[Row], dict[str, dict[str, object]], object, object],
) -> None:
    notes, head = package[:2]
    assert head["ver"] == 11
    for note in notes:
        model = head["models"][str(note["mid"])]
        assert [field["name"] for field in model["flds"]] == list(FIELDS)
        assert note["csum"] == int(sha1(note["Id"].encode()).hexdigest()[:8], 16)
        assert not re.search(r"\s{2,}", note["tags"].strip())
        assert {str(card["did"]) for card in note["cards"]} <= head["decks"].keys()
    names = {deck["name"] for deck in head["decks"].values()}
    assert {name.rpartition("::")[0] for name in names if "::" in name} <= names


def test_typed_notes_hold_the_bare_form_and_gaps_one_card_each(package: tuple[list[Row], ...]) -> None:
    by_id = {note["Id"]: note for note in package[0]}
    typed = clozes = 0
    for item in exported().items:
        note, fields = by_id[f"{item.id} en"], item.variant.fields
        if note["mid"] == TYPED.id and {field.answer.type for field in fields} == {"number"}:
            assert note["Answer"] == "; ".join(field.answer.typed() for field in fields)
            typed += 1
        if note["mid"] == CLOZE.id:
            assert sorted(set(re.findall(r"\{\{c(\d+)::", note["Front"]))) == [str(n + 1) for n in range(len(fields))]
            assert len(note["cards"]) == len(fields)
            clozes += 1
    assert typed > 200
    assert clozes == sum(item.variant.kind == "cloze" for item in exported().items) > 10


def test_keys_of_choices_are_told_by_text_and_options_stand_in_the_note(package: tuple[list[Row], ...]) -> None:
    by_id = {note["Id"]: note for note in package[0]}
    for item in exported().items:
        answer = item.variant.fields[0].answer
        if isinstance(answer, ChoiceAnswer) and len(item.variant.fields) == 1:
            note = by_id[f"{item.id} en"]
            assert note["Front"].count("<li>") == len(answer.options)
            assert note["Key"].count("<li>") == sum(option.key for option in answer.options)


def test_media_are_there_by_the_names_that_notes_use(
    package: tuple[list[Row], object, dict[str, str], zipfile.ZipFile],
) -> None:
    notes, _, media, archive = package
    used = {name for note in notes for name in re.findall(r'<img src="([^"]+)"', note["Front"])}
    assert used == set(media.values())
    assert len(used) > 20
    for number in media:
        assert archive.read(number).lstrip().startswith(b"<")


def test_the_same_items_give_the_same_bytes() -> None:
    items = exported().items[:40]
    assert to_anki(items, ["en", "zh"]).content == to_anki(items, ["en", "zh"]).content


def test_hostile_texts_stay_text(tmp_path: Path) -> None:
    notes, *_ = opened(to_anki(hostile_items(), ["en"]).content, tmp_path)
    assert len(notes) == len(hostile_items())
    for note in notes:
        for name in ("Front", "Back", "Key"):
            assert not re.search(r"<script|<img|\[sound:|\[anki:|\[latex\]|\[\$\]", note[name])
            outside = re.sub(r"\{\{c\d::.*?\}\}(?!\})", "", note[name], flags=re.S)
            assert "{{" not in outside


# ---- the real consumer: `ANKI_PYTHON` names a Python that has the `anki` package

CONSUMER = Path(__file__).parent / "anki_consumer.py"
needs_anki = pytest.mark.skipif("ANKI_PYTHON" not in os.environ, reason="ANKI_PYTHON names no Python with anki")


def consume(*files: Path) -> dict[str, object]:
    done = subprocess.run([os.environ["ANKI_PYTHON"], CONSUMER, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def revised(item: Item) -> Item:
    """The item as its next revision with another explanation."""
    return replace(item, question=item.question.model_copy(update={"revision": item.question.revision + 1}), variant=replace(item.variant, explanation_template=Text("new words", "新的话")))  # fmt: skip


@needs_anki
def test_anki_takes_all_once_knows_them_again_and_updates_what_was_revised(tmp_path: Path) -> None:
    items = list(exported().items)
    files = [tmp_path / f"{name}.apkg" for name in ("first", "second")]
    files[0].write_bytes(to_anki(items[1:], ["en"]).content)
    files[1].write_bytes(to_anki([items[0], *map(revised, items[1:4]), *items[4:]], ["en"]).content)
    found = consume(files[0], files[0], files[1])
    count = len(items) - 1
    assert found["imports"] == [
        {"new": count, "updated": 0, "duplicate": 0, "conflicting": 0},
        {"new": 0, "updated": 0, "duplicate": count, "conflicting": 0},
        {"new": 1, "updated": 3, "duplicate": count - 3, "conflicting": 0},
    ]
    assert found["notes"] == count + 1
    assert found["sound"] == 0
    assert found["ok"]


@needs_anki
def test_anki_shows_hostile_texts_as_text(tmp_path: Path) -> None:
    file = tmp_path / "hostile.apkg"
    file.write_bytes(to_anki(hostile_items(), ["en"]).content)
    found = consume(file)
    assert found["notes"] == len(hostile_items())
    assert (found["sound"], found["scripts"], found["ok"]) == (0, 0, True)
