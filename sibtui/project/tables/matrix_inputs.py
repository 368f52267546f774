"""The data from which a matrix is computed: columns, codings, readings, topic records and judgements."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from sibtui.errors import InputError, NotFoundError
from sibtui.model.arguments import as_rounds, choices
from sibtui.model.cell_basis import BasisColumn, CellBasis, ReadTimes, reasons
from sibtui.model.codebook import resolve
from sibtui.model.compute import compute_matrix, figures, judged, row_rule
from sibtui.model.disputes import Dispute, disputes_among
from sibtui.model.judgement_basis import BasisQuote, JudgementBasis, rule_in_words
from sibtui.model.matrix import LINES, SUMMARY_SHOWS, attribute_of, with_columns
from sibtui.model.query.bounds import QueryBounds
from sibtui.model.records import KINDS
from sibtui.model.table_lines import TableFacts, lines_under
from sibtui.project.shared.decisions import replaced_codings
from sibtui.project.shared.resolve_filter import coder_ids
from sibtui.project.tables.matrix_columns import column_members, unpaired
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import codings as coding_rows
from sibtui.store import evidence as evidence_rows
from sibtui.store import readings as reading_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows
from sibtui.store import undecided as undecided_rows
from sibtui.store.evidence import Grouping

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from sibtui.model.matrix import Judgement, Matrix, MatrixDefinition
    from sibtui.model.records import Code, Coding, Kind
    from sibtui.model.summaries import Summary
    from sibtui.project.shared.base import Session
    from sibtui.project.tables.queried_rows import QueriedRow


class MatrixInputs:
    """Collects the data for one matrix, and computes the matrix.

    Use one object inside one snapshot of the store, or inside one act.

    If the query `where` is not empty, only the codings that it finds count. `numbers` are the ids of the codings that
    count; None means all codings. `same_rows` are inputs with the same rows, computed in the same snapshot: the queries
    of rows are not evaluated again.
    """

    def __init__(
        self,
        session: Session,
        definition: MatrixDefinition,
        where: str = "",
        *,
        numbers: frozenset[int] | None = None,
        same_rows: MatrixInputs | None = None,
    ) -> None:
        self._same_rows = same_rows
        self._session = session
        self._given_numbers = numbers
        self._where = where
        self._store = session.store
        self.definition = definition
        self._kinds = choices("kind of source", definition.kinds, KINDS)
        self._rounds = as_rounds(definition.rounds)
        self._unjudged: Matrix | None = None
        self._waiting: list[Mapping[int, int]] = []
        if attribute_of(definition.columns) is not None:  # a saved label may be another spelling of the value
            self.definition = with_columns(definition, self._columns[1])

    @cached_property
    def _coders(self) -> tuple[int, ...]:
        """The ids of the coders whose codings count; empty if the codings of all coders count."""
        return coder_ids(self._session, self.definition.coders)

    @cached_property
    def _numbers(self) -> frozenset[int] | None:
        """The ids of the codings that count for the matrix, or None if all codings count."""
        if not self._where:
            return self._given_numbers
        from sibtui.project.retrieval.stored_codings import numbers_found

        return frozenset(numbers_found(self._session, self._where))

    @cached_property
    def _bounds(self) -> QueryBounds:
        """The sources, coders and rounds whose codings the query `where` can find.

        Other sources need no reading, and readings of other coders and rounds do not count.
        """
        if not self._where or self._numbers is None:  # evaluated first, because this names the place of an error
            return QueryBounds()
        from sibtui.project.retrieval.query_bounds import bounds_of_query

        return bounds_of_query(self._session, self._where)

    @cached_property
    def _settled(self) -> tuple[int, ...]:
        """The ids of the codings that do not count, because codings of the coder “consensus” count instead of them.

        There are no such ids if the codings of this coder do not count, or if each coder has a column.
        """
        if self._columns[0] == "coder":
            return ()
        return replaced_codings(self._store, self._coders, self._rounds)

    @cached_property
    def _columns(self) -> tuple[str, dict[str, tuple[int, ...]]]:
        """The kind of items in the columns (case, source or coder), and a map: column label → ids of items."""
        return column_members(self._store, self.definition.columns)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the columns. If the definition chooses columns, they are in the order of this choice.

        Raises NotFoundError when the study does not have a column that the definition chooses.
        """
        known = self._columns[1]
        for label in self.definition.only:
            if label not in known:
                named = f"The matrix {self.definition.name}".rstrip()
                raise NotFoundError(f"{named} picks a column “{label}”, which the study does not have.")
        return tuple(self.definition.only) or tuple(known)

    @property
    def existing_labels(self) -> tuple[str, ...]:
        """The labels of the columns, without those that the definition chooses and that the study does not have."""
        known = self._columns[1]
        return tuple(filter(known.__contains__, self.definition.only)) if self.definition.only else tuple(known)

    @property
    def can_be_shown(self) -> bool:
        """Whether the study has all columns that the definition chooses, and all queries of rows can be answered."""
        if not all(label in self._columns[1] for label in self.definition.only):
            return False
        try:
            _ = self._of_queries
        except (InputError, NotFoundError):
            return False
        return True

    @cached_property
    def _grouping(self) -> Grouping:
        by, members = self._columns
        return Grouping(by, {member: at for at, label in enumerate(self.labels) for member in members[label]})

    @cached_property
    def _codes(self) -> list[Code]:
        return code_rows.codes(self._store)

    @cached_property
    def _rows(self) -> list[tuple[int, ...]]:
        """For each row, the ids of the codes that it counts. Sub-codes are included, unless the row leaves them out.

        For a row that counts the codings of a query, return the codes whose codings the query can find. For a complete
        cell, the sources must be read for all these codes.
        """
        codes = self._codes
        numbers = {code.path: code.id for code in codes}
        below: dict[int, list[int]] = {code.id: [code.id] for code in codes}
        for code in reversed(codes):  # parents come before their sub-codes
            if code.parent is not None:
                below[code.parent] += below[code.id]
        order = {code.id: at for at, code in enumerate(codes)}
        found = []
        for at, row in enumerate(self.definition.rows):
            if row.query:
                found.append(self._of_queries[at].codes)
                continue
            own = {numbers[resolve(path, numbers)] for path in row.codes}
            chosen = own.union(*(below[number] for number in own)) if row.subcodes else own
            found.append(tuple(sorted(chosen, key=order.__getitem__)))
        return found

    @cached_property
    def _of_queries(self) -> dict[int, QueriedRow]:
        """A map: index of a row that counts the codings of a query → codes and codings that the query can find."""
        if not any(row.query for row in self.definition.rows):
            return {}
        if self._same_rows is not None:
            return self._same_rows._of_queries  # noqa: SLF001 - another object of this class
        from sibtui.project.tables.queried_rows import queried_rows

        return queried_rows(self._session, self.definition)

    @cached_property
    def _row_numbers(self) -> list[frozenset[int] | None]:
        """For each row, the ids of the codings that count for it. None if all codings of its codes count."""
        return [self._numbers_of(at) for at in range(len(self.definition.rows))]

    def _numbers_of(self, row: int) -> frozenset[int] | None:
        if row not in self._of_queries:
            return self._numbers
        found = self._of_queries[row].numbers
        return found if self._numbers is None else found & self._numbers

    @property
    def column_sources(self) -> list[Sequence[int]]:
        """For each column, the ids of its sources."""
        return [column.sources for column in self._basis.columns]

    def matrix(self, first_note: int) -> Matrix:
        """Return the computed matrix with its judgements, and with the lines that are printed below the matrix.

        `first_note` is the number of the first note of the matrix.
        """
        matrix = self._computed(first_note)
        for judgement in self.definition.judgements:
            if judgement.column in matrix.columns:
                row, column = self._place(judgement.row, judgement.column)
                gaps = self._bases[row].gaps(column, self._rows[row])
                matrix = judged(matrix, row, column, judgement, self._changes(judgement), gaps)
        if matrix.show in SUMMARY_SHOWS:
            from sibtui.project.tables.summary_cells import with_summaries

            matrix = with_summaries(self, self._store, matrix)
        lines = lines_under(matrix, self._facts(), choices("line", self.definition.leave_out, LINES))
        return self._filled(replace(matrix, about=lines))

    def unjudged(self) -> Matrix:
        """Return the computed matrix without its judgements."""
        return self._computed()

    def _computed(self, first_note: int = 1) -> Matrix:
        if self._unjudged is None:
            asks_kinds = self.definition.rule.asks_kinds or any(row.needs for row in self.definition.rows)
            counted = list(
                evidence_rows.evidence(
                    self._store, self._rows, self._grouping, kinds=self._kinds, coders=self._coders, rounds=self._rounds,
                    settled=self._settled, numbers=self._row_numbers,
                    of_kind=self._kind_of if asks_kinds else None,
                )
            )  # fmt: skip
            self._waiting = [row.waiting for row in counted if row.waiting]
            self._unjudged = compute_matrix(
                self.definition, self.labels, counted, self._bases, self._rows, first_note=first_note
            )
        return self._unjudged

    def _filled(self, matrix: Matrix) -> Matrix:
        """Return the matrix with the contents of cells that the definition asks for, such as counts or quotes."""
        if matrix.show in {"presence", *SUMMARY_SHOWS}:
            return matrix
        if matrix.show == "quotes":
            return self._with_quotes(matrix)
        if matrix.show in {"coverage", "coverage %"}:
            lengths = dict(
                self._store.query(
                    "SELECT source_id, length FROM texts t WHERE version = (SELECT max(version) FROM texts WHERE source_id = t.source_id)"
                ).fetchall()
            )
            whole = [sum(lengths[source] for source in column.sources) for column in self._basis.columns]
            covered = evidence_rows.covered_characters(
                self._store, self._rows, self._grouping,
                kinds=self._kinds, coders=self._coders, rounds=self._rounds, settled=self._settled, numbers=self._row_numbers,
            )  # fmt: skip
            made = [
                replace(
                    row,
                    cells=tuple(
                        replace(c, characters=found.get(at, 0), length=whole[at]) for at, c in enumerate(row.cells)
                    ),
                )
                for row, found in zip(matrix.rows, covered, strict=True)
            ]
            matrix = replace(matrix, rows=tuple(made))
        return figures(matrix)

    def _with_quotes(self, matrix: Matrix) -> Matrix:
        verbatim = {s.name for s in source_rows.sources(self._store, counts=False) if s.fidelity == "verbatim"}
        made = []
        for at, row in enumerate(matrix.rows):
            cells, found = [], self.codings_by_column(at)
            for column, cell in enumerate(row.cells):
                lines = [_quoted(coding, coding.source in verbatim) for coding in found.get(column, ())]
                cells.append(replace(cell, mark="\n".join(lines)))
            made.append(replace(row, cells=tuple(cells)))
        return replace(matrix, rows=tuple(made))

    @cached_property
    def _kind_of(self) -> dict[int, Kind]:
        return dict(self._store.query("SELECT id, kind FROM sources").fetchall())

    @cached_property
    def _touched(self) -> dict[int, tuple[int, ...]]:
        return source_rows.cases_by_source(self._store)

    @cached_property
    def _basis(self) -> CellBasis:
        codes = self._codes
        return CellBasis(
            columns=list(self._basis_columns(self._bounds)),
            names={number: name for name, number in source_rows.source_ids(self._store).items()},
            paths={code.id: code.path for code in codes},
            parents={code.id: code.parent for code in codes},
            needed={code.id: code.read_since for code in codes},
            topics=evidence_rows.topics(self._store),
            touched=self._touched,
        )

    @cached_property
    def _bases(self) -> list[CellBasis]:
        """For each row, the basis of its cells.

        For a row on a query, the sources and readings are those of the items whose codings the query can find.
        """
        made: dict[QueryBounds, CellBasis] = {self._bounds: self._basis}
        found = []
        for at in range(len(self.definition.rows)):
            bounds = self._bounds
            if at in self._of_queries:
                bounds = bounds.within(self._of_queries[at].bounds)
            if bounds not in made:
                made[bounds] = dataclasses.replace(self._basis, columns=list(self._basis_columns(bounds)))
            found.append(made[bounds])
        return found

    def _basis_columns(self, bounds: QueryBounds) -> Iterator[BasisColumn]:
        """Yield, for each column, its sources and the readings that count for it, both within the bounds of a query.

        The column of a coder has all sources.
        """
        by, members = self._columns
        counted = [
            number
            for number, kind in self._kind_of.items()
            if (not self._kinds or kind in self._kinds) and (bounds.sources is None or number in bounds.sources)
        ]
        names = {coder.id: coder.name for coder in study_rows.coders(self._store)}
        if by == "coder":
            for label in self.labels:
                yield BasisColumn(counted, self._times(members[label], bounds, names))
            return
        times = self._times(self._coders, bounds, names)
        touching: dict[int, list[int]] = {}
        for source in counted:
            for case in self._touched.get(source, ()):
                touching.setdefault(case, []).append(source)
        known = set(counted)
        for label in self.labels:
            own = members[label]
            if by == "case":
                sources = dict.fromkeys(source for case in own for source in touching.get(case, ()))
                yield BasisColumn(sorted(sources), times, frozenset(own))
            elif by == "pair":
                cases, sources_of = unpaired(own)
                yield BasisColumn([source for source in sources_of if source in known], times, frozenset(cases))
            else:
                yield BasisColumn([source for source in own if source in known], times)

    def _times(self, coders: tuple[int, ...], bounds: QueryBounds, names: Mapping[int, str]) -> ReadTimes:
        coders, rounds = _both(coders, bounds.coders), _both(self._rounds, bounds.rounds)
        whole, single = reading_rows.times(self._store, coders, rounds)
        return ReadTimes(whole, single, tuple(names[coder] for coder in coders))

    def _facts(self) -> TableFacts:
        """Return the facts for the lines below the matrix, except those that are in the matrix itself."""
        names = {coder.id: coder.name for coder in study_rows.coders(self._store)}
        basis = self._basis
        codes = tuple(dict.fromkeys(code for row in self._rows for code in row))
        unread: dict[str, list[str]] = {}
        for at, label in enumerate(self.labels):
            for source in self._unread_in(at):
                unread.setdefault(source, []).append(label)
        sources = {source for column in basis.columns if column.cases for source in column.sources}
        every = {source for column in basis.columns for source in column.sources}
        return TableFacts(
            kinds=self._kinds,
            coders=tuple(names[coder] for coder in self._coders),
            where=self._where,
            rounds=self._rounds,
            waiting=self._waiting_in(sources, codes),
            undecided=self._in_any_row(
                lambda chosen, numbers: undecided_rows.count(
                    self._store, chosen, sorted(every), self._kinds, self._coders, numbers, self._rounds
                )
            ),
            unread=tuple(
                (source, tuple(labels) if basis.columns[0].cases else ()) for source, labels in unread.items()
            ),
            nothing_asked=basis.nothing_recorded,
        )

    def _unread_in(self, column: int) -> Iterable[str]:
        """Return the names of the sources of a column that were not read for a code of any row."""
        needed: dict[int, tuple[CellBasis, dict[int, None]]] = {}
        for basis, codes in zip(self._bases, self._rows, strict=True):
            needed.setdefault(id(basis), (basis, {}))[1].update(dict.fromkeys(codes))
        return dict.fromkeys(
            gap.source for basis, codes in needed.values() if codes for gap in basis.gaps(column, tuple(codes))
        )

    def _waiting_in(self, sources: Collection[int], codes: Collection[int]) -> int:
        """Return the number of codings without a case in these sources that have a code of any row."""
        if not sources or not self._waiting:
            return 0
        if len(codes) < sum(len(row) for row in self._rows):  # rows share codes, and with them codings
            return self._in_any_row(
                lambda chosen, numbers: evidence_rows.waiting(
                    self._store, chosen, sorted(sources),
                    kinds=self._kinds, coders=self._coders, rounds=self._rounds, settled=self._settled, numbers=numbers,
                )
            )  # fmt: skip
        return sum(number for row in self._waiting for source, number in row.items() if source in sources)

    def _in_any_row(self, count: Callable[[list[int], frozenset[int] | None], int]) -> int:
        """Return how many codings count for at least one row.

        `count` takes codes and ids of codings, and counts the codings with one of these codes and one of these ids. If
        the ids are None, a coding with any id is counted.
        """
        queried = self._of_queries
        plain = [code for at, row in enumerate(self._rows) if at not in queried for code in row]
        total = count(list(dict.fromkeys(plain)), self._numbers)
        if not queried:
            return total
        found = frozenset().union(*(self._row_numbers[at] or () for at in queried))
        every = dict.fromkeys(code for at in queried for code in self._rows[at])
        return total + count(list(every), found) - count(list(dict.fromkeys(plain)), found)

    @cached_property
    def _paths(self) -> dict[int, str]:
        return {code.id: code.path for code in self._codes}

    def codings(self, row: int, column: int) -> Iterator[Coding]:
        """Yield the codings of a cell. `row` and `column` are the indexes of the cell."""
        return self._read(self._cell(row, column), row)

    def _read(self, selection: coding_rows.Selection, row: int) -> Iterator[Coding]:
        """Yield the codings that pass a selection, but only those that count for a row (see `_row_numbers`)."""
        numbers = self._row_numbers[row]
        for coding in coding_rows.codings(self._store, selection, paths=self._paths):
            if numbers is None or coding.id in numbers:
                yield coding

    def codings_by_column(self, row: int) -> Mapping[int, list[Coding]]:
        """Return a map for one row: index of a column → codings of the cell.

        Columns without codings are left out. All cells of the row are read with one query.
        """
        by = self._columns[0]
        found: dict[int, list[Coding]] = {}
        selection = coding_rows.Selection(
            codes=self._rows[row],
            coders=self._coders or None,
            kinds=self._kinds or None,
            rounds=self._rounds or None,
            without=self._settled,
        )
        for coding in self._read(selection, row):
            for column in {self._column_of[name] for name in _members(coding, by) if name in self._column_of}:
                found.setdefault(column, []).append(coding)
        return found

    @cached_property
    def _column_of(self) -> dict[str | tuple[str, str], int]:
        """A map: name of a case, source or coder, or names of a case and a source → index of its column."""
        by, members = self._grouping.by, self._grouping.columns
        if by == "pair":
            labels = case_rows.labels(self._store)
            names = {number: name for name, number in source_rows.source_ids(self._store).items()}
            places = {member: unpaired([member]) for member in members}
            return {(labels[places[m][0][0]], names[places[m][1][0]]): column for m, column in members.items()}
        if by == "case":
            names = case_rows.labels(self._store)
        elif by == "source":
            names = {number: name for name, number in source_rows.source_ids(self._store).items()}
        else:
            names = {coder.id: coder.name for coder in study_rows.coders(self._store)}
        return {names[member]: column for member, column in members.items()}

    def waiting(self, row: int, column: int) -> Iterator[Coding]:
        """Yield the codings without a case that may belong to a cell.

        These codings have a code of the cell's row, and are in a source of the cell's column. `row` and `column` are
        indexes.
        """
        basis = self._bases[row].columns[column]
        selection = coding_rows.Selection(
            codes=self._rows[row],
            sources=tuple(basis.sources) if basis.cases else (),
            coders=self._coders or None,
            rounds=self._rounds or None,
            unattributed=True,
            without=self._settled,
        )
        return self._read(selection, row)

    def _cell(self, row: int, column: int) -> coding_rows.Selection:
        by, members = self._columns
        chosen = members[self.labels[column]]
        cases, sources = unpaired(chosen) if by == "pair" else (chosen, chosen)
        return coding_rows.Selection(
            codes=self._rows[row],
            cases=cases if by in {"case", "pair"} else None,
            sources=sources if by in {"source", "pair"} else None,
            coders=self._coders_among(chosen) if by == "coder" else self._coders or None,
            rounds=self._rounds or None,
            kinds=self._kinds or None,
            without=self._settled,
        )

    def _coders_among(self, column: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(coder for coder in column if not self._coders or coder in self._coders)

    def summary_changes(self, summary: Summary) -> tuple[str, ...]:
        """Return clauses on the changes of the evidence since a summary was written."""
        return summary.changes(self.basis(summary.row, summary.column))

    def _place(self, row: str, column: str) -> tuple[int, int]:
        """Return the indexes of a row and a column, given by their labels.

        Raises NotFoundError for an unknown label.
        """
        labels = [line.label for line in self.definition.rows]
        if row not in labels:
            raise NotFoundError(f"The matrix has no row “{row}” to be judged.")
        if column not in self.labels:
            raise NotFoundError(f"The matrix has no column “{column}” to be judged.")
        return labels.index(row), self.labels.index(column)

    def based(self, judgement: Judgement) -> Judgement:
        """Return the judgement with the current evidence of its cell stored in `basis`.

        If the judgement has such evidence already, return it unchanged.
        """
        if judgement.basis is not None or judgement.fingerprint:
            return judgement
        return replace(judgement, basis=self.basis(judgement.row, judgement.column))

    def basis(self, row: str, column: str) -> JudgementBasis:
        """Return the present evidence of a cell as it is stored with a judgement: its quotes, readings and codes."""
        at, column_at = self._place(row, column)
        cell = self._computed().rows[at].cells[column_at]
        codes = self._rows[at]
        uids = {code.id: (code.uid, code.path) for code in self._codes}
        return JudgementBasis(
            computed=cell.computed,
            rule=rule_in_words(row_rule(self.definition, self.definition.rows[at])),
            codes=tuple(uids[code] for code in codes),
            open=reasons(self._bases[at].gaps(column_at, codes), cell.waiting),
            covered_by=self._bases[at].covered_by(column_at, codes),
            quotes=tuple(sorted(self._quotes(at, column_at))),
        )

    def _quotes(self, row: int, column: int) -> Iterator[BasisQuote]:
        sources, cases = self._uids
        for coding in self.codings(row, column):
            yield BasisQuote(
                sources[coding.source], coding.quote, coding.before, coding.after, coding.stance, coding.certainty,
                tuple(sorted(cases[case] for case in coding.cases)),
            )  # fmt: skip

    @cached_property
    def _uids(self) -> tuple[dict[str, str], dict[str, str]]:
        """Two maps: name of a source → lasting id, label of a case → lasting id.

        A lasting id is the same in all copies of the study.
        """
        return (
            dict(self._store.query("SELECT name, uid FROM sources").fetchall()),
            dict(self._store.query("SELECT label, uid FROM cases").fetchall()),
        )

    def _changes(self, judgement: Judgement) -> tuple[str, ...]:
        """Return clauses that state how the evidence of a cell has changed since a judgement.

        If a judgement comes from an older file, its evidence was not stored. For such a judgement, only a digest of the
        codings is compared.
        """
        if judgement.basis is not None:
            return judgement.basis.changes(self.basis(judgement.row, judgement.column))
        if self._fingerprint(judgement.row, judgement.column) != judgement.fingerprint:
            return ("its codings are not those of then",)
        return ()

    def _fingerprint(self, row: str, column: str) -> str:
        """Return a digest of the places, stances and certainties of a cell's codings, as in judgements of version 1."""
        import hashlib

        cell = self._cell(*self._place(row, column))
        parts = evidence_rows.fingerprint_parts(self._store, coding_rows.ids(self._store, cell))
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    def disputes(self) -> Iterator[Dispute]:
        """Yield each cell in which two coders disagree on a passage, row by row, with the disagreements."""
        if self._store.scalar("SELECT min(coder_id) IS max(coder_id) FROM codings"):
            return
        for at, row in enumerate(self._computed().rows):
            for column, cell in enumerate(row.cells):
                if cell.disputed:
                    pairs = tuple(disputes_among(self.codings(at, column)))
                    yield Dispute(row.label, self.labels[column], pairs)

    def stale(self) -> list[tuple[str, str, str]]:
        """Return (row, column, changes) for each judged cell whose evidence has changed since the judgement."""
        shown = set(self.labels)
        found = [(j, self._changes(j)) for j in self.definition.judgements if j.column in shown]
        return [(j.row, j.column, "; ".join(changes)) for j, changes in found if changes]


def _both(chosen: tuple[int, ...], bounds: frozenset[int] | None) -> tuple[int, ...]:
    """Return the chosen ids that are within the bounds of a query. If `chosen` is empty, all ids are chosen.

    If no id is left, the query finds nothing: then the bounds do not count.
    """
    if bounds is None:
        return chosen
    return tuple(sorted(bounds.intersection(chosen) if chosen else bounds)) or chosen


def _members(coding: Coding, by: str) -> Sequence[str | tuple[str, str]]:
    """Return the names of the items to which a coding belongs: cases, a source, a coder, or pairs of a case and a source."""
    match by:
        case "case":
            return coding.cases
        case "source":
            return (coding.source,)
        case "pair":
            return [(case, coding.source) for case in coding.cases]
        case _:
            return (coding.coder,)


def _quoted(coding: Coding, verbatim: bool) -> str:
    """Return the quote of a coding as the content of a cell.

    The quote has quotation marks only if its words are verbatim.
    """
    text = " ".join(coding.quote.split())
    dash = "" if coding.stance == "supports" else "– "
    doubt = " (?)" if coding.certainty == "tentative" else ""
    return f"{dash}“{text}”{doubt} [{coding.source}]" if verbatim else f"{dash}{text}{doubt} [{coding.source}]"
