"""Documents of the builders, drawn in a format: a text, or the bytes of a Word or Excel file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.formats.documents.codebook import codebook_document
from sibtui.formats.documents.evidence import evidence_document
from sibtui.formats.documents.lists import list_document
from sibtui.formats.documents.matrix import matrix_document
from sibtui.formats.documents.report import report_document
from sibtui.formats.registry import BINARY_FORMATS, render_bytes, render_text

if TYPE_CHECKING:
    from sibtui.formats.documents.model import Document
    from sibtui.model.matrix import Matrix
    from sibtui.model.table import Table


def draw(form: str, document: Document) -> Any:
    return render_bytes(document, form) if form in BINARY_FORMATS else render_text(document, form)


def render_matrix(matrix: Matrix, form: str = "table", **options: Any) -> str:
    return render_text(matrix_document(matrix), form, **options)


def matrix_in(form: str, *matrices: Matrix) -> Any:
    return draw(form, matrix_document(*matrices))


def table_in(form: str, *tables: Table) -> Any:
    return draw(form, list_document(*tables))


def evidence_in(form: str, *given: Any, **options: Any) -> Any:
    return draw(form, evidence_document(*given, **options))


def codebook_in(form: str, *given: Any, **options: Any) -> Any:
    return draw(form, codebook_document(*given, **options))


def report_in(form: str, *given: Any, **options: Any) -> Any:
    return draw(form, report_document(*given, **options))
