"""Merging the contents of one code into another: codings, fields, memos, and records about both codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields

import sibtui
from sibtui.model.records import Code, Lineage
from sibtui.model.text import one_line
from sibtui.model.topic_merge import Records, TopicLeftOut, merge_code_topics
from sibtui.project.shared.base import Session
from sibtui.store import cases as case_rows
from sibtui.store import codes as rows
from sibtui.store import codings as coding_rows
from sibtui.store import evidence as evidence_rows
from sibtui.store import memos as memo_rows
from sibtui.store import readings as reading_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows
from sibtui.store.connection import Store

_FIELDS = ("include", "exclude", "example")
"""The fields of a merged code that its history does not keep."""


def move_contents(session: Session, old: Code, new: Code, event: Lineage) -> Sequence[str]:
    """Change all references to the code `old` into references to the code `new`.

    Return a sentence for each value that is not kept. A memo on the code `new` stores these sentences too. `event` is
    the entry for the history of the code `new`. The caller removes the code `old` afterwards.
    """
    store = session.store
    reading_rows.merge(store, old.id, new.id, (old.read_since, new.read_since))
    rows.add_lineage(store, new.id, event)
    lines = [*_fields_left_out(old, new), *_merge_topics(store, old, new), *_opposites(store, old, new)]
    rows.replace_in_codings(store, old.id, new.id)
    rows.replace_elsewhere(store, old.id, new.id)
    if lines:
        coder = study_rows.coder_id(store, session.coder)
        memo_rows.add_memo(store, "code", new.id, f"{old.path} merged", "\n".join(lines), coder, session.now())
    both = (old.path, new.path) if old.name == new.name else (old.name, new.name)
    return [one_line(f"{' into '.join(both)}: {line}") for line in lines]


def merged_code(code: Code, conflicts: Sequence[str]) -> sibtui.MergedCode:
    """Return a code as a MergedCode. `conflicts` are the sentences about the values that the merge did not keep."""
    values = {each.name: getattr(code, each.name) for each in fields(code)}
    return sibtui.MergedCode(**values, conflicts=tuple(conflicts))


def _fields_left_out(old: Code, new: Code) -> Iterator[str]:
    for field in _FIELDS:
        lost, kept = getattr(old, field), getattr(new, field)
        if lost and lost != kept:
            yield f"“{field}”: {f'“{kept}” stays, ' if kept else ''}“{lost}” was left out."


def _merge_topics(store: Store, old: Code, new: Code) -> Iterator[str]:
    """Merge the records of two codes. A record states whether an interviewer asked about a code in a source.

    If both codes have a record for a source, the better one is kept (see `topic_merge.better`). Yield a sentence for
    each record that is not kept. Equal records of several sources share one sentence.
    """
    parents = {code.id: code.parent for code in rows.codes(store)}
    names = {number: name for name, number in source_rows.source_ids(store).items()}
    labels, sources = case_rows.labels(store), dict[TopicLeftOut, list[str]]()
    for source, records in evidence_rows.topics(store).items():
        after, left_out = merge_code_topics(records, parents, old.id, new.id)
        store_topics(store, source, records, after)
        for record in left_out:
            sources.setdefault(record, []).append(names[source])
    for record, found in sources.items():
        yield topic_left_out(new.name, ", ".join(found), record, labels.get(record.case or 0))


def store_topics(store: Store, source: int, before: Records, after: Records) -> None:
    """Store the changed topic records of a source. `before` are its stored records, `after` the records to store."""
    for code in before | after:
        was, now = before.get(code, {}), after.get(code, {})
        for case in was | now:
            if was.get(case) != now.get(case):
                source_rows.set_topic(store, source, code, now.get(case), case)


def topic_left_out(code: str, source: str, record: TopicLeftOut, label: str | None = None) -> str:
    """Return the sentence about a topic record that a merge of codes leaves out.

    A topic record states whether the interviewer asked about a code. `label` is the label of the record's case; None
    if the record is for all cases of the source.
    """
    kept = f"“{record.kept}” stays, " if record.kept else ""
    return f"“topic {code} in {source}{f' ({label})' if label else ''}”: {kept}“{record.lost}” was left out."


def _opposites(store: Store, old: Code, new: Code) -> Iterator[str]:
    for source, start, end, coder, one, other in coding_rows.opposites(store, old.id, new.id):
        yield f"{coder} has both supports and counters now at {source} {start}:{end}: codings {one} and {other}."
