"""The import of codings from a table: a preview that stores nothing, and the import itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sibtui.errors import SibtuiError
from sibtui.model.frozen import dataclass
from sibtui.model.messages import Message
from sibtui.model.text import one_line, plural
from sibtui.project.exporting.safe_write import write_file
from sibtui.project.importing.coding_tables import DEFAULT, CodingTableOptions, messages
from sibtui.project.importing.preview import ImportResult
from sibtui.project.shared.validation import Validation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.progress import Progress
    from sibtui.project import Project
    from sibtui.project.importing.incoming_files import IncomingTable
    from sibtui.project.results import CodingsImported


@dataclass(frozen=True, slots=True)
class CodingImportOptions:
    """The options of an import of codings: how the table is read, and how the study may be changed.

    If a quote does not occur in its text, the coding gets the most similar passage with a score of at least `accept`
    (0-100). With `new_codes`, missing codes are added. With `update`, existing codings that differ are changed. With
    `strict`, all rows are imported or none.
    """

    table: CodingTableOptions = DEFAULT
    new_codes: bool = False
    update: bool = False
    accept: int | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class CodingItem:
    """A line of the preview: a message, a new code, a coding to import, or a refused row of the table.

    `text` is the left part of the line, and `right` its right part. `details` are sentences about this line.
    """

    kind: Literal["message", "code", "coding", "refused"]
    text: str
    right: str = ""
    details: tuple[str, ...] = ()
    hint: str = ""


class CodingPreview:
    """A table of codings, the options of its import, and the result of a trial that stored nothing."""

    def __init__(self, table: IncomingTable) -> None:
        self.table = table
        self.options = CodingImportOptions()
        self.report: CodingsImported | None = None
        self.problem: Message | None = None
        """The reason why the table cannot be read with these options; None if the table can be read."""

    @property
    def name(self) -> str:
        return Path(self.table.path).name

    def judge(self, project: Project, progress: Progress = lambda _done, _of: None) -> None:
        """Try the import with the current options, and store nothing.

        Set the attribute `report` to the result, or the attribute `problem` to a message about the error.
        """
        self.report, self.problem = None, None
        try:
            self.report = self._import(project, progress, dry_run=True)
        except SibtuiError as error:
            self.problem = Message(str(error), error.hint)

    def _import(self, project: Project, progress: Progress, *, dry_run: bool) -> CodingsImported:
        options = self.options
        return project.codings.import_table(
            self.table.data, options.table, name=self.table.path, dry_run=dry_run, new_codes=options.new_codes,
            update=options.update, accept=options.accept, strict=options.strict, progress=lambda count: progress(count, 0),
        )  # fmt: skip

    @property
    def left(self) -> int:
        """The number of rows of the table that would not be imported."""
        return 0 if self.report is None else len(self.report.review)

    @property
    def is_ready(self) -> bool:
        """Whether the import would add or change at least one coding."""
        report = self.report
        return report is not None and bool(report.added or (report.changed and report.updated))

    @property
    def summary(self) -> str:
        """One line that states what the import would do."""
        report = self.report
        if report is None:
            return "A table of codings, which cannot be read yet"
        parts = [f"{plural(report.added, 'coding')} to bring in"]
        parts += [f"{len(report.changed):,} to change"] if report.updated and report.changed else []
        parts += [f"{report.same:,} already in the study"] if report.same else []
        parts += [f"{plural(self.left, 'row')} not certain"] if self.left else []
        parts += [f"{plural(len(report.new_codes), 'new code')}"] if report.new_codes else []
        strict = " (all or none)" if self.options.strict and self.left else ""
        return f"A table of codings: {', '.join(parts)}{strict}"

    def items(self) -> Iterator[CodingItem]:
        """Yield the rows of the preview: messages, new codes, the first codings, and rows that will not be imported."""
        if self.problem is not None:
            yield CodingItem("message", self.problem.facts, hint=self.problem.hint)
        report = self.report
        if report is None:
            return
        for facts, hint in messages(self.name, report):
            yield CodingItem("message", facts, hint=hint)
        for code in report.new_codes:
            yield CodingItem("code", code, "new code")
        for draft in report.examples:
            place = f"{one_line(draft.source, 30)} {draft.segment}"
            yield CodingItem(
                "coding", draft.quote or "", f"{draft.code} · {place}", (f"line {draft.line}, {draft.code}",)
            )
        for review in report.review:
            best = (
                ()
                if review.best is None
                else (f"The most similar place ({review.score:.0f} of 100) is {review.best}: “{review.best_text}”",)
            )
            text = review.draft.quote or (str(review.draft.segment) if review.draft.segment else "no quote")
            yield CodingItem("refused", text, f"{review.draft.code} · line {review.draft.line}", (review.why, *best))

    def review_path(self) -> Path:
        """Return an unused path for a file with the rows that are not imported, in the folder of the table."""
        table = Path(self.table.path)
        names = (table.with_name(f"{table.stem}-review{number}.csv") for number in ("", *range(2, 1000)))
        return next((path for path in names if not path.exists()), table.with_name("review.csv"))

    def validate_review(self, line: str) -> Validation:
        """Return a message, and whether the rows that are not imported can be written to a file with the typed name."""
        rows = plural(self.left, "row")
        if not line.strip():
            return Validation(
                f"Without a name, nothing is written, and {rows} {'is' if self.left == 1 else 'are'} left out."
            )
        path = Path(line.strip()).expanduser()
        if path.suffix.lower() != ".csv":
            return Validation("The name of a review file ends in .csv.", "no")
        if path.exists():
            return Validation("This file exists already.", "no")
        if not path.parent.is_dir():
            return Validation("There is no such folder.", "no")
        return Validation(f"It gets {rows} with the best places. Correct the quotes there, and bring the file in.")

    def store(self, project: Project, review: str = "", progress: Progress = lambda _done, _of: None) -> ImportResult:
        """Import the rows whose place is certain, as one act (one step of undo). Return a message about the result.

        The other rows are written to the file with the path `review`. If `review` is empty, no such file is written.
        """
        report = self._import(project, progress, dry_run=False)
        parts = [f"{plural(report.added, 'coding')} added"]
        parts += [f"{len(report.changed):,} changed"] if report.updated and report.changed else []
        left = len(report.review)
        if left and review.strip():
            path = Path(review.strip()).expanduser()
            write_file(path, [report.review_csv()])
            parts.append(f"{plural(left, 'row')} written to {one_line(str(path))}")
        elif left:
            parts.append(f"{plural(left, 'row')} left out")
        return ImportResult(", ".join(parts))


def fits_study(table: IncomingTable | None, project: Project) -> bool:
    """Return whether a table seems to contain codings of this study; False if `table` is None.

    The table must have exactly the columns that sibtui writes, or a row that names a source of the study.
    """
    if table is None or not (table.is_own or table.sources):
        return False
    if table.is_own:
        return True
    from sibtui.project.importing.source_names import SourceNames

    known = SourceNames((source.name, source.original) for source in project.sources.list())
    return any(map(known.knows, table.sources))
