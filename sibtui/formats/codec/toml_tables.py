"""Reading TOML tables, with errors that name the file and the entry, and writing TOML tables in one fixed form."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import TYPE_CHECKING, Any, TypeVar

import tomli_w

from sibtui.errors import InputError
from sibtui.formats.codec import timestamps
from sibtui.formats.codec.encodings import decode
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

T = TypeVar("T", bound=str)


_DEEP_KEY = re.compile(r"""(?<![\w.-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){100}""")


class Moment(str):
    """A timestamp that is written as a TOML date and time."""

    __slots__ = ()


def load(name: str, data: bytes) -> Fields:
    """Return an object that reads the values in a TOML file.

    Raises InputError, with file and line, when the file is not TOML.
    """
    text = decode(data, "utf-8", name=name).text
    if _DEEP_KEY.search(text):  # tomllib takes quadratic time and memory for such a key
        raise InputError(f"{name} cannot be read: one of its keys has more than 100 parts.")
    try:
        return Fields(name, tomllib.loads(text))
    except RecursionError as error:
        raise InputError(f"{name} cannot be read: its brackets are nested too deeply.") from error
    except ValueError as error:  # TOMLDecodeError, or a number that is too large
        raise InputError(f"{name} is not TOML: {one_line(str(error))}.") from error


class Fields:
    """Reads the values of one TOML table.

    Each method returns the value of a key and checks its type. It raises InputError, with file, table and key, if the
    value has another type. At the end, `done` raises InputError for keys that no method has read.
    """

    def __init__(self, where: str, table: Mapping[str, Any]) -> None:
        self.where = where
        self._table = table
        self._taken: dict[str, None] = {}

    def text(self, key: str, default: str = "") -> str:
        value = self._take(key, default)
        if not isinstance(value, str):
            raise self.wrong(key, "is not text: write it in quotes")
        return value

    def optional(self, key: str) -> str | None:
        """Return the text of a key; None when the key is missing or its text is empty."""
        return self.text(key) or None

    def one_of(self, key: str, known: Sequence[T], default: T) -> T:
        """Return the text of a key, or `default` if it is missing. Raises InputError if the text is not in `known`."""
        text = self.text(key, default)
        for value in known:
            if text == value:
                return value
        raise self.wrong(key, f"is “{one_line(text, 60)}”; it is one of {', '.join(known)}")

    def maybe_one_of(self, key: str, known: Sequence[T]) -> T | None:
        """Return the text of a key; None when the key is missing. Raises InputError if the text is not in `known`."""
        return None if self._take(key, None) is None else self.one_of(key, known, known[0])

    def whole(self, key: str, default: int, *, at_least: int = 0) -> int:
        """Return the whole number of a key, or `default` if it is missing.

        Raises InputError if the value is not a whole number, or is below `at_least`.
        """
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < at_least:
            raise self.wrong(key, f"is not a whole number of {at_least} or more")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        value = self._take(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, "is neither true nor false")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts in the list of a key. A single text counts as a list with one text."""
        value = self._take(key, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
            raise self.wrong(key, "is not a list of texts in quotes")
        return tuple(listed)

    def some_of(self, key: str, known: Sequence[T]) -> tuple[T, ...]:
        """Return the texts in the list of a key. Raises InputError if one of them is not in `known`."""
        values = []
        for text in self.texts(key):
            fitting = [value for value in known if value == text]
            if not fitting:
                raise self.wrong(key, f"has “{one_line(text, 60)}”; it may have {', '.join(known)}")
            values += fitting
        return tuple(values)

    def moment(self, key: str) -> str | None:
        """Return the date and time of a key as a UTC timestamp; None when the key is missing or its text is empty.

        The value may also be a date without a time, or a date and time written as a text.
        """
        value = self._take(key, None)
        try:
            if value is None or isinstance(value, str):
                return timestamps.instant(value) if value else None
            if isinstance(value, dt.datetime):
                return timestamps.from_datetime(value)
            if isinstance(value, dt.date):
                return timestamps.instant(value.isoformat())
        except ValueError:
            pass
        raise self.wrong(key, "is no date and time such as 2020-05-14T16:30:00Z")

    def values(self, key: str) -> dict[str, Any]:
        """Return the table of a key as a dict. Its values may be texts, numbers, truth values or dates.

        A date with a time is returned as a timestamp.
        """
        value = self._take(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, "is not a table")
        return {name: self._plain(f"{key}.{name}", item) for name, item in value.items()}

    def mapping(self, key: str) -> dict[str, str]:
        inner = self.table(key)
        return {name: inner.text(name) for name in inner}

    def table(self, key: str) -> Fields:
        """Return the table of a key; an empty table when the key is missing."""
        value = self._take(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, f"is not a table: write it below a line [{key}]")
        return Fields(f"{self.where}, [{key}]", value)

    def maybe_table(self, key: str) -> Fields | None:
        return None if self._take(key, None) is None else self.table(key)

    def tables(self, key: str) -> Iterator[Fields]:
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(key, f"is not a list of tables: write each below a line [[{key}]]")
        for number, item in enumerate(value, 1):
            yield Fields(f"{self.where}, [[{key}]] {number}", item)

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def raw(self, key: str, default: Any) -> Any:
        """Return the value of a key as it is, for a caller that checks its type; `default` when the key is missing."""
        return self._take(key, default)

    def needed(self, key: str) -> str:
        """Return the text of a key. Raises InputError when the key is missing or its text is empty."""
        value = self.text(key)
        if not value:
            raise InputError(f"{self.where}: “{key}” is missing.")
        return value

    def done(self) -> None:
        """Raise InputError if the table has a key that no method has read."""
        for key in self._table:
            if key not in self._taken:
                raise self.wrong(key, f"is not a known key; the keys are {', '.join(self._taken)}")

    def wrong(self, key: str, problem: str) -> InputError:
        """Return the error for a wrong value of a key; the caller raises it."""
        return InputError(f"{self.where}: “{one_line(key, 60)}” {problem}.")

    def _take(self, key: str, default: Any) -> Any:
        self._taken[key] = None
        return self._table.get(key, default)

    def _plain(self, key: str, value: Any) -> Any:
        if isinstance(value, dt.datetime):
            try:
                return timestamps.from_datetime(value)
            except ValueError as error:
                raise self.wrong(key, "is a date beyond the calendar") from error
        if isinstance(value, str | int | float | bool | dt.date):
            return value
        raise self.wrong(key, "is not one value: text, a number, true or false, a date")


def table(header: str, values: Mapping[str, Any]) -> str:
    """Return a table as TOML: its header line, and a line for each value that is not empty.

    The header is, for example, `[study]` or `[[code]]`; it is "" for keys at the top of a file.
    """
    return table_of_all(header, {key: value for key, value in values.items() if value not in (None, "", (), [])})


def table_of_all(header: str, values: Mapping[str, Any]) -> str:
    """Return a table as TOML: its header line, and a line for each value, even if the value is empty.

    If the table has no keys, return an empty text.
    """
    return (
        "".join([f"{header}\n" if header else "", *(line(key, value) for key, value in values.items())])
        if values
        else ""
    )


def line(key: str, value: Any) -> str:
    """Return the TOML line for one key and its value.

    A text with newlines is written over several lines if these lines can be read back as the same text.
    """
    if isinstance(value, Moment):
        if timestamps.is_canonical(value):
            return f"{_key(key)} = {value}\n"
        value = str(value)
    # tomli_w turns CRLF into LF in a text of several lines
    return tomli_w.dumps({key: value}, multiline_strings=isinstance(value, str) and "\r" not in value)


def _key(key: str) -> str:
    return tomli_w.dumps({key: 0}).removesuffix(" = 0\n")


def document(tables: Sequence[str]) -> bytes:
    """Return these TOML tables as the bytes of one file, separated by empty lines."""
    return "\n".join(text for text in tables if text).encode()
