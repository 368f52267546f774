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

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from sibtui.model.table import SingleValue, Value, as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

TableStyle = Literal["list", "marks", "texts"]
"""How a table looks. A `list` has texts on the left and numbers on the right. In `marks` and `texts`, the first column holds
the labels of the rows; the other columns hold centred marks or figures, or long texts."""

_MANY_COLUMNS = {"list": 5, "marks": 7, "texts": 0}


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell that holds more than a value.

    `suffix` follows the value. `note` is the number of a note of the table. `anchor` names the cell, and `link` names the anchor
    that its value leads to; `hint` describes the link. `sides` has the figures for and against that `value` writes as one text.
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
    """A table with its title, its numbered notes, and the lines `below` it.

    `groups` has headings of groups of rows, by the index of the first row of each; only the plain text of marks prints them.
    `name` is a short name for files and labels. `anchor` is the prefix of the anchors of the notes. `data` returns the value that
    JSON writes, if it holds more than the columns and rows.
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
        """Whether each column of a list holds numbers only."""
        if self.style != "list" or not self.rows:
            return [False] * len(self.columns)
        return [all(isinstance(value, int | float) for value in column) for column in zip(*self.rows, strict=True)]

    @property
    def has_sides(self) -> bool:
        """Whether its cells have figures for and against."""
        return any(isinstance(value, TableCell) and value.sides is not None for row in self.rows for value in row)

    def with_sides_apart(self) -> TableBlock:
        """Return the table with two columns in place of each column of figures: the second has the figures against."""
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
    """A text. Its line breaks stay. `facts` sets it smaller: figures and remarks beside the text proper."""

    text: str
    facts: bool = False


@dataclass(frozen=True, slots=True)
class FieldList:
    """Labels with their texts."""

    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words with their reference, and a remark on them or ""."""

    words: str
    reference: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class LinkList:
    """A numbered list of texts. Each leads to an anchor of the document. `label` describes the list to screen readers."""

    items: tuple[tuple[str, str], ...]
    label: str = "Contents"


@dataclass(frozen=True, slots=True)
class LazyBlocks:
    """Blocks that are made each time they are read, because all of them together need much memory."""

    make: Callable[[], Iterator[Block]]

    def __iter__(self) -> Iterator[Block]:
        return self.make()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the blocks below it. Sections within it have headings of the next level.

    `anchor` names the section. `back` is the anchor that an arrow after the heading leads to. `depth` lowers the heading by so many
    levels.
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
    """Blocks in their order. The title is a property of the file; it is printed only if a block holds it too."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> list[TableBlock]:
        """The tables of the document and of its sections, in order."""
        return [block for block in walk(self.blocks) if isinstance(block, TableBlock)]

    @property
    def targets(self) -> set[str]:
        """The anchors that links of the document lead to."""
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
    """Yield the blocks in order, a section before its own blocks."""
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from walk(block.blocks)


def as_cell(value: Value | TableCell) -> TableCell:
    """Return the value as a cell."""
    if isinstance(value, TableCell):
        return value
    return TableCell(as_text(value) if isinstance(value, tuple) else value)
