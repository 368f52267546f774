"""Claims and answers about the methods in folders, REFI-QDA files, flat exports, merges and the check of confidentiality."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sibtui.formats.refi.reader import read_qdpx
from sibtui.formats.refi.writer import write_qdpx
from sibtui.formats.study_folder.folder import read_study, write_study
from sibtui.model.claims.claim import Claim
from sibtui.project import Project
from sibtui.project.shared.study_io import study_draft

if TYPE_CHECKING:
    from pathlib import Path

CLAIM = Claim("C1", "Staff of Kim Example had discretion.", "p. 4", (("t", "A / B"),), statement="in 3", human="kept")


def filled(project: Project) -> Project:
    project.claims.add(CLAIM)
    project.claims.add(Claim("C2", "Six themes.", codebook="themes", statement="6"))
    project.set_study(methods={"sampling": "purposive"})
    return project


def test_a_folder_and_a_refi_file_hold_claims_and_answers(project: Project) -> None:
    draft = study_draft(filled(project)._session)
    files = dict(write_study(draft))
    assert b'says = "in 3"' in files["claims.toml"]
    assert b"purposive" in files["methods.toml"]
    again = read_study(files)
    assert (again.claims, again.answers) == (draft.claims, draft.answers)
    back = read_qdpx("study.qdpx", write_qdpx(draft)).study
    assert (back.claims, back.answers) == (draft.claims, draft.answers)


def test_a_study_made_of_a_folder_has_the_claims(project: Project, tmp_path: Path) -> None:
    draft = study_draft(filled(project)._session)
    with Project.create(tmp_path / "again.sibtui", draft=draft) as again:
        assert again.claims.list() == project.claims.list()
        assert dict(write_study(study_draft(again._session)))["claims.toml"] == dict(write_study(draft))["claims.toml"]


@pytest.fixture
def copies(project: Project, tmp_path: Path) -> tuple[Project, Path]:
    filled(project)
    theirs = tmp_path / "theirs.sibtui"
    shutil.copy(project.path, theirs)
    return project, theirs


def test_a_merge_adds_changes_and_removes_claims(copies: tuple[Project, Path]) -> None:
    mine, path = copies
    with Project.open(path, coder="Ben") as theirs:
        theirs.claims.add(Claim("C3", "Two cases.", registry="cases", statement="2"))
        theirs.claims.add(Claim("C2", "Seven themes.", codebook="themes", statement="7"), replace=True)
        theirs.claims.remove("C1")
        theirs.set_study(methods={"sampling": "", "gender": "women"})
    merged = mine.merge(path)
    assert merged.conflicts == ()
    assert [(claim.key, claim.statement) for claim in mine.claims.list()] == [("C2", "7"), ("C3", "2")]
    found = {row["item"]: row["answer"] for row in mine.reports.methods().to_dicts()}
    assert (found["Gender"], found["Sampling"]) == ("women", "[TO COMPLETE]")
    assert not mine.merge(path).written


def test_claims_can_exchange_their_ids(copies: tuple[Project, Path]) -> None:
    mine, path = copies
    with Project.open(path, coder="Ben") as theirs, theirs.act("swap", "ids"):
        one, two = theirs.claims.list()
        theirs.claims.remove("C1")
        theirs.claims.remove("C2")
        theirs.claims.load([Claim("C2", one.text, uid=one.uid), Claim("C1", two.text, uid=two.uid)])
    mine.merge(path, take="theirs")
    assert {claim.key: claim.text for claim in mine.claims.list()} == {"C1": "Six themes.", "C2": CLAIM.text}


def test_two_sides_that_change_one_claim_are_a_conflict(copies: tuple[Project, Path]) -> None:
    mine, path = copies
    with Project.open(path, coder="Ben") as theirs:
        theirs.claims.add(Claim("C2", "Seven.", codebook="themes", statement="7"), replace=True)
        theirs.set_study(methods={"sampling": "theirs"})
    mine.claims.add(Claim("C2", "Eight.", codebook="themes", statement="8"), replace=True)
    mine.set_study(methods={"sampling": "mine"})
    differences = {(each.kind, each.field) for each in mine.merge(path).differences}
    assert {("claim", "sentence"), ("claim", "facts"), ("method answer", "answer")} <= differences
    mine.merge(path, take="theirs")
    assert mine.claims.get("C2").statement == "7"


def test_the_flat_export_has_a_table_of_claims(project: Project, tmp_path: Path) -> None:
    filled(project).exports.sqlite(tmp_path / "flat.db")
    with closing(sqlite3.connect(tmp_path / "flat.db")) as flat:
        rows = flat.execute('SELECT claim, "rows", statement FROM claims ORDER BY claim').fetchall()
    assert rows == [("C1", "t / A / B", "in 3"), ("C2", "themes", "6")]


def test_names_in_claims_are_found_and_replaced(project: Project) -> None:
    filled(project)
    project.pseudonyms.add("Kim Example", "Alex")
    project.pseudonyms.apply()
    assert project.claims.get("C1").text == "Staff of Alex had discretion."
