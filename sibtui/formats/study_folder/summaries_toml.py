"""The file summaries.toml of a study folder: the summaries that people have written.

A summary is about a cell of a matrix, or about a code in a case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.toml_tables import Moment, document, load, table
from sibtui.formats.study_folder.basis_toml import basis_tables, read_basis
from sibtui.model.summaries import Summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sibtui.formats.codec.toml_tables import Fields

_PLACE = ("matrix", "row", "column", "code", "case")


def read_summaries(name: str, data: bytes) -> tuple[Summary, ...]:
    """Return the summaries in a file. Raises InputError, which names the file and the faulty entry."""
    fields = load(name, data)
    summaries = tuple(_summary(name, each) for each in fields.tables("summary"))
    fields.done()
    return summaries


def write_summaries(summaries: Iterable[Summary]) -> bytes:
    return document([text for summary in summaries for text in _tables(summary)])


def _tables(summary: Summary) -> Iterator[str]:
    values = {name: getattr(summary, name) for name in (*_PLACE, "text", "coder")}
    yield table("[[summary]]", {**values, "at": Moment(summary.at)})
    if summary.basis is not None:
        yield from basis_tables("summary", summary.basis)


def _summary(name: str, fields: Fields) -> Summary:
    text = fields.needed("text")
    matrix, row, column, code, case = map(fields.text, _PLACE)
    if bool(matrix and row and column and not (code or case)) == bool(code and case and not (matrix or row or column)):
        raise InputError(f"{name}: a summary needs a matrix, a row and a column, or a code and a case.")
    coder, at = fields.needed("coder"), fields.moment("at") or ""
    summary = Summary(text, coder, at, matrix, row, column, code, case, read_basis(fields))
    fields.done()
    return summary
