"""Replacing real names by pseudonyms, and erasing the real names from the history and from the copies of a study."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sibtui.errors import ConflictError
from sibtui.model.scan import Replacer
from sibtui.model.text import plural
from sibtui.project.anonymising.replacing import ERASING_VERB, apply
from sibtui.project.erasing.copies import erase_in_copies, naming_finished
from sibtui.project.erasing.older_texts import erase_in_act
from sibtui.project.erasing.traces import erase_traces
from sibtui.project.shared.base import Session, now
from sibtui.store import erasure
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows
from sibtui.store import written_texts as rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.pseudonyms import Pseudonym
    from sibtui.project.results import Anonymised
    from sibtui.store.connection import Store


def apply_and_erase(session: Session, key: Sequence[Pseudonym], *, small_letters: bool, dry_run: bool) -> Anonymised:
    """Replace real names as `apply` does, and erase these names from the history, older texts and copies of the study.

    The copies of the study are changed first, then the study. With `dry_run`, nothing changes.

    Raises ConflictError if a change of the study (`Project.act`) is in progress. Raises StudyFileError if a copy can
    neither be changed nor removed.
    """
    if session.store.is_in_act:
        raise ConflictError("An act is open: end it, then erase the originals.")

    apply(
        session, key, sources=None, small_letters=small_letters, dry_run=True
    )  # an error leaves the copies as they are

    def in_copy(copy: Store) -> bool:
        own = Session(copy, session.coder, now)
        return _in_file(own, key, small_letters=small_letters, dry_run=dry_run)[1] is not None

    copies = erase_in_copies(session.store, in_copy, dry_run=dry_run)
    before = source_rows.source_ids(session.store)
    with naming_finished(copies):
        applied, erased = _in_file(session, key, small_letters=small_letters, dry_run=dry_run)
    renamed = before.keys() - source_rows.source_ids(session.store).keys()
    guid = study_rows.study(session.store).guid
    return replace(applied, erased=erased or (), copies=copies, traces=erase_traces(renamed, guid, dry_run=dry_run))


def _in_file(
    session: Session, key: Sequence[Pseudonym], *, small_letters: bool, dry_run: bool
) -> tuple[Anonymised, tuple[str, ...] | None]:
    """Replace the names in one study file, and erase the older texts that contain these names.

    Return (replaced places, names of the sources whose older texts were erased). The second value is None if the file
    contains none of the names. With `dry_run`, nothing changes.
    """
    store = session.store
    foreseen = apply(session, key, sources=None, small_letters=small_letters, dry_run=True)
    names = HistoryNames(Replacer(key, small_letters=small_letters))
    numbers = {written.row for written in rows.older(store) if names.found(written.text)}
    changed = {each.where for each in foreseen.places if each.place == "text"}
    chosen = [number for name, number in source_rows.source_ids(store).items() if number in numbers or name in changed]
    if not (chosen or foreseen.places or any(names.found(written.text) for written in rows.recorded(store))):
        return foreseen, None
    applied = foreseen if dry_run else _erase(session, key, chosen, names, small_letters=small_letters)
    return applied, tuple(name for name, number in source_rows.source_ids(store).items() if number in chosen)


def _erase(
    session: Session, key: Sequence[Pseudonym], sources: Sequence[int], names: HistoryNames, *, small_letters: bool
) -> Anonymised:
    """Replace the real names, and erase these names from the history and from older texts, as one change."""
    erasure.compact(session.store)
    with session.act(ERASING_VERB, "names") as act:
        applied = apply(session, key, sources=None, small_letters=small_letters, dry_run=False)
        erase_in_act(session, sources, names)
        where = f"of {plural(len(sources), 'text')}" if sources else "in the history"
        act.summary = applied.extent if applied.places else f"originals {where}"
    erasure.compact_if_possible(session.store)
    return applied


class HistoryNames:
    """Finds real names in the values that the history stores, and replaces them by pseudonyms.

    Real names in the keys and texts of a JSON object are replaced. A JSON object without real names stays the same,
    byte for byte.
    """

    def __init__(self, replacer: Replacer) -> None:
        self._replacer = replacer

    def found(self, text: str) -> bool:
        return self._replacer.replaced(text) != text or (text[:1] == "{" and self.replaced(text) != text)

    def replaced(self, text: str) -> str:
        if text[:1] == "{":
            try:
                value = json.loads(text)
            except ValueError:
                pass  # a text in braces
            else:
                changed = self._in_values(value)
                return text if changed == value else json.dumps(changed, ensure_ascii=False, separators=(",", ":"))
        return self._replacer.replaced(text)

    def _in_values(self, value: Any) -> Any:
        match value:
            case str():
                return self._replacer.replaced(value)
            case list():
                return [self._in_values(each) for each in value]
            case dict():
                return {self._in_key(name): self._in_values(each) for name, each in value.items()}
        return value

    def _in_key(self, key: str) -> str:
        """Return a key of a JSON object with names replaced.

        A key in small letters is not changed, because sibtui itself writes such keys.
        """
        return key if key.islower() else self._replacer.replaced(key)
