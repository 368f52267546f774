"""The imports in `sibtui.tui` form no circle, so that a module can be understood without the modules that import it.

Deferred and typing imports count too.
"""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import sibtui.tui

if TYPE_CHECKING:
    from collections.abc import Iterator

TUI = Path(sibtui.tui.__file__).parent


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(TUI.parents[1]).with_suffix("").parts).removesuffix(".__init__")


FILES = {name_of(file): file for file in TUI.rglob("*.py")}


def imports_of(file: Path) -> Iterator[str]:
    """Return the modules of `sibtui.tui` that a module imports anywhere in its text.

    A module of one screen may name the type of that screen.
    """
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in FILES)
        elif isinstance(node, ast.ImportFrom) and node.module in FILES:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            imported = inner & FILES.keys() or {node.module}
            yield from imported - {name_of(file.with_name("screen.py"))}


def room_of(module: str) -> str:
    """Return the room of a module: `note` for `sibtui.tui.note.widget`, and `app` for `sibtui.tui.app`."""
    return (module.removeprefix("sibtui.tui").strip(".") or "tui").partition(".")[0]


GRAPH = {name: set(imports_of(file)) - {name} for name, file in FILES.items()}


def test_modules_import_each_other_in_one_direction():
    assert sum(map(len, GRAPH.values())) > 200
    list(TopologicalSorter(GRAPH).static_order())  # raises CycleError, which lists the circle


def test_rooms_import_each_other_in_one_direction():
    rooms: dict[str, set[str]] = {}
    for name, imported in GRAPH.items():
        rooms.setdefault(room_of(name), set()).update(map(room_of, imported))
    list(TopologicalSorter({room: others - {room} for room, others in rooms.items()}).static_order())
