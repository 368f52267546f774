"""Agreement in a study: who read what, which codings count, and the reference values from end to end."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sibtui.errors import InputError, NotFoundError
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.project import Project
from sibtui.project.importing.study_folder_reader import sample_draft

from .study import add_code, add_source, apply_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.table import Table

METHOD = Path(__file__).parents[1] / "data" / "method"
REFERENCE: dict[str, Any] = {
    each["id"]: each["expected"]
    for each in json.loads((METHOD / "reference_values_2.json").read_text(encoding="utf-8"))
    if each["id"] in {"ten_sentences", "nvivo_characters", "alphaU_end_to_end"}
}
TEN = " ".join(f"Sentence number {at} is here." for at in range(10))
LONG = len("Sentence number 0 is here.") + 1


def row(table: Table, label: str = "C") -> dict[str, Any]:
    """Return the row of a code, a source or a pair as JSON has it."""
    return next(dict(each) for each in table.objects if label in each.values())


def read(project: Project, source: str, *coders: str, **fields: Any) -> None:
    for coder in coders:
        project.readings.add(source, coder=coder, **fields)


def code_sentences(project: Project, coder: str, *numbers: int, code: str = "C", source: str = "n1") -> None:
    for at in numbers:
        apply_code(project, source, code, at * LONG, (at + 1) * LONG - 1, coder=coder)


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study, which four coders have read, each in other sources. The tests only read it."""
    file = tmp_path_factory.mktemp("sample") / "sample.sibtui"
    Project.create(file, draft=sample_draft(), coder="R9").close()
    return file


@pytest.fixture
def sample(sample_file: Path) -> Iterator[Project]:
    with Project.open(sample_file, coder="R9") as project:
        yield project


@pytest.fixture
def ten(empty: Project) -> Project:
    """A note of ten sentences that two coders have read: one coded the sentences 1 and 8, the other 1, 2, 5 and 7."""
    add_source(empty, "n1", "SIB A", text=TEN)
    add_code(empty, "C")
    code_sentences(empty, "R1", 1, 8)
    code_sentences(empty, "R2", 1, 2, 5, 7)
    read(empty, "n1", "R1", "R2")
    return empty


def test_ten_sentences_have_the_reference_values(ten: Project) -> None:
    expected = REFERENCE["ten_sentences"]
    found = row(ten.reports.agreement(draws=0, extras=["ac1", "brennan-prediger", "negative", "jaccard"]))
    assert [found[name] for name in ("units", "both", "only_a", "only_b", "neither")] == [10, 1, 1, 3, 5]
    assert found["percent"] == pytest.approx(100 * expected["percent"])
    for ours, theirs in (
        ("kappa", "kappa"), ("alpha", "alpha"), ("positive_agreement", "positive_agreement"),
        ("negative_agreement", "negative_agreement"), ("jaccard", "jaccard"), ("ac1", "AC1"), ("brennan_prediger", "brennan_prediger"),
    ):  # fmt: skip
        assert found[ours] == pytest.approx(expected[theirs])


def test_characters_have_the_values_of_nvivo(empty: Project) -> None:
    add_source(empty, "n1", "SIB A", text="x" * 1000)
    add_code(empty, "C")
    apply_code(empty, "n1", "C", 0, 150, coder="R1")
    apply_code(empty, "n1", "C", 100, 200, coder="R2")
    read(empty, "n1", "R1", "R2")
    found, expected = row(empty.reports.agreement(unit="character", draws=0)), REFERENCE["nvivo_characters"]
    assert found["percent"] == pytest.approx(100 * expected["percent"])
    assert found["kappa"] == pytest.approx(expected["kappa"])


