"""The welcome screen, on which the user makes a study, opens a study, or opens the sample study.

A study can also be made from a project of another program.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.screen import Screen

from sibtui.errors import SibtuiError
from sibtui.model.text import one_line
from sibtui.project import SUFFIX, Project
from sibtui.project.shared.validation import Validation
from sibtui.tui.base_app import BaseApp
from sibtui.tui.commands import CommandRunner, by_id
from sibtui.tui.commands.keys import bindings
from sibtui.tui.hints import keymap_of, worded
from sibtui.tui.views.hint_lines import hints, message_lines
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.row_list import ListRow, RowList
from sibtui.tui.widgets.text_lines import Line, TextLines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.command import Provider

    from sibtui.model.messages import Message
    from sibtui.tui.commands import Area
    from sibtui.tui.widgets.progress_dialog import TaskResult
    from sibtui.workspace.session_state import SessionState

_RECENT_LIMIT = 12
"""How many recent studies are listed at most."""

_MESSAGE_ROWS = 3
"""How many rows a message has at most."""


@dataclass(frozen=True, slots=True)
class WelcomeChoice:
    """The user's choice on the welcome screen: the file of a study to open, or None for the sample study."""

    file: Path | None


class WelcomeScreen(CommandRunner, Screen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("welcome")]
    DEFAULT_CSS = """
    WelcomeScreen { align: center middle; }
    #welcome { width: 80; max-width: 100%; height: auto; max-height: 100%; padding: 0 2; }
    #welcome-title { height: 4; }
    #welcome RowList { height: auto; max-height: 24; }
    #welcome-message { height: 4; margin-top: 1; }
    WelcomeScreen.-narrow #welcome RowList { max-height: 16; }
    """

    def __init__(self, in_folder: Sequence[Path], recent: Sequence[Path], message: str = "") -> None:
        """Make the screen. It lists the studies in the current folder (`in_folder`), and the recent studies (`recent`).

        `message` is empty, or states why the study that the user chose before could not be opened.
        """
        super().__init__()
        self._in_folder = in_folder
        self._recent = [path for path in recent if path not in in_folder][:_RECENT_LIMIT]
        self._message = message

    def active_areas(self) -> tuple[Area, ...]:
        return ("welcome",)

    def compose(self) -> ComposeResult:
        with Vertical(id="welcome"):
            yield TextLines(id="welcome-title")
            yield RowList()
            yield TextLines(id="welcome-message", names_keys=True)

    def on_mount(self) -> None:
        self.query_one("#welcome-title", TextLines).set_lines(
            [
                [("sibtui", "strong")],
                [("Code interview notes; get the tables of your paper from them.", "quiet")],
            ]
        )
        rows = self.query_one(RowList)
        listed = welcome_rows(self._in_folder, self._recent)
        rows.set_rows(listed)
        rows.styles.height = len(listed)
        rows.go(
            f"file:{self._in_folder[0]}" if self._in_folder else f"file:{self._recent[0]}" if self._recent else "new"
        )
        self.set_focus(rows)
        self._report(self._message, error=True)

    def _report(self, message: str, *, error: bool) -> None:
        pane = self.query_one("#welcome-message", TextLines)
        width = max(40, pane.size.width or 76)
        lines: list[Line] = [[], hints(("welcome",), {}, width)]
        if message:
            lines[:1] = message_lines(message, width, _MESSAGE_ROWS, error=error)
        pane.set_lines(lines)

    @on(RowList.Chosen)
    async def choose_row(self) -> None:
        """Open the study under the cursor, or run the command under the cursor, such as “New study”."""
        kind, _, path = (self.query_one(RowList).key or "").partition(":")
        if kind == "file":
            self.open_study(Path(path))
        elif kind:
            await self.run_action(by_id(f"welcome.{kind}").action)

    def ask_name(self) -> None:
        from sibtui.tui.widgets.prompt import Prompt

        ask(self.app, Prompt("Name of the new study", "", validate_new, enter="makes it"), self._make)

    def _make(self, name: str) -> None:
        file = file_for(name)
        try:
            Project.create(file, name=file.stem).close()
        except SibtuiError as error:
            self._report(worded(error, keymap_of(self.app)), error=True)
            return
        self.open_study(file)

    def ask_file(self) -> None:
        from sibtui.tui.widgets.prompt import Prompt

        ask(
            self.app,
            Prompt("File of the study", "", validate_existing, enter="opens it"),
            lambda name: self.open_study(file_for(name)),
        )

    def ask_origin(self) -> None:
        """Ask for a project file of another program, make a study from it, and open the study."""
        from sibtui.project.importing.create_from import WANTED, origin_of, validate_origin
        from sibtui.project.shared.typed_paths import completed
        from sibtui.tui.widgets.prompt import Prompt

        def entered(line: str | None) -> None:
            origin = None if line is None else origin_of(line)
            if origin is not None:
                prompt = Prompt("Name of the new study", origin.stem, validate_new, enter="makes it")
                self.app.push_screen(prompt, lambda name: self._create_from(origin, name))

        title = "Begin with another program's project: file or folder"
        prompt = Prompt(title, "", validate_origin, enter="reads it", complete=lambda line: completed(line, WANTED))
        self.app.push_screen(prompt, entered)

    def _create_from(self, origin: Path, name: str | None) -> None:
        from sibtui.project.importing.create_from import create_from
        from sibtui.tui.widgets.progress_dialog import ProgressDialog

        if name is None:
            return
        file = file_for(name)
        dialog: ProgressDialog[list[Message]] = ProgressDialog(
            "Bringing it in", lambda progress: create_from(origin, file, progress)
        )
        self.app.push_screen(dialog, lambda done: self._created(file, done))

    def _created(self, file: Path, done: TaskResult[list[Message]] | None) -> None:
        from sibtui.tui.widgets.message_box import MessageBox

        if done is None:
            self._report("Stopped: no study was made.", error=True)
            return
        if done.result is None:
            self.app.push_screen(MessageBox("No study was made", [done.why]))
            return
        lines = [worded(message, keymap_of(self.app)) for message in done.result]
        box = MessageBox("What came in", lines, enter="opens the study")
        self.app.push_screen(box, lambda _: self.open_study(file))

    def open_study(self, file: Path | None) -> None:
        """Close the welcome screen, and open the study in `file`. None opens the sample study."""
        self.app.exit(WelcomeChoice(file))


