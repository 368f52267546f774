"""The pages of the manual: their links lead to files, their examples work, and the code has the names that they name."""

from __future__ import annotations

import io
import re
import shlex
import shutil
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from sibtui import Project, cli
from sibtui.project.importing.study_folder_reader import sample_draft
from tests.optional import lacks_package
from tests.sweeps import in_part

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(ROOT)))
def test_links_lead_to_files(file: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", file.read_text(encoding="utf-8"))
    missing = [link for link in links if not (file.parent / link).exists()]
    assert not missing


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_files_named_by_the_pages_for_developers_exist(name: str) -> None:
    named = set(re.findall(r"`((?:sibtui|tests|docs|\.ci)/[\w./]+?)(?::[^`]*)?`", page(name)))
    assert named
    missing = sorted(path for path in named if not (ROOT / path).exists())
    assert not missing, f"{name} names files that do not exist: write their new names."


@pytest.mark.parametrize(("path", "function"), re.findall(r"`(sibtui/[\w./]+\.py): (\w+)`", page("ARCHITECTURE.md")))
def test_functions_named_in_the_three_walks_of_the_architecture_exist(path: str, function: str) -> None:
    code = (ROOT / path).read_text(encoding="utf-8")
    assert re.search(rf"\b(def|class) {function}\b", code), f"{path} has no {function}: correct ARCHITECTURE.md."


def test_names_in_the_three_walks_exist() -> None:
    """A name in backticks without a path: a function, class, field or table of the package, or a package that it uses."""
    named = set(re.findall(r"`([a-z]\w*_\w+|[A-Z]\w+(?:\.\w+)*)`", page("ARCHITECTURE.md")))
    code = "\n".join(file.read_text(encoding="utf-8") for file in ROOT.glob("sibtui/**/*.py"))
    words = set(re.findall(r"\w+", code))
    assert {"choose_definitions", "CodingDraft"} <= named
    missing = sorted(name for name in named if not set(name.split(".")) <= words)
    assert not missing, "ARCHITECTURE.md names functions or classes that do not exist: write their new names."


def test_pre_commit_hooks_are_local() -> None:
    assert re.findall(r"repo: (\S+)", page(".pre-commit-config.yaml")) == ["local"]


def steps(text: str) -> list[tuple[str, str, str]]:
    """Return what a page shows, in order: ("file", name, text), ("python", "", code), or ("run", command, comment)."""
    found = []
    block = r"^```(\w+)(?: (\S+))?\n(.*?)^```$|^    \$ (sibtui .*?)(?:\s+# (.*))?$"
    for match in re.finditer(block, text, re.MULTILINE | re.DOTALL):
        language, name, body, command, comment = match.groups()
        if command:
            found.append(("run", command, comment or ""))
        elif name:
            found.append(("file", name, body))
        elif language == "python":
            found.append(("python", "", body))
    return found


def run(command: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Run one command in this process, with `> FILE` as in a shell. Return its exit status and stderr."""
    words = shlex.split(command)[1:]
    target = words[words.index(">") + 1] if ">" in words else None
    words = words[: words.index(">")] if target else words
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        status = cli.run(words)
    for stream in (out, err):
        stream.flush()
    if target:
        Path(target).write_bytes(out.buffer.getvalue())
    return status, err.buffer.getvalue().decode()


WITH_EXAMPLES = [file for file in PAGES if file.parent.name == "docs" and steps(file.read_text(encoding="utf-8"))]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("demo") / "tour.sibtui"
    Project.create(file, draft=sample_draft(), coder="R9").close()
    return file


@pytest.mark.parametrize("file", in_part(WITH_EXAMPLES), ids=lambda file: file.name)
def test_examples_of_a_page_work(file: Path, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of a page runs, from top to bottom, in a folder with the sample study."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SIBTUI_PROJECT", "tour.sibtui")
    monkeypatch.setenv("SIBTUI_CODER", "R9")
    shutil.copy(demo, "tour.sibtui")
    Path("sample_notes").mkdir()
    shutil.copy(ROOT / "sample_notes" / "second-coder.csv", "sample_notes")
    for kind, what, text in steps(file.read_text(encoding="utf-8")):
        if lacks_package(what + text):
            continue
        if kind == "file":
            Path(what).write_text(text, encoding="utf-8")
        elif kind == "python":
            with redirect_stdout(io.StringIO()):
                exec(compile(text, file.name, "exec"), {})  # noqa: S102 - our own page
        elif " demo " not in what:
            status, err = run(what, monkeypatch)
            expected = int(text[12]) if text.startswith("exit status ") else 0
            assert status == expected, f"{file.name}: {what}: {err}"
            assert "unexpected error" not in err