def test_segments_have_the_values_of_krippendorff(empty: Project) -> None:
    add_source(empty, "n1", "SIB A", text="x" * 300)
    for name in ("c", "k"):
        add_code(empty, name)
    places = {
        ("c", "R1"): [(75, 145), (220, 250)],
        ("c", "R2"): [(70, 150), (205, 225), (250, 270)],
        **{("k", coder): [(30, 90), (150, 200)] for coder in ("R1", "R2")},
    }
    for (code, coder), spans in places.items():
        for start, end in spans:
            apply_code(empty, "n1", code, start, end, coder=coder)
    read(empty, "n1", "R1", "R2")
    table, expected = empty.reports.agreement(unit="free"), REFERENCE["alphaU_end_to_end"]
    assert row(table, "c")["alpha_u"] == pytest.approx(expected["c"], abs=1e-6)
    assert row(table, "k")["alpha_u"] == expected["k"]
    assert row(table, "all codes")["alpha_u"] == pytest.approx(expected["all"], abs=1e-6)


def test_segments_of_several_sources_lie_end_to_end(empty: Project) -> None:
    add_code(empty, "C")
    for name, length in (("n1", 40), ("unread", 500), ("n2", 60)):
        add_source(empty, name, "SIB A", text="x" * length)
        for coder in ("R1", "R2"):
            apply_code(empty, name, "C", 10, 20, coder=coder)
    read(empty, "n1", "R1", "R2")
    read(empty, "n2", "R1", "R2")
    read(empty, "unread", "R1")
    found = row(empty.reports.agreement(unit="free"))
    assert (found["segments_a"], found["characters_both"], found["alpha_u"]) == (2, 20, 1.0)


def test_a_study_in_which_no_two_coders_read_one_source_has_no_agreement(sample: Project) -> None:
    for unit in ("sentence", "free"):
        with pytest.raises(NotFoundError, match="not computable: no two coders have read the same source"):
            sample.reports.agreement(unit=unit)  # type: ignore[arg-type]


def test_a_code_that_is_younger_than_a_reading_is_not_computable(ten: Project) -> None:
    add_code(ten, "Later")
    found = row(ten.reports.agreement(draws=0), "Later")
    assert (found["units"], found["kappa"]) == (0, None)
    assert found["why"] == "no two coders have read the same source for it"
    read(ten, "n1", "R1", "R2", codes="Later")
    found = row(ten.reports.agreement(draws=0), "Later")
    assert (found["units"], found["kappa"], found["why"]) == (10, None, "no variation: no unit has the code")


OLDER = "(the code is newer than the reading)"


def test_readings_that_are_older_than_a_code_are_named_below_the_reports(ten: Project) -> None:
    add_code(ten, "Later")
    expected = f"Left out: R1 and R2 have not read n1 again for Later {OLDER}."
    assert expected in ten.reports.agreement(draws=0).below
    assert expected in ten.reports.agreement(unit="free").below
    assert expected in ten.reports.disagreements().below
    read(ten, "n1", "R2")
    expected = f"Left out: R1 has not read n1 again for Later {OLDER}."
    assert expected in ten.reports.agreement(draws=0).below
    read(ten, "n1", "R1", codes="Later")
    assert not [line for line in ten.reports.agreement(draws=0).below if line.startswith("Left out")]


def test_an_error_names_the_readings_that_are_older_than_all_codes(ten: Project) -> None:
    add_code(ten, "Later")
    read(ten, "n1", "R1")
    message = f"have read the same source: R2 has not read n1 again for Later {re.escape(OLDER)}"
    with pytest.raises(NotFoundError, match=message):
        ten.reports.disagreements(code="Later")
    with pytest.raises(NotFoundError, match=message):
        ten.reports.agreement(code="Later", coder=["R1", "R2"])


def test_a_coder_whose_readings_are_all_older_than_the_codes_is_named(ten: Project) -> None:
    add_code(ten, "Later")
    read(ten, "n1", "R9", at="2020-01-01")
    lines = ten.reports.agreement(draws=0).below
    assert "A is R1, B is R2." in lines
    [left_out] = [line for line in lines if line.startswith("Left out")]
    assert f"R9 has not read n1 again for C and Later {OLDER}" in left_out


def test_an_older_reading_of_a_source_that_no_other_coder_has_read_is_not_named(ten: Project) -> None:
    add_source(ten, "n2", "SIB A", text=TEN)
    read(ten, "n2", "R1")
    add_code(ten, "Later")
    read(ten, "n1", "R1", "R2")
    assert not [line for line in ten.reports.agreement(draws=0).below if line.startswith("Left out")]


