from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.model.colours import colours
from sibtui.model.drafts import CodeDraft, MemoDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.model.records import COLOURS, Lineage
from sibtui.project.results import ChangedCode
from sibtui.store import codes as code_rows

from .study import add_code, apply_code, matrix

if TYPE_CHECKING:
    from pathlib import Path


def paths(project: Project) -> list[str]:
    return [code.path for code in project.codes.list()]


def test_a_code_is_added_with_its_missing_parents(empty: Project) -> None:
    code = add_code(
        empty, " Theme / Code /Deep", definition="what it means", key="K", colour="#00Ff00", origin="in vivo"
    )
    assert paths(empty) == ["Theme", "Theme/Code", "Theme/Code/Deep"]
    assert (code.path, code.definition, code.key, code.colour, code.origin) == (
        "Theme/Code/Deep", "what it means", "K", "#00Ff00", "in vivo",
    )  # fmt: skip
    assert (code.status, code.depth, code.codings) == ("active", 2, 0)
    assert empty.codes.get("Theme").definition == ""


def test_a_name_of_a_code_may_contain_a_slash(empty: Project) -> None:
    add_code(empty, "Health\\/care/24\\/7")
    assert [(code.path, code.name) for code in empty.codes.list()] == [
        ("Health\\/care", "Health/care"), ("Health\\/care/24\\/7", "24/7"),
    ]  # fmt: skip


def test_a_code_with_an_identical_name_is_not_added_again(empty: Project) -> None:
    add_code(empty, "Theme/Trust’s cost", definition="capital")
    with pytest.raises(ConflictError, match="There is already a code “Theme/Trust’s cost”"):
        add_code(empty, "theme/trust's  cost")
    add_code(empty, "THEME/New")
    assert paths(empty) == ["Theme", "Theme/Trust’s cost", "Theme/New"]
    assert empty.codes.rename("Theme/New", "NEW").path == "Theme/NEW"
    with pytest.raises(ConflictError, match="There is already a code"):
        empty.codes.rename("Theme/NEW", "trust's cost")


@pytest.mark.parametrize("path", ["", "  ", "Theme/", "/Code", "Theme//Code"])
def test_a_path_with_an_empty_name_is_refused(empty: Project, path: str) -> None:
    with pytest.raises(InputError, match="is not a path of a code"):
        add_code(empty, path)
    assert paths(empty) == []


def test_a_code_that_exists_already_is_refused(project: Project) -> None:
    with pytest.raises(ConflictError, match="There is already a code “Strengths/Budgets”"):
        add_code(project, "Strengths/Budgets")


def test_a_codebook_has_at_most_twenty_levels(empty: Project) -> None:
    add_code(empty, "/".join("abcdefghijklmnopqrst"))
    with pytest.raises(InputError, match="21 levels deep: 20 is the most"):
        add_code(empty, "/".join("abcdefghijklmnopqrstu"))


def test_a_codebook_is_listed_whole_or_under_a_code(project: Project) -> None:
    apply_code(project, "A1", "Budgets")
    assert paths(project) == [
        "Strengths",
        "Strengths/Brokering",
        "Strengths/Budgets",
        "Innovation",
        "Innovation/Groups",
    ]
    assert [code.path for code in project.codes.list(under="strengths")] == ["Strengths/Brokering", "Strengths/Budgets"]
    assert {code.path: code.codings for code in project.codes.list(counts=True)}["Strengths/Budgets"] == 1


def test_only_fields_that_a_code_has_can_be_set(project: Project) -> None:
    code = project.codes.set(
        "Budgets", definition="d", include="i", exclude="e", example="x", status="proposed", colour="sky"
    )
    assert (code.definition, code.include, code.exclude, code.example, code.status, code.colour) == (
        "d", "i", "e", "x", "proposed", "sky",
    )  # fmt: skip
    assert project.codes.set("Budgets", colour=None).colour is None
    for field, value, why in (
        ("weight", 1, "A code has no weight"),
        ("status", "lost", "“lost” is not a valid status"),
        ("origin", "mine", "“mine” is not a valid origin"),
        ("colour", "pink", "“pink” is not a colour"),
        ("colour", "#12345", "is not a colour"),
        ("key", "k", "one capital letter"),
        ("key", "KK", "one capital letter"),
        ("key", "1", "one capital letter"),
        ("definition", None, "definition"),
    ):
        with pytest.raises(InputError, match=why):
            project.codes.set("Budgets", **{field: value})


