"""Summaries in a study folder, a REFI-QDA project, a merge, an erasure and a check for names."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.project import Project
from sibtui.project.importing.other_programs import read_foreign
from sibtui.project.importing.study_folder_reader import read_folder

from .study import add_source, apply_code, opened

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.model.records import Coding
    from sibtui.model.summaries import Summary

ROWS = (RowDefinition("Brokers", "Brokering"), RowDefinition("Money", "Budgets"))


@pytest.fixture
def written(coded: Project) -> Project:
    """A table with a summary of a cell, which links to a coding and a place, and a summary of a code."""
    first = quote(coded)
    coded.matrices.define(MatrixDefinition("t", "The table", ROWS))
    link = f"[{first.id}] [A1 {first.segment.start}:{first.segment.end - 1}]"
    coded.summaries.set("t", "Brokers", "SIB A", f"They broker {link}.")
    coded.summaries.set_code("Budgets", "SIB A", "They\nspend.")
    return coded


def quote(project: Project, source: str = "A1") -> Coding:
    return next(iter(project.codings.list(source=source)))


def plain(project: Project) -> list[Summary]:
    """The summaries without their lasting ids."""
    return [replace(each.summary, uid="") for each in project.summaries.list()]


def folder(project: Project, path: Path) -> dict[str, bytes]:
    shutil.rmtree(path, ignore_errors=True)
    project.exports.folder(path)
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in path.rglob("*") if file.is_file()}


def test_a_folder_brings_summaries_back_with_links_to_the_new_numbers(written: Project, tmp_path: Path) -> None:
    files = folder(written, tmp_path / "folder")
    first = quote(written)
    assert f"They broker [A1 {first.segment}]" in files["summaries.toml"].decode()
    with Project.create(tmp_path / "other.sibtui", draft=read_folder(tmp_path / "folder"), coder="Ana") as other:
        assert [each.changes + each.lost for each in other.summaries.list()] == [(), ()]
        found, expected = plain(other), plain(written)
        number = quote(other).id
        assert found[0].text.startswith(f"They broker [{number}] [A1 ")
        assert found == [replace(expected[0], text=found[0].text), expected[1]]
        assert folder(other, tmp_path / "again") == files


def test_a_link_to_a_removed_coding_becomes_a_link_to_its_place(written: Project, tmp_path: Path) -> None:
    before = folder(written, tmp_path / "before")["summaries.toml"]
    first = quote(written)
    written.codings.remove(first.id)
    assert folder(written, tmp_path / "folder")["summaries.toml"] == before
    with Project.create(tmp_path / "other.sibtui", draft=read_folder(tmp_path / "folder")) as other:
        [lost, _] = other.summaries.list()[0].lost
        assert lost == f"[A1 {first.segment}]: no quote of “Brokers” in SIB A is at this place."
        assert folder(other, tmp_path / "again")["summaries.toml"] == before


def test_a_link_to_a_removed_coding_follows_a_correction_and_a_new_name_of_the_source(
    written: Project, tmp_path: Path
) -> None:
    first = quote(written)
    written.codings.remove(first.id)
    written.sources.correct("A1", "Before. " + written.sources.text("A1"))
    written.sources.set("A1", new_name="A1-b")
    moved = f"[A1-b {first.segment.start + 8}:{first.segment.end + 8}]"
    assert f"They broker {moved} [A1-b " in folder(written, tmp_path / "folder")["summaries.toml"].decode()


@pytest.mark.parametrize("is_removed", [True, False])
def test_a_link_without_its_words_is_lost_and_fits_no_other_coding(
    written: Project, tmp_path: Path, is_removed: bool
) -> None:
    first = quote(written)
    written.codings.remove(first.id)
    if is_removed:
        written.sources.remove("A1")
    else:
        written.sources.correct("A1", "All is new here.")
    assert "They broker [0] [A1 " in folder(written, tmp_path / "folder")["summaries.toml"].decode()
    with Project.create(tmp_path / "other.sibtui", draft=read_folder(tmp_path / "folder")) as other:
        lost = [each for found in other.summaries.list() for each in found.lost]
        assert "[0]: the coding of this link was removed." in lost


def test_a_merge_keeps_the_link_to_a_coding_that_was_removed(written: Project, tmp_path: Path) -> None:
    texts = [each.text for each in plain(written)]
    shutil.copy(written.path, tmp_path / "theirs.sibtui")
    with opened(tmp_path / "theirs.sibtui", coder="Ben") as theirs:
        number = quote(theirs).id
        theirs.codings.remove(number)
        assert [each.kind for each in written.diff(theirs.path).differences] == ["coding"]
        written.merge(theirs.path)
    assert [each.text for each in plain(written)] == texts
    assert f"[{number}]: there is no coding {number}." in written.summaries.list()[0].lost


def test_a_project_file_brings_summaries_back(written: Project, tmp_path: Path) -> None:
    written.exports.qdpx(tmp_path / "study.qdpx")
    draft = read_foreign(tmp_path / "study.qdpx").study
    with Project.create(tmp_path / "other.sibtui", draft=draft, coder="Ana") as other:
        assert [each.changes + each.lost for each in other.summaries.list()] == [(), ()]
        assert [each.text.split(" [")[0] for each in plain(other)] == ["They broker", "They\nspend."]
        assert [memo.title for memo in other.memos.list()] == []


def test_other_programs_show_a_summary_as_a_note_on_its_code_with_the_case(written: Project, tmp_path: Path) -> None:
    import zipfile

    written.exports.qdpx(tmp_path / "study.qdpx")
    with zipfile.ZipFile(tmp_path / "study.qdpx") as archive:
        xml = archive.read("project.qde").decode()
    assert xml.count('name="Summary: SIB A"') == 2
    guid = xml.split('name="Summary: SIB A"')[0].rsplit('guid="', 1)[1].split('"')[0]
    code = xml.split('name="Brokering"')[1].split("</Code>")[0]
    assert f'<NoteRef targetGUID="{guid}"/>' in code


def test_a_merge_adds_and_takes_summaries_and_links_to_the_codings_here(written: Project, tmp_path: Path) -> None:
    shutil.copy(written.path, tmp_path / "theirs.sibtui")
    apply_code(written, "A1", "Budgets", 0, 4)
    with opened(tmp_path / "theirs.sibtui", coder="Ben") as theirs:
        new = apply_code(theirs, "B1", "Brokering", 20, 30)
        theirs.summaries.set("t", "Brokers", "SIB B", f"There [{new.id}].")
        theirs.set_coder("Ana")
        theirs.summaries.set_code("Budgets", "SIB A", "They save.")
    merged = written.merge(tmp_path / "theirs.sibtui")
    assert (merged.written, merged.conflicts) == (True, ())
    number = next(each.id for each in written.codings.list(source="B1") if each.segment.start == 20)
    assert {each.coder: each.text for each in plain(written) if each.column == "SIB B"} == {"Ben": f"There [{number}]."}
    assert [each.text for each in plain(written) if each.code] == ["They save."]
    assert all(each.lost == () for each in written.summaries.list())
    before = folder(written, tmp_path / "one")
    assert not written.merge(tmp_path / "theirs.sibtui").written
    written.history.undo()
    assert folder(written, tmp_path / "two") != before
    written.history.redo()
    assert folder(written, tmp_path / "three") == before


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_a_corrected_text_in_a_merge_leaves_summaries_as_they_are(written: Project, tmp_path: Path, take: Any) -> None:
    texts = [each.text for each in plain(written)]
    shutil.copy(written.path, tmp_path / "theirs.sibtui")
    with opened(tmp_path / "theirs.sibtui", coder="Ben") as theirs:
        theirs.sources.correct("A1", "Before. " + theirs.sources.text("A1"))
        theirs.codes.set("Budgets", definition="Corrected.")
    assert [(each.kind, each.field) for each in written.diff(tmp_path / "theirs.sibtui").differences] == [
        ("source", "text"),
        ("code", "definition"),
    ]
    merged = written.merge(tmp_path / "theirs.sibtui", take=take)
    assert merged.count("take", "summary") == 0
    assert [each.text for each in plain(written)] == texts
    assert written.merge(tmp_path / "theirs.sibtui").conflicts == ()


def test_a_text_that_a_merge_has_settled_is_a_conflict_again_after_a_new_correction(
    written: Project, tmp_path: Path
) -> None:
    shutil.copy(written.path, tmp_path / "theirs.sibtui")
    text = written.sources.text("A1")
    with opened(tmp_path / "theirs.sibtui", coder="Ben") as theirs:
        theirs.sources.correct("A1", "Before. " + text)
        theirs.codes.set("Budgets", definition="Corrected.")
        assert written.merge(theirs.path, take="mine").written
        theirs.codes.set("Budgets", definition="Again.")
        assert written.merge(theirs.path, take="theirs").conflicts == ()
        assert written.sources.text("A1") == text
        theirs.sources.correct("A1", "After. " + text)
        assert [each.field for each in written.merge(theirs.path).conflicts] == ["text"]


def test_a_renamed_source_in_a_merge_is_no_change_of_summaries(written: Project, tmp_path: Path) -> None:
    first = quote(written)
    shutil.copy(written.path, tmp_path / "theirs.sibtui")
    written.sources.set("A1", new_name="A1-b")
    with opened(tmp_path / "theirs.sibtui", coder="Ana") as theirs:
        theirs.summaries.set("t", "Brokers", "SIB A", f"See [{first.id}] [A1 {first.segment}].")
        theirs.sources.set("B1", new_name="B1-b")
        theirs.summaries.set_code("Budgets", "SIB A", "None.")
        shutil.copy(theirs.path, tmp_path / "later.sibtui")
    assert written.merge(tmp_path / "theirs.sibtui").conflicts == ()
    assert [each.text for each in plain(written)] == [
        f"See [{first.id}] [A1-b {first.segment}].",
        "None.",
    ]
    assert not written.merge(tmp_path / "later.sibtui").written


def test_links_follow_the_new_name_of_a_source_in_the_other_study(written: Project, tmp_path: Path) -> None:
    before = plain(written)[0].text
    shutil.copy(written.path, tmp_path / "theirs.sibtui")
    with opened(tmp_path / "theirs.sibtui", coder="Ben") as theirs:
        theirs.sources.set("A1", new_name="A1-b")
    assert {each.kind for each in written.merge(tmp_path / "theirs.sibtui").differences} == {"source"}
    assert plain(written)[0].text == before.replace("[A1 ", "[A1-b ")


def test_a_changed_summary_keeps_its_link_to_a_coding_that_one_study_removed(written: Project, tmp_path: Path) -> None:
    first = quote(written)
    shutil.copy(written.path, tmp_path / "theirs.sibtui")
    written.codings.remove(first.id)
    with opened(tmp_path / "theirs.sibtui", coder="Ana") as theirs:
        for words in ("One", "Two"):
            theirs.summaries.set("t", "Brokers", "SIB A", f"{words} [{first.id}].")
            assert written.merge(theirs.path).conflicts == ()
            assert plain(written)[0].text == f"{words} [{first.id}]."
        theirs.summaries.set("t", "Brokers", "SIB B", f"There [{quote(theirs, 'B1').id}].")
        theirs.codings.remove(quote(theirs, "B1").id)
        written.merge(theirs.path)


@pytest.mark.parametrize("is_mine", [True, False])
def test_links_to_a_source_that_one_side_removed_are_no_change_of_a_summary(
    written: Project, tmp_path: Path, is_mine: bool
) -> None:
    shutil.copy(written.path, tmp_path / "theirs.sibtui")
    with opened(tmp_path / "theirs.sibtui") as theirs:
        one, other = (written, theirs) if is_mine else (theirs, written)
        other.sources.remove("A1")
        kinds = {each.kind for each in written.merge(theirs.path, dry_run=True).differences}
        assert kinds == ({"source"} if is_mine else set())
        old = next(each.summary for each in one.summaries.list() if each.summary.matrix)
        one.set_coder(old.coder)
        one.summaries.set("t", "Brokers", "SIB A", f"{old.text} Always.")
        merged = written.merge(theirs.path)
        assert "summary" not in {each.kind for each in merged.conflicts}


def test_a_removed_summary_is_removed_by_a_merge(written: Project, tmp_path: Path) -> None:
    shutil.copy(written.path, tmp_path / "theirs.sibtui")
    with opened(tmp_path / "theirs.sibtui", coder="Ana") as theirs:
        theirs.summaries.remove("t", "Brokers", "SIB A")
        theirs.summaries.remove_code("Budgets", "SIB A")
    written.merge(tmp_path / "theirs.sibtui")
    assert written.summaries.list() == []


def test_a_package_has_no_summaries(written: Project, tmp_path: Path) -> None:
    written.exports.package(tmp_path / "package", "Ben")
    assert not (tmp_path / "package" / "summaries.toml").exists()


def test_a_withdrawn_source_leaves_the_evidence_of_summaries(written: Project, tmp_path: Path) -> None:
    add_source(written, "SECRET", "SIB A", text="Nobody else spoke of velvet lanterns in that long winter meeting.")
    secret = apply_code(written, "SECRET", "Brokering", 12, 64)
    written.summaries.set(
        "t", "Brokers", "SIB A", f"One spoke of velvet lanterns in that long winter meeting [{secret.id}]."
    )
    written.sources.withdraw("SECRET")
    [written_one, _] = written.summaries.list()
    assert "velvet" not in written_one.summary.text
    basis = written_one.summary.basis
    assert basis is not None
    assert "velvet" not in basis.to_json()
    written.close()
    assert b"velvet lanterns" not in (tmp_path / "study.sibtui").read_bytes()


def test_a_name_in_a_summary_is_found_and_replaced(written: Project) -> None:
    written.summaries.set("t", "Brokers", "SIB A", "Mary broke the ice.")
    written.pseudonyms.add("Mary", "Ellen")
    assert any("Mary" in each.message for each in written.pseudonyms.check())
    written.pseudonyms.apply()
    assert plain(written)[0].text == "Ellen broke the ice."


def test_the_flat_file_has_the_summaries(written: Project, tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    written.exports.sqlite(tmp_path / "flat.sqlite")
    with closing(sqlite3.connect(tmp_path / "flat.sqlite")) as db:
        rows = db.execute(
            'SELECT matrix, "row", "column", code, "case", text, coder FROM summaries ORDER BY rowid'
        ).fetchall()
    path = written.codes.get("Budgets").path
    assert rows[0][:3] == ("t", "Brokers", "SIB A")
    assert rows[1][3:] == (path, "SIB A", "They\nspend.", "Ana")
