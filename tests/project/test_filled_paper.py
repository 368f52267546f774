"""`project.exports.paper`: a manuscript with its placeholders filled, and nothing else changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.project import Project
    from sibtui.project.papers.filled_paper import FilledPaper


def filled(project: Project, folder: Path, data: bytes | str, name: str = "paper.md") -> FilledPaper:
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return project.exports.paper(folder / name)


def test_a_count_is_that_of_a_code_a_row_or_all_codings(sample: Project, tmp_path: Path) -> None:
    text = (
        '{{ count "Rate card" in "SIB A" }} {{ count "table-3 / Use of rate card" in "SIB D" }} {{ count "Rate card" }}'
    )
    total = sample.codings.count(code="Rate card")
    result = filled(sample, tmp_path, text)
    assert (result.data.decode(), result.filled, result.problems) == (f"8 11 {total}", 3, ())


def test_a_table_is_markdown_or_latex(sample: Project, tmp_path: Path) -> None:
    assert filled(sample, tmp_path, "a\n\n{{ matrix table-4 }}\n\nb\n").data.decode() == (
        f"a\n\n{sample.matrices.show('table-4').to_markdown().strip()}\n\nb\n"
    )
    tex = filled(sample, tmp_path, "{{ matrix TABLE-4 }} and {{ matrix table-4 }}", "paper.tex").data.decode()
    assert tex.count(r"\begin{table}") == 2


def test_a_paraphrase_has_no_quotation_marks(sample: Project, tmp_path: Path) -> None:
    notes = next(coding for coding in sample.codings.list(source="b1") if coding.quote.isascii())
    spoken = next(coding for coding in sample.codings.list(source="doc-d-theory"))
    text = f"{{{{ quote {notes.id} }}}}|{{{{ quote {spoken.id} }}}}"
    first, second = filled(sample, tmp_path, text).data.decode().split("|")
    assert first.endswith("(b1)")
    assert not first.startswith("“")
    assert second.startswith("“")
    assert filled(sample, tmp_path, text, "paper.tex").data.decode().split("|")[1].startswith("``")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no placeholder",
        b"\xef\xbb\xbfa\r\nb\rc\n\n  ",
        b"{{Title}} {\\em x} {{ }} {{ 1 }}\n",
        "x\u2028y\x0c\u00e9".encode(),
    ],
)
def test_nothing_else_in_the_file_changes(sample: Project, tmp_path: Path, data: bytes) -> None:
    assert filled(sample, tmp_path, data).data == data
    around = data + b'{{ count "Rate card" in "SIB A" }}' + data
    assert filled(sample, tmp_path, around).data == data + b"8" + data


def test_a_table_has_the_line_ends_of_the_file(sample: Project, tmp_path: Path) -> None:
    data = filled(sample, tmp_path, b"a\r\n{{ matrix table-4 }}\r\n").data
    assert data.count(b"\n") == data.count(b"\r\n") > 5


def test_every_placeholder_that_cannot_be_filled_is_named(sample: Project, tmp_path: Path) -> None:
    text = (
        '{{ matrix table-9 }}\n{{ count "Rate card" in "SIB E" }}\n{{ quote 99999 }}\n{{ matrx t }}\n'
        '{{ count "table-3 / Use of rate card" }}\n{{ count "No code" }}\n{{ count "Rate card" in "SIB A" }}\n'
    )
    result = filled(sample, tmp_path, text)
    assert [problem.partition(":")[0] for problem in result.problems] == [f"line {number}" for number in range(1, 7)]
    assert "No matrix is named “table-9”" in result.problems[0]
    assert result.filled == 1
    assert result.data.decode() == text.replace('{{ count "Rate card" in "SIB A" }}', "8")


def test_another_file_is_refused(sample: Project, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not UTF-8"):
        filled(sample, tmp_path, "Café {{ quote 1 }}".encode("cp1252"))
    with pytest.raises(InputError, match=r"not \.docx"):
        filled(sample, tmp_path, b"x", "paper.docx")
