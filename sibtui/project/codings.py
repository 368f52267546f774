"""`project.codings`: applying codes to segments, finding what was coded, changing it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from sibtui.errors import ConflictError, InputError, NotFoundError, SibtuiError
from sibtui.model.filters import CodingFilter
from sibtui.model.names import resolve_name
from sibtui.project.base import Noun
from sibtui.project.placing import Placing
from sibtui.project.selecting import selection
from sibtui.store import codes as code_rows
from sibtui.store import codings as rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sibtui.formats.speakers import Turn
    from sibtui.model.drafts import CodingDraft
    from sibtui.model.quotes import Found
    from sibtui.model.records import Certainty, Coding, Stance
    from sibtui.model.segments import Segment
    from sibtui.project.outcomes import BySpeaker, CodingsImported, Tally
    from sibtui.store.codings import NewCoding


class _DryRunError(Exception):
    """Ends an act that was only tried, so that it is rolled back."""


class Codings(Noun):
    def find(self, source: str, quote: str, *, nth: int | None = None) -> Found:
        """Where a quote is in a source: exactly, with other blanks, or nearly, with the score. See `model.quotes.locate` for errors."""
        from sibtui.model.quotes import locate  # noqa: PLC0415 - codings given by segments need no search

        return locate(source_rows.text(self._store, self._session.source_id(source)), quote, nth=nth)

    def add(self, draft: CodingDraft) -> Coding:
        """Apply a code to a segment, or to the place of a quote. ConflictError when that coding is there already."""
        with self._session.act("coding add", f"{draft.code} in {draft.source}") as act:
            placing = Placing(self._session, draft.coder)
            row, cases, _ = placing.place(draft)
            if rows.is_there(self._store, row):
                raise ConflictError(f"“{draft.source}” {row[3]}:{row[4]} is coded so already.")
            first, _ = rows.add_codings(self._store, [(row, cases)])
            added = self.get(first)
            act.summary = f"{added.code} in {added.source} {added.segment}"
        return added

    def import_(
        self,
        drafts: Iterable[CodingDraft],
        *,
        new_codes: bool = False,
        dry_run: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> CodingsImported:
        """Add codings as one act: all, or none when one is refused. Those that are there already are skipped.

        `new_codes`: a code that is not in the codebook is made. `progress` is told the number of codings dealt with, now and
        then.
        """
        from sibtui.project.outcomes import CodingsImported, Tally  # noqa: PLC0415 - keeps the start short

        tally = Tally()
        added = 0
        try:
            with self._session.act("coding import", "codings") as act:
                placing = Placing(self._session, None)
                if new_codes:
                    drafts = list(drafts)
                    tally.new_codes = self._make_codes(drafts)
                _, added = rows.add_codings(self._store, self._placed(drafts, placing, tally, progress))
                act.summary = f"{added} coding" + "s" * (added != 1)
                if dry_run or tally.refused:
                    raise _DryRunError  # noqa: TRY301 - it has to leave the act for the act to be rolled back
        except _DryRunError:
            added = 0 if tally.refused else added
        return CodingsImported(
            added, tally.same, tuple(tally.nearly), tuple(tally.refused), tally.unattributed, tuple(tally.new_codes)
        )

    def _make_codes(self, drafts: Iterable[CodingDraft]) -> Sequence[str]:
        """Make the codes that drafts name and the codebook does not have, inside an act; their paths.

        Whole paths count: a name that is a part of some other code's must not bring codings to that one.
        """
        from sibtui.model.codebook import split_path  # noqa: PLC0415 - a rare thing to do
        from sibtui.model.drafts import CodeDraft  # noqa: PLC0415
        from sibtui.project.codes import Codes  # noqa: PLC0415

        named = dict.fromkeys(draft.code for draft in drafts)
        missing = [code for code in named if code_rows.find(self._store, split_path(code)) is None]
        Codes(self._session).insert(CodeDraft(code, origin="imported") for code in missing)
        return missing

    def _placed(
        self,
        drafts: Iterable[CodingDraft],
        placing: Placing,
        tally: Tally,
        progress: Callable[[int], None] | None,
    ) -> Iterator[tuple[NewCoding, Sequence[int]]]:
        for count, draft in enumerate(drafts, 1):
            if progress is not None and count % 1000 == 0:
                progress(count)
            try:
                row, cases, found = placing.place(draft)
            except SibtuiError as error:
                tally.refuse(draft, str(error))
                continue
            if placing.is_there(row):
                tally.same += 1
                continue
            if found is not None and found.how == "fuzzy":
                tally.nearly.append((draft, found))
            tally.unattributed += not cases
            yield row, cases

    def insert(self, drafts: Iterable[CodingDraft]) -> int:
        """Add codings of a whole study inside an act, duplicates too; the first that cannot be placed ends it. How many."""
        placing = Placing(self._session, None, retired=True)
        return rows.add_codings(self._store, (placing.place(draft)[:2] for draft in drafts))[1]

    def list(self, wanted: CodingFilter | None = None, *, limit: int | None = None) -> Iterator[Coding]:
        """The codings that fit, in the order of sources and places, streamed."""
        chosen = selection(self._session, wanted or CodingFilter())
        return rows.codings(self._store, chosen, paths=self._paths(chosen), limit=limit)

    def _paths(self, chosen: rows.Selection) -> dict[int, str]:
        """The paths of the codes that may occur: asking for a few, one by one, costs less than the codebook."""
        if chosen.codes is None or len(chosen.codes) > 10:
            return self._session.paths()
        return {code: code_rows.path(self._store, code) for code in chosen.codes}

    def count(self, wanted: CodingFilter | None = None) -> int:
        if wanted is None:
            return int(self._store.one("SELECT count(*) FROM codings"))
        return len(rows.ids(self._store, selection(self._session, wanted)))

    def get(self, number: int) -> Coding:
        """The coding with this number. NotFoundError when there is none."""
        coding = rows.coding(self._store, number)
        if coding is None:
            raise NotFoundError(f"There is no coding {number}: `sibtui coding list` shows their numbers.")
        return coding

    def set(
        self,
        numbers: int | Sequence[int],
        *,
        code: str | None = None,
        segment: Segment | None = None,
        stance: Stance | None = None,
        certainty: Certainty | None = None,
        cases: Sequence[str] | None = None,
        coder: str | None = None,
        memo: str | None = None,
    ) -> Sequence[Coding]:
        """Change what is given, of one coding or of several at once. `cases=()` takes their attribution away."""
        chosen = (numbers,) if isinstance(numbers, int) else tuple(numbers)
        if coder is not None and not coder.strip():
            raise InputError("A coder needs a name.")
        with self._session.act(
            "coding set", f"coding {', '.join(map(str, chosen[:5]))}" + ("…" if len(chosen) > 5 else "")
        ):
            fields: dict[str, object] = {
                "code_id": None if code is None else Placing(self._session, None).code_id(code),
                "stance": stance,
                "certainty": certainty,
                "memo": memo,
                "coder_id": None if coder is None else study_rows.coder_id(self._store, coder),
            }
            told = {name: value for name, value in fields.items() if value is not None}
            for coding in [self.get(number) for number in chosen]:
                if segment is not None:
                    told |= self._moved(coding, segment)
                if told:
                    rows.set_fields(self._store, coding.id, told)
                if cases is not None:
                    source = source_rows.source_ids(self._store)[coding.source]
                    rows.set_cases(self._store, coding.id, Placing(self._session, None).case_ids(source, cases))
        return [self.get(number) for number in chosen]

    def _moved(self, coding: Coding, segment: Segment) -> dict[str, object]:
        text = source_rows.text(self._store, source_rows.source_ids(self._store)[coding.source])
        if segment.end > len(text):
            raise InputError(f"{segment} is outside of “{coding.source}”, which has {len(text)} code points.")
        before, after = segment.context(text)
        return {
            "start": segment.start, "end": segment.end, "quote": segment.quote(text), "before": before, "after": after,
        }  # fmt: skip

    def remove(self, numbers: int | Sequence[int]) -> Sequence[Coding]:
        """Remove codings; what was removed."""
        chosen = (numbers,) if isinstance(numbers, int) else tuple(numbers)
        shown = f"coding {chosen[0]}" if len(chosen) == 1 else f"{len(chosen)} codings"
        with self._session.act("coding remove", shown):
            removed = [self.get(number) for number in chosen]
            rows.remove(self._store, chosen)
        return removed

    def attribute(self, numbers: int | Sequence[int], cases: Sequence[str]) -> Sequence[Coding]:
        """Tell which cases codings speak of."""
        return self.set(numbers, cases=cases)

    def attribute_by_speaker(self, source: str, speakers: Mapping[str, Sequence[str]]) -> BySpeaker:
        """Give a source's codings that wait for their case to the cases that their speakers speak of, as one act.

        `speakers` maps names, as they stand before the colons of the text, to cases. A coding is attributed when all of it is
        said by speakers of the same cases, nobody else in between; the others wait on. NotFoundError for a name that
        does not speak in the source.
        """
        from sibtui.formats.speakers import turns  # noqa: PLC0415 - a rare thing to do

        with self._session.act("coding attribute", f"codings in {source} by speaker") as act:
            number = self._session.source_id(source)
            found = turns(source_rows.text(self._store, number))
            known = tuple(dict.fromkeys(turn.speaker for turn in found))
            placing = Placing(self._session, None)
            cases = {
                resolve_name("speaker", name, known): placing.case_ids(number, labels)
                for name, labels in speakers.items()
            }
            given: dict[str, int] = dict.fromkeys(cases, 0)
            waiting = 0
            for coding in list(self.list(CodingFilter(sources=(source,), unattributed=True))):
                heard = _heard(coding.segment, found)
                said = {frozenset(cases.get(speaker, ())) for speaker in heard}
                if len(said) != 1 or not all(said):
                    waiting += 1
                    continue
                rows.set_cases(self._store, coding.id, cases[heard[0]])
                given[heard[0]] += 1
            act.summary = f"{sum(given.values())} codings in {source} by speaker"
        from sibtui.project.outcomes import BySpeaker  # noqa: PLC0415 - keeps the start short

        return BySpeaker(given, waiting, tuple(speaker for speaker in known if speaker not in cases))

    def unattributed(self) -> Iterator[Coding]:
        """The queue: codings that wait for their case."""
        return self.list(CodingFilter(unattributed=True))


def _heard(segment: Segment, turns: Sequence[Turn]) -> tuple[str, ...]:
    """Who speaks in a segment, in order; nobody when some of it stands before the first turn."""
    if not turns or segment.start < turns[0].segment.start:
        return ()
    starts = [turn.segment.start for turn in turns]
    first, last = bisect_right(starts, segment.start) - 1, bisect_left(starts, segment.end)
    return tuple(dict.fromkeys(turn.speaker for turn in turns[first:last]))
