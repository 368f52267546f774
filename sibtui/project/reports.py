"""`project.reports`: the tables about the study itself: its cases, its interviews, its codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import NotFoundError
from sibtui.model.table import Table
from sibtui.project.base import Noun
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.records import Code, Source
    from sibtui.model.report import CodeFigures, StudyReport

PEOPLE, ORGANISATION, TYPE = "people", "organisation", "organisation type"
"""The attributes of sources that the report of interviews reads."""
SHARED = "Multiple/All"


class Reports(Noun):
    def cases(self) -> Table:
        """The cases and their attributes: a row an attribute, a column a case."""
        cases = case_rows.cases(self._store)
        names = [attribute.name for attribute in case_rows.attributes(self._store, "case")]
        return Table(
            ("Attribute", *(case.label for case in cases)),
            tuple((name, *(case.attributes.get(name, "") for case in cases)) for name in names),
            "Summary of case characteristics",
        )

    def interviews(self) -> Table:
        """The interviews by case: how many, individual or group with head counts, and the types of the distinct organisations.

        Interviews that touch several cases form a row of their own; the last row has the totals. An interview without a head count counts as
        one person; one without an organisation adds none.
        """
        interviews = [s for s in source_rows.sources(self._store, counts=False) if s.kind == "interview"]
        if not interviews:
            raise NotFoundError("There are no interviews in the study yet: `sibtui source add` brings them in.")
        groups = [(label, [s for s in interviews if s.cases == (label,)]) for label in case_rows.case_ids(self._store)]
        groups += [
            (SHARED, [s for s in interviews if len(s.cases) > 1]),
            ("No case", [s for s in interviews if not s.cases]),
        ]
        rows = [_interview_row(label, found) for label, found in groups if found]
        people = sum(_people(source) for source in interviews)
        organisations = len({o for s in interviews if (o := s.attributes.get(ORGANISATION))})
        rows.append(("Total", len(interviews), "", "", people, organisations))
        return Table(
            ("Case", "Interviews", "Interview type (people)", "Organisation types", "People", "Organisations"),
            tuple(rows),
            "Summary of interview types",
        )

    def codebook(self) -> Table:
        """Every code with its definition, and the quotes, sources and cases that it has itself (not its sub-codes)."""
        quotes, sources, cases = self._counts()
        return Table(
            (
                "code", "definition", "include", "exclude", "example", "origin", "status",
                "quotes", "sources", "cases", "history",
            ),
            tuple(
                (
                    code.path, code.definition, code.include, code.exclude, code.example, code.origin, code.status,
                    quotes.get(code.id, 0), sources.get(code.id, 0), cases.get(code.id, 0), self._told(code),
                )
                for code in code_rows.codes(self._store)
            ),
            "Codebook",
        )  # fmt: skip

    def figures(self) -> dict[str, CodeFigures]:
        """What each code itself has, by its path: quotes, sources and cases; a code without codings has no figures."""
        from sibtui.model.report import CodeFigures  # noqa: PLC0415 - no table needs it

        quotes, sources, cases = self._counts()
        return {
            path: CodeFigures(quotes[code], sources[code], cases.get(code, 0))
            for code, path in self._session.paths().items()
            if code in quotes
        }

    def codebook_document(self, format: str) -> bytes:  # noqa: A002 - the option's name
        """The codebook for people: "html", "md" or "docx"."""
        from sibtui.formats.registry import codebook_document  # noqa: PLC0415 - a table needs no document
        from sibtui.model.drafts import code_drafts  # noqa: PLC0415

        codes = code_drafts(code_rows.codes(self._store), code_rows.lineage(self._store))
        return codebook_document(codes, self.figures(), format)

    def study(self) -> StudyReport:
        """The whole study as one document is made of it: its method in figures, its tables, codebook, matrices and evidence."""
        from sibtui.model.report import StudyReport, method_figures  # noqa: PLC0415 - no table needs it
        from sibtui.project.matrices import Matrices  # noqa: PLC0415
        from sibtui.project.transfer import study_draft  # noqa: PLC0415

        with self._store.snapshot():
            draft = study_draft(self._session)
            matrices = Matrices(self._session)
            tables = [method_figures(draft)]
            tables += [self.cases()] if draft.cases and any(each.of == "case" for each in draft.attributes) else []
            tables += [self.interviews()] if any(source.kind == "interview" for source in draft.sources) else []
            return StudyReport(
                draft.study.name,
                draft.study.description,
                tuple(tables),
                draft.codes,
                self.figures(),
                tuple(matrices.traced(definition) for definition in matrices.list()),
            )

    def _counts(self) -> tuple[dict[int, int], dict[int, int], dict[int, int]]:
        query = self._store.query
        return (
            dict(query("SELECT code_id, count(*) FROM codings GROUP BY code_id").fetchall()),
            dict(query("SELECT code_id, count(DISTINCT source_id) FROM codings GROUP BY code_id").fetchall()),
            dict(
                query(
                    "SELECT c.code_id, count(DISTINCT cc.case_id) FROM codings c JOIN coding_cases cc ON cc.coding_id = c.id"
                    " GROUP BY c.code_id"
                ).fetchall()
            ),
        )

    def _told(self, code: Code) -> str:
        events = code_rows.lineage(self._store, code.id).get(code.id, ())
        return "; ".join(f"{event.event} {event.at[:10]}: {event.path}" for event in events)


def _interview_row(label: str, interviews: Sequence[Source]) -> tuple[str | int, ...]:
    people = [_people(source) for source in interviews]
    types = "; ".join("Individual" if count == 1 else f"Group ({count})" for count in people)
    organisations: dict[str, str] = {}
    for source in interviews:
        if name := source.attributes.get(ORGANISATION):
            organisations.setdefault(name, source.attributes.get(TYPE, name))
    return label, len(interviews), types, "; ".join(organisations.values()), sum(people), len(organisations)


def _people(source: Source) -> int:
    text = source.attributes.get(PEOPLE, "1")
    return int(float(text)) if text.replace(".", "", 1).isdigit() else 1
