"""The dialogs that change quotes: their code, their cases and their memo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.text import plural
from sibtui.tui.widgets.case_menu import ask_cases
from sibtui.workspace.case_choice import CaseChoice, case_keys
from sibtui.workspace.codebook_view import short
from sibtui.workspace.quote_actions import QuoteActions
from sibtui.workspace.quote_browser import QuoteBrowser, common_cases

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.model.records import Code, Coding
    from sibtui.tui.screens.base import StudyScreen
    from sibtui.workspace.case_choice import CaseAnswer
    from sibtui.workspace.code_search import CodeChoice

    QuoteChange = Callable[[list[Coding]], str]


class QuoteDialogs:
    """The dialogs that change the quotes chosen on a screen: the marked quotes, or the quote under the cursor."""

    def __init__(
        self,
        screen: StudyScreen,
        quotes: QuoteBrowser,
        chosen: Callable[[], list[Coding]],
        change: Callable[[QuoteChange], None],
    ) -> None:
        """Make the dialogs of a screen with quotes.

        `chosen` returns the codings that the user has chosen. After a dialog, `change` is called with an action. It
        must apply the action to the chosen codings, show the message that the action returns, and show the quotes
        again.
        """
        self._screen = screen
        self._quotes = quotes
        self._chosen = chosen
        self._change = change
        self._actions = QuoteActions(screen.project)

    def choose_code(
        self, title: str, codes: Sequence[Code], then: Callable[[CodeChoice], None], *, allow_new: bool = False
    ) -> None:
        """Ask for one of `codes`, and pass the answer to `then`.

        If `allow_new` is True, the user may also type the path of a new code.
        """
        from sibtui.tui.widgets.code_picker import PickerChoice, ask_code

        view, app = self._quotes.codebook, self._screen.study_app
        keys = {code.path: code.key for code in codes if code.key}
        retired = view.retired if allow_new else ()

        def colour(path: str) -> str | None:
            return app.code_colour(view.colour(path))

        choice = PickerChoice(title, codes, app.study_state.recent, keys, colour, retired, allow_new=allow_new)
        ask_code(self._screen.app, choice, then)

    def change_code(self) -> None:
        """Ask for a code, which may be new, and give it to the chosen quotes in place of their present codes."""
        chosen = self._chosen()
        if chosen:
            title = f"Instead of {short(chosen[0].code)}" if len(chosen) == 1 else "The code for them all"
            self.choose_code(title, self._quotes.codebook.usable, self._set_code, allow_new=True)

    def _set_code(self, picked: CodeChoice) -> None:
        def changed(codings: list[Coding]) -> str:
            message = self._actions.set_code(codings, picked)
            if picked.new:
                self._quotes.load()  # this also reads the codebook, because the new code needs a colour and a tag
            return message

        self._change(changed)

    def choose_case(self) -> None:
        """Ask for cases, and change the cases of the chosen quotes.

        If the user only adds or removes cases, each quote keeps its other cases. Otherwise, each quote gets exactly the
        chosen cases.
        """
        chosen = self._chosen()
        if not chosen:
            return
        cases = common_cases(chosen, self._quotes.sources)
        if not cases:
            self._screen.report("Their sources have no case in common: there is nothing to choose.")
            return
        subject = short(chosen[0].code) if len(chosen) == 1 else plural(len(chosen), "quote")
        keys = case_keys(cases, self._screen.project.cases.list())
        present = tuple(case for case in cases if all(case in coding.cases for coding in chosen))
        choice = CaseChoice(f"{subject}: which case?", tuple(cases), keys, present)

        def picked(answer: CaseAnswer) -> None:
            self._change(lambda codings: self._actions.change_cases(codings, answer))

        ask_cases(self._screen.app, choice, picked)

    def edit_memo(self) -> None:
        """Ask for one memo for all chosen quotes. It replaces the memos that the quotes have."""
        chosen = self._chosen()
        if not chosen:
            return
        memos = {coding.memo for coding in chosen}
        if len(chosen) == 1:
            title, about = f"Memo on the coding: {short(chosen[0].code)}", chosen[0].quote
        else:
            title = f"Memo on {plural(len(chosen), 'quote')}"
            about = "All of them get this memo" + ("." if len(memos) == 1 else "; it replaces those they have.")

        def save(text: str) -> None:
            self._change(lambda codings: self._actions.set_memo(codings, text))

        self._screen.edit_text(title, about, memos.pop() if len(memos) == 1 else "", save)
