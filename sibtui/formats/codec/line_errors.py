"""Errors of text files, with the file and the line."""

from __future__ import annotations

from typing import NoReturn

from sibtui.errors import InputError


def refuse(name: str, line: int, problem: str) -> NoReturn:
    """Raise InputError for a problem on a line of a file."""
    raise InputError(f"{name}, line {line}: {problem}.")
