"""The table of sources, with columns that fit the screen, and the fields of one source with their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sibtui.model.codebook import split_path
from sibtui.model.folding import fold
from sibtui.model.records import ASKED
from sibtui.model.text import one_line, plural
from sibtui.model.text_width import fitted, width_of
from sibtui.tui.hints import current_key
from sibtui.tui.views.fields import labelled_field
from sibtui.tui.views.source_lines import READING_MARKS
from sibtui.tui.widgets.row_list import ListRow
from sibtui.tui.widgets.text_lines import Line, cut, wrapped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sibtui.model.records import Memo, Source, TopicRecord

_GAP, _MARKS, _COUNT = 2, 4, 8
"""The width in cells of the gap between columns, of the marks before the name, and of the number of codings."""
_KIND, _DATE = 9, 10
_KIND_FITS, _DATE_FITS, _TITLE_FITS = 44, 62, 88
"""Three widths of the table in cells. From these widths on, the columns kind, date and title are shown."""


class SourceColumns(NamedTuple):
    """The width in cells of each column in the table of sources. A column with the width 0 is left out."""

    name: int
    title: int
    kind: int
    date: int
    cases: int


def fit_columns(sources: Sequence[Source], width: int) -> SourceColumns:
    """Return the widths of the columns in the table of sources, so that the table fits in `width` cells.

    Name, title and cases share the room that the remaining columns leave.
    """
    kind, date = (_KIND if width >= _KIND_FITS else 0), (_DATE if width >= _DATE_FITS else 0)
    room = width - _MARKS - _COUNT - sum(cells + _GAP for cells in (kind, date) if cells) - _GAP
    longest = max([8, *(width_of(one_line(source.name)) for source in sources)])
    widest = max([5, *(width_of(_cases(source)) for source in sources)])
    if width < _TITLE_FITS:
        name = min(longest, max(8, room - min(widest, room * 2 // 5)))
        return SourceColumns(name, 0, kind, date, max(4, room - name))
    name, cases = min(longest, room * 2 // 5), min(widest, room // 4)
    return SourceColumns(name, max(8, room - name - cases - _GAP), kind, date, cases)


def table_heading(columns: SourceColumns) -> Line:
    texts = {"name": "name", "title": "title", "kind": "kind", "date": "date", "cases": "cases"}
    row = _in_columns(columns, SourceColumns(*texts.values()))  # type: ignore[arg-type]
    return [(" " * _MARKS + row, "quiet"), (" codings", "quiet")]


def table_rows(sources: Sequence[Source], marked: Collection[str], columns: SourceColumns) -> list[ListRow]:
    """Return a row for each source. The key (identifier) of the row is the name of the source.

    ■ marks the sources whose names are in `marked`.
    """
    rows = []
    for source in sources:
        texts = (source.name, source.title, source.kind, source.attributes.get("date", ""), _cases(source))
        waits = f"?{source.unattributed} " if source.unattributed else ""
        rows.append(
            ListRow(
                source.name,
                _in_columns(columns, SourceColumns(*texts)),  # type: ignore[arg-type]
                mark=f"{'■' if source.name in marked else ' '} {READING_MARKS[source.reading]} ",
                right=f"{waits}{source.codings or '·'}",
                strong=source.name in marked,
            )
        )
    return rows


def _in_columns(columns: SourceColumns, texts: SourceColumns) -> str:
    parts = [
        fitted(cut(one_line(str(text)), cells), cells) for text, cells in zip(texts, columns, strict=True) if cells
    ]
    return (" " * _GAP).join(parts)


def _cases(source: Source) -> str:
    return one_line(", ".join(source.cases))


def sources_with(sources: Sequence[Source], filtered: str) -> Sequence[Source]:
    """Return the sources that have all words of `filtered` in their name, title, kind, cases or other fields."""
    words = fold(filtered).split()
    if not words:
        return sources
    return [source for source in sources if all(word in _searched(source) for word in words)]


def _searched(source: Source) -> str:
    return fold(
        " ".join((source.name, source.title, source.kind, source.reading, *source.cases, *source.attributes.values()))
    )


def source_fields(
    source: Source, topics: Sequence[TopicRecord], memos: Sequence[Memo], width: int, keymap: Mapping[str, str]
) -> list[Line]:
    """Return the fields of a source as lines, each with the key that changes the field."""
    lines: list[Line] = []

    def field(command: str, name: str, value: str, missing: str = "") -> None:
        key = current_key(command, keymap) if command else " "
        lines.extend(labelled_field(key, name, value or missing, width, quiet=not value))

    field("source.rename", "Name", one_line(source.name))
    field("source.title", "Title", one_line(source.title), "none")
    field("source.kind", "Kind", source.kind)
    field("source.set_cases", "Cases", one_line("; ".join(source.cases)), "none")
    field("source.mark_read", "Reading", _reading(source))
    field("source.date", "Date", source.attributes.get("date", ""), "none")
    field("source.write_memo", "Memo", "\n".join(one_line(memo.text) for memo in memos), "none")
    waits = f", {source.unattributed:,} without a case" if source.unattributed else ""
    field("", "Codings", f"{source.codings:,}{waits}")
    field("source.correct", "Text", _text(source))
    field("source.edit", "More", f"{source.fidelity}, language {source.language or 'of the study'}")
    others = {name: value for name, value in source.attributes.items() if name != "date"}
    field(
        "source.attribute", "Attributes", "\n".join(f"{one_line(n)}: {one_line(v)}" for n, v in others.items()), "none"
    )
    field("source.topic", "Asked", "\n".join(_topics(topics)), "nothing recorded")
    return lines


def _reading(source: Source) -> str:
    by = f" by {one_line(', '.join(source.read_by))}" if source.read_by else ""
    return f"{READING_MARKS[source.reading]} {source.reading}{by}"


def _topics(topics: Sequence[TopicRecord]) -> Iterator[str]:
    """Yield lines such as “not asked (Case A): Money, Time”, one for each state and case.

    A line names the topics with this state (“asked” or “not asked”) and this case. Topics that the interviewer did
    not ask about come first.
    """
    for state in reversed(ASKED):
        for case in dict.fromkeys(record.case for record in topics if record.state == state):
            names = [split_path(each.topic)[-1] for each in topics if (each.state, each.case) == (state, case)]
            about = f" ({one_line(case)})" if case else ""
            yield f"{state}{about}: {one_line(', '.join(names))}"


def _text(source: Source) -> str:
    version = f", version {source.version}" if source.version > 1 else ""
    origin = f", from {one_line(source.original)}" if source.original else ""
    return f"{plural(source.length, 'character')}{version}{origin}"


def marked_line(names: Sequence[str], width: int) -> Line:
    head = f"{plural(len(names), 'source')} marked: a change applies to all of them"
    rest = f"  {one_line(', '.join(names))}"
    return [(cut(head, width), "key"), (cut(rest, max(0, width - width_of(head))), "quiet")]


def whole_name(source: Source, width: int) -> list[Line]:
    """Return the title of a source in as many rows as are necessary. If there is no title, return the name."""
    return [[(row, "strong")] for row in wrapped(one_line(source.title or source.name), width)]
