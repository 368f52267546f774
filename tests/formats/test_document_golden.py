"""The bytes of documents. After a wanted change, look at what `python tests/formats/test_document_golden.py` changed.

Of Word and Excel files the part that holds the content: archives are packed a little differently by each zlib.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from sample_evidence import EVIDENCE, NOTHING
from sample_matrix import MATRIX
from test_codebook_documents import CODES, FIGURES
from test_report_html import REPORT

from sibtui.formats import (
    codebook_docx,
    codebook_html,
    codebook_md,
    evidence_docx,
    evidence_html,
    evidence_md,
    matrix_docx,
    matrix_xlsx,
    report_html,
)

GOLDEN = Path(__file__).parent / "golden"


def part(data: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).replace(b"><w:", b">\n<w:").replace(b"><c ", b">\n<c ")


DOCUMENT, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"
CASES = {
    "evidence.md": lambda: evidence_md.render((EVIDENCE, NOTHING)).encode(),
    "evidence.html": lambda: evidence_html.render((EVIDENCE, NOTHING)).encode(),
    "evidence.docx.xml": lambda: part(evidence_docx.render((EVIDENCE,)), DOCUMENT),
    "codebook.md": lambda: codebook_md.render(CODES, FIGURES).encode(),
    "codebook.html": lambda: codebook_html.render(CODES, FIGURES).encode(),
    "codebook.docx.xml": lambda: part(codebook_docx.render(CODES, FIGURES), DOCUMENT),
    "matrix.docx.xml": lambda: part(matrix_docx.render(MATRIX), DOCUMENT),
    "matrix.xlsx.xml": lambda: part(matrix_xlsx.render(MATRIX), SHEET),
    "report.html": lambda: report_html.render(REPORT).encode(),
}


@pytest.mark.parametrize("name", CASES)
def test_a_document_is_written_byte_for_byte_as_before(name):
    assert CASES[name]() == (GOLDEN / name).read_bytes()


if __name__ == "__main__":
    for file, rendered in CASES.items():
        (GOLDEN / file).write_bytes(rendered())
