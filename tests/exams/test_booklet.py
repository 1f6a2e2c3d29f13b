"""The personal booklet: the misses that stand, fresh numbers that exercise them, the key where it was asked for, and back through --feed."""

from __future__ import annotations

import importlib.util
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

import quizcnn.locations
from quizcnn.cli.main import program, run
from quizcnn.errors import UsageError
from quizcnn.printing.booklet import build_booklet, print_booklet
from quizcnn.printing.layout import Layout
from quizcnn.scheduling.card import Rating
from quizcnn.services.context import Context
from quizcnn.services.exams.booklet import make_booklet, read_span
from quizcnn.storage.records import Answer
from tests.exams.sample_exam import BANK
from tests.printing.pdf_text import page_texts

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Context:
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("QUIZCNN_NOW", NOW.isoformat())
    monkeypatch.setattr(quizcnn.locations, "bank_folder", lambda: BANK)
    return Context(lang="en")


def answer(context: Context, name: str, days: float, *, right: bool = False, mistake: str = "") -> None:
    """Record an answer so many days ago, with the numbers of seed 1."""
    variant = context.variant(name, 1)
    at = NOW - timedelta(days=days)
    context.store.record_answer(
        Answer(
            question_id=name,
            revision=1,
            topic=variant.topic,
            kind=variant.kind,
            lang="en",
            seed=1,
            k=0,
            parameters=variant.identity,
            key="[]",
            raw=("1",),
            verdict="correct" if right else "wrong",
            score=float(right),
            mistakes=(mistake,) if mistake else (),
            guesses=(),
            hints=0,
            tries=1,
            duration_ms=1,
            proposed=Rating.GOOD if right else Rating.AGAIN,
            chosen=Rating.GOOD if right else Rating.AGAIN,
            answered_at=at,
            day=at.date(),
        )
    )


def ids(context: Context, **changes: int) -> list[str]:
    asked = {"days": 30, "count": 12, "seed": 7, **changes}
    return [item.id for item in make_booklet(context, **asked).exam.versions[0].items]


def numeric_with_target(context: Context) -> tuple[str, str]:
    """A numeric question and a mistake that its numbers can exercise, not that of seed 1."""
    for row in context.catalog.rows():
        if row.kind == "numeric":
            targets = {context.variant(row.id, seed).target for seed in range(40)} - {
                None,
                context.variant(row.id, 1).target,
            }
            if targets:
                return row.id, str(sorted(map(str, targets))[0])
    raise AssertionError("the sample bank has such a question")


def test_misses_that_stand_come_before_those_answered_right_since(context: Context) -> None:
    one, two, three, four = [row.id for row in context.catalog.rows()][:4]
    answer(context, one, 5)
    answer(context, one, 3, right=True)
    answer(context, two, 6)
    answer(context, three, 40)
    answer(context, four, 2, right=True)
    assert set(ids(context)) == {one, two}
    assert ids(context, count=1) == [two]
    assert set(ids(context, days=50)) == {one, two, three}


def test_nothing_missed_is_said(context: Context) -> None:
    with pytest.raises(UsageError, match="nothing was missed in the last 30 days"):
        ids(context)


def test_numbers_are_fresh_and_exercise_the_mistake_made_last(context: Context) -> None:
    name, mistake = numeric_with_target(context)
    answer(context, name, 1, mistake=mistake)
    booklet = make_booklet(context, days=30, count=12, seed=7)
    (item,) = booklet.exam.versions[0].items
    assert item.variant.target == mistake
    assert item.variant.identity != context.variant(name, 1).identity
    assert set(booklet.last_time) == {1}


def test_easy_ones_come_first_and_the_same_seed_gives_the_same(context: Context) -> None:
    for row in context.catalog.rows():
        answer(context, row.id, 1)
    items = make_booklet(context, days=30, count=60, seed=7).exam.versions[0].items
    assert [item.variant.difficulty for item in items] == sorted(item.variant.difficulty for item in items)
    assert len(items) == len(context.catalog.rows())
    again = make_booklet(context, days=30, count=60, seed=7).exam
    assert again.versions[0].code == make_booklet(context, days=30, count=60, seed=7).exam.versions[0].code
    assert make_booklet(context, days=30, count=60, seed=8).exam.versions[0].code != again.versions[0].code


def test_it_leaves_the_record_as_it_is(context: Context) -> None:
    name = context.catalog.rows()[0].id
    answer(context, name, 1)
    before = context.store.attempts(), context.store.card(name)
    ids(context)
    assert (context.store.attempts(), context.store.card(name)) == before


@pytest.mark.parametrize(("text", "days"), [("30d", 30), ("2w", 14), ("3m", 90), ("10", 10), ("2 周", 14), ("1 month", 30), ("3 个月", 90)])  # fmt: skip
def test_spans_as_people_write_them(text: str, days: int) -> None:
    assert read_span(text) == days


