r"""The renderer of LaTeX for `\input` in a paper. Tables use booktabs and threeparttable. Links are left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.formats.documents.model import FieldList, LinkList, Paragraph, Quotation, Section, TableBlock, as_cell
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui.formats.documents.model import Block, Document, TableCell
    from sibtui.model.table import Value

_ESCAPES = str.maketrans(
    {mark: "\\" + mark for mark in "#$%&_{}"}
    | {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "`": r"\textasciigrave{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        '"': r"\symbol{34}",  # babel makes " a command in some languages
        "[": "{[}",  # after \\ a bare [ or * is read as its argument, and a ] ends that of \item
        "]": "{]}",
        "*": "{*}",
        "◐": r"\LEFTcircle{}",
        "\ufffd": "?",
    }
    | {chr(picture): "?" for picture in range(0x2400, 0x2422)}  # no font of pdflatex has them
)
_LIGATURE = re.compile(r"([-',])(?=\1)")
# All characters but those that pdflatex sets without further packages: Latin and the usual punctuation.
_NOT_LATIN = re.compile("[^\x00-\u017f–—‘’‚“”„†‡•…‰‹›€™◐\u2400-\u2421\ufffd]")
_NUMBERED = re.compile(r"Table +[0-9]+[a-z]?(?:[.:] *(?=\S)|[.:]?$)", re.IGNORECASE)
_HEADINGS = ("section", "subsection", "subsubsection", "paragraph", "subparagraph")
_WIDEST_LABEL = 40
_WIDEST_LIST = 80
"""If no row of a list has more characters than this, each row fits on one line of the page."""


def render(document: Document) -> str:
    """Return the document as LaTeX. A comment above each table names the LaTeX packages that the table needs."""
    return "\n\n".join(part for block in document.blocks for part in _block(block, 0)) + "\n"


def escape(text: str) -> str:
    """Return the text on one line, escaped for LaTeX. Control characters become question marks."""
    return _LIGATURE.sub(r"\1{}", one_line(text).translate(_ESCAPES))


def _block(block: Block, level: int) -> Iterator[str]:
    """Yield the LaTeX paragraphs of a block. `level` is the level of a section's heading; 0 is the highest."""
    match block:
        case Section():
            level += block.depth
            yield rf"\{_HEADINGS[min(level, len(_HEADINGS) - 1)]}*{{{escape(block.title)}}}"
            for inner in block.blocks:
                yield from _block(inner, level + 1)
        case Paragraph(text, facts):
            yield rf"{{\small {_paragraph(text)}\par}}" if facts else _paragraph(text)
        case FieldList(fields):
            yield _environment("description", (rf"\item[{escape(label)}] {_paragraph(text)}" for label, text in fields))
        case Quotation(words, reference, remark):
            lines = [_paragraph(words), rf"{{\small --- {escape(reference)}}}"]
            lines += [rf"\emph{{{_paragraph(remark)}}}"] if remark.strip() else []
            yield _environment("quote", ["\\\\\n".join(filter(None, lines))])
        case LinkList(items):
            yield _environment("enumerate", (rf"\item {escape(text)}" for text, _ in items))
        case TableBlock():
            yield _table(block)


def _paragraph(text: str) -> str:
    return "\\\\\n".join(_escaped_lines(text))


def _escaped_lines(text: str) -> list[str]:
    r"""Return the escaped lines of a text, without empty lines.

    In LaTeX, the line breaks `\\` and `\newline` need text before them.
    """
    return [escape(line) for line in text.split("\n") if line.strip()]


def _environment(name: str, lines: Iterable[str]) -> str:
    return "\n".join([rf"\begin{{{name}}}", *lines, rf"\end{{{name}}}"])