def test_an_older_reading_of_a_round_is_named_with_the_round(ten: Project) -> None:
    ten.rounds.start("again", coder="R1")
    read(ten, "n1", "R1")
    ten.rounds.end(coder="R1")
    ten.codes.set("C", reread="It is wider now.")
    add_code(ten, "Later")
    read(ten, "n1", "R1", codes="Later")
    message = "R1 in round 1 and R1 in round 2 have not read n1 again for C \\(It is wider now\\)"
    with pytest.raises(NotFoundError, match=message):
        ten.reports.agreement(coder="R1", round=[1, 2])


def test_a_source_that_one_coder_has_read_does_not_count(ten: Project) -> None:
    add_source(ten, "n2", "SIB A", text=TEN)
    code_sentences(ten, "R1", 1, 2, 3, source="n2")
    read(ten, "n2", "R1")
    assert row(ten.reports.agreement(draws=0))["units"] == 10
    assert "Read by both coders: 1 of 2 sources." in ten.reports.agreement(draws=0).below


@pytest.mark.parametrize("chosen", [{"where": "source n1"}, {"attribute": {"mode": "phone"}}])
def test_a_source_that_the_query_leaves_out_has_no_units(ten: Project, chosen: dict[str, Any]) -> None:
    ten.attributes.add("source", "mode")
    add_source(ten, "n2", "SIB A", text=TEN, attributes={"mode": "online"})
    ten.sources.set("n1", attributes={"mode": "phone"})
    code_sentences(ten, "R1", 3, source="n2")
    read(ten, "n2", "R1", "R2")
    assert row(ten.reports.agreement(draws=0))["units"] == 20
    found = ten.reports.agreement(draws=0, **chosen)
    assert row(found)["units"] == 10
    assert "Read by both coders: 1 of 1 source." in found.below


@pytest.mark.parametrize("where", ["code C", "code C and source n1", "code C inside code Other or exactly C"])
def test_a_code_that_the_query_leaves_out_is_not_compared(ten: Project, where: str) -> None:
    add_code(ten, "Other")
    code_sentences(ten, "R1", 4, code="Other")
    read(ten, "n1", "R1", "R2")
    assert ten.reports.agreement(draws=0, where=where).rows == ten.reports.agreement(draws=0, code="C").rows
    assert len(ten.reports.agreement(draws=0, where="coder R1 or coder R2").rows) == 3


def test_one_common_unit_has_no_variation(empty: Project) -> None:
    add_source(empty, "n1", "SIB A", text="One sentence.")
    add_code(empty, "C")
    for coder in ("R1", "R2"):
        apply_code(empty, "n1", "C", 0, 3, coder=coder)
    read(empty, "n1", "R1", "R2")
    found = row(empty.reports.agreement(draws=0))
    assert (found["both"], found["kappa"], found["alpha"]) == (1, None, None)
    assert found["why"] == "no variation: every unit has the code"


def test_a_code_of_one_coder_has_a_kappa_of_zero(empty: Project) -> None:
    add_source(empty, "n1", "SIB A", text=TEN)
    add_code(empty, "C")
    code_sentences(empty, "R1", 1, 4)
    read(empty, "n1", "R1", "R2")
    found = row(empty.reports.agreement(coder=["R1", "R2"], draws=0))
    assert (found["kappa"], round(found["alpha"], 4)) == (0.0, -0.0556)


def test_coders_who_agree_on_units_that_vary_have_a_kappa_of_one(empty: Project) -> None:
    add_source(empty, "n1", "SIB A", text=TEN)
    add_code(empty, "C")
    for coder in ("R1", "R2"):
        code_sentences(empty, coder, 1, 4)
    read(empty, "n1", "R1", "R2")
    found = row(empty.reports.agreement(draws=0))
    assert (found["kappa"], found["alpha"], found["percent"]) == (1.0, 1.0, 100.0)


