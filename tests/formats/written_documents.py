"""Documents of random pieces, written in each format by hand after its description, for a test of the readers.

Each word occurs once. A writer knows which words somebody sees who reads the document, and what a reader of ours has to count.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar
from xml.sax.saxutils import escape

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Mapping

PIECES = (
    *(
        "plain",
        "bold",
        "split",
        "link",
        "inserted",
        "deleted",
        "hidden",
        "comment",
        "footnote",
        "endnote",
        "box",
        "picture",
    ),
    *("formula", "pronunciation", "control", "tab", "break"),
)
"""The kinds of pieces. A writer for which a kind has no meaning writes plain words."""
_ODD = ("x", "é", "Ж", "漢", "a&b", "x<y", "{z}", "q\\r", "it's", 'n"o"', "ﬁ", "ß")
_KINDS_OF_BLOCKS = ("paragraph", "heading", "numbered", "bullet", "table", "nested")

Piece = tuple[str, str]


@dataclass
class Block:
    """A paragraph of a kind, a table of rows of cells, or blocks inside another block."""

    kind: str
    pieces: list[Piece] = field(default_factory=list)
    rows: list[list[list[Block]]] = field(default_factory=list)


@dataclass
class WrittenDocument:
    """The bytes of a document, the words that somebody sees in it, other words, and what is to be counted."""

    name: str
    data: bytes
    seen: set[str]
    unseen: set[str] = field(default_factory=set)
    losses: Counter[str] = field(default_factory=Counter)


@st.composite
def documents(draw, *, odd: tuple[str, ...] = _ODD, pieces: tuple[str, ...] = PIECES) -> list[Block]:
    """Draw the blocks of a document."""
    number = 0

    def word() -> str:
        nonlocal number
        number += 1
        return f"{draw(st.sampled_from(odd))}{number:03}w"

    def paragraph(kind: str) -> Block:
        kinds = draw(st.lists(st.sampled_from(pieces), min_size=1, max_size=5))
        return Block(kind, [(piece, word()) for piece in kinds])

    def block(depth: int) -> Block:
        kind = draw(st.sampled_from(_KINDS_OF_BLOCKS if depth < 2 else _KINDS_OF_BLOCKS[:4]))
        if kind not in ("table", "nested"):
            return paragraph(kind)
        columns = draw(st.integers(1, 3)) if kind == "table" else 1
        cells = [
            [[block(depth + 1) for _ in range(draw(st.integers(1, 2)))] for _ in range(columns)]
            for _ in range(draw(st.integers(1, 2)))
        ]
        return Block(kind, rows=cells)

    return [block(0) for _ in range(draw(st.integers(1, 4)))]


class Writer:
    """Base of the writers. `LOST` names the kind of loss for a kind of piece; such a word is not seen."""

    LOST: ClassVar[Mapping[str, str]] = {}
    EXTRA: ClassVar[Mapping[str, str]] = {}
    """Losses that come with a word that is seen."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.unseen: set[str] = set()
        self.losses: Counter[str] = Counter()
        self.notes: list[tuple[str, str]] = []

    def piece(self, kind: str, word: str) -> str:
        if kind in self.LOST:
            self.losses[self.LOST[kind]] += 1
            self.unseen.add(word)
        elif kind not in ("tab", "break"):
            self.seen.add(word)
            self.losses[self.EXTRA.get(kind, "")] += kind in self.EXTRA
        method = getattr(self, f"write_{kind}", self.write_plain)
        return method(word)

    def write_plain(self, word: str) -> str:
        raise NotImplementedError

    def pieces(self, block: Block) -> str:
        return "".join(self.piece(*each) for each in block.pieces)

    def written(self, name: str, data: bytes) -> WrittenDocument:
        return WrittenDocument(
            name, data, self.seen, self.unseen, +Counter({k: n for k, n in self.losses.items() if k})
        )


# Word

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:v="urn:schemas-microsoft-com:vml"'
)


