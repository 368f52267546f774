"""Make study-v9.sibtui, a small study file of schema version 9.

It ran once, with the last code that made version 9 files (commit 0da36ae). The file holds the content of study-v8.sibtui, a proposed
code, a coding of a second round, and a changed row of a table.

    python tests/data/make_study_v9.py
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.data.make_study_v7 import erase_a_source
from tests.data.make_study_v8 import import_codings
from tests.data.old_study import add_fields_of_version_2, add_fields_of_version_4, make_study

if TYPE_CHECKING:
    from sibtui import Project


def add_fields_of_version_9(project: Project) -> None:
    """Propose a code, put a coding into a second round, and change the note of a row."""
    project.proposals.add("Money/Late payments", definition="Bills that are paid late.")
    with project.act("coding set", "a coding of round 2"):
        project._session.store.change("UPDATE codings SET round = 2 WHERE id IN (SELECT min(id) FROM codings)")
    table = project.matrices.list()[0]
    rows = (replace(table.rows[0], note="Of one person, or two."), *table.rows[1:])
    project.matrices.define(replace(table, rows=rows), replacing=table.name)


def main() -> None:
    fields = (add_fields_of_version_2, add_fields_of_version_4, add_fields_of_version_9)
    make_study(9, fields=fields, last=(erase_a_source, import_codings))


if __name__ == "__main__":
    main()
