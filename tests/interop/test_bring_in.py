"""Questions in: our own exports come back but for what their loss tables say, other programs' files become drafts, hostile ones nothing."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from export_samples import bank, exported, hostile_items

from quizcnn.bank.catalog import load_catalog
from quizcnn.bank.models import QUESTION, Choice, Cloze, Matching, Ordering, Question
from quizcnn.errors import UsageError
from quizcnn.generation.variants import draw_variant
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.sheet import grade_typed
from quizcnn.interop.anki import to_anki
from quizcnn.interop.arrival import bring_in
from quizcnn.interop.hashcards import to_markdown
from quizcnn.interop.item import Item
from quizcnn.interop.moodle import to_moodle
from quizcnn.interop.sheet import to_csv
from quizcnn.locations import bank_folder
from quizcnn.text import Text

TOPICS = list(bank().topics)
WRITERS: dict[str, tuple[str, Callable[[list[Item]], bytes]]] = {
    "moodle": ("q.xml", lambda items: to_moodle(items, ["en", "zh"]).content),
    "csv": ("q.csv", lambda items: to_csv(items)[0].encode("utf-8-sig")),
}


def bring(tmp_path: Path, name: str, content: bytes, *, force: bool = False) -> tuple[list[Question], tuple[str, ...]]:
    file = tmp_path / name
    file.write_bytes(content)
    arrived = bring_in(file, tmp_path / "bank", TOPICS, force=force)
    questions = [
        QUESTION.validate_python(each)
        for path in arrived.files
        if path.name != "topics.yaml"
        for each in yaml.safe_load(path.read_text())
    ]
    assert len(questions) == arrived.drafts
    return questions, arrived.lines


def by_source(questions: list[Question]) -> dict[str, Question]:
    return {question.source: question for question in questions}


def flat(text: Text) -> Text:
    """What is said, without how its lines break; formulas without the spaces that a format puts in."""
    return text.map(
        lambda each: (
            re.sub(r"[\s\u3000]+", " ", re.sub(r"\{ (?=\{)|\} (?=\})", lambda m: m[0][0], each))
            .replace("\\$", "$")
            .replace("$$", "$")
            .strip()
        )
    )


@pytest.mark.parametrize("name", WRITERS)
def test_questions_come_back_from_our_own_export(tmp_path: Path, name: str) -> None:
    file, write = WRITERS[name]
    items = list(exported().items)
    questions, lines = bring(tmp_path, file, write(items))
    found = by_source(questions)
    left_out = [line for line in lines if "left out" in line]
    assert not left_out
    counts = dict.fromkeys(("choice", "ordering", "matching", "cloze"), 0)
    for item in items:
        back, ours = found[item.origin], item.question
        assert (back.topic, back.difficulty) == (ours.topic, ours.difficulty), item.id
        if name == "csv":
            assert flat(back.explanation) == flat(item.variant.explanation), item.id
        match ours:
            case Choice():
                assert isinstance(back, Choice)
                answer = item.variant.fields[0].answer
                assert isinstance(answer, ChoiceAnswer)
                wanted = [(flat(each.text), flat(each.why), each.key) for each in answer.options]
                assert [(flat(each.text), flat(each.why), each.key) for each in back.options] == wanted, item.id
                assert back.multiple == ours.multiple
                assert flat(back.prompt) == flat(ours.prompt)
            case Ordering():
                assert isinstance(back, Ordering)
                assert [flat(each) for each in back.items] == [flat(each) for each in ours.items], item.id
            case Matching():
                assert isinstance(back, Matching)
                assert len(back.pairs) == len(ours.pairs)
                assert [flat(pair.left) for pair in back.pairs] == [flat(pair.left) for pair in ours.pairs]
            case Cloze():
                assert isinstance(back, Cloze)
                assert [gap.number for gap in back.gaps.values()] == [gap.number for gap in ours.gaps.values()], item.id
            case _:
                continue
        counts[ours.kind] += 1
    assert counts == {kind: sum(item.question.kind == kind for item in items) for kind in counts}
    assert min(counts.values()) > 5


@pytest.mark.parametrize("name", WRITERS)
def test_keys_of_numbers_are_right_in_what_came_back(tmp_path: Path, name: str) -> None:
    file, write = WRITERS[name]
    items = [
        item
        for item in exported().items
        if {field.answer.type for field in item.variant.fields} == {"number"} and item.variant.kind == "numeric"
    ]
    questions, _ = bring(tmp_path, file, write(items))
    found = by_source(questions)
    for item in items:
        variant = draw_variant(found[item.origin], 0)
        typed = "; ".join(field.answer.typed() for field in item.variant.fields)
        assert grade_typed(variant.fields, typed, "en").is_correct, (item.id, typed, found[item.origin])
    assert len(items) > 150


def test_anki_keeps_text_answer_tags_and_guid(tmp_path: Path) -> None:
    items = [item for item in exported().items if item.variant.kind in ("numeric", "cloze", "recall")]
    questions, _ = bring(tmp_path, "q.apkg", to_anki(items, ["en"]).content)
    assert len(questions) == len(items)
    assert len({question.source for question in questions}) == len(items)
    by_id = {re.sub(r"-[0-9a-f]{4}$", "", question.id): question for question in questions}
    seen = 0
    for item in items:
        slug = re.sub(r"[^a-z0-9]+", "-", f"{item.id} en")[:60].strip("-")
        back = by_id[f"imported-{slug}"]
        assert back.topic == item.topic.id
        if {field.answer.type for field in item.variant.fields} == {"number"}:
            assert isinstance(back, Cloze)
            typed = "; ".join(field.answer.typed() for field in item.variant.fields)
            assert grade_typed(draw_variant(back, 0).fields, typed, "en").is_correct, item.id
            seen += 1
    assert seen > 150


def test_markdown_cards_come_back_with_answers_and_gaps(tmp_path: Path) -> None:
    items = [item for item in exported().items if item.variant.kind in ("cloze", "recall", "choice")]
    questions, lines = bring(tmp_path, "q.md", to_markdown(items, "en")[0].encode())
    assert len(questions) == len(items)
    for item, back in zip(items, questions, strict=True):
        assert back.kind == ("cloze" if item.variant.kind == "cloze" else "recall")
        if isinstance(back, Cloze):
            assert len(back.gaps) == len(item.variant.fields)
            typed = "; ".join(field.answer.typed() for field in item.variant.fields)
            assert grade_typed(draw_variant(back, 0).fields, typed, "en").is_correct
    assert any("one language" in line for line in lines)


@pytest.mark.parametrize("name", WRITERS)
def test_hostile_texts_come_back_as_they_were(tmp_path: Path, name: str) -> None:
    file, write = WRITERS[name]
    items = [item for item in hostile_items() if item.variant.kind in ("choice", "recall")]
    found = by_source(bring(tmp_path, file, write(items))[0])
    for item in items:
        back = getattr(found[item.origin], "prompt")  # noqa: B009
        assert flat(back).en == flat(item.prompt.map(lambda each: re.sub("[\x00\ufffe\u202e]", "", each))).en, item.id


def test_drafts_are_a_bank_that_loads_and_the_check_says_what_they_lack(tmp_path: Path) -> None:
    xml = b"""<quiz><question type="truefalse"><name><text>BN at test time</text></name><questiontext format="html"><text><![CDATA[<p>Batch norm uses <b>batch</b> statistics at test time: \\(\\mu_B\\)?</p>]]></text></questiontext>
    <answer fraction="0"><text>true</text></answer><answer fraction="100"><text>false</text></answer><tags><tag><text>dl</text></tag></tags></question></quiz>"""
    questions, lines = bring(tmp_path, "q.xml", xml)
    (question,) = questions
    assert isinstance(question, Choice)
    assert question.prompt.en == r"Batch norm uses **batch** statistics at test time: $\mu_B$?"
    assert (question.topic, question.difficulty, question.tags) == ("inbox", 3, ("draft", "dl"))
    assert re.fullmatch(r"imported-bn-at-test-time-[0-9a-f]{4}", question.id)
    assert lines == (
        'question 1 "BN at test time" (choice): topic unknown (tags: dl)',
        'question 1 "BN at test time" (choice): one language',
    )
    catalog = load_catalog([bank_folder(), tmp_path / "bank"])
    assert catalog.question(question.id) == question
    assert catalog.area_of("inbox") == "inbox"


def test_the_same_file_gives_the_same_bytes_and_writes_over_nothing_unasked(tmp_path: Path) -> None:
    content = to_csv(exported().items[:30])[0].encode()
    bring(tmp_path, "q.csv", content)
    first = (tmp_path / "bank" / "q.yaml").read_bytes()
    with pytest.raises(
        UsageError, match=r"bank/q\.yaml: is there already; name another folder with --to, or add --force"
    ):
        bring(tmp_path, "q.csv", content)
    bring(tmp_path, "q.csv", content, force=True)
    assert (tmp_path / "bank" / "q.yaml").read_bytes() == first


def test_anki_notes_of_other_types(tmp_path: Path) -> None:
    def package(notes: list[tuple[int, str, str]]) -> bytes:
        models = {
            "1": {"type": 0, "flds": [{"name": "Front"}, {"name": "Back"}]},
            "2": {"type": 1, "flds": [{"name": "Text"}, {"name": "Extra"}]},
        }
        path = tmp_path / "c.anki2"
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as database, database:
            database.execute("CREATE TABLE col (models TEXT)")
            database.execute("INSERT INTO col VALUES (?)", (json.dumps(models),))
            database.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, mid, guid, tags, flds)")
            database.executemany(
                "INSERT INTO notes (mid, guid, tags, flds) VALUES (?, hex(randomblob(4)), ?, ?)", notes
            )
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.write(path, "collection.anki2")
        return out.getvalue()

    questions, lines = bring(tmp_path, "q.apkg", package([
        (1, " dl topic::relu-family ", "What is <code>ReLU</code>? [sound:relu.mp3]<img src='r.png'>\x1fmax(0, x)<br><script>x</script>"),
        (2, "", "A {{c1::5×5::size}} kernel sees {{c2::25}} pixels, not [[9]].\x1f"),
        (1, "", "no answer\x1f"),
        (1, "", "\x1fno question"),
    ]))  # fmt: skip
    basic, cloze = questions
    assert (basic.kind, getattr(basic, "prompt").en) == ("recall", "What is `ReLU`?")  # noqa: B009
    assert getattr(basic, "back")[0].en == "max(0, x)"  # noqa: B009
    assert isinstance(cloze, Cloze)
    assert cloze.prompt.en == "A [[g1]] kernel sees [[g2]] pixels, not [ [9] ]."
    assert [gap.accept for gap in cloze.gaps.values()] == [("5×5",), ("25",)]
    text = "\n".join(lines)
    for said in (
        "sound [sound:relu.mp3] dropped",
        "picture r.png dropped",
        '"no answer": left out: it has no answer',
        "left out: nothing is asked",
    ):
        assert said in text


BOMB = b'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><quiz><question type="essay"><name><text>&b;</text></name></question></quiz>'
FILE = b'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz><question type="essay"><name><text>&x;</text></name></question></quiz>'


def zipped(name: str, content: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("bomb.xml", BOMB, "defines entities of its own, which may explode"),
        ("file.xml", FILE, "defines entities of its own, which may explode"),
        ("cut.xml", b"<quiz><question type='essay'><name>", "no whole XML: "),
        ("page.xml", b"<html></html>", "is no Moodle XML: it begins with <html>"),
        ("none.xml", b"<quiz></quiz>", "holds no question that can be brought"),
        ("odd.xml", b'<quiz><question type="calculated"><name><text>c</text></name></question></quiz>', 'question 1 "c": left out: no question of ours is like a calculated'),
        ("cut.apkg", b"PK\x03\x04xxxx", "is no whole Anki package"),
        ("empty.apkg", zipped("readme", b"x"), "holds no collection of Anki"),
        ("new.apkg", zipped("collection.anki21b", b"x"), "is of Anki's new layout; export it again with \"Support older Anki versions\" ticked"),
        ("odd.apkg", zipped("collection.anki2", b"x" * 100), "holds no collection that can be read"),
        ("bomb.apkg", zipped("collection.anki2", b"\0" * 10_000_000), "unpacks to 10000000 bytes, more than is read"),
        ("photo.csv", b"\xff\xd8\xff\xe0" * 9, "is neither UTF-8 nor an Anki package"),
        ("odd.csv", b"a,b\n1,2\n", "has no column called prompt or question or front"),
        ("none.md", b"# Notes\n\nnothing\n", "holds no question that can be brought"),
    ],
)  # fmt: skip
def test_what_is_none_or_hostile_is_refused_and_nothing_is_written(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        bring(tmp_path, name, content)
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"{tmp_path}/{name}")
    assert not (tmp_path / "bank").exists()


def test_a_table_of_someone_else(tmp_path: Path) -> None:
    questions, _ = bring(
        tmp_path, "deck.csv", b"Front,Back,tags\nWhat is stride?,the step of the kernel,dl\n,nothing asked,\n"
    )
    (question,) = questions
    assert (question.prompt.en, question.back[0].en) == (
        "What is stride?",
        "the step of the kernel",
    )
