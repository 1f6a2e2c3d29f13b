"""The format of the bank: topics and the nine kinds of questions, as frozen pydantic models.

The format is whole: what stands here is what an author may write, and everything else is refused with its place. Text is always
in both languages; a plain string is taken only where code or a number reads alike in both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    JsonValue,
    PrivateAttr,
    StringConstraints,
    TypeAdapter,
)
from pydantic_core import PydanticCustomError

from quizcnn.bank.draws import DrawSpec
from quizcnn.grading.keypoints.lexicon import EMPTY, Lexicon
from quizcnn.text import Text

Slug: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
NetworkName: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
FactRef: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+#[1-9][0-9]*$")]
Difficulty: TypeAlias = Annotated[int, Field(ge=1, le=5)]
Expression: TypeAlias = str | bool | int | float
"""A number, true or false, or arithmetic over the names of other inputs."""


class _Model(BaseModel):
    """Built when first validated: one question pays for one kind."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def _same(value: Any) -> Any:
    if isinstance(value, float | bool):
        # 0.10 would lose its last digit on the way through a number.
        raise PydanticCustomError("plain", "is read as a number or a truth value; put it in quotes")
    return {"en": str(value), "zh": str(value)} if isinstance(value, str | int) else value


Label: TypeAlias = Annotated[Text, BeforeValidator(_same, json_schema_input_type=Text | str | int)]
"""A text, or a plain string (code, a number, a name) that reads alike in both languages."""


class Phrasing(_Model):
    """One way to ask, complete in itself; ``states`` says that this wording gives the convention."""

    en: str
    zh: str
    states: tuple[Literal["convention"], ...] = ()

    @property
    def text(self) -> Text:
        return Text(self.en, self.zh)


class Sample(_Model):
    """Typed answers of one draw with what they must earn.

    ``answers`` maps what is typed (several fields parted by ``;``) to a verdict or to the named mistake it must show.
    ``inputs`` fixes the drawn numbers (numeric and inverse questions); options and items count in the order of the file.
    """

    inputs: dict[str, JsonValue] = {}
    phrasing: int = 0
    answers: dict[str, str | tuple[str, ...]]


class TypedSample(_Model):
    """A typed text with the points it must hit and contradict, and the score where a cap matters.

    ``open`` says that the grader does not mark it as a careful examiner does: it is counted, and a fault as soon as it is marked right.
    """

    text: str
    hit: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()
    cap: float | None = None
    open: bool = False


class _Question(_Model):
    id: Slug
    topic: Slug
    difficulty: Difficulty
    revision: Annotated[int, Field(ge=1)] = 1
    covers: tuple[FactRef, ...] = ()
    skills: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    states: tuple[Literal["convention"], ...] = ()
    tags: tuple[str, ...] = ()
    source: str = ""
    """The paper or documentation that a claim rests on."""
    explanation: Text
    hints: tuple[Text, ...] = ()
    figure: dict[str, JsonValue] | None = None
    follow_ups: tuple[Slug, ...] = ()


