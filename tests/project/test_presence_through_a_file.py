"""The worked cells of the method, each through a study file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.model.drafts import CodeDraft, CodingDraft, SourceDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.model.presence import Rule
from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.matrix import Cell

METHOD = Path(__file__).parents[1] / "data" / "method"
VECTORS = json.loads((METHOD / "presence_vectors.json").read_text(encoding="utf-8"))
REFERENCE = json.loads((METHOD / "reference_values_2.json").read_text(encoding="utf-8"))
MORE = next(entry["vectors"] for entry in REFERENCE if entry["id"] == "presence_more")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    """Sources I01 to I09 of case A, each read by R1; code T/row."""
    ticks = iter(range(10_000))
    with Project.create(tmp_path / "s.sibtui", coder="R1") as made:
        made._session.now = lambda: f"2024-01-01T10:00:00.{next(ticks):04d}Z"
        made.cases.add("A")
        made.codes.add(CodeDraft("T/row"))
        yield made


def source(study: Project, name: str, *, cases: tuple[str, ...] = ("A",), read: bool = True) -> None:
    study.sources.add([SourceDraft(name, "x" * 400, cases=cases)])
    if read:
        study.sources.set(name, reading="read")


def code(study: Project, evidence: list, row: str = "T/row") -> None:
    for at, (stance, firm, name, *_) in enumerate(evidence):
        if name not in study.sources.names():
            source(study, name)
        study.codings.add(
            CodingDraft(
                name, row, Segment(10 * at, 10 * at + 5), stance="supports" if stance == "+" else "counters",
                certainty="firm" if firm else "tentative",
            )
        )  # fmt: skip


def cell(study: Project, rule: Rule | None = None, codes: tuple[str, ...] = ("T/row",), **narrowed: object) -> Cell:
    definition = MatrixDefinition("m", "", (RowDefinition("row", codes),), rule=rule or Rule())
    return study.matrices.show(definition, **narrowed).cell("row", "A")


@pytest.mark.parametrize("vector", [pytest.param(vector, id=vector["name"]) for vector in VECTORS])
def test_a_study_file_gives_the_states_that_were_worked_out_by_hand(study: Project, vector: dict) -> None:
    options = vector["options"]
    source(study, "b2", read=vector["all_coded"])
    code(study, vector["evidence"])
    if not vector["asked"]:
        study.sources.set_topic("b2", "T/row", "not asked")
    definition = MatrixDefinition(
        "m", "", (RowDefinition("row", ("T/row",)),), rule=Rule(options.get("tq", 1), options.get("ts", 1))
    )
    study.matrices.define(definition)
    if "override" in options:
        study.matrices.judge("m", "row", "A", options["override"], "because")
    found = study.matrices.show("m").cell("row", "A")
    expected = vector["result"]
    assert (found.computed.replace(" ", "_"), found.state.replace(" ", "_")) == (
        expected["computed"],
        expected["shown"],
    )
    assert (found.quotes, found.tentative, found.counter, found.sources) == tuple(
        expected[field] for field in ("n_pos", "n_tent", "n_neg", "sources")
    )
    if found.computed != "contested":  # fragile too by the rule that is younger than the vectors
        assert found.fragility == vector["fragility"]


@pytest.mark.parametrize("vector", [pytest.param(v, id=v["name"]) for v in MORE if "evidence" in v and "rule" in v])
def test_cells_with_counter_evidence_have_the_states_of_the_reference(study: Project, vector: dict) -> None:
    code(study, vector["evidence"])
    assert cell(study, Rule(*vector["rule"])).computed == vector["computed"]


def test_all_reference_cases_that_need_a_study_file_are_tested() -> None:
    assert [vector["name"] for vector in MORE if not ("evidence" in vector and "rule" in vector)] == [
        "nothing, but a coding of the row waits for its case in a source that touches the case",
        "row draws on a theme with sub-codes; a sub-code is younger than the reading",
        "row draws on a theme; every sub-code is recorded as not asked in every source of the case",
        "evidence narrowed to a coder who has read none of the sources of the case",
        "young code merged into an old one; source read between the two",
    ]


def test_a_coding_without_a_case_makes_the_cases_of_its_source_incomplete(study: Project) -> None:
    study.cases.add("B")
    source(study, "both", cases=("A", "B"))
    study.codings.add(CodingDraft("both", "T/row", Segment(0, 5)))
    found = cell(study)
    assert (found.computed, found.reasons) == ("incomplete", ("1 coding waits for its case",))


def test_a_sub_code_that_is_younger_than_the_reading_makes_its_row_incomplete(study: Project) -> None:
    source(study, "b1")
    assert cell(study, codes=("T",)).computed == "absent"
    study.codes.add(CodeDraft("T/new"))
    found = cell(study, codes=("T",))
    assert found.computed == "incomplete"
    assert "not read again for T/new" in found.reasons[0]


def test_a_theme_whose_codes_were_not_asked_in_any_source_has_no_data(study: Project) -> None:
    study.codes.add(CodeDraft("T/other"))
    for name in ("b1", "b2"):
        source(study, name)
        for topic in ("T/row", "T/other"):
            study.sources.set_topic(name, topic, "not asked")
    assert cell(study, codes=("T",)).computed == "no data"


def test_readings_of_others_do_not_count_if_the_evidence_is_limited_to_coders(study: Project) -> None:
    source(study, "b1")
    study.codings.add(CodingDraft("b1", "T", Segment(0, 5), coder="R2"))
    assert cell(study).computed == "absent"
    found = cell(study, coders=["R2"])
    assert (found.computed, found.reasons) == ("incomplete", ("R2 has not read b1",))


def test_a_code_with_a_newer_code_merged_in_needs_a_new_reading(study: Project) -> None:
    source(study, "b1")
    assert cell(study).computed == "absent"
    study.codes.add(CodeDraft("T/young"))
    assert cell(study, codes=("T/row", "T/young")).computed == "incomplete"
    study.codes.merge("T/young", into="T/row")
    assert cell(study).computed == "incomplete"
    study.sources.set("b1", reading="read")
    assert cell(study).computed == "absent"
    study.history.undo()
    study.history.undo()
    assert cell(study).computed == "absent"


def test_a_record_of_one_case_leaves_the_other_cases_as_they_are(study: Project) -> None:
    study.cases.add("B")
    source(study, "both", cases=("A", "B"))
    study.sources.set_topic("both", "T/row", "not asked", case="A")
    definition = MatrixDefinition("m", "", (RowDefinition("row", ("T/row",)),))
    shown = study.matrices.show(definition)
    assert [c.computed for c in shown.rows[0].cells] == ["no data", "absent"]


def test_an_edit_elsewhere_in_the_text_leaves_a_judgement_fresh(study: Project) -> None:
    study.sources.add([SourceDraft("b1", "She trusts them. " + "Then a long pause. " * 9 + "The end.", cases="A")])
    study.codings.add(CodingDraft("b1", "T/row", Segment(0, 16)))
    study.matrices.define(MatrixDefinition("m", "", (RowDefinition("row", ("T/row",)),)))
    study.matrices.judge("m", "row", "A", "absent", "irony")
    study.sources.correct("b1", study.sources.text("b1").replace("The end.", "That was all."))
    assert not study.matrices.show("m").cell("row", "A").stale
    study.codings.set(1, certainty="tentative")
    assert (
        study.matrices.show("m").cell("row", "A").changes[0].startswith("1 quote has another stance, certainty or case")
    )
