"""Exchange with qc: it imports our projects, also with its own schema check, and we import its codings of lines."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from sibtui.project.importing.other_programs import read_foreign

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
    """Run qc in a folder, and return its output."""

    def run(*arguments: str, folder: Path = tmp_path) -> str:
        # PYTHONBREAKPOINT: one release of qc has a breakpoint in its import
        environment = os.environ | {"PYTHONBREAKPOINT": "0"}
        done = subprocess.run(
            [qc_program, *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


def test_qc_imports_the_sample_study_and_exports_it_again(qc, sample: Project, tmp_path: Path) -> None:
    sample.exports.qdpx(tmp_path / "ours.qdpx")
    folder = tmp_path / "qc"
    folder.mkdir()
    qc("init", "--import", str(tmp_path / "ours.qdpx"), folder=folder)
    qc("export", str(tmp_path / "theirs.qdpx"), folder=folder)
    back = read_foreign(tmp_path / "theirs.qdpx").study
    assert {source.name.removesuffix(".txt"): source.text for source in back.sources} == {
        name: sample.sources.text(name) for name in sample.sources.names()
    }
    assert {code.path for code in back.codes} == {code.path for code in sample.codes.list()}
    # qc codes lines, and puts imported codings on the first line: it keeps coder, code and note
    assert {(c.source.removesuffix(".txt"), c.code, c.coder) for c in back.codings} == {
        (c.source, c.code, c.coder) for c in sample.codings.list()
    }


def test_codings_of_lines_by_qc_are_whole_lines(qc, tmp_path: Path) -> None:
    folder = tmp_path / "qc"
    folder.mkdir()
    qc("init", folder=folder)
    (tmp_path / "note.txt").write_text(NOTE, "utf-8")
    qc("corpus", "import", str(tmp_path / "note.txt"), "--importer", "verbatim", folder=folder)
    lines = NOTE.split("\n")
    answer = tmp_path / "answer.txt"
    answer.write_text("\n".join(", ".join(CODED.get(at, ())) for at in range(len(lines))), "utf-8")
    with (folder / "settings.yaml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS.format(answer=answer))
    qc("code", "Ann", "--first", folder=folder)
    qc("codebook", folder=folder)
    qc("export", str(tmp_path / "theirs.qdpx"), folder=folder)
    study = read_foreign(tmp_path / "theirs.qdpx").study
    assert [source.text for source in study.sources] == [NOTE]
    result = {(NOTE[c.segment.start : c.segment.end].strip("\n"), c.code, c.coder) for c in study.codings if c.segment}
    assert result == {(lines[at], code, "Ann") for at, codes in CODED.items() for code in codes}
