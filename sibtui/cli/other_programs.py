"""`sibtui new --from` with the project of another program, such as QualCoder: the options and the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.cli import print_message
from sibtui.cli.output import check_extension, write_output
from sibtui.cli.progress import stage_reporter
from sibtui.errors import ConflictError
from sibtui.model.frozen import dataclass
from sibtui.model.text import one_line, plural

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.model.drafts import StudyDraft
    from sibtui.model.import_reports import ProjectImport, Review

_MOST_LISTED = 10
"""How many codings for review are printed at most. The report file lists all of them."""


@dataclass(frozen=True, slots=True)
class ProjectImportOptions:
    """The options of `sibtui new` for importing the project of another program.

    `accept` is the least score of an approximate match that is imported. `report` and `review` are the files for the
    report and for the list of codings to review. With `force`, existing files are overwritten.
    """

    project_name: str | None
    accept: int | None
    report: Path | None
    review: Path | None
    force: bool

    @property
    def any_given(self) -> bool:
        """Whether at least one of these options is given, apart from `force`."""
        return any(option is not None for option in (self.project_name, self.accept, self.report, self.review))


def read_project(path: Path, options: ProjectImportOptions) -> tuple[ProjectImport, StudyDraft]:
    """Read the project of another program. Return (import with its report, study to create).

    A coding whose quote is not at its place is not imported. With `accept`, it is imported if its best match has at
    least this score. Raises ConflictError if the report or the review list would overwrite a file.
    """
    from sibtui.project.importing.other_programs import read_foreign

    if options.review is not None:
        check_extension(options.review, ".csv", content="a review list")
    for file in (options.report, options.review):
        if file is not None and file.exists() and not options.force:  # checked before the study is created
            raise ConflictError(f"{file} already exists.", "overwrite")
    stage_reporter("reading")(one_line(str(path)))
    imported = read_foreign(path, project=options.project_name)
    return imported, imported.study if options.accept is None else imported.with_reviewed(options.accept)


def report_import(imported: ProjectImport, draft: StudyDraft, options: ProjectImportOptions) -> None:
    """Print a short report to stderr.

    The whole report and the review list are written to files if `options` names such files.
    """
    from sibtui.formats.documents.import_lines import import_lines
    from sibtui.formats.study_folder.codings_csv import review_file

    accepted = len(draft.codings) - len(imported.study.codings)
    for line in import_lines(imported.report, accepted=accepted, most=_MOST_LISTED):
        print_message(line)
    if options.report is not None:
        lines = "\n".join(import_lines(imported.report, accepted=accepted))
        write_output(f"{lines}\n", options.report, "the report", form="table", force=options.force)
    if options.review is not None:
        reviews = _for_review(imported, options)
        content = f"{plural(len(reviews), 'coding')} for review"
        write_output(review_file(reviews), options.review, content, form="csv", force=options.force)
        print_message(f"correct the quotes in {options.review}, then import it with `sibtui coding import`.")


def _for_review(imported: ProjectImport, options: ProjectImportOptions) -> list[Review]:
    """Return the codings that the user must check, because their quote is not at its place in the text.

    If `accept` is given, a coding is left out if a passage with a score of at least `accept` was found for it.
    """
    return [
        item
        for item in imported.report.review
        if options.accept is None or item.best is None or item.score < options.accept
    ]