def test_two_codes_cannot_have_the_same_key(project: Project) -> None:
    assert project.codes.set("Budgets", key="B").key == "B"
    with pytest.raises(ConflictError, match="The key B belongs to “Strengths/Budgets” already"):
        project.codes.set("Brokering", key="B")
    assert project.codes.set("Budgets", key=None).key is None
    assert project.codes.set("Brokering", key="B").key == "B"


def test_a_renamed_code_keeps_its_path_before_in_its_lineage(project: Project) -> None:
    project.codes.set("Strengths", definition="what people can")
    assert project.codes.rename("Strengths", " Assets ").path == "Assets"
    assert paths(project)[:3] == ["Assets", "Assets/Brokering", "Assets/Budgets"]
    (event,) = project.codes.lineage("Assets")
    assert (event.event, event.path, event.definition, event.coder) == (
        "renamed",
        "Strengths",
        "what people can",
        "Ana",
    )
    with pytest.raises(ConflictError, match="There is already a code “Innovation”"):
        project.codes.rename("Assets", "Innovation")
    with pytest.raises(InputError, match="A code needs a name"):
        project.codes.rename("Assets", " ")


def test_a_code_is_moved_below_another_to_the_top_and_among_its_siblings(project: Project) -> None:
    assert project.codes.move("Groups", under="Strengths", position=1).path == "Strengths/Groups"
    assert paths(project) == [
        "Strengths", "Strengths/Groups", "Strengths/Brokering", "Strengths/Budgets", "Innovation",
    ]  # fmt: skip
    assert project.codes.move("Budgets").path == "Budgets"
    assert [(event.event, event.path) for event in project.codes.lineage("Budgets")] == [("moved", "Strengths/Budgets")]
    project.codes.move("Budgets", position=1)
    assert paths(project)[0] == "Budgets"


def test_a_code_cannot_be_moved_below_itself_or_beside_a_code_of_the_same_name(project: Project) -> None:
    for below in ("Strengths", "Strengths/Budgets"):
        with pytest.raises(ConflictError, match="cannot be put below itself"):
            project.codes.move("Strengths", under=below)
    add_code(project, "Innovation/Budgets")
    with pytest.raises(ConflictError, match="There is already a code “Innovation/Budgets”"):
        project.codes.move("Strengths/Budgets", under="Innovation")


def test_a_merge_moves_everything_to_the_other_code_and_keeps_both_definitions(project: Project) -> None:
    project.codes.set("Budgets", definition="money", key="B")
    project.codes.set("Brokering", definition="help")
    add_code(project, "Strengths/Budgets/Small")
    coding = apply_code(project, "A1", "Strengths/Budgets")
    project.memos.add(MemoDraft("code", "Strengths/Budgets", "", "one?"))
    project.sources.set_topic("A1", "Strengths/Budgets", "asked")
    project.sources.set_topic("B1", "Strengths/Budgets", "asked")
    project.sources.set_topic("B1", "Brokering", "not asked")
    both = RowDefinition("both", ("Brokering", "Strengths/Budgets"))
    project.matrices.define(MatrixDefinition("t", "", (RowDefinition("one", ("Strengths/Budgets",)), both)))
    merged = project.codes.merge("Strengths/Budgets", into="Brokering", because="the same")
    assert (merged.definition, merged.key, merged.codings) == ("help", "B", 1)
    assert paths(project)[:3] == ["Strengths", "Strengths/Brokering", "Strengths/Brokering/Small"]
    assert project.codings.get(coding.id).code == "Strengths/Brokering"
    assert [(memo.of, memo.title) for memo in project.memos.list()] == [
        ("Strengths/Brokering", ""),
        ("Strengths/Brokering", "Strengths/Budgets merged"),
    ]
    assert [(record.source, record.state) for record in project.sources.topics()] == [
        ("A1", "asked"),
        ("B1", "asked"),
    ]
    assert merged.conflicts == (
        "Budgets into Brokering: “topic Brokering in B1”: “asked” stays, “not asked” was left out.",
    )
    assert [row.codes for row in project.matrices.get("t").rows] == [("Strengths/Brokering",)] * 2
    (event,) = project.codes.lineage("Brokering")
    assert (event.event, event.path, event.definition, event.note) == (
        "merged",
        "Strengths/Budgets",
        "money",
        "the same",
    )
    assert [event.event for event in project.codes.lineage("Small")] == ["moved"]


