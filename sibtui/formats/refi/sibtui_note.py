"""The annex of a REFI-QDA project: a Note named `sibtui`, with the facts that REFI-QDA cannot store, as JSON.

Only sibtui reads it. The module `identifiers` describes its fields.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, field, fields, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sibtui.errors import InputError
from sibtui.formats.refi.identifiers import VERSION
from sibtui.formats.study_folder.claims_toml import read_claims
from sibtui.model.drafts import CodeDraft, CodeProposalDraft, CodingDraft, MethodAnswer, QueryDraft
from sibtui.model.judgement_basis import JudgementBasis
from sibtui.model.lazy_items import LazyItems
from sibtui.model.records import (
    ASKED,
    CERTAINTIES,
    ERASURE_KINDS,
    FIDELITIES,
    FOUND_BY,
    KINDS,
    MEMO_TARGETS,
    ORIGINS,
    PROPOSAL_STATES,
    READINGS,
    STANCES,
    STATUSES,
    Lineage,
    Package,
    Reading,
    Round,
    TopicRecord,
)
from sibtui.model.segments import Segment
from sibtui.model.summaries import Summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sibtui.model.claims.claim import Claim

T = TypeVar("T")

_ONE_OF: dict[str, tuple[str, ...]] = {
    "kind": KINDS, "fidelity": FIDELITIES, "reading": READINGS, "stance": STANCES, "certainty": CERTAINTIES,
    "origin": ORIGINS, "status": STATUSES, "on": MEMO_TARGETS, "state": PROPOSAL_STATES, "how": FOUND_BY,
}  # fmt: skip
_ITEMS: dict[str, type] = {"cases": str, "lineage": dict}
_TYPES: dict[str, type | tuple[type, ...]] = {
    "attributes": dict, "segment": dict, "nth": int, "first_note": int, "confidence": (int, float), "line": int, "undecided": bool,
    "round": int, "for_paper": bool,
}  # fmt: skip
_NEVER_NONE = {
    "name",
    "expression",
    "kind",
    "fidelity",
    "reading",
    "stance",
    "certainty",
    "on",
    "state",
    "path",
    "lineage",
    "attributes",
    "first_note",
    "confidence",
}


@dataclass
class SibtuiNote:
    """The annex of a project: facts for which REFI-QDA has no place.

    Most fields are maps: GUID (id) of a record → its facts. The module `identifiers` describes each field.
    """

    study: dict[str, Any] = field(default_factory=dict)
    package: dict[str, Any] = field(default_factory=dict)
    unlisted: list[str] = field(default_factory=list)
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    cases: dict[str, dict[str, Any]] = field(default_factory=dict)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)
    codings: dict[str, dict[str, Any]] = field(default_factory=dict)
    memos: dict[str, dict[str, Any]] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    matrices: list[str] = field(default_factory=list)
    coverage: list[list[str]] = field(default_factory=list)
    readings: list[list[Any]] = field(default_factory=list)
    proposals: list[dict[str, Any]] = field(default_factory=list)
    rounds: list[list[Any]] = field(default_factory=list)
    queries: list[dict[str, Any]] = field(default_factory=list)
    sets: dict[str, dict[str, Any]] = field(default_factory=dict)
    claims: list[str] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    summaries: list[dict[str, Any]] = field(default_factory=list)
    lasting: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    erased: list[list[str]] = field(default_factory=list)
    whole: dict[str, list[list[Any]]] = field(default_factory=dict)
    order: dict[str, list[str]] = field(default_factory=dict)

    def put(self, kind: str, guid: str, /, **values: Any) -> None:
        """Add some fields of a record to the annex. `kind` is, for example, `codes`; `guid` is the record's id."""
        getattr(self, kind).setdefault(guid, {}).update(values)

    def put_whole(self, kind: str, at: int, draft: CodeDraft | CodingDraft) -> None:
        """Add a whole record to the annex, because REFI-QDA has no form for it. `at` is its position in the study."""
        self.whole.setdefault(kind, []).append([at, asdict(draft)])

    def put_order(self, kind: str, in_study: Sequence[str], in_file: Sequence[str]) -> None:
        """Add to the annex the order of the records in the study, if the file has them in another order.

        `in_study` and `in_file` have the GUIDs (ids) of the records in the two orders.
        """
        if list(in_study) != list(in_file):
            self.order[kind] = list(in_study)

    def write(self) -> bytes:
        """Return the annex as the bytes of a JSON file. Empty fields are left out."""
        values = {each.name: value for each in fields(self) if (value := getattr(self, each.name))}
        return (json.dumps({"sibtui": VERSION, **values}, indent=1, default=_plain) + "\n").encode()


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    raise TypeError(f"{type(value).__name__} has no place in a project file")


