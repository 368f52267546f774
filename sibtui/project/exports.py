"""`project.exports`: writing a study to files for other programs, for git, and for readers without sibtui."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from typing import IO, Literal

import sibtui
from sibtui.model.arguments import AnyPath, Names, as_names, as_path
from sibtui.model.deprecation import renamed_arguments
from sibtui.model.filters import CodingFilter
from sibtui.model.gc_pause import gc_paused
from sibtui.model.progress import Progress, with_progress
from sibtui.project.exporting.extensions import DATABASES, refuse_file_name, refuse_other_extension
from sibtui.project.exporting.safe_write import whole_file, whole_stream, write_file
from sibtui.project.exporting.whole_folder import write_folder
from sibtui.project.shared.attribute_columns import AttributeColumns
from sibtui.project.shared.base import Noun
from sibtui.project.shared.resolve_filter import selection
from sibtui.store import codings as coding_rows
from sibtui.store import study as study_rows

_CODINGS_A_FILE = 100
"""The number of codings that take as much time as writing one file.

The progress of an export counts a file as this number of codings.
"""


class Exports(Noun):
    """`project.exports`: writing a study, or parts of it, to files for other programs and for readers.

    >>> next(project.exports.codings_csv()).split(",")[:3]
    ['source', 'start', 'end']
    """

    @renamed_arguments(wanted="criteria")
    def codings_csv(
        self,
        criteria: CodingFilter | None = None,
        *,
        with_attributes: Names = (),
        progress: Callable[[int], None] | None = None,
    ) -> Iterator[str]:
        """Yield the codings as CSV text in chunks. `codings.import_table` can read this CSV.

        `criteria` chooses the codings. Each attribute in `with_attributes` gets a column, with the values of the cases
        and the source of a coding. `progress` receives the number of codings done. Raises NotFoundError for an unknown
        name, AmbiguousError for a name that is not unique, InputError for an invalid value.

        >>> "".join(project.exports.codings_csv(CodingFilter(codes="Covid-19"))).count("R1")
        5
        """
        from sibtui.formats.codec.csv_out import write_csv
        from sibtui.formats.study_folder.codings_csv import LISTED, attribute_columns

        chosen = selection(self._session, criteria or sibtui.CodingFilter())
        attributes = AttributeColumns(self._session, with_attributes)
        columns = (*LISTED, *attribute_columns(attributes.names))
        return write_csv(columns, self._csv_rows(chosen, attributes, progress))

    def _csv_rows(
        self, chosen: coding_rows.Selection, attributes: AttributeColumns, progress: Callable[[int], None] | None
    ) -> Iterator[tuple[str | int, ...]]:
        from sibtui.formats.codec.case_list import join_cases, split_cases

        values = (
            cache(lambda source, cases: attributes.values(source, split_cases(cases))) if attributes.names else None
        )
        with self._store.small_cache():
            listed = coding_rows.listed_rows(self._store, chosen, self._session.paths(), join_cases)
            for count, row in enumerate(listed, 1):
                more = values(row[1], row[9]) if values else ()
                yield *row[1:-2], "yes" if row[-2] else "no", row[-1], *more
                if progress is not None and count % 1000 == 0:
                    progress(count)

    @renamed_arguments(wanted="criteria")
    def codings(
        self,
        path: AnyPath,
        criteria: CodingFilter | None = None,
        *,
        with_attributes: Names = (),
        force: bool = False,
        bom: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Write the codings to a CSV file in UTF-8. `bom` adds a byte order mark, which Excel on Windows needs.

        The other arguments are those of `codings_csv`. Raises the errors of `codings_csv`, and ConflictError when the
        file exists and `force` is not set, InputError when it cannot be written or has the extension of another format.

        >>> project.exports.codings("codings.csv", CodingFilter(cases="SIB A"))
        """
        refuse_other_extension(path, ".csv", content="a CSV table of codings")
        mark = ["\ufeff"] if bom else []
        content = self.codings_csv(criteria, with_attributes=with_attributes, progress=progress)
        write_file(path, chain(mark, content), force=force)

    @renamed_arguments(wanted="criteria")
    def codings_xlsx(
        self,
        criteria: CodingFilter | None = None,
        *,
        with_attributes: Names = (),
        progress: Callable[[int], None] | None = None,
    ) -> bytes:
        """Return the codings as an Excel workbook with the same columns as `codings_csv`.

        Raises the errors of `codings_csv`, and InputError when there are more codings than a sheet can hold.

        >>> project.exports.codings_xlsx(CodingFilter(cases="SIB A"))[:2]
        b'PK'
        """
        from sibtui.formats.study_folder.codings_csv import attribute_columns
        from sibtui.formats.study_folder.codings_xlsx import write_codings

        chosen = selection(self._session, criteria or sibtui.CodingFilter())
        attributes = AttributeColumns(self._session, with_attributes)
        return write_codings(self._csv_rows(chosen, attributes, progress), attribute_columns(attributes.names))

    @renamed_arguments(telling="options")
    def report(self, *, options: sibtui.AppendixOptions | None = None, pictures: bool = True) -> str:
        """Return the whole study as one HTML page that needs no other files. `options` can add coders and memos.

        Pictures are included if matplotlib is installed and `pictures` is not False. Without pictures, the page has the
        same bytes on every machine.

        >>> project.exports.report()[:15]
        '<!DOCTYPE html>'
        """
        return b"".join(self.report_chunks(options=options, pictures=pictures)).decode("utf-8", "surrogatepass")

    def report_chunks(self, *, options: sibtui.AppendixOptions | None = None, pictures: bool = True) -> Iterator[bytes]:
        """Yield the page of `report` in chunks of UTF-8 bytes, so that the export needs little memory.

        Raises ConflictError when the study changes before the last chunk.

        >>> next(project.exports.report_chunks())[:15]
        b'<!DOCTYPE html>'
        """
        from sibtui.formats.documents.report import report_document
        from sibtui.formats.registry import render_chunks

        report = sibtui.Reports(self._session).study(lazily=True, pictures=pictures)
        return render_chunks(report_document(report, options=options or sibtui.AppendixOptions()), "html")

    def qdpx(
        self, path: AnyPath, *, force: bool = False, private_names: bool = False, progress: Progress | None = None
    ) -> tuple[sibtui.Loss, ...]:
        """Write the study as a REFI-QDA project, and return the facts that other programs cannot read from it.

        sibtui itself can read these facts from the file. `private_names` adds the private names of cases. `progress`
        receives (done, total), and may raise to cancel. Raises ConflictError when the file exists and `force` is not
        set, InputError when it cannot be written or has the extension of another format.

        >>> [loss.what for loss in project.exports.qdpx("study.qdpx")][:1]
        ['codings that are counter-evidence, which look like any other']
        """
        refuse_other_extension(path, ".qdpx", content="a REFI-QDA project")
        with whole_stream(path, force=force) as file:
            return self._write_qdpx(file, private_names=private_names, progress=progress)

    def qdpx_losses(self, *, private_names: bool = False, progress: Progress | None = None) -> tuple[sibtui.Loss, ...]:
        """Return the facts that other programs could not read from the file of `qdpx`. No file is written.

        `private_names` adds the private names of cases. `progress` receives (codings done, all codings), and may raise
        to cancel.

        >>> [loss.what for loss in project.exports.qdpx_losses()][:1]
        ['codings that are counter-evidence, which look like any other']
        """
        from sibtui.formats.refi.losses import losses
        from sibtui.project.shared.study_io import study_draft

        codings = self._store.scalar("SELECT count(*) FROM codings")
        reading = None if progress is None else lambda done: progress(done, codings)
        with gc_paused(), self._store.snapshot():
            return losses(study_draft(self._session, private_names=private_names, lazily=True, progress=reading))

    def qdpx_bytes(
        self, *, private_names: bool = False, progress: Progress | None = None
    ) -> tuple[bytes, tuple[sibtui.Loss, ...]]:
        """Return (bytes of a REFI-QDA project with the study, facts that other programs cannot read from it).

        The arguments are those of `qdpx`. Raises InputError when all texts together are larger than a gigabyte.

        >>> data, losses = project.exports.qdpx_bytes()
        >>> data[:2]
        b'PK'
        """
        file = io.BytesIO()
        losses = self._write_qdpx(file, private_names=private_names, progress=progress)
        return file.getvalue(), losses

    def _write_qdpx(
        self, file: IO[bytes], *, private_names: bool, progress: Progress | None
    ) -> tuple[sibtui.Loss, ...]:
        from sibtui.formats.refi.writer import write_qdpx_file
        from sibtui.project.shared.study_io import study_draft

        codings = self._store.scalar("SELECT count(*) FROM codings")
        writing = None if progress is None else lambda done: progress(done, codings)
        with self._store.snapshot():
            return write_qdpx_file(file, study_draft(self._session, private_names=private_names, lazily=True), writing)

    def _stages(
        self, progress: Progress | None, table: str, *, each: int = 1
    ) -> tuple[Callable[[int], None] | None, ...]:
        """Return two callbacks that report the progress of an export, or (None, None) if `progress` is None.

        The first callback receives the number of codings read, the second the number of files written. Both call
        `progress` with (done, total). Writing one file counts as much as reading `each` codings. For the total, one
        file per row of the database table `table` is assumed.
        """
        if progress is None:
            return None, None
        codings, more = (self._store.scalar(f"SELECT count(*) FROM {name}") for name in ("codings", table))
        of, stages = codings + more * each, [0, 0]

        def report(stage: int, done: int) -> None:
            stages[stage] = max(stages[stage], done)  # codings may be read twice
            progress(min(sum(stages), of), of)

        return lambda done: report(0, done), lambda done: report(1, done * each)

    def qdc(self, path: AnyPath, *, force: bool = False) -> tuple[sibtui.Loss, ...]:
        """Write the codebook in the REFI-QDA format, and return the facts that other programs cannot read from it.

        Raises ConflictError when the file exists and `force` is not set, InputError when it cannot be written or there
        are no codes.

        >>> project.exports.qdc("codebook.qdc")[0].what
        'when to use codes, when not, and examples, as fields of their own'
        """
        refuse_other_extension(path, ".qdc", content="a REFI-QDA codebook")
        data, losses = self.qdc_bytes()
        write_file(path, [data], force=force)
        return losses

    def qdc_bytes(self) -> tuple[bytes, tuple[sibtui.Loss, ...]]:
        """Return (bytes of the codebook in the REFI-QDA format, facts that other programs cannot read from it).

        Raises InputError when there are no codes.

        >>> data, losses = project.exports.qdc_bytes()
        >>> data[:5]
        b'<?xml'
        """
        from sibtui.formats.refi.codebook import write_qdc
        from sibtui.formats.refi.losses import codebook_losses
        from sibtui.project.shared.study_io import codebook_draft

        draft = codebook_draft(self._session)
        return write_qdc(draft), codebook_losses(draft)

    def qdc_losses(self) -> tuple[sibtui.Loss, ...]:
        """Return the facts that other programs could not read from the file of `qdc`. No file is written.

        >>> project.exports.qdc_losses()[0].what
        'when to use codes, when not, and examples, as fields of their own'
        """
        from sibtui.formats.refi.losses import codebook_losses
        from sibtui.project.shared.study_io import codebook_draft

        return codebook_losses(codebook_draft(self._session))

    @renamed_arguments(wanted="criteria")
    def taguette_csv(
        self, criteria: CodingFilter | None = None, *, progress: Callable[[int], None] | None = None
    ) -> Iterator[str]:
        """Yield the codings as CSV text in chunks, with the columns of Taguette's export of highlights.

        `criteria` chooses the codings. Raises NotFoundError for an unknown name in `criteria`, AmbiguousError for a
        name that is not unique, InputError for an invalid value.

        >>> next(project.exports.taguette_csv()).split(",")[:3]
        ['id', 'document', 'tag']
        """
        from sibtui.formats.other_programs.taguette_csv import write_taguette_csv

        return write_taguette_csv(with_progress(sibtui.Codings(self._session).list(criteria), progress))

    @renamed_arguments(wanted="criteria")
    def taguette_losses(self, criteria: CodingFilter | None = None) -> tuple[sibtui.Loss, ...]:
        """Return the facts that `taguette_csv` leaves out, because Taguette's format has no column for them.

        Each fact has a count, such as the number of codings with cases. Raises the errors of `taguette_csv`.

        >>> [(loss.count, loss.what) for loss in project.exports.taguette_losses()][3]
        (632, 'cases of codings')
        """
        from sibtui.formats.other_programs.taguette_csv import taguette_losses

        return taguette_losses(sibtui.Codings(self._session).list(criteria))

    def transcript(
        self,
        format: Literal["html", "docx"] = "html",  # noqa: A002 - the option's name
        criteria: CodingFilter | None = None,
        *,
        coders: bool = False,
        memos: bool = False,
    ) -> bytes:
        """Return the texts of sources with their codings, as a file for printing.

        The file is a web page with the codes in the margin ("html"), or a Word document with the codes as comments
        ("docx"). `criteria` chooses the sources and the codings. `coders` and `memos` add the names of coders and the
        memos on codings. Raises NotFoundError for an unknown name in `criteria`, AmbiguousError for a name that is not
        unique, InputError for another format.

        >>> page = project.exports.transcript("html", CodingFilter(sources="a1")).decode()
        >>> page.count("<mark"), page.count("<script")
        (41, 0)
        """
        from sibtui.formats.documents.transcript import transcript_page, transcript_word
        from sibtui.model.arguments import choice
        from sibtui.model.report_values import AppendixOptions
        from sibtui.project.exporting.transcripts import coded_sources

        form = choice("format of a transcript", format, ("html", "docx"))
        options = AppendixOptions(coders=coders, memos=memos)
        with self._store.snapshot():
            title = f"{study_rows.study(self._store).name}: coded texts"
            sources = coded_sources(self._session, criteria or sibtui.CodingFilter())
            if form == "docx":
                return transcript_word(sources, title, options)
            return "".join(transcript_page(sources, title, options)).encode()

    def sqlite(self, path: AnyPath, *, force: bool = False, progress: Callable[[str], None] | None = None) -> None:
        """Write the study to an SQLite file with simple tables and views, such as `codings` and `quotes_by_code`.

        There is also a table `matrix_<name>` for each saved matrix. The table `about` describes all columns. `progress`
        receives the name of each table. Raises ConflictError when the file exists and `force` is not set, InputError in
        a blind round of coding, and when the file cannot be written or has the extension of another format.

        >>> project.exports.sqlite("flat.db")
        """
        refuse_other_extension(path, *DATABASES, content="a database")
        self._session.refuse_in_blind_round("The database")
        from sibtui.project.exporting.flat_content import flat_content
        from sibtui.store.flat import write_flat

        with whole_file(path, force=force) as aside:
            write_flat(self._store, aside, as_path(path), flat_content(self._session), progress)

    def sql(self, query: str) -> sibtui.Table:
        """Return the answer to a question in SQL: one SELECT on the tables and views that `Exports.sqlite` writes.

        The table `about` describes each column. The tables contain no private names, and a question cannot change them.
        Raises InputError when SQLite cannot answer the question, and in a blind round of coding.

        >>> project.exports.sql("SELECT kind, count(*) AS sources FROM sources GROUP BY kind").rows
        (('document', 3), ('interview', 12), ('report', 3))
        """
        from sibtui.project.exporting.flat_content import answer

        self._session.refuse_in_blind_round("A question in SQL")
        return answer(self._session, query)

    def folder(
        self, path: AnyPath, *, force: bool = False, private_names: bool = False, progress: Progress | None = None
    ) -> int:
        """Write the whole study as a folder of plain text files, for example for git. Return the number of files.

        Raises ConflictError when the folder has contents and `force` is not set, InputError when it cannot be written
        or when its parent folder does not exist.

        >>> project.exports.folder("study-in-text")
        30
        """
        if not as_path(path).is_dir():
            refuse_file_name(as_path(path))
        from sibtui.formats.study_folder.folder import OWN, write_in_chunks
        from sibtui.project.exporting.folder_draft import folder_draft

        reading, writing = self._stages(progress, "sources", each=_CODINGS_A_FILE)
        with gc_paused(), self._store.snapshot():
            draft = folder_draft(self._session, private_names=private_names, progress=reading)
            files = with_progress(write_in_chunks(draft), writing, every=1)
            return write_folder(path, files, OWN, force=force)

    def package(
        self, path: AnyPath, coder: str, *, cases: Names = (), sources: Names = (), force: bool = False
    ) -> sibtui.Package:
        """Write a package: a folder with all that the colleague `coder` needs to code some sources. Return its record.

        The folder has:

        - the sources about one of `cases`, and the sources named in `sources` (all sources if both are empty);
        - the cases of these sources, and the codebook;
        - the colleague's own codings, memos and rounds of coding, and a list of the sources read by the colleague;
        - the record of the package, with the time and the ids of the sources.

        Private names, tables and the work of other coders are left out. The colleague makes a study from the folder.
        Later, `Project.merge` brings the colleague's changes back.

        Raises ConflictError when the folder has contents and `force` is not set, InputError for an empty `coder` or
        when the folder cannot be written, NotFoundError for an unknown case or source, or when there is no source to
        write.

        >>> len(project.exports.package("for-r2", "R2", cases="SIB B").sources)
        5
        """
        from sibtui.project.exporting.packages import write_package

        return write_package(
            self._session, as_path(path), coder, cases=as_names(cases), sources=as_names(sources), force=force
        )

    def replication_package(
        self,
        path: AnyPath,
        *,
        notes: bool = True,
        memos: bool = False,
        despite_findings: bool = False,
        key: AnyPath | None = None,
        pictures: bool = False,
        force: bool = False,
        progress: Progress | None = None,
    ) -> sibtui.ReplicationPackage:
        """Write a folder for reviewers: the data of the study, its tables, and everything needed to check them.

        The folder has the notes, the codebook, the codings, the saved tables with their evidence, the claims of the
        paper, and numbers for the methods section. It also has a REFI-QDA project, an SQLite database, checksums, and a
        README. The same study gives the same bytes. `verify_replication_package` checks the folder. Private names,
        withdrawn sources, earlier versions of texts and the history are left out. The result counts the items left out.

        If `notes` is False, each character of a text is replaced by x, so that codings keep their places. In this case,
        quotes of the notes are also left out of other texts. `memos` adds the memos. `key` is the file with the real
        names and pseudonyms; by default, it is the file of `pseudonyms`. `pictures` adds an SVG picture of each table,
        which needs `pip install 'sibtui[pictures]'`. `progress` receives (steps done, all steps), and may raise to
        cancel.

        Raises ConflictError when the folder has contents and `force` is not set. Raises InputError when the folder
        cannot be written, and in a blind round of coding. Raises InputError also when `pseudonyms.check` finds traces
        of people in exports and `despite_findings` is not set. Raises StudyFileError when the study is damaged.

        >>> project.exports.replication_package("for-reviewers", despite_findings=True).left_out
        ((16, 'memos'), (66, 'memos on codings'), (1, 'entries of the history'))
        """
        from sibtui.project.replication.writing import ReplicationOptions, write_replication_package

        options = ReplicationOptions(
            notes, memos, despite_findings, None if key is None else as_path(key), pictures, force
        )
        return write_replication_package(self._session, as_path(path), options, progress or (lambda _done, _of: None))

    def paper(self, path: AnyPath) -> sibtui.FilledPaper:
        """Return a manuscript (a Markdown or LaTeX file) with values of the study in place of its placeholders.

        Placeholders are `{{ matrix table-1 }}`, `{{ count "Rate card" in "SIB A" }}` or `{{ quote 214 }}`. All other
        text stays the same. The file is not changed.

        Raises InputError in a blind round of coding, and when the file cannot be read, is not UTF-8, or has another
        extension.

        >>> from pathlib import Path
        >>> written = Path("paper.md").write_text('The card has {{ count "Rate card" in "SIB A" }} quotes.')
        >>> project.exports.paper("paper.md").data
        b'The card has 8 quotes.'
        """
        from sibtui.project.importing.files import read_bytes
        from sibtui.project.papers.filled_paper import PaperFilling, form_of

        self._session.refuse_in_blind_round("A filled paper")
        file = as_path(path)
        with self._store.snapshot():
            return PaperFilling(self._session, form_of(file.suffix)).fill(file.name, read_bytes(file))
