"""The OMML writer: a formula's tree as Word's own mathematics, which can be edited there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from quizcnn.printing.mathematics import CLOSING, Node, children_of, is_function, node_of, read_formula
from quizcnn.printing.ooxml import EMPTY, Xml, content, el, joined

FONT = el("w:rPr", el("w:rFonts", w_ascii="Cambria Math", w_hAnsi="Cambria Math"))
ACCENT_LINES = {"overline": ("m:bar", "top"), "underline": ("m:bar", "bot")}
BRACES = {"overbrace": ("⏞", "top"), "underbrace": ("⏟", "bot")}
THIN = "\u2009"
OPENING = frozenset("([{|‖⌊⌈⟨")
FENCES = OPENING | frozenset(")]}⌋⌉⟩∣∥")


def write_omml(latex: str) -> Xml | None:
    """A formula for a line of text; None where it cannot be read, so that it is set as its text."""
    tree = read_formula(latex)
    return None if tree is None else el("m:oMath", _node(tree))


def _node(node: Node) -> Xml:
    return WRITERS[str(node["k"])](node)


def _row(node: Node) -> Xml:
    return joined(_spaced(children_of(node)))


def _spaced(nodes: Sequence[Node]) -> list[Xml]:
    """The nodes in order, a thin space after a function that no bracket follows; what follows a large operator is its operand."""
    found: list[Xml] = []
    for place, node in enumerate(nodes):
        if place + 1 < len(nodes) and _is_large(node):
            return [*found, _operator(node, joined(_spaced(nodes[place + 1 :])))]
        found.append(_node(node))
        after = nodes[place + 1] if place + 1 < len(nodes) else None
        if after is not None and is_function(node) and after.get("s") not in OPENING and after["k"] not in {"lr", "sp", "mat"}:  # fmt: skip
            found.append(_run(THIN, upright=True))
    return found


def _is_large(node: Node) -> bool:
    return node["k"] == "big" or (node["k"] == "att" and node_of(node, "a")["k"] == "big")


def _operator(node: Node, operand: Xml) -> Xml:
    """A sum or its like with what stands below and above it and what it is taken over."""
    sign = node if node["k"] == "big" else node_of(node, "a")
    below, above = (_script(part) if isinstance(part := node.get(key), dict) else EMPTY for key in ("b", "t"))
    hidden = (el(f"m:{name}Hide", m_val="1") if not part else EMPTY for name, part in (("sub", below), ("sup", above)))
    form = el("m:naryPr", el("m:chr", m_val=str(sign["s"])), el("m:limLoc", m_val="undOvr"), *hidden)
    return el("m:nary", form, el("m:sub", below), el("m:sup", above), el("m:e", operand))


def _run(text: str, *, upright: bool = False) -> Xml:
    style = el("m:rPr", el("m:sty", m_val="p")) if upright else EMPTY
    return el("m:r", style, FONT, Xml(f'<m:t xml:space="preserve">{content(text)}</m:t>')) if text else EMPTY


def _letters(node: Node) -> Xml:
    return _run(str(node["s"]))


def _upright(node: Node) -> Xml:
    """Numbers and signs; a bracket that does not grow is plain text, since some readers fail where brackets do not pair off."""
    sign = str(node["s"])
    return _plain(sign) if sign in FENCES else _run(sign, upright=True)


def _words(node: Node) -> Xml:
    """Words and names of functions, as plain text of the formula; some readers slant what is only said to be upright."""
    return _plain(str(node["s"]))


def _plain(text: str) -> Xml:
    return el("m:r", el("m:rPr", el("m:nor")), FONT, Xml(f'<m:t xml:space="preserve">{content(text)}</m:t>')) if text else EMPTY  # fmt: skip


def _space(node: Node) -> Xml:
    width = float(str(node["w"]))
    return _run("\u2003" if width >= 0.8 else THIN, upright=True) if width else EMPTY


def _fraction(node: Node) -> Xml:
    bare = el("m:fPr", el("m:type", m_val="noBar")) if node["k"] != "frac" else EMPTY
    fraction = el("m:f", bare, el("m:num", _node(node_of(node, "a"))), el("m:den", _node(node_of(node, "b"))))
    return _delimited("(", ")", fraction) if node["k"] == "binom" else fraction


def _root(node: Node) -> Xml:
    square = node["k"] == "sqrt"
    hidden = el("m:radPr", el("m:degHide", m_val="1")) if square else EMPTY
    degree = EMPTY if square else _node(node_of(node, "n"))
    return el("m:rad", hidden, el("m:deg", degree), el("m:e", _node(node_of(node, "a"))))


def _accent(node: Node) -> Xml:
    sign = "\u20d7" if node["s"] == "→" else str(node["s"])
    return el("m:acc", el("m:accPr", el("m:chr", m_val=sign)), el("m:e", _node(node_of(node, "a"))))


def _bar(node: Node) -> Xml:
    name, place = ACCENT_LINES[str(node["k"])]
    return el(name, el(f"{name}Pr", el("m:pos", m_val=place)), el("m:e", _node(node_of(node, "a"))))


def _brace(node: Node) -> Xml:
    sign, place = BRACES[str(node["k"])]
    form = el("m:groupChrPr", el("m:chr", m_val=sign), el("m:pos", m_val=place))
    return el("m:groupChr", form, el("m:e", _node(node_of(node, "a"))))


def _delimited(opening: str, closing: str, *inner: Xml) -> Xml:
    form = el("m:dPr", el("m:begChr", m_val=opening), el("m:endChr", m_val=closing))
    return el("m:d", form, el("m:e", *inner))


def _brackets(node: Node) -> Xml:
    """A pair that grows with what it holds; its signs are the first and the last operator."""
    nodes = children_of(node_of(node, "a"))
    opening = str(nodes.pop(0)["s"]) if nodes and nodes[0]["k"] == "o" else ""
    closing = str(nodes.pop()["s"]) if nodes and nodes[-1]["k"] == "o" else ""
    return _delimited(opening, closing, *_spaced(nodes))


def _table(node: Node, align: str = "center") -> Xml:
    rows = [row for row in node["rows"] if isinstance(row, list)] if isinstance(node["rows"], list) else []
    count = max((len(row) for row in rows), default=1)
    column = el("m:mc", el("m:mcPr", el("m:count", m_val=count), el("m:mcJc", m_val=align)))
    lines = (el("m:mr", *(el("m:e", _node(cell)) for cell in row if isinstance(cell, dict))) for row in rows)
    return el("m:m", el("m:mPr", el("m:mcs", column)), *lines)


def _matrix(node: Node) -> Xml:
    opening = str(node["d"])
    return _delimited(opening, CLOSING.get(opening, ""), _table(node)) if opening else _table(node)


def _scripts(node: Node) -> Xml:
    base = el("m:e", _node(node_of(node, "a")))
    below, above = (_script(part) if isinstance(part, dict) else None for part in (node["b"], node["t"]))
    if node["lim"]:
        return _limits(base, below, above)
    if below is not None and above is not None:
        return el("m:sSubSup", base, el("m:sub", below), el("m:sup", above))
    return el("m:sSub", base, el("m:sub", below or EMPTY)) if above is None else el("m:sSup", base, el("m:sup", above))


def _script(node: Node) -> Xml:
    """A script; a sign that stands alone is text, for as an operator some readers miss its operands."""
    return _plain(str(node["s"])) if node["k"] == "o" else _node(node)


def _limits(base: Xml, below: Xml | None, above: Xml | None) -> Xml:
    if below is not None:
        lower = el("m:limLow", base, el("m:lim", below))
        return lower if above is None else el("m:limUpp", el("m:e", lower), el("m:lim", above))
    return el("m:limUpp", base, el("m:lim", above or EMPTY))


WRITERS: Mapping[str, Callable[[Node], Xml]] = {
    "row": _row,
    "i": _letters,
    **dict.fromkeys(("n", "o", "big"), _upright),
    **dict.fromkeys(("t", "op"), _words),
    "sp": _space,
    **dict.fromkeys(("frac", "binom", "stack"), _fraction),
    **dict.fromkeys(("sqrt", "root"), _root),
    "acc": _accent,
    **dict.fromkeys(ACCENT_LINES, _bar),
    **dict.fromkeys(BRACES, _brace),
    "lr": _brackets,
    "mat": _matrix,
    "cases": lambda node: _delimited("{", "", _table(node, "left")),
    "att": _scripts,
}
