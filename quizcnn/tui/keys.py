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
        Command("more", "n", Text("more new cards", "再加新卡")),
        Command("sessions", "c", Text("another session", "另选一组")),
        Command("keep", "k", Text("keep the areas", "记住领域")),
        Command("export", "e", Text("export", "导出")),
        Command("before", "b", Text("the one before", "上一题")),
        Command("goto", "g", Text("go to", "转到")),
        Command("topics", "a", Text("topics", "主题")),
        Command("lesson", "t", Text("lesson", "讲解")),
        Command("panel", "i", Text("side panel", "侧栏")),
        Command("back", "escape", Text("back", "返回")),
        Command("leave", "q", Text("leave, saved", "离开（已保存）")),
        Command("quit", "", Text("quit", "退出"), "ctrl+q"),
    )
}
RATINGS = {"1": 1, "2": 2, "3": 3, "4": 4}
TYPED = {"/": "slash", "?": "question_mark", "／": "slash", "？": "question_mark"}
"""Characters by the name of their key; an input method may send the full-width ones."""
FIXED = ("enter", "tab", "ctrl+q", *"0123456789")
EDITING = tuple(f"ctrl+{letter}" for letter in "abcdehijkmouvwxy")
"""Never bound: they edit, or are Backspace, Tab and Enter to the terminal, or belong to tmux and VS Code."""
_SHOWN = {"slash": "/", "question_mark": "?", "escape": "Esc", "f1": "F1"}


def key_name(key: str) -> str:
    """A key as the footer shows it: ``ctrl+t`` is ``^T``."""
    return f"^{key[5:].upper()}" if key.startswith("ctrl+") else _SHOWN.get(key, key)


@dataclass(frozen=True, slots=True)
class KeyMap:
    """The keys of one learner."""

    commands: Mapping[str, str]
    """Key to command."""
    letters: Mapping[str, str]
    """Command to the key that is shown for it."""

    def shown(self, command: str) -> str:
        """The key of a command as the footer shows it."""
        return key_name(self.letters.get(command) or COMMANDS[command].twin)

    def twin(self, command: str) -> str:
        """The one-key twin of a command as help shows it; empty where it has none."""
        twin = COMMANDS[command].twin
        return key_name(twin) if twin and self.commands.get(twin) == command else ""


def bind(rebound: Mapping[str, str]) -> KeyMap:
    """The built-in keys with the learner's own in place of the letters.

    Raises ``UsageError`` naming both commands where two want one key, or what is wrong with a name or key.
    """
    own = {name: TYPED.get(key, key.lower() if len(key) > 1 else key) for name, key in rebound.items()}
    _check(own)
    commands: dict[str, str] = {}
    letters: dict[str, str] = {}
    for command in COMMANDS.values():
        letters[command.name] = own.get(command.name, command.letter)
        for key in dict.fromkeys((letters[command.name], command.twin)):
            if key and commands.setdefault(key, command.name) != command.name:
                raise UsageError(
                    f"{key_name(key)} is bound to both {commands[key]} and {command.name}",
                    where="keys",
                    mend="give one of them another key",
                )
    return KeyMap(commands, letters)


def _check(own: Mapping[str, str]) -> None:
    for name, key in own.items():
        if name not in COMMANDS:
            raise UsageError(
                f"no command is called {name!r}", where="keys", mend=f"the commands are {', '.join(COMMANDS)}"
            )
        if key in FIXED or key in EDITING:
            raise UsageError(
                f"{key_name(key)} cannot be bound to {name}",
                where="keys",
                mend="digits rate and choose; Enter, Tab and the editing keys keep their meaning",
            )
