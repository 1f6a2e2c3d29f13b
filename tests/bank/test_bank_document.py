"""Reading YAML: what a plain scalar means, where everything stands, and what is refused."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.bank.document import MAX_BYTES, Document, DocumentError, read_document


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12", 12), ("-3", -3), ("0", 0), ("1.5", 1.5), ("0.10", 0.1), ("1e3", 1000.0), ("2.5E-2", 0.025), ("true", True), ("false", False),
        ("null", None), ("~", None), ("", None), ("no", "no"), ("yes", "yes"), ("True", "True"), ("12:30", "12:30"), ("017", "017"),
        ("0x1F", "0x1F"), ("0o17", "0o17"), ("1_000", "1_000"), ("+5", "+5"), (".5", ".5"), ("2026-01-01", "2026-01-01"), ("=", "="),
        ("<<", "<<"), ('"12"', "12"), ("'true'", "true"), (".inf", ".inf"), (".nan", ".nan"), ("1,000", "1,000"), ("n", "n"), ("y", "y"),
    ],
)  # fmt: skip
def test_a_plain_scalar_is_text_unless_it_is_a_number_or_truth_value(written: str, read: object) -> None:
    data = read_document(f"- {written}".encode()).data
    assert data == [read]
    assert type(data[0]) is type(read)  # type: ignore[index]


def test_places_count_from_one_and_name_keys() -> None:
    document = read_document(b"# first\n- id: a\n  draw:\n    k: [3, 5,\n        7]\n- {id: b, x: {y: 1}}\n")
    assert document.place((0,)) == (2, 3)
    assert document.place((0, "draw", "k")) == (4, 5)
    assert document.place((0, "draw", "k", 2)) == (5, 9)
    assert document.place((1, "x", "y")) == (6, 15)
    assert document.place((0, "draw", "absent", 4)) == (3, 3), "the longest known part of the path"


def test_columns_count_characters_not_bytes() -> None:
    assert read_document("- {zh: 卷积, en: x}".encode()).place((0, "en")) == (1, 12)


@pytest.mark.parametrize("opening", [b"[", b"{a: ", b"- ", b"? ", b"[{a: ", b"- - "])
def test_deep_nesting_is_refused_at_once(opening: bytes) -> None:
    start = time.process_time()
    with pytest.raises(DocumentError, match=r"nested|key must be plain"):
        read_document(opening * 100_000)
    assert time.process_time() - start < 2


def test_forty_levels_are_read_and_one_more_is_not() -> None:
    read_document(b"[" * 40 + b"]" * 40)
    with pytest.raises(DocumentError):
        read_document(b"[" * 41 + b"]" * 41)


def test_a_file_beyond_the_bound_is_refused_unparsed() -> None:
    with pytest.raises(DocumentError, match="split it"):
        read_document(b"#" * (MAX_BYTES + 1))


def test_every_duplicate_key_is_told_not_only_the_first() -> None:
    document = read_document(b"- {a: 1, a: 2}\n- {b: 1}\n- {c: 1, d: 2, c: 3}\n")
    assert [(error.message, error.place) for error in document.repeated] == [
        ("the key 'a' stands twice, first in line 1", (1, 10)),
        ("the key 'c' stands twice, first in line 3", (3, 16)),
    ]


def test_windows_files_read_alike() -> None:
    plain = "- id: a\n  text: |\n    eins\n    zwei\n"
    assert read_document(plain.replace("\n", "\r\n").encode()).data == read_document(plain.encode()).data
    assert read_document(b"\xef\xbb\xbf" + plain.encode()).data == read_document(plain.encode()).data


def read(content: bytes) -> Document | DocumentError:
    """What comes of any bytes; everything but a document or its own error escapes."""
    try:
        return read_document(content)
    except DocumentError as error:
        return error


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | st.text(alphabet="[]{}:,-?&*!|>'\"%@`# \nab1.\t~", max_size=60).map(str.encode))
def test_no_bytes_do_more_than_a_document_error(content: bytes) -> None:
    came = read(content)
    if isinstance(came, DocumentError):
        assert came.message
        assert came.place >= (1, 1)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(min_size=1, max_size=6), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(PLAIN)
def test_json_is_read_as_json(data: object) -> None:
    came = read(json.dumps(data, ensure_ascii=False).encode())
    if isinstance(came, DocumentError):
        assert "invisible" in came.message
    else:
        assert came.data == data
