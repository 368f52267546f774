"""`sibtui report agreement`: the agreement of coders in every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest


@pytest.fixture
def two_coders(sample, run) -> None:
    """The sample study, in which R2 and R9 have read b1, and R9 has coded one passage of it."""
    run("coding", "add", "b1", "Personal budgets", "--span", "200:260", "--coder", "R9")
    run("reading", "add", "b1", "--coder", "R9")


@pytest.mark.usefixtures("sample")
def test_a_study_without_shared_readings_is_refused_with_advice(run) -> None:
    refused = run("report", "agreement")
    assert (refused.status, refused.out) == (1, "")
    assert refused.err == (
        "sibtui: Agreement is not computable: no two coders have read the same source."
        " `sibtui reading add` records who has read a source, with --coder.\n"
    )


@pytest.mark.usefixtures("two_coders")
def test_json_has_full_figures_and_null_with_a_reason(run) -> None:
    rows = run("report", "agreement", "--coders", "R2, R9", "--code", "Personal budgets", "--format", "json").json
    assert list(rows[0]) == [
        "code", "units", "both", "only_a", "only_b", "neither", "percent", "kappa", "alpha", "low", "high", "positive_agreement", "why",
    ]  # fmt: skip
    assert rows[0]["code"] == "Innovative services/Personal budgets"
    unused = run("report", "agreement", "--coders", "R2,R9", "--code", "Flexible workloads", "--format", "json").json[0]
    assert (unused["kappa"], unused["why"]) == (None, "no variation: no unit has the code")


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("coders", ["Doe, Jane,R3", '"Doe, Jane",R3'])
def test_a_coder_with_a_comma_in_the_name_is_compared_and_decided(run, coders: str) -> None:
    run("coding", "add", "d1", "Trust", "--span", "10:50", "--coder", "Doe, Jane")
    run("reading", "add", "d1", "--coder", "Doe, Jane")
    run("reading", "add", "d1", "--coder", "R3")
    first = run("report", "disagreements", "--coders", coders, "--format", "json").json[0]
    assert run("report", "agreement", "--coders", coders, "--bootstrap", "0").status == 0
    decided = run("coding", "decide", str(first["number"]), "--take", "1", "--coders", coders)
    assert (decided.status, "decided: the consensus has" in decided.err) == (0, True)


@pytest.mark.usefixtures("two_coders")
def test_print_rounds_and_csv_does_not(run) -> None:
    chosen = (
        "report",
        "agreement",
        "--coder",
        "R2",
        "--coder",
        "R9",
        "--code",
        "Personal budgets",
        "--unit",
        "character",
    )
    exact = run(*chosen, "--format", "json").json[0]
    written = run(*chosen, "--format", "csv")
    row = next(csv.DictReader(io.StringIO(written.out)))
    assert "sibtui: Code: Personal budgets only.\n" in written.err
    assert float(row["alpha"]) == exact["alpha"]
    assert float(row["percent"]) == exact["percent"]
    printed = run(*chosen, "--format", "md").out
    assert f"| {exact['percent']:.1f} | {exact['kappa']:.3f} |" in printed
    assert "A is R2, B is R9." in printed


@pytest.mark.usefixtures("two_coders")
def test_excel_holds_numbers_with_all_digits(run) -> None:
    from openpyxl import load_workbook

    run("report", "agreement", "--coders", "R2,R9", "--code", "Personal budgets", "--unit", "character", "-o", "a.xlsx")
    exact = run(
        "report",
        "agreement",
        "--coders",
        "R2,R9",
        "--code",
        "Personal budgets",
        "--unit",
        "character",
        "--format",
        "json",
    ).json[0]
    sheet = load_workbook("a.xlsx").active
    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert cells["alpha"].value == exact["alpha"]
    assert (cells["alpha"].number_format, cells["percent"].number_format) == ("0.000", "0.0")


@pytest.mark.usefixtures("two_coders")
def test_the_same_seed_prints_the_same_bytes(run) -> None:
    first, again, other = (
        run("report", "agreement", "--coders", "R2,R9", "--seed", seed, "--bootstrap", "50", "--format", "json").out
        for seed in ("1", "1", "2")
    )
    assert first == again != other
    assert "low" not in json.loads(run("report", "agreement", "--bootstrap", "0", "--format", "json").out)[0]


@pytest.mark.usefixtures("two_coders")
def test_the_cells_of_a_matrix_are_compared(run) -> None:
    rows = run(
        "report", "agreement", "--unit", "cell", "--matrix", "table-1", "--coders", "R2,R9", "--format", "json"
    ).json
    assert {row["states"]["R9"] for row in rows if row.get("column") == "SIB A"} == {None}
    assert [row["compared"] for row in rows[-2:]] == ["present or not", "state"]


@pytest.mark.usefixtures("two_coders")
@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--unit", "cell"), "--unit cell and --matrix go together."),
        (("--matrix", "table-1"), "--unit cell and --matrix go together."),
        (("--unit", "word"), "'word' is not one of"),
        (("--bootstrap", "-1"), "--bootstrap -1: give a whole number of at least 0."),
        (("--merge-touching",), "--merge-touching does not go with --unit sentence."),
        (
            ("--unit", "character", "--touch", "all", "--no-headings"),
            "--touch and --no-headings do not go with --unit character.",
        ),
        (("--unit", "source", "--no-headings"), "--no-headings does not go with --unit source."),
        (("--coders", ","), "--coders needs names with commas between them"),
        (("--coders", ""), "--coders needs names with commas between them"),
        (("--rounds", ","), "--rounds needs numbers from 1"),
    ],
)
def test_options_that_do_not_fit_are_a_usage_error(run, options: tuple[str, ...], words: str) -> None:
    refused = run("report", "agreement", *options)
    assert refused.status == 2
    assert words in refused.err


_FREE = ("--unit", "free")
_CELL = ("--unit", "cell", "--matrix", "table-1", "--coders", "R2,R9")
_WITHOUT_EFFECT_ON_SEGMENTS = [
    ("--by", "source"),
    ("--touch", "all"),
    ("--no-headings",),
    ("--with", "ac1"),
    ("--bootstrap", "10"),
    ("--seed", "2"),
]
_WITHOUT_EFFECT_ON_CELLS = [
    *_WITHOUT_EFFECT_ON_SEGMENTS,
    ("--where", "stance counters"),
    ("--query", "near"),
    ("--source", "b1"),
    ("--stance", "counters"),
    ("--certainty", "firm"),
    ("--text", "budget"),
    ("--code", "Personal budgets"),
    ("--case", "SIB A"),
    ("--kind", "interview"),
    ("--unattributed",),
    ("--speaker", "Ann"),
    ("--merge-touching",),
]


@pytest.mark.usefixtures("two_coders")
@pytest.mark.parametrize(
    ("unit", "option"),
    [(_FREE, each) for each in _WITHOUT_EFFECT_ON_SEGMENTS] + [(_CELL, each) for each in _WITHOUT_EFFECT_ON_CELLS],
    ids=lambda value: value[-1] if value in (_FREE, _CELL) else value[0],
)
def test_an_option_without_effect_on_a_unit_is_a_usage_error(
    run, unit: tuple[str, ...], option: tuple[str, ...]
) -> None:
    refused = run("report", "agreement", *unit, *option)
    assert (refused.status, refused.out) == (2, "")
    assert f"{option[0]} does not go with --unit {unit[1]}." in refused.err


@pytest.mark.usefixtures("two_coders")
def test_all_options_without_effect_are_named(run) -> None:
    refused = run("report", "agreement", *_CELL, "--where", "round 1", "--text", "x", "--by", "code", "--coder", "R3")
    assert "--by, --text and --where do not go with --unit cell." in refused.err


@pytest.mark.usefixtures("two_coders")
@pytest.mark.parametrize("unit", [(), ("--unit", "free"), _CELL[:4]], ids=["sentence", "free", "cell"])
def test_coders_are_those_of_the_list_and_then_those_named_alone(run, unit: tuple[str, ...]) -> None:
    run("reading", "add", "b1", "--coder", "R3")
    named = run("report", "agreement", *unit, "--coders", "R9,R2", "--coder", "R3", "--format", "md").out
    assert "Coders: R9, R2 and R3." in named or "| R9 | R2 | R3 |" in named
    three = run("report", "disagreements", "--coders", "R2,R9", "--coder", "R3")
    assert (three.status, "3 are compared" in three.err) == (1, True)
    two = run("report", "disagreements", "--coders", "R9", "--coder", "R2", "--format", "md").out
    assert "A is R9, B is R2." in two


@pytest.mark.usefixtures("two_coders")
@pytest.mark.parametrize(
    ("options", "words"), [(("--coders", "R2"), "only one was named"), (("--coders", "R2,Nobody"), "Nobody")]
)
def test_coders_that_cannot_be_compared_are_refused(run, options: tuple[str, ...], words: str) -> None:
    refused = run("report", "agreement", *options)
    assert (refused.status, refused.out) == (1, "")
    assert words in refused.err


@pytest.mark.usefixtures("two_coders")
def test_a_report_writes_a_file_in_the_format_of_its_extension(run) -> None:
    assert run("report", "agreement", "--unit", "free", "-o", "free.html").status == 0
    assert "Agreement on segments" in Path("free.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("two_coders")
def test_disagreements_are_listed_side_by_side(run) -> None:
    rows = run("report", "disagreements", "--coders", "R2,R9", "--code", "Personal budgets", "--format", "json").json
    assert {row["kind"] for row in rows} <= {"only A", "only B", "other extent"}
    assert [row["second"]["quote"] for row in rows if row["kind"] == "only B"]
    assert run("report", "disagreements", "--coders", "R2,R9", "-o", "d.xlsx").status == 0
    refused = run("report", "disagreements", "--coders", "R2")
    assert (refused.status, refused.out) == (1, "")


@pytest.mark.usefixtures("two_coders")
def test_a_disagreement_is_decided_by_its_number(run) -> None:
    chosen = ("report", "disagreements", "--coders", "R2,R9", "--format", "json")
    rows = run(*chosen).json
    number = next(row["number"] for row in rows if row["kind"] == "only B")
    decided = run("coding", "decide", str(number), "--take", "2", "--coders", "R2, R9", "--reason", "Agreed on 3 May.")
    assert decided.err == f"sibtui: decided: the consensus has 1 coding ({number + 1}) (`sibtui undo` takes it back).\n"
    assert [row["decision"] for row in run(*chosen).json if row["number"] == number] == ["as R9"]
    assert [row["number"] for row in run(*chosen).json] == [row["number"] for row in rows]
    assert f"Decided: 1 of {len(rows)}." in run(*chosen[:4], "--format", "csv").err
    [made] = run("coding", "list", "--coder", "consensus", "--format", "json").json
    assert (made["start"], made["memo"]) == (200, "Agreed on 3 May.")
    again = run("coding", "decide", str(number), "--take", "neither", "--coders", "R2,R9")
    assert again.err == "sibtui: decided: the consensus has no coding (`sibtui undo` takes it back).\n"


@pytest.mark.usefixtures("two_coders")
def test_agreement_after_consensus_is_higher(run) -> None:
    run("coding", "decide", "635", "--take", "2", "--coders", "R2,R9")
    percents = [
        run("report", "agreement", "--bootstrap", "0", "--format", "json", *options).json[-1]["percent"]
        for options in ((), ("--consensus",))
    ]
    assert percents[0] < percents[1]
    cells = run("report", "agreement", *_CELL, "--consensus", "--format", "md").out
    assert "the codings of the consensus replace those that they settle" in cells


@pytest.mark.usefixtures("two_coders")
@pytest.mark.parametrize("coders", [",", "", " , "])
def test_a_list_without_a_coder_decides_nothing(run, coders: str) -> None:
    refused = run("coding", "decide", "635", "--take", "1", "--coders", coders)
    assert (refused.status, refused.out) == (2, "")
    assert "--coders needs names with commas between them, such as R1,R2, not" in refused.err
    assert run("coding", "list", "--coder", "consensus").status == 1


@pytest.mark.usefixtures("two_coders")
def test_a_number_without_a_disagreement_is_refused_with_advice(run) -> None:
    refused = run("coding", "decide", "12", "--take", "1", "--coders", "R2,R9")
    assert (refused.status, refused.out) == (1, "")
    assert "no two coders have read the same source" in refused.err
    [other] = run("coding", "add", "b1", "Personal budgets", "--span", "200:260", "--coder", "R2").err.splitlines()
    refused = run("coding", "decide", "635", "--take", "1", "--coders", "R2,R9")
    assert refused.err == (
        "sibtui: R2 and R9 do not disagree about coding 635: `sibtui report disagreements` shows their numbers.\n"
    )
    assert "added coding" in other
