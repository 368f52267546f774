"""The import dialog: it reads files, shows a preview of their content, and imports the content as one change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from sibtui.errors import SibtuiError, StudyBusyError
from sibtui.model.text import one_line, plural
from sibtui.project import SUFFIX, Project
from sibtui.project.importing import incoming_files
from sibtui.project.importing.coding_preview import CodingItem, CodingPreview, fits_study
from sibtui.project.importing.incoming_files import WANTED, IncomingFiles, describe_paths
from sibtui.project.importing.preview import ImportPreview, ImportResult
from sibtui.project.shared.typed_paths import completed
from sibtui.tui.commands import CommandRunner
from sibtui.tui.hints import keymap_of, worded
from sibtui.tui.screens.import_box.changes import ImportChanges
from sibtui.tui.screens.import_box.dialogs import ImportDialogs
from sibtui.tui.screens.import_box.panes import ImportList, ItemPane, KeysPane, MessagePane, OptionsPane
from sibtui.tui.textual_overrides.dialog import FrugalDialog
from sibtui.tui.views.import_rows import code_rows, coding_rows, item_rows
from sibtui.tui.widgets.fields import Field, joined_lines
from sibtui.tui.widgets.key_input import type_into
from sibtui.tui.widgets.progress_dialog import ProgressDialog
from sibtui.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.progress import Progress
    from sibtui.project.importing.preview import ImportItem
    from sibtui.tui.commands import Area
    from sibtui.tui.widgets.progress_dialog import TaskResult

Done = TypeVar("Done")


class ImportScreen(CommandRunner, FrugalDialog[ImportResult | Path | None]):
    """The import dialog. It closes with the result of the import, with the path of a study to merge, or with None.

    In the text field of the path, the Enter key reads the files. In the list, the Enter key imports their content.
    """

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
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "close"),
        Binding("down", "to_list", "list"),
    ]

    def __init__(self, project: Project) -> None:
        super().__init__()
        self.preview = ImportPreview(project)
        self.table: CodingPreview | None = None
        """The preview of the codings if the only file is read as a table of codings.

        None if the files are read as notes, a survey or a codebook.
        """
        self.dialogs = ImportDialogs(self)
        self.changes = ImportChanges(self)
        self._codings: Sequence[CodingItem] = ()
        self._message: tuple[str, bool] = ("", False)

    def compose(self) -> ComposeResult:
        with Vertical(id="incoming"):
            yield Field(placeholder="~/notes, interview-1.docx, eva.sibtui …", select_on_focus=False, compact=True)
            yield MessagePane(id="incoming-message")
            yield ImportList()
            yield ItemPane(id="incoming-item")
            yield OptionsPane(id="incoming-options", names_keys=True)
            yield KeysPane(id="incoming-keys", names_keys=True)

    def on_mount(self) -> None:
        box = self.query_one("#incoming")
        box.border_title = "Bring notes or a study in"
        box.add_class("-empty")
        self.field, self.rows = self.query_one(Input), self.query_one(RowList)
        self.rows.empty = "The files are listed here, so that you can check them before they come in."
        self.field.focus()
        self.call_after_refresh(self.refresh_panes)

    @property
    def _keymap(self) -> Mapping[str, str]:
        return keymap_of(self.app)

    # The path

    def take_key(self, event: events.Key) -> bool:
        """Handle a key that is typed into the text field of the path. Return whether the key was handled."""
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
        line, names = completed(self.field.value, (*WANTED, SUFFIX))
        self.field.value = line
        self.field.cursor_position = len(line)
        matches = ", ".join(one_line(name) for name in names[:40]) if len(names) > 1 else ""
        nothing = "" if names else "No file or folder begins with this."
        self.call_after_refresh(self.report, matches or nothing or worded(describe_paths(line), self._keymap))

    def on_paste(self, event: events.Paste) -> None:
        """Put pasted text, such as the path of a file dragged into the window, into the field of the path."""
        if self.focused is not self.field:
            event.stop()
            self.field.value = joined_lines(event.text.strip())
            self.field.focus()

    @on(Input.Changed)
    def _path_edited(self) -> None:
        self.report("")

    # Reading

    def _read_path(self) -> None:
        line, options = self.field.value, self.preview.how
        study = incoming_files.study_of(line)
        if study is not None:
            self.dismiss(study)
            return
        self.run(
            "Reading", lambda progress: incoming_files.read(line, options, progress), self._files_read, at_once=True
        )

    def run(
        self, title: str, action: Callable[[Progress], Done], then: Callable[[Done], None], *,
        at_once: bool = False, stopped: str = "Stopped: no file was read.", undone: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        """Run `action` in a thread, show its progress below `title`, and pass its result to `then`.

        If the action fails, call `undone`, and show the error. If the user stops the action, call `undone`, and show
        the text `stopped`. If `at_once` is True, Esc closes the progress dialog without waiting for the end of the
        action.
        """

        def ended(done: TaskResult[Done] | None) -> None:
            if done is not None and done.result is not None:
                then(done.result)
                return
            undone()
            self.report(stopped if done is None else done.why, error=done is not None)

        dialog: ProgressDialog[Done] = ProgressDialog(title, action, stop_at_once=at_once)
        self.app.push_screen(dialog, ended)

    def _files_read(self, files: IncomingFiles) -> None:
        try:
            self.preview.take(files)
        except SibtuiError as error:
            self.report(worded(error, self._keymap), error=True)
            return
        self.table = None
        if files.table is not None and fits_study(files.table, self.preview.project):
            self.table = CodingPreview(files.table)
            self.try_codings()
            return
        self.show_items()
        self.report(" ".join(files.messages))
        if self.rows.rows:
            self.rows.focus()

    def try_codings(self) -> None:
        """In a thread, look for the quotes of the table of codings, and show the result. Nothing is imported yet."""
        table, path, coder = self.table, self.preview.project.path, self.preview.project.coder
        if table is None:
            return

        def judge(progress: Progress) -> bool:
            with Project.open(path, coder=coder) as second:
                table.judge(second, progress)
            return True

        def judged(_: bool) -> None:
            self.show_items()
            self.report("")
            self.rows.focus()

        self.run("Looking for the quotes", judge, judged, stopped="Stopped: the codings were not looked for.")

    # Showing

    def show_items(self) -> None:
        codes = self.preview.reading.codes
        self.rows.empty = "There is no file to bring in."
        if self.table is not None:
            self._codings = tuple(self.table.items())
            self.rows.set_rows(coding_rows(self._codings))
        elif codes is None:
            self.rows.set_rows(item_rows(self.preview.items, self.preview.marked))
        else:
            self.rows.set_rows(code_rows(codes, self.preview.compared))
        self.query_one("#incoming").set_class(not self.rows.rows, "-empty")
        self.refresh_panes()

    def report(self, message: str, *, error: bool = False) -> None:
        self._message = (message, error)
        self.refresh_panes()

    def refresh_panes(self) -> None:
        message, error = self._message
        in_path = self.focused is self.field
        if not message and in_path:
            message = worded(describe_paths(self.field.value), self._keymap)
        summary = "" if not self.rows.rows else self.table.summary if self.table is not None else self.preview.summary
        self.query_one(MessagePane).show(summary, message, error=error)
        item, options, keys = self.query_one(ItemPane), self.query_one(OptionsPane), self.query_one(KeysPane)
        key, codes = self.rows.key, self.preview.reading.codes
        if self.table is not None:
            item.show_coding(None if key is None else self._codings[int(key)])
            options.show_codings(self.table)
        else:
            if codes is not None and key is not None:
                item.show_code(codes[int(key)], self.preview.compared)
            else:
                item.show_source(self.item)
            options.show_sources(self.preview)
        if in_path:
            keys.show_for_path()
        else:
            keys.show_for_list(self._idle_commands())

    def _idle_commands(self) -> Collection[str]:
        """Return the ids of the commands that have no effect on the files to import. Their keys are not shown."""
        of_sources, of_codings = ("mark", "leave_out", "rename", "options"), ("new_codes", "codings", "options")
        if self.table is not None:
            names = set(of_sources) - set(of_codings)
        elif self.preview.reading.codes is not None:
            names = {*of_sources, *of_codings}
        else:
            names = {"new_codes"} if self.preview.reading.table is not None else {"new_codes", "codings"}
        return {f"incoming.{name}" for name in names}

    @property
    def item(self) -> ImportItem | None:
        """The source under the cursor. None if the cursor is not on a source."""
        if self.table is not None:
            return None
        return next((item for item in self.preview.items if item.key == self.rows.key), None)

    @on(RowList.Moved)
    def _moved(self) -> None:
        self.refresh_panes()

    def on_descendant_focus(self) -> None:
        if self.is_mounted:
            self.refresh_panes()

    def withstands(self, error: Exception) -> bool:
        """Show the error and return True if another program is writing to the study; otherwise return False."""
        if isinstance(error, StudyBusyError):
            self.notify(worded(error, self._keymap), severity="error", markup=False)
        return isinstance(error, StudyBusyError)

    def on_resize(self) -> None:
        if self.is_mounted:
            self.call_after_refresh(self.refresh_panes)

    def action_to_list(self) -> None:
        if self.rows.rows:
            self.rows.focus()

    def judge(self) -> None:
        """Find out again what the import would do with each source, and show the result."""
        self.preview.judge()
        self.show_items()

    # Storing

    @on(RowList.Chosen)
    def _clicked(self) -> None:
        self.rows.focus()

    def bring(self) -> None:
        """Import the listed items.

        If some rows of a table of codings cannot be imported, first ask for a file to which these rows are written.
        """
        table, preview = self.table, self.preview
        if table is not None:
            if table.options.strict and table.left:
                self.report(f"{plural(table.left, 'row')} not certain: all rows come in, or none.", error=True)
            elif not table.is_ready:
                self.report("There is nothing to bring in.", error=True)
            elif table.left:
                self.dialogs.ask_review(self._store_codings)
            else:
                self._store_codings("")
            return
        if preview.reading.codes is None and not preview.coming:
            self.report("There is nothing to bring in.", error=True)
            return
        self._store(preview.store)

    def _store_codings(self, review: str) -> None:
        table = self.table
        if table is not None:
            self._store(lambda project, progress: table.store(project, review, progress))

    def _store(self, store: Callable[[Project, Progress], ImportResult]) -> None:
        path, coder = self.preview.project.path, self.preview.project.coder

        def stored(progress: Progress) -> ImportResult:
            with Project.open(path, coder=coder) as second:
                return store(second, progress)

        self.run("Bringing in", stored, self._close_with, stopped="Stopped: the study has not changed.")

    def _close_with(self, result: ImportResult) -> None:
        self.dismiss(result)

    def active_areas(self) -> tuple[Area, ...]:
        return ("incoming", "list")

    def show_help(self) -> None:
        from sibtui.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen("bringing notes in", self.active_areas(), self._keymap))
