"""The colours: a role each for text, right, wrong, partly, not read and focus, on dark and on light ground.

Every role reaches a contrast of 4.5 on background, surface and panel. Meaning is carried by word and symbol; colour only helps.
"""

from __future__ import annotations

import os

from textual.app import App
from textual.content import Content
from textual.theme import Theme

DARK = Theme(
    name="quizcnn-dark",
    dark=True,
    primary="#86B8FF",
    secondary="#86B8FF",
    accent="#86B8FF",
    success="#63D8B4",
    error="#FF9E8A",
    warning="#F2C14E",
    foreground="#E8EAF0",
    background="#12151C",
    surface="#1C222D",
    panel="#27303D",
    variables={
        "quiet": "#A7AEBB",
        "right": "#63D8B4",
        "wrong": "#FF9E8A",
        "partly": "#F2C14E",
        "unread": "#C9A9FF",
        "focus": "#86B8FF",
    },
)
LIGHT = Theme(
    name="quizcnn-light",
    dark=False,
    primary="#0B4FA3",
    secondary="#0B4FA3",
    accent="#0B4FA3",
    success="#00604A",
    error="#A32A15",
    warning="#745000",
    foreground="#1B1F27",
    background="#FBFBF8",
    surface="#F0F0EA",
    panel="#E4E5DE",
    variables={
        "quiet": "#565C66",
        "right": "#00604A",
        "wrong": "#A32A15",
        "partly": "#745000",
        "unread": "#63389B",
        "focus": "#0B4FA3",
    },
)
THEMES = {"dark": DARK, "light": LIGHT}


def choose_theme(setting: str) -> Theme:
    """The theme of the setting; ``auto`` follows what the terminal says of its ground (``COLORFGBG``), else dark."""
    if setting in THEMES:
        return THEMES[setting]
    ground = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT if ground.isdigit() and int(ground) in (7, 15) else DARK


ASCII = str.maketrans("✓✗◐━─█░▌·×→…│▁↑↓←−–“”", '+xo=-#.|*x>~|_^v<--""')
"""Symbols for terminals that draw them two cells wide: one character each, so that styles stay in place."""


def in_symbols(content: Content, app: App[None]) -> Content:
    """The content in the symbols that the setting asks for."""
    if not getattr(app, "ascii_symbols", False):
        return content
    return Content(content.plain.translate(ASCII), spans=list(content.spans))
