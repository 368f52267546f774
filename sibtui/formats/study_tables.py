"""study.toml and memos.toml: what a study folder says of the study, its coders, cases and attributes, and its memos."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast, get_args

from sibtui.formats.toml_tables import Moment, document, load, table, table_of_all
from sibtui.model.attributes import canonical
from sibtui.model.drafts import AttributeDraft, CaseDraft, MemoDraft
from sibtui.model.records import ATTRIBUTE_KINDS, MEMO_TARGETS, Owner, Study

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sibtui.formats.toml_tables import Fields
    from sibtui.model.drafts import StudyDraft
    from sibtui.model.records import AttributeKind

_OWNERS: tuple[Owner, ...] = get_args(Owner)


@dataclass(frozen=True, slots=True)
class StudyTables:
    """What study.toml holds. `order` names the sources in the order in which they are shown."""

    study: Study = field(default_factory=lambda: Study(name="", guid="", description="", created="", first_note=1))
    coders: tuple[str, ...] = ()
    attributes: tuple[AttributeDraft, ...] = ()
    cases: tuple[CaseDraft, ...] = ()
    order: tuple[str, ...] = ()


def read_tables(name: str, data: bytes) -> StudyTables:
    fields = load(name, data)
    head = fields.table("study")
    tables = StudyTables(
        study=Study(
            name=head.text("name"),
            guid=head.text("id"),
            description=head.text("description"),
            created=head.moment("created") or "",
            first_note=head.whole("first_note", 1),
        ),
        coders=tuple(_coder(coder) for coder in fields.tables("coder")),
        attributes=tuple(_attribute(attribute) for attribute in fields.tables("attribute")),
        cases=tuple(_case(case) for case in fields.tables("case")),
        order=head.texts("sources"),
    )
    head.done()
    fields.done()
    return tables


def write_tables(draft: StudyDraft) -> bytes:
    return document(list(_tables(draft)))


def _tables(draft: StudyDraft) -> Iterator[str]:
    study = draft.study
    yield table(
        "[study]",
        {
            "id": study.guid,
            "name": study.name,
            "description": study.description,
            "created": Moment(study.created),
            "first_note": study.first_note,
            "sources": [source.name for source in draft.sources],
        },
    )
    for coder in draft.coders:
        yield table("[[coder]]", {"name": coder})
    for attribute in draft.attributes:
        yield table("[[attribute]]", {"of": attribute.of, "name": attribute.name, "kind": attribute.kind})
    kinds = {attribute.name: attribute.kind for attribute in draft.attributes if attribute.of == "case"}
    for case in draft.cases:
        yield table("[[case]]", {"label": case.label, "private_name": case.private_name})
        typed = {name: native(kinds.get(name), value) for name, value in case.attributes.items()}
        yield table_of_all("[case.attributes]", typed)


def native(kind: str | None, value: Any) -> Any:
    """An attribute's value as files hold it: a number, a date, true or false, text. One that is not of its kind stays."""
    if kind is None:
        return value
    try:
        text = canonical(cast("AttributeKind", kind), value)
    except ValueError:
        return value
    if kind == "date":
        return dt.date.fromisoformat(text)
    if kind == "yes/no":
        return text == "yes"
    return _number(text) if kind == "number" else text


def _number(text: str) -> int | float | str:
    """A decimal with more digits than a float holds stays text."""
    if "." not in text:
        return int(text)
    number = float(text)
    return number if repr(number) == text else text


def _coder(fields: Fields) -> str:
    name = fields.needed("name")
    fields.done()
    return name


def _attribute(fields: Fields) -> AttributeDraft:
    attribute = AttributeDraft(
        of=fields.one_of("of", _OWNERS, "case"),
        name=fields.needed("name"),
        kind=fields.one_of("kind", ATTRIBUTE_KINDS, "text"),
    )
    fields.done()
    return attribute


def _case(fields: Fields) -> CaseDraft:
    case = CaseDraft(
        label=fields.needed("label"),
        private_name=fields.optional("private_name"),
        attributes=fields.values("attributes"),
    )
    fields.done()
    return case


def read_memos(name: str, data: bytes) -> tuple[MemoDraft, ...]:
    fields = load(name, data)
    memos = tuple(_memo(memo) for memo in fields.tables("memo"))
    fields.done()
    return memos


def write_memos(memos: Iterable[MemoDraft]) -> bytes:
    return document(
        [
            table(
                "[[memo]]",
                {
                    "on": memo.on,
                    "of": memo.of,
                    "title": memo.title,
                    "text": memo.text,
                    "coder": memo.coder,
                    "created": Moment(memo.created or ""),
                },
            )
            for memo in memos
        ]
    )


def _memo(fields: Fields) -> MemoDraft:
    memo = MemoDraft(
        on=fields.one_of("on", MEMO_TARGETS, "project"),
        of=fields.text("of"),
        title=fields.text("title"),
        text=fields.text("text"),
        coder=fields.optional("coder"),
        created=fields.moment("created"),
    )
    fields.done()
    return memo
