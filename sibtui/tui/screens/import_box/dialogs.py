"""The dialogs that open over the import dialog.

They ask for cases, encoding, language, other options, the name of a source, or a file for rows that cannot be imported.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from sibtui.model.folding import identical
from sibtui.model.languages import language_code
from sibtui.project.importing.import_options import validate_language, validate_speaker_pattern
from sibtui.project.shared.validation import Validation
from sibtui.tui.views.import_option_rows import CODING_OPTIONS, SOURCE_OPTIONS
from sibtui.tui.views.import_rows import DETECTED, OTHER_ENCODING, encoding_rows
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.project.importing.coding_preview import CodingImportOptions
    from sibtui.project.importing.import_options import ImportOptions
    from sibtui.tui.screens.import_box.screen import ImportScreen


class ImportDialogs:
    """The dialogs that open over the import dialog. Each answer changes the preview."""

    def __init__(self, screen: ImportScreen) -> None:
        self._screen = screen
        self._preview = screen.preview

    @property
    def _among(self) -> str:
        """The words for the sources that a dialog changes: “3 marked sources”, or “all sources” if none is marked."""
        marked = len(self._preview.marked)
        return f"{marked} marked source{'s' if marked > 1 else ''}" if marked else "all sources"

    def ask_cases(self) -> None:
        from sibtui.tui.screens.line_dialogs import ask_case_line
        from sibtui.workspace.case_choice import parse_cases

        known = [case.label for case in self._preview.project.cases.list()]
        ask_case_line(
            self._screen,
            self._among,
            "; ".join(self._preview.value("cases") or ()),
            known,
            lambda line: self._screen.changes.set_options(cases=parse_cases(line, known)),
            about="empty: as in the files",
            enter="sets them",
        )

    def ask_encoding(self) -> None:
        from sibtui.tui.widgets.chooser import Chooser

        def chosen(name: str) -> None:
            if name == OTHER_ENCODING:
                self._ask_encoding_by_name()
            else:
                self._screen.changes.set_options(encoding=None if name == DETECTED else name)

        current = self._preview.value("encoding") or DETECTED
        ask(self._screen.app, Chooser(f"Encoding of {self._among}", encoding_rows(), current), chosen)

    def _ask_encoding_by_name(self) -> None:
        def validate(name: str) -> Validation:
            return Validation("For example koi8_r, cp437, euc_jp.", "yes" if name.strip() else "no")

        ask(
            self._screen.app,
            Prompt("Name of the encoding", "", validate, enter="sets it"),
            lambda name: self._screen.changes.set_options(encoding=name.strip()),
        )

    def ask_language(self) -> None:
        language = self._preview.value("language") or ""
        prompt = Prompt(f"Language of {self._among}", language, validate_language, enter="sets it")
        ask(self._screen.app, prompt, lambda line: self._screen.changes.set_options(language=language_code(line)))

    def ask_speaker_pattern(self) -> None:
        """Ask for the pattern (a regular expression) that finds the names of speakers in a text."""
        pattern = self._preview.value("speaker_pattern") or ""
        prompt = Prompt("Pattern for speakers", pattern, validate_speaker_pattern, enter="sets it")
        ask(
            self._screen.app,
            prompt,
            lambda line: self._screen.changes.set_options(speakers=True, speaker_pattern=line.strip()),
        )

    def ask_options(self) -> None:
        """Open a dialog with the options that are seldom needed, and apply the changed options.

        For a table of codings, these are the options of the table. For a codebook, show only a message.
        """
        from sibtui.tui.widgets.options_dialog import OptionsDialog

        table = self._screen.table
        if table is not None:

            def set_table(options: CodingImportOptions) -> None:
                if options != table.options:
                    table.options = options
                    self._screen.try_codings()

            codings = OptionsDialog(f"Options for {table.name}", CODING_OPTIONS, table.options)
            ask(self._screen.app, codings, set_table)
            return
        if self._preview.reading.codes is not None:
            self._screen.report("A codebook has no more options.")
            return
        options = self._preview.options_of(min(self._preview.marked)) if self._preview.marked else self._preview.how

        def set_sources(changed: ImportOptions) -> None:
            if changed != options:
                names = [each.name for each in fields(changed)]
                pairs = {
                    name: getattr(changed, name) for name in names if getattr(changed, name) != getattr(options, name)
                }
                self._screen.changes.set_options(**pairs)

        ask(self._screen.app, OptionsDialog(f"Options for {self._among}", SOURCE_OPTIONS, options), set_sources)

    def ask_name(self) -> None:
        item = self._screen.item
        if item is None or item.draft is None:
            return
        preview = self._preview
        taken = {each.name for each in preview.items if each.key != item.key} | set(preview.project.sources.names())

        def validate(name: str) -> Validation:
            if not name.strip():
                return Validation("A source needs a name.", "no")
            if identical(name, taken) is not None:
                return Validation("Another source has this name.", "no")
            return Validation("The name of the source in the study.")

        def entered(name: str) -> None:
            preview.names[item.key] = name.strip()
            self._screen.judge()

        prompt = Prompt("Name of the source in the study", item.name, validate, enter="sets it")
        ask(self._screen.app, prompt, entered)

    def ask_review(self, store: Callable[[str], None]) -> None:
        """Ask for a file for the rows that cannot be imported, and pass its path to `store`.

        `store` writes these rows to the file, and imports all other rows.
        """
        table = self._screen.table
        if table is None:
            return

        title = "A file for the rows that are not certain"
        prompt = Prompt(title, str(table.review_path()), table.validate_review, enter="brings the others in")
        ask(self._screen.app, prompt, store)
