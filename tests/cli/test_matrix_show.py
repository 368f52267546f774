"""`sibtui matrix show`: matrices in every format."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("sample")


def marks(matrix: dict) -> dict[str, list[str]]:
    return {row["label"]: [cell["mark"] for cell in row["cells"].values()] for row in matrix["rows"]}


def test_a_matrix_is_shown_with_its_notes_and_legend(run) -> None:
    shown = run("matrix", "show", "table-1")
    assert (shown.status, shown.err) == (0, "")
    lines = shown.out.splitlines()
    assert lines[0] == "Table 1. Types of strengths-based working in each SIB."
    assert any(line.startswith("New recruitment and training practices") and "X ²" in line for line in lines)
    assert lines[-2:] == [
        "X = present; (blank) = rejected, absent",
        "1 cell is a judgement: Use of more co-creation practices, SIB C.",
    ]


def test_without_a_name_all_saved_matrices_are_shown_in_saved_order(run) -> None:
    names = [row["name"] for row in run("matrix", "list", "--format", "json").json]
    assert run("matrix", "show").out == "\n".join(run("matrix", "show", name).out for name in names)
    assert [matrix["name"] for matrix in run("matrix", "show", "--format", "json").json] == names


def test_json_is_an_object_for_one_name_and_a_list_for_several(run) -> None:
    one = run("matrix", "show", "table-1", "--format", "json").json
    assert one["name"] == "table-1"
    both = run("matrix", "show", "table-1", "table-2", "--format", "json").json
    assert both[0] == one
    assert both[1]["name"] == "table-2"


@pytest.mark.parametrize("form", ["csv", "html"])
def test_a_format_for_a_single_matrix_is_refused_for_several_matrices(run, form: str) -> None:
    refused = run("matrix", "show", "table-1", "table-2", "--format", form)
    assert (refused.status, refused.out) == (1, "")
    assert "name one" in refused.err


def test_csv_has_marks_and_notes_in_separate_columns(run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("matrix", "show", "table-1", "--format", "csv").out)))
    row = next(row for row in rows if row["row"].startswith("New recruitment"))
    assert [row[f"SIB {case}"] for case in "ABCD"] == ["X", "X", "", "X"]
    assert row["SIB A note"] == "This includes focusing on using asset-based language"


def test_columns_are_shown_in_the_given_order(run) -> None:
    matrix = run("matrix", "show", "table-1", "--cases", "SIB C, sib a", "--format", "json").json
    assert matrix["columns"] == ["SIB C", "SIB A"]
    assert run("matrix", "show", "table-1", "--case", "SIB C", "--case", "SIB A", "--format", "json").json == matrix


def test_if_only_a_kind_or_coder_counts_judgements_are_left_out_with_a_message(run) -> None:
    whole = marks(run("matrix", "show", "table-1", "--format", "json").json)
    run(
        "matrix", "judge", "table-1", "Integration with community assets", "SIB A", "absent", "--because", "Not theirs."
    )
    for narrowed in (["--kind", "report"], ["--coder", "R2"]):
        shown = run("matrix", "show", "table-1", *narrowed, "--format", "json")
        assert "left out 2 judgements of table-1" in shown.err
        assert marks(shown.json) != whole
    assert run("matrix", "show", "table-1").err == ""


def test_higher_thresholds_make_weak_cells_tentative_and_unchanged_thresholds_keep_judgements(run) -> None:
    shown = run("matrix", "show", "table-1", "--min-quotes", "1000", "--format", "json")
    states = {cell["state"] for row in shown.json["rows"] for cell in row["cells"].values()}
    assert "present" not in states
    assert "tentative" in states
    assert "other thresholds" in shown.err
    same = run("matrix", "show", "table-1", "--min-quotes", "1", "--min-sources", "1")
    assert same.out == run("matrix", "show", "table-1").out
    assert same.err == ""


@pytest.mark.parametrize("cells", ["count", "sources", "count (sources)", "coverage", "quotes"])
def test_cells_can_contain_figures_or_quotes(run, cells: str) -> None:
    rows = run("matrix", "show", "table-3", "--cells", cells, "--format", "json").json["rows"]
    cell = next(row["cells"]["SIB A"] for row in rows if row["label"].startswith("Use of rate card"))
    quotes = run("matrix", "evidence", "table-3", "--cell", "Use of rate card:SIB A", "--format", "json").json
    expected = {
        "count": f"{cell['quotes']} : {cell['counter']}",
        "sources": f"{cell['sources']} : {cell['counter']}",
        "count (sources)": f"{cell['quotes']} ({cell['sources']}) : {cell['counter']}",
        "coverage": str(cell.get("characters")),
    }
    if cells == "quotes":
        assert len(cell["mark"].splitlines()) == len(quotes)
    else:
        assert cell["mark"] == expected[cells]


def test_a_matrix_is_built_from_options(run) -> None:
    shown = run(
        "matrix", "show", "--rows-under", "Innovative services", "--columns", "sources", "--format", "json"
    ).json
    sources = [row["name"] for row in run("source", "list", "--format", "json").json]
    under = run("code", "list", "--under", "Innovative services", "--format", "json").json
    paths = [row["code"] for row in under if row["code"].count("/") == 1]
    assert shown["columns"] == sources
    assert [row["label"] for row in shown["rows"]] == [path.rpartition("/")[2] for path in paths]


def test_rows_can_be_given_by_their_label_and_codes(run) -> None:
    shown = run(
        "matrix", "show", "--row", "Money=Rate card,Personal budgets", "--code", "Rate card", "--format", "json"
    ).json
    assert [row["label"] for row in shown["rows"]] == ["Rate card", "Money"]
    card, money = (row["cells"]["SIB A"]["quotes"] for row in shown["rows"])
    assert money > card


def test_a_code_with_a_comma_in_its_name_is_given_in_quotation_marks(run) -> None:
    run("code", "add", "Health, and care")
    shown = run("matrix", "show", "--row", 'Care="Health, and care",Rate card', "--format", "json")
    assert shown.status == 0, shown.err
    assert [row["label"] for row in shown.json["rows"]] == ["Care"]


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        ("Housing, money/Debt", ["Debt"]),
        ("housing, money/debt", ["Debt"]),
        ("Housing, money/De", ["Debt"]),
        ("Damp,Housing, money/Debt", ["Debt", "Damp"]),
        ("Housing, money/Debt, Rate card", ["Debt", "Rate card"]),
        ('"Housing, money/Debt", Damp', ["Debt", "Damp"]),
        ('"Debt"', ["Debt"]),
        ("Debt, Damp", ["Debt", "Damp"]),
        ("Housing, money", ["Housing, money"]),
        ("Rate,Debt", ["Rate card", "Debt"]),
    ],
)
def test_a_comma_in_the_path_of_a_code_does_not_separate_codes(run, codes: str, found: list[str]) -> None:
    for path in ("Housing, money/Debt", "Housing, money/Damp"):
        run("code", "add", path)
    defined = run("matrix", "define", "--name", "new", "--row", f"X={codes}")
    assert defined.status == 0, defined.err
    changed = run("matrix", "set", "table-1", "--add-row", f"X={codes}")
    assert changed.status == 0, changed.err
    for name in ("new", "table-1"):
        row = tomllib.loads(run("matrix", "export", name).out)["row"][-1]
        assert sorted(path.rpartition("/")[2] for path in row["codes"]) == sorted(found)
    run("matrix", "set", "table-3", "--codes", f"Use of rate card={codes}")
    rows = tomllib.loads(run("matrix", "export", "table-3").out)["row"]
    assert next(row for row in rows if row["label"] == "Use of rate card")["codes"] == row["codes"]


@pytest.mark.parametrize("columns", ["sources", "kinds", "coders", "attribute:Target population"])
def test_a_saved_matrix_is_shown_with_other_columns(run, columns: str) -> None:
    shown = run("matrix", "show", "table-1", "--columns", columns, "--format", "json")
    assert shown.status == 0, shown.err
    assert shown.json["columns"] != ["SIB A", "SIB B", "SIB C", "SIB D"]
    assert len(shown.json["rows"]) == 10
    assert "left out 1 judgement" in shown.err


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["tabel-1"], 1, "table-1"),
        (["table-1", "--columns", "boxes"], 2, "attribute:NAME"),
        (["table-1", "--columns", "attribute:boxes"], 1, "Stage of development"),
        (["table-1", "--rows-under", "Rate card"], 2, "--rows-under"),
        (["--rows-under", "Rate crad"], 1, "Rate card"),
        (["--row", "Rate card"], 2, "LABEL=CODE"),
        (["table-1", "--cases", "SIB Z"], 1, "SIB A"),
        (["table-1", "--coder", "R99"], 1, "R1"),
        (["table-1", "--min-quotes", "0"], 2, "--min-quotes"),
        (["table-1", "-o", "table.doc"], 2, ".tex"),
        (["table-1", "-o", "nowhere/table.md"], 1, "nowhere"),
    ],
)
def test_the_message_on_an_invalid_name_or_option_lists_the_valid_values(
    run, arguments: list[str], status: int, message: str
) -> None:
    refused = run("matrix", "show", *arguments)
    assert (refused.status, refused.out) == (status, "")
    assert message in refused.err


def test_the_notes_of_several_matrices_are_numbered_as_one_series(run) -> None:
    shown = run("matrix", "show", "table-1", "table-2", "--first-note", "20", "--format", "json").json
    numbers = [int(number) for matrix in shown for number in matrix["notes"]]
    assert numbers == list(range(20, 20 + len(numbers)))
    alone = run("matrix", "show", "table-2", "--format", "json").json
    assert list(alone["notes"]) == ["5", "6"]


def test_the_ascii_option_prints_ascii_only(run) -> None:
    run("matrix", "define", "--name", "rough", "--rows-under", "SIB structure and partners")
    shown = run("matrix", "show", "rough", "table-1", "--ascii").out.replace("SIB B’s", "")
    assert shown.isascii()
    assert "X!" in shown
    assert "[2]" in shown


def test_a_matrix_is_written_in_the_format_of_the_file_extension(run) -> None:
    for name, begins in (
        ("t.csv", "row,"), ("t.md", "**Table 1"), ("t.html", "<!DOCTYPE html>"), ("t.tex", "% In the preamble"),
        ("t.json", "{"), ("t.txt", "Table 1."),
    ):  # fmt: skip
        result = run("matrix", "show", "table-1", "-o", name)
        assert (result.status, result.out) == (0, "")
        assert name in result.err
        assert Path(name).read_text(encoding="utf-8").startswith(begins)


def test_a_given_format_is_preferred_to_the_file_extension(run) -> None:
    run("matrix", "show", "table-1", "-o", "table.txt", "--format", "json")
    assert json.loads(Path("table.txt").read_text(encoding="utf-8"))["name"] == "table-1"
    assert run("matrix", "show", "table-1", "-o", "-").out == run("matrix", "show", "table-1").out


def test_an_existing_file_is_not_overwritten_without_force(run) -> None:
    Path("t.md").write_text("mine", encoding="utf-8")
    assert run("matrix", "show", "table-1", "-o", "t.md").status == 1
    assert Path("t.md").read_text(encoding="utf-8") == "mine"
    assert run("matrix", "show", "table-1", "-o", "t.md", "--force").status == 0
    assert Path("t.md").read_text(encoding="utf-8").startswith("**Table 1")


def test_in_a_study_without_matrices_a_message_names_the_command_that_defines_one(run) -> None:
    run("new", "none.sibtui")
    refused = run("-p", "none.sibtui", "matrix", "show")
    assert refused.status == 1
    assert "matrix define" in refused.err


def test_control_characters_in_a_label_are_shown_inert(run) -> None:
    run("matrix", "define", "--name", "bad", "--title", "\x1b]0;owned\x07", "--row", "\x1b[31m[red]=Rate card")
    for form in ("table", "md", "html", "latex", "json"):
        shown = run("matrix", "show", "bad", "--format", form).out
        assert "\x1b" not in shown
        assert "\x07" not in shown
    run("matrix", "define", "--name", "cmd", "--row", "@SUM(1)=Rate card")
    assert "\n'@SUM(1)," in run("matrix", "show", "cmd", "--format", "csv").out


def test_states_with_the_same_mark_in_the_matrix_are_shown_with_different_marks(run) -> None:
    printed = marks(run("matrix", "show", "table-3", "--format", "json").json)
    states = marks(run("matrix", "show", "table-3", "--states", "--format", "json").json)
    assert printed["Use of rate card"][0] == "X"
    assert states["Use of rate card"][0] == "◐"
    assert printed["Service provider autonomy"][2] == ""
    assert states["Service provider autonomy"][2] == "–"
    assert (
        marks(run("matrix", "show", "table-3", "--states", "--ascii", "--format", "json").json)["Use of rate card"][0]
        == "X!"
    )


def test_the_option_states_prints_reasons_below_the_table(run) -> None:
    assert run("reading", "remove", "a1", "--coder", "R1").status == 0
    plain, shown = run("matrix", "show", "table-1").out, run("matrix", "show", "table-1", "--states").out
    assert "a1 is unread" not in plain
    reasons = shown.split("\n\n")[-1].splitlines()
    assert any(line.startswith("rejected: ") and line.endswith("against; a1 is unread") for line in reasons)
    assert "absent: asked (all 4 cells)" in reasons
    assert max(map(len, reasons)) <= 80
    assert "a1 is unread" not in run("matrix", "show", "table-1", "--states", "--format", "md").out


def test_thresholds_of_kinds_can_be_given_for_the_matrices_shown(run) -> None:
    plain = run("matrix", "show", "table-1", "--format", "json").json
    needs = run("matrix", "show", "table-1", "--needs", "report", "--min-kinds", "2", "--format", "json").json
    assert needs["rule"] == plain["rule"] | {"kinds": 2, "needs": ["report"]}
    states = [[cell["state"] for row in shown["rows"] for cell in row["cells"].values()] for shown in (plain, needs)]
    assert states[0].count("present") > states[1].count("present")
    assert "An X needs quotes from 2 kinds of source, with a report." in [line["text"] for line in needs["about"]]
    assert "single" in run("matrix", "evidence", "table-1", "--needs", "report").out
    wrong = run("matrix", "show", "table-1", "--needs", "rumour")
    assert wrong.status == 2


def test_options_hide_lines_under_the_table_and_add_a_suffix_to_judged_cells(run) -> None:
    shown = run("matrix", "show", "table-1", "--leave-out", "judgements", "--judged-suffix", "†").out
    assert "is a judgement: " not in shown
    assert "† = a judgement" in shown


@pytest.mark.usefixtures("sample")
def test_excluded_evidence_does_not_count(run) -> None:
    def marks(*options: str) -> str:
        result = run("matrix", "show", "table-4", "--format", "csv", *options)
        assert result.status == 0, result.err
        return next(line for line in result.out.splitlines() if line.startswith("Obtaining evidence"))

    whole = marks()
    assert marks("--exclude", "b1") != whole
    assert marks("--exclude", "b1,a1") == marks("--where", 'not source "b1" and not source "a1"')
    assert marks("--exclude-kind", "interview", "--exclude-coder", "R1") == marks(
        "--kind", "document", "--kind", "report", "--where", "not coder R1"
    )
    assert marks("--where", "kind report or kind document", "--exclude", "b1") == marks(
        "--kind", "report", "--kind", "document"
    )


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("in_quotes", [True, False])
def test_names_with_a_comma_can_be_chosen_and_excluded(run, in_quotes: bool) -> None:
    run("case", "set", "SIB C", "--label", "North, Leeds")
    run("source", "set", "b1", "--name", "b, 1")
    run("coding", "set", "--where", "source c1", "--coder", "Doe, Jane")

    def chosen(name: str) -> str:
        return f'"{name}"' if in_quotes else name

    def shown(*options: str) -> dict[str, Any]:
        return run("matrix", "show", "table-4", "--format", "json", *options).json

    assert shown("--cases", chosen("North, Leeds"))["columns"] == ["North, Leeds"]
    assert shown("--cases", chosen("North, Leeds") + ",SIB A")["columns"] == ["North, Leeds", "SIB A"]
    assert shown("--columns", "sources", "--cases", "a1," + chosen("b, 1"))["columns"] == ["a1", "b, 1"]
    excluded, whole = shown("--exclude", chosen("b, 1") + ",a1"), shown()
    assert excluded["rows"] == shown("--where", 'not source "b, 1" and not source a1')["rows"] != whole["rows"]
    excluded = shown("--exclude-coder", chosen("Doe, Jane"))
    assert excluded["rows"] == shown("--where", 'not coder "Doe, Jane"')["rows"] != whole["rows"]
    codes = ("matrix", "show", "--columns", "codes", "--rows-under", "Innovative services", "--format", "csv")
    assert run(*codes, "--cases", chosen("North, Leeds")).out == run(*codes, "--where", 'case "North, Leeds"').out
    evidence = run("matrix", "evidence", "table-4", "--cases", chosen("North, Leeds"), "--exclude", chosen("b, 1"))
    assert evidence.status == 0


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("command", ["show", "evidence"])
@pytest.mark.parametrize("where", [(), ("--where", "kind report"), ("--query", "reports")])
def test_an_unknown_name_in_an_exclusion_is_an_error_of_its_option(run, command: str, where: tuple[str, ...]) -> None:
    run("query", "save", "reports", "kind report")
    for options, message in (
        (("--exclude", "b1,nope"), "--exclude: no source is named “nope”"),
        (("--exclude", "b1", "--exclude-coder", "nope"), "--exclude-coder: no coder is named “nope”"),
        (("--exclude", "nope", "--exclude-kind", "other", "--exclude-coder", "R1"), "--exclude: no source is named"),
    ):
        refused = run("matrix", command, "table-2", *where, *options)
        assert refused.status == 1
        assert refused.err.startswith(f"sibtui: {message}")


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("others", [(), ("--exclude", "b1"), ("--set", "pilot"), ("--set", "pilot", "--exclude", "b1")])
def test_the_position_of_an_error_is_that_in_the_query_of_the_user(run, others: tuple[str, ...]) -> None:
    run("source", "set", "a1", "--set", "pilot")
    refused = run("matrix", "show", "table-2", "--where", "code Xyz", *others)
    assert refused.err == "sibtui: --where, character 6: no code is named “Xyz”.\n"


@pytest.mark.parametrize("cells", ["presence", "count"])
def test_a_transposed_table_keeps_the_notes_on_the_labels_of_its_rows(run, sample: Path, cells: str) -> None:
    label = "Use of rate card"
    run("matrix", "set", "table-3", "--note", f"{label}=About all bonds.")
    shown = {
        name: run("matrix", "show", "table-3", "--transpose", "--first-note", 1, "--cells", cells, *options)
        for name, options in {
            "ascii": ("--ascii",), "html": ("--format", "html"), "latex": ("--format", "latex"), "csv": ("--format", "csv"),
        }.items()
    }  # fmt: skip
    number = next(n for n in range(1, 20) if f"[{n}] About all bonds." in shown["ascii"].out)
    assert shown["ascii"].out.isascii()
    assert f"card [{number}]" in shown["ascii"].out
    assert f'{label}<sup><a href="#note-{number}">{number}</a></sup></th>' in shown["html"].out
    assert rf"{label}\tnote{{{number}}}" in shown["latex"].out
    assert label in shown["csv"].out.splitlines()[0].split(",")
    assert f"note on {label}: About all bonds." in shown["csv"].err


@pytest.fixture
def coded_without_cases(run, sample: Path) -> None:
    run("new", sample.name, "--force")
    Path("n1.txt").write_text("Hello world. We trust them.", encoding="utf-8")
    run("source", "add", "n1.txt")
    run("code", "add", "Trust")
    assert run("coding", "add", "n1", "Trust", "--quote", "We trust them").status == 0


NO_CASES = "The study has no cases, so the table{} is empty: `sibtui case add` adds them, and --columns sources shows"


@pytest.mark.usefixtures("coded_without_cases")
@pytest.mark.parametrize("rows", [("--all-codes",), ("--rows-under", "Trust"), ("--code", "Trust", "--transpose")])
def test_a_table_without_columns_is_a_sentence(run, rows: tuple[str, ...]) -> None:
    for output in ((), ("-o", "table.html"), ("-o", "table.docx"), ("--picture", "table.svg")):
        refused = run("matrix", "show", *rows, *output)
        assert (refused.status, refused.out) == (1, "")
        assert ("nothing to draw" if output[:1] == ("--picture",) else NO_CASES.format("")) in refused.err
    assert not list(Path().glob("table.*"))
    assert run("matrix", "show", *rows, "--columns", "sources").status == 0


@pytest.mark.usefixtures("coded_without_cases")
def test_programs_get_a_table_without_columns_and_people_the_reason(run) -> None:
    as_csv = run("matrix", "show", "--all-codes", "--format", "csv")
    assert (as_csv.status, as_csv.out) == (0, "row,row note\nTrust,\n")
    as_json = run("matrix", "show", "--all-codes", "--format", "json")
    assert (as_json.status, as_json.json["columns"]) == (0, [])
    assert NO_CASES.format("") in as_csv.err
    assert NO_CASES.format("") in as_json.err


@pytest.mark.usefixtures("coded_without_cases")
def test_a_saved_matrix_that_lost_its_columns_is_shown_with_the_reason(run) -> None:
    run("case", "add", "K")
    run("matrix", "define", "--name", "t1", "--title", "Table 1.", "--code", "Trust")
    run("case", "remove", "K")
    for names in (("t1",), ()):
        shown = run("matrix", "show", *names)
        assert shown.status == 0
        assert "Table 1." in shown.out
        assert NO_CASES.format(" t1") in shown.err
    assert run("matrix", "show", "t1", "-o", "table.md").status == 0


@pytest.mark.usefixtures("coded_without_cases")
def test_the_sentence_about_an_empty_table_has_its_reason(run) -> None:
    run("coding", "remove", "1")
    run("source", "remove", "n1")
    assert "no columns: --columns chooses others" in run("matrix", "show", "--code", "Trust", "--columns", "kinds").err
    assert "has no sources" in run("matrix", "show", "--code", "Trust", "--columns", "sources").err
    run("code", "set", "Trust", "--status", "retired")
    assert "no rows: --code chooses codes" in run("matrix", "show", "--all-codes").err
    run("code", "remove", "Trust")
    assert "has no codes, so the table is empty" in run("matrix", "show", "--all-codes").err


@pytest.mark.usefixtures("sample")
def test_a_retired_code_has_a_row_if_named_and_is_reported_if_left_out(run) -> None:
    theme, code = "SIB structure and partners", "SIB structure and partners/Rate card"
    run("code", "retire", code)
    assert "Rate card" in run("matrix", "show", "--code", "Rate card").out
    message = f"sibtui: left out 1 retired code with codings: “{code}” (--code adds a row).\n"
    assert message in run("matrix", "show", "--rows-under", theme).err
    assert message in run("matrix", "define", "--name", "t", "--rows-below", theme).err
    assert "left out" not in run("matrix", "show", "--rows-under", "Strengths").err


def test_a_judgement_is_kept_if_the_options_choose_the_evidence_of_the_saved_matrix(run) -> None:
    run("matrix", "define", "--name", "t", "--row", "Budgets=Personal budgets", "--kind", "interview", "--coder", "R1")
    run("matrix", "judge", "t", "Budgets", "SIB A", "absent", "--because", "A test.")
    same = run("matrix", "show", "t", "--kind", "interview", "--coder", "r1")
    assert (same.err, "1 cell is a judgement: Budgets, SIB A." in same.out) == ("", True)
    for option in (("--kind", "report"), ("--coder", "R2")):
        other = run("matrix", "show", "t", *option)
        assert other.err == "sibtui: left out 1 judgement of t: only part of the evidence counts here.\n"
        assert "is a judgement" not in other.out


def test_a_name_with_quotation_marks_is_taken_as_it_is(run) -> None:
    run("case", "set", "SIB A", "--label", '"Acme" Ltd')
    run("source", "set", "a1", "--name", '"first" note')
    shown = run("matrix", "show", "table-1", "--cases", '"Acme" Ltd', "--exclude", '"first" note', "--format", "json")
    assert (shown.status, shown.json["columns"]) == (0, ['"Acme" Ltd'])
