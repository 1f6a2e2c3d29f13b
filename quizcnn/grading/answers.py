"""The answer types as one union, and the fields of a question."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Discriminator

from quizcnn.grading.base import Exact
from quizcnn.grading.choice import ChoiceAnswer
from quizcnn.grading.cloze import GapAnswer
from quizcnn.grading.expression import ExpressionAnswer
from quizcnn.grading.keypoints import KeypointsAnswer
from quizcnn.grading.matching import MatchingAnswer
from quizcnn.grading.matrix import MatrixAnswer
from quizcnn.grading.number import NumberAnswer
from quizcnn.grading.ordering import OrderingAnswer
from quizcnn.grading.property import PropertyAnswer
from quizcnn.grading.recall import RecallAnswer
from quizcnn.grading.sequence import SequenceAnswer
from quizcnn.grading.shape import ShapeAnswer
from quizcnn.grading.word import WordAnswer
from quizcnn.text import Text

Answer: TypeAlias = Annotated[
    NumberAnswer
    | WordAnswer
    | ShapeAnswer
    | SequenceAnswer
    | MatrixAnswer
    | ChoiceAnswer
    | GapAnswer
    | OrderingAnswer
    | MatchingAnswer
    | ExpressionAnswer
    | PropertyAnswer
    | KeypointsAnswer
    | RecallAnswer,
    Discriminator("type"),
]
"""Any answer type, told apart by ``type`` in JSON."""


class Follow(BaseModel):
    """How a field follows from the learner's own earlier ones.

    ``outputs_from`` names earlier fields that are outputs of the same family, ``inputs_from`` those that are its inputs
    (field name to output or input name); ``inputs`` are the given ones.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    family: str
    output: str
    inputs: dict[str, Exact]
    outputs_from: dict[str, str] = {}
    inputs_from: dict[str, str] = {}


class Field(BaseModel):
    """One thing to type: its name, what it is called, and its answer with the key inside."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    label: Text
    answer: Answer
    weight: float = 1.0
    follow: Follow | None = None
