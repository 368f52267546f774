"""Make study-v7.sibtui, a small study file of schema version 7.

It ran once, with the last code that made version 7 files (commit 7aaeed0). The file holds the content of study-v5.sibtui, an undone
import, and an erased source.

    python tests/data/make_study_v7.py
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from sibtui import CodingDraft, Project, Segment, SourceDraft
from tests.data.old_study import add_fields_of_version_2, add_fields_of_version_4, make_study


def erase_a_source(project: Project) -> None:
    """Withdraw a source that has codings of an import, and leave another import undone."""
    text = "Nobody called back, and the office was closed. " * 8
    project.sources.add(SourceDraft("gone", text, cases="North"))
    drafts = [CodingDraft("gone", "People", Segment(at, at + 20), quote=text[at : at + 20]) for at in range(120)]
    project.codings.import_(drafts)
    project.memos.add("Nobody called back, and the office was closed, again.", on="source", of="n1")
    project.sources.set("gone", title="The closed office")
    project.sources.withdraw("gone")
    drafts = [
        CodingDraft("n1", "People", Segment(at, at + 9), quote=project.sources.text("n1")[at : at + 9])
        for at in range(110)
    ]
    project.codings.import_(drafts)
    project.history.undo()


def main() -> None:
    make_study(7, fields=(add_fields_of_version_2, add_fields_of_version_4), last=(erase_a_source,))


if __name__ == "__main__":
    main()
