"""Adding codes from drafts, and changing existing codes to match drafts.

Paths get the spelling of the codebook (capital letters, spaces). Missing codes above a new code are added. Values
are checked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import sibtui
from sibtui.errors import ConflictError, InputError
from sibtui.model.arguments import choice
from sibtui.model.codebook import DEEPEST, join_path, path_key, split_path
from sibtui.model.colours import colours_to_store
from sibtui.model.folding import name_key
from sibtui.model.records import CODE_TEXTS, COLOURS, ORIGINS, STATUSES, Code
from sibtui.model.text import one_line, plural
from sibtui.store import codes as rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sibtui.model.drafts import CodeDraft
    from sibtui.project.shared.base import Session

FIELDS = (*CODE_TEXTS, "origin", "status", "colour", "key", "since")


class CodeRowBuilder:
    """Adds codes from drafts, and changes existing codes to match drafts.

    With `colours`, each new theme (code at the top level) gets a stored colour. Use this inside an act (`with
    session.act(…)`, one step of undo).
    """

    def __init__(self, session: Session, *, colours: bool = False) -> None:
        self._session = session
        self._store = session.store
        self._colours = colours

    def insert(self, drafts: Iterable[CodeDraft], *, update: bool = True) -> sibtui.Imported:
        """Add codes from drafts, and return how many codes were added, changed, or equal to their drafts.

        With `update`, an existing code that differs from its draft is changed.
        """
        there = {code.path: code for code in rows.codes(self._store)}
        keys = {path_key(path): path for path in reversed(there)}
        known = set(there)
        added: dict[str, None] = {}
        differing: list[sibtui.ChangedCode] = []
        count = 0
        for draft in drafts:
            count += 1
            path = _known_path(clean_path(draft.path), there, keys)
            if path not in there:
                there[path] = self._insert_one(draft, path, there)
                keys |= {path_key(path): path for path in _upwards(path)}
                self._add_lineage(there[path].id, draft)
            elif path in known or path in added:
                if (differences := self._differences(there[path], draft)) is None:
                    continue
                differing.append(differences)
                if update:
                    there[path] = self._update(there[path], draft, there)
                continue
            else:  # this loop created the code before, as the parent of another code
                there[path] = self._update(there[path], draft, there)
            added[path] = None
        same = count - len(added) - len(differing)
        return sibtui.Imported(len(added), len(differing) if update else 0, same, tuple(differing))

    def compare(self, drafts: Iterable[CodeDraft]) -> Sequence[sibtui.ChangedCode]:
        """Return the existing codes that differ from drafts with the same paths, in the order of the drafts.

        Raises InputError for a path or a value that cannot be used.
        """
        there = {code.path: code for code in rows.codes(self._store)}
        keys = {path_key(path): path for path in reversed(there)}
        found = ((there.get(_known_path(clean_path(draft.path), there, keys)), draft) for draft in drafts)
        compared = (self._differences(code, draft) for code, draft in found if code is not None)
        return [differences for differences in compared if differences is not None]

    def _differences(self, code: Code, draft: CodeDraft) -> sibtui.ChangedCode | None:
        updated = _updated(code, draft)
        differences = {
            field: (getattr(code, field) or "", getattr(updated, field) or "")
            for field in FIELDS
            if getattr(code, field) != getattr(updated, field)
        }
        if draft.lineage:
            known = rows.lineage(self._store, code.id).get(code.id, ())
            if more := len(set(draft.lineage).difference(known)):
                differences["lineage"] = (plural(len(known), "event"), plural(len(known) + more, "event"))
        return sibtui.ChangedCode(code.path, differences) if differences else None

    def _update(self, code: Code, draft: CodeDraft, there: Mapping[str, Code]) -> Code:
        updated = _updated(code, draft)
        if updated != code:
            self.check_key(updated, there)
            rows.set_code(self._store, updated)
        self._add_lineage(code.id, draft)
        return updated

    def _insert_one(self, draft: CodeDraft, path: str, there: dict[str, Code]) -> Code:
        names = split_path(path)
        if len(names) > DEEPEST:
            raise InputError(f"“{one_line(path, 60)}” is {len(names)} levels deep: {DEEPEST} is the most.")
        parent: int | None = None
        for depth in range(1, len(names)):
            above = join_path(names[:depth])
            if above not in there:
                there[above] = self.put(blank_code(parent, names[depth - 1], above, draft.since or self._session.now()))
            parent = there[above].id
        code = _updated(
            replace(blank_code(parent, names[-1], path, draft.since or self._session.now()), uid=draft.uid), draft
        )
        self.check_key(code, there)
        return self.put(code)

    def put(self, code: Code) -> Code:
        if self._colours and code.parent is None and code.colour is None:
            there = rows.codes(self._store)
            code = replace(code, colour=colours_to_store(there, [*there, code])[code.id])
        return replace(code, id=rows.add_code(self._store, code))

    def _add_lineage(self, code: int, draft: CodeDraft) -> None:
        known = set(rows.lineage(self._store, code).get(code, ())) if draft.lineage else set()
        for event in draft.lineage:
            if event not in known:
                rows.add_lineage(self._store, code, event)

    def check_key(self, code: Code, there: Mapping[str, Code]) -> None:
        if code.key is None:
            return
        if len(code.key) != 1 or not code.key.isalpha() or code.key != code.key.upper():
            raise InputError(f"“{one_line(code.key, 20)}” cannot be the key of a code: a key is one capital letter.")
        for other in there.values():
            if other.key == code.key and other.path != code.path:
                raise ConflictError(f"The key {code.key} belongs to “{other.path}” already.")


def clean_path(path: str) -> str:
    """Return a path without spaces around its names. Raises InputError when a name in it is empty."""
    names = split_path(path)
    if not all(map(name_key, names)):
        raise InputError(f"“{one_line(path, 60)}” is not a path of a code: write Theme/Code without empty names.")
    return join_path(names)


def _known_path(path: str, there: Mapping[str, Code], keys: Mapping[tuple[str, ...], str]) -> str:
    """Return a path in which the names of existing codes are spelt as in the codebook.

    `there` has the paths of the existing codes. `keys` is a map: `path_key` of an existing code → its path.
    """
    if path in there:
        return path
    names = split_path(path)
    for above in _upwards(path):
        if (known := keys.get(path_key(above))) is not None:
            return join_path((*split_path(known), *names[len(split_path(above)) :]))
    return path


def _upwards(path: str) -> list[str]:
    """Return the path itself, then the paths above it. The theme comes last."""
    names = split_path(path)
    return [join_path(names[:depth]) for depth in range(len(names), 0, -1)]


def blank_code(parent: int | None, name: str, path: str, since: str) -> Code:
    return Code(0, parent, name, path, "", "", "", "", "emergent", "active", None, None, since)


def _updated(code: Code, draft: CodeDraft) -> Code:
    """Return the code with the values of the draft. Empty values of the draft are ignored."""
    given = {field: value for field in FIELDS if (value := getattr(draft, field)) not in {None, ""}}
    given |= {field: value for field in ("origin", "status") if (value := getattr(draft, field)) is not None}
    return checked_code(replace(code, **given))


def checked_code(code: Code) -> Code:
    origin, status = choice("origin of a code", code.origin, ORIGINS), choice("status of a code", code.status, STATUSES)
    if (origin, status) != (code.origin, code.status):
        code = replace(code, origin=origin, status=status)
    if code.colour is not None and code.colour not in COLOURS and not _is_hex(code.colour):
        raise InputError(f"“{one_line(code.colour, 40)}” is not a colour: choose {', '.join(COLOURS)} or #RRGGBB.")
    return code


def _is_hex(colour: str) -> bool:
    return len(colour) == 7 and colour[0] == "#" and all(digit in "0123456789abcdefABCDEF" for digit in colour[1:])
