"""A table as a form: one line for each part of its definition that the user can change, then one line for each row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.model.codebook import split_path
from sibtui.model.filters import EvidenceFilter
from sibtui.model.matrix_definition import LINES, LineName, Show, attribute_of
from sibtui.model.presence import STATES, Rule
from sibtui.model.text import one_line, plural
from sibtui.workspace.evidence_choice import evidence_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
    from sibtui.workspace.matrix_draft import MatrixDraft

SHOWN: dict[Show, str] = {
    "presence": "marks",
    "count": "quotes counted",
    "sources": "sources counted",
    "count (sources)": "quotes (sources) counted",
    "coverage": "characters covered",
    "coverage %": "characters covered, in %",
    "quotes": "the quotes themselves",
    "summary": "the summaries",
    "summary + mark": "marks and summaries",
}
"""A dict: kind of content of cells (such as marks or counts) → its description on the screen."""
LINE_WORDS: dict[LineName, str] = {
    "narrowed": "which evidence counts, when it is only part of all",
    "thresholds": "the thresholds of a present cell",
    "judgements": "the cells that are judgements",
    "stale": "the judgements whose evidence has changed",
    "summaries": "the summaries whose evidence has changed",
    "contested": "the contested cells, with their figures",
    "waiting": "the codings that wait for their case",
    "undecided": "the codings without a certain place in a corrected text",
    "unread": "the sources that are not read to the end",
    "topics": "that it is not recorded what was asked",
}
"""A dict: kind of line below a table → its description."""


PART_HELP = {
    "title": "The title above the table.",
    "name": "The name that commands use; the table is saved under it.",
    "columns": "What the columns are: cases, sources, kinds of source, coders, or the values of an attribute.",
    "only": "The columns shown, in this order.",
    "cells": "What the cells show: marks, figures or quotes.",
    "rule": "A cell is present from so many firm quotes, sources and kinds of source.",
    "evidence": "The kinds of source and the coders whose codings count.",
    "marks": "The printed mark of each state: contested, present, tentative, rejected, incomplete, no data, absent.",
    "suffix": "A sign after the mark of a cell that is a judgement.",
    "lines": "The lines below the table, such as the contested cells; each only where it applies.",
    "rows": "A list of your own, or rows that follow the codebook.",
}
"""A dict: key of a part of a table → its help text."""


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of the form on which the user edits a table.

    `key` identifies the part of the table, such as `title`, or `row:3` for the row with index 3. `name` is the name
    of the part on the screen, and `value` the content. `more` is further text, such as the number of footnotes.

    For a row, `value` is the label. `codes` is the query of the row, or the name of its only code if this name
    differs from the label. Otherwise, `codes` is empty.
    """

    key: str
    name: str
    value: str
    codes: str = ""
    more: str = ""


def row_key(at: int) -> str:
    return f"row:{at}"


def row_index(key: str | None) -> int | None:
    """Return the index of the row that a key of the form identifies; None if the key is not that of a row."""
    kind, _, number = (key or "").partition(":")
    return int(number) if kind == "row" else None


def form_lines(draft: MatrixDraft, shown: Sequence[str] = ()) -> list[FormLine]:
    """Return the lines of the form for the draft of a table. `shown` are the labels of the columns in the preview."""
    table = draft.definition
    return [
        FormLine("title", "Title", one_line(table.title) or "none yet"),
        FormLine("name", "Name", one_line(table.name) or "asked for when you save"),
        FormLine("columns", "Columns", column_words(table.columns)),
        FormLine("only", "Of these", _picked(table, shown)),
        FormLine("cells", "Cells", SHOWN[table.show]),
        FormLine("rule", "Present", rule_words(table.rule)),
        FormLine("evidence", "Evidence", _evidence(table)),
        FormLine("marks", "Marks", mark_words(table)),
        FormLine("suffix", "Judged", f"followed by {table.judged_suffix}" if table.judged_suffix else "without a sign"),
        FormLine("lines", "Below", _lines(table)),
        FormLine("rows", "Rows", rows_words(table)),
        *(_row_line(at, row) for at, row in enumerate(table.rows)),
    ]


def column_words(columns: str) -> str:
    """Return the kind of a table's columns, such as `cases` or `attribute:NAME`, in words."""
    attribute = attribute_of(columns)
    return columns if attribute is None else f"values of {one_line(attribute[1])}"


def _picked(table: MatrixDefinition, shown: Sequence[str]) -> str:
    if table.only:
        return ", ".join(one_line(label) for label in table.only)
    return f"all ({len(shown)})" if shown else "all"


def _evidence(table: MatrixDefinition) -> str:
    words = evidence_words(EvidenceFilter(table.kinds, table.coders))
    return f"only of {words}" if words else "all"


def rule_words(rule: Rule) -> str:
    """Return the rule for a present cell in words: “from 2 quotes in 1 source”, for example."""
    words = f"from {plural(rule.quotes, 'quote')} in {plural(rule.sources, 'source')}"
    words += f" of {plural(rule.kinds, 'kind')}" if rule.kinds > 1 else ""
    return f"{words}, with {' and '.join(rule.needs)}" if rule.needs else words


def mark_words(table: MatrixDefinition) -> str:
    """Return the marks that are printed for the states of cells, in one line. An empty mark is written as `·`."""
    return " ".join(one_line(table.mark(state)) or "·" for state in STATES)


def _lines(table: MatrixDefinition) -> str:
    if not table.leave_out:
        return "all lines that apply"
    return f"{len(LINES) - len(tuple(table.leave_out))} of {len(LINES)} kinds of line"


def rows_words(table: MatrixDefinition) -> str:
    """Return words for the number of rows, such as “4 rows” or “4 rows, one for each code below Care”."""
    count = plural(len(table.rows), "row")
    if table.rows_from == "all":
        return f"{count}, one for each code"
    if table.rows_from == "below":
        return f"{count}, one for each code below {one_line(split_path(table.rows_below)[-1])}"
    return count if table.rows else "none yet"


def _row_line(at: int, row: RowDefinition) -> FormLine:
    names = [split_path(path)[-1] for path in row.codes]
    notes = bool(row.note) + len(row.notes)
    parts = [plural(len(names), "code")] if len(names) > 1 else []
    parts += [] if row.subcodes else ["no sub-codes"]
    parts += ["needs"] if row.needs else []
    parts += [plural(notes, "note")] if notes else []
    codes = one_line(names[0]) if len(names) == 1 and names[0] != row.label else ""
    codes = f"query {one_line(row.query)}" if row.query else codes
    return FormLine(row_key(at), str(at + 1), one_line(row.label), codes, " · ".join(parts))


def row_facts(row: RowDefinition, column: str | None = None) -> list[str]:
    """Return sentences about a row: the codes, whether codes below them are also counted, and the footnotes.

    If `column` (a label) is given, only one footnote is included: the footnote on the cell in this column.
    """
    codes = "; ".join(one_line(path) for path in row.codes)
    below = "with the codes below" if row.subcodes else "without the codes below"
    needs = f", needs {' and '.join(row.needs)}" if row.needs else ""
    notes = {"": row.note} | dict(row.notes) if column is None else {column: row.notes.get(column, "")}
    drawn_on = (
        f"The codings of the query {one_line(row.query)}{needs and f' ({needs[2:]})'}"
        if row.query
        else f"{codes} ({below}{needs})"
    )
    return [
        drawn_on,
        *(f"Note{f' on {one_line(at)}' if at else ''}: {one_line(text)}" for at, text in notes.items() if text),
    ]
