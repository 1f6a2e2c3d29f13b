"""From a MathML tree to a drawing in cells: what each element is in two dimensions.

Reads elements as the one-line writer does and shares its rules of brackets, signs and spaces. A script that needs no bracket on
one line stays on the line (xᵢ, C_out), every other one is raised or lowered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from quizcnn.figures import symbols
from quizcnn.figures.box import (
    EMPTY,
    Align,
    Box,
    Script,
    Scripts,
    above_each_other,
    attach,
    beside,
    divide,
    grid,
    stack,
    text_box,
)
from quizcnn.figures.fences import brace, fence, radical
from quizcnn.figures.mathml import ELEMENTS, Writer, is_accented, is_prime, sign_of
from quizcnn.figures.pieces import GAPS, Piece, Role
from quizcnn.figures.row import in_context, is_argument, joined_to, make_row, match, pair_bars
from quizcnn.figures.spacing import between

WIDE_GAP = 3
FRACTION = "/"
"""The text of a piece that is a fraction; to its neighbours it is what a matrix is."""
BARE = frozenset({Role.NAME, Role.NUMBER})
DRAWN = frozenset({"mfrac", "mtable", "munder", "mover", "munderover"})
"""Elements that words would stand for on one line, so that a script with one of them never stays on the line."""
OVER = {"hat": "^", "tilde": "~", "dot": ".", "ddot": "..", "vec": "→", "check": "ˇ", "breve": "˘"}
"""Accents over what is too wide to carry a combining one; a bar is a line."""
ARROWS = {"→": ("─", "→"), "←": ("←", "─"), "⇒": ("═", "⇒"), "->": ("-", "->"), "<-": ("<-", "-"), "=>": ("=", "=>")}
"""Arrows that grow with their label: what comes first and what last, the line first or last."""


@dataclass(frozen=True, slots=True)
class Setter(Writer):
    """Sets elements as pieces that carry boxes."""

    def set(self, element: Element) -> Box:
        """The whole element."""
        return self.join(self.pieces(element))

    def join(self, pieces: Iterable[Piece]) -> Box:
        """Pieces as one drawing."""
        return join(self.finish(pieces), tight=self.tight)

    def pieces(self, element: Element) -> list[Piece]:
        write = SETTERS.get(element.tag)
        return write(self, element) if write else self.inner(element)

    def finish(self, pieces: Iterable[Piece]) -> list[Piece]:
        """Brackets and bars drawn as tall as what they hold, functions joined to their arguments, signs read as signs."""
        paired = pair_bars(match(pieces, self.group), self.group)
        done: list[Piece] = []
        for index, piece in enumerate(paired):
            last = next((other for other in reversed(done) if other.role not in GAPS), None)
            after = next((other for other in paired[index + 1 :][:3] if other.role not in GAPS), None)
            piece = in_context(piece, last, after)
            joined = joined_to(last, piece, bool(done) and done[-1].role in GAPS) if last else None
            if last is not None and joined is not None:
                while done and done[-1].role in GAPS:
                    done.pop()
                done[-1] = _with_box(joined, last, piece)
            elif piece.role is Role.TABLE and done and done[-1].role is Role.OPEN:
                done[-1] = self.group(done[-1], [piece], Piece("", Role.CLOSE))
            elif piece.role is Role.CLOSE and done:
                done = [self.group(Piece("", Role.OPEN), done, piece)]
            else:
                done.append(replace(piece, role=Role.MATRIX) if piece.role is Role.TABLE else piece)
        return done

    def group(self, opener: Piece, inner: Sequence[Piece], closer: Piece) -> Piece:
        """What stands in brackets, with them; the scripts of the closing one belong to the whole."""
        pieces = self.finish(inner)
        inside = join(pieces, tight=self.tight)
        left = fence(opener.bracket, opener.text, inside, ascii=self.ascii)
        right = fence(closer.bracket, closer.text, inside, ascii=self.ascii)
        box = beside((left, inside, right))
        matrix = len(pieces) == 1 and pieces[0].role is Role.MATRIX and pieces[0].text != FRACTION
        return Piece(
            f"{opener.text or ' '}{closer.text}",
            Role.MATRIX if matrix else Role.GROUP,
            closer.loose,
            opener.bracket or closer.bracket,
            is_argument(opener, pieces) and not closer.scripts,
            box=attach(box, closer.scripts) if closer.scripts else box,
        )

    def fraction(self, element: Element) -> list[Piece]:
        if len(element) != 2:
            return self.inner(element)
        top, bottom = (self.set(child) for child in element)
        if element.get("linethickness") == "0":
            box = stack([top, bottom], top.height - 1)
        else:
            box = divide(top, bottom, "-" if self.ascii else "─")
        return [Piece(FRACTION, Role.MATRIX, box=box)]

    def root(self, element: Element) -> list[Piece]:
        pieces = self.inner(element)
        if len(pieces) == 1 and pieces[0].role in BARE and not pieces[0].loose and not pieces[0].box:
            return [Piece(self.root_text("√", make_row(pieces)), Role.ROOT)]
        return [Piece("√", Role.ROOT, box=radical(self.join(pieces), ascii=self.ascii))]

    def indexed_root(self, element: Element) -> list[Piece]:
        if len(element) != 2:
            return self.inner(element)
        index = self.line().row(element[1]).text
        return [Piece("√", Role.ROOT, box=radical(self.set(element[0]), ascii=self.ascii, index=index))]

    def line(self) -> Writer:
        """The writer of what stays on one line."""
        return Writer(self.ascii, tight=True)

    def scripts(self, element: Element) -> list[Piece]:
        """Base with scripts, limits, an accent, a brace or a label."""
        count = 2 if element.tag in {"msubsup", "munderover"} else 1
        bases, scripts = list(element)[:-count], list(element)[-count:]
        if not bases:
            return self.inner(element)
        below = None if element.tag in {"msup", "mover"} else scripts[0]
        above = None if element.tag in {"msub", "munder"} else scripts[-1]
        sign = sign_of(scripts[0]) if element.tag in {"mover", "munder"} else ""
        if sign in symbols.ACCENTS and is_accented(bases[0]):
            return self.accent(bases[0], sign)
        pieces = [piece for base in bases for piece in self.pieces(base)]
        alone = pieces[0] if len(pieces) == 1 else None
        ranging = alone is not None and (alone.role is Role.BIG or alone.text in symbols.EXTREMES)
        if (element.tag.startswith("mu") or element.tag == "mover" or ranging) and not (ranging and self.tight):
            return [self.stacked(pieces, below, above, sign)]
        *before, base = self.base(bases)
        return [*before, self.scripted(base, below, above)]

    def stacked(self, pieces: Sequence[Piece], below: Element | None, above: Element | None, sign: str) -> Piece:
        """The base with something centred over and under it: limits, labels, braces."""
        base = pieces[0] if len(pieces) == 1 else Piece("()", Role.GROUP, box=self.join(pieces))
        box = box_of(base)
        small = replace(self, tight=True)
        over, under = (
            None
            if script is None
            else brace(sign, box.width, ascii=self.ascii)
            if sign in symbols.BRACES
            else small.set(script)
            for script in (above, below)
        )
        if base.text in ARROWS and box.height == 1:
            first, last = ARROWS[base.text]
            missing = max(other.width for other in (over, under) if other) - len(base.text) + 2
            box = text_box(first * missing + last if first in "─═-=" else first + last * missing)
        role = Role.GROUP if sign in symbols.BRACES else base.role
        return replace(base, role=role, box=above_each_other(box, over, under))

    def base(self, elements: Sequence[Element]) -> list[Piece]:
        """What a script stands on: the last piece carries it. A fraction, a root or a row gets brackets."""
        pieces = [piece for element in elements for piece in self.pieces(element)]
        if len(pieces) == 1 and pieces[0].role not in {Role.ROOT, Role.TABLE, Role.MATRIX}:
            piece = pieces[0]
            return [replace(piece, role=Role.WORD, loose="") if piece.role is Role.TEXT else piece]
        done = self.finish(pieces)
        closed = len(done) == 1 and done[0].role in {Role.GROUP, Role.MATRIX} and bool(done[0].bracket)
        if closed or not done:
            return done or [Piece("", Role.NAME)]
        return [self.group(Piece("(", Role.OPEN, bracket="("), done, Piece(")", Role.CLOSE, bracket=")"))]

    def scripted(self, base: Piece, below: Element | None, above: Element | None) -> Piece:
        """The base with scripts at its right."""
        low, high = (self.script(mark, script) for mark, script in (("_", below), ("^", above)))
        scripts = Scripts(low, high, is_prime(above))
        if scripts.low is None and scripts.high is None:
            return base
        loose = next((mark for mark in "^_" if mark in scripts.line), "")
        if base.role in {Role.CLOSE, Role.BAR}:
            return replace(base, scripts=scripts, loose=loose)
        plain = base.plain and set(scripts.line) <= {"'"}
        stays = all(script.line for script in (low, high) if script)
        if base.box is None and stays:
            return replace(base, text=base.text + scripts.line, loose=loose, plain=plain)
        return replace(base, loose=loose, plain=plain, box=attach(box_of(base), scripts))

    def script(self, mark: str, element: Element | None) -> Script | None:
        """A script as it stands on the line, where it may, and as it is raised or lowered."""
        if element is None:
            return None
        writer = self.line()
        row = writer.row(element)
        if not row.text:
            return None
        drawn = any(part.tag in DRAWN for part in element.iter())
        line = "" if drawn else writer.inline_script(mark, row)
        if mark == "^" and not self.ascii and line.startswith(mark):
            line = ""
        elif mark == "_" and self.ascii and not line:
            line = f"_({row.text})"
        small = line if line and not line.startswith(mark) else ""
        return Script(line, text_box(small) if small else replace(self, tight=True).set(element))

    def accent(self, element: Element, sign: str) -> list[Piece]:
        base = self.base([element])[-1]
        if base.role is Role.NAME and base.box is None:
            return Writer.accent(self, element, sign)
        _, name = symbols.ACCENTS[sign]
        inner = self.set(element)
        line = (
            "_" * inner.width
            if name == "bar"
            else (symbols.ASCII.get(OVER[name], OVER[name]) if self.ascii else OVER[name])
        )
        return [Piece("()", Role.GROUP, box=above_each_other(inner, text_box(line), None))]

    def table(self, element: Element) -> list[Piece]:
        rows = [[self.set(cell) for cell in line] for line in element if any(len(cell) for cell in line)]
        if not rows:
            return []
        sides: list[Align] = ["left" if cell.get("columnalign") == "left" else "center" for cell in element[0]]
        gap = WIDE_GAP if "left" in sides else 2
        return [Piece("", Role.TABLE, box=grid(rows, align=sides, gap=gap))]


SETTERS: dict[str, Callable[[Setter, Element], list[Piece]]] = {
    **ELEMENTS,
    **dict.fromkeys(("msub", "msup", "msubsup", "munder", "mover", "munderover"), Setter.scripts),
    "mfrac": Setter.fraction,
    "msqrt": Setter.root,
    "mroot": Setter.indexed_root,
    "mtable": Setter.table,
}


def box_of(piece: Piece) -> Box:
    """A piece as drawn, with the scripts of a bracket that found no partner."""
    box = piece.box or text_box(piece.text)
    return attach(box, piece.scripts) if piece.scripts else box


def _with_box(joined: Piece, last: Piece, piece: Piece) -> Piece:
    """Two pieces that are one thing, drawn side by side where either is more than its text."""
    if last.box is None and piece.box is None:
        return joined
    gap = joined.text[len(last.text) :].removesuffix(piece.text) if joined.text.startswith(last.text) else ""
    return replace(joined, box=beside((box_of(last), text_box(gap), box_of(piece))))


def join(pieces: Sequence[Piece], *, tight: bool) -> Box:
    """Finished pieces on one baseline; a line end begins a new row below."""
    rows: list[list[Box]] = [[]]
    last: Piece | None = None
    gap: Role | None = None
    for piece in pieces:
        if piece.role in {Role.THIN, Role.BLANK}:
            gap = piece.role if gap is not Role.BLANK else gap
        elif piece.role is Role.WIDE:
            rows[-1] += [text_box(" " * WIDE_GAP)] if rows[-1] else []
            last, gap = None, None
        elif piece.role is Role.NEWLINE:
            rows += [[]] if rows[-1] else []
            last, gap = None, None
        else:
            rows[-1] += [text_box(_space(last, piece, gap, tight)) if last else EMPTY, box_of(piece)]
            last, gap = piece, None
    lines = [beside(row) for row in rows if row]
    if not lines:
        return EMPTY
    return lines[0] if len(lines) == 1 else stack(lines, (sum(box.height for box in lines) - 1) // 2, align="left")


def _space(last: Piece, piece: Piece, gap: Role | None, tight: bool) -> str:
    """As on one line, but a sign keeps away from a line that it would seem to lengthen."""
    if last.role is Role.PREFIX and piece.role is Role.MATRIX:
        return " "
    space = between(last, piece, gap, tight)
    return " " if space == "·" and last.box else space
