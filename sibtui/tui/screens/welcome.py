"""The welcome, where there is no study to open: make one, open one, or look at the sample. It ends with the choice."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.screen import Screen

from sibtui.desk.answers import Answer
from sibtui.errors import SibtuiError
from sibtui.model.text import one_line
from sibtui.project import SUFFIX, Project
from sibtui.tui.commands.keys import bindings
from sibtui.tui.screens.coding_status import hints, nearest_first
from sibtui.tui.shell import Shell
from sibtui.tui.widgets.lines import Line, Lines
from sibtui.tui.widgets.row_list import Row, RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.command import Provider

    from sibtui.desk.memory import Memory
    from sibtui.tui.commands import Place
    from sibtui.tui.screens.doing import Done

_LATELY = 12
"""Studies that were open lately, as many as are listed."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What to open: a study's file, or (None) the sample."""

    file: Path | None


class WelcomeScreen(Screen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("welcome")]
    DEFAULT_CSS = """
    WelcomeScreen { align: center middle; }
    #welcome { width: 80; max-width: 100%; height: auto; max-height: 100%; padding: 0 2; }
    #welcome-title { height: 4; }
    #welcome RowList { height: auto; max-height: 24; }
    #welcome-told { height: 3; margin-top: 1; }
    WelcomeScreen.-narrow #welcome RowList { max-height: 16; }
    """

    def __init__(self, here: Sequence[Path], lately: Sequence[Path], said: str = "") -> None:
        """`said` is what went wrong with the choice before."""
        super().__init__()
        self._here = here
        self._lately = [path for path in lately if path not in here][:_LATELY]
        self._said = said

    def places_here(self) -> tuple[Place, ...]:
        return ("welcome",)

    def compose(self) -> ComposeResult:
        with Vertical(id="welcome"):
            yield Lines(id="welcome-title")
            yield RowList()
            yield Lines(id="welcome-told", names_keys=True)

    def on_mount(self) -> None:
        self.query_one("#welcome-title", Lines).set_lines(
            [
                [("sibtui", "strong")],
                [("Code interview notes; get the tables of your paper from them.", "quiet")],
            ]
        )
        rows = self.query_one(RowList)
        listed = welcome_rows(self._here, self._lately)
        rows.set_rows(listed)
        rows.styles.height = len(listed)
        rows.go(f"file:{self._here[0]}" if self._here else f"file:{self._lately[0]}" if self._lately else "new")
        self.set_focus(rows)
        self._tell(self._said, error=True)

    def _tell(self, said: str, *, error: bool) -> None:
        told = self.query_one("#welcome-told", Lines)
        width = max(40, told.size.width or 76)
        lines: list[Line] = [[], hints(("welcome",), {}, width)]
        if said:
            lines[0] = nearest_first(said, error, width)
        told.set_lines(lines)

    @on(RowList.Chosen)
    def action_welcome_choose(self) -> None:
        kind, _, path = (self.query_one(RowList).key or "").partition(":")
        if kind == "file":
            self._leave(Chosen(Path(path)))
        elif kind:
            getattr(self, f"action_welcome_{kind}")()

    def action_welcome_demo(self) -> None:
        self._leave(Chosen(None))

    def action_welcome_leave(self) -> None:
        self._leave(None)

    def action_welcome_new(self) -> None:
        from sibtui.tui.widgets.ask import Ask  # noqa: PLC0415

        self.app.push_screen(Ask("New study: its name", "", judge_new, hint="Enter makes it"), self._make)

    def _make(self, name: str | None) -> None:
        if name is None:
            return
        file = file_for(name)
        try:
            Project.create(file, name=file.stem).close()
        except SibtuiError as error:
            self._tell(str(error), error=True)
            return
        self._leave(Chosen(file))

    def action_welcome_open(self) -> None:
        from sibtui.tui.widgets.ask import Ask  # noqa: PLC0415

        def told(name: str | None) -> None:
            if name is not None:
                self._leave(Chosen(file_for(name)))

        self.app.push_screen(Ask("Open a study: its file", "", judge_open, hint="Enter opens it"), told)

    def action_welcome_from(self) -> None:
        from sibtui.desk.founding import WANTED, origin_of, origin_told  # noqa: PLC0415 - for few
        from sibtui.desk.paths import completed  # noqa: PLC0415
        from sibtui.tui.widgets.ask import Ask  # noqa: PLC0415

        def told(line: str | None) -> None:
            origin = None if line is None else origin_of(line)
            if origin is not None:
                ask = Ask("The new study: its name", origin.stem, judge_new, hint="Enter makes it")
                self.app.push_screen(ask, lambda name: self._found(origin, name))

        title = "Begin with another program's project: its file or folder"
        ask = Ask(title, "", origin_told, hint="Tab completes · Enter", complete=lambda line: completed(line, WANTED))
        self.app.push_screen(ask, told)

    def _found(self, origin: Path, name: str | None) -> None:
        from sibtui.desk.founding import found  # noqa: PLC0415
        from sibtui.tui.screens.doing import Doing  # noqa: PLC0415

        if name is None:
            return
        file = file_for(name)
        doing: Doing[list[str]] = Doing("Bringing it in", lambda progress: found(origin, file, progress))
        self.app.push_screen(doing, lambda done: self._was_found(file, done))

    def _was_found(self, file: Path, done: Done[list[str]] | None) -> None:
        from sibtui.tui.widgets.telling import Telling  # noqa: PLC0415

        if done is None:
            self._tell("Stopped: nothing was made.", error=True)
            return
        if done.result is None:
            self.app.push_screen(Telling("No study was made", [done.why]))
            return
        telling = Telling("What came in", done.result, hint="↑ ↓ PgUp PgDn · Enter opens the study")
        self.app.push_screen(telling, lambda _: self._leave(Chosen(file)))

    def _leave(self, chosen: Chosen | None) -> None:
        self.app.exit(chosen)


