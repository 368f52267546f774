"""Matrix rows that are made from the codebook, one row per code."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sibtui.model.arguments import as_names
from sibtui.model.codebook import is_within, split_path
from sibtui.model.folding import name_key
from sibtui.model.frozen import replace
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sibtui.model.records import Code


def all_codes(codes: Sequence[Code], coded: Collection[int]) -> list[str]:
    """Return the paths of the codes that get a row in a matrix of all codes, in the order of the codebook.

    `coded` are the ids of the codes with codings. These codes always get a row. Of the other codes, retired ones get no
    row. A theme (top code) gets no row either if it has a sub-code that is not retired, because it only groups codes.
    """
    above = {code.parent for code in codes if code.status != "retired"}
    return [
        code.path
        for code in codes
        if code.id in coded or (code.status != "retired" and (code.parent is not None or code.id not in above))
    ]


def codes_below(codes: Sequence[Code], path: str) -> list[str]:
    """Return the paths of the codes that are directly below a code and in use.

    If there are none, return the path of the code itself.
    """
    top = next(code.id for code in codes if code.path == path)
    return [code.path for code in codes if code.parent == top and code.status != "retired"] or [path]


def rows_of(paths: Iterable[str], taken: Collection[str] = ()) -> tuple[RowDefinition, ...]:
    """Return one row per code. Its label is the name of the code, or the path if another row has this label.

    `paths` are the codes, and `taken` are the labels of existing rows.
    """
    paths = list(dict.fromkeys(paths))
    names = {path: split_path(path)[-1] for path in paths}
    used = {name_key(label) for label in taken}
    alike = Counter([*used, *(name_key(name) for name in names.values())])
    made = []
    for path, name in names.items():
        label = name if alike[name_key(name)] == 1 else path
        number = 1
        while name_key(label) in used:
            number += 1
            label = f"{path} ({number})"
        used.add(name_key(label))
        made.append(RowDefinition(label, (path,)))
    return tuple(made)


def draws_on(row: RowDefinition, path: str) -> bool:
    """Return whether a row of a matrix counts the codings of a code.

    The row lists this code, or it includes sub-codes and lists a code above this code.
    """
    return any(path == own or (row.subcodes and is_within(path, own)) for own in row.codes)


def with_rows(definition: MatrixDefinition, paths: Sequence[str]) -> MatrixDefinition:
    """Return the definition of a matrix with one row per code of `paths`, in this order, and then all other rows.

    An existing row becomes the row of a code in `paths` if it counts this code and no other code.
    """
    codes = set(paths)
    row_of: dict[str, RowDefinition] = {}
    others = []
    for row in definition.rows:
        code = _only_code(row)
        if code in codes and code not in row_of:
            row_of[code] = row
        else:
            others.append(row)
    made = rows_of((path for path in paths if path not in row_of), _labels(definition.rows))
    row_of |= {_only_code(row): row for row in made}
    return replace(definition, rows=(*(row_of[path] for path in paths), *others))


def without_plain_rows(definition: MatrixDefinition, paths: Sequence[str]) -> MatrixDefinition:
    """Return the definition of a matrix without the rows that `with_rows` can create again from the codebook.

    A row is kept if the user has added something to it, such as footnotes, judgements of cells, summaries or needs
    (kinds of source that its evidence must have). It is also kept if `with_rows` would give it another label. The
    order of the rows is that of `with_rows`.
    """
    definition = with_rows(
        definition, paths
    )  # the rows of a table do not depend on the order in which they were stored
    codes, judged = set(paths), {judgement.row for judgement in definition.judgements}
    judged.update(summary.row for summary in definition.summaries)
    drawn_on = Counter(map(_only_code, definition.rows))

    def plain(row: RowDefinition) -> bool:
        code = _only_code(row)
        return (
            code in codes
            and drawn_on[code] == 1  # with two rows on one code, either may be the code's row
            and row.label not in judged
            and row == RowDefinition(row.label, code)
        )

    kept = [row for row in definition.rows if not plain(row)]
    used = set(map(_only_code, kept))
    made = rows_of((path for path in paths if path not in used), _labels(kept))
    derived = {(row.codes, row.label) for row in made}
    fewer = replace(
        definition,
        rows=tuple(row for row in definition.rows if not plain(row) or (row.codes, row.label) not in derived),
    )
    # Labels depend on the other rows: keep the rows when removing some would change a label
    return fewer if with_rows(fewer, paths).rows == definition.rows else definition


def _only_code(row: RowDefinition) -> str:
    codes = as_names(row.codes)
    return codes[0] if len(codes) == 1 else ""


def _labels(rows: Iterable[RowDefinition]) -> list[str]:
    return [row.label for row in rows]