class Part(_Model):
    """A later part of a numeric question from another family; inputs come from the draw and from earlier parts' outputs (``part.output``)."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    family: str
    ask: tuple[str, ...]
    inputs: dict[str, Expression]
    decimals: int | dict[str, int] | None = None
    label: Text | None = None


class NetworkSource(_Model):
    """Real networks in place of a draw: one of ``of`` (two for a ratio), and one thing of it.

    ``layer``   one layer of this kind gives the family its inputs
    ``rows``    so many layers in a row, the first a convolution, each with fields of its own that follow from the row before
    ``change``  the layers up to one, of which one earlier has another kernel_size, stride or dilation
    ``totals``  figures of the whole network; the question has no family
    """

    of: Annotated[tuple[NetworkName, ...], Field(min_length=1)]
    layer: Literal["", "conv", "depthwise", "pool", "linear"] = ""
    rows: Annotated[int, Field(ge=0, le=6)] = 0
    change: dict[Literal["kernel_size", "stride", "dilation"], tuple[int, ...]] = {}
    totals: bool = False
    folders: tuple[str, ...] = ()
    """Bank folders that hold the networks; the catalog tells, a file does not."""

    @property
    def facts(self) -> tuple[str, ...]:
        """What every variant has a value for."""
        if self.layer:
            return (*CHOSEN, "layer", *LAYER_FACTS[self.layer])
        if self.rows:
            return (*CHOSEN, "layer", "rows", *LAYER_FACTS["conv"])
        if self.change:
            return (*CHOSEN, "layer", "changed", "argument", "before", "value", "rows", "layers")
        return (*CHOSEN, "other", "other_network")


CHOSEN = ("of", "network", "input")
"""The network's name in the bank, its title, and the input that it takes."""
LAYER_FACTS: Mapping[str, tuple[str, ...]] = {
    "conv": ("in_channels", "in_height", "in_width", "out_channels", "out_height", "out_width", "kernel_size", "stride", "padding", "dilation", "groups", "bias"),
    "depthwise": ("in_channels", "in_height", "in_width", "out_channels", "out_height", "out_width", "kernel_size", "stride", "padding", "dilation", "groups", "bias"),
    "pool": ("in_channels", "in_height", "in_width", "out_channels", "out_height", "out_width", "kernel_size", "stride", "padding", "dilation", "ceil_mode"),
    "linear": ("in_features", "out_features", "bias"),
}  # fmt: skip
"""What a drawn layer gives."""
TOTALS = ("parameters", "macs", "flops", "parameters_ratio", "macs_ratio")
"""Figures of whole networks; a ratio is the second network's by the first's."""


class _Drawn(_Question):
    family: str
    ask: Annotated[tuple[str, ...], Field(min_length=1)]
    draw: dict[str, DrawSpec] = {}
    fixed: dict[str, JsonValue] = {}
    tie: dict[str, Expression] = {}
    """Inputs computed from other inputs."""
    where: tuple[str, ...] = ()
    """Conditions over inputs and outputs that a draw must meet."""
    phrasings: Annotated[tuple[Phrasing, ...], Field(min_length=1)]
    small_space: bool = False
    samples: tuple[Sample, ...] = ()


class Numeric(_Drawn):
    """One family with fresh numbers; ``ask`` names the outputs in the order of the fields."""

    kind: Literal["numeric"]
    family: str = ""
    """Empty only where the totals of a network are asked for."""
    decimals: int | dict[str, int] | None = None
    tolerance: float | None = None
    approximate: bool = False
    estimate: bool = False
    parts: tuple[Part, ...] = ()
    network: NetworkSource | None = None
    targets: tuple[str, ...] = ()
    """The mistakes that draws rotate over; all that change an asked output where empty."""
    options: Annotated[int, Field(ge=0, le=6)] = 0
    """With n from 2 on the answer is chosen among n options, the wrong ones made by named mistakes."""


class Bound(_Model):
    """A property of an output: equal to, at least, at most an expression over the inputs."""

    equals: Expression | None = None
    at_least: Expression | None = None
    at_most: Expression | None = None


class Inverse(_Drawn):
    """Inputs are asked for, outputs are given: every answer with the asked property passes. Several inputs make a design question."""

    kind: Literal["inverse"]
    goal: dict[str, Expression | Bound]
    range: dict[str, tuple[int, int]] = {}


class Variable(_Model):
    """The numbers on which a typed formula is compared with the key."""

    low: float
    high: float
    integer: bool = True


class WrongFormula(_Model):
    """A formula that people write, and the rule behind it."""

    slug: str
    formula: str
    label: Text
    why: Text


class ExpressionQuestion(_Question):
    """Type the formula. ``variables`` gives each symbol's range."""

    kind: Literal["expression"]
    prompt: Text
    variables: dict[str, Variable]
    answer: str
    wrong: tuple[WrongFormula, ...] = ()
    samples: dict[str, str] = {}


class OptionText(_Model):
    """One option with the reason why it is right or wrong, from the side of the belief."""

    text: Label
    why: Text
    key: bool = False


class Choice(_Question):
    """One option, or with ``multiple`` several."""

    kind: Literal["choice"]
    prompt: Text
    options: Annotated[tuple[OptionText, ...], Field(min_length=2, max_length=8)]
    multiple: bool = False
    credit: Literal["all_or_nothing", "per_option", "right_minus_wrong"] = "all_or_nothing"
    ordered: bool = False
    """Options stand in the order of the file (numbers in order) and are not shuffled."""
    samples: dict[str, str] = {}


