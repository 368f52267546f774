"""Make study-v5.sibtui, a small study file of schema version 5.

This script ran once, with the last code that made version 5 files (commit 743451e). It is kept because it shows what the file holds:
the content of study-v2.sibtui, an undecided coding, and a matrix of some kinds and coders.

    python tests/data/make_study_v5.py
"""

from __future__ import annotations

import sys
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parents[2]))

from sibtui import Project
from sibtui.model.matrix import MatrixDefinition, RowDefinition
from sibtui.store import schema
from tests.data import make_study_v1 as first
from tests.data.make_study_v2 import add_new_fields

FILE = Path(__file__).parent / "study-v5.sibtui"


def add_newer_fields(project: Project) -> None:
    """Use each field that versions 3 and 4 added."""
    project.sources.correct("n1", project.sources.text("n1").replace("broker and coach", "help"))
    project.matrices.define(
        MatrixDefinition(
            "table-4",
            "Table 4. Interviews coded by Ana.",
            (RowDefinition("People", ("People",)),),
            kinds="interview",
            coders="Ana",
        )
    )


def main() -> None:
    if schema.VERSION != 5:
        raise SystemExit("This code makes files of another version.")
    now = first.clock()
    with patch("uuid.uuid4", return_value=UUID("5b2b2d3e-0000-4000-8000-000000000005")):
        Project.create(FILE, name="v5", coder="Ana", force=True).close()
    with patch.object(first, "FILE", FILE):
        with first.opened("Ana", now) as project:
            for step in (first.add_sources, first.add_codes, first.code_north_and_south):
                step(project)
        with first.opened("Ben", now) as project:
            first.code_the_rest(project)
        with first.opened("Ana", now) as project:
            for step in (
                first.change_codes,
                first.add_memos,
                first.add_matrices,
                add_new_fields,
                add_newer_fields,
                first.undoable,
            ):
                step(project)


if __name__ == "__main__":
    main()
