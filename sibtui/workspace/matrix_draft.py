"""The draft of a table in the editor: the definition, the edits that can be undone and redone, and saving the table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sibtui.errors import ConflictError, InputError
from sibtui.model.folding import identical, name_key
from sibtui.model.matrix_definition import MatrixDefinition
from sibtui.model.text import one_line
from sibtui.project.shared.validation import Validation

if TYPE_CHECKING:
    from collections.abc import Collection

    from sibtui.project import Project


@dataclass(frozen=True, slots=True)
class DraftStep:
    """One edit of a draft that can be undone or redone. `words` describe the edit.

    In `MatrixDraft.past`, `definition` is the table before the edit. In `MatrixDraft.future`, it is the table after the
    edit.
    """

    words: str
    definition: MatrixDefinition


@dataclass(frozen=True, slots=True)
class MatrixDraft:
    """The draft of a table. It is immutable: each edit makes a new draft.

    `definition` is the table as edited, and `opened` is the table when the editor was opened. `save` overwrites the table
    of the study with the name `replaces`; this is None for a new table. `past` has the edits to undo, and `future` the
    edits to redo.
    """

    definition: MatrixDefinition
    opened: MatrixDefinition
    replaces: str | None = None
    past: tuple[DraftStep, ...] = ()
    future: tuple[DraftStep, ...] = ()

    @classmethod
    def new(cls, columns: str = "cases") -> MatrixDraft:
        """Return the draft of a table without rows. `columns` is the kind of its columns, such as `sources`."""
        empty = MatrixDefinition("", "", (), columns)
        return cls(empty, empty)

    @classmethod
    def of(cls, definition: MatrixDefinition, *, saved: bool) -> MatrixDraft:
        """Return the draft of a table with this definition. Set `saved` if the study has the table already.

        Without `saved`, the draft counts as changed.
        """
        if saved:
            return cls(definition, definition, definition.name)
        return cls(replace(definition, name="", uid=""), MatrixDefinition("", "", (), definition.columns))

    @property
    def is_changed(self) -> bool:
        return self.definition != self.opened

    def edited(self, definition: MatrixDefinition, words: str) -> MatrixDraft:
        """Return the draft with another definition, as an edit that can be undone.

        `words` describe the edit in the messages of undo and redo. If the definition does not differ from that of this
        draft, return this draft.
        """
        if definition == self.definition:
            return self
        return replace(self, definition=definition, past=(*self.past, DraftStep(words, self.definition)), future=())

    def undone(self) -> tuple[MatrixDraft, str]:
        """Return (draft without the last edit, description of this edit).

        Raises ConflictError if there is no edit to undo.
        """
        if not self.past:
            raise ConflictError("There is no edit of this table to undo.")
        step = self.past[-1]
        future = (*self.future, DraftStep(step.words, self.definition))
        return replace(self, definition=step.definition, past=self.past[:-1], future=future), step.words

    def redone(self) -> tuple[MatrixDraft, str]:
        """Return (draft with the last undone edit made again, description of this edit).

        Raises ConflictError if there is no edit to redo.
        """
        if not self.future:
            raise ConflictError("There is no edit of this table to redo.")
        step = self.future[-1]
        past = (*self.past, DraftStep(step.words, self.definition))
        return replace(self, definition=step.definition, past=past, future=self.future[:-1]), step.words

    def name_message(self, name: str, names: Collection[str]) -> Validation:
        """Return the message that explains what happens if the user saves the table under this name."""
        name = name.strip()
        if not name_key(name):
            return Validation("A name is needed, table-5 for example.", "no")
        there = identical(name, names)
        if there is None:
            same = self.replaces is None
            return Validation(
                "A new table, after the others." if same else f"{one_line(self.replaces or '')} is renamed."
            )
        if there == self.replaces:
            return Validation("The saved table is replaced.")
        return Validation(f"There is already a table “{one_line(there, 60)}”.", "no")

    def named(self, project: Project) -> MatrixDraft:
        """Return the draft with a name, so that it can be saved.

        A draft without a name gets the name `unsaved table`. If a saved table has this name, a number is added.
        """
        if self.definition.name:
            return self
        names, name, number = [saved.name for saved in project.matrices.list()], "unsaved table", 1
        while identical(name, names) is not None:
            number += 1
            name = f"unsaved table {number}"
        return replace(self, definition=replace(self.definition, name=name))

    def save(self, project: Project) -> MatrixDraft:
        """Save the table as one change of the study. Return a new draft of the saved table, without edits to undo.

        Raises InputError if the table has no name or no row, ConflictError if another table has the name, and the
        errors of `matrices.define`.
        """
        if not self.definition.rows and not self.definition.rows_from:
            raise InputError("A table needs a row before it is saved.")
        if self.replaces is None and (
            there := identical(self.definition.name, [m.name for m in project.matrices.list()])
        ):
            raise ConflictError(f"There is already a table “{one_line(there, 60)}”.")
        saved = project.matrices.define(self.definition, replacing=self.replaces)
        return MatrixDraft.of(saved, saved=True)
