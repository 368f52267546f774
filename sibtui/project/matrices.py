"""`project.matrices`: defining, showing and judging tables, and the codings that count for their cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sibtui
from sibtui.errors import ConflictError, InputError
from sibtui.model.arguments import Names, Numbers, as_names, choice, maybe_whole
from sibtui.model.codebook import resolve
from sibtui.model.codebook_rows import draws_on, rows_of
from sibtui.model.filters import EvidenceFilter
from sibtui.model.folding import identical, name_key
from sibtui.model.frozen import replace
from sibtui.model.matrix import CellEvidence
from sibtui.model.matrix_definition import SHOWS, Judgement, MatrixDefinition, Show, crossed
from sibtui.model.names import refuse_name_in_use, resolve_name
from sibtui.model.patterns import ROW_ORDERS, RowOrder, sorted_by_pattern
from sibtui.model.presence import Rule, State
from sibtui.model.records import Coding, Kind
from sibtui.model.text import one_line
from sibtui.project.shared.base import Noun
from sibtui.project.tables.codebook_rows import followed, stored, to_store
from sibtui.project.tables.first_note import first_note
from sibtui.project.tables.hidden_bases import bases_hidden, bases_restored
from sibtui.project.tables.matrix_inputs import MatrixInputs
from sibtui.project.tables.narrowing import as_shown, narrowed_definition
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import matrices as rows
from sibtui.store import sources as source_rows


class Matrices(Noun):
    """`project.matrices`: the saved tables, and the judgements on their cells.

    A judgement is a state such as “present” that the researcher gives to a cell, with a reason. It replaces the
    computed state.

    >>> project.matrices.show("table-1").cell("More flexible workload distribution", "SIB B").state
    'absent'
    """

    _last_read: MatrixDefinition | None = None
    """The last result of `get`. It needs no check when it is shown, because a matrix is checked when it is saved."""

    def list(self) -> Sequence[MatrixDefinition]:
        """Return the saved matrices, in their order. In a blind round, stored evidence is left out, as in `get`.

        >>> [definition.name for definition in project.matrices.list()]
        ['table-1', 'table-2', 'table-3', 'table-4']
        """
        paths = self._session.paths()
        return [
            bases_hidden(self._session, followed(self._store, rows.definition(self._store, number, paths)))
            for number in rows.names(self._store).values()
        ]

    def drawing_on(self, path: str, *, without: str) -> Sequence[tuple[str, str]]:
        """Return (matrix, row label) for each row that counts `path` but not `without`, in all saved matrices.

        Use it after the code `without` was split off from the code `path`: these rows have lost codings. A matrix
        whose rows follow the codebook can get a row for `without`. Then it has lost nothing, and is left out.

        >>> project.matrices.drawing_on("Organisations and practice/Flexible workloads", without="Staff discretion")
        [('table-1', 'More flexible workload distribution')]
        """
        return [
            (definition.name, row.label)
            for definition in self.list()
            if not (definition.rows_from and any(draws_on(row, without) for row in definition.rows))
            for row in definition.rows
            if draws_on(row, path) and not draws_on(row, without)
        ]

    def get(self, name: str) -> MatrixDefinition:
        """Return a saved matrix. If its rows follow the codebook, the rows are made from the current codes.

        In a blind round of coding, the field `basis` (the stored evidence) of judgements and summaries is empty. The
        study keeps this evidence, even if the returned matrix is saved with `define`. Raises NotFoundError when the
        name is unknown, AmbiguousError when it is not unique.

        >>> project.matrices.get("table-1").rows[1].codes
        ('Organisations and practice/Flexible workloads',)
        """
        self._last_read = followed(self._store, self.stored(name))
        return self._last_read

    def stored(self, name: str) -> MatrixDefinition:
        """Return a saved matrix as it is written to files.

        If its rows follow the codebook, the result has only the rows to which something was added, such as a footnote.
        Raises NotFoundError when the name is unknown, AmbiguousError when it is not unique.

        >>> len(project.matrices.stored("table-1").rows)
        10
        """
        return bases_hidden(self._session, self._whole(name))

    def _whole(self, name: str) -> MatrixDefinition:
        """Return a saved matrix as it is written to files, with the stored evidence even in a blind round of coding."""
        known = rows.names(self._store)
        return stored(self._store, known[resolve_name("matrix", name, known)], self._session.paths())

    def define(self, definition: MatrixDefinition, *, replacing: str | None = None) -> MatrixDefinition:
        """Save a matrix, and return it.

        The saved matrix replaces the matrix named `replacing`, or by default a matrix with the same name. If the
        definition has `rows_from` (the rows follow the codebook), missing rows are added. For a judgement without
        stored evidence, the current evidence of the cell is stored.

        Raises InputError for a missing name or a value that cannot be used, NotFoundError when a code, column or
        matrix is unknown, AmbiguousError when one of these names is not unique, ConflictError when another matrix
        has the new name.

        >>> rows = (RowDefinition("Trust first", "Trust before assessment"), RowDefinition("Posts", "New staff positions"))
        >>> project.matrices.define(MatrixDefinition("table-9", "Trust and posts", rows)).name
        'table-9'
        """
        definition = self.checked(definition)
        if not name_key(definition.name):
            raise InputError("A matrix needs a name to be saved under.")
        if definition.show not in SHOWS or crossed(definition.columns):
            what = "columns of two attributes" if definition.show in SHOWS else f"cells with “{definition.show}”"
            raise InputError(f"A table with {what} can be shown, but not saved.")
        if definition.rounds:
            raise InputError("A saved table counts the codings of all rounds: give the rounds when it is shown.")
        if replacing is None:
            known = identical(definition.name, rows.names(self._store))
            definition = replace(definition, name=known or definition.name)
        from sibtui.project.papers.claim_names import claim_names_kept

        with self._session.act("matrix define", f"matrix {definition.name}"), claim_names_kept(self._session):
            if replacing is not None:
                self._set_name(replacing, definition.name)
            before = self._whole(definition.name) if definition.name in rows.names(self._store) else None
            self.insert(bases_restored(self._session, definition, before))
        return self.get(definition.name)

    def rename(self, name: str, new: str) -> MatrixDefinition:
        """Rename a saved matrix, and return it. Its rows, footnotes, judgements and memos do not change.

        Raises InputError for an empty name, ConflictError for a name in use, NotFoundError when the matrix is unknown,
        AmbiguousError when it is not unique.

        >>> project.matrices.rename("table-1", "table-1-old").title
        'Table 1. Types of strengths-based working in each SIB.'
        """
        new = new.strip()
        if not name_key(new):
            raise InputError("A matrix needs a name to be saved under.")
        from sibtui.project.papers.claim_names import claim_names_kept

        with self._session.act("matrix rename", "") as act, claim_names_kept(self._session):
            act.summary = f"{self._set_name(name, new)} to {new}"
        return self.get(new)

    def _set_name(self, name: str, new: str) -> str:
        """Rename a matrix, and return its old name.

        Call this inside an act (`with session.act(…)`, one step of undo). Raises ConflictError when another matrix has
        the name.
        """
        known = rows.names(self._store)
        old = resolve_name("matrix", name, known)
        refuse_name_in_use("matrix", new, (other for other in known if other != old))
        if new != old:
            rows.set_name(self._store, known[old], new)
        return old

    def duplicate(self, name: str, new: str, *, title: str | None = None) -> MatrixDefinition:
        """Save a copy of a matrix under a new name, and return the copy. The copy is the last of all matrices.

        Footnotes, judgements and summaries are copied too. `title` is the title of the copy; if it is None, the copy
        has the same title. Raises the errors of `rename`.

        >>> project.matrices.duplicate("table-1", "table-1b", title="Table 1b.").judgements[0].column
        'SIB C'
        """
        copied = followed(self._store, self._whole(name))
        summaries = tuple(replace(each, uid="") for each in copied.summaries)
        copied = replace(copied, name=new.strip(), uid="", summaries=summaries)
        refuse_name_in_use("matrix", copied.name, rows.names(self._store))
        return self.define(copied if title is None else replace(copied, title=title))

    def insert(self, definition: MatrixDefinition) -> None:
        """Save a checked definition. Call this inside an act (`with project.act(…)`, one step of undo).

        Raises NotFoundError for an unknown code.

        >>> import dataclasses
        >>> definition = project.matrices.checked(project.matrices.ad_hoc(codes="New staff positions"))
        >>> with project.act("matrix define", "matrix posts"):
        ...     project.matrices.insert(dataclasses.replace(definition, name="posts"))
        """
        computing = MatrixInputs(self._session, definition)
        definition = replace(definition, judgements=tuple(map(computing.based, definition.judgements)))
        codes = {code.path: code.id for code in code_rows.codes(self._store)}
        rows.put(self._store, to_store(self._store, definition), codes, case_rows.case_ids(self._store))

    def checked(self, definition: MatrixDefinition, *, gone: bool = False) -> MatrixDefinition:
        """Check a definition, and return the definition with the full names of codes and columns.

        With `gone`, the definition may name coders and columns that the study does not have, such as a column for a
        value that no source has now. Columns for cases must exist. Raises InputError for a value that cannot be used,
        NotFoundError when a code or column is unknown, AmbiguousError when it is not unique.

        >>> definition = MatrixDefinition("t", "T", (RowDefinition("Trust first", "Trust before"),))
        >>> project.matrices.checked(definition).rows[0].codes
        ('Assessment, planning and risk/Trust before assessment',)
        """
        from sibtui.project.tables.definition_check import checked_definition

        return checked_definition(self._session, definition, gone=gone)

    def ad_hoc(
        self, *, under: str | None = None, codes: Names = (), columns: str = "cases", title: str = ""
    ) -> MatrixDefinition:
        """Return a new matrix with one row per code, with cases or other `columns`. The matrix is not saved.

        The rows are:

        - with `codes`: these codes;
        - with `under`: the active codes directly below this code; if there are none, this code;
        - by default: all codes with codings, and all active codes without codings. A theme without codings only
          groups codes, so it is left out if it has an active sub-code.

        “Active” means: not retired. If the matrix is saved later, its rows follow all changes of the codebook,
        except with `codes`. Raises InputError when both `under` and `codes` are given, NotFoundError when a code is
        unknown, AmbiguousError when it is not unique.

        >>> definition = project.matrices.ad_hoc(under="Innovative services", columns="kinds")
        >>> project.matrices.show(definition).columns
        ('interview', 'document', 'report')
        """
        named = as_names(codes)
        if named and under is not None:
            raise InputError("The rows are either the codes below one code, or the codes given: not both.")
        made = MatrixDefinition("", title, (), columns)
        paths = {code.path: code.id for code in code_rows.codes(self._store)}  # a retired code keeps its codings
        if named:
            made = replace(made, rows=rows_of(resolve(code, paths) for code in named))
        elif under is not None:
            made = replace(made, rows_from="below", rows_below=resolve(under, paths))
        else:
            made = replace(made, rows_from="all")
        return self.checked(made)

    def show(
        self,
        matrix: str | MatrixDefinition,
        *,
        cases: Names = (),
        kinds: Kind | Iterable[Kind] = (),
        coders: Names = (),
        where: str = "",
        rounds: Numbers = (),
        show: Show | None = None,
        rule: Rule | None = None,
        first_note: int | None = None,
        marks: Mapping[State, str] | None = None,
        sort: RowOrder = "saved",
        transposed: bool = False,
    ) -> sibtui.ShownMatrix:
        """Return a matrix, computed from the current codings.

        `matrix` is the name of a saved matrix, or any definition. `cases` selects columns and their order. `kinds`,
        `coders`, `rounds` and the query `where` limit the codings that count. `rule` replaces the thresholds at which a
        cell counts as present. If `kinds`, `coders`, `rounds`, `where` or `rule` is given, judgements are left out,
        because they are about all codings of a cell. `first_note` is the number of the first footnote; by default, the
        footnotes of all matrices are numbered as one series. With `sort="pattern"`, the rows that are present in most
        columns come first. With `transposed`, printed forms of the matrix have the columns as rows. Raises
        NotFoundError when a name is unknown, AmbiguousError when it is not unique, InputError for a value that cannot
        be used.

        >>> matrix = project.matrices.show("table-1", cases=["SIB B", "SIB C"], kinds="interview")
        >>> print(matrix.to_csv().splitlines()[1])
        Brokering/coaching by staff (EX: link workers),X,X,,,
        """
        maybe_whole("number of the first note", first_note, 0)
        narrowed = EvidenceFilter(kinds, coders, where, rounds)
        definition = as_shown(self._narrowed(matrix, narrowed, cases, rule), show, marks)
        with self._store.snapshot():
            first = self.first_note(definition.name) if first_note is None else first_note
            shown = sibtui.ShownMatrix.of(MatrixInputs(self._session, definition, where).matrix(first))
        if transposed:
            shown = replace(shown, transposed=True)
        return sorted_by_pattern(shown) if choice("order of rows", sort, ROW_ORDERS) == "pattern" else shown

    def summaries(self) -> Sequence[sibtui.MatrixSummary]:
        """Return facts about each saved matrix: its size, its incomplete cells, and its stale judgements.

        A judgement is stale if the evidence of its cell has changed since the judgement.

        >>> project.matrices.summaries()[0].judgements
        1
        """
        from sibtui.model.matrix_summary import summary_of

        with self._store.snapshot():
            narrowed = [narrowed_definition(self._session, each, EvidenceFilter()) for each in self.list()]
            return [summary_of(MatrixInputs(self._session, definition).matrix(1)) for definition in narrowed]

    def judgements(self, matrix: str | None = None) -> Sequence[sibtui.JudgedCell]:
        """Return the judgements of one saved matrix, or of all saved matrices, in order.

        Each judgement is returned with its cell as it is computed now. Raises NotFoundError when the name is unknown,
        AmbiguousError when it is not unique, InputError in a blind round of coding.

        >>> [(each.matrix, each.judgement.column, each.changes) for each in project.matrices.judgements()]
        [('table-1', 'SIB C', ())]
        """
        from sibtui.model.matrix_summary import judged_cells

        self._session.refuse_in_blind_round("The list of judgements")
        with self._store.snapshot():
            definitions = [each for each in (self.list() if matrix is None else [self.get(matrix)]) if each.judgements]
            inputs = [MatrixInputs(self._session, definition) for definition in definitions]
            return [judged for each in inputs for judged in judged_cells(each.definition, each.matrix(1))]

    def _narrowed(
        self, matrix: str | MatrixDefinition, narrowed: EvidenceFilter, cases: Names = (), rule: Rule | None = None
    ) -> MatrixDefinition:
        if isinstance(matrix, str):
            definition = self.get(matrix)
        else:
            definition = matrix if matrix is self._last_read else self.checked(matrix, gone=True)
        return narrowed_definition(self._session, definition, narrowed, cases, rule)

    def traced(
        self,
        matrix: str | MatrixDefinition,
        *,
        cell: tuple[str, str] | None = None,
        cases: Names = (),
        kinds: Kind | Iterable[Kind] = (),
        coders: Names = (),
        where: str = "",
        rounds: Numbers = (),
        rule: Rule | None = None,
        lazily: bool = False,
    ) -> sibtui.MatrixEvidence:
        """Return the matrix of `show` together with the codings of its cells, for an appendix of quotes.

        With `cell` (row, column), only this cell is included. With `lazily`, the codings are read from the file during
        each iteration, which needs little memory. In this case, the fields `before` and `after` of the codings are
        empty. The iteration raises ConflictError if the study has changed since this call. Raises the errors of `show`.

        >>> traced = project.matrices.traced("table-1", cell=("More flexible workload distribution", "SIB A"))
        >>> [len(cell.codings) for cell in traced.cells]
        [7]
        """
        from sibtui.project.tables.cell_evidence import StoredCells, cell_alone, evidence_of, place_of

        definition = self._narrowed(matrix, EvidenceFilter(kinds, coders, where, rounds), cases, rule)
        with self._store.snapshot():
            computing = MatrixInputs(self._session, definition, where)
            shown = sibtui.ShownMatrix.of(computing.matrix(self.first_note(definition.name)))
            wanted = None if cell is None else place_of(cell, [row.label for row in definition.rows], computing.labels)
            stored = StoredCells(self._session, computing, shown) if lazily and wanted is None else None
            cells = tuple(evidence_of(computing, shown, wanted)) if stored is None else stored
            verbatim = frozenset(
                s.name for s in source_rows.sources(self._store, counts=False) if s.fidelity == "verbatim"
            )
        return sibtui.MatrixEvidence(shown if wanted is None else cell_alone(shown, *wanted), cells, verbatim)

    def first_note(self, name: str) -> int:
        """Return the number of the first footnote of a matrix.

        The footnotes of all saved matrices are numbered as one series. For a matrix that is not saved, return the first
        number of this series.

        >>> [project.matrices.first_note(name) for name in ("table-1", "table-2")]
        [2, 5]
        """
        return first_note(self._session, name)

    def evidence(
        self,
        matrix: str | MatrixDefinition,
        *,
        cell: tuple[str, str] | None = None,
        kinds: Kind | Iterable[Kind] = (),
        coders: Names = (),
        where: str = "",
        rounds: Numbers = (),
    ) -> Sequence[CellEvidence]:
        """Return the cells that have codings, row by row. Each cell comes with its codings.

        With `cell` (row, column), return only this cell, even if the cell has no codings. Raises NotFoundError when a
        name is unknown, AmbiguousError when it is not unique, InputError for a value that cannot be used.

        >>> [cell] = project.matrices.evidence("table-1", cell=("More flexible workload distribution", "SIB A"))
        >>> cell.state, cell.codings[0].source
        ('present', 'a2')
        """
        from sibtui.project.tables.cell_evidence import evidence_of, place_of

        definition = self._narrowed(matrix, EvidenceFilter(kinds, coders, where, rounds))
        with self._store.snapshot():
            computing = MatrixInputs(self._session, definition, where)
            labels = [row.label for row in definition.rows]
            wanted = None if cell is None else place_of(cell, labels, computing.labels)
            return list(evidence_of(computing, computing.matrix(1), wanted))

    def waiting(self, matrix: str | MatrixDefinition, row: str, column: str) -> Sequence[Coding]:
        """Return the codings that may belong to a cell, but have no case yet.

        They have a code of the cell's row, and their source is one of the sources of the cell's column. Raises
        NotFoundError when a name is unknown, AmbiguousError when it is not unique.

        >>> project.matrices.waiting("table-1", "More flexible workload distribution", "SIB A")
        []
        """
        from sibtui.project.tables.cell_evidence import place_of

        definition = self._narrowed(matrix, EvidenceFilter())
        with self._store.snapshot():
            computing = MatrixInputs(self._session, definition)
            at = place_of((row, column), [line.label for line in definition.rows], computing.labels)
            return list(computing.waiting(*at))

    def judge(self, matrix: str, row: str, column: str, verdict: str, because: str) -> sibtui.Judged:
        """Store the researcher's judgement of a cell: its state (`verdict`), and the reason.

        Return the new judgement, and the judgement that it replaces. `verdict` is a state such as “present”. Raises
        InputError for an empty reason or an unknown state, and in a blind round of coding. Raises NotFoundError when a
        name is unknown, AmbiguousError when it is not unique.

        >>> judged = project.matrices.judge("table-1", "Use of more co-creation practices", "SIB A", "rejected", "Plans only.")
        >>> judged.judgement.coder
        'Ana'
        """
        from sibtui.project.tables.definition_check import checked_verdict
        from sibtui.project.tables.judging import put_judgement

        if not because.strip():
            raise InputError("A judgement needs a reason.", "because")
        self._session.refuse_in_blind_round("A judgement")
        with self._session.act("matrix judge", f"{one_line(row, 40)} in {column}: {verdict}"):
            definition = self.get(matrix)
            labels = [line.label for line in definition.rows]
            computing = MatrixInputs(self._session, definition)
            judgement = computing.based(
                Judgement(
                    row=resolve_name("row", row, labels),
                    column=resolve_name("column", column, computing.labels),
                    verdict=checked_verdict(verdict),
                    because=because.strip(),
                    coder=self._session.coder,
                    at=self._session.now(),
                )
            )
            put_judgement(self._session, definition, judgement)
            cell = (judgement.row, judgement.column)
            replaced = next((one for one in computing.definition.judgements if (one.row, one.column) == cell), None)

        return sibtui.Judged(judgement, replaced)

    def unjudge(self, matrix: str, row: str, column: str) -> Judgement:
        """Remove the judgement of a cell, and return the judgement. The cell shows its computed state again.

        Raises ConflictError when the cell has no judgement, InputError in a blind round of coding, NotFoundError when a
        name is unknown, AmbiguousError when it is not unique.

        >>> project.matrices.unjudge("table-1", "Use of more co-creation practices", "SIB C").verdict
        'present'
        """
        from sibtui.project.tables.judging import take_judgement

        self._session.refuse_in_blind_round("A judgement")
        with self._session.act("matrix judge", f"{one_line(row, 40)} in {column}: as computed"):
            definition = self.get(matrix)
            labels = [line.label for line in definition.rows]
            row = resolve_name("row", row, labels)
            computing = MatrixInputs(self._session, definition)
            judged = [
                judgement.column for judgement in computing.definition.judgements
            ]  # judgements on missing columns too
            column = resolve_name("column", column, dict.fromkeys([*computing.labels, *judged]))
            for judgement in computing.definition.judgements:
                if (judgement.row, judgement.column) == (row, column):
                    take_judgement(self._session, definition, judgement)
                    return judgement
            raise ConflictError(f"“{row}” in {column} has no judgement.")

    def remove(self, name: str) -> MatrixDefinition:
        """Remove a saved matrix with its footnotes, judgements and summaries, and return it.

        Raises NotFoundError when the name is unknown, AmbiguousError when it is not unique.

        >>> project.matrices.remove("table-1").title
        'Table 1. Types of strengths-based working in each SIB.'
        """
        with self._session.act("matrix remove", f"matrix {name}"):
            definition = self.get(name)
            rows.remove(self._store, rows.names(self._store)[definition.name])
        return definition
