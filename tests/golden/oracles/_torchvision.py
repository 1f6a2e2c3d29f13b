"""Modules of torchvision without the package's compiled operators, which need a build of the same kind as torch's."""

from __future__ import annotations

import importlib
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType


@cache
def operators(name: str) -> ModuleType:
    """``torchvision.ops.<name>``, its pure Python parts only."""
    folder = Path(find_spec("torchvision").origin).parent
    for package, path in {"torchvision": folder, "torchvision.ops": folder / "ops"}.items():
        sys.modules[package] = ModuleType(package)
        sys.modules[package].__path__ = [str(path)]
    found = importlib.import_module(f"torchvision.ops.{name}")
    for module in [module for module in sys.modules if module.split(".")[0] == "torchvision"]:
        del sys.modules[module]
    return found
