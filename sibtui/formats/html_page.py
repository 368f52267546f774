"""Pages that stand alone: no scripts, nothing fetched, every text escaped; they can be read, printed and put on file."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from sibtui.model.text import inert, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.model.table import Table

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
DOCUMENT_STYLE = """\
body { max-width: 52em; }
nav ol { font-size: 1em; }
nav a { text-decoration: underline dotted; }
section { overflow-x: auto; }
h1, h2, h3, h4, h5, h6 { break-after: avoid; line-height: 1.2; }
h2 { border-bottom: 1px solid; margin-top: 2em; }
blockquote { border-left: 3px solid #999; break-inside: avoid; margin: .75em 0; padding-left: 1em; }
blockquote p { font-size: 1em; margin: 0; overflow-wrap: anywhere; }
blockquote footer, .said { color: #444; font-size: .85em; }
dl { margin: .5em 0; }
dt { break-after: avoid; font-style: italic; }
dd { margin: 0 0 .25em 1.5em; }
td > a { padding: .25em .5em; text-decoration: underline dotted; }
td.number { text-align: right; }
.data td, .data th { text-align: left; }
.data td.number { text-align: right; }
:target { background: #fff3bf; }
@page { margin: 1.5cm; @bottom-center { content: counter(page); font: 9pt Georgia, "Times New Roman", serif; } }
@media print {
  #codebook, [id^="matrix-"] { break-before: page; }
  section { overflow: visible; }
  table { break-inside: avoid; }
  :is(h2, h3, h4, h5, h6) + .said { break-after: avoid; }
  h2 { break-before: auto; }
  nav a, td > a { text-decoration: none; }
  .back { display: none; }
}
"""


def page(title: str, body: Iterable[str], style: str = "") -> str:
    """A whole page. The body's lines are HTML already."""
    lines = [
        f"{_HEAD}<title>{text(title)}</title>",
        f"<style>\n{_STYLE}{style}</style>\n</head>\n<body>",
        *body,
        "</body>\n</html>",
    ]
    return "\n".join(lines) + "\n"


def text(given: str) -> str:
    """The text on one line, to stand inside an element or an attribute."""
    return html.escape(one_line(given))


def lines(given: str) -> str:
    return "<br>".join(text(line) for line in given.split("\n"))


def verse(given: str) -> str:
    """The text with its line breaks, its blanks not collapsed."""
    return html.escape(inert(given)).replace("\n", "<br>")


def paragraphs(given: str) -> list[str]:
    """A longer text, a paragraph for each of its blocks between blank lines."""
    return [f"<p>{lines(block.strip())}</p>" for block in given.split("\n\n") if block.strip()]


def table(given: Table) -> list[str]:
    """A list or report as a table, its title above it."""
    heads = "".join(f'<th scope="col">{text(column)}</th>' for column in given.columns)
    numeric = [all(isinstance(value, int) for value in column) for column in zip(*given.rows, strict=True)]
    return [
        '<table class="data">',
        *([f"<caption>{text(given.title)}</caption>"] if given.title.strip() else []),
        f"<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>",
        *(f"<tr>{''.join(map(_data, row, numeric))}</tr>" for row in given.rows),
        "</tbody>\n</table>",
    ]


def _data(value: str | int, is_number: bool) -> str:
    return f'<td class="number">{value}</td>' if is_number else f"<td>{lines(str(value))}</td>"
