"""Writing the matrices and summaries that a merge has changed.

A matrix that differs in any part is written as a whole.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sibtui.errors import ConflictError
from sibtui.model.folding import name_key
from sibtui.model.matrix_definition import Judgement, MatrixDefinition, RowDefinition, attribute_of
from sibtui.model.referring_texts import ColumnsText
from sibtui.model.study_items import COLUMNS_OF, FIELDS
from sibtui.model.summaries import Summary
from sibtui.model.text import one_line
from sibtui.project.merging.merged_summaries import MergedSummaries
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import matrices as matrix_rows
from sibtui.store import summaries as summary_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.study_items import ItemKey, StudyItems
    from sibtui.project.merging.merged_changes import MergedChanges

_NAME, _ONLY = (FIELDS["matrix"].index(field) for field in ("name", "only"))
_KINDS = ("matrix", "matrix row", "matrix note", "judgement", "summary")


def write_matrices(changes: MergedChanges) -> None:
    differing = {
        key if kind == "matrix" else key[0]
        for kind in _KINDS
        for key, _ in (*changes.added(kind), *changes.changed(kind), *changes.removed(kind))
    }
    differing |= _with_renamed_sources(changes)
    wanted = [key for key in changes.after.kinds["matrix"] if key in differing]
    if not wanted:
        return
    store, ids = changes.store, changes.ids("matrices")
    for key in changes.freed("matrix"):
        matrix_rows.set_name(store, ids[key], key)
    codes = {code.path: code.id for code in code_rows.codes(store)}
    paths = {code.uid: code.path for code in code_rows.codes(store)}
    cases, summaries = case_rows.case_ids(store), MergedSummaries(changes)
    for key in wanted:
        definition = _definition(changes.after, key, paths)
        if key in ids:
            matrix_rows.set_name(store, ids[key], definition.name)
        stored = summary_rows.of_matrix(store, ids[key]) if key in ids else ()
        texts = {(each.row, each.column, each.coder): each.text for each in stored}
        written = tuple(
            replace(each, text=summaries.text("summary", of, texts.get((each.row, each.column, each.coder))))
            for of, each in _summaries(changes.after, key)
        )
        matrix_rows.put(store, replace(definition, summaries=written), codes, cases)


def _with_renamed_sources(changes: MergedChanges) -> set[ItemKey]:
    """Return the keys of the matrices in which the study file stores the name of a renamed source.

    These matrices must be written again.
    """
    before, after = changes.before.kinds["source"], changes.after
    renamed = {("source", key) for key, fields in changes.changed("source") if before[key][0] != fields[0]}
    if not renamed:
        return set()
    found = {key for key, fields in after.kinds["matrix"].items() if not renamed.isdisjoint(fields[_ONLY])}
    cells = (key for kind in ("matrix note", "judgement", "summary") for key in after.kinds[kind])
    return found | {key[0] for key in cells if key[2:4] in renamed}


def name_attributes_in_matrices(changes: MergedChanges) -> None:
    """In each matrix whose columns are the values of an attribute, write the present name of the attribute.

    Call this after all attributes have their names.
    """
    store, attributes = changes.store, changes.after.kinds["attribute"]
    names = [fields[1] for fields in attributes.values()]
    for fields in changes.after.kinds["matrix"].values():
        columns = fields[COLUMNS_OF]
        if not isinstance(columns, ColumnsText) or columns.attribute not in attributes:
            continue
        of, name, _ = attributes[columns.attribute]
        present = attribute_of(columns.words)
        if present is None or name_key(present[1]) != name_key(name):
            owner = "" if names.count(name) == 1 else f"{of} "
            matrix_rows.set_columns(store, fields[0], f"{owner}attribute:{name}")


def refuse_lost_columns(merged: StudyItems) -> None:
    """Raise ConflictError if no chosen column of a matrix is left after the merge.

    Without chosen columns, the matrix would show all columns. `merged` has the items of the merged study.
    """
    for fields in merged.kinds["matrix"].values():
        chosen = fields[_ONLY]
        if chosen and not any(_is_there(merged, *column) for column in chosen):
            name = one_line(fields[_NAME], 60)
            raise ConflictError(
                f"The merge would remove all chosen columns of the matrix {name}, which would then show all columns:"
                " change the matrix, or keep a source or case that it shows, then merge."
            )


def write_code_summaries(changes: MergedChanges) -> None:
    """Write the changed summaries that are about one code in one case. These summaries belong to no matrix."""
    store, codes, cases = changes.store, changes.ids("codes"), changes.ids("cases")
    for (code, case, coder), _ in changes.removed("code summary"):
        if code in codes and case in cases:
            summary_rows.remove_code(store, codes[code], cases[case], coder)
    written = [*changes.added("code summary"), *changes.changed("code summary")]
    if not written:
        return
    labels, summaries = case_rows.labels(store), MergedSummaries(changes)
    of_codes = summary_rows.of_codes(store, code_rows.paths(store))
    texts = {(each.code, each.case, each.coder): each.text for each in of_codes}
    for key, (words,) in written:
        code, case, coder = key
        place = Summary("", coder, words.at, code=changes.after.path(code), case=labels[cases[case]], basis=words.basis)
        text = summaries.text("code summary", key, texts.get((place.code, place.case, coder)))
        summary_rows.put_code(store, replace(place, text=text), codes[code], cases[case])


def _definition(items: StudyItems, matrix: ItemKey, paths: dict[str, str]) -> MatrixDefinition:
    values = dict(zip(FIELDS["matrix"], items.kinds["matrix"][matrix], strict=True))
    notes: dict[str, dict[str, str]] = {}
    for (of, row, *column), (text,) in items.kinds["matrix note"].items():
        if of == matrix:
            notes.setdefault(row, {})[_label(items, *column)] = text
    rows = [
        RowDefinition(
            label,
            tuple(paths[code] for code in codes),
            subcodes,
            note,
            notes.get(label, {}),
            needs,
            items.kinds["query"][query][0] if query else "",
        )
        for (of, label), (codes, query, subcodes, note, needs, _) in items.kinds["matrix row"].items()
        if of == matrix
    ]
    judgements = [
        Judgement(row, _label(items, *column), *verdict)
        for (of, row, *column), (verdict,) in items.kinds["judgement"].items()
        if of == matrix
    ]
    return MatrixDefinition(
        name=values["name"],
        title=values["title"],
        rows=tuple(rows),
        columns=str(values["columns"]),
        only=tuple(_label(items, *column) for column in values["only"] if _is_there(items, *column)),
        show=values["show"],
        rule=values["rule"],
        marks=dict(values["marks"]),
        judgements=tuple(judgements),
        uid=matrix,
        leave_out=values["left out"],
        judged_suffix=values["suffix"],
        rows_from=values["rows from"],
        rows_below=paths[values["rows below"]] if values["rows below"] else "",
        kinds=values["kinds"],
        coders=values["coders"],
    )


def _summaries(items: StudyItems, matrix: ItemKey) -> Iterator[tuple[ItemKey, Summary]]:
    """Yield (key, summary) for each summary of a matrix in `items`."""
    for key, (words,) in items.kinds["summary"].items():
        of, row, *column, coder = key
        if of == matrix:
            yield key, Summary(words.text, coder, words.at, row=row, column=_label(items, *column), basis=words.basis)


def _label(items: StudyItems, of: str, column: Any) -> str:
    return str(items.kinds[of][column][0]) if of else str(column)


def _is_there(items: StudyItems, of: str, column: Any) -> bool:
    return not of or column in items.kinds[of]
