"""A sheet of SVG to draw on: lines, frames, arrows and text in black, sizes in pixels.

Keeps to what prints well in one colour: no fills but white, dashes instead of colours. Text is escaped by the XML writer, and its
width is estimated, as no font is at hand here.
"""

from __future__ import annotations

import unicodedata
from typing import Literal
from xml.etree.ElementTree import Element, SubElement, tostring

FONT = "Noto Sans CJK SC"
FONT_SIZE = 13
LATIN, CHINESE = 7.6, 13.0
"""Room for one character at that size. In a Chinese font signs such as × are as wide as a Chinese character."""
THIN, STROKE, THICK = 0.7, 1.3, 2.6
BASELINE = 4.6
"""From the middle of a line of text down to its baseline."""


def text_width(text: str) -> float:
    """An estimate of the width of ``text``, on the safe side."""
    return sum(CHINESE if unicodedata.east_asian_width(char) in "WFA" else LATIN for char in text)


class Sheet:
    """Grows with what is drawn; :meth:`svg` gives it the size that holds everything and a margin."""

    def __init__(self) -> None:
        self._root = Element("g")
        self._right = self._bottom = 0.0

    def line(self, x1: float, y1: float, x2: float, y2: float, *, stroke: float = STROKE, dash: str = "") -> None:
        self._grow(max(x1, x2), max(y1, y2))
        style = {"stroke": "black", "stroke-width": _number(stroke), **({"stroke-dasharray": dash} if dash else {})}
        points = {"x1": _number(x1), "y1": _number(y1), "x2": _number(x2), "y2": _number(y2)}
        SubElement(self._root, "line", points | style)

    def frame(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        stroke: float = STROKE,
        dash: str = "",
        fill: str = "none",
    ) -> None:
        self._grow(x + width, y + height)
        style = {"fill": "none", "stroke": "black", "stroke-width": _number(stroke)}
        sides = {"x": _number(x), "y": _number(y), "width": _number(width), "height": _number(height)}
        SubElement(self._root, "rect", sides | style | ({"stroke-dasharray": dash} if dash else {}))

    def dot(self, x: float, y: float, radius: float = 2.4) -> None:
        self._grow(x + radius, y + radius)
        SubElement(self._root, "circle", {"cx": _number(x), "cy": _number(y), "r": _number(radius), "fill": "black"})

    def arrow(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A straight arrow, along one axis."""
        self.line(x1, y1, x2, y2)
        back = 6 if (x2, y2) > (x1, y1) else -6
        for side in (-3.5, 3.5):
            self.line(x2, y2, *((x2 - back, y2 + side) if y1 == y2 else (x2 + side, y2 - back)))

    def text(
        self, x: float, y: float, text: str, *, anchor: Literal["start", "middle", "end"] = "start", bold: bool = False
    ) -> None:
        """One line of text whose middle is at height ``y``."""
        share = {"start": 1.0, "middle": 0.5, "end": 0.0}[anchor]
        self._grow(x + text_width(text) * share, y + FONT_SIZE / 2)
        place = {"x": _number(x), "y": _number(y + BASELINE), "text-anchor": anchor}
        halo = {"stroke": "black", "stroke-width": "0.4"} if bold else {}
        SubElement(self._root, "text", place | halo).text = _printable(text)

    def tag(self, x: float, y: float, text: str, *, anchor: Literal["start", "end"]) -> None:
        """Bold text on a white ground, so that lines below it do not cross it."""
        width = text_width(text) + 4
        ground = {"x": _number(x - 2 if anchor == "start" else x + 2 - width), "y": _number(y - 7.5)}
        SubElement(self._root, "rect", ground | {"width": _number(width), "height": "15", "fill": "white"})
        self.text(x, y, text, anchor=anchor, bold=True)

    def svg(self, description: str, margin: float = 6) -> str:
        width, height = self._right + 2 * margin, self._bottom + 2 * margin
        root = Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "width": _number(width),
                "height": _number(height),
                "viewBox": f"{_number(-margin)} {_number(-margin)} {_number(width)} {_number(height)}",
                "font-family": FONT,
                "font-size": str(FONT_SIZE),
                "role": "img",
            },
        )
        SubElement(root, "title").text = _printable(description)
        root.append(self._root)
        return tostring(root, encoding="unicode")

    def _grow(self, right: float, bottom: float) -> None:
        self._right, self._bottom = max(self._right, right), max(self._bottom, bottom)


def _number(value: float) -> str:
    """Two decimals at most, the same on every machine."""
    return (
        f"{value:.2f}".rstrip("0").rstrip(".").replace("-0", "0")
        if abs(value) < 0.005
        else f"{value:.2f}".rstrip("0").rstrip(".")
    )


def _printable(text: str) -> str:
    """Control characters have no place in XML."""
    return "".join(char for char in text if char.isprintable())
