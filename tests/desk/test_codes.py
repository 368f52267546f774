"""The verbs of the codebook screen, without a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.desk.codes import CodeDeeds

if TYPE_CHECKING:
    from sibtui.project import Project


def test_a_code_is_merged_into_codes_in_use_but_not_into_itself_or_what_is_below_it(study: Project):
    deeds = CodeDeeds(study)
    deeds.load()
    by_path = {code.path: code for code in deeds.codes}

    def offered(path: str) -> list[str]:
        return [code.path for code in deeds.elsewhere(by_path[path])]

    assert offered("Money") == ["People", "People/Trust"]
    assert offered("People/Trust") == ["Money", "Money/Who carries the loss", "Money/Paid in advance", "People"]
