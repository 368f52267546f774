"""The list of all exports, with the content and the formats of each. The command line and the screen use this list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.errors import InputError, NotFoundError
from sibtui.model.filters import EvidenceFilter
from sibtui.model.frozen import dataclass
from sibtui.model.text import one_line, plural
from sibtui.project.exporting.extensions import has_file_extension
from sibtui.project.shared.typed_paths import path_of
from sibtui.project.shared.validation import Validation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sibtui.model.import_reports import Loss
    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.model.progress import Progress
    from sibtui.project import Project
    from sibtui.project.exports import Exports


_PAGE, _WORD, _EXCEL, _MARKDOWN = "a web page", "a Word document", "an Excel workbook", "Markdown"


@dataclass(frozen=True, slots=True)
class ExportKind:
    """One kind of export. `endings` is a map: file extension → name of the format.

    For a folder, the extension is empty. `stem` is the proposed file name without extension; if it is empty, the name
    of the study is proposed.
    """

    key: str
    title: str
    endings: Mapping[str, str]
    stem: str
    about: str
    """A sentence that states what the export contains and what it leaves out."""

    @property
    def usual(self) -> str:
        return next(iter(self.endings))


@dataclass(frozen=True, slots=True)
class ExportResult:
    """The result of an export: a message about the file, and a line for each fact that other programs cannot read."""

    message: str
    losses: tuple[str, ...] = ()


EXPORTS = (
    ExportKind("report", "All of the study on one page", {".html": _PAGE}, "report", "Coders, memos and private names are left out."),
    ExportKind("tables", "All saved tables", {".docx": _WORD, ".xlsx": _EXCEL, ".md": _MARKDOWN, ".tex": "LaTeX", ".txt": "plain text"}, "tables",
           "As they are saved."),
    ExportKind("appendix", "The quotes behind every cell of the tables", {".html": _PAGE, ".docx": _WORD, ".md": _MARKDOWN, ".csv": "a CSV table"},
           "appendix", "Coders and memos are left out, but a .csv has them."),
    ExportKind("codebook", "The codebook", {".docx": _WORD, ".html": _PAGE, ".md": _MARKDOWN, ".csv": "a CSV table", ".toml": "TOML",
           ".qdc": "a REFI-QDA codebook"}, "codebook", ".csv, .toml and .qdc can be brought in again; .toml alone has the codes' past."),
    ExportKind("codings", "The codings, one a row", {".csv": "a CSV table", ".xlsx": _EXCEL}, "codings",
           "The .csv can be brought in again. It has the coders and memos."),
    ExportKind("qdpx", "The study for NVivo, ATLAS.ti, MAXQDA, QualCoder …", {".qdpx": "a REFI-QDA project"}, "",
           "Private names and the history are left out."),
    ExportKind("folder", "The study as a folder of plain text", {"": "a folder"}, "study-as-text",
           "A new study can be made from it. Private names and the history are left out."),
    ExportKind("package", "A package for a colleague", {"": "a folder"}, "for-colleague",
           "Some sources, their cases, the codebook and the colleague's own work."),
    ExportKind("replication", "A replication package for reviewers", {"": "a folder"}, "for-reviewers",
           "The data, the tables and all that is needed to check them."),
    ExportKind("sqlite", "Flat tables for other programs", {".db": "an SQLite database", ".sqlite": "an SQLite database"}, "flat",
           "It cannot be made a study again."),
    ExportKind("taguette", "The codings as Taguette's highlights", {".csv": "a CSV table"}, "highlights", "As Taguette's own export has them."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PackageChoice:
    """The user's choices for a package (a folder for a colleague): the colleague's name, the cases and the sources.

    If neither cases nor sources are chosen, the package has all sources.
    """

    coder: str
    cases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        return "for-" + ("-".join(re.findall(r"\w+", self.coder.lower())) or "colleague")


@dataclass(frozen=True, slots=True)
class ReplicationChoice:
    """The user's choices for a replication package (a folder for reviewers).

    With `notes`, the package contains the texts of the notes. With `despite_findings`, the package is written even if
    traces of people are found.
    """

    notes: bool = True
    despite_findings: bool = False


REPLICATION_CHOICES = {
    "With the notes": ReplicationChoice(),
    "Without the words of the notes": ReplicationChoice(notes=False),
    "With the notes, although traces of people are found": ReplicationChoice(despite_findings=True),
    "Without the words of the notes, although traces of people are found": ReplicationChoice(
        notes=False, despite_findings=True
    ),
}
"""The choices for a replication package by their names on the screen."""


TABLE = ExportKind(
    "table", "The quotes behind the cells of this table", {".html": _PAGE, ".docx": _WORD, ".md": _MARKDOWN, ".csv": "a CSV table"},
    "appendix", "Coders and memos are left out, but a .csv has them.",
)  # fmt: skip
"""The export of the quotes for the matrix that is on the screen."""


def file_name(export: ExportKind, project: Project) -> str:
    return (export.stem or project.path.stem) + export.usual


def whole_name(export: ExportKind, line: str) -> str:
    """Return the typed file name. If it has no extension, the usual extension is added."""
    from pathlib import PurePath

    line = line.strip()
    path = PurePath(line)
    bare = path.name not in {"", ".."} and not path.suffix and not line.endswith(("/", "\\"))
    return line + export.usual if bare else line


def validate_file(export: ExportKind, line: str) -> Validation:
    if not line.strip():
        return Validation(f"A name is needed, {export.stem or 'study'}{export.usual} for example.", "no")
    try:
        return _validate(export, path_of(whole_name(export, line)))
    except OSError as error:
        return Validation(f"The name cannot be used: {error.strerror}.", "no")


def _validate(export: ExportKind, file: Path) -> Validation:
    where = file.absolute()
    ending = "" if "" in export.endings else file.suffix.lower()
    problem = ""
    if ending not in export.endings:
        problem = f"The file extension sets the format: {' '.join(export.endings)}"
    elif not where.parent.is_dir():
        problem = f"There is no folder {where.parent}."
    elif ending and where.is_dir():
        problem = f"{where} is a folder."
    elif not ending and has_file_extension(file) and not where.is_dir():
        problem = f"{where.name} has a file extension, but a folder is written."
    if problem:
        return Validation(problem, "no")
    if where.is_dir():
        if any(where.iterdir()):
            message = f"{where} is not empty: files of a study in it are overwritten, other files stay."
            return Validation(message, "again")
    elif where.exists():
        return Validation(f"{where} already exists and will be overwritten.", "again")
    return Validation(f"{where}: {export.endings[ending]}. {export.about}")


def write(
    project: Project,
    export: ExportKind,
    line: str,
    *,
    force: bool,
    table: MatrixDefinition | None = None,
    evidence: EvidenceFilter | None = None,
    package: PackageChoice | None = None,
    replication: ReplicationChoice | None = None,
    progress: Progress = lambda _done, _of: None,
) -> ExportResult:
    """Write an export to the file with the typed name. Return a message, and facts that other programs cannot read.

    `line` is the typed name. For the export TABLE, `table` is the matrix, and `evidence` the filter of its codings.
    `progress` receives (done, total), and may raise to cancel. Raises ConflictError when the file exists and `force` is
    not set, NotFoundError when there is nothing to write, InputError when the file cannot be written.
    """
    file = path_of(whole_name(export, line)).absolute()
    progress(0, 0)
    losses, also = _WRITERS[export.key](_Job(project, file, force, table, evidence, package, replication, progress))
    ending = "" if "" in export.endings else file.suffix.lower()
    message = f"Wrote {one_line(file.name)}: {export.endings[ending]}{also} (in {one_line(str(file.parent))})"
    return ExportResult(message, tuple(losses))


def losses(project: Project, export: ExportKind, progress: Progress = lambda _done, _of: None) -> dict[str, list[str]]:
    """Return a map: file extension → facts that other programs cannot read from a file with this extension.

    `progress` receives (done, total), and may raise to cancel.
    """
    if export.key not in _LOSSES:
        return {}
    ending, count = _LOSSES[export.key]
    lines = _lost(count(project.exports, progress))
    return {ending: lines} if lines else {}


@dataclass(frozen=True, slots=True)
class _Job:
    project: Project
    file: Path
    force: bool
    table: MatrixDefinition | None
    evidence: EvidenceFilter | None
    package: PackageChoice | None
    replication: ReplicationChoice | None
    progress: Progress

    @property
    def form(self) -> str:
        return self.file.suffix.lower().removeprefix(".")

    def put(self, data: str | bytes) -> None:
        self.put_chunks([data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data])

    def put_chunks(self, chunks: Iterable[bytes]) -> None:
        """Write the chunks to the file. If the export is cancelled before the last chunk, no file is written."""
        from sibtui.project.exporting.safe_write import write_file

        def checked() -> Iterator[bytes]:
            for chunk in chunks:
                self.progress(0, 0)
                yield chunk

        write_file(self.file, checked(), force=self.force)


_Written = tuple["Iterable[str]", str]


def _report(job: _Job) -> _Written:
    job.put_chunks(job.project.exports.report_chunks())
    return (), "; coders, memos and private names are left out"


def _tables(job: _Job) -> _Written:
    from sibtui.formats.documents.matrix import matrix_document
    from sibtui.formats.registry import format_of, render_bytes

    matrices = [job.project.matrices.show(definition.name) for definition in _saved(job.project)]
    job.put(render_bytes(matrix_document(*matrices), format_of(job.file)))
    return (), f"; {plural(len(matrices), 'table')}"


def _saved(project: Project) -> Sequence[MatrixDefinition]:
    saved = project.matrices.list()
    if not saved:
        raise NotFoundError("No matrix is saved yet.", "save-matrix")
    return saved


def _appendix(job: _Job) -> _Written:
    from sibtui.project.exporting.appendix import appendix_chunks

    definitions = [job.table] if job.table is not None else _saved(job.project)
    part = job.evidence or EvidenceFilter()
    traced = []
    for done, definition in enumerate(definitions):
        job.progress(done, len(definitions))
        traced.append(
            job.project.matrices.traced(
                definition, kinds=part.kinds, coders=part.coders, where=part.where, rounds=part.rounds, lazily=True
            )
        )
    job.put_chunks(appendix_chunks(traced, job.form))
    return (), "; with coders and memos" if job.form == "csv" else "; coders and memos are left out"


def _codebook(job: _Job) -> _Written:
    codes = job.project.codes.export()
    summary = f"; {plural(len(codes), 'code')}"
    if job.form == "qdc":
        return _lost(job.project.exports.qdc(job.file, force=job.force)), summary
    from sibtui.formats.study_folder.codebook_files import write_codebook_csv, write_codebook_toml

    if job.form == "toml":
        job.put(write_codebook_toml(codes))
    elif job.form == "csv":
        job.put(write_codebook_csv(codes))
        summary += "; their history is left out (.toml has it)"
    else:
        job.put(job.project.reports.codebook_document(job.form))
    return (), summary


def _codings(job: _Job) -> _Written:
    count = job.project.codings.count()
    if job.form == "csv":
        job.project.exports.codings(job.file, force=job.force, progress=lambda done: job.progress(done, count))
    else:
        job.put(job.project.exports.codings_xlsx(progress=lambda done: job.progress(done, count)))
    return (), f"; {plural(count, 'coding')}, with coders and memos"


def _qdpx(job: _Job) -> _Written:
    losses = job.project.exports.qdpx(job.file, force=job.force, progress=job.progress)
    return _lost(losses), f"; the history{_private(job.project)} left out"


def _folder(job: _Job) -> _Written:
    count = job.project.exports.folder(job.file, force=job.force, progress=job.progress)
    return (), f" of {plural(count, 'file')}; the history{_private(job.project)} left out"


def _package(job: _Job) -> _Written:
    chosen = job.package
    if chosen is None:
        raise InputError("A package needs the name of the colleague.")
    made = job.project.exports.package(
        job.file, chosen.coder, cases=chosen.cases, sources=chosen.sources, force=job.force
    )
    of = plural(len(made.sources), "source")
    return (), f" with a package for {one_line(made.coder, 40)}: {of}, as of act {made.act}"


def _replication(job: _Job) -> _Written:
    chosen = job.replication or ReplicationChoice()
    made = job.project.exports.replication_package(
        job.file, notes=chosen.notes, despite_findings=chosen.despite_findings, force=job.force, progress=job.progress
    )
    left_out = "; ".join(f"{what}: {count:,}" for count, what in made.left_out)
    return (), f" of {plural(made.files, 'file')}; left out: {left_out or 'nothing'}"


def _private(project: Project) -> str:
    count = sum(case.private_name is not None for case in project.cases.list())
    return f" and {plural(count, 'private name')} are" if count else " is"


def _sqlite(job: _Job) -> _Written:
    job.project.exports.sqlite(job.file, force=job.force, progress=lambda _: job.progress(0, 0))
    return (), "; it cannot be made a study again"


def _taguette(job: _Job) -> _Written:
    from sibtui.project.exporting.safe_write import write_file

    count = job.project.codings.count()
    rows = job.project.exports.taguette_csv(progress=lambda done: job.progress(done, count))
    write_file(job.file, rows, force=job.force)
    return _lost(job.project.exports.taguette_losses()), f"; {plural(count, 'coding')}"


def _lost(losses: Iterable[Loss]) -> list[str]:
    from sibtui.formats.documents.import_lines import loss_lines

    return list(loss_lines(losses))


_WRITERS: Mapping[str, Callable[[_Job], _Written]] = {
    "report": _report, "tables": _tables, "appendix": _appendix, "table": _appendix, "codebook": _codebook, "codings": _codings,
    "qdpx": _qdpx, "folder": _folder, "package": _package, "replication": _replication, "sqlite": _sqlite, "taguette": _taguette,
}  # fmt: skip


_LOSSES: Mapping[str, tuple[str, Callable[[Exports, Progress], Iterable[Loss]]]] = {
    "codebook": (".qdc", lambda exports, _: exports.qdc_losses()),
    "qdpx": (".qdpx", lambda exports, progress: exports.qdpx_losses(progress=progress)),
    "taguette": (".csv", lambda exports, _: exports.taguette_losses()),
}
"""A map: key of an export → (its only file extension with losses, function that counts the losses)."""


def by_key(key: str) -> ExportKind:
    found = next((export for export in EXPORTS if export.key == key), None)
    if found is None:
        raise InputError(f"There is no export “{key}”.")
    return found
