"""A figure must be one of the forms that can be drawn, and speak of parameters that the question has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quizcnn.bank.faults import nearest
from quizcnn.bank.models import Inverse, Numeric, Question
from quizcnn.bank.structure import Finding
from quizcnn.errors import BankError


def check_figure(question: Question) -> Iterator[Finding]:
    """Findings in the figure of a question, if it has one."""
    if question.figure is None:
        return
    from quizcnn.figures.figure import KINDS, read_figure

    kind = question.figure.get("kind")
    if kind is not None and kind not in KINDS:
        yield (
            ("figure", "kind"),
            f"no figure is called {kind!r}{nearest(str(kind), list(KINDS), 1) or f'; there are {_listed(KINDS)}'}",
        )
        return
    try:
        read_figure(question.figure)
    except BankError as error:
        yield ("figure",), f"{error.what}; {error.mend}" if error.mend else error.what
        return
    known = sorted({*question.draw, *question.fixed, *question.tie}) if isinstance(question, Numeric | Inverse) else []
    for name in sorted(names_in_figure(question) - set(known)):
        there = nearest(name, known, 1) or (f"; there are {_listed(known)}" if known else "; this kind draws none")
        yield ("figure",), f"the figure speaks of {name!r}, which is no parameter{there}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def names_in_figure(question: Question) -> frozenset[str]:
    """The parameters that the figure speaks of; none where it cannot be read."""
    if question.figure is None:
        return frozenset()
    from quizcnn.figures.figure import read_figure
    from quizcnn.figures.filling import names

    try:
        return names(read_figure(question.figure))
    except BankError:
        return frozenset()
