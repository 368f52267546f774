"""Computing one matrix: its columns, its evidence, what was read and asked, which judgements are stale."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from sibtui.errors import InputError, NotFoundError
from sibtui.model.assembly import assemble, figures
from sibtui.model.codebook import resolve
from sibtui.model.ground import Ground, Topic
from sibtui.model.matrix import COLUMNS, attribute_of
from sibtui.model.names import resolve_name
from sibtui.model.records import KINDS
from sibtui.project.selecting import coder_ids
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import codings as coding_rows
from sibtui.store import evidence as evidence_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows
from sibtui.store.evidence import Grouping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sibtui.model.filters import EvidenceFilter
    from sibtui.model.matrix import Judgement, Matrix, MatrixDefinition
    from sibtui.model.records import Attribute, Code, Coding
    from sibtui.project.base import Session


def grouped_by(columns: str, attributes: Sequence[Attribute]) -> Attribute:
    """The attribute of which such columns are the values: `attribute:NAME`, or `source attribute:NAME` where cases have one too.

    InputError when that is not what they are, NotFoundError when there is no such attribute.
    """
    meant = attribute_of(columns)
    if meant is None:
        raise InputError(f"“{columns}” cannot be columns: there are {', '.join(COLUMNS[:-1])} and {COLUMNS[-1]}.")
    owner, name = meant
    found = [attribute for attribute in attributes if owner in {"", attribute.of}]
    chosen = resolve_name("attribute", name, dict.fromkeys(attribute.name for attribute in found))
    return next(attribute for attribute in found if attribute.name == chosen)


class Computing:
    """A definition, and the study that it is computed from. Meant to live inside one snapshot or act."""

    def __init__(self, session: Session, definition: MatrixDefinition, narrowed: EvidenceFilter | None = None) -> None:
        self._session = session
        self._store = session.store
        self._definition = definition
        self._kinds: tuple[str, ...] = ()
        self._coders: tuple[int, ...] = ()
        if narrowed is not None:
            self._kinds = tuple(resolve_name("kind of source", kind, KINDS) for kind in narrowed.kinds)
            self._coders = coder_ids(session, narrowed.coders)

    @cached_property
    def _columns(self) -> tuple[str, dict[str, tuple[int, ...]]]:
        """What members are (case, source, coder), and label of each column → ids of its members, all of them, in order."""
        store, wanted = self._store, self._definition.columns
        if wanted == "cases":
            return "case", {label: (number,) for label, number in case_rows.case_ids(store).items()}
        if wanted == "sources":
            return "source", {name: (number,) for name, number in source_rows.source_ids(store).items()}
        if wanted == "coders":
            return "coder", {coder.name: (coder.id,) for coder in study_rows.coders(store)}
        if wanted == "kinds":
            return "source", self._sources_by(dict(store.query("SELECT id, kind FROM sources").fetchall()), KINDS)
        attribute = grouped_by(wanted, case_rows.attributes(store))
        values = {
            owner: found[attribute.name]
            for owner, found in case_rows.all_values(store, attribute.of).items()
            if attribute.name in found
        }
        ordered = sorted(set(values.values()), key=_number_or_text if attribute.kind == "number" else str)
        return attribute.of, self._sources_by(values, ordered)

    @staticmethod
    def _sources_by(values: Mapping[int, str], order: Sequence[str]) -> dict[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for value in order:
            if members := tuple(sorted(owner for owner, own in values.items() if own == value)):
                found[value] = members
        return found

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the columns, those that are picked in the order in which they were."""
        known = self._columns[1]
        for label in self._definition.only:
            if label not in known:
                named = f"The matrix {self._definition.name}".rstrip()
                raise NotFoundError(f"{named} picks a column “{label}”, which the study does not have.")
        return self._definition.only or tuple(known)

    @cached_property
    def _grouping(self) -> Grouping:
        by, members = self._columns
        return Grouping(by, {member: at for at, label in enumerate(self.labels) for member in members[label]})

    @cached_property
    def _codes(self) -> list[Code]:
        return code_rows.codes(self._store)

    @cached_property
    def _rows(self) -> list[tuple[int, ...]]:
        """Per row: the ids of its codes, sub-codes among them unless the row leaves them out."""
        codes = self._codes
        numbers = {code.path: code.id for code in codes}
        below: dict[int, list[int]] = {code.id: [code.id] for code in codes}
        for code in reversed(codes):  # parents come before what is below them
            if code.parent is not None:
                below[code.parent] += below[code.id]
        order = {code.id: at for at, code in enumerate(codes)}
        found = []
        for row in self._definition.rows:
            own = {numbers[resolve(path, numbers)] for path in row.codes}
            chosen = own.union(*(below[number] for number in own)) if row.subcodes else own
            found.append(tuple(sorted(chosen, key=order.__getitem__)))
        return found

    def matrix(self, first_note: int) -> Matrix:
        """The matrix, computed."""
        evidence = list(
            evidence_rows.evidence(self._store, self._rows, self._grouping, kinds=self._kinds, coders=self._coders)
        )
        matrix = assemble(
            self._definition,
            self.labels,
            evidence,
            self._ground(),
            self._topics(),
            judgements=self._definition.judgements,
            stale=self._stale(),
            first_note=first_note,
        )
        return self._filled(matrix)

    def _filled(self, matrix: Matrix) -> Matrix:
        """The matrix with what its cells show, if that is not marks."""
        if matrix.show == "presence":
            return matrix
        if matrix.show == "quotes":
            return self._with_quotes(matrix)
        if matrix.show == "coverage":
            covered = evidence_rows.covered_characters(
                self._store, self._rows, self._grouping, kinds=self._kinds, coders=self._coders
            )
            made = [
                replace(row, cells=tuple(replace(c, characters=found.get(at, 0)) for at, c in enumerate(row.cells)))
                for row, found in zip(matrix.rows, covered, strict=True)
            ]
            matrix = replace(matrix, rows=tuple(made))
        return figures(matrix)

    def _with_quotes(self, matrix: Matrix) -> Matrix:
        verbatim = {s.name for s in source_rows.sources(self._store, counts=False) if s.fidelity == "verbatim"}
        made = []
        for at, row in enumerate(matrix.rows):
            cells = []
            for column, cell in enumerate(row.cells):
                lines = [_quoted(coding, coding.source in verbatim) for coding in self.codings(at, column)]
                cells.append(replace(cell, mark="\n".join(lines)))
            made.append(replace(row, cells=tuple(cells)))
        return replace(matrix, rows=tuple(made))

    def _ground(self) -> Ground:
        """The sources of each column: all of them for a coder."""
        by, members = self._columns
        kinds = dict(self._store.query("SELECT id, kind FROM sources").fetchall())
        counted = {number for number, kind in kinds.items() if not self._kinds or kind in self._kinds}
        if by == "source":
            columns = [counted.intersection(members[label]) for label in self.labels]
        elif by == "coder":
            columns = [counted for _ in self.labels]
        else:
            touching: dict[int, set[int]] = {}
            for source, cases in source_rows.cases_by_source(self._store).items():
                for case in cases:
                    touching.setdefault(case, set()).add(source)
            columns = [
                counted.intersection(*[set().union(*(touching.get(case, set()) for case in members[label]))])
                for label in self.labels
            ]
        return Ground(columns, evidence_rows.read_at(self._store), evidence_rows.asked(self._store))

    def _topics(self) -> list[Topic]:
        by_path = {code.path: code for code in self._codes}
        chains: dict[int, tuple[int, ...]] = {}
        for code in self._codes:  # parents come first
            chains[code.id] = (code.id, *(chains[code.parent] if code.parent is not None else ()))
        topics = []
        for row in self._definition.rows:
            own = [by_path[path] for path in row.codes]
            topics.append(Topic(tuple(chains[code.id] for code in own), max(code.since for code in own)))
        return topics

    def codings(self, row: int, column: int) -> Iterator[Coding]:
        """The codings behind a cell, by the indexes of its row and column."""
        return coding_rows.codings(self._store, self._cell(row, column), paths=self._session.paths())

    def _cell(self, row: int, column: int) -> coding_rows.Selection:
        by, members = self._columns
        chosen = members[self.labels[column]]
        return coding_rows.Selection(
            codes=self._rows[row],
            cases=chosen if by == "case" else None,
            sources=chosen if by == "source" else None,
            coders=chosen if by == "coder" else self._coders or None,
            kinds=self._kinds or None,
        )

    def fingerprinted(self, judgement: Judgement) -> Judgement:
        """The judgement with the fingerprint of the evidence as it stands, unless it has one."""
        if judgement.fingerprint:
            return judgement
        return replace(judgement, fingerprint=self._fingerprint(judgement.row, judgement.column))

    def _fingerprint(self, row: str, column: str) -> str:
        """A digest of a cell's evidence: places in texts, stances and certainties.

        No ids, so that it survives a move of the study through a folder.
        """
        import hashlib  # noqa: PLC0415 - only matrices with judgements pay for it

        labels = [line.label for line in self._definition.rows]
        if row not in labels:
            raise NotFoundError(f"The matrix has no row “{row}” to be judged.")
        if column not in self.labels:
            raise NotFoundError(f"The matrix has no column “{column}” to be judged.")
        cell = self._cell(labels.index(row), self.labels.index(column))
        parts = evidence_rows.fingerprint_parts(self._store, coding_rows.ids(self._store, cell))
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    def _stale(self) -> set[tuple[str, str]]:
        """The judged cells whose evidence is not what it was judged on."""
        shown = set(self.labels)
        return {
            (judgement.row, judgement.column)
            for judgement in self._definition.judgements
            if judgement.column in shown and self._fingerprint(judgement.row, judgement.column) != judgement.fingerprint
        }

    def stale(self) -> list[tuple[str, str]]:
        """The judged cells (row, column) whose evidence has changed since, in their order."""
        found = self._stale()
        return [(j.row, j.column) for j in self._definition.judgements if (j.row, j.column) in found]


def _quoted(coding: Coding, verbatim: bool) -> str:
    """A quote as a report prints it: words that somebody said in quotation marks, a paraphrase never."""
    text = " ".join(coding.quote.split())
    sign = "" if coding.stance == "supports" else "– "
    doubt = " (?)" if coding.certainty == "tentative" else ""
    return f"{sign}“{text}”{doubt} [{coding.source}]" if verbatim else f"{sign}{text}{doubt} [{coding.source}]"


def _number_or_text(value: str) -> tuple[float, str]:
    try:
        return float(value), value
    except ValueError:
        return float("inf"), value
