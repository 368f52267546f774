"""The names in stored claims: they are updated when a code, a case or another item gets another name."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, NamedTuple

from sibtui.errors import QueryError, SibtuiError
from sibtui.model.codebook import resolve
from sibtui.model.folding import identical
from sibtui.model.frozen import replace
from sibtui.model.name_lists import names_in
from sibtui.model.names import resolve_name
from sibtui.model.query.completion import quoted
from sibtui.model.query.tokens import tokens
from sibtui.project.tables.codebook_rows import followed
from sibtui.store import cases as case_rows
from sibtui.store import claims as claim_rows
from sibtui.store import matrices as matrix_rows
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sibtui.model.claims.claim import Claim
    from sibtui.project.shared.base import Session

_Kind = Literal["code", "case", "source", "attribute"]
_COLUMN_ITEMS: Mapping[str, _Kind] = {"cases": "case", "sources": "source"}
"""A map: columns of a matrix → kind of the items that its columns show. Other columns show no items."""
_Contents = tuple[frozenset[int], str, bool]
"""The contents of a row of a matrix: the ids of its codes, its query, and whether sub-codes count."""


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
    before = _ItemNames(session)
    yield
    change = _NameChange(before, _ItemNames(session), {} if merged is None else merged, merges)
    for claim in claims:
        changed = change.applied_to(claim)
        if changed != claim:
            claim_rows.set_claim(session.store, claim.uid, changed)


class _Table(NamedTuple):
    """A saved matrix. `rows` is a map: label of a row → its contents."""

    name: str
    columns: str
    rows: Mapping[str, _Contents]


class _ItemNames:
    """The names of the items of a study at one moment.

    `items` has a map for each kind of item, such as “code”: name → id. `tables` is a map: id of a saved matrix →
    matrix. This id is the same in all copies of a study.
    """

    def __init__(self, session: Session) -> None:
        store, paths = session.store, session.paths()
        codes = {path: number for number, path in paths.items()}
        self.items: Mapping[_Kind, Mapping[str, int]] = {
            "code": codes,
            "case": case_rows.case_ids(store),
            "source": source_rows.source_ids(store),
            "attribute": {each.name: each.id for each in case_rows.attributes(store, "case")},
        }
        definitions = (
            followed(store, matrix_rows.definition(store, n, paths)) for n in matrix_rows.names(store).values()
        )
        self.tables = {
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

    def item(self, kind: _Kind, name: str) -> int | None:
        """Return the id of the item that a claim names, or None if the name matches no item or several."""
        known = self.items[kind]
        try:
            return known[resolve(name, known) if kind == "code" else resolve_name(kind, name, known)]
        except SibtuiError:
            return None

    def table(self, name: str) -> str | None:
        """Return the lasting id of the matrix that a claim names, or None if the name matches none or several.

        A lasting id is the same in all copies of a study.
        """
        try:
            known = {table.name: uid for uid, table in self.tables.items()}
            return known[resolve_name("matrix", name, known)]
        except SibtuiError:
            return None


class _NameChange:
    """Replaces the old names of items in claims by their new names, after items were renamed or merged."""

    def __init__(
        self, before: _ItemNames, after: _ItemNames, merged: Mapping[int, int], merges: Literal["code", "case"]
    ) -> None:
        self._before, self._after = before, after
        self._merged, self._merges = merged, merges

    def applied_to(self, claim: Claim) -> Claim:
        return replace(
            claim,
            rows=tuple(self._row(*row) for row in claim.rows),
            codes=tuple(self._item("code", code) for code in claim.codes),
            attribute=self._item("attribute", claim.attribute),
            case=self._case(claim),
            statement=self._statement(claim),
        )

    def _item(self, kind: _Kind, name: str) -> str:
        number = self._before.item(kind, name) if name else None
        if number is None:
            return name
        now = self._merged.get(number, number) if kind == self._merges else number
        if self._after.item(kind, name) == now:
            return name
        return next((new for new, each in self._after.items[kind].items() if each == now), name)

    def _case(self, claim: Claim) -> str:
        old = self._parts("case", claim.case) if claim.attribute else [claim.case]
        new = [self._item("case", part) for part in old]
        return claim.case if new == old else ", ".join(dict.fromkeys(new))

    def _parts(self, kind: _Kind, label: str) -> Sequence[str]:
        """Return the names in a label that a claim has for one or several items.

        If the whole label is the name of an item, it is the only name. Otherwise, the names are its parts between
        commas.
        """
        return list(names_in(label, self._before.items[kind]))

    def _statement(self, claim: Claim) -> str:
        """Return the statement of a claim about rows, with the new names of the columns in the statement."""
        kind: _Kind | None = "case"
        if claim.rows:
            table = self._before.tables.get(self._before.table(claim.rows[0][0]) or "")
            kind = None if table is None else _COLUMN_ITEMS.get(table.columns)
        statement = claim.statement
        if kind is None or not (claim.rows or claim.codes):
            return statement
        try:
            names = [token for token in tokens(statement) if token.kind == "name"]
        except QueryError:  # written by another program
            return statement
        for token in reversed(names):
            old = self._parts(kind, token.text)
            new = [self._item(kind, part) for part in old]
            if new != old:
                written = " and ".join(quoted(name) for name in dict.fromkeys(new))
                statement = statement[: token.at - 1] + written + statement[token.end :]
        return statement

    def _row(self, matrix: str, label: str) -> tuple[str, str]:
        uid = self._before.table(matrix)
        table = None if uid is None else self._after.tables.get(uid)
        if uid is None or table is None:
            return matrix, label
        name = matrix if self._after.table(matrix) == uid else table.name
        return name, self._label(label, self._before.tables[uid].rows, table.rows)

    def _label(self, label: str, before: Mapping[str, _Contents], after: Mapping[str, _Contents]) -> str:
        """Return the label of a row after the change. `before` and `after` are maps: label of a row → its contents.

        A renamed row keeps its contents, so it is found by its contents. If a row with the old label still exists, only
        the contents of this row were changed, and the old label is returned. But if rows have exchanged their labels,
        the row is found by its contents too.
        """
        known = identical(label, before.keys())
        if known is None:
            return label
        rows = {each: self._now(contents) for each, contents in before.items()}
        if after.get(known) == rows[known] or (known in after and Counter(rows.values()) != Counter(after.values())):
            return label
        found = [each for each, contents in after.items() if contents == rows[known]]
        if len(found) > 1:
            found = [each for each in found if each not in before]
        return found[0] if len(found) == 1 else label

    def _now(self, contents: _Contents) -> _Contents:
        """Return the contents of a row with the ids of the remaining codes in place of merged codes."""
        codes, query, subcodes = contents
        if self._merges != "code":
            return contents
        return frozenset(self._merged.get(code, code) for code in codes), query, subcodes
