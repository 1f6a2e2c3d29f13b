"""From a MathML tree to the pieces of a row: what each element says on one line.

Keeps the rule that every fraction, root and script which could be read in two ways gets brackets. Works on the element tree of
the parser, whose texts are still entities.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from quizcnn.figures import symbols
from quizcnn.figures.pieces import Piece, Role
from quizcnn.figures.row import Binding, Row, make_row

ROLES: dict[str, Role] = (
    dict.fromkeys(symbols.RELATIONS, Role.RELATION)
    | dict.fromkeys(symbols.BINARY, Role.BINARY)
    | dict.fromkeys(symbols.OPENING, Role.OPEN)
    | dict.fromkeys(symbols.CLOSING, Role.CLOSE)
    | dict.fromkeys(symbols.BARS, Role.BAR)
    | dict.fromkeys(symbols.COMMAS, Role.COMMA)
    | dict.fromkeys(symbols.POSTFIX, Role.POSTFIX)
    | dict.fromkeys(symbols.DIFFERENTIAL, Role.DIFFERENTIAL)
    | dict.fromkeys(symbols.FUNCTIONS, Role.FUNCTION)
    | {"/": Role.SLASH}
)
WORD_FONTS = frozenset({"normal", "monospace", "sans-serif", "bold", "italic"})
WIDE_EM = 0.9
ROOTS = {"3": "∛", "4": "∜"}


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes elements as pieces; ``ascii`` keeps to characters that every terminal has, ``tight`` is on inside scripts."""

    ascii: bool = False
    tight: bool = False

    def row(self, element: Element) -> Row:
        """The whole element as a row."""
        return make_row(self.pieces(element), tight=self.tight)

    def pieces(self, element: Element) -> list[Piece]:
        write = ELEMENTS.get(element.tag)
        return write(self, element) if write else self.inner(element)

    def inner(self, element: Element) -> list[Piece]:
        """The pieces of the children, in order; upright letters that stand together are one word."""
        pieces: list[Piece] = []
        letters = ""
        for child in element:
            upright = child.tag == "mi" and child.get("mathvariant") in WORD_FONTS
            if upright or (letters and child.tag == "mn"):
                letters += child.text or ""
                continue
            pieces += self.letters(letters) + self.pieces(child)
            letters = ""
        return pieces + self.letters(letters)

    def letters(self, letters: str) -> list[Piece]:
        if not letters:
            return []
        letters = html.unescape(letters)
        if letters in symbols.FUNCTIONS:
            return [Piece(letters, Role.FUNCTION)]
        return [self.sign(letters)] if len(letters) == 1 else [Piece(letters, Role.WORD)]

    def leaf(self, element: Element) -> list[Piece]:
        if len(element):
            return self.inner(element)
        text = html.unescape(element.text or "").replace("\u2009", " ").replace("\u2006", " ")
        if element.tag == "mn":
            return [Piece(_plain(text), Role.NUMBER)]
        if not text.strip() or text == "&":
            return []
        piece = self.sign(text.removeprefix("\\") or " ")
        if piece.role is Role.BAR and element.get("form"):
            return [replace(piece, role=Role.OPEN if element.get("form") == "prefix" else Role.CLOSE)]
        return [piece]

    def sign(self, text: str) -> Piece:
        """The piece of one sign or name."""
        if text in symbols.BIG:
            return Piece(symbols.BIG[text][self.ascii], Role.BIG)
        text = symbols.SPELLINGS.get(text, _plain(text))
        role = Role.TEXT if text == "…" else ROLES.get(text)
        if role is None:
            mathematical = len(text) == 1 and unicodedata.category(text) == "Sm" and text != "∞"
            role = Role.BINARY if mathematical else Role.WORD if len(text) > 1 else Role.NAME
        bracket = text if role in {Role.OPEN, Role.CLOSE, Role.BAR} else ""
        return Piece(
            symbols.ASCII.get(text, text) if self.ascii else symbols.SHOWN.get(text, text), role, bracket=bracket
        )

    def text(self, element: Element) -> list[Piece]:
        text = html.unescape(element.text or "").replace("\u00a0", " ").replace("\\", "")
        if not text.strip():
            return [Piece("", Role.BLANK)] if text else []
        return [Piece(text.strip(), Role.TEXT, loose=" " if text.endswith(" ") else "")]

    def space(self, element: Element) -> list[Piece]:
        if element.get("linebreak"):
            return [Piece("", Role.NEWLINE)]
        width = re.fullmatch(r"([\d.]+)(em|ex|pt|mu)?", element.get("width", ""))
        if width is None or not float(width[1]):
            return []
        return [Piece("", Role.WIDE if float(width[1]) >= WIDE_EM and width[2] == "em" else Role.THIN)]

    def grouped(self, element: Element) -> list[Piece]:
        """A braced group; a comma alone in braces is the comma of a number."""
        pieces = self.inner(element)
        return (
            [Piece(",", Role.POSTFIX)]
            if [piece.role for piece in pieces] == [Role.COMMA] and pieces[0].text == ","
            else pieces
        )

    def fraction(self, element: Element) -> list[Piece]:
        rows = [self.row(child) for child in element]
        if len(rows) != 2:
            return [Piece(f"({row.text})", Role.GROUP, bracket="(") for row in rows]
        top, bottom = rows
        if element.get("linethickness") == "0":
            return [Piece(f"{top.text} choose {bottom.text}", Role.NAME)]
        above = top.in_brackets() if top.binding is Binding.LOOSE else top.text
        under = bottom.text if bottom.binding is Binding.ATOM or _is_derivative(top, bottom) else bottom.in_brackets()
        return [Piece(f"{above}/{under}", Role.FRACTION)]

    def root(self, element: Element) -> list[Piece]:
        row = self.inner_row(element)
        return [Piece(self.root_text("√", row), Role.ROOT)]

    def indexed_root(self, element: Element) -> list[Piece]:
        rows = [self.row(child) for child in element]
        if len(rows) != 2:
            return [piece for row in rows for piece in row.pieces]
        base, index = rows
        if index.text in ROOTS and not self.ascii:
            return [Piece(self.root_text(ROOTS[index.text], base), Role.ROOT)]
        exponent = index.text if index.binding is Binding.ATOM else index.in_brackets()
        return [Piece(f"{base.in_brackets()}^(1/{exponent})", Role.GROUP, bracket="(")]

    def root_text(self, sign: str, row: Row) -> str:
        name = symbols.ASCII[sign] if self.ascii else sign
        bare = len(row.pieces) == 1 and row.pieces[0].role in {Role.NAME, Role.NUMBER} and not row.pieces[0].loose
        if bare and not self.ascii and row.text[-1:] not in symbols.SUPERSCRIPT_SIGNS:
            return name + row.text
        return name + row.in_brackets()

    def inner_row(self, element: Element) -> Row:
        return make_row(self.inner(element), tight=self.tight)

    def scripts(self, element: Element) -> list[Piece]:
        """Base with what stands below and above it, inline or as limits. The parser leaves a matrix in its brackets as several bases."""
        count = 2 if element.tag in {"msubsup", "munderover"} else 1
        bases, scripts = list(element)[:-count], list(element)[-count:]
        if not bases:
            return self.inner(element)
        below = None if element.tag in {"msup", "mover"} else scripts[0]
        above = None if element.tag in {"msub", "munder"} else scripts[-1]
        sign = sign_of(scripts[0]) if element.tag in {"mover", "munder"} else ""
        if sign in symbols.BRACES:
            return self.pieces(bases[0])
        if sign in symbols.ACCENTS and is_accented(bases[0]):
            return self.accent(bases[0], sign)
        *before, base = self.base(bases)
        if base.role is Role.BIG and below is not None and above is not None:
            return [*before, self.limits(base, below, above)]
        order = (("^", above), ("_", below)) if is_prime(above) else (("_", below), ("^", above))
        for mark, script in order:
            base = self.with_script(base, mark, script) if script is not None else base
        return [*before, base]

    def base(self, elements: Sequence[Element]) -> list[Piece]:
        """What a script stands on: the last piece carries it."""
        pieces = [piece for element in elements for piece in self.pieces(element)]
        if len(pieces) == 1 and pieces[0].role not in {Role.FRACTION, Role.ROOT, Role.TABLE}:
            piece = pieces[0]
            return [replace(piece, role=Role.WORD, loose="") if piece.role is Role.TEXT else piece]
        row = make_row(pieces, tight=self.tight)
        if row.pieces and (
            row.pieces[-1].role is Role.CLOSE
            or (len(row.pieces) == 1 and row.pieces[0].role in {Role.GROUP, Role.MATRIX})
        ):
            return list(row.pieces)
        return [Piece(f"({row.text})", Role.GROUP, bracket="(") if row.text else Piece("", Role.NAME)]

    def with_script(self, base: Piece, mark: str, element: Element) -> Piece:
        row = replace(self, tight=True).row(element)
        if not row.text:
            return base
        if base.role is Role.MATRIX and base.text.endswith("ᵀ"):
            base = replace(base, text=f"({base.text})")
        inline = self.inline_script(mark, row)
        if inline:
            loose = mark if inline.startswith(mark) else base.loose
            return replace(base, text=base.text + inline, loose=loose, plain=base.plain and inline == "'")
        return replace(base, text=f"{base.text}{mark}({row.text})", loose=mark, plain=False)

    def inline_script(self, mark: str, row: Row) -> str:
        """How a script stands on the line without brackets, ``mark`` included; empty where it needs them."""
        table = symbols.SUBSCRIPTS if mark == "_" else symbols.SUPERSCRIPTS
        if not self.ascii and not is_word(row) and all(char in table for char in row.text):
            return "".join(table[char] for char in row.text)
        if mark == "^" and set(row.text) <= {"'"}:
            return row.text
        own = row.is_bracketed or len(row.text) == 1 or stands_alone(row, mark)
        return mark + row.text if own else ""

    def limits(self, base: Piece, below: Element, above: Element) -> Piece:
        tight = replace(self, tight=True)
        low, high = tight.row(below).text, tight.row(above).text
        if re.fullmatch(r"[^=,]+=[^=,]+", low):
            return replace(base, text=f"{base.text}_({low}..{high})", loose="_")
        return self.with_script(self.with_script(base, "_", below), "^", above)

    def accent(self, element: Element, sign: str) -> list[Piece]:
        combining, name = symbols.ACCENTS[sign]
        piece = self.base([element])[-1]
        if piece.role is Role.NAME:
            first = re.match(r"[A-Za-z]+" if self.ascii else r".", piece.text)
            end = first.end() if first else 0
            added = f"_{name}" if self.ascii else combining
            return [
                replace(
                    piece, text=piece.text[:end] + added + piece.text[end:], loose="_" if self.ascii else piece.loose
                )
            ]
        return [Piece(f"{name}({self.row(element).text})", Role.CALL)]

    def table(self, element: Element) -> list[Piece]:
        cells = tuple(tuple(self.row(cell).text for cell in line) for line in element)
        return [Piece("", Role.TABLE, cells=tuple(row for row in cells if any(row)))]

    def nothing(self, element: Element) -> list[Piece]:
        return []


