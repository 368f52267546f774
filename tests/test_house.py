"""The structure of the package: who may import whom in a fresh interpreter, and one meaning for each type name."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sibtui

if TYPE_CHECKING:
    from collections.abc import Iterator


def loaded_after(statement: str) -> set[str]:
    """The modules in a fresh interpreter after the statement."""
    code = f"import sys; {statement}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def every_module_of(package: str) -> str:
    return (
        f"import pkgutil, importlib, {package} as p;"
        f" [importlib.import_module('{package}.' + found.name) for found in pkgutil.iter_modules(p.__path__)]"
    )


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        ("import sibtui", {"sqlite3", "sqlite_utils", "click", "textual", "rich"}),
        ("from sibtui import Project", {"click", "textual", "rich", "sqlite_utils", "yaml", "charset_normalizer"}),
        (
            "import sibtui.project.codes",
            {"sibtui.model.drafts", "sibtui.model.matrix_definition", "sibtui.project.results", "rapidfuzz"},
        ),
        (
            "import sibtui.project.codings",
            {"sibtui.model.matrix_definition", "sibtui.model.quotes", "sibtui.project.results"},
        ),
        ("import sibtui.project.sources", {"sibtui.model.text_search", "sibtui.project.results", "rapidfuzz"}),
        (
            "import sibtui.cli.root",
            {"sqlite3", "dataclasses", "textual", "rich", "sibtui.project", "sibtui.model.records"},
        ),
        (every_module_of("sibtui.model"), {"sqlite3", "sqlite_utils", "click", "textual", "rich"}),
        (
            every_module_of("sibtui.formats"),
            {"sqlite3", "sqlite_utils", "click", "textual", "rich", "sibtui.store", "sibtui.project"},
        ),
        ("import sibtui.cli.linear", {"textual", "sibtui.tui"}),
        (every_module_of("sibtui.workspace"), {"click", "textual", "sibtui.tui"}),
    ],
    ids=[
        "the package",
        "Project",
        "the codes",
        "the codings",
        "the sources",
        "the command line's root",
        "the model",
        "the formats",
        "the coding loop in lines",
        "the workspace",
    ],
)
def test_an_import_loads_no_unwanted_modules(statement: str, unwanted: set[str]) -> None:
    assert not loaded_after(statement) & unwanted


def test_a_study_that_is_up_to_date_opens_without_sqlite_utils(tmp_path) -> None:
    path = tmp_path / "s.sibtui"
    loaded_after(f"from sibtui import Project; Project.create({str(path)!r}).close()")
    assert "sqlite_utils" not in loaded_after(f"from sibtui import Project; Project.open({str(path)!r}).close()")


def type_names(path: Path) -> Iterator[str]:
    """Classes and aliases at the top of a module."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    for node in [*body, *(inner for outer in body if isinstance(outer, ast.If) for inner in outer.body)]:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name != "T" and name[0].isupper() and not name.isupper():
                yield name


def test_a_type_name_occurs_once_in_the_package() -> None:
    counted = Counter(name for path in Path(sibtui.__file__).parent.rglob("*.py") for name in type_names(path))
    assert len(counted) > 300
    assert [name for name, count in counted.items() if count > 1] == []


def test_no_sql_has_numbered_placeholders() -> None:
    """Python 3.12.1 warns of `?1` with a sequence of values, and later versions bind it in another way."""
    for file in sorted(Path(sibtui.__file__).parent.rglob("*.py")):
        assert not re.search(r"\?\d", file.read_text(encoding="utf-8")), file
