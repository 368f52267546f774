"""Textual's classes have private names, and ours are built on them: a name of ours that is one of theirs would change what theirs do."""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache

import pytest

from tests.tui.classes import ours

MEANT = {
    ("BaseApp", "_handle_exception"),  # an error is told in one sentence, and nothing of the interview with it
    ("BaseApp", "_print_error_renderables"),
    ("BaseApp", "_exception"),
    ("BaseApp", "_return_code"),
    ("BaseApp", "_clipboard"),  # what fields paste, also when a program of the system took it
    ("BaseApp", "_watch_theme"),  # the theme is remembered, and not applied twice while starting
    ("StudyScreen", "_compositor"),  # what changed is drawn, and no more
    ("StudyScreen", "_compositor_refresh"),  # a screen that opens is drawn once
    ("StudyScreen", "_screen_resized"),  # and one that has another size is laid out once
    ("NoteView", "_size_updated"),  # a note is laid out for its width before it is drawn in it
}
"""What is overridden on purpose."""


@cache
def names(kind: type) -> frozenset[str]:
    """The private names of a class: what it defines, and what its methods set on themselves."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(tree, ast.ClassDef)
    assigned = {node.id for statement in tree.body for node in ast.walk(statement) if isinstance(node, ast.Name)
                and isinstance(statement, (ast.Assign, ast.AnnAssign)) and isinstance(node.ctx, ast.Store)}  # fmt: skip
    defined = {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
    on_self = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
               and isinstance(node.value, ast.Name) and node.value.id == "self"}  # fmt: skip
    return frozenset(name for name in assigned | defined | on_self if _private(name))


def _private(name: str) -> bool:
    return name.startswith("_") and not name.startswith(("__", "_on_"))  # each class of a line has its own `_on_…`


@pytest.mark.parametrize("kind", ours(), ids=lambda kind: kind.__qualname__)
def test_no_private_name_of_ours_is_one_of_textuals(kind: type):
    theirs = [base for base in kind.__mro__ if base.__module__.startswith("textual.")]
    taken = {(kind.__name__, name) for base in theirs for name in names(kind) & names(base)}
    assert taken <= MEANT
