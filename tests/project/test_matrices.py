"""Matrices of `project.matrices`: states from codings and readings, columns of every kind, judgements, notes as one series."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.model.presence import Rule
from sibtui.project import Project
from sibtui.project.importing.study_folder_reader import read_folder

from .study import ROWS, TEXT, add_code, add_source, apply_code, matrix, states

if TYPE_CHECKING:
    from pathlib import Path


def test_a_cell_is_incomplete_until_every_source_of_its_case_is_read(project: Project) -> None:
    project.sources.set("A1", reading="read")
    assert states(project, matrix())["Budgets"] == ["incomplete", "incomplete"]
    project.sources.set("AB", reading="read")
    assert states(project, matrix())["Budgets"] == ["absent", "incomplete"]
    project.sources.set("A1", reading="in progress")
    assert states(project, matrix())["Budgets"] == ["incomplete", "incomplete"]


def test_an_old_reading_does_not_count_for_a_code_made_later(read: Project) -> None:
    assert states(read, matrix())["Budgets"] == ["absent", "absent"]
    add_code(read, "Strengths/Late")
    late = matrix("cases", RowDefinition("late", ("Late",)), RowDefinition("both", ("Late", "Budgets")), *ROWS)
    assert states(read, late) == {
        "late": ["incomplete"] * 2, "both": ["incomplete"] * 2, "Brokering": ["absent"] * 2, "Budgets": ["absent"] * 2,
    }  # fmt: skip
    for name in ("A1", "AB"):
        read.sources.set(name, reading="read")
    assert states(read, late)["late"] == ["absent", "incomplete"]


def test_unread_sources_are_named_in_the_order_of_the_source_list(read: Project, tmp_path: Path) -> None:
    for at in range(2, 6):
        add_source(read, f"A{at}", "SIB A")
    read.codes.set("Budgets", reread="wider")
    read.matrices.define(matrix())
    read.matrices.judge("t", "Budgets", "SIB A", "absent", "Nobody spoke of it.")
    read.sources.move(["A5", "B1"], 1)
    read.exports.folder(tmp_path / "folder")
    with Project.create(tmp_path / "copy.sibtui", draft=read_folder(tmp_path / "folder")) as copy:
        for study in (read, copy):
            shown = study.matrices.show("t")
            assert dict(shown.about)["unread"] == (
                "Not read to the end: A5 (SIB A); B1 (SIB B); A1 (SIB A); AB (SIB A, SIB B); A2 (SIB A); and 2 more."
            )
            assert [gap.source for gap in shown.cell("Brokering", "SIB A").gaps] == ["A5", "A2", "A3", "A4"]
    [judged] = read.matrices.judgements("t")
    assert judged.cell.changes == ()


def test_readings_of_a_code_count_for_a_code_split_from_it(read: Project) -> None:
    coding = apply_code(read, "A1", "Budgets")
    read.codes.split("Budgets", "Small", [coding.id])
    assert states(read, matrix("cases", RowDefinition("s", ("Small",))))["s"] == ["present", "absent"]


def test_absent_no_data_and_rejected_are_different_states(read: Project) -> None:
    read.sources.set_topic("B1", "Strengths", "not asked")
    assert states(read, matrix())["Budgets"] == ["absent", "absent"]
    read.sources.set_topic("AB", "Strengths", "not asked")
    assert states(read, matrix())["Budgets"] == ["absent", "no data"]
    read.sources.set_topic("AB", "Budgets", "volunteered")
    assert states(read, matrix()) == {"Brokering": ["absent", "no data"], "Budgets": ["absent", "absent"]}
    apply_code(read, "A1", "Budgets", stance="counters")
    assert states(read, matrix())["Budgets"] == ["rejected", "absent"]


def test_support_and_counter_evidence_firm_and_tentative_make_the_states(read: Project) -> None:
    apply_code(read, "A1", "Brokering", certainty="tentative")
    assert states(read, matrix())["Brokering"] == ["tentative", "absent"]
    apply_code(read, "A1", "Brokering", 30, 40)
    assert states(read, matrix())["Brokering"] == ["present", "absent"]
    apply_code(read, "A1", "Brokering", 50, 60, stance="counters")
    assert states(read, matrix())["Brokering"] == ["contested", "absent"]


def test_a_coding_without_a_case_counts_for_no_case(read: Project) -> None:
    coding = apply_code(read, "AB", "Brokering")
    assert states(read, matrix())["Brokering"] == ["incomplete", "incomplete"]
    assert read.matrices.show(matrix()).cell("Brokering", "SIB A").reasons == ("1 coding waits for its case",)
    read.codings.attribute(coding.id, ["SIB B"])
    assert states(read, matrix())["Brokering"] == ["absent", "present"]
    read.codings.attribute(coding.id, ["SIB A", "SIB B"])
    assert states(read, matrix())["Brokering"] == ["present", "present"]


def test_sub_codes_count_unless_the_row_excludes_them(read: Project) -> None:
    add_code(read, "Strengths/Budgets/Small")
    for name in ("A1", "B1", "AB"):
        read.sources.set(name, reading="read")
    apply_code(read, "A1", "Small")
    whole, own = RowDefinition("whole", ("Budgets",)), RowDefinition("own", ("Budgets",), subcodes=False)
    assert states(read, matrix("cases", whole, own)) == {"whole": ["present", "absent"], "own": ["absent", "absent"]}


def test_overlapping_codings_of_a_row_count_once(read: Project) -> None:
    apply_code(read, "A1", "Brokering", 0, 20)
    apply_code(read, "A1", "Budgets", 10, 30)
    apply_code(read, "A1", "Budgets", 30, 40)
    cell = read.matrices.show(matrix("cases", RowDefinition("both", ("Brokering", "Budgets")))).cell("both", "SIB A")
    assert (cell.quotes, cell.sources, cell.fragility) == (2, 1, "single source")


def test_thresholds_given_for_a_matrix_replace_its_own_thresholds(read: Project) -> None:
    apply_code(read, "A1", "Brokering")
    apply_code(read, "AB", "Brokering", cases=("SIB A",))
    assert states(read, matrix(rule=Rule(2, 2)))["Brokering"] == ["present", "absent"]
    assert states(read, matrix(rule=Rule(3, 1)))["Brokering"] == ["tentative", "absent"]
    assert states(read, matrix(rule=Rule(3, 1)), rule=Rule(1, 1))["Brokering"] == ["present", "absent"]


@pytest.mark.parametrize(
    ("columns", "labels", "brokering", "budgets"),
    [
        ("cases", ("SIB A", "SIB B"), ["present", "present"], ["present", "absent"]),
        ("sources", ("A1", "B1", "AB"), ["present", "present", "absent"], ["absent", "absent", "present"]),
        ("kinds", ("interview", "report"), ["present", "present"], ["present", "absent"]),
        ("coders", ("Ana", "Ben"), ["present", "present"], ["absent", "present"]),
    ],
)
def test_columns_can_be_cases_sources_kinds_or_coders(
    coded: Project, columns: str, labels: tuple[str, ...], brokering: list[str], budgets: list[str]
) -> None:
    shown = coded.matrices.show(matrix(columns))
    assert shown.columns == labels
    assert states(coded, matrix(columns)) == {"Brokering": brokering, "Budgets": budgets}


def test_columns_can_be_the_values_of_an_attribute_of_cases_or_sources(coded: Project) -> None:
    coded.cases.set("SIB A", attributes={"size": 20})
    coded.cases.set("SIB B", attributes={"size": 3})
    assert coded.matrices.show(matrix("attribute:size")).columns == ("3", "20")
    assert states(coded, matrix("attribute:size"))["Budgets"] == ["absent", "present"]
    for name, mode in (("A1", "phone"), ("B1", "in person"), ("AB", "phone")):
        coded.sources.set(name, attributes={"mode": mode})
    assert coded.matrices.show(matrix("attribute:Mode")).columns == ("in person", "phone")
    assert states(coded, matrix("attribute:mode")) == {
        "Brokering": ["present", "present"],
        "Budgets": ["absent", "present"],
    }
    coded.sources.set("A1", attributes={"size": 1})
    assert coded.matrices.show(matrix("source attribute:size")).columns == ("1",)
    assert coded.matrices.show(matrix("case attribute:size")).columns == ("3", "20")


def test_a_coding_of_two_cases_in_one_column_counts_once(read: Project) -> None:
    read.cases.set("SIB A", attributes={"region": "North"})
    read.cases.set("SIB B", attributes={"region": "North"})
    apply_code(read, "AB", "Brokering", cases=("SIB A", "SIB B"))
    apply_code(read, "AB", "Brokering", 40, 50, cases=("SIB A", "SIB B"))
    cell = read.matrices.show(matrix("attribute:region")).cell("Brokering", "North")
    assert (cell.quotes, cell.sources) == (2, 1)


@pytest.mark.parametrize("columns", ["colours", "attribute:", "attribute", ":size"])
def test_invalid_columns_are_refused_with_a_list_of_valid_ones(coded: Project, columns: str) -> None:
    with pytest.raises(InputError, match="cannot be columns: choose cases, sources, kinds, coders or attribute:NAME"):
        coded.matrices.show(matrix(columns))
    with pytest.raises(NotFoundError, match="No attribute is named “weight”"):
        coded.matrices.show(matrix("attribute:weight"))


def test_picked_columns_have_the_given_order(coded: Project) -> None:
    assert coded.matrices.show(matrix(), cases=["sib b"]).columns == ("SIB B",)
    assert states(coded, matrix(only=("SIB B", "SIB A")))["Budgets"] == ["absent", "present"]
    assert coded.matrices.show(matrix(only=("SIB B", "SIB A"))).columns == ("SIB B", "SIB A")
    with pytest.raises(NotFoundError, match="No column is named “SIB Z”"):
        coded.matrices.show(matrix(), cases=["SIB Z"])


def test_evidence_can_be_limited_to_kinds_of_sources_and_coders(coded: Project) -> None:
    assert states(coded, matrix(), coders=["Ben"]) == {
        "Brokering": ["incomplete", "present"],
        "Budgets": ["present", "incomplete"],
    }
    unread = coded.matrices.show(matrix(), coders=["Ben"]).cell("Budgets", "SIB B")
    assert unread.reasons == ("Ben has not read B1 and AB",)
    assert states(coded, matrix(), kinds=["report"]) == {
        "Brokering": ["no data", "present"],
        "Budgets": ["no data", "absent"],
    }
    with pytest.raises(
        InputError, match="“poem” is not a valid kind of source: choose interview, document, report or other"
    ):
        coded.matrices.show(matrix(), kinds=["poem"])


@pytest.mark.parametrize(
    ("show", "marks"),
    [
        ("presence", ["X", "X"]),
        ("count", ["2", "1"]),
        ("sources", ["1", "1"]),
        ("count (sources)", ["2 (1)", "1 (1)"]),
        ("coverage", ["26", "16"]),
        ("quotes", ["The link workers [A1]\nk workers [A1]\nand coach. [A1]", "The link workers [B1]"]),
    ],
)
def test_cells_can_show_marks_or_figures_or_quotes(read: Project, show: str, marks: list[str]) -> None:
    start = TEXT.index("and coach.")
    for source, place in (("A1", (0, 16)), ("A1", (7, 16)), ("A1", (start, start + 10)), ("B1", (0, 16))):
        apply_code(read, source, "Brokering", *place)
    row = read.matrices.show(matrix(), show=show).rows[0]
    assert [cell.mark for cell in row.cells] == marks


def test_quotes_that_are_counter_evidence_or_tentative_are_marked(read: Project) -> None:
    apply_code(read, "A1", "Brokering", 0, 16, stance="counters", certainty="tentative")
    assert read.matrices.show(matrix(), show="quotes").cell("Brokering", "SIB A").mark == "– The link workers (?) [A1]"


def test_only_verbatim_words_are_put_in_quotation_marks(read: Project) -> None:
    read.sources.set("A1", fidelity="verbatim")
    apply_code(read, "A1", "Brokering", TEXT.index("person."), TEXT.index("Nine") + 4)
    assert read.matrices.show(matrix(), show="quotes").cell("Brokering", "SIB A").mark == "“person. Nine” [A1]"


def test_a_defined_matrix_is_saved_with_full_paths_and_labels(coded: Project) -> None:
    definition = MatrixDefinition(
        "table", "Title", (RowDefinition("both", ("budgets", "brokering", "Strengths/Brokering"), False, "n", {"sib b": "m"}),),
        "cases", ("sib b",), "count", Rule(2, 1), {"absent": "0"},
    )  # fmt: skip
    kept = coded.matrices.define(definition)
    assert replace(kept, uid="") == MatrixDefinition(
        "table", "Title",
        (RowDefinition("both", ("Strengths/Brokering", "Strengths/Budgets"), False, "n", {"SIB B": "m"}),),
        "cases", ("SIB B",), "count", Rule(2, 1), {"absent": "0"},
    )  # fmt: skip
    assert coded.matrices.get("TABLE") == kept
    assert coded.matrices.list() == [kept]


def test_a_new_definition_replaces_the_matrix_of_its_name(coded: Project) -> None:
    for name in ("one", "two"):
        coded.matrices.define(MatrixDefinition(name, "", ROWS))
    coded.matrices.define(MatrixDefinition("one", "New", ROWS[:1]))
    assert [(m.name, m.title, len(m.rows)) for m in coded.matrices.list()] == [("one", "New", 1), ("two", "", 2)]
    assert coded.matrices.remove("one").title == "New"
    assert [m.name for m in coded.matrices.list()] == ["two"]


@pytest.mark.parametrize(
    ("definition", "error", "why"),
    [
        (MatrixDefinition("", "", ROWS), InputError, "needs a name"),
        (MatrixDefinition(" ", "", ROWS), InputError, "needs a name"),
        (MatrixDefinition("t", "", (ROWS[0], ROWS[0])), InputError, "needs a label that no other row has"),
        (
            MatrixDefinition("t", "", (RowDefinition(" ", ("Budgets",)),)),
            InputError,
            "needs a label that no other row has",
        ),
        (MatrixDefinition("t", "", (RowDefinition("r", ()),)), InputError, "“r” needs a code"),
        (MatrixDefinition("t", "", (RowDefinition("r", ("Nothing",)),)), NotFoundError, "No code is named"),
        (
            MatrixDefinition("t", "", ROWS, show="colours"),
            InputError,
            "is not a valid content of cells: choose presence",
        ),
        (MatrixDefinition("t", "", ROWS, only=("SIB Z",)), NotFoundError, "No column is named"),
        (
            MatrixDefinition("t", "", (RowDefinition("r", ("Budgets",), notes={"SIB Z": "n"}),)),
            NotFoundError,
            "No column",
        ),
    ],
)
def test_a_definition_that_does_not_fit_is_refused(coded: Project, definition, error, why: str) -> None:
    with pytest.raises(error, match=why):
        coded.matrices.define(definition)
    assert coded.matrices.list() == []


def test_a_definition_that_is_not_saved_may_use_parts_of_code_paths(coded: Project) -> None:
    assert states(coded, matrix("cases", RowDefinition("r", ("broker",))))["r"] == ["present", "present"]
    with pytest.raises(NotFoundError, match="No code is named"):
        coded.matrices.show(matrix("cases", RowDefinition("r", ("Nothing",))))


def test_a_matrix_that_is_not_saved_has_one_row_for_each_code(coded: Project) -> None:
    add_code(coded, "Innovation/Budgets")
    add_code(coded, "Innovation/Groups/Small")
    labels = [(row.label, row.codes) for row in coded.matrices.ad_hoc(under="Strengths").rows]
    assert labels == [("Brokering", ("Strengths/Brokering",)), ("Budgets", ("Strengths/Budgets",))]
    everything = [row.label for row in coded.matrices.ad_hoc().rows]
    assert everything == ["Brokering", "Strengths/Budgets", "Groups", "Small", "Innovation/Budgets"]
    assert [row.label for row in coded.matrices.ad_hoc(codes=["Groups", "Brokering"]).rows] == ["Groups", "Brokering"]
    assert [row.label for row in coded.matrices.ad_hoc(under="Brokering").rows] == ["Brokering"]
    coded.codes.retire("Small")
    assert "Small" not in [row.label for row in coded.matrices.ad_hoc().rows]
    assert [row.codes for row in coded.matrices.ad_hoc(codes="Small").rows] == [("Innovation/Groups/Small",)]


def test_themes_become_rows_if_the_codebook_has_only_themes(empty: Project) -> None:
    add_code(empty, "One")
    add_code(empty, "Two")
    assert [row.label for row in empty.matrices.ad_hoc().rows] == ["One", "Two"]


def test_the_notes_of_all_matrices_are_numbered_in_one_series_from_the_first_note_of_the_study(coded: Project) -> None:
    coded.set_study(first_note=2)
    first = (
        RowDefinition("a", ("Budgets",), note="one", notes={"SIB B": "two"}),
        RowDefinition("b", ("Budgets",), note="one"),
    )
    coded.matrices.define(MatrixDefinition("t1", "", first))
    coded.matrices.define(MatrixDefinition("t2", "", ROWS))
    coded.matrices.define(MatrixDefinition("t3", "", (RowDefinition("c", ("Budgets",), note="three"),)))
    assert coded.matrices.show("t1").numbered().texts == {2: "one", 3: "two"}
    assert coded.matrices.show("t3").numbered().texts == {4: "three"}
    assert coded.matrices.show("t3", first_note=9).numbered().texts == {9: "three"}
    assert coded.matrices.first_note("t2") == 4
    assert coded.matrices.first_note("not saved") == 2


def test_evidence_is_returned_for_one_cell_or_for_all_cells_that_have_some(coded: Project) -> None:
    coded.matrices.define(matrix())
    found = [
        (cell.row, cell.column, cell.state, cell.fragility, len(cell.codings)) for cell in coded.matrices.evidence("t")
    ]
    assert found == [
        ("Brokering", "SIB A", "present", "single quote", 1),
        ("Brokering", "SIB B", "present", "single quote", 1),
        ("Budgets", "SIB A", "present", "single quote", 1),
    ]
    (nothing,) = coded.matrices.evidence("t", cell=("budgets", "sib b"))
    assert (nothing.state, nothing.codings) == ("absent", ())
    (one,) = coded.matrices.evidence("t", cell=("Budgets", "SIB A"))
    assert one.codings[0].source == "AB"
    assert [cell.column for cell in coded.matrices.evidence("t", coders=["Ana"])] == ["SIB A"]
    with pytest.raises(NotFoundError, match="No row is named “Zzz”"):
        coded.matrices.evidence("t", cell=("Zzz", "SIB A"))


@pytest.mark.parametrize("columns", ["cases", "sources", "kinds", "coders"])
@pytest.mark.parametrize("narrowed", [{}, {"coders": "Ben"}, {"kinds": "report"}], ids=["all", "one coder", "one kind"])
def test_the_evidence_of_all_cells_equals_the_evidence_of_each_cell(
    coded: Project, columns: str, narrowed: dict[str, str]
) -> None:
    """All cells are read row by row, a single cell is read alone; both must find what the cell counts."""
    apply_code(coded, "AB", "Brokering", start=9, end=14, cases=("SIB A", "SIB B"), coder="Ben")
    apply_code(coded, "A1", "Brokering", start=9, end=14)
    shown = matrix(columns=columns)
    found = {(cell.row, cell.column): cell.codings for cell in coded.matrices.evidence(shown, **narrowed)}
    for row in coded.matrices.show(shown, **narrowed).rows:
        for column, cell in zip(coded.matrices.show(shown, **narrowed).columns, row.cells, strict=True):
            [alone] = coded.matrices.evidence(shown, cell=(row.label, column), **narrowed)
            assert alone.codings == found.get((row.label, column), ())
            assert bool(alone.codings) == bool(cell.quotes + cell.tentative + cell.counter)
    assert found


def test_evidence_that_is_read_lazily_is_equal_and_fails_if_the_study_has_changed(coded: Project) -> None:
    lazy, whole = (coded.matrices.traced(matrix(), lazily=lazily) for lazily in (True, False))
    without_contexts = tuple(
        replace(cell, codings=tuple(replace(each, before="", after="") for each in cell.codings))
        for cell in whole.cells
    )
    assert tuple(lazy.cells) == tuple(lazy.cells) == without_contexts != whole.cells
    assert (len(lazy.cells), lazy.cells[0], lazy.cells[1:]) == (3, without_contexts[0], without_contexts[1:])
    before = coded.exports.report()
    assert b"".join(coded.exports.report_chunks()).decode() == before
    apply_code(coded, "A1", "Budgets")
    with pytest.raises(ConflictError, match="has changed"):
        list(lazy.cells)
    coded.matrices.define(matrix())
    chunks = coded.exports.report_chunks()
    coded.history.undo()
    with pytest.raises(ConflictError, match="has changed"):
        list(chunks)


def test_a_renamed_source_keeps_its_column_with_its_notes_and_judgements(coded: Project) -> None:
    rows = (RowDefinition("Budgets", ("Budgets",), notes={"B1": "a note"}),)
    coded.matrices.define(matrix("sources", *rows, only=("B1", "AB")))
    coded.matrices.judge("t", "Budgets", "B1", "tentative", "why")
    coded.sources.set("B1", new_name="B1 report")
    shown = coded.matrices.show("t")
    assert shown.columns == ("B1 report", "AB")
    assert shown.rows[0].notes == {"B1 report": "a note"}
    assert shown.cell("Budgets", "B1 report").state == "tentative"
    assert coded.check() == []


def test_a_shown_matrix_can_be_written_in_each_format(coded: Project) -> None:
    shown = coded.matrices.show(matrix())
    assert "Brokering" in shown.to_text(width=60)
    assert shown.to_text(ascii=True).isascii()
    assert shown.to_csv().startswith("row,")
    assert json.loads(shown.to_json())["rows"][0]["label"] == "Brokering"
    assert "| Brokering" in shown.to_markdown()
    assert "<table" in shown.to_html()
    assert "\\toprule" in shown.to_latex()
    with pytest.raises(NotFoundError, match="No column is named “SIB Z”"):
        shown.cell("Brokering", "SIB Z")


def test_columns_of_an_attribute_follow_its_new_name(coded: Project) -> None:
    for label, size in (("SIB A", 20), ("SIB B", 3)):
        coded.cases.set(label, attributes={"size": size})
    coded.matrices.define(replace(matrix("attribute:size"), name="by size"))
    coded.attributes.set("case", "size", new_name="places")
    assert coded.matrices.get("by size").columns == "attribute:places"
    assert coded.matrices.show("by size").columns == ("3", "20")


def test_codings_without_a_case_are_listed_for_each_cell_of_their_row_and_their_source(read: Project) -> None:
    add_source(read, "BC", "SIB B", "SIB C")
    here, elsewhere = apply_code(read, "AB", "Budgets"), apply_code(read, "BC", "Budgets")
    apply_code(read, "AB", "Brokering")
    found = {
        case: [c.id for c in read.matrices.waiting(matrix(), "Budgets", case)] for case in ("SIB A", "SIB B", "SIB C")
    }
    assert found == {"SIB A": [here.id], "SIB B": [here.id, elsewhere.id], "SIB C": [elsewhere.id]}
    assert read.matrices.waiting(matrix("sources"), "Budgets", "AB") == []


@pytest.mark.parametrize("rows", [[("Budgets",)], [("Budgets",), ("Brokering", "Budgets")]])
def test_codings_without_a_case_in_sources_outside_of_a_table_are_not_counted(
    read: Project, rows: list[tuple[str, ...]]
) -> None:
    add_source(read, "BC", "SIB B", "SIB C")
    apply_code(read, "AB", "Budgets")
    apply_code(read, "BC", "Budgets")
    made = matrix("cases", *(RowDefinition(str(at), codes) for at, codes in enumerate(rows)), only=("SIB A",))
    assert dict(read.matrices.show(made).about)["waiting"] == "1 coding waits for its case."


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("Brokering",)], "1 coding waits for its case."),
        ([("Brokering",), ("Budgets",)], "3 codings wait for their case."),
        ([("Brokering",), ("Brokering", "Budgets")], "3 codings wait for their case."),
    ],
    ids=["one row", "rows apart", "rows that share a code"],
)
def test_the_line_under_a_table_counts_each_coding_without_a_case_once(
    read: Project, rows: list[tuple[str, ...]], expected: str
) -> None:
    apply_code(read, "AB", "Brokering")
    apply_code(read, "AB", "Budgets")
    apply_code(read, "AB", "Budgets", 40, 60)
    shown = read.matrices.show(matrix("cases", *(RowDefinition(str(at), codes) for at, codes in enumerate(rows))))
    assert dict(shown.about)["waiting"] == expected


def test_a_matrix_that_was_read_is_shown_as_by_its_name(sample: Project) -> None:
    read = sample.matrices.get("table-1")
    assert sample.matrices.show(read) == sample.matrices.show("table-1")
    sample.codes.rename(read.rows[0].codes[0], "Another name")
    with pytest.raises(NotFoundError):
        sample.matrices.show(read)
    sample.history.undo()


def test_a_definition_with_a_judgement_or_summary_on_a_missing_row_is_refused(read: Project) -> None:
    read.matrices.define(MatrixDefinition("t", "T", rows=(RowDefinition("A", "Budgets"), RowDefinition("B", "Groups"))))
    [column, *_] = read.matrices.show("t").columns
    read.matrices.judge("t", "A", column, "present", because="clear")
    saved = read.matrices.get("t")
    with pytest.raises(NotFoundError, match=r"^The matrix has no row “A” to be judged\.$"):
        read.matrices.define(replace(saved, rows=saved.rows[1:]))
    read.summaries.set("t", "A", column, "It holds.")
    saved = replace(read.matrices.get("t"), judgements=())
    with pytest.raises(NotFoundError, match=r"^The matrix has no row “A” to be summarised\.$"):
        read.matrices.define(replace(saved, rows=saved.rows[1:]))
    read.matrices.define(replace(saved, rows=saved.rows[1:], summaries=()))
    assert [row.label for row in read.matrices.show("t").rows] == ["B"]
