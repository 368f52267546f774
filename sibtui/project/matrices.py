"""`project.matrices`: tables defined, shown, traced to their evidence, and judged."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from sibtui.errors import ConflictError, InputError
from sibtui.model.codebook import is_within, resolve, split_path
from sibtui.model.filters import EvidenceFilter
from sibtui.model.matrix import SHOWS, CellEvidence, Judgement, MatrixDefinition, RowDefinition
from sibtui.model.names import resolve_name
from sibtui.model.presence import STATES, State
from sibtui.model.text import one_line
from sibtui.project.base import Noun
from sibtui.project.computing import Computing
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import matrices as rows
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sibtui.model.matrix import Matrix, Show
    from sibtui.model.presence import Rule
    from sibtui.model.records import Kind
    from sibtui.model.report import MatrixEvidence
    from sibtui.project.shown import ShownMatrix


class Matrices(Noun):
    def list(self) -> Sequence[MatrixDefinition]:
        """The saved matrices, in their order."""
        paths = self._session.paths()
        return [rows.definition(self._store, number, paths) for number in rows.names(self._store).values()]

    def drawing_on(self, path: str, *, without: str) -> Sequence[tuple[str, str]]:
        """(matrix, row label) of the saved rows that draw on a code, by its own path or one above it, and not on another.

        After a split these rows have lost what went to the new code.
        """

        def drawn(row: RowDefinition, code: str) -> bool:
            return any(code == own or (row.subcodes and is_within(code, own)) for own in row.codes)

        return [
            (definition.name, row.label)
            for definition in self.list()
            for row in definition.rows
            if drawn(row, path) and not drawn(row, without)
        ]

    def get(self, name: str) -> MatrixDefinition:
        known = rows.names(self._store)
        return rows.definition(self._store, known[resolve_name("matrix", name, known)], self._session.paths())

    def define(self, definition: MatrixDefinition) -> MatrixDefinition:
        """Save a matrix, in the place of the one with its name if there is one.

        Judgements without a fingerprint are taken to be made on the evidence as it stands.
        """
        definition = self.checked(definition)
        if not definition.name.strip():
            raise InputError("A matrix needs a name to be saved under.")
        with self._session.act("matrix define", f"matrix {definition.name}"):
            self.insert(definition)
        return self.get(definition.name)

    def insert(self, definition: MatrixDefinition) -> None:
        """Save a checked definition, inside an act."""
        computing = Computing(self._session, definition)
        definition = replace(definition, judgements=tuple(map(computing.fingerprinted, definition.judgements)))
        codes = {code.path: code.id for code in code_rows.codes(self._store)}
        rows.put(self._store, definition, codes, case_rows.case_ids(self._store))

    def checked(self, definition: MatrixDefinition, *, gone: bool = False) -> MatrixDefinition:
        """The definition with its codes and columns named in full. InputError or NotFoundError tells what does not fit.

        `gone` leaves notes, judgements and picks of columns that are not there, as a saved matrix has them when an attribute
        has lost a value since: they hold again when it comes back.
        """
        paths = {code.path: code.id for code in code_rows.codes(self._store)}
        labels = Counter(row.label for row in definition.rows)
        for label, count in labels.items():
            if not label.strip() or count > 1:
                raise InputError(
                    f"Each row of a matrix needs a label of its own, and “{one_line(label, 60)}” is not one."
                )
        if definition.show not in SHOWS:
            raise InputError(f"“{one_line(definition.show, 40)}” cannot stand in cells: there are {', '.join(SHOWS)}.")
        made = []
        for row in definition.rows:
            if not row.codes:
                raise InputError(f"The row “{one_line(row.label, 60)}” needs a code to draw on.")
            codes = tuple(dict.fromkeys(resolve(code, paths) for code in row.codes))
            made.append(replace(row, codes=codes))
        checked = replace(definition, rows=tuple(made))
        known = Computing(self._session, replace(checked, only=())).labels
        named = [
            *definition.only,
            *(c for row in definition.rows for c in row.notes),
            *(j.column for j in definition.judgements),
        ]
        gone = gone and definition.columns != "cases"  # what a matrix holds of a case goes with it
        full = {name: name if gone and name not in known else resolve_name("column", name, known) for name in named}
        return replace(
            checked,
            only=tuple(dict.fromkeys(full[name] for name in definition.only)),
            rows=tuple(replace(r, notes={full[c]: text for c, text in r.notes.items() if text}) for r in checked.rows),
            judgements=tuple(
                replace(j, column=full[j.column], verdict=_verdict(j.verdict)) for j in definition.judgements
            ),
        )

    def ad_hoc(
        self, *, under: str | None = None, codes: Sequence[str] = (), columns: str = "cases", title: str = ""
    ) -> MatrixDefinition:
        """A matrix that is not saved, a row a code: those right under a code or theme, or those named, or all themes' codes."""
        all_codes = code_rows.codes(self._store)
        paths = {code.path: split_path(code.path) for code in all_codes if code.status != "retired"}
        if codes:
            chosen = [resolve(code, paths) for code in codes]
        elif under is not None:
            top = resolve(under, paths)
            below = len(paths[top]) + 1
            chosen = [path for path, names in paths.items() if is_within(path, top) and len(names) == below] or [top]
        else:
            chosen = [path for path, names in paths.items() if len(names) == 2] or list(paths)
        alike = Counter(paths[path][-1] for path in chosen)
        made = tuple(RowDefinition(path if alike[paths[path][-1]] > 1 else paths[path][-1], (path,)) for path in chosen)
        return self.checked(MatrixDefinition("", title, made, columns))

    def show(
        self,
        matrix: str | MatrixDefinition,
        *,
        cases: Sequence[str] = (),
        kinds: Sequence[str] = (),
        coders: Sequence[str] = (),
        show: Show | None = None,
        rule: Rule | None = None,
        first_note: int | None = None,
        marks: Mapping[State, str] | None = None,
    ) -> ShownMatrix:
        """A saved matrix, or any definition, computed from the codings as they stand.

        `cases` picks columns and their order; `kinds` and `coders` narrow the evidence, `rule` replaces the thresholds: a judgement, made on
        all evidence, is then left out. `first_note` is the number of the first note: by default the matrices' notes are one series.
        """
        from sibtui.project.shown import ShownMatrix  # noqa: PLC0415 - shown.py leads to the renderers

        definition, narrowed = self._narrowed(matrix, cases, kinds, coders, show, rule, marks)
        with self._store.snapshot():
            first = self.first_note(definition.name) if first_note is None else first_note
            return ShownMatrix.of(Computing(self._session, definition, narrowed).matrix(first))

    def _narrowed(
        self,
        matrix: str | MatrixDefinition,
        cases: Sequence[str],
        kinds: Sequence[str],
        coders: Sequence[str],
        show: Show | None = None,
        rule: Rule | None = None,
        marks: Mapping[State, str] | None = None,
    ) -> tuple[MatrixDefinition, EvidenceFilter]:
        definition = self.get(matrix) if isinstance(matrix, str) else self.checked(matrix, gone=True)
        narrowed = EvidenceFilter(cast("tuple[Kind, ...]", tuple(kinds)), tuple(coders))
        unlike = bool(narrowed) or (rule is not None and rule != definition.rule)
        if cases:
            known = Computing(self._session, replace(definition, only=())).labels
            picked = dict.fromkeys(resolve_name("column", name, known) for name in cases)
            definition = replace(definition, only=tuple(picked))
        definition = replace(
            definition,
            rule=rule or definition.rule,
            show=show or definition.show,
            marks=definition.marks if marks is None else {**definition.marks, **marks},
            judgements=() if unlike else definition.judgements,
        )
        return definition, narrowed

    def traced(
        self,
        matrix: str | MatrixDefinition,
        *,
        cell: tuple[str, str] | None = None,
        cases: Sequence[str] = (),
        kinds: Sequence[str] = (),
        coders: Sequence[str] = (),
        rule: Rule | None = None,
    ) -> MatrixEvidence:
        """The matrix as `show` computes it, with the codings behind its cells: what an evidence appendix is made of.

        With `cell` (row, column) both hold that cell alone.
        """
        from sibtui.model.report import MatrixEvidence  # noqa: PLC0415 - no table needs it
        from sibtui.project.shown import ShownMatrix  # noqa: PLC0415

        definition, narrowed = self._narrowed(matrix, cases, kinds, coders, rule=rule)
        with self._store.snapshot():
            computing = Computing(self._session, definition, narrowed)
            shown = ShownMatrix.of(computing.matrix(self.first_note(definition.name)))
            wanted = None if cell is None else _place(cell, [row.label for row in definition.rows], computing.labels)
            cells = tuple(_behind(computing, shown, wanted))
            verbatim = frozenset(
                s.name for s in source_rows.sources(self._store, counts=False) if s.fidelity == "verbatim"
            )
        return MatrixEvidence(shown if wanted is None else _cell_alone(shown, *wanted), cells, verbatim)

    def first_note(self, name: str) -> int:
        """The number that the first note of a matrix takes when the notes of all saved matrices are one series."""
        from sibtui.model.matrix import number_notes  # noqa: PLC0415 - needed by few
        from sibtui.store import study as study_rows  # noqa: PLC0415

        first = study_rows.study(self._store).first_note
        if not any(definition_name == name for definition_name in rows.names(self._store)):
            return first
        for definition in self.list():
            if definition.name == name:
                break
            labels = Computing(self._session, definition).labels
            first += len(number_notes(((row.note, row.notes) for row in definition.rows), labels, first).texts)
        return first

    def evidence(
        self,
        matrix: str | MatrixDefinition,
        *,
        cell: tuple[str, str] | None = None,
        kinds: Sequence[str] = (),
        coders: Sequence[str] = (),
    ) -> Sequence[CellEvidence]:
        """The codings behind every cell that has any, row by row; or behind one cell (row, column), also when it has none."""
        definition = self.get(matrix) if isinstance(matrix, str) else self.checked(matrix, gone=True)
        narrowed = EvidenceFilter(cast("tuple[Kind, ...]", tuple(kinds)), tuple(coders))
        with self._store.snapshot():
            computing = Computing(self._session, definition, narrowed)
            labels = [row.label for row in definition.rows]
            wanted = None if cell is None else _place(cell, labels, computing.labels)
            return list(_behind(computing, computing.matrix(1), wanted))

    def judge(self, matrix: str, row: str, column: str, verdict: str, because: str) -> Judgement:
        """Record the researcher's verdict on a cell, and why; it stands until the evidence changes, and is then shown as stale."""
        if not because.strip():
            raise InputError("A judgement needs its reason: say it with --because.")
        with self._session.act("matrix judge", f"{one_line(row, 40)} in {column}: {verdict}"):
            definition = self.get(matrix)
            labels = [line.label for line in definition.rows]
            computing = Computing(self._session, definition)
            judgement = computing.fingerprinted(
                Judgement(
                    row=resolve_name("row", row, labels),
                    column=resolve_name("column", column, computing.labels),
                    verdict=_verdict(verdict),
                    because=because.strip(),
                    coder=self._session.coder,
                    at=self._session.now(),
                )
            )
            number = rows.names(self._store)[definition.name]
            rows.judge(self._store, number, definition.columns, judgement, case_rows.case_ids(self._store))
        return judgement

    def unjudge(self, matrix: str, row: str, column: str) -> Judgement:
        """Take a judgement back: the cell shows what is computed. The judgement that was."""
        with self._session.act("matrix judge", f"{one_line(row, 40)} in {column}: as computed"):
            definition = self.get(matrix)
            labels = [line.label for line in definition.rows]
            row = resolve_name("row", row, labels)
            judged = [judgement.column for judgement in definition.judgements]  # one of a column that is gone, too
            known = dict.fromkeys([*Computing(self._session, definition).labels, *judged])
            column = resolve_name("column", column, known)
            for judgement in definition.judgements:
                if (judgement.row, judgement.column) == (row, column):
                    rows.unjudge(self._store, rows.names(self._store)[definition.name], row, column)
                    return judgement
            raise ConflictError(f"“{row}” in {column} has no judgement.")

    def remove(self, name: str) -> MatrixDefinition:
        with self._session.act("matrix remove", f"matrix {name}"):
            definition = self.get(name)
            rows.remove(self._store, rows.names(self._store)[definition.name])
        return definition


