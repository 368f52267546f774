"""Studies from other programs' files, for `sibtui new --from`: what is read, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.cli.common import done, plural, stages
from sibtui.errors import ConflictError
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.model.drafts import StudyDraft
    from sibtui.model.imports import ProjectImport

_SHOWN = 10
"""Codings for review that are listed on stderr; the report holds all."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the options of `new` ask of an import."""

    project: str | None
    accept: int | None
    report: Path | None
    review: Path | None
    force: bool

    @property
    def asks(self) -> bool:
        """Whether anything was asked that a study from no other program's file can do."""
        return any(option is not None for option in (self.project, self.accept, self.report, self.review))


def read(path: Path, wanted: Wanted) -> tuple[ProjectImport, StudyDraft]:
    """What is in the file, and the study that is to be made of it."""
    from sibtui.project.foreign import read_foreign  # noqa: PLC0415 - only an import needs it

    for file in (wanted.report, wanted.review):
        if file is not None and file.exists() and not wanted.force:  # before anything is made, not after
            raise ConflictError(f"{file} exists already: choose another name, or `--force` to overwrite it.")
    stages("reading")(one_line(str(path)))
    found = read_foreign(path, project=wanted.project)
    return found, found.study if wanted.accept is None else found.with_reviewed(wanted.accept)


def tell(found: ProjectImport, draft: StudyDraft, wanted: Wanted) -> None:
    """The report on stderr, and in full in the files that are asked for."""
    from sibtui.formats.import_text import import_lines  # noqa: PLC0415
    from sibtui.project.output import write_file  # noqa: PLC0415

    accepted = len(draft.codings) - len(found.study.codings)
    for line in import_lines(found.report, accepted=accepted, most=_SHOWN):
        done(line)
    if wanted.report is not None:
        lines = "\n".join(import_lines(found.report, accepted=accepted))
        write_file(wanted.report, [f"{lines}\n"], force=wanted.force)
        done(f"wrote the report to {wanted.report}.")
    if wanted.review is not None:
        count = _write_review(found, wanted.review, wanted)
        done(
            f"wrote {plural(count, 'coding')} for review to {wanted.review}: put the quotes right, then"
            " `sibtui coding import` it."
        )


def _write_review(found: ProjectImport, file: Path, wanted: Wanted) -> int:
    """The codings for review that were not accepted, without the places that were wrong: their quotes are looked for."""
    from dataclasses import replace  # noqa: PLC0415

    from sibtui.formats.codings_csv import COLUMNS, draft_row  # noqa: PLC0415
    from sibtui.formats.spreadsheet import write_csv  # noqa: PLC0415
    from sibtui.project.output import write_file  # noqa: PLC0415

    left = [
        replace(item.draft, segment=None) if item.draft.quote else item.draft
        for item in found.report.review
        if wanted.accept is None or item.best is None or item.score < wanted.accept
    ]
    write_file(file, write_csv(COLUMNS, map(draft_row, left)), force=wanted.force)
    return len(left)