@pytest.mark.parametrize("text", ["", "0d", "soon", "-3d", "3x", "1e9d"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="no span of time"):
        read_span(text)


@pytest.mark.parametrize("form", ["md", "html", "docx", "pdf"])
def test_the_key_stands_where_it_was_asked_for(context: Context, form: str) -> None:
    if form == "pdf" and importlib.util.find_spec("typst") is None:
        pytest.skip("the extra pdf is not installed")
    name, mistake = numeric_with_target(context)
    answer(context, name, 1, mistake=mistake)
    answer(context, next(row.id for row in context.catalog.rows() if row.kind == "short_answer"), 1)
    booklet = make_booklet(context, days=30, count=12, seed=7)
    layout = Layout(form)  # type: ignore[arg-type]
    sizes = {}
    for key in ("place", "end", "none", *(["overleaf"] if form == "pdf" else [])):
        content, pages = print_booklet(booklet.exam, booklet.last_time, "en", layout, key)  # type: ignore[arg-type]
        sizes[key] = len(content)
        assert bool(pages) == (form == "pdf")
    assert sizes["none"] < min(sizes["place"], sizes["end"])


@pytest.mark.parametrize(
    ("form", "sign"), [("md", b'<div style="break-before: page"></div>'), ("html", b'class="own-page"')]
)
def test_the_key_at_the_end_begins_a_page(context: Context, form: str, sign: bytes) -> None:
    answer(context, context.catalog.rows()[0].id, 1)
    booklet = make_booklet(context, days=30, count=12, seed=7)
    for key, times in (("end", 1), ("none", 0), ("place", 0)):
        content, _ = print_booklet(booklet.exam, booklet.last_time, "both", Layout(form), key)  # type: ignore[arg-type]
        assert content.count(sign) == times, key


def test_overleaf_has_questions_on_fronts_and_their_key_behind(context: Context) -> None:
    pytest.importorskip("typst")
    rows = [row for row in context.catalog.rows() if row.kind in ("numeric", "choice", "short_answer")]
    for row in rows[:: max(1, len(rows) // 14)]:
        answer(context, row.id, 1)
    booklet = make_booklet(context, days=30, count=12, seed=7)
    content, pages = print_booklet(booklet.exam, booklet.last_time, "en", Layout("pdf"), "overleaf")
    fronts = [page for number, page in sorted(pages.items()) if number]
    assert all(page % 2 for page in fronts)
    assert fronts == sorted(fronts)
    assert fronts[-1] > 1
    texts = ["", *page_texts(content)]
    for item in booklet.exam.versions[0].items:
        front = pages[item.number]
        behind = next((page for page in fronts if page > front), len(texts))
        found = [page for page, text in enumerate(texts) if item.id in text]
        assert found, item.id
        assert all(front < page < behind for page in found), item.id
    with pytest.raises(UsageError, match="only a PDF"):
        print_booklet(booklet.exam, booklet.last_time, "en", Layout("html"), "overleaf")


def test_what_went_wrong_last_time_is_told_in_the_key_alone(context: Context) -> None:
    name, mistake = numeric_with_target(context)
    answer(context, name, 1, mistake=mistake)
    booklet = make_booklet(context, days=30, count=12, seed=7)
    label = booklet.last_time[1].en
    texts = {key: print_booklet(booklet.exam, booklet.last_time, "en", Layout("md"), key)[0].decode() for key in ("place", "end", "none")}  # fmt: skip
    assert "Last time" not in texts["none"]
    for key in ("place", "end"):
        assert texts[key].count("Last time") == 1
        assert label in texts[key].split("Last time")[1]
    paper, answers = build_booklet(booklet.exam, booklet.last_time, "both", Layout("md"), "end")
    assert [len(section.questions) for section in (*paper.sections, *answers)] == [1, 1]


def test_the_booklet_comes_back_through_feed(context: Context, tmp_path: Path) -> None:
    name, mistake = numeric_with_target(context)
    answer(context, name, 3, mistake=mistake)
    out = tmp_path / "out"

    def told(*arguments: str) -> str:
        return CliRunner().invoke(program, ["exam", *arguments], catch_exceptions=False, standalone_mode=False).stdout

    found = json.loads(told("booklet", "--seed", "7", "--format", "md", "-o", str(out), "--json"))
    assert [each["id"] for each in found["questions"]] == [name]
    assert sorted(path.name for path in out.iterdir()) == ["answers.txt", "booklet.md", "manifest.json"]
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert mistake not in (out / "answers.txt").read_text(encoding="utf-8")
    form = (out / "answers.txt").read_text(encoding="utf-8").replace("name: ", "name: Me")
    typed = " | ".join(field.answer.typed() for field in make_booklet(context, days=30, count=12, seed=7).exam.versions[0].items[0].variant.fields)  # fmt: skip
    (out / "answers.txt").write_text(form.replace("\n1. ", f"\n1. {typed}"), encoding="utf-8")
    assert "heard of 1 answer." in told("grade", str(out / "manifest.json"), str(out / "answers.txt"), "--feed")
    newest = Context().store.attempts(question_id=name)[0].answer
    assert newest.verdict == "correct"
    assert json.loads(newest.parameters) == manifest["papers"][0]["questions"][0]["parameters"]


def test_existing_files_stay_without_force(context: Context, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    answer(context, context.catalog.rows()[0].id, 1)
    (tmp_path / "manifest.json").write_text("mine")
    assert run(["exam", "booklet", "--format", "md", "-o", str(tmp_path)]) == 2
    assert "--force" in capfd.readouterr().err
    assert (tmp_path / "manifest.json").read_text() == "mine"
