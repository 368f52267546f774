from __future__ import annotations

import pytest

from sibtui.model.drafts import CodingDraft, SourceDraft, StudyDraft
from sibtui.model.import_reports import Convention, ImportReport, ProjectImport, Review
from sibtui.model.records import Study
from sibtui.model.segments import Segment


@pytest.mark.parametrize(
    ("convention", "words"),
    [
        (Convention(), "code points, CRLF counted as one, byte order mark not counted, end exclusive"),
        (
            Convention("UTF-16 units", 2, bom=True, inclusive=True),
            "UTF-16 units, CRLF counted as two, byte order mark counted, end inclusive",
        ),
    ],
)
def test_a_convention_is_described_in_words(convention: Convention, words: str) -> None:
    assert str(convention) == words


def test_reviewed_codings_with_a_good_place_are_added_to_the_study() -> None:
    placed = CodingDraft("note", "Code", Segment(0, 3), "one")
    nearly, hardly, nowhere = (CodingDraft("note", "Code", Segment(5, 8), quote) for quote in ("twoo", "thre", "none"))
    study = StudyDraft(
        Study("s", "", "", "2020", 1), sources=(SourceDraft("note", "one two three"),), codings=(placed,)
    )
    report = ImportReport(
        "other",
        review=(
            Review(nearly, "its quote is not there", Segment(4, 7), 95.0),
            Review(hardly, "its quote is not there", Segment(8, 13), 89.9),
            Review(nowhere, "its source is not there"),
        ),
    )
    brought = ProjectImport(study, report)
    assert [(c.segment, c.quote) for c in brought.with_reviewed(90).codings] == [
        (Segment(0, 3), "one"),
        (Segment(4, 7), "two"),
    ]
    assert len(brought.with_reviewed(0).codings) == 3
    assert brought.with_reviewed(100) == study
