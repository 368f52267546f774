"""Additional header rows in the exports of survey services.

They are below the column names, and have the questions, ids, or kinds of answers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.formats.codec.sheet_reader import cell_text
from sibtui.formats.sources.personal_columns import words_of
from sibtui.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.formats.codec.sheet_reader import CellValue, SheetTable

_QUALTRICS = {
    *("start date", "end date", "recorded date", "status", "response type", "ip address", "progress", "finished"),
    *("duration in seconds", "response id", "response set", "name", "recipient last name", "recipient first name"),
    *("recipient email", "email address", "external data reference", "external reference", "location latitude"),
    *("location longitude", "distribution channel", "user language"),
}
"""The names and labels of the columns that Qualtrics adds beside the questions."""
_OTHER_LABELS = {"status": "response type", "external reference": "external data reference"}
_OLD_NAME = re.compile(r"v\d{1,2}")
"""The pattern of the names V1, V2 and so on. In older files, Qualtrics gave such names to the columns that it adds."""
_SURVEYMONKEY = ("respondent id", "collector id")
_SOSCI = frozenset(("CASE", "SERIAL", "REF", "QUESTNNR", "MODE", "STARTED"))
_SOSCI_COLUMNS = 4
"""A table with at least this many columns typical of SoSci Survey counts as an export of SoSci Survey."""


def without_question_rows(sheet: SheetTable) -> tuple[SheetTable, list[str]]:
    """Return (table without the additional header rows of survey services, questions in these rows).

    The rows below the header identify the service:

    - Qualtrics: a row has the ids `{"ImportId": …}`, or the first row has labels for the columns that Qualtrics
      adds;
    - SoSci Survey: the first row has words in the column of interview numbers;
    - SurveyMonkey: the first row is empty in the columns of ids. This row has no questions. Its other cells become the
      names of columns that have no name.

    Any other table is returned unchanged, without questions.
    """
    for at, row in enumerate(sheet.rows[:2]):
        filled = [cell_text(cell) for cell in row if cell not in (None, "")]
        if filled and all(cell.startswith('{"ImportId"') for cell in filled):
            questions = [cell_text(cell) for cell in sheet.rows[0]] if at else []
            what = (
                "rows with the questions and the ids of Qualtrics were" if at else "row with the ids of Qualtrics was"
            )
            return _with_labels(_below(sheet, at + 1, f"the {what} left out"), questions), questions
    if sheet.rows and _are_labels(sheet.header, sheet.rows[0]):
        questions = [cell_text(cell) for cell in sheet.rows[0]]
        return _with_labels(
            _below(sheet, 1, "the row with the questions of Qualtrics was left out"), questions
        ), questions
    if _has_sosci_labels(sheet):
        questions = [cell_text(cell) for cell in sheet.rows[0]]
        return _below(sheet, 1, "the row with the questions of SoSci Survey was left out"), questions
    ids = [at for at, name in enumerate(sheet.header) if fold(name) in _SURVEYMONKEY]
    if len(ids) == len(_SURVEYMONKEY) and sheet.rows and all(sheet.rows[0][at] in (None, "") for at in ids):
        return _with_answer_names(sheet), []
    return sheet, []


def _has_sosci_labels(sheet: SheetTable) -> bool:
    """Return whether the first row below the header of a SoSci Survey table has labels in place of answers.

    This is so if the row has words in the column of interview numbers, and the row below it has a number there.
    """
    if len(_SOSCI.intersection(sheet.header)) < _SOSCI_COLUMNS or "CASE" not in sheet.header or len(sheet.rows) < 2:
        return False
    at = sheet.header.index("CASE")
    first, second = (cell_text(row[at]) for row in sheet.rows[:2])
    return second.isdecimal() and not first.isdecimal()


def _with_labels(sheet: SheetTable, questions: Sequence[str]) -> SheetTable:
    """Return a Qualtrics table with better column names in place of V1, V2 and so on.

    `questions` has a label for each column. A label that is a known name, such as `StartDate`, replaces the name of the
    column.
    """
    header = [
        label.strip() if _OLD_NAME.fullmatch(words_of(name)) and words_of(label) in _QUALTRICS else name
        for name, label in zip(sheet.header, questions or sheet.header, strict=False)
    ]
    return replace(sheet, header=[*header, *sheet.header[len(header) :]])


def _are_labels(header: Sequence[str], row: Sequence[CellValue]) -> bool:
    """Return whether `row` has the expected labels in the columns that Qualtrics adds.

    The result is False if the table has fewer than two such columns.
    """
    named = [(words_of(name), words_of(cell_text(cell))) for name, cell in zip(header, row, strict=False)]
    added = [(name, label) for name, label in named if name in _QUALTRICS or _OLD_NAME.fullmatch(name)]
    return len(added) > 1 and all(
        label in _QUALTRICS if _OLD_NAME.fullmatch(name) else label in (name, _OTHER_LABELS.get(name))
        for name, label in added
    )


def _below(sheet: SheetTable, rows: int, warning: str) -> SheetTable:
    """Return the table without its first `rows` rows. The text `warning` is added to its warnings."""
    return replace(sheet, rows=sheet.rows[rows:], lines=sheet.lines[rows:], warnings=[*sheet.warnings, warning])


def _with_answer_names(sheet: SheetTable) -> SheetTable:
    """Return a SurveyMonkey table in which columns without a name are named after their question and answer.

    The answers are in the first row below the header. This row is left out.
    """
    header, question = list(sheet.header), ""
    for at, name in enumerate(sheet.header):
        answer = cell_text(sheet.rows[0][at]).strip()
        if at not in sheet.unnamed:
            question = name
        elif answer:
            header[at] = f"{question}: {answer}" if question else answer
    unnamed = tuple(at for at in sheet.unnamed if header[at] == sheet.header[at])
    below = _below(sheet, 1, "the row with the kinds of answers of SurveyMonkey was left out")
    return replace(below, header=header, unnamed=unnamed)
