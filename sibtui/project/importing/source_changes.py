"""Changes of sources: names, positions, cases, reading states, and records of topics that interviewers asked about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.errors import ConflictError, InputError
from sibtui.model.arguments import as_names, with_given
from sibtui.model.codebook import split_path
from sibtui.model.folding import name_key
from sibtui.model.names import refuse_name_in_use, resolve_name
from sibtui.model.text import listed, one_line, plural
from sibtui.project.shared.blind_round import refuse_hidden
from sibtui.project.shared.open_round import number_in, open_round
from sibtui.project.shared.summary_links import rename_links
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import codings as coding_rows
from sibtui.store import integrity
from sibtui.store import readings as reading_rows
from sibtui.store import rounds as round_rows
from sibtui.store import sources as rows
from sibtui.store import study as study_rows
from sibtui.store.codings import Selection
from sibtui.store.positions import set_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.arguments import Names
    from sibtui.model.records import Asked, ReadingState, Source
    from sibtui.project.shared.base import Session


def free_name(session: Session, name: str, *, of: Source) -> str:
    """Check a new name for the source `of`, and return the name without spaces at its ends.

    Raises InputError for an empty name, ConflictError when another source has the name.
    """
    name = name.strip()
    if not name_key(name):
        raise InputError("A source needs a name.")
    if name != of.name:
        refuse_name_in_use("source", name, rows.source_ids(session.store).keys() - {of.name})
    return name


def change_source(
    session: Session,
    source: Source,
    new_name: str | None,
    cases: Names | None,
    reading: ReadingState | None,
    **fields: str | None,
) -> int:
    """Change fields of a source, and return the number of its codings that got other cases.

    Arguments that are None change nothing. Call this inside an act (`with session.act(…)`, one step of undo).
    """
    wanted = source.name if new_name is None else free_name(session, new_name, of=source)
    changed = with_given(source, name=wanted, **fields)
    if changed != source:
        rows.set_source(session.store, changed)
    if reading is not None:
        set_reading(session, source, reading)
    if wanted != source.name:
        from sibtui.store import matrices as matrix_rows

        matrix_rows.rename_column(session.store, "sources", source.name, wanted)
        rename_links(session.store, {source.name: wanted})
    return 0 if cases is None else set_cases(session, source, as_names(cases))


def move(session: Session, names: Sequence[str], position: int) -> list[str]:
    """Move sources together to a position (counted from 1), as one act (one step of undo). Return their names.

    Raises the errors of `Sources.move`.
    """
    known = rows.source_ids(session.store)
    chosen = list(dict.fromkeys(resolve_name("source", name, known) for name in names))
    if not chosen:
        raise InputError("No source was given.")
    what = f"source {chosen[0]}" if len(chosen) == 1 else plural(len(chosen), "source")
    with session.act("source set", what):
        rest = [name for name in known if name not in chosen]
        order = [*rest[: position - 1], *chosen, *rest[position - 1 :]]
        set_order(session.store, "sources", [known[name] for name in order])
    return chosen


def set_reading(session: Session, source: Source, reading: ReadingState) -> None:
    """Set the reading state of a source for the current coder, such as “read”.

    Each record of reading belongs to one round of coding. If a round is open, only the coder's records of this round
    change. If no round is open, a state other than “read” removes the coder's records of all rounds. Raises
    ConflictError for the state “read” when the open round is about other sources.
    """
    store = session.store
    if reading == "read":
        number = number_in(store, open_round(store, session.coder), source.id)
        coder = study_rows.coder_id(store, session.coder)
        reading_rows.set_reading(store, source.id, coder, None, session.now(), number)
    else:
        number = round_rows.open_number(store, session.coder)
        reading_rows.remove(store, source.id, session.coder, number=None if number == 1 else number)
        rows.set_started(store, source.id, started=reading == "in progress")


def set_cases(session: Session, source: Source, labels: Sequence[str]) -> int:
    """Set the cases of a source, and return the number of its codings that got other cases.

    Raises ConflictError when a coding has a case that the source would lose, InputError when a blind round hides
    codings of the source, NotFoundError when a case is unknown, AmbiguousError when it is not unique.
    """
    store, there = session.store, Selection(sources=(source.id,))
    refuse_hidden(session, f"A change of the cases of “{one_line(source.name, 60)}”", there)
    known = case_rows.case_ids(store)
    wanted = [known[resolve_name("case", label, known)] for label in labels]
    before = [known[label] for label in source.cases]
    rows.set_cases(store, source.id, wanted)
    if len(wanted) != 1:
        _refuse_orphans(session, source)
        return 0
    following = coding_rows.ids(store, replace(there, unattributed=True))
    if len(before) == 1 and before != wanted:
        following += coding_rows.ids(store, replace(there, cases=tuple(before)))
    for coding in following:
        coding_rows.set_cases(store, coding, wanted)
    _refuse_orphans(session, source)
    return len(following)


def _refuse_orphans(session: Session, source: Source) -> None:
    """Raise ConflictError if a coding of the source has a case that is not a case of the source."""
    orphans = [(number, case) for number, _, case in integrity.misattributed(session.store, source.id)]
    if orphans:
        cases = listed(dict.fromkeys(case for _, case in orphans))
        raise ConflictError(
            f"“{source.name}” has {plural(len({number for number, _ in orphans}), 'coding')} about {cases}.",
            "set-cases",
        )


def set_topic(session: Session, name: str, topic: str, state: Asked | None, case: str | None) -> None:
    """Record whether an interviewer asked about a topic in a source, as one act (one step of undo).

    The arguments and the errors are those of `Sources.set_topic`.
    """
    store = session.store
    # The whole path is tried first: resolving a name reads the codebook, and an imported study has hundreds of records
    exact = code_rows.find(store, split_path(topic))
    if exact is None:
        code = session.code(topic)
        number, path = code.id, code.path
    else:
        number, path = exact[0], topic
    source = rows.find(store, name) or session.source_id(name)
    of = None if case is None else session.case_id(case)
    if of is not None and of not in rows.touched(store, source):
        raise ConflictError(f"“{name}” is not about {case}: a topic record of one case needs a source about this case.")
    where = name if case is None else f"{name}, {case}"
    with session.act("source set", f"{path} {state or 'not recorded'} in {where}"):
        rows.set_topic(store, source, number, state, of)
