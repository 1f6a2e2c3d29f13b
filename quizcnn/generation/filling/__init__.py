"""Filling a blueprint: which question sits on which seat of the paper.

First a bipartite matching of seats and questions by augmenting paths, each seat trying its questions in an order hashed from seed
and seat; then the pair rules and caps by bounded repair, which keeps what the matching chose wherever it can. A seat's order hangs
on the seed, the blueprint's id and the pick's own filter, so one more pick does not change the others.
"""

from quizcnn.generation.filling.filler import Filler, Filling
from quizcnn.generation.filling.seats import Seat

__all__ = ["Filler", "Filling", "Seat"]
