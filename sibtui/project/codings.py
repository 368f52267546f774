"""`project.codings`: adding, finding and changing codings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

import sibtui
from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.model.arguments import AnyPath, Names, Numbers, as_names, as_numbers, maybe_choice, maybe_whole, several
from sibtui.model.deprecation import renamed_arguments
from sibtui.model.filters import CodingFilter
from sibtui.model.names import resolve_name
from sibtui.model.records import CERTAINTIES, STANCES, Certainty, Coding, Stance
from sibtui.model.segments import Segment
from sibtui.model.text import listed, plural
from sibtui.project.coding_decisions import CodingDecisions
from sibtui.project.found_codings import FoundCodings
from sibtui.project.shared.keywords import coding_draft, filter_of
from sibtui.project.shared.resolve_filter import selection
from sibtui.store import codes as code_rows
from sibtui.store import codings as rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows
from sibtui.store import undecided as undecided_rows

if TYPE_CHECKING:
    from sibtui.project.importing.coding_rows import CodingRowBuilder


class Codings(FoundCodings, CodingDecisions):
    """`project.codings`: the codes applied to segments of texts, each with its cases, stance and certainty.

    >>> coding = project.codings.get(12)
    >>> coding.source, coding.code, coding.cases
    ('a1', 'SIB structure and partners/Setting outcomes', ('SIB A',))
    """

    def find(self, source: str, quote: str, *, nth: int | None = None) -> sibtui.QuoteMatch:
        """Return the place of a quote in a source, and a score (0-100) for the similarity of the words there.

        If the quote occurs several times, `nth` chooses one place, counted from 1. Raises NotFoundError when the source
        is unknown, no place is similar enough, or there is no place `nth`. Raises AmbiguousError when the source is not
        unique, or when there are several places and `nth` is None.

        >>> match = project.codings.find("a1", "a person who needs none of them")
        >>> match.segment, match.how
        (Segment(start=2339, end=2370), 'exact')
        """
        from sibtui.model.quotes import locate

        return locate(source_rows.text(self._store, self._session.source_id(source)), quote, nth=nth)

    def _row_builder(self, coder: str | None = None) -> CodingRowBuilder:
        from sibtui.project.importing.coding_rows import CodingRowBuilder

        return CodingRowBuilder(self._session, coder)

    @renamed_arguments(draft="source")
    def add(
        self, source: sibtui.CodingDraft | str, code: str | None = None, **fields: Unpack[sibtui.NewCodingFields]
    ) -> Coding:
        """Apply a code to a segment or to a quote, and return the coding.

        Pass the name of the source, the path of the code and further fields, or pass a draft. Raises ConflictError
        when the coding exists already, InputError for a segment without a visible character, and NotFoundError for
        an unknown source, code, case or quote. If a quote occurs several times, `nth` must choose one; otherwise
        AmbiguousError is raised.

        >>> coding = project.codings.add("a1", "Trust before", quote="they trust until March", stance="counters")
        >>> coding.code, coding.segment
        ('Assessment, planning and risk/Trust before assessment', Segment(start=3425, end=3447))
        """
        draft = coding_draft(source, code, fields)
        with self._session.act("coding add", f"{draft.code} in {draft.source}") as act:
            placing = self._row_builder(draft.coder)
            row, cases, _ = placing.place(draft)
            if rows.exists(self._store, row):
                raise ConflictError(f"“{draft.source}” {row[3]}:{row[4]} has this coding already.")
            first, _ = rows.add_codings(self._store, [(row, cases)])
            added = self._coding(first)
            act.summary = f"{added.code} in {added.source} {added.segment}"
        return added

    def import_(
        self,
        drafts: sibtui.CodingDraft | Iterable[sibtui.CodingDraft],
        *,
        new_codes: bool = False,
        update: bool = False,
        dry_run: bool = False,
        strict: bool = True,
        progress: Callable[[int], None] | None = None,
    ) -> sibtui.CodingsImported:
        """Add codings as one act (one step of undo). Return how many were added, and the drafts that were refused.

        Codings that the study already has are skipped. With `strict`, nothing is added if a draft is refused. A draft
        may differ from an existing coding with the same coder, place and code. With `update`, this coding is changed;
        without `update`, the draft is refused. Fields of the draft that are None are not compared. With `new_codes`,
        missing codes are added. With `dry_run`, nothing is stored. `progress` receives the number of codings done, and
        may raise to cancel.

        >>> drafts = [CodingDraft("a1", "Wider system", quote="they trust until March"), CodingDraft("a1", "Leaving", quote="?")]
        >>> result = project.codings.import_(drafts, dry_run=True)
        >>> result.added, len(result.refused)
        (0, 1)
        """
        from sibtui.project.importing.coding_import import import_codings

        return import_codings(
            self._session,
            several(drafts, sibtui.CodingDraft),
            new_codes=new_codes, update=update, dry_run=dry_run, strict=strict, progress=progress,
        )  # fmt: skip

    def import_table(
        self,
        file: AnyPath | bytes,
        options: sibtui.CodingTableOptions | None = None,
        *,
        name: str = "",
        new_codes: bool = False,
        update: bool = False,
        dry_run: bool = False,
        strict: bool = False,
        accept: float | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> sibtui.CodingsImported:
        r"""Add the codings in a table (.csv, .tsv, .xlsx) as one act (one step of undo).

        Return how many codings were added, and the rows that were refused. `options` names the columns, and states how
        codes are written. The source of a row is given by its name (with or without a file extension), or by the name
        of its original file.

        A row is added only if its place is certain. If its quote occurs several times, the order of the rows must show
        the right place. A refused row is returned with the passage that is most similar to its quote, and with the
        score of this passage (0-100). If the score is at least `accept`, the row is added at this passage instead. With
        `strict`, all rows are added or none.

        `name` is the name of the file if `file` is its bytes. The other arguments are those of `import_`.

        Raises InputError when the file cannot be read, is not a table, or lacks a column. Raises OutOfRangeError for an
        `accept` outside its range.

        >>> table = b"Document,Quote,Code\na1,they trust until March,Wider system"
        >>> project.codings.import_table(table, name="table.csv").added
        1
        """
        from sibtui.project.importing.coding_tables import import_table

        return import_table(
            self._session, file, options, name=name,
            new_codes=new_codes, update=update, dry_run=dry_run, strict=strict, accept=accept, progress=progress,
        )  # fmt: skip

    def insert(self, drafts: Iterable[sibtui.CodingDraft]) -> int:
        """Add codings without a search for duplicates, and return the number of codings added.

        Call this inside an act (`with project.act(…)`, one step of undo). Raises the error of the first invalid
        draft.

        >>> with project.act("coding import", "codings"):
        ...     project.codings.insert([CodingDraft("a1", "New staff positions", quote="they trust until March")])
        1
        """
        from sibtui.project.importing.coding_rows import CodingRowBuilder

        placing = CodingRowBuilder(self._session, None, retired=True, partial=False, in_round=False)
        open_places: list[tuple[int, int, Segment, int]] = []

        def placed() -> Iterator[tuple[rows.NewCoding, tuple[int, ...]]]:
            for at, draft in enumerate(drafts):
                if draft.undecided:
                    row, cases, score = placing.place_undecided(draft)
                    open_places.append((at, row[0], Segment(row[3], row[4]), score))
                else:
                    row, cases, _ = placing.place(draft)
                yield row, cases

        first, count = rows.add_codings(self._store, placed())
        for at, source, segment, score in open_places:
            version = source_rows.versions(self._store, source)[-1][0]
            undecided_rows.put(self._store, (first + at, version, segment.start, segment.end, score))
        return count

    @renamed_arguments(wanted="criteria")
    def list(
        self,
        criteria: CodingFilter | None = None,
        *,
        limit: int | None = None,
        contexts: bool = True,
        **words: Unpack[sibtui.FilterWords],
    ) -> Iterator[Coding]:
        """Yield the codings that pass a filter, ordered by source and place.

        The filter is `criteria`, or its parts as keyword arguments. `limit` is the greatest number of codings. Without
        `contexts`, many codings are read faster, but their fields `before` and `after` are empty.

        Raises NotFoundError for an unknown name, InputError for a value that cannot be used.

        >>> [coding.source for coding in project.codings.list(code="Staff discretion", case="SIB A", stance="counters")]
        ['a1', 'a1', 'a2', 'a3', 'a4', 'a4', 'doc-a-performance', 'doc-a-programme', 'm2', 'm3']
        """
        limit = maybe_whole("limit", limit, 0)
        chosen = selection(self._session, filter_of(criteria, words))
        return rows.codings(self._store, chosen, paths=self._paths(chosen), limit=limit, contexts=contexts)

    def _paths(self, chosen: rows.Selection) -> dict[int, str]:
        """Return a map: code id → path, for all codes, or only for the codes that a filter chooses."""
        if chosen.sources is not None and len(chosen.sources) == 1:
            return code_rows.PathsAsNeeded(self._store)
        if chosen.codes is None or len(chosen.codes) > 10:
            return self._session.paths()
        return {code: code_rows.path(self._store, code) for code in chosen.codes}

    @renamed_arguments(wanted="criteria")
    def to_dicts(
        self,
        criteria: CodingFilter | None = None,
        *,
        limit: int | None = None,
        with_attributes: Names = (),
        **words: Unpack[sibtui.FilterWords],
    ) -> Sequence[dict[str, Any]]:
        """Return the codings of `list` as dicts, for data frames and JSON. The value of `cases` is a list of labels.

        The keys are `number` and the columns of `codings.csv`. Each attribute in `with_attributes` adds a key, such as
        `attribute:Stage`, with the values of the cases and the source. Raises the errors of `list`.

        >>> project.codings.to_dicts(code="Trust before", limit=1)[0]["cases"]
        ['SIB A']
        >>> project.codings.to_dicts(code="Trust before", limit=1, with_attributes="mode")[0]["attribute:mode"]
        'online'
        """
        from sibtui.formats.study_folder.codings_csv import attribute_columns
        from sibtui.project.shared.attribute_columns import AttributeColumns

        attributes = AttributeColumns(self._session, with_attributes)
        columns = attribute_columns(attributes.names)
        return [
            {
                "number": coding.id, "source": coding.source, "start": coding.segment.start, "end": coding.segment.end,
                "quote": coding.quote, "code": coding.code, "coder": coding.coder, "stance": coding.stance,
                "certainty": coding.certainty, "cases": list(coding.cases), "memo": coding.memo, "created": coding.created,
                "round": coding.round, "for_paper": coding.for_paper, "how": coding.how,
                **dict(zip(columns, attributes.values(coding.source, coding.cases), strict=True)),
            }
            for coding in self.list(criteria, limit=limit, contexts=False, **words)
        ]  # fmt: skip

    @renamed_arguments(wanted="criteria")
    def count(self, criteria: CodingFilter | None = None, **words: Unpack[sibtui.FilterWords]) -> int:
        """Return the number of codings that pass a filter: `criteria`, or its parts as keyword arguments.

        Raises the errors of `list`.

        >>> project.codings.count(stance="counters")
        50
        """
        if criteria is None and not words and self._session.blind is None:
            return int(self._store.scalar("SELECT count(*) FROM codings"))
        return rows.count(self._store, selection(self._session, filter_of(criteria, words)))

    def passages(self, where: str, *, union: bool = False) -> Iterator[sibtui.RelatedPassage]:
        """Yield the passages in which two codings are related as a query requires, ordered by source and place.

        `where` is a query with one relation, such as “inside”. A passage is the text that two related codings share.
        With `union`, a passage begins at the earlier start of the two codings, and ends at the later end. Each passage
        is yielded once, with the ids of the codings on both sides of the relation (`left` and `right`).

        Raises QueryError for a query that cannot be read or has no such relation. Some relations, such as “followed
        by”, find codings that share no text. For these relations, QueryError is raised if `union` is not set.

        >>> [passage] = project.codings.passages('code "Rate card" inside code "Setting outcomes" and source a4')
        >>> passage.left, passage.right
        ((156,), (157,))
        """
        from sibtui.project.retrieval.query_passages import related_passages

        return related_passages(self._session, where, union=union)

    def get(self, number: int) -> Coding:
        """Return the coding with this id.

        Raises NotFoundError when there is no such coding, or when the current coder may not see it in a blind round of
        coding.

        >>> project.codings.get(12).certainty
        'firm'
        """
        coding = self._coding(number)
        if self._session.hides(coding):
            raise NotFoundError(f"Coding {number} is hidden until the blind round ends.", "end-round")
        return coding

    def set(
        self,
        numbers: Numbers,
        *,
        code: str | None = None,
        segment: Segment | None = None,
        stance: Stance | None = None,
        certainty: Certainty | None = None,
        cases: Names | None = None,
        coder: str | None = None,
        memo: str | None = None,
        for_paper: bool | None = None,
    ) -> Sequence[Coding]:
        """Change fields of one or several codings, and return the codings. `numbers` are their ids.

        Arguments that are None change nothing. `cases=()` removes all cases. With `for_paper=True`, the quote is marked
        for the paper; with False, the mark is removed.

        Raises InputError for a value that cannot be used, and for a segment that is outside of the text or has no
        visible character. Raises NotFoundError for an unknown id, or when the name of a code or case is unknown,
        AmbiguousError when this name is not unique.

        >>> [coding] = project.codings.set(12, certainty="tentative", memo="Ask again.")
        >>> coding.certainty
        'tentative'
        """
        chosen, labels = as_numbers(numbers), None if cases is None else as_names(cases)
        if coder is not None and not coder.strip():
            raise InputError("A coder needs a name.")
        with self._session.act("coding set", f"coding {listed(map(str, chosen), 5)}"):
            fields: dict[str, object] = {
                "code_id": None if code is None else self._row_builder().code_id(code),
                "stance": maybe_choice("stance", stance, STANCES),
                "certainty": maybe_choice("certainty", certainty, CERTAINTIES),
                "memo": memo,
                "for_paper": None if for_paper is None else bool(for_paper),
                "coder_id": None if coder is None else study_rows.coder_id(self._store, coder),
            }
            changed = {name: value for name, value in fields.items() if value is not None}
            for coding in [self.get(number) for number in chosen]:
                if segment is not None:
                    self._place(coding, segment)
                if changed:
                    rows.set_fields(self._store, coding.id, changed)
                if labels is not None:
                    source = source_rows.source_ids(self._store)[coding.source]
                    rows.set_cases(self._store, coding.id, self._row_builder().case_ids(source, labels))
        return [self._coding(number) for number in chosen]  # a blind round hides a coding with another coder

    def _moved(self, coding: Coding, segment: Segment) -> dict[str, object]:
        from sibtui.project.importing.coding_rows import refuse_invisible

        text = source_rows.text(self._store, source_rows.source_ids(self._store)[coding.source])
        if segment.end > len(text):
            raise InputError(f"{segment} is outside of “{coding.source}”, which has {len(text)} code points.")
        refuse_invisible(segment, text, coding.source)
        return {"start": segment.start, "end": segment.end, "quote": segment.quote(text), **rows.NO_CONTEXT}

    def remove(self, numbers: Numbers) -> Sequence[Coding]:
        """Remove codings and return them. `numbers` are their ids. Raises NotFoundError for an unknown id.

        >>> [coding.source for coding in project.codings.remove([12, 64])]
        ['a1', 'a2']
        """
        chosen = as_numbers(numbers)
        shown = f"coding {chosen[0]}" if len(chosen) == 1 else f"{len(chosen)} codings"
        with self._session.act("coding remove", shown):
            removed = [self.get(number) for number in chosen]
            rows.remove(self._store, chosen)
        return removed

    def attribute(self, numbers: Numbers, cases: Names) -> Sequence[Coding]:
        """Set the cases of codings, and return the codings. `numbers` are their ids. Raises the errors of `set`.

        >>> [coding.cases for coding in project.codings.attribute([621, 634], ["SIB B", "SIB C"])]
        [('SIB B', 'SIB C'), ('SIB B', 'SIB C')]
        """
        return self.set(numbers, cases=cases)

    def attribute_by_speaker(
        self, source: str, speakers: Mapping[str, Names], *, pattern: str = ""
    ) -> sibtui.BySpeaker:
        r"""In a source, assign the cases of the speakers to codings without a case, as one act (one step of undo).

        Return how many codings of each speaker got cases, and how many still have no case. `speakers` is a map: name of
        a speaker → cases. If all speakers in a coding have the same cases, the coding gets these cases. Other codings
        stay without a case. `pattern` has the same meaning as in `sources.speakers`. Raises NotFoundError when a
        source, speaker or case is unknown, AmbiguousError when its name is not unique, InputError for a pattern that
        cannot be used.

        >>> draft = SourceDraft("e1", "Host: Why?\nGuest: We left.\n", cases=("SIB B", "SIB C"))
        >>> project.sources.add(draft)[0].outcome
        'added'
        >>> project.codings.add("e1", "Trust before", quote="We left").cases
        ()
        >>> project.codings.attribute_by_speaker("e1", {"Guest": "SIB B"}).given
        {'Guest': 1}
        """
        from sibtui.formats.sources.speakers import turns
        from sibtui.project.shared.speaker_turns import heard_in

        with self._session.act("coding attribute", f"codings in {source} by speaker") as act:
            number = self._session.source_id(source)
            found = turns(source_rows.text(self._store, number), pattern)
            known = tuple(dict.fromkeys(turn.speaker for turn in found))
            placing = self._row_builder()
            named: dict[str, list[str]] = {}
            for name, labels in speakers.items():
                named.setdefault(resolve_name("speaker", name, known), []).extend(as_names(labels))
            cases = {speaker: placing.case_ids(number, labels) for speaker, labels in named.items()}
            given: dict[str, int] = dict.fromkeys(cases, 0)
            waiting = 0
            for coding in list(self.list(CodingFilter(sources=(source,), unattributed=True))):
                heard = heard_in(coding.segment, found)
                attributions = {frozenset(cases.get(speaker, ())) for speaker in heard}
                if len(attributions) != 1 or not all(attributions):
                    waiting += 1
                    continue
                rows.set_cases(self._store, coding.id, cases[heard[0]])
                given[heard[0]] += 1
            act.summary = f"{plural(sum(given.values()), 'coding')} in {source} by speaker"

        return sibtui.BySpeaker(given, waiting, tuple(speaker for speaker in known if speaker not in cases))

    def undecided(self, source: str | None = None) -> Sequence[sibtui.UndecidedCoding]:
        """Return the codings whose place in a corrected text is uncertain, ordered by source and place.

        `source` selects one source. Raises NotFoundError when its name is unknown, AmbiguousError when it is not
        unique.

        >>> text = project.sources.text("a1").replace(project.codings.get(12).quote, "Nobody needs it")
        >>> corrected = project.sources.correct("a1", text)
        >>> [(each.coding.id, each.version) for each in project.codings.undecided()]
        [(12, 1)]
        """
        number = None if source is None else self._session.source_id(source)
        texts: dict[str, str] = {}
        found = []
        for coding_id, version, start, end, score in undecided_rows.of_source(self._store, number):
            coding = self._coding(coding_id)
            if self._session.hides(coding):
                continue
            if coding.source not in texts:
                texts = {coding.source: source_rows.text(self._store, self._session.source_id(coding.source))}
            words = coding.segment.quote(texts[coding.source])
            found.append(sibtui.UndecidedCoding(coding, version, Segment(start, end), words, score))
        return found

    def accept(self, numbers: Numbers) -> Sequence[Coding]:
        """Move codings to their proposed passages, and return the codings. `numbers` are their ids.

        The proposed passage is the passage of the corrected text that is most similar to the quote. The text of this
        passage becomes the quote of the coding. Raises ConflictError when the place of a coding is certain already,
        NotFoundError for an unknown id.

        >>> text = project.sources.text("a1").replace(project.codings.get(12).quote, "Nobody needs it")
        >>> corrected = project.sources.correct("a1", text)
        >>> [coding.quote for coding in project.codings.accept(12)]
        ['Nobody needs it']
        """
        chosen = as_numbers(numbers)
        shown = f"coding {chosen[0]}" if len(chosen) == 1 else f"{len(chosen)} codings"
        with self._session.act("coding set", shown):
            for coding in [self.get(number) for number in chosen]:
                if not coding.undecided:
                    raise ConflictError(f"The place of coding {coding.id} is certain already.")
                self._place(coding, coding.segment)
        return [self.get(number) for number in chosen]

    def _place(self, coding: Coding, segment: Segment) -> None:
        rows.set_fields(self._store, coding.id, self._moved(coding, segment))
        undecided_rows.remove(self._store, coding.id)

    def unattributed(self) -> Iterator[Coding]:
        """Yield the codings without a case, ordered by source and place.

        >>> [coding.id for coding in project.codings.unattributed()]
        [621, 634]
        """
        return self.list(CodingFilter(unattributed=True))
