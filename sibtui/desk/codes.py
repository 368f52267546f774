"""What is done to the codebook: each deed changes the study by one act, and tells in a few words what it did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.desk.codebook import short
from sibtui.errors import ConflictError, InputError
from sibtui.model.codebook import is_within, join_path, split_path
from sibtui.model.drafts import CodeDraft
from sibtui.model.text import one_line, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.model.records import Code, Status
    from sibtui.project import Project

TEXTS = {"definition": "Definition", "include": "Use it for", "exclude": "Not for", "example": "Example"}
"""The fields of a code that are written, and what they are called."""


class CodeDeeds:
    """The verbs of the codebook screen. `codes` are the codebook in its order; each verb tells what it did, and where the code is now."""

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
        """The codes below the same parent, itself among them, in order."""
        return [other for other in self.codes if other.parent == code.parent]

    def elsewhere(self, code: Code) -> list[Code]:
        """The codes in use that it can be merged into."""
        return [
            other
            for other in self.codes
            if other.status != "retired" and other.id != code.id and not is_within(other.path, code.path)
        ]

    def path_for(self, typed: str, above: str | None) -> str:
        """The path of a code written as a name, below `above`, or as a whole path. InputError says why it cannot be."""
        names = split_path(typed)
        if not all(names):
            raise InputError("Write a name, or Theme/Name." if typed.strip() else "Write its name.")
        path = join_path(names) if above is None or len(names) > 1 else join_path((*split_path(above), *names))
        if self.get(path) is not None:
            raise ConflictError(f"There is a code “{path}” already.")
        return path

    def add(self, path: str) -> tuple[str, str]:
        code = self._project.codes.add(CodeDraft(path))
        return f"New code: {code.name}", code.path

    def rename(self, code: Code, name: str) -> tuple[str, str]:
        renamed = self._project.codes.rename(code.path, name)
        return f"{code.name} is called {renamed.name} now.", renamed.path

    def put_below(self, code: Code, under: Code) -> tuple[str, str]:
        moved = self._project.codes.move(code.path, under.path)
        return f"{code.name} is below {under.name} now.", moved.path

    def put_after(self, code: Code, other: Code) -> tuple[str, str]:
        """Put a code beside another, behind it."""
        above = None if other.parent is None else join_path(split_path(other.path)[:-1])
        order = [sibling.id for sibling in self.siblings(other) if sibling.id != code.id]
        moved = self._project.codes.move(code.path, above, position=order.index(other.id) + 2)
        return f"{code.name} is after {other.name} now.", moved.path

    def put_on_top(self, code: Code) -> tuple[str, str]:
        moved = self._project.codes.move(code.path)
        return f"{code.name} is a theme now.", moved.path

    def shift(self, code: Code, step: int) -> tuple[str, str]:
        """Let a code and its neighbour in the same theme change places."""
        siblings = self.siblings(code)
        at = siblings.index(code) + step
        if not 0 <= at < len(siblings):
            raise ConflictError(f"{code.name} is the {'last' if step > 0 else 'first'} there already.")
        above = None if code.parent is None else join_path(split_path(code.path)[:-1])
        moved = self._project.codes.move(code.path, above, position=at + 1)
        return f"{code.name} is {'behind' if step > 0 else 'before'} {siblings[at].name} now.", moved.path

    def merge(self, code: Code, into: str) -> tuple[str, str]:
        merged = self._project.codes.merge(code.path, into)
        return f"{code.name} has gone into {merged.name}, which has {merged.codings} codings now.", merged.path

    def split(self, code: Code, name: str, codings: Sequence[int]) -> tuple[str, str]:
        made = self._project.codes.split(code.path, name, codings)
        return f"{made.name} has {plural(len(codings), 'coding')} of {code.name} now.", made.path

    def lost_by_split(self, old: str, new: str) -> list[str]:
        """The rows of saved tables that drew on the codings which a split has given to another code, in words."""
        rows = self._project.matrices.drawing_on(old, without=new)
        return [one_line(f"“{row}” of {matrix}") for matrix, row in rows]

    def retire_or_restore(self, code: Code) -> tuple[str, str]:
        if code.status == "retired":
            self._project.codes.restore(code.path)
            return f"{code.name} is in use again.", code.path
        self._project.codes.retire(code.path)
        return f"{code.name} is retired; it keeps its {code.codings} codings.", code.path

    def remove(self, code: Code) -> tuple[str, str]:
        """Remove a code that is not used; the code to go to is a neighbour of it."""
        at = self.codes.index(code)
        near = self.codes[at + 1] if at + 1 < len(self.codes) else self.codes[at - 1]
        self._project.codes.remove(code.path)
        return f"Removed: {code.name}", near.path

    def set(self, code: Code, field: str, value: str | None) -> tuple[str, str]:
        """Change a field; a status goes by way of retiring and restoring, which the code's past tells."""
        if field == "status":
            return self._set_status(code, value)
        told: dict[str, Any] = {field: value}
        self._project.codes.set(code.path, **told)
        what = TEXTS.get(field, field)
        return f"{what} of {code.name}: {'taken away' if not value else 'kept' if field in TEXTS else value}", code.path

    def _set_status(self, code: Code, value: str | None) -> tuple[str, str]:
        status: Status = "active" if value is None else value  # type: ignore[assignment]
        if (status == "retired") != (code.status == "retired"):
            with self._project.act("code set", f"code {code.path}"):
                self.retire_or_restore(code)
                if status == "proposed":
                    self._project.codes.set(code.path, status=status)
        else:
            self._project.codes.set(code.path, status=status)
        return f"{code.name} is {status} now.", code.path

    def parents(self, path: str | None) -> str | None:
        """Where a new code goes when the cursor is on this one: below a theme, beside a code."""
        code = self.get(path)
        if code is None:
            return None
        return code.path if code.parent is None else join_path(split_path(code.path)[:-1])


def below_told(codes: Sequence[Code], code: Code) -> int:
    """How many codings the codes below one have."""
    return sum(other.codings for other in codes if is_within(other.path, code.path))


def place_told(path: str) -> str:
    """Where a code is: the names above it."""
    above = " / ".join(split_path(path)[:-1])
    return f"in {above}" if above else "a theme"


def pair_told(first: str, second: str, each: Callable[[str], str] = str) -> str:
    """Two codes by their names, with what is above them where the names are the same; `each` may shorten either."""
    if short(first) != short(second):
        return f"{each(short(first))}  ↔  {each(short(second))}"
    return f"{each(' / '.join(split_path(first)))}  ↔  {each(' / '.join(split_path(second)))}"
