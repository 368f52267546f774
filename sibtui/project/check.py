"""`project.check()`: what is wrong, or waits to be done, in a study."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sibtui.errors import SibtuiError, StudyFileError
from sibtui.model.segments import CONTEXT
from sibtui.model.text import one_line
from sibtui.project.computing import Computing
from sibtui.store import codes as code_rows
from sibtui.store import codings as coding_rows
from sibtui.store import integrity
from sibtui.store import matrices as matrix_rows
from sibtui.store import sources as source_rows
from sibtui.store.codings import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sibtui.project.base import Session


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (`damage`) or that waits for the researcher (`open`)."""

    kind: Literal["damage", "open"]
    what: str
    where: str
    message: str


def findings(session: Session, progress: Callable[[int, int], None] | None = None) -> Iterator[Finding]:
    """Everything that is to be said about a study. `progress` is told (done, of) in sources read.

    A file with damaged pages is looked through as far as it can be read: what cannot is said, and the rest is checked.
    """
    for message in integrity.problems(session.store):
        yield Finding("damage", "file", str(session.store.path), message)
    for what, look in (
        ("the sources and their codings", lambda: _misplaced(session, progress)),
        ("the codings without a case", lambda: _unattributed(session)),
        ("the cases of codings", lambda: _elsewhere(session)),
        ("the retired codes", lambda: _retired(session)),
        ("the matrices", lambda: _stale(session)),
    ):
        yield from _readable(session, what, look)


def _readable(session: Session, what: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from look()
    except integrity.DAMAGE:
        where = str(session.store.path)
        yield Finding("damage", "file", where, f"{what} cannot be read to the end, so that not all is checked.")


def _misplaced(session: Session, progress: Callable[[int, int], None] | None) -> Iterator[Finding]:
    """Segments outside of their text, or whose text is not the quote kept with them."""
    sources = source_rows.source_ids(session.store)
    for done, (name, number) in enumerate(sources.items(), 1):
        try:
            yield from _misplaced_in(session, name, number)
        except integrity.DAMAGE:
            yield Finding("damage", "source", name, "its text or its codings cannot be read to the end.")
        if progress is not None:
            progress(done, len(sources))


def _misplaced_in(session: Session, name: str, number: int) -> Iterator[Finding]:
    text = source_rows.text(session.store, number)
    if text is None:  # a damaged index does not find what is there
        yield Finding("damage", "source", name, "its text cannot be found.")
        return
    for coding, start, end, quote, before, after in coding_rows.places(session.store, number):
        where = f"coding {coding}"
        if end > len(text):
            yield Finding("damage", "segment", where, f"{start}:{end} is outside of “{name}”.")
        elif text[start:end] != quote:
            shown = one_line(quote, 40)
            yield Finding("damage", "segment", where, f"“{name}” {start}:{end} is not “{shown}” any more.")
        elif (text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]) != (before, after):
            yield Finding("damage", "segment", where, f"the context of “{name}” {start}:{end} is not the kept one.")


def _unattributed(session: Session) -> Iterator[Finding]:
    paths = session.paths()
    for coding in coding_rows.codings(session.store, Selection(unattributed=True), paths=paths):
        where = f"“{coding.source}” {coding.segment}, {coding.code}"
        yield Finding("open", "unattributed", f"coding {coding.id}", f"{where}: tell its case.")


def _elsewhere(session: Session) -> Iterator[Finding]:
    """Codings that speak of a case which their source does not touch (any more)."""
    for number, source, case in integrity.misattributed(session.store):
        yield Finding("open", "attribution", f"coding {number}", f"speaks of {case}, which “{source}” does not touch.")


def _retired(session: Session) -> Iterator[Finding]:
    for code in code_rows.codes(session.store, counts=True):
        if code.status == "retired" and code.codings:
            yield Finding("open", "retired", code.path, f"is retired, and {code.codings} codings still have it.")


def _stale(session: Session) -> Iterator[Finding]:
    paths = session.paths()
    for name, number in matrix_rows.names(session.store).items():
        definition = matrix_rows.definition(session.store, number, paths)
        try:
            stale = Computing(session, definition).stale()
        except StudyFileError:
            raise
        except SibtuiError as error:  # a column that it picks is gone: the others are checked nevertheless
            yield Finding("open", "matrix", name, str(error))
            continue
        for row, column in stale:
            yield Finding(
                "open", "stale judgement", name, f"{row}, {column}: the evidence has changed since it was judged."
            )
