"""Adding sources from drafts: checking names and texts, skipping files that the study has, and setting cases."""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from typing import TYPE_CHECKING

import sibtui
from sibtui.errors import ConflictError, InputError, SibtuiError
from sibtui.model.arguments import as_names, choice
from sibtui.model.drafts import CaseDraft
from sibtui.model.folding import by_key, name_key
from sibtui.model.frozen import replace
from sibtui.model.hashed_text import HashedText
from sibtui.model.languages import language_code
from sibtui.model.names import name_in_use
from sibtui.model.records import FIDELITIES, KINDS, READINGS, Source
from sibtui.model.text import one_line
from sibtui.project.importing.attribute_values import AttributeValues
from sibtui.project.importing.case_rows import CaseRowBuilder, new_case_label
from sibtui.project.importing.returning_sources import Returning
from sibtui.store import cases as case_rows
from sibtui.store import readings as reading_rows
from sibtui.store import sources as rows
from sibtui.store import study as study_rows
from sibtui.store.file_errors import half_character

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sibtui.model.drafts import SourceDraft
    from sibtui.model.records import Fidelity, Kind, ReadingState
    from sibtui.project.shared.base import Session


class SourceRowBuilder:
    """Adds sources from drafts. Use this inside an act (`with session.act(…)`, one step of undo).

    `taken` is a map of the names in use: `name_key` → name of the source. For `fixed`, see `AttributeValues`.
    """

    def __init__(self, session: Session, taken: dict[str, str] | None = None, *, fixed: bool = False) -> None:
        self._session = session
        self._store = session.store
        self._taken = by_key(rows.source_ids(self._store)) if taken is None else taken
        self._attributes = AttributeValues(session, fixed=fixed)
        self._cases: CaseRowBuilder | None = None
        self._mixed: tuple[sibtui.MixedAttribute, ...] = ()
        self._returning = Returning(session.store)

    def add_or_refuse(
        self, draft: SourceDraft, *, strict: bool, comment_codes: bool, keep_text: bool = True
    ) -> sibtui.Added:
        """Add a source with its comments, and return the outcome. The arguments are those of `Sources.add`.

        If the draft cannot be added, the outcome has the reason; with `strict`, an error is raised instead.
        """
        draft = _trimmed(draft)
        kept, length = draft if keep_text else replace(draft, text=""), len(draft.text)
        known = draft.sha256 and draft.sha256 in self._originals
        same = rows.name_by_original(self._store, draft.sha256) if known else None
        if same is not None:
            return sibtui.Added(kept, "same", same, characters=length)
        try:
            with self._undone_if_refused(draft):
                new_cases = self.insert(draft)
                self._originals.add(draft.sha256)
                comments = self._add_comments(draft, comment_codes) if draft.comments else (0, 0, ())
                return sibtui.Added(kept, "added", draft.name, "", new_cases, "", *comments, self._mixed, length)
        except SibtuiError as error:
            if strict:
                raise
            self._attributes.forget()
            self._cases = None  # a case added for this source was rolled back
            return sibtui.Added(kept, "refused", draft.name, str(error), hint=error.hint, characters=length)

    @cached_property
    def _originals(self) -> set[str]:
        """The SHA-256 digests of the study's original files and of refused files, to recognise equal files."""
        return rows.original_hashes(self._store)

    @cached_property
    def _at(self) -> str:
        """The time at which all sources of one import were added."""
        return self._session.now()

    def _add_comments(self, draft: SourceDraft, comment_codes: bool) -> tuple[int, int, tuple[str, ...]]:
        """Add the comments of a source. Return (number of new memos, number of new codings, paths of new codes)."""
        from sibtui.project.importing.comments import add_comments

        found = add_comments(self._session, draft, every_is_code=comment_codes)
        return found.memos, found.codings, found.new_codes

    def _undone_if_refused(self, draft: SourceDraft) -> AbstractContextManager[object]:
        """Return a context manager that undoes the changes of the `with` block if the source is refused.

        Sources with attributes, comments or an empty case label can be refused after a row is stored. Any other source
        can only be refused before, so that nothing must be undone.
        """
        if draft.attributes or draft.comments or not all(map(name_key, draft.cases)):
            return self._session.act("source add", draft.name)
        return nullcontext()

    def foresee(self, drafts: Iterable[SourceDraft]) -> Sequence[sibtui.Added]:
        """Return the outcomes that adding these drafts would have. Only names, files and values are checked."""
        names, files = dict(self._taken), rows.originals(self._store)
        cases = by_key(case_rows.case_ids(self._store))
        attributes = AttributeValues(self._session)
        report: list[sibtui.Added] = []
        for draft in map(_trimmed, drafts):
            same = files.get(draft.sha256) if draft.sha256 else None
            error = (
                None
                if same is not None
                else _unfit(draft.name, names)
                or _unknown(draft)
                or self._returning.error(draft)
                or attributes.error(draft.attributes)
            )
            if error is not None:
                report.append(
                    sibtui.Added(draft, "refused", draft.name, str(error), hint=error.hint, characters=len(draft.text))
                )
                continue
            if same is not None:
                report.append(sibtui.Added(draft, "same", same, characters=len(draft.text)))
                continue
            report.append(
                sibtui.Added(
                    draft,
                    "added",
                    draft.name,
                    "",
                    tuple(by_key(c for c in draft.cases if name_key(c) not in cases).values()),
                    mixed=attributes.foresee(draft.attributes),
                    characters=len(draft.text),
                )
            )
            names[name_key(draft.name)] = draft.name
            cases |= by_key(draft.cases)
            files[draft.sha256] = draft.name
        return report

    def insert(self, draft: SourceDraft) -> tuple[str, ...]:
        """Add a source, and return the labels of the cases that were added for it."""
        error = _unfit(draft.name, self._taken) or self._returning.error(draft)
        if error is not None:
            raise error
        refuse_carriage_returns(draft.name, draft.text)
        data, digest = _storable(draft)
        at = self._at
        kind, fidelity, reading = _literals(draft)
        source = Source(
            0, draft.name, draft.title, kind, fidelity, reading, None, draft.added or at, (), 0, 1, "", "",
            language=language_code(draft.language), uid=draft.uid,
        )  # fmt: skip
        number = rows.add_source(self._store, source)
        if reading == "read":
            coder = study_rows.coder_id(self._store, self._session.coder)
            reading_rows.set_reading(self._store, number, coder, None, draft.read_at or self._session.now())
        rows.add_first_text(
            self._store,
            number,
            draft.text,
            data=data,
            sha256=digest,
            original=draft.original,
            original_sha256=draft.sha256,
            at=source.added,
        )
        new = self._touch(number, draft)
        self._mixed = self._attributes.set(number, draft.attributes)
        self._taken[name_key(draft.name)] = draft.name
        return new

    def _touch(self, source: int, draft: SourceDraft) -> tuple[str, ...]:
        """Set the cases of a new source. Cases that the study lacks are added, and their labels are returned."""
        cases = self._cases = self._cases or CaseRowBuilder(self._session)
        together = cases.find(draft.cases_together) if draft.cases_together else None
        new: list[str] = []
        touched = [] if together is None else [together]
        for label in as_names(_trimmed(draft).cases) if together is None else ():
            case = cases.find(label)
            if case is None:
                if not name_key(label):
                    raise InputError("A case needs a label, and one of this source's has none.")
                case = cases.insert(CaseDraft(new_case_label(label)))
                new.append(label)
            touched.append(case)
        rows.add_cases(self._store, source, touched)
        return tuple(new)


