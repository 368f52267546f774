"""Private names of Textual: `textual_overrides/` alone uses them, so that a new version of Textual is checked in one folder.

A private name of ours that is one of Textual's would change what its classes do, so no other class of ours has one.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache
from pathlib import Path

import pytest

from sibtui.tui import textual_overrides
from tests.tui.classes import ours

OVERRIDES = textual_overrides.__name__
FILES = [
    file
    for file in Path(textual_overrides.__file__).parents[1].rglob("*.py")
    if file.parent != Path(textual_overrides.__file__).parent
]


@cache
def tree_of(kind: type) -> ast.ClassDef:
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(tree, ast.ClassDef)
    return tree


@cache
def defined(kind: type) -> frozenset[str]:
    """Return the private names that a class defines, or that its methods set on themselves."""
    tree = tree_of(kind)
    assigned = {node.id for statement in tree.body for node in ast.walk(statement) if isinstance(node, ast.Name)
                and isinstance(statement, (ast.Assign, ast.AnnAssign)) and isinstance(node.ctx, ast.Store)}  # fmt: skip
    methods = {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
    on_self = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
               and isinstance(node.value, ast.Name) and node.value.id == "self"}  # fmt: skip
    return frozenset(filter(is_private, assigned | methods | on_self))


def used(kind: type) -> set[str]:
    """Return the private names that the methods of a class read from themselves or from `super()`."""
    attributes = (node for node in ast.walk(tree_of(kind)) if isinstance(node, ast.Attribute))
    return {node.attr for node in attributes if is_private(node.attr) and is_self(node.value)}


def is_self(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "super"
    return isinstance(node, ast.Name) and node.id == "self"


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith(("__", "_on_"))  # each class of a line has its own `_on_…`


@pytest.mark.parametrize(
    "kind", [kind for kind in ours() if not kind.__module__.startswith(OVERRIDES)], ids=lambda kind: kind.__qualname__
)
def test_no_class_outside_the_overrides_has_or_uses_a_private_name_of_textual(kind: type):
    theirs = [base for base in kind.__mro__ if base.__module__.startswith("textual.")]
    names = frozenset().union(*map(defined, theirs))
    assert not names & (defined(kind) | used(kind))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_module_outside_the_overrides_imports_a_private_name_of_textual(file: Path):
    imports = [
        node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom)
    ]
    theirs = [node for node in imports if (node.module or "").partition(".")[0] in {"textual", "rich"}]
    private = [part for node in theirs for part in (node.module or "").split(".") if part.startswith("_")]
    private += [name.name for node in theirs for name in node.names if name.name.startswith("_")]
    assert not private
