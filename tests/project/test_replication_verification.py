"""The check of a replication package: each change is found, and a hostile package gives one clear sentence."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import sys
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

import sibtui
from sibtui import Project, ReplicationCheck, verify_replication_package
from sibtui.errors import InputError
from sibtui.model.text import one_line
from sibtui.project.replication import listed_files
from tests.sweeps import in_part

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sibtui import Project


@pytest.fixture(scope="module")
def written(sample: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of the sample study. The tests of this module copy it."""
    folder = tmp_path_factory.mktemp("written") / "sent"
    sample.exports.replication_package(folder, despite_findings=True)
    return folder


@pytest.fixture
def sent(written: Path, tmp_path: Path) -> Path:
    return shutil.copytree(written, tmp_path / "sent")


def with_new_sums(folder: Path) -> None:
    """Write the checksums again, as somebody does who hides a change."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in files
    )
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def found(check: ReplicationCheck) -> dict[str, tuple[str, str]]:
    """Return the state beside the checksum, and beside the computed file, of each file that is not sound."""
    return {file.name: (file.checksum, file.computed) for file in check.files if not file.is_sound}


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_bytes().decode()
    assert before in text
    path.write_bytes(text.replace(before, after, 1).encode())


def test_the_four_tables_of_the_sample_are_equal(written: Path) -> None:
    check = verify_replication_package(written)
    assert check.is_sound
    assert [(file.name, file.checksum, file.computed) for file in check.tables] == [
        (f"tables/table-{number}.{form}", "equal", "equal") for number in (1, 2, 3, 4) for form in ("csv", "md")
    ]
    assert check.lines == (
        "Checksums: 56 equal.", "Tables computed again: 8 equal.", "All files computed again: 26 equal.",
    )  # fmt: skip


@pytest.mark.slow
def test_a_check_changes_nothing_in_the_package(sent: Path) -> None:
    before = {path: path.read_bytes() for path in sent.rglob("*") if path.is_file()}
    verify_replication_package(sent)
    assert {path: path.read_bytes() for path in sent.rglob("*") if path.is_file()} == before
    assert [path.name for path in sent.parent.iterdir()] == ["sent"]


def test_a_changed_cell_is_found(sent: Path) -> None:
    edit(
        sent / "tables" / "table-1.csv",
        "Use of more co-creation practices,,,X,X",
        "Use of more co-creation practices,X,,X,X",
    )
    assert found(verify_replication_package(sent)) == {"tables/table-1.csv": ("changed", "changed")}
    with_new_sums(sent)
    check = verify_replication_package(sent)
    assert found(check) == {"tables/table-1.csv": ("equal", "changed")}
    [file] = [file for file in check.files if not file.is_sound]
    assert file.why == "Use of more co-creation practices, SIB A: “X”, computed “”"


@pytest.mark.slow
def test_a_changed_cell_of_a_printed_table_is_found(sent: Path) -> None:
    edit(sent / "tables" / "table-2.md", "| X |", "|  |")
    with_new_sums(sent)
    check = verify_replication_package(sent)
    assert found(check) == {"tables/table-2.md": ("equal", "changed")}
    assert next(file.why for file in check.files if not file.is_sound).startswith("line ")


@pytest.mark.slow
def test_a_removed_row_of_a_table_is_found(sent: Path) -> None:
    path = sent / "tables" / "table-3.csv"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    with_new_sums(sent)
    assert found(verify_replication_package(sent)) == {"tables/table-3.csv": ("equal", "changed")}


def test_a_changed_coding_is_found(sent: Path) -> None:
    edit(sent / "study" / "codings.csv", ",supports,firm,", ",counters,firm,")
    assert found(verify_replication_package(sent))["study/codings.csv"] == ("changed", "")
    with_new_sums(sent)
    other = found(verify_replication_package(sent))
    assert {"codings.csv", "flat.db", "study.qdpx"} <= other.keys()
    assert set(other.values()) == {("equal", "changed")}


@pytest.mark.slow
def test_a_removed_coding_changes_the_table(sent: Path) -> None:
    path = sent / "study" / "codings.csv"
    lines = path.read_bytes().decode().splitlines(keepends=True)
    path.write_bytes(
        "".join(line for line in lines if "Shared budgets" not in line and "Personal budgets" not in line).encode()
    )
    with_new_sums(sent)
    check = verify_replication_package(sent)
    assert "tables/table-2.csv" in found(check)
    assert "Use of personal budgets, SIB A: “X”, computed “”" in next(
        f.why for f in check.files if f.name == "tables/table-2.csv"
    )


@pytest.mark.slow
def test_a_changed_list_of_codings_is_found(sent: Path) -> None:
    edit(sent / "codings.csv", ",supports,firm,", ",supports,tentative,")
    with_new_sums(sent)
    assert found(verify_replication_package(sent)) == {"codings.csv": ("equal", "changed")}


@pytest.mark.slow
def test_a_changed_character_of_a_note_is_found(sent: Path) -> None:
    path = sent / "study" / "notes" / "a1.md"
    data = path.read_bytes()
    path.write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    assert found(verify_replication_package(sent))["study/notes/a1.md"] == ("changed", "")
    with_new_sums(sent)
    assert {"flat.db", "study.qdpx"} <= found(verify_replication_package(sent)).keys()


def test_a_note_that_no_longer_has_a_quote_gives_the_reason(sent: Path) -> None:
    edit(sent / "study" / "notes" / "a1.md", "When an outcome is missed", "When one outcome is missed")
    with_new_sums(sent)
    check = verify_replication_package(sent)
    assert "codings.csv, line 2" in check.problem
    assert not check.is_sound
    assert check.lines[-1] == f"The tables could not be computed: {check.problem}"


@pytest.mark.parametrize("name", in_part(["study/codebook.toml", "codebook.md", "codebook.csv"]))
def test_a_changed_line_of_the_codebook_is_found(sent: Path, name: str) -> None:
    edit(sent / name, "Money", "Honey")
    assert found(verify_replication_package(sent))[name][0] == "changed"
    with_new_sums(sent)
    assert not verify_replication_package(sent).is_sound


@pytest.mark.parametrize("name", in_part(["README.md", "methods.csv", "evidence/table-1.md", "evidence/table-4.csv"]))
def test_a_changed_byte_of_a_computed_file_is_found(sent: Path, name: str) -> None:
    data = (sent / name).read_bytes()
    (sent / name).write_bytes(data[:200] + bytes([data[200] ^ 2]) + data[201:])
    with_new_sums(sent)
    assert found(verify_replication_package(sent)) == {name: ("equal", "changed")}


@pytest.mark.slow
def test_a_missing_and_an_extra_file_are_found(sent: Path) -> None:
    (sent / "README.md").unlink()
    (sent / "tables" / "table-1.csv").unlink()
    (sent / "notes.txt").write_text("extra")
    assert found(verify_replication_package(sent)) == {
        "README.md": ("missing", ""), "notes.txt": ("extra", ""), "tables/table-1.csv": ("missing", ""),
    }  # fmt: skip
    with_new_sums(sent)
    assert found(verify_replication_package(sent)) == {
        "README.md": ("missing", ""), "notes.txt": ("extra", ""), "tables/table-1.csv": ("missing", ""),
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    in_part(
        [
            "tables/table-9.csv",
            "evidence/table-9.md",
            "pictures/table-1.svg",
            "results.csv",
            "study/a.txt",
            "study/notes/a.pdf",
        ]
    ),
)
def test_a_file_that_no_package_has_is_extra_with_a_checksum_too(sent: Path, name: str) -> None:
    (sent / name).parent.mkdir(exist_ok=True)
    (sent / name).write_bytes(b"row,SIB A\nTrust,X\n")
    with_new_sums(sent)
    assert found(verify_replication_package(sent)) == {name: ("extra", "")}


@pytest.mark.slow
def test_files_of_file_managers_are_ignored(sent: Path) -> None:
    for name in (".DS_Store", "tables/Thumbs.db", "study/desktop.ini"):
        (sent / name).write_bytes(b"1")
    assert verify_replication_package(sent).is_sound


@pytest.mark.slow
def test_a_file_that_is_not_computed_must_not_be_missing(sample: Project, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    sample.exports.replication_package(folder, notes=False, despite_findings=True)
    (folder / "methods.csv").unlink()
    with_new_sums(folder)
    assert found(verify_replication_package(folder)) == {"methods.csv": ("missing", "")}


@pytest.mark.slow
def test_a_package_of_another_version_is_equal(sent: Path) -> None:
    for name in ("package.toml", "README.md", "methods.md", "methods.csv"):
        path = sent / name
        path.write_bytes(path.read_bytes().replace(sibtui.__version__.encode(), b"0.0.9"))
    with_new_sums(sent)
    check = verify_replication_package(sent)
    assert check.is_sound
    assert check.lines[-1].startswith("sibtui 0.0.9 wrote the package, and this is sibtui")


@pytest.mark.slow
def test_an_archive_with_other_bytes_and_the_same_content_is_equal(sent: Path) -> None:
    path, again = sent / "study.qdpx", sent.parent / "again.qdpx"
    with zipfile.ZipFile(path) as one, zipfile.ZipFile(again, "w", zipfile.ZIP_STORED) as other:
        for name in one.namelist():
            other.writestr(name, one.read(name))
    shutil.copy(again, path)
    with_new_sums(sent)
    assert verify_replication_package(sent).is_sound


@pytest.mark.slow
def test_a_database_with_other_bytes_and_the_same_content_is_equal(sent: Path) -> None:
    with closing(sqlite3.connect(sent / "flat.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("VACUUM")
    with_new_sums(sent)
    assert verify_replication_package(sent).is_sound


@pytest.mark.slow
@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE codings SET start = start + 1 WHERE coding = 7", "has other rows in the table codings"),
        ("DELETE FROM cells WHERE rowid = 3", "has other rows in the table cells"),
        ("CREATE TABLE more (a)", "has other tables"),
        ("DROP VIEW quotes_by_code", "has other tables"),
    ],
)
def test_a_changed_database_is_found(sent: Path, statement: str, why: str) -> None:
    with closing(sqlite3.connect(sent / "flat.db", isolation_level=None)) as connection:
        connection.execute(statement)
    with_new_sums(sent)
    check = verify_replication_package(sent)
    assert [(file.name, file.why) for file in check.files if not file.is_sound] == [("flat.db", why)]


def test_an_endless_view_in_place_of_a_table_does_not_run(sent: Path) -> None:
    with closing(sqlite3.connect(sent / "flat.db", isolation_level=None)) as connection:
        connection.execute("DROP TABLE judgements")
        connection.execute(
            "CREATE VIEW judgements AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
        )
    with_new_sums(sent)
    assert found(verify_replication_package(sent)) == {"flat.db": ("equal", "changed")}


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_database_or_archive_is_named(sent: Path, data: bytes) -> None:
    (sent / "flat.db").write_bytes(data)
    (sent / "study.qdpx").write_bytes(data)
    with_new_sums(sent)
    check = verify_replication_package(sent)
    assert found(check) == {"flat.db": ("equal", "changed"), "study.qdpx": ("equal", "changed")}
    assert all(file.why for file in check.files if not file.is_sound)


@pytest.mark.slow
def test_an_archive_with_a_bomb_is_not_unpacked(sent: Path) -> None:
    with zipfile.ZipFile(sent / "study.qdpx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("project.qde", b"0" * (1 << 25))
    with_new_sums(sent)
    [file] = [file for file in verify_replication_package(sent).files if not file.is_sound]
    assert "would unpack to far more" in file.why


@pytest.mark.slow
def test_xml_entities_in_an_archive_are_a_difference(sent: Path) -> None:
    entities = '<!DOCTYPE a [<!ENTITY b "cccccccccc">]><Project>&b;</Project>'
    with zipfile.ZipFile(sent / "study.qdpx") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(sent / "study.qdpx", "w") as archive:
        for name, data in members.items():
            archive.writestr(name, entities if name.endswith(".qde") else data)
    with_new_sums(sent)
    [file] = [file for file in verify_replication_package(sent).files if not file.is_sound]
    assert (file.name, file.why) == ("study.qdpx", "its member project.qde differs")


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "no checksums": (lambda p: (p / "SHA256SUMS").unlink(), "it has no file SHA256SUMS"),
    "a link to a file": (lambda p: (p / "link.csv").symlink_to("/etc/hostname"), "“link.csv” is a link"),
    "a link to a folder": (lambda p: (p / "study" / "more").symlink_to("/etc"), "“study/more” is a link"),
    "a link that leads nowhere": (lambda p: (p / "link").symlink_to("nowhere"), "“link” is a link"),
    "checksums in a link": (
        lambda p: ((p / "SHA256SUMS").rename(p / "sums"), (p / "SHA256SUMS").symlink_to("sums")),
        "it has no file SHA256SUMS",
    ),
    "checksums in UTF-16": (
        lambda p: (p / "SHA256SUMS").write_text((p / "SHA256SUMS").read_text(), encoding="utf-16"), "in UTF-8"
    ),
    "a name outside": (lambda p: (p / "SHA256SUMS").write_text(f"{'0' * 64}  ../../etc/passwd\n"), "line 1: “../../etc/passwd”"),
    "an absolute name": (lambda p: (p / "SHA256SUMS").write_text(f"{'0' * 64}  /etc/passwd\n"), "line 1: “/etc/passwd”"),
    "a name of another system": (lambda p: (p / "SHA256SUMS").write_text(f"{'0' * 64}  ..\\passwd\n"), "line 1: “..\\\\passwd”"),
    "a name twice": (lambda p: (p / "SHA256SUMS").write_text(f"{'0' * 64}  a\n" * 2), "line 2: “a”"),
    "no checksum": (lambda p: (p / "SHA256SUMS").write_text("hello\n"), "line 1: this is no checksum"),
}  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
@pytest.mark.parametrize("what", REFUSED)
def test_a_hostile_package_is_refused_in_one_sentence(sent: Path, what: str) -> None:
    change, message = REFUSED[what]
    change(sent)
    with pytest.raises(InputError, match=message) as raised:
        verify_replication_package(sent)
    assert "\n" not in str(raised.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_a_pipe_is_refused(sent: Path) -> None:
    os.mkfifo(sent / "pipe")
    with pytest.raises(InputError, match="“pipe” is a link or a device"):
        verify_replication_package(sent)


def test_a_huge_file_is_refused(sent: Path) -> None:
    with (sent / "flat.db").open("r+b") as file:
        file.truncate(1 << 36)  # the file has a hole: it takes no room on the disk
    with pytest.raises(InputError, match=r"“flat\.db” is larger than 8 GB"):
        verify_replication_package(sent)


def test_too_many_files_are_refused(sent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed_files, "_MOST_FILES", 20)
    with pytest.raises(InputError, match="more than 20 files"):
        verify_replication_package(sent)


def test_a_huge_list_of_checksums_is_refused(sent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed_files, "_LARGEST_LIST", 20)
    with pytest.raises(InputError, match="SHA256SUMS is too large"):
        verify_replication_package(sent)


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_what_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("a")
    with pytest.raises(InputError, match="There is no folder"):
        verify_replication_package(tmp_path / name)


PROBLEMS: dict[str, tuple[str, bytes, str]] = {
    "no facts": ("package.toml", b"", "the kind is “”"),
    "facts of another program": ("package.toml", b"[package]\nkind = 'other'\n", "the kind is “other”"),
    "facts of a later version": (
        "package.toml", b"[package]\nkind = 'sibtui replication package'\nversion = 2\n", "not version 2",
    ),
    "facts in UTF-16": ("package.toml", "[package]".encode("utf-16"), "package.toml"),
    "facts that are not TOML": ("package.toml", b"\0\1", "package.toml"),
    "a codebook that is not TOML": ("study/codebook.toml", b"[[[", "codebook.toml"),
    "no study": ("study/study.toml", b"\xff\xfe", "study.toml"),
    "codings without columns": ("study/codings.csv", b"a\n1\n", "codings.csv"),
    "a matrix without rows": ("study/matrices/table-1.toml", b"name = 3", "table-1.toml"),
}  # fmt: skip


@pytest.mark.parametrize("what", in_part(PROBLEMS))
def test_a_package_that_cannot_be_computed_gives_the_reason(sent: Path, what: str) -> None:
    name, data, message = PROBLEMS[what]
    (sent / name).write_bytes(data)
    with_new_sums(sent)
    check = verify_replication_package(sent)
    assert not check.is_sound
    assert message in check.problem
    assert one_line(check.problem) == check.problem
    assert {file.checksum for file in check.files} == {"equal"}


def test_missing_facts_and_a_missing_study_are_named(sent: Path) -> None:
    shutil.rmtree(sent / "study")
    assert "There is no folder" in verify_replication_package(sent).problem
    (sent / "package.toml").unlink()
    assert verify_replication_package(sent).problem == "the file package.toml is missing."


def test_a_check_can_be_cancelled(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Cancelled(Exception): ...  # noqa: N818

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def progress(done: int, of: int) -> None:
        assert done <= of
        if done > 60:
            raise Cancelled

    with pytest.raises(Cancelled):
        verify_replication_package(written, progress=progress)
    assert list(tmp_path.iterdir()) == []
