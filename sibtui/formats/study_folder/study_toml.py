"""The files study.toml and memos.toml of a study folder: the study, its coders, cases, attributes and memos."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast, get_args

from sibtui.formats.codec.toml_tables import Moment, document, load, table, table_of_all
from sibtui.model.attributes import canonical
from sibtui.model.drafts import AttributeDraft, CaseDraft, MemoDraft
from sibtui.model.lazy_items import heads
from sibtui.model.records import ATTRIBUTE_KINDS, ERASURE_KINDS, MEMO_TARGETS, Owner, Package, Round, Study

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sibtui.formats.codec.toml_tables import Fields
    from sibtui.model.drafts import StudyDraft
    from sibtui.model.records import AttributeKind

_OWNERS: tuple[Owner, ...] = get_args(Owner)


@dataclass(frozen=True, slots=True)
class StudyTables:
    """The content of study.toml. `order` are the names of the sources, in the order of the study.

    `withdrawn` are the ids of sources that were withdrawn for good. `erased_texts` has (kind, id, salt, digest) of
    each erased text. `of_sources` is a map: name of a source → (lasting id, language). A lasting id is the same in
    all copies of the study.

    `package` describes the package from which the study was made: a part of another study, sent to a colleague for
    coding. It is None for any other study.
    """

    study: Study = field(default_factory=lambda: Study(name="", guid="", description="", created="", first_note=1))
    coders: tuple[str, ...] = ()
    attributes: tuple[AttributeDraft, ...] = ()
    cases: tuple[CaseDraft, ...] = ()
    order: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    erased_texts: tuple[tuple[str, str, str, str], ...] = ()
    rounds: tuple[Round, ...] = ()
    package: Package | None = None
    of_sources: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def read_tables(name: str, data: bytes) -> StudyTables:
    """Return the content of study.toml. Raises InputError, which names the file and the faulty entry."""
    fields = load(name, data)
    head = fields.table("study")
    tables = StudyTables(
        study=Study(
            name=head.text("name"),
            guid=head.text("id"),
            description=head.text("description"),
            created=head.moment("created") or "",
            first_note=head.whole("first_note", 1),
            language=head.text("language"),
            agreement=head.text("agreement"),
        ),
        coders=tuple(_coder(coder) for coder in fields.tables("coder")),
        attributes=tuple(_attribute(attribute) for attribute in fields.tables("attribute")),
        cases=tuple(_case(case) for case in fields.tables("case")),
        order=head.texts("sources"),
        withdrawn=head.texts("withdrawn"),
        erased_texts=tuple(_erased_text(text) for text in fields.tables("erased_text")),
        rounds=tuple(_round(each) for each in fields.tables("round")),
        package=_package(fields.maybe_table("package")),
        of_sources=dict(_source(source) for source in fields.tables("source")),
    )
    head.done()
    fields.done()
    return tables


def write_tables(draft: StudyDraft) -> bytes:
    """Return the bytes of study.toml for a study. The file does not have the texts and codings."""
    return document(list(_tables(draft)))


def _tables(draft: StudyDraft) -> Iterator[str]:
    yield _study_table(draft)
    if draft.package is not None:
        yield _package_table(draft.package)
    for coder in draft.coders:
        yield table("[[coder]]", {"name": coder})
    for attribute in draft.attributes:
        yield table(
            "[[attribute]]",
            {"of": attribute.of, "name": attribute.name, "kind": attribute.kind, "id": attribute.uid},
        )
    yield from _case_tables(draft)
    for source in heads(draft.sources):
        if source.uid or source.language:
            yield table("[[source]]", {"name": source.name, "id": source.uid, "language": source.language})
    yield from map(_round_table, draft.rounds)
    for kind, uid, salt, digest in draft.erased_texts:
        yield table("[[erased_text]]", {"kind": kind, "id": uid, "salt": salt, "digest": digest})


def _study_table(draft: StudyDraft) -> str:
    study = draft.study
    return table(
        "[study]",
        {
            "id": study.guid,
            "name": study.name,
            "description": study.description,
            "created": Moment(study.created),
            "first_note": study.first_note,
            "language": study.language,
            "agreement": study.agreement,
            "sources": [source.name for source in heads(draft.sources)],
            "withdrawn": list(draft.withdrawn),
        },
    )


def _package_table(package: Package) -> str:
    return table(
        "[package]",
        {
            "coder": package.coder,
            "act": package.act,
            "digest": package.digest,
            "made": Moment(package.made),
            "sources": list(package.sources),
        },
    )


def _case_tables(draft: StudyDraft) -> Iterator[str]:
    kinds = {attribute.name: attribute.kind for attribute in draft.attributes if attribute.of == "case"}
    for case in draft.cases:
        yield table(
            "[[case]]",
            {"label": case.label, "private_name": case.private_name, "letter": case.letter, "id": case.uid},
        )
        typed = {name: native_value(kinds.get(name), value) for name, value in case.attributes.items()}
        yield table_of_all("[case.attributes]", typed)


def _round_table(each: Round) -> str:
    return table(
        "[[round]]",
        {
            "coder": each.coder,
            "number": each.number,
            "name": each.name,
            "started": Moment(each.started),
            "ended": Moment(each.ended),
            "blind": True if each.blind else None,
            "sources": list(each.sources),
        },
    )


def native_value(kind: str | None, value: Any) -> Any:
    """Return an attribute value as a value of TOML: a number, a date, true or false, or a text.

    `kind` is the type of the attribute, such as number. A value that does not have this type is returned unchanged.
    """
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
    """Return the number in a text. If a float would lose digits of the number, return the text itself."""
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
        uid=fields.text("id"),
    )
    fields.done()
    return attribute


def _source(fields: Fields) -> tuple[str, tuple[str, str]]:
    result = fields.needed("name"), (fields.text("id"), fields.text("language"))
    fields.done()
    return result


def _package(fields: Fields | None) -> Package | None:
    if fields is None:
        return None
    result = Package(
        coder=fields.needed("coder"),
        act=fields.whole("act", 0),
        digest=fields.text("digest"),
        made=fields.moment("made") or "",
        sources=fields.texts("sources"),
    )
    fields.done()
    return result


def _round(fields: Fields) -> Round:
    result = Round(
        coder=fields.needed("coder"),
        number=fields.whole("number", 2, at_least=2),
        name=fields.needed("name"),
        started=fields.moment("started") or "",
        ended=fields.moment("ended") or "",
        blind=fields.flag("blind", default=False),
        sources=fields.texts("sources"),
    )
    fields.done()
    return result


def _erased_text(fields: Fields) -> tuple[str, str, str, str]:
    kind: str = fields.one_of("kind", ERASURE_KINDS, "source")
    result = kind, fields.needed("id"), fields.needed("salt"), fields.needed("digest")
    fields.done()
    return result


def _case(fields: Fields) -> CaseDraft:
    case = CaseDraft(
        label=fields.needed("label"),
        private_name=fields.optional("private_name"),
        attributes=fields.values("attributes"),
        letter=fields.text("letter"),
        uid=fields.text("id"),
    )
    fields.done()
    return case


def read_memos(name: str, data: bytes) -> tuple[MemoDraft, ...]:
    """Return the memos in the file memos.toml. Raises InputError, which names the file and the faulty entry."""
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
                    "id": memo.uid,
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
        uid=fields.text("id"),
    )
    fields.done()
    return memo
