"""The small bank of the exam tests, and the exam that is made from it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from quizcnn.bank.catalog import Catalog, load_catalog
from quizcnn.generation.blueprint import Blueprint, read_blueprint
from quizcnn.generation.exam import Exam, make_exam
from quizcnn.services.exams.manifest import Manifest, make_manifest
from quizcnn.services.exams.shelf import load_file

BANK = Path(__file__).parent / "bank"
ALL_KINDS = BANK / "exams" / "all-kinds.yaml"


@cache
def sample_catalog() -> Catalog:
    return load_catalog([BANK])


@cache
def builtin_catalog() -> Catalog:
    return load_catalog([Path(__file__).parents[2] / "question_bank"])


@cache
def sample_exam(seed: int = 7, versions: int = 2) -> Exam:
    return make_exam(load_file(ALL_KINDS), sample_catalog(), seed, versions)


@cache
def sample_manifest(seed: int = 7) -> Manifest:
    return make_manifest(sample_exam(seed), sample_catalog(), {})


def blueprint(text: str) -> Blueprint:
    """A blueprint from its sections alone."""
    return read_blueprint("test.yaml", ("id: test\ntitle: {en: Test, zh: 测试}\nminutes: 30\n" + text).encode())