def test_a_merged_code_is_asked_if_one_of_the_codes_was_asked(project: Project) -> None:
    set_topic = project.sources.set_topic
    set_topic("A1", "Brokering", "asked")
    set_topic("A1", "Budgets", "not asked", case="SIB A")
    set_topic("AB", "Brokering", "not asked")
    set_topic("AB", "Budgets", "asked", case="SIB B")
    project.matrices.define(matrix("cases", RowDefinition("r", ("Brokering", "Budgets"))))
    before = [cell.covered_by for cell in project.matrices.show("t").rows[0].cells]
    merged = project.codes.merge("Budgets", into="Brokering")
    assert [cell.covered_by for cell in project.matrices.show("t").rows[0].cells] == before
    assert [(record.source, record.case, record.state) for record in project.sources.topics()] == [
        ("A1", "", "asked"),
        ("AB", "", "not asked"),
        ("AB", "SIB B", "asked"),
    ]
    assert [line.split(": ", 1)[1] for line in merged.conflicts] == [
        "“topic Brokering in A1 (SIB A)”: “asked” stays, “not asked” was left out.",
    ]


def test_topic_records_left_out_in_several_sources_are_one_sentence(project: Project) -> None:
    for source in ("A1", "B1", "AB"):
        project.sources.set_topic(source, "Strengths", "asked")
        project.sources.set_topic(source, "Budgets", "not asked")
    (line,) = project.codes.merge("Budgets", into="Brokering").conflicts
    assert line == "Budgets into Brokering: “topic Brokering in A1, B1, AB”: “asked” stays, “not asked” was left out."


def test_values_that_the_lineage_of_a_merged_code_does_not_keep_are_named(project: Project) -> None:
    project.codes.set("Budgets", include="fees", exclude="loans")
    project.codes.set("Brokering", exclude="gifts")
    merged = project.codes.merge("Budgets", into="Brokering")
    lines = ("“include”: “fees” was left out.", "“exclude”: “gifts” stays, “loans” was left out.")
    assert tuple(line.removeprefix("Budgets into Brokering: ") for line in merged.conflicts) == lines
    (memo,) = project.memos.list()
    assert memo.text == "\n".join(lines)


def test_a_merge_reports_codings_that_become_opposite(project: Project) -> None:
    one = apply_code(project, "A1", "Budgets", 0, 5)
    other = apply_code(project, "A1", "Brokering", 0, 5, stance="counters")
    (line,) = project.codes.merge("Budgets", into="Brokering").conflicts
    assert line.endswith(f"{one.coder} has both supports and counters now at A1 0:5: codings {one.id} and {other.id}.")


def test_the_code_that_another_is_merged_into_keeps_its_own_key(project: Project) -> None:
    project.codes.set("Budgets", key="B")
    project.codes.set("Brokering", key="K")
    assert project.codes.merge("Budgets", into="Brokering").key == "K"
    assert project.codes.set("Groups", key="B").key == "B"


def test_codes_merged_before_stay_in_the_lineage_of_a_merge(project: Project) -> None:
    project.codes.merge("Budgets", into="Brokering")
    project.codes.merge("Brokering", into="Groups")
    assert [(event.event, event.path) for event in project.codes.lineage("Groups")] == [
        ("merged", "Strengths/Budgets"), ("merged", "Strengths/Brokering"),
    ]  # fmt: skip


