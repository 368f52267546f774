"""`Project`: the one interface to a study, for scripts, the command line and the screen.

from sibtui import Project

with Project.open("study.sibtui") as project:
    print(project.matrices.show("table-1").to_csv())
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import cached_property
from types import TracebackType
from typing import Literal, Self

import sibtui
from sibtui.errors import StudyFileError
from sibtui.model.arguments import AnyPath, as_file, as_name, as_path, maybe_choice, maybe_whole, with_given
from sibtui.model.records import Coder, Study
from sibtui.project.shared.base import Session, default_coder, now
from sibtui.store import study as study_rows
from sibtui.store.connection import OpenAct, Store

__all__ = ["SUFFIX", "Project", "default_coder"]

SUFFIX = ".sibtui"


class Project:
    """An open study.

    Each noun of the command line is an attribute: `project.codes.merge(…)` does the same as `sibtui code merge`.

    The docstring of a method lists its own errors. In addition, every method can raise StudyFileError (the study file
    is closed, damaged or read-only) and StudyBusyError (another program keeps the file locked).

    >>> with Project.open("tour.sibtui") as project:
    ...     print(project.study.name)
    Four social impact bonds (synthetic sample)
    """

    def __repr__(self) -> str:
        return f"<Project {str(self.path)!r}>"

    def __init__(self, store: Store, *, coder: str | None = None, clock: Callable[[], str] = now) -> None:
        self._session = Session(store, coder, clock)

    @classmethod
    def open(cls, path: AnyPath, *, coder: str | None = None) -> Self:
        """Open a study file and return the study.

        `coder` is the name of the person who codes. The default is the environment variable SIBTUI_CODER, or else the
        login name. Raises StudyFileError when the file is missing or cannot be used, StudyBusyError when another
        program is using it.

        >>> with Project.open("tour.sibtui") as study:
        ...     study.codings.count() > 0
        True
        """
        return cls(Store.open(as_file(path)), coder=coder)

    @classmethod
    def create(
        cls,
        path: AnyPath,
        *,
        name: str | None = None,
        draft: sibtui.StudyDraft | None = None,
        coder: str | None = None,
        force: bool = False,
        progress: Callable[[str], None] | None = None,
        language: str | None = None,
    ) -> Self:
        """Create a study file, and return the open study. The study is empty, or it has the content of `draft`.

        An error leaves no half-written study at `path`. `name` is the name of the study; the default is the file name
        without its extension. `language` is a language code such as `de`, and replaces the language of the draft.
        `progress` receives the name of each part of the draft that is loaded, such as "sources".

        Raises ConflictError when the file exists and `force` is not set, StudyFileError when its folder is missing.
        Raises InputError when the file cannot be written, and when the language or a part of the draft cannot be used.

        >>> with Project.create("new.sibtui", name="Leaving care", language="en") as study:
        ...     study.study.name
        'Leaving care'
        """
        from sibtui.project.shared.new_study import make

        make(as_path(path), name, draft, coder=coder, force=force, progress=progress, language=language)
        return cls.open(path, coder=coder)

    # Each noun is imported when it is first used: a command starts as fast as the nouns that it needs.

    @cached_property
    def sources(self) -> sibtui.Sources:
        """The sources of the study: notes and documents.

        >>> project.sources.names()[:3]
        ('a1', 'a2', 'a3')
        """
        return sibtui.Sources(self._session)

    @cached_property
    def sets(self) -> sibtui.SourceSets:
        """The sets of sources, such as the sources of a pilot study.

        >>> project.sets.list()
        []
        """
        return sibtui.SourceSets(self._session)

    @cached_property
    def cases(self) -> sibtui.Cases:
        """The cases that the study compares.

        >>> project.cases.get("SIB A").letter
        'a'
        """
        return sibtui.Cases(self._session)

    @cached_property
    def attributes(self) -> sibtui.Attributes:
        """The attributes that cases and sources can have.

        >>> project.attributes.get("source", "people").kind
        'number'
        """
        return sibtui.Attributes(self._session)

    @cached_property
    def codes(self) -> sibtui.Codes:
        """The codebook.

        >>> project.codes.get("Trust before assessment").codings
        18
        """
        return sibtui.Codes(self._session)

    @cached_property
    def proposals(self) -> sibtui.Proposals:
        """The codes that members of a team have proposed, and whether each was accepted or rejected.

        >>> project.proposals.list()
        []
        """
        return sibtui.Proposals(self._session)

    @cached_property
    def codings(self) -> sibtui.Codings:
        """The codings: codes applied to segments of texts.

        >>> project.codings.count(code="Trust before assessment")
        18
        """
        return sibtui.Codings(self._session)

    @cached_property
    def queries(self) -> sibtui.Queries:
        """The queries that are saved under a name.

        >>> project.queries.list()
        []
        """
        return sibtui.Queries(self._session)

    @cached_property
    def claims(self) -> sibtui.Claims:
        """The claims of a paper (statements about the study), and the check whether the study supports them.

        >>> project.claims.check(Claim("C1", "Six themes.", codebook="themes", statement="six")).claims[0].verdict
        'holds'
        """
        return sibtui.Claims(self._session)

    @cached_property
    def quotes(self) -> sibtui.Quotes:
        """The check of the quotations in a paper.

        >>> from pathlib import Path
        >>> written = Path("draft.md").write_text("No quotation.")
        >>> project.quotes.check("draft.md").quotations
        ()
        """
        return sibtui.Quotes(self._session)

    @cached_property
    def memos(self) -> sibtui.Memos:
        """The memos: notes on the study and on its parts.

        >>> project.memos.add("Compare with SIB B.", on="case", of="SIB A").coder
        'Ana'
        """
        return sibtui.Memos(self._session)

    @cached_property
    def matrices(self) -> sibtui.Matrices:
        """The saved tables of codes by cases (or by sources, coders …).

        >>> [definition.name for definition in project.matrices.list()]
        ['table-1', 'table-2', 'table-3', 'table-4']
        """
        return sibtui.Matrices(self._session)

    @cached_property
    def summaries(self) -> sibtui.Summaries:
        """The summaries: texts that sum up a cell of a matrix, or a code in one case.

        >>> len(project.summaries.list("table-3"))
        15
        """
        return sibtui.Summaries(self._session)

    @cached_property
    def history(self) -> sibtui.History:
        """The history of the study: all changes (acts), with undo and redo.

        In the example, the result is empty because there is nothing to undo.

        >>> project.history.undo()
        []
        """
        return sibtui.History(self._session)

    @cached_property
    def backups(self) -> sibtui.Backups:
        """The backups: verified copies of the study.

        >>> project.backups.make().kind
        'manual'
        """
        return sibtui.Backups(self._session)

    @cached_property
    def rounds(self) -> sibtui.Rounds:
        """The rounds of coding. A round is one pass of a coder through sources; the first pass is round 1.

        >>> project.rounds.start("second pass", blind=True).number
        2
        """
        return sibtui.Rounds(self._session)

    @cached_property
    def readings(self) -> sibtui.Readings:
        """The record of who has read which source.

        >>> project.readings.add("doc-d-theory")[0].coder
        'Ana'
        """
        return sibtui.Readings(self._session)

    @cached_property
    def pseudonyms(self) -> sibtui.Pseudonyms:
        """The real names of people, each with its pseudonym, and the replacement of real names in the texts.

        >>> project.pseudonyms.list()
        []
        """
        return sibtui.Pseudonyms(self._session)

    @cached_property
    def reports(self) -> sibtui.Reports:
        """The reports: tables about cases, interviews, codes and coders.

        >>> project.reports.figures()["Innovative services/New staff positions"].quotes
        11
        """
        return sibtui.Reports(self._session)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the study file. A `with` block does this at its end.

        >>> project.close()
        """
        self._session.store.close()

    @property
    def path(self) -> sibtui.Path:
        """The study file.

        >>> project.path.name
        'tour.sibtui'
        """
        return self._session.store.path

    @property
    def read_only(self) -> str:
        """The reason why the study cannot be changed, in one sentence; empty when it can be changed.

        >>> project.read_only
        ''
        """
        return self._session.store.read_only

    @property
    def is_replaced(self) -> bool:
        """Whether another program has moved, deleted, replaced or overwritten the study file since it was opened.

        If so, open the study again.

        >>> project.is_replaced
        False
        """
        return self._session.store.is_replaced

    @property
    def coder(self) -> str:
        """The name of the current coder. New codings, memos and entries of the history get this name.

        >>> project.coder
        'Ana'
        """
        return self._session.coder

    def set_coder(self, name: str) -> str:
        """Set the name of the current coder, and return the name as the study spells it.

        Raises InputError when the name is empty.

        >>> project.set_coder("r1")
        'R1'
        """
        return self._session.set_coder(as_name(name), [coder.name for coder in self.coders])

    @property
    def study(self) -> Study:
        """The facts about the whole study, such as its name, description and language.

        The footnotes of all tables share one series of numbers. The field `first_note` is the first number of the
        series.

        >>> project.study.first_note
        2
        """
        return study_rows.study(self._session.store)

    def set_study(
        self,
        *,
        name: str | None = None,
        description: str | None = None,
        first_note: int | None = None,
        language: str | None = None,
        agreement: str | None = None,
        methods: Mapping[str, str] | None = None,
    ) -> Study:
        """Change facts about the whole study, and return all its facts. An argument that is None changes nothing.

        `language` is a code such as `de`; an empty text removes it. `first_note` is the number of the first footnote
        below the first table; the numbers continue from table to table. `agreement` is a sentence about the agreement
        between coders. `methods` has answers to the items of a reporting standard, such as
        `{"sampling": "All four projects."}`. An empty answer removes the stored answer.

        Raises InputError for a text that is no language code, NotFoundError for an unknown item, OutOfRangeError when
        `first_note` is below 0.

        >>> project.set_study(first_note=1).first_note
        1
        """
        from sibtui.model.languages import maybe_language_code
        from sibtui.project.papers.method_items import checked_answers, set_answers

        sentence = None if agreement is None else " ".join(as_name(agreement).split())
        spoken, first_note = maybe_language_code(language), maybe_whole("number of the first note", first_note, 0)
        answers = checked_answers(methods or {})
        with self._session.act("study set", "the study"):
            set_answers(self._session.store, answers)
            study = self.study
            changed = with_given(
                study, name=name, description=description, first_note=first_note, language=spoken, agreement=sentence
            )
            if changed != study:
                study_rows.put(self._session.store, changed)
        return changed

    @property
    def coders(self) -> list[Coder]:
        """The people who code in the study.

        >>> [coder.name for coder in project.coders]
        ['R1', 'R2', 'R3', 'R4']
        """
        return study_rows.coders(self._session.store)

    @property
    def exports(self) -> sibtui.Exports:
        """The exports: files for other programs and readers, such as `exports.codings` and `exports.folder`.

        >>> project.exports.folder("study-in-text")
        30
        """
        return sibtui.Exports(self._session)

    def diff(self, other: AnyPath, *, base: AnyPath | None = None) -> sibtui.StudyComparison:
        """Return the differences between this study (mine) and another study (theirs). Nothing is written.

        `other` is a study file, an exported folder or a .qdpx file. `base` is a file or folder with the last state that
        both studies had in common; by default, this state is found in their histories. Raises StudyFileError or
        InputError when a file or folder cannot be used as a study, ConflictError when `other` is this study itself.

        >>> files = project.exports.folder("theirs")
        >>> project.diff("theirs").differences
        ()
        """
        from sibtui.project.merging.study_merge import compare_with

        return compare_with(self._session, as_path(other), None if base is None else as_path(base))

    def merge(
        self,
        other: AnyPath,
        *,
        take: Literal["mine", "theirs"] | None = None,
        decide: Callable[[sibtui.StudyDifference], Literal["mine", "theirs", "both"] | None] | None = None,
        coders: Mapping[str, str] | None = None,
        base: AnyPath | None = None,
        dry_run: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> sibtui.StudyMerge:
        """Bring the changes of another copy of the study into this study, as one act (one step of undo).

        The other copy is only read. `other` is a study file, an exported folder or a .qdpx file. A conflict is an item
        that both copies have changed in different ways. `decide` is called with each conflict, and returns the
        decision:

        - "mine": keep the version of this study;
        - "theirs": take the version of the other copy;
        - "both": keep both versions, which is possible if the conflict is `joinable`;
        - None: leave the conflict open.

        Without `decide`, `take` decides all conflicts. If a conflict stays open, nothing is written, and the result
        lists the open conflicts. `coders` is a map: name of a coder in the other copy → name of the coder in this
        study. `base` has the same meaning as in `diff`. With `dry_run`, nothing is written. `progress` receives (steps
        done, all steps), and may raise to cancel.

        Raises StudyFileError or InputError when a file or folder cannot be used as a study, ConflictError when `other`
        is this study itself or when a part of `other` fits nowhere in this study, NotFoundError for a coder that the
        other copy does not have.

        >>> files = project.exports.folder("theirs")
        >>> project.merge("theirs").written
        False
        """
        from sibtui.project.merging.study_merge import merge_study

        sides: tuple[Literal["mine", "theirs"], ...] = ("mine", "theirs")
        side = maybe_choice("side to take", take, sides)
        return merge_study(
            self._session, as_path(other), take=side, decide=decide, coders=coders or {},
            base=None if base is None else as_path(base), dry_run=dry_run,
            progress=progress or (lambda _done, _of: None),
        )  # fmt: skip

    def act(self, verb: str, summary: str) -> AbstractContextManager[OpenAct]:
        """Return a context manager for an act: the changes in its block are saved together and undone together.

        `verb` and `summary` describe the act in the history. If the block raises an error, none of its changes is
        saved.

        >>> with project.act("tidy up", "two codes joined"):
        ...     code = project.codes.merge("Covid-19", into="Partner relationships")
        ...     code = project.codes.rename("Partner relationships", "Partners in the pandemic")
        >>> [act.summary for act in project.history.undo()]
        ['two codes joined']
        """
        return self._session.act(verb, summary)

    def check(
        self, progress: Callable[[int, int], None] | None = None, *, similar: bool = False, summaries: bool = False
    ) -> list[sibtui.Finding]:
        """Check the study, and return all findings, damage first.

        `progress` receives (sources done, all sources), and may raise to cancel. `similar` adds a finding for each pair
        of sources with nearly the same text. `summaries` adds a finding for each cell of a saved matrix that has
        codings and no summary.

        >>> [finding.where for finding in project.check()]
        ['coding 621', 'coding 634']
        """
        from sibtui.project.check import findings

        self._session.store.query(
            "SELECT 1"
        )  # without this line, the check of a closed study would report damage, because a check continues after errors
        return list(findings(self._session, progress, similar=similar, summaries=summaries))

    @property
    def saves(self) -> int:
        """The number of changes saved since this `Project` was opened.

        >>> memo = project.memos.add("Saved at once.")
        >>> project.saves
        1
        """
        return self._session.store.saves

    def wait_at_most(self, seconds: float) -> None:
        """Set the longest time, in seconds, that a read or a change waits for another program. The default is 5.

        >>> project.wait_at_most(0.5)
        """
        self._session.store.wait_at_most(seconds)

    def wait_until_free(self, seconds: float, keep_on: Callable[[], object]) -> bool:
        """Wait until no other program blocks changes of the study.

        Return False if a program still blocks changes after `seconds`. `keep_on` is called several times per second,
        and may raise to cancel. Call this method in a separate thread.

        >>> project.wait_until_free(1, lambda: None)
        True
        """
        return self._session.store.wait_until_free(seconds, keep_on)

    @property
    def data_version(self) -> int:
        """A number that changes whenever another program changes the study.

        >>> before = project.data_version
        >>> project.data_version == before
        True
        """
        return self._session.store.data_version

    def explained(self, error: BaseException) -> StudyFileError | None:
        """Return the StudyFileError that explains an error of the SQLite library. Return None for any other error.

        Some results read their rows only during iteration. If the file is damaged, the iteration raises an error of
        SQLite, which this method explains.

        >>> project.explained(ValueError("not of the file")) is None
        True
        """
        return self._session.store.explained(error)

    def interrupt(self) -> None:
        """Stop a read or a change that another thread is running. The change is rolled back.

        >>> project.interrupt()
        """
        self._session.store.interrupt()
