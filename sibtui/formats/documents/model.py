r"""The document model: tables and texts that can be written in every format.

A function such as `list_document` builds a document, and the renderer of a format writes it.

To add a table to the program, make one `Table`; every format of `registry.RENDERERS` can show it. A class of
`sibtui.project`, such as `Reports`, makes the `Table`:

    >>> from sibtui.model.table import Table
    >>> rows = (("Trust", "Loss", 12), ("Trust", "Risk|gain", 3))
    >>> table = Table(("code", "with", "quotes"), rows, "Codes that occur together", below=("Counted by overlap.",))

The command line writes it in a format:

    >>> from sibtui.formats.documents.lists import list_document
    >>> from sibtui.formats.registry import render_text
    >>> print(render_text(list_document(table), "md"), end="")
    **Codes that occur together**
    <BLANKLINE>
    | code | with | quotes |
    | --- | --- | ---: |
    | Trust | Loss | 12 |
    | Trust | Risk\|gain | 3 |
    <BLANKLINE>
    Counted by overlap.

A table with numbered footnotes, links or centred marks is a `TableBlock` of `TableCell`s (see `matrix.py`). A document
of several parts has a `Section` for each part (see `evidence.py`). The texts of a document are plain: each renderer
escapes them and replaces control characters. A function that builds a document never writes markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from sibtui.model.frozen import dataclass, field, replace
from sibtui.model.table import SingleValue, Value, as_text, free_name
from sibtui.model.text import superscript

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

TableStyle = Literal["list", "marks", "texts"]
"""The layout of a table. In a `list`, texts are aligned to the left and numbers to the right.

In `marks` and `texts`, the first column has the labels of the rows. The other columns have centred marks or figures (`marks`), or long
texts (`texts`).
"""

Tone = Literal["", "good", "doubt", "bad", "quiet", "split", "judged", "against", "tentative"]
"""The tone of a cell or a quote in a report: verdict, faint word, contested or judged cell, or stance of a quote.

Only web pages with the layout `report` show tones, as colours. The words of a cell state the same, so that no reader depends on colours.
"""
Layout = Literal["page", "report"]
"""The layout of a document as a web page: a plain `page`, or a `report` with shades, tiles, and tables that fit on a telephone."""

_MANY_COLUMNS = {"list": 5, "marks": 7, "texts": 0}


@dataclass(frozen=True, slots=True)
class TableCell:
    """A table cell with more than a value, such as a footnote or a link.

    `suffix` is printed after the value. `note` is the number of a footnote below the table. `anchor` is the name by
    which links find this cell. `link` is the anchor to which the value links, and `hint` describes this link. `sides`
    is (number of supporting quotes, number of opposing quotes); None in a cell that does not count both. `links` has
    (start, end, anchor) for each part of the text that is a link.

    The remaining fields have an effect only in a web page with the layout `report`. `below` is a second line in small
    letters. `level`, from 0 to 4, is the shade of the cell. `bar`, from 0 to 1, is the length of a bar beside the
    value. `tone` is a meaning that is shown by a colour, such as good or bad.
    """

    value: SingleValue
    suffix: str = ""
    note: int | None = None
    anchor: str = ""
    link: str = ""
    hint: str = ""
    sides: tuple[str | int, str | int] | None = None
    links: tuple[tuple[int, int, str], ...] = ()
    below: str = ""
    level: int = 0
    bar: float | None = None
    tone: Tone = ""

    def pieces(self) -> Iterator[tuple[str, str]]:
        """Yield (piece of the text, anchor to which it links). The anchor is empty for text without a link."""
        text, done = self.text, 0
        for start, end, anchor in (*self.links, (len(text), len(text), "")):
            if done < start:
                yield text[done:start], self.link
            if start < end:
                yield text[start:end], anchor
            done = end

    @property
    def text(self) -> str:
        """The value of the cell, followed by its suffix."""
        return f"{self.value}{self.suffix}"


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with its title, its numbered footnotes, and lines of text below the footnotes (`below`).

    `name` is a short name for files and labels. `anchor` is the beginning of the anchors (names for links) of the
    footnotes. `groups` is a map: index of the first row of a group → the heading of the group. CSV, JSON and Excel
    leave these headings out. `data` is a function that returns the table as a JSON value; if it is None, JSON has one
    object per row.

    If `extra` is set, this table only explains the table before it; CSV and JSON leave this table out. `picture` is an
    SVG chart of the numbers in the table. The layout `report` shows the chart above the table. `head_notes` is a map:
    index of a column → number of the footnote on its name.
    """

    columns: tuple[str, ...]
    rows: Sequence[tuple[Value | TableCell, ...]]
    title: str = ""
    style: TableStyle = "list"
    notes: Mapping[int, str] = field(default_factory=dict)
    below: tuple[str, ...] = ()
    name: str = ""
    anchor: str = ""
    data: Callable[[], Any] | None = None
    groups: Mapping[int, str] = field(default_factory=dict)
    extra: bool = False
    picture: str = ""
    head_notes: Mapping[int, int] = field(default_factory=dict)

    @property
    def noted_columns(self) -> tuple[str, ...]:
        """The names of the columns, each followed by the superscript number of its footnote if it has one."""
        return tuple(
            name + (superscript(self.head_notes[at]) if at in self.head_notes else "")
            for at, name in enumerate(self.columns)
        )

    @property
    def numeric(self) -> list[bool]:
        """For each column, whether it has only numbers. All are False if the style of the table is not `list`."""
        if self.style != "list" or not self.rows:
            return [False] * len(self.columns)
        return [are_numbers(set(map(type, column))) for column in zip(*self.rows, strict=True)]

    def after_headings(self) -> Iterator[tuple[str, Sequence[Value | TableCell]]]:
        """Yield (heading, row) for each row. The heading is empty, except for the first row of a group."""
        for at, row in enumerate(self.rows):
            yield self.groups.get(at, ""), row

    @property
    def has_sides(self) -> bool:
        """Whether at least one cell counts supporting and opposing quotes separately."""
        return any(isinstance(value, TableCell) and value.sides is not None for row in self.rows for value in row)

    def with_sides_apart(self) -> TableBlock:
        """Return the table with separate columns for the numbers of supporting and of opposing quotes.

        Each column except the first becomes two columns. The second of the two gets a name such as `SIB A against`. If
        no cell has both numbers, the table is returned unchanged.
        """
        if not self.has_sides:
            return self
        first, *others = self.columns
        taken = set(self.columns)
        columns = (first, *(name for column in others for name in (column, free_name(f"{column} against", taken))))
        rows = tuple((row[0], *_apart(row[1:])) for row in self.rows)
        return replace(
            self, columns=columns, rows=rows, head_notes={2 * at - 1: note for at, note in self.head_notes.items()}
        )

    @property
    def wide(self) -> bool:
        """Whether the table has so many columns that it needs a page in landscape format."""
        return len(self.columns) > _MANY_COLUMNS[self.style]


