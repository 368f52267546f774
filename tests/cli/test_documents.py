"""Matrices, evidence, reports, codings and the codebook as Word, Excel and web pages, read by other libraries."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

pytestmark = pytest.mark.usefixtures("sample")

ROW = "Use of rate card"


def sheet(file: str) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(file, read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return rows


class TestMatrix:
    def test_a_word_document_contains_the_same_cells_as_the_csv(self, run) -> None:
        result = run("matrix", "show", "table-1", "-o", "t.docx")
        assert (result.status, result.out) == (0, "")
        assert "wrote table-1 to t.docx" in result.err
        (table,) = docx.Document("t.docx").tables
        rows = list(csv.reader(io.StringIO(run("matrix", "show", "table-1", "--format", "csv").out)))
        assert [cell.text for cell in table.rows[0].cells][1:] == ["SIB A", "SIB B", "SIB C", "SIB D"]
        for shown, row in zip(rows[1:], table.rows[1:], strict=True):
            marks = [re.sub(r"\d+$", "", cell.text.strip()) for cell in row.cells[1:]]
            assert marks == [re.sub(r"\W*\d*\W*$", "", cell) for cell in shown[1:5]]

    def test_all_saved_matrices_are_written_to_one_document_or_one_workbook(self, run) -> None:
        assert run("matrix", "show", "-o", "all.docx").status == 0
        assert len(docx.Document("all.docx").tables) == 4
        assert run("matrix", "show", "-o", "all.xlsx").status == 0
        assert openpyxl.load_workbook("all.xlsx").sheetnames == ["table-1", "table-2", "table-3", "table-4"]

    def test_table_options_apply_to_documents(self, run) -> None:
        run("matrix", "show", "table-3", "--cases", "SIB B", "--cells", "count", "-o", "t.xlsx")
        shown = run("matrix", "show", "table-3", "--cases", "SIB B", "--cells", "count", "--format", "json").json
        rows = {row[0]: row[1:] for row in sheet("t.xlsx") if row[0]}
        for row in shown["rows"]:
            assert str(rows[row["label"]][0] or "") == row["cells"]["SIB B"]["mark"]

    def test_no_two_columns_of_a_csv_or_excel_table_have_one_name(self, run) -> None:
        run("case", "set", "SIB B", "--label", "SIB A against")
        run("case", "set", "SIB D", "--label", "SIB A note")
        run("matrix", "show", "table-3", "--cells", "count", "-o", "t.xlsx")
        text = run("matrix", "show", "table-3", "--cells", "count", "--format", "csv").out
        rows = {row["row"]: row for row in csv.DictReader(io.StringIO(text))}
        [names] = [row for row in sheet("t.xlsx") if "SIB C" in row]
        for columns in (text.splitlines()[0].split(","), names):
            assert len(set(columns)) == len(columns)
            assert [name for name in columns if name and name.startswith("SIB A")][:4] == [
                "SIB A", "SIB A against 2", "SIB A against", "SIB A against against",
            ]  # fmt: skip
        shown = run("matrix", "show", "table-3", "--cells", "count", "--format", "json").json
        cell = next(row for row in shown["rows"] if row["label"] == ROW)["cells"]["SIB A"]
        assert (rows[ROW]["SIB A"], rows[ROW]["SIB A against 2"]) == (str(cell["quotes"]), str(cell["counter"]))

    def test_the_same_study_gives_the_same_bytes(self, run) -> None:
        for name in ("t.docx", "t.xlsx"):
            run("matrix", "show", "-o", name)
            first = Path(name).read_bytes()
            run("matrix", "show", "-o", name, "--force")
            assert Path(name).read_bytes() == first

    def test_binary_formats_are_refused_on_a_terminal(self, run) -> None:
        for arguments in (["--format", "docx"], ["--format", "xlsx", "-o", "-"]):
            refused = run("matrix", "show", "table-1", *arguments, terminal=True)
            assert refused.status == 2
            assert "A terminal cannot show" in refused.err
            assert refused.out == ""

    def test_the_document_is_written_to_a_pipe(self, run) -> None:
        run("matrix", "show", "table-1", "-o", "t.docx")
        command = [sys.executable, "-m", "sibtui", "matrix", "show", "table-1", "--format", "docx"]
        result = subprocess.run(command, capture_output=True, check=True)
        assert result.stdout == Path("t.docx").read_bytes()


class TestEvidence:
    def test_each_mark_of_the_page_links_to_its_quotes(self, run) -> None:
        result = run("matrix", "evidence", "table-3", "-o", "e.html")
        assert result.status == 0, result.err
        page = Path("e.html").read_text(encoding="utf-8")
        places = set(re.findall(r' id="([^"]+)"', page))
        links = set(re.findall(r'href="#([^"]+)"', page))
        assert links
        assert links <= places
        rows = run("matrix", "evidence", "table-3", "--format", "json").json
        assert page.count("<blockquote>") == len([row for row in rows if row["coding"]])

    @pytest.mark.parametrize("form", ["html", "md", "docx"])
    def test_coders_and_memos_are_left_out_unless_their_option_is_given(self, run, form: str) -> None:
        run(
            "coding",
            "add",
            "a1",
            "Rate card",
            "--span",
            "0:9",
            "--case",
            "SIB A",
            "--coder",
            "canary-1",
            "--memo",
            "canary-2",
        )
        texts = {}
        for number, options in enumerate(([], ["--with-coders"], ["--with-memos"])):
            run("matrix", "evidence", "table-3", *options, "-o", f"e{number}.{form}")
            texts[number] = text_of(f"e{number}.{form}")
        assert "canary" not in texts[0]
        assert "canary-1" in texts[1].replace("\\", "")
        assert "canary-2" not in texts[1]
        assert "canary-2" in texts[2].replace("\\", "")
        assert "canary-1" not in texts[2]

    def test_markdown_is_the_same_on_stdout_and_in_a_file(self, run) -> None:
        run("matrix", "evidence", "table-3", "-o", "e.md")
        assert run("matrix", "evidence", "table-3", "--format", "md").out == Path("e.md").read_text(encoding="utf-8")

    def test_evidence_tables_are_the_same_in_files_and_on_stdout(self, run) -> None:
        for name, form in (("e.csv", "csv"), ("e.json", "json"), ("e.txt", "table")):
            run("matrix", "evidence", "table-3", "-o", name)
            shown = run("matrix", "evidence", "table-3", "--format", form).out
            assert Path(name).read_text(encoding="utf-8").rstrip("\n") == shown.rstrip("\n")

    def test_an_appendix_can_be_limited_to_a_single_cell(self, run) -> None:
        run("matrix", "evidence", "table-3", "--cell", f"{ROW}:SIB A", "-o", "e.html")
        page = Path("e.html").read_text(encoding="utf-8")
        rows = run("matrix", "evidence", "table-3", "--cell", f"{ROW}:SIB A", "--format", "json").json
        assert page.count("<blockquote>") == len(rows)
        assert "SIB B" not in re.sub(r"<blockquote>.*?</blockquote>", "", page, flags=re.DOTALL)

    def test_the_given_thresholds_apply_to_the_evidence(self, run) -> None:
        strict = ["table-3", "--min-quotes", "50", "--format", "json"]
        assert {row["fragility"] for row in run("matrix", "evidence", *strict).json} == {""}

    def test_several_matrices_are_written_to_one_appendix(self, run) -> None:
        run("matrix", "evidence", "-o", "e.docx")
        assert len(docx.Document("e.docx").tables) == 4

    def test_an_appendix_as_a_workbook_is_refused(self, run) -> None:
        refused = run("matrix", "evidence", "table-3", "-o", "e.xlsx")
        assert refused.status == 2
        assert ".docx" in refused.err


def text_of(file: str) -> str:
    """Return all text in a document, including its properties."""
    data = Path(file).read_bytes()
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


class TestReports:
    @pytest.mark.parametrize("noun", ["cases", "interviews"])
    def test_a_report_has_the_same_table_in_every_document_format(self, run, noun: str) -> None:
        rows = list(csv.reader(io.StringIO(run("report", noun, "--format", "csv").out)))
        for form in ("docx", "xlsx", "html"):
            assert run("report", noun, "-o", f"r.{form}").status == 0
        table = docx.Document("r.docx").tables[0]
        assert [[cell.text for cell in row.cells] for row in table.rows] == rows
        assert [[str("" if cell is None else cell) for cell in row] for row in sheet("r.xlsx")] == rows
        page = Path("r.html").read_text(encoding="utf-8")
        assert page.count("<tr>") == len(rows)
        assert "<script" not in page

    def test_the_extension_chooses_the_format_of_a_report(self, run) -> None:
        for name, form in (("r.csv", "csv"), ("r.json", "json"), ("r.md", "md"), ("r.txt", "table")):
            assert run("report", "cases", "-o", name).status == 0
            assert Path(name).read_text(encoding="utf-8") == run("report", "cases", "--format", form).out
        assert run("report", "cases", "-o", "r.doc").status == 2

    @pytest.mark.parametrize("form", ["html", "docx"])
    def test_the_codebook_report_is_the_document_that_code_export_writes(self, run, form: str) -> None:
        run("report", "codebook", "-o", f"r.{form}")
        run("code", "export", f"c.{form}")
        assert Path(f"r.{form}").read_bytes() == Path(f"c.{form}").read_bytes()

    def test_a_workbook_is_refused_on_a_terminal(self, run) -> None:
        refused = run("report", "cases", "--format", "xlsx", terminal=True)
        assert (refused.status, refused.out) == (2, "")


class TestCodebook:
    @pytest.mark.parametrize("form", ["html", "md", "docx"])
    def test_a_codebook_document_has_every_code_and_its_counts(self, run, form: str) -> None:
        result = run("code", "export", f"c.{form}")
        assert result.status == 0, result.err
        held = docx.Document("c.docx") if form == "docx" else None
        text = "\n".join(p.text for p in held.paragraphs) if held else text_of(f"c.{form}")
        for code in run("code", "list", "--format", "json").json:
            assert code["code"].rpartition("/")[2] in text.replace("\\", "").replace("&amp;", "&")
        card = next(r for r in run("report", "codebook", "--format", "json").json if r["code"].endswith("/Rate card"))
        assert f"{card['quotes']} quotes" in text

    def test_a_codebook_document_cannot_be_imported(self, run) -> None:
        run("code", "export", "c.md")
        assert run("code", "import", "c.md").status == 1

    def test_codebook_csv_in_a_file_equals_stdout(self, run) -> None:
        assert run("code", "export").out.startswith("path,")
        run("code", "export", "c.csv")
        assert Path("c.csv").read_text(encoding="utf-8") == run("code", "export", "--format", "csv").out


class TestCodings:
    def test_a_workbook_has_the_rows_and_columns_of_the_csv(self, run) -> None:
        result = run("export", "codings", "c.xlsx")
        assert "wrote 634 codings to c.xlsx" in result.err
        rows = list(csv.reader(io.StringIO(run("export", "codings", "-").out)))
        found = [[str("" if cell is None else cell) for cell in row] for row in sheet("c.xlsx")]
        assert [row + [""] * (len(rows[0]) - len(row)) for row in found] == rows  # the last cells of a row may be empty

    def test_filters_apply_to_a_workbook_of_codings(self, run) -> None:
        run("export", "codings", "c.xlsx", "--source", "a1")
        assert {row[0] for row in sheet("c.xlsx")[1:]} == {"a1"}

    def test_a_memo_that_looks_like_a_formula_is_a_text_cell(self, run) -> None:
        run("coding", "add", "a1", "Rate card", "--span", "0:9", "--case", "SIB A", "--memo", "=1+1")
        run("export", "codings", "c.xlsx", "--text", "=1+1")
        book = openpyxl.load_workbook("c.xlsx")
        cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
        assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
        assert any("=1+1" in str(cell.value) for cell in cells)

    def test_a_workbook_is_refused_on_a_terminal(self, run) -> None:
        assert run("export", "codings", "-", "--format", "xlsx", terminal=True).status == 2

    def test_an_existing_file_is_not_overwritten_without_force(self, run) -> None:
        Path("c.xlsx").write_text("mine", encoding="utf-8")
        assert run("export", "codings", "c.xlsx").status == 1
        assert Path("c.xlsx").read_text(encoding="utf-8") == "mine"
        assert run("export", "codings", "c.xlsx", "--force").status == 0


class TestStudyReport:
    def test_the_page_of_a_study_contains_figures_codebook_matrices_and_evidence(self, run) -> None:
        result = run("export", "report", "study.html")
        assert result.status == 0, result.err
        assert "wrote the report to study.html" in result.err
        page = Path("study.html").read_text(encoding="utf-8")
        for part in (
            "The method in figures",
            "Summary of case characteristics",
            "Summary of interview types",
            "Codebook",
        ):
            assert f">{part}<" in page
        assert all(f'id="matrix-{number}"' in page for number in (1, 2, 3, 4))
        quotes = sum(len(run("matrix", "evidence", f"table-{n}", "--format", "json").json) for n in (1, 2, 3, 4))
        assert page.count("</blockquote>") == quotes

    @pytest.mark.slow
    def test_the_page_is_the_same_each_time_and_each_link_has_a_target(self, run) -> None:
        page = run("export", "report", "-").out
        assert run("export", "report", "-").out == page
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
        assert "59 claims: 41 hold, 7 with reserve, 8 contradicted, 3 not checkable." in page
        assert "<h2>The tables in words</h2>" in page
        assert "kind interview" in page
        assert "coder R1" not in page

    @pytest.mark.slow
    def test_pictures_are_in_the_page_where_they_can_be_drawn(self, run, monkeypatch: pytest.MonkeyPatch) -> None:
        pytest.importorskip("matplotlib")
        done = run("export", "report", "-")
        assert done.out.count("<svg") == 2
        assert all(f"<{name}" in done.out for name in ("title id", "desc id"))
        assert done.out.count('class="picture" role="region" aria-label="Picture: ') == 2
        assert done.err == ""
        without = run("export", "report", "-", "--no-pictures")
        assert ("<svg" in without.out, without.err) == (False, "")
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        missing = run("export", "report", "-")
        assert missing.out == without.out
        assert (
            missing.err
            == "sibtui: the report has no pictures. Pictures need one more package: pip install 'sibtui[pictures]'.\n"
        )

    @pytest.mark.slow
    def test_a_link_of_a_summary_to_a_quote_that_left_the_cell_is_plain(self, run) -> None:
        text = run("summary", "show", "table-4", "Obtaining evidence", "SIB A", "--format", "json").json[0]["text"]
        before = run("export", "report", "-").out
        assert run("coding", "set", re.findall(r"\[(\d+)\]", text)[0], "--case", "SIB D").status == 0
        page = run("export", "report", "-").out
        assert page.count("<blockquote id=") == before.count("<blockquote id=") - 1
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r' id="([^"]+)"', page))

    def test_a_report_without_room_for_pictures_loads_no_matplotlib(self, run, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("INTERVIEWS", "SOURCES"):
            monkeypatch.setattr(f"sibtui.project.exporting.study_report.MANY_{name}", 11)
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        done = run("export", "report", "-")
        assert (done.status, done.err) == (0, "")
        assert "<svg" not in done.out

    def test_a_large_study_names_the_reports_that_are_left_out(self, run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sibtui.project.exporting.study_report.MANY_CODINGS", 600)
        monkeypatch.setattr("sibtui.project.exporting.study_report.MANY_INTERVIEWS", 11)
        monkeypatch.setattr("sibtui.project.exporting.study_report.MANY_SOURCES", 17)
        page = run("export", "report", "-").out
        assert "left out, because the study is large. The report “sensitivity” has it." in page
        assert page.count("left out, because the study is large") == 4
        assert 'id="together"' not in page

    def test_the_page_of_a_study_contains_no_path_no_private_name_and_no_coder(self, run, tmp_path: Path) -> None:
        run("case", "set", "SIB A", "--private-name", "canary-1")
        run(
            "coding",
            "add",
            "a1",
            "Rate card",
            "--span",
            "0:9",
            "--case",
            "SIB A",
            "--coder",
            "canary-2",
            "--memo",
            "canary-3",
        )
        run("export", "report", "study.html")
        page = Path("study.html").read_text(encoding="utf-8")
        assert "canary" not in page
        assert str(tmp_path) not in page
        page = run("export", "report", "-", "--with-coders", "--with-memos").out
        assert "canary-2" in page
        assert "canary-3" in page
        assert "canary-1" not in page

    def test_a_report_on_an_empty_study_is_a_page(self, run) -> None:
        run("new", "none.sibtui")
        shown = run("-p", "none.sibtui", "export", "report", "-")
        assert shown.status == 0, shown.err
        assert shown.out.startswith("<!DOCTYPE html>")

    def test_a_report_with_another_extension_is_refused(self, run) -> None:
        refused = run("export", "report", "study.docx")
        assert refused.status == 2
        assert ".html" in refused.err
