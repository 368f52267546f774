"""Backups on the screen: making a backup, listing the backups, and the daily backup."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from sibtui.errors import SibtuiError, StudyBusyError
from sibtui.model.backups import BACKUP_REASONS
from sibtui.model.text import one_line, plural
from sibtui.project.backups import daily_backup
from sibtui.tui.crash_log import log_fault
from sibtui.tui.hints import worded
from sibtui.tui.screens.message_bar import fits_in_bar
from sibtui.tui.views.import_rows import size
from sibtui.tui.widgets.message_box import MessageBox
from sibtui.tui.widgets.progress_dialog import ProgressDialog, StoppedError

if TYPE_CHECKING:
    from sibtui.model.backups import Backup
    from sibtui.model.progress import Progress
    from sibtui.tui.screens.base import StudyScreen
    from sibtui.tui.study_app import StudyApp
    from sibtui.tui.widgets.progress_dialog import TaskResult

AGAIN_SECONDS = 300.0
"""The seconds until a failed daily backup is tried again. A backup fails if the study changes while it is copied."""


def make_backup(screen: StudyScreen) -> None:
    """Make a backup in a thread, compare the backup with the study, and show the path of the backup."""
    project = screen.project

    def action(progress: Progress) -> Backup:
        return project.backups.make(progress=lambda: progress(0, 0))

    def ended(done: TaskResult[Backup] | None) -> None:
        if done is None:
            screen.report("Stopped: no backup was made.")
        elif done.result is None:
            screen.app.push_screen(MessageBox("No backup was made", [done.why]))
        else:
            made = done.result.path
            message = f"Backup made: {one_line(made.name)} in {one_line(str(made.parent))}"
            screen.report(message, done=True)
            if not fits_in_bar(message, screen.size.width):
                screen.app.push_screen(
                    MessageBox("Backup made", [one_line(made.name), "", f"in {one_line(str(made.parent))}"])
                )

    dialog: ProgressDialog[Backup] = ProgressDialog("Making a backup", action, activity="copying and comparing …")
    screen.app.push_screen(dialog, ended)


def show_backups(screen: StudyScreen) -> None:
    backups, folder = screen.project.backups.list(), one_line(str(screen.project.backups.folder))
    if not backups:
        screen.app.push_screen(MessageBox("Backups", [f"There is no backup yet. Backups will be in {folder}."]))
        return
    lines = [
        f"{each.made[:16].replace('T', ' ') or '—':16}  {size(each.size):>9}  {BACKUP_REASONS[each.kind]}  {one_line(each.path.name)}"
        for each in backups
    ]
    about = "Outside of the screen, `sibtui restore FILE` makes a study from one of them. Times are UTC."
    screen.app.push_screen(
        MessageBox("Backups", [f"{plural(len(backups), 'backup')} in {folder}", "", *lines, "", about])
    )


def start_daily_backup(app: StudyApp) -> None:
    """Make the daily backup of the study in a thread. If no backup is needed today, do nothing.

    Only a failure is reported.
    """
    path = app.project.path

    def work() -> None:
        worker = get_current_worker()

        def go_on() -> None:
            if worker.is_cancelled:
                raise StoppedError

        message = ""
        try:
            daily_backup(path, go_on)
        except StoppedError:
            return
        except StudyBusyError:
            with suppress(RuntimeError):  # the app has closed
                app.call_from_thread(app.set_timer, AGAIN_SECONDS, lambda: start_daily_backup(app))
        except SibtuiError as error:
            message = worded(error, app.changed_keys)
        except Exception as error:  # noqa: BLE001 - an error in a thread would end the app without a message
            message = f"The log has the place: {log_fault(error)}"
        if message:
            with suppress(RuntimeError):  # the app has closed
                app.call_from_thread(_report_failure, app, message)

    app.run_worker(work, thread=True, exit_on_error=False, group="daily backup")


def _report_failure(app: StudyApp, message: str) -> None:
    app.notify(f"No daily backup was made. {message}", severity="warning", timeout=20, markup=False)
