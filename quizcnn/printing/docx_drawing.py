"""A figure as a group of Word's own shapes, made from its SVG: sharp at any size, and it can be edited.

Takes what our own figures draw: lines, rectangles, circles and lines of text. A reader that knows no shapes gets the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring

from quizcnn.figures.sheet import BASELINE, text_width
from quizcnn.printing.document import Picture
from quizcnn.printing.ooxml import EMPTY, SPACES, Xml, content, el, emu

SCALE = 0.6
"""Points of print for one unit of a figure."""
MOST_POINTS = (460.0, 310.0)
"""The room for a figure, in points."""
TEXT_HEIGHT = 18.0
DASHES = {"": EMPTY, "7 4": el("a:prstDash", val="dash"), "2 3": el("a:prstDash", val="sysDot")}
INK = el("a:solidFill", el("a:srgbClr", val="000000"))
WHITE = el("a:solidFill", el("a:srgbClr", val="FFFFFF"))
CLEAR = el("a:noFill")


def draw_shapes(picture: Picture, number: int, larger: float = 1.0) -> Xml:
    """The figure as the content of a run; ``number`` tells it from the other drawings of the document."""
    scale = SCALE * min(larger, *(most / (SCALE * side) for most, side in zip(MOST_POINTS, (picture.width, picture.height), strict=True)))  # fmt: skip
    wide, high = emu(picture.width * scale), emu(picture.height * scale)
    frame = el("a:xfrm", el("a:off", x=0, y=0), el("a:ext", cx=wide, cy=high), el("a:chOff", x=0, y=0), el("a:chExt", cx=wide, cy=high))  # fmt: skip
    shapes = _Shapes(picture, number, scale).all()
    group = el("wpg:wgp", el("wpg:cNvGrpSpPr"), el("wpg:grpSpPr", frame), *shapes)
    graphic = el("a:graphic", el("a:graphicData", group, uri=SPACES["wpg"]))
    named = el("wp:docPr", id=number * 1000, name=f"Figure {number}", descr=picture.alt)
    extent, locks = el("wp:extent", cx=wide, cy=high), el("wp:cNvGraphicFramePr")
    inline = el("wp:inline", extent, named, locks, graphic, distT=0, distB=0, distL=0, distR=0)
    words = el("mc:Fallback", el("w:t", content(f"[{picture.alt}]")))
    return el("mc:AlternateContent", el("mc:Choice", el("w:drawing", inline), Requires="wpg"), words)


class _Shapes:
    """The shapes of one figure; the left upper corner of the figure is their origin."""

    def __init__(self, picture: Picture, number: int, scale: float) -> None:
        self.tree = fromstring(picture.svg)
        self.number, self.scale = number, scale
        left, top, *_ = (float(each) for each in self.tree.get("viewBox", "0 0 0 0").split())
        self.left, self.top = left, top

    def all(self) -> Iterator[Xml]:
        draw = {"line": self._line, "rect": self._rectangle, "circle": self._circle, "text": self._text}
        for place, element in enumerate(self.tree.iter(), 1):
            name = element.tag.rpartition("}")[2]
            if name in draw:
                yield self._shape(place, *draw[name](element), is_text=name == "text")

    def _shape(self, place: int, form: Xml, inner: Xml, *, is_text: bool) -> Xml:
        named = el("wps:cNvPr", id=self.number * 1000 + place, name=f"Shape {place}")
        kind = el("wps:cNvSpPr", txBox=1) if is_text else el("wps:cNvSpPr")
        return el("wps:wsp", named, kind, el("wps:spPr", form), inner)

    def _frame(self, x: float, y: float, width: float, height: float, *, flip: bool = False) -> Xml:
        place = el("a:off", x=emu((x - self.left) * self.scale), y=emu((y - self.top) * self.scale))
        size = el("a:ext", cx=emu(width * self.scale), cy=emu(height * self.scale))
        return el("a:xfrm", place, size, flipV=1) if flip else el("a:xfrm", place, size)

    def _outline(self, element: Element) -> Xml:
        if element.get("stroke") is None:
            return el("a:ln", CLEAR)
        width = emu(float(element.get("stroke-width", "1")) * self.scale)
        return el("a:ln", INK, DASHES.get(element.get("stroke-dasharray", ""), EMPTY), w=width)

    def _line(self, element: Element) -> tuple[Xml, Xml]:
        x1, y1, x2, y2 = (float(element.get(name, "0")) for name in ("x1", "y1", "x2", "y2"))
        frame = self._frame(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1), flip=(x2 - x1) * (y2 - y1) < 0)
        return Xml(frame + _geometry("line") + self._outline(element)), el("wps:bodyPr")

    def _rectangle(self, element: Element) -> tuple[Xml, Xml]:
        x, y, width, height = (float(element.get(name, "0")) for name in ("x", "y", "width", "height"))
        fill = WHITE if element.get("fill") == "white" else CLEAR
        return Xml(self._frame(x, y, width, height) + _geometry("rect") + fill + self._outline(element)), el("wps:bodyPr")  # fmt: skip

    def _circle(self, element: Element) -> tuple[Xml, Xml]:
        x, y, radius = (float(element.get(name, "0")) for name in ("cx", "cy", "r"))
        frame = self._frame(x - radius, y - radius, 2 * radius, 2 * radius)
        return Xml(frame + _geometry("ellipse") + INK + el("a:ln", CLEAR)), el("wps:bodyPr")

    def _text(self, element: Element) -> tuple[Xml, Xml]:
        shown, anchor = element.text or "", element.get("text-anchor", "start")
        x, y = float(element.get("x", "0")), float(element.get("y", "0")) - BASELINE - TEXT_HEIGHT / 2
        width = text_width(shown) + 8
        left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        size = el("w:sz", w_val=max(12, round(26 * self.scale)))
        run = el("w:r", el("w:rPr", el("w:b") if element.get("stroke") else EMPTY, size), el("w:t", content(shown)))
        align = el("w:jc", w_val={"start": "left", "middle": "center", "end": "right"}[anchor])
        spacing = el("w:spacing", w_before=0, w_after=0, w_line=240, w_lineRule="auto")
        box = el("wps:txbx", el("w:txbxContent", el("w:p", el("w:pPr", spacing, align), run)))
        body = el("wps:bodyPr", wrap="none", lIns=0, tIns=0, rIns=0, bIns=0, anchor="ctr")
        return Xml(self._frame(left, y, width, TEXT_HEIGHT) + _geometry("rect") + CLEAR + el("a:ln", CLEAR)), Xml(box + body)  # fmt: skip


def _geometry(name: str) -> Xml:
    return el("a:prstGeom", el("a:avLst"), prst=name)
