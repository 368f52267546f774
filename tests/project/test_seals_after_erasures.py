"""Ordinary work before and after erasures: a check finds no damage, and still finds what another program altered."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing, suppress
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.errors import SibtuiError
from sibtui.model.drafts import CodingDraft, SourceDraft
from sibtui.model.segments import Segment
from sibtui.project import Project
from sibtui.store.seals import seal_all
from tests.examples import examples

from .random_acts import VERBS, Acts
from .study import add_source, apply_code, opened, small_study, tampered

if TYPE_CHECKING:
    from pathlib import Path

SPOKEN = (
    "Ada: How did it begin for you, and who wrote the letters?\nBenno: First we had no money, and then letters came.\n"
    "Cleo: The council of Leeds wrote them, every single month.\nBenno: I always call it that time.\nAda: Thank you both.\n"
)


class ActsAndErasures(Acts):
    """Random acts, some of which erase. Many of them add rows, which get the ids of erased ones."""

    def talk_add(self) -> None:
        name = self.name("note")
        draft = SourceDraft(name, SPOKEN, cases=("SIB A",), attributes={"participant": self.pick(["Benno", "Cleo"])})
        self.project.sources.add([draft])
        self.project.codings.add(self.coding())

    def many_codings(self) -> None:
        source, code = self.source, self.code
        drafts = [CodingDraft(source, code, Segment(at % 40, at % 40 + 9)) for at in range(self.pick([3, 110]))]
        self.project.codings.import_(drafts)

    def withdraw(self) -> None:
        self.project.sources.withdraw(self.pick([self.source, self.name("note")]), with_cases=self.pick([False, True]))

    def withdraw_last(self) -> None:
        names = [source.name for source in self.project.sources.list()]
        self.project.sources.withdraw(self.pick(names[-1:]), with_cases=True)

    def withdraw_person(self) -> None:
        self.project.sources.withdraw_person(self.pick(["Ada", "Benno", "Cleo"]), participant=self.pick([False, True]))

    def preview(self) -> None:
        self.project.sources.withdraw(self.source, dry_run=True)

    def erase_originals(self) -> None:
        real = self.pick(["Leeds", "budget", "Benno", "note 1", "link workers"])
        with suppress(SibtuiError):
            self.project.pseudonyms.add(real, f"X{self.random.randint(1, 9**9)}")
        self.project.pseudonyms.apply(erase_originals=True)


ERASURES = ("withdraw", "withdraw_last", "withdraw_person", "erase_originals", "preview")
OFTEN = ("talk_add", "many_codings", "coding_add", "source_add", "coding_set", "undo", "redo", "reopen")
steps = st.lists(
    st.tuples(st.one_of(*map(st.sampled_from, (VERBS, ERASURES, OFTEN))), st.integers(0, 2**16)), max_size=20
)


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("template") / "study.sibtui"
    Project.create(path, coder="Ana").close()
    with opened(path) as project:
        small_study(project)
        apply_code(project, "A1", "Brokering")
        apply_code(project, "AB", "Budgets", 40, 60)
        add_source(project, "note 1", "SIB C", text=SPOKEN, attributes={"participant": "Cleo"})
        apply_code(project, "note 1", "Budgets", 5, 90, memo="Benno is clear")
        project.memos.add("Benno had no money.", on="source", of="note 1")
    return path


class Work:
    """A study in which somebody works: no step may look like an alteration."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.open()

    def open(self) -> None:
        self.project = opened(self.path)
        self.project.pseudonyms.use_key(self.path.parent / "names.key")

    def step(self, verb: str, seed: int) -> None:
        if verb == "reopen":
            self.project.close()
            self.open()
        with suppress(SibtuiError):
            if verb in {"undo", "redo"}:
                getattr(self.project.history, verb)(1 + seed % 3)
            elif verb != "reopen":
                getattr(ActsAndErasures(self.project, Random(seed)), verb)()
        assert damage(self.project) == [], verb
        if verb in ERASURES:
            for act in self.project.history.list():
                self.project.history.fact(act)
                self.project.history.facts(act.id)


def damage(project: Project) -> list[str]:
    return [finding.message for finding in project.check() if finding.kind == "damage"]


