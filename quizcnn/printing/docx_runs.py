"""Inlines as runs of a Word document: fonts for both scripts, code, formulas, gaps."""

from __future__ import annotations

from dataclasses import dataclass, replace

from quizcnn.figures.mathematics import one_line
from quizcnn.printing.document import Break, Code, Formula, Gap, Inline, Inlines, Run, Styled
from quizcnn.printing.omml import write_omml
from quizcnn.printing.ooxml import EMPTY, Xml, content, el, joined
from quizcnn.printing.plain import clean

GREY = "555555"
SECOND = 0.92
BLANK = "\u00a0"
CODE_FONT = "Courier New"


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks; ``size`` in points."""

    size: float
    bold: bool = False
    emphasis: bool = False
    grey: bool = False
    code: bool = False
    underline: bool = False

    def properties(self) -> Xml:
        fonts = el("w:rFonts", w_ascii=CODE_FONT, w_hAnsi=CODE_FONT, w_cs=CODE_FONT) if self.code else EMPTY
        half_points = round(2 * self.size * (0.94 if self.code else 1))
        return el(
            "w:rPr",
            fonts,
            el("w:b") if self.bold else EMPTY,
            el("w:i") if self.emphasis else EMPTY,
            el("w:noProof") if self.code else EMPTY,
            el("w:color", w_val=GREY) if self.grey else EMPTY,
            el("w:sz", w_val=half_points),
            el("w:szCs", w_val=half_points),
            el("w:u", w_val="single") if self.underline else EMPTY,
        )


def words(text: str, look: Look) -> Xml:
    """Text in one look; blanks are kept, a line end is a new line, a tab a tab."""
    lines = clean(text).split("\n")
    shown = el("w:br").join(Xml(f'<w:t xml:space="preserve">{content(line)}</w:t>') for line in lines)
    return el("w:r", look.properties(), Xml(shown)) if text else EMPTY


def tab() -> Xml:
    return el("w:r", el("w:tab"))


def underlined(count: int, look: Look) -> Xml:
    """A line to write on, so many blanks long."""
    return words(BLANK * count, replace(look, underline=True))


def inlines(inline: Inlines, look: Look) -> Xml:
    return joined(_inline(each, look) for each in inline)


def _inline(inline: Inline, look: Look) -> Xml:
    match inline:
        case Run(text=text):
            return words(text.replace("\n", " "), look)
        case Code(text=text):
            return words(text.replace("\n", " "), replace(look, code=True))
        case Formula(latex=latex):
            formula = write_omml(latex)
            return words(one_line(clean(latex)), look) if formula is None else formula
        case Gap(name=name, width=width):
            side = underlined(max(4, width), look)
            return joined((side, words(name, replace(look, size=look.size * 0.75, grey=True, underline=True)), side))
        case Break():
            return el("w:r", el("w:br"))
        case Styled():
            return inlines(inline.content, _restyled(inline.style, look))


def _restyled(style: str, look: Look) -> Look:
    if style == "second":
        return replace(look, size=look.size * SECOND)
    return replace(look, bold=look.bold or style == "strong", emphasis=look.emphasis or style == "emph", grey=look.grey or style == "faint")  # fmt: skip
