"""TOML with its mistakes named by file and entry when read, and in one way only when written."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import TYPE_CHECKING, Any, TypeVar

import tomli_w

from sibtui.errors import InputError
from sibtui.formats import instants
from sibtui.formats.encodings import decode
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

T = TypeVar("T", bound=str)


class Moment(str):
    """A moment, to be written as a TOML date and time."""

    __slots__ = ()


def load(name: str, data: bytes) -> Fields:
    """The tables of a file. InputError names the file, and the line where it is no TOML."""
    text = decode(data, "utf-8", name=name).text
    try:
        return Fields(name, tomllib.loads(text))
    except RecursionError as error:
        raise InputError(f"{name} cannot be read: brackets stand within brackets without end.") from error
    except ValueError as error:  # TOMLDecodeError, and numbers too large to be one
        raise InputError(f"{name} is not TOML: {one_line(str(error))}.") from error


class Fields:
    """One table while it is read: each key is taken once, as what it is to be; `done` refuses what is left over."""

    def __init__(self, where: str, table: Mapping[str, Any]) -> None:
        self.where = where
        self._table = table
        self._taken: dict[str, None] = {}

    def text(self, key: str, default: str = "") -> str:
        found = self._take(key, default)
        if not isinstance(found, str):
            raise self.wrong(key, "is not text: write it in quotes")
        return found

    def optional(self, key: str) -> str | None:
        return self.text(key) or None

    def one_of(self, key: str, known: Sequence[T], default: T) -> T:
        found = self.text(key, default)
        for value in known:
            if found == value:
                return value
        raise self.wrong(key, f"is “{one_line(found, 60)}”; it is one of {', '.join(known)}")

    def maybe_one_of(self, key: str, known: Sequence[T]) -> T | None:
        return None if self._take(key, None) is None else self.one_of(key, known, known[0])

    def whole(self, key: str, default: int, *, at_least: int = 0) -> int:
        found = self._take(key, default)
        if isinstance(found, bool) or not isinstance(found, int) or found < at_least:
            raise self.wrong(key, f"is not a whole number of {at_least} or more")
        return found

    def flag(self, key: str, *, default: bool) -> bool:
        found = self._take(key, default)
        if not isinstance(found, bool):
            raise self.wrong(key, "is neither true nor false")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        found = self._take(key, [])
        listed = [found] if isinstance(found, str) else found
        if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
            raise self.wrong(key, "is not a list of texts in quotes")
        return tuple(listed)

    def moment(self, key: str) -> str | None:
        found = self._take(key, None)
        try:
            if found is None or isinstance(found, str):
                return instants.instant(found) if found else None
            if isinstance(found, dt.datetime):
                return instants.from_datetime(found)
            if isinstance(found, dt.date):
                return instants.instant(found.isoformat())
        except ValueError:
            pass
        raise self.wrong(key, "is no date and time such as 2020-05-14T16:30:00Z")

    def values(self, key: str) -> dict[str, Any]:
        """A table of plain values: text, numbers, true or false, dates; a date with a time becomes its moment in UTC."""
        found = self._take(key, {})
        if not isinstance(found, dict):
            raise self.wrong(key, "is not a table")
        return {name: self._plain(f"{key}.{name}", value) for name, value in found.items()}

    def mapping(self, key: str) -> dict[str, str]:
        """A table of texts."""
        inner = self.table(key)
        return {name: inner.text(name) for name in inner}

    def table(self, key: str) -> Fields:
        found = self._take(key, {})
        if not isinstance(found, dict):
            raise self.wrong(key, f"is not a table: write it below a line [{key}]")
        return Fields(f"{self.where}, [{key}]", found)

    def tables(self, key: str) -> Iterator[Fields]:
        found = self._take(key, [])
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            raise self.wrong(key, f"is not a list of tables: write each below a line [[{key}]]")
        for number, item in enumerate(found, 1):
            yield Fields(f"{self.where}, [[{key}]] {number}", item)

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def needed(self, key: str) -> str:
        """A text that cannot be left out."""
        found = self.text(key)
        if not found:
            raise InputError(f"{self.where}: “{key}” is missing.")
        return found

    def done(self) -> None:
        """InputError when a key was not asked for: misspelt, or of no use here."""
        for key in self._table:
            if key not in self._taken:
                raise self.wrong(key, f"is not known here; known are {', '.join(self._taken)}")

    def wrong(self, key: str, problem: str) -> InputError:
        return InputError(f"{self.where}: “{one_line(key, 60)}” {problem}.")

    def _take(self, key: str, default: Any) -> Any:
        self._taken[key] = None
        return self._table.get(key, default)

    def _plain(self, key: str, value: Any) -> Any:
        if isinstance(value, dt.datetime):
            try:
                return instants.from_datetime(value)
            except ValueError as error:
                raise self.wrong(key, "is a moment beyond the calendar") from error
        if isinstance(value, str | int | float | bool | dt.date):
            return value
        raise self.wrong(key, "is not one value: text, a number, true or false, a date")


def table(header: str, values: Mapping[str, Any]) -> str:
    """A table under its header (`[study]`, `[[code]]`; empty for the top of a file), without what is empty."""
    return table_of_all(header, {key: value for key, value in values.items() if value not in (None, "", (), [])})


def table_of_all(header: str, values: Mapping[str, Any]) -> str:
    """A table of whatever is in it, empty texts too; nothing when it is empty itself."""
    return (
        "".join([f"{header}\n" if header else "", *(line(key, value) for key, value in values.items())])
        if values
        else ""
    )


def line(key: str, value: Any) -> str:
    """One key and its value. Texts of several lines stand as such, unless that would change them."""
    if isinstance(value, Moment):
        if instants.is_canonical(value):
            return f"{_key(key)} = {value}\n"
        value = str(value)
    # tomli_w turns CRLF into LF in a text of several lines
    return tomli_w.dumps({key: value}, multiline_strings=isinstance(value, str) and "\r" not in value)


def _key(key: str) -> str:
    return tomli_w.dumps({key: 0}).removesuffix(" = 0\n")


def document(tables: Sequence[str]) -> bytes:
    """The tables as one file, a blank line between them."""
    return "\n".join(text for text in tables if text).encode()
