"""What a hundred Word documents cost, against python-docx alone. `rows.py` has whole projects."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING

import docx

from sibtui.formats.registry import read_source
from sibtui.project import Project

from .measures import Measured, cpu, in_turn, work_folder

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS = 100


def documents(runs: int) -> Measured:
    """A hundred Word documents from their files into a study, against python-docx reading their paragraphs."""
    with work_folder() as aside:
        files = [_document(aside / f"note-{number:03}.docx", number) for number in range(DOCUMENTS)]
        study = aside / "study.sibtui"

        def ours() -> float:
            with Project.create(study, force=True, coder="Coder 1") as project:
                return cpu(lambda: _add(project, files))

        def yardstick() -> int:
            return sum(len("\n".join(p.text for p in docx.Document(str(file)).paragraphs)) for file in files)

        times = in_turn(runs, ours, partial(cpu, yardstick))
    return Measured(f"{DOCUMENTS} .docx in, to python-docx", "–", *times, 1.3)


def _add(project: Project, files: list[Path]) -> None:
    found = project.sources.add(draft for file in files for draft in read_source(str(file), file.read_bytes()))
    assert [each.outcome for each in found] == ["added"] * len(files)


def _document(path: Path, number: int) -> Path:
    document = docx.Document()
    document.add_heading(f"Interview {number}", 1)
    for at in range(150):
        text = f"{number}.{at} He said that the bond was never about money. "
        document.add_paragraph(text * 3).add_run("More.").bold = True
    table = document.add_table(20, 3)
    for row in table.rows:
        row.cells[0].text = "What he was asked"
    written = io.BytesIO()
    document.save(written)
    path.write_bytes(written.getvalue())
    return path
