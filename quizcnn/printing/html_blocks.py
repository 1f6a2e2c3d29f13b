"""Blocks and inlines as HTML. What is written on (lines, cells, boxes) is told to a screen reader as a blank; drawings have their words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from quizcnn.printing.document import (
    Blank,
    Blanks,
    Block,
    Boxed,
    Break,
    Cells,
    Code,
    CodeBlock,
    Formula,
    Gap,
    Inline,
    Inlines,
    Listing,
    Note,
    Options,
    Pairs,
    Paragraph,
    Picture,
    Quick,
    Room,
    Ruled,
    Run,
    Second,
    Steps,
    Styled,
    Table,
    Ticks,
    Words,
    WrongValues,
)
from quizcnn.printing.markup import NOTHING, Html, breakable_code, joined, tag, text
from quizcnn.printing.mathml import write_mathml
from quizcnn.text import display_width

LINE_COLUMNS = 84
"""Columns of type on one line of a paper, by which options stand side by side."""
LINE_TO_WRITE = 18
"""Columns for one value written by hand, with the signs around it."""
MOST_BESIDE = 4
WIDEST_PICTURE, HIGHEST_PICTURE = 160.0, 110.0
POINT = 0.3528
"""Millimetres of a point; figures print at 0.6 points for each of their units."""


@dataclass(frozen=True, slots=True)
class BlockWriter:
    """Writes blocks with the words of their paper; ``columns`` is 1 where nothing may stand side by side."""

    words: Words
    columns: int = 4
    scale: float = 1.0
    """How much larger than usual figures are."""

    def blocks(self, blocks: Sequence[Block]) -> Html:
        return joined(map(self.block, blocks))

    def block(self, block: Block) -> Html:
        match block:
            case Paragraph(content=content):
                return tag("p", inlines(content))
            case CodeBlock(text=code):
                return tag("pre", tag("code", text(code)))
            case Table(head=head, rows=rows):
                return _table(head, rows)
            case Listing(items=items):
                return tag("ul", *(tag("li", inlines(item)) for item in items), class_="listing")
            case Note(head=head, content=content):
                return tag("p", tag("b", text(head + self._stop)), text(" "), inlines(content), class_="note")
            case Picture():
                return _picture(block, self.scale)
            case Second(blocks=second):
                return tag("div", self.blocks(second), class_="second", lang="zh-CN")
            case Quick(head=head, items=items):
                keys = (
                    tag("span", text(f"{number}{self.words.mark} "), tag("b", inlines(key))) for number, key in items
                )
                return tag("section", tag("h2", text(head)), tag("p", *_apart(keys)), class_="quick")
        return self._key(block)

    @property
    def _stop(self) -> str:
        return "　" if self.words.mark == "．" else "."

    def _key(self, block: Block) -> Html:
        match block:
            case Steps(rows=rows):
                lines = (_cells_of(inlines(row.caption), inlines((row.formula,)), text(row.points)) for row in rows)
                return tag("table", *lines, class_="steps")
            case WrongValues(rows=values):
                lines = (_cells_of(text(row.value), inlines(row.label), text(row.credit)) for row in values)
                return tag("table", *lines, class_="wrong")
            case Ticks(items=items):
                ticks = (tag("li", tag("span", text(weight), class_="faint"), text(" "), inlines(item)) for weight, item in items)  # fmt: skip
                return tag("ul", *ticks, class_="ticks")
        return self._answer(block)

    def _answer(self, block: Block) -> Html:
        match block:
            case Options(items=items):
                return tag("ol", *_items(items), type="A", class_=f"options columns-{self._beside(items)}")
            case Blanks(fields=fields):
                side = " beside" if self._fit(fields) else ""
                return tag("div", *(tag("p", self.blank(field)) for field in fields), class_=f"blanks{side}")
            case Cells():
                return self._cells(block)
            case Boxed(items=items, ask=ask):
                boxes = joined([self.box("box")] * len(items))
                return joined((tag("ol", *_items(items), class_="lines"), tag("p", text(f"{ask} "), boxes)))
            case Pairs(left=left, right=right):
                rows = (tag("li", tag("span", inlines(item)), text(" "), self.box("short")) for item in left)
                return tag("div", tag("ol", *rows, class_="left"), tag("ol", *_items(right), type="A"), class_="pairs")
            case Ruled(lines=lines):
                return self.area("ruled", joined([tag("div")] * lines))
            case Room(height=height, framed=framed):
                return self.area("framed" if framed else "room", NOTHING, f"height: {height:g}mm")
        return NOTHING

    def _beside(self, items: Sequence[Inlines]) -> int:
        """How many options stand side by side: all, two, or one."""
        widest = max(map(width_of, items)) + 4
        fitting = [
            count
            for count in (len(items), 2, 1)
            if count <= min(self.columns, MOST_BESIDE) and widest * count <= LINE_COLUMNS
        ]
        return fitting[0] if fitting else 1

    def _fit(self, fields: Sequence[Blank]) -> bool:
        """Whether several lines to write on stand side by side, each with room."""
        told = sum(width_of(field.label) + display_width(field.unit + field.after) for field in fields)
        return self.columns > 1 and len(fields) > 1 and told + LINE_TO_WRITE * len(fields) <= LINE_COLUMNS

    def blank(self, blank: Blank) -> Html:
        """One line to write on, with what stands before and after it."""
        label = tag("span", inlines(blank.label), text(" = " if _is_name(blank) else " ")) if blank.label else NOTHING
        after = tag("small", text(f" {blank.after}")) if blank.after else NOTHING
        return joined((label, self.box("line"), text(f" {blank.unit}") if blank.unit else NOTHING, after))

    def _cells(self, cells: Cells) -> Html:
        label = tag("span", inlines(cells.label), text(" = ")) if cells.label else NOTHING
        if cells.rows > 1:
            row = tag("tr", *[tag("td", self.box("cell"))] * cells.columns)
            return tag("div", label, tag("table", *[row] * cells.rows, class_="cells"), class_="matrix")
        names = cells.axes if len(cells.axes) == cells.columns else ("",) * cells.columns
        places = (tag("span", self.box("cell"), tag("small", text(name)), class_="place") for name in names)
        commas = tag("span", text(","), class_="comma")
        return tag("div", label, text("("), Html(str(commas).join(places)), text(")"), class_="shape")

    def box(self, kind: str) -> Html:
        """Something to write on in a line of text."""
        return tag("span", class_=kind, role="img", aria_label=self.words.blank)

    def area(self, kind: str, content: Html, style: str | None = None) -> Html:
        """Something to write on that stands alone."""
        return tag("div", content, class_=kind, role="img", aria_label=self.words.blank, style=style)


def _is_name(blank: Blank) -> bool:
    """Whether the label names a value, and is no "(a)"."""
    first = blank.label[0]
    return not (isinstance(first, Run) and first.text.startswith("("))


def _items(items: Sequence[Inlines]) -> list[Html]:
    return [tag("li", inlines(item)) for item in items]


def _apart(parts: Iterable[Html]) -> list[Html]:
    return [joined((part, text(" "))) for part in parts]


def _cells_of(*cells: Html) -> Html:
    return tag("tr", *(tag("td", cell) for cell in cells))


def _table(head: Sequence[Inlines], rows: Sequence[Sequence[Inlines]]) -> Html:
    heads = tag("thead", tag("tr", *(tag("th", inlines(cell), scope="col") for cell in head)))
    return tag("table", heads, tag("tbody", *(_cells_of(*map(inlines, row)) for row in rows)), class_="data")


def _picture(picture: Picture, scale: float) -> Html:
    """The figure as inline SVG, whose first element is its words; our own writer made it, and escapes."""
    width = min(WIDEST_PICTURE, picture.width * 0.6 * POINT * scale, HIGHEST_PICTURE * picture.width / picture.height)
    kind = "wide" if picture.width / picture.height >= 2 else "narrow"
    return tag("figure", Html(picture.svg), class_=kind, style=f"width: {width:.1f}mm")


def inlines(content: Inlines) -> Html:
    return joined(map(_inline, content))


def _inline(inline: Inline) -> Html:
    return INLINES[type(inline)](inline)


def _styled(styled: Styled) -> Html:
    content = inlines(styled.content)
    if styled.style == "second":
        return tag("span", content, class_="second", lang="zh-CN")
    return tag({"strong": "b", "emph": "em"}.get(styled.style, "span"), content, class_="faint" if styled.style == "faint" else None)  # fmt: skip


def _gap(gap: Gap) -> Html:
    return tag("span", tag("small", text(gap.name)), class_="gap", style=f"width: {gap.width * 0.52 + 1.2:g}em")


INLINES: dict[type, Callable[..., Html]] = {
    Run: lambda run: text(run.text),
    Code: lambda code: tag("code", breakable_code(code.text)),
    Formula: lambda formula: write_mathml(formula.latex, display=formula.display),
    Styled: _styled,
    Gap: _gap,
    Break: lambda _: tag("br"),
}


def width_of(content: Inlines) -> int:
    """An estimate of the columns that a text takes."""
    total = 0
    for inline in content:
        match inline:
            case Styled(content=inner):
                total += width_of(inner)
            case Gap(width=width):
                total += width
            case Formula(latex=latex):
                total += display_width(latex)
            case Run(text=shown) | Code(text=shown):
                total += display_width(shown)
    return total
