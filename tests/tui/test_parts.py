"""The parts below the screens: who gets which rows, lines broken with their styles, one map of keys."""

from __future__ import annotations

import itertools

import pytest
from textual.app import App, ComposeResult

from quizcnn.errors import UsageError
from quizcnn.grading.base import PointResult
from quizcnn.text import Text, display_width
from quizcnn.tui.allotment import allot
from quizcnn.tui.keys import COMMANDS, EDITING, bind, key_name
from quizcnn.tui.prose import Item, Prose, Styled, lay_out, parse, set_items, tabulate
from quizcnn.tui.themes import DARK, LIGHT
from quizcnn.tui.widgets.texts import mark_points

# ---------------------------------------------------------------------- rows


def test_nobody_gets_more_than_there_is_and_the_field_is_never_lost() -> None:
    for room, question, field, result in itertools.product(range(8, 40, 3), (1, 4, 9, 25), (1, 3, 12), (0, 1, 6, 30)):
        rows = allot(room, question=question, field=field, result=result)
        assert rows.question + rows.field + rows.result <= max(room, question + field + result)
        assert rows.question + rows.field + rows.result <= room
        assert rows.question >= 1
        assert rows.field >= min(field, 3)
        assert result == 0 or rows.result >= 1


def test_what_fits_is_shown_whole() -> None:
    rows = allot(20, question=5, field=1, result=9)
    assert (rows.question, rows.field, rows.result) == (5, 1, 9)


def test_a_long_question_gives_way_to_the_steps() -> None:
    rows = allot(18, question=14, field=1, result=12)
    assert (rows.question, rows.result) == (9, 8)


# ---------------------------------------------------------------------- lines


def test_code_emphasis_and_mathematics_become_styles_and_readable_text() -> None:
    styled = parse(r"A `Conv2d(3, 64)` with **no** bias: $\frac{n}{2}$ rows")
    assert styled.plain == "A Conv2d(3, 64) with no bias: n/2 rows"
    assert [(styled.plain[start:end], style) for start, end, style in styled.spans] == [
        ("Conv2d(3, 64)", "$focus"),
        ("no", "bold"),
    ]


@pytest.mark.parametrize("line", ["层的*训练*误差", "the *training* error", "（*训练集*）"])
def test_emphasis_needs_no_blanks_between_chinese_characters(line: str) -> None:
    assert [style for _, _, style in parse(line).spans] == ["italic"]
    assert "*" not in parse(line).plain


def test_a_product_in_a_line_is_no_emphasis() -> None:
    assert parse("3*3*64 个权重，K*K*C 个").plain == "3*3*64 个权重，K*K*C 个"


def test_styles_stay_on_their_words_over_line_breaks() -> None:
    content = lay_out(parse("one two `three four five` six"), 12, "- ")
    assert content.plain.split("\n") == ["- one two", "  three four", "  five six"]
    covered = [content.plain[span.start : span.end] for span in content.spans]
    assert covered == ["three four", "five"]


def test_chinese_lines_break_between_characters_and_no_row_begins_with_a_comma() -> None:
    content = lay_out(parse("批归一化作用在特征图上，每个通道求一个均值，推理时使用滑动统计量。"), 20)
    rows = content.plain.split("\n")
    assert len(rows) > 2
    assert all(display_width(row) <= 20 for row in rows)
    assert not any(row[0] in "，。" for row in rows)


def test_remarks_stand_in_one_column_where_they_fit() -> None:
    items = [Item("a = 1", "  ", note="first"), Item("bb = 22", "  ", note="second")]
    assert [content.plain for content in set_items(items, 60)] == ["  a = 1     first", "  bb = 22   second"]


def test_a_remark_without_room_goes_below() -> None:
    items = [Item("x" * 30, "  ", note="a remark of some length"), Item("y", "  ", note="short")]
    wide, short = (content.plain for content in set_items(items, 40))
    assert wide.split("\n") == ["  " + "x" * 30, "    a remark of some length"]
    assert short == "  y   short"


def test_a_formula_in_two_dimensions_carries_its_remark_on_the_line_it_stands_on() -> None:
    items = [
        Item("c = a/b", "    ", note="a quotient", plain=True, formula=r"c = \frac{a}{b}"),
        Item("d = 1", "    ", note="a number", plain=True, formula="d = 1"),
    ]
    drawn = [content.plain.split("\n") for content in set_items(items, 60, tall=True)]
    assert drawn == [["        a", "    c = ─   a quotient", "        b"], ["", "    d = 1   a number"]]
    assert [content.plain for content in set_items(items, 60)] == ["    c = a/b   a quotient", "    d = 1     a number"]


