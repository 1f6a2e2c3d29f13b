"""Which variant of a card a review shows: fresh numbers, and those that exercise the mistake at hand.

The draw itself depends on its seed alone; what should be avoided or hit only chooses among seeds.
"""

from __future__ import annotations

from quizcnn.generation.seeds import seed_for
from quizcnn.generation.variant import Variant
from quizcnn.generation.variants import draw_variant
from quizcnn.services.context import LEARNER, Context
from quizcnn.services.session import Slot

AVOIDED = 8
"""So many of a card's last parameter sets are not drawn again while others are left."""
SEEDS_TRIED = 48


def choose_variant(context: Context, slot: Slot) -> tuple[Variant, int]:
    """The variant at the slot's seed; else the first fresh one that exercises the mistake that is wanted. And which seed it took."""
    question = context.catalog.question(slot.question_id)
    if slot.seed is not None:
        return draw_variant(question, slot.seed), 0
    card = context.store.card(slot.question_id)
    first = draw_variant(question, seed_for(question.id, LEARNER, card.reps, 0))
    if not first.is_drawn:
        return first, 0
    recent = set(context.store.recent_parameters(slot.question_id, AVOIDED))
    wanted = slot.wanted or card.last_mistake
    spare: tuple[Variant, int] | None = None
    for k in range(SEEDS_TRIED):
        variant = draw_variant(question, seed_for(question.id, LEARNER, card.reps, k)) if k else first
        if variant.identity in recent:
            continue
        if wanted is None or variant.target == wanted:
            return variant, k
        spare = spare or (variant, k)
    return spare or (first, 0)


def other_seed(context: Context, variant: Variant) -> int:
    """The seed of another variant of the same question, with other numbers where there are any."""
    question = context.catalog.question(variant.question_id)
    seeds = [seed_for(variant.question_id, LEARNER, variant.seed, k) for k in range(1, SEEDS_TRIED)]
    return next((seed for seed in seeds if draw_variant(question, seed).identity != variant.identity), seeds[-1])
