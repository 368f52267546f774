"""Rows of a matrix that count the codings of a saved query: their cells, readings, changes and travels."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.formats.refi.reader import read_qdpx
from sibtui.formats.refi.writer import write_qdpx
from sibtui.formats.study_folder.folder import read_study, write_study
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.project import Project
from sibtui.project.retrieval.stored_codings import numbers_found
from sibtui.project.shared.study_io import study_draft
from tests.examples import examples

from .study import add_code, add_source, apply_code, dump

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.project.shared.base import Session
    from sibtui.project.tables.shown_matrix import ShownMatrix


def table(*rows: RowDefinition, name: str = "t") -> MatrixDefinition:
    return MatrixDefinition(name, "", rows)


def states(shown: ShownMatrix) -> list[list[str]]:
    return [[cell.state for cell in row.cells] for row in shown.rows]


def test_a_row_counts_the_codings_of_its_query(coded: Project) -> None:
    coded.queries.save("Ben", "coder Ben and code Strengths")
    apply_code(coded, "A1", "Budgets", 17, 40, coder="Ben", stance="counters")
    shown = coded.matrices.show(
        table(RowDefinition("All", "Strengths"), RowDefinition("Ben", query="ben")), show="count"
    )
    cells = [[(cell.quotes, cell.counter) for cell in row.cells] for row in shown.rows]
    assert cells == [[(2, 1), (1, 0)], [(1, 1), (1, 0)]]
    counted = coded.matrices.traced(table(RowDefinition("Ben", query="Ben"))).cells
    assert {(each.column, tuple(coding.coder for coding in each.codings)) for each in counted} == {
        ("SIB A", ("Ben", "Ben")), ("SIB B", ("Ben",)),
    }  # fmt: skip
    narrowed = coded.matrices.show(table(RowDefinition("Ben", query="Ben")), where="stance counters", show="count")
    assert [(cell.quotes, cell.counter) for cell in narrowed.rows[0].cells] == [(0, 1), (0, 0)]
    covered = coded.matrices.show(table(RowDefinition("Ben", query="Ben")), show="coverage")
    assert [cell.characters for cell in covered.rows[0].cells] == [16, 16]


def test_the_sources_must_be_read_for_the_codes_that_the_query_can_find(coded: Project) -> None:
    coded.queries.save("Groups", "code Groups overlapping code Strengths")
    coded.queries.save("Words", "text nothing")
    rows = (RowDefinition("Groups", query="Groups"), RowDefinition("Words", query="Words"))
    assert states(coded.matrices.show(table(*rows))) == [["absent", "absent"], ["absent", "absent"]]
    add_code(coded, "Strengths/Younger")
    shown = coded.matrices.show(table(*rows))
    assert states(shown) == [["absent", "absent"], ["incomplete", "incomplete"]]
    assert "Strengths/Younger" in shown.rows[1].cells[0].reasons[0]
    coded.sources.set("B1", reading="unread")
    assert states(coded.matrices.show(table(*rows)))[0] == ["absent", "incomplete"]
    coded.sources.set("A1", reading="read")
    coded.sources.set("AB", reading="read")
    for source in ("A1", "AB"):
        coded.sources.set_topic(source, "Innovation", "not asked")
    assert states(coded.matrices.show(table(*rows)))[0][0] == "no data"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("coder Ana", ["present", "incomplete"]),
        ("coder Ben", ["present", "present"]),
        ("coder Ben and code Groups", ["absent", "incomplete"]),
        ("not coder Ben and code Groups", ["incomplete", "incomplete"]),
        ("query Bens and code Groups", ["absent", "incomplete"]),
        ("coder Ana and coder Ben", ["absent", "absent"]),
        ("source A1", ["present", "no data"]),
        ("set pilot and code Groups", ["no data", "absent"]),
        ("kind report", ["no data", "present"]),
        ("round 2", ["incomplete", "incomplete"]),
        ("round 2 and certainty firm", ["incomplete", "incomplete"]),
        ("not round 1", ["incomplete", "incomplete"]),
        ("not coder Ana and not coder Ben and not coder Carl", ["incomplete", "incomplete"]),
        ("round 1 and coder Ben and source AB and code Groups", ["absent", "absent"]),
        ("coder Ana and text nothing", ["incomplete", "incomplete"]),
        ("not (coder Ana or coder Carl or text nothing) and code Groups", ["absent", "incomplete"]),
    ],
)  # fmt: skip
def test_only_sources_and_readings_that_the_query_can_find_count(
    coded: Project, expression: str, expected: list[str]
) -> None:
    """The state of a row is that of a table narrowed by the same query."""
    for source in ("A1", "B1", "AB"):
        for reading in coded.readings.list(source):
            coded.readings.remove(source, coder=reading.coder)
    for source, coder in (("A1", "Ana"), ("A1", "Ben"), ("AB", "Ben"), ("B1", "Carl")):
        coded.readings.add(source, coder=coder)
    coded.sets.add("pilot", "B1")
    coded.queries.save("Bens", "coder Ben")
    coded.queries.save("Q", expression)
    all_codes = [code.path for code in coded.codes.list()]
    narrowed = coded.matrices.show(table(RowDefinition("x", all_codes)), where=expression)
    assert states(narrowed) == [expected]
    row = table(RowDefinition("all", all_codes), RowDefinition("x", query="Q"))
    shown = coded.matrices.show(row)
    assert states(shown)[1] == expected
    assert [cell.reasons for cell in shown.rows[1].cells] == [cell.reasons for cell in narrowed.rows[0].cells]


@pytest.mark.parametrize(
    ("where", "code", "expected"),
    [
        ("code Groups", "Innovation", "absent"),
        ("not code Peers and not code Strengths", "Innovation", "absent"),
        ("code Innovation", "Innovation", "incomplete"),
        ("text nothing", "Innovation", "incomplete"),
        ("code Groups", "Peers", "incomplete"),
    ],
)
def test_a_table_that_a_query_narrows_needs_readings_only_for_the_codes_of_the_query(
    coded: Project, where: str, code: str, expected: str
) -> None:
    add_code(coded, "Innovation/Peers")
    shown = coded.matrices.show(table(RowDefinition("Row", code)), where=where)
    assert [cell.state for cell in shown.rows[0].cells] == [expected] * 2
    assert ("unread" in dict(shown.about)) == (expected == "incomplete")


def test_codings_that_wait_for_a_case_count_once_for_rows_that_share_them(coded: Project) -> None:
    apply_code(coded, "AB", "Groups", cases=())
    apply_code(coded, "AB", "Brokering", cases=())
    coded.queries.save("Waiting", "waiting")
    coded.queries.save("Groups", "code Groups")
    shown = coded.matrices.show(table(RowDefinition("Groups", "Groups"), RowDefinition("W", query="Waiting")))
    assert states(shown)[1] == ["incomplete", "incomplete"]
    assert ("waiting", "2 codings wait for their case.") in shown.about
    shown = coded.matrices.show(table(RowDefinition("Groups", "Groups"), RowDefinition("W", query="Groups")))
    assert ("waiting", "1 coding waits for its case.") in shown.about
    shown = coded.matrices.show(table(RowDefinition("Groups", query="Groups")))
    assert ("waiting", "1 coding waits for its case.") in shown.about


def test_a_row_has_codes_or_a_query(coded: Project) -> None:
    coded.queries.save("Ben", "coder Ben")
    coded.queries.save("Judged", "judged or query Ben")
    for row, error, words in (
        (RowDefinition("x"), InputError, "needs a code or a query"),
        (RowDefinition("x", "Groups", query="Ben"), InputError, "only one of both"),
        (RowDefinition("x", query="Zoe"), NotFoundError, "No query is named “Zoe”"),
        (RowDefinition("x", query="Judged"), InputError, "cannot draw on “judged”"),
    ):
        with pytest.raises(error, match=words):
            coded.matrices.define(table(row))
    coded.matrices.define(table(RowDefinition("x", query="Ben")))
    with pytest.raises(ConflictError, match="“x” of t could not be computed: in the query “Ben”, character 1: a row"):
        coded.queries.save("Ben", "judged", replace=True)


def test_a_query_of_a_row_is_not_removed(coded: Project) -> None:
    coded.queries.save("Ben", "coder Ben")
    coded.matrices.define(table(RowDefinition("x", query="Ben"), RowDefinition("y", query="Ben")))
    with pytest.raises(ConflictError, match=r"The query Ben is used in 2 rows: “x” of t and “y” of t\."):
        coded.queries.remove("Ben")
    coded.matrices.remove("t")
    assert coded.queries.remove("Ben").name == "Ben"
    coded.history.undo(2)
    assert coded.matrices.get("t").rows[0].query == "Ben"


def test_undo_and_the_history_know_the_query_of_a_row(coded: Project) -> None:
    coded.queries.save("Ben", "coder Ben")
    coded.matrices.define(table(RowDefinition("x", "Groups")))
    before = dump(coded.path)
    coded.matrices.define(table(RowDefinition("x", query="Ben")))
    [changed] = coded.history.facts(coded.history.list()[0].id)
    assert ("row", "x", "x, the query Ben") in changed.fields
    coded.history.undo()
    assert dump(coded.path) == before
    coded.history.redo()
    assert coded.matrices.get("t").rows[0] == RowDefinition("x", query="Ben")


def test_a_judgement_becomes_stale_when_the_query_finds_other_codings(coded: Project) -> None:
    coded.queries.save("Ben", "coder Ben")
    coded.matrices.define(table(RowDefinition("x", query="Ben")))
    coded.matrices.judge("t", "x", "SIB A", "absent", because="He guessed.")
    assert coded.matrices.judgements()[0].changes == ()
    assert coded.codings.count(where="judged") == 1
    coded.queries.save("Ben", "coder Ben and code Groups", replace=True)
    [judged] = coded.matrices.judgements()
    assert any("is gone" in clause for clause in judged.changes)


def test_a_folder_and_a_qdpx_file_carry_rows_on_queries(coded: Project, tmp_path: Path) -> None:
    coded.queries.save("Ben", "coder Ben")
    coded.matrices.define(table(RowDefinition("x", query="Ben", note="His."), RowDefinition("y", "Groups")))
    draft = study_draft(coded._session)
    for read in (read_study(dict(write_study(draft))), read_qdpx("s.qdpx", write_qdpx(draft)).study):
        assert read.matrices[0].rows == coded.matrices.get("t").rows
        with Project.create(tmp_path / "again.sibtui", draft=read, force=True) as again:
            assert again.matrices.get("t").rows == coded.matrices.get("t").rows
            assert states(again.matrices.show("t")) == states(coded.matrices.show("t"))


def test_a_table_with_rows_of_the_codebook_keeps_its_rows_on_queries(coded: Project) -> None:
    coded.queries.save("Ben", "coder Ben")
    followed = replace(table(RowDefinition("x", query="Ben")), rows_from="all")
    coded.matrices.define(followed)
    assert [row.label for row in coded.matrices.get("t").rows][-1] == "x"
    assert [row.query for row in coded.matrices.stored("t").rows] == ["Ben"]


QUERIES = st.sampled_from(
    ["coder Ana", "code Strengths", "not code Brokering", "waiting or code Groups", "stance counters", "kind report", "source AB",
     "code Budgets and not case 'SIB B'", "text link", "exactly Budgets or exactly Groups", "code Strengths overlapping code Groups"]
)  # fmt: skip
CODINGS = st.lists(
    st.tuples(
        st.sampled_from(["A1", "B1", "AB"]), st.sampled_from(["Brokering", "Budgets", "Groups"]), st.sampled_from([0, 17, 41]),
        st.sampled_from(["Ana", "Ben"]), st.sampled_from(["supports", "counters"]), st.sampled_from([(), ("SIB A",), ("SIB B",)]),
    ),
    max_size=6,
    unique_by=lambda coding: coding[:4],
)  # fmt: skip


@given(CODINGS, QUERIES)
@example([("AB", "Groups", 0, "Ben", "counters", ())], "waiting or code Groups")
@examples(30)
def test_the_evidence_of_a_row_is_what_its_query_finds_in_the_case(
    read: Project, codings: list[tuple[str, str, int, str, str, tuple[str, ...]]], expression: str
) -> None:
    with read.act("coding add", "codings"):
        for source, code, start, coder, stance, cases in codings:
            of = cases if source == "AB" else None
            apply_code(read, source, code, start, start + 16, coder=coder, stance=stance, cases=of)
    read.queries.save("Q", expression, replace=True)
    definition = table(RowDefinition("row", query="Q"))
    shown = read.matrices.show(definition, show="count")
    traced = {each.column: {coding.id for coding in each.codings} for each in read.matrices.traced(definition).cells}
    for cell, label in zip(shown.rows[0].cells, shown.columns, strict=True):
        found = [coding for coding in read.codings.list(where=expression) if label in coding.cases]
        assert traced.get(label, set()) == {coding.id for coding in found}
        places = {(c.source, c.segment.start) for c in found if c.stance == "supports"}
        assert cell.quotes == len(places)
    while read.codings.count():
        read.history.undo()


def test_merged_rows_follow_their_query(coded: Project, tmp_path: Path) -> None:
    coded.queries.save("Ben", "coder Ben")
    draft = study_draft(coded._session)
    with Project.create(tmp_path / "theirs.sibtui", draft=draft, coder="Ben") as theirs:
        theirs.matrices.define(table(RowDefinition("x", query="Ben")))
        coded.merge(theirs.path)
        assert coded.matrices.get("t").rows == (RowDefinition("x", query="Ben"),)
        theirs.queries.save("Waiting", "waiting")
        theirs.matrices.define(table(RowDefinition("x", query="Waiting")))
        theirs.queries.remove("Ben")
        coded.merge(theirs.path, take="theirs")
        assert coded.matrices.get("t").rows == (RowDefinition("x", query="Waiting"),)


def test_rows_of_sources_that_a_table_leaves_out(coded: Project) -> None:
    add_source(coded, "A2", "SIB A", text="The link workers broker.")
    coded.queries.save("Reports", "kind report")
    shown = coded.matrices.show(table(RowDefinition("x", query="Reports")), where="source B1")
    assert states(shown) == [["no data", "present"]]


def test_an_item_that_the_query_of_a_row_names_is_not_removed(coded: Project) -> None:
    coded.sets.add("pilot", "A1")
    coded.attributes.add("source", "mode")
    coded.codes.add("Strengths/Unused")
    coded.queries.save("Inner", "set pilot")
    for name, expression in (
        ("Sets", "query Inner and code Strengths"), ("Modes", "attribute mode = online"), ("Unused", "not code Unused"),
    ):  # fmt: skip
        coded.queries.save(name, expression)
    coded.matrices.define(table(*(RowDefinition(name, query=name) for name in ("Sets", "Modes", "Unused"))))
    before = dump(coded.path)
    for row, change in (
        ("Sets", lambda: coded.sets.remove("pilot")),
        ("Sets", lambda: coded.queries.save("Inner", "judged", replace=True)),
        ("Modes", lambda: coded.attributes.remove("source", "mode")),
        ("Unused", lambda: coded.codes.remove("Unused")),
    ):
        with pytest.raises(ConflictError, match=f"^Afterwards the row “{row}” of t could not be computed: ") as error:
            change()
        assert error.value.hint == "change-rows"
    with pytest.raises(ConflictError, match=r"^The query Inner is used in 1 query: “Sets”"):
        coded.queries.remove("Inner")
    assert dump(coded.path) == before
    coded.matrices.define(table(RowDefinition("Sets", "Strengths")))
    coded.sets.remove("pilot")


def test_check_names_a_row_whose_query_cannot_be_answered_and_goes_on(coded: Project) -> None:
    """The source that a query names can be withdrawn, so such a row must not hide the other findings."""
    coded.queries.save("One", "source A1")
    one = RowDefinition("One", query="One", note="Seen in SIB B.")
    coded.matrices.define(table(RowDefinition("Strengths", "Strengths"), one))
    coded.matrices.define(table(RowDefinition("Strengths", "Strengths", note="Not in SIB B."), name="u"))
    coded.summaries.set("t", "One", "SIB A", "Words.")
    coded.matrices.judge("t", "Strengths", "SIB A", "absent", "why")
    coded.sources.remove("A1")
    apply_code(coded, "AB", "Groups", cases=())
    found = {(finding.kind, finding.what, finding.where): finding for finding in coded.check(summaries=True)}
    row = found["open", "matrix", "t"]
    assert row.message.startswith(
        "The row “One” cannot be computed: in the query “One”, character 8: no source is named “A1”"
    )
    assert row.hint == "repair-row"
    with pytest.raises(InputError, match="The row “One” cannot be computed"):
        coded.matrices.show("t")
    assert {what for _, what, _ in found} >= {"unattributed", "query", "no summary"}
    assert [each.changes for each in coded.summaries.list()] == [()]
    coded.queries.save("Two", "coder Ben")  # a row that could not be computed before does not refuse other changes
    coded.queries.remove("Two")


def test_sensitivity_evaluates_the_query_of_a_row_once(coded: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    coded.queries.save("Ben", "coder Ben")
    coded.matrices.define(table(RowDefinition("Ben", query="Ben")))
    asked: list[str] = []

    def counted(session: Session, where: str, **options: bool) -> tuple[int, ...]:
        asked.append(where)
        return numbers_found(session, where, **options)

    monkeypatch.setattr("sibtui.project.tables.queried_rows.numbers_found", counted)
    cells = coded.reports.sensitivity("t").to_dicts()
    assert [(cell["column"], cell["hangs on"]) for cell in cells] == [
        ("SIB A", ["source AB", "coder Ben", "kind interview", "interviews of several cases"]),
        ("SIB B", ["source B1", "coder Ben", "kind report"]),
    ]
    assert asked == ['query "Ben"']