def test_a_long_remark_goes_on_beside_and_below_a_formula() -> None:
    items = [Item("c = a/b", "", note="one two three four", plain=True, formula=r"c = \frac{a}{b}")]
    (content,) = set_items(items, 20, tall=True, even=False)
    assert content.plain.split("\n") == ["    a", "c = ─", "    b", "  one two three four"]
    (content,) = set_items(items, 40, tall=True)
    assert content.plain.split("\n") == ["    a", "c = ─   one two three four", "    b"]


def test_a_formula_too_wide_for_its_item_stays_a_line() -> None:
    items = [Item("c = a/b", "    ", plain=True, formula=r"c = \frac{a + b + c + d}{b}")]
    assert [content.plain for content in set_items(items, 14, tall=True)] == ["    c = a/b"]


@pytest.mark.parametrize(("rows", "shown"), [(24, "  a/b"), (30, "  a\n  ─\n  b")])
async def test_a_formula_in_a_paragraph_of_its_own_is_drawn_where_there_is_room(rows: int, shown: str) -> None:
    class One(App[None]):
        def compose(self) -> ComposeResult:
            yield Prose("before $x_1$\n\n$$\\frac{a}{b}$$\n\nafter")

    async with One().run_test(size=(40, rows)) as pilot:
        prose = pilot.app.query_one(Prose)
        assert prose.content_at(30).plain == f"before x₁\n\n{shown}\n\nafter"


def test_reasons_of_options_are_all_aside_or_all_below() -> None:
    items = [Item("x" * 40, "1 ", note="because"), Item("y", "2 ", note="because")]
    assert all("\n" in content.plain for content in set_items(items, 60, even=True))


def test_tables_are_set_in_columns() -> None:
    assert tabulate("|a|bb|\n|---|---|\n|ccc|d|") == "  a     bb\n  ccc   d"


def test_own_words_are_marked_in_numbered_brackets() -> None:
    text = "Depth is cheap, it needs more MACs."
    points = [
        PointResult("one", Text("", ""), "hit", spans=((0, 5), (9, 14))),
        PointResult("two", Text("", ""), "missed"),
        PointResult("three", Text("", ""), "contradicted", spans=((19, 34),)),
    ]
    styled = mark_points(text, points)
    assert styled.plain == "[1 Depth is cheap], it [!3 needs more MACs]."
    assert [style for _, _, style in styled.spans] == ["$right bold underline", "$unread reverse"]


def test_nothing_to_mark_leaves_the_text_alone() -> None:
    assert mark_points("as typed", []) == Styled("as typed")


# ---------------------------------------------------------------------- keys


def test_every_command_has_a_key_and_no_key_two_commands() -> None:
    keys = bind({})
    for name, command in COMMANDS.items():
        for key in filter(None, (command.letter, command.twin)):
            assert keys.commands[key] == name


def test_editing_keys_and_digits_are_bound_to_nothing() -> None:
    assert not set(bind({}).commands) & {*EDITING, *"0123456789", "enter", "tab"}


def test_own_keys_take_the_place_of_the_letters() -> None:
    keys = bind({"hint": "j", "help": "f2"})
    assert (keys.commands["j"], keys.shown("hint"), keys.twin("hint")) == ("hint", "j", "^T")
    assert "h" not in keys.commands
    assert keys.commands["f1"] == "help"


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ({"hint": "s"}, "s is bound to both hint and skip"),
        ({"hint": "ctrl+z"}, r"\^Z is bound to both hint and undo"),
        ({"hint": "1"}, "1 cannot be bound to hint"),
        ({"hint": "ctrl+h"}, r"\^H cannot be bound to hint"),
        ({"dance": "d"}, "no command is called 'dance'"),
    ],
)
def test_bindings_that_cannot_be_are_refused(own: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        bind(own)


def test_keys_are_named_as_they_are_printed() -> None:
    assert [key_name(key) for key in ("ctrl+t", "slash", "question_mark", "f1", "h")] == ["^T", "/", "?", "F1", "h"]


# ---------------------------------------------------------------------- colours


def _luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_every_role_is_readable_on_every_ground(theme: object) -> None:
    grounds = (theme.background, theme.surface, theme.panel)  # type: ignore[attr-defined]
    roles = {"text": theme.foreground, **theme.variables}  # type: ignore[attr-defined]
    for role, colour in roles.items():
        for ground in grounds:
            assert _contrast(colour, ground) >= 4.5, (role, ground)
