"""Decisions on disagreements: the codings of the consensus, the cells that they change, and the agreement after them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.model.agreement.decisions import CONSENSUS
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.project import Project
from sibtui.project.importing.study_folder_reader import read_folder
from sibtui.store import decisions as decision_rows

from .study import add_code, add_source, apply_code, dump

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.model.matrix import Cell
    from sibtui.model.records import Coding
    from sibtui.store.connection import Store

TABLE = MatrixDefinition("table", "", (RowDefinition("Row", ("Budgets",)), RowDefinition("Other", ("Groups",))))


@pytest.fixture
def read_twice(empty: Project) -> Project:
    """A note about SIB A that R1 and R2 have read, without codings."""
    add_source(empty, "n1", "SIB A")
    for code in ("Budgets", "Groups"):
        add_code(empty, code)
    for coder in ("R1", "R2"):
        empty.readings.add("n1", coder=coder)
    return empty


def coded(project: Project, coder: str, start: int, end: int, code: str = "Budgets", **fields: Any) -> Coding:
    return apply_code(project, "n1", code, start, end, coder=coder, **fields)


def cell(project: Project, row: int = 0, **narrowed: Any) -> Cell:
    return project.matrices.show(TABLE, **narrowed).rows[row].cells[0]


def consensus(project: Project) -> list[tuple[str, int, int, str, str]]:
    return [
        (each.code, each.segment.start, each.segment.end, each.stance, each.memo)
        for each in project.codings.list()
        if each.coder == CONSENSUS
    ]


def theirs(project: Project) -> list[Coding]:
    return [each for each in project.codings.list() if each.coder != CONSENSUS]


def test_taking_one_coder_makes_a_coding_of_the_consensus_and_changes_no_other(read_twice: Project) -> None:
    one = coded(read_twice, "R1", 0, 20, memo="Mine.")
    coded(read_twice, "R2", 0, 20, stance="counters", certainty="tentative", cases=())
    before = theirs(read_twice)
    [made] = read_twice.codings.decide(one.id, "2", reason="She doubts it.")
    assert consensus(read_twice) == [("Budgets", 0, 20, "counters", "She doubts it.")]
    assert (made.certainty, made.cases) == ("tentative", ())
    assert theirs(read_twice) == before
    assert [each.decision for each in read_twice.codings.disagreements()] == ["as R2"] * 3


def test_a_coding_of_a_code_that_is_newer_than_a_reading_is_refused_with_this_reason(read_twice: Project) -> None:
    add_code(read_twice, "Later")
    read_twice.readings.add("n1", coder="R2")
    coded(read_twice, "R1", 0, 20)
    one = coded(read_twice, "R1", 0, 20, code="Later")
    with pytest.raises(NotFoundError) as refused:
        read_twice.codings.decide(one.id, "1")
    assert str(refused.value) == (
        f"Coding {one.id} is not compared: R1 has not read n1 again for Later (the code is newer than the reading)."
    )
    assert refused.value.hint == "record-reading"


def test_a_decision_is_one_act_that_undo_takes_back(read_twice: Project) -> None:
    numbers = [coded(read_twice, "R1", at, at + 5).id for at in (0, 20)]
    before, acts = dump(read_twice.path), len(read_twice.history.list())
    read_twice.codings.decide(numbers, "1")
    [act, *_] = read_twice.history.list()
    assert (len(read_twice.history.list()), act.verb) == (acts + 1, "coding decide")
    assert act.summary == "n1 0:5 and n1 20:25: as R1"
    assert len(consensus(read_twice)) == 2
    read_twice.history.undo()
    after = dump(read_twice.path)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}


def test_neither_is_remembered_without_a_coding(read_twice: Project) -> None:
    one = coded(read_twice, "R1", 0, 20)
    assert cell(read_twice).state == "present"
    assert read_twice.codings.decide(one.id, "neither", reason="Hearsay.") == []
    [found] = read_twice.codings.disagreements()
    assert (found.decision, consensus(read_twice), cell(read_twice).state) == ("neither", [], "absent")
    [memo] = read_twice.memos.list(on="source")
    assert (memo.coder, memo.title) == (CONSENSUS, "Consensus: neither")
    assert memo.text.endswith("\nReason: Hearsay.")


def test_taking_a_coder_without_a_coding_settles_the_other(read_twice: Project) -> None:
    one = coded(read_twice, "R1", 0, 20)
    assert read_twice.codings.decide(one.id, "2") == []
    assert cell(read_twice).state == "absent"


def test_a_cell_counts_the_consensus_in_place_of_the_codings_it_settles(read_twice: Project) -> None:
    one = coded(read_twice, "R1", 0, 20)
    coded(read_twice, "R2", 0, 20, stance="counters")
    elsewhere = coded(read_twice, "R2", 40, 50)
    assert (cell(read_twice).state, cell(read_twice).disputed) == ("contested", True)
    read_twice.codings.decide(one.id, "1")
    assert (cell(read_twice).state, cell(read_twice).quotes, cell(read_twice).disputed) == ("present", 2, False)
    [evidence] = read_twice.matrices.evidence(TABLE, cell=("Row", "SIB A"))
    assert [(each.coder, each.segment.start) for each in evidence.codings] == [(CONSENSUS, 0), ("R2", 40)]
    assert not [finding for finding in read_twice.check() if finding.what == "disputed"]
    read_twice.codings.decide(elsewhere.id, "neither")
    assert cell(read_twice).quotes == 1


def test_another_code_of_a_decided_passage_does_not_count(read_twice: Project) -> None:
    coded(read_twice, "R1", 0, 20)
    other = coded(read_twice, "R2", 0, 20, code="Groups")
    read_twice.codings.decide(other.id, "1")
    assert (cell(read_twice).state, cell(read_twice, 1).state) == ("present", "absent")


def test_evidence_of_one_coder_and_columns_of_coders_keep_their_codings(read_twice: Project) -> None:
    one = coded(read_twice, "R1", 0, 20)
    coded(read_twice, "R2", 0, 20, stance="counters")
    read_twice.codings.decide(one.id, "1")
    assert cell(read_twice, coders="R2").state == "rejected"
    assert cell(read_twice, coders=("R2", CONSENSUS)).state == "present"
    by_coder = MatrixDefinition("coders", "", TABLE.rows, columns="coders")
    row = read_twice.matrices.show(by_coder).rows[0]
    assert [each.state for each in row.cells[:2]] == ["present", "rejected"]


@pytest.mark.parametrize(
    ("where", "narrowed"),
    [
        ("coder R2", {"coders": "R2"}),
        ("not coder consensus", {"coders": ("R1", "R2")}),
        ("not (coder consensus or text nothing)", {"coders": ("R1", "R2")}),
        ("query Own", {"coders": ("R1", "R2")}),
        ("not round 1", {"rounds": 2}),
        ("not coder R1", {}),
        ("stance supports", {}),
    ],
)
def test_a_query_without_the_consensus_finds_the_codings_of_the_coders(
    read_twice: Project, where: str, narrowed: dict[str, Any]
) -> None:
    one = coded(read_twice, "R1", 0, 20)
    coded(read_twice, "R2", 0, 20, stance="counters")
    read_twice.rounds.start("second", coder="R2")
    read_twice.readings.add("n1", coder="R2")
    coded(read_twice, "R2", 0, 20, certainty="tentative")
    read_twice.codings.decide(one.id, "1")
    read_twice.queries.save("Own", "not coder consensus")
    read_twice.queries.save("Found", where)
    expected = cell(read_twice, **narrowed)
    found = cell(read_twice, where=where)
    assert (found.state, found.counter) == (expected.state, expected.counter)
    queried = read_twice.matrices.show(MatrixDefinition("q", "", (RowDefinition("Q", query="Found"), TABLE.rows[1])))
    assert (queried.rows[0].cells[0].state, queried.rows[0].cells[0].counter) == (expected.state, expected.counter)
    [evidence] = read_twice.matrices.evidence(TABLE, cell=("Row", "SIB A"), where=where)
    assert len(evidence.codings) == len(
        read_twice.matrices.evidence(TABLE, cell=("Row", "SIB A"), **narrowed)[0].codings
    )
    of = {name.removesuffix("s"): value for name, value in narrowed.items()}
    assert read_twice.reports.coverage(where=where).rows == read_twice.reports.coverage(**of).rows


def test_an_x_does_not_hang_on_the_consensus_if_the_coders_have_it_too(read_twice: Project) -> None:
    one, two = coded(read_twice, "R1", 0, 20), coded(read_twice, "R1", 40, 60, "Groups")
    coded(read_twice, "R2", 40, 60, "Groups", stance="counters")
    read_twice.codings.decide([one.id, two.id], "1")
    read_twice.matrices.define(TABLE)

    def hangs() -> dict[str, list[str]]:
        return {row["row"]: row["hangs on"] for row in read_twice.reports.sensitivity(without="coder").to_dicts()}

    assert hangs() == {"Row": [], "Other": ["coder consensus"]}
    assert [cell(read_twice, row, where="not coder consensus").state for row in (0, 1)] == ["present", "contested"]
    against = coded(read_twice, "R2", 60, 70, stance="counters")
    read_twice.codings.decide([one.id, two.id, against.id], "neither")
    coded(read_twice, "R1", 80, 90)
    assert (hangs(), read_twice.codings.count(coder=CONSENSUS)) == ({"Row": ["coder R1", "coder consensus"]}, 0)


def test_the_decisions_are_read_once_for_all_rows_on_queries(
    read_twice: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = coded(read_twice, "R1", 0, 20)
    coded(read_twice, "R2", 0, 20, stance="counters")
    read_twice.codings.decide(one.id, "1")
    coded(read_twice, "R1", 40, 60)
    for name in ("One", "Two", "Three"):
        read_twice.queries.save(name, "code Budgets")
    rows = tuple(RowDefinition(f"Row {name}", query=name) for name in ("One", "Two", "Three"))
    read_twice.matrices.define(MatrixDefinition("q", "", rows))
    read: list[str] = []
    memos_by = decision_rows.memos_by

    def counted(store: Store, coder: str, source: int | None) -> Any:
        read.append(coder)
        return memos_by(store, coder, source)

    monkeypatch.setattr(decision_rows, "memos_by", counted)
    assert [row.cells[0].quotes for row in read_twice.matrices.show("q").rows] == [2, 2, 2]
    assert read == [CONSENSUS]
    read.clear()
    read_twice.reports.sensitivity("q", without="kind")
    assert read == [CONSENSUS]


def test_an_undecided_place_of_a_settled_coding_is_not_counted_below_a_table(read_twice: Project) -> None:
    one = coded(read_twice, "R1", 0, 20)
    read_twice.queries.save("All", "code Budgets")
    queried = MatrixDefinition("q", "", (RowDefinition("Q", query="All"), TABLE.rows[0]))
    read_twice.codings.decide(one.id, "neither")
    read_twice.sources.correct("n1", "Other words. " + read_twice.sources.text("n1")[25:])
    assert [coding.id for coding in read_twice.codings.list() if coding.undecided] == [one.id]
    assert not [
        name for table in (TABLE, queried) for name, _ in read_twice.matrices.show(table).about if name == "undecided"
    ]
    assert "undecided" in dict(read_twice.matrices.show(TABLE, coders="R1").about)


def test_covered_characters_and_waiting_codings_leave_out_what_is_settled(read_twice: Project) -> None:
    one = coded(read_twice, "R1", 0, 20, cases=())
    two = coded(read_twice, "R2", 40, 50)
    coverage = MatrixDefinition("t", "", TABLE.rows, show="coverage")
    assert read_twice.matrices.show(coverage).rows[0].cells[0].characters == 10
    assert ("waiting", "1 coding waits for its case.") in read_twice.matrices.show(TABLE).about
    read_twice.codings.decide([one.id, two.id], "neither")
    assert read_twice.matrices.show(coverage).rows[0].cells[0].characters == 0
    assert "waiting" not in dict(read_twice.matrices.show(TABLE).about)


def test_both_are_two_codings_or_one_with_the_cases_of_both(read_twice: Project) -> None:
    wide = coded(read_twice, "R1", 0, 20)
    coded(read_twice, "R2", 5, 20)
    same = coded(read_twice, "R1", 40, 50)
    coded(read_twice, "R2", 40, 50, cases=())
    read_twice.codings.decide([wide.id, same.id], "both")
    assert [each[1:3] for each in consensus(read_twice)] == [(0, 20), (5, 20), (40, 50)]
    assert {each.cases for each in read_twice.codings.list(coder=CONSENSUS)} == {("SIB A",)}


def test_both_of_two_opposite_codings_are_refused(read_twice: Project) -> None:
    one = coded(read_twice, "R1", 0, 20)
    coded(read_twice, "R2", 0, 20, stance="counters")
    with pytest.raises(InputError, match="never codes a place as firm support and as firm counter-evidence"):
        read_twice.codings.decide(one.id, "both")
    assert consensus(read_twice) == []


def test_a_second_decision_replaces_the_first_one(read_twice: Project) -> None:
    one = coded(read_twice, "R1", 0, 20)
    coded(read_twice, "R2", 5, 20)
    read_twice.codings.decide(one.id, "1")
    read_twice.codings.decide(one.id, "2", reason="After all.")
    assert consensus(read_twice) == [("Budgets", 5, 20, "supports", "After all.")]
    assert len(read_twice.memos.list(on="source")) == 1


def test_two_decisions_may_share_a_coding_of_the_consensus(read_twice: Project) -> None:
    coded(read_twice, "R1", 0, 20)
    coded(read_twice, "R2", 0, 19)
    read_twice.readings.add("n1", coder="R3")
    third = coded(read_twice, "R3", 0, 18)
    first = read_twice.codings.decide(1, "1", coder=["R1", "R2"])
    again = read_twice.codings.decide(third.id, "1", coder=["R1", "R3"])
    assert [each.id for each in first] == [each.id for each in again]
    read_twice.codings.decide(third.id, "2", coder=["R1", "R3"])
    assert [each[1:3] for each in consensus(read_twice)] == [(0, 18), (0, 20)]


def test_opposite_decisions_are_refused(read_twice: Project) -> None:
    coded(read_twice, "R1", 0, 20)
    coded(read_twice, "R2", 0, 20, stance="counters", certainty="tentative")
    read_twice.readings.add("n1", coder="R3")
    third = coded(read_twice, "R3", 0, 20, stance="counters")
    read_twice.codings.decide(1, "1", coder=["R1", "R2"])
    with pytest.raises(ConflictError, match="codes these words as"):
        read_twice.codings.decide(third.id, "2", coder=["R1", "R3"])


def test_a_decision_travels_in_a_folder(read_twice: Project, tmp_path: Path) -> None:
    one = coded(read_twice, "R1", 0, 20)
    read_twice.codings.decide(one.id, "neither")
    read_twice.exports.folder(tmp_path / "folder")
    with Project.create(tmp_path / "other.sibtui", draft=read_folder(tmp_path / "folder")) as other:
        assert [each.decision for each in other.codings.disagreements()] == ["neither"]


@pytest.mark.parametrize(("number", "words"), [(99, "no coding 99"), (1, "R1 and R2 do not disagree about coding 1")])
def test_numbers_without_a_disagreement_are_refused(read_twice: Project, number: int, words: str) -> None:
    for coder in ("R1", "R2"):
        coded(read_twice, coder, 0, 20)
    with pytest.raises(NotFoundError, match=words):
        read_twice.codings.decide(number, "1")


def test_settled_and_consensus_codings_do_not_count_twice_as_evidence(read_twice: Project) -> None:
    one = coded(read_twice, "R1", 0, 20)
    coded(read_twice, "R2", 5, 20)
    coded(read_twice, "R1", 40, 60, "Groups")

    def figures(**chosen: Any) -> list[int]:
        reports = read_twice.reports
        coverage = reports.coverage(**chosen).to_dicts()[0]
        return [
            coverage["codings"],
            sum(row["meetings"] for row in reports.cooccurrence(related=True, **chosen).to_dicts()),
        ]

    assert (read_twice.reports.figures()["Budgets"].quotes, figures()) == (2, [3, 0])
    read_twice.codings.decide(one.id, "2")
    assert (read_twice.reports.figures()["Budgets"].quotes, figures()) == (1, [2, 0])
    assert {row["code"]: row["quotes"] for row in read_twice.reports.codebook().to_dicts()} == {
        "Budgets": 1,
        "Groups": 1,
    }
    for table in (
        read_twice.reports.coverage(),
        read_twice.reports.cooccurrence(),
        read_twice.reports.words(code="Budgets"),
    ):
        assert "Codings of the consensus replace those that they settle." in table.below
    assert figures(coder="R1") == [2, 0]  # the coder's own codings
    assert figures(round=2) == [0, 0]
    assert (read_twice.codings.count(), read_twice.codes.get("Budgets").codings) == (4, 3)  # lists have every coding
    read_twice.codings.decide(one.id, "neither")
    assert read_twice.reports.figures().keys() == {"Groups"}


def test_a_decision_is_stale_when_a_settled_coding_has_changed(read_twice: Project) -> None:
    def found() -> tuple[list[bool], list[str]]:
        return [each.stale for each in read_twice.codings.disagreements()], [
            each.message for each in read_twice.check() if each.what == "stale decision"
        ]

    one, other = coded(read_twice, "R1", 0, 20), coded(read_twice, "R2", 5, 20)
    read_twice.codings.decide(one.id, "2")
    read_twice.codings.set(one.id, memo="Not part of the decision.")
    read_twice.codes.rename("Budgets", "Sums")
    read_twice.cases.set("SIB A", new_label="North")
    read_twice.sources.correct("n1", f"Added. {read_twice.sources.text('n1')}")
    assert found() == ([False], [])
    for change in (
        lambda: read_twice.codings.set(one.id, certainty="tentative"),
        lambda: read_twice.codings.attribute(other.id, ()),
        lambda: read_twice.codings.set(other.id, code="Groups"),
    ):
        change()
        stale, messages = found()
        assert all(stale)
        assert messages == ["memo 1, “as R2”: a coding changed since the decision: decide it again."]
        [row, *_] = read_twice.reports.disagreements().to_dicts()
        assert row["decision"] == "as R2 (a coding changed since)"
        read_twice.history.undo()
    read_twice.codings.remove(other.id)
    assert found()[1]
    read_twice.history.undo()
    read_twice.codings.set(one.id, certainty="tentative")
    read_twice.codings.decide(one.id, "1")
    assert (any(found()[0]), found()[1]) == (False, [])


def test_a_decision_of_an_older_version_is_never_stale(read_twice: Project) -> None:
    one = coded(read_twice, "R1", 0, 20)
    read_twice.codings.decide(one.id, "1")
    [memo] = read_twice.memos.list(on="source")
    read_twice.memos.set(memo.id, text="\n".join(line for line in memo.text.splitlines() if "Digest" not in line))
    read_twice.codings.set(one.id, certainty="tentative")
    assert [each.stale for each in read_twice.codings.disagreements()] == [False]


def test_the_agreement_after_decisions_counts_the_consensus_for_every_coder(read_twice: Project) -> None:
    one = coded(read_twice, "R1", 0, 20)
    before = read_twice.reports.agreement(draws=0).objects[-1]["percent"]
    assert not [line for line in read_twice.reports.agreement(draws=0).below if "consensus" in line]
    read_twice.codings.decide(one.id, "1")
    table = read_twice.reports.agreement(draws=0)
    assert table.objects[-1]["percent"] == before < 100
    assert f"All codes: {before:.1f} % before consensus, 100.0 % after it (1 decision)." in table.below
    after = read_twice.reports.agreement(draws=0, consensus=True)
    assert (after.objects[-1]["percent"], after.objects[0]["both"]) == (100, 1)
    assert "Codings of the consensus replace those that they settle." in after.below
    free = read_twice.reports.agreement(unit="free", consensus=True).to_dicts()[0]
    assert [value for name, value in free.items() if "only" in name] == [0, 0]


def test_the_agreement_on_cells_after_decisions_counts_the_consensus(read_twice: Project) -> None:
    matrix = MatrixDefinition(
        "m", "M", rows=(RowDefinition("Codes", codes=tuple(c.path for c in read_twice.codes.list())),)
    )
    own = "Each coder's cells are computed from the coder's own codings and readings."
    assert read_twice.reports.cell_agreement(matrix, consensus=True).below[0] == own  # without a decision
    one = coded(read_twice, "R1", 0, 20)
    before = read_twice.reports.cell_agreement(matrix)
    assert before.objects[-1]["percent"] == 0
    read_twice.codings.decide(one.id, "1")
    assert read_twice.reports.cell_agreement(matrix) == before
    after = read_twice.reports.cell_agreement(matrix, consensus=True)
    assert after.objects[-1]["percent"] == 100
    assert after.below[0] == f"{own[:-1]}; the codings of the consensus replace those that they settle."
    read_twice.codings.decide(one.id, "neither")
    assert read_twice.reports.cell_agreement(matrix, consensus=True).objects[-1]["percent"] == 100


def test_the_figures_of_the_method_have_the_agreement_before_and_after(read_twice: Project) -> None:
    one = coded(read_twice, "R1", 0, 20)
    figures = dict(read_twice.reports.study().tables[0].rows)
    assert "Disagreements decided by consensus" not in figures
    read_twice.codings.decide(one.id, "neither")
    figures = dict(read_twice.reports.study().tables[0].rows)
    assert figures["Disagreements decided by consensus"] == 1
    assert figures["Agreement after consensus, in percent of sentences"] == "100.0"
    assert float(str(figures["Agreement before consensus, in percent of sentences"])) < 100
    assert (figures["Coders"], figures["Codings"]) == (1, 1)
    read_twice.readings.remove("n1", coder="R2")
    figures = dict(read_twice.reports.study().tables[0].rows)
    assert "Agreement after consensus, in percent of sentences" not in figures


def test_a_consensus_in_another_spelling_is_the_same_coder(read_twice: Project) -> None:
    coded(read_twice, "Consensus", 60, 70)
    one = coded(read_twice, "R1", 0, 20)
    [made] = read_twice.codings.decide(one.id, "1")
    assert made.coder == "Consensus"
    assert [each.decision for each in read_twice.codings.disagreements()] == ["as R1"]
    assert cell(read_twice).quotes == 2
    assert read_twice.reports.agreement(draws=0, consensus=True).objects[0]["both"] == 2
