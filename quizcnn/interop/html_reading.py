"""HTML of other programs as our Markdown, by a small list of tags; everything else is dropped and said.

Formulas between ``\\( \\)``, ``\\[ \\]``, ``$$ $$`` or ``[$] [/$]`` become ``$ $``; any other dollar is a dollar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from quizcnn.interop.markup import clean
from quizcnn.text import LANGS, Lang, Text

_APART = "\ue000"
"""Stands between two signs that were in different tags, so that they are not read as one."""
_FORMULA = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]|\[\$\$?\](.+?)\[/\$\$?\]|\$\$(.+?)\$\$", re.DOTALL)
_SOUND = re.compile(r"\[sound:[^\]]*\]")
_HELD = re.compile("[\ue100-\uf8ff]")
_FIRST_HELD = 0xE100
_BLOCKS = {"p", "div", "br", "ul", "ol", "table", "h1", "h2", "h3", "h4", "hr", "blockquote"}
_STYLES = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_SILENT = {"script", "style", "head", "title"}
_PLAIN = {
    "span",
    "small",
    "font",
    "u",
    "a",
    "sub",
    "sup",
    "html",
    "body",
    "tbody",
    "thead",
    "td",
    "th",
    "tr",
    "li",
    "code",
    "pre",
}
_ORIGIN = re.compile(r"\s*quizcnn (\S+ revision \d+ seed \d+)\s*$")


@dataclass(frozen=True, slots=True)
class Markdown:
    """A text and what was dropped from it."""

    text: Text
    lost: tuple[str, ...]


def read_html(html: str) -> Markdown:
    """The text in both languages: the same in both, but where spans of Moodle's multi-language filter part them."""
    readers = {lang: _Reader(lang, html) for lang in LANGS}
    text = Text(readers["en"].markdown(), readers["zh"].markdown())
    lost = dict.fromkeys(each for reader in readers.values() for each in reader.lost)
    return Markdown(text, tuple(lost))


def read_plain(text: str) -> Text:
    """Text that is no HTML and no Markdown."""
    return Text.same(clean(text).replace("$", r"\$").strip())


def without_origin(text: Text) -> tuple[Text, str]:
    """The text without the last line in which our own exports say where a question comes from, and that line."""
    found = _ORIGIN.search(text.en)
    return text.map(lambda each: _ORIGIN.sub("", each).strip()), f"quizcnn {found[1]}" if found else ""


class _Reader(HTMLParser):
    def __init__(self, lang: Lang, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lang = lang
        self._pieces: list[str] = []
        self._held: list[str] = []
        self._code: list[str] | None = None
        self._foreign: list[bool] = []
        """For each open span, whether it is of the other language."""
        self._silent = 0
        self.lost: list[str] = []
        self.feed(clean(html))
        self.close()

    def markdown(self) -> str:
        text = _SOUND.sub(self._drop_sound, "".join(self._pieces))
        parts = _FORMULA.split(text)
        spoken = []
        for place, part in enumerate(parts):
            if place % 5 == 0:
                spoken.append(part.replace("$", r"\$"))
            elif part is not None:
                spoken.append(f"${part.strip()}$")
        joined = _HELD.sub(lambda at: self._held[ord(at[0]) - _FIRST_HELD], "".join(spoken)).replace(_APART, "")
        lines = [re.sub(r"[ \t\r\f\v]+", " ", line).strip() for line in joined.split("\n")] if "```" not in joined else joined.split("\n")  # fmt: skip
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def _drop_sound(self, match: re.Match[str]) -> str:
        self.lost.append(f"sound {match[0]} dropped")
        return ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "span":
            other = "multilang" in (values.get("class") or "").split() and values.get("lang") != self._lang
            self._foreign.append(other)
            self._pieces.append(_APART)
        elif tag in _SILENT:
            self._silent += 1
        elif tag in ("code", "pre"):
            self._code = [] if self._code is None else self._code
        elif tag in _STYLES:
            self._say(_STYLES[tag])
        elif tag in _BLOCKS:
            self._say("\n\n")
        elif tag == "li":
            self._say("\n- ")
        elif tag == "tr":
            self._say("\n|")
        elif tag in ("td", "th"):
            self._say(" ")
        elif tag == "img":
            self.lost.append(f"picture {values.get('src') or ''} dropped")
        elif tag not in _PLAIN:
            self.lost.append(f"<{tag}> dropped")

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self._foreign:
            self._foreign.pop()
            self._pieces.append(_APART)
        elif tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("code", "pre") and self._code is not None:
            self._end_code(tag)
        elif tag in _STYLES:
            self._say(_STYLES[tag])
        elif tag in ("td", "th"):
            self._say(" |")
        elif tag in _BLOCKS and tag not in ("br", "hr"):
            self._say("\n\n")

    def _end_code(self, tag: str) -> None:
        """Code is set aside, since nothing in it is a formula."""
        text, self._code = "".join(self._code or ()), None
        ticks = "``" if "`" in text else "`"
        if text.strip():
            self._held.append(f"\n\n```\n{text}\n```\n\n" if tag == "pre" or "\n" in text else f"{ticks}{text}{ticks}")
            self._say(chr(_FIRST_HELD + len(self._held) - 1))

    def handle_data(self, data: str) -> None:
        if self._code is not None and not any(self._foreign):
            self._code.append(data)
        elif not self._silent:
            self._say(data.replace("\n", " "))

    def handle_charref(self, name: str) -> None:
        self._spelled(unescape(f"&#{name};"))

    def handle_entityref(self, name: str) -> None:
        self._spelled(unescape(f"&{name};"))

    def _spelled(self, sign: str) -> None:
        """A sign that was spelled out begins nothing."""
        self.handle_data(sign if self._code is not None else sign + _APART)

    def _say(self, text: str) -> None:
        if not any(self._foreign):
            self._pieces.append(text)
