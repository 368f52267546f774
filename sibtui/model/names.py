"""Finding the source, case, matrix or attribute that a typed name refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import AmbiguousError, ConflictError, NotFoundError
from sibtui.model.codebook import did_you_mean
from sibtui.model.folding import identical, name_key
from sibtui.model.text import listed, one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


def resolve_name(what: str, typed: str, names: Collection[str]) -> str:
    """Return the name in `names` that reads the same as a typed name (see `model.folding`).

    An exact match is preferred. `what` names the kind of item in messages, such as "source" or "case". Raises
    NotFoundError, which lists similar names, or AmbiguousError, which lists several names that read the same.
    """
    if typed in names:
        return typed
    key = name_key(typed)
    matches = [name for name in names if name_key(name) == key]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise AmbiguousError(f"“{typed}” fits several names: {_short(matches)}.")
    raise NotFoundError(f"No {what} is named “{typed}”{_nearest(typed, names)}")


def refuse_name_in_use(what: str, name: str, others: Iterable[str]) -> None:
    """Raise ConflictError if one of the other names has the same `name_key` as `name`.

    `what` names the kind of item in the message, such as "source".
    """
    if (there := identical(name, others)) is not None:
        raise ConflictError(name_in_use(what, there))


def name_in_use(what: str, name: str) -> str:
    """Return the message for a name that another item already has. `what` names the kind of item, such as "source"."""
    article = "an" if what[0] in "aeiou" else "a"
    return f"There is already {article} {what} “{name}”."


def _nearest(typed: str, names: Collection[str]) -> str:
    if (question := did_you_mean(typed, names)) != ".":
        return question
    return f": there are {_short(sorted(names))}." if names else ": there are none yet."


def _short(names: Iterable[str]) -> str:
    """Return the first five names for a message, each shortened: a name in a hostile file may have megabytes."""
    return listed((one_line(name, 200) for name in names), 5, quoted=True)
