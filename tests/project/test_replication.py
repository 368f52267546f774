"""Replication packages: their files, what is left out, and that a package is written whole or not at all."""

from __future__ import annotations

import hashlib
import re
import shutil
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui import Project, verify_replication_package
from sibtui.errors import ConflictError, InputError, NotFoundError, SibtuiError, StudyFileError
from sibtui.project.importing.create_from import create_from
from sibtui.project.importing.study_folder_reader import sample_draft
from tests.examples import examples

from .byte_search import files_with
from .random_acts import VERBS, Acts
from .study import add_source, apply_code, matrix, opened, small_study, tampered


def write(project: Project, folder: Path, **options: Any) -> dict[str, bytes]:
    """Write a package, and return the contents of its files by name."""
    project.exports.replication_package(folder, **{"despite_findings": True, **options})
    return contents(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_a_package_has_all_parts_of_the_sample(sample: Project, tmp_path: Path) -> None:
    files = write(sample, tmp_path / "sent")
    for name in ("table-1", "table-2", "table-3", "table-4"):
        assert files[f"tables/{name}.csv"].decode() == sample.matrices.show(name).to_csv()
        assert f"tables/{name}.md" in files
        assert {f"evidence/{name}.md", f"evidence/{name}.csv", f"study/matrices/{name}.toml"} <= files.keys()
    assert {
        "codebook.md",
        "codebook.csv",
        "codings.csv",
        "methods.md",
        "methods.csv",
        "study.qdpx",
        "flat.db",
    } <= files.keys()
    assert sum(name.startswith("study/notes/") for name in files) == 18
    assert files["codings.csv"].count(b"\n") == 635


@pytest.mark.slow
def test_readme_names_each_file(sample: Project, tmp_path: Path) -> None:
    files = write(sample, tmp_path / "sent")
    readme = files["README.md"].decode()
    for name in files.keys() - {"README.md"}:
        parts = name.split("/")
        above = ["/".join(parts[:at]) + "/" for at in range(len(parts) - 1, 0, -1)]
        assert any(f"`{part}`" in readme for part in (name, *above)), name


@pytest.mark.slow
def test_checksums_are_those_of_sha256sum(sample: Project, tmp_path: Path) -> None:
    files = write(sample, tmp_path / "sent")
    lines = files.pop("SHA256SUMS").decode().splitlines()
    assert lines == [f"{hashlib.sha256(data).hexdigest()}  {name}" for name, data in sorted(files.items())]
    if program := shutil.which("sha256sum"):
        subprocess.run([program, "--quiet", "-c", "SHA256SUMS"], cwd=tmp_path / "sent", check=True)


@pytest.mark.parametrize("notes", [True, False])
def test_two_packages_of_a_state_are_equal_in_all_bytes(sample: Project, tmp_path: Path, notes: bool) -> None:
    one = write(sample, tmp_path / "one", notes=notes)
    assert write(sample, tmp_path / "other", notes=notes) == one


@pytest.mark.slow
def test_a_package_does_not_depend_on_the_person_who_writes_it(sample: Project, tmp_path: Path) -> None:
    one = write(sample, tmp_path / "one")
    with Project.open(sample.path, coder="Login-Name") as project:
        assert write(project, tmp_path / "other") == one
    assert files_with(tmp_path / "other", ["Login-Name"]) == []


@pytest.mark.slow
def test_only_the_owner_can_read_the_files(sample: Project, tmp_path: Path) -> None:
    write(sample, tmp_path / "sent")
    for path in (tmp_path / "sent", *(tmp_path / "sent").rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_private_parts_are_left_out_and_counted(coded: Project, tmp_path: Path) -> None:
    coded.matrices.define(matrix())
    coded.cases.set("SIB B", private_name="Leedsville")
    coded.memos.add("Canarymemo.", on="source", of="B1")
    coded.codings.set(1, memo="Canaryonacoding.")
    coded.pseudonyms.add("Canaryname", "P1")
    text = coded.sources.text("A1")
    coded.sources.correct("A1", f"{text}\nCanarylast.")
    coded.sources.correct("A1", text)
    coded.sources.withdraw(add_source(coded, "Canarysource", text="Canarywithdrawn text.").name)
    folder = tmp_path / "sent"
    left_out = {what: n for n, what in coded.exports.replication_package(folder, despite_findings=True).left_out}
    canaries = [
        "Leedsville",
        "Canarymemo",
        "Canaryonacoding",
        "Canaryname",
        "Canarylast",
        "Canarywithdrawn",
        "Canarysource",
    ]
    assert files_with(folder, canaries) == []
    expected = {
        "private names of cases": 1, "memos": 1, "memos on codings": 1, "names in the key of pseudonyms": 1,
        "earlier versions of texts": 2, "withdrawn sources": 1,
    }  # fmt: skip
    assert {what: left_out[what] for what in expected} == expected
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for what, count in left_out.items():
        assert f"- {what}: {count}" in readme


def test_memos_are_written_on_request(coded: Project, tmp_path: Path) -> None:
    coded.memos.add("A thought on B1.", on="source", of="B1")
    write(coded, tmp_path / "sent", memos=True)
    assert {name for name, _ in files_with(tmp_path / "sent", ["A thought on B1."])} >= {"study/memos.toml"}


@pytest.mark.slow
def test_claims_are_written_with_their_verdicts(sample: Project, tmp_path: Path) -> None:
    with Project.create(tmp_path / "own.sibtui", draft=sample_draft()) as project:
        files = write(project, tmp_path / "sent")
    assert files["claims.csv"].count(b",holds,") == 41
    assert verify_replication_package(tmp_path / "sent").is_sound


def test_a_study_without_tables_and_codings_is_written(empty: Project, tmp_path: Path) -> None:
    write(empty, tmp_path / "sent")
    assert verify_replication_package(tmp_path / "sent").is_sound


def test_a_package_is_refused_while_there_are_traces_of_people(coded: Project, tmp_path: Path) -> None:
    coded.pseudonyms.add("Brokerville", "P1")
    coded.memos.add("Brokerville was loud.")
    found = coded.pseudonyms.check(exports_only=True)
    with pytest.raises(InputError, match=f"has {len(found)} trace"):
        coded.exports.replication_package(tmp_path / "sent")
    assert not (tmp_path / "sent").exists()


def test_a_package_is_written_without_a_question_if_no_trace_is_found(coded: Project, tmp_path: Path) -> None:
    for name in coded.sources.names():
        coded.sources.set(name, kind="report")
    assert coded.pseudonyms.check(exports_only=True) == []
    coded.exports.replication_package(tmp_path / "sent")
    assert verify_replication_package(tmp_path / "sent").is_sound


def test_names_of_another_key_are_found(coded: Project, tmp_path: Path) -> None:
    coded.memos.add("Brokerville was loud.")
    coded.pseudonyms.use_key(tmp_path / "names.csv")
    coded.pseudonyms.add("Brokerville", "P1")
    found = coded.pseudonyms.check(exports_only=True)
    assert any("Brokerville" in finding.message for finding in found)
    with pytest.raises(InputError, match=f"has {len(found)} traces of people"):
        coded.exports.replication_package(tmp_path / "sent")
    with Project.open(coded.path) as project, pytest.raises(InputError, match=f"has {len(found)} traces of people"):
        project.exports.replication_package(tmp_path / "sent", key=tmp_path / "names.csv")


@pytest.mark.slow
def test_a_folder_with_contents_is_not_overwritten(sample: Project, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(ConflictError):
        write(sample, folder)
    assert contents(folder) == {"mine.txt": b"mine"}
    assert len(write(sample, folder, force=True)) == 58


@pytest.mark.slow
def test_a_new_package_replaces_an_older_one_as_a_whole(sample: Project, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    before = write(sample, folder)
    (folder / "tables" / "old.csv").write_text("old")
    (folder / "study" / "notes" / "old.md").write_text("old")
    assert write(sample, folder, force=True) == before


@pytest.mark.parametrize("steps", [0, 5, 30, 60, 75])
def test_a_cancelled_package_leaves_nothing(sample: Project, tmp_path: Path, steps: int) -> None:
    class Cancelled(Exception): ...  # noqa: N818

    calls = []

    def progress(done: int, of: int) -> None:
        assert 0 <= done <= of
        calls.append(done)
        if len(calls) > steps:
            raise Cancelled

    with pytest.raises(Cancelled):
        write(sample, tmp_path / "sent", progress=progress)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_progress_reaches_no_more_than_its_end(sample: Project, tmp_path: Path) -> None:
    calls: list[tuple[int, int]] = []
    write(sample, tmp_path / "sent", progress=lambda done, of: calls.append((done, of)))
    assert calls == sorted(calls)
    assert calls[-1][0] > 50


def test_a_blind_round_is_refused(coded: Project, tmp_path: Path) -> None:
    coded.rounds.start("again", blind=True)
    with pytest.raises(InputError, match="The replication package needs codings that the open blind round hides"):
        coded.exports.replication_package(tmp_path / "sent")


@pytest.mark.slow
def test_other_programs_files_can_be_read(sample: Project, tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    write(sample, folder)
    create_from(folder / "study.qdpx", tmp_path / "again.sibtui")
    with Project.open(tmp_path / "again.sibtui") as again:
        for definition in sample.matrices.list():
            assert again.matrices.show(definition.name).to_csv() == sample.matrices.show(definition.name).to_csv()


def test_columns_of_coders_keep_their_order(coded: Project, tmp_path: Path) -> None:
    apply_code(coded, "A1", "Groups", coder="Zoe")
    add_source(coded, "A0", "SIB A")
    coded.sources.move("A0", 1)
    apply_code(coded, "A0", "Groups", coder="Zoe")
    coded.matrices.define(matrix("coders"))
    assert coded.matrices.show("t").columns == ("Ana", "Ben", "Zoe")
    files = write(coded, tmp_path / "sent")
    assert files["tables/t.csv"].decode() == coded.matrices.show("t").to_csv()


@given(st.randoms(use_true_random=False), st.booleans(), st.booleans())
@examples(8)
def test_any_study_gives_a_sound_package(empty: Project, tmp_path: Path, random: Any, notes: bool, memos: bool) -> None:
    path = Path(shutil.copy(empty.path, tmp_path / "any.sibtui"))
    with opened(path) as project:
        small_study(project)
        acts = Acts(project, random)
        for _ in range(40):
            with suppress(SibtuiError):
                getattr(acts, random.choice(VERBS))()
        try:
            for definition in project.matrices.list():
                project.matrices.show(definition.name)
        except NotFoundError:  # such a table cannot be in a package
            return
        write(project, tmp_path / "sent", notes=notes, memos=memos, force=True)
    check = verify_replication_package(tmp_path / "sent")
    assert check.is_sound, (check.problem, [file for file in check.files if not file.is_sound])


def test_decisions_on_disagreements_stay_with_their_tables(coded: Project, tmp_path: Path) -> None:
    apply_code(coded, "A1", "Brokering", 0, 5, coder="Ben", stance="counters")
    coded.readings.add("A1", coder="Ben")
    coded.readings.add("A1", coder="Ana")
    coded.matrices.define(matrix())
    coded.codings.decide(1, "neither", reason="Hearsay.", coder=("Ana", "Ben"))
    write(coded, tmp_path / "sent")
    assert verify_replication_package(tmp_path / "sent").is_sound


@pytest.mark.slow
def test_pictures_are_written_on_request(sample: Project, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is an optional extra")
    files = write(sample, tmp_path / "sent", pictures=True, notes=False)
    assert [name for name in files if name.startswith("pictures/")] == [f"pictures/table-{n}.svg" for n in (1, 2, 3, 4)]
    assert b"`pictures/`" in files["README.md"]
    assert write(sample, tmp_path / "again", pictures=True, notes=False) == files
    check = verify_replication_package(tmp_path / "sent")
    assert check.is_sound
    assert [file.computed for file in check.files if file.name.startswith("pictures/")] == ["equal"] * 4


@pytest.mark.slow
def test_pictures_without_the_library_are_not_computed(
    sample: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is an optional extra")
    write(sample, tmp_path / "sent", pictures=True)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    check = verify_replication_package(tmp_path / "sent")
    assert check.is_sound
    assert {file.computed for file in check.files if file.name.startswith("pictures/")} == {""}
    (tmp_path / "sent" / "pictures" / "table-9.svg").write_text("<svg/>")
    assert [file.name for file in verify_replication_package(tmp_path / "sent").files if not file.is_sound] == [
        "pictures/table-9.svg"
    ]


def test_pictures_without_the_library_are_refused(
    sample: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(InputError, match=r"pip install 'sibtui\[pictures\]'"):
        write(sample, tmp_path / "sent", pictures=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("notes", [True, False])
@pytest.mark.parametrize(
    "statement", ['UPDATE codings SET "end" = "end" + 1 WHERE id = 1', "DELETE FROM cases WHERE label = 'SIB B'"]
)
def test_a_damaged_study_gives_no_package(coded: Project, tmp_path: Path, statement: str, notes: bool) -> None:
    tampered(coded.path, statement)
    with pytest.raises(
        StudyFileError, match=r"The replication package was not written, because .* is damaged\."
    ) as raised:
        coded.exports.replication_package(tmp_path / "sent", notes=notes, despite_findings=True)
    assert raised.value.hint == "check"
    assert not (tmp_path / "sent").exists()


def test_the_readme_of_an_empty_study_names_only_files_that_are_there(empty: Project, tmp_path: Path) -> None:
    files = write(empty, tmp_path / "sent")
    named = re.findall(r"`([^`]+[./][^`]*)`", files["README.md"].decode().split("## Check")[0])
    assert [name for name in named if not (tmp_path / "sent" / name).exists()] == []
