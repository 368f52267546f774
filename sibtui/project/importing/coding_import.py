"""The import of codings from drafts.

A draft becomes a new coding, equals an existing coding, differs from an existing coding, or is refused.
"""

from __future__ import annotations

from array import array
from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.errors import SibtuiError
from sibtui.formats.codec.quote_review import BestMatches
from sibtui.model.folding import fold
from sibtui.model.quote_match import QuoteMatch
from sibtui.model.quotes import starts_of
from sibtui.model.segments import Segment
from sibtui.model.text import listed
from sibtui.project.importing.coding_rows import CodingRowBuilder
from sibtui.project.importing.new_codes import make_codes, namesakes, without_unused
from sibtui.project.importing.repeated_quotes import OrderedRow, are_in_order, places_by_order
from sibtui.project.importing.seen_places import SeenPlaces
from sibtui.project.results import ChangedCoding, CodingsImported, Refused, Tally
from sibtui.store import cases as case_rows
from sibtui.store import codings as rows
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sibtui.model.drafts import CodingDraft
    from sibtui.project.importing.seen_places import CodingPlace
    from sibtui.project.shared.base import Session
    from sibtui.store.codings import Existing, NewCoding

EXAMPLES = 10
"""The largest number of new codings that the result of an import lists as examples."""
_YES_NO = ("no", "yes")


class _Placed:
    """A draft with a known place, together with its database row, the ids of its cases, and the match of its quote."""

    __slots__ = ("cases", "draft", "found", "row")

    @property
    def match(self) -> QuoteMatch:
        """The match of the quote in the text. If the offsets in the draft are right, the match is exact."""
        return self.found or QuoteMatch(Segment(self.row[3], self.row[4]), "exact", 100.0)

    def __init__(self, draft: CodingDraft, row: NewCoding, cases: tuple[int, ...], found: QuoteMatch | None) -> None:
        self.draft, self.row, self.cases, self.found = draft, row, cases, found


