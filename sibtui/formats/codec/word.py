"""Making Word documents with paragraphs, tables, comments, bookmarks, and links to bookmarks."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, cast

from sibtui.formats.codec.office import plain, repack_office
from sibtui.model.text import line_in_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.oxml.table import CT_Row, CT_Tbl, CT_Tc
    from docx.oxml.text.paragraph import CT_P
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.shared import Length

_A4 = (210, 297)
_MARGIN = 22
_SMALL = 9
_MARK, _LABEL = 22, 50
_CAPTION = "Caption"
_ON_ONE_PAGE = 30
"""A table with at most this many rows is kept on one page, together with its caption and footnotes."""
_LABELS_SHARE = 0.4
_RULE, _THIN_RULE = "12", "6"  # eighths of a point


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style, in a paragraph of a Word document. Newlines become line breaks.

    `link` is the name of a bookmark in the document. If it is not empty, the text is a link to this bookmark.
    """

    text: str
    raised: bool = False
    bold: bool = False
    italic: bool = False
    small: bool = False
    link: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class CommentedRun:
    """A piece of text in a Word document, with the comments about it.

    `comments` has the indexes of these comments in the list of all comments.
    """

    text: str
    comments: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WordComment:
    """A comment about a passage. Each newline begins a new paragraph of the comment."""

    text: str
    author: str = ""


