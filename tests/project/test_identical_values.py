"""Values of attributes that read the same are one value wherever values are compared; what is stored stays as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sibtui.model.matrix_definition import Judgement, MatrixDefinition, RowDefinition, with_columns

from .study import add_source, apply_code, matrix

if TYPE_CHECKING:
    from sibtui.project import Project

COMPOSED, DECOMPOSED = "München", "Mu\u0308nchen"
ROW = RowDefinition("Brokering", ("Brokering",))


def towns(project: Project, *values: str) -> None:
    for name, value in zip(("A1", "B1", "AB"), values, strict=False):
        project.sources.set(name, attributes={"town": value})


@pytest.mark.parametrize(
    ("first", "second"), [(COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED), ("SIB A", "SIB\u00a0A"), ("phone", " Phone")]
)
def test_values_that_read_the_same_are_one_column_labelled_as_first_stored(
    coded: Project, first: str, second: str
) -> None:
    coded.sources.set("B1", attributes={"town": first})
    coded.sources.set("A1", attributes={"town": second})
    shown = coded.matrices.show(matrix("attribute:town", ROW))
    assert shown.columns == (first,)
    assert (shown.rows[0].cells[0].quotes, shown.rows[0].cells[0].sources) == (2, 2)
    assert coded.sources.get("A1").attributes == {"town": second}


def test_values_of_cases_that_read_the_same_are_one_column(coded: Project) -> None:
    coded.cases.set("SIB A", attributes={"town": COMPOSED})
    coded.cases.set("SIB B", attributes={"town": DECOMPOSED})
    assert coded.matrices.show(matrix("attribute:town", ROW)).columns == (COMPOSED,)


def test_columns_of_text_are_sorted_as_people_read_them(coded: Project) -> None:
    towns(coded, "Zürich", "e\u0301tage", "aachen")
    assert coded.matrices.show(matrix("attribute:town", ROW)).columns == ("aachen", "Zürich", "e\u0301tage")


def test_values_that_are_not_texts_are_compared_by_value(coded: Project) -> None:
    coded.attributes.add("source", "town", "number")
    towns(coded, "5.0", "-5", "5")
    assert coded.matrices.show(matrix("attribute:town", ROW)).columns == ("-5", "5")


def test_saved_matrix_keeps_notes_judgements_and_picks_when_a_column_is_spelt_otherwise(coded: Project) -> None:
    towns(coded, COMPOSED, DECOMPOSED)
    row = replace(ROW, notes={DECOMPOSED: "a note"})
    coded.matrices.define(replace(matrix("attribute:town", row, only=(DECOMPOSED,)), name="t"))
    coded.matrices.judge("t", "Brokering", DECOMPOSED, "absent", "a slip")
    coded.sources.set("A1", attributes={"town": None})
    shown = coded.matrices.show("t")
    assert shown.columns == (DECOMPOSED,)
    assert (shown.cell("Brokering", DECOMPOSED).state, shown.rows[0].notes) == ("absent", {DECOMPOSED: "a note"})
    coded.matrices.judge("t", "Brokering", DECOMPOSED, "present", "read again")
    assert coded.matrices.show("t").cell("Brokering", DECOMPOSED).state == "present"
    coded.matrices.unjudge("t", "Brokering", DECOMPOSED)
    assert coded.matrices.show("t").cell("Brokering", DECOMPOSED).judgement is None


def test_columns_that_become_one_keep_both_notes_and_the_later_judgement() -> None:
    def judged(column: str, at: str) -> Judgement:
        return Judgement("Brokering", column, "absent", at, "R1", at)

    row = replace(ROW, notes={DECOMPOSED: "one.", COMPOSED: "two.", "Köln": "three."})
    given = MatrixDefinition(
        "t", "", (row,), "attribute:town", only=(DECOMPOSED, "gone", COMPOSED),
        judgements=(judged(COMPOSED, "2020-02"), judged(DECOMPOSED, "2020-01"), judged("gone", "2020-01")),
    )  # fmt: skip
    made = with_columns(given, [COMPOSED, "Köln"])
    assert made.only == (COMPOSED, "gone")
    assert made.rows[0].notes == {COMPOSED: "one. two.", "Köln": "three."}
    assert [(each.column, each.at) for each in made.judgements] == [(COMPOSED, "2020-02"), ("gone", "2020-01")]


def test_check_lists_values_of_an_attribute_that_read_the_same(coded: Project) -> None:
    towns(coded, COMPOSED, DECOMPOSED, "Köln")
    coded.cases.set("SIB A", attributes={"region": COMPOSED})
    (finding,) = [each for each in coded.check() if each.what == "attribute value"]
    assert (finding.kind, finding.where) == ("open", "town")
    assert finding.message == (
        f"“{COMPOSED}” (A1) and “{DECOMPOSED}” (B1) read the same: a table has one column for them. Spell them alike."
    )


def test_report_of_interviews_counts_an_organisation_of_two_spellings_once(empty: Project) -> None:
    for name, organisation in (("1", COMPOSED), ("2", DECOMPOSED)):
        add_source(empty, name, "SIB A", attributes={"organisation": organisation, "organisation type": "city"})
    table = empty.reports.interviews()
    assert [(row[3], row[5]) for row in table.rows] == [("city", 1), ("", 1)]


def test_merged_cases_do_not_differ_in_values_that_read_the_same(project: Project) -> None:
    project.cases.set("SIB A", attributes={"town": COMPOSED})
    project.cases.set("SIB B", attributes={"town": DECOMPOSED})
    project.cases.merge("SIB B", "SIB A")
    assert [memo.text for memo in project.memos.list()] == []


def test_speaker_of_two_spellings_speaks_of_the_cases_of_both(project: Project) -> None:
    text = f"{COMPOSED}: We broker.\nOtto: We coach.\n{COMPOSED}: We meet.\nOtto: Yes.\n"
    add_source(project, "talk", "SIB A", "SIB B", text=text)
    coding = apply_code(project, "talk", "Brokering", 9, 19)
    project.codings.attribute_by_speaker("talk", {COMPOSED: "SIB A", DECOMPOSED: "SIB B"})
    assert project.codings.get(coding.id).cases == ("SIB A", "SIB B")
