"""The preview of a table of codings, without a screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sibtui.formats.other_programs.coding_table import CodingTableOptions
from sibtui.project.importing.coding_preview import CodingPreview, fits_study
from sibtui.project.importing.import_options import ImportOptions
from sibtui.project.importing.incoming_files import read

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.project import Project

ROWS = "document,tag,excerpt,page\nA1.txt,Brokering,broker,7\nA1,Brokering,absent words,8\nA1,New,The,9\n"


@pytest.fixture
def table(tmp_path: Path, project: Project) -> CodingPreview:
    words = project.sources.text("A1").split()
    path = tmp_path / "coded.csv"
    path.write_text(
        ROWS.replace("broker,", f"{' '.join(words[:4])},").replace("The,", f"{words[0]},"), encoding="utf-8"
    )
    files = read(str(path), ImportOptions())
    assert fits_study(files.table, project)
    assert files.table is not None
    preview = CodingPreview(files.table)
    preview.judge(project)
    return preview


def kinds(preview: CodingPreview) -> list[str]:
    return [item.kind for item in preview.items()]


def test_a_preview_lists_messages_codings_and_uncertain_rows_and_changes_nothing(
    table: CodingPreview, project: Project
):
    assert table.summary == "A table of codings: 1 coding to bring in, 2 rows not certain"
    assert kinds(table) == ["message"] * 4 + ["coding", "refused", "refused"]
    messages = [item.text for item in table.items() if item.kind == "message"]
    assert "1 column was left out: “page”." in messages
    *_, refused, unknown = table.items()
    assert (refused.right, refused.text) == ("Brokering · line 3", "absent words")
    assert "The most similar place" in refused.details[1]
    assert "No code is named “New”" in unknown.details[0]
    assert list(project.codings.list()) == []


def test_the_preview_changes_with_the_options(table: CodingPreview, project: Project):
    table.options = replace(table.options, new_codes=True)
    table.judge(project)
    assert "1 new code" in table.summary
    assert "code" in kinds(table)
    table.options = replace(table.options, table=CodingTableOptions(source_column="nobody"))
    table.judge(project)
    assert [item.text for item in table.items()] == [table.problem.facts if table.problem else ""]
    assert "no column “nobody”" in next(table.items()).text
    assert not table.is_ready


def test_an_import_from_the_preview_adds_the_certain_codings_and_writes_the_review_file(
    table: CodingPreview, project: Project
):
    review = table.review_path()
    assert review.name == "coded-review.csv"
    result = table.store(project, str(review))
    assert result.message == f"1 coding added, 2 rows written to {review}"
    assert review.read_text(encoding="utf-8").count("\n") == 3
    assert table.review_path().name == "coded-review2.csv"
    assert [coding.quote for coding in project.codings.list()] == [" ".join(project.sources.text("A1").split()[:4])]
    assert table.store(project).message == "0 codings added, 2 rows left out"


@pytest.mark.parametrize(
    ("line", "verdict", "words"),
    [
        ("", "yes", "nothing is written, and 2 rows are left out"),
        ("rest.csv", "yes", "It gets 2 rows"),
        ("rest.txt", "no", "ends in .csv"),
        ("coded.csv", "no", "exists already"),
        ("no/where/r.csv", "no", "no such folder"),
    ],
)
def test_a_name_for_the_review_file_is_validated(
    table: CodingPreview, tmp_path: Path, line: str, verdict: str, words: str
):
    answer = table.validate_review(str(tmp_path / line) if line else "")
    assert (answer.verdict, words in answer.message) == (verdict, True)


@pytest.mark.parametrize(
    ("rows", "fits"),
    [
        (ROWS, True),
        ("source,code,quote\nnobody,x,y\n", True),
        ("document,tag,excerpt\nnobody,x,y\n", False),
        ("participant,category,text\nP7,old,It was slow.\n", False),
        ("id,answer\nA1,It was slow.\n", False),
    ],
)
def test_a_table_is_taken_as_codings_if_it_has_their_columns_or_names_a_source(
    project: Project, tmp_path: Path, rows: str, fits: bool
):
    (tmp_path / "t.csv").write_text(rows, encoding="utf-8")
    files = read(str(tmp_path / "t.csv"), ImportOptions())
    assert files.table is not None
    assert fits_study(files.table, project) == fits
    assert fits_study(read(str(tmp_path / "t.csv") + " " + str(tmp_path), ImportOptions()).table, project) is False
