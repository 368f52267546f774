"""Make study-v8.sibtui, a small study file of schema version 8.

It ran once, with the last code that made version 8 files (commit 05ddc0f). The file holds the content of study-v7.sibtui, and an import
of codings that is done, before the one that is undone.

    python tests/data/make_study_v8.py
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from sibtui import CodingDraft, Project, Segment
from tests.data.make_study_v7 import erase_a_source
from tests.data.old_study import add_fields_of_version_2, add_fields_of_version_4, make_study


def import_codings(project: Project) -> None:
    """Import codings that get a range in the history, change one and remove another; leave the removal undone."""
    text = project.sources.text("s1")
    project.codings.import_(
        [CodingDraft("s1", "Results", Segment(at, at + 8), quote=text[at : at + 8]) for at in range(105)]
    )
    numbers = [coding.id for coding in project.codings.list(source="s1", code="Results")]
    project.codings.set(numbers[3], certainty="tentative", memo="Changed after the import.")
    project.codings.remove(numbers[4])
    project.codings.remove(numbers[5])
    project.history.undo()


def main() -> None:
    make_study(8, fields=(add_fields_of_version_2, add_fields_of_version_4), last=(erase_a_source, import_codings))


if __name__ == "__main__":
    main()