def work(steps: list, template: Path, folder: Path) -> Path:
    """Work in a copy of the template, and return its path."""
    for file in folder.iterdir():
        file.unlink()
    study = Work(shutil.copy(template, folder / "study.sibtui"))
    try:
        for verb, seed in steps:
            study.step(verb, seed)
        study.step("undo", 100)
        study.step("redo", 100)
    finally:
        study.project.close()
    return study.path


def check_alteration(steps: list, seed: int, template: Path, folder: Path) -> None:
    """Work in a copy of the template without damage, then alter the file: a check finds the alteration."""
    path = work(steps, template, folder)
    tampered(path, alteration(path, Random(seed)))
    with opened(path) as project:
        assert damage(project)


@examples(15)
@given(steps=steps, seed=st.integers(0, 2**16))
def test_an_alteration_after_erasures_is_reported_as_damage(
    steps: list, seed: int, template: Path, tmp_path: Path
) -> None:
    check_alteration(steps, seed, template, tmp_path)


@pytest.mark.slow
@examples(120)
@given(steps=steps, seed=st.integers(0, 2**16))
def test_many_steps_before_and_after_erasures_cause_no_damage(
    steps: list, seed: int, template: Path, tmp_path: Path
) -> None:
    check_alteration(steps, seed, template, tmp_path)


_WORDS = {
    "acts": "summary",
    "sources": "title",
    "cases": "label",
    "memos": "text",
    "codes": "definition",
    "codings": "memo",
}


def alteration(path: Path, random: Random) -> str:
    """Return a statement that alters one row, one image or one act of a study."""
    with closing(sqlite3.connect(path)) as connection:
        table = random.choice([*_WORDS, "images"])
        column = _WORDS.get(table, "image")
        only = "image <> '{}'" if table == "images" else "1"
        rows = connection.execute(f"SELECT id, {column} FROM {table} WHERE {only}").fetchall()
    if not rows:
        return "DELETE FROM acts WHERE id = 1"
    number, text = random.choice(rows)
    if table == "images":
        values = json.loads(text)
        name = random.choice([name for name, value in values.items() if isinstance(value, str)] or ["id"])
        return f"UPDATE images SET image = json_set(image, '$.{name}', 'altered') WHERE id = {number}"
    if random.random() < 0.2 and table not in {"sources", "codes"}:
        return f"DELETE FROM {table} WHERE id = {number}"
    return f"UPDATE {table} SET {column} = {column} || 'x' WHERE id = {number}"


EXAMPLES = {
    "a source after a withdrawal": [("talk_add", 3), ("withdraw_last", 0), ("talk_add", 4)],
    "codings after the last coded source": [("many_codings", 9), ("withdraw_last", 0), ("many_codings", 9)],
    "undone codings": [("many_codings", 1), ("withdraw_last", 0), ("many_codings", 1), ("undo", 0), ("redo", 0)],
    "originals": [("talk_add", 1), ("erase_originals", 2), ("talk_add", 1), ("source_correct", 3)],
    "a preview": [("preview", 1), ("withdraw", 1), ("preview", 2), ("withdraw_last", 2)],
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_reused_ids_of_erased_rows_cause_no_damage(name: str, template: Path, tmp_path: Path) -> None:
    work(EXAMPLES[name], template, tmp_path)


@examples(8)
@given(steps=steps)
def test_a_file_without_images_of_erased_rows_gets_them_by_its_upgrade(
    steps: list, template: Path, tmp_path: Path
) -> None:
    work_after_upgrade(work(steps, template, tmp_path))


@pytest.mark.parametrize("name", EXAMPLES)
def test_erased_rows_of_an_older_file_are_recorded_by_its_upgrade(name: str, template: Path, tmp_path: Path) -> None:
    work_after_upgrade(work([*EXAMPLES[name], ("withdraw_last", 1), ("talk_add", 3)], template, tmp_path))


def work_after_upgrade(path: Path) -> None:
    as_of_version_7(path)
    study = Work(path)
    try:
        for verb in ("undo", "redo", "talk_add", "many_codings", "undo"):
            study.step(verb, 100)
    finally:
        study.project.close()


def as_of_version_7(path: Path) -> None:
    """Remove the images that version 7 did not make, and upgrade the file."""
    tampered(
        path,
        "DELETE FROM images WHERE act IN (SELECT act FROM erasures)",
        "UPDATE acts SET last_image = first_image - 1 WHERE id IN (SELECT act FROM erasures)",
    )
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        seal_all(connection)
        connection.execute("COMMIT")
