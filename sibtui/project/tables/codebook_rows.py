"""Matrices whose rows follow the codebook: their rows are made from the current codes.

If a code is renamed, its row is renamed too.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sibtui.model.codebook import split_path
from sibtui.model.codebook_rows import all_codes, codes_below, with_rows, without_plain_rows
from sibtui.store import codes as code_rows
from sibtui.store import matrices as matrix_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.project.shared.base import Session
    from sibtui.store.connection import Store


def followed(store: Store, definition: MatrixDefinition) -> MatrixDefinition:
    """Return the definition of a matrix with all its rows.

    If the rows follow the codebook, the rows that are not stored are made from the current codes.
    """
    return with_rows(definition, _paths(store, definition)) if definition.rows_from else definition


def to_store(store: Store, definition: MatrixDefinition) -> MatrixDefinition:
    """Return the definition of a matrix without the rows that `followed` can make again from the codebook.

    Rows with an addition, such as a footnote, are kept.
    """
    return without_plain_rows(definition, _paths(store, definition)) if definition.rows_from else definition


def stored(store: Store, number: int, paths: Mapping[int, str]) -> MatrixDefinition:
    """Return a saved matrix as it is written to files: without the rows that can be made again from the codebook.

    `number` is the id of the matrix. `paths` is a map: code id → path, in the order of the codebook.
    """
    return to_store(store, matrix_rows.definition(store, number, paths))


def _paths(store: Store, definition: MatrixDefinition) -> list[str]:
    codes = code_rows.codes(store)
    if definition.rows_from == "below":
        return codes_below(codes, definition.rows_below)
    return all_codes(codes, code_rows.coded(store))


@contextmanager
def labels_kept(session: Session) -> Iterator[None]:
    """Rename rows of matrices after the `with` block has renamed, moved or merged codes.

    Only matrices whose rows follow the codebook change. A label that was the name of the row's code becomes the new
    name, or the new path if another row has this name. Any other label that was the path of the code becomes the new
    path. All other labels stay. Use this inside an act (`with session.act(…)`, one step of undo).
    """
    store, before = session.store, session.paths()
    by_path = {
        row: label == before[code] and label != _name(before, code)
        for row, _, label, code in matrix_rows.rows_of_one_code(store)
        if label in {before[code], _name(before, code)}
    }
    yield
    if not by_path:
        return
    after = session.paths()
    taken = matrix_rows.labels(store)
    for row, matrix, label, code in matrix_rows.rows_of_one_code(store):
        if row not in by_path:
            continue
        labels = [after[code]] if by_path[row] else [_name(after, code), after[code]]
        new = next((each for each in labels if each == label or (matrix, each) not in taken), label)
        if new != label:
            matrix_rows.set_label(store, row, new)
            taken.add((matrix, new))


def _name(paths: Mapping[int, str], code: int) -> str:
    return split_path(paths[code])[-1]