class CodingImport:
    """Sorts drafts into new codings, codings that exist already, changes of existing codings, and refused drafts.

    If a quote does not occur in its text, the draft gets the most similar passage with a score of at least `accept`
    (0-100). If `accept` is None, such a draft is refused. The method `new` yields the new codings, and `update` stores
    the changes. Use this inside an act (`with session.act(…)`, one step of undo).
    """

    def __init__(self, session: Session, progress: Callable[[int], None] | None, accept: float | None = None) -> None:
        self.tally = Tally()
        self._store = session.store
        self._blind = session.blind
        self._placing = CodingRowBuilder(session, None, partial=False, from_file=True)
        self._progress = progress
        self._accept = accept
        self._matches = BestMatches()
        self._existing: dict[int, dict[tuple[int, int, int, int, int], list[Existing]]] = {}
        self._seen = SeenPlaces()
        self._matched: set[int] = set()
        self._unlike: dict[CodingPlace, list[_Placed]] = {}
        self._updates: list[tuple[Existing, _Placed]] = []
        self._order: dict[int, array[int]] = {}
        """A map: source → three numbers for each of its rows: number of the row, start in the text, code."""
        self._code_numbers: dict[int, int] = {}
        self._repeated: dict[int, list[tuple[int, CodingDraft, SibtuiError]]] = {}

    def new(self, drafts: Iterable[CodingDraft]) -> Iterator[tuple[NewCoding, Sequence[int]]]:
        """Yield (database row, ids of the cases) for each new coding. All other drafts are counted in `tally`.

        Two kinds of drafts are handled last, because other drafts are needed to decide about them:

        - drafts with a quote that occurs several times in the text;
        - drafts that differ from all existing codings at their place.
        """
        for count, draft in enumerate(drafts, 1):
            if self._progress is not None and count % 1000 == 0:
                self._progress(count)
            placed = self._place(draft, count)
            if placed is not None and self._is_new(placed):
                yield self._counted(placed)
        for placed in self._in_order():
            if self._is_new(placed):
                yield self._counted(placed)
        for place, unlike in self._unlike.items():
            left = [one for one in self._existing_at(place) if one.id not in self._matched]
            if not left:
                self._refuse_beside_unchanged(self._existing_at(place), unlike)
            elif len(left) == len(unlike) == 1:
                self._change(left[0], unlike[0])
            else:
                self._refuse_ambiguous(left, unlike)

    def _place(self, draft: CodingDraft, number: int) -> _Placed | None:
        """Return a draft with its place. Return None if the draft is refused, or if its quote occurs several times.

        `number` is the position of the draft in the file. Drafts with a repeated quote are collected for `_in_order`.
        """
        try:
            placed = _Placed(draft, *self._placing.place(draft))
        except SibtuiError as error:
            if error.hint == "nth" and draft.segment is None:
                source, _ = self._placing.source_and_text(draft.source)
                self._repeated.setdefault(source, []).append((number, draft, error))
                return None
            return self._refused(draft, error)
        row = placed.row
        self._order.setdefault(row[0], array("I")).extend((number, row[3], self._code_number(row[1])))
        if draft.segment is not None and placed.found is not None:
            self.tally.moved.append((draft, placed.found))
        return placed

    def _in_order(self) -> Iterator[_Placed]:
        """Yield the drafts whose quotes occur several times, each with its place.

        The order of the drafts decides the place. If it does not give one place, the draft is passed to `_refused`.
        """
        in_order = bool(self._repeated) and are_in_order(numbers[1::3] for numbers in self._order.values())
        for source, repeated in self._repeated.items():
            numbers = self._order.get(source, array("I"))
            triples = zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)
            rows = [OrderedRow(number, code, (start,)) for number, start, code in triples]
            rows += [self._open_row(number, draft) for number, draft, _ in repeated]
            places = places_by_order(rows, in_order=in_order)
            for number, draft, error in repeated:
                if number not in places:
                    placed = self._refused(draft, error)
                else:
                    placed = _Placed(draft, *self._placing.place(replace(draft, nth=places[number] + 1)))
                    self.tally.ordered.append((draft, placed.match))
                if placed is not None:
                    yield placed

    def _open_row(self, number: int, draft: CodingDraft) -> OrderedRow:
        _, text = self._placing.source_and_text(draft.source)
        quote, code = draft.quote or "", self._code_number(self._placing.code_id(draft.code))
        return OrderedRow(number, code, starts_of(text, quote), (fold(quote), code, draft.coder), is_open=True)

    def _code_number(self, code: int) -> int:
        """Return a small number for a code. The id of the code itself can be too large for the array of places."""
        return self._code_numbers.setdefault(code, len(self._code_numbers))

    def _refused(self, draft: CodingDraft, error: SibtuiError) -> _Placed | None:
        """Return the draft with the most similar passage as its place, if the score of the passage is high enough.

        Otherwise refuse the draft, and return None. `error` is the reason why the draft could not be placed.
        """
        problem = self._placing.problem(draft, error)
        best, score, text = self._best(draft)
        if problem == "quote" and best is not None and self._accept is not None and score >= self._accept:
            row, cases, _ = self._placing.place(replace(draft, segment=best, quote=None))
            return _Placed(draft, row, cases, QuoteMatch(best, "fuzzy", score))
        hint = (
            "" if error.hint == "nth" else error.hint
        )  # this hint names an option of one coding; in a table, a column chooses one of several places
        if problem == "code" and self._placing.are_joined(draft.code):
            hint = "split-codes"
        best_text = "" if best is None else best.quote(text)
        self.tally.refused.append(Refused(draft, str(error), hint, problem, best, score, best_text))
        return None

    def _best(self, draft: CodingDraft) -> tuple[Segment | None, float, str]:
        """Return (most similar passage or None, score of the passage, text of the source) for a draft."""
        try:
            _, text = self._placing.source_and_text(draft.source)
        except SibtuiError:
            return None, 0.0, ""
        segment = draft.segment
        if draft.quote is not None:
            return *self._matches.find(text, draft.quote, segment.start if segment else 0), text
        fits = segment is not None and segment.end <= len(text)
        return segment if fits else None, 100.0 if fits else 0.0, text

    def _is_new(self, placed: _Placed) -> bool:
        place = (*placed.row[:5], placed.row[13])
        existing = self._existing_at(place)
        if not existing:
            return self._is_new_in_file(placed, place)
        like = [one.id for one in existing if not _differences(placed, one)]
        if like:
            self._matched.update(like)
            self.tally.same += 1
        elif self._is_hidden(placed):
            why = "it would change a coding that the open blind round hides."
            self._refuse_as_different(placed, why, "end-round")
        else:
            self._unlike.setdefault(place, []).append(placed)
        return False

    def _is_hidden(self, placed: _Placed) -> bool:
        """Return whether a draft would change codings that a blind round of the current coder hides.

        The round hides all codings of other coders or rounds.
        """
        blind = self._blind
        return blind is not None and (placed.row[2], placed.row[13]) != (blind.coder, blind.number)

    def _is_new_in_file(self, placed: _Placed, place: CodingPlace) -> bool:
        """Return whether a draft is a new coding: no earlier draft of the same import equals it.

        Call this only if the study has no coding at the place of the draft. If an earlier draft at this place has the
        opposite stance, the draft is refused.
        """
        seen = self._seen.at(place)
        own = (placed.row[5], placed.row[6], placed.row[10], placed.cases)
        if own in seen:
            self.tally.same += 1
            return False
        opposite = next((fields[0] for fields in seen if fields[0] != own[0]), None)
        if opposite is None:
            self._seen.set(place, (*seen, own))
            return True
        self._refuse_as_different(
            placed,
            f"its stance is {own[0]}, but an earlier row has {opposite} for the same coder, code and words:"
            " leave one of them out.",
        )
        return False

    def _existing_at(self, place: CodingPlace) -> Sequence[Existing]:
        """Return the codings that the study had at a place before the import."""
        source = place[0]
        existing = self._existing.get(source)
        if existing is None:
            existing = self._existing[source] = rows.existing(self._store, source)
        return existing.get(place[1:], ())

    def _counted(self, placed: _Placed) -> tuple[NewCoding, Sequence[int]]:
        if placed.found is not None and placed.found.how == "fuzzy":
            self.tally.nearly.append((placed.draft, placed.found))
        if placed.found is not None and placed.found.how == "cut":
            self.tally.cut.append((placed.draft, placed.found))
        self.tally.unattributed += not placed.cases
        if len(self.tally.examples) < EXAMPLES:
            source = source_rows.name(self._store, placed.row[0])
            example = replace(placed.draft, source=source, segment=Segment(*placed.row[3:5]), quote=placed.row[7])
            self.tally.examples.append(example)
        return placed.row, placed.cases

    def _change(self, one: Existing, placed: _Placed) -> None:
        labels = case_rows.labels(self._store)
        before, after = _facts(one, labels), _given(placed, labels)
        differences = {field: (before[field], after[field]) for field in after if field in _differences(placed, one)}
        self.tally.changed.append(ChangedCoding(placed.draft, one.id, differences))
        self._updates.append((one, placed))

    def _refuse_ambiguous(self, left: Sequence[Existing], unlike: Sequence[_Placed]) -> None:
        numbers = ", ".join(str(one.id) for one in left)
        for placed in unlike:
            self._refuse_as_different(
                placed,
                f"it differs from the codings at this place ({numbers}), and may be a change of any of them:"
                " change one by its number, or remove it first.",
            )

    def _refuse_beside_unchanged(self, matched: Sequence[Existing], unlike: Sequence[_Placed]) -> None:
        """Refuse the drafts `unlike`, which differ from all existing codings at their place.

        `matched` are these existing codings. The file has them too, unchanged. So no draft in `unlike` is a change
        of any of them.
        """
        numbers = ", ".join(str(one.id) for one in matched)
        which = (
            f"coding {numbers}, which the file has" if len(matched) == 1 else f"codings {numbers}, which the file has"
        )
        for placed in unlike:
            fields = listed(dict.fromkeys(name for one in matched for name in _differences(placed, one)))
            self._refuse_as_different(
                placed, f"it differs in {fields} from {which} unchanged too: leave one of the rows out."
            )

    def _refuse_as_different(self, placed: _Placed, why: str, hint: str = "") -> None:
        place = Segment(placed.row[3], placed.row[4])
        self.tally.refused.append(Refused(placed.draft, why, hint, "differs", place, 100.0, placed.row[7]))

    def update(self) -> None:
        """Store the changes: each existing coding that differs from its draft gets the values of the draft."""
        for one, placed in self._updates:
            unlike = _differences(placed, one)
            row = placed.row
            fields = {"stance": row[5], "certainty": row[6], "memo": row[10], "for_paper": row[14]}
            if changed := {name: value for name, value in fields.items() if name in unlike}:
                rows.set_fields(self._store, one.id, changed)
            if "cases" in unlike:
                rows.set_cases(self._store, one.id, placed.cases)


