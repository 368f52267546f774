"""Words typed with a plain keyboard are found in typeset text by every search, filter and quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.model.drafts import CodeDraft, CodingDraft, SourceDraft
from sibtui.model.filters import CodingFilter
from sibtui.model.segments import Segment
from sibtui.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = (
    "They were never asked ﬁrst about their well\u00adbeing.\nThe café was closed.\nShe said “I don’t know”.\n"
    "Rent of 100\u00a0pounds. The oﬃce hours.\nWe went on with the commis-\nsioning and relationship-\nbuilding.\n"
)
TYPED = {
    "don't": "don’t",
    "first": "ﬁrst",
    "office": "oﬃce",
    "wellbeing": "well\u00adbeing",
    "cafe\u0301": "café",
    "commissioning": "commis-\nsioning",
    "relationship-building": "relationship-\nbuilding",
    "100 pounds": "100\u00a0pounds",
    'said "I': "said “I",
}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "study.sibtui", coder="R1") as study:
        study.sources.add([SourceDraft("a1", TEXT)])
        study.codes.add(CodeDraft("Theme/Code"))
        yield study


@pytest.mark.parametrize(("typed", "there"), TYPED.items())
def test_typographic_words_are_found_when_they_are_typed_on_a_plain_keyboard(
    project: Project, typed: str, there: str
) -> None:
    (match,) = project.sources.search(typed)
    assert match.quote == there
    found = project.codings.find("a1", typed)
    assert (found.segment, found.how) == (match.segment, "spaces" if typed == "100 pounds" else "folded")
    added = project.codings.add(CodingDraft("a1", "Code", quote=typed))
    assert added.quote == there
    assert [coding.id for coding in project.codings.list(CodingFilter(text=typed))] == [added.id]
    assert project.sources.text("a1") == TEXT


def test_a_quote_with_plain_quotation_marks_fits_its_segment(project: Project) -> None:
    at = TEXT.index("I don’t know")
    draft = CodingDraft("a1", "Code", Segment(at, at + 12), quote="I don't know")
    assert project.codings.import_([draft]).added == 1


def test_codes_with_typographic_names_are_similar(project: Project) -> None:
    project.codes.add(CodeDraft("Theme/Oﬃce ’hours’"))
    project.codes.add(CodeDraft("Other/Office hours"))
    assert [(pair.first, pair.second) for pair in project.codes.similar()] == [
        ("Theme/Oﬃce ’hours’", "Other/Office hours")
    ]
