"""The import of codings from tables: reading the file, adding the codings, and messages about rows with problems."""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from sibtui.formats.other_programs.coding_table import DEFAULT, CodingTableOptions
from sibtui.formats.other_programs.coding_table_reader import is_own, read_coding_table
from sibtui.formats.study_folder.codings_csv import CELLS
from sibtui.model.arguments import as_path, between
from sibtui.model.codebook import join_path, path_key, split_path
from sibtui.model.drafts import CodingDraft
from sibtui.model.messages import Message
from sibtui.model.text import excerpt, listed, listed_clauses, one_line
from sibtui.project.importing.coding_import import import_codings
from sibtui.project.importing.files import opened_bytes
from sibtui.project.results import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sibtui.formats.other_programs.coding_table import UnreadRow
    from sibtui.model.arguments import AnyPath
    from sibtui.model.quote_match import QuoteMatch
    from sibtui.project.results import CodingsImported, Problem
    from sibtui.project.shared.base import Session

__all__ = ["DEFAULT", "CodingTableOptions", "import_table", "is_own", "messages"]

_EXAMPLES = 3
_KINDS: dict[Problem, Message] = {
    "source": Message("name a source that is not in the study"),
    "code": Message("name a code that is not in the codebook or not in use", "new-codes"),
    "quote": Message("have a quote that is not in the text"),
    "repeated": Message("have a quote that occurs several times", "number-quote"),
    "case": Message("have a case or coder that cannot be used"),
    "value": Message("cannot be read"),
    "differs": Message("differ from a coding of the study", "update-codings"),
}
"""A map: kind of problem → words of its message, and a hint. The messages are printed in this order."""
_PATH_SEPARATOR = re.compile(r"\s+>\s+|\\")
"""The pattern of the separator between a code and its sub-code in tables of MAXQDA and NVivo."""


def import_table(
    session: Session,
    file: AnyPath | bytes,
    options: CodingTableOptions | None,
    *,
    name: str = "",
    new_codes: bool = False,
    update: bool = False,
    dry_run: bool = False,
    strict: bool = False,
    accept: float | None = None,
    progress: Callable[[int], None] | None = None,
) -> CodingsImported:
    """Add the codings in a table, and return the result. `codings.import_table` describes the arguments."""
    if accept is not None:
        between("score to accept", accept, 0, 100)
    known = name or ("the table" if isinstance(file, bytes) else str(as_path(file)))
    with nullcontext(file) if isinstance(file, bytes) else opened_bytes(file) as data:
        table = read_coding_table(known, data, options or DEFAULT)
        drafts = _with_paths(session, table.drafts) if table.columns and not (options or DEFAULT).flat else table.drafts
        done = import_codings(
            session, drafts, new_codes=new_codes, update=update, dry_run=dry_run, strict=strict, accept=accept,
            unread=table.unread, progress=progress,
        )  # fmt: skip
    refused = (*done.refused, *map(_unread, table.unread))
    failed = strict and bool(refused)
    return replace(
        done, added=0 if failed else done.added, updated=done.updated and not failed, refused=refused,
        columns=table.columns, ignored=table.ignored, warnings=tuple(table.warnings),
    )  # fmt: skip


def _with_paths(session: Session, drafts: Iterable[CodingDraft]) -> list[CodingDraft]:
    """Return the drafts. A code in the form `Care > Trust` of MAXQDA and NVivo becomes the path `Care/Trust`.

    If a code of the study has the name `Care > Trust`, this name is not changed.
    """
    known = {path_key(path) for path in session.paths().values()}

    @cache
    def as_path(code: str) -> str:
        names = [part for name in split_path(code) for part in _PATH_SEPARATOR.split(name)]
        return code if path_key(code) in known or not all(name.strip() for name in names) else join_path(names)

    return [draft if (code := as_path(draft.code)) == draft.code else replace(draft, code=code) for draft in drafts]


def _unread(row: UnreadRow) -> Refused:
    cells = dict(zip(CELLS, row.cells, strict=False))
    draft = CodingDraft(cells.get("source", ""), cells.get("code", ""), quote=cells.get("quote"), line=row.line)
    return Refused(draft, row.why, cells=row.cells)