def test_codings_of_sub_codes_count_for_the_code_above(empty: Project) -> None:
    add_source(empty, "n1", "SIB A", text=TEN)
    for path in ("T/A", "T/B"):
        add_code(empty, path)
    code_sentences(empty, "R1", 1, code="T/A")
    code_sentences(empty, "R2", 1, code="T/B")
    read(empty, "n1", "R1", "R2")
    assert row(empty.reports.agreement(draws=0), "T")["kappa"] == 1.0
    alone = empty.reports.agreement(draws=0, subcodes=False)
    assert row(alone, "T")["why"] == "no variation: no unit has the code"
    assert row(alone, "T/A")["kappa"] == 0.0
    assert "The codings of a code include those of its sub-codes." not in alone.below
    assert [each["code"] for each in empty.reports.agreement(draws=0, code="T/B").objects] == ["T/B", "all codes"]


def themed(project: Project, *codes: str) -> Project:
    """Add a source and codes. R1 and R2 have read the source for all of them, and R1 alone for the younger code T/New."""
    add_source(project, "n1", "SIB A", text=TEN)
    for path in codes:
        add_code(project, path)
    read(project, "n1", "R1", "R2")
    code_sentences(project, "R1", 1, code="T/A")
    code_sentences(project, "R2", 1, code="T/A")
    add_code(project, "T/New")
    read(project, "n1", "R1", codes="T/New")
    code_sentences(project, "R1", 5, code="T/New")
    return project


WITHOUT_SUBCODES = "Left out: R2 has not read n1 for all sub-codes of T."


def test_a_theme_is_read_only_if_all_its_sub_codes_are_read(empty: Project) -> None:
    project = themed(empty, "T/A", "T/A/B", "U/C")
    table = project.reports.agreement(draws=0)
    for code in ("T", "T/New"):
        found = row(table, code)
        assert (found["units"], found["why"]) == (0, "no two coders have read the same source for it")
    assert {code: (row(table, code)["both"], row(table, code)["only_a"]) for code in ("T/A", "all codes")} == {
        "T/A": (1, 0), "all codes": (1, 0),
    }  # fmt: skip
    assert f"Left out: R2 has not read n1 again for T/New {OLDER}." in table.below
    assert WITHOUT_SUBCODES in table.below
    alone = project.reports.agreement(draws=0, subcodes=False)
    assert (row(alone, "T")["units"], WITHOUT_SUBCODES in alone.below) == (10, False)
    read(project, "n1", "R2", codes="T/New")
    table = project.reports.agreement(draws=0)
    assert (row(table, "T")["both"], row(table, "T")["only_a"], row(table, "T")["units"]) == (1, 1, 10)
    assert not [line for line in table.below if line.startswith("Left out")]


def test_a_retired_sub_code_need_not_be_read(empty: Project) -> None:
    project = themed(empty, "T/A")
    project.codes.retire("T/New")
    table = project.reports.agreement(draws=0)
    assert row(table, "T")["units"] == 10
    assert not [line for line in table.below if line.startswith("Left out")]


def test_codings_of_a_retired_sub_code_do_not_count_for_the_code_above(empty: Project) -> None:
    project = themed(empty, "T/A")
    code_sentences(project, "R1", 7, code="T/New")
    add_code(project, "T/New/Deep")
    read(project, "n1", "R1", "R2")
    code_sentences(project, "R2", 8, code="T/New/Deep")
    project.codes.retire("T/New")
    found = row(project.reports.agreement(draws=0), "T")
    assert (found["both"], found["only_a"], found["only_b"]) == (1, 0, 1)
    free = row(project.reports.agreement(unit="free"), "T")
    assert (free["segments_a"], free["segments_b"]) == (1, 2)


def test_a_sub_code_below_a_retired_code_must_be_read(empty: Project) -> None:
    project = themed(empty, "T/A")
    add_code(project, "T/Old/Deep")
    read(project, "n1", "R1")
    read(project, "n1", "R2", codes=["T/New"])
    project.codes.retire("T/Old")
    assert row(project.reports.agreement(draws=0), "T")["units"] == 0
    assert WITHOUT_SUBCODES in project.reports.agreement(draws=0).below


