"""`sibtui export package` and `sibtui package verify`, and the commands in the README of a package."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sibtui import MatrixDefinition, Project, RowDefinition
from tests.sweeps import in_part


@pytest.fixture
def sent(sample: Path, run) -> Path:
    """A package of the sample study in the current folder."""
    assert run("export", "package", "sent", "--despite-findings").status == 0
    return Path("sent")


def test_the_sample_is_refused_with_the_number_of_findings_and_the_command_that_lists_them(sample: Path, run) -> None:
    done = run("export", "package", "sent")
    listed = run("check", "--confidential", "--exports-only", "--format", "json")
    assert (done.status, done.out) == (1, "")
    assert f"the study has {len(listed.json)} traces of people" in done.err
    assert "`sibtui check --confidential --exports-only` lists them" in done.err
    assert not Path("sent").exists()


def test_the_parts_left_out_are_printed(sample: Path, run) -> None:
    run("case", "set", "SIB A", "--private-name", "Leedsville")
    done = run("export", "package", "sent", "--despite-findings", "--without-notes")
    assert (done.status, done.out) == (0, "")
    for line in ("private names of cases: 1", "memos: 16", "notes: 18", "quotes of codings: 634"):
        assert f"  {line}\n" in done.err
        assert f"- {line}\n" in Path("sent/README.md").read_text(encoding="utf-8")


def test_memos_are_an_option(sample: Path, run) -> None:
    run("export", "package", "sent", "--despite-findings", "--with-memos")
    assert Path("sent/study/memos.toml").exists()


def test_a_name_with_a_file_extension_and_stdout_are_refused(sample: Path, run) -> None:
    for name in ("sent.zip", "-"):
        assert run("export", "package", name, "--despite-findings").status == 2


def test_a_folder_with_contents_needs_force(sent: Path, run) -> None:
    done = run("export", "package", "sent", "--despite-findings")
    assert (done.status, "--force" in done.err) == (1, True)
    assert run("export", "package", "sent", "--despite-findings", "--force").status == 0


def test_a_blind_round_is_refused(sample: Path, run) -> None:
    run("round", "start", "again", "--blind")
    done = run("export", "package", "sent", "--despite-findings")
    assert (done.status, "`sibtui round end` ends it" in done.err) == (1, True)


def test_a_sound_package_has_status_0(sent: Path, run) -> None:
    done = run("package", "verify", "sent")
    assert done.status == 0
    assert done.out.endswith(
        "Checksums: 56 equal.\nTables computed again: 8 equal.\nAll files computed again: 26 equal.\n"
    )


def test_a_difference_has_status_1(sent: Path, run) -> None:
    (sent / "README.md").write_text("changed", encoding="utf-8")
    done = run("package", "verify", "sent", "--format", "json")
    assert done.status == 1
    changed = [row for row in json.loads(done.out) if row["checksum"] != "equal"]
    assert changed == [
        {
            "file": "README.md",
            "checksum": "changed",
            "computed": "changed",
            "why": "line 1 differs from the computed file",
        }
    ]


def test_a_folder_that_is_no_package_is_one_sentence(sample: Path, run) -> None:
    Path("empty").mkdir()
    done = run("package", "verify", "empty")
    assert (done.status, done.err) == (1, "sibtui: empty is no replication package: it has no file SHA256SUMS.\n")


def test_a_report_of_the_check_goes_to_a_file(sent: Path, run) -> None:
    assert run("package", "verify", "sent", "-o", "check.md").status == 0
    assert Path("check.md").read_text(encoding="utf-8").startswith("**Check of the replication package**")


def test_a_package_is_verified_where_no_study_is(sent: Path, run, tmp_path: Path, monkeypatch) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.move(sent, elsewhere / "sent")
    monkeypatch.chdir(elsewhere)
    assert run("package", "verify", "sent").status == 0
    assert [path.name for path in elsewhere.iterdir()] == ["sent"]


def test_the_files_have_the_rights_of_private_files(sent: Path) -> None:
    modes = {stat.S_IMODE(path.stat().st_mode) for path in sent.rglob("*") if path.is_file()}
    assert modes == {0o600}


def commands_of(readme: str) -> list[str]:
    return re.findall(r"^    (.+)$", readme, re.MULTILINE)


@pytest.mark.parametrize("notes", in_part([(), ("--without-notes",)]))
@pytest.mark.skipif(shutil.which("sh") is None, reason="the commands are those of a shell")
def test_each_command_of_the_readme_works_for_a_person_who_has_only_the_package(
    notes: tuple[str, ...], sample: Path, run, tmp_path: Path
) -> None:
    run("export", "package", "sent", "--despite-findings", *notes)
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    folder = Path(shutil.move("sent", fresh / "sent"))
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "sibtui").write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m sibtui "$@"\n', encoding="utf-8"
    )
    (programs / "sibtui").chmod(0o755)
    checkout = str(Path(__file__).parents[2])
    env = os.environ | {"PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": checkout}
    commands = commands_of((folder / "README.md").read_text(encoding="utf-8"))
    assert [command.split()[0] for command in commands] == [
        "sha256sum", "sibtui", "sibtui", "sibtui", "diff", "sibtui", "sqlite3", "sqlite3",
    ]  # fmt: skip
    for command in commands:
        if shutil.which(command.split()[0], path=env["PATH"]):
            done = subprocess.run(
                ["sh", "-c", command], cwd=folder, env=env, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, (command, done.stdout, done.stderr)
            assert done.stdout or command.startswith(
                ("diff", "sibtui new", "sibtui -p ../rebuilt.sibtui matrix show")
            ), command


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("sh") is None, reason="the commands are those of a shell")
def test_the_commands_of_the_readme_take_a_table_whose_name_looks_like_an_option(sample: Path, run) -> None:
    with Project.open(sample) as project:
        for each in project.matrices.list():
            project.matrices.remove(each.name)
        project.matrices.define(MatrixDefinition("-rf x", "Odd", (RowDefinition("Cards", "Rate card"),)))
    run("export", "package", "sent", "--despite-findings")
    os.chdir("sent")
    commands = [shlex.split(each) for each in commands_of(Path("README.md").read_text(encoding="utf-8"))]
    assert [run(*words).status for program, *words in commands if program == "sibtui"] == [0, 0, 0, 0]
    [diff] = [words for words in commands if words[0] == "diff"]
    assert Path(diff[1]).read_bytes() == Path(diff[2]).read_bytes()


def test_a_damaged_study_is_refused_with_the_command_that_lists_the_damage(sample: Path, run) -> None:
    with closing(sqlite3.connect(sample, isolation_level=None)) as connection:
        connection.execute("UPDATE history SET replaying = 1")  # no entry of the history is written
        connection.execute('UPDATE codings SET "end" = "end" + 1 WHERE id = 1')
        connection.execute("UPDATE history SET replaying = 0")
    done = run("export", "package", "sent", "--despite-findings", "--without-notes")
    assert (done.status, done.out, Path("sent").exists()) == (1, "", False)
    assert "The replication package was not written, because" in done.err
    assert "`sibtui check` lists the damage" in done.err
