"""Clauses about acts (the recorded changes of the study), such as `“nobody called back” coded Trust`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.model.text import excerpt, listed, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sibtui.model.records import Act, Change

    NameOf = Callable[[str, object], str]
    """A function that takes a table and the id of a row. It returns the name of the item in this row; empty if the name is unknown."""

_QUOTE = 50
_ENDS = {
    "attribute add": "added",
    "attribute remove": "removed",
    "case add": "added",
    "case remove": "removed",
    "claim add": "stored",
    "claim import": "stored",
    "claim remove": "removed",
    "code add": "added",
    "code remove": "removed",
    "code retire": "retired",
    "code restore": "back in use",
    "matrix remove": "removed",
    "memo add": "written",
    "memo remove": "removed",
    "query remove": "removed",
    "query save": "saved",
    "round end": "ended",
    "round start": "started",
    "set remove": "removed",
    "source add": "added",
    "source erase": "erased",
    "source remove": "removed",
    "source withdraw": "withdrawn",
    "study load": "loaded",
    "summary remove": "removed",
    "summary set": "written",
}
"""A map: verb → last words of its clause. The first words are the summary of the act, which names the item."""
_INTO = {
    "case merge": " merged into ",
    "code merge": " merged into ",
    "code rename": " renamed to ",
    "code move": " moved to ",
    "matrix rename": " renamed to ",
    "set rename": " renamed to ",
}
"""A map: verb → words between the two names in its clause, such as “merged into” in `A merged into B`."""


def act_fact(act: Act, changes: Sequence[Change], name_of: NameOf) -> str:
    """Return a clause about the effect of an act (one recorded change of the study), without a period.

    `changes` are the changed rows, or only the first of them. If some are missing, a count in the clause begins with
    “more than”. If the verb of the act is unknown, the clause is `VERB: SUMMARY`.
    """
    summary = one_line(act.summary, 120)
    if act.verb in _ENDS:
        return f"{summary} {_ENDS[act.verb]}"
    if act.verb in _INTO:
        before, _, after = summary.rpartition(" into " if act.verb.endswith("merge") else " to ")
        noun = "" if before.startswith(act.verb.split()[0]) else f"{act.verb.split()[0]} "
        return f"{noun}{before}{_INTO[act.verb]}{after}"
    words = _WORDS.get(act.verb)
    return f"{act.verb}: {summary}" if words is None else words(summary, changes, name_of, len(changes) < act.changes)


def _coding_add(summary: str, changes: Sequence[Change], name_of: NameOf, is_part: bool) -> str:
    added = [change.after for change in changes if change.table == "codings" and change.after is not None]
    if len(added) != 1:
        return f"{'more than ' * is_part}{plural(len(added), 'coding')} added" if added else f"{summary} added"
    return f"{_quoted(added[0]['quote'])} coded {name_of('codes', added[0]['code_id']) or summary}"


def _coding_set(summary: str, changes: Sequence[Change], name_of: NameOf, is_part: bool) -> str:
    numbers: dict[object, None] = {c.row: None for c in changes if c.table == "codings"}
    of_cases = [c for c in changes if c.table == "coding_cases"]
    numbers |= {_values(c).get("coding_id"): None for c in of_cases}
    parts = [part for c in changes if c.table == "codings" for part in _coding_parts(c, name_of)]
    if of_cases:
        cases = dict.fromkeys(name_of("cases", c.after["case_id"]) for c in of_cases if c.after is not None)
        parts.append(f"now about {listed(cases)}" if cases else "without its case")
    if not numbers or not parts:
        return f"{summary} changed"
    several = f"{'more than ' * is_part}{len(numbers):,} codings"
    subject = several if len(numbers) > 1 else _quoted(name_of("codings", next(iter(numbers))))
    return f"{subject} {', '.join(dict.fromkeys(parts))}"


def _coding_parts(change: Change, name_of: NameOf) -> Iterator[str]:
    before, after = change.before, change.after
    if before is None or after is None:
        return
    if before["code_id"] != after["code_id"]:
        yield f"now coded {name_of('codes', after['code_id']) or 'with another code'}"
    if (before["start"], before["end"]) != (after["start"], after["end"]):
        yield "with other edges"
    elif before["quote"] != after["quote"]:
        yield "with corrected words"
    if before["certainty"] != after["certainty"]:
        yield "now tentative" if after["certainty"] == "tentative" else "no longer tentative"
    if before["stance"] != after["stance"]:
        yield "now counter-evidence" if after["stance"] == "counters" else "no longer counter-evidence"
    if before["coder_id"] != after["coder_id"]:
        yield "by another coder"
    if before["memo"] != after["memo"]:
        yield "with another memo" if after["memo"] else "without its memo"


def _coding_remove(summary: str, changes: Sequence[Change], name_of: NameOf, _is_part: bool) -> str:
    gone = [change.before for change in changes if change.table == "codings" and change.before is not None]
    if len(gone) != 1:
        return f"{summary} removed"
    return f"{_quoted(gone[0]['quote'])} no longer coded {name_of('codes', gone[0]['code_id']) or 'so'}"


def _code_split(summary: str, *_facts: object) -> str:
    """Return the clause for a change that split a code. Its `summary` has the form `code PATH: 3 codings to NAME`."""
    code, _, moved = summary.rpartition(": ")
    count, _, name = moved.partition(" to ")
    return f"{count} of {code} split into {name}"


def _matrix_judge(summary: str, *_facts: object) -> str:
    """Return the clause for a change that judged a cell. Its `summary` has the form `ROW in COLUMN: VERDICT`."""
    cell, _, verdict = summary.rpartition(": ")
    return f"judgement on {cell} removed" if verdict == "as computed" else f"{cell} judged {verdict}"


def _item_set(summary: str, changes: Sequence[Change], name_of: NameOf, _is_part: bool) -> str:
    parts = dict.fromkeys(part for change in changes for part in _item_parts(change, name_of) if part)
    return f"{summary}: {', '.join(parts)}" if parts else f"{summary} changed"


def _set_change(summary: str, changes: Sequence[Change], name_of: NameOf, _is_part: bool) -> str:
    sources: dict[str, dict[str, None]] = {}
    for change in changes:
        if change.table == "set_sources":
            words = "now without" if change.after is None else "now with"
            name = one_line(name_of("sources", _values(change)["source_id"]), _QUOTE) or "a source"
            sources.setdefault(words, {})[name] = None
    parts = [f"{words} {listed(names, 3)}" for words, names in sources.items()]
    return f"{summary} {', '.join(parts) or 'added'}"


def _item_parts(change: Change, name_of: NameOf) -> Iterator[str]:
    """Yield the clauses for one changed row, such as `renamed to East School`."""
    before, after = change.before or {}, change.after or {}
    match change.table:
        case "case_values" | "source_values":
            name = name_of("attributes", _values(change)["attribute_id"]) or "an attribute"
            yield f"{name} now {_quoted(after['value'])}" if after else f"{name} removed"
        case "source_cases":
            label = name_of("cases", _values(change)["case_id"])
            yield f"now about {label}" if after else f"no longer about {label}"
        case "set_sources":
            name = name_of("source_sets", _values(change)["set_id"]) or "of sources"
            yield f"now in the set {name}" if after else f"no longer in the set {name}"
        case "readings":
            yield "read" if after else "no longer read"
        case "lineage" if after.get("event") == "re-read":
            yield "to be read again"
        case "texts":
            yield "corrected"
        case "topics":
            return
        case "sources" | "cases" | "codes" | "attributes" | "memos" | "project" if before and after:
            yield from (_field(name, after[name]) for name in after if before.get(name) != after[name])


def _field(name: str, value: object) -> str:
    if name in {"position", "parent_id"}:
        return "moved"
    if name in {"name", "label"}:
        return f"renamed to {one_line(str(value), _QUOTE)}"
    if name == "started":
        return "in progress" if value else "no longer in progress"
    words = name.replace("_", " ")
    if name in {"definition", "include", "exclude", "example", "text", "description", "private_name"}:
        return f"{words} changed"
    return f"{words} now {one_line(str(value), _QUOTE)}" if value not in {None, ""} else f"{words} removed"


def _values(change: Change) -> dict[str, object]:
    return dict(change.after or change.before or {})


def _quoted(text: object) -> str:
    return f"“{excerpt(str(text), _QUOTE)}”"


_WORDS: dict[str, Callable[[str, Sequence[Change], NameOf, bool], str]] = {
    "attribute set": _item_set,
    "case set": _item_set,
    "code set": _item_set,
    "memo set": _item_set,
    "set change": _set_change,
    "source set": _item_set,
    "study set": _item_set,
    "code import": lambda summary, *_: f"codebook imported, {summary}",
    "code accept": lambda summary, *_: f"{summary.replace(' into ', ' accepted into ', 1)}",
    "code propose": lambda summary, *_: f"{summary} proposed",
    "code reject": lambda summary, *_: f"{summary} rejected",
    "code split": _code_split,
    "coding add": _coding_add,
    "coding attribute": lambda summary, *_: re.sub(" by speaker$", " attributed by speaker", summary),
    "coding decide": lambda summary, *_: f"decided {summary}",
    "coding import": lambda summary, *_: summary if "added" in summary else f"{summary} imported",
    "coding remove": _coding_remove,
    "coding set": _coding_set,
    "matrix define": lambda summary, *_: f"{summary} saved",
    "matrix judge": _matrix_judge,
    "source replace": lambda summary, *_: summary.replace("” by “", "” replaced by “"),
    "pseudonym erase": lambda summary, *_: (
        f"{summary}{'' if summary.startswith('originals') else ' replaced, with the originals'} erased for good"
    ),
    "pseudonym apply": lambda summary, *_: f"{summary} replaced",
    "reading add": lambda summary, *_: f"reading of {summary} recorded",
    "study merge": lambda summary, *_: f"work merged {re.sub(' up to act .*', '', summary)}",
    "reading remove": lambda summary, *_: f"reading of {summary} removed",
}
"""A map: verb → function that makes its clause.

The function takes the summary of the act, its changed rows, a function for the names of other rows, and whether changed rows are missing.
"""
VERBS = frozenset({*_ENDS, *_INTO, *_WORDS})
"""The verbs for which this module has a clause."""
