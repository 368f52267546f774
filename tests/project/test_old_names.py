"""Public names before the renames work for one release, with a DeprecationWarning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui import AppendixOptions, CodeDraft, CodingDraft, CodingFilter, MemoDraft, find_files

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui import Project


def test_the_old_name_of_found_files_messages_works_with_a_warning(tmp_path: Path) -> None:
    found = find_files([tmp_path])
    assert found.messages
    with pytest.warns(DeprecationWarning, match="use FoundFiles.messages"):
        assert found.told == found.messages


def test_the_old_argument_sign_of_a_cell_works_with_a_warning(read: Project) -> None:
    cell = read.matrices.show(read.matrices.ad_hoc()).rows[0].cells[0]
    with pytest.warns(DeprecationWarning, match="use Cell.suffix"):
        assert cell.sign == cell.suffix


def test_the_old_name_of_the_options_of_a_report_works_with_a_warning(project: Project) -> None:
    options = AppendixOptions(coders=True)
    with pytest.warns(DeprecationWarning, match="use options="):
        assert project.exports.report(telling=options) == project.exports.report(options=options)


def test_the_old_argument_draft_of_code_works_with_a_warning(project: Project) -> None:
    with pytest.warns(DeprecationWarning, match="use code="):
        assert project.codes.add(draft=CodeDraft("Leaving")).path == "Leaving"


def test_the_old_argument_draft_of_coding_works_with_a_warning(project: Project) -> None:
    text = project.sources.text("A1")
    with pytest.warns(DeprecationWarning, match="use source="):
        coding = project.codings.add(draft=CodingDraft("A1", "Brokering", quote=text[:12]))
    assert coding.quote == text[:12]


def test_the_old_argument_draft_of_memo_works_with_a_warning(project: Project) -> None:
    with pytest.warns(DeprecationWarning, match="use text="):
        assert project.memos.add(draft=MemoDraft("project", "", "", "Ask.")).text == "Ask."


def test_the_old_name_of_the_filter_of_codings_works_with_a_warning(project: Project) -> None:
    with pytest.warns(DeprecationWarning, match="wanted= is an old name: use criteria="):
        assert project.codings.count(wanted=CodingFilter(stance="counters")) == project.codings.count(stance="counters")
    with pytest.warns(DeprecationWarning, match="use criteria="):
        next(project.exports.codings_csv(wanted=CodingFilter()))
