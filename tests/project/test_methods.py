"""`project.reports.methods`: the sample, an empty study, and declared answers."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import InputError, NotFoundError
from sibtui.model.claims.claim import Claim
from sibtui.model.method_standards import METHOD_STANDARDS
from sibtui.project import Project

from .study import add_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sibtui.model.method_standards import MethodStandard


@pytest.fixture
def own(sample: Project, tmp_path: Path) -> Iterator[Project]:
    with Project.open(shutil.copy(sample.path, tmp_path / "own.sibtui"), coder="R9") as project:
        yield project


def answers(project: Project, standard: MethodStandard = "coreq") -> dict[str, tuple[str, str]]:
    rows = project.reports.methods(standard).to_dicts()
    return {str(row["number"]): (str(row["answer"]), str(row["from"])) for row in rows if row["part"] != "figures"}


def figures(project: Project) -> dict[str, str]:
    return {str(row["item"]): str(row["answer"]) for row in project.reports.methods("none").to_dicts()}


@pytest.mark.parametrize("standard", METHOD_STANDARDS)
def test_an_empty_study_has_only_items_to_complete(empty: Project, standard: MethodStandard) -> None:
    table = empty.reports.methods(standard)
    assert {row[-2:] for row in table.rows} == ({("[TO COMPLETE]", "TO COMPLETE")} if standard != "none" else set())
    assert table.below[-1] == "Paragraph: [TO COMPLETE]"


def test_the_sample_answers_the_items_that_can_be_counted(sample: Project) -> None:
    found = answers(sample)
    counted = {number for number, (_, origin) in found.items() if origin == "counted"}
    assert counted == {"12", "16", "18", "19", "20", "22", "24", "25", "26", "27", "29", "30", "31", "32"}
    assert found["12"][0] == "12 interviews with 19 people on 4 cases."
    assert found["19"][0].startswith("0 of 12 interviews hold words as spoken")
    assert found["18"][0] == "In part: 2 of 9 organisations gave several interviews."
    assert "6+2" in found["22"][0]
    assert (found["24"][0], found["25"][0]) == ("4 coders.", "6 themes and 38 codes below them.")
    assert found["26"][0] == "Codes by origin: 31 deductive, 13 emergent."
    counted = {number for number, (_, origin) in answers(sample, "srqr").items() if origin == "counted"}
    assert counted == {"10", "12", "14", "15", "16", "17"}


def test_the_figures_of_the_sample_are_counted(sample: Project) -> None:
    found = figures(sample)
    assert found["Codings by coder"] == "R1 226; R3 154; R2 138; R4 116"
    assert found["Judgements"] == "1 of 88 cells"
    assert found["Codes merged"] == "3 (2020-05-06 to 2020-05-12)"
    assert found["Interviews with words as spoken"] == "0"
    below = sample.reports.methods().below[-1]
    assert "4 coders made 634 codings between 2020-05-14 and 2020-05-22" in below
    assert "saturation" not in below


def test_a_declared_answer_is_an_act_and_can_be_removed(own: Project) -> None:
    own.set_study(methods={"Sampling": "  purposive,  four contracts", "software": "Also R."})
    found = answers(own)
    assert found["10"] == ("purposive, four contracts", "declared")
    assert found["27"][1] == "counted and declared"
    assert "Sampling: purposive, four contracts." in own.reports.methods().below[-1]
    own.set_study(methods={"sampling": "at random", "software": ""})
    assert (answers(own)["10"][0], answers(own)["27"][1]) == ("at random", "counted")
    own.history.undo(2)
    assert answers(own)["10"] == ("[TO COMPLETE]", "TO COMPLETE")
    with pytest.raises(NotFoundError, match="No item of the methods is named “samplings”"):
        own.set_study(methods={"samplings": "x"})
    with pytest.raises(InputError, match="reporting standard"):
        own.reports.methods("strobe")  # type: ignore[arg-type]


def test_participants_people_and_claims_are_counted_when_they_are_there(own: Project) -> None:
    own.attributes.add("source", "participants")
    own.sources.set("a1", attributes={"participants": "P1; P2"})
    own.sources.set("a2", attributes={"participants": "P2"})
    own.attributes.remove("source", "people")
    for claim in own.claims.list():
        own.claims.remove(claim.key)
    own.claims.add(Claim("C49", "Six themes.", codebook="themes", statement="six"))
    own.set_study(agreement="by discussion")
    own.readings.add("a1", coder="R2")
    found = answers(own)
    assert found["18"][0] == "1 of 2 named participants took part in several interviews."
    assert found["12"][0] == "12 interviews on 4 cases."
    assert found["30"][0] == "Of 1 claim of the paper, 1 holds, 0 with reserve, 0 contradicted, 0 not checkable."
    assert (
        answers(own, "srqr")["15"][0]
        == "1 source read by several coders; 1 judgement with reasons; agreement: by discussion."
    )
    assert "People in interviews" not in figures(own)


def test_a_small_study_leaves_out_what_it_lacks(coded: Project) -> None:
    found = answers(coded)
    assert found["22"] == ("[TO COMPLETE]", "TO COMPLETE")
    assert found["29"] == ("[TO COMPLETE]", "TO COMPLETE")
    assert found["24"][0] == "2 coders."


def test_the_item_on_saturation_names_the_unread_interviews(own: Project) -> None:
    add_source(own, "n9", attributes={"date": "2020-03-01"})
    sentence = answers(own)["22"][0]
    assert "at 6+2 (interviews 7 and 8 brought 1 of 33)" in sentence
    assert sentence.endswith(" 1 of 13 interviews is left out, because nobody has read or coded it: n9.")
