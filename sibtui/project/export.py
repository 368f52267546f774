"""`project.exports`: the study out, for other programs, for git, and for people who have never seen sibtui."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.counting import counted
from sibtui.project.base import Noun
from sibtui.project.output import whole_file, write_file, write_folder
from sibtui.project.selecting import selection
from sibtui.store import cases as case_rows
from sibtui.store import codings as coding_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sibtui.model.filters import CodingFilter
    from sibtui.model.imports import Loss
    from sibtui.model.report import Telling

    Progress = Callable[[int, int], None]
    """Told (done, of); ends the work by raising."""

_CODINGS_A_FILE = 100
"""Codings that are read while one file is written and synced."""
FOLDER_OWNS = ("notes/*", "matrices/*", "codebook.toml", "codings.csv", "coverage.csv", "memos.toml")
"""What in a study folder is ours: a file that fits and is not written again is an old one."""


class Exports(Noun):
    def codings_csv(
        self, wanted: CodingFilter | None = None, *, progress: Callable[[int], None] | None = None
    ) -> Iterator[str]:
        """The codings as CSV in chunks, streamed: the columns that `coding import` reads back."""
        from sibtui.formats.codings_csv import COLUMNS  # noqa: PLC0415 - each export imports its own format
        from sibtui.formats.spreadsheet import write_csv  # noqa: PLC0415
        from sibtui.model.filters import CodingFilter  # noqa: PLC0415

        chosen = selection(self._session, wanted or CodingFilter())
        return write_csv(COLUMNS, self._csv_rows(chosen, progress))

    def _csv_rows(
        self, chosen: coding_rows.Selection, progress: Callable[[int], None] | None
    ) -> Iterator[tuple[str | int, ...]]:
        from sibtui.formats.codings_csv import join_cases  # noqa: PLC0415

        paths = self._session.paths()
        labels = case_rows.labels(self._store)
        cells: dict[str | None, str] = {None: join_cases(())}
        for count, row in enumerate(coding_rows.rows(self._store, chosen), 1):
            _, source, code, coder, start, end, stance, certainty, quote, _, _, memo, created, cases = row
            cell = cells.get(cases)
            if cell is None:
                cell = cells[cases] = join_cases(coding_rows.labels_of(cases, labels))
            yield source, start, end, quote, paths[code], coder, stance, certainty, cell, memo, created
            if progress is not None and count % 1000 == 0:
                progress(count)

    def codings(
        self,
        path: Path,
        wanted: CodingFilter | None = None,
        *,
        force: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Write the codings to a CSV file."""
        write_file(path, self.codings_csv(wanted, progress=progress), force=force)

    def codings_xlsx(
        self, wanted: CodingFilter | None = None, *, progress: Callable[[int], None] | None = None
    ) -> bytes:
        """The codings as an Excel workbook with the columns of the CSV. InputError when there are more than a sheet holds."""
        from sibtui.formats.codings_xlsx import write_codings  # noqa: PLC0415
        from sibtui.model.filters import CodingFilter  # noqa: PLC0415

        return write_codings(self._csv_rows(selection(self._session, wanted or CodingFilter()), progress))

    def report(self, *, telling: Telling | None = None) -> str:
        """The whole study as one page that stands alone. Coders and memos are left out unless `telling` asks for them."""
        from sibtui.formats import report_html  # noqa: PLC0415
        from sibtui.model.report import Telling  # noqa: PLC0415
        from sibtui.project.reports import Reports  # noqa: PLC0415

        return report_html.render(Reports(self._session).study(), telling=telling or Telling())

    def qdpx(
        self, path: Path, *, force: bool = False, private_names: bool = False, progress: Progress | None = None
    ) -> tuple[Loss, ...]:
        """Write the study as a REFI-QDA project, which `sibtui new --from` reads back whole; what other programs will not see."""
        from sibtui.formats.refi_losses import losses  # noqa: PLC0415
        from sibtui.formats.refi_write import write_qdpx  # noqa: PLC0415
        from sibtui.project.transfer import study_draft  # noqa: PLC0415

        reading, writing = self._stages(progress, "codings")
        draft = study_draft(self._session, private_names=private_names, progress=reading)
        write_file(path, [write_qdpx(draft, writing)], force=force)
        return losses(draft)

    def _stages(
        self, progress: Progress | None, table: str, *, each: int = 1
    ) -> tuple[Callable[[int], None] | None, ...]:
        """What is told how many codings are read, and then how many rows of a table are written, of which each takes as long as so many codings.

        The few files that are written beside them are not counted.
        """
        if progress is None:
            return None, None
        codings, more = (self._store.one(f"SELECT count(*) FROM {name}") for name in ("codings", table))
        of = codings + more * each
        return lambda done: progress(done, of), lambda done: progress(min(codings + done * each, of), of)

    def qdc(self, path: Path, *, force: bool = False) -> tuple[Loss, ...]:
        """Write the codebook as a REFI-QDA codebook; what other programs will not see of it."""
        from sibtui.formats.refi_codebook import write_qdc  # noqa: PLC0415
        from sibtui.formats.refi_losses import codebook_losses  # noqa: PLC0415
        from sibtui.project.transfer import codebook_draft  # noqa: PLC0415

        draft = codebook_draft(self._session)
        write_file(path, [write_qdc(draft)], force=force)
        return codebook_losses(draft)

    def taguette_csv(
        self, wanted: CodingFilter | None = None, *, progress: Callable[[int], None] | None = None
    ) -> Iterator[str]:
        """The codings in chunks, as Taguette's own export of highlights has them."""
        from sibtui.formats.taguette_csv import write_taguette_csv  # noqa: PLC0415
        from sibtui.project.codings import Codings  # noqa: PLC0415

        return write_taguette_csv(counted(Codings(self._session).list(wanted), progress))

    def taguette_losses(self, wanted: CodingFilter | None = None) -> tuple[Loss, ...]:
        """What there is no column for in Taguette's export."""
        from sibtui.formats.taguette_csv import taguette_losses  # noqa: PLC0415
        from sibtui.project.codings import Codings  # noqa: PLC0415

        return taguette_losses(Codings(self._session).list(wanted))

    def sqlite(self, path: Path, *, force: bool = False, progress: Callable[[str], None] | None = None) -> None:
        """Write flat, documented tables and views to a SQLite file: `codings`, `quotes_by_code`, `matrix_<name>` …"""
        from sibtui.project.matrices import Matrices  # noqa: PLC0415
        from sibtui.store.flat import write_flat  # noqa: PLC0415

        matrices = Matrices(self._session)
        with whole_file(path, force=force) as aside:
            shown = [matrices.show(definition.name) for definition in matrices.list()]
            write_flat(self._store, aside, shown, self._session.paths(), progress)

    def folder(
        self, path: Path, *, force: bool = False, private_names: bool = False, progress: Progress | None = None
    ) -> int:
        """Write the whole study as a folder of plain text, made for git; how many files."""
        from sibtui.formats.study_folder import write_study  # noqa: PLC0415
        from sibtui.project.transfer import study_draft  # noqa: PLC0415

        reading, writing = self._stages(progress, "sources", each=_CODINGS_A_FILE)
        draft = study_draft(self._session, private_names=private_names, progress=reading)
        return write_folder(path, counted(write_study(draft), writing, every=1), FOLDER_OWNS, force=force)
