"""`project.readings`: the records of who has read which source, and the sources that must be read again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sibtui.errors import InputError, NotFoundError
from sibtui.model.arguments import Names, as_names
from sibtui.model.codebook import is_within
from sibtui.model.folding import identical
from sibtui.model.names import resolve_name
from sibtui.model.records import Code, Lineage, Reading, ReadingDue
from sibtui.model.text import listed, one_line
from sibtui.project.shared.base import Noun
from sibtui.project.shared.open_round import number_in, open_round
from sibtui.store import codes as code_rows
from sibtui.store import readings as rows
from sibtui.store import rounds as round_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows


class Readings(Noun):
    """`project.readings`: the records of who has read which source, and the sources that must be read again.

    A reading records that a coder has read a source to the end, for one code or for all codes (None).

    >>> [(reading.coder, reading.code) for reading in project.readings.list("a1")]
    [('R1', None)]
    """

    def list(self, source: str | None = None, coder: str | None = None) -> Sequence[Reading]:
        """Return the readings, ordered by source, coder, round and code.

        `source` and `coder` limit the result to one source or coder. Raises NotFoundError when a name is unknown,
        AmbiguousError when it is not unique.

        >>> [(reading.source, reading.coder) for reading in project.readings.list(coder="R4")][:2]
        [('m1', 'R4'), ('m2', 'R4')]
        """
        number = None if source is None else self._session.source_id(source)
        who = None if coder is None else resolve_name("coder", coder, self._coders())
        found = rows.readings(self._store, self._session.paths(), source=number)
        return [reading for reading in found if who in (None, reading.coder)]

    def add(
        self, source: str, *, coder: str | None = None, codes: Names | None = None, at: str | None = None
    ) -> Sequence[Reading]:
        """Record that a coder has read a source to the end. Return the records (readings).

        The default coder is the current coder. Without `codes`, the source counts as read for all current codes.
        With `codes`, the source counts as read only for these codes and the codes below them, with one reading for
        each code. If nobody has read the source for all codes, the state of the source becomes “in progress”. `at`
        is an ISO 8601 time; the default is now. If the coder has an open round of coding, the reading belongs to
        this round.

        Raises InputError for an empty coder, an invalid time or an empty `codes`, ConflictError when the open round is
        about other sources, NotFoundError when a name is unknown, AmbiguousError when it is not unique.

        >>> [reading.code for reading in project.readings.add("a1", codes="New staff positions")]
        ['Innovative services/New staff positions']
        """
        number = self._session.source_id(source)
        name = source_rows.name(self._store, number)
        who = self._coder(coder)
        named = None if codes is None else as_names(codes)
        chosen = None if named is None else self._within(named)
        when = self._session.now() if at is None else _instant(at)
        with self._session.act("reading add", f"{name} by {who}{_for(named)}"):
            by = study_rows.coder_id(self._store, who)
            in_round = number_in(self._store, open_round(self._store, who), number)
            for code in (None,) if chosen is None else tuple(code.id for code in chosen):
                rows.set_reading(self._store, number, by, code, when, in_round)
            if chosen is not None and not source_rows.sources(self._store, counts=False, only=number)[0].read_by:
                source_rows.set_started(self._store, number, started=True)
        recorded = None if chosen is None else {code.path for code in chosen}
        return [
            reading
            for reading in self.list(name, who)
            if reading.round == in_round and (reading.code is None if recorded is None else reading.code in recorded)
        ]

    def remove(self, source: str, *, coder: str | None = None, codes: Names | None = None) -> Sequence[Reading]:
        """Remove the readings of a source by a coder, and return the removed readings.

        The default coder is the current coder. If the coder has an open round of coding, only readings of this round
        are removed. With `codes`, only readings for these codes and for codes below them are removed. Raises
        NotFoundError when there are no such readings or a name is unknown, AmbiguousError when a name is not unique.

        >>> [reading.source for reading in project.readings.remove("a1", coder="R1")]
        ['a1']
        """
        number = self._session.source_id(source)
        name = source_rows.name(self._store, number)
        who = self._coder(coder)
        named = None if codes is None else as_names(codes)
        chosen = None if named is None else {code.path: code.id for code in self._within(named)}
        in_round = round_rows.open_number(self._store, who)
        found = [
            reading
            for reading in self.list(name, who if who in self._coders() else None)
            if reading.coder == who and in_round in (1, reading.round) and (chosen is None or reading.code in chosen)
        ]
        if not found:
            others = source_rows.sources(self._store, counts=False, only=number)[0].read_by
            alone = "" if named is None else f"{_for(named)} alone"
            raise NotFoundError(f"{who} has no reading of “{name}”{alone}{_read_by(others)}")
        with self._session.act("reading remove", f"{name} by {who}{_for(named)}"):
            numbers = None if chosen is None else chosen.values()
            only = None if in_round == 1 else in_round
            rows.remove(self._store, number, who, numbers, only)
        return found

    def due(self, coder: str | None = None) -> tuple[ReadingDue, ...]:
        """Return the sources that must be read again for a code, ordered by source and code.

        A source must be read again if one of these events is later than its reading:

        - the code was added;
        - another code was merged into the code;
        - the code was marked for reading again (`codes.set`).

        The newest reading by any coder counts. With `coder`, the newest reading by this coder counts. Retired codes are
        left out, and so are sources that nobody has read. A source that was read only for some codes is included only
        for these codes. Raises NotFoundError when the coder is unknown, AmbiguousError when the name is not unique.

        >>> project.codes.set("New staff positions", reread="Volunteers count too.").status
        'active'
        >>> [(due.source, due.because) for due in project.readings.due()][:1]
        [('a1', 'Volunteers count too.')]
        """
        whole, single = rows.times(self._store, self._ids(coder))
        codes = [code for code in code_rows.codes(self._store) if code.status != "retired"]
        because = reasons_to_read_again(codes, code_rows.lineage(self._store))
        newest = max((code.read_since for code in codes), default="")
        return tuple(
            ReadingDue(name, code.path, because[code.id], code.read_since)
            for name, number in source_rows.source_ids(self._store).items()
            if whole.get(number, "" if number in single else newest) < newest
            for code in codes
            if "" < max(whole.get(number, ""), single.get(number, {}).get(code.id, "")) < code.read_since
        )

    def insert(self, reading: Reading) -> None:
        """Store a reading: the record that a coder has read a source to the end.

        The new reading replaces a reading of the same source by the same coder for the same code and round of coding.
        Call this inside an act (`with project.act(…)`, one step of undo). Raises InputError for an empty coder,
        NotFoundError when the source or the code is unknown, AmbiguousError when it is not unique.

        >>> with project.act("reading add", "a1 by Ana"):
        ...     project.readings.insert(Reading("a1", "Ana", "2026-11-28T16:30:00Z"))
        """
        if not reading.coder.strip():
            raise InputError("A reading needs its coder.")
        source = self._session.source_id(reading.source)
        coder = study_rows.coder_id(self._store, reading.coder)
        code = None if reading.code is None else self._session.code(reading.code).id
        rows.set_reading(self._store, source, coder, code, reading.at, reading.round)

    def _coders(self) -> tuple[str, ...]:
        return tuple(coder.name for coder in study_rows.coders(self._store))

    def _ids(self, coder: str | None) -> tuple[int, ...]:
        """Return the id of a coder. If `coder` is None, return an empty tuple."""
        ids = {each.name: each.id for each in study_rows.coders(self._store)}
        return () if coder is None else (ids[resolve_name("coder", coder, ids)],)

    def _coder(self, given: str | None) -> str:
        """Return the name of a coder in the spelling of the study. If `given` is None, return the current coder."""
        name = self._session.coder if given is None else given.strip()
        if not name:
            raise InputError("A reading needs its coder.")
        return identical(name, self._coders()) or name

    def _within(self, names: Iterable[str]) -> Sequence[Code]:
        """Return the named codes and the codes below them, each once, in the order of the codebook."""
        tops = [self._session.code(name).path for name in names]
        if not tops:
            raise InputError("No code was given: leave `codes` out for a reading for all codes.")
        return [
            code
            for code in code_rows.codes(self._store)
            if any(code.path == top or is_within(code.path, top) for top in tops)
        ]


def reasons_to_read_again(codes: Iterable[Code], lineage: dict[int, tuple[Lineage, ...]]) -> dict[int, str]:
    """Return a map: code id → reason why a source that was read earlier must be read again for this code.

    A reason is a text such as `the code is newer than the reading`. `lineage` is a map: code id → events in the history
    of the code.
    """
    return {code.id: _reason(code, lineage.get(code.id, ())) for code in codes}


def _reason(code: Code, events: Sequence[Lineage]) -> str:
    if code.read_since > code.since:
        for event in reversed(events):
            if event.since == code.read_since:
                words = {"merged": f"it took in “{event.path}”", "split": f"split from “{event.path}”"}
                return words.get(event.event) or event.note
    return "the code is newer than the reading"


def _for(codes: Sequence[str] | None) -> str:
    return "" if codes is None else f" for {listed(one_line(name, 60) for name in codes)}"


def _read_by(coders: Sequence[str]) -> str:
    return f"; it is read by {listed(coders)}." if coders else ": nobody has read it."


def _instant(at: str) -> str:
    from sibtui.formats.codec.timestamps import instant

    try:
        return instant(at)
    except ValueError:
        raise InputError(
            f"“{one_line(str(at), 40)}” is not a time: write 2026-11-28 or 2026-11-28T16:30:00Z."
        ) from None
