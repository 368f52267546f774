from __future__ import annotations

import subprocess
import sys

import pytest
from sample_evidence import EVIDENCE, NOTHING
from sample_matrix import MATRIX, QUOTES
from test_codebook_documents import CODES, FIGURES

from sibtui.errors import InputError
from sibtui.formats import (
    codebook_docx,
    codebook_html,
    codebook_md,
    evidence_docx,
    evidence_html,
    evidence_md,
    matrix_docx,
    matrix_xlsx,
)
from sibtui.formats.registry import (
    CODEBOOK_DOCUMENTS,
    EVIDENCE_FORMATS,
    MATRIX_DOCUMENTS,
    codebook_document,
    evidence_document,
    matrix_document,
)
from sibtui.model.report import Telling

TELLING = Telling(coders=True)


@pytest.mark.parametrize(("form", "module"), [("docx", matrix_docx), ("xlsx", matrix_xlsx)])
def test_matrices_are_written_by_the_formats_name(form, module):
    assert matrix_document([MATRIX, QUOTES], form) == module.render(MATRIX, QUOTES)


@pytest.mark.parametrize(("form", "module"), [("html", evidence_html), ("md", evidence_md), ("docx", evidence_docx)])
def test_evidence_is_written_by_the_formats_name(form, module):
    direct = module.render([EVIDENCE, NOTHING], title="T", telling=TELLING)
    direct = direct.encode() if isinstance(direct, str) else direct
    assert evidence_document([EVIDENCE, NOTHING], form, title="T", telling=TELLING) == direct
    assert evidence_document([EVIDENCE, NOTHING], form, title="T") != direct


@pytest.mark.parametrize(("form", "module"), [("html", codebook_html), ("md", codebook_md), ("docx", codebook_docx)])
def test_a_codebook_is_written_by_the_formats_name(form, module):
    direct = module.render(CODES, FIGURES, title="T")
    assert codebook_document(CODES, FIGURES, form, title="T") == (
        direct.encode() if isinstance(direct, str) else direct
    )


def test_an_unknown_format_is_answered_with_the_known_ones():
    for known, write in (
        (MATRIX_DOCUMENTS, lambda: matrix_document([], "odt")),
        (EVIDENCE_FORMATS, lambda: evidence_document([], "odt")),
        (CODEBOOK_DOCUMENTS, lambda: codebook_document([], {}, "odt")),
    ):
        with pytest.raises(InputError, match=f"no format “odt” .*{', '.join(known)}"):
            write()


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_page_or_markdown_is_written_without_the_libraries_of_office_files(form):
    code = (
        "import sys; from sample_evidence import EVIDENCE; from sibtui.formats.registry import evidence_document; "
        f"evidence_document([EVIDENCE], {form!r}); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert not {"docx", "openpyxl", "lxml", "zipfile"} & set(done.stdout.split())
