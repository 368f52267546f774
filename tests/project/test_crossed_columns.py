"""Columns that combine an attribute of cases with an attribute of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from tests.examples import examples

from .study import apply_code

if TYPE_CHECKING:
    from sibtui.project import Project

TABLE = MatrixDefinition(
    "t", "", (RowDefinition("All", ("Strengths", "Innovation")),), columns="attribute:stage × attribute:mode"
)
CODINGS = st.lists(
    st.tuples(
        st.sampled_from(["A1", "B1", "AB"]), st.sampled_from([0, 17, 41]), st.sampled_from(["Ana", "Ben"]),
        st.sampled_from([(), ("SIB A",), ("SIB B",), ("SIB A", "SIB B")]),
    ),
    max_size=6,
    unique_by=lambda coding: coding[:3],
)  # fmt: skip


def valued(project: Project) -> None:
    for label, stage in (("SIB A", "early"), ("SIB B", "late")):
        project.cases.set(label, attributes={"stage": stage})
    for name, mode in (("A1", "online"), ("B1", "online"), ("AB", "by phone")):
        project.sources.set(name, attributes={"mode": mode})


@given(CODINGS, st.booleans())
@example([("AB", 0, "Ana", ("SIB A", "SIB B"))], False)
@example([("AB", 0, "Ana", ("SIB A", "SIB B"))], True)
@examples(30)
def test_a_cell_counts_the_codings_of_its_cases_in_its_sources(
    read: Project, codings: list[tuple[str, int, str, tuple[str, ...]]], same_stage: bool
) -> None:
    with read.act("coding add", "codings"):
        valued(read)
        if same_stage:
            read.cases.set("SIB B", attributes={"stage": "early"})
        for source, start, coder, cases in codings:
            apply_code(read, source, "Groups", start, start + 16, coder=coder, cases=cases if source == "AB" else None)
    stages = {case.label: case.attributes["stage"] for case in read.cases.list()}
    modes = {source.name: source.attributes["mode"] for source in read.sources.list()}
    shown = read.matrices.show(TABLE, show="count")
    traced = {each.column: [coding.id for coding in each.codings] for each in read.matrices.traced(TABLE).cells}
    expected: dict[str, list[int]] = {}
    for coding in read.codings.list():
        for label in dict.fromkeys(f"{stages[case]} / {modes[coding.source]}" for case in coding.cases):
            expected.setdefault(label, []).append(coding.id)
    assert traced == expected
    by_id = {coding.id: coding for coding in read.codings.list()}
    for cell, label in zip(shown.rows[0].cells, shown.columns, strict=True):
        places = {(by_id[number].source, by_id[number].segment.start) for number in expected.get(label, ())}
        assert cell.quotes == len(places)
    read.history.undo()


def test_the_columns_are_the_combinations_that_occur(read: Project) -> None:
    valued(read)
    assert read.matrices.show(TABLE).columns == (
        "early / by phone",
        "early / online",
        "late / by phone",
        "late / online",
    )
    turned = MatrixDefinition("", "", TABLE.rows, columns="attribute:mode × attribute:stage")
    assert read.matrices.show(turned).columns == (
        "by phone / early", "by phone / late", "online / early", "online / late",
    )  # fmt: skip
    read.sources.set("AB", cases=["SIB A"])
    assert "late / by phone" not in read.matrices.show(TABLE).columns


def test_a_cell_is_incomplete_only_if_a_source_of_its_column_is_unread(read: Project) -> None:
    valued(read)
    read.sources.set("AB", reading="unread")
    states = {
        column: cell.state
        for column, cell in zip(read.matrices.show(TABLE).columns, read.matrices.show(TABLE).rows[0].cells, strict=True)
    }
    assert states == {
        "early / by phone": "incomplete", "early / online": "absent", "late / by phone": "incomplete", "late / online": "absent",
    }  # fmt: skip
    apply_code(read, "AB", "Groups", cases=())
    assert ("waiting", "1 coding waits for its case.") in read.matrices.show(TABLE).about
    [covered] = read.matrices.show(TABLE, show="coverage").rows
    assert [cell.characters for cell in covered.cells] == [0, 0, 0, 0]


def test_values_with_the_separator_of_labels_do_not_share_a_column(coded: Project) -> None:
    coded.sources.set("A1", attributes={"place": "north / south", "mode": "online"})
    coded.sources.set("B1", attributes={"place": "north", "mode": "south / online"})
    crossed = MatrixDefinition("t", "", TABLE.rows, columns="attribute:place × attribute:mode")
    shown = coded.matrices.show(crossed, show="count")
    assert shown.columns == ("north / “south / online”", "“north / south” / online")
    assert [cell.quotes for cell in shown.rows[0].cells] == [1, 1]


def test_the_name_of_a_crossed_attribute_may_have_the_separator_of_names(coded: Project) -> None:
    coded.sources.set("A1", attributes={"age × role": "old", "mode": "online"})
    for columns, label in (
        ("attribute:age × role × attribute:mode", "old / online"),
        ("attribute:mode × source attribute:age × role", "online / old"),
        ("attribute:age × role", "old"),
    ):
        assert coded.matrices.show(MatrixDefinition("t", "", TABLE.rows, columns=columns)).columns == (label,)