def test_free_segments_of_a_theme_count_only_where_its_sub_codes_are_read(empty: Project) -> None:
    project = themed(empty, "T/A")
    table = project.reports.agreement(unit="free")
    assert row(table, "T/A")["alpha_u"] == 1.0
    assert row(table, "T")["alpha_u"] is None
    assert WITHOUT_SUBCODES in table.below
    read(project, "n1", "R2", codes="T/New")
    assert row(project.reports.agreement(unit="free"), "T")["alpha_u"] is not None


def test_disagreements_on_a_theme_itself_need_no_readings_of_its_sub_codes(empty: Project) -> None:
    project = themed(empty, "T/A")
    code_sentences(project, "R1", 7, code="T")
    [found] = project.codings.disagreements()
    assert (found.first.code if found.first else "", found.kind) == ("T", "only A")
    assert WITHOUT_SUBCODES not in project.reports.disagreements().below


def test_a_reread_sub_code_leaves_its_theme_out_for_each_coder(empty: Project) -> None:
    project = themed(empty, "T/A", "U/C")
    read(project, "n1", "R2", codes="T/New")
    project.codes.set("T/A", reread="It is wider now.")
    table = project.reports.agreement(draws=0)
    assert (row(table, "T")["units"], row(table, "U")["units"]) == (0, 10)
    assert "Left out: R1 and R2 have not read n1 for all sub-codes of T." in table.below


def test_codings_of_a_merged_code_count_where_they_are_now(ten: Project) -> None:
    add_code(ten, "D")
    read(ten, "n1", "R1", "R2")
    code_sentences(ten, "R1", 2, code="D")
    ten.codes.merge("D", "C")
    read(ten, "n1", "R1", "R2")
    table = ten.reports.agreement(draws=0)
    assert row(table)["both"] == 2
    assert "Codings of merged codes count for the codes that took them in (1 merge)." in table.below


def test_retired_codes_are_left_out(ten: Project) -> None:
    add_code(ten, "Old")
    read(ten, "n1", "R1", "R2")
    ten.codes.retire("Old")
    table = ten.reports.agreement(draws=0)
    assert [each["code"] for each in table.objects] == ["C", "all codes"]
    assert "1 retired code left out." in table.below


def test_codings_without_a_decided_place_are_left_out(ten: Project) -> None:
    text = ten.sources.text("n1")
    ten.sources.correct("n1", text.replace("Sentence number 8 is here.", "Nothing of this remained."))
    assert ten.codings.undecided()
    table = ten.reports.agreement(draws=0)
    assert [row(table)[name] for name in ("units", "both", "only_a", "only_b")] == [10, 1, 0, 3]
    assert "1 coding without a decided place in a corrected text left out." in table.below


def test_codings_without_a_case_count_until_cases_are_chosen(ten: Project) -> None:
    add_source(ten, "n2", text=TEN)
    for coder in ("R1", "R2"):
        code_sentences(ten, coder, 3, source="n2")
    read(ten, "n2", "R1", "R2")
    assert row(ten.reports.agreement(draws=0))["both"] == 2
    chosen = ten.reports.agreement(draws=0, case="SIB A")
    assert (row(chosen)["both"], row(chosen)["units"]) == (1, 10)
    assert "Case: SIB A only." in chosen.below


def test_rows_can_be_sources(ten: Project) -> None:
    add_source(ten, "n2", "SIB A", text="")
    add_source(ten, "n3", "SIB A", text=TEN)
    for name in ("n2", "n3"):
        read(ten, name, "R1", "R2")
    code_sentences(ten, "R1", 0, source="n3")
    table = ten.reports.agreement(by="source", draws=20)
    assert [(each["source"], each["units"]) for each in table.objects] == [
        ("n1", 10), ("n2", 0), ("n3", 10), ("all codes", 20),
    ]  # fmt: skip
    assert row(table, "n3")["kappa"] == 0.0


