"""The dialogs that change a code: its name, fields and memo. Other dialogs merge or split codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.records import COLOURS, ORIGINS, STATUSES
from sibtui.tui.screens.codebook.merging import merge_code
from sibtui.tui.views.code_rows import FIELDS
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.letter_menu import ask_letter
from sibtui.workspace.codebook_actions import TEXTS
from sibtui.workspace.memo_text import memo_of, write_memo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sibtui.model.records import Code
    from sibtui.tui.screens.codebook.screen import CodebookScreen
    from sibtui.workspace.code_search import CodeChoice

_CHOICES: dict[str, Mapping[str, str]] = {
    "origin": dict(zip("deim", ORIGINS, strict=True)),
    "status": dict(zip("par", STATUSES, strict=True)),
    "colour": dict(zip("osgybvpr", COLOURS, strict=True)) | {"0": "colour of its theme"},
}
"""A dict: field → its choices (letter → value). The character 0 removes the value."""


class CodeEditor:
    """The dialogs of the codebook screen. They ask for values, and change the code under the cursor."""

    def __init__(self, screen: CodebookScreen) -> None:
        self._screen = screen

    # Names

    def add(self) -> None:
        """Ask for the name of a new code, and add the code.

        If a theme (a code at the top level) is under the cursor, the new code is added below this theme. Otherwise the
        new code is added beside the code under the cursor.
        """
        above = self._screen.actions.parents(self._screen.rows.key)
        self.ask_path("New code, or a whole path" if above is None else f"New code in {above}", above)

    def ask_path(self, title: str, above: str | None) -> None:
        """Ask for the name of a new code, and add it below the code with the path `above`.

        If `above` is None, the code is added at the top level. The user may also type the whole path of the new
        code.
        """
        actions = self._screen.actions
        self._ask(
            title,
            "",
            lambda typed: f"It will be {actions.path_for(typed, above)}",
            lambda typed: self._screen.change(lambda: actions.add(actions.path_for(typed, above))),
        )

    def rename(self) -> None:
        code = self._screen.code_or_report()
        if code is not None:
            self._ask(
                f"New name of {code.name}",
                code.name,
                lambda typed: "Its history keeps the old name." if typed.strip() else None,
                lambda typed: self._screen.change(lambda: self._screen.actions.rename(code, typed)),
            )

    def _ask(self, title: str, value: str, explain: Callable[[str], str | None], then: Callable[[str], None]) -> None:
        from sibtui.tui.screens.line_dialogs import ask_line

        ask_line(self._screen, title, value, explain, then, enter="takes it")

    # Merging and splitting

    def merge(self) -> None:
        from sibtui.tui.widgets.code_picker import PickerChoice, ask_code

        screen, code = self._screen, self._screen.code_or_report()
        if code is None:
            return
        codes = screen.actions.merge_targets(code)
        keys = {other.path: other.key for other in codes if other.key}
        recent = screen.study_app.study_state.recent
        choice = PickerChoice(f"Merge {code.name} into", codes, recent, keys, screen.colour_of, allow_new=False)

        def chosen(picked: CodeChoice) -> None:
            merge_code(screen, code, picked.path)

        ask_code(screen.app, choice, chosen)

    def split(self) -> None:
        from sibtui.tui.widgets.quote_marker import QuoteMarker

        screen, code = self._screen, self._screen.code_or_report()
        if code is None:
            return
        if not code.codings:
            screen.report(f"{code.name} has no quotes of its own, so it cannot be split.")
            return

        quotes = [screen.as_quote(coding) for coding in screen.codings_of(code)]
        ask(
            screen.app,
            QuoteMarker(f"Split {code.name}", quotes),
            lambda codings: self._ask(
                f"Name of the new code, with {len(codings)} of the quotes",
                "",
                lambda typed: f"It will be beside {code.name}." if typed.strip() else None,
                lambda typed: self._split(code, typed, codings),
            ),
        )

    def _split(self, code: Code, name: str, codings: Sequence[int]) -> None:
        """Move some codings of a code to a new code with this name. `codings` has the ids of these codings.

        If rows of saved tables have lost quotes by the split, a dialog lists these rows. No other screen shows this
        loss.
        """
        screen, lost = self._screen, list[str]()

        def action() -> tuple[str, str]:
            message, path = screen.actions.split(code, name, codings)
            lost.extend(screen.actions.rows_lost_by_split(code.path, path))
            return message, path

        screen.change(action)
        if lost:
            from sibtui.tui.widgets.message_box import MessageBox

            first = f"These rows draw on {code.name} alone, without the quotes moved to {name.strip()}:"
            undo = screen.key_of("study.undo")
            last = f"Add the new code to a row with `sibtui matrix define`, or undo the split ({undo})."
            screen.app.push_screen(MessageBox("Rows of tables that have lost quotes", [first, "", *lost, "", last]))

    # Fields

    def choose_field(self) -> None:
        code = self._screen.code_or_report()
        if code is not None:
            fields = {letter.lower(): attribute for letter, attribute, _ in FIELDS}
            choices = {letter.lower(): label for letter, _, label in FIELDS} | {"r": "Name"}

            def chosen(letter: str) -> None:
                if letter in fields:
                    self.edit_field(fields[letter])
                else:
                    self.rename()

            ask_letter(self._screen.app, f"{code.name}: which field?", choices, chosen)

    def edit_field(self, field: str) -> None:
        """Ask for the new value of a field of the code under the cursor. `field` is its name, such as “definition”."""
        code = self._screen.code_or_report()
        if code is None:
            return
        if field == "key":
            self._choose_key(code)
        elif field in _CHOICES:
            self._choose(code, field)
        else:
            self._write(code, field)

    def _write(self, code: Code, field: str) -> None:
        self._screen.edit_text(
            f"{TEXTS[field]}: {code.name}",
            "" if field == "definition" else code.definition,
            getattr(code, field),
            lambda text: self._set(code, field, text),
        )

    def _choose(self, code: Code, field: str) -> None:
        choices = _CHOICES[field]

        def chosen(letter: str) -> None:
            self._set(code, field, None if letter == "0" else choices[letter])

        ask_letter(self._screen.app, f"{code.name}: {field}", choices, chosen)

    def _choose_key(self, code: Code) -> None:
        others = (other for other in self._screen.actions.codes if other.id != code.id)
        taken = " ".join(sorted(other.key for other in others if other.key))
        hint = f"taken: {taken}" if taken else ""
        choices = {"0": "none", "A … Z": "this capital letter applies it in a note"}

        def chosen(letter: str) -> None:
            self._set(code, "key", None if letter == "0" else letter.upper())

        ask_letter(self._screen.app, f"{code.name}: key", choices, chosen, hint=hint, any_letter=True)

    def _set(self, code: Code, field: str, value: str | None) -> None:
        self._screen.change(lambda: self._screen.actions.set(code, field, value))

    def edit_memo(self) -> None:
        screen, code = self._screen, self._screen.code_or_report()
        if code is None:
            return
        number, text = memo_of(screen.project, "code", code.path)

        def save(edited: str) -> None:
            screen.attempt(lambda: write_memo(screen.project, "code", code.path, number, edited))

        screen.edit_text(f"Memo on the code: {code.name}", code.definition, text, save)