def _verdict(verdict: str) -> State:
    folded = verdict.strip().casefold().replace("-", " ").replace("_", " ")
    for known in STATES:
        if folded == known:
            return known
    raise InputError(f"“{one_line(verdict, 40)}” is no verdict: there are {', '.join(STATES)}.")


def _place(cell: tuple[str, str], rows: Sequence[str], columns: Sequence[str]) -> tuple[int, int]:
    return rows.index(resolve_name("row", cell[0], rows)), columns.index(resolve_name("column", cell[1], columns))


def _behind(computing: Computing, shown: Matrix, wanted: tuple[int, int] | None) -> Iterator[CellEvidence]:
    """The cells that have codings, row by row; or the one that is wanted, also when it has none."""
    for at, row in enumerate(shown.rows):
        for column, label in enumerate(shown.columns):
            if wanted is not None and wanted != (at, column):
                continue
            codings = tuple(computing.codings(at, column))
            if codings or wanted is not None:
                state = row.cells[column]
                yield CellEvidence(row.label, label, state.state, state.fragility, codings)


def _cell_alone(shown: ShownMatrix, row: int, column: int) -> ShownMatrix:
    label = shown.columns[column]
    found = shown.rows[row]
    notes = {label: found.notes[label]} if label in found.notes else {}
    return replace(shown, columns=(label,), rows=(replace(found, cells=(found.cells[column],), notes=notes),))