def read(name: str, text: str) -> SibtuiNote | None:
    """Return the annex from the text of a Note; None if the Note is not the annex.

    Raises InputError when the annex is damaged, or when a newer version of sibtui wrote it.
    """
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict) or "sibtui" not in values:
        return None
    if values.pop("sibtui") not in range(1, VERSION + 1):
        raise InputError(f"{name} was written by a newer sibtui: update sibtui to read it.")
    known = {each.name: each.type for each in fields(SibtuiNote)}
    for key, value in values.items():
        if key not in known or not isinstance(value, dict if known[key].startswith("dict") else list):
            raise damaged(name, key)
    return SibtuiNote(**values)


def damaged(name: str, part: str) -> InputError:
    """Return the error for a damaged part of the annex in the file `name`; the caller raises it."""
    return InputError(
        f"{name}: in the Note “sibtui” the part “{part[:40]}” is damaged; without that Note the file can be read."
    )


def apply_fields(name: str, stored: Mapping[str, Any], draft: T) -> T:
    """Return `draft` with the fields in `stored`: name → value. Raises InputError for an unknown or wrong field."""
    known = {each.name for each in fields(draft)}  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for key, value in stored.items():
        if key not in known or not _fits(key, value):
            raise damaged(name, key)
        values[key] = _native(key, value)
    return replace(draft, **values)  # type: ignore[type-var]


def _fits(key: str, value: Any) -> bool:
    if value is None:
        return key not in _NEVER_NONE
    if key in _ONE_OF:
        return value in _ONE_OF[key]
    if key in _ITEMS:
        return isinstance(value, list) and all(isinstance(each, _ITEMS[key]) for each in value)
    return isinstance(value, _TYPES.get(key, str))


def _native(key: str, value: Any) -> Any:
    if key == "cases":
        return None if value is None else tuple(value)
    if key == "lineage":
        return tuple(Lineage(**event) for event in value)
    if key == "segment":
        return None if value is None else Segment(**value)
    if key == "attributes":
        return {name: _value(each) for name, each in value.items()}
    return value


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return dt.date.fromisoformat(value["date"])
    if isinstance(value, list) or value is None:
        raise TypeError
    return value


def restore_order(
    annex: SibtuiNote, kind: str, in_file: Sequence[tuple[str, T]], whole: Sequence[tuple[int, T]] = ()
) -> list[T]:
    """Return the records of a kind, such as codes, in the order that they had in the study.

    The order is stored in `annex`. `in_file` has (id, record) for the records outside the annex. `whole` has (position,
    record) for the records that only the annex has.
    """
    order = {guid: at for at, guid in enumerate(annex.order.get(kind, ()))}
    listed = sorted(in_file, key=lambda pair: order.get(pair[0], len(order))) if order else in_file
    return list(inserted([draft for _, draft in listed], whole))


def inserted(drafts: Sequence[T], whole: Sequence[tuple[int, T]]) -> Sequence[T]:
    """Return the records `drafts`, with the records in `whole` inserted at their positions.

    `whole` has (position in the result, record). To save memory, the result is made again for each iteration.
    """
    if not whole:
        return drafts
    placed = sorted(whole, key=lambda pair: pair[0])

    def all_of_them() -> Iterator[T]:
        rest = iter(drafts)
        count = 0
        for at, draft in placed:
            for following in islice(rest, max(0, at - count)):
                yield following
                count += 1
            yield draft
            count += 1
        yield from rest

    return LazyItems(all_of_them, len(drafts) + len(whole))


def whole_codes(name: str, annex: SibtuiNote) -> list[tuple[int, CodeDraft]]:
    """Return (position, code) for each code that only the annex has. Raises InputError when one is damaged."""
    return [(at, apply_fields(name, stored, CodeDraft(""))) for at, stored in _whole(name, annex, "codes")]


def whole_codings(name: str, annex: SibtuiNote) -> list[tuple[int, CodingDraft]]:
    """Return (position, coding) for each coding that only the annex has. Raises InputError when one is damaged."""
    return [(at, apply_fields(name, stored, CodingDraft("", ""))) for at, stored in _whole(name, annex, "codings")]


def _whole(name: str, annex: SibtuiNote, kind: str) -> list[tuple[int, dict[str, Any]]]:
    records = []
    for at, stored in annex.whole.get(kind, ()):
        if not isinstance(at, int) or not isinstance(stored, dict):
            raise damaged(name, "whole")
        records.append((at, stored))
    return records


