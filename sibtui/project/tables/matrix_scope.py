"""The scope of a matrix: the columns, the codes of the rows, and the codings that count."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sibtui.errors import InputError, NotFoundError
from sibtui.model.arguments import as_rounds, choices
from sibtui.model.codebook import resolve
from sibtui.model.matrix_definition import attribute_of, with_columns
from sibtui.model.query.bounds import QueryBounds
from sibtui.model.records import KINDS
from sibtui.project.shared.decisions import decisions_count, settled_codings
from sibtui.project.tables.matrix_columns import column_members
from sibtui.store import codes as code_rows
from sibtui.store.evidence import Grouping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.model.records import Code
    from sibtui.project.shared.base import Session
    from sibtui.project.tables.queried_rows import QueriedRow


class MatrixScope:
    """The columns of one matrix, the codes of its rows, and the codings that count.

    If a query `where` is given, the codings that it finds count. If not, the codings with the ids `numbers` count;
    None means all codings. A scope keeps its data, so use it only inside one snapshot of the store or one act (step of
    undo).

    `same_rows` is a scope made in the same snapshot or act, for a matrix with the same rows. To save time, the query
    results and the decisions of `same_rows` are used again.
    """

    def __init__(
        self,
        session: Session,
        definition: MatrixDefinition,
        where: str = "",
        *,
        numbers: frozenset[int] | None = None,
        same_rows: MatrixScope | None = None,
    ) -> None:
        self._same_rows = same_rows
        self._given_numbers = numbers
        self.session = session
        self.store = session.store
        self.where = where
        self.definition = definition
        self.kinds = choices("kind of source", definition.kinds, KINDS)
        self.rounds = as_rounds(definition.rounds)
        if attribute_of(definition.columns) is not None:  # a saved label may be another spelling of the value
            self.definition = with_columns(definition, self.columns[1])

    @cached_property
    def coders(self) -> tuple[int, ...]:
        """The ids of the coders whose codings count; empty if the codings of all coders count."""
        if not self.definition.coders:
            return ()
        from sibtui.project.shared.resolve_filter import coder_ids

        return coder_ids(self.session, self.definition.coders)

    @cached_property
    def numbers(self) -> frozenset[int] | None:
        """The ids of the codings that count for the matrix, or None if all codings count."""
        if not self.where:
            return self._given_numbers
        from sibtui.project.retrieval.stored_codings import numbers_found

        return frozenset(numbers_found(self.session, self.where))

    @cached_property
    def bounds(self) -> QueryBounds:
        """The sources, coders and rounds of coding in which the query `where` can find codings."""
        if not self.where or self.numbers is None:  # evaluated first, because this names the place of an error
            return QueryBounds()
        from sibtui.project.retrieval.query_bounds import bounds_of_query

        return bounds_of_query(self.session, self.where)

    @cached_property
    def settled(self) -> tuple[int, ...]:
        """The ids of the codings that do not count, because a decision on a disagreement replaces them.

        They are for rows without a query; see `row_numbers` for the other rows.
        """
        return self._replaced(self.bounds)

    def _replaced(self, bounds: QueryBounds) -> tuple[int, ...]:
        """Return the ids of the codings that a decision replaces, if only codings within `bounds` can count.

        A matrix with coders as columns shows what each coder did, so there the result is empty. See `replaced_codings`.
        """
        if self.columns[0] == "coder" or not decisions_count(self.store, *bounds.readers(self.coders, self.rounds)):
            return ()
        return self.decided

    @cached_property
    def decided(self) -> tuple[int, ...]:
        """The ids of the codings in disagreements on which a decision was made, read once for all rows."""
        return settled_codings(self.store) if self._same_rows is None else self._same_rows.decided

    @cached_property
    def columns(self) -> tuple[str, dict[str, tuple[int, ...]]]:
        """The kind of the items in the columns, and a map: column label → ids of the items (see `column_members`)."""
        return column_members(self.store, self.definition.columns)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the columns: the chosen columns of the definition, in their order, or else all columns.

        Raises NotFoundError when the study does not have a chosen column.
        """
        known = self.columns[1]
        for label in self.definition.only:
            if label not in known:
                named = f"The matrix {self.definition.name}".rstrip()
                raise NotFoundError(f"{named} picks a column “{label}”, which the study does not have.")
        return tuple(self.definition.only) or tuple(known)

    @property
    def existing_labels(self) -> tuple[str, ...]:
        """The labels of the columns, without chosen columns that the study does not have."""
        known = self.columns[1]
        return tuple(filter(known.__contains__, self.definition.only)) if self.definition.only else tuple(known)

    @property
    def can_be_shown(self) -> bool:
        """Whether the study has all columns that the definition chooses, and all queries of rows can be answered."""
        if not all(label in self.columns[1] for label in self.definition.only):
            return False
        try:
            _ = self.of_queries
        except (InputError, NotFoundError):
            return False
        return True

    @cached_property
    def grouping(self) -> Grouping:
        by, members = self.columns
        return Grouping(by, {member: at for at, label in enumerate(self.labels) for member in members[label]})

    @cached_property
    def codes(self) -> list[Code]:
        return code_rows.codes(self.store)

    @cached_property
    def row_codes(self) -> list[tuple[int, ...]]:
        """A list with one entry per row: the ids of its codes. Sub-codes are included, unless the row leaves them out.

        If a row counts the codings of a query, it has all codes whose codings the query can find. If the query `where`
        can find codings of some codes of a row only, the row has only these.
        """
        return [self._within_where(chosen) for chosen in self._chosen_codes()]

    def _within_where(self, codes: tuple[int, ...]) -> tuple[int, ...]:
        if self._codes_of_where is None:
            return codes
        return tuple(code for code in codes if code in self._codes_of_where) or codes

    @cached_property
    def _codes_of_where(self) -> frozenset[int] | None:
        """The ids of the codes whose codings the query `where` can find; None without a query."""
        if not self.where or self.numbers is None:  # evaluated first, because this names the place of an error
            return None
        from sibtui.project.retrieval.query_bounds import codes_of_query

        return codes_of_query(self.session, self.where)

    def _chosen_codes(self) -> Iterator[tuple[int, ...]]:
        codes = self.codes
        numbers = {code.path: code.id for code in codes}
        below: dict[int, list[int]] = {code.id: [code.id] for code in codes}
        for code in reversed(codes):  # parents come before their sub-codes
            if code.parent is not None:
                below[code.parent] += below[code.id]
        order = {code.id: at for at, code in enumerate(codes)}
        for at, row in enumerate(self.definition.rows):
            if row.query:
                yield self.of_queries[at].codes
                continue
            own = {numbers[resolve(path, numbers)] for path in row.codes}
            chosen = own.union(*(below[number] for number in own)) if row.subcodes else own
            yield tuple(sorted(chosen, key=order.__getitem__))

    @cached_property
    def of_queries(self) -> dict[int, QueriedRow]:
        """A map for the rows that count the codings of a query: index of the row → its codes and codings."""
        if not any(row.query for row in self.definition.rows):
            return {}
        if self._same_rows is not None:
            return self._same_rows.of_queries
        from sibtui.project.tables.queried_rows import queried_rows

        return queried_rows(self.session, self.definition)

    @cached_property
    def row_numbers(self) -> list[frozenset[int] | None]:
        """One entry per row: the ids of the codings that count, or None if all codings of the row's codes count.

        Codings that a decision replaces (see `settled`) are left out. They are not left out if the entry is None.
        """
        return [self._numbers_of(at) for at in range(len(self.definition.rows))]

    def _numbers_of(self, row: int) -> frozenset[int] | None:
        if row not in self.of_queries:
            return self.plain_numbers
        queried = self.of_queries[row]
        found = queried.numbers if self.numbers is None else queried.numbers & self.numbers
        return found.difference(self._replaced(self.bounds.within(queried.bounds)))

    @cached_property
    def plain_numbers(self) -> frozenset[int] | None:
        """The entry of `row_numbers` for the rows without a query."""
        return None if self.numbers is None else self.numbers.difference(self.settled)
