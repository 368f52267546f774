"""The actions of the codebook screen. Each action is one entry of the history, so one undo reverts it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.errors import ConflictError, InputError
from sibtui.model.codebook import is_within, join_path, path_key, split_path
from sibtui.model.drafts import CodeDraft
from sibtui.model.names import name_in_use
from sibtui.model.text import one_line, plural
from sibtui.project.tables.removed_texts import removed_texts
from sibtui.workspace.code_search import typed_path
from sibtui.workspace.codebook_view import short

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.model.records import Code, Status
    from sibtui.project import Project

TEXTS = {"definition": "Definition", "include": "Use it for", "exclude": "Not for", "example": "Example"}
"""A dict: name of a text field of a code → its label."""


class CodebookActions:
    """The actions of the codebook screen. Most actions return (message, path of the code to which the cursor goes).

    `codes` are the codes in the order of the codebook, as `load` has read them.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self.codes: Sequence[Code] = ()

    def load(self) -> None:
        self.codes = self._project.codes.list(counts=True)

    def by_id(self, number: int | None) -> Code | None:
        return next((code for code in self.codes if code.id == number), None)

    def get(self, path: str | None) -> Code | None:
        return next((code for code in self.codes if code.path == path), None)

    def siblings(self, code: Code) -> list[Code]:
        """Return the codes with the same parent as this code, in codebook order. The code itself is one of them."""
        return [other for other in self.codes if other.parent == code.parent]

    def merge_targets(self, code: Code) -> list[Code]:
        """Return the codes into which this code can be merged.

        These are all other codes, except retired codes and codes below this code.
        """
        return [
            other
            for other in self.codes
            if other.status != "retired" and other.id != code.id and not is_within(other.path, code.path)
        ]

    def path_for(self, typed: str, above: str | None) -> str:
        """Return the path of a new code. `typed` is its name, or its whole path.

        If `typed` is only a name, the code is placed below the code `above`. Raises InputError if a name in the path is
        empty, and ConflictError if the code exists.
        """
        names = split_path(typed)
        if not all(names):
            raise InputError("Write a name, or Theme/Name." if typed.strip() else "Write its name.")
        alone = len(names) == 1 and above is not None
        path = join_path((*split_path(above or ""), *names)) if alone else typed_path(typed, self.codes)
        existing = next((code.path for code in self.codes if path_key(code.path) == path_key(path)), None)
        if existing is not None:
            raise ConflictError(name_in_use("code", existing))
        return path

    def add(self, path: str) -> tuple[str, str]:
        code = self._project.codes.add(CodeDraft(path))
        return f"New code: {code.name}", code.path

    def rename(self, code: Code, name: str) -> tuple[str, str]:
        renamed = self._project.codes.rename(code.path, name)
        return f"{code.name} is now called {renamed.name}.", renamed.path

    def put_below(self, code: Code, under: Code) -> tuple[str, str]:
        moved = self._project.codes.move(code.path, under.path)
        return f"{code.name} is now below {under.name}.", moved.path

    def put_after(self, code: Code, other: Code) -> tuple[str, str]:
        """Move `code` directly after `other`, below the same parent. Return (message, new path of the code)."""
        above = None if other.parent is None else join_path(split_path(other.path)[:-1])
        order = [sibling.id for sibling in self.siblings(other) if sibling.id != code.id]
        moved = self._project.codes.move(code.path, above, position=order.index(other.id) + 2)
        return f"{code.name} is now after {other.name}.", moved.path

    def put_on_top(self, code: Code) -> tuple[str, str]:
        moved = self._project.codes.move(code.path)
        return f"{code.name} is now a theme.", moved.path

    def shift(self, code: Code, step: int) -> tuple[str, str]:
        """Swap a code with the next (1) or previous (-1) code of the same parent.

        Return (message, path of the code). Raises ConflictError if there is no next or previous code.
        """
        siblings = self.siblings(code)
        at = siblings.index(code) + step
        if not 0 <= at < len(siblings):
            raise ConflictError(f"{code.name} is the {'last' if step > 0 else 'first'} there already.")
        above = None if code.parent is None else join_path(split_path(code.path)[:-1])
        moved = self._project.codes.move(code.path, above, position=at + 1)
        return f"{code.name} is now {'after' if step > 0 else 'before'} {siblings[at].name}.", moved.path

    def merge(self, code: Code, into: str) -> tuple[str, str, Sequence[str]]:
        """Merge a code into the code `into`. Return (message, path of `into`, conflicts).

        A conflict is a sentence about a value that is lost: the merged code has it, but `into` has a different value.
        """
        merged = self._project.codes.merge(code.path, into)
        message = f"{code.name} merged into {merged.name}, which now has {plural(merged.codings, 'coding')}."
        return message, merged.path, merged.conflicts

    def accepted_into(self, typed: str) -> str:
        """Return words for the code into which proposals are merged: “New code: Care / Trust”, for example.

        `typed` is the path of this code; if it exists already, the words name the existing code. Raises InputError if
        the path cannot be used.
        """
        names = split_path(typed)
        if not all(names):
            raise InputError("Write a name, or Theme/Name.")
        known = next((code for code in self.codes if path_key(code.path) == path_key(typed)), None)
        return f"New code: {' / '.join(names)}" if known is None else f"The code {known.name} of the codebook"

    def accept(self, numbers: Sequence[int], into: str) -> tuple[str, str]:
        code = self._project.proposals.accept(numbers, into)
        return f"{plural(len(numbers), 'proposal')} merged into {code.name}", code.path

    def reject(self, numbers: Sequence[int], because: str) -> str:
        self._project.proposals.reject(numbers, because)
        return f"{plural(len(numbers), 'proposal')} rejected"

    def split(self, code: Code, name: str, codings: Sequence[int]) -> tuple[str, str]:
        made = self._project.codes.split(code.path, name, codings)
        return f"{made.name} now has {plural(len(codings), 'coding')} of {code.name}.", made.path

    def rows_lost_by_split(self, old: str, new: str) -> list[str]:
        """Return names for the rows of saved tables that lose codings if the code `new` is split off from `old`.

        Such a row counts the code `old` but not the code `new`.
        """
        rows = self._project.matrices.drawing_on(old, without=new)
        return [one_line(f"“{row}” of {matrix}") for matrix, row in rows]

    def retire_or_restore(self, code: Code) -> tuple[str, str]:
        if code.status == "retired":
            self._project.codes.restore(code.path)
            return f"{code.name} is in use again.", code.path
        self._project.codes.retire(code.path)
        return f"{code.name} is retired; it keeps its {plural(code.codings, 'coding')}.", code.path

    def remove(self, code: Code) -> tuple[str, str]:
        """Remove a code that has no codings. Return (message, path of a neighbour, to which the cursor goes)."""
        at = self.codes.index(code)
        near = self.codes[at + 1] if at + 1 < len(self.codes) else self.codes[at - 1]
        lost = removed_texts(self._project)
        self._project.codes.remove(code.path)
        return f"Removed: {code.name}{lost()}", near.path

    def set(self, code: Code, field: str, value: str | None) -> tuple[str, str]:
        """Set a field of a code, such as `definition`. Return (message, path of the code).

        If the field `status` changes to or from “retired”, the code is retired or restored.
        """
        if field == "status":
            return self._set_status(code, value)
        change: dict[str, Any] = {field: value}
        self._project.codes.set(code.path, **change)
        label = TEXTS.get(field, field)
        return f"{label} of {code.name}: {'removed' if not value else 'saved' if field in TEXTS else value}", code.path

    def _set_status(self, code: Code, value: str | None) -> tuple[str, str]:
        status: Status = "active" if value is None else value  # type: ignore[assignment]
        if (status == "retired") != (code.status == "retired"):
            with self._project.act("code set", f"code {code.path}"):
                self.retire_or_restore(code)
                if status == "proposed":
                    self._project.codes.set(code.path, status=status)
        else:
            self._project.codes.set(code.path, status=status)
        return f"{code.name} is now {status}.", code.path

    def parents(self, path: str | None) -> str | None:
        """Return the path of the parent that a new code gets while the cursor is on the code `path`.

        A theme under the cursor is itself the parent. Otherwise, the new code gets the same parent as the code under
        the cursor. Return None if no code has the path.
        """
        code = self.get(path)
        if code is None:
            return None
        return code.path if code.parent is None else join_path(split_path(code.path)[:-1])


def count_below(codes: Sequence[Code], code: Code) -> int:
    """Return the number of codings of all codes below this code. The code's own codings are not counted."""
    return sum(other.codings for other in codes if is_within(other.path, code.path))


def describe_place(path: str) -> str:
    """Return words for the place of a code in the codebook: “in Theme / Code”, or “a theme” if no code is above it."""
    above = " / ".join(split_path(path)[:-1])
    return f"in {above}" if above else "a theme"


def describe_pair(first: str, second: str, each: Callable[[str], str] = str) -> str:
    """Return the names of two codes with an arrow between them. `first` and `second` are their paths.

    If both codes have the same name, their paths are shown instead. The function `each` may shorten a name.
    """
    if short(first) != short(second):
        return f"{each(short(first))}  ↔  {each(short(second))}"
    return f"{each(' / '.join(split_path(first)))}  ↔  {each(' / '.join(split_path(second)))}"
