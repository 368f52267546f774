"""What of a study can be written to a file, in which formats, and what is said of it. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.desk.answers import Answer
from sibtui.desk.paths import path_of
from sibtui.errors import InputError, NotFoundError
from sibtui.model.text import one_line, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from sibtui.model.imports import Loss
    from sibtui.model.matrix import MatrixDefinition
    from sibtui.project import Project

    Progress = Callable[[int, int], None]

_PAGE, _WORD, _EXCEL, _MARKDOWN = "a web page", "a Word document", "an Excel workbook", "Markdown"


@dataclass(frozen=True, slots=True)
class Export:
    """One thing that can be written. `endings` maps how a file's name can end to what that makes; "" is a folder."""

    key: str
    title: str
    endings: Mapping[str, str]
    stem: str
    about: str
    """What is in it, and what is left out."""

    @property
    def usual(self) -> str:
        return next(iter(self.endings))


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, in a sentence; and what others will not see of it, a line each."""

    told: str
    losses: tuple[str, ...] = ()


EXPORTS = (
    Export("report", "All of the study on one page", {".html": _PAGE}, "report", "Coders, memos and private names are left out."),
    Export("tables", "All saved tables", {".docx": _WORD, ".xlsx": _EXCEL, ".md": _MARKDOWN, ".tex": "LaTeX", ".txt": "plain text"}, "tables",
           "As they are saved."),
    Export("appendix", "The quotes behind every cell of the tables", {".html": _PAGE, ".docx": _WORD, ".md": _MARKDOWN, ".csv": "a CSV table"},
           "appendix", "Coders and memos are left out, but a .csv has them."),
    Export("codebook", "The codebook", {".docx": _WORD, ".html": _PAGE, ".md": _MARKDOWN, ".csv": "a CSV table", ".toml": "TOML",
           ".qdc": "a REFI-QDA codebook"}, "codebook", ".csv, .toml and .qdc can be brought in again; .toml alone has the codes' past."),
    Export("codings", "The codings, one a row", {".csv": "a CSV table", ".xlsx": _EXCEL}, "codings",
           "`sibtui coding import` reads the .csv back. It has the coders and memos."),
    Export("qdpx", "The study for NVivo, ATLAS.ti, MAXQDA, QualCoder …", {".qdpx": "a REFI-QDA project"}, "",
           "Private names and the history are left out."),
    Export("folder", "The study as a folder of plain text", {"": "a folder"}, "study-as-text",
           "`sibtui new --from` builds it again. Private names and the history are left out."),
    Export("sqlite", "Flat tables for other programs", {".db": "an SQLite database", ".sqlite": "an SQLite database"}, "flat",
           "It cannot be made a study again."),
    Export("taguette", "The codings as Taguette's highlights", {".csv": "a CSV table"}, "highlights", "As Taguette's own export has them."),
)  # fmt: skip

TABLE = Export(
    "table", "The quotes behind the cells of this table", {".html": _PAGE, ".docx": _WORD, ".md": _MARKDOWN, ".csv": "a CSV table"},
    "appendix", "Coders and memos are left out, but a .csv has them.",
)  # fmt: skip
"""The evidence of one table, the one on the matrix screen."""


def file_name(export: Export, project: Project) -> str:
    """A name to begin with."""
    return (export.stem or project.path.stem) + export.usual


def file_told(export: Export, line: str) -> Answer:
    """What writing to the file of this name would do."""
    if not line.strip():
        return Answer(f"A name is needed, {export.stem or 'study'}{export.usual} for example.", "no")
    try:
        return _told(export, path_of(line.strip()))
    except OSError as error:
        return Answer(f"That cannot be: {error.strerror}.", "no")


def _told(export: Export, file: Path) -> Answer:
    where = file.absolute()
    ending = "" if "" in export.endings else file.suffix.lower()
    if ending not in export.endings:
        return Answer(f"Its end says what to write: {' '.join(export.endings)}", "no")
    if not where.parent.is_dir():
        return Answer(f"There is no folder {where.parent}.", "no")
    if where.is_dir():
        if ending:
            return Answer(f"{where} is a folder.", "no")
        if any(where.iterdir()):
            told = f"{where} has something in it: files of a study there would be overwritten, others stay."
            return Answer(told, "again")
    elif where.exists():
        return Answer(f"{where} is there already, and would be overwritten.", "again")
    return Answer(f"{where}: {export.endings[ending]}. {export.about}")


def write(
    project: Project,
    export: Export,
    line: str,
    *,
    force: bool,
    table: MatrixDefinition | None = None,
    progress: Progress = lambda _done, _of: None,
) -> Written:
    """Write it. ConflictError when there is something already, unless `force`. `progress` is told (done, of); by raising it ends the writing.

    `table` is the table whose evidence is wanted, for TABLE.
    """
    file = path_of(line.strip()).absolute()
    progress(0, 0)
    losses, also = _WRITERS[export.key](_Job(project, file, force, table, progress))
    ending = "" if "" in export.endings else file.suffix.lower()
    told = f"Wrote {one_line(file.name)}: {export.endings[ending]}{also} (in {one_line(str(file.parent))})"
    return Written(told, tuple(losses))


@dataclass(frozen=True, slots=True)
class _Job:
    project: Project
    file: Path
    force: bool
    table: MatrixDefinition | None
    progress: Progress

    @property
    def form(self) -> str:
        return self.file.suffix.lower().removeprefix(".")

    def put(self, data: str | bytes) -> None:
        """Write to the file, unless somebody has stopped it meanwhile."""
        from sibtui.project.output import write_file  # noqa: PLC0415 - nothing else writes

        self.progress(0, 0)
        write_file(
            self.file, [data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data], force=self.force
        )


_Told = tuple["Iterable[str]", str]


def _report(job: _Job) -> _Told:
    job.put(job.project.exports.report())
    return (), "; coders, memos and private names are left out"


def _tables(job: _Job) -> _Told:
    from sibtui.formats.registry import MATRIX_DOCUMENTS, MATRIX_SUFFIXES, matrix_document, render_matrix  # noqa: PLC0415

    matrices = [job.project.matrices.show(definition.name) for definition in _saved(job.project)]
    form = MATRIX_SUFFIXES[job.file.suffix.lower()]
    if form in MATRIX_DOCUMENTS:
        job.put(matrix_document(matrices, form))
    else:
        job.put("\n".join(render_matrix(matrix, form) for matrix in matrices))
    return (), f"; {plural(len(matrices), 'table')}"


def _saved(project: Project) -> Sequence[MatrixDefinition]:
    saved = project.matrices.list()
    if not saved:
        raise NotFoundError("No matrix is saved yet: F3 shows one made on the spot, and w saves it.")
    return saved


def _appendix(job: _Job) -> _Told:
    from sibtui.project.appendix import appendix  # noqa: PLC0415

    definitions = [job.table] if job.table is not None else _saved(job.project)
    traced = []
    for done, definition in enumerate(definitions):
        job.progress(done, len(definitions))
        traced.append(job.project.matrices.traced(definition))
    job.put(appendix(traced, job.form))
    return (), "; with coders and memos" if job.form == "csv" else "; coders and memos are left out"


def _codebook(job: _Job) -> _Told:
    codes = job.project.codes.export()
    told = f"; {plural(len(codes), 'code')}"
    if job.form == "qdc":
        return _lost(job.project.exports.qdc(job.file, force=job.force)), told
    from sibtui.formats.codebook_files import write_codebook_csv, write_codebook_toml  # noqa: PLC0415

    if job.form == "toml":
        job.put(write_codebook_toml(codes))
    elif job.form == "csv":
        job.put(write_codebook_csv(codes))
        told += "; their past is left out (.toml has it)"
    else:
        job.put(job.project.reports.codebook_document(job.form))
    return (), told


def _codings(job: _Job) -> _Told:
    count = job.project.codings.count()
    if job.form == "csv":
        job.project.exports.codings(job.file, force=job.force, progress=lambda done: job.progress(done, count))
    else:
        job.put(job.project.exports.codings_xlsx(progress=lambda done: job.progress(done, count)))
    return (), f"; {plural(count, 'coding')}, with coders and memos"


def _qdpx(job: _Job) -> _Told:
    losses = job.project.exports.qdpx(job.file, force=job.force, progress=job.progress)
    return _lost(losses), f"; the history{_private(job.project)} left out"


def _folder(job: _Job) -> _Told:
    count = job.project.exports.folder(job.file, force=job.force, progress=job.progress)
    return (), f" of {plural(count, 'file')}; the history{_private(job.project)} left out"


def _private(project: Project) -> str:
    count = sum(case.private_name is not None for case in project.cases.list())
    return f" and {plural(count, 'private name')} are" if count else " is"


def _sqlite(job: _Job) -> _Told:
    job.project.exports.sqlite(job.file, force=job.force, progress=lambda _: job.progress(0, 0))
    return (), "; it cannot be made a study again"


def _taguette(job: _Job) -> _Told:
    from sibtui.project.output import write_file  # noqa: PLC0415

    count = job.project.codings.count()
    rows = job.project.exports.taguette_csv(progress=lambda done: job.progress(done, count))
    write_file(job.file, rows, force=job.force)
    return _lost(job.project.exports.taguette_losses()), f"; {plural(count, 'coding')}"


def _lost(losses: Iterable[Loss]) -> list[str]:
    from sibtui.formats.import_text import loss_lines  # noqa: PLC0415

    return list(loss_lines(losses))


_WRITERS: Mapping[str, Callable[[_Job], _Told]] = {
    "report": _report, "tables": _tables, "appendix": _appendix, "table": _appendix, "codebook": _codebook, "codings": _codings,
    "qdpx": _qdpx, "folder": _folder, "sqlite": _sqlite, "taguette": _taguette,
}  # fmt: skip


def by_key(key: str) -> Export:
    found = next((export for export in EXPORTS if export.key == key), None)
    if found is None:
        raise InputError(f"There is no export “{key}”.")
    return found