def _table(table: TableBlock) -> str:
    lines = [
        r"\begin{table}[htbp]",
        r"\centering",
        r"\begin{threeparttable}",
        *_caption(table),
        rf"\begin{{tabular}}{{{_columns(table)}}}",
        r"\toprule",
        _row(escape(column) + _raised(table.head_notes.get(at)) for at, column in enumerate(table.columns)),
        r"\midrule",
        *_body(table),
        r"\bottomrule",
        r"\end{tabular}",
        *_notes(table),
        r"\end{threeparttable}",
        r"\end{table}",
    ]
    return "\n".join([*_needs("\n".join(lines)), *lines])


def _body(table: TableBlock) -> Iterator[str]:
    for heading, row in table.after_headings():
        if heading:
            yield rf"\multicolumn{{{len(row)}}}{{l}}{{\textit{{{escape(heading)}}}}} \\"
        yield _row(_cells(table, row))


def _caption(table: TableBlock) -> list[str]:
    name = re.sub(r"[^a-z0-9]+", "-", table.name.lower()).strip("-")
    label = rf"\label{{tab:{name}}}" if name else ""
    title = _NUMBERED.sub("", table.title.strip())  # LaTeX numbers its tables itself: “Table 1: Table 1. …”
    return [rf"\caption{{{escape(title)}}}{label}"] if title else []


def _needs(table: str) -> list[str]:
    packages = ["array"] if "raggedright" in table else []
    needs = rf"\usepackage{{{','.join([*packages, 'booktabs', 'threeparttable'])}}}"
    if "LEFTcircle" in table:
        needs += r" \usepackage[nointegrals]{wasysym}"
    lines = [f"% In the preamble: {needs}"]
    if _NOT_LATIN.search(table):
        lines.append(
            "% Holds characters that pdflatex does not know: use LuaLaTeX or XeLaTeX and a font that has them."
        )
    return lines


def _columns(table: TableBlock) -> str:
    """Return the LaTeX column types of a table, such as `lcc`.

    A column with long texts becomes a paragraph column, whose width is a share of the line width.
    """
    others = len(table.columns) - 1
    if table.style == "texts":
        return _share(0.2) + _share(0.8 / max(others, 1)) * others
    if table.style == "marks":
        wide = max((len(as_cell(row[0]).text) for row in table.rows), default=0) > _WIDEST_LABEL
        return (_share(0.5) if wide else "l") + "c" * others
    return _list_columns(table)


def _list_columns(table: TableBlock) -> str:
    columns = zip(table.columns, *([as_cell(value).text for value in row] for row in table.rows), strict=True)
    longest = [max(map(len, column)) for column in columns]
    broken = any("\n" in as_cell(value).text for row in table.rows for value in row)
    if sum(longest) <= _WIDEST_LIST and not broken:
        return "".join("r" if number else "l" for number in table.numeric)
    weights = [min(max(length, 6), _WIDEST_LABEL) for length in longest]
    return "".join(_share(weight / sum(weights)) for weight in weights)


def _share(share: float) -> str:
    return rf">{{\raggedright\arraybackslash}}p{{\dimexpr {share:.3f}\linewidth-2\tabcolsep\relax}}"


def _row(cells: Iterable[str]) -> str:
    return rf"{' & '.join(cells)} \\"


def _cells(table: TableBlock, row: Sequence[Value | TableCell]) -> Iterator[str]:
    for at, value in enumerate(row):
        cell = as_cell(value)
        is_label = table.style != "list" and at == 0
        shown = escape(cell.text) if is_label else r" \newline ".join(_escaped_lines(cell.text))
        yield shown + _raised(cell.note)


def _raised(note: int | None) -> str:
    return "" if note is None else rf"\tnote{{{note}}}"


def _notes(table: TableBlock) -> Sequence[str]:
    items = [rf"\item[{number}] {escape(text)}" for number, text in table.notes.items()]
    items += [rf"\item[] {escape(line)}" for line in table.below]
    return [r"\begin{tablenotes}", *items, r"\end{tablenotes}"] if items else ()
