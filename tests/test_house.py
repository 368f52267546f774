"""Who may import whom, seen from the outside: what a fresh interpreter has loaded after an import."""

from __future__ import annotations

import subprocess
import sys

import pytest


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
        ("import sibtui.cli.root", {"sqlite3", "sqlite_utils", "textual", "rich", "sibtui.project"}),
        (every_module_of("sibtui.model"), {"sqlite3", "sqlite_utils", "click", "textual", "rich"}),
        (
            every_module_of("sibtui.formats"),
            {"sqlite3", "sqlite_utils", "click", "textual", "rich", "sibtui.store", "sibtui.project"},
        ),
        ("import sibtui.cli.linear", {"textual", "sibtui.tui"}),
        (every_module_of("sibtui.desk"), {"click", "textual", "sibtui.tui"}),
    ],
    ids=[
        "the package",
        "Project",
        "the command line's root",
        "the model",
        "the formats",
        "the coding loop in lines",
        "the desk",
    ],
)
def test_an_import_brings_only_what_its_room_may_have(statement: str, unwanted: set[str]) -> None:
    assert not loaded_after(statement) & unwanted


def test_a_study_that_is_up_to_date_opens_without_sqlite_utils(tmp_path) -> None:
    path = tmp_path / "s.sibtui"
    loaded_after(f"from sibtui import Project; Project.create({str(path)!r}).close()")
    assert "sqlite_utils" not in loaded_after(f"from sibtui import Project; Project.open({str(path)!r}).close()")
