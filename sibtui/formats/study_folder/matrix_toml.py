"""The definition of a matrix as a TOML file that people can write and read."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, cast

from sibtui.errors import InputError
from sibtui.formats.codec.toml_tables import Moment, document, load, table, table_of_all
from sibtui.formats.study_folder.basis_toml import basis_tables, read_basis
from sibtui.model.matrix_definition import (
    COLUMNS,
    LINES,
    ROWS_FROM,
    SAVED_SHOWS,
    Judgement,
    MatrixDefinition,
    RowDefinition,
    are_columns,
)
from sibtui.model.presence import STATES, Rule, State
from sibtui.model.records import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sibtui.formats.codec.toml_tables import Fields


def read_matrix(name: str, data: bytes) -> MatrixDefinition:
    """Return the matrix that a file defines. If the file has no key `name`, the matrix gets the name of the file.

    Raises InputError, which names the file and the entry.
    """
    return read_placed(name, data)[1]


def read_placed(name: str, data: bytes) -> tuple[int | None, MatrixDefinition]:
    """Return (position of the matrix among all matrices of the study, matrix) from a file.

    The position is None if the file does not give it. Raises InputError, as `read_matrix` does.
    """
    fields = load(name, data)
    title = fields.text("name") or PurePath(name).stem
    position = fields.whole("position", -1, at_least=-1)
    rows = tuple(_row(row) for row in fields.tables("row"))
    labels = {row.label for row in rows}
    definition = MatrixDefinition(
        name=title,
        title=fields.text("title"),
        columns=_columns(fields),
        only=fields.texts("only"),
        show=fields.one_of("cells", SAVED_SHOWS, "presence"),
        rule=Rule(
            fields.whole("min_quotes", 1, at_least=1),
            fields.whole("min_sources", 1, at_least=1),
            fields.whole("min_kinds", 1, at_least=1),
            fields.some_of("needs", KINDS),
        ),
        marks=_marks(fields.mapping("marks"), name),
        rows=rows,
        judgements=tuple(_judgement(judgement, labels) for judgement in fields.tables("judgement")),
        uid=fields.text("id"),
        leave_out=fields.some_of("leave_out", LINES),
        judged_suffix=fields.text("judged_suffix"),
        rows_from=fields.one_of("rows_from", ROWS_FROM, ""),
        rows_below=fields.text("rows_below"),
        kinds=fields.some_of("kinds", KINDS),
        coders=fields.texts("coders"),
    )
    fields.done()
    if len(labels) < len(rows):
        raise InputError(f"{name}: two rows have the same label.")
    return (None if position < 0 else position), definition


def write_matrix(definition: MatrixDefinition, *, position: int | None = None) -> bytes:
    """Return the definition of a matrix as the bytes of a TOML file.

    If the file is a part of a whole study, `position` is the position of the matrix in the study. Then the file has
    this position, and also the lasting id of the matrix (the same in all copies of the study).
    """
    return document(list(_tables(definition, position)))


def _tables(definition: MatrixDefinition, position: int | None) -> Iterator[str]:
    yield table(
        "",
        {
            "name": definition.name,
            "position": position,
            "id": definition.uid if position is not None else "",
            "title": definition.title,
            "columns": definition.columns,
            "only": definition.only,
            "cells": definition.show,
            "min_quotes": definition.rule.quotes,
            "min_sources": definition.rule.sources,
            "min_kinds": definition.rule.kinds if definition.rule.kinds > 1 else None,
            "needs": definition.rule.needs,
            "leave_out": definition.leave_out,
            "judged_suffix": definition.judged_suffix,
            "rows_from": definition.rows_from,
            "rows_below": definition.rows_below,
            "kinds": definition.kinds,
            "coders": definition.coders,
        },
    )
    yield table_of_all("[marks]", {str(state): mark for state, mark in definition.marks.items()})
    for row in definition.rows:
        drawn_on = {"query": row.query} if row.query else {"codes": row.codes, "subcodes": row.subcodes}
        yield table_of_all("[[row]]", {"label": row.label} | drawn_on | _more(row))
        yield table_of_all("[row.notes]", row.notes)
    for judgement in definition.judgements:
        yield table(
            "[[judgement]]",
            {
                "row": judgement.row,
                "column": judgement.column,
                "verdict": judgement.verdict,
                "because": judgement.because,
                "coder": judgement.coder,
                "at": Moment(judgement.at),
                "fingerprint": judgement.fingerprint,
            },
        )
        if judgement.basis is not None:
            yield from basis_tables("judgement", judgement.basis)


def _more(row: RowDefinition) -> dict[str, Any]:
    return ({"needs": row.needs} if row.needs else {}) | ({"note": row.note} if row.note else {})


def _row(fields: Fields) -> RowDefinition:
    row = RowDefinition(
        label=fields.needed("label"),
        codes=fields.texts("codes"),
        subcodes=fields.flag("subcodes", default=True),
        note=fields.text("note"),
        notes=fields.mapping("notes"),
        needs=fields.some_of("needs", KINDS),
        query=fields.text("query"),
    )
    fields.done()
    return row


def _columns(fields: Fields) -> str:
    columns = fields.text("columns", "cases")
    if not are_columns(columns):
        raise fields.wrong("columns", f"is “{columns}”; it is one of {', '.join(COLUMNS)}")
    return columns


def _marks(marks: Mapping[str, str], name: str) -> dict[State, str]:
    for state in marks:
        if state not in STATES:
            raise InputError(
                f"{name}, [marks]: “{state}” is not a state of a cell; the states are {', '.join(STATES)}."
            )
    return cast("dict[State, str]", dict(marks))


def _judgement(fields: Fields, labels: set[str]) -> Judgement:
    judgement = Judgement(
        row=fields.needed("row"),
        column=fields.needed("column"),
        verdict=fields.one_of("verdict", STATES, cast("State", "")),
        because=fields.needed("because"),
        coder=fields.text("coder"),
        at=fields.moment("at") or "",
        fingerprint=fields.text("fingerprint"),
        basis=read_basis(fields),
    )
    fields.done()
    if judgement.row not in labels:
        raise fields.wrong("row", f"is “{judgement.row}”, but no [[row]] has this label")
    return judgement