def _differences(placed: _Placed, one: Existing) -> tuple[str, ...]:
    """Return the fields in which a draft differs from a coding. Fields that are None in the draft are ignored."""
    draft, row = placed.draft, placed.row
    unlike = (
        ("stance", draft.stance is not None and row[5] != one.stance),
        ("certainty", draft.certainty is not None and row[6] != one.certainty),
        ("memo", draft.memo is not None and row[10] != one.memo),
        ("cases", draft.cases is not None and set(placed.cases) != one.cases),
        ("for_paper", draft.for_paper is not None and row[14] != one.for_paper),
    )
    return tuple(name for name, differs in unlike if differs)


def _facts(one: Existing, labels: Mapping[int, str]) -> dict[str, str]:
    return {
        "stance": one.stance, "certainty": one.certainty, "memo": one.memo, "cases": _joined(one.cases, labels),
        "for_paper": _YES_NO[one.for_paper],
    }  # fmt: skip


def _given(placed: _Placed, labels: Mapping[int, str]) -> dict[str, str]:
    row = placed.row
    return {
        "stance": row[5], "certainty": row[6], "memo": row[10], "cases": _joined(placed.cases, labels), "for_paper": _YES_NO[row[14]],
    }  # fmt: skip


def _joined(cases: Iterable[int], labels: Mapping[int, str]) -> str:
    chosen = set(cases)
    return "; ".join(label for number, label in labels.items() if number in chosen)


