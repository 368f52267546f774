"""Values of attributes: their kinds, and the forms in which they are stored and compared."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from sibtui.model.folding import name_key

if TYPE_CHECKING:
    from sibtui.model.records import AttributeKind

PARTICIPANT_ATTRIBUTES = ("participants", "participant", "respondent", "interviewee", "person")
"""The attributes of a source that may hold the names of the people who speak in it."""
_NUMBER = r"[+-]?[0-9]+(\.[0-9]+)?"
_NARROW: tuple[AttributeKind, ...] = ("number", "date", "yes/no")
_YES = {"yes", "y", "true", "1"}
_NO = {"no", "n", "false", "0"}


def kind_of(value: Any) -> AttributeKind:
    """Return the kind of attribute that fits the Python type of a value. Every string counts as text."""
    if isinstance(value, bool):
        return "yes/no"
    if isinstance(value, int | float):
        return "number"
    return "date" if isinstance(value, dt.date) else "text"


def natural(value: Any) -> tuple[AttributeKind, str]:
    """Return (most specific kind of a value, its stored form).

    A string is a number, a date or yes/no only if it has the stored form of this kind: “5” is the number 5, but 007,
    2.50 and Yes are text. A number without a stored form, such as infinity, is text, too.
    """
    kind = kind_of(value)
    if kind != "text":
        try:
            return kind, canonical(kind, value)
        except ValueError:
            return "text", str(value)
    text = str(value)
    return next((each for each in _NARROW if _is_stored_form(each, text)), "text"), text


def _is_stored_form(kind: AttributeKind, text: str) -> bool:
    try:
        return canonical(kind, text) == text
    except ValueError:
        return False


def value_key(kind: AttributeKind, value: str) -> str:
    """Return the form in which a stored value is compared. For texts, letter case is ignored (see `name_key`)."""
    return name_key(value) if kind == "text" else value


def canonical(kind: AttributeKind, value: Any) -> str:
    """Return the form in which a value of this kind is stored: `5`, `2.5`, `2020-03-17`, `yes`, or the text itself.

    Raises ValueError when the value is not of this kind.
    """
    text = str(value).strip() if not isinstance(value, bool) else ("yes" if value else "no")
    if kind == "text":
        return str(value) if not isinstance(value, bool) else text
    if kind == "number":
        if isinstance(value, bool) or not re.fullmatch(_NUMBER, text):
            raise ValueError(f"“{text}” is not a number")
        whole, _, fraction = text.lstrip("+-").partition(".")
        fraction = fraction.rstrip("0")
        plain = str(int(whole)) + (f".{fraction}" if fraction else "")
        return f"-{plain}" if text.startswith("-") and plain != "0" else plain
    if kind == "date":
        try:
            return dt.date.fromisoformat(text[:10] if isinstance(value, dt.datetime) else text).isoformat()
        except ValueError:
            raise ValueError(f"“{text}” is not a date: write it as 2020-03-17") from None
    if text.casefold() in _YES:
        return "yes"
    if text.casefold() in _NO:
        return "no"
    raise ValueError(f"“{text}” is neither yes nor no")
