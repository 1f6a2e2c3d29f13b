"""From a question to its variant: each kind is drawn by the module of its own, imported when it is met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from quizcnn.generation.variant import Variant
from quizcnn.solvers.values import Json

if TYPE_CHECKING:
    from quizcnn.bank.models import Question
    from quizcnn.solvers.base import Step


def draw_variant(question: Question, seed: int, *, shuffle: bool = True) -> Variant:
    """The variant of ``question`` at ``seed``. Without ``shuffle`` options and items stand in the order of the file.

    Raises ``BankError`` where no draw can be accepted.
    """
    if question.kind == "numeric":
        from quizcnn.generation.numeric import draw_numeric

        return draw_numeric(question, seed)
    if question.kind == "inverse":
        from quizcnn.generation.inverse import draw_inverse

        return draw_inverse(question, seed)
    from quizcnn.generation.authored import present

    return present(question, seed, shuffle=shuffle)


def fix_variant(question: Question, inputs: Mapping[str, Json], *, phrasing: int = 0) -> Variant:
    """The variant with these drawn inputs (for stored samples); other kinds stand in the order of the file."""
    if question.kind == "numeric":
        from quizcnn.generation.numeric import fix_numeric

        return fix_numeric(question, inputs, phrasing)
    if question.kind == "inverse":
        from quizcnn.generation.inverse import fix_inverse

        return fix_inverse(question, inputs, phrasing)
    return draw_variant(question, 0, shuffle=False)


def work_steps(variant: Variant) -> tuple[Step, ...]:
    """The worked steps that lead to the fields; empty where the explanation is all there is."""
    from quizcnn.solvers.base import get_family

    found: list[Step] = []
    for link in variant.chain:
        family = get_family(link.family)
        found.extend(family.steps_to(family.read(link.inputs), link.asked))
    return tuple(found)
