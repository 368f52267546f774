"""`project.reports`: tables about the cases, interviews, codes and coders of a study."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, Unpack

import sibtui
from sibtui.errors import InputError, NotFoundError
from sibtui.model.agreement.report import EXTRAS, ROWS, By, Extra
from sibtui.model.agreement.units import TOUCHES, UNITS, FixedUnit, Touch, unused_arguments
from sibtui.model.arguments import Names, Numbers, as_names, as_rounds, choice, choices, whole
from sibtui.model.folding import name_key
from sibtui.model.frozen import replace
from sibtui.model.matrix_definition import MatrixDefinition
from sibtui.model.method_standards import MethodStandard
from sibtui.model.progress import Progress
from sibtui.model.records import Code, Source
from sibtui.model.table import Table
from sibtui.model.text import listed, one_line
from sibtui.project.coding_reports import CodingReports
from sibtui.project.shared.hidden_codings import with_hidden_codings
from sibtui.project.shared.keywords import filter_of
from sibtui.project.shared.resolve_filter import evidence
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import sources as source_rows
from sibtui.store.connection import Store
from sibtui.store.rounds import visible

PEOPLE, ORGANISATION, TYPE = "people", "organisation", "organisation type"
"""The attributes of sources that the report on interviews uses."""
SHARED = "Multiple/All"
_INTERVIEW_FIELDS = ("case", "interviews", "interview_types", "organisation_types", "people", "organisations")


class Reports(CodingReports):
    """`project.reports`: tables about the cases, interviews, codes and coders of a study.

    >>> project.reports.cases().columns
    ('Attribute', 'SIB A', 'SIB B', 'SIB C', 'SIB D')
    """

    def cases(self) -> Table:
        """Return the attributes of the cases: one row per attribute, one column per case.

        >>> project.reports.cases().rows[0][:2]
        ('Stage of development', 'Over half-way through')
        """
        cases = case_rows.cases(self._store)
        names = [attribute.name for attribute in case_rows.attributes(self._store, "case")]
        columns = ("Attribute", *(case.label for case in cases))
        rows = tuple((name, *(case.attributes.get(name, "") for case in cases)) for name in names)
        objects = tuple(
            dict.fromkeys(("attribute", "cases"))  # the first fields
            | dict(zip(columns, (name, *values), strict=True))  # the former names of the fields in JSON
            | {"attribute": name, "cases": dict(zip(columns[1:], values, strict=True))}
            for name, *values in rows
        )
        return Table(columns, rows, "Summary of case characteristics", objects=objects)

    def interviews(self, *, as_published: bool = False) -> Table:
        """Return a table of the interviews, with a row for each case.

        A row has the numbers of interviews, people and organisations, and the types of the interviews and
        organisations. All interviews about several cases are in a separate row. The last row has the totals. The type
        of an interview is “Individual”, or “Group” with the number of people. An interview without a number of people
        counts as one person. If the number of people is not a whole number of at least 1, such as “5-6”, the type is
        “Unclear” with this text.

        `as_published` gives the four columns of a published appendix, without totals. If all labels of cases begin with
        the same word, such as SIB, this word is only in the heading.

        Raises NotFoundError when the study has no interviews.

        >>> [(row["Case"], row["People"]) for row in project.reports.interviews().to_dicts()][:2]
        [('SIB A', 5), ('SIB B', 5)]
        """
        groups = interview_groups(self._store)
        interviews = [source for found in groups.values() for source in found]
        if not interviews:
            raise NotFoundError("There are no interviews in the study yet.", "add-sources")
        rows = [_interview_row(label, found) for label, found in groups.items()]
        unclear = unclear_people(interviews)
        if as_published:
            below = (f"The number of people is unclear: {unclear}.",) if unclear else ()
            return replace(_as_published(rows, list(case_rows.case_ids(self._store))), below=below)
        people = sum(people_in(source) or 1 for source in interviews)
        organisations = len({name_key(o) for s in interviews if (o := s.attributes.get(ORGANISATION))})
        rows.append(("Total", len(interviews), "", "", people, organisations))
        table = _interview_table(
            ("Case", "Interviews", "Interview type (people)", "Organisation types", "People", "Organisations"), rows
        )
        below = (f"The number of people is unclear, and counted as 1: {unclear}.",) if unclear else ()
        return replace(table, below=below)

    def codebook(self) -> sibtui.PicturedTable:
        """Return a table of all codes with their definitions, and their numbers of quotes, sources and cases.

        If several coders gave the code to the same passage with the same stance, this is one quote. Codings that a
        decision on a disagreement has replaced are not counted. For a code with accepted proposals, the table names the
        coders who proposed it, and the day of the first decision. For a code that is only proposed, the table names the
        coders of its open proposals.

        >>> project.reports.codebook().rows[1][0]
        'Strengths and co-production/Brokering and coaching'
        """
        from sibtui.model.pictures.charts import code_tree
        from sibtui.project.tables.pictured_table import pictured

        quotes, sources, cases = self._counts()
        agreed = self._agreements()
        codes = list(code_rows.codes(self._store))
        table = Table(
            (
                "code", "definition", "include", "exclude", "example", "origin", "proposed by", "agreed", "status",
                "quotes", "sources", "cases", "history",
            ),
            tuple(
                (
                    code.path, code.definition, code.include, code.exclude, code.example, code.origin,
                    *agreed.get(code.path, ((), "")), code.status,
                    quotes.get(code.id, 0), sources.get(code.id, 0), cases.get(code.id, 0), self._history(code),
                )
                for code in codes
            ),
            "Codebook",
        )  # fmt: skip
        return with_hidden_codings(self._session, pictured(table, lambda: code_tree(codes, quotes, sources)))

    def figures(self) -> dict[str, sibtui.CodeFigures]:
        """Return a map: path of a code → how many quotes, sources and cases this code has.

        Quotes are counted as in `codebook`. The quotes of sub-codes are not counted. Codes without codings are left
        out.

        >>> project.reports.figures()["Innovative services/New staff positions"]
        CodeFigures(quotes=11, sources=7, cases=2)
        """
        quotes, sources, cases = self._counts()
        return {
            path: sibtui.CodeFigures(quotes[code], sources[code], cases.get(code, 0))
            for code, path in self._session.paths().items()
            if code in quotes
        }

    def codebook_document(self, format: str) -> bytes:  # noqa: A002 - the option's name
        """Return the codebook as a document: "html", "md" or "docx". Raises InputError for another format.

        >>> project.reports.codebook_document("md").decode().splitlines()[0]
        '# Codebook'
        """
        from sibtui.formats.documents.codebook import codebook_document
        from sibtui.formats.registry import DOCUMENT_FORMATS, render_bytes
        from sibtui.model.arguments import choice
        from sibtui.model.drafts import code_drafts

        form = choice("format of a codebook", format, DOCUMENT_FORMATS)
        codes = code_drafts(code_rows.codes(self._store), code_rows.lineage(self._store))
        return render_bytes(codebook_document(codes, self.figures(), agreed=self._agreements()), form)

    def study(self, *, lazily: bool = False, pictures: bool = False) -> sibtui.StudyReport:
        """Return the contents of a report on the whole study.

        The report has the codebook, tables, summaries, claims, numbers for the methods section, and matrices with their
        evidence. It also has the reports on sensitivity, saturation and co-occurrence. With `lazily`, the evidence is
        read from the file during iteration, as in `matrices.traced`. With `pictures`, pictures are included if
        matplotlib is installed. Raises InputError in a blind round of coding.

        >>> [each.matrix.name for each in project.reports.study().matrices]
        ['table-1', 'table-2', 'table-3', 'table-4']
        """
        from sibtui.project.exporting.study_report import study_report
        from sibtui.project.papers.study_extent import study_extent

        self._session.refuse_in_blind_round("The report on the study")
        with self._store.snapshot():
            return study_report(self._session, study_extent(self._session), lazily=lazily, pictures=pictures)

    def methods(self, standard: MethodStandard = "coreq") -> Table:
        """Return the report on the methods: numbers of the study, and the items of a reporting standard.

        `standard` is "coreq" or "srqr", or "none" for the numbers alone. Some items are answered by counting in the
        study, others by the author (`set_study(methods=…)`). An item without an answer has the text `[TO COMPLETE]`.
        The column `from` shows whether an answer was counted or written. The last line below the table is a paragraph
        for the paper.

        Raises InputError for an unknown standard, and in a blind round of coding.

        >>> [row["answer"] for row in project.reports.methods().to_dicts() if row["item"] == "Sample size"]
        ['12 interviews with 19 people on 4 cases.']
        """
        from sibtui.model.method_standards import METHOD_STANDARDS
        from sibtui.project.papers.methods import StudyMethods
        from sibtui.project.papers.study_extent import study_extent

        chosen = choice("reporting standard", standard, METHOD_STANDARDS)
        self._session.refuse_in_blind_round("The report on the methods")
        with self._store.snapshot():
            return StudyMethods(self._session, study_extent(self._session)).report(chosen).table()

    def agreement(
        self,
        criteria: sibtui.CodingFilter | None = None,
        *,
        unit: FixedUnit | Literal["free"] = "sentence",
        by: By = "code",
        touch: Touch = "any",
        headings: bool = True,
        merge_touching: bool = False,
        draws: int = 1000,
        seed: int = 1,
        extras: Extra | Iterable[Extra] = (),
        consensus: bool = False,
        progress: Progress | None = None,
        **words: Unpack[sibtui.FilterWords],
    ) -> sibtui.PicturedTable:
        """Return the agreement of coders on sources that at least two of them have read.

        `criteria`, or its parts as keyword arguments, choose the codings; `coder` names the coders to compare. `by`
        states what each row of the table is about: a "code", a "source" or a "coder pair".

        Coders are compared for each unit of text. `unit` is "sentence", "paragraph", "turn", "source" or "character".
        With "free", the segments themselves are compared (alpha-U). `merge_touching` then joins touching segments of a
        coder. `touch` is the part of a unit that must be coded: "any", "half" or "all" of its letters and digits. If
        `headings` is False, headings are not counted as units.

        `draws` is the number of random samples for the confidence interval of Krippendorff's alpha; with 0, there is no
        interval. `seed` is the start value of the random numbers. `extras` adds coefficients for two coders: "ac1",
        "brennan-prediger", "scott-pi", "highest-kappa", "negative", "jaccard". With three coders or more, these
        coefficients need `by="coder pair"`.

        With `consensus`, decisions on disagreements are used (see `codings.decide`). The codings on which a decision was
        made are left out, and the codings that result from the decision count for every coder. `progress` receives
        (sources done, all sources), and may raise to cancel.

        A cell is "undefined" or "not computable" if there is no number, and the column `why` gives the reason. Raises
        NotFoundError when no source was read by two coders or a name is unknown. Raises InputError for a value that
        cannot be used, or an argument that has no effect with this unit.

        >>> read = project.readings.add("b1", coder="R9")
        >>> project.reports.agreement(coder=["R2", "R9"], code="Personal budgets", draws=0).columns[:4]
        ('code', 'units', 'both', 'only A')
        """
        from sibtui.project.agreement.reports import on_free_segments, on_units
        from sibtui.project.tables.pictured_table import pictured

        unit = choice("unit of agreement", unit, UNITS)
        by, touch = choice("row of agreement", by, ROWS), choice("part of a unit", touch, TOUCHES)
        draws, seed = whole("number of draws", draws, 0), whole("seed", seed, 0)
        wanted = choices("coefficient", extras, EXTRAS)
        _refuse_unused(
            unit,
            by=by != "code",
            touch=touch != "any",
            headings=not headings,
            extras=bool(wanted),
            merge_touching=merge_touching,
        )
        chosen = filter_of(criteria, words)
        with self._store.snapshot():
            if unit == "free":
                free = on_free_segments(self._session, chosen, merge_touching=merge_touching, consensus=consensus)
                return pictured(free.table(), free.picture)
            report = on_units(
                self._session, chosen, unit=unit, by=by, touch=touch, headings=headings, draws=draws, seed=seed,
                consensus=consensus, of_pairs=wanted, progress=progress,
            )  # fmt: skip
            return pictured(report.table(wanted), report.picture)

    def cell_agreement(
        self,
        matrix: str | MatrixDefinition,
        coder: Names = (),
        *,
        round: Numbers = (),  # noqa: A002 - the option's name
        consensus: bool = False,
    ) -> Table:
        """Return the agreement of coders on the cells of a matrix, with the state of each cell for each coder.

        The state of a cell for a coder is computed from the codings of this coder and the sources read by this coder.
        `coder` names the coders; by default, all coders who have read a source are compared. With one coder, `round`
        names the rounds of coding to compare. With several coders, only codings and readings in these rounds are used.
        `consensus` has the same meaning as in `agreement`.

        Raises NotFoundError when a name is unknown, AmbiguousError when it is not unique. Without `coder`, also raises
        NotFoundError when fewer than two coders have read a source. Raises InputError for a matrix that has coders as
        its columns, for one coder without two rounds, for rounds with `consensus`, and in a blind round of coding.

        >>> table = project.reports.cell_agreement("table-1", coder=["R1", "R2"])
        >>> table.columns
        ('row', 'column', 'R1', 'R2', 'same', 'cells', 'percent', 'alpha', 'why')
        """
        from sibtui.project.agreement.matrix_cells import on_cells

        matrices = sibtui.Matrices(self._session)
        with self._store.snapshot():
            definition = matrices.get(matrix) if isinstance(matrix, str) else matrices.checked(matrix)
            return on_cells(self._session, definition, as_names(coder), as_rounds(round), consensus=consensus).table()

    def disagreements(self, criteria: sibtui.CodingFilter | None = None, **words: Unpack[sibtui.FilterWords]) -> Table:
        """Return a table of the passages that two coders coded differently, ordered by source and place.

        `criteria`, or its parts as keyword arguments, choose the codings. `coder` names the two coders; by default, the
        two coders who have read the same sources are compared. In the table, the first coder is called A, and the
        second B. Only sources that both have read are compared.

        The column `kind` is "only A", "only B", "other code", "other extent", "other stance", "other certainty" or
        "other case". The column `number` has the id of a coding of the passage, for `codings.decide`.

        Raises InputError if the number of compared coders is not two, NotFoundError when no source was read by both or
        a name is unknown.

        >>> read = project.readings.add("b1", coder="R9")
        >>> project.reports.disagreements(coder=["R2", "R9"]).columns[:6]
        ('number', 'source', 'start', 'end', 'kind', 'A')
        """
        from sibtui.project.agreement.reports import between_two

        with self._store.snapshot():
            return between_two(self._session, filter_of(criteria, words)).table()

    def _counts(self) -> tuple[dict[int, int], dict[int, int], dict[int, int]]:
        """Return three maps: code id → number of quotes, code id → number of sources, code id → number of cases.

        Quotes are counted as in `codebook`.
        """
        query, counted = self._store.query, evidence(self._session, sibtui.CodingFilter())
        seen = f"{visible(counted.blind, 'c')} AND c.id NOT IN ({', '.join(map(str, counted.without))})"
        alike = f'SELECT DISTINCT code_id, source_id, start, "end", stance FROM codings c WHERE {seen}'
        return (
            dict(query(f"SELECT code_id, count(*) FROM ({alike}) GROUP BY code_id").fetchall()),
            dict(
                query(
                    f"SELECT code_id, count(DISTINCT source_id) FROM codings c WHERE {seen} GROUP BY code_id"
                ).fetchall()
            ),
            dict(
                query(
                    "SELECT c.code_id, count(DISTINCT cc.case_id) FROM codings c JOIN coding_cases cc ON cc.coding_id = c.id"
                    f" WHERE {seen} GROUP BY c.code_id"
                ).fetchall()
            ),
        )

    def _agreements(self) -> dict[str, tuple[tuple[str, ...], str]]:
        """Return a map of proposed codes: path → (coders who proposed the code, day of the first decision)."""
        from sibtui.project.shared.code_proposals import present_proposals

        found = present_proposals(self._store)
        if not found:
            return {}
        from sibtui.model.proposals import agreements

        proposed = [code.path for code in code_rows.codes(self._store) if code.status == "proposed"]
        return {path: (coders, decided[:10]) for path, (coders, decided) in agreements(found, proposed).items()}

    def _history(self, code: Code) -> str:
        events = code_rows.lineage(self._store, code.id).get(code.id, ())
        return "; ".join(f"{event.event} {event.at[:10]}: {event.path}" for event in events)


def _refuse_unused(unit: FixedUnit | Literal["free"], **changed: bool) -> None:
    """Raise InputError if an argument was changed from its default, but has no effect with this unit of agreement."""
    if odd := [name for name in changed if changed[name] and name in unused_arguments(unit)]:
        raise InputError(f"{listed(odd)} {'do' if odd[1:] else 'does'} not go with the unit “{unit}”.")


def interview_groups(store: Store) -> dict[str, list[Source]]:
    """Return a map for the report on interviews: row label → the interviews in this row. Empty rows are left out."""
    interviews = [s for s in source_rows.sources(store, counts=False) if s.kind == "interview"]
    groups = {label: [s for s in interviews if s.cases == (label,)] for label in case_rows.case_ids(store)}
    groups |= {SHARED: [s for s in interviews if len(s.cases) > 1], "No case": [s for s in interviews if not s.cases]}
    return {label: found for label, found in groups.items() if found}


def _interview_row(label: str, interviews: Sequence[Source]) -> tuple[str | int, ...]:
    types = "; ".join(map(_interview_type, interviews))
    people = sum(people_in(source) or 1 for source in interviews)
    organisations: dict[str, str] = {}
    for source in interviews:
        if name := source.attributes.get(ORGANISATION):
            organisations.setdefault(name_key(name), source.attributes.get(TYPE, name))
    return label, len(interviews), types, "; ".join(organisations.values()), people, len(organisations)


def _as_published(rows: Sequence[tuple[str | int, ...]], cases: Sequence[str]) -> Table:
    firsts = {label.partition(" ")[0] for label in cases}
    shared = firsts.pop() if len(firsts) == 1 and all(" " in label for label in cases) else ""
    return _interview_table(
        (f"{shared or 'Case'}(S)", "Number of interviews", "Interview type (Number of people)", "Organization types"),
        [(str(label).removeprefix(f"{shared} ") if label in cases else label, *rest[:3]) for label, *rest in rows],
    )


def _interview_table(columns: tuple[str, ...], rows: Iterable[tuple[str | int, ...]]) -> Table:
    """Return the table of interviews.

    In JSON, each value appears twice: under a name in snake case, and under the column heading.
    """
    rows = tuple(rows)
    objects = tuple(dict(zip(_INTERVIEW_FIELDS, row)) | dict(zip(columns, row, strict=True)) for row in rows)  # noqa: B905 - four or six
    return Table(columns, rows, "Summary of interview types", objects=objects)


def _interview_type(source: Source) -> str:
    count = people_in(source)
    if count is None:
        return f"Unclear ({one_line(source.attributes[PEOPLE], 40)})"
    return "Individual" if count == 1 else f"Group ({count})"


def people_in(source: Source) -> int | None:
    """Return the number of people in an interview, or 1 if the source does not state this number.

    Return None if the stated number, such as “5-6” or “several”, is not a whole number of at least 1.
    """
    text = source.attributes.get(PEOPLE, "").strip() or "1"
    whole_number = re.fullmatch(r"[0-9]+(?:\.0*)?", text)
    return (int(float(text)) or None) if whole_number else None


def unclear_people(interviews: Iterable[Source]) -> str:
    """Return the names of the interviews whose number of people is unclear, as one text; empty if there are none.

    Each name is followed by the number of people as the study has it, such as “5-6”.
    """
    unclear = [source for source in interviews if people_in(source) is None]
    return listed([f"{one_line(s.name, 60)} (“{one_line(s.attributes[PEOPLE], 40)}”)" for s in unclear], 5)
