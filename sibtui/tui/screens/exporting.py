"""The dialogs of an export. They ask for the kind of export and for the file.

They warn of data that the file cannot hold. The file is written in a thread.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.worker import get_current_worker

from sibtui.errors import SibtuiError
from sibtui.project import Project
from sibtui.project.exporting.catalogue import (
    EXPORTS,
    REPLICATION_CHOICES,
    ExportResult,
    by_key,
    file_name,
    losses,
    validate_file,
    whole_name,
    write,
)
from sibtui.tui.hints import keymap_of, with_keys
from sibtui.tui.screens.message_bar import fits_in_bar
from sibtui.tui.screens.package_dialogs import ask_package
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.chooser import Chooser
from sibtui.tui.widgets.message_box import MessageBox
from sibtui.tui.widgets.progress_dialog import ProgressDialog, StoppedError
from sibtui.tui.widgets.prompt import Prompt
from sibtui.tui.widgets.row_list import ListRow
from sibtui.workspace.evidence_choice import evidence_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sibtui.model.filters import EvidenceFilter
    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.model.progress import Progress
    from sibtui.project.exporting.catalogue import ExportKind, PackageChoice, ReplicationChoice
    from sibtui.tui.screens.base import StudyScreen
    from sibtui.tui.widgets.progress_dialog import TaskResult


_UNSEEN = "Other programs will not see:"
_CONFIDENTIAL = "Names of people? {pseudonym.traces} on the screen of pseudonyms ({go.pseudonyms}) lists their traces."


class ExportPrompt(Prompt):
    """A prompt for the file of an export. It also lists the losses: parts of the study that the file cannot hold."""

    @dataclass
    class Counted(Message):
        """Sent when a thread has found the losses.

        `losses` is a map: file extension → one line for each kind of data that such a file cannot hold.
        """

        losses: Mapping[str, Sequence[str]]

    def __init__(self, export: ExportKind, study: Path, name: str, **options: Any) -> None:
        """Make the prompt for an export. `study` is the file of the study to export.

        `name` is the proposed file name, and `options` are further arguments of `Prompt`.
        """
        super().__init__(
            export.title,
            name,
            lambda line: validate_file(export, line),
            enter="writes it · typing replaces the name",
            proposed=True,
            **options,
        )
        self._export = export
        self._study = study
        self._losses: Mapping[str, Sequence[str]] = {}

    def on_mount(self) -> None:
        self.run_worker(self._count, thread=True, exit_on_error=False)

    def _count(self) -> None:
        """Find the losses. This method runs in a thread.

        Errors are ignored here, because writing the file reports them later.
        """
        worker = get_current_worker()

        def progress(_done: int, _of: int) -> None:
            if worker.is_cancelled:
                raise StoppedError

        with suppress(SibtuiError, StoppedError, RuntimeError), Project.open(self._study) as project:
            self.post_message(self.Counted(losses(project, self._export, progress)))

    def on_export_prompt_counted(self, event: Counted) -> None:
        self._losses = event.losses
        self.show_again()

    def about_lines(self, typed: str) -> Sequence[str]:
        """Return the lines below the text field: what an export with the typed file extension leaves out."""
        lost = self._losses.get(PurePath(whole_name(self._export, typed)).suffix.lower(), ())
        advice = with_keys(_CONFIDENTIAL, keymap_of(self.app))
        return [*super().about_lines(typed), *([_UNSEEN] if lost else []), *(f"  {line}" for line in lost), advice]


def choose_export(screen: StudyScreen) -> None:
    rows = [ListRow(export.key, export.title, right=" ".join(export.endings).strip() or "folder") for export in EXPORTS]

    def chosen(key: str) -> None:
        if key == "package":
            ask_package(screen, lambda package: ask_file(screen, by_key("package"), package=package))
        elif key == "replication":
            _ask_replication(screen)
        else:
            ask_file(screen, by_key(key))

    ask(screen.app, Chooser("Export", rows), chosen)


def _ask_replication(screen: StudyScreen) -> None:
    rows = [ListRow(name, name) for name in REPLICATION_CHOICES]
    ask(
        screen.app,
        Chooser("Replication package", rows),
        lambda key: ask_file(screen, by_key("replication"), replication=REPLICATION_CHOICES[key]),
    )


def ask_file(
    screen: StudyScreen,
    export: ExportKind,
    table: MatrixDefinition | None = None,
    evidence: EvidenceFilter | None = None,
    package: PackageChoice | None = None,
    replication: ReplicationChoice | None = None,
) -> None:
    """Ask for the file of an export, and write the file. If the file exists, a second Enter overwrites it.

    `table` is the table to export, and `evidence` limits the quotes that count in it. `package` has the user's choices
    for an export to a colleague, and `replication` has the choices for a replication package.
    """
    project = screen.project

    formats = " · ".join(f"{ending} {what}" for ending, what in export.endings.items() if ending)
    about = [f"The file extension is the format: {formats}"] if len(export.endings) > 1 else []
    if evidence:
        about.append(f"Only the evidence of {evidence_words(evidence)} is written, as the table shows it.")
    name = file_name(export, project) if package is None else package.folder
    ask(
        screen.app,
        ExportPrompt(export, project.path, name, about=about),
        lambda line: _write(screen, export, line, table, evidence, package, replication),
    )


def _write(
    screen: StudyScreen,
    export: ExportKind,
    line: str,
    table: MatrixDefinition | None,
    evidence: EvidenceFilter | None,
    package: PackageChoice | None = None,
    replication: ReplicationChoice | None = None,
) -> None:
    path, coder = screen.project.path, screen.project.coder
    force = validate_file(export, line).verdict == "again"

    def action(progress: Progress) -> ExportResult:
        with Project.open(path, coder=coder) as project:
            return write(
                project, export, line, force=force, table=table, evidence=evidence, package=package,
                replication=replication, progress=progress,
            )  # fmt: skip

    dialog: ProgressDialog[ExportResult] = ProgressDialog(f"Writing: {export.title}", action)
    screen.app.push_screen(dialog, lambda done: _report_result(screen, done))


def _report_result(screen: StudyScreen, done: TaskResult[ExportResult] | None) -> None:
    if done is None:
        screen.report("Stopped: nothing was written.")
    elif done.result is None:
        _report_failure(screen, done.why)
    else:
        message, losses = done.result.message, done.result.losses
        screen.report(message, done=True)
        if losses or not fits_in_bar(message, screen.size.width):
            unseen = ["", _UNSEEN, *(f"  {loss}" for loss in losses)] if losses else []
            screen.app.push_screen(MessageBox("Written", [message, *unseen]))


def _report_failure(screen: StudyScreen, why: str) -> None:
    """Show why an export has failed. A long text opens a dialog, because its last words often state what to do."""
    if len(why) < screen.size.width - 6:
        screen.report(why, error=True)
    else:
        screen.app.push_screen(MessageBox("Nothing was written", [why]))
