"""Messages hold facts: flags and commands are named by the command line alone, keys by the key map alone.

A hint is an id, for example the second argument of an error. Both front ends have a map from hints to advice.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sibtui
from sibtui.cli import hints as cli_hints
from sibtui.errors import ConflictError, NotFoundError
from sibtui.model.messages import Message, with_advice
from sibtui.tui import hints as tui_hints
from sibtui.tui.commands import catalogue
from sibtui.tui.commands.keys import key_name

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(sibtui.__file__).parent
BELOW = ("formats", "model", "project", "store", "workspace")
"""Packages that both front ends use."""
FLAG = re.compile(r"(?<![\w-])--[a-z][a-z-]*|`sibtui [a-z]|\bsibtui (?:check|coding|export|new|open|source) ")
KEY = re.compile(
    r"(?<![\w/])(?:F[1-9]|F1[0-2]|ctrl\+[a-z]|shift\+[a-z]+)(?!\w)"
    r"|\b(?:Enter|Space|Esc|Tab|Del|Backspace|PgUp|PgDn)\b|[↑↓](?= [\w↑↓])"  # an arrow before a word; others are links
)
FUNCTION_KEY = re.compile(r"(?<![\w/])(?:F[1-9]|F1[0-2])(?!\w)")
SCREEN_KEY = re.compile(
    rf"{KEY.pattern}|[↑↓]"
    r"|\((?:[^\W\d_]|[=?/@+<>~.,-])\)"  # (w)
    r"|(?:^|[.:;,] |\()(?:[b-zB-HJ-Z]|[=?/@+<>~-]) [a-z]+s\b"  # M marks, / finds
)
"""A key in a message of the screen, as a word or as a character."""
ARGUMENTS = {"workspace/clipboard.py", "project/replication/readme.py"}
"""Files that pass flags to other programs, or that write a README with commands."""


def literals(file: Path) -> Iterator[tuple[int, str]]:
    """Yield the string literals of a file with their lines, without docstrings, of variables too."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def files(*folders: str) -> list[Path]:
    return [file for folder in folders for file in sorted((PACKAGE / folder).rglob("*.py"))]


def relative(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


@cache
def calls_of(names: frozenset[str], folder: str) -> tuple[ast.Call, ...]:
    """Return the calls of the functions and classes with these names."""
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in files(folder))
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    return tuple(call for call in calls if isinstance(call.func, ast.Name) and call.func.id in names)


def hints_in(folder: str) -> set[str]:
    """Return the ids of hints that a package gives to errors, messages, findings and results of validation."""
    errors = frozenset(
        {"SibtuiError", "NotFoundError", "AmbiguousError", "ConflictError", "InputError", "OutOfRangeError", "Message"}
    )
    file_errors = frozenset({"StudyFileError", "StudyBusyError", "Validation"})
    found: set[str] = set()
    for names, place in ((errors, 1), (file_errors, 2), (frozenset({"Finding"}), 4)):
        for call in calls_of(names, folder):
            values = [*call.args[place : place + 1], *(word.value for word in call.keywords if word.arg == "hint")]
            found |= {value.value for value in values if isinstance(value, ast.Constant) and value.value}
    return found


@pytest.mark.parametrize("file", files(*BELOW), ids=relative)
def test_no_message_below_the_front_ends_names_a_flag_a_command_or_a_key(file: Path) -> None:
    pattern = KEY if relative(file) in ARGUMENTS else re.compile(f"{FLAG.pattern}|{KEY.pattern}")
    wrong = [(line, match[0]) for line, text in literals(file) for match in pattern.finditer(text)]
    assert not wrong, (
        f"{relative(file)}: raise the facts with a hint, and word the hint in cli/hints.py and tui/hints.py"
    )


def has_fixed_keys(file: Path) -> bool:
    """Return whether a file may name keys: a dialog or field with keys of its own, the labels of keys, or the fixed keys of the help."""
    if relative(file) in {"tui/commands/keys.py", "tui/keymap.py", "tui/screens/help.py", "tui/widgets/fields.py"}:
        return True
    return "widgets" in file.parts and "commands.keys import bindings" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", files("tui"), ids=relative)
def test_no_message_of_the_screen_names_a_key_that_can_be_changed(file: Path) -> None:
    pattern = FUNCTION_KEY if has_fixed_keys(file) else SCREEN_KEY
    wrong = [
        (line, match[0])
        for line, text in literals(file)
        if not all(map(key_name, text.replace(",", " ").split()))
        for match in pattern.finditer(text)
    ]
    assert not wrong, f"{relative(file)}: take the key from the key map with key_of, current_key or with_keys"


@pytest.mark.parametrize(
    "text",
    ["F2 opens it", "Enter saves", "save it first (w)", "until it has a case (=)", "/ finds by name", "checking (c stops)", "See it. M marks it.", "↓ list"],
)  # fmt: skip
def test_keys_are_found_in_messages(text: str) -> None:
    assert SCREEN_KEY.search(text)


@pytest.mark.parametrize(
    "text", ["case (new)", "a letter assigns its case", "a → b", "3 sources (2 read)", "I am", "Enters"]
)
def test_words_that_are_no_keys_are_not_found_as_keys(text: str) -> None:
    assert not SCREEN_KEY.search(text)


@pytest.mark.slow
def test_the_command_line_knows_every_hint() -> None:
    below = set().union(*map(hints_in, (*BELOW[:-1], "cli")))
    assert below <= set(cli_hints.HINTS) | ONLY_ON_THE_SCREEN
    assert hints_in("workspace") <= set(cli_hints.HINTS) | set(tui_hints.HINTS)


@pytest.mark.slow
def test_every_advice_belongs_to_a_hint_in_use() -> None:
    used = set().union(*map(hints_in, (*BELOW, "cli", "tui")))
    assert set(cli_hints.HINTS) - used == set()
    assert set(tui_hints.HINTS) - used == set()


ONLY_ON_THE_SCREEN = {"encoding-guess", "notes-folder", "queue", "review-codings"}
"""Hints of the import preview and of the welcome: `sibtui new` and `sibtui source add` report these in their own words."""


def test_advice_on_the_screen_names_commands_that_exist_and_have_a_key() -> None:
    known = {command.id for command in catalogue() if command.keys}
    named = {name for text in tui_hints.HINTS.values() for name in re.findall(r"\{(.*?)\}", text)}
    assert named <= known


def test_an_error_holds_the_facts_and_each_front_end_adds_its_advice() -> None:
    error = NotFoundError("“a” is not in the study.", "rename-source")
    assert (str(error), error.hint) == ("“a” is not in the study.", "rename-source")
    assert cli_hints.worded(error).endswith("give this one another name with --name.")
    assert tui_hints.worded(error, {}) == "“a” is not in the study: r gives this one another name."
    assert (
        tui_hints.worded(error, {"incoming.rename": "f9"}) == "“a” is not in the study: F9 gives this one another name."
    )


def test_a_hint_without_advice_leaves_the_facts() -> None:
    assert tui_hints.worded(ConflictError("n.md already exists.", "overwrite"), {}) == "n.md already exists."
    assert tui_hints.worded(Message("n.md is a file."), {}) == "n.md is a file."
    assert cli_hints.worded(ConflictError("n.md is a file.")) == "n.md is a file."


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("a.txt already exists.", "a.txt already exists: give --force."),
        ("a.txt is damaged: page 3.", "a.txt is damaged: page 3. Give --force."),
        ("", "Give --force."),
    ],
)
def test_advice_follows_a_colon_or_is_a_sentence_of_its_own(facts: str, expected: str) -> None:
    assert with_advice(facts, "give --force") == expected
