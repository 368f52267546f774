from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.errors import InputError
from sibtui.model.matrix import Cell, Matrix, MatrixRow, number_notes
from sibtui.model.matrix_definition import (
    Judgement,
    MatrixDefinition,
    RowDefinition,
    are_columns,
    attribute_of,
    crossed,
    with_columns,
)
from sibtui.model.presence import DEFAULT_MARKS, Rule
from sibtui.model.text import superscript

PAPER = Path(__file__).parents[1] / "data" / "method" / "paper_tables.json"
COLUMNS = ("A", "B", "C")
texts = st.sampled_from(["", "one", "two", "three"])
rows = st.lists(st.tuples(texts, st.dictionaries(st.sampled_from([*COLUMNS, "Z"]), texts)), max_size=5)


@given(rows, st.integers(0, 9))
@example([], 1)
@example([("", {})], 1)
@example([("one", {"A": "one"}), ("one", {"B": "two", "A": "three"})], 2)
@example([("", {"Z": "one"}), ("two", {})], 2)
def test_notes_are_numbered_in_reading_order_and_equal_texts_share_a_number(
    drawn: list[tuple[str, dict[str, str]]], first: int
) -> None:
    reading: list[tuple[tuple[int, int | None], str]] = []
    for at, (note, notes) in enumerate(drawn):
        reading.append(((at, None), note))
        reading += [((at, column), notes.get(label, "")) for column, label in enumerate(COLUMNS)]
    distinct = list(dict.fromkeys(text for _, text in reading if text))
    found = number_notes(drawn, COLUMNS, first)
    assert found.texts == {first + at: text for at, text in enumerate(distinct)}
    numbered = {place: first + distinct.index(text) for place, text in reading if text}
    assert found.labels == {at: number for (at, column), number in numbered.items() if column is None}
    assert found.cells == {place: number for place, number in numbered.items() if place[1] is not None}


def test_notes_of_successive_tables_are_numbered_as_in_the_paper() -> None:
    paper = json.loads(PAPER.read_text(encoding="utf-8"))
    text = {int(number): note["text"] for number, note in paper["notes"].items()}
    first = 2  # note 1 of the paper is in its text
    texts: dict[int, str] = {}
    for table in paper["tables"]:
        keys = list(table["rows"][0]["cells"])
        given_rows = [
            (
                "".join(text[n] for n in row["label_notes"]),
                {key: text[n] for key, cell in row["cells"].items() for n in cell["notes"]},
            )
            for row in table["rows"]
        ]
        found = number_notes(given_rows, tuple(keys), first)
        for at, row in enumerate(table["rows"]):
            assert (
                [found.labels[at]] * (at in found.labels) == row["label_notes"]
                if at in found.labels
                else not row["label_notes"]
            )
            for column, key in enumerate(keys):
                numbers = [found.cells[at, column]] if (at, column) in found.cells else []
                assert numbers == row["cells"][key]["notes"]
        texts |= found.texts
        first += len(found.texts)
    assert texts == {number: text[number] for number in range(2, 7)}


def cell(state: str) -> Cell:
    return Cell(state, state, DEFAULT_MARKS[state], 0, 0, 0, 0, None)


def matrix(marks: dict[str, str]) -> Matrix:
    first = MatrixRow("r", (cell("contested"), cell("present")), note="n", notes={"B": "m"})
    second = MatrixRow("s", (cell("absent"), cell("present")))
    return Matrix("m", "", ("A", "B"), (first, second), "presence", Rule(), marks, 7)


def test_the_legend_joins_states_with_equal_marks() -> None:
    assert matrix(DEFAULT_MARKS).legend() == [("◐", "contested"), ("X", "present"), ("", "absent")]
    assert matrix({**DEFAULT_MARKS, "contested": "X"}).legend() == [("X", "contested, present"), ("", "absent")]


def test_a_matrix_numbers_its_notes_from_its_first_number() -> None:
    numbered = matrix(DEFAULT_MARKS).numbered()
    assert (numbered.texts, numbered.labels, numbered.cells) == ({7: "n", 8: "m"}, {0: 7}, {(0, 1): 8})


def test_a_state_without_a_mark_gets_the_default_mark() -> None:
    definition = MatrixDefinition("m", "", (), marks={"contested": "X", "no data": ""})
    assert [definition.mark(state) for state in ("contested", "present", "no data")] == ["X", "X", ""]


def test_a_superscript_is_the_number_in_small_figures() -> None:
    assert superscript(1234567890) == "¹²³⁴⁵⁶⁷⁸⁹⁰"


@pytest.mark.parametrize(
    ("columns", "attribute"),
    [
        ("cases", None), ("coders", None), ("attribute:region", ("", "region")),
        ("case attribute: stage of it ", ("case", "stage of it")), ("source attribute:mode", ("source", "mode")),
    ],
)  # fmt: skip
def test_columns_are_named_by_a_noun_or_an_attribute(columns: str, attribute: tuple[str, str] | None) -> None:
    assert attribute_of(columns) == attribute
    assert are_columns(columns)


@pytest.mark.parametrize("columns", ["", "case", "attribute:", "attribute:NAME:", "code attribute:x", "Cases"])
def test_other_texts_are_not_columns(columns: str) -> None:
    assert are_columns(columns) is (columns == "attribute:NAME:")


def judged(row: str, column: str, at: str) -> Judgement:
    return Judgement(row, column, "present", "because", "R1", at)


def test_columns_of_a_definition_get_the_spelling_of_the_identical_labels() -> None:
    composed, decomposed = "München", "Mu\u0308nchen"
    row = RowDefinition("r", ("A",), notes={composed: "One.", decomposed: "Two.", "B": "Three."})
    older, newer = judged("r", decomposed, "2020-01-01"), judged("r", composed, "2020-01-02")
    definition = MatrixDefinition("t", "", (row,), only=(decomposed, "B"), judgements=(newer, older))
    spelt = with_columns(definition, [composed, "B"])
    assert spelt.only == (composed, "B")
    assert spelt.rows[0].notes == {composed: "One. Two.", "B": "Three."}
    assert [(each.column, each.at) for each in spelt.judgements] == [(composed, newer.at)]
    assert with_columns(spelt, [composed, "B"]) is spelt


def test_the_old_name_of_the_suffix_of_a_cell_works_with_a_warning() -> None:
    cell = Cell("present", "present", "X", 1, 0, 0, 0, None, suffix="*")
    with pytest.warns(DeprecationWarning, match=r"Cell\.sign"):
        assert cell.sign == "*"


def test_kinds_and_coders_are_one_name_or_several() -> None:
    one = MatrixDefinition("m", "", (), kinds="report", coders="Ana")
    assert (one.kinds, one.coders) == (("report",), ("Ana",))
    with pytest.raises(InputError, match="letter"):
        MatrixDefinition("m", "", (), kinds="letter")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("columns", "parts"),
    [
        ("attribute:A × case attribute:B", ("attribute:A", "case attribute:B")),
        ("attribute:A", ()),
        ("attribute:A × cases", ()),
        ("attribute:A × attribute:B × attribute:C", ()),
        ("cases", ()),
    ],
)
def test_columns_of_two_attributes_are_their_combinations(columns: str, parts: tuple[str, ...]) -> None:
    assert crossed(columns) == parts
    assert are_columns(columns)
    assert (attribute_of(columns) is None) == (bool(parts) or columns == "cases")
