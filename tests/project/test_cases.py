"""`project.cases` and `project.attributes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.model.drafts import CaseDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.project import Project
from sibtui.project.importing.case_rows import CaseRowBuilder
from sibtui.project.shared.study_io import study_draft

from .study import add_source, apply_code

if TYPE_CHECKING:
    from pathlib import Path


def labels(project: Project) -> list[str]:
    return [case.label for case in project.cases.list()]


def test_cases_are_listed_in_the_order_in_which_they_were_added(empty: Project) -> None:
    for label in ("SIB C", " SIB A ", "SIB B"):
        empty.cases.add(label)
    assert labels(empty) == ["SIB C", "SIB A", "SIB B"]


def test_a_case_is_moved_to_a_position(empty: Project) -> None:
    for label in "ABCD":
        empty.cases.add(label)
    empty.cases.set("D", position=1)
    assert labels(empty) == ["D", "A", "B", "C"]
    empty.cases.set("A", position=99)
    assert labels(empty) == ["D", "B", "C", "A"]
    empty.cases.set("A", position=1)
    assert labels(empty) == ["A", "D", "B", "C"]


def test_two_cases_cannot_have_one_label_and_a_label_is_not_empty(project: Project) -> None:
    with pytest.raises(ConflictError, match="There is already a case “SIB A”"):
        project.cases.add("SIB A")
    with pytest.raises(ConflictError, match="There is already a case “SIB B”"):
        project.cases.set("SIB A", new_label="SIB B")
    for empty_label in ("", "  "):
        with pytest.raises(InputError, match="A case needs a label"):
            project.cases.add(empty_label)
        with pytest.raises(InputError, match="A case needs a label"):
            project.cases.set("SIB A", new_label=empty_label)


def test_the_sign_for_no_case_is_not_a_label_except_in_a_whole_study(project: Project, tmp_path: Path) -> None:
    for change in (
        lambda: project.cases.add(" ? "),
        lambda: project.cases.set("SIB A", new_label="?"),
        lambda: add_source(project, "new", "?"),
    ):
        with pytest.raises(InputError, match=r"“\?” cannot be the label of a case"):
            change()
    assert project.cases.add("??").label == "??"
    with project.act("study load", "a case"):
        CaseRowBuilder(project._session).insert(CaseDraft("?"))
    assert project.cases.set("?", private_name="York").label == "?"
    assert add_source(project, "new", "?").cases == ("?",)
    with Project.create(tmp_path / "again.sibtui", draft=study_draft(project._session)) as again:
        assert again.cases.get("?").label == "?"


def test_a_private_name_can_be_set_and_removed(project: Project) -> None:
    assert project.cases.set("sib a", private_name="Leeds").private_name == "Leeds"
    assert project.cases.set("SIB A", new_label="SIB Z").private_name == "Leeds"
    assert project.cases.set("SIB Z", private_name="").private_name is None
    assert project.cases.add("SIB C", private_name="York").private_name == "York"


def test_a_renamed_case_keeps_its_codings_columns_and_notes(project: Project) -> None:
    coding = apply_code(project, "A1", "Brokering")
    row = RowDefinition("Brokering", ("Brokering",), notes={"SIB A": "a note"})
    project.matrices.define(MatrixDefinition("t", "", (row,), only=("SIB B", "SIB A")))
    project.cases.set("SIB A", new_label="Northtown")
    assert project.codings.get(coding.id).cases == ("Northtown",)
    shown = project.matrices.show("t")
    assert shown.columns == ("SIB B", "Northtown")
    assert shown.rows[0].notes == {"Northtown": "a note"}


def test_codings_are_counted_by_their_own_cases(project: Project) -> None:
    apply_code(project, "A1", "Brokering")
    apply_code(project, "AB", "Brokering")
    apply_code(project, "AB", "Budgets", cases=("SIB A", "SIB B"))
    assert project.cases.coding_counts() == {"SIB A": 2, "SIB B": 1}


def letters(project: Project) -> str:
    return "".join(case.letter for case in project.cases.list())


@pytest.mark.parametrize("kind", ["{} School", "School {}"])
def test_cases_added_one_by_one_get_letters_of_the_words_that_differ(empty: Project, kind: str) -> None:
    for place in ("East", "North", "South", "West"):
        empty.cases.add(kind.format(place))
    assert letters(empty) == "ensw"


def test_a_letter_stays_when_cases_are_added_renamed_moved_and_removed(empty: Project) -> None:
    for label in ("School East", "School North"):
        empty.cases.add(label)
    empty.cases.add("Nursery")
    assert letters(empty) == "enr"
    empty.cases.set("School East", new_label="West")
    empty.cases.set("Nursery", position=1)
    empty.cases.remove("School North")
    assert letters(empty) == "re"


def test_the_only_case_keeps_a_letter_that_was_set(empty: Project) -> None:
    empty.cases.add("School East")
    assert letters(empty) == "s"
    empty.cases.set("School East", letter="C")
    empty.cases.add("School North")
    assert letters(empty) == "cn"


def test_undo_restores_the_earlier_letters_of_cases(empty: Project) -> None:
    empty.cases.add("School East")
    empty.cases.add("School North")
    empty.history.undo()
    assert letters(empty) == "s"
    empty.history.redo()
    assert letters(empty) == "en"


@pytest.mark.parametrize("letter", ["", " ", "ab", "0", "-", "²", "é!"])
def test_an_invalid_letter_of_a_case_is_refused(project: Project, letter: str) -> None:
    with pytest.raises(InputError, match="one letter, or a digit from 1 to 9"):
        project.cases.set("SIB A", letter=letter)


def test_a_letter_of_a_command_or_of_another_case_is_refused(project: Project) -> None:
    for key in "jkmoqu":
        with pytest.raises(InputError, match="key of a command where a case is chosen"):
            project.cases.set("SIB A", letter=key.upper())
    with pytest.raises(ConflictError, match="“b” is the letter of the case “SIB B”"):
        project.cases.set("SIB A", letter="b")
    with pytest.raises(ConflictError, match="“b” is the letter of the case “SIB B”"):
        project.cases.add("SIB C", letter="B")
    assert project.cases.set("SIB A", letter="a").letter == "a"


def test_an_unusable_letter_of_a_draft_is_replaced_by_a_free_letter(project: Project) -> None:
    with project.act("case add", "cases"):
        for label, letter in (("Quay", "q"), ("East", "b"), ("Sø", "ø"), ("Long", "lo")):
            project.cases.insert(CaseDraft(label, letter=letter))
    assert letters(project) == "abyeøl"


def test_a_removed_case_leaves_codings_without_a_case_and_loses_its_notes(project: Project) -> None:
    coding = apply_code(project, "A1", "Brokering")
    row = RowDefinition("Brokering", ("Brokering",), notes={"SIB A": "a note"})
    project.matrices.define(MatrixDefinition("t", "", (row,)))
    project.matrices.judge("t", "Brokering", "SIB A", "absent", "why")
    project.cases.remove("SIB A")
    assert project.codings.get(coding.id).cases == ()
    assert project.sources.get("A1").cases == ()
    definition = project.matrices.get("t")
    assert (definition.rows[0].notes, definition.judgements) == ({}, ())
    project.history.undo()
    assert project.codings.get(coding.id).cases == ("SIB A",)
    assert project.matrices.get("t").judgements[0].because == "why"


def test_the_first_value_makes_an_attribute_and_decides_its_kind(project: Project) -> None:
    project.cases.set("SIB A", attributes={"size": 120, "rural": False, "begun": "2017"})
    assert [(a.of, a.name, a.kind) for a in project.attributes.list("case")] == [
        ("case", "size", "number"), ("case", "rural", "yes/no"), ("case", "begun", "text"),
    ]  # fmt: skip
    assert project.cases.get("SIB A").attributes == {"size": "120", "rural": "no", "begun": "2017"}
    with pytest.raises(InputError, match="Attribute “size”: “many” is not a number"):
        project.cases.set("SIB B", attributes={"size": "many"})
    assert project.cases.set("SIB A", attributes={"size": None, "nothing": None}).attributes == {
        "rural": "no",
        "begun": "2017",
    }
    assert "nothing" not in [attribute.name for attribute in project.attributes.list()]


def test_a_case_attribute_and_a_source_attribute_can_have_one_name(project: Project) -> None:
    project.attributes.add("case", "mode", "text")
    project.attributes.add("source", "mode", "yes/no")
    assert [(a.of, a.kind) for a in project.attributes.list()] == [("case", "text"), ("source", "yes/no")]
    with pytest.raises(ConflictError, match="already an attribute of sources “mode”"):
        project.attributes.add("source", "mode")
    assert project.attributes.get("source", "MODE").kind == "yes/no"


@pytest.mark.parametrize("name", ["title", "cases", "reading"])
def test_an_attribute_cannot_have_the_name_of_a_field_of_sources(project: Project, name: str) -> None:
    with pytest.raises(InputError, match="field that every source has"):
        project.attributes.add("source", name)
    project.attributes.add("source", "mode")
    with pytest.raises(InputError, match="field that every source has"):
        project.attributes.set("source", "mode", new_name=name)
    assert project.attributes.add("case", name).name == name


def test_an_attribute_needs_a_name_and_an_existing_kind(project: Project) -> None:
    with pytest.raises(InputError, match="An attribute needs a name"):
        project.attributes.add("case", " ")
    with pytest.raises(InputError, match="“colour” is not a valid kind of attribute"):
        project.attributes.add("case", "x", "colour")
    with pytest.raises(NotFoundError, match="No attribute of cases is named “x”: there are none yet"):
        project.attributes.get("case", "x")


def test_an_attribute_is_renamed_moved_and_retyped_when_every_value_fits(project: Project) -> None:
    project.cases.set("SIB A", attributes={"size": "120.50", "other": "x"})
    project.cases.set("SIB B", attributes={"size": "7"})
    attribute = project.attributes.set("case", "size", new_name="people", kind="number", position=2)
    assert (attribute.name, attribute.kind) == ("people", "number")
    assert [a.name for a in project.attributes.list("case")] == ["other", "people"]
    assert [case.attributes["people"] for case in project.cases.list()] == ["120.5", "7"]
    with pytest.raises(InputError, match="neither yes nor no"):
        project.attributes.set("case", "people", kind="yes/no")
    assert project.attributes.get("case", "people").kind == "number"
    with pytest.raises(ConflictError, match="already an attribute of cases “other”"):
        project.attributes.set("case", "people", new_name="other")


def test_values_are_removed_and_restored_with_their_attribute(project: Project) -> None:
    add_source(project, "C1", attributes={"mode": "phone"})
    assert project.attributes.remove("source", "mode").name == "mode"
    assert project.sources.get("C1").attributes == {}
    project.history.undo()
    assert project.sources.get("C1").attributes == {"mode": "phone"}
