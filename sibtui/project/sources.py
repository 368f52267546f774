"""`project.sources`: notes and documents, with their texts, their cases, and records of who has read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import sibtui
from sibtui.model.arguments import Names, as_names, choices, maybe_choice, several, whole
from sibtui.model.names import resolve_name
from sibtui.model.records import (
    ASKED,
    FIDELITIES,
    KINDS,
    READINGS,
    Asked,
    Fidelity,
    Kind,
    ReadingState,
    Source,
    TopicRecord,
)
from sibtui.model.text import one_line
from sibtui.project.shared.blind_round import refuse_hidden
from sibtui.project.source_texts import SourceTexts
from sibtui.store import cases as case_rows
from sibtui.store import sources as rows
from sibtui.store.codings import Selection


class Sources(SourceTexts):
    """`project.sources`: the notes and documents of a study, with texts, cases, and records of who has read them.

    >>> [source.title for source in project.sources.list(case="SIB B", kinds="interview")][:2]
    ['SIB B, youth charity', 'Fund manager, director']
    """

    def list(
        self,
        *,
        kinds: Kind | Iterable[Kind] = (),
        case: str | None = None,
        reading: ReadingState | None = None,
        sets: Names = (),
    ) -> Sequence[Source]:
        """Return the sources in their order, without their texts.

        `kinds`, `case`, `reading` (such as "unread") and `sets` (names of sets of sources) limit the result to some
        sources. Raises InputError for an unknown kind or reading state, NotFoundError when the case or a set is
        unknown, AmbiguousError when it is not unique.

        >>> [source.name for source in project.sources.list(kinds="report")]
        ['doc-a-performance', 'doc-b-closing', 'doc-d-performance']
        """
        from sibtui.project.shared.resolve_filter import sources_of_sets

        kinds, reading = choices("kind of source", kinds, KINDS), maybe_choice("reading", reading, READINGS)
        members = None if not as_names(sets) else frozenset(sources_of_sets(self._session, sets))
        label = None if case is None else resolve_name("case", case, case_rows.case_ids(self._store))
        return [
            source
            for source in rows.sources(self._store, blind=self._session.blind)
            if (not kinds or source.kind in kinds)
            and (label is None or label in source.cases)
            and (reading is None or source.reading == reading)
            and (members is None or source.id in members)
        ]

    def names(self) -> Sequence[str]:
        """Return the names of all sources, in their order. This is faster than `list`, which also counts codings.

        >>> project.sources.names()[:4]
        ('a1', 'a2', 'a3', 'a4')
        """
        return tuple(rows.source_ids(self._store))

    def add(
        self,
        drafts: sibtui.SourceDraft | Iterable[sibtui.SourceDraft],
        *,
        strict: bool = False,
        comment_codes: bool = False,
        keep_texts: bool = True,
    ) -> Sequence[sibtui.Added]:
        """Add one or several sources as one act (one step of undo). Return an outcome for each draft.

        A file that the study has already is skipped. If a draft cannot be added, its outcome is “refused”, and the
        other drafts are added. With `strict`, an error is raised in place of the outcome “refused”: ConflictError for a
        name in use, InputError for a missing name or a carriage return. Texts are stored unchanged.

        A comment in a draft becomes a coding if the comment names a code; otherwise it becomes a memo. With
        `comment_codes`, each short comment becomes a coding. If `keep_texts` is False, the drafts in the outcomes have
        no texts, which saves memory.

        >>> [added] = project.sources.add(SourceDraft("b2", "Nobody called back.", cases="SIB B"))
        >>> added.outcome
        'added'
        """
        from sibtui.project.importing.source_rows import SourceRowBuilder

        report: list[sibtui.Added] = []
        few_pages = nullcontext() if keep_texts else self._store.small_cache()
        with few_pages, self._session.act("source add", "sources") as act:
            placing = SourceRowBuilder(self._session)
            report.extend(
                placing.add_or_refuse(draft, strict=strict, comment_codes=comment_codes, keep_text=keep_texts)
                for draft in several(drafts, sibtui.SourceDraft)
            )
            names = [added.name for added in report if added.outcome == "added"]
            act.summary = f"source {names[0]}" if len(names) == 1 else f"{len(names)} sources"
        return report

    def foresee(self, drafts: sibtui.SourceDraft | Iterable[sibtui.SourceDraft]) -> Sequence[sibtui.Added]:
        """Return the outcomes that `add` would have for these drafts. Nothing is stored.

        Only names, files and values are checked.

        >>> [added] = project.sources.foresee(SourceDraft("b2", "Nobody called back.", cases="SIB E"))
        >>> added.outcome, added.new_cases
        ('added', ('SIB E',))
        """
        from sibtui.project.importing.source_rows import SourceRowBuilder

        return SourceRowBuilder(self._session).foresee(several(drafts, sibtui.SourceDraft))

    def insert(self, draft: sibtui.SourceDraft, taken: dict[str, str] | None = None) -> tuple[str, ...]:
        """Add one source, and return the labels of the cases that were added for it.

        `taken` is a map of the names in use: key of a name (see `name_key`) → name of the source. The new name is added
        to the map. Call this inside an act (`with project.act(…)`, one step of undo). Raises ConflictError for a name
        in use, InputError for a missing name, a carriage return or a value that cannot be used.

        >>> with project.act("source add", "source e1"):
        ...     project.sources.insert(SourceDraft("e1", "Nobody called back.", cases="SIB E"))
        ('SIB E',)
        """
        from sibtui.project.importing.source_rows import SourceRowBuilder

        return SourceRowBuilder(self._session, taken).insert(draft)

    def set(
        self,
        name: str,
        *,
        new_name: str | None = None,
        title: str | None = None,
        kind: Kind | None = None,
        fidelity: Fidelity | None = None,
        reading: ReadingState | None = None,
        cases: Names | None = None,
        attributes: Mapping[str, Any] | None = None,
        language: str | None = None,
    ) -> sibtui.Reattributed:
        """Change fields of a source. Return the source, and how many of its codings got other cases.

        Arguments that are None change nothing. A value of None in `attributes` removes the value of this attribute,
        and an empty `language` removes the language. `reading` is stored as the reading state of the current coder.

        If `cases` is exactly one case, codings without a case get this case. If the source also had exactly one case
        before, the new case replaces the old case in its codings.

        Raises ConflictError when the new name is in use, when a coding would keep a case that the source loses, or
        when `reading` is "read" and the current coder has an open round about other sources. Raises InputError for a
        value that cannot be used, and for new cases when a blind round of coding hides codings of the source. Raises
        NotFoundError when a name is unknown, AmbiguousError when it is not unique.

        >>> project.sources.set("a1", title="Housing investor 1", attributes={"mode": "by phone"}).source.attributes["mode"]
        'by phone'
        """
        from sibtui.model.languages import maybe_language_code
        from sibtui.project.attributes import set_values
        from sibtui.project.importing.source_changes import change_source
        from sibtui.project.retrieval.query_names import query_names_kept

        kind, fidelity = maybe_choice("kind of source", kind, KINDS), maybe_choice("fidelity", fidelity, FIDELITIES)
        reading = maybe_choice("reading", reading, READINGS)
        spoken = maybe_language_code(language)
        with self._session.act("source set", f"source {name}"), query_names_kept(self._session):
            source = self.get(name)
            moved = change_source(
                self._session, source, new_name, cases, reading,
                title=title, kind=kind, fidelity=fidelity, language=spoken,
            )  # fmt: skip
            set_values(self._session, "source", source.id, attributes or {})
        return sibtui.Reattributed(rows.sources(self._store, only=source.id, blind=self._session.blind)[0], moved)

    def remove(self, name: str) -> Source:
        """Remove a source with its codings, and return the source.

        A matrix with sources as its columns loses the column of the source, with all footnotes, judgements and
        summaries in this column. Raises ConflictError when the source is the only chosen column of a matrix, InputError
        when a blind round of coding hides codings of the source, NotFoundError when the name is unknown, AmbiguousError
        when it is not unique.

        >>> project.sources.remove("a1").codings
        40
        >>> [act.verb for act in project.history.undo()]
        ['source remove']
        """
        from sibtui.project.shared.code_uses import refuse_only_column
        from sibtui.store import matrices as matrix_rows

        with self._session.act("source remove", f"source {name}"):
            source = self.get(name)
            what = f"The removal of “{one_line(source.name, 60)}”"
            refuse_hidden(self._session, what, Selection(sources=(source.id,)))
            refuse_only_column(self._store, "sources", source.name)
            matrix_rows.remove_column(self._store, "sources", source.name)
            rows.remove_source(self._store, source.id)
        return source

    def withdraw(self, name: str, *, with_cases: bool = False, dry_run: bool = False) -> sibtui.Withdrawal:
        """Erase a source with its texts, codings, memos and quotes for good, also from the history and the backups.

        This cannot be undone. `name` is the exact name of a source of the study, or of a source that was removed. With
        `with_cases`, a case that loses its last source is erased too, with its private name and its attributes. With
        `dry_run`, nothing changes, but the result has the same numbers as after an erasure.

        Raises NotFoundError when there is no such source, InputError when a blind round of coding hides codings of the
        source, StudyFileError when a backup can neither be changed nor removed.

        >>> project.sources.withdraw("a1", dry_run=True).erased["coding"]
        40
        >>> withdrawal = project.sources.withdraw("a1")
        >>> project.history.get(withdrawal.act).summary == f"source {withdrawal.id}"
        True
        """
        from sibtui.project.erasing.withdrawal import withdraw_source

        here = rows.source_ids(self._store).get(name)
        if here is not None:
            refuse_hidden(self._session, "The withdrawal", Selection(sources=(here,)))
        return withdraw_source(self._session, name, with_cases=with_cases, dry_run=dry_run)

    def withdraw_person(
        self,
        name: str,
        *,
        sources: Names = (),
        pattern: str = "",
        participant: bool = False,
        with_cases: bool = False,
        dry_run: bool = False,
    ) -> sibtui.Withdrawal:
        r"""Erase the turns of a speaker (this person's words) for good, from all sources or only from `sources`.

        The words of other people stay, with their codings. With `participant`, a source is erased as a whole if this
        person is its only participant. The participants are in the attribute `participant`, `participants`,
        `respondent`, `interviewee` or `person` of the source. `pattern` has the same meaning as in `speakers`;
        `with_cases` and `dry_run` have the same meaning as in `withdraw`.

        Raises NotFoundError when nobody has this name, InputError when a blind round of coding hides codings of these
        sources, and the errors of `withdraw` and `speakers`.

        >>> draft = SourceDraft("e1", "Host: Why?\nGuest: We left.\nHost: When?\nGuest: In May.", cases="SIB B")
        >>> added = project.sources.add(draft)
        >>> project.sources.withdraw_person("Guest").erased["turn"]
        2
        >>> project.sources.text("e1")
        'Host: Why?\n[withdrawn]\nHost: When?\n[withdrawn]'
        """
        from sibtui.project.erasing.withdrawal import withdraw_person

        here = tuple(self._session.source_id(each) for each in as_names(sources)) or None
        refuse_hidden(self._session, "The withdrawal", Selection(sources=here))
        return withdraw_person(
            self._session, name, sources=as_names(sources), pattern=pattern, participant=participant,
            with_cases=with_cases, dry_run=dry_run,
        )  # fmt: skip

    def move(self, names: Names, position: int) -> Sequence[Source]:
        """Move one source, or several together, to a position (counted from 1). Return the moved sources.

        Several sources are placed in the order of `names`. Raises OutOfRangeError for a position below 1, InputError
        when no name is given, NotFoundError when a name is unknown, AmbiguousError when it is not unique.

        >>> [source.name for source in project.sources.move(["a3", "a1"], 1)]
        ['a3', 'a1']
        >>> project.sources.names()[:4]
        ('a3', 'a1', 'a2', 'a4')
        """
        from sibtui.project.importing.source_changes import move

        return [self.get(each) for each in move(self._session, as_names(names), whole("position", position, 1))]

    def topics(self) -> Sequence[TopicRecord]:
        """Return the records that state whether interviewers asked about a code, ordered by source, code and case.

        >>> project.sources.topics()[0].state
        'asked'
        """
        return rows.topics(self._store, self._session.paths())

    def set_topic(self, name: str, topic: str, state: Asked | None, *, case: str | None = None) -> None:
        """Record whether an interviewer asked about a topic (a theme or code) in a source.

        `state` is "asked", "volunteered" or "not asked"; None removes the record. With `case`, the record is for this
        case of the source. By default, it is for all cases of the source. Raises ConflictError when the source does not
        have the case, InputError for an unknown state, NotFoundError when a name is unknown, AmbiguousError when it is
        not unique.

        >>> project.sources.set_topic("a1", "Covid-19", "volunteered")
        """
        from sibtui.project.importing.source_changes import set_topic

        set_topic(self._session, name, topic, maybe_choice("record of a topic", state, ASKED), case)
