"""The worked examples of the manual print what the manual shows, and the second coder of the sample disagrees as planned."""

from __future__ import annotations

import io
import re
import shlex
import shutil
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from sibtui import Project, cli
from sibtui.project.importing.study_folder_reader import sample_draft

ROOT = Path(__file__).parent.parent
SECOND = ROOT / "sample_notes" / "second-coder.csv"
NOTES = ("d1", "d2", "d3")
KINDS = re.compile(r"^\| ((?:only|other) \w+) \| (\d+) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("demo") / "tour.sibtui"
    Project.create(file, draft=sample_draft(), coder="R9").close()
    return file


@pytest.fixture
def study(demo: Path, tmp_path: Path) -> Project:
    with Project.open(shutil.copy(demo, tmp_path / "tour.sibtui"), coder="R5") as project:
        project.codings.import_table(SECOND)
        for name in NOTES:
            project.readings.add(name)
        yield project


def example(page: str) -> str:
    """Return the section of a page with the worked example."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.split(r"^#+ ", text.split("# A worked example\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def printed(command: str) -> str:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        cli.run(shlex.split(command, comments=True)[1:])
    for stream in (out, err):
        stream.flush()
    return (out.buffer.getvalue() + err.buffer.getvalue()).decode().strip("\n")


@pytest.mark.parametrize(
    "page", ["agreement.md", "claims.md", "methods.md", "replication.md", "working-with-others.md"]
)
def test_a_worked_example_prints_what_the_manual_shows(
    page: str, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SIBTUI_PROJECT", "tour.sibtui")
    monkeypatch.setenv("SIBTUI_CODER", "R9")
    shutil.copy(demo, "tour.sibtui")
    Path("sample_notes").mkdir()
    shutil.copy(SECOND, "sample_notes")
    steps = re.findall(r"^    \$ (sibtui [^\n]*)\n\n```text\n(.*?)\n```$", example(page), re.MULTILINE | re.DOTALL)
    assert len(steps) > 3
    for command, expected in steps:
        assert printed(command) == expected, f"docs/{page}: {command}"


def test_the_planned_disagreements_are_those_that_the_manual_counts(study: Project) -> None:
    found = Counter(each["kind"] for each in study.reports.disagreements(coder=["R3", "R5"]).to_dicts())
    assert {kind: int(number) for kind, number in KINDS.findall(example("agreement.md"))} == found
    assert found.total() == 31


def test_the_second_coder_changes_no_table_of_the_paper(demo: Path, study: Project) -> None:
    with Project.open(demo, coder="R9") as sample:
        assert [coder.name for coder in sample.coders] == ["R1", "R2", "R3", "R4"]
        for name in ("table-1", "table-2", "table-3", "table-4"):
            assert study.matrices.show(name, coders="R3").rows == sample.matrices.show(name, coders="R3").rows
