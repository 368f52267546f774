"""`sibtui report`: tables of the cases, the interviews and the codebook."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest


@pytest.mark.usefixtures("sample")
def test_the_cases_are_shown_with_their_attributes(run) -> None:
    rows = run("report", "cases", "--format", "json").json
    assert list(rows[0]["cases"]) == ["SIB A", "SIB B", "SIB C", "SIB D"]
    run("case", "set", "SIB A", "--attribute", "Target population=Everybody")
    changed = {row["Attribute"]: row["SIB A"] for row in run("report", "cases", "--format", "json").json}
    assert changed["Target population"] == "Everybody"


@pytest.mark.usefixtures("sample")
def test_the_attributes_of_a_case_called_cases_stay_apart_from_those_of_all_cases(run) -> None:
    run("case", "set", "SIB A", "--label", "cases")
    row = run("report", "cases", "--format", "json").json[0]
    assert list(row)[:2] == ["attribute", "cases"]
    assert list(row["cases"]) == ["cases", "SIB B", "SIB C", "SIB D"]


@pytest.mark.usefixtures("sample")
def test_the_interviews_are_counted_with_people_and_totals(run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("report", "interviews", "--format", "csv").out)))
    assert [row["Interviews"] for row in rows] == ["4", "1", "1", "3", "3", "12"]
    assert [row["Case"] for row in rows][-2:] == ["Multiple/All", "Total"]
    assert "| Case |" in run("report", "interviews", "--format", "md").out


@pytest.mark.usefixtures("sample")
def test_the_codebook_report_counts_codings(run) -> None:
    before = {row["code"]: row["quotes"] for row in run("report", "codebook", "--format", "json").json}
    path = next(path for path in before if path.endswith("/Rate card"))
    assert before[path] == len(run("coding", "list", "--code", path, "--no-subcodes", "--format", "json").json)
    run("coding", "add", "a1", path, "--span", "0:5", "--case", "SIB A")
    after = {row["code"]: row["quotes"] for row in run("report", "codebook", "--format", "json").json}
    assert after == before | {path: before[path] + 1}


@pytest.mark.usefixtures("empty")
def test_an_interview_report_without_interviews_is_refused(run) -> None:
    refused = run("report", "interviews")
    assert refused.status == 1
    assert "source add" in refused.err
    assert run("report", "codebook", "--format", "json").json == []


@pytest.mark.usefixtures("empty")
def test_a_definition_with_control_characters_or_a_formula_is_made_inert(run) -> None:
    run("code", "add", "Trust", "--definition", "=cmd|'/c calc'!A0")
    run("code", "add", "Doubt", "--definition", "\x1b[31m<b>|x\u202e")
    for form in ("table", "md"):
        shown = run("report", "codebook", "--format", form).out
        assert "\x1b" not in shown
        assert "\u202e" not in shown
    assert "'=cmd" in run("report", "codebook", "--format", "csv").out


@pytest.mark.usefixtures("sample")
def test_coverage_by_code_prints_a_share_for_each_code(run) -> None:
    rows = run("report", "coverage", "--by", "code", "--source", "a1", "--format", "json").json
    assert sum(row["codings"] for row in rows) == 40
    assert run("report", "coverage", "--source", "a1").out.splitlines()[2].split()[:3] == [
        "source",
        "kind",
        "characters",
    ]


@pytest.mark.parametrize("form", ["csv", "json"])
@pytest.mark.usefixtures("sample")
def test_the_lines_below_a_report_go_to_stderr_in_a_format_without_them(run, form: str) -> None:
    run("round", "start", "second", "--blind")
    command = ("report", "cooccurrence", "--format")
    below = [line for line in run(*command, "md").out.strip().split("\n\n") if line.endswith(".")]
    assert below[-1] == "Codings outside of round 2 of R9 are hidden in this blind round."
    assert len(below) > 2
    assert run(*command, form).err.splitlines() == [f"sibtui: {line}" for line in below]
    written = run(*command, form, "-o", f"pairs.{form}").err
    assert [line for line in below if line in written] == below


def test_the_lines_below_a_list_go_to_stderr_in_json(run, sample: Path) -> None:
    run("export", "folder", "other")
    file = Path("other", "study.toml")
    file.write_text(file.read_text(encoding="utf-8").replace("SIB C", "SIB X"), encoding="utf-8")
    differences = run("study", "diff", sample, "other", "--format", "json")
    assert differences.json
    assert "The state in common is not known" in differences.err
