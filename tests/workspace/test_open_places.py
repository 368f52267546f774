"""The open tasks of a cell: sources to be read, and codings without a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.drafts import CodingDraft, SourceDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.workspace.open_places import OpenPlace, open_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.project import Project

TABLE = MatrixDefinition("", "", (RowDefinition("Trust", ("People/Trust",)),))


def opened(study: Project, column: str) -> Sequence[OpenPlace]:
    cell = study.matrices.show(TABLE).cell("Trust", column)
    return open_places(study, TABLE, "Trust", column, cell)


def test_unread_sources_come_before_the_codings_without_a_case(study: Project) -> None:
    coding = study.codings.add(CodingDraft("m1", "People/Trust", quote="In B it was the star."))
    study.codings.add(CodingDraft("m1", "Money/Paid in advance", quote="In A it was the figures."))
    assert opened(study, "SIB B") == [
        OpenPlace("m1", "m1 · Fund manager", "unread"),
        OpenPlace("m1", "m1 · In B it was the star.", "waits for its case", coding.segment),
    ]
    assert [place.text for place in opened(study, "SIB A")] == [
        "a1 · Investor", "m1 · Fund manager", "m1 · In B it was the star.",
    ]  # fmt: skip


def test_a_coding_without_a_case_in_a_source_of_another_case_is_not_listed(study: Project) -> None:
    study.sources.add([SourceDraft("b1", "In B only.", cases=("SIB B",))])
    study.codings.add(CodingDraft("m1", "People/Trust", quote="In B it was the star.", cases=("SIB B",)))
    assert [place.why for place in opened(study, "SIB A")] == ["unread", "unread"]


def test_a_source_read_before_the_code_was_added_is_listed_with_the_code(study: Project) -> None:
    for name in ("a1", "m1"):
        study.sources.set(name, reading="read")
    study.codes.set("People/Trust", reread="it is wider now")
    assert [(place.text, place.why) for place in opened(study, "SIB B")] == [
        ("m1 · Fund manager", "not read for Trust")
    ]