def test_rows_can_be_pairs_of_coders(ten: Project) -> None:
    read(ten, "n1", "R3")
    table = ten.reports.agreement(by="coder pair", draws=20)
    assert [each["coder_pair"] for each in table.objects] == ["R1 and R2", "R1 and R3", "R2 and R3"]
    assert row(table, "R1 and R2")["kappa"] == pytest.approx(1 / 11)
    three = ten.reports.agreement(draws=0)
    assert (row(three)["all"], row(three)["some"], row(three)["none"]) == (0, 5, 5)
    assert row(ten.reports.agreement(coder=["R1", "R2"], draws=0))["both"] == 1


def test_the_interval_draws_units_of_few_sources_and_else_sources(ten: Project) -> None:
    few = ten.reports.agreement(draws=200)
    assert any("200 random draws of units (seed 1)" in line for line in few.below)
    assert row(few)["low"] < row(few)["alpha"] < row(few)["high"]
    for at in range(2, 12):
        add_source(ten, f"n{at}", "SIB A", text=TEN)
        code_sentences(ten, "R1", 1, 2, source=f"n{at}")
        code_sentences(ten, "R2", 1, 2 + at % 2, source=f"n{at}")
        read(ten, f"n{at}", "R1", "R2")
    many = ten.reports.agreement(draws=200, seed=4)
    assert any("200 random draws of sources (seed 4)" in line for line in many.below)
    assert row(many)["low"] < row(many)["alpha"] < row(many)["high"]
    assert many == ten.reports.agreement(draws=200, seed=4)
    assert row(many)["low"] != row(ten.reports.agreement(draws=200, seed=5))["low"]


@pytest.mark.parametrize(
    ("unit", "units"), [("sentence", 7), ("paragraph", 5), ("turn", 4), ("source", 1), ("character", 78)]
)
def test_the_units_of_a_transcript_are_counted(empty: Project, unit: Any, units: int) -> None:
    add_source(
        empty,
        "t",
        "SIB A",
        text="# Talk\n\nAnn: We left. It was late.\n\nBen: Why? Was it far?\n\nAnn: No.\n\nBen: Ok.\n",
    )
    add_code(empty, "C")
    read(empty, "t", "R1", "R2")
    found = row(empty.reports.agreement(unit=unit, draws=0, coder=["R1", "R2"]))
    assert found["units"] == units
    if unit in {"sentence", "paragraph"}:
        without = empty.reports.agreement(unit=unit, draws=0, headings=False)
        assert row(without)["units"] == units - 1
        assert "Headings are no units." in without.below


def test_the_part_of_a_sentence_that_codings_must_cover_can_be_chosen(ten: Project) -> None:
    apply_code(ten, "n1", "C", 0, 8, coder="R1")
    apply_code(ten, "n1", "C", 0, 26, coder="R2")
    both = [row(ten.reports.agreement(touch=touch, draws=0))["both"] for touch in ("any", "half", "all")]  # type: ignore[arg-type]
    assert both == [2, 1, 1]


@pytest.mark.parametrize(
    ("unit", "arguments", "named"),
    [
        ("free", {"by": "source"}, "by does"),
        ("free", {"touch": "all", "headings": False, "extras": "ac1"}, "touch, headings and extras do"),
        ("character", {"touch": "half", "headings": False}, "touch and headings do"),
        ("source", {"headings": False}, "headings does"),
        ("sentence", {"merge_touching": True}, "merge_touching does"),
    ],
)
def test_arguments_without_effect_on_the_unit_are_refused(
    ten: Project, unit: Any, arguments: dict[str, Any], named: str
) -> None:
    with pytest.raises(InputError, match=f"^{named} not go with the unit “{unit}”"):
        ten.reports.agreement(unit=unit, **arguments)


def test_names_and_values_that_do_not_exist_are_refused(ten: Project) -> None:
    with pytest.raises(NotFoundError, match="R9"):
        ten.reports.agreement(coder=["R1", "R9"])
    with pytest.raises(InputError, match="only one was named"):
        ten.reports.agreement(coder="R1")
    with pytest.raises(InputError, match="not a valid unit"):
        ten.reports.agreement(unit="word")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="not a valid coefficient"):
        ten.reports.agreement(extras="tau")  # type: ignore[arg-type]


