"""`sibtui backup` and `sibtui restore`."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from sibtui import Project


def damage(file: Path, count: int = 4) -> None:
    """Overwrite the last pages of a file. In the sample study, the last ten belong to the schema."""
    with file.open("r+b") as pages:
        pages.seek(-count * 4096, os.SEEK_END)
        pages.write(b"\xff" * count * 4096)


def names(file: Path) -> list[str]:
    with Project.open(file) as study:
        return [case.label for case in study.cases.list()]


def test_a_backup_is_made_listed_and_restored_to_a_new_file(run, sample: Path) -> None:
    made = run("backup")
    assert made.status == 0
    assert "made " in made.err
    (backup,) = run("backup", "list", "--format", "json").json
    assert (backup["kind"], backup["size"]) == ("manual", sample.stat().st_size)
    run("case", "add", "SIB F")
    restored = run("-p", sample, "restore", backup["file"], "--into", "again.sibtui")
    assert restored.status == 0, restored.err
    assert names(Path("again.sibtui")) == ["SIB A", "SIB B", "SIB C", "SIB D"]
    assert "SIB F" in names(sample)


def test_the_list_of_backups_has_times_reasons_and_the_folder(run, sample: Path) -> None:
    assert "no backup yet: `sibtui backup` makes one" in run("backup", "list").err
    run("backup", "make")
    listed = run("backup", "list")
    assert "by command" in listed.out
    assert f"1 backup in {sample}.backups." in listed.err


def test_restoring_over_a_study_needs_force_and_backs_up_the_current_state(run, sample: Path) -> None:
    run("backup")
    (backup,) = run("backup", "list", "--format", "json").json
    run("case", "add", "SIB F")
    refused = run("restore", backup["file"])
    assert refused.status == 1
    assert "already exists" in refused.err
    assert run("restore", backup["file"], "--force").status == 0
    assert "SIB F" not in names(sample)
    newest, _ = run("backup", "list", "--format", "json").json
    assert newest["kind"] == "restore"
    assert run("restore", newest["file"], "--force").status == 0
    assert "SIB F" in names(sample)


def test_a_damaged_study_is_not_backed_up_and_can_be_replaced_by_a_good_backup(run, sample: Path) -> None:
    run("backup")
    (backup,) = run("backup", "list", "--format", "json").json
    damage(sample)
    damaged = sample.read_bytes()
    refused = run("backup")
    assert refused.status == 1
    assert "is damaged" in refused.err
    assert len(run("backup", "list", "--format", "json").json) == 1
    assert run("restore", backup["file"], "--force").status == 0
    assert names(sample) == ["SIB A", "SIB B", "SIB C", "SIB D"]
    newest, _ = run("backup", "list", "--format", "json").json
    assert newest["kind"] == "damaged"
    assert Path(newest["path"]).read_bytes() == damaged


def test_a_damaged_backup_is_refused(run, sample: Path) -> None:
    run("backup")
    (backup,) = run("backup", "list", "--format", "json").json
    damage(Path(backup["path"]))
    before = sample.read_bytes()
    for arguments in (["--force"], ["--into", "again.sibtui"]):
        refused = run("restore", backup["file"], *arguments)
        assert refused.status == 1
        assert "is damaged" in refused.err
    assert not Path("again.sibtui").exists()
    assert sample.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\0" * 4080])
def test_a_file_that_is_not_a_study_is_refused(run, sample: Path, content: bytes) -> None:
    Path("other.db").write_bytes(content)
    assert run("-p", sample, "restore", "other.db", "--force").status == 1
    assert names(sample) == ["SIB A", "SIB B", "SIB C", "SIB D"]


def test_a_backup_of_another_study_does_not_replace_this_study(run, sample: Path) -> None:
    Project.create("other.sibtui").close()
    refused = run("-p", sample, "restore", "other.sibtui", "--force")
    assert refused.status == 1
    assert "another study" in refused.err
    assert run("restore", "other.sibtui", "--into", "third.sibtui").status == 0


def test_the_error_about_an_unknown_backup_names_the_command_that_lists_backups(run, sample: Path) -> None:
    refused = run("-p", sample, "restore", "monday")
    assert refused.status == 1
    assert "There is no backup “monday”" in refused.err
    assert "`sibtui backup list` lists them" in refused.err


def test_a_copy_is_written_to_the_given_file(run, sample: Path) -> None:
    assert run("backup", "make", "--into", "copy.sibtui").status == 0
    assert names(Path("copy.sibtui")) == names(sample)
    assert Path("copy.sibtui").stat().st_mode & 0o777 == 0o600
    assert "already exists" in run("-p", sample, "backup", "make", "--into", "copy.sibtui").err
    assert run("-p", sample, "backup", "make", "--into", "copy.sibtui", "--force").status == 0
    assert "is the study itself" in run("-p", sample, "backup", "make", "--into", sample, "--force").err
    assert run("-p", sample, "backup", "make", "--into", "x.sibtui", "--keep", "2").status == 2


def test_older_backups_are_kept_until_the_option_keep_removes_them(run, sample: Path) -> None:
    for _ in range(3):
        run("backup")
    assert len(run("backup", "list", "--format", "json").json) == 3
    assert "removed 2 older backups" in run("backup", "make", "--keep", "2").err
    assert len(run("backup", "list", "--format", "json").json) == 2


def test_a_backup_of_an_older_version_is_upgraded_when_it_opens(run, tmp_path: Path) -> None:
    old = Path(__file__).parent.parent / "data" / "study-v1.sibtui"
    shutil.copy(old, "old.sibtui.v1.bak")
    assert run("restore", "old.sibtui.v1.bak", "--into", "old.sibtui").status == 0
    assert run("-p", "old.sibtui", "study", "show").status == 0
    kinds = [each["kind"] for each in run("-p", "old.sibtui", "backup", "list", "--format", "json").json]
    assert kinds == ["upgrade", "upgrade"]


def test_a_damaged_study_is_salvaged_with_a_list_of_the_losses(run, sample: Path) -> None:
    damage(sample, 20)
    salvaged = run("salvage", sample, "the saved.sibtui")
    assert salvaged.status == 1
    assert "made the saved.sibtui: 18 sources" in salvaged.err
    assert "not readable" in salvaged.err
    assert "`sibtui -p 'the saved.sibtui' check`" in salvaged.err
    assert "undo needs all rows" in salvaged.err
    assert run("-p", "the saved.sibtui", "coding", "list").status == 0


def test_a_study_with_a_damaged_schema_is_salvaged_without_losses(run, sample: Path) -> None:
    damage(sample)
    salvaged = run("salvage", sample, "saved.sibtui")
    assert (salvaged.status, "nothing was lost" in salvaged.err) == (0, True)


def test_a_sound_study_is_salvaged_without_losses(run, sample: Path) -> None:
    salvaged = run("salvage", sample, "saved.sibtui")
    assert (salvaged.status, "nothing was lost" in salvaged.err) == (0, True)
    assert "already exists" in run("salvage", sample, "saved.sibtui").err
