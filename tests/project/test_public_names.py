"""The names at the top of the package: what `help(sibtui)` shows, and what notebooks and data frames take."""

from __future__ import annotations

import ast
import inspect
import pydoc
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import sibtui
from sibtui import CodingFilter, MatrixDefinition, RowDefinition, SourceDraft

if TYPE_CHECKING:
    from sibtui.project import Project


@pytest.mark.parametrize("name", [name for name in sibtui.__all__ if not name.startswith("__")])
def test_public_name_has_a_docstring_of_its_own(name: str) -> None:
    value = getattr(sibtui, name)
    doc = value.__dict__.get("__doc__") if isinstance(value, type) else value.__doc__
    assert doc
    assert not doc.startswith(f"{name}("), "the docstring is the one that dataclasses make"


def test_type_checkers_and_programs_find_the_same_names() -> None:
    """A type checker reads the imports of the TYPE_CHECKING block, a program `_MODULES`, and `import *` takes `__all__`."""
    tree = ast.parse(inspect.getsource(sibtui))
    block = next(part for part in tree.body if isinstance(part, ast.If))
    imports = [part for part in block.body if isinstance(part, ast.ImportFrom)]
    checked = {(part.module, alias.name) for part in imports for alias in part.names}
    found = {(module, name) for module, names in sibtui._MODULES.items() for name in names}
    assert checked == found
    assert sorted({name for _, name in found} | {"__version__"}) == sorted(sibtui.__all__)


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        sibtui.Nothing  # noqa: B018
    assert dir(sibtui) == sibtui.__all__


def test_help_shows_the_public_names() -> None:
    shown = pydoc.plain(pydoc.render_doc(sibtui))
    assert all(f"class {name}" in shown for name in ("Project", "CodingDraft", "CodingFilter", "InputError"))


@pytest.fixture
def table(empty: Project):
    empty.sources.add(SourceDraft("a1", "They met every week.", cases="East & <West>"), strict=True)
    empty.codes.add("Meetings")
    empty.codings.add("a1", "Meetings", quote="every week")
    return empty.matrices.show(MatrixDefinition("t", "Title", (RowDefinition("Weekly", "Meetings"),)))


def test_matrix_is_shown_in_a_notebook_as_an_escaped_table(table) -> None:
    shown = table._repr_html_()
    assert shown.startswith("<table>")
    assert "East &amp; &lt;West&gt;" in shown
    assert "<html" not in shown
    assert repr(table) == "<ShownMatrix 't': 1 rows, 1 columns>"


@pytest.mark.parametrize("noun", ["sources", "codings", "matrices", "exports", "pseudonyms"])
def test_the_repr_of_a_noun_shows_its_file_without_reading_the_study(empty: Project, noun: str) -> None:
    shown = repr(getattr(empty, noun))
    assert shown == f"<{noun.capitalize()} of {str(empty.path)!r}>"
    empty.close()
    assert repr(getattr(empty, noun)) == shown


def test_matrix_codings_and_reports_become_dicts(table, empty: Project) -> None:
    assert table.to_dicts() == [{"label": "Weekly", "East & <West>": "X"}]
    coding = empty.codings.to_dicts(CodingFilter(codes="Meetings"))[0]
    assert (coding["quote"], coding["cases"], coding["start"]) == ("every week", ["East & <West>"], 9)
    assert empty.reports.codebook().to_dicts()[0]["code"] == "Meetings"


def test_the_label_of_a_row_is_kept_beside_a_column_called_label(empty: Project) -> None:
    empty.cases.add("label")
    empty.codes.add("Meetings")
    [row] = empty.matrices.show(empty.matrices.ad_hoc(codes="Meetings")).to_dicts()
    assert (row["label 2"], row["label"]) == ("Meetings", "n/a")


@pytest.mark.slow
def test_matrix_and_reports_become_data_frames(table, empty: Project) -> None:
    pytest.importorskip("pandas", reason="pandas is an optional extra")
    assert table.to_pandas().loc["Weekly", "East & <West>"] == "X"
    assert list(empty.reports.codebook().to_pandas()["code"]) == ["Meetings"]


def test_public_names_are_imported_on_first_use() -> None:
    code = "import sys, sibtui; sibtui.Segment; print('sqlite3' in sys.modules, 'sibtui.project' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
