"""The signs of one-line mathematics: which characters are relations, operators, brackets, scripts and accents, and their names in ASCII.

Tables only. A character that stands in none of them is a name.
"""

from __future__ import annotations

RELATIONS = frozenset("=<>≤≥≠≈~≡∝∈∉⊂⊆⊃⊇→←↔⇒⇐⇔↦∣⊥≪≫≃≅∥") | {":="}
NOT = "⧸"
NEGATED = {"=": "≠", "∈": "∉", "⊂": "⊄", "≡": "≢", "<": "≮", ">": "≯"}
BINARY = frozenset("+−±∓·×÷*∘⊙⊕⊖⊗⋆∪∩∖∧∨") | {"mod"}
DIVIDING = frozenset({"÷", "mod"})
OPENING = {"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉", "⟨": "⟩"}
CLOSING = frozenset(OPENING.values())
BARS = frozenset("|‖")
COMMAS = frozenset(",;:")
POSTFIX = frozenset("!%′″‴°")
BIG = {
    "∑": ("Σ", "sum"),
    "∏": ("∏", "prod"),
    "∫": ("∫", "int"),
    "∮": ("∮", "int"),
    "⋃": ("⋃", "union"),
    "⋂": ("⋂", "intersection"),
}
"""Signs that take limits: as they are shown, and in ASCII."""
DIFFERENTIAL = frozenset("∂∇")
FUNCTIONS = frozenset(
    {
        "log",
        "ln",
        "lg",
        "exp",
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "tanh",
        "sinh",
        "cosh",
        "arcsin",
        "arccos",
        "arctan",
    }
    | {
        "max",
        "min",
        "sup",
        "inf",
        "lim",
        "arg",
        "argmax",
        "argmin",
        "det",
        "dim",
        "ker",
        "gcd",
        "Pr",
        "deg",
        "tr",
        "rank",
    }
    | {"diag", "sign", "sgn", "softmax", "sigmoid"}
)
EXTREMES = frozenset({"max", "min", "sup", "inf", "lim", "arg", "argmax", "argmin"})
"""They range over the whole product that follows, and stand alone as values (max − min)."""

SPELLINGS = {
    "ϵ": "ε",
    "ϕ": "φ",
    "⧵": "∖",
    "∼": "~",
    "∗": "*",
    "⋅": "·",
    "⋯": "…",
    "⟶": "→",
    "⟵": "←",
    "⟹": "⇒",
    "⟸": "⇐",
    "⟺": "⇔",
    "⟼": "↦",
    "⩽": "≤",
    "⩾": "≥",
    "-": "−",
    "∥": "‖",
}
"""Two characters for one sign become one."""
SHOWN = {"∣": "|"}
"""Relations that look like another sign."""

SUPERSCRIPTS = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzADEGHIJKLMNOPRTUVW",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
        strict=True,
    )
) | {
    "⊤": "ᵀ",
    "′": "′",
    "″": "″",
    "°": "°",
    "*": "*",
    "†": "†",
}
SUBSCRIPTS = dict(zip("0123456789+−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
SUPERSCRIPT_SIGNS = frozenset(SUPERSCRIPTS.values()) - {"*", "†", "°"}
SUBSCRIPT_SIGNS = frozenset(SUBSCRIPTS.values())
SCRIPT_SIGNS = SUPERSCRIPT_SIGNS | SUBSCRIPT_SIGNS

ACCENTS = {
    "^": ("\u0302", "hat"),
    "ˆ": ("\u0302", "hat"),
    "¯": ("\u0304", "bar"),
    "―": ("\u0304", "bar"),
    "‾": ("\u0304", "bar"),
    "~": ("\u0303", "tilde"),
    "˜": ("\u0303", "tilde"),
    "˙": ("\u0307", "dot"),
    "¨": ("\u0308", "ddot"),
    "→": ("\u20d7", "vec"),
    "ˇ": ("\u030c", "check"),
    "˘": ("\u0306", "breve"),
}
"""Accent over a base: the combining character, and the name for a base that is too long to carry it."""
BRACES = frozenset("⏞⏟︷︸")

ASCII = {
    "−": "-",
    "·": "*",
    "×": "by",
    "÷": "/",
    "∘": "o",
    "⊙": "*",
    "⊕": "(+)",
    "⊖": "(-)",
    "⊗": "(x)",
    "⋆": "*",
    "±": "+-",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "~=",
    "≡": "==",
    "∝": "prop. to",
    "∈": "in",
    "∉": "not in",
    "⊂": "subset of",
    "⊆": "subset of",
    "≪": "<<",
    "≫": ">>",
    "≃": "~=",
    "≅": "~=",
    "∥": "||",
    "⊃": "contains",
    "⊇": "contains",
    "⊥": "perp.",
    "∓": "-+",
    "∀": "for all",
    "∃": "there is",
    "→": "->",
    "←": "<-",
    "↔": "<->",
    "⇒": "=>",
    "⇔": "<=>",
    "↦": "|->",
    "∣": "|",
    "‖": "||",
    "∪": "union",
    "∩": "intersect",
    "∖": "without",
    "∧": "and",
    "∨": "or",
    "√": "sqrt",
    "∂": "d",
    "∇": "grad",
    "∞": "inf",
    "…": "...",
    "′": "'",
    "″": "''",
    "°": " deg",
    "⊤": "T",
    "†": "+",
    "⌊": "floor(",
    "⌋": ")",
    "⌈": "ceil(",
    "⌉": ")",
    "⟨": "<",
    "⟩": ">",
    "ℓ": "l",
    "ℒ": "L",
    "ℝ": "R",
    "ℕ": "N",
    "ℤ": "Z",
    "ℏ": "h",
} | {
    letter: name
    for letters, names in (
        (
            "αβγδεζηθικλμνξοπρσςτυφχψω",
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega",
        ),
        ("ΓΔΘΛΞΠΣΦΨΩ", "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"),
    )
    for letter, name in zip(letters, names.split(), strict=True)
}