def _commands() -> type[Provider]:
    from sibtui.tui.screens.palette import CommandsProvider  # noqa: PLC0415 - only the palette needs it

    return CommandsProvider


class WelcomeApp(Shell[Chosen]):
    """Shows the welcome; `run` returns the choice, or None."""

    COMMANDS = {_commands}  # noqa: RUF012 - Textual's own declaration

    def __init__(self, memory: Memory, *, folder: Path, said: str = "") -> None:
        super().__init__(memory)
        self._folder = folder
        self._said = said

    def get_default_screen(self) -> Screen[None]:
        here = sorted(self._folder.glob(f"*{SUFFIX}"))
        return WelcomeScreen(here, self.memory.recent_studies, self._said)


def welcome_rows(here: Sequence[Path], lately: Sequence[Path]) -> list[Row]:
    """What can be done, the studies in this folder, and those that were open lately."""
    rows = [
        Row("new", "New study …", mark="n  ", strong=True),
        Row("open", "Open a study …", mark="o  ", strong=True),
        Row(
            "from",
            "Begin with another program's project …",
            mark="f  ",
            right="NVivo, ATLAS.ti, Taguette …",
            strong=True,
        ),
        Row("demo", "Look at the sample study", mark="d  ", right="it is gone when you leave", strong=True),
    ]
    for heading, files in (("In this folder", here), ("Lately", lately)):
        if files:
            rows += [Row(None, ""), Row(None, heading)]
            rows += [_file_row(file, folder=heading == "Lately") for file in files]
    return rows


def _file_row(file: Path, *, folder: bool) -> Row:
    at = dt.datetime.fromtimestamp(file.stat().st_mtime).astimezone()
    where = f"{_home(file.parent)}  " if folder else ""
    return Row(f"file:{file}", file.name, mark="   ", right=f"{where}{at:%Y-%m-%d %H:%M}")


def _home(folder: Path) -> str:
    """A folder, as people write it."""
    try:
        return one_line(f"~/{folder.relative_to(Path.home())}")
    except (ValueError, RuntimeError):
        return one_line(str(folder))


def file_for(name: str) -> Path:
    """The file that a name means: `~` is home, and the ending may be left out."""
    file = Path(name.strip().replace("\0", ""))
    with suppress(RuntimeError):  # ~nobody
        file = file.expanduser()
    return file if file.suffix == SUFFIX or not file.name else file.with_name(file.name + SUFFIX)


def _answered(judge: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """A name that the system does not like (too long, in a folder that is closed) is an answer too."""

    def answer(name: str) -> Answer:
        try:
            return judge(name)
        except OSError as error:
            return Answer(f"That cannot be: {error.strerror}.", "no")

    return answer


@_answered
def judge_new(name: str) -> Answer:
    """What a new study of this name would be."""
    if not name.strip(" /."):
        return Answer("Write what it shall be called; the file is made in this folder, or where a path says.", "no")
    file = file_for(name)
    if file.exists():
        return Answer(f"There is a study {file} already: o opens it.", "no")
    if not file.parent.is_dir():
        return Answer(f"There is no folder {file.parent}.", "no")
    return Answer(f"It will be one file: {file.absolute()}")


@_answered
def judge_open(name: str) -> Answer:
    """Whether there is a study of this name; if not, which there are in its folder."""
    if not name.strip(" /."):
        return Answer("Write the path of a study, for example ~/notes/study.sibtui.", "no")
    file = file_for(name)
    if file.is_file():
        return Answer(f"Opens {file.absolute()}")
    near = (
        sorted(file.parent.glob(f"{glob_safe(Path(name.strip()).name)}*{SUFFIX}"))[:5] if file.parent.is_dir() else []
    )
    told = f"There is: {', '.join(path.name for path in near)}" if near else f"There is no study {file}."
    return Answer(told, "no")


def glob_safe(name: str) -> str:
    """A name with the signs of patterns taken literally."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)
