"""The data from which a matrix is computed, such as its columns, its codings, and the readings of its sources."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sibtui.errors import NotFoundError
from sibtui.model.arguments import choices
from sibtui.model.cell_basis import CellBasis, reasons
from sibtui.model.compute import compute_matrix, figures, judged, row_rule
from sibtui.model.frozen import replace
from sibtui.model.judgement_basis import BasisQuote, JudgementBasis, rule_in_words
from sibtui.model.matrix_definition import LINES, SUMMARY_SHOWS
from sibtui.model.table_lines import TableFacts, lines_under
from sibtui.project.tables.cell_bases import CellBases
from sibtui.project.tables.cell_codings import CellCodings
from sibtui.project.tables.matrix_scope import MatrixScope
from sibtui.store import codings as coding_rows
from sibtui.store import evidence as evidence_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows
from sibtui.store import undecided as undecided_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from sibtui.model.disputes import Dispute
    from sibtui.model.matrix import Matrix
    from sibtui.model.matrix_definition import Judgement, MatrixDefinition
    from sibtui.model.records import Coding
    from sibtui.model.summaries import Summary
    from sibtui.project.shared.base import Session


class MatrixInputs:
    """Reads the data for one matrix from the store, and computes the matrix.

    `where`, `numbers` and `same_rows` have the same meaning as in `MatrixScope`. The object keeps its data, so it is
    only valid inside one snapshot of the store, or inside one act (step of undo).
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
        rows = None if same_rows is None else same_rows._scope  # noqa: SLF001 - another object of this class
        self._scope: MatrixScope = MatrixScope(session, definition, where, numbers=numbers, same_rows=rows)
        self._bases = CellBases(self._scope)
        self._cells = CellCodings(self._scope, self._bases)
        self._store = session.store
        self._unjudged: Matrix | None = None
        self._waiting: list[Mapping[int, int]] = []
        self.definition = self._scope.definition
        self.codings = self._cells.codings
        self.codings_by_column = self._cells.codings_by_column
        self.waiting = self._cells.waiting

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the columns: the chosen columns of the definition, or else all columns.

        Raises NotFoundError when the study does not have a chosen column.
        """
        return self._scope.labels

    @property
    def existing_labels(self) -> tuple[str, ...]:
        return self._scope.existing_labels

    @property
    def can_be_shown(self) -> bool:
        return self._scope.can_be_shown

    @property
    def column_sources(self) -> list[Sequence[int]]:
        """A list with one entry per column: the ids of its sources."""
        return [column.sources for column in self._bases.whole.columns]

    def matrix(self, first_note: int) -> Matrix:
        """Return the computed matrix with the researcher's judgements, and with the lines that are printed below it.

        `first_note` is the number of the first footnote below the matrix.
        """
        matrix = self._computed(first_note)
        for judgement in self.definition.judgements:
            if judgement.column in matrix.columns:
                row, column = self._place(judgement.row, judgement.column)
                gaps = self._bases.of_rows[row].gaps(column, self._scope.row_codes[row])
                matrix = judged(matrix, row, column, judgement, self._changes(judgement), gaps)
        if matrix.show in SUMMARY_SHOWS:
            from sibtui.project.tables.summary_cells import with_summaries

            matrix = with_summaries(self, self._store, matrix)
        lines = lines_under(matrix, self._facts(), choices("line", self.definition.leave_out, LINES))
        return self._filled(replace(matrix, about=lines))

    def unjudged(self) -> Matrix:
        """Return the matrix with the computed states of its cells, without the researcher's judgements."""
        return self._computed()

    def _computed(self, first_note: int = 1) -> Matrix:
        if self._unjudged is None:
            asks_kinds = self.definition.rule.asks_kinds or any(row.needs for row in self.definition.rows)
            counted = list(
                evidence_rows.evidence(
                    self._store, self._scope.row_codes, self._scope.grouping, kinds=self._scope.kinds, coders=self._scope.coders, rounds=self._scope.rounds,
                    settled=self._scope.settled, numbers=self._scope.row_numbers,
                    of_kind=self._bases.kind_of if asks_kinds else None,
                )
            )  # fmt: skip
            self._waiting = [row.waiting for row in counted if row.waiting]
            self._unjudged = compute_matrix(
                self.definition, self.labels, counted, self._bases.of_rows, self._scope.row_codes, first_note=first_note
            )
        return self._unjudged

    def _filled(self, matrix: Matrix) -> Matrix:
        """Return the matrix with filled cells. Its field `show` selects their content, such as counts or quotes."""
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
            whole = [sum(lengths[source] for source in column.sources) for column in self._bases.whole.columns]
            covered = evidence_rows.covered_characters(
                self._store, self._scope.row_codes, self._scope.grouping,
                kinds=self._scope.kinds, coders=self._scope.coders, rounds=self._scope.rounds, settled=self._scope.settled, numbers=self._scope.row_numbers,
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

    def _facts(self) -> TableFacts:
        """Return the facts for the lines below the printed matrix, such as the filters and the unread sources."""
        names = {coder.id: coder.name for coder in study_rows.coders(self._store)}
        basis = self._bases.whole
        codes = tuple(dict.fromkeys(code for row in self._scope.row_codes for code in row))
        unread: dict[str, list[str]] = {}
        for at, label in enumerate(self.labels):
            for source in self._unread_in(at):
                unread.setdefault(source, []).append(label)
        order = {name: at for at, name in enumerate(basis.names.values())}
        sources = {source for column in basis.columns if column.cases for source in column.sources}
        every = {source for column in basis.columns for source in column.sources}
        return TableFacts(
            kinds=self._scope.kinds,
            coders=tuple(names[coder] for coder in self._scope.coders),
            where=self._scope.where,
            rounds=self._scope.rounds,
            waiting=self._waiting_in(sources, codes),
            undecided=self._in_any_row(
                lambda chosen, numbers: undecided_rows.count(
                    self._store,
                    chosen,
                    sorted(every),
                    self._scope.kinds,
                    self._scope.coders,
                    numbers,
                    self._scope.rounds,
                    self._scope.settled,
                )
            ),
            unread=tuple(
                (source, tuple(unread[source]) if basis.columns[0].cases else ())
                for source in sorted(unread, key=order.__getitem__)
            ),
            nothing_asked=basis.nothing_recorded,
        )

    def _unread_in(self, column: int) -> Iterable[str]:
        """Return the names of those sources of a column that must still be read for at least one code of the rows."""
        needed: dict[int, tuple[CellBasis, dict[int, None]]] = {}
        for basis, codes in zip(self._bases.of_rows, self._scope.row_codes, strict=True):
            needed.setdefault(id(basis), (basis, {}))[1].update(dict.fromkeys(codes))
        return dict.fromkeys(
            gap.source for basis, codes in needed.values() if codes for gap in basis.gaps(column, tuple(codes))
        )

    def _waiting_in(self, sources: Collection[int], codes: Collection[int]) -> int:
        """Return the number of codings in these sources that would count in the matrix if they had a case.

        `sources` are the ids of the sources, and `codes` the ids of the codes of all rows.
        """
        if not sources or not self._waiting:
            return 0
        if len(codes) < sum(len(row) for row in self._scope.row_codes):  # rows share codes, and with them codings
            return self._in_any_row(
                lambda chosen, numbers: evidence_rows.waiting(
                    self._store, chosen, sorted(sources),
                    kinds=self._scope.kinds, coders=self._scope.coders, rounds=self._scope.rounds, settled=self._scope.settled, numbers=numbers,
                )
            )  # fmt: skip
        return sum(number for row in self._waiting for source, number in row.items() if source in sources)

    def _in_any_row(self, count: Callable[[list[int], frozenset[int] | None], int]) -> int:
        """Return the number of codings that count for at least one row. Each coding is counted once.

        `count` is a function: (ids of codes, ids of codings) → number of codings with one of these codes and one of
        these ids. None in place of the ids of codings means all codings.
        """
        queried = self._scope.of_queries
        plain = [code for at, row in enumerate(self._scope.row_codes) if at not in queried for code in row]
        total = count(list(dict.fromkeys(plain)), self._scope.plain_numbers)
        if not queried:
            return total
        found = frozenset().union(*(self._scope.row_numbers[at] or () for at in queried))
        every = dict.fromkeys(code for at in queried for code in self._scope.row_codes[at])
        both = found if self._scope.plain_numbers is None else found & self._scope.plain_numbers
        both = both.difference(self._scope.settled)
        return total + count(list(every), found) - count(list(dict.fromkeys(plain)), both)

    def summary_changes(self, summary: Summary) -> tuple[str, ...]:
        """Return phrases on how the evidence of a cell has changed since its summary was written."""
        return summary.changes(self.basis(summary.row, summary.column))

    def _place(self, row: str, column: str) -> tuple[int, int]:
        """Return (index of the row, index of the column) for two labels. Raises NotFoundError for an unknown label."""
        labels = [line.label for line in self.definition.rows]
        if row not in labels:
            raise NotFoundError(f"The matrix has no row “{row}” to be judged.")
        if column not in self.labels:
            raise NotFoundError(f"The matrix has no column “{column}” to be judged.")
        return labels.index(row), self.labels.index(column)

    def based(self, judgement: Judgement) -> Judgement:
        """Return the judgement. If it has no stored evidence yet, the current evidence of its cell is added.

        A digest, as older versions of the program stored it, counts as stored evidence.
        """
        if judgement.basis is not None or judgement.fingerprint:
            return judgement
        return replace(judgement, basis=self.basis(judgement.row, judgement.column))

    def basis(self, row: str, column: str) -> JudgementBasis:
        """Return the present evidence of a cell, as a judgement stores it: state, quotes, codes and so on."""
        at, column_at = self._place(row, column)
        cell = self._computed().rows[at].cells[column_at]
        codes = self._scope.row_codes[at]
        uids = {code.id: (code.uid, code.path) for code in self._scope.codes}
        # ordered by ids, so that a judgement does not become stale when the user changes the order of the sources
        gaps = sorted(self._bases.of_rows[at].gaps(column_at, codes), key=lambda gap: self._source_ids[gap.source])
        return JudgementBasis(
            computed=cell.computed,
            rule=rule_in_words(row_rule(self.definition, self.definition.rows[at])),
            codes=tuple(uids[code] for code in codes),
            open=reasons(gaps, cell.waiting),
            covered_by=self._bases.of_rows[at].covered_by(column_at, codes),
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
    def _source_ids(self) -> dict[str, int]:
        return {name: number for number, name in self._bases.whole.names.items()}

    @cached_property
    def _uids(self) -> tuple[dict[str, str], dict[str, str]]:
        """Two maps: name of a source → lasting id, and label of a case → lasting id."""
        return (
            dict(self._store.query("SELECT name, uid FROM sources").fetchall()),
            dict(self._store.query("SELECT label, uid FROM cases").fetchall()),
        )

    def _changes(self, judgement: Judgement) -> tuple[str, ...]:
        """Return phrases on how the evidence of a cell has changed since its judgement.

        A judgement from an older file has only a digest of the codings. In this case, only the digest is compared.
        """
        if judgement.basis is not None:
            return judgement.basis.changes(self.basis(judgement.row, judgement.column))
        if self._fingerprint(judgement.row, judgement.column) != judgement.fingerprint:
            return ("its codings are not those of then",)
        return ()

    def _fingerprint(self, row: str, column: str) -> str:
        """Return the digest of the codings of a cell. Older versions of the program stored it with a judgement."""
        import hashlib

        cell = self._cells.selection(*self._place(row, column))
        parts = evidence_rows.fingerprint_parts(self._store, coding_rows.ids(self._store, cell))
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    def disputes(self) -> Iterator[Dispute]:
        """Yield each cell in which coders gave opposite stances to one passage, with the pairs of opposite codings.

        The cells are ordered by row and column.
        """
        from sibtui.model.disputes import Dispute, disputes_among

        if self._store.scalar("SELECT min(coder_id) IS max(coder_id) FROM codings"):
            return
        for at, row in enumerate(self._computed().rows):
            for column, cell in enumerate(row.cells):
                if cell.disputed:
                    pairs = tuple(disputes_among(self.codings(at, column)))
                    yield Dispute(row.label, self.labels[column], pairs)

    def stale(self) -> list[tuple[str, str, str]]:
        """Return (row, column, words for the changes) for each cell whose evidence changed after its judgement."""
        shown = set(self.labels)
        found = [(j, self._changes(j)) for j in self.definition.judgements if j.column in shown]
        return [(j.row, j.column, "; ".join(changes)) for j, changes in found if changes]


def _quoted(coding: Coding, verbatim: bool) -> str:
    """Return the quote of a coding as shown in a cell: `– ` marks counter-evidence, and `(?)` a tentative coding."""
    text = " ".join(coding.quote.split())
    dash = "" if coding.stance == "supports" else "– "
    doubt = " (?)" if coding.certainty == "tentative" else ""
    return f"{dash}“{text}”{doubt} [{coding.source}]" if verbatim else f"{dash}{text}{doubt} [{coding.source}]"
