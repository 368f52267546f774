"""Lists and reports as text, CSV, JSON and Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from sibtui.formats.terminal import GAP, beside, fair, left, right, width_of, wrap
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.table import Table

TableFormat = Literal["table", "csv", "json", "md"]
TABLE_FORMATS: tuple[TableFormat, ...] = get_args(TableFormat)

_NARROWEST = 8


def render(table: Table, format: TableFormat = "table", width: int | None = None) -> str:  # noqa: A002 - the option's name
    """The table in the format; `width` is for `table` alone: text wraps within that many terminal columns."""
    match format:
        case "table":
            return _text(table, width)
        case "csv":
            return _csv(table)
        case "json":
            return _json(table)
        case "md":
            return _md(table)


def _text(table: Table, width: int | None) -> str:
    heads = [one_line(column) for column in table.columns]
    body = [[one_line(str(value)) for value in row] for row in table.rows]
    numeric = _numeric(table)
    widths = [max(map(width_of, column)) for column in zip(heads, *body, strict=True)]
    if width is not None:
        widths = _shrunk(widths, numeric, width - len(GAP) * (len(widths) - 1))
    lines = [*wrap(one_line(table.title).split(), width), ""] if table.title.strip() else []
    lines += _row(heads, widths, numeric)
    lines.append("─" * (sum(widths) + len(GAP) * (len(widths) - 1)))
    for row in body:
        lines += _row(row, widths, numeric)
    return "\n".join(lines) + "\n"


def _numeric(table: Table) -> list[bool]:
    """Which columns hold whole numbers and nothing else."""
    if not table.rows:
        return [False] * len(table.columns)
    return [all(isinstance(value, int) for value in column) for column in zip(*table.rows, strict=True)]


def _shrunk(widths: list[int], numeric: Sequence[bool], room: int) -> list[int]:
    """The widths, the widest columns of text made narrower until all fit.

    Figures don't wrap, and no text goes below eight: with very many columns lines stay wider than the room, uncut.
    """
    columns = list(zip(widths, numeric, strict=True))
    room -= sum(width for width, is_number in columns if is_number)
    most = max(fair((width for width, is_number in columns if not is_number), room), _NARROWEST)
    return [width if is_number else min(width, most) for width, is_number in columns]


def _row(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> list[str]:
    if all(width_of(cell) <= width for cell, width in zip(cells, widths, strict=True)):
        parts = zip(cells, widths, numeric, strict=True)
        return [GAP.join(right(cell, w) if number else left(cell, w) for cell, w, number in parts).rstrip()]
    return beside(
        ([right(cell, width)] if number else wrap(cell.split(), width), width)
        for cell, width, number in zip(cells, widths, numeric, strict=True)
    )


def _csv(table: Table) -> str:
    from sibtui.formats.spreadsheet import write_csv  # noqa: PLC0415 - start time: csv is needed here alone

    return "".join(write_csv(table.columns, table.rows))


def _json(table: Table) -> str:
    from sibtui.formats.json_text import dumps  # noqa: PLC0415 - start time: json is needed here alone

    return dumps([dict(zip(table.columns, row, strict=True)) for row in table.rows])


def _md(table: Table) -> str:
    from sibtui.formats import markdown  # noqa: PLC0415 - start time: needed here alone

    lines = markdown.table(
        [markdown.escape(column) for column in table.columns],
        ["---:" if number else "---" for number in _numeric(table)],
        [[markdown.escape_lines(str(value)) for value in row] for row in table.rows],
    )
    title = f"**{markdown.escape(table.title)}**\n\n" if table.title.strip() else ""
    return title + "\n".join(lines) + "\n"
