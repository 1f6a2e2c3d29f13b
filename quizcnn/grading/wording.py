"""The words of verdicts in both languages: the number or the rule first, never the person.

The first line of a feedback is the verdict without its symbol; the faces put the symbol before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from quizcnn.grading.base import Grade, Invalid, Rival, Verdict
from quizcnn.text import Text

RIGHT = Text("Right.", "答对了。")
NO_VALUE = Text("none", "无")
PARROTED = Text("This repeats the question; no point is made yet.", "这是在复述题目，还没有答到要点。")
BLANK = Text("Left blank.", "没有作答。")
MAX_SHOWN = 48
_COUNTED = {2: Text("Two", "两"), 3: Text("Three", "三"), 4: Text("Four", "四"), 5: Text("Five", "五")}


def brief(text: str) -> str:
    """``text``, its middle left out where it is too long for one row."""
    return text if len(text) <= MAX_SHOWN else f"{text[:20]}…{text[-12:]} ({len(text)})"


def sentence(text: str) -> str:
    """``text`` as a sentence: first letter large."""
    return text[:1].upper() + text[1:]


def wrong(read: str) -> Text:
    return Text(f"Not {brief(read)}.", f"{brief(read)} 不对。")


def wrong_without_name(read: str) -> Text:
    return Text(
        f"Not {brief(read)}. No known slip gives this number; the steps are below.",
        f"{brief(read)} 不对，也不像常见的错法，步骤见下。",
    )


def wrong_with_key(read: str, key: Text) -> Text:
    return Text(
        f"Not {brief(read)}. The answer is {brief(key.en)}.", f"{brief(read)} 不对，正确答案是 {brief(key.zh)}。"
    )


def wrong_by_name(read: str, labels: Sequence[Text]) -> Text:
    """A value that one named rule gives, or several."""
    shown = brief(read)
    if len(labels) == 1:
        return Text(f"Not {shown}: that {labels[0].en}.", f"{shown} 不对：{labels[0].zh}。")
    count = _COUNTED.get(len(labels), Text.same(str(len(labels))))
    return Text(
        f"Not {shown}. {count.en} rules give it: {'; '.join(label.en for label in labels)}.",
        f"{shown} 不对。{count.zh}种算法都会得到它：{'；'.join(label.zh for label in labels)}。",
    )


def other_convention(labels: Sequence[Text]) -> Text:
    return Text(
        f"Right under another convention: that {'; '.join(label.en for label in labels)}.",
        f"换一种约定才对：{'；'.join(label.zh for label in labels)}。",
    )


def agrees(typed: str, key: Text, digits: int) -> Text:
    """An estimate that is right."""
    return Text(
        f"Right: {brief(typed)} agrees with {brief(key.en)} to the {digits} digits written.",
        f"答对了：{brief(typed)} 与 {brief(key.zh)} 在写出的 {digits} 位有效数字上一致。",
    )


def too_few_decimals(typed: str, decimals: int) -> Text:
    many = "1 decimal is" if decimals == 1 else f"{decimals} decimals are"
    return Text(
        f"{brief(typed)} agrees so far; {many} asked.",
        f"{brief(typed)} 没错，但位数不够：题目要 {decimals} 位小数。",
    )


def too_few_digits(typed: str, digits: int) -> Text:
    return Text(
        f"{brief(typed)} agrees so far; at least {digits} digits are asked.",
        f"{brief(typed)} 没错，但位数不够：至少要 {digits} 位有效数字。",
    )


def not_exact(typed: str) -> Text:
    return Text(
        f"{brief(typed)} agrees so far; the exact number is asked.", f"{brief(typed)} 没错，但位数不够：题目要精确值。"
    )


def power_of_ten(exponent: int) -> Text:
    """``exponent`` is that of typed over right."""
    times = f"{10 ** abs(exponent):,}"
    return Text(
        f"The digits are right, the size is not: {times} times too {'large' if exponent > 0 else 'small'}.",
        f"数字对，数量级不对：{'大' if exponent > 0 else '小'}了 {times} 倍。",
    )


def percent_for_ratio(typed: str) -> Text:
    return Text(f"{brief(typed)} is the percentage; the ratio is asked.", f"{brief(typed)} 是百分数，题目要的是比值。")


def partly(hit: int, of: int) -> Text:
    return Text(f"{hit} of {of} points.", f"答到 {hit} / {of} 点。")


def share_right(right: int, of: int) -> Text:
    return Text(f"{right} of {of} right.", f"对了 {right} / {of}。")


def by_rivals(read: str, key: Text, rivals: Sequence[Rival]) -> Grade | None:
    """The grade of a value that wrong rules give: all of them named, then refuted; None where there are none.

    Where one of them is another convention, that is the verdict.
    """
    if not rivals:
        return None
    conventions = [rival.label for rival in rivals if rival.convention]
    labels = list(dict.fromkeys(conventions or [rival.label for rival in rivals]))
    verdict = Verdict.OTHER_CONVENTION if conventions else Verdict.WRONG
    line = other_convention(labels) if conventions else wrong_by_name(read, labels)
    lines = dict.fromkeys((line, *(rival.why for rival in rivals)))
    slugs = dict.fromkeys(rival.slug for rival in rivals)
    return Grade(verdict, 0.0, read, key, tuple(lines), tuple(slugs))


def listed(names: Sequence[str], *, zh: bool = False) -> str:
    """``H and W``, ``N, C and H``; ``H 和 W``, ``N、C 和 H``."""
    if len(names) < 2:
        return "".join(names)
    return ("、" if zh else ", ").join(names[:-1]) + (" 和 " if zh else " and ") + names[-1]


def unreadable(invalid: Invalid, key: Text) -> Grade:
    """The grade of what could not be read: why, and what would be."""
    lines = [Text(f"Not read: {invalid.why.en}.", f"没看懂：{invalid.why.zh}。")]
    if invalid.examples:
        shown = "   ".join(invalid.examples)
        lines.append(Text(f"For example   {shown}", f"例如   {shown}"))
    return Grade(Verdict.UNREADABLE, 0.0, "", key, tuple(lines))


def correct(read: str, key: Text, feedback: tuple[Text, ...] = (RIGHT,)) -> Grade:
    return Grade(Verdict.CORRECT, 1.0, read, key, feedback)
