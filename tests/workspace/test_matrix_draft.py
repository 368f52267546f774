"""The draft of a table: its edits, undo, and a saved table that equals one defined in a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError, InputError
from sibtui.formats.study_folder.matrix_toml import read_matrix, write_matrix
from sibtui.model.matrix_definition import Judgement, MatrixDefinition, RowDefinition
from sibtui.model.presence import Rule
from sibtui.workspace import table_edits as edits
from sibtui.workspace.matrix_draft import MatrixDraft
from sibtui.workspace.table_form import form_lines, row_facts, row_index, row_key, rule_words

if TYPE_CHECKING:
    from sibtui.project import Project

LOSS, TRUST, PAID = "Money/Who carries the loss", "People/Trust", "Money/Paid in advance"
ROWS = (RowDefinition("Loss", LOSS), RowDefinition("Trust", TRUST), RowDefinition("Advance", PAID))
TABLE = MatrixDefinition(
    "t", "T.", ROWS, judgements=(Judgement("Trust", "SIB A", "present", "why", "R1", "2026"),), only=("SIB A", "SIB B")
)  # fmt: skip


def labels(table: MatrixDefinition) -> list[str]:
    return [row.label for row in table.rows]


@pytest.mark.parametrize(
    ("at", "by", "expected"),
    [(0, 1, "TLA"), (2, -1, "LAT"), (0, -1, "LTA"), (2, 9, "LTA"), (0, 9, "TAL"), (1, 0, "LTA")],
)
def test_a_moved_row_stops_at_the_first_or_last_place(at: int, by: int, expected: str) -> None:
    assert "".join(label[0] for label in labels(edits.move_row(TABLE, at, by))) == expected


def test_new_rows_are_added_at_an_index_and_have_unique_labels() -> None:
    table = edits.add_rows(TABLE, [TRUST, LOSS], 1)
    assert labels(table) == ["Loss", TRUST, "Who carries the loss", "Trust", "Advance"]
    assert labels(edits.add_rows(table, ["Money"]))[-1] == "Money"


def test_the_judgements_of_a_row_follow_its_new_label() -> None:
    table = edits.relabel(TABLE, 1, " Faith ")
    assert (labels(table)[1], table.judgements[0].row) == ("Faith", "Faith")
    with pytest.raises(InputError):
        edits.relabel(TABLE, 1, "  ")
    with pytest.raises(ConflictError, match="already a row “Loss”"):
        edits.relabel(TABLE, 1, "LOSS")
    assert labels(edits.relabel(TABLE, 1, "TRUST"))[1] == "TRUST"


def test_removing_a_row_removes_its_judgements() -> None:
    table = edits.remove_row(TABLE, 1)
    assert (labels(table), table.judgements) == (["Loss", "Advance"], ())
    assert edits.remove_row(TABLE, 0).judgements == TABLE.judgements


def test_a_note_is_set_on_a_label_or_a_cell_and_removed_by_an_empty_text() -> None:
    table = edits.set_note(edits.set_note(TABLE, 0, " one "), 0, "two", "SIB B")
    assert (table.rows[0].note, table.rows[0].notes) == ("one", {"SIB B": "two"})
    assert edits.set_note(edits.set_note(table, 0, ""), 0, " ", "SIB B") == TABLE


def test_codes_subcodes_and_needs_of_a_row_can_be_set() -> None:
    table = edits.set_needs(edits.toggle_subcodes(edits.set_codes(TABLE, 0, (LOSS, PAID, LOSS)), 0), 0, ["report"])
    assert table.rows[0] == RowDefinition("Loss", (LOSS, PAID), subcodes=False, needs=("report",))
    with pytest.raises(InputError, match="needs a code"):
        edits.set_codes(TABLE, 0, ())


def test_rows_that_follow_the_codebook_are_neither_moved_nor_removed() -> None:
    table = edits.follow_codebook(TABLE, "Money")
    assert (table.rows_from, table.rows_below) == ("below", "Money")
    for edit in (
        lambda: edits.move_row(table, 0, 1), lambda: edits.remove_row(table, 0), lambda: edits.add_rows(table, [PAID]),
        lambda: edits.set_codes(table, 0, PAID),
    ):  # fmt: skip
        with pytest.raises(ConflictError, match="follow the codebook"):
            edit()
    assert edits.list_rows(table) == TABLE
    assert edits.follow_codebook(TABLE).rows_from == "all"


def test_another_kind_of_columns_removes_the_choice_the_notes_and_the_judgements() -> None:
    noted = edits.set_note(TABLE, 0, "x", "SIB A")
    table = edits.set_columns(noted, "sources")
    assert (table.columns, table.only, table.judgements, table.rows[0].notes) == ("sources", (), (), {})
    assert edits.set_columns(noted, "cases") is noted


def test_columns_can_be_chosen_and_moved() -> None:
    assert edits.move_column(TABLE, ("SIB A", "SIB B"), 0, 1).only == ("SIB B", "SIB A")
    assert edits.pick_columns(TABLE, ()).only == ()


def test_marks_are_kept_in_the_order_of_the_states() -> None:
    table = edits.set_mark(edits.set_mark(TABLE, "absent", "-"), "present", " + ")
    assert list(table.marks.items()) == [("present", "+"), ("absent", "-")]


def test_undo_and_redo_return_each_edit_with_its_description() -> None:
    draft = MatrixDraft.of(TABLE, saved=True)
    one = draft.edited(edits.remove_row(TABLE, 0), "row Loss removed")
    two = one.edited(edits.remove_row(one.definition, 0), "row Trust removed")
    assert one.edited(one.definition, "nothing") is one
    back, words = two.undone()
    assert (back.definition, words, back.is_changed) == (one.definition, "row Trust removed", True)
    again, words = back.redone()
    assert (again.definition, words) == (two.definition, "row Trust removed")
    start, _ = back.undone()
    assert (start.definition, start.is_changed) == (TABLE, False)
    with pytest.raises(ConflictError):
        start.undone()
    other = start.edited(edits.remove_row(TABLE, 2), "row Advance removed")
    with pytest.raises(ConflictError):
        other.redone()


def test_a_table_that_is_not_saved_counts_as_changed() -> None:
    assert MatrixDraft.of(replace(TABLE, name=""), saved=False).is_changed
    assert not MatrixDraft.new().is_changed


def test_the_message_for_a_name_shows_the_effect_of_saving() -> None:
    draft = MatrixDraft.of(TABLE, saved=True)
    assert draft.name_message("", ["t"]).verdict == "no"
    assert draft.name_message("t", ["t", "u"]).message == "The saved table is replaced."
    assert draft.name_message("v", ["t", "u"]).message == "t is renamed."
    assert draft.name_message("U", ["t", "u"]).verdict == "no"
    assert MatrixDraft.new().name_message("v", ["t"]).message == "A new table, after the others."


def test_a_table_built_by_edits_equals_the_same_table_from_a_file(coded: Project) -> None:
    text = write_matrix(
        MatrixDefinition(
            "money", "Table 9.", (RowDefinition("Loss", LOSS, note="n", notes={"SIB B": "m"}), RowDefinition("All", ("Money", TRUST), subcodes=False)),
            only=("SIB B", "SIB A"), rule=Rule(2, 1, 1, ("interview",)), marks=edits.PRESENT_ONLY, leave_out=("topics",), judged_suffix="†",
        )
    )  # fmt: skip
    table = edits.add_rows(MatrixDraft.new().definition, [LOSS, "Money"])
    table = edits.relabel(edits.relabel(table, 0, "Loss"), 1, "All")
    table = edits.toggle_subcodes(edits.set_codes(table, 1, ("Money", TRUST)), 1)
    table = edits.set_note(edits.set_note(table, 0, "n"), 0, "m", "SIB B")
    table = edits.pick_columns(table, ["SIB B", "SIB A"])
    table = replace(
        table, name="money", title="Table 9.", rule=Rule(2, 1, 1, ("interview",)), marks=edits.PRESENT_ONLY,
        leave_out=("topics",), judged_suffix="†",
    )  # fmt: skip
    draft = MatrixDraft.new().edited(table, "all").save(coded)
    assert write_matrix(coded.matrices.stored("money")) == text
    assert draft.definition == coded.matrices.get("money")
    assert not draft.is_changed
    again = MatrixDraft.of(coded.matrices.define(read_matrix("x", text)), saved=True)
    assert again.definition == draft.definition


def test_saving_a_draft_replaces_its_table_and_can_rename_the_table(coded: Project) -> None:
    draft = MatrixDraft.of(coded.matrices.define(replace(TABLE, judgements=())), saved=True)
    draft.edited(replace(edits.remove_row(draft.definition, 0), name="u"), "x").save(coded)
    assert [(m.name, labels(m)) for m in coded.matrices.list()] == [("u", ["Trust", "Advance"])]
    coded.history.undo()
    assert coded.matrices.list() == [draft.definition]


def test_a_draft_without_rows_or_with_a_name_in_use_is_not_saved(coded: Project) -> None:
    coded.matrices.define(replace(TABLE, judgements=()))
    with pytest.raises(InputError, match="needs a row"):
        MatrixDraft.new().save(coded)
    with pytest.raises(ConflictError, match="already a table “t”"):
        MatrixDraft.new().edited(replace(TABLE, name="T", judgements=()), "x").save(coded)


def test_the_form_has_a_line_for_each_part_and_each_row() -> None:
    table = edits.set_note(edits.toggle_subcodes(edits.set_codes(TABLE, 0, (LOSS, PAID)), 0), 0, "n")
    lines = {line.key: line for line in form_lines(MatrixDraft.of(table, saved=True))}
    assert lines["title"].value == "T."
    assert lines["only"].value == "SIB A, SIB B"
    assert lines["marks"].value == "◐ X ? – … n/a ·"
    assert (lines["row:0"].value, lines["row:0"].more) == ("Loss", "2 codes · no sub-codes · 1 note")
    assert (lines["row:1"].name, lines["row:1"].codes, lines["row:1"].more) == ("2", "", "")
    assert lines["row:2"].codes == "Paid in advance"
    assert row_index(row_key(3)) == 3
    assert row_index("title") is None
    assert row_facts(table.rows[0]) == [f"{LOSS}; {PAID} (without the codes below)", "Note: n"]
    empty = {line.key: line.value for line in form_lines(MatrixDraft.new(), ("a", "b"))}
    assert (empty["title"], empty["name"], empty["only"]) == ("none yet", "asked for when you save", "all (2)")
    followed = MatrixDraft.of(edits.follow_codebook(TABLE, "Money"), saved=True)
    assert {line.key: line.value for line in form_lines(followed)}["rows"] == "3 rows, one for each code below Money"
    assert (
        rule_words(Rule(2, 2, 2, ("interview", "report")))
        == "from 2 quotes in 2 sources of 2 kinds, with interview and report"
    )


def test_a_row_on_a_query_is_described_by_its_query() -> None:
    table = MatrixDefinition(
        "t", "", (RowDefinition("Doubts", query="My doubts", needs="interview"), RowDefinition("x", "A"))
    )
    assert row_facts(table.rows[0]) == ["The codings of the query My doubts (needs interview)"]
    draft = MatrixDraft.of(table, saved=True)
    line = next(each for each in form_lines(draft) if "Doubts" in str(each))
    assert "query My doubts" in str(line)
    given = edits.set_query(table, 1, "Other")
    assert (given.rows[1].query, given.rows[1].codes) == ("Other", ())
    back = edits.set_codes(given, 1, ["A"])
    assert (back.rows[1].query, back.rows[1].codes) == ("", ("A",))
    with pytest.raises(InputError, match="needs a query"):
        edits.set_query(table, 1, " ")


def test_a_row_on_a_query_gets_a_free_label_and_has_no_sub_codes_to_count() -> None:
    table = MatrixDefinition("t", "", (RowDefinition("Doubts", "A"), RowDefinition("doubts (2)", "B")))
    added = edits.add_query_row(table, "Doubts")
    assert added.rows[2] == RowDefinition("Doubts (3)", query="Doubts")
    for at, place in ((1, 1), (-1, 0), (9, 2)):
        assert edits.add_query_row(table, "New", at).rows[place] == RowDefinition("New", query="New")
    with pytest.raises(
        InputError, match="The row “Doubts \\(3\\)” draws on the query Doubts, which itself names codes"
    ):
        edits.toggle_subcodes(added, 2)