def _commands() -> type[Provider]:
    from sibtui.tui.screens.palette import CommandsProvider

    return CommandsProvider


class WelcomeApp(BaseApp[WelcomeChoice]):
    """The app that shows the welcome screen. `run` returns the user's choice, or None if the user quits."""

    COMMANDS = {_commands}  # noqa: RUF012 - Textual's own declaration

    def __init__(self, memory: SessionState, *, folder: Path, message: str = "") -> None:
        super().__init__(memory)
        self._folder = folder
        self._message = message

    def get_default_screen(self) -> Screen[None]:
        in_folder = sorted(self._folder.glob(f"*{SUFFIX}"))
        return WelcomeScreen(in_folder, self.memory.recent_studies, self._message)


def welcome_rows(in_folder: Sequence[Path], recent: Sequence[Path]) -> list[ListRow]:
    """Return the rows of the screen: commands such as “New study”, the studies in this folder, and recent studies."""
    rows = [
        ListRow("new", "New study …", mark="n  ", strong=True),
        ListRow("open", "Open a study …", mark="o  ", strong=True),
        ListRow(
            "from",
            "Begin with another program's project …",
            mark="f  ",
            right="NVivo, ATLAS.ti, Taguette …",
            strong=True,
        ),
        ListRow("demo", "Look at the sample study", mark="d  ", right="removed when you leave", strong=True),
    ]
    for heading, files in (("In this folder", in_folder), ("Recent", recent)):
        if files:
            rows += [ListRow(None, ""), ListRow(None, heading)]
            rows += [_file_row(file, folder=heading == "Recent") for file in files]
    return rows


def _file_row(file: Path, *, folder: bool) -> ListRow:
    at = dt.datetime.fromtimestamp(file.stat().st_mtime).astimezone()
    where = f"{_home(file.parent)}  " if folder else ""
    return ListRow(f"file:{file}", file.name, mark="   ", right=f"{where}{at:%Y-%m-%d %H:%M}")


def _home(folder: Path) -> str:
    """Return the path of a folder as text, with “~” in place of the home directory."""
    try:
        return one_line(f"~/{folder.relative_to(Path.home())}")
    except (ValueError, RuntimeError):
        return one_line(str(folder))


def file_for(name: str) -> Path:
    """Return the path of the study file for a typed name or path. If the file extension is missing, it is added.

    `~` is the home directory.
    """
    file = Path(name.strip().replace("\0", ""))
    with suppress(RuntimeError):  # the user does not exist, as in ~nobody
        file = file.expanduser()
    return file if file.suffix == SUFFIX or not file.name else file.with_name(file.name + SUFFIX)


def _without_os_errors(validate: Callable[[str], Validation]) -> Callable[[str], Validation]:
    """Return a function that calls `validate`. After an OSError, the function returns an invalid result.

    A name that is too long raises such an error.
    """

    def validate_name(name: str) -> Validation:
        try:
            return validate(name)
        except OSError as error:
            return Validation(f"This name cannot be used: {error.strerror}.", "no")

    return validate_name


@_without_os_errors
def validate_new(name: str) -> Validation:
    """Return whether a new study can have this name, with a message.

    For a valid name, the message shows the path of the file. For an invalid name, it states the reason.
    """
    if not name.strip(" /."):
        return Validation("Type a name; the file is made in this folder, or in the folder of a path.", "no")
    file = file_for(name)
    if file.exists():
        return Validation(f"The study {file} already exists: open it instead.", "no")
    if not file.parent.is_dir():
        return Validation(f"There is no folder {file.parent}.", "no")
    return Validation(f"It will be one file: {file.absolute()}")


@_without_os_errors
def validate_existing(name: str) -> Validation:
    """Return whether a study with this name or path exists, with a message.

    If no such study exists, the message lists existing studies whose paths begin with the typed path.
    """
    if not name.strip(" /."):
        return Validation("Type the path of a study, for example ~/notes/study.sibtui.", "no")
    file = file_for(name)
    if file.is_file():
        return Validation(f"Opens {file.absolute()}")
    near = (
        sorted(file.parent.glob(f"{glob_safe(Path(name.strip()).name)}*{SUFFIX}"))[:5] if file.parent.is_dir() else []
    )
    message = f"Existing: {', '.join(path.name for path in near)}" if near else f"There is no study {file}."
    return Validation(message, "no")


def glob_safe(name: str) -> str:
    """Return a glob pattern that matches only this name."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in name)