def _literals(draft: SourceDraft) -> tuple[Kind, Fidelity, ReadingState]:
    """Return (kind, fidelity, reading state) of a draft. Raises InputError for an unknown value."""
    return (
        choice("kind of source", draft.kind, KINDS),
        choice("fidelity", draft.fidelity, FIDELITIES),
        choice("reading", draft.reading, READINGS),
    )


def _unknown(draft: SourceDraft) -> SibtuiError | None:
    """Return the error for an invalid kind, fidelity or reading state of a draft, or None."""
    try:
        _literals(draft)
    except InputError as error:
        return error
    return None


def _trimmed(draft: SourceDraft) -> SourceDraft:
    """Return the draft without spaces at the ends of its names. Otherwise, “SIB A ” and “SIB A” would be two cases."""
    name, cases = draft.name.strip(), tuple(map(str.strip, draft.cases))
    return draft if (name, cases) == (draft.name, draft.cases) else replace(draft, name=name, cases=cases)


def _unfit(name: str, taken: Mapping[str, str]) -> SibtuiError | None:
    """Return the error for a name that a new source cannot have, or None.

    `taken` is a map of the names in use: `name_key` → name of the source.
    """
    if not name_key(name):
        return InputError("A source needs a name.", "name-source")
    other = taken.get(name_key(name))
    return None if other is None else ConflictError(name_in_use("source", other), "rename-source")


def _storable(draft: SourceDraft) -> tuple[bytes, str]:
    """Return (text of a draft as bytes, SHA-256 digest of these bytes).

    Raises InputError for a lone surrogate (one half of a character), which cannot be stored.
    """
    try:
        times = (draft.read_at or "", draft.added or "")
        "".join((draft.name, draft.title, draft.original, draft.sha256, draft.uid, *times, *draft.cases)).encode()
        if isinstance(draft.text, HashedText):
            return draft.text.data, draft.text.sha256
        data = draft.text.encode()
        return data, hashlib.sha256(data).hexdigest()
    except UnicodeEncodeError as error:
        raise half_character(error) from error


def refuse_carriage_returns(name: str, text: str) -> None:
    """Raise InputError if a text contains a carriage return.

    An export of such a text as plain text would change the offsets of codings. The text is not corrected here, because
    the caller may have computed offsets from it already.
    """
    if "\r" in text:
        raise InputError(
            f"The text of “{one_line(name, 60)}” has carriage returns: pass it through `sibtui.model.text.normalise`, and take"
            " offsets from its result."
        )


def sha256_of(text: str) -> str:

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