def are_numbers(types: Collection[type]) -> bool:
    """Return whether a column has only numbers. `types` are the types of its cells; without cells, return False."""
    return bool(types) and all(issubclass(each, int | float) for each in types)


def _apart(row: tuple[Value | TableCell, ...]) -> Iterator[TableCell]:
    for value in row:
        cell = as_cell(value)
        support, against = cell.sides or (cell.value, "")
        yield replace(cell, value=support, sides=None)
        yield TableCell(against)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text. Its line breaks are kept.

    `facts` is set for remarks and numbers, which have a smaller font.
    """

    text: str
    facts: bool = False


@dataclass(frozen=True, slots=True)
class FieldList:
    """A list of (label, text) pairs.

    If `tiles` is set, a report shows them side by side, with the texts in large letters.
    """

    fields: tuple[tuple[str, str], ...]
    tiles: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quote (`words`), a reference to its source, and a remark about the quote (empty for none).

    `anchor` is the name by which links find the quote. `tone`, such as `against`, is shown by a colour.
    """

    words: str
    reference: str
    remark: str = ""
    anchor: str = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class LinkList:
    """A numbered list of links inside the document: (text, anchor). `label` describes the list for screen readers."""

    items: tuple[tuple[str, str], ...]
    label: str = "Contents"


@dataclass(frozen=True, slots=True)
class LazyBlocks:
    """Blocks of a document that are made only when they are read, because they need much memory.

    Each iteration calls `make`, which makes them again.
    """

    make: Callable[[], Iterator[Block]]

    def __iter__(self) -> Iterator[Block]:
        return self.make()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the blocks below it. The heading of a section inside a section is one level lower.

    `depth` is added to the level of the heading. `anchor` is the name by which links find the section. If `back` is
    not empty, an arrow after the heading links to the anchor `back`.
    """

    title: str
    blocks: Iterable[Block] = ()
    anchor: str = ""
    back: str = ""
    depth: int = 0


Block = Section | Paragraph | FieldList | Quotation | LinkList | TableBlock
DEEPEST = 6
"""The lowest level of headings; level 1 is the highest."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document, which consists of blocks such as sections, paragraphs and tables, in order.

    `title` is only a property of the file. A reader sees it in the document only if one of the blocks has the same
    title.
    """

    title: str
    blocks: tuple[Block, ...]
    layout: Layout = "page"

    @property
    def tables(self) -> list[TableBlock]:
        """The tables of the document and of its sections, in order."""
        return [block for block in walk(self.blocks) if isinstance(block, TableBlock)]

    @property
    def main_tables(self) -> list[TableBlock]:
        """The tables of the document, without tables that only explain the table before them (field `extra`)."""
        return [table for table in self.tables if not table.extra]

    @property
    def targets(self) -> set[str]:
        """The anchors (names for links) to which at least one link in the document leads."""
        found: set[str] = set()
        for block in walk(self.blocks):
            if isinstance(block, Section):
                found.add(block.back)
            elif isinstance(block, LinkList):
                found.update(anchor for _, anchor in block.items)
            elif isinstance(block, TableBlock):
                cells = [cell for row in block.rows for cell in row if isinstance(cell, TableCell)]
                found.update(cell.link for cell in cells)
                found.update(anchor for cell in cells for _, _, anchor in cell.links)
        return found - {""}


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield all blocks, including those inside sections. A section comes before its blocks."""
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from walk(block.blocks)


def as_cell(value: Value | TableCell) -> TableCell:
    if isinstance(value, TableCell):
        return value
    return TableCell(as_text(value) if isinstance(value, tuple) else value)
