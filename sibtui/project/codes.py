"""`project.codes`: the codebook and what happens to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sibtui.errors import ConflictError, InputError
from sibtui.model.codebook import is_within, resolve, split_path
from sibtui.model.records import COLOURS, ORIGINS, STATUSES, Code, Lineage
from sibtui.model.text import one_line
from sibtui.project.base import Noun
from sibtui.store import codes as rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sibtui.model.drafts import CodeDraft
    from sibtui.model.records import Status
    from sibtui.model.similar import Similar
    from sibtui.project.outcomes import Imported

DEEPEST = 20
_TEXTS = ("definition", "include", "exclude", "example")
_FIELDS = (*_TEXTS, "origin", "status", "colour", "key", "since")


class Codes(Noun):
    def list(self, *, under: str | None = None, counts: bool = False) -> Sequence[Code]:
        """The codebook in its order, themes followed by what is below them; or only what is under a code."""
        codes = rows.codes(self._store, counts=counts)
        if under is None:
            return codes
        top = resolve(under, [code.path for code in codes])
        return [code for code in codes if is_within(code.path, top)]

    def get(self, path: str) -> Code:
        """The code named by its path or by a part of it that fits no other; with the number of its codings."""
        codes = {code.path: code for code in rows.codes(self._store, counts=True)}
        return codes[resolve(path, list(codes))]

    def lineage(self, path: str) -> tuple[Lineage, ...]:
        """What happened to a code, oldest first; what was merged into it among that."""
        code = self._session.code(path)
        return rows.lineage(self._store, code.id).get(code.id, ())

    def add(self, draft: CodeDraft) -> Code:
        """Add a code; what is missing above it is made with it. ConflictError when it is there already."""
        path = _clean(draft.path)
        with self._session.act("code add", f"code {path}"):
            if path in {code.path for code in rows.codes(self._store)}:
                raise ConflictError(f"There is a code “{path}” already.")
            self.insert([draft])
        return self.get(path)

    def insert(self, drafts: Iterable[CodeDraft]) -> Imported:
        """Add codes, or bring those that are there up to date, inside an act."""
        added = changed = 0
        there = {code.path: code for code in rows.codes(self._store)}
        count = 0
        for draft in drafts:
            count += 1
            path = _clean(draft.path)
            if path in there:
                if (updated := _updated(there[path], draft)) != there[path]:
                    self._check_key(updated, there)
                    rows.set_code(self._store, updated)
                    there[path] = updated
                    changed += 1
            else:
                there[path] = self._insert_one(draft, path, there)
                added += 1
            self._add_lineage(there[path].id, draft)
        from sibtui.project.outcomes import Imported  # noqa: PLC0415 - keeps the start short

        return Imported(added, changed, count - added - changed)

    def _insert_one(self, draft: CodeDraft, path: str, there: dict[str, Code]) -> Code:
        names = split_path(path)
        if len(names) > DEEPEST:
            raise InputError(f"“{one_line(path, 60)}” is {len(names)} levels deep: {DEEPEST} is the most.")
        parent: int | None = None
        for depth in range(1, len(names)):
            above = _join(names[:depth])
            if above not in there:
                there[above] = self._put(_blank(parent, names[depth - 1], above, draft.since or self._session.now()))
            parent = there[above].id
        code = _updated(_blank(parent, names[-1], path, draft.since or self._session.now()), draft)
        self._check_key(code, there)
        return self._put(code)

    def _put(self, code: Code) -> Code:
        return replace(code, id=rows.add_code(self._store, code))

    def _add_lineage(self, code: int, draft: CodeDraft) -> None:
        known = set(rows.lineage(self._store, code).get(code, ())) if draft.lineage else set()
        for event in draft.lineage:
            if event not in known:
                rows.add_lineage(self._store, code, event)

    def _check_key(self, code: Code, there: dict[str, Code]) -> None:
        if code.key is None:
            return
        if len(code.key) != 1 or not code.key.isalpha() or code.key != code.key.upper():
            raise InputError(f"“{one_line(code.key, 20)}” cannot be a code's key: it is one capital letter.")
        for other in there.values():
            if other.key == code.key and other.path != code.path:
                raise ConflictError(f"The key {code.key} belongs to “{other.path}” already.")

    def set(self, path: str, **fields: Any) -> Code:
        """Change fields of a code: definition, include, exclude, example, origin, status, colour, key (None takes the last two away)."""
        unknown = set(fields).difference(_FIELDS)
        if unknown:
            raise InputError(f"A code has no {', '.join(sorted(unknown))}.")
        for field in _TEXTS:
            if fields.get(field, "") is None:
                raise InputError(f"A code's {field} is a text: an empty one takes it away.")
        with self._session.act("code set", f"code {path}"):
            codes = {code.path: code for code in rows.codes(self._store)}
            code = codes[resolve(path, list(codes))]
            changed = _checked(replace(code, **fields))
            self._check_key(changed, codes)
            if changed != code:
                rows.set_code(self._store, changed)
        return self.get(code.path)

    def rename(self, path: str, name: str) -> Code:
        """Give a code another name; its path before is kept in its lineage."""
        name = name.strip()
        if not name:
            raise InputError("A code needs a name.")
        with self._session.act("code rename", f"code {path} to {name}"):
            code = self._session.code(path)
            if name != code.name:
                self._free(code.parent, name)
                rows.set_code(self._store, replace(code, name=name))
                self._happened(code, "renamed")
        return self._by_id(code.id)

    def move(self, path: str, under: str | None = None, *, position: int | None = None) -> Code:
        """Put a code below another, or make it a theme (None); `position` counts from 1 among its new siblings."""
        with self._session.act("code move", f"code {path} to {under or 'the top'}"):
            code = self._session.code(path)
            above = None if under is None else self._session.code(under)
            if above is not None and (above.id == code.id or is_within(above.path, code.path)):
                raise ConflictError(f"“{code.path}” cannot be put below itself.")
            parent = None if above is None else above.id
            if parent != code.parent:
                self._free(parent, code.name)
                rows.move_code(self._store, code.id, parent)
                self._happened(code, "moved")
            if position is not None:
                order = [c.id for c in rows.codes(self._store) if c.parent == parent and c.id != code.id]
                order.insert(max(0, position - 1), code.id)
                rows.order_codes(self._store, order)
        return self._by_id(code.id)

    def merge(self, path: str, into: str, *, because: str = "") -> Code:
        """Let one code go into another: codings, sub-codes, memos and rows of matrices go with it, and both definitions are kept.

        The merged code leaves the codebook; its path and definition stay in the lineage of the other.
        """
        with self._session.act("code merge", f"code {path} into {into}"):
            old, new = self._session.code(path), self._session.code(into)
            if old.id == new.id:
                raise ConflictError("A code cannot be merged into itself.")
            if is_within(new.path, old.path):
                raise ConflictError(
                    f"“{new.path}” is below “{old.path}”: merge the sub-code into the code, not the other way."
                )
            rows.add_lineage(self._store, new.id, self._event("merged", old, because))
            rows.replace_in_codings(self._store, old.id, new.id)
            rows.replace_elsewhere(self._store, old.id, new.id)
            for child in [code for code in rows.codes(self._store) if code.parent == old.id]:
                self._free(new.id, child.name)
                rows.move_code(self._store, child.id, new.id)
                self._happened(child, "moved")
            rows.remove_code(self._store, old.id)
            if new.key is None and old.key is not None:
                rows.set_code(self._store, replace(new, key=old.key))
        return self._by_id(new.id)

    def split(self, path: str, name: str, codings: Sequence[int], *, because: str = "") -> Code:
        """Give chosen codings of a code (by number) to a new one beside it, which existed, as far as reading goes, as long as it did."""
        name = name.strip()
        if not name:
            raise InputError("A code needs a name.")
        with self._session.act("code split", f"code {path}: {len(codings)} codings to {name}"):
            code = self._session.code(path)
            self._free(code.parent, name)
            new = self._put(replace(_blank(code.parent, name, "", code.since), colour=code.colour))
            rows.add_lineage(self._store, new.id, self._event("split", code, because))
            moved = rows.replace_in_codings(self._store, code.id, new.id, codings)
            if moved != len(set(codings)):
                raise InputError(f"{len(set(codings)) - moved} of the codings chosen are not codings of “{code.path}”.")
        return self._by_id(new.id)

    def retire(self, path: str, *, because: str = "") -> Code:
        """Take a code out of use; it keeps its codings, and `check` lists them."""
        return self._change_status(path, "retire", "retired", because)

    def restore(self, path: str, *, because: str = "") -> Code:
        """Take a retired code back into use."""
        return self._change_status(path, "restore", "restored", because)

    def _change_status(self, path: str, verb: str, event: str, because: str) -> Code:
        with self._session.act(f"code {verb}", f"code {path}"):
            code = self._session.code(path)
            status: Status = "retired" if event == "retired" else "active"
            if code.status != status:
                rows.set_code(self._store, replace(code, status=status))
                rows.add_lineage(self._store, code.id, self._event(event, code, because))
        return self._by_id(code.id)

    def remove(self, path: str) -> Code:
        """Remove a code that is not used. ConflictError when it has codings or sub-codes: merge or retire it."""
        with self._session.act("code remove", f"code {path}"):
            code = self.get(path)
            if code.codings:
                raise ConflictError(
                    f"“{code.path}” has {code.codings} codings: merge it into another code, retire it, or remove them first."
                )
            if any(other.parent == code.id for other in rows.codes(self._store)):
                raise ConflictError(f"“{code.path}” has codes below it: move or remove them first.")
            for matrix, row in rows.only_code_of(self._store, code.id):
                raise ConflictError(
                    f"“{code.path}” is the only code of the row “{one_line(row, 60)}” of the matrix {matrix}: change the matrix first."
                )
            rows.remove_code(self._store, code.id)
        return code

    def similar(self, *, name_at_least: float = 80, overlap_at_least: float = 0.5) -> Sequence[Similar]:
        """Pairs of codes that may be one, by their names and by the text that they cover."""
        from sibtui.model.overlap import shared_shares  # noqa: PLC0415 - keeps the start short
        from sibtui.model.similar import similar  # noqa: PLC0415

        paths = {code.id: code.path for code in rows.codes(self._store) if code.status != "retired"}
        shares = shared_shares(rows.shared_text(self._store), list(paths))
        shared = {(paths[a], paths[b]): share for (a, b), share in shares.items()}
        return similar(list(paths.values()), shared, name_at_least=name_at_least, overlap_at_least=overlap_at_least)

    def import_(self, drafts: Iterable[CodeDraft]) -> Imported:
        """Add the codes of a codebook, and bring those that are there up to date; nothing is removed."""
        with self._session.act("code import", "a codebook") as act:
            report = self.insert(drafts)
            act.summary = f"{report.added} codes added, {report.changed} changed"
        return report

    def export(self) -> Sequence[CodeDraft]:
        """The codebook as drafts, in its order."""
        from sibtui.model.drafts import code_drafts  # noqa: PLC0415 - keeps the start short

        return code_drafts(rows.codes(self._store), rows.lineage(self._store))

    def _by_id(self, number: int) -> Code:
        return next(code for code in rows.codes(self._store, counts=True) if code.id == number)

    def _free(self, parent: int | None, name: str) -> None:
        for code in rows.codes(self._store):
            if code.parent == parent and code.name == name.strip():
                raise ConflictError(f"There is a code “{code.path}” already.")

    def _happened(self, code: Code, event: str) -> None:
        rows.add_lineage(self._store, code.id, self._event(event, code, ""))

    def _event(self, event: str, code: Code, note: str) -> Lineage:
        return Lineage(event, self._session.now(), self._session.coder, code.path, code.definition, note)


def _join(names: Sequence[str]) -> str:
    from sibtui.model.codebook import join_path  # noqa: PLC0415

    return join_path(names)


def _clean(path: str) -> str:
    """The path with blanks around its names dropped. InputError when a name is empty."""
    names = split_path(path)
    if not all(names):
        raise InputError(f"“{one_line(path, 60)}” is not a path of a code: write Theme/Code, with no name empty.")
    return _join(names)


def _blank(parent: int | None, name: str, path: str, since: str) -> Code:
    return Code(0, parent, name, path, "", "", "", "", "emergent", "active", None, None, since)


def _updated(code: Code, draft: CodeDraft) -> Code:
    """The code with what the draft tells."""
    told = {field: value for field in _FIELDS if (value := getattr(draft, field))}
    return _checked(replace(code, **told))


def _checked(code: Code) -> Code:
    for value, known, what in ((code.origin, ORIGINS, "origin"), (code.status, STATUSES, "status")):
        if value not in known:
            raise InputError(f"“{one_line(str(value), 40)}” is no {what} of a code: there are {', '.join(known)}.")
    if code.colour is not None and code.colour not in COLOURS and not _is_hex(code.colour):
        raise InputError(f"“{one_line(code.colour, 40)}” is no colour: there are {', '.join(COLOURS)}, and #RRGGBB.")
    return code


def _is_hex(colour: str) -> bool:
    return len(colour) == 7 and colour[0] == "#" and all(digit in "0123456789abcdefABCDEF" for digit in colour[1:])
