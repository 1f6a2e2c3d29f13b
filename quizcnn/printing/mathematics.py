r"""LaTeX as a small tree of plain values, which the Typst template builds into mathematics; no formula is ever evaluated.

latex2mathml parses; a node is ``{"k": kind, ...}`` with kinds ``row i n o op t sp frac binom sqrt root att acc over under lr mat
cases``. A formula that cannot be read, or that is too long or too deep, has no tree.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from typing import TypeAlias
from xml.etree.ElementTree import Element

from quizcnn.figures.mathematics import MAX_DEPTH, parse
from quizcnn.printing.plain import clean
from quizcnn.solvers.values import Json

Node: TypeAlias = "dict[str, Json]"

BIG = frozenset("∑∏∐∫∮⋃⋂⨁⨂")
LIMITED = frozenset({"max", "min", "sup", "inf", "lim", "argmax", "argmin", "arg max", "arg min", "det", "gcd", "Pr"})
FUNCTIONS = frozenset(
    {"log", "ln", "lg", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "dim", "ker", "deg", "hom"}
)  # fmt: skip
UPRIGHT = frozenset({"normal", "monospace", "sans-serif"})
CLOSING = {"(": ")", "[": "]", "{": "}", "|": "|", "‖": "‖", "⌊": "⌋", "⌈": "⌉", "⟨": "⟩"}
ACCENTS = {
    "^": "̂", "ˆ": "̂", "¯": "̄", "‾": "̄", "~": "̃", "˜": "̃", "→": "→", "˙": "̇", ".": "̇", "¨": "̈", "ˇ": "̌", "˘": "̆", "´": "́", "`": "̀",
}  # fmt: skip
"""What the parser puts over a letter, and the combining sign of it."""
LINES = {"―": "overline", "⏟": "underbrace", "⏞": "overbrace", "_": "underline", "＿": "underline"}
SIGNS = {"-": "−", "*": "∗", "'": "′", "\u00a0": " ", "·": "⋅"}
DOUBLE_STRUCK = {"1": "𝟙"}
MOST_NODES = 3_000
_WIDTH = re.compile(r"([\d.]+)em")


def read_formula(latex: str) -> Node | None:
    """The tree of a formula; None for one that cannot be read, which is then set as its text. Never raises."""
    tree = parse(clean(latex))
    if tree is None or sum(1 for _ in tree.iter()) > MOST_NODES:
        return None
    try:
        return _row(list(tree), 0)
    except (RecursionError, LookupError, ValueError):
        return None


def _row(elements: Sequence[Element], depth: int) -> Node:
    if depth > 4 * MAX_DEPTH:
        raise ValueError("nested too deeply")
    nodes = _matrices(_words(elements, depth))
    return nodes[0] if len(nodes) == 1 else {"k": "row", "c": list(nodes)}


def _words(elements: Sequence[Element], depth: int) -> list[Node]:
    """The nodes of a row; upright letters that stand together are one word, and a stretched pair of brackets one group."""
    nodes: list[Node] = []
    letters = ""
    for element in elements:
        if element.tag == "mi" and element.get("mathvariant") in UPRIGHT:
            letters += _text(element)
            continue
        if letters:
            nodes.append(_word(letters))
            letters = ""
        nodes.append(_node(element, depth))
    return nodes + ([_word(letters)] if letters else [])


def _matrices(nodes: list[Node]) -> list[Node]:
    """``( table )`` as one matrix with its brackets, ``{ table`` as cases."""
    found: list[Node] = []
    for node in nodes:
        found.append(node)
        if len(found) >= 3 and found[-2]["k"] == "mat" and not found[-2]["d"]:
            opening, closing = str(found[-3].get("s", "")), str(found[-1].get("s", ""))
            if opening and CLOSING.get(opening) == closing:
                found[-3:] = [{**found[-2], "d": opening}]
        elif len(found) >= 3 and found[-2]["k"] == "stack" and (found[-3].get("s"), found[-1].get("s")) == ("(", ")"):
            found[-3:] = [{**found[-2], "k": "binom"}]
    if len(found) >= 2 and found[0].get("s") == "{" and found[1]["k"] == "mat":
        found[:2] = [{"k": "cases", "rows": found[1]["rows"]}]
    return found


def _node(element: Element, depth: int) -> Node:
    build = BUILDERS.get(element.tag)
    return build(element, depth + 1) if build else _row(list(element), depth + 1)


def _text(element: Element) -> str:
    text = html.unescape(element.text or "").removeprefix("\\")
    return "".join(SIGNS.get(char, char) for char in text)


def _word(text: str) -> Node:
    if text in LIMITED or text in FUNCTIONS:
        return {"k": "op", "s": text, "lim": text in LIMITED}
    return {"k": "t", "s": text}


def _identifier(element: Element, depth: int) -> Node:
    text = _text(element)
    if text == "~":
        return {"k": "o", "s": "∼"}
    if len(text) > 1:
        return _word(text)
    return {"k": "i", "s": text} if text.strip() else {"k": "sp", "w": 0.2}


def _number(element: Element, depth: int) -> Node:
    text = _text(element)
    return {"k": "t", "s": DOUBLE_STRUCK.get(text, text)} if element.get("mathvariant") == "double-struck" else {"k": "n", "s": text}  # fmt: skip


def _operator(element: Element, depth: int) -> Node:
    text = _text(element)
    if text in BIG:
        return {"k": "big", "s": text}
    if text == "&" or not text.strip():
        return {"k": "sp", "w": 0.0}
    if len(text) > 1 and text.replace(" ", "").isalpha():
        return {"k": "op", "s": text, "lim": text in LIMITED}
    return {"k": "o", "s": text}


def _words_of_text(element: Element, depth: int) -> Node:
    return {"k": "t", "s": html.unescape(element.text or "").replace("\u00a0", " ").replace("\\", "")}


def _space(element: Element, depth: int) -> Node:
    width = _WIDTH.fullmatch(element.get("width", ""))
    if element.get("linebreak"):
        return {"k": "sp", "w": 2.0}
    return {"k": "sp", "w": min(4.0, float(width[1])) if width else 0.0}


def _group(element: Element, depth: int) -> Node:
    """A braced group; a comma alone in braces is that of a number and takes no room."""
    children = list(element)
    if len(children) == 1 and children[0].tag == "mo" and _text(children[0]) == ",":
        return {"k": "n", "s": ","}
    if len(children) >= 2 and children[0].get("form") == "prefix" and children[-1].get("form") == "postfix":
        inner = _matrices(_words(children[1:-1], depth))
        opening, closing = _text(children[0]), _text(children[-1])
        if len(inner) == 1 and inner[0]["k"] == "mat" and not inner[0]["d"] and CLOSING.get(opening) == closing:
            return {**inner[0], "d": opening}
        nodes: list[Json] = [*_fence(opening), *inner, *_fence(closing)]
        return {"k": "lr", "a": {"k": "row", "c": nodes}}
    return _row(children, depth)


def _fence(sign: str) -> list[Json]:
    """A bracket of a stretched pair; a dot stands for none."""
    return [{"k": "o", "s": sign}] if sign.strip(".") else []


def _fraction(element: Element, depth: int) -> Node:
    children = list(element)
    if len(children) != 2:
        return _row(children, depth)
    kind = "stack" if element.get("linethickness") == "0" else "frac"
    return {"k": kind, "a": _node(children[0], depth), "b": _node(children[1], depth)}


def _root(element: Element, depth: int) -> Node:
    return {"k": "sqrt", "a": _row(list(element), depth)}


def _indexed_root(element: Element, depth: int) -> Node:
    children = list(element)
    if len(children) != 2:
        return _row(children, depth)
    return {"k": "root", "a": _node(children[0], depth), "n": _node(children[1], depth)}


def _scripts(element: Element, depth: int) -> Node:
    """A base with what stands below and above it; accents, lines and braces over it are told apart by their sign."""
    count = 2 if element.tag in {"msubsup", "munderover"} else 1
    children = list(element)
    bases, scripts = children[:-count], children[-count:]
    if not bases:
        return _row(children, depth)
    base = _row(bases, depth)
    sign = _text(scripts[0]) if scripts[0].tag == "mo" and element.tag in {"mover", "munder"} else ""
    if sign in LINES:
        return {"k": LINES[sign], "a": base}
    if sign in ACCENTS and element.tag == "mover" and bases[0].tag not in {"mo", "mstyle"}:
        wide = base["k"] == "row"
        return {"k": "overline", "a": base} if wide and sign in "¯‾" else {"k": "acc", "a": base, "s": ACCENTS[sign]}
    below = None if element.tag in {"msup", "mover"} else _node(scripts[0], depth)
    above = None if element.tag in {"msub", "munder"} else _node(scripts[-1], depth)
    limits = element.tag in {"munder", "mover", "munderover"} or (base["k"] == "op" and bool(base["lim"]))
    return {"k": "att", "a": base, "b": below, "t": above, "lim": limits}


def _table(element: Element, depth: int) -> Node:
    rows: list[Json] = []
    for line in element:
        cells: list[Json] = [_row(list(cell), depth) for cell in line]
        if any(len(cell) for cell in line):
            rows.append(cells)
    width = max((len(row) for row in rows if isinstance(row, list)), default=0)
    blank: Json = {"k": "sp", "w": 0.0}
    padded: list[Json] = [[*row, *[blank] * (width - len(row))] for row in rows if isinstance(row, list)]
    return {"k": "mat", "rows": padded, "d": ""}


BUILDERS: dict[str, Callable[[Element, int], Node]] = {
    "mi": _identifier,
    "mn": _number,
    "mo": _operator,
    "mtext": _words_of_text,
    "mspace": _space,
    "mrow": _group,
    "mfrac": _fraction,
    "msqrt": _root,
    "mroot": _indexed_root,
    "mtable": _table,
    "mphantom": lambda element, depth: {"k": "sp", "w": 0.5},
    **dict.fromkeys(("msub", "msup", "msubsup", "munder", "mover", "munderover"), _scripts),
}


def node_of(node: Node, key: str) -> Node:
    """The part of a node under ``key``; an empty row where it has none."""
    part = node.get(key)
    return part if isinstance(part, dict) else {"k": "row", "c": []}


def children_of(node: Node) -> list[Node]:
    """The nodes of a row; another node is a row of itself."""
    children = node["c"] if node["k"] == "row" else [node]
    return [child for child in children if isinstance(child, dict)] if isinstance(children, list) else []


def is_function(node: Node) -> bool:
    """Whether a node is a named function, with or without something below or above it."""
    return node["k"] == "op" or (node["k"] == "att" and node_of(node, "a")["k"] == "op")