class DocxWriter(Writer):
    LOST: ClassVar[Mapping[str, str]] = {
        "deleted": "tracked deletion",
        "hidden": "hidden passage",
        "comment": "comment",
        "picture": "picture",
    }
    EXTRA: ClassVar[Mapping[str, str]] = {"pronunciation": "pronunciation"}

    def write_plain(self, word: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{escape(word)} </w:t></w:r>'

    def write_bold(self, word: str) -> str:
        return f"<w:smartTag><w:r><w:rPr><w:b/></w:rPr><w:t>{escape(word)}</w:t></w:r></w:smartTag>"

    def write_split(self, word: str) -> str:
        return "".join(
            f"<w:r><w:t>{escape(part)}</w:t><w:lastRenderedPageBreak/></w:r>" for part in (word[:1], word[1:])
        )

    def write_link(self, word: str) -> str:
        field_code = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>HYPERLINK x</w:instrText></w:r>"
        return f"{field_code}<w:hyperlink w:anchor='x'>{self.write_plain(word)}</w:hyperlink>"

    def write_inserted(self, word: str) -> str:
        return f"<w:ins w:id='1'><w:moveTo w:id='2'>{self.write_plain(word)}</w:moveTo></w:ins>"

    def write_deleted(self, word: str) -> str:
        return f"<w:del w:id='1'><w:r><w:delText>{escape(word)}</w:delText></w:r></w:del>"

    def write_hidden(self, word: str) -> str:
        return f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{escape(word)}</w:t></w:r>"

    def write_comment(self, word: str) -> str:
        return self._note("comment", word)

    def write_footnote(self, word: str) -> str:
        return self._note("footnote", word)

    def write_endnote(self, word: str) -> str:
        return self._note("endnote", word)

    def _note(self, kind: str, word: str) -> str:
        self.notes.append((kind, word))
        return f"<w:r><w:{kind}Reference w:id='{len(self.notes)}'/></w:r>"

    def write_box(self, word: str) -> str:
        box = f"<w:txbxContent><w:p>{self.write_plain(word)}</w:p></w:txbxContent>"
        return (
            f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )

    def write_picture(self, word: str) -> str:
        return f"<w:r><w:drawing><a:graphic><pic:pic><pic:cNvPr descr={word!r}/></pic:pic></a:graphic></w:drawing></w:r>".replace(
            repr(word), '"x"'
        )

    def write_formula(self, word: str) -> str:
        return f"<m:oMathPara><m:oMath><m:r><m:t>{escape(word)}</m:t></m:r></m:oMath></m:oMathPara>"

    def write_pronunciation(self, word: str) -> str:
        ruby = f"<w:rt><w:r><w:t>~</w:t></w:r></w:rt><w:rubyBase>{self.write_plain(word)}</w:rubyBase>"
        return f"<w:r><w:ruby>{ruby}</w:ruby></w:r>"

    def write_control(self, word: str) -> str:
        return f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{self.write_plain(word)}</w:sdtContent></w:sdt>"

    def write_tab(self, _: str) -> str:
        return "<w:r><w:tab/></w:r>"

    def write_break(self, _: str) -> str:
        return "<w:r><w:br/></w:r>"

    def block(self, block: Block) -> str:
        if block.kind == "table":
            rows = "".join(
                "<w:tr>" + "".join(f"<w:tc>{''.join(map(self.block, cell))}<w:p/></w:tc>" for cell in row) + "</w:tr>"
                for row in block.rows
            )
            return f"<w:tbl><w:tblPr/>{rows}</w:tbl>"
        if block.kind == "nested":
            inner = "".join(self.block(each) for row in block.rows for cell in row for each in cell)
            return f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
        level = {"numbered": 0, "bullet": 1}.get(block.kind)
        numbered = "" if level is None else f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>"
        return f"<w:p><w:pPr>{numbered}</w:pPr>{self.pieces(block)}</w:p>"

    def document(self, blocks: list[Block]) -> WrittenDocument:
        body = "".join(map(self.block, blocks))
        self.losses["header or footer"] += 1
        levels = "".join(f"<w:lvl w:ilvl='{n}'><w:lvlText w:val='%{n + 1}.'/></w:lvl>" for n in (0, 1))
        parts = {
            "numbering": f"<w:abstractNum w:abstractNumId='1'>{levels}</w:abstractNum>"
            "<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>",
            "header": "<w:p><w:r><w:t>HEADER</w:t></w:r></w:p>",
            **{f"{kind}s": self._notes(kind) for kind in ("footnote", "endnote", "comment")},
        }
        relation = '<Relationship Id="{0}" Type="http://x/relationships/{0}" Target="{1}"/>'
        relations = "<Relationships>{}</Relationships>".format
        return self.written(
            "a.docx",
            packed(
                {
                    "_rels/.rels": relations(relation.format("officeDocument", "word/document.xml")),
                    "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
                    "word/_rels/document.xml.rels": relations("".join(relation.format(k, f"{k}.xml") for k in parts)),
                    **{f"word/{kind}.xml": f"<w:{kind} {_W}>{content}</w:{kind}>" for kind, content in parts.items()},
                }
            ),
        )

    def _notes(self, kind: str) -> str:
        return "".join(
            f"<w:{kind} w:id='{number}'><w:p>{self.write_plain(word)}</w:p></w:{kind}>"
            for number, (of, word) in enumerate(self.notes, 1)
            if of == kind
        )


def packed(members: dict[str, str]) -> bytes:
    """Return an archive with these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


# OpenDocument

_O = (
    " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in {
            "office": "office",
            "text": "text",
            "table": "table",
            "style": "style",
            "draw": "drawing",
            "fo": "xsl-fo-compatible",
            "form": "form",
        }.items()
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:m="http://www.w3.org/1998/Math/MathML"'
)


class OdtWriter(Writer):
    LOST: ClassVar[Mapping[str, str]] = DocxWriter.LOST
    EXTRA: ClassVar[Mapping[str, str]] = DocxWriter.EXTRA

    def write_plain(self, word: str) -> str:
        return f"{escape(word)}<text:s/>"

    def write_bold(self, word: str) -> str:
        return f"<text:span>{escape(word)}</text:span>"

    def write_split(self, word: str) -> str:
        return f"<text:span>{escape(word[:1])}</text:span><text:soft-page-break/><text:bookmark/>{escape(word[1:])}"

    def write_link(self, word: str) -> str:
        return f"<text:a xlink:href='x'>{escape(word)}</text:a>"

    def write_inserted(self, word: str) -> str:
        return f"<text:change-start/>{escape(word)}<text:change-end/>"

    def write_deleted(self, word: str) -> str:
        self.notes.append(("deleted", word))
        return "<text:change/>"

    def write_hidden(self, word: str) -> str:
        return f"<text:span text:style-name='H'>{escape(word)}</text:span>"

    def write_comment(self, word: str) -> str:
        return f"<office:annotation><dc:creator>A</dc:creator><text:p>{escape(word)}</text:p></office:annotation>"

    def write_footnote(self, word: str) -> str:
        self.notes.append(("note", word))
        citation = f"<text:note-citation>{len(self.notes)}</text:note-citation>"
        return f"<text:note>{citation}<text:note-body><text:p>{escape(word)}</text:p></text:note-body></text:note>"

    write_endnote = write_footnote

    def write_box(self, word: str) -> str:
        return f"<draw:frame><draw:text-box><text:p>{escape(word)}</text:p></draw:text-box></draw:frame>"

    def write_picture(self, _: str) -> str:
        return "<draw:frame><draw:image/></draw:frame>"

    def write_formula(self, word: str) -> str:
        return f"<draw:frame><draw:object><m:math><m:mi>{escape(word)}</m:mi></m:math></draw:object></draw:frame>"

    def write_pronunciation(self, word: str) -> str:
        base = f"<text:ruby-base>{escape(word)}</text:ruby-base>"
        return f"<text:ruby>{base}<text:ruby-text>~</text:ruby-text></text:ruby>"

    def write_control(self, word: str) -> str:
        return f"<text:user-field-get>{escape(word)}</text:user-field-get>"

    def write_tab(self, _: str) -> str:
        return "<text:tab/>"

    def write_break(self, _: str) -> str:
        return "<text:line-break/>"

    def block(self, block: Block) -> str:
        if block.kind == "table":
            rows = "".join(
                "<table:table-row>"
                + "".join(f"<table:table-cell>{''.join(map(self.block, cell))}</table:table-cell>" for cell in row)
                + "</table:table-row>"
                for row in block.rows
            )
            return f"<table:table>{rows}</table:table>"
        if block.kind == "nested":
            inner = "".join(self.block(each) for row in block.rows for cell in row for each in cell)
            return f"<text:section text:name='s'>{inner}</text:section>"
        inside = self.pieces(block)
        if block.kind == "heading":
            return f"<text:h text:outline-level='1'>{inside}</text:h>"
        if block.kind in ("numbered", "bullet"):
            return f"<text:list><text:list-item><text:p>{inside}</text:p></text:list-item></text:list>"
        return f"<text:p>{inside}</text:p>"

    def document(self, blocks: list[Block]) -> WrittenDocument:
        body = "".join(map(self.block, blocks))
        self.losses["header or footer"] += 1
        regions = "".join(
            f"<text:changed-region><text:deletion><text:p>{escape(word)}</text:p></text:deletion></text:changed-region>"
            for kind, word in self.notes
            if kind == "deleted"
        )
        hidden = (
            "<style:style style:name='H' style:family='text'><style:text-properties text:display='none'/></style:style>"
        )
        header = (
            "<style:master-page style:name='S'><style:header><text:p>HEADER</text:p></style:header></style:master-page>"
        )
        return self.written(
            "a.fodt",
            (
                f"<office:document {_O} office:version='1.3'><office:automatic-styles>{hidden}</office:automatic-styles>"
                f"<office:master-styles>{header}</office:master-styles><office:body><office:text>"
                f"<text:tracked-changes>{regions}</text:tracked-changes>{body}</office:text></office:body></office:document>"
            ).encode(),
        )


# Rich text


class RtfWriter(Writer):
    LOST: ClassVar[Mapping[str, str]] = DocxWriter.LOST

    def write_plain(self, word: str) -> str:
        return f"{_rtf(word)} "

    def write_bold(self, word: str) -> str:
        return f"{{\\b {_rtf(word)}}}"

    def write_split(self, word: str) -> str:
        return f"{{\\i {_rtf(word[:1])}}}\n{{\\*\\bkmkstart x}}{_rtf(word[1:])}"

    def write_link(self, word: str) -> str:
        return f'{{\\field{{\\*\\fldinst HYPERLINK "x"}}{{\\fldrslt {_rtf(word)}}}}}'

    def write_inserted(self, word: str) -> str:
        return f"{{\\revised {_rtf(word)}}}"

    def write_deleted(self, word: str) -> str:
        return f"{{\\deleted {_rtf(word)}}}"

    def write_hidden(self, word: str) -> str:
        return f"{{\\v {_rtf(word)}}}"

    def write_comment(self, word: str) -> str:
        return f"{{\\*\\atnid A}}{{\\*\\atnauthor A}}\\chatn{{\\*\\annotation{{\\*\\atnref 1}}\\pard {_rtf(word)}}}"

    def write_footnote(self, word: str) -> str:
        return f"{{\\super\\chftn{{\\footnote\\pard {{\\super\\chftn}} {_rtf(word)}}}}}"

    def write_endnote(self, word: str) -> str:
        return f"{{\\super\\chftn{{\\footnote\\ftnalt\\pard {_rtf(word)}}}}}"

    def write_box(self, word: str) -> str:
        inside = f"{{\\*\\shpinst{{\\sp{{\\sn x}}{{\\sv 1}}}}{{\\shptxt \\pard {_rtf(word)}\\par}}}}"
        return f"{{\\shp{inside}{{\\shprslt\\pard {_rtf(word)}\\par}}}}"

    def write_picture(self, _: str) -> str:
        return "{\\*\\shppict{\\pict\\pngblip 00ff}}{\\nonshppict{\\pict 00ff}}"

    def write_tab(self, _: str) -> str:
        return "\\tab "

    def write_break(self, _: str) -> str:
        return "\\line "

    def block(self, block: Block, *, cell: bool = False) -> str:
        if block.kind == "table" and not cell:
            return "".join(
                "\\trowd\\cellx1\\cellx2\\cellx3 "
                + "".join("".join(self.block(each, cell=True) for each in inside) + "\\cell " for inside in row)
                + "\\row\n"
                for row in block.rows
            )
        if block.rows:
            return "".join(self.block(each, cell=cell) for row in block.rows for inside in row for each in inside)
        label = {"numbered": "{\\listtext 1.\\tab}", "bullet": "{\\pntext\\'b7\\tab}"}.get(block.kind, "")
        if block.kind == "numbered" and len(block.pieces) % 2:  # the table of lists alone has the number
            label = "\\ls1\\ilvl0 "
        start = "\\pard\\intbl" if cell else "\\pard"
        return f"{start} {label}{self.pieces(block)}\\par\n"

    def document(self, blocks: list[Block]) -> WrittenDocument:
        body = "".join(map(self.block, blocks))
        self.losses["header or footer"] += 1
        self.losses["word after the end"] += 2
        level = "{\\listlevel\\levelnfc0\\levelstartat1{\\leveltext\\'02\\'00.;}{\\levelnumbers\\'01;}\\f0}"
        head = (
            "{\\rtf1\\ansi\\ansicpg1252\\uc1{\\fonttbl{\\f0 Arial;}}{\\info{\\title TITLE}}"
            f"{{\\*\\listtable{{\\list{level}{{\\listname NAME;}}\\listid9}}}}"
            "{\\*\\listoverridetable{\\listoverride\\listid9\\listoverridecount0\\ls1}}{\\header HEADER\\par}"
        )
        return self.written("a.rtf", f"{head}\n{body}}} two words".encode("ascii"))


def _rtf(text: str) -> str:
    return "".join(
        f"\\{c}" if c in "\\{}" else c if c.isascii() else f"\\u{ord(c) - 0x10000 if ord(c) > 0x7FFF else ord(c)}?"
        for c in text
    )


# Web pages and e-books


class HtmlWriter(Writer):
    LOST: ClassVar[Mapping[str, str]] = {"hidden": "hidden passage", "picture": "picture"}
    EXTRA: ClassVar[Mapping[str, str]] = {"pronunciation": "pronunciation"}

    def write_plain(self, word: str) -> str:
        return f"{escape(word)} "

    def write_bold(self, word: str) -> str:
        return f"<b>{escape(word)}</b><script>SCRIPT</script>"

    def write_split(self, word: str) -> str:
        return f"<i>{escape(word[:1])}</i><!-- NOTE --><span>{escape(word[1:])}</span>"

    def write_link(self, word: str) -> str:
        return f'<a href="http://x.org/LINK">{escape(word)}</a>'

    def write_hidden(self, word: str) -> str:
        return f'<span style="display: none">{escape(word)}</span>'

    def write_box(self, word: str) -> str:
        return f"<textarea>{escape(word)}</textarea>"

    def write_picture(self, _: str) -> str:
        return '<img src="x.png"/>'

    def write_formula(self, word: str) -> str:
        return f"<math><mi>{escape(word)}</mi></math>"

    def write_pronunciation(self, word: str) -> str:
        return f"<ruby>{escape(word)}<rt>~</rt></ruby>"

    def write_control(self, word: str) -> str:
        return f"<select><option>OTHER</option><option selected='selected'>{escape(word)}</option></select>"

    def write_break(self, _: str) -> str:
        return "<br/>"

    def block(self, block: Block) -> str:
        if block.kind == "table":
            rows = "".join(
                "<tr>" + "".join(f"<td>{''.join(map(self.block, cell))}</td>" for cell in row) + "</tr>"
                for row in block.rows
            )
            return f"<table><tbody>{rows}</tbody></table>"
        if block.kind == "nested":
            inner = "".join(self.block(each) for row in block.rows for cell in row for each in cell)
            return f"<blockquote><div>{inner}</div></blockquote>"
        form = {
            "heading": "<h2>{}</h2>",
            "numbered": "<ol><li>{}</li></ol>",
            "bullet": "<ul><li><p>{}</p></li></ul>",
        }.get(block.kind, "<p>{}</p>")
        return form.replace("{}", self.pieces(block))

    def page(self, blocks: list[Block]) -> str:
        return f"<html><head><title>TITLE</title><style>STYLE</style></head><body>{''.join(map(self.block, blocks))}</body></html>"

    def document(self, blocks: list[Block]) -> WrittenDocument:
        return self.written("a.html", f"<!DOCTYPE html>\n{self.page(blocks)}".encode())


class EpubWriter(HtmlWriter):
    def document(self, blocks: list[Block]) -> WrittenDocument:
        pages = [
            self.page([block]).replace("<html>", '<html xmlns="http://www.w3.org/1999/xhtml">') for block in blocks
        ]
        items = "".join(
            f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(pages))
        )
        spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(pages)))
        container = '<container xmlns="urn:x"><rootfiles><rootfile full-path="o.opf"/></rootfiles></container>'
        package = f'<package xmlns="urn:y"><manifest>{items}</manifest><spine>{spine}</spine></package>'
        members = {"META-INF/container.xml": container, "o.opf": package}
        members |= {f"c{n}.xhtml": page for n, page in enumerate(pages)}
        return self.written("a.epub", packed(members))


# Texts, subtitles, tables and printed pages


class TextWriter(Writer):
    NAME = "a.txt"

    def write_plain(self, word: str) -> str:
        return f"{word} "

    def paragraphs(self, blocks: list[Block]) -> list[str]:
        return [
            text
            for block in blocks
            for text in (
                self.paragraphs([each for row in block.rows for cell in row for each in cell])
                if block.rows
                else [self.pieces(block)]
            )
        ]

    def document(self, blocks: list[Block]) -> WrittenDocument:
        return self.written(self.NAME, "\r\n".join(self.paragraphs(blocks)).encode("utf-16"))


class MarkdownWriter(TextWriter):
    def document(self, blocks: list[Block]) -> WrittenDocument:
        text = "\n\n".join(self.paragraphs(blocks))
        return self.written("a.md", f"---\ntitle: TITLE\n---\n\n{text}".encode())


class VttWriter(TextWriter):
    LOST: ClassVar[Mapping[str, str]] = {"comment": "comment"}

    def write_plain(self, word: str) -> str:
        return f"{escape(word)} "

    def write_bold(self, word: str) -> str:
        return f"<b>{escape(word)}</b> <00:00:01.000>"

    def write_split(self, word: str) -> str:
        return f"<c.red>{escape(word[:1])}</c>{escape(word[1:])} "

    def write_comment(self, word: str) -> str:
        self.notes.append(("comment", word))
        return ""

    def write_break(self, _: str) -> str:
        return "\n"

    def document(self, blocks: list[Block]) -> WrittenDocument:
        cues = []
        for number, text in enumerate(self.paragraphs(blocks)):
            lines = "\n".join(line for line in text.split("\n") if line.strip())
            cues.append(f"c{number}\n00:00:{number % 60:02}.000 --> 01:00:00.000 line:0\n<v Ann>{lines}\n")
        notes = [f"NOTE\n{escape(word)}\n" for _, word in self.notes]
        return self.written("a.vtt", "\n".join(["WEBVTT TITLE\n", "STYLE\n::cue {}\n", *cues, *notes]).encode())


class SrtWriter(TextWriter):
    def document(self, blocks: list[Block]) -> WrittenDocument:
        cues = (
            f"{number}\r\n00:00:{number % 60:02},000 --> 01:00:00,000\r\n{text}\r\n"
            for number, text in enumerate(self.paragraphs(blocks), 1)
        )
        return self.written("a.srt", "\r\n".join(cues).encode())


class WhisperWriter(TextWriter):
    def document(self, blocks: list[Block]) -> WrittenDocument:
        rows = (f"{n * 1000}\t{n * 1000 + 900}\t{text}" for n, text in enumerate(self.paragraphs(blocks)))
        return self.written("a.tsv", "\n".join(["start\tend\ttext", *rows, ""]).encode())


class PdfWriter(TextWriter):
    def document(self, blocks: list[Block]) -> WrittenDocument:
        from reportlab.pdfgen.canvas import Canvas

        file = io.BytesIO()
        canvas = Canvas(file)
        for paragraph in self.paragraphs(blocks):
            canvas.drawString(50, 700, paragraph.strip() or "-")
            canvas.showPage()
        canvas.save()
        return self.written("a.pdf", file.getvalue())


class CsvWriter(TextWriter):
    def document(self, blocks: list[Block]) -> WrittenDocument:
        import csv

        file = io.StringIO()
        table = csv.writer(file)
        table.writerows(rows_of(self, blocks))
        return self.written("a.csv", file.getvalue().encode())


class XlsxWriter(TextWriter):
    def document(self, blocks: list[Block]) -> WrittenDocument:
        from openpyxl import Workbook

        book = Workbook()
        for row in rows_of(self, blocks):
            book.worksheets[0].append(row)
        file = io.BytesIO()
        book.save(file)
        return self.written("a.xlsx", file.getvalue())


def rows_of(writer: TextWriter, blocks: list[Block]) -> list[tuple[str, str, str]]:
    """Return the paragraphs as a survey: a name, an answer, and a note for each."""
    rows = [(f"r{number}", f"answer {text}", text[:8]) for number, text in enumerate(writer.paragraphs(blocks))]
    return [("id", "answer", "note"), *rows]


WRITERS = {
    writer.__name__.removesuffix("Writer").lower(): writer
    for writer in (
        *(DocxWriter, OdtWriter, RtfWriter, HtmlWriter, EpubWriter, TextWriter, MarkdownWriter, VttWriter, SrtWriter),
        WhisperWriter,
        *(PdfWriter, CsvWriter, XlsxWriter),
    )
}
