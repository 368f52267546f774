"""`sibtui study diff`, `merge` and `merge-driver`."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from pathlib import Path

import pytest

from sibtui import Project

FIELDS = ["kind", "where", "field", "mine", "theirs", "was", "proposal", "decided", "why"]


@pytest.fixture
def theirs(sample: Path, run) -> Path:
    """A copy of the sample study in which R8 has coded one passage and changed a coding."""
    copy = sample.with_name("copies") / "theirs.sibtui"
    copy.parent.mkdir()
    shutil.copy(sample, copy)
    run("-p", copy, "coding", "add", "b1", "Personal budgets", "--quote", "nine in ten", "--coder", "R8")
    run("-p", copy, "coding", "set", "12", "--memo", "Theirs.")
    return copy


def disagree(sample: Path, run) -> None:
    run("-p", sample, "coding", "set", "12", "--memo", "Mine.")


def test_diff_lists_what_differs(run, sample, theirs) -> None:
    rows = run("study", "diff", sample, theirs, "--format", "json").json
    assert [list(row) for row in rows] == [FIELDS] * 2
    assert [(row["kind"], row["field"], row["proposal"]) for row in rows] == [
        ("coding", "memo", "take"),
        ("coding", "", "add"),
    ]
    assert all(type(value) is str for row in rows for value in row.values())


def test_diff_of_equal_studies_lists_nothing(run, sample) -> None:
    shutil.copy(sample, "copies.sibtui")
    equal = run("study", "diff", sample, "copies.sibtui", "--format", "json")
    assert (equal.status, equal.json, equal.err) == (0, [], "")
    equal = run("study", "diff", sample, "copies.sibtui")
    assert (equal.status, equal.err) == (0, f"sibtui: no differences between {sample} and copies.sibtui.\n")


def test_diff_of_different_studies_does_not_print_that_there_are_no_differences(run, sample, theirs) -> None:
    assert "no differences" not in run("study", "diff", sample, theirs).err


def test_diff_of_one_study_lists_its_content_for_git(run, sample, theirs) -> None:
    before, after = (run("study", "diff", file, "--format", "csv").out.splitlines() for file in (sample, theirs))
    changed, new = [line for line in after if line not in before]
    assert "SIB structure and partners/Setting outcomes (R1, SIB A): Theirs." in changed
    assert new.startswith("coding,b1 ")
    assert "“nine in ten” Innovative services/Personal budgets (R8, SIB B)" in new
    assert len(after) == len(before) + 1


def test_diff_reads_folders_and_writes_nothing(run, sample, theirs) -> None:
    run("-p", theirs, "export", "folder", "folder")
    before = sample.read_bytes(), theirs.read_bytes()
    rows = run("study", "diff", sample, "folder", "--format", "json").json
    assert [(row["field"], row["proposal"]) for row in rows] == [("memo", "conflict"), ("", "add")]
    assert (sample.read_bytes(), theirs.read_bytes()) == before


def reorder(run, copy: Path) -> None:
    for change in (
        ("case", "set", "SIB D", "--position", "1"),
        ("case", "set", "SIB B", "--letter", "x"),
        ("source", "set", "b1", "--position", "1"),
        ("matrix", "set", "table-3", "--position", "Use of rate card=1"),
        ("attribute", "set", "mode", "--of", "source", "--position", "1"),
        ("code", "move", "Community assets", "--position", "1"),
        ("code", "set", "Rate card", "--key", "Z"),
        ("code", "set", "Wellbeing Star", "--key", ""),
        ("code", "add", "Wider system/Zines", "--key", "W"),
        ("code", "move", "Zines", "--position", "1"),
    ):
        assert run("-p", copy, *change).status == 0


def test_merge_takes_orders_letters_and_keys(run, sample) -> None:
    copy = Path("copy.sibtui")
    shutil.copy(sample, copy)
    reorder(run, copy)
    rows = run("study", "diff", sample, copy, "--format", "json").json
    assert sorted((row["kind"], row["where"], row["field"], row["proposal"]) for row in rows) == [
        ("case", "SIB B", "letter", "take"),
        ("code", "Assessment, planning and risk/Wellbeing Star", "key", "take"),
        ("code", "SIB structure and partners/Rate card", "key", "take"),
        ("code", "Wider system/Zines", "", "add"),
        ("order of attributes", "source", "", "take"),
        ("order of cases", "", "", "take"),
        ("order of codes", "Strengths and co-production", "", "take"),
        ("order of rows", "table-3", "", "take"),
        ("order of sources", "", "", "take"),
    ]
    orders = {row["kind"]: (row["mine"], row["theirs"]) for row in rows}
    assert orders["order of cases"] == ("SIB A; SIB B; SIB C; SIB D", "SIB D; SIB A; SIB B; SIB C")
    assert orders["order of codes"][1].startswith("Community assets; Brokering and coaching; ")
    merged = run("-p", sample, "study", "merge", copy)
    assert (merged.status, merged.err.count("left out")) == (0, 0), merged.err
    for command in (("case", "list"), ("source", "list"), ("attribute", "list"), ("matrix", "show"), ("code", "list")):
        mine, other = (run("-p", file, *command).out.replace("proposed", "").split() for file in (sample, copy))
        assert mine == other
    assert "nothing was changed" in run("-p", sample, "study", "merge", copy).err
    run("-p", sample, "undo")
    assert run("-p", sample, "case", "list", "--format", "json").json[0]["case"] == "SIB A"


def test_merge_names_the_orders_letters_and_keys_that_it_leaves_out(run, sample) -> None:
    copy = Path("copy.sibtui")
    shutil.copy(sample, copy)
    for file, case, key in ((sample, "SIB C", "Covid-19"), (copy, "SIB D", "Rate card")):
        run("-p", file, "case", "set", case, "--position", "1")
        run("-p", file, "code", "set", key, "--key", "Z")
    run("-p", sample, "case", "set", "SIB C", "--letter", "x")
    run("-p", copy, "case", "set", "SIB B", "--letter", "x")
    merged = run("-p", sample, "study", "merge", copy)
    assert merged.err.splitlines() == [
        "sibtui: left out: case SIB B, letter “x” (“SIB C” has it).",
        "sibtui: left out: order of cases (both changed the order: the order of mine stays).",
        "sibtui: left out: code SIB structure and partners/Rate card, key “Z” (“Covid-19” has it).",
        "sibtui: nothing was changed: 3 left out.",
    ]
    assert run("-p", sample, "case", "list", "--format", "json").json[0]["case"] == "SIB C"


def test_merge_names_the_codings_that_it_leaves_out(run, sample) -> None:
    copy = Path("copy.sibtui")
    shutil.copy(sample, copy)
    with Project.open(copy, coder="R8") as study:
        study.sources.correct(
            "b1", study.sources.text("b1") + "\nEvery second Thursday the committee travels abroad.\n"
        )
    run(
        "-p",
        copy,
        "coding",
        "add",
        "b1",
        "Personal budgets",
        "--quote",
        "Every second Thursday the committee",
        "--coder",
        "R8",
    )
    merged = run("-p", sample, "study", "merge", copy, "--take", "mine")
    [line] = [each for each in merged.err.splitlines() if "left out: " in each]
    assert "coding b1 " in line
    assert "“Every second Thursday the committee” Innovative services/Personal budgets (R8, SIB B)" in line
    assert line.endswith("(its words have no certain place in the text taken).")


def test_merge_takes_what_is_new(run, sample, theirs) -> None:
    merged = run("-p", sample, "study", "merge", theirs)
    assert (merged.status, merged.out) == (0, "")
    assert f"merged {theirs}: 1 added and 1 changed (`sibtui undo` takes it back)." in merged.err
    assert "nothing was changed" in run("-p", sample, "study", "merge", theirs).err
    assert "undone: work merged from theirs.sibtui" in run("-p", sample, "undo").err


def test_merge_lists_conflicts_and_changes_nothing(run, sample, theirs) -> None:
    disagree(sample, run)
    before = sample.read_bytes()
    merged = run("-p", sample, "study", "merge", theirs, "--format", "json")
    assert merged.status == 1
    assert [row["mine"] for row in merged.json if row["proposal"] == "conflict"] == ["Mine."]
    assert f"1 conflict with {theirs}: nothing was merged. --take mine or --take theirs settles them" in merged.err
    assert sample.read_bytes() == before


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_merge_takes_one_side_in_conflicts(run, sample, theirs, take: str) -> None:
    disagree(sample, run)
    merged = run("-p", sample, "study", "merge", theirs, "--take", take)
    assert (merged.status, "1 added and 1 conflict settled" in merged.err) == (0, True)
    assert run("-p", sample, "coding", "show", "12", "--format", "json").json["memo"] == f"{take.title()}."


def test_equal_memos_are_one_memo_with_the_earlier_time_in_both_studies(run, sample) -> None:
    shutil.copy(sample, "copy.sibtui")
    before = len(run("-p", sample, "memo", "list", "--format", "json").json)
    for file in ("copy.sibtui", sample):
        run("-p", file, "memo", "add", "Both wrote this.")
    message = "sibtui: merged copy.sibtui: equal items got the earlier of two times (`sibtui undo` takes it back).\n"
    assert run("-p", sample, "study", "merge", "copy.sibtui").err == message
    assert "nothing was changed" in run("-p", "copy.sibtui", "study", "merge", sample).err
    for file in ("copy.sibtui", sample):
        assert len(run("-p", file, "memo", "list", "--format", "json").json) == before + 1


def test_merge_asks_only_in_a_terminal(run, sample, theirs) -> None:
    refused = run("-p", sample, "study", "merge", theirs, "--take", "ask")
    assert (refused.status, "--take ask needs a terminal" in refused.err) == (2, True)


@pytest.mark.parametrize(
    ("answers", "memo"), [("1\n", "Mine."), ("x\n2\n", "Theirs."), ("b\n", "Mine.\nTheirs."), ("q\n", "Mine.")]
)
def test_merge_asks_for_each_conflict(run, sample, theirs, monkeypatch, answers: str, memo: str) -> None:
    disagree(sample, run)
    monkeypatch.setattr("sibtui.cli.study_merge._is_terminal", lambda: True)
    merged = run("-p", sample, "study", "merge", theirs, "--take", "ask", stdin=answers)
    assert merged.status == (1 if answers == "q\n" else 0)
    assert "coding a1 2339:2423 memo" in merged.err
    assert "SIB structure and partners/Setting outcomes" in merged.err
    assert run("-p", sample, "coding", "show", "12", "--format", "json").json["memo"] == memo


def test_a_dry_run_lists_and_changes_nothing(run, sample, theirs) -> None:
    before = sample.read_bytes()
    foreseen = run("-p", sample, "study", "merge", theirs, "--dry-run", "--format", "json")
    assert [row["proposal"] for row in foreseen.json] == ["take", "add"]
    assert f"would merge {theirs}: 1 added and 1 changed. Nothing was changed." in foreseen.err
    assert sample.read_bytes() == before
    disagree(sample, run)
    assert "; 1 conflict. Nothing was changed." in run("-p", sample, "study", "merge", theirs, "--dry-run").err


def test_the_report_is_written_in_the_format_of_its_name(run, sample, theirs) -> None:
    merged = run("-p", sample, "study", "merge", theirs, "--report", "merged.csv")
    assert "wrote the list to merged.csv" in merged.err
    rows = list(csv.DictReader(io.StringIO((sample.parent / "merged.csv").read_text("utf-8"))))
    assert [(row["kind"], row["proposal"]) for row in rows] == [("coding", "take"), ("coding", "add")]


def test_an_existing_report_is_kept_and_nothing_is_merged(run, sample, theirs) -> None:
    (sample.parent / "merged.csv").write_text("x", "utf-8")
    before = sample.read_bytes()
    refused = run("-p", sample, "study", "merge", theirs, "--report", "merged.csv")
    assert (refused.status, "merged.csv already exists" in refused.err) == (1, True)
    assert (sample.read_bytes(), (sample.parent / "merged.csv").read_text("utf-8")) == (before, "x")
    assert run("-p", sample, "study", "merge", theirs, "--report", "merged.csv", "--force").status == 0
    assert run("-p", sample, "study", "merge", theirs, "--report", "merged.pdf").status == 2


def test_a_coder_gets_another_name(run, sample, theirs) -> None:
    assert run("-p", sample, "study", "merge", theirs, "--coder", "R8=Eva").status == 0
    assert [
        row["source"] for row in run("-p", sample, "coding", "list", "--coder", "Eva", "--format", "json").json
    ] == ["b1"]
    assert run("-p", sample, "study", "merge", theirs, "--coder", "R8").status == 2
    twice = run("-p", sample, "study", "merge", theirs, "--coder", "R8=Eva", "--coder", "R8=Dan")
    assert (twice.status, twice.err.splitlines()[-1]) == (2, "Error: --coder R8=Dan: R8 already gets the name Eva.")
    assert "No coder is named “R77”" in run("-p", sample, "study", "merge", theirs, "--coder", "R77=Eva").err


def test_a_source_withdrawn_there_is_named(run, sample, theirs) -> None:
    run("-p", theirs, "source", "withdraw", "a1", "--yes")
    assert "“a1” was withdrawn from" in run("-p", sample, "study", "merge", theirs).err


def test_a_table_for_people_fits_80_columns_in_one_piece(run, sample, theirs, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    disagree(sample, run)
    lines = run("-p", sample, "study", "merge", theirs, "--take", "mine", "--dry-run", terminal=True).out.splitlines()
    [heads] = [line.split() for line in lines if line.startswith("proposal")]
    assert heads == ["proposal", "what", "mine", "theirs"]
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("conflict  coding a1 2339:2423") for line in lines)


@pytest.mark.slow
def test_the_merge_driver_takes_the_base_of_git(run, sample) -> None:
    run("export", "folder", "sent")
    for name in ("base", "mine", "theirs"):  # without a history in common, only the base shows the removal
        run("new", f"{name}.sibtui", "--from", "sent")
    run("-p", "theirs.sibtui", "coding", "remove", 12)
    merged = run("study", "merge-driver", "base.sibtui", "mine.sibtui", "theirs.sibtui", "notes/tour.sibtui")
    assert (merged.status, "merged notes/tour.sibtui: 1 removed" in merged.err) == (0, True)
    with Project.open("mine.sibtui") as mine, Project.open("base.sibtui") as base:
        assert mine.codings.count() == base.codings.count() - 1


def test_the_merge_driver_leaves_no_files_behind(run, sample, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    for name in ("base", "mine", "theirs"):
        shutil.copy(sample, f"{name}.sibtui")
    before = sorted(Path().iterdir())
    assert run("study", "merge-driver", "base.sibtui", "mine.sibtui", "theirs.sibtui").status == 0
    assert sorted(Path().iterdir()) == before
    assert list((tmp_path / "temporary").iterdir()) == []


def test_the_merge_driver_refuses_a_missing_version(run, sample) -> None:
    assert run("study", "merge-driver", "gone.sibtui", sample, sample).status == 2


def test_the_merge_driver_without_a_path_names_mine_in_its_messages(run, sample, theirs) -> None:
    shutil.copy(sample, "base.sibtui")
    run("-p", sample, "study", "set", "--name", "Mine")
    clean = run("study", "merge-driver", "base.sibtui", sample, theirs)
    assert (clean.status, f"merged {sample}: " in clean.err) == (0, True)
    disagree(sample, run)
    refused = run("study", "merge-driver", "base.sibtui", sample, theirs)
    assert (refused.status, f"1 conflict in {sample}: the file keeps" in refused.err) == (1, True)
    named = run("study", "merge-driver", "base.sibtui", sample, theirs, "notes/tour.sibtui")
    assert "1 conflict in notes/tour.sibtui: " in named.err


@pytest.mark.parametrize("damaged", ["mine", "theirs"])
@pytest.mark.parametrize("path", [(), ("tour.sibtui",)])
def test_the_merge_driver_names_a_damaged_version_and_not_its_temporary_copy(run, sample, damaged, path) -> None:
    for name in ("base", "mine", "theirs"):
        shutil.copy(sample, f"{name}.sibtui")
    Path(f"{damaged}.sibtui").write_text("no study", encoding="utf-8")
    result = run("study", "merge-driver", "base.sibtui", "mine.sibtui", "theirs.sibtui", *path)
    expected = f"tour.sibtui ({damaged})" if path else f"{damaged}.sibtui"
    assert (result.status, result.err.startswith(f"sibtui: {expected} is not a sibtui study")) == (1, True)
    assert result.err.count(".sibtui") == 1


def test_a_query_that_names_a_removed_case_is_named(run, sample) -> None:
    shutil.copy(sample, "copies.sibtui")
    run("-p", sample, "query", "save", "Q", 'case "SIB D"')
    run("-p", "copies.sibtui", "case", "remove", "SIB D")
    assert "removed by theirs, used by mine" in run("-p", sample, "study", "merge", "copies.sibtui").out
    merged = run("-p", sample, "study", "merge", "copies.sibtui", "--take", "theirs")
    assert "query Q: it names the case “SIB D”, which is removed; `sibtui query save` changes it.\n" in merged.err


def test_a_coding_that_loses_its_case_is_named(run, sample) -> None:
    shutil.copy(sample, "copies.sibtui")
    run("-p", sample, "case", "remove", "SIB D")
    run("-p", "copies.sibtui", "coding", "add", "d1", "Trust", "--span", "10:50", "--case", "SIB D")
    assert run("-p", sample, "study", "merge", "copies.sibtui").status == 1
    merged = run("-p", sample, "study", "merge", "copies.sibtui", "--take", "mine")
    why = "it loses “SIB D”, because its source has no such case; `sibtui coding set` gives it other cases."
    assert f"sibtui: coding d1 10:50: {why}\n" in merged.err
