"""Formats of documents: the names that select a renderer, and what a renderer imports."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import PurePath

import pytest
from sample_evidence import EVIDENCE
from sample_matrix import MATRIX, QUOTES

from sibtui.errors import InputError
from sibtui.formats.documents import model
from sibtui.formats.documents.evidence import evidence_document
from sibtui.formats.documents.lists import list_document
from sibtui.formats.documents.matrix import matrix_document
from sibtui.formats.registry import RENDERERS, SUFFIXES, format_of, render_bytes, render_text
from sibtui.model.table import Table


def test_the_example_of_a_new_table_in_the_docstring_runs():
    failed, tried = doctest.testmod(model)
    assert tried > 3
    assert not failed


def test_unknown_format_is_refused_with_the_known_ones():
    for write in (render_text, render_bytes):
        with pytest.raises(InputError, match=f"no format “odt”.*{', '.join(RENDERERS)}"):
            write(matrix_document(MATRIX), "odt")


def test_text_of_a_binary_format_is_refused():
    with pytest.raises(InputError, match="docx is not a text format"):
        render_text(matrix_document(MATRIX), "docx")


@pytest.mark.parametrize(("suffix", "form"), SUFFIXES.items())
def test_extension_of_a_file_names_the_format(suffix, form):
    assert format_of(f"a{suffix.upper()}") == format_of(PurePath("b", f"a{suffix}")) == form


def test_extension_without_a_format_is_refused_with_the_known_ones():
    with pytest.raises(InputError, match=r"a\.xyz: .*\.csv"):
        format_of("a.xyz")


def test_csv_holds_one_table():
    assert render_text(matrix_document(MATRIX), "csv").startswith("row,")
    for document in (matrix_document(), matrix_document(MATRIX, QUOTES)):
        with pytest.raises(InputError, match=f"has {len(document.tables)}"):
            render_text(document, "csv")


def test_lines_below_a_table_are_left_out_of_csv_and_json():
    document = list_document(Table(("a",), ((1,),), "T", ("Counted by hand.",)))
    for form in ("table", "md", "html", "latex", "tabs"):
        assert "Counted by hand." in render_text(document, form)
    for form in ("csv", "json"):
        assert "Counted" not in render_text(document, form)


@pytest.mark.parametrize("form", ["html", "md", "latex", "table"])
def test_text_formats_load_no_office_libraries(form):
    code = (
        "import sys; from sample_evidence import EVIDENCE; from drawing import draw, evidence_document; "
        f"draw({form!r}, evidence_document([EVIDENCE])); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert not {"docx", "openpyxl", "lxml", "zipfile"} & set(done.stdout.split())


def test_text_of_an_appendix_has_its_headings_and_quotes():
    text = render_text(evidence_document([EVIDENCE]), width=60)
    assert text.startswith("Evidence\n\nTypes of working in each SIB\n\n")
    assert "\n\n  “We met every week,\n  she said.”\n  — note 1, 120–180 · Working/Brokering\n\n" in text
    assert max(map(len, text.splitlines())) <= 60
