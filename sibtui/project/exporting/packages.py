"""Writing a package for a colleague: a study folder with some sources of the study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError, NotFoundError
from sibtui.formats.study_folder.folder import OWN, write_in_chunks
from sibtui.model.folding import identical
from sibtui.model.gc_pause import gc_paused
from sibtui.model.names import resolve_name
from sibtui.model.packages import packaged
from sibtui.model.records import Package
from sibtui.project.exporting.extensions import refuse_file_name
from sibtui.project.exporting.whole_folder import write_folder
from sibtui.project.shared.study_io import study_draft
from sibtui.store import cases as case_rows
from sibtui.store import history as act_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sibtui.project.shared.base import Session


def write_package(
    session: Session, path: Path, coder: str, *, cases: Sequence[str], sources: Sequence[str], force: bool
) -> Package:
    """Write a package for a colleague, and return its record. Raises the errors of `Exports.package`."""
    store, name = session.store, " ".join(coder.split())
    if not name:
        raise InputError("A package needs the name of the colleague.")
    if not path.is_dir():
        refuse_file_name(path)
    with gc_paused(), store.snapshot():
        name = identical(name, [each.name for each in study_rows.coders(store)]) or name
        last = next((act for act in act_rows.acts(store) if act.state == "done" and act.digest), None)
        facts = (0, "") if last is None else (last.id, last.digest)
        package = Package(name, *facts, session.now(), _chosen(session, cases, sources))
        draft = packaged(study_draft(session, lazily=True), package)
        write_folder(path, write_in_chunks(draft), OWN, force=force)
    return package


def _chosen(session: Session, cases: Sequence[str], sources: Sequence[str]) -> tuple[str, ...]:
    """Return the lasting ids of the sources about one of `cases`, and of the sources named in `sources`.

    If both arguments are empty, return the ids of all sources.
    """
    store = session.store
    labels, names = case_rows.case_ids(store), source_rows.source_ids(store)
    wanted = {resolve_name("case", label, labels) for label in cases}
    named = {resolve_name("source", source, names) for source in sources}
    every = source_rows.sources(store, counts=False)
    found = tuple(
        source.uid
        for source in every
        if not (wanted or named) or source.name in named or wanted.intersection(source.cases)
    )
    if not found:
        raise NotFoundError("A package needs a source, and none is about these cases.")
    return found
