"""The dialogs that change sources: their names, fields, cases, attributes, topics (asked or not) and texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import SibtuiError
from sibtui.model.records import ASKED, FIDELITIES, KINDS
from sibtui.tui.screens.attribute_dialogs import ask_attribute, ask_value
from sibtui.tui.screens.attribute_list import choose_attribute
from sibtui.tui.screens.line_dialogs import ask_case_line, ask_line, common
from sibtui.tui.screens.sources.withdrawal import ask_person, ask_withdrawal
from sibtui.tui.widgets.answer import ask
from sibtui.tui.widgets.letter_menu import ask_letter
from sibtui.workspace.memo_text import memo_of, write_memo
from sibtui.workspace.source_actions import subject

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sibtui.model.records import Asked, Source
    from sibtui.tui.screens.sources.screen import SourcesScreen
    from sibtui.workspace.code_search import CodeChoice

_KINDS = dict(zip("idro", KINDS, strict=True))
_FIDELITIES = dict(zip("nv", FIDELITIES, strict=True))
_ASKED: dict[str, Asked] = dict(zip("avn", ASKED, strict=True))
_FIELDS = {
    "r": "Name", "t": "Title", "i": "Kind", "w": "Date", "c": "Cases", "b": "Another attribute", "o": "Asked, or not asked",
    "f": "Notes, or verbatim", "l": "Language", "x": "Text",
}  # fmt: skip
"""A dict: letter in the menu of fields → label of the field."""


class SourceEditor:
    """The dialogs of the sources screen. They change the marked sources, or the source under the cursor."""

    def __init__(self, screen: SourcesScreen) -> None:
        self._screen = screen

    def choose_field(self) -> None:
        names = self._screen.chosen
        if names:
            edits: dict[str, Callable[[], None]] = {
                "r": self.rename, "t": self.edit_title, "i": self.choose_kind, "w": self.edit_date, "c": self.edit_cases,
                "b": self.edit_attribute, "o": self.edit_topic, "f": self.choose_fidelity, "l": self.edit_language,
                "x": self.correct_text,
            }  # fmt: skip
            ask_letter(self._screen.app, f"{subject(names)}: which field?", _FIELDS, lambda letter: edits[letter]())

    def _one(self) -> Source | None:
        if self._screen.source is None:
            self._screen.report(f"There is no source: {self._screen.key_of('sources.add')} brings notes in.")
        return self._screen.source

    def _chosen(self) -> list[Source]:
        return [source for name in self._screen.chosen if (source := self._screen.actions.get(name)) is not None]

    # Fields

    def rename(self) -> None:
        source = self._one()
        if source is not None:
            ask_line(
                self._screen,
                f"New name of {source.name}",
                source.name,
                lambda typed: "Its codings and tables keep it." if typed.strip() else None,
                lambda typed: self._screen.rename(source, typed),
            )

    def edit_title(self) -> None:
        sources = self._chosen()
        if sources:
            self._edit(sources, "title", common([source.title for source in sources]), "An empty title removes it.")

    def edit_language(self) -> None:
        sources = self._chosen()
        if sources:
            note = "A code such as de; empty: the language of the study."
            self._edit(sources, "language", common([source.language for source in sources]), note)

    def _edit(self, sources: Sequence[Source], field: str, value: str, note: str) -> None:
        screen, names = self._screen, [source.name for source in sources]
        ask_line(
            screen,
            f"{field.capitalize()} of {subject(names)}",
            value,
            lambda _: note,
            lambda typed: screen.change(lambda chosen: screen.actions.set(chosen, field, typed.strip())),
        )

    def choose_kind(self) -> None:
        self._choose("kind", _KINDS)

    def choose_fidelity(self) -> None:
        self._choose("fidelity", _FIDELITIES)

    def _choose(self, field: str, choices: Mapping[str, str]) -> None:
        screen, names = self._screen, self._screen.chosen

        def chosen(letter: str) -> None:
            screen.change(lambda those: screen.actions.set(those, field, choices[letter]))

        if names:
            ask_letter(screen.app, f"{subject(names)}: {field}", choices, chosen)

    def edit_cases(self) -> None:
        screen, sources = self._screen, self._chosen()
        if not sources:
            return
        names = [source.name for source in sources]
        known = [case.label for case in screen.project.cases.list()]
        ask_case_line(
            screen,
            subject(names),
            common(["; ".join(source.cases) for source in sources]),
            known,
            lambda line: screen.change(lambda chosen: screen.actions.set_cases(chosen, line)),
            about="a new name makes a case" if len(names) == 1 else "they replace those of all of them",
        )

    # Attributes

    def edit_date(self) -> None:
        self._ask_value("date")

    def edit_attribute(self) -> None:
        """Ask for an attribute, which may be new, and then for its value."""
        names = self._screen.chosen
        if names:
            values = {name: self._values(name) for name in self._names()}
            ask_attribute(self._screen, "source", subject(names), values, self._ask_value)

    def _names(self) -> list[str]:
        return [attribute.name for attribute in self._screen.project.attributes.list("source")]

    def _values(self, attribute: str) -> str:
        return common([source.attributes.get(attribute, "") for source in self._chosen()])

    def _ask_value(self, attribute: str) -> None:
        screen, names = self._screen, self._screen.chosen
        used = [source.attributes[attribute] for source in screen.actions.sources if attribute in source.attributes]

        def save(value: str | None) -> None:
            screen.change(lambda chosen: screen.actions.set_attribute(chosen, attribute, value))

        if names:
            ask_value(screen, "source", attribute, subject(names), self._values(attribute), used, save)

    # What was asked

    def edit_topic(self) -> None:
        """Ask for a topic (a code or theme), and record whether the interviewer asked about it in the chosen sources.

        If these sources have several cases in common, also ask for the case that the record is about.
        """
        from sibtui.tui.widgets.code_picker import PickerChoice, ask_code

        screen, names = self._screen, self._screen.chosen
        if not names:
            return
        codes = [code for code in screen.project.codes.list(counts=True) if code.status != "retired"]
        if not codes:
            screen.report("There are no codes yet: a topic is a theme or a code.")
            return
        title = f"{subject(names)}: asked about which theme or code?"
        choice = PickerChoice(title, codes, screen.study_app.study_state.recent, {}, lambda _: None, allow_new=False)
        ask_code(screen.app, choice, self._ask_case)

    def _ask_case(self, picked: CodeChoice) -> None:
        from sibtui.tui.widgets.case_menu import ask_case
        from sibtui.workspace.case_choice import CaseChoice, case_keys

        screen, sources = self._screen, self._chosen()
        first = sources[0].cases if sources else ()
        shared = tuple(case for case in first if all(case in source.cases for source in sources))
        if len(shared) < 2:
            self._ask_state(picked.path, ())
            return
        keys = case_keys(shared, screen.project.cases.list())
        choice = CaseChoice("Of which case?", shared, keys, none="all of them, as one record")
        ask_case(screen.app, choice, lambda cases: self._ask_state(picked.path, cases))

    def _ask_state(self, topic: str, cases: Sequence[str]) -> None:
        screen = self._screen
        choices = {letter: state.capitalize() for letter, state in _ASKED.items()} | {"0": "Not recorded"}

        def chosen(letter: str) -> None:
            state = _ASKED.get(letter)
            screen.change(lambda names: screen.actions.set_topic(names, topic, state, cases))

        about = f" ({', '.join(cases)})" if cases else ""
        ask_letter(screen.app, f"{topic}{about}", choices, chosen)

    # Texts

    def withdraw(self) -> None:
        """Erase the marked source for good. If no source is marked, erase the source under the cursor.

        The user confirms this by typing the name of the source. If several sources are marked, show an error
        instead.
        """
        names = self._screen.chosen
        if len(names) > 1:
            self._screen.report(
                f"{len(names):,} sources are marked, and a withdrawal erases one. Leave one marked, or none.",
                error=True,
            )
        elif names or self._one() is not None:
            ask_withdrawal(self._screen, names[0])

    def withdraw_person(self) -> None:
        """Ask for the name of a person, and erase the words of this person from all sources for good."""
        ask_person(self._screen)

    def edit_attributes(self) -> None:
        """Open the list of the attributes that sources can have. The user can change this list."""
        choose_attribute(self._screen, "source")

    def edit_memo(self) -> None:
        screen, source = self._screen, self._one()
        if source is None:
            return
        number, text = memo_of(screen.project, "source", source.name)

        def save(edited: str) -> None:
            screen.change(lambda _: write_memo(screen.project, "source", source.name, number, edited))

        screen.edit_text(f"Memo on the source: {source.name}", source.title, text, save)

    def correct_text(self) -> None:
        """Ask for a correction of the text of the source under the cursor, and store the corrected text.

        Before the text is stored, a dialog shows where the codings will be in the corrected text.
        """
        from sibtui.tui.widgets.text_correction import TextCorrection

        screen, source = self._screen, self._one()
        if source is None:
            return
        try:
            text = screen.project.sources.text(source.name)
        except SibtuiError as error:
            screen.report(screen.worded(error), error=True)
            return

        box = TextCorrection(
            f"Correct the text of {source.name}",
            text,
            lambda edited: screen.project.sources.foresee_correction(source.name, edited),
        )
        ask(screen.app, box, lambda edited: screen.change(lambda _: screen.actions.correct(source.name, edited)))
