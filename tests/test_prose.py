"""Banned words in docstrings, comments, messages and names: words that made readers stop."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

import sibtui

PACKAGE = Path(sibtui.__file__).parent
ROOT = Path(__file__).parent.parent

BANNED = {
    "told": "an argument is given or passed, a text on the screen is a message",
    "tell": "a callback reports, a message names or shows",
    "tells": "a callback reports, a message names or shows",
    "telling": "reporting, naming",
    "said": "reported, shown, stated",
    "say": "name the statement or the message",
    "says": "shows, reports, states",
    "anew": "again, reload",
    "deed": "action, command",
    "deeds": "actions, commands",
    "stand": "is, appears, is written",
    "stands": "is, appears, is written",
    "standing": "name the state",
    "meant": "active, current, intended",
    "heed": "follow, handle",
    "heeded": "handled, followed",
    "whoever": "name the reader or the caller",
    "whatever": "name the thing: all, any",
}
"""Word → what to write in its place."""

WORD = re.compile(r"(?<![\w'’-])(" + "|".join(BANNED) + r")(?![\w'’-])", re.IGNORECASE)

ANY = re.compile(r"(?<![a-z])(" + "|".join(BANNED) + r")(?![a-z])", re.IGNORECASE)
"""Every place where `WORD` or a name can be: a file without one needs no closer look."""

QUOTED = {
    ("sibtui/project/importing/files.py", "told"),
    ("sibtui/model/claims/report.py", "says"),  # the column and the key of the statement in files of claims
    ("sibtui/formats/study_folder/claims_toml.py", "says"),
}
"""(file, word) where the word is part of a text of a user or of another program, or an old public name that works for one release."""


def docstrings(tree: ast.AST) -> set[int]:
    """Return the lines of strings that are a statement: docstrings of modules, classes, functions and variables."""
    return {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def prose(text: str, *, messages: bool = True) -> list[tuple[int, str]]:
    """Return the lines with prose: docstrings, comments, and the text of messages, without the names in backticks.

    Without `messages`, strings that are no docstrings are left out.
    """
    read = None if messages else docstrings(ast.parse(text))
    found = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        kinds = {tokenize.COMMENT, tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", -1)}
        if token.type in kinds and (token.type == tokenize.COMMENT or read is None or token.start[0] in read):
            for number, line in enumerate(token.string.split("\n"), token.start[0]):
                found.append((number, re.sub(r"`[^`]*`|\{[^{}]*\}", "", line)))
    return found


def names(text: str) -> list[tuple[int, str]]:
    """Return the names that a file defines: functions, classes, parameters, variables and attributes."""
    found = []
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                found.append((node.lineno, node.name))
            case ast.arg():
                found.append((node.lineno, node.arg))
            case ast.Name(ctx=ast.Store()):
                found.append((node.lineno, node.id))
            case ast.Attribute(ctx=ast.Store()):
                found.append((node.lineno, node.attr))
    return found


def banned(text: str, *, messages: bool = True) -> list[tuple[int, str]]:
    """Return the lines and words that are banned in a file."""
    if not ANY.search(text):
        return []
    in_prose = [
        (number, word[1].lower()) for number, line in prose(text, messages=messages) for word in WORD.finditer(line)
    ]
    in_names = [(number, part) for number, name in names(text) for part in name.lower().split("_") if part in BANNED]
    return sorted({*in_prose, *in_names})


FILES = {
    str(file.relative_to(root)): file
    for root, files in (
        (PACKAGE.parent, PACKAGE.rglob("*.py")),
        (ROOT, (ROOT / "tests").rglob("*.py")),
        (ROOT, (ROOT / "docs").glob("*.py")),
    )
    for file in sorted(files)
}


@pytest.mark.parametrize("name", FILES)
def test_no_banned_word_in_prose_or_names(name: str) -> None:
    """Strings in tests are exempt: they quote users and messages."""
    text = FILES[name].read_text(encoding="utf-8")
    wrong = [
        f"line {number}: {word} (write: {BANNED[word]})"
        for number, word in banned(text, messages=not name.startswith("tests/"))
        if (name, word) not in QUOTED
    ]
    assert not wrong, f"{name}\n" + "\n".join(wrong)


def test_every_listed_exception_occurs() -> None:
    found = {(name, word) for name, _ in QUOTED for _, word in banned(FILES[name].read_text(encoding="utf-8"))}
    assert found >= QUOTED


SAMPLE = '''"""A file
that says so."""
told_words = "she said"
def test_an_import_tells_its_progress(anew):
    """Standing `telling` still."""
    assert anew("heed"), "whatever"  # what was meant
'''


def test_strings_are_checked_only_with_messages() -> None:
    of_tests = [(2, "says"), (3, "told"), (4, "anew"), (4, "tells"), (5, "standing"), (6, "meant")]
    assert banned(SAMPLE, messages=False) == of_tests
    assert banned(SAMPLE) == sorted([*of_tests, (3, "said"), (6, "heed"), (6, "whatever")])
