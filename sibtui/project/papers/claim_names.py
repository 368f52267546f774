"""The names in stored claims: updating them after a code, a case or another item was renamed."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, NamedTuple

from sibtui.errors import SibtuiError
from sibtui.model.claims.item_names import ColumnKind, ItemKind, with_item_names
from sibtui.model.codebook import resolve
from sibtui.model.folding import identical
from sibtui.model.frozen import replace
from sibtui.model.names import resolve_name
from sibtui.project.tables.codebook_rows import followed
from sibtui.store import cases as case_rows
from sibtui.store import claims as claim_rows
from sibtui.store import matrices as matrix_rows
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sibtui.model.claims.claim import Claim
    from sibtui.model.referring_texts import ClaimText, RowContents
    from sibtui.project.shared.base import Session

_COLUMN_ITEMS: Mapping[str, ColumnKind] = {"cases": "case", "sources": "source"}
"""A map: columns of a matrix → kind of the items that its columns show. Other columns show no items."""
TABLES: Mapping[ItemKind, str] = {
    "code": "codes",
    "case": "cases",
    "source": "sources",
    "attribute": "attributes",
}
"""A map: kind of item that a claim can name → table of these items in the study file. Matrices are left out."""
_ItemId = int | str
"""The id of an item. A matrix has its lasting id, because a matrix that is defined again gets another id."""


@contextmanager
def claim_names_kept(
    session: Session, merged: Mapping[int, int] | None = None, merges: Literal["code", "case"] = "code"
) -> Iterator[None]:
    """Update the names in stored claims after a `with` block that renames items.

    The items are codes, cases, sources, attributes of cases, matrices, and rows of matrices. Use this inside an act, so
    that one undo covers the renaming and the update.

    If the block merges items, `merges` is their kind, “code” or “case”. The block must then add an entry to the map
    `merged` for each merge: id of the merged item → id of the remaining item.
    """
    claims = [claim for claim in claim_rows.claims(session.store) if claim.subject]
    if not claims:
        yield
        return
    before = ItemNames(session)
    yield
    after, gone = ItemNames(session), {} if merged is None else merged

    def now(kind: ItemKind, name: str) -> _ItemId | None:
        number = before.item(kind, name)
        return gone.get(number, number) if isinstance(number, int) and kind == merges else number

    for claim in claims:
        tables = {uid: before.tables[uid] for matrix, _ in claim.rows if (uid := before.item("matrix", matrix))}
        rows = {uid: _merged_rows(table.rows, gone if merges == "code" else {}) for uid, table in tables.items()}
        change = _NameChange(after, now, rows, before.items, before.columns(claim))
        changed = change.applied_to(claim)
        if changed != claim:
            claim_rows.set_claim(session.store, claim.uid, changed)


def _merged_rows(rows: Mapping[str, RowContents], merged: Mapping[int, int]) -> Mapping[str, RowContents]:
    """Return the rows of a matrix after merges of codes.

    `merged` is a map: id of a merged code → id of the code that replaces it.
    """
    return {
        label: (frozenset(merged.get(code, code) for code in codes), query, subcodes)
        for label, (codes, query, subcodes) in rows.items()
    }


def with_refs(text: ClaimText, uids: Mapping[ItemKind, Mapping[_ItemId, str]], names: ItemNames) -> ClaimText:
    """Return the text of a claim with references to the items that it names.

    `uids` is a map: kind of item → map: id → lasting id.
    """
    refs: dict[tuple[ItemKind, str], str] = {}

    def noted(kind: ItemKind, name: str) -> str:
        number = names.item(kind, name)
        if number is not None:
            refs[kind, name] = str(number) if kind == "matrix" else uids[kind][number]
        return name

    claim = text.claim
    columns = names.columns(claim)
    with_item_names(claim, noted, names.items, columns)
    rows = {
        uid: {
            label: (frozenset(uids["code"][code] for code in codes), query, subcodes)
            for label, (codes, query, subcodes) in names.tables[uid].rows.items()
        }
        for uid in {uid for (kind, _), uid in refs.items() if kind == "matrix"}
    }
    return replace(text, refs=tuple((*of, uid) for of, uid in refs.items()), columns=columns, rows=rows)


def named_now(claim: Claim, text: ClaimText, ids: Mapping[ItemKind, Mapping[str, int]], names: ItemNames) -> Claim:
    """Return the claim with the present names of the items to which `text` refers.

    `ids` is a map: kind of item → map: lasting id → id.
    """
    numbers = {(kind, name): uid if kind == "matrix" else ids[kind].get(uid) for kind, name, uid in text.refs}
    rows = {
        matrix: {
            label: (frozenset(ids["code"].get(code) for code in codes), query, subcodes)
            for label, (codes, query, subcodes) in labelled.items()
        }
        for matrix, labelled in text.rows.items()
    }
    change = _NameChange(names, lambda kind, name: numbers.get((kind, name)), rows, text.known, text.columns)
    return change.applied_to(claim)


class _Table(NamedTuple):
    """A saved matrix. `rows` is a map: label of a row → its contents."""

    name: str
    columns: str
    rows: Mapping[str, RowContents]


class ItemNames:
    """The names of the items of a study at one moment.

    `items` is a map: kind of item, such as “code” → map: name → id. `tables` is a map: lasting id of a saved matrix →
    matrix.
    """

    def __init__(self, session: Session) -> None:
        store, paths = session.store, session.paths()
        codes = {path: number for number, path in paths.items()}
        definitions = [
            followed(store, matrix_rows.definition(store, n, paths)) for n in matrix_rows.names(store).values()
        ]
        self.items: Mapping[ItemKind, Mapping[str, _ItemId]] = {
            "matrix": {each.name: each.uid for each in definitions},
            "code": codes,
            "case": case_rows.case_ids(store),
            "source": source_rows.source_ids(store),
            "attribute": {each.name: each.id for each in case_rows.attributes(store, "case")},
        }
        self.tables: Mapping[_ItemId, _Table] = {
            each.uid: _Table(
                each.name,
                each.columns,
                {
                    row.label: (frozenset(codes[code] for code in row.codes), row.query, row.subcodes)
                    for row in each.rows
                },
            )
            for each in definitions
        }

    def item(self, kind: ItemKind, name: str) -> _ItemId | None:
        """Return the id of the item that a claim names, or None if the name matches no item or several."""
        known = self.items[kind]
        try:
            return known[resolve(name, known) if kind == "code" else resolve_name(kind, name, known)]
        except SibtuiError:
            return None

    def columns(self, claim: Claim) -> ColumnKind | None:
        """Return the kind of the columns that a claim can name: “case” or “source”; None for other kinds of columns."""
        if not claim.rows:
            return "case"
        number = self.item("matrix", claim.rows[0][0])
        return None if number is None else _COLUMN_ITEMS.get(self.tables[number].columns)


class _NameChange:
    """Replaces the old names of items in claims by their new names, after items were renamed or merged."""

    def __init__(
        self,
        after: ItemNames,
        now: Callable[[ItemKind, str], _ItemId | None],
        rows: Mapping[_ItemId, Mapping[str, RowContents]],
        known: Mapping[ItemKind, Iterable[str]],
        columns: ColumnKind | None,
    ) -> None:
        """Prepare a change of names; `after` has the names after the change.

        `now` takes the kind and the old name of an item. It returns the present id of the item, or None if the name is
        unknown. `rows` is a map: lasting id of a matrix → its rows before the change. For `known` and `columns`, see
        `with_item_names`.
        """
        self._after, self._now, self._rows = after, now, rows
        self._known, self._columns = known, columns

    def applied_to(self, claim: Claim) -> Claim:
        labelled = replace(claim, rows=tuple((matrix, self._label(matrix, label)) for matrix, label in claim.rows))
        return with_item_names(labelled, self._item, self._known, self._columns)

    def _item(self, kind: ItemKind, name: str) -> str:
        now = self._now(kind, name)
        if now is None or self._after.item(kind, name) == now:
            return name
        return next((new for new, each in self._after.items[kind].items() if each == now), name)

    def _label(self, matrix: str, label: str) -> str:
        """Return the label of a row after the change.

        The old label stays if a row still has it, except if rows have exchanged their labels. Otherwise, the row is
        found by its contents. Of several such rows, only those with a new label count. If this does not leave
        exactly one row, the old label stays, too.
        """
        number = self._now("matrix", matrix)
        if number is None or number not in self._after.tables or number not in self._rows:
            return label
        rows, after = self._rows[number], self._after.tables[number].rows
        known = identical(label, rows.keys())
        if known is None:
            return label
        if after.get(known) == rows[known] or (known in after and Counter(rows.values()) != Counter(after.values())):
            return label
        found = [each for each, contents in after.items() if contents == rows[known]]
        if len(found) > 1:
            found = [each for each in found if each not in rows]
        return found[0] if len(found) == 1 else label
