"""Figures as SVG: well formed, escaped, repeatable, and large enough for their text."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from test_figure_lines import FIGURES, make

from quizcnn.figures.figure import Figure
from quizcnn.figures.sheet import text_width
from quizcnn.figures.svg import draw_svg
from quizcnn.text import Lang

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.kind)
def test_everything_lies_on_the_sheet(figure: Figure, lang: Lang) -> None:
    root = ElementTree.fromstring(draw_svg(figure, lang))
    left, top, width, height = (float(number) for number in root.attrib["viewBox"].split())
    assert (float(root.attrib["width"]), float(root.attrib["height"])) == (width, height)
    assert root.attrib["font-family"] == "Noto Sans CJK SC"
    for text in root.iter(f"{SVG}text"):
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.attrib["text-anchor"]]
        start = float(text.attrib["x"]) - share * text_width(text.text or "")
        assert left <= start
        assert start + text_width(text.text or "") <= left + width
        assert top < float(text.attrib["y"]) < top + height
    for frame in root.iter(f"{SVG}rect"):
        assert float(frame.attrib["x"]) + float(frame.attrib["width"]) <= left + width
        assert float(frame.attrib["y"]) + float(frame.attrib["height"]) <= top + height


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.kind)
def test_same_figure_same_bytes(figure: Figure) -> None:
    again = type(figure).model_validate(figure.model_dump())
    assert draw_svg(figure, "zh") == draw_svg(again, "zh")


def test_text_is_escaped() -> None:
    hostile = '</text><script>alert("&")</script>'
    svg = draw_svg(make({"layers": [hostile, "a\x00b\x1b"]}), "en")
    assert "<script>" not in svg
    assert texts(svg) == [hostile, "ab"]


def test_boxes_in_proportion_with_their_coordinates() -> None:
    svg = draw_svg(make({"boxes": ["a", "b"]}, a=[0, 0, 40, 20], b=[20, 10, 60, 30]), "en")
    root = ElementTree.fromstring(svg)
    frames = [frame for frame in root.iter(f"{SVG}rect") if frame.attrib["fill"] == "none"]
    sizes = [(float(frame.attrib["width"]), float(frame.attrib["height"])) for frame in frames]
    assert sizes == [(160, 80), (160, 80)]  # 240 pixels for 60 units
    assert "stroke-dasharray" not in frames[0].attrib
    assert "stroke-dasharray" in frames[1].attrib
    assert texts(svg)[-2:] == ["A = [0, 0, 40, 20]", "B = [20, 10, 60, 30]"]


def test_description_is_the_title() -> None:
    root = ElementTree.fromstring(draw_svg(FIGURES[0], "zh"))
    assert root.findtext(f"{SVG}title", "").startswith("2 个框")


def test_only_black_and_white() -> None:
    for figure in FIGURES:
        for element in ElementTree.fromstring(draw_svg(figure, "en")).iter():
            assert {element.get("stroke", "black"), element.get("fill", "black")} <= {"black", "white", "none"}
