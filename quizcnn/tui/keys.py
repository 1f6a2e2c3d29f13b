"""The one map of commands: a letter on every screen, a twin key for those who want one.

In a field Esc comes before the letter. Footer, help and the key handling all read this table, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quizcnn.errors import UsageError
from quizcnn.text import Text


@dataclass(frozen=True, slots=True)
class Command:
    """What can be asked for: its name, letter and twin key."""

    name: str
    letter: str
    label: Text
    twin: str = ""


COMMANDS: Mapping[str, Command] = {
    command.name: command
    for command in (
        Command("hint", "h", Text("hint", "提示"), "ctrl+t"),
        Command("skip", "s", Text("skip", "跳过"), "ctrl+n"),
        Command("undo", "u", Text("undo", "撤销"), "ctrl+z"),
        Command("variant", "v", Text("new numbers", "换数字"), "ctrl+r"),
        Command("language", "l", Text("中文", "English"), "ctrl+l"),
        Command("find", "slash", Text("find", "查找"), "ctrl+p"),
        Command("help", "question_mark", Text("help", "帮助"), "f1"),
        Command("flag", "f", Text("flag", "标记")),
        Command("work", "w", Text("all steps", "全部步骤")),
        Command("overrule", "y", Text("I was right", "我答对了")),
        Command("suspend", "x", Text("suspend", "暂停")),
        Command("source", "o", Text("open the source", "打开出处")),
        Command("mistakes", "m", Text("practise what was missed", "专练错题")),
        Command("more", "n", Text("more new cards today", "今天再加新卡")),
        Command("back", "escape", Text("back", "返回")),
        Command("leave", "q", Text("leave, everything is saved", "离开（已保存）")),
        Command("quit", "", Text("quit", "退出"), "ctrl+q"),
    )
}
RATINGS = {"1": 1, "2": 2, "3": 3, "4": 4}
_SHOWN = {"slash": "/", "question_mark": "?", "escape": "Esc", "f1": "F1"}


def key_name(key: str) -> str:
    """A key as the footer shows it: ``ctrl+t`` is ``^T``."""
    return f"^{key[5:].upper()}" if key.startswith("ctrl+") else _SHOWN.get(key, key)


def bind(rebound: Mapping[str, str]) -> dict[str, str]:
    """Letter or key to command name, with the learner's own bindings in place of the built-in letters.

    Raises ``UsageError`` naming both commands where two want one key, or a command that does not exist.
    """
    found: dict[str, str] = {}
    for name in rebound:
        if name not in COMMANDS:
            raise UsageError(
                f"no command is called {name!r}", where="keys", mend=f"the commands are {', '.join(COMMANDS)}"
            )
    for command in COMMANDS.values():
        for key in (rebound.get(command.name, command.letter), command.twin):
            if not key:
                continue
            if key in found:
                raise UsageError(
                    f"{key_name(key)} is bound to both {found[key]} and {command.name}",
                    where="keys",
                    mend="give one of them another key",
                )
            found[key] = command.name
    return found
