"""Documents hold no author, no place and no private names, also not in properties and archives."""

from __future__ import annotations

import getpass
import io
import zipfile
from dataclasses import replace

import pytest
from drawing import codebook_in, evidence_in, matrix_in, report_in, table_in
from sample_evidence import EVIDENCE, NOTHING, SPOKEN
from sample_matrix import MATRIX
from test_codebook_documents import CODES

from sibtui.formats.registry import RENDERERS
from sibtui.formats.study_folder import codings_csv, codings_xlsx
from sibtui.formats.study_folder.codebook_files import write_codebook_csv
from sibtui.model.drafts import CaseDraft, SourceDraft, StudyDraft
from sibtui.model.records import Study
from sibtui.model.report_values import CodeFigures, StudyReport, extent, method_figures

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
    (method_figures(DRAFT, extent(DRAFT)),),
    DRAFT.codes,
    {code.path: CodeFigures(3, 2, 1) for code in CODES},
    (EVIDENCE, NOTHING),
)
FORMS = {
    **{f"matrix {form}": lambda form=form: matrix_in(form, MATRIX) for form in RENDERERS},
    **{f"table {form}": lambda form=form: table_in(form, method_figures(DRAFT, extent(DRAFT))) for form in RENDERERS},
    "codings xlsx": lambda: codings_xlsx.write_codings([codings_csv.coding_row(CODING)]),
    "evidence html": lambda: evidence_in("html", (EVIDENCE,)),
    "evidence md": lambda: evidence_in("md", (EVIDENCE,)),
    "evidence docx": lambda: evidence_in("docx", (EVIDENCE,)),
    "codebook html": lambda: codebook_in("html", CODES),
    "codebook md": lambda: codebook_in("md", CODES),
    "codebook docx": lambda: codebook_in("docx", CODES),
    "codebook csv": lambda: write_codebook_csv(CODES),
    "report html": lambda: report_in("html", REPORT),
}


def unpacked(written: str | bytes) -> str:
    """Return all text in a file; for an archive also the comments, names and extra fields of its members."""
    if isinstance(written, str):
        return written
    if not written.startswith(b"PK"):
        return written.decode()
    archive = zipfile.ZipFile(io.BytesIO(written))
    held = [archive.comment, *(part for info in archive.infolist() for part in (info.comment, info.extra))]
    texts = [name + archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return "\n".join([*(part.decode("latin-1") for part in held), *texts])


@pytest.fixture
def machine_full_of_canaries(tmp_path, monkeypatch):
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
def test_documents_contain_no_traces_of_the_machine_and_no_private_names(form, machine_full_of_canaries, tmp_path):
    result = unpacked(FORMS[form]())
    assert CANARY not in result
    assert str(tmp_path) not in result


@pytest.mark.parametrize("form", FORMS)
def test_documents_have_the_same_bytes_at_any_time(form, monkeypatch):
    first = FORMS[form]()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert FORMS[form]() == first


@pytest.mark.parametrize("form", [form for form in FORMS if form.split()[1] in ("docx", "xlsx")])
def test_archives_contain_only_one_fixed_time(form):
    written = FORMS[form]()
    archive = zipfile.ZipFile(io.BytesIO(written))
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.create_system for info in archive.infolist()} == {3}
    core = archive.read("docProps/core.xml").decode()
    assert core.count("1980-01-01T00:00:00Z") == 2
    for word in ("creator", "lastModifiedBy", "description", "openpyxl", "python-docx"):
        assert word not in core