ELEMENTS: dict[str, Callable[[Writer, Element], list[Piece]]] = {
    **dict.fromkeys(("mi", "mn", "mo"), Writer.leaf),
    **dict.fromkeys(("msub", "msup", "msubsup", "munder", "mover", "munderover"), Writer.scripts),
    "mtext": Writer.text,
    "mspace": Writer.space,
    "mrow": Writer.grouped,
    "mfrac": Writer.fraction,
    "msqrt": Writer.root,
    "mroot": Writer.indexed_root,
    "mtable": Writer.table,
    "mphantom": Writer.nothing,
}


def _plain(text: str) -> str:
    """Bold, script and double-struck letters as plain ones: many terminals lack them."""
    return "".join(
        unicodedata.normalize("NFKC", char) if "\U0001d400" <= char <= "\U0001d7ff" else char for char in text
    )


def sign_of(element: Element | None) -> str:
    if element is None or element.tag != "mo":
        return ""
    return html.unescape(element.text or "")


def is_accented(base: Element) -> bool:
    """An arrow over an arrow or an equals sign is a label, over a letter an accent."""
    return not (base.tag in {"mo", "mstyle"} or (len(base) == 1 and base[0].tag == "mo"))


def is_word(row: Row) -> bool:
    """Scripts that are words stay legible: C_out, n_in, but xᵢⱼ."""
    roles = {piece.role for piece in row.pieces}
    if roles & {Role.WORD, Role.TEXT, Role.FUNCTION, Role.CALL}:
        return True
    letters = "".join(piece.text for piece in row.pieces if piece.role is Role.NAME)
    return roles <= {Role.NAME, Role.NUMBER} and letters.isalpha() and (len(letters) > 2 or row.text == "in")


def stands_alone(row: Row, mark: str) -> bool:
    """Scripts that need no brackets: one name or number without a script of its own, letters below the line."""
    called = any(piece.role is Role.CALL for piece in row.pieces)
    if called or " " in row.text or row.pieces[-1].loose or not symbols.SCRIPT_SIGNS.isdisjoint(row.text):
        return False
    if is_word(row) or (mark == "_" and row.text.isascii() and row.text.isalpha()):
        return True
    return len(row.pieces) == 1 and row.pieces[0].role in {Role.NAME, Role.NUMBER, Role.WORD, Role.DIFFERENTIAL}


def is_prime(element: Element | None) -> bool:
    return element is not None and set(html.unescape(element.text or "-")) <= set("′″‴")


def _is_derivative(top: Row, bottom: Row) -> bool:
    return top.text.startswith("d") and re.fullmatch(r"d.[₀-ₜ]*", bottom.text) is not None
