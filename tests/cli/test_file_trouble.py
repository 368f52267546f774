"""Messages on a full disk, missing permissions, long names and cut files.

They are true and short and name the right file, and nothing is half done.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sibtui import Project, cli
from sibtui.project import codes

DATA = Path(__file__).parent.parent / "data"
LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from sibtui.cli import run
sys.exit(run(sys.argv[2:]))
"""
"""A command with a limit on the size of files. The system refuses to write more, as on a full disk."""


def limited(most: int, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LIMITED, str(most), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def names() -> list[str]:
    return sorted(path.name for path in Path().rglob("*") if path.is_file())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["backup"], "There is no room left on the disk for "),
        (["restore", "copy.db", "--force"], "There is no room left on the disk for "),
        (["restore", "copy.db", "--into", "new.sibtui"], "There is no room left on the disk for new.sibtui"),
        (["salvage", "sample.sibtui", "new.sibtui"], "Cannot copy sample.sibtui, to read its rows: File too large"),
        (["export", "sqlite", "flat.db"], "Cannot write flat.db: there is no room left on the disk"),
        (["export", "codings", "codings.csv"], "Cannot write codings.csv: File too large"),
        (["export", "folder", "as-text"], "Cannot write as-text: File too large"),
        (["export", "report", "report.html"], "Cannot write report.html: File too large"),
        (["new", "new.sibtui"], "There is no room left on the disk for new.sibtui"),
        (["source", "add", "long.txt"], "There is no room left on the disk for "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_full_disk_is_named_with_the_file_that_has_no_room(sample: Path, arguments: list[str], message: str) -> None:
    shutil.copy(sample, "copy.db")
    Path("long.txt").write_text("interview " * 300_000)
    before, content = names(), sample.read_bytes()
    limit = {"codings": 40_000, "folder": 2_000, "new": 20_000}.get(
        arguments[1] if arguments[0] == "export" else arguments[0], 100_000
    )
    if arguments[0] == "source":
        limit = len(content)
    done = limited(limit, "-p", sample, *arguments)
    assert done.returncode == 1, done.stdout
    assert message in done.stderr
    assert ".part" not in done.stderr
    assert "unexpected" not in done.stderr
    assert names() == before
    assert sample.read_bytes() == content
    with Project.open(sample) as study:
        assert not [finding for finding in study.check() if finding.kind == "damage"]


def test_a_file_name_too_long_for_the_journal_of_sqlite_is_refused(run) -> None:
    made = run("new", f"{'n' * 241}.sibtui")
    assert made.status == 1
    assert "is too long: a study has a name of at most 247 bytes" in made.err
    assert names() == []
    assert run("new", f"{'n' * 240}.sibtui").status == 0
    assert run("case", "add", "SIB A").status == 0
    assert run("backup").status == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("new",), ("backup", "make", "--into"), ("restore", "copy.sibtui", "--into"), ("salvage", "copy.sibtui"),
    ],
)  # fmt: skip
def test_every_command_that_makes_a_study_refuses_a_too_long_file_name(
    run, sample: Path, arguments: tuple[str, ...]
) -> None:
    shutil.copy(sample, "copy.sibtui")
    made = run("-p", sample, *arguments, "n" * 304)
    assert made.status == 1
    assert "nnn… is too long: a study has a name of at most 247 bytes." in made.err


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    "arguments",
    ["new {0}", "export codings {0}.csv", "export folder {0}", "backup make --into {0}", "restore {0}", "salvage sample.sibtui {0}",
     "source add {0}", "new x.sibtui --from {0}", "-p {0} code list", "coding import {0}", "matrix show table-1 -o {0}.csv"],
)  # fmt: skip
def test_a_file_name_of_300_bytes_is_refused_with_one_sentence(run, arguments: str) -> None:
    done = run(*arguments.format("ж" * 150).split())
    assert done.status in {1, 2}
    assert "unexpected" not in done.err
    assert "File name too long" in done.err or "too long" in done.err


@pytest.mark.parametrize("length", [0, 1, 50])
def test_an_empty_file_is_not_reported_as_another_database(run, sample: Path, length: int) -> None:
    sample.write_bytes(sample.read_bytes()[:length])
    done = run("code", "list")
    assert done.status == 1
    assert "is empty, or was cut off at its beginning" in done.err
    assert "Only a backup (`sibtui backup list`) or a copy elsewhere has the study" in done.err


@pytest.mark.parametrize("share", [0.02, 0.5, 0.95])
def test_a_study_that_was_cut_off_is_reported_as_damaged(run, sample: Path, share: float) -> None:
    data = sample.read_bytes()
    sample.write_bytes(data[: int(len(data) * share)])
    done = run("case", "add", "SIB F")
    assert done.status == 1
    assert "is damaged, or a part of it is missing: nothing was changed" in done.err
    assert "`sibtui salvage` saves the readable rows" in done.err


def test_a_schema_that_is_not_utf_8_is_reported_in_one_sentence_without_its_text(run, sample: Path) -> None:
    with closing(sqlite3.connect(sample)) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute(
            "UPDATE sqlite_schema SET sql = CAST(CAST(sql AS BLOB) || x'202d2dff' AS TEXT) WHERE name = 'cases'"
        )
        raw.commit()
    done = run("code", "list")
    assert (done.status, len(done.err.splitlines())) == (1, 1)
    assert "damaged" in done.err
    assert "CREATE" not in done.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_missing_permissions_are_named_in_the_message(run, sample: Path) -> None:
    sample.chmod(0)
    assert "cannot be opened: you may not read it" in run("code", "list").err
    sample.chmod(0o600)
    sample.parent.chmod(0o500)
    try:
        assert "check the permissions of the file and its folder" in run("case", "add", "SIB F").err
        assert "no backup can be written to " in run("backup").err
    finally:
        sample.parent.chmod(0o700)


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("error", "words"), [(KeyboardInterrupt(), "interrupted"), (ValueError("x"), "unexpected error")]
)
def test_a_command_that_ends_after_a_change_does_not_claim_that_nothing_was_changed(
    run, monkeypatch: pytest.MonkeyPatch, error: BaseException, words: str
) -> None:
    add = codes.Codes.add

    def add_and_fail(self, *arguments, **fields):
        add(self, *arguments, **fields)
        raise error

    monkeypatch.setattr(codes.Codes, "add", add_and_fail)
    done = run("code", "add", "New")
    assert words in done.err
    assert "othing was changed" not in done.err
    assert "Changes made before that are saved: `sibtui history list` lists them." in done.err
    assert cli.run(["code", "list"]) == 0


@pytest.mark.usefixtures("sample")
def test_a_command_that_ends_before_a_change_reports_that_nothing_was_changed(
    run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError

    monkeypatch.setattr(codes.Codes, "add", fail)
    assert "Nothing was changed. --debug shows the traceback." in run("code", "add", "New").err
