"""The MathML writer: a formula's tree as presentation MathML, without names of operators that a browser would have to guess."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from quizcnn.figures.mathematics import one_line
from quizcnn.printing.markup import Html, joined, tag, text
from quizcnn.printing.mathematics import CLOSING, Node, children_of, is_function, node_of, read_formula
from quizcnn.printing.plain import clean

ACCENTS = {"\u0302": "^", "\u0304": "¯", "\u0303": "~", "\u0307": "˙", "\u0308": "¨", "\u030c": "ˇ", "\u0306": "˘", "\u0301": "´", "\u0300": "`"}  # fmt: skip
"""The spacing sign of each combining one."""
LINES = {"overline": ("mover", "‾"), "underline": ("munder", "_"), "overbrace": ("mover", "⏞"), "underbrace": ("munder", "⏟")}  # fmt: skip
FENCES = frozenset("()[]{}|‖⌊⌋⌈⌉⟨⟩")
THIN = tag("mspace", width="0.17em")


def write_mathml(latex: str, *, display: bool = False) -> Html:
    """A formula; one that cannot be read is its text."""
    tree, words = read_formula(latex), clean(one_line(clean(latex)))
    if tree is None:
        return tag("span", text(words), class_="formula")
    return tag("math", _node(tree), alttext=words, display="block" if display else "inline", displaystyle="true" if display else None)  # fmt: skip


def _node(node: Node) -> Html:
    return WRITERS[str(node["k"])](node)


def _row(node: Node) -> Html:
    return tag("mrow", *_spaced(children_of(node)))


def _spaced(nodes: Sequence[Node]) -> list[Html]:
    """The nodes in order, a thin space after a function that no bracket follows."""
    found: list[Html] = []
    for place, node in enumerate(nodes):
        found.append(_node(node))
        after = nodes[place + 1] if place + 1 < len(nodes) else None
        if after is not None and is_function(node) and after.get("s") not in FENCES and after["k"] not in {"lr", "sp", "mat"}:  # fmt: skip
            found.append(THIN)
    return found


def _letter(node: Node) -> Html:
    return tag("mi", text(str(node["s"])))


def _operator(node: Node) -> Html:
    sign = str(node["s"])
    return tag("mo", text(sign), stretchy="false" if sign in FENCES else None)


def _words(node: Node) -> Html:
    """Upright letters; blanks at the ends are kept."""
    shown = str(node["s"])
    return tag("mtext", text(shown.replace(" ", "\u00a0")))


def _function(node: Node) -> Html:
    return tag("mi", text(str(node["s"])), mathvariant="normal" if len(str(node["s"])) == 1 else None)


def _space(node: Node) -> Html:
    return tag("mspace", width=f"{node['w']}em")


def _fraction(node: Node) -> Html:
    bare = "0" if node["k"] != "frac" else None
    fraction = tag("mfrac", _node(node_of(node, "a")), _node(node_of(node, "b")), linethickness=bare)
    return tag("mrow", _fence("("), fraction, _fence(")")) if node["k"] == "binom" else fraction


def _root(node: Node) -> Html:
    if node["k"] == "sqrt":
        return tag("msqrt", _node(node_of(node, "a")))
    return tag("mroot", _node(node_of(node, "a")), _node(node_of(node, "n")))


def _accent(node: Node) -> Html:
    sign = ACCENTS.get(str(node["s"]), str(node["s"]))
    return tag("mover", _node(node_of(node, "a")), tag("mo", text(sign), stretchy="false"), accent="true")


def _line(node: Node) -> Html:
    name, sign = LINES[str(node["k"])]
    return tag(name, _node(node_of(node, "a")), tag("mo", text(sign), stretchy="true"))


def _brackets(node: Node) -> Html:
    """A pair that grows with what it holds."""
    nodes = children_of(node_of(node, "a"))
    last = len(nodes) - 1
    parts = [
        _fence(str(each["s"])) if place in (0, last) and each["k"] == "o" else _node(each)
        for place, each in enumerate(nodes)
    ]
    return tag("mrow", *parts)


def _fence(sign: str) -> Html:
    return tag("mo", text(sign), fence="true", stretchy="true")


def _table(node: Node, align: str = "center") -> Html:
    rows = [row for row in node["rows"] if isinstance(row, list)] if isinstance(node["rows"], list) else []
    lines = [tag("mtr", *(tag("mtd", _node(cell), style=f"text-align: {align}") for cell in row if isinstance(cell, dict))) for row in rows]  # fmt: skip
    return tag("mtable", *lines)


def _matrix(node: Node) -> Html:
    opening = str(node["d"])
    return tag("mrow", _fence(opening), _table(node), _fence(CLOSING.get(opening, ""))) if opening else _table(node)


def _cases(node: Node) -> Html:
    return tag("mrow", _fence("{"), _table(node, "left"))


def _scripts(node: Node) -> Html:
    """What stands below and above; that of a large operator moves beside it where a formula stands in a line."""
    below, above = node["b"], node["t"]
    limits = node["lim"] or node_of(node, "a")["k"] == "big"
    names = ("munder", "mover", "munderover") if limits else ("msub", "msup", "msubsup")
    name = names[2 if below and above else 0 if below else 1]
    return tag(name, _node(node_of(node, "a")), joined(_node(each) for each in (below, above) if isinstance(each, dict)))  # fmt: skip


WRITERS: Mapping[str, Callable[[Node], Html]] = {
    "row": _row,
    "i": _letter,
    "n": lambda node: tag("mn", text(str(node["s"]))),
    "o": _operator,
    "big": lambda node: tag("mo", text(str(node["s"])), movablelimits="true"),
    "t": _words,
    "op": _function,
    "sp": _space,
    **dict.fromkeys(("frac", "binom", "stack"), _fraction),
    **dict.fromkeys(("sqrt", "root"), _root),
    "acc": _accent,
    **dict.fromkeys(LINES, _line),
    "lr": _brackets,
    "mat": _matrix,
    "cases": _cases,
    "att": _scripts,
}
