"""The bytes of documents. After an intended change, run `python tests/formats/test_document_golden.py` and check the diff.

For Word and Excel files, the part with the content is compared: each zlib packs archives a little differently.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from drawing import codebook_in, evidence_in, matrix_in, report_in
from sample_evidence import EVIDENCE, NOTHING
from sample_matrix import MATRIX
from test_codebook_documents import CODES, FIGURES
from test_report_html import REPORT

GOLDEN = Path(__file__).parent / "golden"


def part(data: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).replace(b"><w:", b">\n<w:").replace(b"><c ", b">\n<c ")


DOCUMENT, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"
CASES = {
    "evidence.md": lambda: evidence_in("md", (EVIDENCE, NOTHING)).encode(),
    "evidence.html": lambda: evidence_in("html", (EVIDENCE, NOTHING)).encode(),
    "evidence.docx.xml": lambda: part(evidence_in("docx", (EVIDENCE,)), DOCUMENT),
    "codebook.md": lambda: codebook_in("md", CODES, FIGURES).encode(),
    "codebook.html": lambda: codebook_in("html", CODES, FIGURES).encode(),
    "codebook.docx.xml": lambda: part(codebook_in("docx", CODES, FIGURES), DOCUMENT),
    "matrix.docx.xml": lambda: part(matrix_in("docx", MATRIX), DOCUMENT),
    "matrix.xlsx.xml": lambda: part(matrix_in("xlsx", MATRIX), SHEET),
    "report.html": lambda: report_in("html", REPORT).encode(),
}


@pytest.mark.parametrize("name", CASES)
def test_documents_are_written_byte_for_byte_as_in_the_stored_files(name):
    assert CASES[name]() == (GOLDEN / name).read_bytes()


if __name__ == "__main__":
    for file, rendered in CASES.items():
        (GOLDEN / file).write_bytes(rendered())
