"""`project.sources`: notes and documents, the cases that they touch, how far they are read and what they were asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sibtui.errors import ConflictError, InputError, SibtuiError
from sibtui.model.codebook import split_path
from sibtui.model.names import resolve_name
from sibtui.model.records import Source
from sibtui.model.text import one_line
from sibtui.project.base import Noun
from sibtui.project.cases import set_values
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import codings as coding_rows
from sibtui.store import integrity
from sibtui.store import sources as rows
from sibtui.store.codings import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sibtui.model.carry import Carried
    from sibtui.model.drafts import SourceDraft
    from sibtui.model.records import Asked, Coverage, Fidelity, Kind, Reading
    from sibtui.model.searching import Match
    from sibtui.project.outcomes import Added, Reattributed


class Sources(Noun):
    def list(
        self, *, kinds: Sequence[Kind] = (), case: str | None = None, reading: Reading | None = None
    ) -> Sequence[Source]:
        """All sources in their order, or those that fit; without their texts."""
        label = None if case is None else resolve_name("case", case, case_rows.case_ids(self._store))
        return [
            source
            for source in rows.sources(self._store)
            if (not kinds or source.kind in kinds)
            and (label is None or label in source.cases)
            and (reading is None or source.reading == reading)
        ]

    def names(self) -> Sequence[str]:
        """The names of all sources in their order, without counting anything."""
        return tuple(rows.source_ids(self._store))

    def get(self, name: str) -> Source:
        number = rows.find(self._store, name) or self._session.source_id(name)
        return rows.sources(self._store, only=number)[0]

    def text(self, name: str) -> str:
        """The text that all offsets of the source count."""
        return rows.text(self._store, self._session.source_id(name))

    def search(self, words: str, progress: Callable[[int, int], None] | None = None) -> Iterator[Match]:
        """The places where the words are, letter case aside, in the order of sources, streamed: one text at a time is held.

        `progress` is told (done, of) in sources before each of them; by raising it ends the search.
        """
        from sibtui.model.searching import matches, pattern  # noqa: PLC0415 - only a search needs it

        wanted = pattern(words)
        known = rows.source_ids(self._store)
        for done, (name, number) in enumerate(known.items()):
            if progress is not None:
                progress(done, len(known))
            yield from matches(name, rows.text(self._store, number), wanted)

    def add(self, drafts: Iterable[SourceDraft], *, strict: bool = False) -> Sequence[Added]:
        """Add sources, all in one act. A file that is there already is skipped.

        One that cannot be added is told, and does not hinder the others unless `strict`. A text is stored as it is given, so that
        offsets taken from it hold; one with a carriage return, which no reader of files gives, is refused.
        """
        report: list[Added] = []
        with self._session.act("source add", "sources") as act:
            report.extend(self._add_or_refuse(draft, strict=strict) for draft in drafts)
            names = [added.name for added in report if added.outcome == "added"]
            act.summary = f"source {names[0]}" if len(names) == 1 else f"{len(names)} sources"
        return report

    def _add_or_refuse(self, draft: SourceDraft, *, strict: bool) -> Added:
        from sibtui.project.outcomes import Added  # noqa: PLC0415 - keeps the start short

        draft = _trimmed(draft)
        same = rows.name_by_original(self._store, draft.sha256) if draft.sha256 else None
        if same is not None:
            return Added(draft, "same", same)
        try:
            with self._session.act("source add", draft.name):  # one that is refused leaves nothing behind
                return Added(draft, "added", draft.name, new_cases=self.insert(draft))
        except SibtuiError as error:
            if strict:
                raise
            return Added(draft, "refused", draft.name, str(error))

    def foresee(self, drafts: Iterable[SourceDraft]) -> Sequence[Added]:
        """What `add` would make of these as far as names and files tell, and the cases that would be new; nothing is stored."""
        from sibtui.project.outcomes import Added  # noqa: PLC0415 - keeps the start short

        names, files = set(rows.source_ids(self._store)), rows.originals(self._store)
        cases = set(case_rows.case_ids(self._store))
        report: list[Added] = []
        for draft in map(_trimmed, drafts):
            same = files.get(draft.sha256) if draft.sha256 else None
            why = "" if same is not None else _unfit(draft.name, taken=draft.name in names)
            if same is not None or why:
                report.append(Added(draft, "refused" if why else "same", same or draft.name, why))
                continue
            report.append(Added(draft, "added", draft.name, "", tuple(c for c in draft.cases if c not in cases)))
            names.add(draft.name)
            cases.update(draft.cases)
            files[draft.sha256] = draft.name
        return report

    def insert(self, draft: SourceDraft) -> tuple[str, ...]:
        """Add one source inside an act; the labels of cases that it made, being the first to name them."""
        why = _unfit(draft.name, taken=rows.find(self._store, draft.name) is not None)
        if why:
            raise (ConflictError if draft.name.strip() else InputError)(why)
        _refuse_carriage_returns(draft.name, draft.text)
        at = self._session.now()
        source = Source(
            0, draft.name, draft.title, draft.kind, draft.fidelity, draft.reading,
            (draft.read_at or at) if draft.reading == "read" else None, draft.added or at, (), 0, 1, "", "",
        )  # fmt: skip
        number = rows.add_source(self._store, source)
        rows.add_text(
            self._store,
            number,
            draft.text,
            sha256=_sha256(draft.text),
            original=draft.original,
            original_sha256=draft.sha256,
            at=source.added,
        )
        known = case_rows.case_ids(self._store)
        cases = (draft.cases_together,) if draft.cases_together in known else _trimmed(draft).cases
        new = tuple(label for label in dict.fromkeys(cases) if label not in known)
        for label in new:
            if not label:
                raise InputError("A case needs a label, and one of this source's has none.")
            case_rows.add_case(self._store, label, None)
        known = case_rows.case_ids(self._store)
        rows.set_cases(self._store, number, [known[label] for label in cases])
        set_values(self._session, "source", number, draft.attributes)
        return new

    def set(
        self,
        name: str,
        *,
        new_name: str | None = None,
        title: str | None = None,
        kind: Kind | None = None,
        fidelity: Fidelity | None = None,
        reading: Reading | None = None,
        cases: Sequence[str] | None = None,
        attributes: Mapping[str, Any] | None = None,
    ) -> Reattributed:
        """Change what is given; an attribute of None is taken away. `reading="read"` counts from now on.

        When the source touches one case after, codings that had no case, or only the one case that it touched before, go to it. A
        source is not taken off a case of which other codings of it speak.
        """
        with self._session.act("source set", f"source {name}"):
            source = self.get(name)
            wanted = source.name if new_name is None else new_name.strip()
            if not wanted or (wanted != source.name and rows.find(self._store, wanted) is not None):
                raise ConflictError(f"A source cannot be renamed to “{wanted}”: the name is taken or empty.")
            changed = replace(
                source,
                name=wanted,
                title=source.title if title is None else title,
                kind=kind or source.kind,
                fidelity=fidelity or source.fidelity,
                reading=reading or source.reading,
                read_at=self._read_at(source, reading),
            )
            if changed != source:
                rows.set_source(self._store, changed)
            if wanted != source.name:
                from sibtui.store import matrices as matrix_rows  # noqa: PLC0415 - keeps the start short

                matrix_rows.rename_column(self._store, "sources", source.name, wanted)
            moved = 0 if cases is None else self._set_cases(source, cases)
            set_values(self._session, "source", source.id, attributes or {})
        from sibtui.project.outcomes import Reattributed  # noqa: PLC0415 - keeps the start short

        return Reattributed(self.get(wanted), moved)

    def _read_at(self, source: Source, reading: Reading | None) -> str | None:
        if reading is None:
            return source.read_at
        return self._session.now() if reading == "read" else None

    def _set_cases(self, source: Source, labels: Sequence[str]) -> int:
        known = case_rows.case_ids(self._store)
        wanted = [known[resolve_name("case", label, known)] for label in labels]
        before = [known[label] for label in source.cases]
        rows.set_cases(self._store, source.id, wanted)
        if len(wanted) != 1:
            self._refuse_orphans(source)
            return 0
        there = Selection(sources=(source.id,))
        following = coding_rows.ids(self._store, replace(there, unattributed=True))
        if len(before) == 1 and before != wanted:
            following += coding_rows.ids(self._store, replace(there, cases=tuple(before)))
        for coding in following:
            coding_rows.set_cases(self._store, coding, wanted)
        self._refuse_orphans(source)
        return len(following)

    def _refuse_orphans(self, source: Source) -> None:
        """A source cannot be taken off a case of which its codings speak: what they cover would change silently."""
        orphans = [(number, case) for number, _, case in integrity.misattributed(self._store, source.id)]
        if orphans:
            cases = ", ".join(dict.fromkeys(case for _, case in orphans))
            raise ConflictError(
                f"{len({number for number, _ in orphans})} codings of “{source.name}” speak of {cases}: give them other cases"
                " first, with `sibtui coding set … --case`."
            )

    def remove(self, name: str) -> Source:
        """Remove a source with its codings; undo brings all of it back. What was removed.

        Matrices with sources for columns lose what they hold of it, as they do of a case.
        """
        from sibtui.store import matrices as matrix_rows  # noqa: PLC0415 - keeps the start short

        with self._session.act("source remove", f"source {name}"):
            source = self.get(name)
            matrix_rows.remove_column(self._store, "sources", source.name)
            rows.remove_source(self._store, source.id)
        return source

    def correct(self, name: str, text: str, *, original: str = "", original_sha256: str = "") -> Carried:
        """Replace a source's text by a corrected one, as a new version. Its codings are carried over to where their quotes are now.

        InputError, and nothing is changed, when a quote is not in the new text at one certain place, or when it has a carriage return.
        """
        from sibtui.model.carry import carry  # noqa: PLC0415 - a rare thing to do

        with self._session.act("source set", f"text of source {name}"):
            source = self.get(name)
            _refuse_carriage_returns(source.name, text)
            old = rows.text(self._store, source.id)
            places = coding_rows.places(self._store, source.id)
            carried = carry(old, text, [(start, end) for _, start, end, *_ in places])
            if carried.lost:
                listed = "; ".join(f"{start}:{end}" for start, end in carried.lost[:5])
                raise InputError(
                    f"{len(carried.lost)} of {len(places)} codings of “{source.name}” have no certain place in the new text"
                    f" ({listed}): change or remove them first."
                )
            rows.add_text(
                self._store, source.id, text, sha256=_sha256(text), original=original,
                original_sha256=original_sha256, at=self._session.now(),
            )  # fmt: skip
            for (number, start, end, _, before, after), segment in zip(places, carried.segments, strict=True):
                context = segment.context(text)
                if (segment.start, segment.end, *context) != (start, end, before, after):
                    fields = {"start": segment.start, "end": segment.end, "before": context[0], "after": context[1]}
                    coding_rows.set_fields(self._store, number, fields)
        return carried

    def coverage(self) -> Sequence[Coverage]:
        """What was recorded about topics, in the order of sources and codes."""
        return rows.coverage(self._store, self._session.paths())

    def set_coverage(self, name: str, topic: str, state: Asked | None) -> None:
        """Record whether a source was asked about a theme or code; None takes the record away."""
        # by its whole path first: to resolve one reads the codebook, and a study that comes in has hundreds of records
        exact = code_rows.find(self._store, split_path(topic))
        if exact is None:
            code = self._session.code(topic)
            number, path = code.id, code.path
        else:
            number, path = exact[0], topic
        source = rows.find(self._store, name) or self._session.source_id(name)
        with self._session.act("source set", f"{path} {state or 'not recorded'} in {name}"):
            rows.set_coverage(self._store, source, number, state)


def _trimmed(draft: SourceDraft) -> SourceDraft:
    """Without blanks around names: “SIB A ” would be a second case that looks like the first."""
    return replace(draft, name=draft.name.strip(), cases=tuple(label.strip() for label in draft.cases))


def _unfit(name: str, *, taken: bool) -> str:
    """Why a new source cannot have this name; empty when it can."""
    if not name.strip():
        return "A source needs a name."
    return f"There is another source “{name}”: rename one of them, or give this one `--name`." if taken else ""


def _refuse_carriage_returns(name: str, text: str) -> None:
    """Line ends are LF alone, or what goes out as plain text would come back with other offsets.

    They are not made so here: offsets of codings that were taken from the text as it is would silently be at other words.
    """
    if "\r" in text:
        raise InputError(
            f"The text of “{one_line(name, 60)}” has carriage returns: pass it through `sibtui.model.text.normalise`, and take"
            " offsets from what that returns."
        )


def _sha256(text: str) -> str:
    import hashlib  # noqa: PLC0415 - it brings a library of ciphers along; reading a study needs none

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
