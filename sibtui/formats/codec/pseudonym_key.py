"""The key of pseudonyms as a CSV file: one row per real name, with the columns `real` and `pseudonym`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import SibtuiError
from sibtui.formats.codec.csv_in import read_rows
from sibtui.formats.codec.csv_out import write_csv
from sibtui.formats.codec.line_errors import refuse
from sibtui.model.pseudonyms import Pseudonym, with_pseudonym

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COLUMNS = ("real", "pseudonym")


def read_key(name: str, data: bytes) -> tuple[Pseudonym, ...]:
    """Return the pseudonyms in a file, each with its real name. `name` is the name of the file in messages.

    Raises InputError with the file and the line of a row that cannot be used.
    """
    key: tuple[Pseudonym, ...] = ()
    for line, (real, pseudonym) in read_rows(name, data, COLUMNS, COLUMNS):
        try:
            key = with_pseudonym(key, real, pseudonym)
        except SibtuiError as error:
            refuse(name, line, str(error).rstrip("."))
    return key


def write_key(key: Sequence[Pseudonym]) -> Iterator[str]:
    """Yield the pseudonyms and their real names as CSV, in chunks of lines."""
    return write_csv(COLUMNS, ((each.real, each.pseudonym) for each in key))
