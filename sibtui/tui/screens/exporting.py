"""Exporting: choose what to write, then the file; a thread writes it, and the screen lists what the format cannot hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.project import Project
from sibtui.project.exporting.catalogue import EXPORTS, ExportResult, by_key, file_name, validate_file, write
from sibtui.tui.widgets.chooser import Chooser
from sibtui.tui.widgets.message_box import MessageBox
from sibtui.tui.widgets.progress_dialog import ProgressDialog
from sibtui.tui.widgets.prompt import Prompt
from sibtui.tui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from sibtui.model.matrix import MatrixDefinition
    from sibtui.model.progress import Progress
    from sibtui.project.exporting.catalogue import ExportKind
    from sibtui.tui.screens.base import StudyScreen
    from sibtui.tui.widgets.progress_dialog import TaskResult


def choose_export(screen: StudyScreen) -> None:
    """Ask what to export and to which file, and write it."""
    rows = [ListRow(export.key, export.title, right=" ".join(export.endings).strip() or "folder") for export in EXPORTS]

    def chosen(key: str | None) -> None:
        if key is not None:
            ask_file(screen, by_key(key))

    screen.app.push_screen(Chooser("Export", rows), chosen)


def ask_file(screen: StudyScreen, export: ExportKind, table: MatrixDefinition | None = None) -> None:
    """Ask for the file of an export. A second Enter overwrites an existing file."""
    project = screen.project

    def entered(line: str | None) -> None:
        if line is not None:
            _write(screen, export, line, table)

    formats = " · ".join(f"{ending} {what}" for ending, what in export.endings.items() if ending)
    prompt = Prompt(
        export.title,
        file_name(export, project),
        lambda line: validate_file(export, line),
        enter="writes it · typing replaces the name",
        about=[f"The file extension is the format: {formats}"] if len(export.endings) > 1 else (),
        proposed=True,
    )
    screen.app.push_screen(prompt, entered)


def _write(screen: StudyScreen, export: ExportKind, line: str, table: MatrixDefinition | None) -> None:
    path, coder = screen.project.path, screen.project.coder
    force = validate_file(export, line).verdict == "again"

    def action(progress: Progress) -> ExportResult:
        with Project.open(path, coder=coder) as project:
            return write(project, export, line, force=force, table=table, progress=progress)

    dialog: ProgressDialog[ExportResult] = ProgressDialog(f"Writing: {export.title}", action)
    screen.app.push_screen(dialog, lambda done: _report_result(screen, done))


def _report_result(screen: StudyScreen, done: TaskResult[ExportResult] | None) -> None:
    if done is None:
        screen.report("Stopped: nothing was written.")
    elif done.result is None:
        _report_failure(screen, done.why)
    else:
        screen.report(done.result.message, done=True)
        if done.result.losses:
            lines = [
                done.result.message,
                "",
                "Other programs will not see:",
                *(f"  {loss}" for loss in done.result.losses),
            ]
            screen.app.push_screen(MessageBox("Written", lines))


def _report_failure(screen: StudyScreen, why: str) -> None:
    """Report a failure; in a box where a line has no room for it, since its end may state what to do."""
    if len(why) < screen.size.width - 6:
        screen.report(why, error=True)
    else:
        screen.app.push_screen(MessageBox("Nothing was written", [why]))
