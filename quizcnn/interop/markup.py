"""The Markdown of the bank as HTML for other programs: formulas for MathJax between ``\\( \\)``, everything else escaped.

Nothing that stands in a text becomes markup by accident: not HTML, not a formula, and none of the signs that Anki or Moodle read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

from quizcnn.figures.mathematics import SPANS, one_line

_FENCE = re.compile(r"```[^\n]*\n(.*?)\n?```", re.DOTALL)
_ITEM = re.compile(r"[-*] +")
_STYLES = re.compile(r"\*\*(?=\S)(?P<strong>.+?)(?<=\S)\*\*|(?<![A-Za-z0-9_*])\*(?=[^\s*])(?P<emph>[^*\n]+?)(?<=\S)\*(?![A-Za-z0-9_*])", re.DOTALL)  # fmt: skip
_SIGNS = re.compile(r"\\[()\[\]]|\$\$|\[(?=(?:sound|anki|latex|/latex|\$|/\$))|\{(?=\{|[0-9]*:[A-Z])|\}(?=\})|@@")
"""What begins something in MathJax, Anki or Moodle where it stands in plain text."""
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\u202a-\u202e\u2066-\u2069\ud800-\uf8ff]")
"""Characters that no XML takes, those that turn the direction of what follows, and private ones."""
_HELD = re.compile("[\ue000-\uf8ff]")
_FIRST_HELD = 0xE000
_MOST_HELD = 6_000


def clean(text: str) -> str:
    """The text without characters that other programs refuse or are led astray by."""
    return _UNSEEN.sub("", text)


def to_html(markdown: str) -> str:
    """Paragraphs, fenced code, tables and lists."""
    return "".join(_blocks(clean(markdown)))


def inline_html(markdown: str) -> str:
    """A text of one paragraph, without a tag around it."""
    return _inlines(clean(markdown))


def plain(markdown: str) -> str:
    """Readable text without markup: formulas on one line, marks of code and bold left away."""
    return _without_spans(_FENCE.sub(lambda fence: fence[1], clean(markdown)), _plain_span, _unstyled)


def _plain_span(match: re.Match[str]) -> str:
    if match["escaped"]:
        return "$"
    return match["code"].strip("`") if match["code"] else one_line((match["display"] or match["inline"]).strip())


def _unstyled(text: str) -> str:
    return _STYLES.sub(lambda match: match["strong"] or match["emph"], text)


def quoted(text: str) -> str:
    """Plain text inside HTML, with every sign that a program would read as its own taken apart."""
    pieces, start = [], 0
    for sign in _SIGNS.finditer(text):
        first = sign[0][0]
        pieces += [escape(text[start : sign.start()]), f"<span>{escape(first)}</span>" if len(sign[0]) > 1 else f"&#{ord(first)};", escape(sign[0][1:])]  # fmt: skip
        start = sign.end()
    return "".join([*pieces, escape(text[start:])])


def _blocks(text: str) -> Iterator[str]:
    start = 0
    for fence in _FENCE.finditer(text):
        yield from _paragraphs(text[start : fence.start()])
        yield f"<pre><code>{quoted(fence[1])}</code></pre>"
        start = fence.end()
    yield from _paragraphs(text[start:])


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n[ \t]*\n", text):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        if len(lines) >= 2 and all(line.startswith("|") for line in lines) and set(lines[1]) <= set("|-: "):
            yield _table(lines)
        elif lines and all(_ITEM.match(line) for line in lines):
            yield "<ul>" + "".join(f"<li>{_inlines(_ITEM.sub('', line, count=1))}</li>" for line in lines) + "</ul>"
        elif lines:
            yield f"<p>{_inlines(' '.join(lines))}</p>"


def _table(lines: list[str]) -> str:
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))] for line in lines]
    head = "".join(f"<th>{_inlines(cell)}</th>" for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{_inlines(cell)}</td>" for cell in row) + "</tr>" for row in rows[2:])
    return f"<table><tr>{head}</tr>{body}</table>"


def _inlines(text: str) -> str:
    return _without_spans(text, _html_span, _styled)


def _without_spans(text: str, span: Callable[[re.Match[str]], str], around: Callable[[str], str]) -> str:
    """Code and formulas are set aside as private characters, which no clean text holds, so that bold may go over them."""
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        if len(held) >= _MOST_HELD:
            return match[0]
        held.append(span(match))
        return chr(_FIRST_HELD + len(held) - 1)

    return _HELD.sub(lambda at: held[ord(at[0]) - _FIRST_HELD], around(SPANS.sub(hold, text)))


def _html_span(match: re.Match[str]) -> str:
    if match["escaped"]:
        return "<span>$</span>"
    return _code(match["code"]) if match["code"] else formula(match["display"] or match["inline"])


def _code(text: str) -> str:
    inner = text.strip("`")
    return f"<code>{quoted(inner.strip() or inner)}</code>"


def _styled(text: str) -> str:
    pieces, start = [], 0
    for match in _STYLES.finditer(text):
        tag = "b" if match["strong"] else "i"
        pieces += [quoted(text[start : match.start()]), f"<{tag}>{_styled(match['strong'] or match['emph'])}</{tag}>"]
        start = match.end()
    return "".join([*pieces, quoted(text[start:])])


def formula(latex: str, *, display: bool = False) -> str:
    """A formula for MathJax; ``}}`` is taken apart, since it would end a gap of Anki."""
    apart = re.sub(r"\}(?=\})", "} ", re.sub(r"\{(?=\{)", "{ ", clean(latex).strip()))
    inner = escape(re.sub(r"(?<!\\)\\(?=[()\[\]])", "", apart), quote=False)
    return f"\\[{inner}\\]" if display else f"\\({inner}\\)"
