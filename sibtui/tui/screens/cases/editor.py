"""The dialogs that change a case: its name, letter (the key that chooses it), private name, attributes and memo.

Another dialog merges cases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.case_letters import can_be_letter
from sibtui.tui.screens.attribute_dialogs import ask_attribute, ask_value
from sibtui.tui.screens.attribute_list import choose_attribute
from sibtui.tui.screens.left_out import show_left_out
from sibtui.tui.screens.line_dialogs import ask_line, common
from sibtui.tui.widgets.letter_menu import ask_letter
from sibtui.workspace.case_actions import subject
from sibtui.workspace.memo_text import memo_of, write_memo

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.model.records import Case
    from sibtui.tui.screens.cases.screen import CasesScreen

_FIELDS = {"r": "Name", "l": "Letter", "p": "Private name", "b": "An attribute", "m": "Memo", "i": "Merge into another"}
"""A dict: letter in the menu of fields → label of the field."""


class CaseEditor:
    """The dialogs of the cases screen. They change the marked cases or the case under the cursor."""

    def __init__(self, screen: CasesScreen) -> None:
        self._screen = screen

    def choose_field(self) -> None:
        case = self._screen.case_or_report()
        if case is not None:
            edits: dict[str, Callable[[], None]] = {
                "r": self.rename, "l": self.edit_letter, "p": self.edit_private_name, "b": self.edit_attribute,
                "m": self.edit_memo, "i": self.merge,
            }  # fmt: skip
            ask_letter(self._screen.app, f"{case.label}: which field?", _FIELDS, lambda letter: edits[letter]())

    def add(self) -> None:
        screen = self._screen
        ask_line(
            screen,
            "New case",
            "",
            lambda typed: "Its sources get it on the sources screen, or in their notes." if typed.strip() else None,
            lambda typed: screen.make(lambda: screen.actions.add(typed)),
        )

    def rename(self) -> None:
        screen, case = self._screen, self._screen.case_or_report()
        if case is not None:
            ask_line(
                screen,
                f"New name of {case.label}",
                case.label,
                lambda typed: "Its codings, sources and tables keep it." if typed.strip() else None,
                lambda typed: screen.make(lambda: screen.actions.rename(case, typed)),
            )

    def edit_private_name(self) -> None:
        screen, case = self._screen, self._screen.case_or_report()
        if case is not None:
            ask_line(
                screen,
                f"Private name of {case.label}",
                case.private_name or "",
                lambda _: "Exports leave it out unless you ask for it. An empty line removes it.",
                lambda typed: screen.make(lambda: screen.actions.set_private_name(case, typed)),
            )

    def edit_letter(self) -> None:
        screen, case = self._screen, self._screen.case_or_report()
        if case is None:
            return
        taken = " ".join(other.letter for other in screen.actions.cases if other.letter and other.id != case.id)

        def explain(typed: str) -> str | None:
            if not can_be_letter(typed.strip().casefold()):
                return None
            return f"It gives a coding this case.{f' Taken: {taken}' if taken else ''}"

        ask_line(
            screen, f"Letter of {case.label}: a letter, or a digit from 1 to 9", case.letter, explain,
            lambda typed: screen.make(lambda: screen.actions.set_letter(case, typed)),
            needed=f"Write one letter that no command has.{f' Taken: {taken}' if taken else ''}",
        )  # fmt: skip

    def edit_attribute(self) -> None:
        """Ask for an attribute, which may be new, and then for its value."""
        screen = self._screen
        if screen.case_or_report() is not None:
            cases = screen.chosen
            known = [attribute.name for attribute in screen.project.attributes.list("case")]
            values = {name: common([case.attributes.get(name, "") for case in cases]) for name in known}
            ask_attribute(screen, "case", subject(cases), values, lambda name: self._ask_value(cases, name))

    def _ask_value(self, cases: Sequence[Case], attribute: str) -> None:
        screen = self._screen
        used = [each.attributes[attribute] for each in screen.actions.cases if attribute in each.attributes]
        ask_value(
            screen, "case", attribute, subject(cases), common([case.attributes.get(attribute, "") for case in cases]), used,
            lambda value: screen.make(lambda: screen.actions.set_attribute(cases, attribute, value)),
        )  # fmt: skip

    def edit_attributes(self) -> None:
        """Open the list of the attributes that cases can have. The user can change this list."""
        choose_attribute(self._screen, "case")

    def edit_memo(self) -> None:
        screen, case = self._screen, self._screen.case_or_report()
        if case is None:
            return
        number, text = memo_of(screen.project, "case", case.label)

        def save(edited: str) -> None:
            screen.change(lambda _: (write_memo(screen.project, "case", case.label, number, edited), case.label))

        screen.edit_text(f"Memo on the case: {case.label}", "", text, save)

    def merge(self) -> None:
        """Ask for a target case, and merge the marked cases into it.

        If no case is marked, merge the case under the cursor. Values that the target case does not take over are
        listed after the merge.
        """
        from sibtui.tui.widgets.case_menu import ask_case
        from sibtui.workspace.case_choice import CaseChoice, case_keys

        screen = self._screen
        if screen.case_or_report() is None:
            return
        cases = screen.chosen
        others = tuple(other.label for other in screen.actions.cases if other not in cases)
        if not others:
            screen.report(f"There is no other case to merge {'it' if len(cases) == 1 else 'them'} into.")
            return
        keys = case_keys(others, screen.actions.cases)
        choice = CaseChoice(f"Merge {subject(cases)} into", others, keys, single=True)

        def chosen(labels: tuple[str, ...]) -> None:
            left_out = list[str]()

            def action() -> tuple[str, str]:
                message, label, conflicts = screen.actions.merge(cases, labels[0])
                left_out.extend(conflicts)
                return message, label

            screen.make(action)
            show_left_out(screen, "case", left_out)

        ask_case(screen.app, choice, chosen)