def test_the_progress_names_each_source(ten: Project) -> None:
    steps: list[tuple[int, int]] = []
    ten.reports.agreement(draws=0, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 1)]


def test_coefficients_of_two_coders_are_refused_for_three(sample: Project) -> None:
    for coder in ("R1", "R2", "R3"):
        sample.readings.add("b1", coder=coder)
    three = {"coder": ["R1", "R2", "R3"], "source": "b1", "draws": 0}
    with pytest.raises(InputError, match=r"^ac1 and jaccard are for two coders, and 3 are compared: name two of them"):
        sample.reports.agreement(extras=["ac1", "jaccard"], **three)
    with pytest.raises(InputError, match=r"^ac1 is for two coders"):
        sample.reports.agreement(extras="ac1", by="source", **three)
    table = sample.reports.agreement(extras="ac1", by="coder pair", **three)
    assert "AC1" in table.columns


def test_cells_are_computed_from_the_codings_of_each_coder(sample: Project) -> None:
    table = sample.reports.cell_agreement("table-1")
    assert table.columns[2:6] == ("R1", "R2", "R3", "R4")
    own = {coder: sample.matrices.show("table-1", coders=coder) for coder in ("R1", "R2")}
    found = [each for each in table.objects if each.get("column") == "SIB A"]
    assert [each["states"]["R1"] for each in found] == [line.cells[0].state for line in own["R1"].rows]
    read_by_r2 = {case for source in sample.sources.list() if "R2" in source.read_by for case in source.cases}
    assert {each["states"]["R2"] is None for each in found} == {"SIB A" not in read_by_r2}


def test_cells_of_coders_have_no_judgements_if_the_matrix_counts_one_coder(sample: Project) -> None:
    row = RowDefinition("Rates", codes="Rate card")
    sample.matrices.define(MatrixDefinition("m", "M", rows=(row,), coders="R1"))
    before = sample.reports.cell_agreement("m", ["R1", "R2"]).objects
    assert before[0]["states"]["R1"] != "no data"
    sample.matrices.judge("m", "Rates", "SIB A", "no data", "A test.")
    assert sample.reports.cell_agreement("m", ["R1", "R2"]).objects == before


def test_cells_of_a_matrix_of_coders_cannot_be_compared(sample: Project) -> None:
    definition = MatrixDefinition("m", "M", rows=(RowDefinition("Rate card", codes=("Rate card",)),), columns="coders")
    with pytest.raises(InputError, match="no cells to compare"):
        sample.reports.cell_agreement(definition)


def test_disagreements_are_listed_with_the_sentence_around(ten: Project) -> None:
    table = ten.reports.disagreements()
    assert [(each["kind"], each["start"] // LONG) for each in table.objects] == [
        ("only B", 2), ("only B", 5), ("only B", 7), ("only A", 8),
    ]  # fmt: skip
    assert table.objects[0]["sentence"] == "Sentence number 2 is here."
    assert table.objects[0]["second"]["quote"] == "Sentence number 2 is here."
    assert "A is R1, B is R2." in table.below


def test_only_codings_in_sources_that_both_have_read_can_disagree(ten: Project) -> None:
    add_source(ten, "n2", "SIB A", text=TEN)
    code_sentences(ten, "R1", 1, source="n2")
    read(ten, "n2", "R1")
    add_code(ten, "Later")
    code_sentences(ten, "R1", 0, code="Later")
    assert {(each["source"], each["kind"]) for each in ten.reports.disagreements().objects} == {
        ("n1", "only A"),
        ("n1", "only B"),
    }
    assert len(ten.reports.disagreements().objects) == 4


def test_disagreements_are_between_two_coders(ten: Project) -> None:
    read(ten, "n1", "R3")
    with pytest.raises(InputError, match="3 are compared: name two of them"):
        ten.reports.disagreements()
    apply_code(ten, "n1", "C", coder="R4")  # a named coder without a reading
    with pytest.raises(InputError, match="3 are compared: name two of them"):
        ten.reports.disagreements(coder=["R1", "R2", "R4"])
    assert len(ten.reports.disagreements(coder=["R1", "R3"]).objects) == 2
