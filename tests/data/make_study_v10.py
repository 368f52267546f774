"""Make study-v10.sibtui, a small study file of schema version 10.

It ran once, with the last code that made version 10 files (commit b6b269da). The file holds the content of study-v9.sibtui, a saved query,
a set of sources, a summary, and a coding that was chosen for the paper.

    python tests/data/make_study_v10.py
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.data.make_study_v7 import erase_a_source
from tests.data.make_study_v8 import import_codings
from tests.data.make_study_v9 import add_fields_of_version_9
from tests.data.old_study import add_fields_of_version_2, add_fields_of_version_4, make_study

if TYPE_CHECKING:
    from sibtui import Project


def add_fields_of_version_10(project: Project) -> None:
    """Save a query, make a set, write a summary, and choose a coding for the paper."""
    project.queries.save("doubts", "certainty tentative")
    store = project._session.store
    with project.act("source set", "a set"):
        store.change("INSERT INTO source_sets (name, position) VALUES ('pilot', 1)")
        store.change("INSERT INTO set_sources (set_id, source_id) SELECT 1, min(id) FROM sources")
    with project.act("summary set", "a summary"):
        store.change(
            "INSERT INTO summaries (row_id, column_id, coder_id, text, at)"
            " SELECT min(r.id), min(c.id), 1, 'Few people have one.', '2026-05-14T12:00:00.001Z'"
            " FROM matrix_rows r JOIN matrix_columns c ON c.matrix_id = r.matrix_id"
        )
        store.change("UPDATE matrix_rows SET query_id = 1 WHERE id = (SELECT max(id) FROM matrix_rows)")
    with project.act("coding set", "a coding for the paper"):
        store.change("UPDATE codings SET for_paper = 1 WHERE id IN (SELECT min(id) FROM codings)")


def main() -> None:
    fields = (add_fields_of_version_2, add_fields_of_version_4, add_fields_of_version_9, add_fields_of_version_10)
    make_study(10, fields=fields, last=(erase_a_source, import_codings))


if __name__ == "__main__":
    main()
