"""`sibtui render`: fills the tables, numbers and quotes into a paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sibtui.cli import FAILED, print_message
from sibtui.cli.file_options import force_option
from sibtui.cli.output import write_output
from sibtui.cli.study_option import with_whole_project
from sibtui.model.text import one_line, plural
from sibtui.project.exporting.extensions import refuse_other_extension

if TYPE_CHECKING:
    from sibtui.project import Project


@click.command()
@with_whole_project
@click.argument("paper", type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write to this file.")
@force_option
def render(project: Project, paper: Path, output: Path | None, force: bool) -> None:
    """Fill the placeholders of PAPER, a file in Markdown or LaTeX. Nothing else in the file changes.

    There are three placeholders. {{ matrix table-1 }} is a table. {{ count "Rate card" in "SIB A" }} is the number of
    firm quotes for a code, or for a row written as "table-3 / Use of rate card". {{ quote 214 }} is the words of coding
    214; a paraphrase has no quotation marks. If a placeholder cannot be filled, nothing is written. All such
    placeholders are listed with their lines, and the exit status is 1.

    \b
    Example:
      sibtui render paper.md -o filled.md
      sibtui render paper.md
    """
    filled = project.exports.paper(paper)
    if output is not None:  # the text stays Markdown or LaTeX: Word could not open it as a .docx file
        own = dict.fromkeys((paper.suffix.lower(), ".md", ".tex"))
        refuse_other_extension(output, *own, content="the name of a filled paper")
    if filled.problems:
        for problem in filled.problems:
            print_message(one_line(f"{paper.name}, {problem}"))
        click.get_current_context().exit(FAILED)
    write_output(filled.data, output, plural(filled.filled, "placeholder"), form="data", force=force)
