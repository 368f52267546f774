"""`project.cases`: the cases of a study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sibtui
from sibtui.errors import ConflictError, InputError
from sibtui.model.arguments import maybe_whole
from sibtui.model.codebook import split_path
from sibtui.model.folding import identical, name_key
from sibtui.model.names import refuse_name_in_use, resolve_name
from sibtui.model.records import Case
from sibtui.model.text import one_line
from sibtui.project.shared.base import Noun
from sibtui.project.shared.blind_round import refuse_hidden
from sibtui.store import cases as rows
from sibtui.store import codings as coding_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows
from sibtui.store.codings import Selection


class Cases(Noun):
    """`project.cases`: the cases that a study compares.

    >>> [case.label for case in project.cases.list()]
    ['SIB A', 'SIB B', 'SIB C', 'SIB D']
    """

    def list(self) -> Sequence[Case]:
        """Return all cases, in their order.

        >>> [case.letter for case in project.cases.list()]
        ['a', 'b', 'c', 'd']
        """
        return rows.cases(self._store)

    def get(self, label: str) -> Case:
        """Return the case with this label. Capital and small letters may differ.

        Raises NotFoundError when the label is unknown, AmbiguousError when it is not unique.

        >>> project.cases.get("SIB D").attributes["Target population"]
        'People with chronic health conditions'
        """
        found = {case.label: case for case in self.list()}
        return found[resolve_name("case", label, found)]

    def coding_counts(self) -> Mapping[str, int]:
        """Return a map: label of a case → number of its codings. A coding of two cases counts for both.

        >>> project.cases.coding_counts()["SIB A"]
        272
        """
        counts = rows.coding_counts(self._store, self._session.blind)
        return {label: counts.get(case, 0) for label, case in rows.case_ids(self._store).items()}

    def add(
        self,
        label: str,
        *,
        private_name: str | None = None,
        attributes: Mapping[str, Any] | None = None,
        letter: str | None = None,
    ) -> Case:
        """Add a case, and return it.

        `letter` is the key that chooses the case on the screen; if it is None, a letter is chosen that fits the label.
        `private_name` is the real name; exports leave it out. Raises ConflictError when the label or the letter is in
        use, InputError for a value that cannot be used.

        >>> project.cases.add("SIB E", attributes={"Novelty of intervention": "New services"}).letter
        'e'
        """
        from sibtui.project.importing.case_rows import case_label

        label = case_label(label)
        with self._session.act("case add", f"case {label}"):
            self.insert(sibtui.CaseDraft(label, private_name, attributes or {}, self._letter(letter)))
        return self.get(label)

    def insert(self, draft: sibtui.CaseDraft) -> int:
        """Add a case from a draft, and return its id.

        If the letter of the draft (the key on the screen) is invalid or in use, the case gets a free letter. Call this
        inside an act (`with project.act(…)`, one step of undo). Raises ConflictError when the label is in use,
        InputError when the label is empty or `?`.

        >>> with project.act("case add", "case SIB E"):
        ...     number = project.cases.insert(CaseDraft("SIB E"))
        """
        from sibtui.project.importing.case_rows import CaseRowBuilder, new_case_label

        new_case_label(draft.label)
        return CaseRowBuilder(self._session).insert(draft)

    def set(
        self,
        label: str,
        *,
        new_label: str | None = None,
        private_name: str | None = None,
        position: int | None = None,
        attributes: Mapping[str, Any] | None = None,
        letter: str | None = None,
    ) -> Case:
        """Change fields of a case, and return the case.

        Arguments that are None change nothing. `position` counts from 1. An empty `private_name` removes the private
        name, and a value of None in `attributes` removes the value of this attribute. Raises ConflictError when the
        label or the letter is in use, InputError for a value that cannot be used, NotFoundError when the label is
        unknown, AmbiguousError when it is not unique.

        >>> project.cases.set("SIB A", new_label="Housing", position=4).label
        'Housing'
        """
        from sibtui.project.attributes import set_values
        from sibtui.project.importing.case_rows import new_case_label
        from sibtui.project.retrieval.query_names import query_names_kept
        from sibtui.store.positions import put_at

        maybe_whole("position", position, 1)
        with self._session.act("case set", f"case {label}"), query_names_kept(self._session):
            case = self.get(label)
            new = case.label if new_label is None else new_case_label(new_label)
            if new != case.label:
                refuse_name_in_use("case", new, rows.case_ids(self._store).keys() - {case.label})
            private = case.private_name if private_name is None else private_name or None
            if (new, private) != (case.label, case.private_name):
                rows.set_case(self._store, case.id, new, private)
            if letter is not None and (checked := self._letter(letter, of=case.id)) != case.letter:
                rows.set_letter(self._store, case.id, checked)
            if position is not None:
                put_at(self._store, "cases", (each.id for each in self.list()), case.id, position)
            set_values(self._session, "case", case.id, attributes or {})
        return self.get(new)

    def _letter(self, letter: str | None, *, of: int | None = None) -> str:
        """Return the letter of a case (its key on the screen) in lower case, or an empty text for None.

        `of` is the id of a case that may keep this letter. Raises ConflictError when another case has the letter,
        InputError when it is invalid.
        """
        from sibtui.model.case_letters import COMMAND_KEYS, is_letter

        if letter is None:
            return ""
        folded = letter.strip().casefold()
        if not is_letter(folded):
            raise InputError(
                f"The letter of a case is one letter, or a digit from 1 to 9: not “{one_line(letter, 20)}”."
            )
        if folded in COMMAND_KEYS:
            raise InputError(
                f"“{folded}” is the key of a command where a case is chosen: it cannot be the letter of a case."
            )
        for case, (label, theirs) in rows.letters(self._store).items():
            if theirs == folded and case != of:
                raise ConflictError(
                    f"“{folded}” is the letter of the case “{label}”: give that case another letter first."
                )
        return folded

    def remove(self, label: str) -> Case:
        """Remove a case, and return it. Its codings stay, but without this case.

        In each matrix, the column of the case is removed, with all its footnotes, judgements and summaries.
        Summaries of codes within this case are removed too. Raises ConflictError when the case is the only chosen
        column of a matrix, InputError when a blind round of coding hides codings of the case, NotFoundError when the
        label is unknown, AmbiguousError when it is not unique.

        >>> project.cases.remove("SIB D").label
        'SIB D'
        """
        from sibtui.project.shared.code_uses import refuse_only_column

        with self._session.act("case remove", f"case {label}"):
            case = self.get(label)
            what = f"The removal of the case “{one_line(case.label, 60)}”"
            refuse_hidden(self._session, what, Selection(cases=(case.id,)))
            refuse_only_column(self._store, "cases", case.label)
            rows.remove_case(self._store, case.id)
        return case

    def merge(self, label: str, into: str) -> sibtui.MergedCase:
        """Merge the case `label` into the case `into`.

        Return the case that remains, and the values that were not kept. Codings, sources, values, memos, footnotes and
        judgements move to `into`. If both cases have a value of a field or attribute, the value of `into` is kept. The
        other value is in the field `conflicts` of the result and in a memo, unless it is a private name. A topic that
        was asked about in one of the cases counts as asked about in `into`.

        If several cases have exactly the label `label`, all of them except `into` are merged. If there is no such
        case, all cases with a similar label are merged. Similar labels differ only in capital letters, spaces,
        quotation marks or dashes.

        Raises ConflictError when both cases are the same, InputError when a blind round of coding hides codings that
        would change, NotFoundError when a label is unknown, AmbiguousError when it is not unique.

        >>> len(project.cases.merge("SIB D", into="SIB C").conflicts)
        2
        """
        from sibtui.project.retrieval.query_names import query_names_kept

        with (
            self._session.act("case merge", f"case {label} into {into}"),
            query_names_kept(self._session, merges="case") as merged,
        ):
            new = self._the_one(into)
            leaving = self._others(label, new)
            merged |= {old.id: new.id for old in leaving}
            conflicts = [line for old in leaving for line in self._merge_one(old, new)]

        return sibtui.MergedCase(self.get(new.label), tuple(old.label for old in leaving), tuple(conflicts))

    def _the_one(self, label: str) -> Case:
        found = {case.label: case for case in self.list()}
        return found[identical(label, found) or resolve_name("case", label, found)]

    def _others(self, label: str, new: Case) -> Sequence[Case]:
        """Return the cases that `merge` merges into `new`: those with this label, or else those with a similar label.

        Raises ConflictError when there is no such case except `new`.
        """
        others = [case for case in self.list() if case.id != new.id]
        same = [case for case in others if case.label == label]
        alike = [case for case in others if name_key(case.label) == name_key(label)]
        if not alike and name_key(label) == name_key(new.label):
            raise ConflictError("A case cannot be merged into itself.")
        return same or alike or [self.get(label)]

    def _merge_one(self, old: Case, new: Case) -> Sequence[str]:
        """Merge the case `old` into the case `new`, and return a sentence for each value that is not kept.

        The sentences do not quote private names, because the sentences are stored in a memo, and memos are exported.
        """
        from sibtui.model.attributes import value_key

        shared = source_rows.shared(self._store, old.id, new.id)
        refuse_hidden(
            self._session,
            f"The merge of the case “{one_line(old.label, 60)}”",
            Selection(cases=(old.id,)),
            Selection(sources=tuple(shared), unattributed=True),
        )
        unlike = [
            (name, lost, kept)
            for name, kind, lost, kept in rows.value_differences(self._store, old.id, new.id)
            if value_key(kind, lost) != value_key(kind, kept)
        ]
        lines = [
            f"“{what}”: “{kept}” stays, “{lost}” was left out."
            for what, lost, kept in (*unlike, *rows.differences(self._store, old.id, new.id))
        ]
        lines += self._merge_topics(old, new)
        if old.private_name and new.private_name and old.private_name != new.private_name:
            lines.append("its private name was left out.")
        rows.replace_case(self._store, old.id, new.id)
        rows.remove_case(self._store, old.id)
        for source in shared:
            self._attribute_waiting(source)
        if old.private_name and not new.private_name:
            rows.set_case(self._store, new.id, new.label, old.private_name)
        if lines:
            from sibtui.store import memos as memo_rows

            coder = study_rows.coder_id(self._store, self._session.coder)
            title, at = f"{old.label} merged", self._session.now()
            memo_rows.add_memo(self._store, "case", new.id, title, "\n".join(lines), coder, at)
        return [one_line(f"{old.label} into {new.label}: {line}") for line in lines]

    def _merge_topics(self, old: Case, new: Case) -> Iterator[str]:
        """Merge the topic records of two cases, and yield a sentence for each record that is not kept.

        A topic record states whether an interviewer asked about a topic in a source.
        """
        from sibtui.model.topic_merge import merge_case_topics
        from sibtui.project.shared.code_merge import store_topics, topic_left_out
        from sibtui.store import evidence as evidence_rows

        names = {number: name for name, number in source_rows.source_ids(self._store).items()}
        paths = self._session.paths()
        for source, records in evidence_rows.topics(self._store).items():
            touched = source_rows.touched(self._store, source)
            after, left_out = merge_case_topics(records, old.id, new.id, touched)
            store_topics(self._store, source, records, after)
            for code, record in left_out:
                yield topic_left_out(split_path(paths[code])[-1], names[source], record)

    def _attribute_waiting(self, source: int) -> None:
        """If a source is about exactly one case, assign this case to the source's codings without a case."""
        touched = source_rows.touched(self._store, source)
        if len(touched) == 1:
            for coding in coding_rows.ids(self._store, Selection(sources=(source,), unattributed=True)):
                coding_rows.set_cases(self._store, coding, touched)
