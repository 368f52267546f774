"""`sibtui matrix define`, `list`, `judge`, `unjudge`, `remove`, `export`."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("sample")

JUDGED = ("table-1", "Integration with community assets", "SIB A")


def cell(run, name: str, row: str, case: str) -> dict[str, Any]:
    rows = run("matrix", "show", name, "--format", "json").json["rows"]
    return next(each["cells"][case] for each in rows if each["label"] == row)


def names(run) -> list[str]:
    return [row["name"] for row in run("matrix", "list", "--format", "json").json]


def test_the_saved_matrices_are_listed_in_their_order(run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("matrix", "list", "--format", "csv").out)))
    assert [row["name"] for row in rows] == ["table-1", "table-2", "table-3", "table-4"]
    assert (rows[0]["columns"], rows[0]["cells"], rows[0]["rows"], rows[0]["judgements"]) == (
        "cases", "presence", "10", "1",
    )  # fmt: skip


def test_a_matrix_is_saved_from_options(run) -> None:
    saved = run(
        "matrix", "define", "--name", "new", "--title", "Table 5.", "--rows-under", "Innovative services",
        "--cases", "SIB B,SIB A", "--cells", "count", "--min-quotes", "2",
    )  # fmt: skip
    assert saved.status == 0, saved.err
    assert "saved matrix new" in saved.err
    assert "sibtui undo" in saved.err
    shown = run("matrix", "show", "new", "--format", "json").json
    assert (shown["title"], shown["columns"], shown["show"], shown["rule"]["quotes"]) == (
        "Table 5.", ["SIB B", "SIB A"], "count", 2,
    )  # fmt: skip
    assert names(run)[-1] == "new"
    run("undo")
    assert "new" not in names(run)


def test_an_exported_definition_saves_the_same_matrix_again(run) -> None:
    shown = run("matrix", "show", "table-1", "--format", "json").json
    text = run("matrix", "export", "table-1").out
    assert run("matrix", "export", "table-1", "-o", "t.toml").status == 0
    assert Path("t.toml").read_text(encoding="utf-8") == text
    run("matrix", "remove", "table-1")
    assert run("matrix", "define", "t.toml").status == 0
    again = run("matrix", "show", "table-1", "--first-note", "2", "--format", "json").json
    assert again == shown
    assert run("matrix", "export", "table-1").out == text


def test_a_definition_is_read_from_stdin_and_saved_under_another_name(run) -> None:
    text = run("matrix", "export", "table-1").out
    assert run("matrix", "define", "-", "--name", "copy", stdin=text).status == 0
    assert names(run)[-1] == "copy"
    unnamed = text.replace('name = "table-1"\n', "")
    refused = run("matrix", "define", "-", stdin=unnamed)
    assert refused.status == 1
    assert "--name" in refused.err


def test_a_definition_without_a_name_gets_the_name_of_its_file(run) -> None:
    Path("money.toml").write_text('[[row]]\nlabel = "Card"\ncodes = ["Rate card"]\n', encoding="utf-8")
    assert run("matrix", "define", "money.toml").status == 0
    assert names(run)[-1] == "money"


def test_a_matrix_whose_name_differs_only_in_letter_case_is_replaced_with_a_message(run) -> None:
    assert "replaced matrix table-1, " in run("matrix", "define", "--name", "Table-1", "--all-codes").err
    assert names(run) == ["table-1", "table-2", "table-3", "table-4"]


def test_replacing_a_matrix_counts_the_judgements_removed(run) -> None:
    assert "nothing was changed" in run("matrix", "define", "-", stdin=run("matrix", "export", "table-1").out).err
    replaced = run("matrix", "define", "--name", "table-1", "--rows-under", "Innovative services")
    assert "replaced matrix table-1" in replaced.err
    assert "its 1 judgement removed" in replaced.err
    assert names(run) == ["table-1", "table-2", "table-3", "table-4"]
    run("undo")
    assert cell(run, "table-1", "Use of more co-creation practices", "SIB C")["judged"] is not None


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        ([], 2, "--name"),
        (["--name", "x"], 2, "--rows-under"),
        (["--rows-under", "Rate card"], 2, "--name"),
        (["nowhere.toml"], 1, "nowhere.toml"),
        (["bad.toml"], 1, "bad.toml"),
        (["good.toml", "--code", "Rate card"], 2, "file or by options"),
        (["--name", "x", "--code", "Rate crad"], 1, "Rate card"),
        (["--name", "x", "--code", "Rate card", "--cases", "SIB Z"], 1, "SIB A"),
        (["--name", "x", "--row", "A=Rate card", "--row", "A=Personal budgets"], 1, "label"),
    ],
)
def test_an_invalid_definition_saves_nothing(run, arguments: list[str], status: int, message: str) -> None:
    Path("bad.toml").write_text('[[row]]\nlable = "x"\n', encoding="utf-8")
    Path("good.toml").write_text('[[row]]\nlabel = "Card"\ncodes = ["Rate card"]\n', encoding="utf-8")
    before = names(run)
    refused = run("matrix", "define", *arguments)
    assert refused.status == status
    assert message in refused.err
    assert names(run) == before


def test_a_judgement_overrules_a_cell_and_keeps_the_computed_state(run) -> None:
    before = cell(run, *JUDGED)
    judged = run("matrix", "judge", *JUDGED, "absent", "--because", "-", stdin="Theirs, not\nthe contract's.\n")
    assert judged.status == 0
    assert "sibtui undo" in judged.err
    after = cell(run, *JUDGED)
    assert (after["state"], after["computed"]) == ("absent", before["computed"])
    assert after["judged"]["because"] == "Theirs, not\nthe contract's."
    assert "replaces" not in judged.err
    again = run("matrix", "judge", *JUDGED, "present", "--because", "On second reading.")
    assert again.err.startswith("sibtui: replaces the judgement of ")
    assert ": absent, because: Theirs, not the contract's.\n" in again.err
    run("undo")
    assert after["judged"]["coder"] == "R9"
    run("matrix", "unjudge", *JUDGED)
    assert cell(run, *JUDGED) == before


def test_a_judgement_is_stale_only_while_its_evidence_is_changed(run) -> None:
    run("matrix", "judge", *JUDGED, "absent", "--because", "Theirs.")
    evidence = run("matrix", "evidence", "table-1", "--cell", ":".join(JUDGED[1:]), "--format", "json").json
    run("coding", "remove", evidence[0]["coding"])
    assert cell(run, *JUDGED)["judged"]["stale"]
    assert any(row["what"] == "stale judgement" for row in run("check", "--format", "json").json)
    run("undo")
    assert not cell(run, *JUDGED)["judged"]["stale"]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        ([*JUDGED, "maybe", "--because", "x"], 2, "present"),
        ([*JUDGED, "present"], 2, "--because"),
        ([*JUDGED, "present", "--because", " "], 1, "reason"),
        ([JUDGED[0], "Integration of assets", "SIB A", "present", "--because", "x"], 1, "Integration with"),
        ([*JUDGED[:2], "SIB Z", "present", "--because", "x"], 1, "SIB A"),
        (["tabel-1", *JUDGED[1:], "present", "--because", "x"], 1, "table-1"),
    ],
)
def test_a_judgement_needs_a_cell_a_state_and_a_reason(run, arguments: list[str], status: int, message: str) -> None:
    refused = run("matrix", "judge", *arguments)
    assert refused.status == status
    assert message in refused.err


def test_a_cell_without_a_judgement_cannot_be_unjudged(run) -> None:
    refused = run("matrix", "unjudge", *JUDGED)
    assert refused.status == 1
    assert "no judgement" in refused.err


def test_undo_restores_a_removed_matrix_with_its_judgement(run) -> None:
    before = run("matrix", "show").out
    removed = run("matrix", "remove", "table-1")
    assert "brings it back" in removed.err
    assert names(run) == ["table-2", "table-3", "table-4"]
    run("undo")
    assert run("matrix", "show").out == before


def test_an_exported_definition_overwrites_a_file_only_with_force(run) -> None:
    Path("t.toml").write_text("mine", encoding="utf-8")
    assert run("matrix", "export", "table-1", "-o", "t.toml").status == 1
    assert Path("t.toml").read_text(encoding="utf-8") == "mine"
    assert run("matrix", "export", "table-1", "-o", "t.toml", "--force").status == 0


def rows(run, *arguments: str) -> list[str]:
    return [row["label"] for row in run("matrix", "show", *arguments, "--format", "json").json["rows"]]


def test_rows_for_all_codes_or_for_the_codes_below_a_code_follow_the_codebook(run) -> None:
    assert run("matrix", "define", "--name", "every", "--all-codes").status == 0
    assert run("matrix", "define", "--name", "new", "--rows-below", "Innovative services").status == 0
    assert run("matrix", "define", "--name", "fixed", "--rows-under", "Innovative services").status == 0
    before, new, fixed = rows(run, "every"), rows(run, "new"), rows(run, "fixed")
    assert new == fixed
    assert rows(run, "--all-codes") == before
    run("code", "add", "Innovative services/Swimming")
    assert rows(run, "new") == [*new, "Swimming"]
    assert "Swimming" in rows(run, "every")
    assert rows(run, "fixed") == fixed
    assert "[[row]]" not in run("matrix", "export", "every").out
    assert run("matrix", "define", "--name", "again", "-", stdin=run("matrix", "export", "new").out).status == 0
    assert rows(run, "again") == rows(run, "new")
    refused = run("code", "remove", "Innovative services")
    assert refused.status == 1


def test_rows_from_options_are_added_to_rows_that_follow_the_codebook(run) -> None:
    assert run(
        "matrix", "define", "--name", "new", "--rows-below", "Innovative services", "--row", "Money=Personal budgets",
        "--code", "Distrust of services",
    ).status == 0  # fmt: skip
    labels = rows(run, "new")
    assert "Money" in labels[:-1]
    assert "Personal budgets" not in labels
    assert labels[-1] == "Distrust of services"


def test_only_one_option_may_choose_the_rows(run) -> None:
    refused = run("matrix", "show", "--all-codes", "--rows-under", "Innovative services")
    assert refused.status == 2
    assert "Give only one of" in refused.err
    assert run("matrix", "show", "table-1", "--all-codes").status == 2


def test_a_matrix_is_saved_and_listed_with_thresholds_and_hidden_lines(run) -> None:
    assert run(
        "matrix", "define", "--name", "new", "--code", "Personal budgets", "--min-quotes", "2", "--min-kinds", "2",
        "--needs", "interview", "--needs", "report", "--leave-out", "contested", "--leave-out", "topics",
        "--judged-suffix", "†",
    ).status == 0  # fmt: skip
    shown = run("matrix", "show", "new", "--format", "json").json
    assert shown["rule"] == {"quotes": 2, "sources": 1, "kinds": 2, "needs": ["interview", "report"]}
    assert shown["judged_suffix"] == "†"
    assert "thresholds" in [line["line"] for line in shown["about"]]
    listed = run("matrix", "list", "--format", "json").json[-1]
    assert {name: listed[name] for name in list(listed)[6:-2]} == {
        "rows_from": "", "rows_below": "", "min_quotes": 2, "min_sources": 1, "min_kinds": 2,
        "needs": ["interview", "report"], "leave_out": ["contested", "topics"], "judged_suffix": "†",
        "kinds": [], "coders": [],
    }  # fmt: skip
    text = run("matrix", "export", "new").out
    assert run("matrix", "define", "-", "--min-sources", "2", stdin=text).status == 0
    again = run("matrix", "export", "new").out
    assert again == text.replace("min_sources = 1", "min_sources = 2")


def test_the_json_contains_the_kinds_of_source_that_a_row_needs(run) -> None:
    text = run("matrix", "export", "table-1").out.replace("[[row]]", '[[row]]\nneeds = ["report"]', 1)
    assert run("matrix", "define", "-", stdin=text).status == 0
    shown = run("matrix", "show", "table-1", "--format", "json").json["rows"]
    assert [row["needs"] for row in shown[:2]] == [["report"], []]


def test_a_matrix_is_copied_and_renamed(run) -> None:
    assert run("matrix", "duplicate", "table-1", "copy", "--title", "Table 9.").status == 0
    assert run("matrix", "rename", "table-2", "innovation").status == 0
    assert names(run) == ["table-1", "innovation", "table-3", "table-4", "copy"]
    text = run("matrix", "export", "table-1").out
    copied = run("matrix", "export", "copy").out
    assert copied == text.replace('"table-1"', '"copy"').replace(
        "Table 1. Types of strengths-based working in each SIB.", "Table 9."
    )
    refused = run("matrix", "rename", "copy", "table-1")
    assert refused.status == 1
    assert "already a matrix" in refused.err


def test_the_list_counts_stale_judgements_and_incomplete_cells(run) -> None:
    assert (run("matrix", "list", "--format", "json").json[0]["stale"]) == 0
    coding = run("coding", "list", "--code", "Co-creation", "--case", "SIB C", "--format", "json").json[0]["number"]
    assert run("coding", "remove", str(coding)).status == 0
    listed = run("matrix", "list", "--format", "json").json
    assert [row["stale"] for row in listed] == [1, 0, 0, 0]
    assert "stale" not in run("matrix", "list").out


def test_judgements_are_listed_and_can_be_limited_to_stale_judgements(run) -> None:
    (judged,) = run("matrix", "judgements", "--format", "json").json
    assert (judged["matrix"], judged["column"], judged["verdict"], judged["computed"]) == (
        "table-1", "SIB C", "present", "tentative",
    )  # fmt: skip
    assert judged["changed since"] == ""
    assert run("matrix", "judgements", "--stale", "--format", "json").json == []
    assert "tentative" in run("matrix", "judgements", "table-1").out


def test_rows_are_sorted_by_pattern(run) -> None:
    shown = run("matrix", "show", "table-3", "--sort", "pattern", "--format", "csv").out
    marks = [line.count("X") for line in shown.splitlines()[1:]]
    assert marks == sorted(marks, reverse=True)
    saved = run("matrix", "show", "table-3", "--format", "csv").out
    assert sorted(shown.splitlines()) == sorted(saved.splitlines())


def test_groups_of_rows_have_headings(run) -> None:
    lines = run("matrix", "show", "table-1", "--sort", "pattern").out.splitlines()
    assert lines[4] == "Present in all 4 (4 rows)"
    assert lines[9:11] == ["", "Present in 3 of 4 (5 rows)"]
    assert "Present in" not in run("matrix", "show", "table-1").out
