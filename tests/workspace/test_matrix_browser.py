"""The state of the matrix screen: the content of the cells of a saved table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError
from sibtui.model.matrix_definition import SHOWS, MatrixDefinition, RowDefinition
from sibtui.workspace.matrix_browser import MatrixBrowser
from sibtui.workspace.table_form import SHOWN

if TYPE_CHECKING:
    from sibtui.project import Project


def test_the_cells_of_a_saved_table_can_have_every_content_that_can_be_saved(coded: Project) -> None:
    browser = MatrixBrowser()
    browser.project = coded
    for show in SHOWS:
        coded.matrices.define(MatrixDefinition("t", "T", (RowDefinition("Trust", "People/Trust"),), show=show))
        browser.go_to_saved("t")
        browser.load()
        assert SHOWN[show] in browser.facts
        shown = set()
        while browser.show != show:
            browser.next_figures()
            shown.add(browser.show)
        assert {"count", "quotes", show} <= shown


@pytest.mark.parametrize("change", ["rename", "duplicate", "remove", "judged_table"])
def test_an_unsaved_table_cannot_be_renamed_copied_removed_or_judged(change: str, coded: Project) -> None:
    browser = MatrixBrowser()
    browser.project = coded
    browser.load()
    assert browser.name is None
    with pytest.raises(ConflictError) as refused:
        getattr(browser, change)(*(["t"] if change in {"rename", "duplicate"} else []))
    assert refused.value.hint == "save-table"
    assert ("Judgements" in str(refused.value)) is (change == "judged_table")