def test_a_sub_code_can_be_merged_into_its_code_but_not_its_code_into_it(project: Project) -> None:
    with pytest.raises(ConflictError, match="merge the sub-code into the code"):
        project.codes.merge("Strengths", into="Budgets")
    with pytest.raises(ConflictError, match="cannot be merged into itself"):
        project.codes.merge("Budgets", into="Budgets")
    project.codes.merge("Budgets", into="Strengths")
    assert paths(project)[:2] == ["Strengths", "Strengths/Brokering"]


def test_a_merge_is_refused_when_sub_codes_would_clash(project: Project) -> None:
    add_code(project, "Innovation/Budgets")
    with pytest.raises(ConflictError, match="There is already a code “Innovation/Budgets”"):
        project.codes.merge("Strengths", into="Innovation")
    assert "Strengths/Budgets" in paths(project)


def test_a_split_gives_chosen_codings_to_a_new_code_beside_it(project: Project) -> None:
    first, second = apply_code(project, "A1", "Budgets", 0, 5), apply_code(project, "A1", "Budgets", 5, 9)
    project.codes.set("Budgets", colour="sky", definition="money")
    new = project.codes.split("Budgets", "Small budgets", [second.id], because="two things")
    assert (new.path, new.colour, new.codings) == ("Strengths/Small budgets", "sky", 1)
    assert new.since == project.codes.get("Strengths/Budgets").since
    assert project.codings.get(first.id).code == "Strengths/Budgets"
    assert project.codings.get(second.id).code == new.path
    (event,) = project.codes.lineage("Small budgets")
    assert (event.event, event.path, event.note) == ("split", "Strengths/Budgets", "two things")


def test_a_split_is_refused_for_codings_of_another_code_a_name_taken_and_no_name(project: Project) -> None:
    own, other = apply_code(project, "A1", "Budgets", 0, 5), apply_code(project, "A1", "Brokering", 0, 5)
    with pytest.raises(InputError, match="“Strengths/Budgets” is not the code of 1 chosen coding"):
        project.codes.split("Budgets", "New", [own.id, other.id, own.id])
    with pytest.raises(ConflictError, match="There is already a code “Strengths/Brokering”"):
        project.codes.split("Budgets", " Brokering ", [own.id])
    with pytest.raises(InputError, match="A code needs a name"):
        project.codes.split("Budgets", "  ", [own.id])
    assert project.codes.get("Budgets").codings == 1


def test_a_retired_code_keeps_its_codings_and_takes_no_more_until_it_is_restored(project: Project) -> None:
    coding = apply_code(project, "A1", "Budgets")
    assert project.codes.retire("Budgets", because="too broad").status == "retired"
    assert project.codings.get(coding.id).code == "Strengths/Budgets"
    with pytest.raises(ConflictError, match=r"is retired\.$") as refused:
        apply_code(project, "A1", "Budgets", 20, 25)
    assert refused.value.hint == "restore-code"
    with pytest.raises(ConflictError, match="is retired"):
        project.codings.set(apply_code(project, "A1", "Brokering").id, code="Budgets")
    assert project.codes.restore("Budgets").status == "active"
    apply_code(project, "A1", "Budgets", 20, 25)
    assert [(event.event, event.note) for event in project.codes.lineage("Budgets")] == [
        ("retired", "too broad"),
        ("restored", ""),
    ]


def test_only_a_code_without_codings_and_sub_codes_is_removed(project: Project) -> None:
    apply_code(project, "A1", "Budgets")
    with pytest.raises(ConflictError, match="“Strengths/Budgets” has 1 coding: merge or retire"):
        project.codes.remove("Budgets")
    with pytest.raises(ConflictError, match="“Innovation” has codes below it"):
        project.codes.remove("Innovation")
    assert project.codes.remove("Groups").path == "Innovation/Groups"
    assert "Innovation/Groups" not in paths(project)


