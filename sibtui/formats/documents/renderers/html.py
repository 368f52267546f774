"""The renderer of HTML. All texts are escaped. The page needs no scripts and no other files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.documents.model import (
    DEEPEST,
    FieldList,
    LinkList,
    Paragraph,
    Quotation,
    Section,
    TableBlock,
)
from sibtui.formats.documents.renderers.html_style import DOCUMENT_STYLE, HEAD, TABLE_STYLE
from sibtui.formats.documents.renderers.html_tables import table_lines, text_lines, text_on_one_line
from sibtui.formats.documents.renderers.report_style import report_style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sibtui.formats.documents.model import Block, Document

_CHUNK = 1 << 18
"""The lines of a page are joined into chunks of at least this many characters, except the last chunk."""


def render(document: Document) -> str:
    """Return the document as a whole HTML page. A document without a title gets the name of its first table."""
    return "".join(render_chunks(document))


def render_chunks(document: Document) -> Iterator[str]:
    title = document.title if document.title.strip() else next((t.name for t in document.tables if t.name), "Tables")
    rich = document.layout == "report"
    yield f"{HEAD}<title>{text_on_one_line(title)}</title>\n"
    yield f"<style>\n{_style(document)}</style>\n</head>\n<body>\n{'<main>' if rich else ''}"
    yield from _chunks(_blocks(document.blocks, 1, rich))
    yield f"{'</main>' if rich else ''}</body>\n</html>\n"


def _chunks(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines, each with a line break, joined into chunks of `_CHUNK` characters or a little more."""
    chunk: list[str] = []
    size = 0
    for line in lines:
        chunk += (line, "\n")
        size += len(line)
        if size >= _CHUNK:
            yield "".join(chunk)
            chunk, size = [], 0
    yield "".join(chunk)


def _style(document: Document) -> str:
    if document.layout == "report":
        return report_style()
    plain = all(isinstance(block, TableBlock) and block.style != "list" for block in document.blocks)
    return f"{TABLE_STYLE}{'' if plain else DOCUMENT_STYLE}"


def fragment(document: Document) -> str:
    """Return the blocks of a document as HTML for a cell of a notebook, without the head and frame of a page."""
    return "\n".join(_blocks(document.blocks, 1, rich=False))


def _blocks(blocks: Iterable[Block], level: int, rich: bool) -> Iterator[str]:
    """Yield the HTML lines of these blocks. `level` is the level of the headings of sections.

    `rich` is True for the layout `report`, which has shades and bars in tables.
    """
    for block in blocks:
        yield from _block(block, level, rich)


def _block(block: Block, level: int, rich: bool) -> Iterable[str]:
    match block:
        case Section():
            return _section(block, level, rich)
        case Paragraph(text, facts):
            return [f'<p class="facts">{text_lines(text)}</p>' if facts else f"<p>{text_lines(text)}</p>"]
        case FieldList():
            return [_fields(block)]
        case Quotation():
            return [_quotation(block, rich)]
        case LinkList(items, label):
            entries = [f'<li><a href="#{anchor}">{text_on_one_line(text)}</a></li>' for text, anchor in items]
            return [f'<nav aria-label="{text_on_one_line(label)}">', "<ol>", *entries, "</ol>", "</nav>"]
        case TableBlock():
            return table_lines(block, rich=rich)


def _fields(block: FieldList) -> str:
    pairs = (f"<dt>{text_on_one_line(label)}</dt><dd>{text_lines(text)}</dd>" for label, text in block.fields)
    if block.tiles:
        return f'<dl class="tiles">{"".join(f"<div>{pair}</div>" for pair in pairs)}</dl>'
    return f"<dl>{''.join(pairs)}</dl>"


def _quotation(quotation: Quotation, rich: bool) -> str:
    below = f"<br>{text_lines(quotation.remark)}" if quotation.remark.strip() else ""
    anchor = f' id="{quotation.anchor}"' if quotation.anchor else ""
    tone = f' class="{quotation.tone}"' if rich and quotation.tone else ""
    reference = text_on_one_line(quotation.reference)
    words = text_lines(quotation.words)
    return f"<blockquote{anchor}{tone}><p>{words}</p><footer>{reference}{below}</footer></blockquote>"


def _section(section: Section, level: int, rich: bool) -> Iterator[str]:
    level += section.depth
    tag = f"h{min(level, DEEPEST)}"
    back = f' <a class="back" href="#{section.back}" title="back to the table">↑</a>' if section.back else ""
    if section.anchor:
        yield f'<section id="{section.anchor}">'
    yield f"<{tag}>{text_on_one_line(section.title)}{back}</{tag}>"
    yield from _blocks(section.blocks, level + 1, rich)
    if section.anchor:
        yield "</section>"
