"""No document tells who made it, where, or what a case is called in private: its properties and archives included."""

from __future__ import annotations

import getpass
import io
import zipfile
from dataclasses import replace

import pytest
from sample_evidence import EVIDENCE, NOTHING, SPOKEN
from sample_matrix import MATRIX
from test_codebook_documents import CODES

from sibtui.formats import (
    codebook_docx,
    codebook_html,
    codebook_md,
    codings_csv,
    codings_xlsx,
    evidence_docx,
    evidence_html,
    evidence_md,
    matrix_docx,
    matrix_xlsx,
    report_html,
    tables,
    tables_docx,
    tables_html,
    tables_xlsx,
)
from sibtui.formats.codebook_files import write_codebook_csv
from sibtui.formats.registry import MATRIX_FORMATS, render_matrix
from sibtui.model.drafts import CaseDraft, SourceDraft, StudyDraft
from sibtui.model.records import Study
from sibtui.model.report import CodeFigures, StudyReport, method_figures

CANARY = "canary"
CODING = replace(SPOKEN, coder="coder 1")
DRAFT = StudyDraft(
    Study("A study", CANARY, "What it is about.", "", 1),
    coders=(CANARY,),
    cases=(CaseDraft("SIB A", private_name=CANARY),),
    sources=(SourceDraft("note 1", "Text", original=f"/home/{CANARY}/{CANARY}.docx", sha256=CANARY),),
    codes=CODES,
)
REPORT = StudyReport(
    DRAFT.study.name,
    DRAFT.study.description,
    (method_figures(DRAFT),),
    DRAFT.codes,
    {code.path: CodeFigures(3, 2, 1) for code in CODES},
    (EVIDENCE, NOTHING),
)
FORMS = {
    **{f"matrix {form}": lambda form=form: render_matrix(MATRIX, form) for form in MATRIX_FORMATS},
    "matrix docx": lambda: matrix_docx.render(MATRIX),
    "matrix xlsx": lambda: matrix_xlsx.render(MATRIX),
    **{f"table {form}": lambda form=form: tables.render(method_figures(DRAFT), form) for form in tables.TABLE_FORMATS},
    "table docx": lambda: tables_docx.render(method_figures(DRAFT)),
    "table html": lambda: tables_html.render(method_figures(DRAFT)),
    "table xlsx": lambda: tables_xlsx.render(method_figures(DRAFT)),
    "codings xlsx": lambda: codings_xlsx.write_codings([codings_csv.coding_row(CODING)]),
    "evidence html": lambda: evidence_html.render((EVIDENCE,)),
    "evidence md": lambda: evidence_md.render((EVIDENCE,)),
    "evidence docx": lambda: evidence_docx.render((EVIDENCE,)),
    "codebook html": lambda: codebook_html.render(CODES),
    "codebook md": lambda: codebook_md.render(CODES),
    "codebook docx": lambda: codebook_docx.render(CODES),
    "codebook csv": lambda: write_codebook_csv(CODES),
    "report html": lambda: report_html.render(REPORT),
}


def unpacked(written: str | bytes) -> str:
    """All that a file holds as text; of an archive the comments, names and extra fields of its members too."""
    if isinstance(written, str):
        return written
    if not written.startswith(b"PK"):
        return written.decode()
    archive = zipfile.ZipFile(io.BytesIO(written))
    held = [archive.comment, *(part for info in archive.infolist() for part in (info.comment, info.extra))]
    texts = [name + archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return "\n".join([*(part.decode("latin-1") for part in held), *texts])


@pytest.fixture
def told_by_the_machine(tmp_path, monkeypatch):
    home = tmp_path / CANARY
    home.mkdir()
    monkeypatch.chdir(home)
    for name in ("USER", "LOGNAME", "USERNAME", "LNAME"):
        monkeypatch.setenv(name, CANARY)
    for name in ("HOME", "TMPDIR", "TMP", "TEMP"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setattr("tempfile.tempdir", str(home))
    assert getpass.getuser() == CANARY


@pytest.mark.parametrize("form", FORMS)
def test_a_document_tells_nothing_of_the_machine_or_of_private_names(form, told_by_the_machine, tmp_path):
    found = unpacked(FORMS[form]())
    assert CANARY not in found
    assert str(tmp_path) not in found


@pytest.mark.parametrize("form", FORMS)
def test_the_same_document_is_the_same_bytes_at_any_time(form, monkeypatch):
    first = FORMS[form]()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert FORMS[form]() == first


@pytest.mark.parametrize("form", [form for form in FORMS if form.split()[1] in ("docx", "xlsx")])
def test_an_archive_holds_no_moment_but_the_one_that_stands_for_none(form):
    written = FORMS[form]()
    archive = zipfile.ZipFile(io.BytesIO(written))
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.create_system for info in archive.infolist()} == {3}
    core = archive.read("docProps/core.xml").decode()
    assert core.count("1980-01-01T00:00:00Z") == 2
    for word in ("creator", "lastModifiedBy", "description", "openpyxl", "python-docx"):
        assert word not in core
