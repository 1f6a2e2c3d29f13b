"""Every example of README and docs does what the page says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documented import PAGES, examples, matches, run


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_prints_what_the_page_says(page: Path, tmp_path: Path) -> None:
    found = list(examples(page))
    assert found, f"{page.name} has no examples"
    for example in found:
        printed = run(example.command, tmp_path)
        assert matches(example.printed, printed), f"{example.page}:{example.line}: {example.command}\nprints\n{printed}"


def test_a_page_that_says_something_else_is_found() -> None:
    assert matches("a\n...\nc", "a\nb\nb\nc")
    assert not matches("a\n...\nc", "a\nb")
    assert not matches("a", "b")
