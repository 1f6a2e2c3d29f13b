"""Searching the bank: what a line finds and in which order, what filters admit, what is said where nothing is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quizcnn.services.context import Context
from quizcnn.services.drill import Drill
from quizcnn.services.requests import DrillRequest
from quizcnn.services.search.folding import fold, forms, pairs, pieces
from quizcnn.services.search.query import read_query, replaced
from quizcnn.services.search.search import Found, Search
from quizcnn.services.search.wording import count_line, standing, trouble_lines

BANK = Path(__file__).parents[1] / "tui" / "bank"
GROUPED, IOU, CHOICE = "grouped-conv-cost", "box-iou-two-boxes", "overfitting-remedies"


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Context:
    monkeypatch.setenv("QUIZCNN_HOME", str(tmp_path))
    monkeypatch.setenv("QUIZCNN_NOW", "2026-11-21T09:00:00+00:00")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setattr("quizcnn.locations.bank_folder", lambda: BANK)
    return Context(lang="en")


@pytest.fixture
def search(context: Context) -> Search:
    return Search(context)


@pytest.fixture
def ids(search: Search) -> Callable[[str], list[str]]:
    return lambda line: [row.id for row in search.find(line).hits]


def answer(context: Context, question_id: str, typed: str) -> None:
    """One counted answer, rated as proposed."""
    drill = Drill.open(context, DrillRequest(questions=(question_id,)))
    assert drill.ask() is not None
    drill.submit([typed], 20.0)
    drill.rate()
    drill.leave()


# ---------------------------------------------------------------------- text and line


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Conv2d(64, 128)", ["conv2d", "64", "128"]),
        ("3 × 3 卷积核", ["3x3", "卷积核"]),
        ("ＩｏＵ 是交并比，不是 Dice", ["iou", "是交并比", "不是", "dice"]),
        ("depthwise-separable_ratio", ["depthwise", "separable", "ratio"]),
        ("，。 …", []),
    ],
)
def test_a_text_falls_into_latin_words_and_chinese_runs(text: str, found: list[str]) -> None:
    assert pieces(text) == found


def test_folding_keeps_an_x_that_stands_between_letters() -> None:
    assert fold("max x 3x3 2 x 2") == "max x 3x3 2x2"


def test_a_run_is_known_by_its_pairs() -> None:
    assert pairs("感受野") == ["感受", "受野"]
    assert pairs("核") == ["核"]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("boxes", ("boxes", "box")),
        ("filters", ("filters", "filter")),
        ("loss", ("loss",)),
        ("losses", ("losses", "loss")),
        ("iou", ("iou",)),
    ],
)
def test_a_plural_is_also_sought_without_its_ending(word: str, found: tuple[str, ...]) -> None:
    assert forms(word) == found


def test_a_line_holds_words_and_filters_with_their_places() -> None:
    query = read_query('depthwise KIND：numeric,choice mistake:"ignores groups" …')
    assert [word.part.text for word in query.words] == ["depthwise"]
    assert [(each.name, each.values) for each in query.filters] == [
        ("kind", ("numeric", "choice")),
        ("mistake", ("ignores groups",)),
    ]
    assert replaced("a kind:x  b", read_query("a kind:x  b").filters[0].part, "kind:choice") == "a kind:choice b"
    assert replaced("a kind:x  b", read_query("a kind:x  b").filters[0].part, "") == "a b"


# ---------------------------------------------------------------------- words


def test_without_a_word_everything_stands_in_the_order_of_the_bank(search: Search, context: Context) -> None:
    assert search.find("  ").hits == context.catalog.rows()


def test_a_whole_id_stands_first(ids: Callable[[str], list[str]]) -> None:
    assert ids("conv-shape")[0] == "conv-shape"
    assert ids("CONV-SHAPE")[0] == "conv-shape"


def test_name_and_topic_stand_before_what_is_asked_and_that_before_the_rest(ids: Callable[[str], list[str]]) -> None:
    # "iou" is in the ids of the topic box-iou; the ordering question has it in an item besides, and nothing else has it.
    assert ids("iou") == ["nms-order", IOU]
    # groups: asked in the prompt of the number, an option of the choice
    found = ids("groups")
    assert found.index(GROUPED) < found.index("weight-sharing")


def test_a_word_is_found_by_its_beginning_and_not_in_the_middle(ids: Callable[[str], list[str]]) -> None:
    assert CHOICE in ids("overf")
    assert CHOICE not in ids("fitting")


def test_both_languages_are_searched_at_once(ids: Callable[[str], list[str]]) -> None:
    assert ids("过拟合") == ids("Overfitting") == [CHOICE]
    assert CHOICE in ids("dropout 验证损失")


def test_chinese_is_found_without_blanks_and_across_a_particle(ids: Callable[[str], list[str]]) -> None:
    assert "depthwise-what-and-why" in ids("可分离")
    # the topic is called 卷积的参数量: no run holds 卷积参数, its pairs cover it
    assert set(ids("卷积参数")) >= {GROUPED, "weight-sharing"}
    assert ids("卷积参数")[:2] == ids("参数量 卷积")[:2]


def test_all_words_must_be_found(ids: Callable[[str], list[str]]) -> None:
    assert ids("overfitting softmax") == []


# ---------------------------------------------------------------------- filters


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("kind:ordering", ["nms-order"]),
        ("kind:ord", ["nms-order"]),
        ("题型:排序题", ["nms-order"]),
        ("kind:formula", ["size-formula"]),
        ("kind:ordering,recall", ["nms-order", "why-residuals"]),
        ("kind:text", ["depthwise-what-and-why"]),
        ("kind:own", ["depthwise-what-and-why"]),
        ("topic:softmax", ["softmax-first"]),
        ("主题:框", ["nms-order", IOU]),
        ("kind:ordering topic:softmax", []),
        ("kind:", None),
    ],
)
def test_a_filter_admits_what_its_value_stands_for(
    ids: Callable[[str], list[str]], context: Context, line: str, found: list[str] | None
) -> None:
    everything = [row.id for row in context.catalog.rows()]
    assert ids(line) == (everything if found is None else found)


@pytest.mark.parametrize("value", ["3", "2-3", "2+", "2-", "难度"])
def test_difficulties_are_levels_or_spans(search: Search, context: Context, value: str) -> None:
    if value == "难度":
        assert search.find("difficulty:难度").troubles[0].what == "value"
        return
    least, most = {"3": (3, 3), "2-3": (2, 3), "2+": (2, 5), "2-": (2, 5)}[value]
    wanted = [row for row in context.catalog.rows() if least <= row.difficulty <= most]
    assert list(search.find(f"difficulty:{value}").hits) == wanted


def test_every_area_and_kind_of_a_row_finds_it(search: Search, context: Context) -> None:
    for row in context.catalog.rows():
        assert row in search.find(f"area:{row.area} kind:{row.kind} topic:{row.topic}").hits


def test_states_follow_the_record(search: Search, context: Context, ids: Callable[[str], list[str]]) -> None:
    assert CHOICE in ids("state:new")
    assert ids("state:due") == ids("state:flagged") == ids("state:suspended") == []
    answer(context, CHOICE, "2")
    answer(context, GROUPED, "1")
    context.store.suspend(IOU)
    search.flag(GROUPED, "the unit is missing", 7)
    assert set(ids("state:learning")) == {CHOICE, GROUPED}
    assert not {CHOICE, GROUPED, IOU} & set(ids("state:new"))
    assert ids("state:suspended") == [IOU]
    assert ids("state:flagged") == [GROUPED]
    assert set(ids("state:suspended,flagged")) == {IOU, GROUPED}


def test_what_is_due_is_what_a_session_would_ask(
    search: Search, context: Context, ids: Callable[[str], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(context, CHOICE, "2")
    assert standing(search.record, CHOICE, "en") == "due today"
    monkeypatch.setenv("QUIZCNN_NOW", "2026-11-21T10:00:00+00:00")
    answer(context, CHOICE, "2")
    search.forget_record()
    card = context.store.card(CHOICE)
    assert card.due is not None
    days = (card.due.date() - card.due.date().replace(2026, 11, 21)).days
    assert days > 1
    assert ids("state:review") == [CHOICE]
    assert ids("state:due") == []
    assert standing(search.record, CHOICE, "en") == f"in {days} days"
    assert standing(search.record, CHOICE, "zh") == f"{days} 天后"
    monkeypatch.setenv("QUIZCNN_NOW", card.due.isoformat())
    search.forget_record()
    assert ids("state:due") == [CHOICE]
    assert standing(search.record, CHOICE, "zh") == "今天到期"


def test_a_mistake_finds_families_that_know_it_and_questions_where_it_was_made(
    search: Search, context: Context, ids: Callable[[str], list[str]]
) -> None:
    assert GROUPED in ids("mistake:ignores_groups")
    assert GROUPED in ids('mistake:"ignores groups"')
    assert CHOICE not in ids("mistake:groups")
    assert ids("mistake:made") == []
    drill = Drill.open(context, DrillRequest(questions=(GROUPED,)))
    asked = drill.ask()
    assert asked is not None
    held = asked.variant.parameters
    kernel, inner, outer = held["kernel_size"], held["in_channels"], held["out_channels"]
    grade = drill.submit([f"{kernel}*{kernel}*{inner}*{outer}+{outer}"], 20.0).grade
    assert grade.mistakes == ("ignores_groups",)
    search.forget_record()
    assert ids("mistake:made") == ids("错法:犯过") == [GROUPED]


# ---------------------------------------------------------------------- nothing found


def told(found: Found) -> list[str]:
    return trouble_lines(found, "en")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("overftting", "No question has 'overftting'; try overfitting."),
        ("knid:choice", "There is no filter knid:; try kind:choice."),
        ("shape:choice", "There is no filter shape:; there are kind:, area:, topic:, state:, mistake:, difficulty:."),
        ("state:flaged", "No state is called 'flaged'; try state:flagged."),
        ("box kind:recall", "Without kind:recall there are 2."),
        ("softmax overfitting", "Without softmax there are 1."),
        ("state:flagged", "No question fits."),
        ("qqqqqq", "No question has 'qqqqqq'."),
    ],
)
def test_nothing_found_says_what_to_try(search: Search, line: str, said: str) -> None:
    found = search.find(line)
    assert found.hits == ()
    assert told(found)[0] == said


def test_chinese_that_is_not_found_gets_what_looks_like_it(search: Search) -> None:
    trouble = search.find("过似合").troubles[0]
    assert (trouble.what, trouble.nearest[0]) == ("word", "过拟合")
    assert trouble_lines(search.find("过似合"), "zh") == ["没有题目含“过似合”，试试 过拟合。"]
    # a whole question typed at once: its longest stretch that the bank has
    assert search.find("深度可分离卷积有何用处呢").troubles[0].nearest[0] == "深度可分离卷积"


def test_what_is_tried_instead_finds_something(search: Search) -> None:
    for line in ("overftting", "state:flaged box", "box kind:recall", "knid:choice", "softmx first"):
        trouble = search.find(line).troubles[0]
        mended = replaced(line, trouble.part, trouble.nearest[0])
        assert search.find(mended).hits or search.find(mended).troubles[0].what == "hides", mended


def test_hits_have_no_trouble_and_are_counted(search: Search, context: Context) -> None:
    found = search.find("box")
    assert told(found) == []
    assert count_line(found, "en") == f"2 of {len(context.catalog)} questions"


# ---------------------------------------------------------------------- marks, and trouble with the record


def test_a_flag_keeps_note_time_and_seed_and_is_taken_off(search: Search, context: Context) -> None:
    search.flag(CHOICE, "two options are right", None)
    search.flag(CHOICE, "and the reason is thin", 5)
    flags = search.record.flags[CHOICE]
    assert [(flag.note, flag.seed, flag.flagged_at.isoformat()) for flag in flags] == [
        ("two options are right", None, "2026-11-21T09:00:00+00:00"),
        ("and the reason is thin", 5, "2026-11-21T09:00:00+00:00"),
    ]
    search.unflag(CHOICE)
    assert search.record.flags == {}
    assert context.store.flags() == []


def test_suspending_turns_and_turns_back(search: Search, context: Context) -> None:
    assert search.turn_suspension(CHOICE) is True
    assert context.store.card(CHOICE).suspended == "learner"
    assert search.turn_suspension(CHOICE) is False
    assert context.store.card(CHOICE).suspended is None


def test_the_bank_is_searched_also_where_the_record_cannot_be_read(search: Search, context: Context) -> None:
    path = context.store.path
    assert path is not None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"this is no database" * 100)
    assert search.find("overfitting").hits[0].id == CHOICE
    assert search.trouble is None
    search.find("state:due")
    assert search.trouble is not None
    assert search.past(CHOICE).verdicts == ()


def test_the_last_answers_are_shown_oldest_first(search: Search, context: Context) -> None:
    answer(context, CHOICE, "1")
    answer(context, CHOICE, "2")
    assert search.past(CHOICE).verdicts == ("wrong", "correct")
