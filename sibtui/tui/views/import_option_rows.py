"""The rows of a dialog that changes the seldom needed options of an import."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sibtui.model.text import one_line
from sibtui.tui.widgets.options_dialog import OptionRow, Options

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.project.importing.coding_preview import CodingImportOptions
    from sibtui.project.importing.import_options import ImportOptions


def changed_options(rows: Sequence[OptionRow[Options]], options: Options, default: Options) -> str:
    """Return a description of the options in `rows` that differ from `default`. Empty if no option differs."""
    changed = (row for row in rows if row.shown(options) != row.shown(default))
    return ", ".join(f"{row.label.lower()}: {one_line(row.shown(options), 30)}" for row in changed)


def _names(line: str) -> tuple[str, ...]:
    return tuple(name for part in line.split(";") if (name := part.strip()))


def _whole(least: int, most: int) -> Callable[[str], str]:
    def check(line: str) -> str:
        is_whole = line.strip().isascii() and line.strip().isdecimal()
        fits = not line.strip() or (is_whole and len(line) < 9 and least <= int(line) <= most)
        return "" if fits else f"A whole number from {least} to {most:,}, or nothing."

    return check


# Sources


def _reading(options: ImportOptions, **changes: Any) -> ImportOptions:
    return replace(options, reading=replace(options.reading, **changes))


def _reading_names(label: str, field: str, empty: str, about: str) -> OptionRow[ImportOptions]:
    """Return the dialog row of an option whose value is a list of column names.

    `field` is the name of the option. If the list is empty, the row shows the text `empty`. `about` explains the
    option.
    """

    def line(options: ImportOptions) -> str:
        return "; ".join(getattr(options.reading, field) or ())

    def read(options: ImportOptions, typed: str) -> ImportOptions:
        none = None if field == "attribute_columns" else ()
        return _reading(options, **{field: _names(typed) or none})

    return OptionRow(label, lambda options: line(options) or empty, line=line, read=read, about=about)


def _reading_line(
    label: str,
    field: str,
    empty: str,
    about: str,
    convert: Callable[[str], Any] = str,
    check: Callable[[str], str] = lambda _: "",
) -> OptionRow[ImportOptions]:
    """Return the dialog row of an option whose value is one line of text.

    `label`, `field`, `empty` and `about` are those of `_reading_names`. `convert` makes the value from the line.
    `check` returns the message for an invalid line, or an empty text for a valid line.
    """

    def line(options: ImportOptions) -> str:
        value = getattr(options.reading, field)
        return "" if value is None else str(value)

    def read(options: ImportOptions, typed: str) -> ImportOptions:
        return _reading(options, **{field: convert(typed.strip()) if typed.strip() else None})

    return OptionRow(label, lambda options: line(options) or empty, line=line, read=read, about=about, check=check)


def _comments(options: ImportOptions) -> str:
    if options.comment_codes:
        return "each short comment is a code"
    return "codings or memos" if options.reading.comments else "left out"


def _next_comments(options: ImportOptions) -> ImportOptions:
    kept, codes = options.reading.comments, options.comment_codes
    return replace(_reading(options, comments=not kept or not codes), comment_codes=kept and not codes)


SOURCE_OPTIONS: tuple[OptionRow[ImportOptions], ...] = (
    OptionRow("Comments of documents", _comments, _next_comments),
    OptionRow(
        "Interviewers, who are not participants",
        lambda options: "; ".join(options.interviewers) or "usual names",
        line=lambda options: "; ".join(options.interviewers),
        read=lambda options, line: replace(options, interviewers=_names(line)),
        about="The names of the interviewers as in the text, separated by semicolons.",
    ),
    OptionRow(
        "Subtitles: times",
        lambda options: "kept" if options.reading.times else "left out",
        lambda options: _reading(options, times=not options.reading.times),
    ),
    OptionRow(
        "Subtitles: names of speakers",
        lambda options: "kept" if options.reading.speakers else "left out",
        lambda options: _reading(options, speakers=not options.reading.speakers),
    ),
    _reading_names(
        "Surveys: columns with answers", "text_columns", "the longest texts", "Columns, separated by semicolons; empty: the longest."
    ),
    _reading_line("Surveys: column with names", "name_column", "none", "The column that names the sources; empty: numbered."),
    _reading_names(
        "Surveys: columns for attributes", "attribute_columns", "all others", "Columns, separated by semicolons; empty: all others."
    ),
    _reading_names(
        "Surveys: personal columns to keep", "personal_columns", "none",
        "Columns such as an e-mail address, separated by semicolons; empty: they are left out.",
    ),
    _reading_line(
        "Surveys: row with the header", "header_row", "found", "The row that names the columns; empty: it is found.", int, _whole(1, 9999)
    ),
    _reading_line("Surveys: sheet of a workbook", "sheet", "the first", "The name of the sheet; empty: the first that is not empty."),
)  # fmt: skip


# Tables of codings


def _table(options: CodingImportOptions, **changes: Any) -> CodingImportOptions:
    return replace(options, table=replace(options.table, **changes))


def _table_line(label: str, field: str, empty: str, about: str) -> OptionRow[CodingImportOptions]:
    optional = field in ("sheet", "encoding")

    def line(options: CodingImportOptions) -> str:
        value: str | None = getattr(options.table, field)
        return (value or "").replace("\n", "\\n").replace("\t", "\\t")

    def read(options: CodingImportOptions, typed: str) -> CodingImportOptions:
        value: str | None = typed.strip().replace("\\n", "\n").replace("\\t", "\t")
        return _table(options, **{field: value or (None if optional else "")})

    return OptionRow(label, lambda options: line(options) or empty, line=line, read=read, about=about)


def _table_switch(label: str, field: str, on: str, off: str) -> OptionRow[CodingImportOptions]:
    return OptionRow(
        label,
        lambda options: on if getattr(options.table, field) else off,
        lambda options: _table(options, **{field: not getattr(options.table, field)}),
    )


_FOUND = "found"
CODING_OPTIONS: tuple[OptionRow[CodingImportOptions], ...] = (
    _table_line("Column with sources", "source_column", _FOUND, "Its name in the first row; empty: found by the usual names."),
    OptionRow(
        "Columns with codes",
        lambda options: "; ".join(options.table.code_columns) or _FOUND,
        line=lambda options: "; ".join(options.table.code_columns),
        read=lambda options, line: _table(options, code_columns=_names(line)),
        about="Their names in the first row, separated by semicolons; empty: found by the usual names.",
    ),
    _table_line("Column with quotes", "quote_column", _FOUND, "Its name in the first row; empty: found by the usual names."),
    _table_line("Column with coders", "coder_column", _FOUND, "Its name in the first row; empty: found by the usual names."),
    _table_line("Column with memos", "memo_column", _FOUND, "Its name in the first row; empty: found by the usual names."),
    _table_line("Column with cases", "case_column", "none", "Its name in the first row; empty: the cases of the sources."),
    _table_line("Text between several codes in a cell", "split", "none", "Such as ; or a comma. Lines of a cell are always several codes."),
    _table_switch("Codes", "wide", "a column for each, marked 1 or x", "in the cells"),
    _table_switch("A slash in a code", "flat", "part of its name", "between a theme and a code"),
    OptionRow(
        "Quotes that are not in the text",
        lambda options: "are not imported" if options.accept is None else f"at their best place from {options.accept} of 100",
        line=lambda options: "" if options.accept is None else str(options.accept),
        read=lambda options, line: replace(options, accept=int(line) if line.strip() else None),
        about="The score, of 100, from which a quote takes its most similar place; empty: it is not imported.",
        check=_whole(0, 100),
    ),
    OptionRow(
        "Rows that are not certain",
        lambda options: "nothing is imported" if options.strict else "are left for review",
        lambda options: replace(options, strict=not options.strict),
    ),
    _table_line("Sheet of a workbook", "sheet", "the first", "The name of the sheet; empty: the first that is not empty."),
    _table_line("Encoding of a text file", "encoding", "detected", "For example cp1252; empty: detected."),
)  # fmt: skip
