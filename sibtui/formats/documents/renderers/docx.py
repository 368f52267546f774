"""The renderer of Word documents. It uses Word's headings and tables.

The numbers of footnotes are in superscript, and links lead to bookmarks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.codec.word import Run, WordDocument
from sibtui.formats.documents.model import (
    DEEPEST,
    FieldList,
    LinkList,
    Paragraph,
    Quotation,
    Section,
    TableBlock,
    as_cell,
)
from sibtui.model.text import line_in_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.formats.codec.word import Runs
    from sibtui.formats.documents.model import Block, Document, TableCell


def render(document: Document) -> bytes:
    """Return the document as a Word file. Its pages are in landscape format if a table has many columns."""
    writer = _DocumentWriter(document)
    for block in document.blocks:
        writer.write(block, 1)
    return writer.word.save()


class _DocumentWriter:
    """Adds the blocks of a document to a Word file.

    An anchor (name for links) becomes a bookmark only if a link leads to it.
    """

    def __init__(self, document: Document) -> None:
        self.word = WordDocument(document.title, landscape=any(table.wide for table in document.tables))
        self._targets = document.targets

    def write(self, block: Block, level: int) -> None:
        """Add a block to the Word file. If the block is a section, `level` is the level of its heading."""
        match block:
            case Section():
                self._section(block, level)
            case Paragraph(text, facts):
                self.word.paragraph([Run(text, small=facts)])
            case FieldList(fields):
                for label, text in fields:
                    self.word.paragraph([Run(f"{label}: ", italic=True), Run(text)])
            case Quotation(words, reference, remark):
                below = (Run(f"\n{remark}", italic=True),) if remark.strip() else ()
                self.word.paragraph([Run(words), Run(f"\n— {reference}", small=True), *below], style="ListBullet")
            case LinkList(items):
                for text, anchor in items:
                    self.word.paragraph([Run(line_in_file(text), link=_bookmark(anchor))], style="ListNumber")
            case TableBlock():
                self._table(block)

    def _section(self, section: Section, level: int) -> None:
        level += section.depth
        back = (Run(" "), Run("↑", link=_bookmark(section.back))) if section.back else ()
        self.word.heading(section.title, min(level, DEEPEST), bookmark=self._own(section.anchor), after=back)
        for block in section.blocks:
            self.write(block, level + 1)

    def _table(self, table: TableBlock) -> None:
        if table.title.strip():
            self.word.paragraph([Run(line_in_file(table.title), bold=True)], style="Caption")
        head = [(Run(line_in_file(column), bold=True),) for column in table.noted_columns]
        labelled = table.style != "list"
        body: list[Sequence[Runs]] = [head]
        marks: dict[tuple[int, int], str] = {}
        for heading, row in table.after_headings():
            if heading:
                body.append([(Run(line_in_file(heading), italic=True),), *[()] * (len(row) - 1)])
            cells = [as_cell(value) for value in row]
            marks |= {
                (len(body), column): name for column, cell in enumerate(cells) if (name := self._own(cell.anchor))
            }
            body.append([_cell(cell, label=labelled and not at) for at, cell in enumerate(cells)])
        self.word.table(body, centred=table.style == "marks", bookmarks=marks)
        self.word.paragraph(_below(table))

    def _own(self, anchor: str) -> str:
        return _bookmark(anchor) if anchor in self._targets else ""


def _bookmark(anchor: str) -> str:
    return anchor.replace("-", "_")


def _cell(cell: TableCell, *, label: bool) -> Runs:
    if cell.links:
        return tuple(Run(piece, link=_bookmark(anchor)) for piece, anchor in cell.pieces())
    text = line_in_file(cell.text) if label else cell.text
    # A mark that is a space leads to its evidence too: it needs some width to be clicked.
    shown = Run(text if text.strip() or not cell.link else "\u00a0" * 3, link=_bookmark(cell.link))
    return (shown,) if cell.note is None else (shown, Run(str(cell.note), raised=True))


def _below(table: TableBlock) -> Runs:
    """Return the paragraph that is printed below a table. Each footnote and each remark is on a separate line."""
    lines: list[Runs] = [
        (Run(str(number), raised=True), Run(f" {line_in_file(text)}")) for number, text in table.notes.items()
    ]
    lines += [(Run(line),) for line in table.below]
    return tuple(run for at, line in enumerate(lines) for run in ((*((Run("\n"),) if at else ()), *line)))
