"""Printed papers as they were when they were made, from the manifest alone: what strips are set from."""

from __future__ import annotations

from quizcnn.generation.exam import Item, Version
from quizcnn.services.exams.manifest import Manifest, PrintedPaper
from quizcnn.services.exams.sitting import variant_of


def versions_of(manifest: Manifest) -> tuple[Version, ...]:
    """The versions of a manifest; their items have no worked steps."""
    return tuple(_version(paper) for paper in manifest.papers)


def _version(paper: PrintedPaper) -> Version:
    items = (
        Item(question.number, question.section, question.points, question.area, variant_of(question), ())
        for question in paper.questions
    )
    return Version(paper.letter, paper.code, tuple(items))
