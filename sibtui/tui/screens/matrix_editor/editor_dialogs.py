"""The base class of the dialogs of the table editor.

The dialogs ask for a line of text, for one choice, for several choices, or for a code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.widgets.answer import ask

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.model.records import Code
    from sibtui.project.shared.validation import Validation
    from sibtui.tui.screens.matrix_editor.screen import MatrixEditorScreen
    from sibtui.tui.widgets.row_list import ListRow


class EditorDialogs:
    """The base class of the dialogs of the table editor.

    Each method opens a dialog, and passes the answer of the user to its argument `then`.
    """

    def __init__(self, screen: MatrixEditorScreen) -> None:
        self._screen = screen

    @property
    def _table(self) -> MatrixDefinition:
        return self._screen.table

    def _ask(
        self, title: str, value: str, validate: Callable[[str], Validation], then: Callable[[str], object]
    ) -> None:
        from sibtui.tui.widgets.prompt import Prompt

        ask(self._screen.app, Prompt(title, value, validate, enter="takes it"), then)

    def _choose(self, title: str, rows: Sequence[ListRow], at: str | None, then: Callable[[str], object]) -> None:
        from sibtui.tui.widgets.chooser import Chooser

        ask(self._screen.app, Chooser(title, rows, at), then)

    def _choose_several(
        self,
        title: str,
        choices: Sequence[tuple[str, str]],
        marked: Sequence[str],
        then: Callable[[tuple[str, ...]], object],
        *,
        ordered: bool = False,
    ) -> None:
        from sibtui.tui.widgets.several_chooser import SeveralChooser

        ask(self._screen.app, SeveralChooser(title, choices, marked, ordered=ordered), then)

    def _choose_code(self, title: str, codes: Sequence[Code], then: Callable[[str], object]) -> None:
        from sibtui.tui.widgets.code_picker import PickerChoice, ask_code

        if not codes:
            self._screen.report(f"No code fits here: the codebook ({self._screen.key_of('go.codebook')}) makes them.")
            return
        choice = PickerChoice(title, codes, (), {}, lambda _: None, allow_new=False)
        ask_code(self._screen.app, choice, lambda picked: then(picked.path))

    def _codes(self) -> list[Code]:
        return [code for code in self._screen.project.codes.list() if code.status != "retired"]
