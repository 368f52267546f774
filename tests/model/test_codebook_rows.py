"""Rows that follow the codebook: labels are distinct, and additions are kept."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.codebook_rows import all_codes, codes_below, draws_on, rows_of, with_rows, without_plain_rows
from sibtui.model.folding import name_key
from sibtui.model.matrix_definition import Judgement, MatrixDefinition, RowDefinition
from sibtui.model.records import Code, Status

PATHS = ["A", "A/B", "B", "B/A", "A\\/B", "b", "A/b"]
paths = st.lists(st.sampled_from(PATHS), unique=True)
rows = st.lists(
    st.builds(
        RowDefinition,
        st.sampled_from(["A", "B", "A/B", "b", "C"]),
        st.lists(st.sampled_from(PATHS), min_size=1, max_size=2, unique=True).map(tuple),
        note=st.sampled_from(["", "", "note"]),
    ),
    unique_by=lambda row: row.label,
    max_size=4,
)


def judgement(row: str) -> Judgement:
    return Judgement(row, "SIB A", "present", "Seen.", "R1", "")


@given(paths, rows, st.booleans())
@example(["A/B", "B"], [RowDefinition("B", ("A/B",))], False)
@example(["A\\/B", "A/B", "B"], [], False)
@example(["A"], [RowDefinition("A", ("A",)), RowDefinition("B", ("A",))], False)
@example(["A/b", "A", "B"], [RowDefinition("A", ("A",)), RowDefinition("B", ("A/b",))], False)
@example(["A", "B"], [RowDefinition("C", ("A",)), RowDefinition("B", ("A/B",)), RowDefinition("A", ("B",))], False)
def test_rows_that_are_made_from_stored_rows_are_the_same(
    chosen: list[str], given_rows: list[RowDefinition], judged: bool
) -> None:
    judgements = tuple(judgement(row.label) for row in given_rows[:1] if judged)
    as_given = MatrixDefinition("m", "", tuple(given_rows), judgements=judgements)
    made = with_rows(as_given, chosen)
    labels = [row.label for row in made.rows]
    assert len(set(labels)) == len(labels)
    assert {row.codes[0] for row in made.rows} >= set(chosen)
    assert all(row in made.rows for row in given_rows)
    kept = without_plain_rows(made, chosen)
    assert with_rows(kept, chosen) == made
    assert without_plain_rows(kept, chosen) == kept
    assert without_plain_rows(as_given, chosen) == kept
    assert {each.row for each in judgements} <= {row.label for row in kept.rows}
    assert with_rows(made, chosen) == made


@given(paths, st.sets(st.sampled_from(["A", "b", "A/B"])))
def test_labels_of_new_rows_are_unique_as_names(chosen: list[str], taken: set[str]) -> None:
    keys = [name_key(row.label) for row in rows_of(chosen, taken)]
    assert len({*keys, *map(name_key, taken)}) == len(keys) + len({name_key(label) for label in taken})


def test_only_plain_rows_of_the_given_codes_are_removed() -> None:
    made = MatrixDefinition("m", "", (RowDefinition("C", ("C",)),))
    assert without_plain_rows(made, ["A"]) == made
    assert without_plain_rows(replace(made, judgements=(judgement("C"),)), ["C"]).rows == made.rows
    assert without_plain_rows(made, ["C"]).rows == ()


def code(number: int, path: str, parent: int | None = None, status: Status = "active") -> Code:
    return Code(number, parent, path.rpartition("/")[2], path, "", "", "", "", "deductive", status, None, None, "2020")


CODES = [
    code(1, "A"),
    code(2, "A/B", 1),
    code(7, "A/B/G", 2),
    code(3, "A/C", 1, "retired"),
    code(4, "D"),
    code(5, "E"),
    code(6, "E/F", 5, "retired"),
]


def test_all_codes_do_not_include_uncoded_themes_and_retired_codes() -> None:
    assert all_codes(CODES, ()) == ["A/B", "A/B/G", "D", "E"]
    assert all_codes(CODES, {1, 3}) == ["A", "A/B", "A/B/G", "A/C", "D", "E"]


def test_the_codes_below_a_code_are_its_active_children_or_the_code_itself() -> None:
    assert codes_below(CODES, "A") == ["A/B"]
    assert codes_below(CODES, "D") == ["D"]
    assert codes_below(CODES, "E") == ["E"]


def test_a_row_counts_its_codes_and_their_sub_codes_unless_it_excludes_sub_codes() -> None:
    row = RowDefinition("r", ("A/b", "C"))
    assert [draws_on(row, path) for path in ("A/b", "A/b/x", "A", "C/y")] == [True, True, False, True]
    assert [draws_on(replace(row, subcodes=False), path) for path in ("A/b", "A/b/x")] == [True, False]
