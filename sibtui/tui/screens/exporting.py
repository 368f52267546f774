"""Out: what is to be written is chosen, then where to; it is written in a thread, and what is left out is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.desk.exporting import EXPORTS, Written, by_key, file_name, file_told, write
from sibtui.project import Project
from sibtui.tui.screens.doing import Doing
from sibtui.tui.widgets.ask import Ask
from sibtui.tui.widgets.chooser import Chooser
from sibtui.tui.widgets.row_list import Row
from sibtui.tui.widgets.telling import Telling

if TYPE_CHECKING:
    from sibtui.desk.exporting import Export, Progress
    from sibtui.model.matrix import MatrixDefinition
    from sibtui.tui.screens.base import StudyScreen
    from sibtui.tui.screens.doing import Done


def choose_export(screen: StudyScreen) -> None:
    """Ask what to write, then where to, and write it."""
    rows = [Row(export.key, export.title, right=" ".join(export.endings).strip() or "folder") for export in EXPORTS]

    def chosen(key: str | None) -> None:
        if key is not None:
            ask_file(screen, by_key(key))

    screen.app.push_screen(Chooser("Export", rows), chosen)


def ask_file(screen: StudyScreen, export: Export, table: MatrixDefinition | None = None) -> None:
    """Ask where to write it. A file that is there is overwritten when Enter is pressed again on being told so."""
    project = screen.project

    def told(line: str | None) -> None:
        if line is not None:
            _write(screen, export, line, table)

    hint = "Enter writes it · the name's end is the format" if len(export.endings) > 1 else "Enter writes it"
    ask = Ask(export.title, file_name(export, project), lambda line: file_told(export, line), hint=hint)
    screen.app.push_screen(ask, told)


def _write(screen: StudyScreen, export: Export, line: str, table: MatrixDefinition | None) -> None:
    path, coder = screen.project.path, screen.project.coder
    force = file_told(export, line).verdict == "again"

    def deed(tell: Progress) -> Written:
        with Project.open(path, coder=coder) as beside:
            return write(beside, export, line, force=force, table=table, progress=tell)

    doing: Doing[Written] = Doing(f"Writing: {export.title}", deed)
    screen.app.push_screen(doing, lambda done: _written(screen, done))


def _written(screen: StudyScreen, done: Done[Written] | None) -> None:
    if done is None:
        screen.tell("Stopped: nothing was written.")
    elif done.result is None:
        _tell_whole(screen, done.why)
    else:
        screen.tell(done.result.told)
        if done.result.losses:
            told = [done.result.told, "", "Other programs will not see:", *(f"  {line}" for line in done.result.losses)]
            screen.app.push_screen(Telling("Written", told))


def _tell_whole(screen: StudyScreen, why: str) -> None:
    """What went wrong, in a box when a line has no room for it: its end may say what to do."""
    if len(why) < screen.size.width - 6:
        screen.tell(why, error=True)
    else:
        screen.app.push_screen(Telling("Nothing was written", [why]))
