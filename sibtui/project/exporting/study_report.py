"""The contents of the report on a whole study (`export report`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import sibtui
from sibtui.errors import InputError
from sibtui.model.report_values import key_figures, method_figures
from sibtui.model.table import Table
from sibtui.project.exporting.pictures import drawing_problem
from sibtui.project.shared.study_io import study_draft

if TYPE_CHECKING:
    from sibtui.model.report_values import Extent
    from sibtui.model.sensitivity import LeftOutPart
    from sibtui.project.shared.base import Session
    from sibtui.project.tables.pictured_table import PicturedTable

_T = TypeVar("_T", bound=Table)
MANY_CODINGS = 10_000
"""A study with more codings has a report without sensitivity and co-occurrence, which would take long and fill many pages."""
MANY_INTERVIEWS = 60
"""A study with more interviews has a report without the table of new codes by interview."""
MANY_SOURCES = 60
"""A study with more sources has a report without the table of the coded share of each source."""
_WITHOUT: tuple[LeftOutPart, ...] = ("source", "organisation", "kind", "case-interviews")
"""The parts left out by the report on sensitivity. Coders and participants are not among them, because the page names no people."""


def study_report(session: Session, size: Extent, *, lazily: bool, pictures: bool) -> sibtui.StudyReport:
    """Return the contents of a report on the study.

    If the study is large according to `size`, some tables are left out. With `lazily`, the evidence of matrices is not
    kept in memory: each iteration reads it from the file. With `pictures`, pictures are included if matplotlib can be
    loaded.
    """
    reports, matrices = sibtui.Reports(session), sibtui.Matrices(session)
    draft = study_draft(session, with_texts=False)
    tables = [method_figures(draft, size)]
    tables += [reports.cases()] if draft.cases and any(each.of == "case" for each in draft.attributes) else []
    tables += [reports.interviews()] if any(source.kind == "interview" for source in draft.sources) else []
    definitions = matrices.list()
    computed = _Computed(reports, size)
    interviews = sum(source.kind == "interview" for source in draft.sources)
    saturation, coverage = computed.saturation(interviews), computed.coverage(len(draft.sources))
    drawn = {name: table for name, table in (("saturation", saturation), ("coverage", coverage)) if table is not None}
    if not pictures or not drawn or drawing_problem():  # matplotlib is slow to load, so a large study does not load it
        drawn = {}
    return sibtui.StudyReport(
        draft.study.name,
        draft.study.description,
        tuple(tables),
        draft.codes,
        reports.figures(),
        tuple(matrices.traced(definition, lazily=lazily) for definition in definitions),
        key_figures(draft, size),
        sibtui.Claims(session).check().claims,
        tuple(matrices.show(each.name, show="summary") for each in definitions if each.summaries),
        computed.sensitivity() if definitions else None,
        saturation,
        computed.cooccurrence(),
        tuple(computed.left_out),
        coverage,
        {name: _svg(table) for name, table in drawn.items()},
    )


def _svg(table: PicturedTable) -> str:
    """Return the picture of a table as an SVG element; empty if there is nothing or too much to draw."""
    from sibtui.formats.pictures.files import render_svg

    try:
        return render_svg(table.picture())
    except InputError:
        return ""


class _Computed:
    """Computes tables of the report on the study.

    `left_out` collects a sentence for each table that is not computed because the study is large.
    """

    def __init__(self, reports: sibtui.Reports, size: Extent) -> None:
        self._reports = reports
        self._many = size.codings > MANY_CODINGS
        self.left_out: list[str] = []

    def sensitivity(self) -> Table | None:
        if self._many:
            self.left_out.append(_sentence("What the marks depend on", "sensitivity"))
            return None
        return _filled(self._reports.sensitivity(without=_WITHOUT))

    def coverage(self, sources: int) -> PicturedTable | None:
        if sources > MANY_SOURCES:
            self.left_out.append(_sentence("What is coded in each source", "coverage"))
            return None
        return _filled(self._reports.coverage()) if sources else None

    def saturation(self, interviews: int) -> PicturedTable | None:
        if interviews > MANY_INTERVIEWS:
            self.left_out.append(_sentence("New codes by interview", "saturation"))
            return None
        return _filled(self._reports.saturation()) if interviews else None

    def cooccurrence(self) -> Table | None:
        if self._many:
            self.left_out.append(_sentence("Codes that occur together", "cooccurrence"))
            return None
        return _filled(self._reports.cooccurrence())


def _filled(table: _T) -> _T | None:
    return table if table.rows else None


def _sentence(part: str, report: str) -> str:
    return f"{part}: left out, because the study is large. The report “{report}” has it."
