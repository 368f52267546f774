"""Checks for the arguments of public functions: names, numbers, choices and paths."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, TypeVar, cast, get_args

from sibtui.errors import InputError, OutOfRangeError
from sibtui.model.frozen import replace
from sibtui.model.text import listed, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from _typeshed import DataclassInstance

Names = str | Iterable[str]
"""The argument may be one name or several names."""
Numbers = int | Iterable[int]
"""The argument may be one number or several numbers, for example ids of codings."""
AnyPath = str | os.PathLike[str]
"""The path of a file or folder, as a string or a Path."""
Paths = AnyPath | Iterable[AnyPath]
"""One path, or several."""
WithinUnit = Literal["sentence", "paragraph"]
WITHIN_UNITS: tuple[WithinUnit, ...] = get_args(WithinUnit)
Within = int | WithinUnit
"""The stretch of text that must hold all words of a search.

The stretch is a unit of the text, or a largest number of words, counted from the first to the last word searched for.
"""

T = TypeVar("T", bound=str)
V = TypeVar("V")
R = TypeVar("R", bound="DataclassInstance")


def with_given(record: R, **fields: object) -> R:
    """Return a copy of the record with new values in the given fields. A field given as None keeps its value."""
    return replace(record, **{name: value for name, value in fields.items() if value is not None})


def several(values: V | Iterable[V], kind: type[V]) -> Iterable[V]:
    """Return the values as an iterable. A single value of the type `kind` becomes a tuple with one element."""
    return (values,) if isinstance(values, kind) else cast("Iterable[V]", values)


def as_names(names: Names) -> tuple[str, ...]:
    """Return the names as a tuple. A single string is one name.

    Raises InputError when a name is not a string.
    """
    if type(names) is tuple and all(type(name) is str for name in names):
        return names
    if isinstance(names, str):
        return (names,)
    several = tuple(names) if isinstance(names, Iterable) else (names,)
    for name in several:
        if not isinstance(name, str):
            raise InputError(f"“{_shown(name)}” is not a name: a name is a text.")
    return several


def as_name(given: str) -> str:
    """Return the name. Raises InputError when it is not a string."""
    if not isinstance(given, str):
        raise InputError(f"“{_shown(given)}” is not a name: a name is a text.")
    return given


def as_numbers(values: Numbers) -> tuple[int, ...]:
    """Return the numbers as a tuple without duplicates. Raises InputError when a value is not a whole number."""
    return _whole_numbers(values, "is not the number of a coding")


def as_rounds(values: Numbers) -> tuple[int, ...]:
    """Return the numbers of rounds (a coder's passes through the sources) as a tuple without duplicates.

    Raises InputError for a value that is not a whole number of 1 or more.

    >>> as_rounds([1, 2, 2])
    (1, 2)
    """
    return _whole_numbers(values, "is not the number of a round: rounds are counted from 1", least=1)


def _whole_numbers(values: Numbers, problem: str, least: int | None = None) -> tuple[int, ...]:
    """Return the numbers as a tuple without duplicates.

    Raises InputError for a value that is not a whole number, or is below `least`. `problem` is the end of the
    message.
    """
    several: tuple[object, ...] = (values,)
    if isinstance(values, Iterable) and not isinstance(values, (str, bytes)):
        several = tuple(dict.fromkeys(values))
    numbers = []
    for number in several:
        if not isinstance(number, int) or isinstance(number, bool) or (least is not None and number < least):
            raise InputError(f"“{_shown(number)}” {problem}.")
        numbers.append(number)
    return tuple(numbers)


def as_path(path: AnyPath) -> Path:
    """Return the path as a Path. Raises InputError when it is neither a string nor a Path."""
    from pathlib import Path

    return path if isinstance(path, Path) else Path(as_file(path))  # a copy of a Path takes 10 times as long


def as_file(path: AnyPath) -> str:
    """Return the path as a string. Raises InputError when it is neither a string nor a Path.

    The string is not normalised: `./study.sibtui` is returned unchanged.
    """
    if not isinstance(path, (str, os.PathLike)):
        raise InputError(f"“{_shown(path)}” is not a path: a path is a text or a pathlib.Path.")
    return os.fspath(path)


def as_paths(paths: Paths) -> tuple[Path, ...]:
    """Return the paths as a tuple of Paths. Raises InputError when one of them is neither a string nor a Path."""
    return (as_path(paths),) if isinstance(paths, (str, os.PathLike)) else tuple(map(as_path, paths))


def choice(what: str, value: str | None, allowed: Sequence[T]) -> T:
    """Return the item of `allowed` that equals the given value. Letter case and surrounding spaces are ignored.

    `what` names the argument in the message, such as "stance". Raises InputError if no item equals the value.
    """
    if value in allowed:
        return allowed[allowed.index(value)]
    if isinstance(value, str):
        for known in allowed:
            if known.casefold() == value.strip().casefold():
                return known
    raise InputError(
        f"“{_shown(value)}” is not a valid {what}: choose {listed([each or '“”' for each in allowed], len(allowed), last='or')}."
    )


def maybe_choice(what: str, value: str | None, allowed: Sequence[T]) -> T | None:
    """Return the result of `choice`; None for None."""
    return None if value is None else choice(what, value, allowed)


def choices(what: str, values: Names, allowed: Sequence[T]) -> tuple[T, ...]:
    """Return the allowed value for each given value, in the given order; see `choice`. A string is one value.

    Raises InputError if a value is not allowed.
    """
    several = values if isinstance(values, Iterable) and not isinstance(values, str) else (values,)
    return tuple(choice(what, each, allowed) for each in several)


def whole(what: str, number: int, least: int) -> int:
    """Return `number` if it is a whole number of at least `least`, and raise OutOfRangeError otherwise.

    `what` names the argument in the message, such as "limit".
    """
    if not isinstance(number, int) or isinstance(number, bool) or number < least:
        raise OutOfRangeError(f"The {what} is {_shown(number)}: it must be a whole number, {least} or more.")
    return number


def maybe_whole(what: str, number: int | None, least: int) -> int | None:
    """Return the result of `whole`; None for None."""
    return None if number is None else whole(what, number, least)


def between(what: str, number: float, least: float, most: float) -> float:
    """Return `number` if it is from `least` to `most`, and raise OutOfRangeError otherwise.

    `what` names the argument in the message.
    """
    if not isinstance(number, int | float) or isinstance(number, bool) or not least <= number <= most:
        raise OutOfRangeError(f"The {what} is {_shown(number)}: it must be a number from {least:g} to {most:g}.")
    return number


def _shown(value: object) -> str:
    return one_line(str(value), 40)
