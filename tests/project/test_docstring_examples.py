"""The examples in docstrings run, each on its own copy of the sample study."""

from __future__ import annotations

import doctest
import importlib
import inspect
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import sibtui
from sibtui import Project
from tests.sweeps import in_part

from .test_type_hints import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Iterator

NOUNS = (
    "Project", "Sources", "Cases", "Attributes", "Claims", "Quotes", "Codes", "Codings", "Memos", "Matrices", "History", "Readings", "Reports", "Exports",
    "ShownMatrix", "Backups",
    "Pseudonyms",
)  # fmt: skip
"""The classes with methods for scripts. Every public method and property of them has an example."""
WITHOUT = {
    "PicturedTable.to_pandas", "ShownMatrix.to_pandas", "Table.to_pandas",  # need an optional library
    "JudgementBasis.changes", "JudgementBasis.from_json", "JudgementBasis.from_values", "JudgementBasis.to_json",
}  # fmt: skip
"""Methods without an example. The last five are for sibtui itself: a script meets the values, not these methods."""
EXAMPLES = {name: text for name, value in PUBLIC.items() if ">>>" in (text := inspect.getdoc(value) or "")}
FOLDER = Path(sibtui.__file__).parent
MODULES = [
    ".".join(path.relative_to(FOLDER.parent).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted(FOLDER.rglob("*.py"))
    if ">>>" in path.read_text("utf-8") and path != FOLDER / "__init__.py"
]
"""The names of the modules with examples, except for `sibtui` itself, whose example prints a whole table."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study in a file."""
    from sibtui.project.importing.create_from import create_from

    path = tmp_path_factory.mktemp("sample") / "tour.sibtui"
    create_from(Path(__file__).parents[2] / "sample_notes", path)
    return path


@pytest.fixture
def names(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The names that an example may use: all public ones, and `project`, the sample study `tour.sibtui` in this folder."""
    shutil.copy(sample, tmp_path / "tour.sibtui")
    monkeypatch.chdir(tmp_path)
    with Project.open("tour.sibtui", coder="Ana") as project:
        yield {name: getattr(sibtui, name) for name in sibtui.__all__} | {"project": project}


@pytest.mark.parametrize("name", [name for name in PUBLIC if name.partition(".")[0] in NOUNS and name not in WITHOUT])
def test_public_method_has_a_docstring_with_an_example(name: str) -> None:
    assert name in EXAMPLES


@pytest.mark.parametrize("name", sorted(PUBLIC.keys() - WITHOUT))
def test_function_or_method_of_a_value_has_an_example(name: str) -> None:
    owner, _, method = name.partition(".")
    part = getattr(getattr(sibtui, owner), method) if method else PUBLIC[name]
    assert not inspect.isroutine(part) or name in EXAMPLES


@pytest.mark.parametrize("name", in_part(EXAMPLES, 3))
def test_example_in_docstring_runs(name: str, names: dict[str, Any]) -> None:
    if name.endswith(".write_picture"):
        pytest.importorskip("matplotlib", reason="matplotlib is an optional extra")
    report: list[str] = []
    test = doctest.DocTestParser().get_doctest(EXAMPLES[name], names, name, None, None)
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=report.append)
    assert result.attempted
    assert result.failed == 0, "".join(report)


@pytest.mark.parametrize("name", MODULES)
def test_other_examples_of_a_module_run(name: str, names: dict[str, Any]) -> None:
    report: list[str] = []
    public = {inspect.cleandoc(text) for text in EXAMPLES.values()}
    for test in doctest.DocTestFinder().find(importlib.import_module(name)):
        if inspect.cleandoc(test.docstring or "") not in public:
            test.globs = names | test.globs
            doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=report.append)
    assert not report, "".join(report)