def coverage(name: str, annex: SibtuiNote) -> tuple[TopicRecord, ...]:
    """Return the topic records: whether an interviewer asked about a topic. Raises InputError when one is damaged."""
    for record in annex.coverage:
        source, topic, state, *case = record
        texts = (source, topic, *case)
        if len(case) > 1 or not all(isinstance(text, str) for text in texts) or state not in ASKED:
            raise damaged(name, "coverage")
    return tuple(TopicRecord(*record) for record in annex.coverage)  # type: ignore[arg-type]


def readings(name: str, annex: SibtuiNote) -> tuple[Reading, ...]:
    """Return the readings: who has read which source, and when. Raises InputError when one is damaged."""
    for source, coder, at, code, number in annex.readings:
        texts = (source, coder, at, code or "")
        if not all(isinstance(text, str) for text in texts) or not isinstance(number, int) or number < 1:
            raise damaged(name, "readings")
    return tuple(Reading(*record) for record in annex.readings)


def proposals(name: str, annex: SibtuiNote) -> tuple[CodeProposalDraft, ...]:
    """Return the proposals of new codes. Raises InputError when one is damaged."""
    return tuple(apply_fields(name, stored, CodeProposalDraft("")) for stored in annex.proposals)


def rounds(name: str, annex: SibtuiNote) -> tuple[Round, ...]:
    """Return the rounds of coding. Raises InputError when one is damaged."""
    for coder, number, own, started, ended, blind, sources in annex.rounds:
        texts = (coder, own, started, ended, *sources)
        if not all(isinstance(text, str) for text in texts) or type(number) is not int or not isinstance(blind, bool):
            raise damaged(name, "rounds")
    return tuple(
        Round(coder, number, own, started, ended, blind, tuple(sources))
        for coder, number, own, started, ended, blind, sources in annex.rounds
    )


def queries(name: str, annex: SibtuiNote) -> tuple[QueryDraft, ...]:
    """Return the saved queries. Raises InputError when one is damaged."""
    return tuple(apply_fields(name, stored, QueryDraft("", "")) for stored in annex.queries)


def package(name: str, annex: SibtuiNote) -> Package | None:
    """Return the package (part of another study) from which this study was made; None for any other study.

    Raises InputError when the record of the package is damaged.
    """
    if not annex.package:
        return None
    texts, sources = [annex.package[key] for key in ("coder", "digest", "made")], annex.package["sources"]
    act = annex.package["act"]
    if not all(isinstance(text, str) for text in (*texts, *sources)) or type(act) is not int or act < 0 or not texts[0]:
        raise damaged(name, "package")
    coder, digest, made = texts
    return Package(coder, act, digest, made, tuple(sources))


def claims(name: str, annex: SibtuiNote) -> tuple[Claim, ...]:
    """Return the claims of the paper, which are stored as TOML. Raises InputError when the TOML is damaged."""
    if not all(isinstance(text, str) for text in annex.claims):
        raise damaged(name, "claims")
    return tuple(claim for text in annex.claims for claim in read_claims(name, text.encode()))


def answers(name: str, annex: SibtuiNote) -> tuple[MethodAnswer, ...]:
    """Return the answers to questions about the methods. Raises InputError when one is damaged."""
    return tuple(apply_fields(name, stored, MethodAnswer("", "")) for stored in annex.answers)


def summary(name: str, text: str, stored: dict[str, Any]) -> Summary:
    """Return a summary of a cell of a matrix, or of a code in a case. Raises InputError when a field is damaged.

    `text` is the text of the summary, from its Note. `stored` has the other fields, from the annex.
    """
    basis = stored.pop("basis", None)
    found = apply_fields(name, stored, Summary("", "", ""))
    return replace(found, text=text, basis=None if basis is None else JudgementBasis.from_values(basis))


def withdrawn(name: str, annex: SibtuiNote) -> tuple[str, ...]:
    """Return the ids (`uid`) of the sources withdrawn for good. Raises InputError when an id is damaged."""
    if not all(isinstance(uid, str) and uid for uid in annex.withdrawn):
        raise damaged(name, "withdrawn")
    return tuple(annex.withdrawn)


def erased_texts(name: str, annex: SibtuiNote) -> tuple[tuple[str, str, str, str], ...]:
    """Return (kind, id, salt, digest) of each erased text. Raises InputError when an entry is damaged."""
    for kind, *others in annex.erased:
        if kind not in ERASURE_KINDS or len(others) != 3 or not all(isinstance(each, str) and each for each in others):
            raise damaged(name, "erased")
    return tuple((kind, uid, salt, digest) for kind, uid, salt, digest in annex.erased)
