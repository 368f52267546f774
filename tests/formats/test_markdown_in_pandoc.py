"""Markdown in pandoc, which drops raw HTML on the way to Word, LaTeX and plain text."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace

import pytest
from drawing import codebook_in, evidence_in, render_matrix, table_in
from sample_evidence import EVIDENCE, NOTHING
from sample_matrix import MATRIX, QUOTES
from test_codebook_documents import CODES, FIGURES

from sibtui.model.table import Table

pytestmark = pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")


def converted(text: str, form: str = "plain") -> str:
    done = subprocess.run(
        ["pandoc", "-f", "gfm", "-t", form, "--wrap=none"], input=text.encode(), capture_output=True, check=True
    )
    return done.stdout.decode()


@pytest.mark.parametrize("form", ["plain", "latex", "rst"])
def test_note_numbers_survive_pandoc(form):
    result = converted(render_matrix(replace(MATRIX, rows=MATRIX.rows[:2]), "md"), form)
    lines = [" ".join(line.replace("&", " ").split()) for line in result.splitlines()]
    assert any("link workers" in line and "X²" in line and "³" in line for line in lines)
    assert any("Peer mentoring⁴" in line and "²" in line for line in lines)
    assert "² Pilot stage only." in lines


def test_line_break_in_a_cell_separates_words_in_pandoc():
    assert "at length / Not “a case” [note 3]²" in converted(render_matrix(QUOTES, "md"))
    assert "one / two" in converted(table_in("md", Table(("a",), (("one\ntwo",),))))
    assert "We met every week,\n  she said." in converted(evidence_in("md", (EVIDENCE, NOTHING)))
    assert "Talk at set times.\nIn rooms or not." in converted(codebook_in("md", CODES, FIGURES))