class _DryRunError(Exception):
    """Raised to take back all changes of an import, after a dry run or a failure."""


def import_codings(
    session: Session,
    drafts: Iterable[CodingDraft],
    *,
    new_codes: bool = False,
    update: bool = False,
    dry_run: bool = False,
    strict: bool = True,
    accept: float | None = None,
    unread: Sequence[object] = (),
    progress: Callable[[int], None] | None = None,
) -> CodingsImported:
    """Add codings as one act (one step of undo). Return how many were added, and the drafts that were refused.

    `codings.import_` and `codings.import_table` describe the arguments. `unread` are rows of a table that could not be
    read as drafts. With `strict`, the import fails if there are such rows. The caller may add rows to `unread` while
    the drafts are read.
    """
    added, failed = 0, False
    try:
        with session.store.small_cache(), session.act("coding import", "codings") as act:
            coming = CodingImport(session, progress, accept)
            tally = coming.tally
            paths = session.paths() if new_codes else {}
            before = set(paths)
            if new_codes:
                drafts = list(drafts)
                tally.new_codes = make_codes(session, drafts)
                tally.namesakes = namesakes(tally.new_codes, paths.values())
            _, added = rows.add_codings(session.store, coming.new(drafts))
            if new_codes and tally.refused:
                tally.new_codes = without_unused(session, tally.new_codes, before)
            failed = strict and (bool(tally.refused) or bool(unread) or (bool(tally.changed) and not update))
            if dry_run or failed:
                raise _DryRunError  # noqa: TRY301 - it has to leave the act for the act to be rolled back
            if update:
                coming.update()
            act.summary = f"{added} coding" + "s" * (added != 1)
            act.summary += f" added, {len(tally.changed)} changed" if update and tally.changed else ""
    except _DryRunError:
        added = 0 if failed else added
    return tally.result(added, updated=update and not failed)