def test_the_only_code_of_a_matrix_row_is_not_removed(project: Project) -> None:
    rows = (RowDefinition("one", ("Groups",)), RowDefinition("both", ("Brokering", "Budgets")))
    project.matrices.define(MatrixDefinition("t", "", rows))
    with pytest.raises(ConflictError, match="“Innovation/Groups” is the only code of the row “one” of the matrix t"):
        project.codes.remove("Groups")
    project.codes.remove("Budgets")
    assert [row.codes for row in project.matrices.get("t").rows] == [("Innovation/Groups",), ("Strengths/Brokering",)]
    project.matrices.show("t")


def test_a_codebook_is_imported_and_nothing_is_removed_or_emptied(project: Project) -> None:
    project.codes.set("Budgets", definition="money", include="sums")
    event = Lineage("renamed", "2019-01-01T00:00:00Z", "Ben", "Old", "", "")
    drafts = [
        CodeDraft("Strengths/Budgets", definition="sums of money", lineage=(event,)),
        CodeDraft("Strengths/Brokering"),
        CodeDraft("New/One"),
    ]
    report = project.codes.import_(drafts, update=True)
    assert (report.added, report.changed, report.same) == (1, 1, 1)
    code = project.codes.get("Budgets")
    assert (code.definition, code.include) == ("sums of money", "sums")
    assert project.codes.lineage("Budgets") == (event,)
    assert project.history.list(limit=1)[0].summary == "1 code added, 1 changed"
    again = project.codes.import_(project.codes.export())
    assert (again.added, again.changed) == (0, 0)
    assert len(project.codes.lineage("Budgets")) == 1


def test_an_import_without_update_reports_codes_that_differ_and_does_not_change_them(project: Project) -> None:
    project.codes.set("Budgets", definition="money", include="sums", key="B")
    event = Lineage("renamed", "2019-01-01T00:00:00Z", "Ben", "Old", "", "")
    drafts = [
        CodeDraft("Strengths/Budgets", "sums of money", origin="in vivo", status="retired", key="M", lineage=(event,)),
        CodeDraft("Strengths/Brokering"),
        CodeDraft("New/One", "first"),
        CodeDraft("New", "an ancestor that was made a moment ago"),
        CodeDraft("New/One", "second"),
    ]
    before = project.codes.get("Budgets")
    differences = {
        "definition": ("money", "sums of money"),
        "origin": ("emergent", "in vivo"),
        "status": ("active", "retired"),
        "key": ("B", "M"),
        "lineage": ("0 events", "1 event"),
    }
    assert project.codes.compare(drafts) == [ChangedCode("Strengths/Budgets", differences)]
    report = project.codes.import_(drafts)
    assert report.differing == (
        ChangedCode("Strengths/Budgets", differences),
        ChangedCode("New/One", {"definition": ("first", "second")}),
    )
    assert (report.added, report.changed, report.same) == (2, 0, 1)
    assert project.codes.get("Budgets") == before
    assert project.codes.lineage("Budgets") == ()
    assert project.codes.get("New").definition == "an ancestor that was made a moment ago"
    assert project.codes.get("New/One").definition == "first"


def test_an_import_with_update_changes_codes_that_differ_in_one_act(project: Project) -> None:
    project.codes.set("Budgets", definition="money")
    acts = len(project.history.list())
    report = project.codes.import_(
        [CodeDraft("Strengths/Budgets", "sums"), CodeDraft("Innovation", "news")], update=True
    )
    assert [code.path for code in report.differing] == ["Strengths/Budgets", "Innovation"]
    assert (report.changed, project.codes.get("Budgets").definition) == (2, "sums")
    assert len(project.history.list()) == acts + 1
    project.history.undo()
    assert project.codes.get("Budgets").definition == "money"


def test_a_codebook_with_a_mistake_is_not_imported_at_all(project: Project) -> None:
    with pytest.raises(InputError, match="is not a colour"):
        project.codes.import_([CodeDraft("New/One"), CodeDraft("New/Two", colour="pink")])
    assert "New/One" not in paths(project)


