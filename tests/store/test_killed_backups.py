"""Kills in every step of a backup and a restore: the study is whole, and a file that has the name of a backup is one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.project.backups import list_backups, restore
from sibtui.store import backups

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

KILLED = """
import os, signal, sys
from pathlib import Path
from sibtui.store import backups, opening, part_files
from sibtui.project import backups as public
from sibtui.project.exporting import safe_write

kind, last, study, copy = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4])
steps = 0

def step(*_):
    global steps
    steps += 1
    if steps == last:
        os.kill(os.getpid(), signal.SIGKILL)

def counted(module, name):
    real = getattr(module, name)
    def call(*arguments, **more):
        step()
        result = real(*arguments, **more)
        step()
        return result
    setattr(module, name, call)

for module, name in ((backups, "_copy"), (backups, "verify"), (backups, "_is_equal"), (backups, "sync"), (backups, "make_part"),
                     (os, "link"), (Path, "replace"), (Path, "unlink"), (safe_write, "make_part"), (safe_write, "sync")):
    counted(module, name)
backups._PAGES, backups._ROWS = 20, 100
if kind == "backup":
    backups.back_up(study, "manual", hold=True, poll=step)
    backups.rotate(study, "manual", 1)
else:
    public.restore(copy, study, force=True)
print(steps)
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from sibtui.project.importing.study_folder_reader import sample_draft

    file = tmp_path_factory.mktemp("sample") / "study.sibtui"
    Project.create(file, draft=sample_draft(), coder="Ana").close()
    return file


def run(kind: str, last: int, study: Path, copy: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", KILLED, kind, str(last), str(study), str(copy)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("kind", ["backup", "restore"])
def test_a_kill_at_any_moment_neither_loses_a_study_nor_leaves_half_a_backup(
    tmp_path: Path, sample: Path, kind: str
) -> None:
    study, copy = tmp_path / "study.sibtui", tmp_path / "copy.db"
    shutil.copy(sample, study)
    shutil.copy(sample, copy)
    with Project.open(study) as opened:
        opened.cases.add("new")
        first = opened.backups.make()
    states, killed = set(), 0
    for last in range(1, 400, 3):
        done = run(kind, last, study, copy)
        backups.verify(study, study)
        with Project.open(study) as opened:
            states.add("new" in [case.label for case in opened.cases.list()])
        made = list_backups(study)
        assert made
        for backup in made:
            backups.verify(backup.path, backup.path)
        assert not [file for file in study.parent.iterdir() if file.name.startswith(".")]
        if done.returncode == 0:
            break
        assert done.returncode == -9, done.stderr
        killed += 1
        if kind == "restore" and False in states:
            restore(first.path, study, force=True)
            states.discard(False)
    assert killed > 10
    assert states <= {True, False}