def messages(name: str, report: CodingsImported) -> Iterator[Message]:
    """Yield the messages about an import of codings: first the columns that were used, then the problems.

    `name` is the name of the file.
    """
    shown = one_line(name, 80)
    if report.columns:
        used = (
            f"{role} {listed((one_line(column, 40) for column in columns), 5, quoted=True)}"
            for role, columns in report.columns.items()
        )
        yield Message(f"columns of {shown}: {', '.join(used)}.")
    if report.ignored:
        left = "column was left out" if len(report.ignored) == 1 else "columns were left out"
        names = listed((one_line(column, 40) for column in report.ignored), len(report.ignored), quoted=True)
        yield Message(f"{len(report.ignored):,} {left}: {names}.")
    yield from map(Message, report.warnings)
    if joined := [code for code in report.new_codes if re.search("[;|]|, ", code)]:
        has = "1 new code has" if len(joined) == 1 else f"{len(joined):,} new codes have"
        yield Message(f"{has} a semicolon, comma or bar in the name: “{one_line(joined[0], 60)}”.", "split-codes")
    if report.namesakes:
        new, old = next(iter(report.namesakes.items()))
        has = "1 new code has" if len(report.namesakes) == 1 else f"{len(report.namesakes):,} new codes have"
        yield Message(
            f"{has} the name of another code: “{one_line(new, 60)}”, beside “{one_line(old, 60)}”. A whole path in the table names"
            " the other code."
        )
    yield from _placed(shown, report)
    yield from _problems(shown, report)


def _placed(name: str, report: CodingsImported) -> Iterator[Message]:
    """Yield the messages about codings whose place was found in an unusual way, such as an approximate match."""
    kinds = (
        (report.nearly, "approximate match"),
        (report.cut, "a quote with words cut out was placed from its first to its last part"),
        (report.ordered, "a quote that occurs several times was placed in the order of the table"),
        (report.moved, "the quote is not at its start and end, and was placed where it occurs"),
    )
    for found, what in kinds:
        examples = [_match(draft, match, scored=found is report.nearly) for draft, match in found[: _EXAMPLES + 1]]
        if len(found) == 1:
            yield Message(f"{name}, line {found[0][0].line}: {what} {examples[0]}")
        elif found:
            lines = (f"line {draft.line} {example}" for (draft, _), example in zip(found, examples, strict=False))
            yield Message(f"{name}: {len(found):,} rows: {what}: {listed_clauses(lines, _EXAMPLES, len(found))}")


def _match(draft: CodingDraft, match: QuoteMatch, *, scored: bool) -> str:
    score = f"({match.score:.0f} of 100) " if scored else ""
    return f"{score}at {one_line(draft.source, 40)} {match.segment}: “{excerpt(draft.quote or '', 40)}”"


def _problems(name: str, report: CodingsImported) -> Iterator[Message]:
    by_kind: dict[Problem, list[tuple[int, str, str]]] = {}
    for one in report.refused:
        by_kind.setdefault(one.problem, []).append((one.draft.line, one.why, one.hint))
    if not report.updated:
        for changed in report.changed:
            by_kind.setdefault("differs", []).append((changed.draft.line, changed.why, ""))
    can_update = bool(report.changed) and not report.updated
    for kind, (words, hint) in _KINDS.items():
        if rows := by_kind.get(kind):
            yield _problem(name, words, hint if kind != "differs" or can_update else "", rows)


def _problem(name: str, words: str, hint: str, rows: Sequence[tuple[int, str, str]]) -> Message:
    """Return one message about all rows with one kind of problem.

    `words` describe the problem. `rows` has (line in the table, name or quote, reason) for each row. If several rows
    have the same reason, the message shows only one of them as an example.
    """
    hint = next((own for _, _, own in rows if own), hint)
    distinct = {why: line for line, why, _ in reversed(rows)}
    if len(rows) == 1:
        line, why, _ = rows[0]
        return Message(f"{name}, line {line}: {one_line(why)}", hint)
    examples = sorted((line, why) for why, line in distinct.items())[: _EXAMPLES + 1]
    lines = (f"line {line}: {one_line(why).removesuffix('.')}" for line, why in examples)
    facts = f"{name}: {len(rows):,} rows {words}: {listed_clauses(lines, _EXAMPLES, len(rows))}"
    return Message(facts if facts.endswith("?") else f"{facts}.", hint)
