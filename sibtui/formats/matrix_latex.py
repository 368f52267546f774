r"""A matrix as a LaTeX table (booktabs, threeparttable), to be read into a paper with \input."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.formats.matrix_parts import printed, remarks
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from sibtui.model.matrix import Matrix, Numbered

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
        "[": "{[}",  # behind \\ a bare [ or * would be taken for its argument, and a ] would end that of \item
        "]": "{]}",
        "*": "{*}",
        "◐": r"\LEFTcircle{}",
        "\ufffd": "?",
    }
    | {chr(picture): "?" for picture in range(0x2400, 0x2422)}  # no font of pdflatex has them
)
_LIGATURE = re.compile(r"([-',])(?=\1)")
# what pdflatex sets without being told how: Latin, and the usual punctuation
_NOT_LATIN = re.compile("[^\x00-\u017f–—‘’‚“”„†‡•…‰‹›€™◐\u2400-\u2421\ufffd]")
_NUMBERED = re.compile(r"Table +[0-9]+[a-z]?(?:[.:] *(?=\S)|[.:]?$)", re.IGNORECASE)
_WIDEST_LABEL = 40


def render(matrix: Matrix) -> str:
    numbered = matrix.numbered()
    lines = [
        r"\begin{table}[htbp]",
        r"\centering",
        r"\begin{threeparttable}",
        *_caption(matrix),
        rf"\begin{{tabular}}{{{_columns(matrix)}}}",
        r"\toprule",
        _line(["", *map(escape, matrix.columns)]),
        r"\midrule",
        *(_row(matrix, numbered, at) for at in range(len(matrix.rows))),
        r"\bottomrule",
        r"\end{tabular}",
        *_notes(matrix, numbered),
        r"\end{threeparttable}",
        r"\end{table}",
    ]
    return "\n".join([*_needs("\n".join(lines)), *lines]) + "\n"


def escape(text: str) -> str:
    """The text on one line as LaTeX that sets it as it is; control characters become question marks."""
    return _LIGATURE.sub(r"\1{}", one_line(text).translate(_ESCAPES))


def _caption(matrix: Matrix) -> list[str]:
    name = re.sub(r"[^a-z0-9]+", "-", matrix.name.lower()).strip("-")
    label = rf"\label{{tab:{name}}}" if name else ""
    title = _NUMBERED.sub("", matrix.title.strip())  # LaTeX numbers its tables itself: “Table 1: Table 1. …”
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


def _columns(matrix: Matrix) -> str:
    if matrix.show == "quotes":
        share = 0.8 / max(len(matrix.columns), 1)
        return _paragraph(0.2) + _paragraph(share) * len(matrix.columns)
    wide = max((len(row.label) for row in matrix.rows), default=0) > _WIDEST_LABEL
    return (_paragraph(0.5) if wide else "l") + "c" * len(matrix.columns)


def _paragraph(share: float) -> str:
    return rf">{{\raggedright\arraybackslash}}p{{\dimexpr {share:.3f}\linewidth-2\tabcolsep\relax}}"


def _row(matrix: Matrix, numbered: Numbered, at: int) -> str:
    row = matrix.rows[at]
    cells = (_lines(printed(cell)) + _tnote(numbered.cells.get((at, column))) for column, cell in enumerate(row.cells))
    return _line([escape(row.label) + _tnote(numbered.labels.get(at)), *cells])


def _line(cells: list[str]) -> str:
    return rf"{' & '.join(cells)} \\"


def _lines(text: str) -> str:
    return r" \newline ".join(map(escape, text.split("\n")))


def _tnote(number: int | None) -> str:
    return "" if number is None else rf"\tnote{{{number}}}"


def _notes(matrix: Matrix, numbered: Numbered) -> list[str]:
    items = [rf"\item[{number}] {escape(text)}" for number, text in numbered.texts.items()]
    items += [rf"\item[] {escape(line)}" for line in remarks(matrix)]
    return [r"\begin{tablenotes}", *items, r"\end{tablenotes}"] if items else []