def test_an_exported_codebook_gives_the_same_codebook_in_another_study(project: Project, tmp_path) -> None:
    project.codes.set("Budgets", definition="money", key="B", colour="sky", status="proposed", origin="deductive")
    project.codes.rename("Groups", "Social groups")
    with Project.create(tmp_path / "other.sibtui") as other:
        other.codes.import_(project.codes.export())
        assert other.codes.export() == project.codes.export()


def test_codes_with_similar_names_or_codings_are_listed(project: Project) -> None:
    add_code(project, "Innovation/Budget")
    apply_code(project, "A1", "Brokering", 0, 20)
    apply_code(project, "A1", "Groups", 2, 20)
    found = [(pair.first, pair.second) for pair in project.codes.similar()]
    assert ("Strengths/Budgets", "Innovation/Budget") in found
    assert ("Strengths/Brokering", "Innovation/Groups") in found
    project.codes.retire("Innovation/Budget")
    assert len(project.codes.similar()) == 1


def test_similar_codes_are_found_in_a_codebook_without_themes(tmp_path: Path) -> None:
    with Project.create(tmp_path / "flat.sibtui") as flat:
        for name in ("Trust in staff", "Trust of staff", "Money"):
            add_code(flat, name)
        assert [(pair.first, pair.second) for pair in flat.codes.similar()] == [("Trust in staff", "Trust of staff")]


def test_the_error_about_a_misspelt_code_names_the_most_similar_code(project: Project) -> None:
    with pytest.raises(NotFoundError, match="did you mean “Strengths/Budgets”"):
        project.codes.get("Budgits")


def shown(project) -> dict[int, str]:
    codes = project.codes.list()
    found = colours(codes)
    return {code.id: found[code.path] for code in codes}


@pytest.mark.parametrize(
    ("change", "itself"),
    [
        (lambda codes: codes.add(CodeDraft("Five/Below")), ""),
        (lambda codes: codes.import_([CodeDraft("Five"), CodeDraft("Two", definition="changed")]), ""),
        (lambda codes: codes.merge("One", "Three"), ""),
        (lambda codes: codes.move("One", "Three"), "One"),
        (lambda codes: codes.move("Four", None, position=1), ""),
        (lambda codes: codes.move("Two/Below", None, position=1), "Two/Below"),
        (lambda codes: codes.split("Three", "Five", []), ""),
        (lambda codes: codes.remove("One"), ""),
    ],
    ids=["added", "imported", "merged", "moved below", "moved up", "moved out", "split", "removed"],
)
def test_codes_keep_their_colours_when_other_themes_change(empty, change, itself):
    """The themes of a study loaded from a file may have no colours stored: what they show is stored when the themes change."""
    with empty.sources._session.act("code import", "themes without colours"):
        empty.codes.insert([CodeDraft(name) for name in ("One", "Two/Below", "Three", "Four/Below")])
    before = shown(empty)
    assert [code.colour for code in empty.codes.list()] == [None] * 6
    moved = {code.id for code in empty.codes.list() if code.path == itself}
    change(empty.codes)
    after = shown(empty)
    others = before.keys() & after.keys() - moved
    assert {code: after[code] for code in others} == {code: before[code] for code in others}
    empty.history.undo()
    assert shown(empty) == before
    assert [code.colour for code in empty.codes.list()] == [None] * 6


def test_eight_new_themes_get_eight_different_colours(empty):
    for number in range(8):
        empty.codes.add(CodeDraft(f"Theme {number}/Below"))
    themes = [code for code in empty.codes.list() if code.parent is None]
    assert {theme.colour for theme in themes} == set(COLOURS)
    assert {code.colour for code in empty.codes.list() if code.parent is not None} == {None}


def test_paths_are_those_of_the_codes_in_the_same_order(sample: Project) -> None:
    codes = [(code.id, code.path) for code in code_rows.codes(sample._session.store)]
    assert list(code_rows.paths(sample._session.store).items()) == codes
