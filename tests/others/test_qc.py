"""qc takes our projects, by its own check of the schema too, and what it codes by lines comes in."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from sibtui.project.foreign import read_foreign

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.project import Project

pytestmark = pytest.mark.slow

NOTE = "First line.\nSecond line of naïve 😀 text.\n\nFourth, after an empty one.\n"
CODED = {1: ("Trust", "Money"), 3: ("Trust",)}
SETTINGS = """
editor: test
editors:
  test:
    name: test
    code_command: cp "{answer}" "{{codes_file_path}}"
    memo_command: "true"
"""


@pytest.fixture
def qc(qc_program: str, tmp_path: Path):
    """Runs it in a folder; what it said."""

    def run(*arguments: str, folder: Path = tmp_path) -> str:
        # PYTHONBREAKPOINT: a release of it stops in the middle of an import, to be debugged
        environment = os.environ | {"PYTHONBREAKPOINT": "0"}
        done = subprocess.run(
            [qc_program, *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def test_it_takes_the_sample_study_and_gives_it_back(qc, sample: Project, tmp_path: Path) -> None:
    sample.exports.qdpx(tmp_path / "ours.qdpx")
    there = tmp_path / "there"
    there.mkdir()
    qc("init", "--import", str(tmp_path / "ours.qdpx"), folder=there)
    qc("export", str(tmp_path / "theirs.qdpx"), folder=there)
    back = read_foreign(tmp_path / "theirs.qdpx").study
    assert {source.name.removesuffix(".txt"): source.text for source in back.sources} == {
        name: sample.sources.text(name) for name in sample.sources.names()
    }
    assert {code.path for code in back.codes} == {code.path for code in sample.codes.list()}
    # it codes lines, and puts what it reads on the first of them: who gave which code in which note is what it keeps
    assert {(c.source.removesuffix(".txt"), c.code, c.coder) for c in back.codings} == {
        (c.source, c.code, c.coder) for c in sample.codings.list()
    }


def test_what_it_codes_by_lines_comes_in_as_whole_lines(qc, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    qc("init", folder=there)
    (tmp_path / "note.txt").write_text(NOTE, "utf-8")
    qc("corpus", "import", str(tmp_path / "note.txt"), "--importer", "verbatim", folder=there)
    lines = NOTE.split("\n")
    answer = tmp_path / "answer.txt"
    answer.write_text("\n".join(", ".join(CODED.get(at, ())) for at in range(len(lines))), "utf-8")
    with (there / "settings.yaml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS.format(answer=answer))
    qc("code", "Ann", "--first", folder=there)
    qc("codebook", folder=there)
    qc("export", str(tmp_path / "theirs.qdpx"), folder=there)
    study = read_foreign(tmp_path / "theirs.qdpx").study
    assert [source.text for source in study.sources] == [NOTE]
    found = {(NOTE[c.segment.start : c.segment.end].strip("\n"), c.code, c.coder) for c in study.codings if c.segment}
    assert found == {(lines[at], code, "Ann") for at, codes in CODED.items() for code in codes}
