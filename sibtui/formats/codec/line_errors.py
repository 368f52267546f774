"""Errors in text files, with the name of the file and the line."""

from __future__ import annotations

from typing import NoReturn

from sibtui.errors import InputError


def refuse(name: str, line: int, problem: str) -> NoReturn:
    """Raise InputError that names the file, the line and the problem."""
    raise InputError(f"{name}, line {line}: {problem}.")
