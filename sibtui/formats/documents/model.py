r"""The document model: tables and texts without a format. A builder makes a document, and each renderer draws it.

A new table is one value, and every format of `registry.RENDERERS` draws it. A noun of the project makes the value:

    >>> from sibtui.model.table import Table
    >>> rows = (("Trust", "Loss", 12), ("Trust", "Risk|gain", 3))
    >>> table = Table(("code", "with", "quotes"), rows, "Codes that occur together", below=("Counted by overlap.",))

The command line draws it:

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

A table with numbered notes, links or centred marks is a `TableBlock` of `TableCell`s (see `matrix.py`), and a document of
several parts has a `Section` for each (see `evidence.py`). Texts are plain: each renderer escapes them and makes control
characters inert. A builder never writes markup.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from sibtui.model.frozen import dataclass, field
from sibtui.model.table import SingleValue, Value, as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

TableStyle = Literal["list", "marks", "texts"]
"""The layout of a table. In a `list`, texts are aligned to the left and numbers to the right. In `marks` and `texts`, the first column
has the labels of the rows; the other columns have centred marks or figures (`marks`), or long texts (`texts`)."""

_MANY_COLUMNS = {"list": 5, "marks": 7, "texts": 0}


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table with more than a value.

    `suffix` is printed after the value. `note` is the number of a note below the table. `anchor` is the name of the cell for links, and
    `link` the anchor to which its value links; `hint` describes the link. `sides` has the figures for and against as separate values.
    """

    value: SingleValue
    suffix: str = ""
    note: int | None = None
    anchor: str = ""
    link: str = ""
    hint: str = ""
    sides: tuple[str | int, str | int] | None = None

    @property
    def text(self) -> str:
        """The value with its suffix."""
        return f"{self.value}{self.suffix}"


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with its title, its numbered notes, and the lines `below` the notes.

    `groups` maps the index of a row to the heading of the group that begins there; CSV, JSON and Excel leave these headings out. `name` is a short name for files and labels. `anchor` is the prefix of the anchors of the notes. `data` returns the value
    for JSON, if it differs from the columns and rows.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value | TableCell, ...], ...]
    title: str = ""
    style: TableStyle = "list"
    notes: Mapping[int, str] = field(default_factory=dict)
    below: tuple[str, ...] = ()
    name: str = ""
    anchor: str = ""
    data: Callable[[], Any] | None = None
    groups: Mapping[int, str] = field(default_factory=dict)

    @property
    def numeric(self) -> list[bool]:
        """A list with a flag for each column: whether the column has only numbers. Only columns of the style `list` can be numeric."""
        if self.style != "list" or not self.rows:
            return [False] * len(self.columns)
        types = (set(map(type, column)) for column in zip(*self.rows, strict=True))
        return [all(issubclass(each, int | float) for each in of_column) for of_column in types]

    def after_headings(self) -> Iterator[tuple[str, Sequence[Value | TableCell]]]:
        """Yield each row with the heading of the group that begins with this row. For all other rows, the heading is empty."""
        for at, row in enumerate(self.rows):
            yield self.groups.get(at, ""), row

    @property
    def has_sides(self) -> bool:
        """Whether a cell of the table has separate figures for and against."""
        return any(isinstance(value, TableCell) and value.sides is not None for row in self.rows for value in row)

    def with_sides_apart(self) -> TableBlock:
        """Return the table with two columns in place of each column of figures: one with the figures for, one with the figures against."""
        if not self.has_sides:
            return self
        first, *others = self.columns
        columns = (first, *(name for column in others for name in (column, f"{column} against")))
        return replace(self, columns=columns, rows=tuple((row[0], *_apart(row[1:])) for row in self.rows))

    @property
    def wide(self) -> bool:
        """Whether the table needs a page in landscape format."""
        return len(self.columns) > _MANY_COLUMNS[self.style]


def _apart(row: tuple[Value | TableCell, ...]) -> Iterator[TableCell]:
    for value in row:
        cell = as_cell(value)
        support, against = cell.sides or (cell.value, "")
        yield replace(cell, value=support, sides=None)
        yield TableCell(against)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text with its line breaks. `facts` is set for figures and remarks, which are printed smaller."""

    text: str
    facts: bool = False


@dataclass(frozen=True, slots=True)
class FieldList:
    """A list of labels with their texts."""

    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quote with its reference, and a remark about it, which may be empty."""

    words: str
    reference: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class LinkList:
    """A numbered list of texts, each of which links to an anchor in the document. `label` describes the list for screen readers."""

    items: tuple[tuple[str, str], ...]
    label: str = "Contents"


@dataclass(frozen=True, slots=True)
class LazyBlocks:
    """Blocks that are made again during each iteration, because all of them together would need much memory."""

    make: Callable[[], Iterator[Block]]

    def __iter__(self) -> Iterator[Block]:
        return self.make()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the blocks below it. Sections inside a section have headings of the next lower level.

    `anchor` is the name of the section for links. `back` is the anchor to which an arrow after the heading links. `depth` is the number of
    levels by which the heading is lowered.
    """

    title: str
    blocks: Iterable[Block] = ()
    anchor: str = ""
    back: str = ""
    depth: int = 0


Block = Section | Paragraph | FieldList | Quotation | LinkList | TableBlock
DEEPEST = 6
"""The lowest level of a heading."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its blocks, in order. The title is a property of the file; it is printed only if a block contains it too."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> list[TableBlock]:
        """The tables of the document and of its sections, in order."""
        return [block for block in walk(self.blocks) if isinstance(block, TableBlock)]

    @property
    def targets(self) -> set[str]:
        """The anchors to which links in the document lead."""
        found: set[str] = set()
        for block in walk(self.blocks):
            if isinstance(block, Section):
                found.add(block.back)
            elif isinstance(block, LinkList):
                found.update(anchor for _, anchor in block.items)
            elif isinstance(block, TableBlock):
                found.update(cell.link for row in block.rows for cell in row if isinstance(cell, TableCell))
        return found - {""}


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks and the blocks inside sections, in order, a section before the blocks inside it."""
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from walk(block.blocks)


def as_cell(value: Value | TableCell) -> TableCell:
    """Return the value as a cell."""
    if isinstance(value, TableCell):
        return value
    return TableCell(as_text(value) if isinstance(value, tuple) else value)
