"""Quotes for the paper, and codings whose passages the program found: filters, tables, folders, files, merges and figures."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import InputError
from sibtui.formats.refi.reader import read_qdpx
from sibtui.formats.refi.writer import write_qdpx
from sibtui.formats.study_folder.folder import read_study, write_study
from sibtui.model.drafts import CodingDraft
from sibtui.model.filters import CodingFilter
from sibtui.model.segments import Segment
from sibtui.project import Project
from sibtui.project.shared.study_io import study_draft

from .study import apply_code

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def marked(coded: Project) -> Project:
    """The study with one quote for the paper, and one coding by search."""
    first = next(coded.codings.list())
    coded.codings.set(first.id, for_paper=True)
    coded.codings.import_(CodingDraft("A1", "Brokering", Segment(3, 9), how="search"))
    return coded


def marks(project: Project) -> list[tuple[int, bool, str]]:
    found = [(coding.segment.start, coding.for_paper, coding.how) for coding in project.codings.list()]
    return [each for each in found if each[1:] != (False, "")]


def test_a_new_coding_is_no_quote_for_the_paper_and_a_person_found_it(coded: Project) -> None:
    added = apply_code(coded, "A1", "Brokering", 3, 9)
    assert (added.for_paper, added.how) == (False, "")
    assert marks(coded) == []


def test_a_chosen_quote_can_be_taken_back_and_undone(coded: Project) -> None:
    [chosen] = coded.codings.set(1, for_paper=True)
    assert chosen.for_paper
    assert [coding.id for coding in coded.codings.list(for_paper=True)] == [1]
    [taken] = coded.codings.set(1, for_paper=False)
    assert not taken.for_paper
    coded.history.undo()
    assert coded.codings.get(1).for_paper


def test_filters_choose_by_the_way_in_which_passages_were_found(marked: Project) -> None:
    [found] = marked.codings.list(how="search")
    assert (found.segment, found.how) == (Segment(3, 9), "search")
    assert found.id not in {coding.id for coding in marked.codings.list(how="reading")}
    assert marked.codings.count(how=["reading", "search"]) == marked.codings.count()
    assert marked.codings.count(how="speaker") == 0
    assert marked.codings.count(for_paper=True, how="search") == 0


def test_an_unknown_way_is_refused(coded: Project) -> None:
    with pytest.raises(InputError, match="choose reading, search, speaker or heading"):
        CodingFilter(how="magic")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="way of finding"):
        coded.codings.add(CodingDraft("A1", "Brokering", Segment(3, 9), how="magic"))  # type: ignore[arg-type]


def test_the_lines_below_a_report_name_the_filters() -> None:
    assert list(CodingFilter(for_paper=True, how=["search", "speaker"]).sentences()) == [
        "Quotes for the paper only.", "Codings found by search or speaker only.",
    ]  # fmt: skip


def test_a_folder_and_a_project_file_carry_the_marks(marked: Project, tmp_path: Path) -> None:
    draft = study_draft(marked._session)
    files = dict(write_study(draft))
    assert b",for_paper,how" in files["codings.csv"]
    assert "quotes for the paper" in {loss.what for loss in marked.exports.qdpx_losses()}
    for at, read in enumerate((read_study(files), read_qdpx("x.qdpx", write_qdpx(draft)).study)):
        with Project.create(tmp_path / f"{at}.sibtui", draft=read) as copy:
            assert marks(copy) == marks(marked)


def test_a_folder_without_marks_has_no_columns_for_them(coded: Project) -> None:
    files = dict(write_study(study_draft(coded._session)))
    assert b"for_paper" not in files["codings.csv"]
    assert b"how" not in files["codings.csv"].splitlines()[0]


def test_a_table_of_codings_carries_the_marks(marked: Project) -> None:
    written = "".join(marked.exports.codings_csv()).encode()
    before = marks(marked)
    assert marked.codings.import_table(written, name="codings.csv").added == 0
    marked.codings.remove([coding.id for coding in marked.codings.list()])
    marked.codings.import_table(written, name="codings.csv")
    assert marks(marked) == before


def test_a_changed_mark_in_a_table_is_a_change_of_the_coding(marked: Project) -> None:
    written = "".join(marked.exports.codings_csv()).replace(",yes,", ",no,").encode()
    assert len(marked.codings.import_table(written, name="codings.csv").changed) == 1
    assert marked.codings.count(for_paper=True) == 1
    [changed] = marked.codings.import_table(written, name="codings.csv", update=True).changed
    assert changed.differences == {"for_paper": ("yes", "no")}
    assert marked.codings.count(for_paper=True) == 0


def test_a_table_of_another_program_may_have_a_column_how(coded: Project) -> None:
    table = b"Document,Quote,Code,how\nA1,The link workers,Brokering,by phone"
    assert coded.codings.import_table(table, name="t.csv").refused == ()


@pytest.mark.parametrize(("column", "cell"), [("for_paper", "maybe"), ("how", "magic")])
def test_a_mark_that_is_no_mark_is_refused(coded: Project, column: str, cell: str) -> None:
    table = f"source,start,end,code,{column}\nA1,3,9,Brokering,{cell}\n".encode()
    [refused] = coded.codings.import_table(table, name="t.csv").refused
    assert f"“{column}” is “{cell}”; it is one of" in refused.why


def test_a_merge_takes_the_marks_of_the_other_side(coded: Project, tmp_path: Path) -> None:
    shutil.copy(coded.path, tmp_path / "copy.sibtui")
    with Project.open(tmp_path / "copy.sibtui") as copy:
        copy.codings.set(1, for_paper=True)
        copy.codings.import_(CodingDraft("A1", "Brokering", Segment(3, 9), how="search"))
        theirs = marks(copy)
        [difference] = [each for each in coded.diff(copy.path).differences if each.field == "for_paper"]
        assert (difference.mine, difference.theirs) == ("no", "yes")
    coded.merge(tmp_path / "copy.sibtui")
    assert marks(coded) == theirs


def test_the_flat_tables_have_the_marks(marked: Project, tmp_path: Path) -> None:
    marked.exports.sqlite(tmp_path / "flat.sqlite")
    with closing(sqlite3.connect(tmp_path / "flat.sqlite")) as flat:
        assert flat.execute('SELECT start, how FROM codings WHERE how <> ""').fetchall() == [(3, "search")]
        assert flat.execute("SELECT coding FROM codings WHERE for_paper").fetchall() == [
            (next(marked.codings.list()).id,)
        ]


def test_codings_by_search_are_counted_apart_in_the_figures(marked: Project) -> None:
    figures = dict(marked.reports.study().tables[0].rows)
    assert figures["Codings by search, not by reading"] == 1
    assert "Codings by speaker, not by reading" not in figures


def test_the_keys_of_a_coding_have_the_marks(marked: Project) -> None:
    [row] = marked.codings.to_dicts(how="search")
    assert (row["for_paper"], row["how"]) == (False, "search")
