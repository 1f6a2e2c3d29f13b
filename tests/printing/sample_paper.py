"""Papers for the printing tests: hostile strings and formulas on one page, and a paper of a few lines."""

from __future__ import annotations

from quizcnn.printing.document import (
    Blank,
    Blanks,
    Block,
    Boxed,
    Cells,
    Code,
    CodeBlock,
    Formula,
    Listing,
    Note,
    Options,
    Pairs,
    Paper,
    Paragraph,
    Question,
    Run,
    Section,
    Sheet,
    SheetRow,
    Styled,
    Table,
    Ticks,
    Words,
    WrongValue,
    WrongValues,
)
from quizcnn.text import Lang

HOSTILE = (
    '#read("secret.txt")',
    "*b* _i_ `c`",
    "$a$ $$b$$",
    "] #panic()",
    "@ref <label>",
    "// c /* d */",
    "= heading\n- item",
    '#import "@preview/x:1.0.0": *',
    "\\ \\u{41} \\n",
    "\"quotes\" and 'more'",
    "<script>alert(1)</script> &amp; &lt;",
    "{{7*7}} #{1+1} %s {0}",
    "![x](http://x.y/z.png) [l](javascript:x)",
    "| a | b |\n|---|---|",
)
"""Strings that some format reads as more than text."""
HIDDEN = "a\u202etxt.exe\u202c b\u0007\u000b c\ue000\u200f d\ufffe\U000e0041"
"""Characters that must not be printed, and what is left of them."""
SHOWN = "atxt.exe b c d"
FORMULAS = (
    r"\unknown{x}",
    r"\frac{1",
    "{" * 200 + "x" + "}" * 200,
    r"\input{/etc/passwd}",
    r"\def\a{\a\a}\a",
    r"\href{javascript:x}{y}",
    r"x^{y^{z^{a^{b}}}}",
    "\\left( x",
    r"\begin{matrix} 1 & 2",
    "#read(\"x\")",
    "\u202ex\u0007",
    "x" * 5_000,
)  # fmt: skip
WORDS = Words("Name", "Date", "Code", "Page {page} of {pages}", "Points", "End")


def paper(*questions: Question, lang: Lang = "en", title: str = "Paper", sheet: Sheet | None = None) -> Paper:
    section = Section("Part 1", "", questions)
    return Paper("paper", lang, title, "facts", "K7QF-2M", "A", "Version A", WORDS, None, None, (section,), sheet)


def question(number: int, *blocks: Block, answer: tuple[Block, ...] = ()) -> Question:
    return Question(f"q-{number}", number, "2 points", blocks, answer)


def everywhere(text: str) -> Paper:
    """``text`` in every place that takes text."""
    runs = (Run(text),)
    stem: tuple[Block, ...] = (
        Paragraph((*runs, Code(text), Styled("strong", runs), Styled("emph", runs))),
        CodeBlock(text),
        Table((runs, runs), ((runs, runs),)),
    )
    answer: tuple[Block, ...] = (
        Listing((runs,)),
        Note(text, runs),
        Options((runs, runs), many=True),
        Blanks((Blank(runs, text, text),)),
        Cells(runs, 1, 2, (text, text)),
        Boxed((runs, runs), text),
        Pairs((runs,), (runs, runs)),
        WrongValues((WrongValue(text, runs, text),)),
        Ticks(((text, runs),)),
    )
    sheet = Sheet(text, (SheetRow(1, note=text), SheetRow(2, blanks=(Blank(runs, text),))), text)
    return paper(question(1, *stem, answer=answer), title=text, sheet=sheet)


def formulas() -> Paper:
    return paper(*(question(number, Paragraph((Formula(latex),))) for number, latex in enumerate(FORMULAS, 1)))
