"""The bytes of each format. After an intended change, run `python tests/formats/test_matrix_golden.py` and check the diff."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawing import render_matrix
from sample_matrix import MATRIX, QUOTES

GOLDEN = Path(__file__).parent / "golden"
CASES = {
    "matrix.txt": lambda: render_matrix(MATRIX),
    "matrix_40.txt": lambda: render_matrix(MATRIX, width=40),
    "matrix_ascii.txt": lambda: render_matrix(MATRIX, width=80, ascii=True),
    "matrix.csv": lambda: render_matrix(MATRIX, "csv"),
    "matrix.md": lambda: render_matrix(MATRIX, "md"),
    "matrix.html": lambda: render_matrix(MATRIX, "html"),
    "matrix.tex": lambda: render_matrix(MATRIX, "latex"),
    "matrix.json": lambda: render_matrix(MATRIX, "json"),
    "quotes_80.txt": lambda: render_matrix(QUOTES, width=80),
    "quotes.csv": lambda: render_matrix(QUOTES, "csv"),
    "quotes.md": lambda: render_matrix(QUOTES, "md"),
    "quotes.html": lambda: render_matrix(QUOTES, "html"),
    "quotes.tex": lambda: render_matrix(QUOTES, "latex"),
}


@pytest.mark.parametrize("name", CASES)
def test_matrices_are_written_byte_for_byte_as_in_the_stored_files(name):
    assert CASES[name]().encode() == (GOLDEN / name).read_bytes()


if __name__ == "__main__":
    for file, rendered in CASES.items():
        (GOLDEN / file).write_bytes(rendered().encode())
