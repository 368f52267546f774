"""Make study-v7.sibtui, a small study file of schema version 7.

This script ran once, with the last code that made version 7 files (commit 7aaeed0). It is kept because it shows what the file holds:
the content of study-v5.sibtui, an undone import, and an erased source.

    python tests/data/make_study_v7.py
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parents[2]))

from sibtui import CodingDraft, Project, Segment, SourceDraft
from sibtui.store import schema
from tests.data import make_study_v1 as first
from tests.data.make_study_v2 import add_new_fields
from tests.data.make_study_v5 import add_newer_fields

FILE = Path(__file__).parent / "study-v7.sibtui"


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
    if schema.VERSION != 7:
        raise SystemExit("This code makes files of another version.")
    FILE.unlink(missing_ok=True)  # its withdrawals would be kept
    now = first.clock()
    with patch("uuid.uuid4", return_value=UUID("5b2b2d3e-0000-4000-8000-000000000007")):
        Project.create(FILE, name="v7", coder="Ana", force=True).close()
    with (
        tempfile.TemporaryDirectory() as room,
        patch.dict(os.environ, {"SIBTUI_CONFIG_DIR": room}),
        patch.object(first, "FILE", FILE),
    ):
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
                erase_a_source,
            ):
                step(project)


if __name__ == "__main__":
    main()
