"""``bank check``: the static rules, then every entry drawn over many seeds and every stored sample answer graded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizcnn.bank.catalog import Catalog, Row
from quizcnn.bank.faults import Fault
from quizcnn.bank.lint import Lint
from quizcnn.bank.models import Inverse, Numeric, Question, Sample, ShortAnswer, TypedSample
from quizcnn.bank.structure import Finding
from quizcnn.errors import BankError, QuizError
from quizcnn.generation.variant import Variant
from quizcnn.generation.variants import draw_variant, fix_variant
from quizcnn.grading.base import Grade, Verdict
from quizcnn.grading.sheet import grade_texts, grade_typed
from quizcnn.services.crossing import MOST_FOREIGN, Crossing, cross_samples
from quizcnn.services.sweep import faults_of
from quizcnn.text import LANGS, Lang

SEEDS = 50
MOST_DRAWS = 600
"""So many seeds are drawn before an entry's space is called small."""
FEWEST_VARIANTS = 30
_BROKEN = (QuizError, ArithmeticError, ValueError, LookupError, TypeError)
"""What an entry that does not fit its family may raise while it is drawn: it becomes a fault of that entry."""

_NUMBER = re.compile(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?(?!\w)")
_DRAWN_FROM = frozenset(
    {"", "family", "ask", "draw", "fixed", "tie", "goal", "range", "parts", "decimals", "targets", "figure"}
)
"""A fault under one of these keys was told with its place; drawing would only repeat it in other words."""


@dataclass(frozen=True, slots=True)
class EntryReport:
    """What the draws of one numeric or inverse entry cost."""

    id: str
    variants: int
    """Distinct parameter sets: those seen, or the estimate from how often they came back (Chao 1984)."""
    worst_redraws: int
    without_target: float
    """Share of draws in which no named mistake shows."""


@dataclass(frozen=True, slots=True)
class Report:
    """What ``bank check`` found."""

    counts: Mapping[str, Any]
    faults: tuple[Fault, ...]
    entries: tuple[EntryReport, ...]
    crossing: Crossing | None = None
    """What foreign answers hit, where it was asked for."""


@dataclass(slots=True)
class _Draws:
    """The draws of one entry so far."""

    seen: Counter[str] = field(default_factory=Counter)
    worst_redraws: int = 0
    without_target: int = 0
    hints_with_key: Counter[tuple[int, Lang]] = field(default_factory=Counter)

    def add(self, variant: Variant, *, aimed: bool) -> None:
        self.seen[variant.identity] += 1
        self.worst_redraws = max(self.worst_redraws, variant.redraws)
        self.without_target += variant.target is None and aimed

    def estimate(self) -> int:
        """At least so many variants (Chao1, from those seen once and twice)."""
        once = sum(times == 1 for times in self.seen.values())
        twice = sum(times == 2 for times in self.seen.values())
        return len(self.seen) + (once * once // (2 * twice) if twice else once * (once - 1) // 2)


def check_bank(
    catalog: Catalog, seeds: int = SEEDS, progress: Callable[[str], None] = lambda _: None, *, cross: bool = False
) -> Report:
    """Every fault of the bank in use; with ``cross`` also those that only other questions' answers show.

    ``progress`` hears the id of each question before its turn.
    """
    lint = Lint(catalog)
    faults = list(lint.bank_faults())
    entries: list[EntryReport] = []
    for question in catalog.questions():
        progress(question.id)
        found = list(lint.findings(question))
        at_fault = {str(path[0]) if path else "" for path, _ in found}
        if isinstance(question, Numeric | Inverse) and not at_fault & _DRAWN_FROM:
            report, more = check_draws(question, seeds)
            entries += [report] if report else []
            found += more
        if not at_fault & (_DRAWN_FROM | {"samples"}):
            found += check_samples(question)
        faults += (lint.locate(question.id, finding) for finding in found)
    crossing = _crossing(catalog) if cross else None
    if crossing:
        faults += (lint.locate(owner, finding) for owner, finding in crossing.findings)
        if crossing.share > MOST_FOREIGN:
            message = f"{crossing.share:.2%} of the points are earned by answers to other questions; at most {MOST_FOREIGN:.0%} may be"
            faults.append(Fault(str(catalog.folders[0]), 1, 1, "", message))
    return Report(count(catalog), tuple(sorted(set(faults))), tuple(entries), crossing)


def _crossing(catalog: Catalog) -> Crossing:
    return cross_samples([each for each in catalog.questions() if isinstance(each, ShortAnswer)])


def check_draws(question: Numeric | Inverse, seeds: int = SEEDS) -> tuple[EntryReport | None, list[Finding]]:
    """The draws of an entry over ``seeds`` seeds, and more until 30 variants were seen; no report where it cannot be drawn."""
    draws = _Draws()
    # Inverse questions have no target, as every number with the property is right; nor have estimates, which near ones pass.
    aimed = isinstance(question, Numeric) and not question.estimate
    found: list[Finding] = []
    needed = 0 if question.small_space else FEWEST_VARIANTS
    seed = 0
    while seed < seeds or (len(draws.seen) < needed and seed < MOST_DRAWS):
        try:
            variant = draw_variant(question, seed)
            draws.add(variant, aimed=aimed)
            if seed < seeds:
                found += _faults_of(question, variant, draws)
        except _BROKEN as error:
            return None, [(("draw",) if question.draw else (), f"seed {seed} cannot be drawn: {_said(error)}")]
        seed += 1
    found += (
        (("hints", number, lang), "the hint shows the key in most draws")
        for (number, lang), times in draws.hints_with_key.items()
        if times > seeds / 2
    )
    if len(draws.seen) < needed:
        message = f"only {len(draws.seen)} variants in {seed} draws; at least {FEWEST_VARIANTS} are needed, or small_space: true"
        found.append((("draw",), message))
    report = EntryReport(question.id, draws.estimate(), draws.worst_redraws, draws.without_target / seed)
    return report, list(dict.fromkeys(found))


def _said(error: Exception) -> str:
    """The error without the entry's id, which the fault names already."""
    if isinstance(error, BankError):
        return f"{error.what}; {error.mend}" if error.mend else error.what
    return str(error) if isinstance(error, QuizError) else f"{type(error).__name__}: {error}"


def _faults_of(question: Numeric | Inverse, variant: Variant, draws: _Draws) -> Iterator[Finding]:
    if isinstance(question, Numeric):
        yield from (((), f"seed {variant.seed}: {fault}") for fault in faults_of(variant)[:1])
    else:
        grade = grade_texts(variant.fields, [each.answer.typed() for each in variant.fields], "en")
        if not grade.is_correct:
            yield (), f"seed {variant.seed}: its own key is graded {grade.verdict}"
    for number, hint in enumerate(variant.hints):
        for lang in LANGS:
            if _shows(hint[lang], variant):
                draws.hints_with_key[number, lang] += 1


def _shows(hint: str, variant: Variant) -> bool:
    """Whether a hint holds the key of a field as a number of at least two digits that is no parameter."""
    numbers = {found.replace(",", "") for found in _NUMBER.findall(hint)}
    numbers -= {str(value) for value in variant.parameters.values()}
    keys = {each.answer.typed().replace(",", "") for each in variant.fields}
    return any(sum(letter.isdigit() for letter in key) > 1 for key in keys & numbers)


def check_samples(question: Question) -> list[Finding]:
    """The stored answers of a question that do not earn what they must."""
    if isinstance(question, ShortAnswer):
        return list(_typed_samples(question))
    if isinstance(question, Numeric | Inverse):
        return [
            found
            for number, sample in enumerate(question.samples)
            for found in _drawn_samples(question, number, sample)
        ]
    samples = getattr(question, "samples", {})
    try:
        variant = fix_variant(question, {})
    except _BROKEN as error:
        return [((), f"cannot be shown: {_said(error)}")]
    wanted = [(("samples", typed), typed, (verdict,)) for typed, verdict in samples.items()]
    return [finding for path, typed, words in wanted for finding in _graded(variant, path, typed, words)]


def _drawn_samples(question: Numeric | Inverse, number: int, sample: Sample) -> Iterator[Finding]:
    try:
        variant = fix_variant(question, sample.inputs, phrasing=sample.phrasing)
    except _BROKEN as error:
        yield ("samples", number, "inputs"), f"the sample cannot be drawn: {_said(error)}"
        return
    for typed, wanted in sample.answers.items():
        words = (wanted,) if isinstance(wanted, str) else wanted
        yield from _graded(variant, ("samples", number, "answers", typed), typed, words)


def _graded(variant: Variant, path: tuple[str | int, ...], typed: str, wanted: Sequence[str]) -> Iterator[Finding]:
    grade = grade_typed(variant.fields, typed, "en")
    for word in wanted:
        if word not in _earned(grade):
            yield path, f"{typed!r} must be {word} and is {_seen(grade)}"


def _earned(grade: Grade) -> set[str]:
    """The words that a sample may expect of a grade: its verdict and its mistakes, those of its parts included."""
    found = {str(grade.verdict), *grade.mistakes}
    for part in grade.parts:
        found |= set(part.mistakes)
    return found


def _seen(grade: Grade) -> str:
    mistakes = sorted(_earned(grade) - {str(verdict) for verdict in Verdict})
    return str(grade.verdict) + (f" ({', '.join(mistakes)})" if mistakes else "")


def _typed_samples(question: ShortAnswer) -> Iterator[Finding]:
    try:
        variant = fix_variant(question, {})
    except _BROKEN as error:
        yield (), f"cannot be shown: {_said(error)}"
        return
    for lang in LANGS:
        samples = question.samples.zh if lang == "zh" else question.samples.en
        for number, sample in enumerate(samples):
            grade = grade_typed(variant.fields, sample.text, lang)
            faults = list(_typed_faults(sample, grade))
            if sample.open:
                faults = [] if faults else ["is marked as it must be: take `open` out"]
            yield from ((("samples", lang, number), message) for message in faults)


def _typed_faults(sample: TypedSample, grade: Grade) -> Iterator[str]:
    for state in ("hit", "contradicted"):
        wanted = set(getattr(sample, state))
        seen = {point.id for point in grade.points if point.state == state}
        if wanted - seen:
            yield f"must be {state} and is not: {', '.join(sorted(wanted - seen))}"
        if seen - wanted:
            yield f"is {state} and must not be: {', '.join(sorted(seen - wanted))}"
    if sample.cap is not None and grade.score > sample.cap:
        yield f"scores {grade.score:.2f}, more than its cap {sample.cap:g}"


def count(catalog: Catalog) -> dict[str, Any]:
    """How many questions there are, of which kind, where, and what is still without one."""
    rows = catalog.rows()
    drawn = [
        question for row in rows if row.kind == "numeric" and isinstance(question := catalog.question(row.id), Numeric)
    ]
    typed = [
        sample
        for question in catalog.questions()
        if isinstance(question, ShortAnswer)
        for sample in (*question.samples.en, *question.samples.zh)
    ]
    signatures = Counter((each.family, each.ask, tuple(sorted(each.draw))) for each in drawn)
    covered = {reference.partition("#")[0] for row in rows for reference in catalog.question(row.id).covers}
    frequent = [topic.id for topic in catalog.topics.values() if topic.interview_frequency == 3]
    return {
        "questions": len(rows),
        "topics": len(catalog.topic_ids),
        "kinds": _tally(rows, "kind"),
        "areas": _tally(rows, "area"),
        "difficulties": _tally(rows, "difficulty"),
        "languages": {lang: sum(lang in row.languages for row in rows) for lang in LANGS},
        "families": len({each.family for each in drawn if each.family}),
        "alike": sum(times - 1 for times in signatures.values()),
        "typed_samples": len(typed),
        "open_samples": sum(sample.open for sample in typed),
        "frequent_topics": len(frequent),
        "frequent_topics_without_question": [name for name in frequent if name not in covered],
    }


def _tally(rows: Sequence[Row], key: str) -> dict[str, int]:
    found = Counter(str(getattr(row, key)) for row in rows)
    return dict(sorted(found.items()))
