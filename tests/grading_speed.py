"""What the marking of typed text costs, in processor time: samples of the bank, long answers, growth with the length, memory.

python -m tests.grading_speed [ROUNDS]        3 rounds over the samples unless said; prints each figure beside what it may be
"""

from __future__ import annotations

import gc
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from quizcnn.bank.models import ShortAnswer
from quizcnn.grading.keypoints.answer import KeypointsAnswer
from quizcnn.grading.keypoints.marking import judge
from quizcnn.grading.keypoints.texts import grade_text
from quizcnn.services.context import Context
from quizcnn.text import LANGS, Lang

MEDIAN_MS = 2.0
LONG, LONG_MS = 5_000, 100.0
LENGTHS = (1_000, 10_000, 100_000)
TIMES = 3
"""How often a long text is marked; the least counts, for what else runs on the machine takes time too."""
MARKS = str.maketrans(dict.fromkeys(".,;:!?，。；：！？\n", " "))


class Sample(NamedTuple):
    """A typed answer of the bank with what it is marked by."""

    question: ShortAnswer
    answer: KeypointsAnswer
    text: str
    lang: Lang


Grading: TypeAlias = Callable[[Sample, str], object]


def samples() -> Iterator[Sample]:
    for question in Context(lang="en").catalog.questions():
        if isinstance(question, ShortAnswer):
            answer = KeypointsAnswer.of(
                question=question.prompt, points=question.points, wrong=question.wrong, lexicon=question.lexicon
            )
            for lang in LANGS:
                for each in question.samples.zh if lang == "zh" else question.samples.en:
                    yield Sample(question, answer, each.text, lang)


def milliseconds(work: Callable[[], object]) -> float:
    """The processor time of one run."""
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def least(grade: Grading, sample: Sample, text: str) -> float:
    """The least of several runs, each with another text, for texts are remembered."""
    return min(milliseconds(partial(grade, sample, f"{number} {text}")) for number in range(TIMES))


def by_points(sample: Sample, text: str) -> object:
    return judge(sample.answer, text)


def by_reference(sample: Sample, text: str) -> object:
    said = [point.say[sample.lang] for point in sample.question.points]
    reference = sample.question.reference[sample.lang] if sample.question.reference else " ".join(said)
    return grade_text(
        sample.question.prompt[sample.lang], text, references=[reference], lang=sample.lang, lexicon=sample.answer.lexicon
    )  # fmt: skip


def median(found: list[Sample], grade: Grading, rounds: int) -> float:
    """Milliseconds an answer, after one answer to each question; no text is marked twice, for texts are remembered."""
    for sample in found:
        grade(sample, sample.text)
    taken = (
        milliseconds(partial(grade, sample, f"{sample.text} {number}")) for number in range(rounds) for sample in found
    )
    return statistics.median(taken)


def long_text(found: list[Sample], lang: Lang, length: int) -> str:
    """So many characters: the samples of a language one after the other, as often as it takes."""
    whole = "\n".join(sample.text for sample in found if sample.lang == lang)
    return "\n".join([whole] * (length // len(whole) + 1))[:length]


def long_answers(questions: list[Sample], grade: Grading, text: str) -> list[float]:
    """Milliseconds of a long answer to each question, the least first."""
    gc.collect()
    gc.freeze()
    return sorted(least(grade, sample, f"{number} {text}") for number, sample in enumerate(questions))


def growth(sample: Sample, text: str) -> str:
    took = [least(by_points, sample, text[:length]) for length in LENGTHS]
    times = " and ".join(f"{later / earlier:.1f}" for earlier, later in pairwise(took))
    return f"{' / '.join(f'{each:.0f}' for each in took)} ms, ten times the text takes {times} times as long"


def main(rounds: int) -> int:
    found = list(samples())
    questions = list({sample.question.id: sample for sample in found}.values())
    figures: list[tuple[str, float, float]] = []
    for name, grade in (("key points", by_points), ("a reference", by_reference)):
        figures.append((f"median of {len(found)} samples, {name}", median(found, grade, rounds), MEDIAN_MS))
        for lang in LANGS:
            text = long_text(found, lang, LONG)
            took = long_answers(questions, grade, text)
            figures.append((f"{LONG:,} characters, {lang}, {name}: median question", statistics.median(took), LONG_MS))
            figures.append((f"{LONG:,} characters, {lang}, {name}: slowest question", took[-1], LONG_MS))
    for what, took_ms, most in figures:
        print(f"{what:<60} {took_ms:7.1f} ms, at most {most:g}{'' if took_ms <= most else '  TOO SLOW'}")
    for lang in LANGS:
        text = long_text(found, lang, LENGTHS[-1])
        unbroken = text.translate(MARKS)
        for kind, each in (("as typed", text), ("without a mark", unbroken)):
            print(
                f"{' / '.join(f'{length:,}' for length in LENGTHS)} characters, {lang}, {kind}: {growth(questions[0], each)}"
            )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak {peak:.0f} MB")
    return 1 if any(took_ms > most for _, took_ms, most in figures) else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