class WordDocument:
    """Builds a Word document piece by piece. Headings have levels from 1 to 6. The name of a bookmark may have letters, digits and `_`."""

    def __init__(self, title: str, *, landscape: bool = False) -> None:
        from docx import Document as new  # noqa: N813 - ours has another meaning
        from docx.enum.section import WD_ORIENT
        from docx.shared import Mm

        self._title = title
        self._document = new()
        # Elements are added before this last element: the methods of python-docx search the body from the start each time.
        self._end = self._document.element.body.get_or_add_sectPr()
        self._bookmarks = 0
        section = self._document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        width, height = reversed(_A4) if landscape else _A4
        section.page_width, section.page_height = Mm(width), Mm(height)
        margin = Mm(_MARGIN)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = margin
        self._room = Mm(width - 2 * _MARGIN)
        self._drop_thumbnail()

    def heading(self, text: str, level: int, *, bookmark: str = "", after: Runs = ()) -> None:
        """Add a heading. `after` follows it on the same line. `bookmark` is the name of a bookmark on the heading."""
        self.paragraph((Run(line_in_file(text)), *after), style=f"Heading{level}", bookmark=bookmark)

    def paragraph(self, runs: Iterable[Run], *, style: str = "", bookmark: str = "") -> None:
        """Add a paragraph. `style` is the id of a Word style. `bookmark` is the name of a bookmark on the paragraph."""
        from docx.oxml.parser import OxmlElement

        paragraph = cast("CT_P", OxmlElement("w:p"))
        self._end.addprevious(paragraph)
        if style:
            paragraph.style = style
        if style == _CAPTION:
            paragraph.get_or_add_pPr().keepNext_val = True
        self._fill(paragraph, runs, bookmark)

    def table(
        self,
        rows: Sequence[Sequence[Runs]],
        *,
        centred: bool = False,
        bookmarks: dict[tuple[int, int], str] | None = None,
    ) -> None:
        """Add a table. Its first row is its head and is repeated on each page.

        If `centred` is set, all columns except the first are centred. `bookmarks` is a dict: (row, column) of a cell →
        the name of a bookmark on this cell.
        """
        from docx.oxml.table import CT_Tbl

        # Work with elements: the objects of python-docx search each cell from the start of its row.
        table = CT_Tbl.new_tbl(len(rows), len(rows[0]), self._room)
        self._end.addprevious(table)
        _ruled(table)
        widths = self._widths(len(rows[0]), centred=centred)
        short = len(rows) <= _ON_ONE_PAGE
        for grid, width in zip(table.tblGrid.gridCol_lst, widths, strict=True):
            grid.w = width
        for at, (element, row) in enumerate(zip(table.tr_lst, rows, strict=True)):
            _keep_together(element, head=at == 0)
            for column, (cell, runs) in enumerate(zip(element.tc_lst, row, strict=True)):
                cell.width = widths[column]
                if at == 0:
                    _underlined(cell)
                paragraph = cell.p_lst[0]
                _set(paragraph, centred=centred and column > 0, with_next=short)
                self._fill(paragraph, runs, (bookmarks or {}).get((at, column), ""))

    def commented_paragraphs(
        self, paragraphs: Iterable[Iterable[CommentedRun]], comments: Sequence[WordComment]
    ) -> None:
        """Add paragraphs with comments.

        Each run (piece of text) has the indexes of its comments. A comment covers the text from its first run to its
        last run. A comment without a run is left out.
        """
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement
        from docx.text.run import Run as WordRun

        edges: dict[int, list[WordRun]] = {}
        for runs in paragraphs:
            paragraph = cast("CT_P", OxmlElement("w:p"))
            self._end.addprevious(paragraph)
            for run in runs:
                _append(paragraph, Run(run.text))
                last = WordRun(paragraph.r_lst[-1], self._document)
                for at in run.comments:
                    edges[at] = [*edges.get(at, ())[:1], last]
        for at in sorted(edges):
            comment = self._document.add_comment(
                edges[at], plain(comments[at].text), plain(line_in_file(comments[at].author)), initials=""
            )
            for element in comment.part.element:  # the library writes the current time
                element.attrib.pop(qn("w:date"), None)

    def save(self) -> bytes:
        """Return the finished document as bytes. The same content gives the same bytes."""
        out = BytesIO()
        self._document.save(out)
        return repack_office(out.getvalue(), self._title)

    def _fill(self, paragraph: CT_P, runs: Iterable[Run], bookmark: str) -> None:
        if bookmark:
            self._mark(paragraph, bookmark)
        for run in runs:
            if run.text:
                _append(paragraph, run)

    def _mark(self, paragraph: CT_P, name: str) -> None:
        from docx.oxml.ns import qn
        from docx.oxml.parser import OxmlElement

        self._bookmarks += 1
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(tag)
            mark.set(qn("w:id"), str(self._bookmarks))
            if tag == "w:bookmarkStart":
                mark.set(qn("w:name"), name)
            paragraph.append(mark)

    def _widths(self, columns: int, *, centred: bool) -> list[Length]:
        """Return the column widths of a table. The first column has the row labels.

        If `centred` is set, the other columns have single characters such as X, and not long texts.
        """
        from docx.shared import Emu, Mm

        if columns == 1:
            return [self._room]
        first = int(self._room * max(_LABELS_SHARE - 0.02 * columns, 1 / columns))
        if centred:
            first = max(first, self._room - (columns - 1) * Mm(_MARK))
        elif columns > 2:
            first = min(first, Mm(_LABEL))
        return [Emu(first), *(Emu((self._room - first) // (columns - 1)) for _ in range(columns - 1))]

    def _drop_thumbnail(self) -> None:
        """Remove the preview picture of the template.

        Otherwise, file managers would show the same empty page for each document.
        """
        rels = self._document.part.package.rels
        for key in [key for key, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:
            del rels[key]


def _append(paragraph: CT_P, run: Run) -> None:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Pt

    element = OxmlElement("w:r")
    element.text = plain(run.text)
    if run.raised or run.bold or run.italic or run.small:
        properties = element.get_or_add_rPr()
        for tag, on in (("w:b", run.bold), ("w:i", run.italic)):
            if on:
                properties.append(OxmlElement(tag))
        if run.small:
            properties.sz_val = Pt(_SMALL)
        if run.raised:
            properties.superscript = True
    if run.link:
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), run.link)
        link.append(element)
        paragraph.append(link)
    else:
        paragraph.append(element)


def _ruled(table: CT_Tbl) -> None:
    """Add horizontal lines above and below a table, as in printed papers."""
    table.tblPr.insert_element_before(
        _borders("w:tblBorders", {"w:top": _RULE, "w:bottom": _RULE}), "w:tblLayout", "w:tblLook"
    )


def _underlined(cell: CT_Tc) -> None:
    cell.get_or_add_tcPr().append(_borders("w:tcBorders", {"w:bottom": _THIN_RULE}))


def _borders(tag: str, sides: dict[str, str]) -> BaseOxmlElement:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    borders = OxmlElement(tag)
    for side, size in sides.items():
        border = OxmlElement(side)
        for name, value in (("w:val", "single"), ("w:sz", size), ("w:space", "0"), ("w:color", "auto")):
            border.set(qn(name), value)
        borders.append(border)
    return borders


def _keep_together(row: CT_Row, *, head: bool) -> None:
    from docx.oxml.parser import OxmlElement

    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def _set(paragraph: CT_P, *, centred: bool, with_next: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    properties = paragraph.get_or_add_pPr()
    properties.spacing_after = Pt(2)
    properties.spacing_before = Pt(2)
    if with_next:
        properties.keepNext_val = True
    if centred:
        properties.jc_val = WD_ALIGN_PARAGRAPH.CENTER
