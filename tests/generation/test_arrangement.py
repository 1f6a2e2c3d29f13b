"""Parts by kind: each question once, kinds together, and apart what is marked by other rules."""

from __future__ import annotations

import pytest

from quizcnn.bank.catalog import Catalog
from quizcnn.generation.arrangement import KINDS, by_kind, by_section, kind_of
from quizcnn.generation.blueprint import Blueprint
from quizcnn.generation.exam import make_exam
from quizcnn.generation.filling import Filler
from quizcnn.services.exams.shelf import load_blueprint
from tests.exams.sample_exam import blueprint, builtin_catalog, sample_catalog

TITLES = [title.zh for title in KINDS.values()]


def _plans() -> list[tuple[Blueprint, Catalog]]:
    built_in = builtin_catalog()
    return [(load_blueprint(built_in.folders, name), built_in) for name in ("cv-45", "dl-90", "numbers-15")]


@pytest.mark.parametrize(("plan", "catalog"), _plans(), ids=lambda value: getattr(value, "id", ""))
def test_the_same_questions_and_points_in_other_parts(plan: Blueprint, catalog: Catalog) -> None:
    sections, kinds = make_exam(plan, catalog, 5, 2), make_exam(plan, catalog, 5, 2, "kinds")
    assert kinds.blueprint.points == plan.points
    assert kinds.blueprint_digest == sections.blueprint_digest == plan.digest
    for one, other in zip(sections.versions, kinds.versions, strict=True):
        assert {(item.id, item.points) for item in one.items} == {(item.id, item.points) for item in other.items}
        assert [item.number for item in other.items] == list(range(1, len(other.items) + 1))
        parts = [kinds.blueprint.sections[item.section].title.zh for item in other.items]
        assert parts == sorted(parts, key=TITLES.index)
        for number, section in enumerate(kinds.blueprint.sections):
            items = other.in_section(number)
            assert {kind_of(catalog.question(item.id)) for item in items} == {
                name for name, title in KINDS.items() if title == section.title
            }
            assert section.count == len(items)
            if section.choose is None:
                assert section.points == sum(item.points for item in items)


def test_another_numbering_is_another_paper() -> None:
    """A sheet filled in by the numbers of one must not be marked by the numbers of the other."""
    plan, catalog = load_blueprint(builtin_catalog().folders, "cv-45"), builtin_catalog()
    codes = {
        exam.versions[0].code for exam in (make_exam(plan, catalog, 5, 1), make_exam(plan, catalog, 5, 1, "kinds"))
    }
    assert len(codes) == 2


def test_what_is_marked_by_other_rules_stays_apart() -> None:
    sections = """sections:
  - title: {en: a, zh: 甲}
    pick: [{count: 1, kinds: [numeric], points: 2}, {count: 1, kinds: [short_answer], points: 3}]
  - title: {en: b, zh: 乙}
    credits: {mistake: 0.5}
    pick: [{count: 1, kinds: [numeric], points: 4}]
  - title: {en: c, zh: 丙}
    work_space: none
    pick: [{count: 1, kinds: [numeric], points: 4}]
  - title: {en: d, zh: 丁}
    choose: 1
    pick: [{count: 2, kinds: [numeric], points: 5}]
"""
    plan = blueprint(sections)
    filling = Filler(plan, sample_catalog()).fill(1)
    parts = by_kind(plan, filling, sample_catalog())
    assert [(part.title.zh, part.count, part.points) for part in parts.blueprint.sections] == [
        ("计算题", 1, 2),
        ("计算题", 1, 4),
        ("计算题", 1, 4),
        ("计算题", 2, 5),
        ("简答题", 1, 3),
    ]
    assert [part.credits is not None for part in parts.blueprint.sections] == [False, True, False, False, False]
    assert by_section(plan, filling).seats == ((0, 1), (2,), (3,), (4, 5))


def test_what_one_chooses_among_is_never_parted() -> None:
    plan = blueprint("""sections:
  - title: {en: a, zh: 甲}
    choose: 1
    pick: [{count: 1, kinds: [numeric], points: 2}, {count: 1, kinds: [short_answer], points: 2}]
""")
    (part,) = by_kind(plan, Filler(plan, sample_catalog()).fill(1), sample_catalog()).blueprint.sections
    assert (part.count, part.choose) == (2, 1)
