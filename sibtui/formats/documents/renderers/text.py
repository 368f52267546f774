"""The renderer of plain text for the terminal. Long texts are wrapped and never cut. Control characters are replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.codec.terminal_text import wrap
from sibtui.formats.documents.model import FieldList, LinkList, Paragraph, Quotation, Section, TableBlock
from sibtui.formats.documents.renderers import text_lists, text_marks
from sibtui.model.text import inert_words, superscript

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.formats.documents.model import Block, Document

_NARROWEST = 20
_INDENT = "  "


def render(document: Document, *, width: int | None = None, ascii: bool = False) -> str:  # noqa: A002 - the option's name
    """Return the document as plain text, with an empty line between blocks.

    Lines have at most `width` terminal columns; a value below 20 counts as 20, and None means no limit. If `ascii` is
    set, horizontal lines and the numbers of footnotes are written in ASCII, but other texts are not changed.
    """
    width = None if width is None else max(width, _NARROWEST)
    return "\n".join("\n".join([*part, ""]) for block in document.blocks for part in _block(block, width, ascii))


def _block(block: Block, width: int | None, plain: bool) -> Iterator[list[str]]:
    """Yield each paragraph of a block as a list of lines.

    With `plain`, horizontal lines and footnote numbers are in ASCII.
    """
    match block:
        case Section():
            yield _wrapped(block.title, width)
            for inner in block.blocks:
                yield from _block(inner, width, plain)
        case Paragraph(text):
            yield _wrapped(text, width)
        case FieldList(fields):
            yield [line for label, text in fields for line in _indented(f"{label}: {text}", width)]
        case Quotation(words, reference, remark):
            yield [line for text in (words, f"— {reference}", remark) if text for line in _indented(text, width)]
        case LinkList(items):
            yield [
                line for at, (text, _) in enumerate(items, 1) for line in wrap((f"{at}.", *inert_words(text)), width, 3)
            ]
        case TableBlock():
            yield _table(block, width, plain)


def _table(table: TableBlock, width: int | None, plain: bool) -> list[str]:
    lines = [*_wrapped(table.title, width), ""] if table.title.strip() else []
    rule = "-" if plain else "─"
    body, ruled = (text_lists if table.style == "list" else text_marks).table_lines(
        table, width, plain=plain, rule=rule
    )
    below: list[str] = []
    for number, text in table.notes.items():
        label = f"[{number}]" if plain else superscript(number)
        below += wrap((label, *inert_words(text)), width, indent=len(label) + 1)
    for line in table.below:
        below += wrap(inert_words(line), width)
    return [*lines, *body, *([ruled, *below] if below else [])]


def _wrapped(text: str, width: int | None) -> list[str]:
    return [line for part in text.strip("\n").split("\n") for line in wrap(inert_words(part), width)]


def _indented(text: str, width: int | None) -> list[str]:
    return [_INDENT + line for line in _wrapped(text, None if width is None else width - len(_INDENT))]
