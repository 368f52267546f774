"""A matrix, as it is defined, in a TOML file that people write and read."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from sibtui.errors import InputError
from sibtui.formats.toml_tables import Moment, document, load, table, table_of_all
from sibtui.model.matrix import COLUMNS, SHOWS, Judgement, MatrixDefinition, RowDefinition, are_columns
from sibtui.model.presence import STATES, Rule, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sibtui.formats.toml_tables import Fields


def read_matrix(name: str, data: bytes) -> MatrixDefinition:
    """The matrix that a file defines; without a `name` in it, it has the file's. InputError names the file and entry."""
    return read_placed(name, data)[1]


def read_placed(name: str, data: bytes) -> tuple[int | None, MatrixDefinition]:
    """The matrix, and its place among the study's (None when the file does not say)."""
    fields = load(name, data)
    called = fields.text("name") or PurePath(name).stem
    position = fields.whole("position", -1, at_least=-1)
    rows = tuple(_row(row) for row in fields.tables("row"))
    labels = {row.label for row in rows}
    definition = MatrixDefinition(
        name=called,
        title=fields.text("title"),
        columns=_columns(fields),
        only=fields.texts("only"),
        show=fields.one_of("cells", SHOWS, "presence"),
        rule=Rule(fields.whole("min_quotes", 1, at_least=1), fields.whole("min_sources", 1, at_least=1)),
        marks=_marks(fields.mapping("marks"), name),
        rows=rows,
        judgements=tuple(_judgement(judgement, labels) for judgement in fields.tables("judgement")),
    )
    fields.done()
    if len(labels) < len(rows):
        raise InputError(f"{name}: two rows have the same label.")
    return (None if position < 0 else position), definition


def write_matrix(definition: MatrixDefinition, *, position: int | None = None) -> bytes:
    return document(list(_tables(definition, position)))


def _tables(definition: MatrixDefinition, position: int | None) -> Iterator[str]:
    yield table(
        "",
        {
            "name": definition.name,
            "position": position,
            "title": definition.title,
            "columns": definition.columns,
            "only": definition.only,
            "cells": definition.show,
            "min_quotes": definition.rule.quotes,
            "min_sources": definition.rule.sources,
        },
    )
    yield table_of_all("[marks]", {str(state): mark for state, mark in definition.marks.items()})
    for row in definition.rows:
        yield table_of_all("[[row]]", {"label": row.label, "codes": row.codes, "subcodes": row.subcodes} | _note(row))
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


def _note(row: RowDefinition) -> dict[str, str]:
    return {"note": row.note} if row.note else {}


def _row(fields: Fields) -> RowDefinition:
    row = RowDefinition(
        label=fields.needed("label"),
        codes=fields.texts("codes"),
        subcodes=fields.flag("subcodes", default=True),
        note=fields.text("note"),
        notes=fields.mapping("notes"),
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
            raise InputError(f"{name}, [marks]: “{state}” is no state of a cell; the states are {', '.join(STATES)}.")
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
    )
    fields.done()
    if judgement.row not in labels:
        raise fields.wrong("row", f"is “{judgement.row}”, but no [[row]] has this label")
    return judgement
