"""`project.codes`: the codebook, its changes, and the history of its codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Unpack, cast

import sibtui
from sibtui.errors import ConflictError, InputError
from sibtui.model.arguments import Numbers, as_numbers, between, maybe_whole, several
from sibtui.model.codebook import identical_path, is_within, path_key, resolve
from sibtui.model.colours import colours_to_store
from sibtui.model.deprecation import renamed_arguments
from sibtui.model.folding import name_key
from sibtui.model.names import name_in_use
from sibtui.model.records import Code, Lineage, Status
from sibtui.model.text import plural
from sibtui.project.shared.base import Noun
from sibtui.project.shared.blind_round import refuse_hidden
from sibtui.project.shared.keywords import code_draft
from sibtui.store import codes as rows
from sibtui.store.codings import Selection

if TYPE_CHECKING:
    from sibtui.project.importing.code_rows import CodeRowBuilder


class Codes(Noun):
    """`project.codes`: the codebook, a tree of codes.

    The path of a code lists the names from the top level (the theme) down to the code, with `/` between the names.

    >>> [code.name for code in project.codes.list(under="Innovative services")][:2]
    ['Underlying needs', 'Social prescribing']
    """

    _colouring = False
    """Whether a new theme gets a colour.

    False while a whole study is loaded, so that its themes keep their stored colours.
    """

    def list(self, *, under: str | None = None, counts: bool = False) -> Sequence[Code]:
        """Return the codes in the order of the codebook. The sub-codes of a code come directly after it.

        `under` selects the codes below one code. With `counts`, each code has the number of its codings. Raises
        NotFoundError when `under` is unknown, AmbiguousError when it is not unique.

        >>> [code.name for code in project.codes.list(under="Recruitment and training")]
        ['Asset-based language', 'Values-based recruitment', 'Reflective practice']
        """
        codes = rows.codes(self._store, counts=counts, blind=self._session.blind if counts else None)
        if under is None:
            return codes
        top = resolve(under, [code.path for code in codes])
        return [code for code in codes if is_within(code.path, top)]

    def get(self, path: str) -> Code:
        """Return a code with the number of its codings.

        `path` is the whole path of the code, or a part that matches no other code. Raises NotFoundError when the path
        is unknown, AmbiguousError when it is not unique.

        >>> project.codes.get("Trust before").path
        'Assessment, planning and risk/Trust before assessment'
        """
        codes = {code.path: code for code in rows.codes(self._store)}
        return self._counted(codes[resolve(path, list(codes))])

    def lineage(self, path: str) -> tuple[Lineage, ...]:
        """Return the events in the history of a code, oldest first.

        The events of codes that were merged into this code are included. Raises NotFoundError when the path is unknown,
        AmbiguousError when it is not unique.

        >>> project.codes.rename("Trust before assessment", "Trust first").name
        'Trust first'
        >>> project.codes.lineage("Trust first")[-1].path
        'Assessment, planning and risk/Trust before assessment'
        """
        code = self._session.code_id(path)
        return rows.lineage(self._store, code).get(code, ())

    @renamed_arguments(draft="code")
    def add(self, code: sibtui.CodeDraft | str, **fields: Unpack[sibtui.NewCodeFields]) -> Code:
        """Add a code, and return it.

        `code` is a draft, or the path of the code. With a path, the other fields are passed as arguments. Missing codes
        above the new code are added too. Raises ConflictError when the code exists, InputError for a path or a value
        that cannot be used.

        >>> project.codes.add("Leaving/Too slow", definition="It takes too long.").path
        'Leaving/Too slow'
        """
        from sibtui.project.importing.code_rows import clean_path

        draft = code_draft(code, fields)
        path = clean_path(draft.path)
        with self._session.act("code add", f"code {path}"), self.colours_kept():
            if there := identical_path(path, [code.path for code in rows.codes(self._store)]):
                raise ConflictError(name_in_use("code", there))
            self.insert([draft])
        return self.get(path)

    @contextmanager
    def colours_kept(self) -> Iterator[None]:
        """Keep the colours of themes while the `with` block adds, removes or moves themes.

        A theme has its stored colour, or else the colour of its position. When the block changes the position of a
        theme, the old colour of the theme is stored.

        >>> with project.act("code add", "two codes"), project.codes.colours_kept():
        ...     project.codes.insert([CodeDraft("Leaving"), CodeDraft("Staying")]).added
        2
        """
        before = rows.codes(self._store)
        self._colouring = True
        try:
            yield
        finally:
            self._colouring = False
        after = rows.codes(self._store)
        stored = colours_to_store(before, after)
        for code in after:
            if code.id in stored:
                rows.set_code(self._store, replace(code, colour=stored[code.id]))

    def insert(self, drafts: Iterable[sibtui.CodeDraft], *, update: bool = True) -> sibtui.Imported:
        """Add codes from drafts, and return how many codes were added, changed, or equal to their drafts.

        With `update`, an existing code gets the fields of its draft. Call this inside an act (`with project.act(…)`,
        one step of undo). Raises InputError for a path or a value that cannot be used, ConflictError when another code
        has the `key` (letter on the screen) of a draft.

        >>> with project.act("code add", "two codes"):
        ...     project.codes.insert([CodeDraft("Leaving"), CodeDraft("Staying")]).added
        2
        """
        return self._rows.insert(drafts, update=update)

    def compare(self, drafts: sibtui.CodeDraft | Iterable[sibtui.CodeDraft]) -> Sequence[sibtui.ChangedCode]:
        """Return the existing codes that differ from drafts with the same paths, in the order of the drafts.

        Each code is returned with its differences. Raises InputError for a path or a value that cannot be used.

        >>> draft = CodeDraft("Innovative services/New staff positions", "Posts that did not exist before.")
        >>> [sorted(changed.differences) for changed in project.codes.compare(draft)]
        [['definition']]
        """
        return self._rows.compare(several(drafts, sibtui.CodeDraft))

    @property
    def _rows(self) -> CodeRowBuilder:
        from sibtui.project.importing.code_rows import CodeRowBuilder

        return CodeRowBuilder(self._session, colours=self._colouring)

    def set(self, path: str, **fields: Unpack[sibtui.CodeFields]) -> Code:
        """Change fields of a code, and return the code.

        Fields: definition, include, exclude, example, origin, status, colour, key (the capital letter that applies the
        code on the screen). None removes a colour or a key. `reread` is a reason to read all sources again for this
        code. Earlier readings then do not count for this code.

        Raises InputError for an unknown field or a value that cannot be used, ConflictError when another code has the
        key, NotFoundError when the path is unknown, AmbiguousError when it is not unique.

        >>> project.codes.set("New staff positions", status="proposed", key="N").key
        'N'
        """
        from sibtui.project.importing.code_rows import FIELDS, checked_code

        reread = fields.pop("reread", None)
        if reread is not None and not (isinstance(reread, str) and reread.strip()):
            raise InputError("A mark for re-reading needs its reason.")
        unknown = set(fields).difference(FIELDS)
        if unknown:
            raise InputError(f"A code has no {', '.join(sorted(unknown))}.")
        for field, value in fields.items():
            if field not in {"origin", "status"} and not (
                isinstance(value, str) or (value is None and field in {"colour", "key"})
            ):
                raise InputError(f"A code's {field} is a text; an empty text removes it.")
        with self._session.act("code set", f"code {path}"):
            codes = {code.path: code for code in rows.codes(self._store)}
            code = codes[resolve(path, list(codes))]
            changed = checked_code(replace(code, **cast("dict[str, Any]", fields)))
            self._rows.check_key(changed, codes)
            if changed != code:
                rows.set_code(self._store, changed)
            if reread is not None:
                event = self._event("re-read", code, reread.strip())
                rows.add_lineage(self._store, code.id, replace(event, since=event.at))
        return self.get(code.path)

    def rename(self, path: str, name: str) -> Code:
        """Rename a code, and return it. The history of the code keeps the old path.

        Raises InputError for an empty name, ConflictError for a name in use, NotFoundError when the path is unknown,
        AmbiguousError when it is not unique.

        >>> project.codes.rename("New staff positions", "New posts").path
        'Innovative services/New posts'
        """
        name = name.strip()
        if not name:
            raise InputError("A code needs a name.")
        with self._changing("code rename", f"code {path} to {name}"):
            code = self._session.code(path)
            if name != code.name:
                self._free(code.parent, name, but=code.id)
                rows.set_code(self._store, replace(code, name=name))
                self._happened(code, "renamed")
        return self._by_id(code.id)

    def move(self, path: str, under: str | None = None, *, position: int | None = None) -> Code:
        """Move a code below the code `under`, and return it. If `under` is None, the code becomes a theme.

        `position` is its place among the codes directly below `under`, counted from 1. Raises ConflictError when the
        code would be below itself or its name is in use at the new place, OutOfRangeError for a position below 1,
        NotFoundError when a path is unknown, AmbiguousError when it is not unique.

        >>> project.codes.move("New staff positions", under="Organisations and practice", position=1).path
        'Organisations and practice/New staff positions'
        """
        from sibtui.store.positions import put_at

        maybe_whole("position", position, 1)
        with self._changing("code move", f"code {path} to {under or 'the top'}"):
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
                siblings = (each.id for each in rows.codes(self._store) if each.parent == parent)
                put_at(self._store, "codes", siblings, code.id, position)
        return self._by_id(code.id)

    def merge(self, path: str, into: str, *, because: str = "") -> sibtui.MergedCode:
        """Merge the code `path` into the code `into`, and return `into`. The code `path` is removed.

        Codings, sub-codes, memos and rows of matrices move to `into`. The history of `into` keeps the path and the
        definition of the removed code, and the reason `because`. If an interviewer asked about one of the codes, `into`
        counts as asked about. The values that are not kept are in the field `conflicts` of the result, and in a memo on
        `into`.

        Raises ConflictError when the codes are the same, when `into` is below `path`, or when both codes have a
        sub-code of the same name. Raises InputError when a blind round of coding hides codings of one of the codes,
        NotFoundError when a path is unknown, AmbiguousError when it is not unique.

        >>> project.codes.merge("Covid-19", into="Partner relationships", because="One topic.").codings
        25
        """
        from sibtui.project.shared.code_merge import merged_code, move_contents

        with self._changing("code merge", f"code {path} into {into}") as merged:
            new = self._session.code(into)
            old = self._other(path, new)
            if is_within(new.path, old.path):
                raise ConflictError(
                    f"“{new.path}” is below “{old.path}”: merge the sub-code into the code, not the other way."
                )
            refuse_hidden(self._session, "The merge of these codes", Selection(codes=(old.id, new.id)))
            event = replace(self._event("merged", old, because), since=old.read_since)
            conflicts = move_contents(self._session, old, new, event)
            for child in [code for code in rows.codes(self._store) if code.parent == old.id]:
                self._free(new.id, child.name)
                rows.move_code(self._store, child.id, new.id)
                self._happened(child, "moved")
            rows.remove_code(self._store, old.id)
            merged[old.id] = new.id
            if new.key is None and old.key is not None:
                rows.set_code(self._store, replace(new, key=old.key))
        return merged_code(self._by_id(new.id), conflicts)

    @contextmanager
    def _changing(self, verb: str, summary: str) -> Iterator[dict[int, int]]:
        """Open an act (one step of undo) in which codes are renamed, moved or merged.

        Rows of matrices, saved queries and claims get the new names of their codes. The `with` block receives an empty
        map, to which it must add each merge: id of the merged code → id of the code that remains.
        """
        from sibtui.project.retrieval.query_names import query_names_kept
        from sibtui.project.tables.codebook_rows import labels_kept

        with (
            self._session.act(verb, summary),
            self.colours_kept(),
            query_names_kept(self._session) as merged,
            labels_kept(self._session),  # before the names in claims, which follow the new labels
        ):
            yield merged

    def _other(self, path: str, new: Code) -> Code:
        """Return the code with this path, for a merge into the code `new`.

        Two codes may have paths that differ only in capital letters, spaces, quotation marks or dashes. So if the code
        found is `new` itself, the other one is returned. Raises ConflictError if there is no other code.
        """
        old = self._session.code(path)
        if old.id != new.id:
            return old
        for code in rows.codes(self._store):
            if code.id != new.id and path_key(code.path) == path_key(new.path):
                return code
        raise ConflictError("A code cannot be merged into itself.")

    def split(self, path: str, name: str, codings: Numbers, *, because: str = "") -> Code:
        """Move codings of a code to a new code beside it, and return the new code.

        `codings` are the ids of these codings. A source that was read for the old code also counts as read for the new
        code. Raises InputError for an empty name, for codings of another code, and for codings that a blind round of
        coding hides. Raises ConflictError for a name in use, NotFoundError when the path is unknown, AmbiguousError
        when it is not unique.

        >>> numbers = [coding.id for coding in project.codings.list(code="Trust before assessment")]
        >>> project.codes.split("Trust before assessment", "First meetings", numbers[:5]).codings
        5
        """
        from sibtui.project.importing.code_rows import blank_code

        name, chosen = name.strip(), as_numbers(codings)
        if not name:
            raise InputError("A code needs a name.")
        with (
            self._session.act("code split", f"code {path}: {plural(len(chosen), 'coding')} to {name}"),
            self.colours_kept(),
        ):
            code = self._session.code(path)
            refuse_hidden(self._session, "The split of this code", Selection(ids=chosen))
            self._free(code.parent, name)
            new = self._rows.put(replace(blank_code(code.parent, name, "", code.since), colour=code.colour))
            rows.add_lineage(self._store, new.id, replace(self._event("split", code, because), since=code.read_since))
            moved = rows.replace_in_codings(self._store, code.id, new.id, chosen)
            if moved != len(chosen):
                raise InputError(f"“{code.path}” is not the code of {plural(len(chosen) - moved, 'chosen coding')}.")
        return self._by_id(new.id)

    def retire(self, path: str, *, because: str = "") -> Code:
        """Retire a code, and return it. The code keeps its codings, but is not offered for new codings.

        `Project.check` reports a retired code with codings. Raises NotFoundError when the path is unknown,
        AmbiguousError when it is not unique.

        >>> project.codes.retire("Covid-19", because="Too few quotes.").status
        'retired'
        """
        return self._change_status(path, "retire", "retired", because)

    def restore(self, path: str, *, because: str = "") -> Code:
        """Put a retired code back into use, and return it.

        Raises NotFoundError when the path is unknown, AmbiguousError when it is not unique.

        >>> project.codes.retire("Covid-19").status
        'retired'
        >>> project.codes.restore("Covid-19").status
        'active'
        """
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
        """Remove a code without codings, and return it.

        Raises ConflictError when the code has codings or sub-codes, or when a matrix needs the code, for a row or in
        a query. Raises InputError when a blind round of coding hides codings of the code, NotFoundError when the
        path is unknown, AmbiguousError when it is not unique.

        >>> project.codes.add("Leaving").codings
        0
        >>> project.codes.remove("Leaving").path
        'Leaving'
        """
        from sibtui.project.shared.code_uses import refuse_used
        from sibtui.project.tables.queried_rows import row_queries_kept

        with self._session.act("code remove", f"code {path}"), self.colours_kept(), row_queries_kept(self._session):
            code = self.get(path)
            refuse_hidden(self._session, "The removal of this code", Selection(codes=(code.id,)))
            refuse_used(self._store, code)
            rows.remove_code(self._store, code.id)
        return code

    def similar(self, *, name_at_least: float = 80, overlap_at_least: float = 0.5) -> Sequence[sibtui.Similar]:
        """Return pairs of codes that may have the same meaning: their names are similar, or their coded texts overlap.

        `name_at_least` (0-100) is the smallest similarity of the two names. `overlap_at_least` (0-1) is the smallest
        overlap of the two coded texts (see `Similar`). Retired codes are left out. Raises OutOfRangeError for a
        limit outside its range.

        >>> similar = project.codes.similar(name_at_least=60)
        >>> similar[0].first
        'Strengths and co-production/Co-creation practices'
        """
        from sibtui.model.overlap import shared_shares
        from sibtui.model.similar import similar

        between("likeness of names", name_at_least, 0, 100)
        between("share of text", overlap_at_least, 0, 1)
        paths = {code.id: code.path for code in rows.codes(self._store) if code.status != "retired"}
        shares = shared_shares(rows.coded_places(self._store), list(paths))
        shared = {(paths[a], paths[b]): share for (a, b), share in shares.items()}
        return similar(list(paths.values()), shared, name_at_least=name_at_least, overlap_at_least=overlap_at_least)

    def import_(
        self, drafts: sibtui.CodeDraft | Iterable[sibtui.CodeDraft], *, update: bool = False
    ) -> sibtui.Imported:
        """Add the codes of a codebook, and return how many were added, changed, or equal to their drafts.

        No code is removed. An existing code that differs is changed only with `update`. Raises InputError for a path
        or a value that cannot be used, ConflictError when another code has the `key` (letter on the screen) of a
        draft.

        >>> project.codes.import_([CodeDraft("Leaving"), CodeDraft("Wider system")]).added
        1
        """
        with self._session.act("code import", "a codebook") as act, self.colours_kept():
            report = self.insert(several(drafts, sibtui.CodeDraft), update=update)
            act.summary = f"{plural(report.added, 'code')} added, {report.changed} changed"
        return report

    def export(self) -> Sequence[sibtui.CodeDraft]:
        """Return all codes as drafts, in the order of the codebook.

        >>> [draft.path for draft in project.codes.export()][:2]
        ['Strengths and co-production', 'Strengths and co-production/Brokering and coaching']
        """
        from sibtui.model.drafts import code_drafts

        return code_drafts(rows.codes(self._store), rows.lineage(self._store))

    def _by_id(self, number: int) -> Code:
        return self._counted(next(code for code in rows.codes(self._store) if code.id == number))

    def _counted(self, code: Code) -> Code:
        """Return the code with the number of its codings."""
        return replace(code, codings=rows.coding_count(self._store, code.id, self._session.blind))

    def _free(self, parent: int | None, name: str, but: int | None = None) -> None:
        """Raise ConflictError if a code directly below `parent` has this name. The code `but` is ignored."""
        for code in rows.codes(self._store):
            if code.parent == parent and name_key(code.name) == name_key(name) and code.id != but:
                raise ConflictError(name_in_use("code", code.path))

    def _happened(self, code: Code, event: str) -> None:
        rows.add_lineage(self._store, code.id, self._event(event, code, ""))

    def _event(self, event: str, code: Code, note: str) -> Lineage:
        return Lineage(event, self._session.now(), self._session.coder, code.path, code.definition, note)
