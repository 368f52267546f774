"""Make study-v11.sibtui, a small study file of schema version 11.

It ran once, with the last code that made version 11 files (commit 960d4296). The file holds the content of study-v10.sibtui, a claim, an
answer about the methods, a coding that a search found, and codings whose places became uncertain in a corrected text.

    python tests/data/make_study_v11.py
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from sibtui import CodingDraft, Segment
from tests.data.make_study_v7 import erase_a_source
from tests.data.make_study_v8 import import_codings
from tests.data.make_study_v9 import add_fields_of_version_9
from tests.data.make_study_v10 import add_fields_of_version_10
from tests.data.old_study import BOTH, add_fields_of_version_2, add_fields_of_version_4, make_study

if TYPE_CHECKING:
    from sibtui import Project


def add_fields_of_version_11(project: Project) -> None:
    """Add a claim, an answer about the methods, and a coding that a search found."""
    store = project._session.store
    with project.act("claim add", "a claim"):
        store.change("INSERT INTO claims (key, text, position) VALUES ('C1', 'Most budgets are small.', 1)")
        store.change("INSERT INTO method_answers (item, text, position) VALUES ('sampling', 'Purposive.', 1)")
    project.codings.add(CodingDraft("report", "Results", quote="served 120 people", how="search"))


def leave_undecided(project: Project) -> None:
    """Correct a text so that codings lose their places, decide some of the places, and leave the last decision undone."""
    text = BOTH.replace("In the North it was the figures.", "Up there, nobody had asked for numbers!")
    text = text.replace("In the South it was the people.", "Below, every one of them was a friend.")
    project.sources.correct("both", text)
    first, second, *_ = [coding.id for coding in project.codings.list(source="both") if coding.undecided]
    start = text.index("nobody")
    project.codings.set(first, segment=Segment(start, start + 6))
    project.sources.correct("both", text.replace("Both boards", "The two boards"))
    project.codings.set(second, segment=Segment(start, start + 10))
    project.history.undo()


def main() -> None:
    fields = (
        add_fields_of_version_2, add_fields_of_version_4, add_fields_of_version_9, add_fields_of_version_10,
        add_fields_of_version_11,
    )  # fmt: skip
    make_study(11, fields=fields, last=(erase_a_source, import_codings, leave_undecided))


if __name__ == "__main__":
    main()
