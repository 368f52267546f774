"""A matrix as a page of its own that can be read, printed and put on file: no scripts, nothing fetched."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from sibtui.formats.matrix_parts import printed, remarks
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from sibtui.model.matrix import Matrix, Numbered

_STYLE = """\
body { font: 11pt/1.4 Georgia, "Times New Roman", serif; margin: 2em auto; max-width: 60em; padding: 0 1em; }
table { border-collapse: collapse; border-bottom: 1.5px solid; border-top: 1.5px solid; }
caption { font-weight: bold; padding-bottom: .5em; text-align: left; }
thead { border-bottom: 1px solid; }
th, td { padding: .25em .75em; text-align: center; vertical-align: top; }
tbody th { font-weight: normal; }
tbody th, .quotes td { text-align: left; }
sup { line-height: 0; }
a { color: inherit; text-decoration: none; }
ol, p { font-size: .9em; }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } thead { display: table-header-group; } }
"""
_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
"""


def render(matrix: Matrix) -> str:
    numbered = matrix.numbered()
    lines = [
        f"{_HEAD}<title>{_text(matrix.title or matrix.name)}</title>",
        f"<style>\n{_STYLE}</style>\n</head>\n<body>",
        *_table(matrix, numbered),
        *_notes(numbered),
        *(f"<p>{_text(line)}</p>" for line in remarks(matrix)),
        "</body>\n</html>",
    ]
    return "\n".join(lines) + "\n"


def _table(matrix: Matrix, numbered: Numbered) -> list[str]:
    heads = "".join(f'<th scope="col">{_text(column)}</th>' for column in matrix.columns)
    return [
        '<table class="quotes">' if matrix.show == "quotes" else "<table>",
        *([f"<caption>{_text(matrix.title)}</caption>"] if matrix.title.strip() else []),
        f"<thead>\n<tr><td></td>{heads}</tr>\n</thead>\n<tbody>",
        *(_row(matrix, numbered, at) for at in range(len(matrix.rows))),
        "</tbody>\n</table>",
    ]


def _row(matrix: Matrix, numbered: Numbered, at: int) -> str:
    row = matrix.rows[at]
    cells = "".join(
        f"<td>{_lines(printed(cell))}{_link(numbered.cells.get((at, column)))}</td>"
        for column, cell in enumerate(row.cells)
    )
    return f'<tr><th scope="row">{_text(row.label)}{_link(numbered.labels.get(at))}</th>{cells}</tr>'


def _notes(numbered: Numbered) -> list[str]:
    if not numbered.texts:
        return []
    items = [f'<li id="note-{number}" value="{number}">{_text(text)}</li>' for number, text in numbered.texts.items()]
    return ["<ol>", *items, "</ol>"]


def _link(number: int | None) -> str:
    return "" if number is None else f'<sup><a href="#note-{number}">{number}</a></sup>'


def _text(text: str) -> str:
    return html.escape(one_line(text))


def _lines(text: str) -> str:
    return "<br>".join(_text(line) for line in text.split("\n"))