class Gap(_Model):
    """A gap: a number, or a word with all accepted forms in both languages (the first is shown)."""

    number: float | int | None = None
    decimals: int | None = None
    accept: tuple[str, ...] = ()
    show: Label | None = None


class Cloze(_Question):
    """A sentence with ``[[a]]`` gaps."""

    kind: Literal["cloze"]
    prompt: Text
    gaps: dict[str, Gap]
    samples: dict[str, str] = {}


class Ordering(_Question):
    """Items in the right order; shown shuffled."""

    kind: Literal["ordering"]
    prompt: Text
    items: Annotated[tuple[Label, ...], Field(min_length=3, max_length=8)]
    samples: dict[str, str] = {}


class Pair(_Model):
    left: Label
    right: Label


class Matching(_Question):
    """Each left side has one right side; ``spare`` right sides stay over."""

    kind: Literal["matching"]
    prompt: Text
    pairs: Annotated[tuple[Pair, ...], Field(min_length=2, max_length=8)]
    spare: tuple[Label, ...] = ()
    repeat: bool = False
    samples: dict[str, str] = {}


class Patterns(_Model):
    """Accepted phrasings: for either language, or for one."""

    any: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()


class KeyPoint(_Model):
    """One claim that a learner can get or miss alone; ``say`` is the claim as a plain sentence."""

    id: Slug
    say: Text
    weight: Annotated[float, Field(gt=0, le=5)] = 1.0
    accept: Patterns = Patterns()
    contradict: Patterns = Patterns()
    shares: tuple[Slug, ...] = ()
    """Other questions whose right answers earn this point too: both ask for it, or use its words of something else."""


class WrongBelief(_Model):
    """A belief that caps the score wherever it is asserted."""

    match: Patterns
    says: Text
    cap: Annotated[float, Field(ge=0, le=1)]


class TypedSamples(_Model):
    en: tuple[TypedSample, ...] = ()
    zh: tuple[TypedSample, ...] = ()


class ShortAnswer(_Question):
    """Typed free text, marked by key points."""

    kind: Literal["short_answer"]
    prompt: Text
    points: Annotated[tuple[KeyPoint, ...], Field(min_length=1, max_length=8)]
    wrong: tuple[WrongBelief, ...] = ()
    reference: Text | None = None
    samples: TypedSamples = TypedSamples()
    _lexicon: Lexicon = PrivateAttr(default=EMPTY)

    @property
    def lexicon(self) -> Lexicon:
        """The words that patterns name; the catalog tells, a file does not."""
        return self._lexicon

    def told(self, lexicon: Lexicon) -> ShortAnswer:
        """The question with its lexicon."""
        copied = self.model_copy()
        copied._lexicon = lexicon
        return copied


class Recall(_Question):
    """A self-rated card; ``back`` is a list to tick off."""

    kind: Literal["recall"]
    prompt: Text
    back: Annotated[tuple[Text, ...], Field(min_length=1)]


Question: TypeAlias = Annotated[
    Numeric | Inverse | ExpressionQuestion | Choice | Cloze | Ordering | Matching | ShortAnswer | Recall,
    Discriminator("kind"),
]
MODELS: Mapping[str, type[Question]] = {
    "numeric": Numeric, "inverse": Inverse, "expression": ExpressionQuestion, "choice": Choice, "cloze": Cloze,
    "ordering": Ordering, "matching": Matching, "short_answer": ShortAnswer, "recall": Recall,
}  # fmt: skip
"""The model of each kind."""
KINDS = tuple(MODELS)
QUESTION: TypeAdapter[Question] = TypeAdapter(Question, config=ConfigDict(defer_build=True))


class Topic(_Model):
    """One subject of the field with what is known about it."""

    id: Slug
    title: Text
    area: Slug
    kinds: tuple[Literal["concept", "numeric"], ...] = ()
    prerequisites: tuple[Slug, ...] = ()
    difficulty: Difficulty
    interview_frequency: Annotated[int, Field(ge=1, le=3)]
    facts: tuple[Label, ...] = ()
    mistakes: tuple[Label, ...] = ()
    formulas: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
