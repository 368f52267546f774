"""The dialogs of the coding screen: choosing a code or a case, writing a memo, setting the cases of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import SibtuiError
from sibtui.tui.screens.coding.codebook_pane import code_keys
from sibtui.tui.widgets.answer import ask
from sibtui.workspace.codebook_view import short

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.model.records import MemoTarget
    from sibtui.project.results import CarriedCoding
    from sibtui.tui.screens.coding.screen import CodingScreen
    from sibtui.workspace.actions import CodingActions
    from sibtui.workspace.code_search import CodeChoice


class CodingDialogs:
    """The dialogs of the coding screen. Each answer of the user changes the study."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self._workspace = screen.workspace

    # Codes

    def apply_code(self) -> None:
        """Ask for a code, and apply the code to the selection.

        If the user is moving the start or end of the selection by characters, end this mode, and ask nothing.
        """
        if self._screen.moves.edges:
            self._screen.moves.toggle_edges()
            return
        self._choose_code("Apply a code", lambda actions, picked: actions.take(picked))

    def change_code(self) -> None:
        """Ask for a code, which replaces the present code of the active coding.

        The active coding is the coding on which commands act.
        """
        coding = self._workspace.coding
        if coding is None:
            self._screen.report("There is no coding at the selection.")
            return
        self._choose_code(f"Instead of {short(coding.code)}", lambda actions, picked: actions.set_code(picked))

    def _choose_code(self, title: str, then: Callable[[CodingActions, CodeChoice], str]) -> None:
        screen = self._screen
        if self._workspace.source is None:
            screen.report(f"There is no note to code: {screen.key_of('sources.add')} brings notes in.", error=True)
            return
        from sibtui.tui.widgets.code_picker import PickerChoice, ask_code

        view, state = self._workspace.codebook, screen.study_app.study_state
        keys = code_keys(view, state.pins)
        choice = PickerChoice(title, view.usable, state.recent, keys, screen.colour_of, view.retired)

        ask_code(screen.app, choice, lambda picked: screen.change(lambda actions: then(actions, picked)))

    def apply_code_by_letter(self) -> None:
        """Ask for a letter, and apply the code with this key to the selection."""
        choices = {code.key.lower(): short(code.path) for code in self._workspace.codebook.usable if code.key}

        def chosen(letter: str) -> None:
            self._screen.change(lambda actions: actions.by_letter(letter))

        from sibtui.tui.widgets.letter_menu import ask_letter

        ask_letter(self._screen.app, "Apply the code with the letter", choices, chosen, any_letter=True)

    # Cases

    def choose_case(self) -> None:
        """Ask for the case of the active coding (the coding on which commands act).

        New codings get this case too, until the next heading of the note. If the source has no cases yet, ask for
        the cases of the source instead.
        """
        screen, source, coding = self._screen, self._workspace.source, self._workspace.coding
        if source is None or not source.cases:
            self.edit_source_cases()
            return
        if len(source.cases) == 1:
            key = screen.key_of("source.cases")
            screen.report(
                f"This source has one case, {source.cases[0]}: there is nothing to choose ({key} adds a case)."
            )
            return
        from sibtui.tui.widgets.case_menu import ask_case
        from sibtui.workspace.case_choice import CaseChoice, case_keys

        choice = CaseChoice(
            f"{short(coding.code)}: which case?" if coding else "Which case?",
            source.cases,
            case_keys(source.cases, screen.project.cases.list()),
            tuple(coding.cases if coding else self._workspace.attribution or ()),
        )
        ask_case(screen.app, choice, lambda cases: screen.change(lambda actions: actions.attribute(cases)))

    def edit_source_cases(self) -> None:
        """Ask for the cases of the open source, and store them.

        While the sources pane has the focus, do this for the source under the cursor instead.
        """
        screen = self._screen
        in_list = screen.focused is screen.sources
        source = screen.sources_pane.source if in_list else self._workspace.source
        if source is None:
            screen.report("No source is open.")
            return
        from sibtui.tui.screens.line_dialogs import ask_case_line
        from sibtui.workspace.case_choice import parse_cases

        known = [case.label for case in screen.project.cases.list()]
        ask_case_line(
            screen,
            source.name,
            "; ".join(source.cases),
            known,
            lambda line: screen.change(lambda actions: actions.set_cases(source.name, parse_cases(line, known))),
        )

    # Memos

    def edit_coding_memo(self) -> None:
        """Edit the memo of the active coding. If no coding is active, edit the memo of the open source."""
        coding = self._workspace.coding
        if coding is None:
            self.edit_source_memo()
            return
        title = f"Memo on the coding: {short(coding.code)}"
        self._edit(title, coding.quote, coding.memo, lambda actions, text: actions.set_memo(coding.id, text))

    def edit_source_memo(self) -> None:
        source = self._workspace.source
        if source is not None:
            self._edit_memo("source", source.name, f"Memo on the source: {source.name}", source.title)

    def correct_selection(self) -> None:
        """Ask for a correction of the selected words, and store the corrected text of the source.

        Before the text is stored, a dialog shows where the codings will be in the corrected text.
        """
        from sibtui.tui.widgets.text_correction import TextCorrection

        screen, selected = self._screen, self._workspace.selection
        source = self._workspace.source
        if source is None or selected is None:
            screen.report("Nothing is selected.")
            return

        def foresee(words: str) -> Sequence[CarriedCoding]:
            return screen.project.sources.foresee_correction(source.name, self._workspace.with_words(words))

        words = selected.quote(self._workspace.text)
        box = TextCorrection(f"Correct the words in {source.name}", words, foresee, self._workspace.with_words)
        ask(screen.app, box, lambda words: screen.change(lambda actions: actions.correct(words)))

    def edit_code_memo(self) -> None:
        """Edit the memo of the code under the cursor in the codebook pane."""
        path = self._screen.codes.key
        if path is not None:
            code = self._workspace.code(path)
            self._edit_memo("code", path, f"Memo on the code: {short(path)}", code.definition if code else "")

    def _edit_memo(self, on: MemoTarget, name: str, title: str, about: str) -> None:
        try:
            number, text = self._screen.actions.memo_of(on, name)
        except SibtuiError as error:
            self._screen.report(self._screen.worded(error), error=True)
            return
        self._edit(title, about, text, lambda actions, edited: actions.write_memo(on, name, number, edited))

    def _edit(self, title: str, about: str, text: str, save: Callable[[CodingActions, str], str]) -> None:
        screen = self._screen
        screen.edit_text(title, about, text, lambda edited: screen.change(lambda actions: save(actions, edited)))
