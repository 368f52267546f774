"""`sibtui check`: damage and open work."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest


def damage(study: Path, sql: str) -> None:
    """Change the study file without sibtui. The change is not recorded in the history."""
    with closing(sqlite3.connect(study)) as raw:
        raw.execute("UPDATE history SET replaying = 1")
        raw.execute(sql)
        raw.execute("UPDATE history SET replaying = 0")
        raw.commit()


@pytest.mark.usefixtures("empty")
def test_the_check_of_a_sound_study_lists_nothing(run) -> None:
    checked = run("check")
    assert (checked.status, checked.out) == (0, "")
    assert "nothing is damaged" in checked.err
    assert run("check", "--format", "json").json == []


@pytest.mark.usefixtures("sample")
def test_open_work_is_listed_and_the_status_is_1(run) -> None:
    checked = run("check", "--format", "json")
    assert checked.status == 1
    assert [(row["kind"], row["what"]) for row in checked.json] == [("open", "unattributed")] * 2
    assert "nothing is damaged, 2 open" in checked.err
    assert {row["advice"] for row in checked.json} == {"`sibtui coding attribute` gives it a case."}
    assert checked.err.count("unattributed: `sibtui coding attribute` gives it a case.") == 1
    assert run("check", "--damage-only").status == 0


@pytest.mark.usefixtures("sample")
def test_finished_work_is_no_longer_listed(run) -> None:
    waiting = [row["number"] for row in run("coding", "list", "--unattributed", "--format", "json").json]
    run("coding", "set", *waiting, "--case", "SIB A")
    assert run("check").status == 0


def test_a_quote_that_differs_from_the_text_is_damage(run, sample: Path) -> None:
    damage(sample, "UPDATE codings SET quote = 'X' || substr(quote, 2) WHERE id = 5")
    checked = run("check", "--damage-only", "--format", "json")
    assert checked.status == 1
    assert [(row["kind"], row["where"]) for row in checked.json] == [("damage", "coding 5")]
    assert "1 damaged" in checked.err
    assert "coding 5" in run("check").out


def overwrite_pages(study: Path, name: str, *, only: int | None = None) -> None:
    """Overwrite all pages of one table or index except the first, or only one page."""
    with closing(sqlite3.connect(study)) as raw:
        pages = [row[0] for row in raw.execute("SELECT pageno FROM dbstat WHERE name = ? ORDER BY path", (name,))]
    with study.open("r+b") as file:
        for page in pages[1:] if only is None else [pages[only]]:
            file.seek((page - 1) * 4096)
            file.write(b"\xff" * 4096)


def has_dbstat() -> bool:
    with closing(sqlite3.connect(":memory:")) as raw:
        return any(name == "dbstat" for (name,) in raw.execute("PRAGMA module_list"))


@pytest.mark.skipif(not has_dbstat(), reason="this SQLite has no dbstat table")
@pytest.mark.parametrize(
    ("name", "still", "lost"),
    [
        ("texts", ("open", "unattributed"), ("damage", "source")),
        ("codings", ("damage", "file"), ("damage", "source")),
        ("coding_cases", ("damage", "segment"), ("damage", "file")),
    ],
)
def test_the_readable_part_of_a_file_with_damaged_pages_is_checked(
    run, sample: Path, name: str, still: tuple[str, str], lost: tuple[str, str]
) -> None:
    damage(sample, "UPDATE codings SET quote = 'X' || substr(quote, 2) WHERE id = 5")
    overwrite_pages(sample, name)
    checked = run("check", "--format", "json")
    assert checked.status == 1
    assert "Traceback" not in checked.err
    findings = [(row["kind"], row["what"]) for row in checked.json]
    assert still in findings
    assert lost in findings
    assert any("cannot be read to the end" in row["message"] for row in checked.json)
    assert any("SQLite reports damage of the file" in row["message"] for row in checked.json) or name == "coding_cases"
    assert not any("***" in row["message"] or "nothing was changed" in row["message"] for row in checked.json)
    assert "`sibtui salvage`" in checked.err


def test_a_broken_file_is_reported_without_a_traceback(run, sample: Path) -> None:
    whole = sample.read_bytes()
    sample.write_bytes(whole[:8192] + b"\xff" * 4096 + whole[12288:])
    checked = run("check")
    assert checked.status == 1
    assert "Traceback" not in checked.err
    assert "unexpected error" not in checked.err


@pytest.mark.parametrize("command", ["coding list", "export codings -", "export folder out"])
def test_a_command_that_reads_damaged_pages_counts_the_lost_rows(run, sample: Path, command: str) -> None:
    overwrite_pages(sample, "codings")
    result = run(*command.split())
    assert result.status == 1
    assert "is damaged. This is what can be read of it" in result.err
    assert " codings: damaged pages of the file\n" in result.err
    assert "Traceback" not in result.err


def test_the_codings_before_and_after_a_damaged_page_are_exported(run, sample: Path) -> None:
    whole = run("export", "codings", "-")
    overwrite_pages(sample, "codings", only=9)
    part = run("export", "codings", "-")
    assert (whole.status, part.status) == (0, 1)
    lost = int(part.err.partition(" codings: damaged pages")[0].rpartition(" ")[2])
    assert 0 < lost < 40
    assert part.out.count("\n") == whole.out.count("\n") - lost
    assert whole.out.splitlines()[-1] == part.out.splitlines()[-1]


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE history SET replaying = 1", "the recording of changes is switched off"),
        ("DELETE FROM history", "the row that records changes is missing"),
    ],
)
@pytest.mark.parametrize("command", [["case", "add", "SIB Z"], ["study", "set", "--name", "Z"], ["undo"]])
def test_a_change_that_cannot_be_recorded_fails_and_check_reports_the_reason(
    run, sample: Path, statement: str, finding: str, command: list[str]
) -> None:
    with closing(sqlite3.connect(sample, isolation_level=None)) as connection:
        connection.execute(statement)
    before = sample.read_bytes()
    changed = run(*command)
    assert (changed.status, changed.out) == (1, "")
    assert "nothing was changed. `sibtui check` lists the damage." in changed.err
    assert sample.read_bytes() == before
    checked = run("check", "--format", "json")
    assert checked.status == 1
    assert any(finding in row["message"] for row in checked.json)


def test_traces_of_people_are_listed_with_exit_status_1(sample, run) -> None:
    clear = run("check", "--confidential", "--attribute", "mode")
    assert (clear.status, clear.err) == (0, "sibtui: no trace of a person was found.\n")
    run("pseudonym", "add", "Covid", "Ebola")
    found = run("check", "--confidential", "--attribute", "mode", "--format", "json")
    assert found.status == 1
    assert {(each["kind"], each["what"]) for each in found.json} == {("private", "name")}
    assert "traces of people." in found.err
    assert "`sibtui pseudonym apply` replaces the names of the key" in found.err
    run("pseudonym", "apply")
    assert run("check", "--confidential", "--attribute", "mode", "--exports-only").status == 0
    assert run("check", "--confidential", "--attribute", "mode").status == 1
    for option in (("--attribute", "mode"), ("--at-least", "2"), ("--exports-only",), ("--key", "x.csv")):
        refused = run("check", *option)
        assert (refused.status, refused.out) == (2, "")
        assert f"{option[0]} needs --confidential." in refused.err
    assert run("check", "--confidential", "--damage-only").status == 2
    few = run("check", "--confidential", "--exports-only")
    assert "fewer than 3" in few.out
    assert "few people: give a coarser value" in few.err


def test_a_check_without_names_does_not_read_the_key(sample, run) -> None:
    assert "Traceback" not in run("check", "--key", "none.csv").err


@pytest.mark.usefixtures("sample")
def test_sources_with_nearly_the_same_text_are_named_on_demand(run) -> None:
    text = run("source", "show", "b1", "--text").out
    Path("b1-again.md").write_text(text + "\nOne more line.\n", encoding="utf-8")
    assert run("source", "add", "b1-again.md", "--case", "SIB B").status == 0
    found = [row for row in run("check", "--similar", "--format", "json").json if row["what"] == "similar sources"]
    assert [row["where"] for row in found] == ["b1-again"]
    assert "its text is that of “b1” (99 of 100 alike)" in found[0]["message"]
    assert not [row for row in run("check", "--format", "json").json if row["what"] == "similar sources"]
    assert run("check", "--confidential", "--similar").status == 2
