"""Bringing notes in: a path is written, what is there is read and looked at, and Enter stores it as one change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from sibtui.desk import incoming
from sibtui.desk.answers import Answer
from sibtui.desk.incoming import WANTED, Incoming, Reading, Stored, line_told
from sibtui.desk.paths import completed
from sibtui.errors import SibtuiError
from sibtui.model.records import FIDELITIES, KINDS
from sibtui.model.text import one_line
from sibtui.project import Project
from sibtui.tui.commands import commands_at
from sibtui.tui.commands.keys import bindings, keys_of, shown
from sibtui.tui.screens.coding_status import hints
from sibtui.tui.screens.doing import Doing
from sibtui.tui.views.coming import code_rows, how_lines, item_lines, item_rows
from sibtui.tui.widgets.fields import Field
from sibtui.tui.widgets.lines import Line, Lines, wrapped
from sibtui.tui.widgets.row_list import Row, RowList
from sibtui.tui.widgets.typing import type_into

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.desk.incoming import How, Item
    from sibtui.tui.app import SibtuiApp
    from sibtui.tui.commands import Place
    from sibtui.tui.screens.doing import Done

Choice = TypeVar("Choice", bound=str)

_TOLD, _ITEM = 3, 6
_ENCODINGS = {
    "": "found out, file by file", "utf-8": "Unicode", "utf-16": "Unicode, two bytes a sign", "cp1252": "Western Europe, Windows",
    "iso8859-15": "Western Europe, Unix", "mac_roman": "Western Europe, old Macs", "cp850": "Western Europe, DOS",
    "cp1250": "Central Europe", "cp1251": "Cyrillic", "cp1253": "Greek", "cp1254": "Turkish", "cp1255": "Hebrew",
    "cp1256": "Arabic", "gb18030": "Chinese, simplified", "big5": "Chinese, traditional", "cp932": "Japanese", "cp949": "Korean",
}  # fmt: skip
_OTHER = "other"


class _Items(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("incoming")]


class IncomingScreen(ModalScreen[Stored | None]):
    """Dismissed with what came in, or None. What is written above is read at Enter; what is listed below is stored at the next."""

    CSS = """
    IncomingScreen { background: $background 60%; align: center middle; }
    IncomingScreen:ansi { background: transparent; }
    #incoming { width: 110; max-width: 100%; height: 90%; max-height: 40; border: round $border; background: $surface; padding: 0 1; }
    #incoming Input { height: 1; border: none; padding: 0 1; background: $panel; }
    #incoming Lines, #incoming RowList { background: $surface; }
    #incoming-told { height: 3; }
    #incoming RowList { height: 1fr; }
    #incoming-item { height: 7; border-top: solid $rule; }
    #incoming-how { height: 3; border-top: solid $rule; }
    #incoming-keys { height: 1; }
    #incoming.-empty #incoming-item, #incoming.-empty #incoming-how { display: none; }
    IncomingScreen.-narrow #incoming { height: 100%; }
    IncomingScreen.-narrow #incoming-item { height: 6; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "incoming_close", "close"),
        Binding("down", "to_list", "list"),
    ]

    def __init__(self, project: Project) -> None:
        super().__init__()
        self._incoming = Incoming(project)
        self._said: tuple[str, bool] = ("", False)
        self._read_line = ""

    def compose(self) -> ComposeResult:
        with Vertical(id="incoming"):
            yield Field(placeholder="~/notes, interview-1.docx …", select_on_focus=False, compact=True)
            yield Lines(id="incoming-told")
            yield _Items()
            yield Lines(id="incoming-item")
            yield Lines(id="incoming-how", names_keys=True)
            yield Lines(id="incoming-keys", names_keys=True)

    def on_mount(self) -> None:
        box = self.query_one("#incoming")
        box.border_title = "Bring notes in"
        box.add_class("-empty")
        self.field, self.rows = self.query_one(Input), self.query_one(RowList)
        self.rows.empty = "What is there is listed here, to be looked at before anything comes in."
        self.field.focus()
        self.call_after_refresh(self._show)

    @property
    def _keymap(self) -> dict[str, str]:
        return cast("SibtuiApp", self.app).keys_told

    # The path

    def take_key(self, event: events.Key) -> bool:
        """Heed what is written at once, and what follows on it: Tab completes, Enter reads."""
        if self.focused is not self.field:
            return False
        if type_into(self.field, event):
            return True
        if event.key == "enter":
            self._read()
        elif event.key == "tab":
            self._complete()
        return event.key in {"enter", "tab"}

    def _complete(self) -> None:
        line, names = completed(self.field.value, WANTED)
        self.field.value = line
        self.field.cursor_position = len(line)
        several = ", ".join(one_line(name) for name in names[:40]) if len(names) > 1 else ""
        nothing = "" if names else "There is nothing that begins so."
        self.call_after_refresh(self._say, several or nothing or line_told(line))

    def on_paste(self, event: events.Paste) -> None:
        """A file dragged into the window while the list has the keys."""
        if self.focused is not self.field:
            event.stop()
            self.field.value = event.text.strip().partition("\n")[0]
            self.field.focus()

    @on(Input.Changed)
    def _written(self) -> None:
        self._say("")

    def _read(self) -> None:
        self._read_line = self.field.value
        self._read_again()

    def _read_again(self) -> None:
        line, how = self._read_line, self._incoming.how
        doing: Doing[Reading] = Doing("Reading", lambda tell: incoming.read(line, how, tell), at_once=True)
        self.app.push_screen(doing, self._was_read)

    def _was_read(self, done: Done[Reading] | None) -> None:
        if done is None:
            self._say("Stopped: nothing was read.")
            return
        if done.result is None:
            self._say(done.why, wrong=True)
            return
        try:
            self._incoming.take(done.result)
        except SibtuiError as error:
            self._say(str(error), wrong=True)
            return
        self._list()
        self._say(" ".join(done.result.told))
        if self.rows.rows:
            self.rows.focus()

    # Showing

    def _list(self) -> None:
        codes = self._incoming.reading.codes
        self.rows.empty = "There is nothing here that comes in."
        if codes is None:
            self.rows.set_rows(item_rows(self._incoming.items))
        else:
            self.rows.set_rows(code_rows(codes, {code.path for code in self._incoming.project.codes.list()}))
        self.query_one("#incoming").set_class(not self.rows.rows, "-empty")
        self._show()

    def _say(self, told: str, *, wrong: bool = False) -> None:
        self._said = (told, wrong)
        self._show()

    def _show(self) -> None:
        told = self.query_one("#incoming-told", Lines)
        width = max(30, told.size.width)
        told.set_lines(self._told_lines(width))
        self.query_one("#incoming-item", Lines).set_lines(self._item_lines(width)[:_ITEM])
        keys = {c.id.rpartition(".")[2]: shown(keys_of(c, self._keymap)[0]) for c in commands_at("incoming")}
        how = [] if self._incoming.reading.codes is not None else how_lines(self._incoming.how, width, keys)
        self.query_one("#incoming-how", Lines).set_lines(how)
        self.query_one("#incoming-keys", Lines).set_lines([self._hint_line(width)])

    def _told_lines(self, width: int) -> list[Line]:
        said, wrong = self._said
        lines: list[Line] = []
        if self.rows.rows and not wrong:
            lines.append([(self._incoming.told, "strong")])
        said = said or ("" if self.focused is not self.field else line_told(self.field.value))
        lines += [[(row, "warning" if wrong else "quiet")] for row in wrapped(one_line(said), width)] if said else []
        return lines[:_TOLD]

    def _hint_line(self, width: int) -> Line:
        if self.focused is self.field:
            return [("Enter", "key"), (" looks into it  ", "quiet"), ("Tab", "key"), (" completes  ", "quiet"), ("↓", "key"),
                    (" list  ", "quiet"), ("Esc", "key"), (" closes", "quiet")]  # fmt: skip
        return hints(("incoming",), self._keymap, width)

    def _item_lines(self, width: int) -> list[Line]:
        codes, key = self._incoming.reading.codes, self.rows.key
        if codes is not None and key is not None:
            code = codes[int(key)]
            told = code.definition or "It has no definition."
            return [[(row, "text")] for row in (*wrapped(one_line(code.path), width), *wrapped(told, width))]
        item = self._item()
        return [] if item is None else item_lines(item, width)

    def _item(self) -> Item | None:
        return next((item for item in self._incoming.items if item.key == self.rows.key), None)

    @on(RowList.Moved)
    def _moved(self) -> None:
        self._show()

    def on_descendant_focus(self) -> None:
        if self.is_mounted:
            self._show()

    def on_resize(self) -> None:
        if self.is_mounted:
            self.call_after_refresh(self._show)

    def action_to_list(self) -> None:
        if self.rows.rows:
            self.rows.focus()

    # What is said of all

    def _how(self, how: How, *, again: bool = False) -> None:
        """Something else is said of all of them; `again` when they have to be read anew for it."""
        self._incoming.how = how
        if again:
            self._read_again()
            return
        self._incoming.judge()
        self._list()

    def action_incoming_case(self) -> None:
        from sibtui.tui.widgets.ask import Ask  # noqa: PLC0415

        known = [case.label for case in self._incoming.project.cases.list()]

        def judged(line: str) -> Answer:
            new = [case for case in _cases(line) if case not in known]
            there = f"There are: {', '.join(known)}. " if known else ""
            if new:
                return Answer(f"{', '.join(new)}: new. {there}")
            return Answer(f"{there}Several are parted by a semicolon; empty: as the files have it.")

        def told(line: str | None) -> None:
            if line is not None:
                self._how(replace(self._incoming.how, cases=_cases(line)))

        before = "; ".join(self._incoming.how.cases)
        self.app.push_screen(Ask("The cases that they touch", before, judged, hint="Enter takes them"), told)

    def action_incoming_kind(self) -> None:
        how = self._incoming.how
        self._how(replace(how, kind=_next(KINDS, how.kind)))

    def action_incoming_fidelity(self) -> None:
        how = self._incoming.how
        self._how(replace(how, fidelity=_next(FIDELITIES, how.fidelity)))

    def action_incoming_speakers(self) -> None:
        how = self._incoming.how
        self._how(replace(how, speakers=not how.speakers), again=True)

    def action_incoming_encoding(self) -> None:
        from sibtui.tui.widgets.chooser import Chooser  # noqa: PLC0415

        rows = [Row(name or "found", f"{name:<12}{told}" if name else told) for name, told in _ENCODINGS.items()]
        rows.append(Row(_OTHER, "another, by its name …"))

        def told(name: str | None) -> None:
            if name == _OTHER:
                self._ask_encoding()
            elif name is not None:
                self._take_encoding(None if name == "found" else name)

        now = self._incoming.how.encoding
        self.app.push_screen(Chooser("How plain text is encoded", rows, now or "found"), told)

    def _ask_encoding(self) -> None:
        from sibtui.tui.widgets.ask import Ask  # noqa: PLC0415

        def judged(name: str) -> Answer:
            return Answer("For example koi8_r, cp437, euc_jp.", "yes" if name.strip() else "no")

        def told(name: str | None) -> None:
            if name is not None:
                self._take_encoding(name.strip())

        self.app.push_screen(Ask("The encoding's name", "", judged, hint="Enter takes it"), told)

    def _take_encoding(self, name: str | None) -> None:
        self._how(replace(self._incoming.how, encoding=name), again=True)

    # The one here

    def action_incoming_leave_out(self) -> None:
        item = self._item()
        if item is None or item.draft is None:
            return
        self._incoming.out ^= {item.key}
        self._incoming.judge()
        self._list()
        self.rows.step(1)

    def action_incoming_rename(self) -> None:
        from sibtui.tui.widgets.ask import Ask  # noqa: PLC0415

        item = self._item()
        if item is None or item.draft is None:
            return
        taken = {each.name for each in self._incoming.items if each.key != item.key} | set(
            self._incoming.project.sources.names()
        )

        def judged(name: str) -> Answer:
            if not name.strip():
                return Answer("A source needs a name.", "no")
            return (
                Answer("Another source has this name.", "no")
                if name.strip() in taken
                else Answer("Its name in the study.")
            )

        def told(name: str | None) -> None:
            if name is not None:
                self._incoming.names[item.key] = name.strip()
                self._incoming.judge()
                self._list()

        self.app.push_screen(Ask("Its name in the study", item.name, judged, hint="Enter takes it"), told)

    # In

    @on(RowList.Chosen)
    def _clicked(self) -> None:
        self.rows.focus()

    def action_incoming_bring(self) -> None:
        coming, project = self._incoming, self._incoming.project
        if coming.reading.codes is None and not coming.coming:
            self._say("There is nothing here to bring in.", wrong=True)
            return
        path, coder = project.path, project.coder

        def store(tell: incoming.Progress) -> Stored:
            with Project.open(path, coder=coder) as beside:
                return coming.store(beside, tell)

        doing: Doing[Stored] = Doing("Bringing in", store)
        self.app.push_screen(doing, self._stored)

    def _stored(self, done: Done[Stored] | None) -> None:
        if done is None:
            self._say("Stopped: nothing was brought in, the study is as it was.")
        elif done.result is None:
            self._say(done.why, wrong=True)
        else:
            self.dismiss(done.result)

    def action_incoming_path(self) -> None:
        self.field.focus()

    def places_here(self) -> tuple[Place, ...]:
        return ("incoming", "list")

    def action_incoming_palette(self) -> None:
        self.app.action_command_palette()

    def action_incoming_help(self) -> None:
        from sibtui.tui.screens.help import HelpScreen  # noqa: PLC0415

        self.app.push_screen(HelpScreen("bringing notes in", self.places_here(), self._keymap))

    def action_incoming_close(self) -> None:
        self.dismiss(None)


def _cases(line: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(case.strip() for case in line.split(";") if case.strip()))


def _next(known: Sequence[Choice], now: Choice | None) -> Choice | None:
    """The one after; None, which leaves it to the files, after the last."""
    at = -1 if now is None else known.index(now)
    return known[at + 1] if at + 1 < len(known) else None
