"""The import dialog: it reads the files of a path, previews what they hold, and stores it as one change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from sibtui.errors import SibtuiError
from sibtui.model.languages import language_code
from sibtui.model.records import FIDELITIES, KINDS
from sibtui.model.text import one_line
from sibtui.project import Project
from sibtui.project.importing import preview
from sibtui.project.importing.preview import WANTED, ImportPreview, ImportResult, ReadingProgress, describe_paths
from sibtui.project.shared.typed_paths import completed
from sibtui.project.shared.validation import Validation
from sibtui.tui.commands import CommandRunner, commands_at
from sibtui.tui.commands.keys import bindings, key_label, keys_of
from sibtui.tui.hints import current_key, keymap_of, worded
from sibtui.tui.views.hint_lines import hints, key_hints
from sibtui.tui.views.import_rows import (
    DETECTED,
    OTHER_ENCODING,
    code_lines,
    code_rows,
    encoding_rows,
    item_lines,
    item_rows,
    option_lines,
)
from sibtui.tui.widgets.fields import DOWN, ENTER, TAB, Field, joined_lines
from sibtui.tui.widgets.key_input import type_into
from sibtui.tui.widgets.progress_dialog import ProgressDialog
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import Line, TextLines, wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.progress import Progress
    from sibtui.project.importing.preview import ImportItem, ImportOptions
    from sibtui.tui.commands import Area
    from sibtui.tui.widgets.progress_dialog import TaskResult

Choice = TypeVar("Choice", bound=str)

_MESSAGE_ROWS, _ITEM_ROWS = 3, 6


class _ImportList(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("incoming")]


class ImportScreen(CommandRunner, ModalScreen[ImportResult | None]):
    """Dismissed with the result of the import, or None. Enter in the path reads the files; Enter in the list stores them."""

    CSS = """
    ImportScreen { background: $background 60%; align: center middle; }
    ImportScreen:ansi { background: transparent; }
    #incoming { width: 110; max-width: 100%; height: 90%; max-height: 40; border: round $border; background: $surface; padding: 0 1; }
    #incoming Input { height: 1; border: none; padding: 0 1; background: $panel; }
    #incoming TextLines, #incoming RowList { background: $surface; }
    #incoming-message { height: 3; }
    #incoming RowList { height: 1fr; }
    #incoming-item { height: 7; border-top: solid $rule; }
    #incoming-options { border-top: solid $rule; }
    #incoming-keys { height: 1; }
    #incoming.-empty #incoming-item, #incoming.-empty #incoming-options { display: none; }
    ImportScreen.-narrow #incoming { height: 100%; }
    ImportScreen.-narrow #incoming-item { height: 6; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "close"),
        Binding("down", "to_list", "list"),
    ]

    def __init__(self, project: Project) -> None:
        super().__init__()
        self._preview = ImportPreview(project)
        self._message: tuple[str, bool] = ("", False)
        self._path_read = ""

    def compose(self) -> ComposeResult:
        with Vertical(id="incoming"):
            yield Field(placeholder="~/notes, interview-1.docx …", select_on_focus=False, compact=True)
            yield TextLines(id="incoming-message")
            yield _ImportList()
            yield TextLines(id="incoming-item")
            yield TextLines(id="incoming-options", names_keys=True)
            yield TextLines(id="incoming-keys", names_keys=True)

    def on_mount(self) -> None:
        box = self.query_one("#incoming")
        box.border_title = "Bring notes in"
        box.add_class("-empty")
        self.field, self.rows = self.query_one(Input), self.query_one(RowList)
        self.rows.empty = "The files are listed here, so that you can check them before they come in."
        self.field.focus()
        self.call_after_refresh(self._show)

    @property
    def _keymap(self) -> Mapping[str, str]:
        return keymap_of(self.app)

    # The path

    def take_key(self, event: events.Key) -> bool:
        """Handle a key in the path at once; Tab completes it, Enter reads the files. Return whether the key was handled."""
        if self.focused is not self.field:
            return False
        if type_into(self.field, event):
            return True
        if event.key == "enter":
            self._read_path()
        elif event.key == "tab":
            self._complete()
        return event.key in {"enter", "tab"}

    def _complete(self) -> None:
        line, names = completed(self.field.value, WANTED)
        self.field.value = line
        self.field.cursor_position = len(line)
        matches = ", ".join(one_line(name) for name in names[:40]) if len(names) > 1 else ""
        nothing = "" if names else "No file or folder begins with this."
        self.call_after_refresh(self._report, matches or nothing or worded(describe_paths(line), self._keymap))

    def on_paste(self, event: events.Paste) -> None:
        """Take the path of a file that is dragged into the window while the list has the focus."""
        if self.focused is not self.field:
            event.stop()
            self.field.value = joined_lines(event.text.strip())
            self.field.focus()

    @on(Input.Changed)
    def _path_edited(self) -> None:
        self._report("")

    def _read_path(self) -> None:
        self._path_read = self.field.value
        self._reload()

    def _reload(self) -> None:
        line, options = self._path_read, self._preview.how
        dialog: ProgressDialog[ReadingProgress] = ProgressDialog(
            "Reading", lambda progress: preview.read(line, options, progress), stop_at_once=True
        )
        self.app.push_screen(dialog, self._files_read)

    def _files_read(self, done: TaskResult[ReadingProgress] | None) -> None:
        if done is None:
            self._report("Stopped: no file was read.")
            return
        if done.result is None:
            self._report(done.why, error=True)
            return
        try:
            self._preview.take(done.result)
        except SibtuiError as error:
            self._report(worded(error, self._keymap), error=True)
            return
        self._list()
        self._report(" ".join(done.result.messages))
        if self.rows.rows:
            self.rows.focus()

    # Showing

    def _list(self) -> None:
        codes = self._preview.reading.codes
        self.rows.empty = "There is no file to bring in."
        if codes is None:
            self.rows.set_rows(item_rows(self._preview.items))
        else:
            self.rows.set_rows(code_rows(codes, self._preview.compared))
        self.query_one("#incoming").set_class(not self.rows.rows, "-empty")
        self._show()

    def _report(self, message: str, *, error: bool = False) -> None:
        self._message = (message, error)
        self._show()

    def _show(self) -> None:
        pane = self.query_one("#incoming-message", TextLines)
        width = max(30, pane.size.width)
        pane.set_lines(self._message_lines(width))
        self.query_one("#incoming-item", TextLines).set_lines(self._item_lines(width)[:_ITEM_ROWS])
        keys = {c.id.rpartition(".")[2]: key_label(keys_of(c, self._keymap)[0]) for c in commands_at("incoming")}
        options, lines = self.query_one("#incoming-options", TextLines), option_lines(self._preview, width, keys)
        options.styles.height = len(lines) + 1
        options.set_lines(lines)
        self.query_one("#incoming-keys", TextLines).set_lines([self._hint_line(width)])

    def _message_lines(self, width: int) -> list[Line]:
        message, error = self._message
        lines: list[Line] = []
        if self.rows.rows and not error:
            lines.append([(self._preview.summary, "strong")])
        message = message or (
            "" if self.focused is not self.field else worded(describe_paths(self.field.value), self._keymap)
        )
        style = "warning" if error else "quiet"
        lines += [[(row, style)] for row in wrapped(one_line(message), width)] if message else []
        return lines[:_MESSAGE_ROWS]

    def _hint_line(self, width: int) -> Line:
        if self.focused is self.field:
            close = current_key("incoming.close", self._keymap)
            return key_hints(ENTER, "reads the files", TAB, "completes", DOWN, "list", close, "closes")
        return hints(("incoming",), self._keymap, width)

    def _item_lines(self, width: int) -> list[Line]:
        codes, key = self._preview.reading.codes, self.rows.key
        if codes is not None and key is not None:
            return code_lines(codes[int(key)], self._preview.compared, width)
        item = self._item()
        return [] if item is None else item_lines(item, width, self._keymap)

    def _item(self) -> ImportItem | None:
        return next((item for item in self._preview.items if item.key == self.rows.key), None)

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

    # Options for all files

    def _set_options(self, options: ImportOptions, *, read_again: bool = False) -> None:
        """Change the options; `read_again` when the files must be read again for them."""
        self._preview.how = options
        if read_again:
            self._reload()
            return
        self._preview.judge()
        self._list()

    def action_incoming_case(self) -> None:
        from sibtui.tui.widgets.prompt import Prompt
        from sibtui.workspace.case_choice import cases_message, complete_cases, parse_cases

        known = [case.label for case in self._preview.project.cases.list()]

        def entered(line: str | None) -> None:
            if line is not None:
                self._set_options(replace(self._preview.how, cases=parse_cases(line, known)))

        prompt = Prompt(
            "The cases of these sources",
            "; ".join(self._preview.how.cases),
            lambda line: cases_message(line, known, "empty: as in the files"),
            enter="sets them",
            complete=lambda line: complete_cases(line, known),
        )
        self.app.push_screen(prompt, entered)

    def action_incoming_kind(self) -> None:
        options = self._preview.how
        self._set_options(replace(options, kind=_next(KINDS, options.kind)))

    def action_incoming_fidelity(self) -> None:
        options = self._preview.how
        self._set_options(replace(options, fidelity=_next(FIDELITIES, options.fidelity)))

    def action_incoming_speakers(self) -> None:
        options = self._preview.how
        self._set_options(replace(options, speakers=not options.speakers), read_again=True)

    def action_incoming_speaker_pattern(self) -> None:
        from sibtui.tui.widgets.prompt import Prompt

        def entered(line: str | None) -> None:
            if line is not None:
                options = replace(self._preview.how, speakers=True, speaker_pattern=line.strip())
                self._set_options(options, read_again=True)

        pattern = self._preview.how.speaker_pattern
        validate = preview.validate_speaker_pattern
        self.app.push_screen(Prompt("Pattern for speakers", pattern, validate, enter="sets it"), entered)

    def action_incoming_encoding(self) -> None:
        from sibtui.tui.widgets.chooser import Chooser

        def chosen(name: str | None) -> None:
            if name == OTHER_ENCODING:
                self._ask_encoding()
            elif name is not None:
                self._set_encoding(None if name == DETECTED else name)

        current = self._preview.how.encoding
        self.app.push_screen(Chooser("Encoding of plain text", encoding_rows(), current or DETECTED), chosen)

    def _ask_encoding(self) -> None:
        from sibtui.tui.widgets.prompt import Prompt

        def validate(name: str) -> Validation:
            return Validation("For example koi8_r, cp437, euc_jp.", "yes" if name.strip() else "no")

        def entered(name: str | None) -> None:
            if name is not None:
                self._set_encoding(name.strip())

        self.app.push_screen(Prompt("Name of the encoding", "", validate, enter="sets it"), entered)

    def _set_encoding(self, name: str | None) -> None:
        self._set_options(replace(self._preview.how, encoding=name), read_again=True)

    def action_incoming_language(self) -> None:
        from sibtui.tui.widgets.prompt import Prompt

        def entered(line: str | None) -> None:
            if line is not None:
                self._set_options(replace(self._preview.how, language=language_code(line)))

        prompt = Prompt(
            "Language of these sources", self._preview.how.language, preview.validate_language, enter="sets it"
        )
        self.app.push_screen(prompt, entered)

    def action_incoming_update(self) -> None:
        """Switch between changing the codes that differ and leaving them."""
        if not self._preview.compared.differing:
            self._report("No code differs from the file.")
            return
        self._preview.update = not self._preview.update
        self._show()

    # The file under the cursor

    def action_incoming_leave_out(self) -> None:
        item = self._item()
        if item is None or item.draft is None:
            return
        self._preview.out ^= {item.key}
        self._preview.judge()
        self._list()
        self.rows.step(1)

    def action_incoming_rename(self) -> None:
        from sibtui.tui.widgets.prompt import Prompt

        item = self._item()
        if item is None or item.draft is None:
            return
        taken = {each.name for each in self._preview.items if each.key != item.key} | set(
            self._preview.project.sources.names()
        )

        def validate(name: str) -> Validation:
            if not name.strip():
                return Validation("A source needs a name.", "no")
            return (
                Validation("Another source has this name.", "no")
                if name.strip() in taken
                else Validation("The name of the source in the study.")
            )

        def entered(name: str | None) -> None:
            if name is not None:
                self._preview.names[item.key] = name.strip()
                self._preview.judge()
                self._list()

        self.app.push_screen(Prompt("Name of the source in the study", item.name, validate, enter="sets it"), entered)

    # Storing

    @on(RowList.Chosen)
    def _clicked(self) -> None:
        self.rows.focus()

    def action_incoming_bring(self) -> None:
        incoming, project = self._preview, self._preview.project
        if incoming.reading.codes is None and not incoming.coming:
            self._report("There is nothing to bring in.", error=True)
            return
        path, coder = project.path, project.coder

        def store(progress: Progress) -> ImportResult:
            with Project.open(path, coder=coder) as second:
                return incoming.store(second, progress)

        dialog: ProgressDialog[ImportResult] = ProgressDialog("Bringing in", store)
        self.app.push_screen(dialog, self._import_finished)

    def _import_finished(self, done: TaskResult[ImportResult] | None) -> None:
        if done is None:
            self._report("Stopped: the study has not changed.")
        elif done.result is None:
            self._report(done.why, error=True)
        else:
            self.dismiss(done.result)

    def active_areas(self) -> tuple[Area, ...]:
        return ("incoming", "list")

    def action_incoming_help(self) -> None:
        from sibtui.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("bringing notes in", self.active_areas(), self._keymap))


def _next(known: Sequence[Choice], now: Choice | None) -> Choice | None:
    """Return the value after `now`; after the last one None, which leaves the choice to the files."""
    at = -1 if now is None else known.index(now)
    return known[at + 1] if at + 1 < len(known) else None
