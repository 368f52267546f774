"""`project.rounds`: rounds of coding. A round is one pass of a coder through sources.

A second round shows how far a coder agrees with his or her own earlier codings.
"""

from __future__ import annotations

from collections.abc import Sequence

from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.model.arguments import Names, as_name, as_names
from sibtui.model.folding import identical, name_key
from sibtui.model.names import name_in_use, resolve_name
from sibtui.model.records import Round
from sibtui.model.text import listed, one_line
from sibtui.project.shared.base import Noun
from sibtui.store import rounds as rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows


class Rounds(Noun):
    """`project.rounds`: rounds of coding. A round is one pass of a coder through sources.

    While no round is open, new codings and readings (a reading records who has read a source) belong to round 1.

    >>> project.rounds.start("second pass", sources=["a1", "b1"]).sources
    ('a1', 'b1')
    >>> project.rounds.end().ended > ""
    True
    """

    def list(self, coder: str | None = None) -> Sequence[Round]:
        """Return the rounds, ordered by coder and number. `coder` selects the rounds of one coder.

        Raises NotFoundError for an unknown coder.

        >>> project.rounds.list()
        []
        """
        who = None if coder is None else resolve_name("coder", coder, self._coders())
        return [each for each in rows.rounds(self._store) if who in (None, each.coder)]

    @property
    def current(self) -> Round | None:
        """The open round of the current coder, or None if no round is open.

        >>> project.rounds.current is None
        True
        """
        return self._open(self._session.coder)

    def start(self, name: str, *, blind: bool = False, sources: Names = (), coder: str | None = None) -> Round:
        """Begin a round of coding for a coder, and return the round. The default coder is the current coder.

        Until the round ends, the coder's new codings and readings belong to the round. `sources` limits the round to
        these sources; by default, the round is about all sources.

        In a `blind` round, lists, counts, tables and the screen show the coder only the codings of this round. The
        history hides entries of other coders, and entries from before the round. Some actions are refused, such as
        judgements, merges, and comparisons of coders.

        Raises ConflictError when the coder has an open round or a round with this name, InputError for an empty name,
        NotFoundError for an unknown source.

        >>> started = project.rounds.start("second pass", blind=True)
        >>> started.coder, started.number, project.codings.count()
        ('Ana', 2, 0)
        """
        name, who = " ".join(as_name(name).split()), self._coder(coder)
        if not name:
            raise InputError("A round needs a name.")
        if (current := self._open(who)) is not None:
            raise ConflictError(f"The round “{one_line(current.name)}” of {who} is open.", "end-round")
        if there := identical(name, [each.name for each in rows.rounds(self._store) if each.coder == who]):
            raise ConflictError(name_in_use("round", there))
        ids = source_rows.source_ids(self._store)
        chosen = {resolve_name("source", each, ids) for each in as_names(sources)}
        of = tuple(each for each in ids if each in chosen)
        with self._session.act("round start", f"{name} of {who}") as act:
            number = study_rows.coder_id(self._store, who)
            last = rows.last_number(self._store, number)
            found = Round(who, last + 1, name, act.at, "", blind, of)
            rows.put(self._store, found, number, [ids[each] for each in of])
            act.summary = f"{name}, round {found.number} of {who}{' (blind)' if blind else ''}{_in(of)}"
        return found

    def end(self, *, coder: str | None = None) -> Round:
        """End the open round of a coder, and return it. After a blind round, all codings are visible again.

        Raises NotFoundError when no round is open.

        >>> project.rounds.start("second pass", blind=True).ended, project.codings.count()
        ('', 0)
        >>> project.rounds.end().name, project.codings.count()
        ('second pass', 634)
        """
        from dataclasses import replace

        who = self._coder(coder)
        current = self._open(who)
        if current is None:
            raise NotFoundError(f"{who} has no open round.", "list-rounds")
        with self._session.act("round end", f"{current.name}, round {current.number} of {who}"):
            ended = replace(current, ended=self._session.now())
            self.insert(ended)
        return ended

    def insert(self, found: Round) -> None:
        """Store a round of coding. The new round replaces a round of the same coder with the same number.

        Call this inside an act (`with project.act(…)`, one step of undo). Raises ConflictError when the coder would
        have two open rounds or two rounds with the same name, InputError for a number below 2 or an empty name or
        coder, NotFoundError for an unknown source.

        >>> with project.act("round add", "an earlier round"):
        ...     project.rounds.insert(Round("R1", 2, "pilot", "2026-11-01T09:00:00Z", "2026-11-02T09:00:00Z"))
        """
        if not found.name.strip() or not found.coder.strip():
            raise InputError("A round needs a name and a coder.")
        if found.number < 2:
            raise InputError(f"Round {found.number} cannot be stored: work outside of rounds is round 1.")
        others = [r for r in rows.rounds(self._store) if r.coder == found.coder and r.number != found.number]
        if any(name_key(each.name) == name_key(found.name) for each in others):
            raise ConflictError(name_in_use("round", found.name))
        if not found.ended and any(not each.ended for each in others):
            raise ConflictError(f"{found.coder} has another open round.", "end-round")
        numbers = [self._session.source_id(name) for name in found.sources]
        rows.put(self._store, found, study_rows.coder_id(self._store, found.coder), numbers)

    def _open(self, coder: str) -> Round | None:
        return next(iter(rows.rounds(self._store, open_of=coder)), None)

    def _coders(self) -> tuple[str, ...]:
        return tuple(coder.name for coder in study_rows.coders(self._store))

    def _coder(self, given: str | None) -> str:
        """Return the name of a coder in the spelling of the study. If `given` is None, return the current coder."""
        name = self._session.coder if given is None else " ".join(as_name(given).split())
        if not name:
            raise InputError("A round needs its coder.")
        return identical(name, self._coders()) or name


def _in(sources: Sequence[str]) -> str:
    return f" in {listed(sources, 3)}" if sources else ""
