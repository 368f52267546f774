"""Writing the result of a merge to the open study, as one change. Only items that differ are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sibtui.errors import ConflictError
from sibtui.model.drafts import CaseDraft, CodeProposalDraft, SourceDraft
from sibtui.model.folding import name_key
from sibtui.model.records import Round, Study
from sibtui.model.study_items import CODE_PARENT, SOURCE_TEXT
from sibtui.project.importing.case_rows import CaseRowBuilder
from sibtui.project.importing.corrections import correct
from sibtui.project.importing.source_rows import SourceRowBuilder
from sibtui.project.merging.merged_changes import MergedChanges
from sibtui.project.merging.merged_codes import write_codes
from sibtui.project.merging.merged_codings import write_codings
from sibtui.project.merging.merged_matrices import (
    name_attributes_in_matrices,
    refuse_lost_columns,
    write_code_summaries,
    write_matrices,
)
from sibtui.project.merging.merged_paper import name_items_in_claims, write_paper_items
from sibtui.project.merging.merged_queries import name_items_in_queries, write_queries
from sibtui.project.shared.summary_links import rename_links
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import matrices as matrix_rows
from sibtui.store import memos as memo_rows
from sibtui.store import proposals as proposal_rows
from sibtui.store import queries as query_rows
from sibtui.store import readings as reading_rows
from sibtui.store import rounds as round_rows
from sibtui.store import source_sets as set_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows
from sibtui.store.positions import Ordered, set_order

if TYPE_CHECKING:
    from sibtui.model.study_items import ItemFields, ItemKey, StudyItems
    from sibtui.project.shared.base import Session

    Clash = tuple[str, tuple[str, ...], frozenset[ItemKey]]
    """Two items with the same name: (kind, name in the form in which names are compared, keys of the items)."""


def write_merged(
    session: Session,
    before: StudyItems,
    after: StudyItems,
    orders: Mapping[tuple[str, Any], tuple[ItemKey, ...]] = MappingProxyType({}),
) -> None:
    """Change the items of the open study from `before` to `after`. For `orders`, see `MergedItems`.

    Texts are written before codings, because the place of a coding must be valid in the new text. Raises ConflictError
    when two items would have the same name, when the text at the place of a coding is not its quote, or when a matrix
    would lose all its chosen columns.
    """
    refuse_clashes(name_clashes(before, after))
    refuse_lost_columns(after)
    changes = MergedChanges(session, before, after)
    _write_study(changes)
    _write_attributes(changes)
    _write_cases(changes)
    _write_sources(changes)
    write_codes(changes)
    _write_proposals(changes)
    _write_values(changes)
    write_codings(changes)
    _write_topics_and_readings(changes)
    _write_rounds(changes)
    write_queries(changes)
    _write_sets(changes)
    write_paper_items(changes)
    write_matrices(changes)
    write_code_summaries(changes)
    _write_memos(changes)
    _remove(changes)
    _write_orders(changes, orders)
    name_items_in_queries(changes)
    name_items_in_claims(changes)
    name_attributes_in_matrices(changes)


def refuse_clashes(clashes: Mapping[Clash, str]) -> None:
    """Raise ConflictError if there are clashes of names. For `clashes`, see `name_clashes`."""
    for (kind, _, _), shown in clashes.items():
        raise ConflictError(f"Two items ({kind}) would be named “{shown}”: rename one of them, then merge.")


def name_clashes(before: StudyItems, after: StudyItems) -> dict[Clash, str]:
    """Return a map of the pairs of items to which a merge would give the same name: clash → this name for the user.

    Two items that had the same name before are left out: older studies, and those of other programs, can have such
    items.
    """
    clashes: dict[Clash, str] = {}
    for kind in ("attribute", "case", "source", "query", "set of sources", "claim", "method answer", "matrix", "code"):
        seen: dict[Any, ItemKey] = {}
        items, own = after.kinds[kind], before.kinds[kind]
        for key, fields in items.items():
            name = _unique_name(kind, fields)
            other = seen.setdefault(name, key)
            if other != key and any(each not in own or _unique_name(kind, own[each]) != name for each in (other, key)):
                shown = after.path(key) if kind == "code" else fields[1 if kind == "attribute" else 0]
                clashes[kind, name, frozenset((key, other))] = shown
    return clashes


def _unique_name(kind: str, fields: ItemFields) -> tuple[str, ...]:
    """Return the name of an item in the form in which names are compared.

    The result also has the parent of a code, and the kind of owner (case or source) of an attribute.
    """
    of_owner = (fields[CODE_PARENT], fields[0]) if kind == "code" else (fields[0],)
    return tuple(map(name_key, fields[:2] if kind == "attribute" else of_owner))


def _write_study(changes: MergedChanges) -> None:
    for _, fields in changes.changed("study"):
        name, description, language, first_note, agreement = fields
        study = study_rows.study(changes.store)
        study_rows.put(
            changes.store, Study(name, study.guid, description, study.created, first_note, language, agreement)
        )
    for name, _ in changes.added("coder"):
        study_rows.add_coder(changes.store, name)


def _write_attributes(changes: MergedChanges) -> None:
    for key, fields in changes.added("attribute"):
        case_rows.add_attribute(changes.store, *fields, uid=key)
    ids = changes.ids("attributes")
    for key, (_, name, kind) in changes.changed("attribute"):
        case_rows.set_attribute(changes.store, ids[key], name, kind)


def _write_cases(changes: MergedChanges) -> None:
    store, ids = changes.store, changes.ids("cases")
    for key in changes.freed("case"):
        case_rows.set_case(store, ids[key], key, None)
    for key, (label, private_name, *_) in changes.changed("case"):
        case_rows.set_case(store, ids[key], label, private_name)
    for key, (_, _, letter) in changes.changed("case"):
        if changes.before.kinds["case"][key][2] != letter:
            case_rows.set_letter(store, ids[key], letter)
    builder = CaseRowBuilder(changes.session)
    for key, (label, private_name, letter) in changes.added("case"):
        builder.insert(CaseDraft(label, private_name, {}, letter, key))


def _write_sources(changes: MergedChanges) -> None:
    store, ids = changes.store, changes.ids("sources")
    known = {source.id: source for source in source_rows.sources(store, counts=False)}
    for key in changes.freed("source"):
        source_rows.set_source(store, replace(known[ids[key]], name=key))
    for key, fields in changes.changed("source"):
        source = known[ids[key]]
        name, title, kind, fidelity, language, started, text, (original, sha256), _ = fields
        if changes.before.kinds["source"][key][SOURCE_TEXT] != text:
            correct(changes.session, source, text, original=original, original_sha256=sha256)
        source_rows.set_source(
            store, replace(source, name=name, title=title, kind=kind, fidelity=fidelity, language=language)
        )
        source_rows.set_started(store, source.id, started=started)
    builder = SourceRowBuilder(changes.session, {})
    for key, fields in changes.added("source"):
        name, title, kind, fidelity, language, started, text, (original, sha256), added = fields
        draft = SourceDraft(
            name, text, title, kind, fidelity, (), "in progress" if started else "unread", added=added,
            original=original, sha256=sha256, language=language, uid=key,
        )  # fmt: skip
        builder.insert(draft)
    old = changes.before.kinds["source"]
    names = {old[key][0]: fields[0] for key, fields in changes.changed("source") if old[key][0] != fields[0]}
    if names:
        rename_links(store, names)
    _write_touched(changes)


def _write_touched(changes: MergedChanges) -> None:
    changed = {key[0] for key, _ in (*changes.added("source case"), *changes.removed("source case"))}
    if not changed:
        return
    sources, cases = changes.ids("sources"), changes.ids("cases")
    touched: dict[str, list[int]] = {key: [] for key in changed if key in changes.after.kinds["source"]}
    for source, case in changes.after.kinds["source case"]:
        if source in touched:
            touched[source].append(cases[case])
    for source, numbers in touched.items():
        source_rows.set_cases(changes.store, sources[source], numbers)


def _write_values(changes: MergedChanges) -> None:
    attributes = changes.ids("attributes")
    for of, table in (("case", "cases"), ("source", "sources")):
        kind = f"{of} attribute"
        owners = changes.ids(table)
        written = [*changes.added(kind), *changes.changed(kind)]
        gone = ((key, (None,)) for key, _ in changes.removed(kind))
        for (owner, attribute), (value,) in (*written, *gone):
            if owner in owners and attribute in attributes:
                case_rows.set_values(changes.store, of, owners[owner], {attributes[attribute]: value})  # type: ignore[arg-type]


def _write_topics_and_readings(changes: MergedChanges) -> None:
    store = changes.store
    sources, codes, cases = changes.ids("sources"), changes.ids("codes"), changes.ids("cases")
    gone = ((key, (None,)) for key, _ in changes.removed("topic"))
    for (source, code, case), (state,) in (*gone, *changes.added("topic"), *changes.changed("topic")):
        if source in sources and code in codes and (not case or case in cases):
            source_rows.set_topic(store, sources[source], codes[code], state, cases[case] if case else None)
    for (source, coder, code, number), _ in changes.removed("reading"):
        if source in sources and (not code or code in codes):
            of = None if not code else codes[code]
            reading_rows.remove_one(store, sources[source], coder, of, number)
    for (source, coder, code, number), (at,) in (*changes.added("reading"), *changes.changed("reading")):
        by = study_rows.coder_id(store, coder)
        reading_rows.set_reading(store, sources[source], by, codes[code] if code else None, at, number)


def _write_proposals(changes: MergedChanges) -> None:
    store, ids, codes = changes.store, changes.ids("proposals"), changes.ids("codes")
    for key, _ in changes.removed("proposal"):
        proposal_rows.remove_proposal(store, ids[key])
    for key, (path, definition, _, decision, _) in changes.changed("proposal"):
        state, code, reason, decided = decision
        proposal_rows.set_words(store, ids[key], path, definition)
        proposal_rows.decide(store, [ids[key]], state, codes.get(code), reason, decided)
    for key, (path, definition, coder, decision, created) in changes.added("proposal"):
        state, code, reason, decided = decision
        draft = CodeProposalDraft(path, definition, coder, created, state, "", reason, decided, key)
        by = study_rows.coder_id(store, coder)
        proposal_rows.add_proposal(store, draft, by, created, codes.get(code))


def _write_rounds(changes: MergedChanges) -> None:
    store, sources = changes.store, changes.ids("sources")
    for (coder, number), _ in changes.removed("round"):
        round_rows.remove(store, coder, number)
    ended_first = sorted((*changes.changed("round"), *changes.added("round")), key=lambda item: not item[1][-1])
    for (coder, number), (name, blind, of, started, ended) in ended_first:
        known = [each for each in of if each in sources]
        found = Round(coder, number, name, started, ended, blind, tuple(known))
        round_rows.put(store, found, study_rows.coder_id(store, coder), [sources[each] for each in known])


def _write_sets(changes: MergedChanges) -> None:
    store, ids = changes.store, changes.ids("source_sets")
    for key, _ in changes.removed("set of sources"):
        set_rows.remove_set(store, ids[key])
    for key in changes.freed("set of sources"):
        if key in changes.after.kinds["set of sources"]:
            set_rows.rename_set(store, ids[key], f"{key} {changes.before.kinds['set of sources'][key][0]}")
    for key, (name,) in changes.changed("set of sources"):
        set_rows.rename_set(store, ids[key], name)
    for key, (name,) in changes.added("set of sources"):
        set_rows.add_set(store, name, key)
    sources, ids = changes.ids("sources"), changes.ids("source_sets")
    for (source, key), _ in changes.removed("source in set"):
        if source in sources and key in ids:
            set_rows.remove_sources(store, ids[key], [sources[source]])
    for (source, key), _ in changes.added("source in set"):
        set_rows.add_sources(store, ids[key], [sources[source]])


def _write_memos(changes: MergedChanges) -> None:
    store, ids = changes.store, changes.ids("memos")
    for key, _ in changes.removed("memo"):
        memo_rows.remove_memo(store, ids[key])
    moved: list[tuple[Any, Any]] = []
    for key, fields in changes.changed("memo"):
        was = changes.before.kinds["memo"][key]
        if (was[:2], was[4:]) == (fields[:2], fields[4:]):
            memo_rows.set_memo(store, ids[key], fields[2], fields[3])
        else:
            memo_rows.remove_memo(store, ids[key])
            moved.append((key, fields))
    tables = {"source": "sources", "case": "cases", "code": "codes", "matrix": "matrices"}
    for key, (on, of, title, text, coder, created) in (*moved, *changes.added("memo")):
        number = changes.ids(tables[on])[of] if on in tables else None
        by = study_rows.coder_id(store, coder)
        memo_rows.add_memo(store, on, number, title, text, by, created, uid=key)


def _remove(changes: MergedChanges) -> None:
    """Delete the rows of the items that the merge removes. At this time, no other item may refer to them."""
    for table, kind, remove in (
        ("matrices", "matrix", matrix_rows.remove),
        ("sources", "source", source_rows.remove_source),
        ("cases", "case", case_rows.remove_case),
        ("attributes", "attribute", case_rows.remove_attribute),
        ("queries", "query", query_rows.remove_query),
    ):
        ids = changes.ids(table)
        for key, _ in changes.removed(kind):
            remove(changes.store, ids[key])
    codes = changes.ids("codes")
    for key, _ in reversed(changes.removed("code")):  # sub-codes before their parents
        code_rows.remove_code(changes.store, codes[key])


def _write_orders(changes: MergedChanges, orders: Mapping[tuple[str, Any], tuple[ItemKey, ...]]) -> None:
    for (kind, _), keys in orders.items():
        table = _ORDERED[kind]
        ids = changes.ids(table)
        set_order(changes.store, table, [ids[key] for key in keys])


_ORDERED: Mapping[str, Ordered] = {"attribute": "attributes", "case": "cases", "source": "sources", "code": "codes"}
