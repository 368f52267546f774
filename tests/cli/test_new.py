"""`sibtui new` and `sibtui demo`: a study is made completely or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import sibtui
from sibtui.project.importing import study_folder_reader as folder_module


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def text_folder(tmp_path: Path) -> Path:
    """Return a folder of plain text, written by hand, that can become a study."""
    folder = tmp_path / "by-hand"
    (folder / "notes").mkdir(parents=True)
    (folder / "notes" / "a1.md").write_text("---\ncases: [SIB A]\n---\n\nThey never asked before.\n", encoding="utf-8")
    (folder / "codebook.toml").write_text('[[code]]\npath = "Trust"\n', encoding="utf-8")
    (folder / "codings.csv").write_text("source,code,quote\na1,Trust,never asked\n", encoding="utf-8")
    (folder / "study.toml").write_text('[study]\nname = "By hand"\n[[case]]\nlabel = "SIB A"\n', encoding="utf-8")
    return folder


def test_a_new_study_is_empty_and_private_and_names_the_next_command(run, tmp_path: Path) -> None:
    result = run("new", "study.sibtui", "--name", "Four contracts")
    assert result.status == 0
    assert result.out == ""
    assert "source add" in result.err
    assert (tmp_path / "study.sibtui").stat().st_mode & 0o777 == 0o600
    facts = run("study", "show", "--format", "json").facts
    assert (facts["name"], facts["sources"], facts["codings"]) == ("Four contracts", 0, 0)


@pytest.mark.parametrize("command", [("new", "a b ü.sibtui"), ("demo", "--into", "a b ü.sibtui")])
def test_the_next_command_has_the_name_of_the_file_in_quotation_marks(run, command: tuple[str, ...]) -> None:
    assert "`sibtui -p 'a b ü.sibtui' " in run(*command).err


def test_a_study_without_a_name_gets_the_name_of_its_file_and_the_file_the_extension(run, tmp_path: Path) -> None:
    run("new", "contracts")
    assert (tmp_path / "contracts.sibtui").is_file()
    assert run("study", "show", "--format", "json").facts["name"] == "contracts"


def test_an_existing_study_is_replaced_only_with_force(run, sample: Path) -> None:
    before = sample.read_bytes()
    refused = run("new", sample.name)
    assert refused.status == 1
    assert "--force" in refused.err
    assert sample.read_bytes() == before
    assert run("new", sample.name, "--force").status == 0
    assert run("study", "show", "--format", "json").facts["sources"] == 0


def test_the_journal_of_a_crashed_study_is_not_replayed_into_its_replacement(run, tmp_path: Path) -> None:
    file = tmp_path / "study.sibtui"
    journal = tmp_path / "study.sibtui-journal"
    run("new", file)
    crashing = (
        "import os, sqlite3, sys\n"
        "study = sqlite3.connect(sys.argv[1])\n"
        "study.execute('PRAGMA cache_spill = 1')\n"
        "study.execute('PRAGMA cache_size = 1')\n"
        "study.execute('CREATE TABLE big (words TEXT)')\n"
        "study.executemany('INSERT INTO big VALUES (?)', [('x' * 5000,)] * 200)\n"
        "os._exit(1)\n"
    )
    subprocess.run([sys.executable, "-c", crashing, str(file)], check=False)
    assert journal.stat().st_size > 0
    assert run("new", file, "--force", "--name", "Second").status == 0
    assert not journal.exists()
    assert run("check").status == 0
    assert run("study", "show", "--format", "json").facts["name"] == "Second"


def test_a_study_in_a_missing_folder_is_refused(run) -> None:
    refused = run("new", "nowhere/study.sibtui")
    assert refused.status == 1
    assert "nowhere" in refused.err


def test_a_hand_written_folder_becomes_a_study(run, text_folder: Path) -> None:
    result = run("new", "study.sibtui", "--from", text_folder)
    assert result.status == 0, result.err
    assert "1 source, 1 case, 1 code, 1 coding" in result.err
    assert run("study", "show", "--format", "json").facts["name"] == "By hand"
    assert [row["quote"] for row in run("coding", "list", "--format", "json").json] == ["never asked"]


def test_the_option_name_is_preferred_to_the_name_in_the_folder(run, text_folder: Path) -> None:
    run("new", "study.sibtui", "--from", text_folder, "--name", "Mine")
    assert run("study", "show", "--format", "json").facts["name"] == "Mine"


def test_codings_without_a_case_are_counted(run, text_folder: Path) -> None:
    (text_folder / "notes" / "m1.md").write_text("---\ncases: [SIB A, SIB B]\n---\n\nAll said.\n", encoding="utf-8")
    with (text_folder / "codings.csv").open("a", encoding="utf-8") as codings:
        codings.write("m1,Trust,All said\n")
    result = run("new", "study.sibtui", "--from", text_folder)
    assert "1 coding without a case" in result.err


def test_an_invalid_value_in_a_note_of_a_folder_is_reported(run, text_folder: Path) -> None:
    (text_folder / "notes" / "m1.md").write_text("---\nkind: chat\n---\n\nText.\n", encoding="utf-8")
    result = run("new", "study.sibtui", "--from", text_folder)
    assert result.status == 0
    assert "m1: “kind” is “chat”, not one of interview, document, report, other" in result.err


def test_unusual_rows_of_a_folder_are_read_and_reported(run, text_folder: Path) -> None:
    with (text_folder / "codings.csv").open("a", encoding="utf-8") as codings:
        codings.write('a1,"Tru"st,never asked\n')
    result = run("new", "study.sibtui", "--from", text_folder)
    assert result.status == 0
    assert "codings.csv: line 3 has a stray quotation mark, and was read as text." in result.err


def test_an_exported_folder_makes_the_same_folder_again(run, sample: Path) -> None:
    run("export", "folder", "first")
    assert run("new", "again.sibtui", "--from", "first").status == 0
    assert run("-p", "again.sibtui", "export", "folder", "second").status == 0
    assert files(Path("first")) == files(Path("second"))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("codings.csv", "source,code,quote\na1,Trust,never said\n", ("codings.csv", "line 2", "never said")),
        ("codings.csv", "source,code,quote\na9,Trust,never asked\n", ("codings.csv", "line 2", "a9")),
        ("codebook.toml", "[[code]\n", ("codebook.toml",)),
        ("study.toml", '[study]\nnaem = "x"\n', ("study.toml", "naem")),
    ],
)
def test_an_error_in_a_folder_is_reported_with_its_line_and_no_study_is_made(
    run, text_folder: Path, tmp_path: Path, name: str, content: str, message: tuple[str, ...]
) -> None:
    (text_folder / name).write_text(content, encoding="utf-8")
    refused = run("new", "study.sibtui", "--from", text_folder)
    assert refused.status == 1
    assert all(word in refused.err for word in message), refused.err
    assert [path.name for path in tmp_path.iterdir()] == ["by-hand"]


@pytest.mark.parametrize("make", [lambda folder: None, lambda folder: folder.mkdir(), lambda folder: folder.touch()])
def test_a_path_that_is_not_the_folder_of_a_study_is_refused(run, tmp_path: Path, make) -> None:
    make(tmp_path / "there")
    refused = run("new", "study.sibtui", "--from", "there")
    assert refused.status == 1
    assert "folder" in refused.err
    assert not Path("study.sibtui").exists()


def test_a_link_to_a_file_outside_the_folder_is_reported_and_not_read(run, text_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "private.md").write_text("A secret.\n", encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "other.md").write_text("Another.\n", encoding="utf-8")
    (text_folder / "notes" / "linked.md").symlink_to(tmp_path / "private.md")
    (text_folder / "notes" / "more").symlink_to(tmp_path / "elsewhere")
    result = run("new", "study.sibtui", "--from", text_folder)
    assert result.status == 0, result.err
    assert "notes/linked.md is not read" in result.err
    assert [row["name"] for row in run("source", "list", "--format", "json").json] == ["a1"]


def test_only_files_of_a_study_are_read(run, text_folder: Path) -> None:
    (text_folder / "notes" / ".draft.md").write_text("Hidden.\n", encoding="utf-8")
    (text_folder / "notes" / "sub").mkdir()
    (text_folder / "notes" / "sub" / "b1.txt").write_text("Deeper.\n", encoding="utf-8")
    (text_folder / "notes" / "picture.png").write_bytes(b"\x89PNG")
    (text_folder / "README.md").write_text("Not a note.\n", encoding="utf-8")
    os.mkfifo(text_folder / "notes" / "pipe.md")  # a read would wait for ever
    assert run("new", "study.sibtui", "--from", text_folder).status == 0
    assert [row["name"] for row in run("source", "list", "--format", "json").json] == ["a1", "b1"]


def test_a_folder_with_too_many_files_is_refused(run, text_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "LARGEST", 40)
    refused = run("new", "study.sibtui", "--from", text_folder)
    assert refused.status == 1
    assert "MB" in refused.err


def test_the_demo_prints_four_tables_and_leaves_no_file(run, tmp_path: Path) -> None:
    shown = run("demo")
    assert shown.status == 0
    assert [line[:8] for line in shown.out.splitlines() if line.startswith("Table ")] == [
        f"Table {number}." for number in (1, 2, 3, 4)
    ]
    assert "demo --into" in shown.err
    assert list(tmp_path.iterdir()) == []


def test_the_demo_is_kept_in_the_given_file(run) -> None:
    shown = run("demo", "--into", "tour.sibtui")
    assert "tour.sibtui" in shown.err
    assert run("matrix", "show").out == shown.out
    again = run("demo", "--into", "tour.sibtui")
    assert (again.status, again.out) == (1, "")
    assert "--force" in again.err
    assert run("demo", "--into", "tour.sibtui", "--force").status == 0


def test_the_demo_without_sample_notes_is_refused(run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sibtui, "__file__", str(tmp_path / "lib" / "sibtui" / "__init__.py"))
    refused = run("demo")
    assert refused.status == 1
    assert "install it again" in refused.err
