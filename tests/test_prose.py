"""Banned words: habits of prose that made readers stop, held out of docstrings, comments, messages and names."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

import sibtui

PACKAGE = Path(sibtui.__file__).parent

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

QUOTED = {("project/importing/files.py", "told")}
"""(file, word) where the word is part of a text of a user or of another program, or an old public name that works for one release."""


def prose(file: Path) -> list[tuple[int, str]]:
    """Return the lines with prose: docstrings, comments, and the text of messages, without the names in backticks."""
    found = []
    for token in tokenize.generate_tokens(io.StringIO(file.read_text(encoding="utf-8")).readline):
        kinds = {tokenize.COMMENT, tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", -1)}
        if token.type in kinds:
            for number, line in enumerate(token.string.split("\n"), token.start[0]):
                found.append((number, re.sub(r"`[^`]*`|\{[^{}]*\}", "", line)))
    return found


def names(file: Path) -> list[tuple[int, str]]:
    """Return the names that a file defines: functions, classes, parameters, variables and attributes."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
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


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_banned_word_in_prose_or_names(file: Path) -> None:
    where = str(file.relative_to(PACKAGE))
    in_prose = [(number, word[1].lower()) for number, line in prose(file) for word in WORD.finditer(line)]
    in_names = [(number, part) for number, name in names(file) for part in name.lower().split("_") if part in BANNED]
    wrong = [
        f"line {number}: {word} (write: {BANNED[word]})"
        for number, word in sorted({*in_prose, *in_names})
        if (where, word) not in QUOTED
    ]
    assert not wrong, f"{where}\n" + "\n".join(wrong)
