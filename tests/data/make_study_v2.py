"""Make study-v2.sibtui, a small study file of schema version 2.

This script ran once, with the last code that made version 2 files (commit 8549314). It is kept because it shows what the file holds:
the content of study-v1.sibtui, and the fields that version 2 added.

    python tests/data/make_study_v2.py
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

FILE = Path(__file__).parent / "study-v2.sibtui"


def add_new_fields(project: Project) -> None:
    """Use each field that version 2 added."""
    project.set_study(language="en")
    project.sources.set("n1", language="en")
    project.cases.set("West", letter="w")
    project.sources.set_topic("both", "Results", "asked", case="North")
    project.codes.set("Budgets", definition="Money that one person spends.", reread="It is narrower.")
    project.matrices.define(
        MatrixDefinition(
            "table-3", "Table 3. All codes.", (RowDefinition("People", ("People",)),), "coders", judged_suffix="*"
        )
    )


def main() -> None:
    if schema.VERSION != 2:
        raise SystemExit("This code makes files of another version.")
    now = first.clock()
    with patch("uuid.uuid4", return_value=UUID("5b2b2d3e-0000-4000-8000-000000000002")):
        Project.create(FILE, name="v2", coder="Ana", force=True).close()
    with patch.object(first, "FILE", FILE):
        with first.opened("Ana", now) as project:
            for step in (first.add_sources, first.add_codes, first.code_north_and_south):
                step(project)
        with first.opened("Ben", now) as project:
            first.code_the_rest(project)
        with first.opened("Ana", now) as project:
            for step in (first.change_codes, first.add_memos, first.add_matrices, add_new_fields, first.undoable):
                step(project)


if __name__ == "__main__":
    main()
