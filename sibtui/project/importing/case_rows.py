"""Adding cases from drafts: checking labels, and choosing the letter (the key on the screen) of each case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import ConflictError, InputError
from sibtui.formats.codec.case_list import NO_CASE
from sibtui.model.case_letters import can_be_letter, case_letters, free_letter, has_free_letter
from sibtui.model.folding import name_key
from sibtui.model.names import name_in_use
from sibtui.project.attributes import set_values
from sibtui.store import cases as rows

if TYPE_CHECKING:
    from sibtui.model.drafts import CaseDraft
    from sibtui.project.shared.base import Session


class CaseRowBuilder:
    """Adds cases from drafts. Use this inside an act (`with session.act(…)`, one step of undo)."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._store = session.store
        self._letters = rows.letters(self._store)
        self._taken = {letter for _, letter in self._letters.values()}
        self._ids = {label: case for case, (label, _) in self._letters.items()}
        self._keys = {name_key(label): label for label in reversed(self._ids)}

    def find(self, label: str) -> int | None:
        """Return the id of the case with this label, or None.

        Capital letters, spaces, quotation marks and dashes may differ.
        """
        if label in self._ids:
            return self._ids[label]
        same = self._keys.get(name_key(label))
        return None if same is None else self._ids[same]

    def insert(self, draft: CaseDraft) -> int:
        """Add a case, and return its id.

        If the letter of the draft (the key on the screen) is invalid or in use, the case gets a free letter. Raises
        ConflictError when the label is in use, InputError when the label is empty.
        """
        label = case_label(draft.label)
        other = self._keys.get(name_key(label))
        if other is not None:
            raise ConflictError(name_in_use("case", other))
        letter = self._new_letter(draft.letter, label)
        case = rows.add_case(self._store, label, draft.private_name or None, uid=draft.uid, letter=letter)
        set_values(self._session, "case", case, draft.attributes)
        self._letters[case] = (label, letter)
        self._taken.add(letter)
        self._ids[label] = case
        self._keys[name_key(label)] = label
        return case

    def _new_letter(self, preferred: str, label: str) -> str:
        """Return the letter for a new case: `preferred` if it is free, otherwise another letter.

        When the second case is added, the letter of the first case may change, unless the user has set it.
        """
        if can_be_letter(preferred) and preferred not in self._taken:
            return preferred
        if len(self._letters) == 1:
            ((only, (first, letter)),) = self._letters.items()
            if [letter] == case_letters([first]):
                again, new = case_letters([first, label])
                rows.set_letter(self._store, only, again)
                self._letters[only] = (first, again)
                self._taken = {again}
                return new
        return free_letter(label, list(self._letters.values())) if has_free_letter(label, self._taken) else ""


def case_label(label: str) -> str:
    """Check the label of a case, and return it without spaces at its ends. Raises InputError when it is empty."""
    label = label.strip()
    if not name_key(label):
        raise InputError("A case needs a label, for example “SIB A”.")
    return label


def new_case_label(label: str) -> str:
    """Check the label of a new or renamed case, and return it without spaces at its ends.

    Raises InputError when it is empty or `?`, which lists and tables show for “no case yet”.
    """
    label = case_label(label)
    if label == NO_CASE:
        raise InputError(
            f"“{NO_CASE}” cannot be the label of a case, because it is the sign for “no case yet” in lists."
        )
    return label
