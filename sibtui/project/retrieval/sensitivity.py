"""The sensitivity of matrices: which cells change if some of the codings are left out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.model.agreement.decisions import is_consensus
from sibtui.model.filters import EvidenceFilter
from sibtui.model.folding import name_key
from sibtui.model.query.completion import quoted
from sibtui.model.sensitivity import DOCUMENTS, INTERVIEWS, SHARED, THREE, TWO, SensitiveCell, sensitivity_table
from sibtui.project.shared.decisions import settled_codings
from sibtui.project.tables.matrix_inputs import MatrixInputs
from sibtui.project.tables.narrowing import narrowed_definition
from sibtui.store import codings as coding_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sibtui.model.matrix import Matrix
    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.model.progress import Progress
    from sibtui.model.sensitivity import LeftOutPart
    from sibtui.model.table import Table
    from sibtui.project.shared.base import Session

ORGANISATION, PARTICIPANTS = "organisation", "participants"
"""The attributes of sources with the name of an organisation, and with the names of participants.

The names of participants are separated by semicolons.
"""

_Cell = tuple[int, int]
_Part = tuple[str, frozenset[int], str]
"""The name of a part of the codings, the ids of the codings in this part, and a query for all other codings.

The query is empty, except for the coder “consensus”: without the decisions of this coder, the codings that they replace
count again.
"""


class Sensitivity:
    """Finds the cells of matrices that lose their X (the mark of presence) if some of the codings are left out.

    `without` names kinds of groups of codings, such as "source". With "source", each matrix is computed once for each
    source, without the codings in this source. Use this inside one snapshot of the store.
    """

    def __init__(self, session: Session, without: Sequence[LeftOutPart]) -> None:
        self._session, self._store = session, session.store
        self._without = without
        self._sources = {source.id: source for source in source_rows.sources(self._store, counts=False)}
        self._codings = coding_rows.origins(self._store)
        self._everything = frozenset(number for number, *_ in self._codings)

    def table(self, definitions: Sequence[MatrixDefinition], progress: Progress | None = None) -> Table:
        """Return one table for all these matrices, with a row for each cell that has an X (the mark of presence).

        Each row shows the evidence without which the cell loses its X. `progress` receives (matrices done, all
        matrices).
        """
        parts = list(self._parts())
        cells: list[SensitiveCell] = []
        for at, definition in enumerate(definitions, 1):
            cells += self._cells(definition, parts)
            if progress is not None:
                progress(at, len(definitions))
        return sensitivity_table(cells)

    def _cells(self, definition: MatrixDefinition, parts: Iterable[_Part]) -> Iterator[SensitiveCell]:
        definition = narrowed_definition(
            self._session, definition, EvidenceFilter()
        )  # a blind round hides other codings
        inputs = MatrixInputs(self._session, definition)
        whole = inputs.unjudged()
        judged = {(judgement.row, judgement.column) for judgement in definition.judgements}
        marked = [(r, c) for r, c in _marked(whole) if (whole.rows[r].label, whole.columns[c]) not in judged]
        hangs: defaultdict[_Cell, list[str]] = defaultdict(list)
        for name, numbers, others in parts:
            for place in self._lost(inputs, marked, self._everything - numbers, others):
                hangs[place].append(name)
        checks = self._checks(inputs, marked)
        for r, c in marked:
            cell = whole.rows[r].cells[c]
            firm = {
                coding.source
                for coding in inputs.codings(r, c)
                if coding.stance == "supports" and coding.certainty == "firm"
            }
            yield SensitiveCell(
                definition.name, whole.rows[r].label, whole.columns[c], cell.computed, cell.quotes, cell.sources,
                self._organisations(firm), tuple(hangs[r, c]), {name: (r, c) not in lost for name, lost in checks.items()},
            )  # fmt: skip

    def _organisations(self, sources: Collection[str]) -> int:
        """Return the number of organisations of these sources. A source without an organisation adds one."""
        found = set()
        for each in self._sources.values():
            if each.name in sources:
                name = each.attributes.get(ORGANISATION, "").strip()
                found.add(("organisation", name_key(name)) if name else ("source", each.name))
        return len(found)

    def _lost(
        self, inputs: MatrixInputs, marked: Iterable[_Cell], numbers: frozenset[int], where: str = ""
    ) -> set[_Cell]:
        """Return the cells of `marked` that lose their X if only some codings are used.

        These are the codings that the query `where` finds, or else those with the ids `numbers`.
        """
        left = MatrixInputs(self._session, inputs.definition, where, numbers=numbers, same_rows=inputs)
        return set(marked) - set(_marked(left.unjudged()))

    def _checks(self, inputs: MatrixInputs, marked: Sequence[_Cell]) -> dict[str, set[_Cell]]:
        """Return a map: condition, such as “interviews only” → cells of `marked` that then lose their X."""
        interviews = {source.id for source in self._sources.values() if source.kind == "interview"}
        return {
            SHARED: self._lost(inputs, marked, self._everything - self._shared()),
            INTERVIEWS: self._lost(inputs, marked, self._of(interviews)),
            DOCUMENTS: self._lost(inputs, marked, self._everything - self._of(interviews)),
            TWO: self._lost_at(inputs, marked, 2),
            THREE: self._lost_at(inputs, marked, 3),
        }

    def _lost_at(self, inputs: MatrixInputs, marked: Iterable[_Cell], sources: int) -> set[_Cell]:
        rule = inputs.definition.rule
        stricter = replace(
            inputs.definition,
            rule=replace(rule, sources=max(sources, rule.sources), quotes=max(sources, rule.quotes)),
        )
        return set(marked) - set(_marked(MatrixInputs(self._session, stricter, same_rows=inputs).unjudged()))

    def _of(self, sources: Iterable[int]) -> frozenset[int]:
        wanted = set(sources)
        return frozenset(number for number, source, _ in self._codings if source in wanted)

    def _shared(self) -> frozenset[int]:
        return self._of(
            source.id for source in self._sources.values() if source.kind == "interview" and len(source.cases) > 1
        )

    def _parts(self) -> Iterator[_Part]:
        """Yield each part of the codings, such as all codings in one source. Empty parts are skipped.

        The coder “consensus” has decisions without codings too, which leave out codings of the other coders.
        """
        for what in self._without:
            named = self._named(what)
            others = self._without_decisions() if what == "coder" else {}
            for name in dict.fromkeys((*named, *others)):
                if named.get(name) or name in others:
                    yield name, frozenset(named.get(name, ())), others.get(name, "")

    def _without_decisions(self) -> Mapping[str, str]:
        """Return a map with the coder “consensus”, if it has made a decision: name of the part → query (see `_Part`)."""
        if not settled_codings(self._store):
            return {}
        agreed = [coder.name for coder in study_rows.coders(self._store) if is_consensus(coder.name)]
        return {f"coder {name}": f"not coder {quoted(name)}" for name in agreed}

    def _named(self, what: LeftOutPart) -> Mapping[str, set[int]]:
        found: dict[str, set[int]] = {}
        coders = {coder.id: coder.name for coder in study_rows.coders(self._store)}
        if what == "case-interviews":
            return {"interviews of several cases": set(self._shared())}
        spelt: dict[str, str] = {}
        for number, source, coder in self._codings:
            for name in self._names(what, source, coders[coder]):
                key = name_key(name) if what in {"organisation", "participant"} else name  # “Acme” and “ACME” are one
                found.setdefault(f"{what} {spelt.setdefault(key, name)}", set()).add(number)
        return found

    def _names(self, what: LeftOutPart, source: int, coder: str) -> Sequence[str]:
        of = self._sources[source]
        match what:
            case "source":
                return (of.name,)
            case "kind":
                return (of.kind,)
            case "coder":
                return (coder,)
            case "organisation":
                return [name] if (name := of.attributes.get(ORGANISATION, "").strip()) else []
            case _:
                names = of.attributes.get(PARTICIPANTS, "").split(";")
                return [name.strip() for name in names if name.strip()]


def _marked(matrix: Matrix) -> Iterator[_Cell]:
    """Yield (row, column) of each cell that shows the mark of presence, usually an X."""
    mark = matrix.marks["present"]
    for r, row in enumerate(matrix.rows):
        for c, cell in enumerate(row.cells):
            if cell.mark == mark:
                yield r, c
